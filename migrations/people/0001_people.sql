-- Who someone is and how they prove it (docs/decisions/0026-people.md).
create table people.person (
    id text primary key,
    handle text not null check (handle ~ '^[a-z0-9_.]{3,24}$'),
    name text not null check (name <> ''),
    email text,
    email_verified boolean not null default false,
    born date,
    roles text[] not null default '{}',
    plan text not null default 'ordinary' check (plan in ('ordinary', 'pro', 'studio')),
    language text not null default 'en',
    picture text,
    bio text not null default '',
    created_at timestamptz not null,
    closed_at timestamptz
);
create unique index person_handle on people.person (handle) where closed_at is null;
create unique index person_email on people.person (lower(email)) where closed_at is null;

-- The operator: whoever sits at the machine. Everything that was made before there were people is
-- theirs.
insert into people.person (id, handle, name, roles, plan, created_at)
values ('person_operator', 'operator', 'Operator', '{operator}', 'studio', now());

-- Keys and sessions were kept by the toolbox before there were people; they move in here. This is
-- the one migration that names another schema: kit's files always run before any domain's.
alter table kit.api_key set schema people;
alter table people.api_key rename to key;
alter table people.key
    add column person text not null default 'person_operator' references people.person,
    add column scopes text[] not null default '{films:read,films:write,feed:read,feed:write,likeness,account}',
    add column used_at timestamptz;
alter table people.key alter column person drop default, alter column scopes drop default;
drop index people.api_key_name;
create unique index key_name on people.key (person, name) where revoked_at is null;

alter table kit.web_session set schema people;
alter table people.web_session rename to session;
alter table people.session rename column api_key to key;
-- Sessions of a key were its; those without one were the operator's in front of the machine, and
-- count only there.
alter table people.session
    add column id text not null default 'session_' || replace(gen_random_uuid()::text, '-', ''),
    add column person text not null default 'person_operator' references people.person,
    add column at_machine boolean not null default false,
    add column agent text not null default '',
    add column proved_at timestamptz,
    add column seen_at timestamptz;
update people.session set at_machine = key is null, seen_at = created_at;
alter table people.session
    alter column id drop default, alter column person drop default, alter column at_machine drop default;
alter table people.session add unique (id);
create index session_person on people.session (person);
