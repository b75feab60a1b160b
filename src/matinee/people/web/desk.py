"""What the routers of people work with, and what they have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import msgspec
from fastapi import Request
from starlette.responses import Response

from matinee.kit import logs
from matinee.kit.blobs import Blobs
from matinee.kit.bodies import decoded
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs
from matinee.kit.errors import MatineeError
from matinee.kit.ids import Ids
from matinee.people import access, actions, keys, mails, throttle
from matinee.people.cookies import network_of, parts_of, token_of, with_session
from matinee.people.errors import PasskeyRefused, RequestInvalid
from matinee.people.exporting import Exporting
from matinee.people.model import Entrance, Mailer, Person, Preferences, Visitor
from matinee.people.passkeys import Place

log = logs.logger(__name__)

Read = TypeVar("Read")


class QuotaView(msgspec.Struct, frozen=True):
    """What somebody may ask for and has used; null is without a limit."""

    films_today: int
    films_per_day: int | None
    seconds_max: int | None
    resets_at: datetime | None


class PersonView(msgspec.Struct, frozen=True):
    """A person as they see themself, and as the operator does."""

    id: str
    handle: str
    name: str
    email: str | None
    email_verified: bool
    roles: list[str]
    plan: str
    minor: bool
    language: str
    picture: str | None
    bio: str
    born: date | None


class OwnView(msgspec.Struct, frozen=True):
    """Somebody's own account."""

    person: PersonView
    quota: QuotaView
    settings: Preferences
    has_password: bool


@dataclass(frozen=True, kw_only=True)
class PeopleDesk:
    """Where requests about accounts are answered.

    ``enter`` and ``leave`` are the door's: they give the operator at the machine or the bearer of a
    key a session, and end one. ``quota`` is what somebody may make, which another room knows.
    ``public_url`` is where people find this place, and where links in mails lead.
    """

    database: Database
    blobs: Blobs
    clock: Clock
    ids: Ids
    jobs: Jobs
    mailer: Mailer
    exporting: Exporting
    entrance: Entrance
    quota: Callable[[Session, Person], QuotaView]
    enter: Callable[[Request], Response]
    leave: Callable[[Request], Response]
    public_url: str
    proxies: frozenset[str] = frozenset()

    def throttled(self, kind: str, who: str, rate: throttle.Rate) -> None:
        """Count a try, in a transaction of its own; raises TooManyTries."""
        with self.database.transaction() as session:
            throttle.take(session, kind, who, rate, at=self.clock.now())

    def address_of(self, request: Request) -> str:
        """The network that a request comes from."""
        return network_of(request, self.proxies)

    def signed_in(
        self, session: Session, request: Request, person: Person, response: Response
    ) -> Response:
        """Give a browser a new session; what it had before ends."""
        keys.close_session(session, token_of(request) or "")
        token = keys.open_session(
            session,
            actions.as_visitor(person),
            ids=self.ids,
            at=self.clock.now(),
            agent=request.headers.get("user-agent", ""),
            proved=True,
        )
        return with_session(request, response, token)

    def place_of(self, request: Request) -> Place:
        """Where passkeys count; raises PasskeyRefused where browsers have none."""
        url = parts_of(self.public_url)
        here = parts_of("//" + request.headers.get("host", ""))
        if here.hostname == "localhost":
            # On this machine browsers take it for safe without encryption.
            return Place("localhost", f"http://localhost:{here.port or 80}")
        if url.scheme != "https" or not url.hostname:
            raise PasskeyRefused("passkeys need https, or the address http://localhost")
        return Place(url.hostname, f"https://{url.netloc}")

    def send(self, kind: str, person: Person, path: str) -> None:
        """Mail somebody a link to ``path`` of this place."""
        self.mailer.send(mails.written(kind, person, self.public_url.rstrip("/") + path))

    def try_to_send(self, kind: str, person: Person, path: str) -> None:
        """Send a mail that nothing depends on: what was done does not fail for want of it."""
        try:
            self.send(kind, person, path)
        except MatineeError as error:
            log.warning("mail_not_sent", kind=kind, person=person.id, reason=error.message)

    def own_view(self, session: Session, person: Person) -> OwnView:
        """Somebody's own account as they see it."""
        return OwnView(
            person=person_view(person),
            quota=self.quota(session, person),
            settings=actions.settings_of(session, person),
            has_password=actions.has_password(session, person),
        )


def person_view(person: Person) -> PersonView:
    """Present a person to themself or to the operator."""
    return PersonView(
        id=person.id,
        handle=person.handle,
        name=person.name,
        email=person.email,
        email_verified=person.email_verified,
        roles=sorted(person.roles),
        plan=person.plan,
        minor=person.is_minor,
        language=person.language,
        picture=picture_url(person),
        bio=person.bio,
        born=person.born,
    )


def picture_url(person: Person) -> str | None:
    """Where a person's picture is; another picture is elsewhere."""
    if person.picture is None:
        return None
    digest = person.picture.rpartition("/")[2][:12]
    return f"/api/people/{person.handle}/picture?of={digest}"


def visitor_of(request: Request) -> Visitor:
    """Who sent a request that a guard has let pass."""
    visitor = access.seen(request)
    assert visitor is not None, "the route is for those who are signed in"
    return visitor


def opened_of(request: Request) -> keys.Opened | None:
    """The session that a request came with; None for one with a key."""
    opened: keys.Opened | None = getattr(request.state, "opened", None)
    return opened


def read(body: bytes, kind: type[Read]) -> Read:
    """Read a body of JSON; raises RequestInvalid."""
    return decoded(body, kind, RequestInvalid)


def nothing() -> Response:
    """Answer that it is done."""
    return Response(status_code=204, headers={"cache-control": "no-store"})
