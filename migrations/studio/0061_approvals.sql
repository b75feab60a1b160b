-- A film may wait for the owner of something in it; then it is made under another job.
alter table studio.film drop constraint film_status_check;
alter table studio.film add constraint film_status_check check (status in (
    'queued', 'in_progress', 'waiting_for_approval', 'completed', 'failed', 'withdrawn'));
alter table studio.film add column resumed_count integer not null default 0;
