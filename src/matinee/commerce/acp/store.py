"""Tables of the protocol: requests answered, sessions, the vault, and what is to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from matinee.kit.db import Session

from .errors import VERSION, Refused

KEPT = timedelta(hours=24)
IN_FLIGHT = timedelta(seconds=60)
_WAIT = "set local lock_timeout = '1500ms'"
_WAIT_NO_MORE = "set local lock_timeout = 0"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One request: whose, where, its own name for itself, and what it says (a SHA-256)."""

    scope: str
    path: str
    key: str
    fingerprint: bytes


def begin(session: Session, occasion: Occasion, *, at: datetime) -> tuple[int, str] | None:
    """Note that a request is being answered; the status and answer it got before, if it did.

    Raises ``Refused``: 422 for another request under the same key, 409 while the first is at work.
    """
    session.execute(
        text("delete from commerce.acp_request where begun_at < :before"), {"before": at - KEPT}
    )
    names = {"scope": occasion.scope, "path": occasion.path, "key": occasion.key}
    try:
        # Whoever is at work on the same request holds its row; they may be nearly done.
        session.execute(text(_WAIT))
        added = session.execute(
            text(
                "insert into commerce.acp_request (scope, path, key, fingerprint, begun_at)"
                " values (:scope, :path, :key, :fingerprint, :at) on conflict do nothing"
            ),
            {**names, "fingerprint": occasion.fingerprint, "at": at},
        )
        session.execute(text(_WAIT_NO_MORE))
    except OperationalError as error:
        raise _in_flight() from error
    if added.rowcount:
        return None
    row = session.execute(
        text(
            "select fingerprint, status, answer, begun_at from commerce.acp_request"
            " where scope = :scope and path = :path and key = :key for update"
        ),
        names,
    ).one()
    if bytes(row.fingerprint) != occasion.fingerprint:
        raise Refused(
            422,
            "idempotency_conflict",
            "This Idempotency-Key was used for another request before. Use a new one.",
        )
    if row.status is not None:
        return row.status, row.answer
    if row.begun_at + IN_FLIGHT > at:
        raise _in_flight()
    # Whoever was at work on it died; what they did is found by doing it again.
    session.execute(
        text(
            "update commerce.acp_request set begun_at = :at"
            " where scope = :scope and path = :path and key = :key"
        ),
        {**names, "at": at},
    )
    return None


def finish(session: Session, occasion: Occasion, status: int, answer: str) -> None:
    """Keep what a request was answered."""
    session.execute(
        text(
            "update commerce.acp_request set status = :status, answer = :answer"
            " where scope = :scope and path = :path and key = :key"
        ),
        {
            "scope": occasion.scope,
            "path": occasion.path,
            "key": occasion.key,
            "status": status,
            "answer": answer,
        },
    )


def _in_flight() -> Refused:
    return Refused(
        409,
        "idempotency_in_flight",
        "The same request is being answered at this moment. Send it again in a second.",
        wait_s=1,
    )


def keep_session(
    session: Session,
    checkout_id: str,
    *,
    version: str,
    extensions: Sequence[str] | None,
    timezone: str,
) -> None:
    """Keep what an agent said of itself."""
    session.execute(
        text(
            "insert into commerce.acp_session (checkout_id, version, extensions, timezone)"
            " values (:id, :version, :extensions, :timezone) on conflict do nothing"
        ),
        {
            "id": checkout_id,
            "version": version,
            "extensions": None if extensions is None else list(extensions),
            "timezone": timezone,
        },
    )


def session_of(session: Session, checkout_id: str) -> tuple[str, tuple[str, ...] | None]:
    """The version a session was begun in, and the extensions that its agent knows (None: all)."""
    row = session.execute(
        text("select version, extensions from commerce.acp_session where checkout_id = :id"),
        {"id": checkout_id},
    ).first()
    if row is None:
        return VERSION, None
    return row.version, None if row.extensions is None else tuple(row.extensions)


def currencies(session: Session) -> list[str]:
    """Every currency that some shop sells in."""
    found = session.execute(
        text(
            "select distinct unnest(currencies) as one from commerce.shop"
            " where closed_at is null order by one"
        )
    ).scalars()
    return list(found)


def add_to_vault(
    session: Session,
    token: str,
    *,
    agent: str,
    method: str,
    allowance: Mapping[str, Any],
    at: datetime,
) -> None:
    """Keep a card for one payment."""
    session.execute(
        text(
            "insert into commerce.vault (id, agent, method, allowance, created_at)"
            " values (:id, :agent, :method, :allowance, :at)"
        ),
        {
            "id": token,
            "agent": agent,
            "method": method,
            "allowance": msgspec.json.encode(allowance).decode(),
            "at": at,
        },
    )


def from_vault(
    session: Session, token: str, *, agent: str
) -> tuple[str, dict[str, Any], bool] | None:
    """A card that an agent left here, what it may pay, and whether it did; locked."""
    row = session.execute(
        text(
            "select method, allowance, used_at is not null as used from commerce.vault"
            " where id = :id and agent = :agent for update"
        ),
        {"id": token, "agent": agent},
    ).first()
    return None if row is None else (row.method, msgspec.json.decode(row.allowance), row.used)


def use_vault(session: Session, token: str, *, at: datetime) -> None:
    """Note that a card was used."""
    session.execute(
        text("update commerce.vault set used_at = :at where id = :id"), {"id": token, "at": at}
    )


def keep_authentication(
    session: Session, name: str, *, agent: str, body: Mapping[str, Any], at: datetime
) -> None:
    """Keep how far an authentication came."""
    session.execute(
        text(
            "insert into commerce.authentication (id, agent, body, created_at)"
            " values (:id, :agent, :body, :at) on conflict (id) do update set body = excluded.body"
        ),
        {"id": name, "agent": agent, "body": msgspec.json.encode(body).decode(), "at": at},
    )


def authentication(session: Session, name: str, *, agent: str) -> dict[str, Any] | None:
    """How far an authentication came."""
    body = session.execute(
        text(
            "select body from commerce.authentication where id = :id and agent = :agent for update"
        ),
        {"id": name, "agent": agent},
    ).scalar_one_or_none()
    return None if body is None else msgspec.json.decode(body)


@dataclass(frozen=True, slots=True)
class Message:
    """Something an agent is to be told, where, and with which secret."""

    id: int
    agent: str
    order_id: str
    body: str
    attempt_count: int
    url: str
    secret: str


def keep_hook(
    session: Session, agent: str, *, person_id: str, url: str, secret: str, at: datetime
) -> None:
    """Keep where an agent wants to hear of its orders."""
    session.execute(
        text(
            "insert into commerce.agent_hook (agent, person_id, url, secret, created_at)"
            " values (:agent, :person, :url, :secret, :at) on conflict (agent) do update"
            " set url = excluded.url, secret = excluded.secret"
        ),
        {"agent": agent, "person": person_id, "url": url, "secret": secret, "at": at},
    )


def remove_hook(session: Session, agent: str) -> None:
    """Tell an agent nothing more; what waits for it is forgotten."""
    for query in (
        "delete from commerce.agent_message where agent = :agent and state = 'waiting'",
        "delete from commerce.agent_hook where agent = :agent",
    ):
        session.execute(text(query), {"agent": agent})


def forget_person(session: Session, person_id: str) -> None:
    """Tell the agents of somebody nothing more; what they were told, orders in whole, goes too."""
    agents = "(select agent from commerce.agent_hook where person_id = :person)"
    for query in (
        f"delete from commerce.agent_message where agent in {agents}",  # noqa: S608 - our own words
        "delete from commerce.agent_hook where person_id = :person",
    ):
        session.execute(text(query), {"person": person_id})


def has_hook(session: Session, agent: str) -> bool:
    """Whether an agent wants to hear of its orders."""
    query = text("select from commerce.agent_hook where agent = :agent")
    return session.execute(query, {"agent": agent}).first() is not None


def add_message(
    session: Session, *, agent: str, order_id: str, version: int, body: str, at: datetime
) -> None:
    """Write down what an agent is to be told of a version of an order; once."""
    session.execute(
        text(
            "insert into commerce.agent_message (agent, sale_id, version, body, next_at)"
            " values (:agent, :order, :version, :body, :at) on conflict do nothing"
        ),
        {"agent": agent, "order": order_id, "version": version, "body": body, "at": at},
    )


def next_message(session: Session, *, at: datetime) -> Message | None:
    """The message that has waited longest, held until the transaction ends.

    Of one order the older version goes first, so that an agent never goes back in time.
    """
    row = session.execute(
        text(
            "select m.id, m.agent, m.sale_id, m.body, m.attempt_count, h.url, h.secret"
            " from commerce.agent_message m join commerce.agent_hook h using (agent)"
            " where m.state = 'waiting' and m.next_at <= :at and not exists ("
            "  select from commerce.agent_message e where e.agent = m.agent"
            "  and e.sale_id = m.sale_id and e.version < m.version and e.state = 'waiting')"
            " order by m.next_at, m.id limit 1 for update of m skip locked"
        ),
        {"at": at},
    ).first()
    return None if row is None else Message(*row)


def settle_message(
    session: Session, message: Message, *, failure: str, next_at: datetime | None
) -> None:
    """Note what became of a message: taken, to be tried again at a moment, or given up."""
    state = "delivered" if not failure else "dead" if next_at is None else "waiting"
    session.execute(
        text(
            "update commerce.agent_message set state = :state, attempt_count = attempt_count + 1,"
            " next_at = coalesce(cast(:next as timestamptz), next_at), last_failure = :failure"
            " where id = :id"
        ),
        {"state": state, "next": next_at, "failure": failure[:500], "id": message.id},
    )


def messages_of(session: Session, agent: str) -> list[tuple[str, int, str, int, str]]:
    """What an agent was told and is to be told, the newest first: order, version, state, tries."""
    rows = session.execute(
        text(
            "select sale_id, version, state, attempt_count, last_failure"
            " from commerce.agent_message where agent = :agent order by id desc limit 100"
        ),
        {"agent": agent},
    )
    return [tuple(row) for row in rows]
