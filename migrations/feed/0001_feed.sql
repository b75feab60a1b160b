-- Posts, who follows whom, what people did with films, and what the ranking learned from it
-- (docs/decisions/0027-feed.md). People and posts have a number of the feed's own beside their id:
-- millions of likes and views are kept by numbers, a third of the size that ids would take.
create extension if not exists vector;

-- Everybody who ever came here. What others may read of a person is copied for the search only.
create table feed.person (
    number bigint generated always as identity primary key,
    id text not null unique,
    minor boolean not null default false,
    handle text not null default '',
    name text not null default '',
    about text not null default '',
    words tsvector generated always as (to_tsvector('simple', handle || ' ' || name || ' ' || about)) stored,
    meaning halfvec(384),
    -- What the person likes to watch, as a direction of meaning, and the topics of it.
    taste halfvec(384),
    topics smallint[] not null default '{}'
);
create index person_words on feed.person using gin (words);
create index person_handle on feed.person (handle text_pattern_ops);

-- A post that is gone stays as a row without author, film and words, so that the line of remixes
-- through it holds.
create table feed.post (
    number bigint generated always as identity primary key,
    id text not null unique,
    author bigint references feed.person,
    film text,
    state text not null default 'live' check (state in ('live', 'withdrawn', 'removed', 'deleted')),
    audience text not null check (audience in ('public', 'friends', 'private')),
    remixable boolean not null,
    comments_open boolean not null,
    mature boolean not null,
    parent bigint references feed.post,
    topic smallint not null,
    second_topic smallint not null,
    duration_ms integer not null check (duration_ms > 0),
    shot_ms integer not null check (shot_ms > 0),
    language text not null default '',
    created_at timestamptz not null,
    check ((author is null) = (state = 'deleted'))
);
create index post_author on feed.post (author, number desc);
create index post_topic on feed.post (topic, number desc)
    where state = 'live' and audience = 'public';
create index post_second_topic on feed.post (second_topic, number desc)
    where state = 'live' and audience = 'public';
create index post_film on feed.post (film);
create index post_parent on feed.post (parent) where parent is not null;
-- The same film is posted by its maker once at a time.
create unique index post_once on feed.post (author, film) where state = 'live';

create table feed.post_content (
    post bigint primary key references feed.post on delete cascade,
    caption text not null,
    film text not null,
    people text[] not null default '{}',
    words tsvector not null
);
create index post_words on feed.post_content using gin (words);

create table feed.post_meaning (
    post bigint primary key references feed.post on delete cascade,
    meaning halfvec(384) not null
);

-- Counted apart, in narrow rows that are rewritten in place.
create table feed.post_tally (
    post bigint primary key references feed.post on delete cascade,
    likes integer not null default 0,
    comments integer not null default 0,
    remixes integer not null default 0,
    saves integer not null default 0,
    views integer not null default 0,
    shares integer not null default 0
) with (fillfactor = 70);

-- Which post a film was asked for from, known before the film is posted, or if it never is.
create table feed.remix (
    film text primary key,
    parent bigint not null references feed.post,
    person bigint references feed.person,
    asked_at timestamptz not null
);

-- friends is kept on both rows of a pair that follow each other.
create table feed.follow (
    follower bigint not null references feed.person,
    followee bigint not null references feed.person,
    friends boolean not null default false,
    followed_at timestamptz not null,
    primary key (follower, followee),
    check (follower <> followee)
);
create index follow_followee on feed.follow (followee, follower);

create table feed.block (
    person bigint not null references feed.person,
    other bigint not null references feed.person,
    blocked_at timestamptz not null,
    primary key (person, other),
    check (person <> other)
);
create index block_other on feed.block (other, person);

create table feed.mute (
    person bigint not null references feed.person,
    other bigint not null references feed.person,
    muted_at timestamptz not null,
    primary key (person, other)
);

create table feed.liking (
    post bigint not null references feed.post on delete cascade,
    person bigint not null references feed.person,
    liked_at timestamptz not null,
    primary key (post, person)
);
create index liking_person on feed.liking (person, post desc);

create table feed.saving (
    person bigint not null references feed.person,
    post bigint not null references feed.post on delete cascade,
    saved_at timestamptz not null,
    primary key (person, post)
);

create table feed.dismissal (
    person bigint not null references feed.person,
    post bigint not null references feed.post on delete cascade,
    dismissed_at timestamptz not null,
    primary key (person, post)
);

create table feed.comment (
    number bigint generated always as identity primary key,
    id text not null unique,
    post bigint not null references feed.post on delete cascade,
    author bigint not null references feed.person,
    body text not null,
    removed boolean not null default false,
    written_at timestamptz not null
);
create index comment_post on feed.comment (post, number);
create index comment_author on feed.comment (author);

-- One row for each person and post, however often it was watched.
create table feed.view (
    person bigint not null references feed.person,
    post bigint not null references feed.post on delete cascade,
    watched_ms integer not null,
    times smallint not null default 1,
    sound boolean not null default false,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (person, post)
);
create index view_post on feed.view (post);

create table feed.watched_day (
    person bigint not null references feed.person,
    day date not null,
    watched_ms bigint not null,
    primary key (person, day)
);

-- A sitting is one stretch of watching: within it nothing is shown twice. Its pages are kept as
-- they were served, with the chance that each post had to be shown and the traits it was scored by.
create table feed.sitting (
    number bigint generated always as identity primary key,
    person bigint not null references feed.person,
    key text not null,
    started_at timestamptz not null,
    unique (person, key)
);

create table feed.page (
    sitting bigint not null references feed.sitting on delete cascade,
    first integer not null,
    posts bigint[] not null,
    chances real[] not null,
    explored boolean[] not null,
    traits bytea not null,
    factors jsonb not null,
    model integer not null,
    served_at timestamptz not null,
    learned boolean not null default false,
    primary key (sitting, first)
);
create index page_waiting on feed.page (served_at) where not learned;

create table feed.model (
    version integer generated always as identity primary key,
    weights bytea not null,
    squares bytea not null,
    example_count bigint not null,
    losses jsonb not null,
    made_at timestamptz not null
);

create table feed.steering (
    person bigint primary key references feed.person,
    said text not null,
    rules jsonb not null,
    set_at timestamptz not null
);

create table feed.notice (
    number bigint generated always as identity primary key,
    id text not null unique,
    person bigint not null references feed.person,
    kind text not null check (kind in ('follow', 'like', 'comment', 'remix')),
    actor bigint not null references feed.person,
    post bigint references feed.post on delete cascade,
    comment bigint references feed.comment on delete cascade,
    noticed_at timestamptz not null,
    read_at timestamptz
);
create index notice_person on feed.notice (person, number desc);
-- Following and liking again and again tells once.
create unique index notice_once on feed.notice (person, kind, actor, coalesce(post, 0))
    where kind in ('follow', 'like');
