-- Films that were not made here but sent: whose upload, and what its file said of itself.

create table studio.upload (
    film text primary key references studio.film on delete cascade,
    upload text not null,
    name text not null check (length(name) between 1 and 200),
    -- What trust found in the file: its conclusion, who signed it, what made it.
    provenance jsonb
);
