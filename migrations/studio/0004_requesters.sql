-- Whose key a film was asked for with, so that it can be held to a number of films.
alter table studio.film add column requested_by text not null default '';
create index film_unfinished_by on studio.film (requested_by)
    where status in ('queued', 'in_progress');
