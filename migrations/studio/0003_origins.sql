-- A sheet of small pictures of a film, made when it is first asked for.
alter table studio.film add column sprites text not null default '';

-- Films made from a film: its screenplay is kept for as long as they are.
create index film_by_origin on studio.film ((request -> 'origin' ->> 'screenplay'))
    where request -> 'origin' is not null;
create index film_by_video on studio.film (video) where video <> '';
