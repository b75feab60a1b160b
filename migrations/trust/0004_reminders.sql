-- Moderators are reminded of a case three times as its time runs down; how often they were so far.
alter table trust.case_ add column reminder_count smallint not null default 0;
update trust.case_ set reminder_count = 1 where reminded_at is not null;
alter table trust.case_ drop column reminded_at;
