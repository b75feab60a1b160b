-- What agents sent under which key, and what they were answered: kept with what it did.
create table commerce.acp_request (
    scope       text not null,
    path        text not null,
    key         text not null,
    fingerprint bytea not null,
    status      integer,
    answer      text,
    begun_at    timestamptz not null,
    primary key (scope, path, key)
);
create index acp_request_old on commerce.acp_request (begun_at);

-- What an agent said of itself when it began a session.
create table commerce.acp_session (
    checkout_id  text primary key references commerce.checkout (id),
    version      text not null,
    extensions   text[],
    timezone     text not null default ''
);

-- Cards that agents leave here in test mode for one payment each; never a number of a card.
create table commerce.vault (
    id         text primary key,
    agent      text not null,
    method     text not null,
    allowance  text not null,
    created_at timestamptz not null,
    used_at    timestamptz
);

create table commerce.authentication (
    id         text primary key,
    agent      text not null,
    body       text not null,
    created_at timestamptz not null
);

-- Where agents want to hear of orders, and what they have still to be told.
create table commerce.agent_hook (
    agent      text primary key,
    person_id  text not null,
    url        text not null,
    secret     text not null,
    created_at timestamptz not null
);

create table commerce.agent_message (
    id            bigint generated always as identity primary key,
    agent         text not null,
    sale_id       text not null,
    version       integer not null,
    body          text not null,
    state         text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    attempt_count integer not null default 0,
    next_at       timestamptz not null,
    last_failure  text not null default '',
    unique (agent, sale_id, version)
);
create index agent_message_due on commerce.agent_message (next_at) where state = 'waiting';
