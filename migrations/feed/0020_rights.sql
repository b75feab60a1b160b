-- Owners are told what they are asked, makers what the owners said.
alter table feed.notice drop constraint notice_kind_check;
alter table feed.notice add constraint notice_kind_check check (kind in (
    'follow', 'like', 'comment', 'remix', 'removed', 'restored', 'owner_invited', 'approval_asked',
    'approval_granted', 'approval_not_mine', 'approval_refused', 'approval_expired'));
