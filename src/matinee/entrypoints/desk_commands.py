"""The commands ``matinee desk``: what people object to, and what is decided about it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

import click

from matinee import people
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.people import OPERATOR_ID
from matinee.trust import hearing
from matinee.trust.cases import DECISIONS, STATES, Case

Sessions = Callable[[], AbstractContextManager[Session]]


def group(sessions: Sessions, clock: Clock) -> click.Group:
    """The commands, on sessions of a data folder."""

    @click.group("desk")
    def commands() -> None:
        """Decide about what people object to: reports, takedown requests and appeals."""

    _add_looks(commands, sessions, clock)
    _add_decide(commands, sessions, clock)
    return commands


def _add_looks(commands: click.Group, sessions: Sessions, clock: Clock) -> None:
    @commands.command("list")
    @click.option("--state", type=click.Choice(STATES), help="Only those in a state.")
    @click.option("--json", "as_json", is_flag=True, help="One line of JSON a case.")
    def list_cases(*, state: str | None, as_json: bool) -> None:
        """List the cases that wait, the most urgent first, or those in a state."""
        with sessions() as session:
            found = hearing.listed(session, state=state or "")
        for line in _lines(found, state or "waiting", now=clock.now(), as_json=as_json):
            click.echo(line)

    @commands.command("show")
    @click.argument("case_id")
    def show(*, case_id: str) -> None:
        """Show CASE_ID: what was said, what was known of its subject, and the log."""
        with sessions() as session:
            case, said, log = hearing.in_full(session, case_id, by=OPERATOR_ID, at=clock.now())
        click.echo(_line(case, overdue=case.overdue(clock.now())))
        for name, value in case.snapshot.items():
            click.echo(f"  {name}: {value}")
        for one in said:
            who = one.name or one.teller
            click.echo(f"  {one.said_at:%Y-%m-%d %H:%M} {one.kind} by {who}: {one.words}")
        if case.statement:
            click.echo(f"  decided: {case.statement}")
        for line in log:
            click.echo(f"  log {line['at'][:19]} {line['act']} by {line['actor']}")
        click.echo(f"  possible: {', '.join(case.decisions) or 'nothing'}")

    @commands.command("audit")
    def audit() -> None:
        """Say whether the log is whole: no line changed, none taken out."""
        with sessions() as session:
            broken = hearing.first_broken_line(session)
        if broken is not None:
            message = f"The log is broken at line {broken}."
            raise click.ClickException(message)
        click.echo("The log is whole.")


def _add_decide(commands: click.Group, sessions: Sessions, clock: Clock) -> None:
    @commands.command("decide")
    @click.argument("case_id")
    @click.argument("decision", type=click.Choice(DECISIONS))
    @click.option("--reason", required=True, help="What its author is told.")
    def decide(*, case_id: str, decision: str, reason: str) -> None:
        """Decide CASE_ID, and have its author told the reason."""
        with sessions() as session:
            operator = people.person_by_id(session, OPERATOR_ID)
            case = hearing.decide(
                session,
                case_id,
                decision,
                reason,
                by=operator.id,
                at=clock.now(),
                alone=people.is_alone(session, operator, "moderator"),
            )
        click.echo(_line(case, overdue=False))


def _lines(cases: Sequence[Case], state: str, *, now: datetime, as_json: bool) -> Iterator[str]:
    if not cases and not as_json:
        yield f"No case is {state}."
    for case in cases:
        overdue = case.overdue(now)
        yield json.dumps(_told(case, overdue=overdue)) if as_json else _line(case, overdue=overdue)


def _line(case: Case, *, overdue: bool) -> str:
    late = "  OVERDUE" if overdue else ""
    about = f"{case.subject.kind} {case.subject.id}"
    return f"{case.id}  {case.state:9}  {case.due_at:%Y-%m-%d %H:%M}{late}  {case.reason}  {about}"


def _told(case: Case, *, overdue: bool) -> dict[str, str | bool]:
    return {
        "id": case.id,
        "origin": case.origin,
        "state": case.state,
        "subject_kind": case.subject.kind,
        "subject_id": case.subject.id,
        "reason": case.reason,
        "due_at": case.due_at.isoformat(),
        "overdue": overdue,
    }
