-- Who may be shown in films: people who were captured, and characters that somebody keeps.
create table likeness.likeness (
    id text primary key,
    kind text not null check (kind in ('person', 'character')),
    owner text not null default '',
    handle text not null default '',
    name text not null check (name <> ''),
    level text not null check (level in ('only_me', 'approved', 'mutuals', 'everyone')),
    rules jsonb not null default '[]',
    version int not null default 1,
    terms int not null default 1,
    looks jsonb,
    voice text not null default '',
    clip text not null default '',
    picture text not null default '',
    public_figure boolean not null default false,
    price_micro bigint check (price_micro >= 0),
    currency text not null default '',
    created_at timestamptz not null
);
create unique index likeness_of_person on likeness.likeness (owner) where kind = 'person';
create unique index likeness_handle on likeness.likeness (lower(handle))
    where kind = 'character' and handle <> '';
create index likeness_owner on likeness.likeness (owner);

-- The key of a person's parts, wrapped by a house key. Deleting the row destroys the parts at once.
create table likeness.data_key (
    likeness text primary key references likeness.likeness on delete cascade,
    house_key text not null,
    wrapped bytea not null
);

-- What is kept of a person, sealed: the cut-out, the face, the voice, and by what they are told.
create table likeness.part (
    likeness text not null references likeness.likeness on delete cascade,
    part text not null,
    blob text not null,
    primary key (likeness, part)
);

-- Blobs that belong to nobody any more, to be removed by the time at the latest.
create table likeness.remains (
    blob text primary key,
    due_at timestamptz not null
);

create table likeness.capture (
    id text primary key,
    person text not null,
    digits text not null,
    turns text[] not null,
    expires_at timestamptz not null,
    status text not null check (status in ('waiting', 'checking', 'accepted', 'refused')),
    upload text not null default '',
    code text not null default '',
    message text not null default '',
    created_at timestamptz not null
);
create index capture_person on likeness.capture (person, created_at);

-- By what a clip is known again when somebody plays it back; no picture can be made of it.
create table likeness.seen_clip (
    capture text primary key,
    sha256 text not null,
    pictures bytea not null,
    sounds bytea not null,
    seen_at timestamptz not null
);
create index seen_clip_sha256 on likeness.seen_clip (sha256);

create table likeness.approval (
    likeness text not null references likeness.likeness on delete cascade,
    person text not null,
    state text not null check (state in ('asked', 'approved', 'denied')),
    changed_at timestamptz not null,
    primary key (likeness, person)
);
create index approval_person on likeness.approval (person);

-- Which films a likeness is in, drafts too; it outlives the likeness, so that a revocation that was
-- cut off by a crash still knows what to reach.
create table likeness.appearance (
    likeness text not null,
    film text not null,
    line text[] not null default '{}',  -- the films it was made from, the nearest first
    maker text not null,
    terms int not null,
    frame_count int not null default 0,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (likeness, film)
);
create index appearance_film on likeness.appearance (film);
create index appearance_line on likeness.appearance using gin (line);
create index appearance_likeness on likeness.appearance (likeness, recorded_at desc, film desc);

-- What happened to a likeness, for its owner and for disputes: never a part of it.
create table likeness.happening (
    id bigint generated always as identity primary key,
    likeness text not null,
    person text not null,
    what text not null,
    about text not null default '',
    at timestamptz not null
);
create index happening_person on likeness.happening (person, id);
