-- What the desk decided about somebody's post or comment is told to them, in its words.
alter table feed.notice drop constraint notice_kind_check;
alter table feed.notice add constraint notice_kind_check
    check (kind in ('follow', 'like', 'comment', 'remix', 'removed', 'restored'));
alter table feed.notice alter column actor drop not null;
alter table feed.notice add column said text;
create index notice_actor on feed.notice (actor);
create index mute_other on feed.mute (other);
