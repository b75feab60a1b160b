-- Uploads that are under way (tus 1.0). How much of one is there is the length of its file; the row
-- says whose it is, what for, and how long it waits for the rest.
create table kit.upload (
    id text primary key,
    owner text not null,
    purpose text not null,
    length_bytes bigint not null check (length_bytes >= 0),
    metadata text not null default '',
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index upload_expiry on kit.upload (expires_at);
create index upload_owner on kit.upload (owner);
