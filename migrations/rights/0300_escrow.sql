-- What is kept of revenue until a dispute about it ends. The money is in the books, on an account of
-- the hold that never goes below zero; here stands whose it would have been.

create table rights.hold (
    id text primary key,
    film_id text references rights.film,
    work_id text references rights.work,
    owners jsonb not null,
    share_bps integer not null check (share_bps between 1 and 10000),
    opened_at timestamptz not null,
    outcome text check (outcome in ('released', 'handed_back')),
    ended_at timestamptz,
    check ((film_id is null) <> (work_id is null)),
    check ((outcome is null) = (ended_at is null))
);
create index hold_film on rights.hold (film_id) where outcome is null;
create index hold_work on rights.hold (work_id) where outcome is null;

create table rights.held (
    revenue_id text not null references rights.revenue,
    hold_id text not null references rights.hold,
    currency text not null,
    -- Pairs of a party and the micro-units that it would have got.
    taken_from jsonb not null,
    refunded_micro bigint not null default 0 check (refunded_micro >= 0),
    settled boolean not null default false,
    primary key (revenue_id, hold_id)
);
create index held_hold on rights.held (hold_id, revenue_id);
