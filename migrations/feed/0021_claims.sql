-- A film that a claim bars everywhere is shown to nobody but its author; one that is not looked
-- through yet waits with what its author wanted to say.

alter table feed.post add column barred boolean not null default false;

create table feed.waiting_post (
    film text primary key,
    author text not null,
    wish jsonb not null,
    asked_at timestamptz not null
);

alter table feed.notice drop constraint notice_kind_check;
alter table feed.notice add constraint notice_kind_check check (kind in (
    'follow', 'like', 'comment', 'remix', 'removed', 'restored', 'owner_invited', 'approval_asked',
    'approval_granted', 'approval_not_mine', 'approval_refused', 'approval_expired',
    'posted', 'not_posted', 'claimed', 'claim_changed'));
