-- Films in other languages that their maker shows together with the film they were made from.
create table studio.spoken_version (
    film text not null references studio.film (id) on delete cascade,
    language text not null,
    version text not null unique references studio.film (id) on delete cascade,
    primary key (film, language)
);
