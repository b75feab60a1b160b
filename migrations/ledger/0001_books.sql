-- Double entry. The database itself keeps the books honest: every journal sums to zero in every
-- currency, nothing booked is ever changed or removed, a guarded account never goes below zero, and
-- what is reversed never exceeds what was booked. Amounts are whole millionths of the minor unit;
-- positive is a credit, negative a debit.
--
-- Entries have no foreign keys: a key would lock the account's row for every entry, and the
-- platform's account is in nearly every journal. The same is checked once a statement instead, which
-- is as good, because accounts and journals are never removed.

create table ledger.account (
    id bigint generated always as identity primary key,
    kind text not null check (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
    root text not null check (root in ('asset', 'liability', 'income', 'expense', 'equity')),
    guarded boolean not null check (not guarded or root = 'liability'),
    owner text not null check (length(owner) between 1 and 200),
    currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
    opened_at timestamptz not null,
    unique (kind, owner, currency)
);

-- What a guarded account holds at this moment. The rule stands in one place: this check.
create table ledger.guard (
    account_id bigint primary key,
    micro numeric(38) not null default 0,
    constraint ledger_guard_not_negative check (micro >= 0)
);

create table ledger.journal (
    id bigint generated always as identity primary key,
    key text not null check (length(key) between 1 and 255),
    fingerprint bytea not null check (length(fingerprint) = 32),
    reason text not null check (length(reason) between 1 and 200),
    entry_count smallint not null check (entry_count between 2 and 10000),
    reverses bigint,
    -- How much of the other journal's turnover this one takes back.
    reversed_micro bigint,
    effective_at timestamptz not null,
    booked_at timestamptz not null,
    constraint journal_key unique (key),
    check ((reverses is null) = (reversed_micro is null)),
    check (reversed_micro > 0)
);
create index journal_reverses on ledger.journal (reverses) where reverses is not null;

create table ledger.entry (
    journal_id bigint not null,
    account_id bigint not null,
    -- At most 10^18: with the bound on a journal's turnover no sum in a journal can overflow.
    micro bigint not null check (micro <> 0 and micro between -1000000000000000000 and 1000000000000000000),
    line smallint not null,
    currency text collate "C" not null,
    primary key (journal_id, line)
);
create index entry_account on ledger.entry (account_id, journal_id);

-- Journals that no seal holds yet.
create table ledger.unsealed (
    journal_id bigint primary key
);

-- A seal holds a run of journals and the seal before it. Which journals come in which order is
-- decided when they are sealed, so that writers never wait for one another.
create table ledger.seal (
    id bigint primary key check (id > 0),
    journal_count integer not null check (journal_count > 0),
    previous bytea not null check (length(previous) = 32),
    digest bytea not null check (length(digest) = 32),
    sealed_at timestamptz not null
);

create table ledger.sealed (
    journal_id bigint primary key,
    seal_id bigint not null,
    position integer not null,
    digest bytea not null check (length(digest) = 32),
    unique (seal_id, position)
);

-- What the sealed journals add up to; the rest is added when a balance is asked for.
create table ledger.balance (
    account_id bigint primary key,
    micro numeric(38) not null
);

-- Statements that were given out, so that their codes can be checked.
create table ledger.statement (
    code text primary key,
    kind text not null,
    owner text not null,
    currency text not null,
    since timestamptz not null,
    until timestamptz not null,
    seal_id bigint not null,
    digest bytea not null check (length(digest) = 32),
    issued_at timestamptz not null
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what is booked stays: % of ledger.% is refused', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation', constraint = 'ledger_append_only';
end $$;

create function ledger.open_guard() returns trigger language plpgsql as $$
begin
    insert into ledger.guard (account_id) select id from opened where guarded;
    return null;
end $$;

create trigger open_guard after insert on ledger.account
    referencing new table as opened
    for each statement execute function ledger.open_guard();

create function ledger.note_unsealed() returns trigger language plpgsql as $$
begin
    insert into ledger.unsealed (journal_id) select id from booked;
    return null;
end $$;

create trigger note_unsealed after insert on ledger.journal
    referencing new table as booked
    for each statement execute function ledger.note_unsealed();

-- Every entry belongs to a journal that has room for its line and to an account of its currency.
-- A journal declares how many entries it has; once they are there, none can follow.
create function ledger.check_entries() returns trigger language plpgsql as $$
declare
    booked_count bigint;
    known_count bigint;
begin
    select count(*) into booked_count from booked;
    select count(*) into known_count
    from booked b
    join ledger.journal j on j.id = b.journal_id and b.line between 1 and j.entry_count
    join ledger.account a on a.id = b.account_id and a.currency = b.currency;
    if known_count <> booked_count then
        raise exception 'an entry names no journal, no free line, no account or another currency'
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_entry_known';
    end if;
    if exists (
        select from booked b join ledger.account a on a.id = b.account_id where a.guarded
    ) then
        -- In the order of accounts, so that two such statements cannot wait for each other.
        perform from ledger.guard g
        where g.account_id in (
            select b.account_id from booked b join ledger.account a on a.id = b.account_id
            where a.guarded)
        order by g.account_id for update;
        update ledger.guard g set micro = g.micro + d.micro
        from (select b.account_id, sum(b.micro) as micro from booked b group by b.account_id) d
        where g.account_id = d.account_id;
    end if;
    return null;
end $$;

create trigger check_entries after insert on ledger.entry
    referencing new table as booked
    for each statement execute function ledger.check_entries();

-- At the end of the transaction every journal is whole: all its entries are there, and they sum to
-- zero in each currency. A reversal takes back no more than there was, and what is taken back
-- entirely leaves nothing with anybody.
create function ledger.check_journal() returns trigger language plpgsql as $$
declare
    found_count bigint;
    uneven boolean;
    turnover numeric;
    reversed numeric;
begin
    select coalesce(sum(n), 0), coalesce(bool_or(micro <> 0), false), coalesce(sum(credit), 0)
    into found_count, uneven, turnover
    from (
        select count(*) as n, sum(micro) as micro, sum(micro) filter (where micro > 0) as credit
        from ledger.entry where journal_id = new.id group by currency
    ) by_currency;
    if found_count <> new.entry_count then
        raise exception 'journal % declares % entries and has %', new.key, new.entry_count, found_count
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_journal_whole';
    end if;
    if uneven then
        raise exception 'journal % does not sum to zero', new.key
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_zero_sum';
    end if;
    if turnover > 1000000000000000000 then
        raise exception 'journal % moves more than 10^18 micro-units', new.key
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_turnover';
    end if;
    if new.reverses is null then
        return null;
    end if;
    if new.reversed_micro <> turnover
        or exists (select from ledger.journal where id = new.reverses and reverses is not null) then
        raise exception 'journal % does not reverse what it says', new.key
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_reversal';
    end if;
    perform pg_advisory_xact_lock(x'6c656467'::int, (new.reverses % 2147483647)::int);
    select coalesce(sum(micro) filter (where micro > 0), -1) into turnover
    from ledger.entry where journal_id = new.reverses;
    select sum(reversed_micro) into reversed from ledger.journal where reverses = new.reverses;
    if reversed > turnover then
        raise exception 'journal % reverses more than was booked', new.key
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_reversal';
    end if;
    if reversed = turnover and exists (
        select from ledger.entry e
        where e.journal_id = new.reverses
            or e.journal_id in (select id from ledger.journal where reverses = new.reverses)
        group by e.account_id having sum(e.micro) <> 0
    ) then
        raise exception 'journal % is no mirror of what it reverses', new.key
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_reversal';
    end if;
    return null;
end $$;

create constraint trigger check_journal after insert on ledger.journal
    deferrable initially deferred
    for each row execute function ledger.check_journal();

create trigger stays before update or delete on ledger.account
    for each row execute function ledger.refuse_change();
create trigger stays before update or delete on ledger.journal
    for each row execute function ledger.refuse_change();
create trigger stays before update or delete on ledger.entry
    for each row execute function ledger.refuse_change();
create trigger stays before update or delete on ledger.seal
    for each row execute function ledger.refuse_change();
create trigger stays before update or delete on ledger.sealed
    for each row execute function ledger.refuse_change();
create trigger stays before update or delete on ledger.statement
    for each row execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.account
    for each statement execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.journal
    for each statement execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.entry
    for each statement execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.seal
    for each statement execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.sealed
    for each statement execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.statement
    for each statement execute function ledger.refuse_change();

-- A superuser passes every privilege, and an owner could give them back; for both the triggers stand.
revoke update, delete, truncate on
    ledger.account, ledger.journal, ledger.entry, ledger.seal, ledger.sealed, ledger.statement
from public, current_user;
