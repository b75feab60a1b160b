-- Films belong to people. What was asked for before there were people was the operator's, whose keys
-- all keys were.
update studio.film set requested_by = 'person_operator';
alter table studio.film alter column requested_by drop default;
create index film_of on studio.film (requested_by, id);

update studio.likeness set kept_by = 'person_operator';

-- Who asked for a film and when, so that deleting films gives no more of them in a day.
create table studio.asked (
    person text not null,
    at timestamptz not null
);
create index asked_of on studio.asked (person, at);
