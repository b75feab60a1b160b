-- Who may ask: keys for programs, sessions for browsers. Only digests are kept, so a stolen copy of
-- the database lets nobody in (kit.keys).
create table kit.api_key (
    id text primary key,
    name text not null check (name <> ''),
    secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
    created_at timestamptz not null,
    revoked_at timestamptz
);
create unique index api_key_name on kit.api_key (name) where revoked_at is null;

-- A browser's session: of a key, or (null) of the operator in front of the machine.
create table kit.web_session (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    api_key text references kit.api_key,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index web_session_expiry on kit.web_session (expires_at);
