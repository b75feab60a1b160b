-- Segments of films that had to be encoded for a player, under what they were made from.
create table studio.segment (
    address text primary key,
    media text not null
);
