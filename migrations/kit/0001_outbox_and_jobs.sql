-- What lower packages tell higher ones: written in the teller's own transaction (kit.events).
create table kit.outbox (
    id bigint generated always as identity primary key,
    topic text not null,
    key text not null,
    payload jsonb not null,
    recorded_at timestamptz not null,
    delivered_at timestamptz,
    unique (topic, key)
);
create index outbox_waiting on kit.outbox (id) where delivered_at is null;

-- One row for each subscriber an event was offered to, so that one that fails holds up no other.
create table kit.delivery (
    event_id bigint not null references kit.outbox on delete cascade,
    subscriber text not null,
    failure_count integer not null default 0,
    last_failure text,
    retry_at timestamptz,
    delivered_at timestamptz,
    primary key (event_id, subscriber)
);

-- How far a job has come: the latest value for each key, numbered in the order of change.
create table kit.progress (
    job_id text not null,
    key text not null,
    change bigint not null,
    value jsonb not null,
    primary key (job_id, key)
);
create index progress_changes on kit.progress (job_id, change);

-- How often a job was taken over from a dead worker, so that one that kills its worker ends.
create table kit.takeover (
    job_id text primary key,
    takeover_count integer not null
);
