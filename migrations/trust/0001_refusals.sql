-- What was refused, so that it can be appealed. The subject is whatever a room calls it: trust knows
-- no film and no post. What was judged is kept only here, for the moderator who hears the appeal.
create table trust.refusal (
    id text primary key,
    subject_kind text not null,
    subject_id text not null,
    person text not null,
    rule text not null,
    why text not null,
    passes text not null,
    judged text not null,
    moderator text not null,
    refused_at timestamptz not null
);
create unique index refusal_subject on trust.refusal (subject_kind, subject_id, rule);
create index refusal_person on trust.refusal (person, id);
