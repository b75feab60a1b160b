-- What creators ask a month, who pays it, and the pools that are shared out when a month has ended.

create table rights.offer (
    creator text primary key,
    minor bigint not null check (minor > 0),
    currency text not null,
    changed_at timestamptz not null
);

create table rights.subscription (
    id text primary key,
    subscriber text not null,
    creator text not null,
    minor bigint not null check (minor > 0),
    currency text not null,
    method text not null,
    state text not null default 'active' check (state in ('active', 'ending', 'ended')),
    fault text,
    started_at timestamptz not null,
    -- How many months were charged, and when the next one is due (or, if it is ending, when it ends).
    months integer not null default 0,
    next_at timestamptz not null
);
create unique index subscription_one on rights.subscription (subscriber, creator)
    where state <> 'ended';
create index subscription_due on rights.subscription (next_at) where state <> 'ended';
create index subscription_creator on rights.subscription (creator) where state <> 'ended';

-- A pool has the name of its creator (or of the platform) and its month; money that comes late is
-- shared in another round.
create table rights.pool (
    id text not null,
    currency text not null,
    creator text not null,
    month date not null,
    rounds integer not null default 0,
    primary key (id, currency)
);
create index pool_month on rights.pool (month);

-- Where the money of a party goes, when, and the form that says how it is taxed.
alter table rights.payee add column schedule text not null default 'monthly'
    check (schedule in ('monthly', 'weekly', 'manual'));
alter table rights.payee add column country text;
alter table rights.payee add column ready boolean not null default true;

create table rights.tax_form (
    party text primary key,
    kind text not null check (kind in ('w9', 'w8ben', 'w8bene', 'dac7')),
    legal_name text not null check (length(legal_name) between 1 and 200),
    country text not null check (country ~ '^[A-Z]{2}$'),
    address text not null check (length(address) between 1 and 500),
    tax_number text not null check (length(tax_number) between 1 and 40),
    signed_at timestamptz not null
);
