-- What was answered to a request that named itself, so that asking again gives the same answer
-- (kit.idempotency).
create table kit.idempotency (
    scope text not null,
    key text not null,
    fingerprint bytea not null check (length(fingerprint) = 32),
    answer text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (scope, key)
);
create index idempotency_expiry on kit.idempotency (expires_at);
