-- What is for sale, as the search sees it (docs/decisions/0041-search.md): one narrow row for each
-- product that is live, with its traits, bounds of prices and a code of its meaning; its words and
-- its meaning in full stand apart, because they are wide and only read for the few that are ranked.
create extension if not exists vector;
create extension if not exists pg_trgm;

alter table commerce.shop add column number integer generated always as identity unique;

create table commerce.media (
    id text primary key,
    shop_id text not null references commerce.shop,
    kind text not null check (kind in ('image', 'video')),
    blob text,
    film_id text,
    alt text not null,
    width integer not null,
    height integer not null,
    created_at timestamptz not null,
    check ((kind = 'image') = (blob is not null) and (kind = 'video') = (film_id is not null))
);
create index media_shop on commerce.media (shop_id);

-- lowest and highest are the bounds of the variants' prices in the currency at the same place.
create table commerce.listing (
    product bigint primary key references commerce.product (number) on delete cascade,
    shop integer not null,
    in_stock boolean not null,
    currencies text[] not null,
    lowest bigint[] not null,
    highest bigint[] not null,
    traits integer[] not null,
    code bit(384)
) with (fillfactor = 90);
create index listing_traits on commerce.listing using gin (traits);
create index listing_code on commerce.listing using hnsw (code bit_hamming_ops)
    with (m = 8, ef_construction = 32);

create table commerce.listing_words (
    product bigint primary key references commerce.listing on delete cascade,
    words tsvector not null
);
create index listing_words_words on commerce.listing_words using gin (words);

create table commerce.listing_meaning (
    product bigint primary key references commerce.listing on delete cascade,
    meaning halfvec(384) not null
);

-- Products whose meaning is to be taken anew.
create table commerce.unread (
    product bigint primary key references commerce.product (number) on delete cascade
);

-- Every word of a title, brand, category, tag or fact: what is none of them may be a slip.
create table commerce.word (
    word text primary key
);
create index word_trigrams on commerce.word using gin (word gin_trgm_ops);

-- In how many days a shop gets to a country at the latest, by its fastest rate; '*' is anywhere
-- that it does not name.
create table commerce.reach (
    country text not null,
    shop integer not null,
    days integer not null,
    primary key (country, shop)
);
create index reach_shop on commerce.reach (shop);
