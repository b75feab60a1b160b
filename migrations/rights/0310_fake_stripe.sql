-- What the payment provider of our own keeps in test mode: objects of an account, by kind and name.
create table rights.fake_stripe (
    kind   text not null,
    name   text not null,
    body   text not null,
    number bigint generated always as identity,
    primary key (kind, name)
);
create index fake_stripe_in_order on rights.fake_stripe (kind, number);
