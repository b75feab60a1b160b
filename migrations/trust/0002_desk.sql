-- The desk: what people object to, what they say, and what was decided. A case is about a subject
-- that its own room knows by kind and id.
create table trust.case_ (
    id text primary key,
    origin text not null check (origin in ('report', 'takedown', 'appeal')),
    subject_kind text not null,
    subject_id text not null,
    author text not null,
    state text not null
        check (state in ('open', 'escalated', 'appealed', 'removed', 'kept', 'restored')),
    reason text not null,
    appeal_count integer not null default 0,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    reminded_at timestamptz,
    decided_at timestamptz,
    decided_by text not null default '',
    statement text not null default '',
    snapshot jsonb not null,
    token_sha256 bytea,
    revision integer not null default 1
);
create index case_waiting on trust.case_ (due_at) where state in ('open', 'escalated', 'appealed');
create index case_subject on trust.case_ (subject_kind, subject_id);
create index case_author on trust.case_ (author, id);
-- Everybody who objects to one thing joins one case; a takedown has a case and a token of its own.
create unique index case_one_report on trust.case_ (subject_kind, subject_id)
    where origin = 'report' and state in ('open', 'escalated');

-- What somebody said to a case: `teller` is a person, or `address:` and a digest.
create table trust.statement (
    id text primary key,
    case_id text not null references trust.case_ (id),
    kind text not null check (kind in ('report', 'takedown', 'appeal', 'counter_notice')),
    teller text not null,
    name text not null default '',
    email text not null default '',
    reason text not null,
    words text not null,
    said_at timestamptz not null,
    baseless boolean
);
create unique index statement_once on trust.statement (case_id, teller, kind)
    where kind = 'report';
create index statement_teller on trust.statement (teller, said_at);
create index statement_case on trust.statement (case_id, id);

-- The audit log: every line holds the digest of the one before it, so that none can be changed or
-- taken out unseen.
create table trust.log (
    seq bigint primary key,
    case_id text not null,
    act text not null,
    actor text not null,
    detail text not null,
    at timestamptz not null,
    digest text not null
);
create index log_case on trust.log (case_id, seq);

create function trust.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what the desk did stays: % of trust.log is refused', tg_op
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger log_stays before update or delete or truncate on trust.log
    for each statement execute function trust.refuse_change();

-- What an appeal let pass: the same words of the same person are not refused by the same rule again.
create table trust.excuse (
    person text not null,
    rule text not null,
    words_sha256 text not null,
    case_id text not null,
    primary key (person, rule, words_sha256)
);
alter table trust.refusal add column words_sha256 text not null default '';
