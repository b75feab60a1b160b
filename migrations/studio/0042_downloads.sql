-- The copy of a film that is taken away, with its maker's handle over it: {blob, handle}, made the
-- first time that somebody asks for it.
alter table studio.film add column download jsonb;
