-- Characters that were asked for: each clip is looked at in a job, which keeps the character under
-- the same id or says why not. Whoever was not asked what they attest has nulls.
create table likeness.coming_character (
    id text primary key,
    person text not null,
    upload text not null unique,
    name text not null,
    handle text not null,
    level text not null,
    people_in_photo text,
    minors text,
    status text not null check (status in ('checking', 'kept', 'refused')),
    code text not null default '',
    message text not null default '',
    created_at timestamptz not null
);
create index coming_character_person on likeness.coming_character (person, created_at);
