"""API keys for programs, and sessions for browsers.

A key is ``matinee_`` and 256 random bits in base64url; it is shown once, when it is made. The
database keeps its SHA-256, which is enough: what cannot be guessed needs no slow hash. A session is
the same kind of secret in a browser's cookie. It belongs to a person; one that a key opened ends
with the key, and the operator's at the machine counts only there
(docs/decisions/0011-page-without-a-key.md).
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.prepared import Prepared

from .errors import (
    NAME_CHARACTERS_MAX,
    KeyAmbiguous,
    KeyNameInvalid,
    KeyNameTaken,
    KeyNotFound,
    KeyRefused,
    ScopeUnknown,
    SessionNotFound,
    TooManyKeys,
)
from .model import OPERATOR_ID, SCOPES, Key, Visitor
from .store import COLUMNS, held, person_by_id, person_of

SESSION_LIFETIME = timedelta(days=30)
SESSIONS_MAX = 50
KEYS_MAX = 100

_SECRET_BYTES = 32
_SECRET = re.compile(r"matinee_[A-Za-z0-9_-]{43}")
_KEY_COLUMNS = "id, person, name, scopes, created_at, revoked_at"
_PERSON = ", ".join(f"p.{name}" for name in COLUMNS.split(", "))
_OF_KEY = Prepared(
    f"select {_PERSON}, k.id, k.scopes"  # noqa: S608 - a constant
    " from people.key k join people.person p on p.id = k.person"
    " where k.secret_sha256 = :digest and k.revoked_at is null and p.closed_at is null"
)
_OF_SESSION = Prepared(
    f"select {_PERSON}, s.id, s.at_machine, s.proved_at, s.key, k.scopes"  # noqa: S608 - a constant
    " from people.session s join people.person p on p.id = s.person"
    " left join people.key k on k.id = s.key"
    " where s.token_sha256 = :digest and s.expires_at > :at and p.closed_at is null"
)
_AGENT_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose session a token is, and whether it counts only at the machine."""

    visitor: Visitor
    session_id: str
    at_machine: bool
    proved_at: datetime | None


def create(
    session: Session,
    name: str,
    *,
    person_id: str = OPERATOR_ID,
    scopes: Iterable[str] = (),
    ids: Ids,
    at: datetime,
) -> tuple[Key, str]:
    """Make a key called ``name``; returns it and its secret, which cannot be had again.

    Without ``scopes`` it may do everything. Raises KeyNameInvalid, KeyNameTaken, ScopeUnknown or,
    with ``KEYS_MAX`` good ones, TooManyKeys.
    """
    name = name.strip()
    if not 0 < len(name) <= NAME_CHARACTERS_MAX or not name.isprintable():
        raise KeyNameInvalid(name)
    wanted = frozenset(scopes) or frozenset[str](SCOPES)
    for scope in sorted(wanted):
        if scope not in SCOPES:
            raise ScopeUnknown(scope, ", ".join(SCOPES))
    held(session, person_id)
    good = session.execute(
        text("select count(*) from people.key where person = :person and revoked_at is null"),
        {"person": person_id},
    ).scalar_one()
    if good >= KEYS_MAX:
        raise TooManyKeys(KEYS_MAX)
    key = Key(ids.new("key"), person_id, name, wanted, at)
    secret = new_secret()
    added = session.execute(
        text(
            "insert into people.key (id, person, name, scopes, secret_sha256, created_at)"
            " values (:id, :person, :name, :scopes, :digest, :at)"
            " on conflict (person, name) where revoked_at is null do nothing"
        ),
        {
            "id": key.id,
            "person": person_id,
            "name": name,
            "scopes": sorted(wanted),
            "digest": digest(secret),
            "at": at,
        },
    )
    if added.rowcount == 0:
        raise KeyNameTaken(name)
    return key, secret


def listed(session: Session, *, person_id: str | None = None) -> tuple[Key, ...]:
    """Every key, of one person or of all, revoked ones too, oldest first."""
    rows = session.execute(
        text(
            f"select {_KEY_COLUMNS} from people.key"  # noqa: S608 - a constant
            " where cast(:person as text) is null or person = :person order by id"
        ),
        {"person": person_id},
    ).mappings()
    return tuple(_key(row) for row in rows)


def revoke(session: Session, key: str, *, at: datetime, person_id: str | None = None) -> Key:
    """End the key with this id or name, and its sessions; of ``person_id`` only, if given.

    Raises KeyNotFound, or KeyAmbiguous when keys of several people have the name.
    """
    good = tuple(
        one
        for one in listed(session, person_id=person_id)
        if one.revoked_at is None and key in {one.id, one.name}
    )
    if not good:
        raise KeyNotFound(key)
    if len(good) > 1:
        raise KeyAmbiguous(tuple(one.id for one in good))
    row = (
        session.execute(
            text(
                f"update people.key set revoked_at = :at where id = :id returning {_KEY_COLUMNS}"  # noqa: S608 - a constant
            ),
            {"id": good[0].id, "at": at},
        )
        .mappings()
        .one()
    )
    session.execute(text("delete from people.session where key = :id"), {"id": good[0].id})
    return _key(row)


def revoke_all(session: Session, person_id: str, *, at: datetime) -> None:
    """End all of a person's keys, and the sessions that they opened."""
    session.execute(
        text(
            "with ended as (update people.key set revoked_at = :at where person = :person"
            " and revoked_at is null returning id)"
            " delete from people.session where key in (select id from ended)"
        ),
        {"person": person_id, "at": at},
    )


def visitor_with_key(session: Session, secret: str) -> Visitor:
    """Whose key this is; raises KeyRefused."""
    row = None
    if _SECRET.fullmatch(secret):
        row = _OF_KEY.first(session, digest=digest(secret))
    if row is None:
        raise KeyRefused("This key is not known here, or it was revoked.")
    key_id, scopes = row[-2:]
    return Visitor(person_of(row), key_id, frozenset(scopes))


def operator(session: Session) -> Visitor:
    """The operator in front of the machine."""
    return Visitor(person_by_id(session, OPERATOR_ID))


def open_session(
    session: Session,
    visitor: Visitor,
    *,
    ids: Ids,
    at: datetime,
    at_machine: bool = False,
    agent: str = "",
    proved: bool = False,
) -> str:
    """Begin a browser's session for ``visitor`` and return its token; old ones are swept out.

    A person has up to ``SESSIONS_MAX``; the oldest of more ends.
    ``agent`` is what the browser calls itself, ``proved`` whether a password or a passkey was just
    shown.
    """
    session.execute(text("delete from people.session where expires_at < :at"), {"at": at})
    held(session, visitor.person.id)
    session.execute(
        text(
            "delete from people.session where id in (select id from people.session"
            " where person = :person order by created_at desc, id desc offset :kept)"
        ),
        {"person": visitor.person.id, "kept": SESSIONS_MAX - 1},
    )
    token = new_secret()
    session.execute(
        text(
            "insert into people.session (id, token_sha256, person, key, at_machine, agent,"
            " created_at, seen_at, proved_at, expires_at) values (:id, :digest, :person, :key,"
            " :at_machine, :agent, :at, :at, :proved_at, :expires)"
        ),
        {
            "id": ids.new("session"),
            "digest": digest(token),
            "person": visitor.person.id,
            "key": visitor.key_id,
            "at_machine": at_machine,
            "agent": agent[:_AGENT_CHARACTERS_MAX],
            "at": at,
            "proved_at": at if proved else None,
            "expires": at + SESSION_LIFETIME,
        },
    )
    return token


def opened(session: Session, token: str, *, at: datetime) -> Opened | None:
    """Whose session this is; None once it has expired or was ended."""
    if not _SECRET.fullmatch(token):
        return None
    row = _OF_SESSION.first(session, digest=digest(token), at=at)
    if row is None:
        return None
    session_id, at_machine, proved_at, key_id, scopes = row[-5:]
    visitor = Visitor(person_of(row), key_id, frozenset(SCOPES if scopes is None else scopes))
    return Opened(visitor, session_id, at_machine, proved_at)


def close_session(session: Session, token: str) -> None:
    """End a session; one that is not there counts as ended."""
    session.execute(
        text("delete from people.session where token_sha256 = :digest"), {"digest": digest(token)}
    )


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A session as its person may see it."""

    id: str
    agent: str
    created_at: datetime
    expires_at: datetime


def sessions_of(session: Session, person_id: str, *, at: datetime) -> tuple[BrowserSession, ...]:
    """A person's sessions that have not expired, newest first."""
    rows = session.execute(
        text(
            "select id, agent, created_at, expires_at from people.session"
            " where person = :person and expires_at > :at order by created_at desc, id desc"
        ),
        {"person": person_id, "at": at},
    )
    return tuple(BrowserSession(*row) for row in rows)


def end_session(session: Session, person_id: str, session_id: str) -> None:
    """End one of a person's sessions; raises SessionNotFound."""
    gone = session.execute(
        text("delete from people.session where person = :person and id = :id"),
        {"person": person_id, "id": session_id},
    )
    if gone.rowcount == 0:
        raise SessionNotFound(session_id)


def end_sessions(session: Session, person_id: str, *, but: str = "") -> None:
    """End all of a person's sessions but the one with the id ``but``."""
    session.execute(
        text("delete from people.session where person = :person and id <> :but"),
        {"person": person_id, "but": but},
    )


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return "matinee_" + secrets.token_urlsafe(_SECRET_BYTES)


def digest(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).digest()


def _key(row: RowMapping) -> Key:
    return Key(**{**row, "scopes": frozenset(row["scopes"])})
