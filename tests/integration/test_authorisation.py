"""Every address times every role: whom the declared rule lets pass, and nobody else, gets past it.

The addresses are those of the OpenAPI document of the whole site, so a new one is tried as soon as
it is there, and one that declares no rule fails.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from matinee import people
from matinee.kit.db import Database, Session
from matinee.kit.errors import MatineeError
from matinee.people import keys, store
from matinee.people.access import Rule, allowed
from matinee.people.model import ROLES, SCOPES, Visitor
from people_builders import URL, Site, a_site

# What a guard says; any other refusal comes from behind it, such as a wrong password's.
GUARDED = {
    "people.sign_in_required",
    "people.key_refused",
    "people.scope_missing",
    "people.role_missing",
    "people.adults_only",
}
SPOKEN = {"tus-resumable": "1.0.0", "content-type": "application/json"}
PLACES = {"film_id": f"video_{32 * '0'}", "video_id": f"video_{32 * '0'}", "role": "moderator"}


@dataclass(frozen=True)
class Caller:
    """Somebody who asks: as nobody, or with a key."""

    name: str
    visitor: Visitor | None
    headers: dict[str, str]


@dataclass(frozen=True)
class Address:
    """A method, a path with all its places filled, and the rule that its route declares."""

    method: str
    path: str
    rule: Rule

    def lets_pass(self, caller: Caller) -> bool:
        """Whether the rule means to let somebody pass; below /v1 everybody shows a key."""
        if caller.visitor is None:
            return self.rule.public and not self.path.startswith("/v1/")
        try:
            allowed(caller.visitor, self.rule)
        except MatineeError:
            return False
        return True


def inside(app: Any) -> FastAPI:  # noqa: ANN401 - one of several wrappers
    """Return the app inside its armour."""
    while not isinstance(app, FastAPI):
        app = app._app  # noqa: SLF001 - the wrappers show what they wrap to nobody else
    return app


def rules_of(dependant: Dependant) -> Iterator[Rule]:
    rule = getattr(dependant.call, "rule", None)
    if isinstance(rule, Rule):
        yield rule
    for one in dependant.dependencies:
        yield from rules_of(one)


def addresses(app: FastAPI) -> list[Address]:
    """Every operation of the OpenAPI document, with the rule that its route declares."""
    document = get_openapi(title="Matinee", version="0", routes=app.routes)
    rules = {
        (method, context.path_format): list(rules_of(context.dependant))
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.methods or ()
    }
    operations = {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    without = [place for place in operations if len(rules[place]) != 1]
    assert not without, f"these declare no rule, or several: {without}"
    return [
        Address(method, filled(path, operation), rules[method, path][0])
        for (method, path), operation in operations.items()
    ]


def filled(path: str, operation: dict[str, Any]) -> str:
    kinds = {
        one["name"]: one.get("schema", {}).get("type", "string")
        for one in operation.get("parameters", ())
        if one["in"] == "path"
    }

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return PLACES.get(name) or ("0" if kinds.get(name) == "integer" else "nobody")

    return re.sub(r"\{(\w+)(?::\w+)?\}", value, path)


def callers(site: Site) -> list[Caller]:
    """A stranger, a member, somebody with each role, and keys that lack a scope."""
    made = [Caller("anonymous", None, {})]
    with site.house.database.transaction() as session:

        def caller(name: str, role: people.Role | None, scopes: tuple[str, ...]) -> Caller:
            person = a_person(site, session, name, role)
            _, secret = keys.create(
                session, name, person_id=person.id, scopes=scopes, ids=site.house.ids,
                at=site.clock.now(),
            )  # fmt: skip
            return Caller(
                name,
                Visitor(person, "key", frozenset(scopes)),
                {"authorization": f"Bearer {secret}"},
            )

        made.append(caller("member", None, SCOPES))
        made.extend(caller(f"the_{role}", role, SCOPES) for role in ROLES)
        made.extend(
            caller(
                f"no_{scope.replace(':', '_')}",
                "operator",
                tuple(one for one in SCOPES if one != scope),
            )
            for scope in SCOPES
        )
    return made


def a_person(
    site: Site,
    session: Session,
    name: str,
    role: people.Role | None,
) -> people.Person:
    person = people.Person(
        id=site.house.ids.new("person"),
        handle=name[:24],
        name=name,
        roles=frozenset({role} if role else ()),
        created_at=site.clock.now(),
    )
    assert store.add(session, person, skeleton=name, password=None)
    return person


async def asked(app: Any, found: list[Address], who: list[Caller]) -> list[str]:  # noqa: ANN401
    """Ask at every address as everybody; returns where rule and answer differ."""
    wrong = []
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=URL, timeout=20) as client:
        for address in found:
            for caller in who:
                # A key that lacks another scope than this route asks for is a key like any other.
                lacks = caller.name.removeprefix("no_")
                if lacks != caller.name and (address.rule.scope or "").replace(":", "_") != lacks:
                    continue
                headers = {**SPOKEN, **caller.headers}
                answer = await client.request(
                    address.method, address.path, headers=headers, content=b"{}"
                )
                # An answer to HEAD has no body that could say more.
                guarded = answer.status_code in {401, 403} and (
                    address.method == "HEAD" or code_of(answer) in GUARDED
                )
                if guarded == address.lets_pass(caller) or answer.status_code == 500:
                    wrong.append(
                        f"{address.method} {address.path} as {caller.name}: "
                        f"{answer.status_code} {code_of(answer)} by {address.rule}"
                    )
    return wrong


def code_of(answer: httpx.Response) -> str:
    if "json" not in answer.headers.get("content-type", ""):
        return ""
    told = answer.json()
    if not isinstance(told, dict):
        return ""
    # Foreign protocols have shapes of their own: OpenAI's, and that of the commerce of agents.
    if isinstance(said := told.get("messages"), list) and said:
        return str(said[0].get("code", ""))
    error = told.get("error")
    return str(error["code"] if isinstance(error, dict) else told.get("code", ""))


# A route for GET and HEAD is one operation to us and two to the document.
@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_every_address_lets_in_whom_its_rule_lets_in_and_nobody_else(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        found = addresses(inside(site.app))
        assert len(found) > 80
        wrong = asyncio.run(asked(site.app, found, callers(site)))
    assert not wrong, "\n".join(wrong)


def test_an_address_without_a_rule_is_noticed() -> None:
    app = FastAPI()

    @app.get("/open-to-all-by-mistake")
    def forgotten() -> None: ...

    with pytest.raises(AssertionError, match="open-to-all-by-mistake"):
        addresses(app)
