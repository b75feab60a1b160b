-- Films that somebody who is in them took back, or a moderator took down: they stay as rows, so that
-- their address says what became of them, but nothing of theirs does.
alter table studio.film drop constraint if exists film_status_check;
alter table studio.film add column withdrawn_at timestamptz;

-- Whose likenesses a take shows: a take outlives its films, and may not outlive a revocation.
alter table studio.take add column likenesses text[] not null default '{}';
create index take_likenesses on studio.take using gin (likenesses);

-- Characters that were kept are likenesses like those of people, and have a room of their own.
insert into likeness.likeness (id, kind, owner, name, level, looks, clip, picture, created_at)
    select id, 'character', kept_by, name, 'only_me', looks, clip, picture, created_at
    from studio.likeness;
drop table studio.likeness;
alter table studio.film add constraint film_status_check
    check (status in ('queued', 'in_progress', 'completed', 'failed', 'withdrawn'));
