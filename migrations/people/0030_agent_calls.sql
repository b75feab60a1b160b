-- What programs did with somebody's key, tool by tool; arguments are not kept.
create table people.agent_call (
    id bigint generated always as identity primary key,
    -- A key's id, or "address:" and a hash of where somebody without a key called from.
    caller text not null,
    person_id text,
    tool text not null,
    outcome text not null,
    took_ms integer not null,
    called_at timestamptz not null
);
create index agent_call_caller on people.agent_call (caller, called_at);
create index agent_call_person on people.agent_call (person_id, called_at desc);
