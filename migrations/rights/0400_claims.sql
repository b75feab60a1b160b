-- Films that were looked through for works, what was found, and the claims that follow
-- (docs/decisions/0038-claims.md).

create table rights.claim_policy (
    work_id text primary key references rights.work,
    action text not null check (action in ('track', 'monetise', 'block')),
    territories text[] not null default '{}',
    match_min_ms integer not null check (match_min_ms between 3000 and 3600000),
    share_bps integer not null check (share_bps between 1 and 10000),
    set_by text not null,
    set_at timestamptz not null
);

-- A film and whether it was looked through. ``fingerprint`` is kept whole, so that the film can be
-- looked through again when references change.
create table rights.film_look (
    film_id text primary key,
    maker text not null,
    uploaded boolean not null,
    video text not null,
    made_at timestamptz not null,
    state text not null default 'held' check (state in ('held', 'checked', 'failed')),
    fault text not null default '',
    fingerprint bytea,
    looked_at timestamptz
);
alter table rights.film_look alter column fingerprint set storage external;
create index film_look_undone on rights.film_look (made_at) where state <> 'checked';

-- The whole fingerprint of a reference: what it is held against others and older films with.
create table rights.reference_print (
    reference_id text primary key,
    packed bytea not null
);
alter table rights.reference_print alter column packed set storage external;

-- ``subject_id`` is the work, or the film, that was found. ``evidence`` holds times and references.
create table rights.match (
    id text primary key,
    film_id text not null references rights.film_look on delete cascade,
    subject_id text not null,
    maker text not null,
    score real not null,
    certain boolean not null,
    matched_ms integer not null,
    evidence jsonb not null,
    state text not null check (state in ('waiting', 'claimed', 'dismissed', 'exempt', 'short')),
    why text not null default '',
    found_at timestamptz not null,
    decided_by text not null default '',
    decided_at timestamptz,
    unique (film_id, subject_id)
);
create index match_waiting on rights.match (id) where state = 'waiting';
create index match_subject on rights.match (subject_id, id);

create table rights.claim (
    id text primary key,
    film_id text not null,
    maker text not null,
    work_id text not null references rights.work,
    owners jsonb not null,
    action text not null check (action in ('track', 'monetise', 'block')),
    territories text[] not null,
    match_min_ms integer not null,
    share_bps integer not null,
    origin text not null check (origin in ('automatic', 'review', 'manual')),
    match_id text not null default '',
    claimant text not null default '',
    state text not null
        check (state in ('active', 'disputed', 'upheld', 'appealed', 'final', 'released')),
    opened_at timestamptz not null,
    due_at timestamptz,
    suspended_at timestamptz,
    revision integer not null,
    -- How often its share was begun: once, and again whenever its owners change.
    share_count integer not null default 0,
    lost boolean,
    unique (film_id, work_id)
);
create index claim_film on rights.claim (film_id);
create index claim_maker on rights.claim (maker, id);
create index claim_work on rights.claim (work_id, id);
create index claim_due on rights.claim (due_at)
    where state in ('active', 'disputed', 'upheld', 'appealed') and suspended_at is null;
create index claim_claimant on rights.claim (claimant) where claimant <> '';

-- What was done to a claim and said of it; nothing of it changes.
create table rights.claim_word (
    claim_id text not null references rights.claim,
    seq integer not null,
    act text not null,
    actor text not null,
    ground text not null default '',
    words text not null default '',
    at timestamptz not null,
    primary key (claim_id, seq)
);

create function rights.refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception 'what was said of a claim stays'
        using errcode = 'integrity_constraint_violation', constraint = 'rights_words_stay';
end $$;

create trigger stays before delete on rights.claim_word
    for each row execute function rights.refuse_rewriting();

-- Two works that have references in common. ``winner`` is the work that the shared part belongs to,
-- empty when it belongs to neither alone.
create table rights.reference_conflict (
    id text primary key,
    one_work text not null,
    other_work text not null,
    evidence jsonb not null,
    state text not null default 'open' check (state in ('open', 'decided')),
    winner text not null default '',
    reason text not null default '',
    opened_at timestamptz not null,
    decided_by text not null default '',
    decided_at timestamptz,
    check (one_work < other_work)
);
create unique index reference_conflict_open on rights.reference_conflict (one_work, other_work)
    where state = 'open';

-- Stretches of references: in conflict, or decided not to be this work's alone.
create table rights.shared_stretch (
    conflict_id text not null references rights.reference_conflict,
    reference_id text not null,
    start_ms integer not null,
    end_ms integer not null,
    excluded boolean not null default false,
    primary key (conflict_id, reference_id, start_ms, end_ms)
);
create index shared_stretch_reference on rights.shared_stretch (reference_id);

-- Which claims wait for which conflict, of references or of owners.
create table rights.claim_conflict (
    claim_id text not null references rights.claim,
    conflict_id text not null,
    primary key (claim_id, conflict_id)
);
create index claim_conflict_conflict on rights.claim_conflict (conflict_id);

create table rights.claimant (
    party text primary key,
    suspended_at timestamptz not null,
    reason text not null,
    by_whom text not null,
    appeal text not null default '',
    appealed_at timestamptz,
    lifted_at timestamptz,
    lifted_by text not null default '',
    lifted_why text not null default ''
);
