"""The commands ``matinee people``: who is here, and what the operator lets them do."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import get_args

import click

from matinee import people
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.people import Plan, Role

Sessions = Callable[[], AbstractContextManager[Session]]

_ROLES = click.Choice(get_args(Role))
_PLANS = click.Choice(get_args(Plan))
_PAGE = 100


def group(sessions: Sessions, clock: Clock) -> click.Group:
    """The commands, on sessions of a data folder."""

    @click.group("people")
    def commands() -> None:
        """See who is here, grant roles and plans, close accounts."""

    _add_looks(commands, sessions)
    _add_changes(commands, sessions, clock)
    return commands


def _add_looks(commands: click.Group, sessions: Sessions) -> None:
    @commands.command("list")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def list_people(*, as_json: bool) -> None:
        """List everybody in the order of their coming."""
        found: list[people.Person] = []
        with sessions() as session:
            while page := people.everyone(
                session, after=found[-1].id if found else "", limit=_PAGE
            ):
                found.extend(page)
        if as_json:
            click.echo(json.dumps([_row(one) for one in found]))
            return
        for one in found:
            roles = ", ".join(sorted(one.roles)) or "member"
            click.echo(f"{one.id}  @{one.handle}  {one.name}  {one.plan}  {roles}")


def _add_changes(commands: click.Group, sessions: Sessions, clock: Clock) -> None:
    @commands.command("grant")
    @click.argument("handle")
    @click.argument("role", type=_ROLES)
    @click.option("--take", is_flag=True, help="Take the role instead.")
    def grant(*, handle: str, role: Role, take: bool) -> None:
        """Give HANDLE a ROLE."""
        with sessions() as session:
            person = people.person_by_handle(session, handle)
            after = people.grant(session, person, role, granted=not take)
        roles = ", ".join(sorted(after.roles)) or "none"
        click.echo(f"The roles of @{after.handle}: {roles}.")

    @commands.command("plan")
    @click.argument("handle")
    @click.argument("plan", type=_PLANS)
    def put_on_plan(*, handle: str, plan: Plan) -> None:
        """Put HANDLE on a PLAN, which says how long and how many films they may make."""
        with sessions() as session:
            person = people.person_by_handle(session, handle)
            after = people.put_on_plan(session, person, plan)
        click.echo(f"@{after.handle} is on the plan {after.plan}.")

    @commands.command("close")
    @click.argument("handle")
    @click.option("--yes", is_flag=True, help="Do not ask.")
    def close(*, handle: str, yes: bool) -> None:
        """Close the account of HANDLE and delete all that is personal, for good."""
        with sessions() as session:
            person = people.person_by_handle(session, handle)
        if not yes:
            click.confirm(f"Delete @{person.handle} and everything they made?", abort=True)
        with sessions() as session:
            people.close(session, person, at=clock.now())
        click.echo(f"Closed @{person.handle}; a server that runs deletes what they made.")


def _row(person: people.Person) -> dict[str, object]:
    return {
        "id": person.id,
        "handle": person.handle,
        "name": person.name,
        "email": person.email,
        "roles": sorted(person.roles),
        "plan": person.plan,
        "created_at": person.created_at.isoformat(),
    }
