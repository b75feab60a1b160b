-- Discounts of a shop, baskets on their way to being paid, what is to be paid, and orders.
create table commerce.discount (
    id        text primary key,
    shop_id   text not null,
    code      text not null check (code = upper(code)),
    body      text not null,
    uses_left integer check (uses_left >= 0),
    unique (shop_id, code)
);

create table commerce.checkout (
    id         text primary key,
    shop_id    text not null,
    person_id  text not null,
    status     text not null,
    body       text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null
);
create index checkout_of_person on commerce.checkout (person_id, id desc);
create index checkout_open on commerce.checkout (expires_at) where status in ('cart', 'open');

create table commerce.payment (
    id            text primary key,
    checkout_id   text not null references commerce.checkout (id),
    minor         bigint not null check (minor >= 0),
    currency      text not null,
    body          text not null,
    state         text not null check (state in ('ordered', 'asking', 'paid', 'declined', 'given_up')),
    provider_id   text unique,
    fault         text,
    ordered_at    timestamptz not null,
    claimed_until timestamptz,
    ended_at      timestamptz
);
create index payment_waiting on commerce.payment (ordered_at) where state in ('ordered', 'asking');
create unique index payment_once on commerce.payment (checkout_id) where state = 'paid';

create table commerce.sale (
    id          text primary key,
    number      bigint generated always as identity unique,
    checkout_id text not null unique references commerce.checkout (id),
    payment_id  text not null unique references commerce.payment (id),
    shop_id     text not null,
    person_id   text not null,
    body        text not null,
    version     integer not null,
    placed_at   timestamptz not null,
    updated_at  timestamptz not null
);
create index sale_of_shop on commerce.sale (shop_id, number desc);
create index sale_of_person on commerce.sale (person_id, number desc);

create table commerce.refund (
    id            text primary key,
    sale_id       text not null references commerce.sale (id),
    state         text not null check (state in ('ordered', 'done', 'failed')),
    claimed_until timestamptz,
    ordered_at    timestamptz not null
);
create index refund_waiting on commerce.refund (ordered_at) where state = 'ordered';

-- What was booked for a line of a sale: which film got which commission.
create table commerce.commission (
    revenue_id text primary key,
    sale_id    text not null references commerce.sale (id),
    line_id    text not null,
    film_id    text not null,
    micro      bigint not null check (micro > 0)
);
create index commission_of_sale on commerce.commission (sale_id, line_id);

-- What was taken back of a line of a sale: under which key, of its goods or shipping, how much.
create table commerce.taken_back (
    key     text not null,
    sale_id text not null references commerce.sale (id),
    line_id text not null,
    kind    text not null check (kind in ('goods', 'shipping')),
    minor   bigint not null,
    primary key (key, line_id, kind)
);
create index taken_back_of_sale on commerce.taken_back (sale_id);

-- Where an agent says a sale came from. Written, never shown to agents again.
create table commerce.affiliate (
    checkout_id text not null references commerce.checkout (id),
    touchpoint  text not null,
    body        text not null,
    said_at     timestamptz not null,
    primary key (checkout_id, touchpoint)
);

create table commerce.heard (
    event_id text primary key,
    heard_at timestamptz not null
);
