-- Jobs that were ordered from providers: the ticket is kept before it is waited for, so that a
-- worker that takes a shot over waits for the same job; and what each of them cost.
create table studio.errand (
    engine text not null,
    ticket text not null,
    film text not null references studio.film on delete cascade,
    index smallint not null,
    open boolean not null default true,
    cost_micro bigint not null default 0,
    currency text not null default '',
    ordered_at timestamptz not null,
    primary key (engine, ticket)
);

create index errand_by_film on studio.errand (film, index);
