"""Who people are: persons, what they may do, and how a request speaks for one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias, get_args

from matinee.kit.db import Session

Role = Literal["minor", "moderator", "rights_holder", "seller", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)
Plan = Literal["ordinary", "pro", "studio"]
PLANS: tuple[Plan, ...] = get_args(Plan)

Scope = Literal["films:read", "films:write", "feed:read", "feed:write", "likeness", "account"]
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
