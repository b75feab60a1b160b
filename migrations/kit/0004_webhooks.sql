-- Who is told of what happens here, by requests to their own servers (kit.webhooks). A secret signs
-- and so has to be kept itself; for a day after it was changed the one before signs as well.
create table kit.webhook_endpoint (
    id text primary key,
    name text not null,
    url text not null,
    event_types text[] not null,
    secret text not null,
    secret_before text,
    secret_before_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- One message for one endpoint: waiting, delivered, or dead when it was tried often enough.
create table kit.webhook_delivery (
    id text primary key,
    endpoint text not null references kit.webhook_endpoint on delete cascade,
    message text not null,
    event_type text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    attempt_count integer not null default 0,
    next_at timestamptz not null,
    last_status integer,
    last_failure text not null default '',
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (endpoint, message)
);
create index webhook_delivery_due on kit.webhook_delivery (next_at) where state = 'waiting';
