-- What is kept of a film that leaves the house, so that a file without its seal is known again.
create table trust.origin (
    subject_kind text not null,
    subject_id text not null,
    -- The number that an invisible mark carries.
    number bigint generated always as identity (start with 1000003 increment by 7919) unique,
    label text not null,
    duration_ms integer not null,
    kept_at timestamptz not null,
    primary key (subject_kind, subject_id)
);
create index origin_label on trust.origin (label);

-- Pictures of it, as PDQ hashes.
create table trust.print (
    subject_kind text not null,
    subject_id text not null,
    at_ms integer not null,
    bits bit(256) not null,
    primary key (subject_kind, subject_id, at_ms),
    foreign key (subject_kind, subject_id)
        references trust.origin (subject_kind, subject_id) on delete cascade
);
