-- Why each party got or gave back what the books say: for every entry on an account of earnings that
-- a film caused, its parts by film, work, cause and remix generation. The parts of one journal and
-- party sum to its entries.
create table rights.trace (
    key text not null,
    place integer not null,
    -- The occasion that all this is about: what was earned, or a price that was paid.
    revenue_id text not null,
    -- The claim whose settlement moved it, and nothing for the occasion's own journal.
    via text not null default '',
    party text not null,
    kind text not null,
    cause text not null,
    of text not null,
    film_id text not null,
    work_id text,
    generation integer not null check (generation between 0 and 30),
    micro bigint not null check (micro <> 0),
    currency text not null,
    happened_at timestamptz not null,
    primary key (key, place)
);
create index trace_party on rights.trace (party, currency, happened_at);
create index trace_revenue on rights.trace (revenue_id, party);

-- How much of a charge went back, so that a refund and a chargeback of the same money take it once.
alter table rights.charge add column taken_back_minor bigint not null default 0
    check (taken_back_minor between 0 and minor);

-- How much of a payout the provider sent back.
alter table rights.payout add column returned_minor bigint not null default 0
    check (returned_minor between 0 and minor);
