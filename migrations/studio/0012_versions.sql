-- Films are asked for the films that were made from them.
create index film_by_parent on studio.film ((request -> 'origin' ->> 'film'))
    where request -> 'origin' is not null;
