"""The commands ``matinee ledger``: prove the books, look at them, and hand them to accountants."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TextIO

import click

from matinee import ledger
from matinee.kit import errors
from matinee.kit.clock import Clock
from matinee.kit.db import Session

Sessions = Callable[[], AbstractContextManager[Session]]


class BooksNotWhole(errors.Conflict):
    """A proof of the books found faults."""

    code = "entrypoints.books_not_whole"

    def __init__(self, fault_count: int) -> None:
        super().__init__(
            f"The books have {fault_count} faults, listed above. Keep the database as it is, stop "
            "payouts, and compare with a backup.",
            fault_count=fault_count,
        )


def group(sessions: Sessions, clock: Clock) -> click.Group:
    """The commands, on sessions of a data folder."""

    @click.group("ledger")
    def commands() -> None:
        """Prove the books, look at them, export them."""

    _add_proofs(commands, sessions, clock)
    _add_looks(commands, sessions)
    return commands


def _add_proofs(commands: click.Group, sessions: Sessions, clock: Clock) -> None:
    @commands.command("verify")
    @click.option("--head", help="A seal noted before, as this command prints it: ID:DIGEST.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    def verify(*, head: str | None, as_json: bool) -> None:
        """Recompute every sum, every digest and the chain of seals.

        Note the head that it prints somewhere else, and give it with --head next time: that alone
        shows whether somebody with all rights rewrote the whole chain.
        """
        with sessions() as session:
            ledger.seal(session, at=clock.now())
        with sessions() as session:
            proof = ledger.prove(session, expected=head)
        told = {
            "journals": proof.journal_count,
            "entries": proof.entry_count,
            "unsealed": proof.unsealed_count,
            "trial_balance": proof.trial_balance,
            "head": None if proof.head is None else str(proof.head),
            "faults": list(proof.faults),
        }
        if as_json:
            click.echo(json.dumps(told))
        else:
            click.echo(f"{proof.journal_count} journals with {proof.entry_count} entries")
            for currency, micro in proof.trial_balance.items():
                click.echo(f"trial balance {currency}: {micro}")
            click.echo("nothing is sealed yet" if proof.head is None else f"head {proof.head}")
            for fault in proof.faults:
                click.echo(f"fault: {fault}")
            if proof.holds:
                click.echo("The books are whole.")
        if not proof.holds:
            raise BooksNotWhole(len(proof.faults))

    @commands.command("check")
    @click.argument("code")
    def check(*, code: str) -> None:
        """Compute the statement with this CODE again from the sealed books."""
        with sessions() as session:
            checked = ledger.check_statement(session, code)
        made = checked.statement
        click.echo(
            f"{made.account.kind.name} of {made.account.owner}, {made.since:%Y-%m-%d} to "
            f"{made.until:%Y-%m-%d}: {made.opening} to {made.closing}, {len(made.lines)} lines"
        )
        if not checked.agrees:
            raise BooksNotWhole(1)
        click.echo("The statement agrees with the books.")


def _add_looks(commands: click.Group, sessions: Sessions) -> None:
    @commands.command("balances")
    @click.argument("owner")
    def balances(*, owner: str) -> None:
        """Print what every account of OWNER holds."""
        with sessions() as session:
            found = ledger.balances(session, ledger.accounts_owned(session, owner))
        for account, amount in found.items():
            click.echo(f"{account.kind.name}\t{amount}")

    @commands.command("export")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["beancount", "csv"]),
        default="csv",
        show_default=True,
    )
    @click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=False), default="-")
    def export(*, form: str, output: TextIO) -> None:
        """Write every entry, for a spreadsheet or for beancount."""
        with sessions() as session:
            lines = ledger.all_lines(session)
            written: Iterable[str] = (
                ledger.csv_of(lines) if form == "csv" else ledger.beancount_of(lines)
            )
            output.writelines(f"{line}\n" for line in written)
