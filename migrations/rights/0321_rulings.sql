-- What was decided about a film before it had a frame, whom it waits for, and what in it is whose.

create table rights.ruling (
    film_id text primary key,
    maker text not null,
    verdict text not null check (verdict in ('allow', 'terms', 'ask', 'refuse')),
    said jsonb not null,
    ruled_at timestamptz not null
);

-- Somebody is asked whether a work may be in a film. ``doubt`` is whether it is certain at all that
-- the work is meant.
create table rights.approval (
    id text primary key,
    film_id text not null,
    work_id text not null references rights.work,
    licence_id text references rights.licence,
    maker text not null,
    purpose text not null,
    found jsonb not null,
    doubt boolean not null,
    film_said text not null,
    state text not null default 'waiting'
        check (state in ('waiting', 'granted', 'not_mine', 'refused', 'expired', 'withdrawn')),
    reason text not null default '',
    asked_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > asked_at),
    decided_at timestamptz,
    check ((state = 'waiting') = (decided_at is null))
);
create unique index approval_open on rights.approval (film_id, work_id)
    where state in ('waiting', 'granted', 'not_mine');
create index approval_film on rights.approval (film_id);
create index approval_work on rights.approval (work_id, asked_at desc);
create index approval_due on rights.approval (expires_at) where state = 'waiting';

create table rights.vote (
    approval_id text not null references rights.approval on delete cascade,
    party text not null,
    decision text not null check (decision in ('grant', 'not_mine', 'refuse')),
    reason text not null default '' check (length(reason) <= 2000),
    voted_at timestamptz not null,
    primary key (approval_id, party)
);

-- Which thing of a film is which work: kind and name as in its manifest; an empty name is the whole
-- film.
create table rights.thing (
    film_id text not null,
    work_id text not null references rights.work,
    kind text not null,
    name text not null,
    primary key (film_id, work_id, kind, name)
);
