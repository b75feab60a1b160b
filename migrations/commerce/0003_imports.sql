-- Files of products that were handed in, and what became of them.
create table commerce.import (
    id text primary key,
    shop_id text not null references commerce.shop,
    person text not null,
    file text not null,
    currency text not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
    added integer not null default 0,
    changed integer not null default 0,
    unchanged integer not null default 0,
    faults jsonb not null default '[]',
    notes jsonb not null default '[]',
    asked_at timestamptz not null,
    ended_at timestamptz
);
create index import_shop on commerce.import (shop_id, id desc);
