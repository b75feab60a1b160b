"""The commands ``matinee webhooks``: who is told of films that ended, and what became of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import click

from matinee.kit import webhooks
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import SystemIds

Sessions = Callable[[], AbstractContextManager[Session]]


def group(sessions: Sessions, clock: Clock) -> click.Group:
    """The commands, on sessions of a data folder."""

    @click.group("webhooks")
    def commands() -> None:
        """Tell other servers of films that ended, and of posts."""

    _add_changes(commands, sessions, clock)
    _add_looks(commands, sessions)
    return commands


def _add_changes(commands: click.Group, sessions: Sessions, clock: Clock) -> None:
    @commands.command("create")
    @click.argument("url")
    @click.option("--name", default="webhook", show_default=True, help="What it is for.")
    @click.option("--event", "kinds", multiple=True, help="An event type; all unless given.")
    def create(*, url: str, name: str, kinds: tuple[str, ...]) -> None:
        """Tell URL, and print the secret that signs what it is told; it is shown only this once."""
        from matinee.entrypoints.announcing import TYPES  # noqa: PLC0415 - it brings the studio

        wish = webhooks.Wish(name=name, url=url, event_types=kinds or TYPES)
        with sessions() as session:
            made = webhooks.register(
                session, wish, known_types=TYPES, ids=SystemIds(clock), at=clock.now()
            )
        click.echo(f"{made.id}\n{made.secret}")

    @commands.command("delete")
    @click.argument("endpoint")
    def delete(*, endpoint: str) -> None:
        """Tell ENDPOINT no more, and forget what it was to be told."""
        with sessions() as session:
            webhooks.delete(session, endpoint)
        click.echo(f"Deleted {endpoint}.")

    @commands.command("retry")
    @click.argument("delivery")
    def retry(*, delivery: str) -> None:
        """Try DELIVERY again at once, dead or not."""
        with sessions() as session:
            webhooks.retry(session, delivery, at=clock.now())
        click.echo(f"{delivery} is tried again as soon as a server runs.")


def _add_looks(commands: click.Group, sessions: Sessions) -> None:
    @commands.command("list")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def list_endpoints(*, as_json: bool) -> None:
        """List who is told."""
        with sessions() as session:
            found = webhooks.listed(session)
        rows = [
            {
                "id": one.id,
                "owner": one.owner,
                "name": one.name,
                "url": one.url,
                "event_types": list(one.event_types),
                "created_at": one.created_at.isoformat(),
            }
            for one in found
        ]
        _print(rows, as_json=as_json, nothing="No webhooks yet. Make one: matinee webhooks create")

    @commands.command("deliveries")
    @click.option("--endpoint", help="Only those for one endpoint.")
    @click.option("--state", type=click.Choice(["waiting", "delivered", "dead"]))
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def list_deliveries(
        *, endpoint: str | None, state: webhooks.State | None, as_json: bool
    ) -> None:
        """List the newest messages, and why the last try of each failed."""
        with sessions() as session:
            found = webhooks.deliveries(session, endpoint=endpoint, state=state)
        rows = [
            {
                "id": one.id,
                "endpoint": one.endpoint,
                "event": one.event_type,
                "state": one.state,
                "attempts": one.attempt_count,
                "next_at": None if one.ended_at else one.next_at.isoformat(timespec="seconds"),
                "last_failure": one.last_failure,
            }
            for one in found
        ]
        _print(rows, as_json=as_json, nothing="No deliveries.")


def _print(rows: Sequence[Mapping[str, object]], *, as_json: bool, nothing: str) -> None:
    if as_json:
        click.echo(json.dumps([*rows]))
    elif not rows:
        click.echo(nothing, err=True)
    for row in rows if not as_json else ():
        click.echo("  ".join(str(value) for value in row.values() if value))
