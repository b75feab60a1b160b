-- Shops, what they sell, where they ship and what tax applies (docs/decisions/0040-commerce.md).
-- A product or variant that is no longer sold stays as a row: carts, orders and films name its id.
create table commerce.shop (
    id text primary key,
    owner text not null,
    handle text not null unique,
    name text not null,
    currency text not null,
    currencies text[] not null,
    locales text[] not null,
    policies jsonb not null,
    attribution text not null check (attribution in ('last_touch', 'position')),
    window_days integer not null check (window_days between 1 and 90),
    commission_bps integer not null check (commission_bps between 0 and 9000),
    agents text not null check (agents in ('all', 'listed', 'none')),
    agents_listed text[] not null default '{}',
    created_at timestamptz not null,
    closed_at timestamptz
);
create index shop_owner on commerce.shop (owner);

-- Products have a number of their own beside their id, by which the search keeps them.
create table commerce.product (
    number bigint generated always as identity primary key,
    id text not null unique,
    shop_id text not null references commerce.shop,
    title text not null,
    description text not null,
    brand text not null,
    category text[] not null,
    tags text[] not null,
    options jsonb not null,
    media jsonb not null,
    tax_class text not null,
    facts jsonb not null,
    source_kind text check (source_kind in ('hand', 'csv', 'shopify', 'etsy')),
    source_key text,
    source_version text,
    state text not null check (state in ('draft', 'live', 'withdrawn')),
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((source_kind is null) = (source_key is null))
);
create index product_shop on commerce.product (shop_id, number desc);
create unique index product_source on commerce.product (shop_id, source_kind, source_key);

-- prices: {"EUR": [minor, list price in minor or null]}
create table commerce.variant (
    id text primary key,
    product_id text not null references commerce.product (id),
    sku text not null,
    title text not null,
    options jsonb not null,
    prices jsonb not null,
    stock bigint check (stock >= 0),
    when_out text not null check (when_out in ('deny', 'continue')),
    barcode text not null,
    weight_g integer not null check (weight_g >= 0),
    position integer not null,
    withdrawn boolean not null default false
);
create index variant_product on commerce.variant (product_id, position);
create index variant_sku on commerce.variant (sku) where sku <> '';

-- What was taken from the stock, by whom; count is 0 where the stock is not counted or sells on.
create table commerce.reservation (
    id text not null,
    variant_id text not null references commerce.variant,
    wanted bigint not null check (wanted > 0),
    taken bigint not null check (taken between 0 and wanted),
    taken_at timestamptz not null,
    given_back_at timestamptz,
    primary key (id, variant_id)
);
create index reservation_variant on commerce.reservation (variant_id);

create table commerce.zone (
    id text primary key,
    shop_id text not null references commerce.shop,
    name text not null,
    countries text[] not null,
    rates jsonb not null,
    position integer not null
);
create index zone_shop on commerce.zone (shop_id, position);

create table commerce.tax_rule (
    shop_id text not null references commerce.shop,
    country text not null,
    region text not null default '',
    tax_class text not null,
    bps integer not null check (bps between 0 and 10000),
    included boolean not null,
    primary key (shop_id, country, region, tax_class)
);
