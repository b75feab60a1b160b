-- How much a person likes each topic, by its number, fading with every film that they watch; what
-- they watched today is counted so that nobody can pretend to watch thousands of films.
alter table feed.person drop column topics;
alter table feed.person add column topic_weights real[] not null default '{}';
alter table feed.watched_day add column view_count integer not null default 0;
