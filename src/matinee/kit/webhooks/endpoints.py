"""Endpoints: the addresses that are told, of what, and with which secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text

from matinee.kit import errors
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.outside import checked_url
from matinee.kit.webhooks.signing import new_secret

HOUSE = ""
"""Whose the endpoints of the house itself are; they are told of everything."""
ENDPOINTS_MAX, ENDPOINTS_PER_OWNER_MAX = 50, 10
NAME_CHARACTERS_MAX = 80
OVERLAP = timedelta(hours=24)

_HINT_CHARACTERS = 4
_SHOWN_CHARACTERS = 80


class EndpointNotFound(errors.NotFound):
    """No webhook endpoint has this id."""

    code = "kit.webhook_not_found"

    def __init__(self, endpoint: str) -> None:
        super().__init__(
            f"There is no webhook endpoint {endpoint[:_SHOWN_CHARACTERS]!r}. "
            "See: GET /v1/webhook_endpoints, or matinee webhooks list"
        )


class EndpointInvalid(errors.Invalid):
    """A webhook endpoint cannot be kept as it was given."""

    code = "kit.webhook_invalid"

    def __init__(self, reason: str, *, param: str | None = None) -> None:
        super().__init__(f"This webhook endpoint cannot be kept: {reason}", param=param)


class EndpointsExhausted(errors.Conflict):
    """Somebody, or the house, has as many webhook endpoints as they may have."""

    code = "kit.webhooks_exhausted"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"There are {most} webhook endpoints, which is as many as there may be. Delete one "
            "that is not needed: DELETE /v1/webhook_endpoints/ID, or matinee webhooks delete ID"
        )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who is told of what; the secrets sign, the one before until its time is over.

    `owner` is whose it is and of whose things it is told, or `HOUSE`.
    """

    id: str
    name: str
    url: str
    event_types: tuple[str, ...]
    secret: str
    secret_before: str | None
    secret_before_until: datetime | None
    created_at: datetime
    updated_at: datetime
    owner: str = HOUSE

    @property
    def hint(self) -> str:
        """As much of the secret as may be shown again."""
        return f"whsec_...{self.secret[-_HINT_CHARACTERS:]}"

    def signing_secrets(self, at: datetime) -> tuple[str, ...]:
        """The secrets that sign at that moment, the newest first."""
        until = self.secret_before_until
        if self.secret_before is None or until is None or until <= at:
            return (self.secret,)
        return (self.secret, self.secret_before)

    def __repr__(self) -> str:
        """Without its secrets."""
        return f"Endpoint({self.id}, {self.url!r}, {self.event_types})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an endpoint is to be; None leaves a part as it is."""

    name: str | None = None
    url: str | None = None
    event_types: Sequence[str] | None = None


def register(
    session: Session,
    wish: Wish,
    *,
    owner: str = HOUSE,
    known_types: Iterable[str],
    ids: Ids,
    at: datetime,
) -> Endpoint:
    """Keep a new endpoint of an owner; raises EndpointInvalid, UrlInvalid or EndpointsExhausted."""
    _check(wish, known_types)
    if wish.url is None or not wish.event_types:
        reason = "it needs a url and at least one of event_types."
        raise EndpointInvalid(reason, param="url" if wish.url is None else "event_types")
    # One registration at a time, so that the limit holds.
    session.execute(text("lock table kit.webhook_endpoint in share row exclusive mode"))
    count = session.execute(
        text("select count(*) from kit.webhook_endpoint where owner = :owner"), {"owner": owner}
    ).scalar_one()
    most = ENDPOINTS_MAX if owner == HOUSE else ENDPOINTS_PER_OWNER_MAX
    if count >= most:
        raise EndpointsExhausted(most)
    row = session.execute(
        text(
            "insert into kit.webhook_endpoint"
            " (id, owner, name, url, event_types, secret, created_at, updated_at)"
            " values (:id, :owner, :name, :url, :types, :secret, :at, :at) returning *"
        ),
        {
            "id": ids.new("we"),
            "owner": owner,
            "name": wish.name or "webhook",
            "url": wish.url,
            "types": list(dict.fromkeys(wish.event_types)),
            "secret": new_secret(),
            "at": at,
        },
    ).one()
    return _endpoint(row)


def change(
    session: Session, endpoint: str, wish: Wish, *, known_types: Iterable[str], at: datetime
) -> Endpoint:
    """Change an endpoint; raises EndpointNotFound, EndpointInvalid or UrlInvalid."""
    _check(wish, known_types)
    before = by_id(session, endpoint)
    after = (
        before.name if wish.name is None else wish.name,
        before.url if wish.url is None else wish.url,
        before.event_types if wish.event_types is None else tuple(wish.event_types),
    )
    if after == (before.name, before.url, before.event_types):
        return before
    row = session.execute(
        text(
            "update kit.webhook_endpoint set name = :name, url = :url, event_types = :types,"
            " updated_at = :at where id = :id returning *"
        ),
        {"id": endpoint, "name": after[0], "url": after[1], "types": list(after[2]), "at": at},
    ).one()
    return _endpoint(row)


def rotate(session: Session, endpoint: str, *, keep_before: bool, at: datetime) -> Endpoint:
    """Give an endpoint a new secret; the old one signs for a day more if `keep_before`."""
    row = session.execute(
        text(
            "update kit.webhook_endpoint set secret = :secret, updated_at = :at,"
            " secret_before = case when :keep then secret end, secret_before_until = :until"
            " where id = :id returning *"
        ),
        {
            "id": endpoint,
            "secret": new_secret(),
            "keep": keep_before,
            "until": at + OVERLAP if keep_before else None,
            "at": at,
        },
    ).first()
    if row is None:
        raise EndpointNotFound(endpoint)
    return _endpoint(row)


def by_id(session: Session, endpoint: str) -> Endpoint:
    """The endpoint with this id; raises EndpointNotFound."""
    row = session.execute(
        text("select * from kit.webhook_endpoint where id = :id"), {"id": endpoint}
    ).first()
    if row is None:
        raise EndpointNotFound(endpoint)
    return _endpoint(row)


def owned(session: Session, owner: str, endpoint: str) -> Endpoint:
    """An owner's endpoint with this id; raises EndpointNotFound, also for another's."""
    found = by_id(session, endpoint)
    if found.owner != owner:
        raise EndpointNotFound(endpoint)
    return found


def forget(session: Session, owner: str) -> None:
    """Forget every endpoint of an owner, with what was to be told to them."""
    assert owner != HOUSE, "the house stays"
    session.execute(text("delete from kit.webhook_endpoint where owner = :owner"), {"owner": owner})


def listed(session: Session, *, owner: str | None = None) -> tuple[Endpoint, ...]:
    """An owner's endpoints, or without one every endpoint, the newest first."""
    rows = session.execute(
        text(
            "select * from kit.webhook_endpoint"
            " where cast(:owner as text) is null or owner = :owner order by id desc"
        ),
        {"owner": owner},
    )
    return tuple(_endpoint(row) for row in rows)


def delete(session: Session, endpoint: str) -> None:
    """Forget an endpoint and everything that was to be told to it; raises EndpointNotFound."""
    gone = session.execute(
        text("delete from kit.webhook_endpoint where id = :id"), {"id": endpoint}
    )
    if gone.rowcount == 0:
        raise EndpointNotFound(endpoint)


def _check(wish: Wish, known_types: Iterable[str]) -> None:
    if wish.url is not None:
        checked_url(wish.url)
    name = wish.name
    if name is not None and (not 0 < len(name) <= NAME_CHARACTERS_MAX or not name.isprintable()):
        reason = f"its name needs 1 to {NAME_CHARACTERS_MAX} printable characters."
        raise EndpointInvalid(reason, param="name")
    known = tuple(known_types)
    if wish.event_types is not None and not wish.event_types:
        reason = f"event_types is empty. There are: {', '.join(known)}."
        raise EndpointInvalid(reason, param="event_types")
    for one in wish.event_types or ():
        if one not in known:
            reason = (
                f"nothing here is told as {one[:_SHOWN_CHARACTERS]!r}. "
                f"There are: {', '.join(known)}."
            )
            raise EndpointInvalid(reason, param="event_types")


def _endpoint(row: Row[Any]) -> Endpoint:
    fields = row._asdict()
    return Endpoint(**{**fields, "event_types": tuple(fields["event_types"])})
