-- The captions of a film in other languages than it speaks.
create table studio.caption_track (
    film text not null references studio.film (id) on delete cascade,
    language text not null,
    captions text not null,
    translator text not null,
    primary key (film, language)
);
