-- Who has shared which post, so that each person counts once.
create table feed.share (
    person bigint not null references feed.person,
    post bigint not null references feed.post on delete cascade,
    shared_at timestamptz not null,
    primary key (person, post)
);

-- Films that are made again after the desk restored them: their posts wait for them under the film
-- that was withdrawn.
create table feed.remade (
    film text primary key,
    was text not null,
    asked_at timestamptz not null
);
