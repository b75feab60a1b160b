-- Somebody or something that films can show again: a short clip, the best frame of it, and how it
-- looks. Whose likeness it is stays open until consent is asked for; the key that kept it is known.
create table studio.likeness (
    id text primary key,
    name text not null check (name <> ''),
    clip text not null,
    picture text not null,
    looks jsonb not null,
    kept_by text not null default '',
    owner text,
    created_at timestamptz not null
);
