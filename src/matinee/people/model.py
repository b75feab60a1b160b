"""Who people are: persons, what they may do, and how a request speaks for one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Protocol, TypeAlias, get_args

import msgspec

from matinee.kit.db import Session

from .errors import ProfileInvalid, TooYoung

Role = Literal["minor", "moderator", "rights_holder", "seller", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)
Plan = Literal["ordinary", "pro", "studio"]

Scope = Literal[
    "films:read",
    "films:write",
    "feed:read",
    "feed:write",
    "likeness",
    "rights",
    "shop",
    "buy",
    "account",
]
SCOPES: tuple[Scope, ...] = get_args(Scope)

OPERATOR_ID = "person_operator"
"""Whoever sits at the machine; the first migration makes this person."""

PERSON_CLOSED = "people.person_closed"
"""The event that somebody's account was closed, with its ``person_id``: delete what is theirs."""

Exporter: TypeAlias = Callable[[Session, str], Iterator[tuple[str, bytes | str]]]
"""What a room holds of a person: paths in the export, each with its bytes or a blob's key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person as others may rely on it; everyone is an ordinary member, whatever the roles.

    ``email`` is absent for those who signed up without one, ``picture`` is a blob's key.
    """

    id: str
    handle: str
    name: str
    email: str | None = None
    email_verified: bool = False
    born: date | None = None
    roles: frozenset[Role] = frozenset()
    plan: Plan = "ordinary"
    language: str = "en"
    picture: str | None = None
    bio: str = ""
    created_at: datetime
    closed_at: datetime | None = None

    @property
    def is_minor(self) -> bool:
        """Whether the person is in teen mode."""
        return "minor" in self.roles

    def years_at(self, today: date) -> int | None:
        """Return how old the person is, None if they have not said when they were born."""
        return None if self.born is None else years_old(self.born, today)

    def has(self, role: Role) -> bool:
        """Whether the person may act in a role; the operator may act in all but a minor's."""
        return role in self.roles or (role != "minor" and "operator" in self.roles)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a person, in a browser or through the key ``key_id`` with its scopes."""

    person: Person
    key_id: str | None = None
    scopes: frozenset[str] = field(default=frozenset(SCOPES))


@dataclass(frozen=True, slots=True)
class Key:
    """A key as far as it is kept: never its secret."""

    id: str
    person: str
    name: str
    scopes: frozenset[str]
    created_at: datetime
    revoked_at: datetime | None = None


Minutes = Annotated[int, msgspec.Meta(ge=1, le=1440)]
HourOfDay = Annotated[int, msgspec.Meta(ge=0, le=23)]


class Teen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What protects minors; theirs is always on, others may turn it on for themselves."""

    friends_only: bool = False
    hidden_from_search: bool = False
    calm_feed: bool = False


PROTECTED = Teen(friends_only=True, hidden_from_search=True, calm_feed=True)


class Wellbeing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to stop watching: after so many minutes a day, or at night by one's own clock."""

    daily_minutes: Minutes | None = None
    break_minutes: Minutes | None = None
    quiet_from: HourOfDay | None = None
    quiet_until: HourOfDay | None = None


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person has set for themself."""

    teen: Teen = Teen()
    wellbeing: Wellbeing = Wellbeing()
    hide_ai_label: bool = False
    autoplay: bool = True
    sound: bool = True
    captions: bool = True


def _accept(_text: str) -> None:
    """Take any text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """Whom the operator lets in: whether people sign up by themselves, and from which age."""

    open: bool = True
    age_min: int = 13
    judge: Callable[[str], None] = _accept
    """Raises what refuses a handle, a name or a biography by the rules of the house."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A mail in plain text; of two with the same `key` the second is the first one again."""

    to: str
    subject: str
    text: str
    key: str = ""


class Mailer(Protocol):
    """Hands mails over; raises MailerUnavailable when that fails for now."""

    def send(self, mail: Mail) -> None:
        """Hand one mail over to whoever delivers it."""
        ...


ADULT_YEARS = 18
YEARS_MAX = 130
PROOF_LIFETIME = timedelta(minutes=5)
"""How long a password or a passkey that was shown counts as shown just now."""
HANDLE_HELD = timedelta(days=30)
"""How long the handle of a closed account is nobody's."""

_NAME_MAX, _BIO_MAX, _EMAIL_MAX = 60, 300, 254


def years_old(born: date, today: date) -> int:
    """Return the age in full years; who was born on a leap day has their birthday on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def roles_at_sign_up(born: date, today: date, entrance: Entrance) -> frozenset[Role]:
    """Return what somebody's age makes of them; raises TooYoung or ProfileInvalid."""
    years = years_old(born, today)
    if not 0 <= years <= YEARS_MAX:
        raise ProfileInvalid("born", "it is no date of birth of somebody alive")
    if years < entrance.age_min:
        raise TooYoung(entrance.age_min)
    return frozenset({"minor"}) if years < ADULT_YEARS else frozenset()


def checked_name(name: str) -> str:
    """Return a name as it is kept; raises ProfileInvalid."""
    kept = " ".join(name.split())
    if not 0 < len(kept) <= _NAME_MAX or not kept.isprintable():
        raise ProfileInvalid("name", f"use 1 to {_NAME_MAX} printable characters")
    return kept


def checked_bio(bio: str) -> str:
    """Return what a person says about themself as it is kept; raises ProfileInvalid."""
    kept = bio.strip()
    if len(kept) > _BIO_MAX or not kept.replace("\n", " ").isprintable():
        raise ProfileInvalid("bio", f"use up to {_BIO_MAX} printable characters")
    return kept


def checked_email(email: str) -> str:
    """Return an address as it is kept; raises ProfileInvalid.

    Only a mail that arrives proves an address; this refuses what no mail could be sent to.
    """
    kept = email.strip()
    local, _, host = kept.rpartition("@")
    labels = host.split(".")
    if (
        len(kept) > _EMAIL_MAX
        or not local
        or len(labels) < 2  # noqa: PLR2004 - a name and its domain
        or not all(labels)
        or not kept.isascii()
        or not kept.isprintable()
        or any(one in kept for one in ' ,;<>()[]\\"')
    ):
        raise ProfileInvalid("email", "write it like name@example.org")
    return kept


def checked_language(language: str) -> str:
    """Return the tag of a language; raises ProfileInvalid."""
    parts = language.split("-")
    if not (parts[0].isascii() and parts[0].isalpha() and 2 <= len(parts[0]) <= 3) or not all(  # noqa: PLR2004 - RFC 5646, 2.2.1
        part.isascii() and part.isalnum() and len(part) <= 8  # noqa: PLR2004 - RFC 5646, 2.1
        for part in parts
    ):
        raise ProfileInvalid("language", "write a tag such as en or zh-Hant")
    return language


def preferences(kept: dict[str, Any], *, is_minor: bool) -> Preferences:
    """Read what a person has set; what is not known any more is left out."""
    known = {name: value for name, value in kept.items() if name in Preferences.__struct_fields__}
    read = msgspec.convert(known, Preferences)
    return msgspec.structs.replace(read, teen=PROTECTED) if is_minor else read
