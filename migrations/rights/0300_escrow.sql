-- Shares of revenue that claims take: paid to their owners at once, or kept until a dispute ends. The
-- money that is kept is in the books, on an account of the claim that never goes below zero; here
-- stands whose it would have been.

create table rights.claimed_share (
    id text primary key,
    film_id text references rights.film,
    work_id text references rights.work,
    owners jsonb not null,
    share_bps integer not null check (share_bps between 1 and 10000),
    since timestamptz not null,
    state text not null check (state in ('charged', 'held', 'ended')),
    ended_at timestamptz,
    check ((film_id is null) <> (work_id is null)),
    check ((state = 'ended') = (ended_at is not null))
);
create index claimed_share_film on rights.claimed_share (film_id) where state <> 'ended';
create index claimed_share_work on rights.claimed_share (work_id) where state <> 'ended';

create table rights.claimed (
    revenue_id text not null references rights.revenue,
    claim_id text not null references rights.claimed_share,
    currency text not null,
    -- Pairs of a party and the micro-units that it would have got.
    taken_from jsonb not null,
    refunded_micro bigint not null default 0 check (refunded_micro >= 0),
    -- Where it is: in escrow, with those who claimed it, with those it was taken from.
    lies text not null check (lies in ('escrow', 'released', 'handed_back')),
    primary key (revenue_id, claim_id)
);
create index claimed_in_escrow on rights.claimed (claim_id, revenue_id) where lies = 'escrow';
