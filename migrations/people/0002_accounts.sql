-- Accounts: passwords, passkeys, proofs by mail, what slows down those who guess, and exports.
alter table people.person
    add column skeleton text not null default '',
    add column password text,
    add column settings jsonb not null default '{}';
update people.person set skeleton = handle;
alter table people.person alter column skeleton drop default;
-- Two handles that look alike have one skeleton, so that nobody can pose as somebody else.
create unique index person_skeleton on people.person (skeleton) where closed_at is null;

-- An address belongs to whoever has proved it. Others may have stated it, which reveals nothing.
drop index people.person_email;
create unique index person_email on people.person (lower(email))
    where email_verified and closed_at is null;
create index person_email_stated on people.person (lower(email)) where closed_at is null;

-- A handle that was given up stays out of reach for a while, so that nobody takes over a name;
-- but the person who gave it up may have it back. The name is the digest of its skeleton.
create table people.held_handle (
    name bytea primary key check (length(name) = 32),
    until timestamptz not null,
    person text references people.person
);

-- What a mail holds to prove an address or to set a password anew; each works once.
create table people.token (
    digest bytea primary key check (length(digest) = 32),
    person text not null references people.person,
    purpose text not null check (purpose in ('verify', 'reset')),
    email text not null,
    expires_at timestamptz not null
);
create index token_person on people.token (person);

create table people.passkey (
    id text primary key,
    person text not null references people.person,
    name text not null,
    credential bytea not null unique,
    public_key bytea not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    used_at timestamptz
);
create index passkey_person on people.passkey (person);

-- A challenge is answered once; one without a person is for signing in.
create table people.challenge (
    challenge bytea primary key,
    person text references people.person,
    expires_at timestamptz not null
);

-- Token buckets; their names are digests, so that no address and no login is kept in clear.
create table people.bucket (
    name bytea primary key,
    tokens double precision not null,
    at timestamptz not null
);

create table people.export (
    person text primary key references people.person,
    id text not null,
    status text not null check (status in ('waiting', 'ready', 'failed')),
    blob text not null default '',
    file_bytes bigint not null default 0,
    asked_at timestamptz not null,
    ended_at timestamptz
);
