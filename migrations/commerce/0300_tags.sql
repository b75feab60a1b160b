-- Which products can be bought in a film, and while it shows what (milliseconds, [[from, to], ...]).
-- No runs: as long as the film goes on. A film never changes, and neither do the runs.
create table commerce.tag (
    film_id text not null,
    product_id text not null references commerce.product (id),
    thing_kind text,
    thing_name text,
    runs jsonb not null,
    tagged_by text not null,
    tagged_at timestamptz not null,
    primary key (film_id, product_id),
    check ((thing_kind is null) = (thing_name is null))
);
create index tag_of_product on commerce.tag (product_id);
