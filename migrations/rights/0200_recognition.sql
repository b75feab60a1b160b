-- Fingerprints of references, and the seeds by which copies of them are found
-- (docs/decisions/0034-recognition.md).

create table rights.fingerprint (
    number integer generated always as identity primary key,
    subject_id text not null check (length(subject_id) between 1 and 200),
    digest bytea not null check (length(digest) = 32),
    duration_ms bigint not null check (duration_ms >= 0),
    packed bytea not null,
    added_at timestamptz not null,
    unique (subject_id, digest)
);
-- The bytes are compressed already.
alter table rights.fingerprint alter column packed set storage external;

-- What was added lately, one row a reference, 8 bytes a seed: key, rest, tick.
create table rights.fresh_seeds (
    number integer primary key references rights.fingerprint (number) on delete cascade,
    packed bytea not null
);
alter table rights.fresh_seeds alter column packed set storage external;

-- What was folded: all seeds of one key on a page, 8 bytes each: rest, tick, number. A fold adds a
-- generation; generations are merged when they are many.
create table rights.seed_page (
    key integer not null,
    generation integer not null,
    packed bytea not null,
    primary key (key, generation)
);
alter table rights.seed_page alter column packed set storage external;

-- Pages are not rewritten when a reference goes; its number is passed over until the next merge.
create table rights.removed_fingerprint (
    number integer primary key
);
