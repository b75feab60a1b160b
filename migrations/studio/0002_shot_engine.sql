-- Which engine took a shot: a film that was begun before an upgrade is cut from the takes it has.
alter table studio.shot add column engine text not null default '';
