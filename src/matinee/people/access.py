"""Who may use an address: every route declares exactly one of these as a dependency.

``entrypoints.Door`` has said who asks by then, in ``request.state.visitor``. Each dependency bears
its ``rule``, which the test of the authorisation matrix reads off the routes::

    @router.get("/feed/mine")
    def mine(visitor: Annotated[Visitor, Depends(access.member("feed:read"))]) -> Response: ...
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, cast

from fastapi import Request

from .errors import AdultsOnly, RoleMissing, ScopeMissing, SignInRequired
from .model import SCOPES, Role, Scope, Visitor


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a route: anyone, or whoever is signed in, has a scope, a role, the age."""

    public: bool = False
    scope: Scope | None = None
    role: Role | None = None
    adult: bool = False


class Guard(Protocol):
    """A dependency that lets a visitor pass or refuses."""

    rule: Rule

    async def __call__(self, request: Request) -> Visitor:
        """Return the visitor, or raise why they may not pass."""
        ...


class OpenGuard(Protocol):
    """A dependency that lets those pass too who are not signed in."""

    rule: Rule

    async def __call__(self, request: Request) -> Visitor | None:
        """Return the visitor, if there is one, or raise why they may not pass."""
        ...


def member(scope: Scope) -> Guard:
    """Let those pass who are signed in, by a key only with ``scope``."""
    assert scope in SCOPES, scope
    return _guard(Rule(scope=scope))


def with_role(role: Role, *, scope: Scope = "account") -> Guard:
    """Let those pass who have a role, by a key only with ``scope``; the operator has every role."""
    return _guard(Rule(role=role, scope=scope))


def viewer(scope: Scope) -> OpenGuard:
    """Let everybody pass, by a key only with ``scope``; the route itself looks at what is shown."""
    return _guard(Rule(public=True, scope=scope))


async def anyone(request: Request) -> Visitor | None:
    """Let everybody pass; None is somebody who is not signed in."""
    return seen(request)


def seen(request: Request) -> Visitor | None:
    """Return whom the door saw, without asking anything of them."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    return visitor


def _guard(rule: Rule) -> Guard:
    async def guard(request: Request) -> Visitor | None:
        return allowed(seen(request), rule)

    return cast("Guard", _ruled(guard, rule))


def _ruled(guard: Callable[[Request], Awaitable[Visitor | None]], rule: Rule) -> OpenGuard:
    guard.rule = rule  # type: ignore[attr-defined]  # functions take attributes
    return cast("OpenGuard", guard)


def allowed(visitor: Visitor | None, rule: Rule) -> Visitor | None:
    """Return the visitor if a rule lets them pass; None passes where anyone does.

    Raises SignInRequired, ScopeMissing, RoleMissing or AdultsOnly.
    """
    if visitor is None:
        if rule.public:
            return None
        raise SignInRequired
    if rule.scope is not None and rule.scope not in visitor.scopes:
        raise ScopeMissing(rule.scope)
    if rule.role is not None and not visitor.person.has(rule.role):
        raise RoleMissing(rule.role)
    if rule.adult and visitor.person.is_minor:
        raise AdultsOnly
    return visitor


_ruled(anyone, Rule(public=True))

signed_in = _guard(Rule())
"""Let those pass who are signed in, in a browser or by any key."""

verified_adult = _guard(Rule(adult=True, scope="account"))
"""Let those pass who are signed in and no minors, by a key only with the scope ``account``."""
