-- What each daily proof of the books found.
create table ledger.proof (
    id bigint generated always as identity primary key,
    proved_at timestamptz not null,
    journal_count bigint not null,
    entry_count bigint not null,
    head text,
    faults jsonb not null
);

create trigger stays before update or delete on ledger.proof
    for each row execute function ledger.refuse_change();
create trigger stays_whole before truncate on ledger.proof
    for each statement execute function ledger.refuse_change();

revoke update, delete, truncate on ledger.proof from public, current_user;
