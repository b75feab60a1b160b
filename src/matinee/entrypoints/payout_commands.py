"""The commands ``matinee payouts``: pay out now, and see who waits for what."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from matinee import rights
from matinee.entrypoints import folder, money
from matinee.entrypoints.options import settings
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.ids import SystemIds

_CLOCK = SystemClock()


@contextmanager
def _opened() -> Iterator[tuple[Database, rights.Treasury]]:
    """The database of this place, and who pays here."""
    chosen = settings(quiet=True)
    with folder.open_database(chosen) as database:
        ears = money.Ears()
        till = money.provider(chosen, database, _CLOCK, ears)
        ears.hearers.append(money.hearer(database, till.payments, _CLOCK))
        yield database, money.treasury(chosen, till)


def group() -> click.Group:
    """The commands, on the data folder of this place."""

    @click.group("payouts")
    def commands() -> None:
        """Pay out what is owed, see who waits for what."""

    _add_run(commands)
    _add_list(commands)
    return commands


def _add_run(commands: click.Group) -> None:
    @commands.command("run")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def run(*, as_json: bool) -> None:
        """Pay everybody now whose account is ready and who is owed enough, whatever their schedule.

        What was ordered before and not sent goes first. Run twice it pays once.
        """
        with _opened() as (database, treasury):
            ended = rights.payouts.run(
                database, treasury, clock=_CLOCK, ids=SystemIds(_CLOCK), everybody=True
            )
            test = treasury.test
        if as_json:
            told = [
                {
                    "id": one.id,
                    "party": one.party,
                    "minor": one.amount.minor,
                    "currency": one.amount.currency,
                }
                for one in ended
            ]
            click.echo(json.dumps({"test": test, "ended": told}))
            return
        for one in ended:
            click.echo(f"{one.id}  {one.party}  {one.amount.micros}")
        note = " All of it is test money." if test else ""
        click.echo(f"{len(ended)} payouts ended; matinee payouts list says how.{note}")


def _add_list(commands: click.Group) -> None:
    @commands.command("list")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def listed(*, as_json: bool) -> None:
        """List who is to be paid, what they are owed, and what is missing."""
        with _opened() as (database, _), database.transaction() as session:
            rows = rights.payouts.waiting(session)
        if as_json:
            told = [{"party": one.party, "owed": one.owed, "lacks": one.lacks} for one in rows]
            click.echo(json.dumps(told))
            return
        for row in rows:
            click.echo(f"{row.party}  {', '.join(row.owed) or 'nothing'}  {row.lacks or 'ready'}")
