-- What makes a work count: proofs that somebody looked at, owners who agreed to their shares,
-- references by which it is recognised, names by every way in which they are looked up.

alter table rights.work
    add column description text not null default '' check (length(description) <= 4000),
    -- Only what was proven, and whose owners all agreed, binds the films of others.
    add column standing text not null default 'unproven'
        check (standing in ('unproven', 'proven', 'refused')),
    -- Whose word is enough where the owners are asked: that of more than half of the shares, of all
    -- owners, or of any one.
    add column rule text not null default 'majority' check (rule in ('majority', 'all', 'any'));
create index work_newest on rights.work (created_at desc, id desc);
create index work_registrar on rights.work (registered_by, created_at desc);

alter table rights.owner
    add column confirmed_at timestamptz,
    add column declined_at timestamptz,
    add check (confirmed_at is null or declined_at is null);
create index owner_party on rights.owner (party, work_id);

-- A name that is also a common word is the work's only where its surroundings say so.
alter table rights.alias add column common boolean not null default false;

-- What a name is found by: its letters run together, the same with a letter left out, its
-- consonants, and its sound in Latin letters. ``how`` is which of them.
create table rights.name_key (
    work_id text not null references rights.work on delete cascade,
    name text not null,
    how text not null check (how in ('letters', 'cut', 'consonants', 'latin')),
    key text not null,
    common boolean not null,
    unit_count integer not null,
    primary key (key, how, work_id, name)
);
create index name_key_work on rights.name_key (work_id);

-- What a work looks and is like, as a direction, described in a script. ``usual`` and ``spread`` are
-- how near texts about nothing in particular come to it, for texts of each script.
create table rights.meaning (
    work_id text primary key references rights.work on delete cascade,
    embedder text not null,
    direction vector(384) not null,
    script integer not null,
    usual real[] not null,
    spread real[] not null
);

create table rights.reference (
    id text primary key,
    work_id text not null references rights.work,
    blob text not null,
    kind text not null check (kind in ('picture', 'video', 'sound')),
    name text not null check (length(name) between 1 and 200),
    file_bytes bigint not null check (file_bytes > 0),
    added_by text not null,
    added_at timestamptz not null,
    unique (work_id, blob)
);

create table rights.proof (
    id text primary key,
    work_id text not null references rights.work,
    statement text not null check (length(statement) between 1 and 4000),
    blob text not null default '',
    name text not null default '',
    added_by text not null,
    added_at timestamptz not null,
    state text not null default 'open' check (state in ('open', 'accepted', 'refused')),
    decided_by text,
    decided_at timestamptz,
    reason text not null default ''
);
create index proof_work on rights.proof (work_id, added_at);
create index proof_open on rights.proof (added_at) where state = 'open';

-- The terms that each owner wants for a work: they hold once enough owners want the same.
create table rights.wanted_terms (
    work_id text not null references rights.work,
    party text not null,
    terms jsonb not null,
    wanted_at timestamptz not null,
    primary key (work_id, party)
);
