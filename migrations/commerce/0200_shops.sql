-- Shops of ours joined to shops elsewhere (docs/decisions/0044-shops-elsewhere.md).
-- credentials are sealed with a key that stands in the data folder, not in this database.
create table commerce.connection (
    id text primary key,
    shop_id text not null references commerce.shop,
    kind text not null check (kind in ('shopify', 'etsy')),
    address text not null,
    credentials bytea not null,
    currency text not null,
    state text not null check (state in ('active', 'paused', 'refused')),
    since timestamptz,
    reading text,
    reading_from timestamptz,
    fault text,
    faulted_at timestamptz,
    next_at timestamptz not null,
    made_at timestamptz not null,
    unique (kind, address),
    unique (shop_id, kind)
);
create index connection_due on commerce.connection (next_at) where state = 'active';

-- What both sides last agreed on, and what theirs was when it was last read.
create table commerce.foreign_listing (
    connection_id text not null references commerce.connection on delete cascade,
    key text not null,
    product_id text not null unique references commerce.product (id),
    base jsonb not null,
    theirs jsonb not null,
    read_at timestamptz not null,
    primary key (connection_id, key)
);

-- Which variant of ours is which of theirs, and the count that both sides last agreed on.
create table commerce.foreign_variant (
    connection_id text not null references commerce.connection on delete cascade,
    key text not null,
    stock_key text not null,
    variant_id text not null unique references commerce.variant (id),
    base_count bigint,
    -- What the count there is being set to, until it is known whether it was.
    telling bigint,
    primary key (connection_id, key)
);

create table commerce.foreign_picture (
    connection_id text not null references commerce.connection on delete cascade,
    url text not null,
    media_id text not null,
    primary key (connection_id, url)
);

create table commerce.foreign_parcel (
    connection_id text not null references commerce.connection on delete cascade,
    key text not null,
    order_id text not null,
    parcel_id text not null,
    primary key (connection_id, key)
);

create table commerce.difference (
    id text primary key,
    connection_id text not null references commerce.connection on delete cascade,
    product_id text not null references commerce.product (id),
    what text not null,
    base jsonb not null,
    ours jsonb not null,
    theirs jsonb not null,
    found_at timestamptz not null,
    unique (product_id, what)
);

-- What a platform is still to be told. result is what it called the thing.
create table commerce.errand (
    id text primary key,
    connection_id text not null references commerce.connection on delete cascade,
    kind text not null check (kind in ('order', 'refund', 'listing', 'parcels')),
    subject text not null,
    payload jsonb not null,
    state text not null check (state in ('waiting', 'done', 'failed')),
    tries integer not null default 0,
    asked integer not null default 1,
    next_at timestamptz not null,
    fault text,
    result text,
    made_at timestamptz not null,
    done_at timestamptz,
    unique (connection_id, kind, subject)
);
create index errand_due on commerce.errand (connection_id, next_at) where state = 'waiting';

create table commerce.platform_message (
    connection_id text not null references commerce.connection on delete cascade,
    message_id text not null,
    heard_at timestamptz not null,
    primary key (connection_id, message_id)
);
