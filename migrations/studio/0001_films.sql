-- Films in the making and made. Documents of the film language are kept as their canonical JSON
-- under their digest; pictures and sound are blobs, named here by their keys.

create table studio.document (
    digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
    content text not null
);

create table studio.film (
    id text primary key,
    revision integer not null default 1,
    request jsonb not null,
    seed bigint not null,
    status text not null check (status in ('queued', 'in_progress', 'completed', 'failed')),
    stage text not null,
    progress_percent smallint not null check (progress_percent between 0 and 100),
    duration_ms integer,
    language text not null default '',
    title text not null default '',
    error_code text not null default '',
    error_message text not null default '',
    screenplay text references studio.document,
    video text not null default '',
    poster text not null default '',
    captions text not null default '',
    manifest text not null default '',
    created_at timestamptz not null,
    completed_at timestamptz,
    expires_at timestamptz
);

create index film_by_age on studio.film (id desc);
create index film_unfinished on studio.film (id) where status in ('queued', 'in_progress');

create table studio.shot (
    film text not null references studio.film on delete cascade,
    index smallint not null,
    digest text not null references studio.document,
    summary text not null,
    frame_count integer not null check (frame_count > 0),
    frames_done integer not null default 0,
    preview text not null default '',
    primary key (film, index)
);

-- A take belongs to its shot's digest and not to a film: two films that need the same shot share
-- it, and a film that is made again finds it.
create table studio.take (
    shot text not null,
    engine text not null,
    content text not null,
    video text not null,
    preview text not null,
    made_at timestamptz not null,
    primary key (shot, engine)
);

-- A line as one voice read it, under a digest of everything that decides how it sounds.
create table studio.reading (
    digest text primary key,
    content text not null,
    audio text not null,
    made_at timestamptz not null
);
