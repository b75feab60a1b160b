-- Works and their owners, licences that never change, what films show and were made from, what they
-- earned and who got it, charges and payouts. Amounts are whole millionths of the minor unit.

create table rights.work (
    id text primary key,
    kind text not null check (kind in ('character', 'brand', 'likeness', 'music', 'footage')),
    title text not null check (length(title) between 1 and 200),
    registered_by text not null,
    created_at timestamptz not null
);

create table rights.owner (
    work_id text not null references rights.work,
    party text not null check (length(party) between 1 and 200),
    bps integer not null check (bps > 0),
    primary key (work_id, party)
);

create table rights.alias (
    work_id text not null references rights.work,
    language text not null,
    name text not null check (length(name) between 1 and 200),
    primary key (work_id, language, name)
);
create index alias_name on rights.alias (lower(name));

-- Somebody who says that (a part of) a registered work is theirs.
create table rights.conflict (
    id text primary key,
    work_id text not null references rights.work,
    claimant text not null,
    bps integer not null check (bps between 1 and 10000),
    ground text not null check (length(ground) between 1 and 4000),
    state text not null default 'open' check (state in ('open', 'upheld', 'refused')),
    opened_at timestamptz not null,
    decided_at timestamptz
);
create unique index conflict_open on rights.conflict (work_id, claimant) where state = 'open';

create function rights.check_owners() returns trigger language plpgsql as $$
declare
    work text := coalesce(new.work_id, old.work_id);
begin
    if (select coalesce(sum(bps), 0) from rights.owner where work_id = work) <> 10000 then
        raise exception 'the shares of work % do not sum to 10000', work
            using errcode = 'integrity_constraint_violation', constraint = 'rights_shares_whole';
    end if;
    return null;
end $$;

create constraint trigger check_owners after insert or update or delete on rights.owner
    deferrable initially deferred for each row execute function rights.check_owners();

create table rights.licence (
    id text primary key,
    work_id text not null references rights.work,
    version integer not null check (version > 0),
    terms jsonb not null,
    owners jsonb not null,
    digest text not null,
    made_at timestamptz not null,
    unique (work_id, version)
);

create function rights.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a licence never changes: make a new version'
        using errcode = 'integrity_constraint_violation', constraint = 'rights_licence_stays';
end $$;

create trigger stays before update or delete on rights.licence
    for each row execute function rights.refuse_change();

create table rights.film (
    film_id text primary key,
    maker text not null,
    remix_share_bps integer not null check (remix_share_bps between 0 and 10000),
    remix_flow_bps integer not null check (remix_flow_bps between 0 and 10000),
    remix_depth_max integer not null check (remix_depth_max between 0 and 30)
);

create table rights.film_use (
    film_id text not null references rights.film,
    work_id text not null,
    licence_id text not null references rights.licence,
    presence_ppm integer not null check (presence_ppm between 0 and 1000000),
    primary key (film_id, work_id)
);

create table rights.film_parent (
    film_id text not null references rights.film,
    parent_id text not null references rights.film,
    primary key (film_id, parent_id),
    check (film_id <> parent_id)
);

-- What a licence with a cap or a guarantee got from a film so far, in the currency of its limit.
create table rights.earned (
    film_id text not null,
    licence_id text not null,
    currency text not null,
    micro numeric(38) not null default 0 check (micro >= 0),
    primary key (film_id, licence_id)
);

create table rights.rate (
    have text not null,
    wanted text not null,
    numerator bigint not null check (numerator > 0),
    denominator bigint not null check (denominator > 0),
    primary key (have, wanted)
);

create table rights.revenue (
    id text primary key,
    kind text not null,
    film_id text not null references rights.film,
    micro bigint not null check (micro > 0),
    currency text not null,
    scaled text[] not null,
    basis text not null,
    happened_at timestamptz not null,
    taken_back_micro bigint not null default 0 check (taken_back_micro between 0 and micro)
);
create index revenue_film on rights.revenue (film_id, id);

create table rights.share (
    revenue_id text not null references rights.revenue,
    place integer not null,
    party text not null,
    micro bigint not null check (micro > 0),
    cause text not null,
    of text not null,
    -- How much of it counted towards the limit of the licence, in the limit's currency.
    counted_micro numeric(38),
    primary key (revenue_id, place)
);
create index share_party on rights.share (party, revenue_id);

create table rights.charge (
    id text primary key,
    purpose text not null check (purpose in ('tip', 'commission', 'subscription', 'credits')),
    subject text not null,
    payer text not null,
    minor bigint not null check (minor > 0),
    currency text not null,
    method text not null,
    state text not null default 'ordered' check (state in ('ordered', 'paid', 'declined')),
    provider_id text unique,
    fault text,
    ordered_at timestamptz not null,
    ended_at timestamptz
);
create index charge_ordered on rights.charge (ordered_at) where state = 'ordered';

create table rights.payee (
    party text primary key,
    destination text not null,
    tax_form_on_file boolean not null
);

create table rights.payout (
    id text primary key,
    party text not null,
    destination text not null,
    minor bigint not null check (minor > 0),
    currency text not null,
    state text not null default 'ordered' check (state in ('ordered', 'sent', 'failed')),
    provider_id text unique,
    fault text,
    ordered_at timestamptz not null,
    ended_at timestamptz
);
create index payout_ordered on rights.payout (ordered_at) where state = 'ordered';
create unique index payout_one on rights.payout (party, currency) where state = 'ordered';

-- What the payment provider told, so that hearing it again changes nothing.
create table rights.heard (
    event_id text primary key,
    kind text not null,
    heard_at timestamptz not null
);
