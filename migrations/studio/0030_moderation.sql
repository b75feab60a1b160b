-- For whom a film is, and why it was refused: {id, rule, why, passes}, or nothing.
alter table studio.film add column rating text not null default 'all';
alter table studio.film add column refusal jsonb;
