"""Cases of the desk: the states that one can be in, and what leads from each to the next.

open ──keep──▶ kept                removed ──appeal──▶ appealed ──keep──▶ removed, for good
  │  ──remove──▶ removed                                  │     ──restore──▶ restored
  └──escalate──▶ escalated ──keep, remove──▶ …            └──escalate──▶ escalated
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from .errors import StepImpossible
from .model import Subject

Origin = Literal["report", "takedown", "appeal"]
State = Literal["open", "escalated", "appealed", "removed", "kept", "restored"]
STATES: tuple[State, ...] = get_args(State)
WAITING: frozenset[State] = frozenset({"open", "escalated", "appealed"})
Decision = Literal["remove", "restore", "keep", "escalate"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)

# Somebody who has no account waits two days at most; who appeals has been heard once already.
DUE: Mapping[Origin, timedelta] = {
    "takedown": timedelta(hours=48),
    "report": timedelta(hours=48),
    "appeal": timedelta(days=7),
}
REMINDED_HOURS_LEFT = (24, 4, 0)
"""When moderators are reminded of a case, in hours before it is due."""
APPEALS_MAX = 1

_AFTER: Mapping[tuple[State, Decision], State] = {
    ("open", "keep"): "kept",
    ("open", "remove"): "removed",
    ("open", "escalate"): "escalated",
    ("escalated", "keep"): "kept",
    ("escalated", "remove"): "removed",
    ("appealed", "keep"): "removed",
    ("appealed", "restore"): "restored",
    ("appealed", "escalate"): "escalated",
    # A moderator may see an error of the desk's own.
    ("kept", "remove"): "removed",
    ("removed", "restore"): "restored",
    ("restored", "remove"): "removed",
}
# An appeal against a refusal is about something that was never there: it passes, or it does not.
_AFTER_REFUSAL: Mapping[tuple[State, Decision], State] = {
    ("open", "keep"): "kept",
    ("open", "restore"): "restored",
    ("open", "escalate"): "escalated",
    ("escalated", "keep"): "kept",
    ("escalated", "restore"): "restored",
    ("kept", "restore"): "restored",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody objects to something, and the desk decides.

    `author` is the id of the person whose thing it is, or empty; `snapshot` is what was known of
    the subject when the case was opened; `statement` is the reason that its author is given;
    `reminder_count` is how many of the reminders were given since the clock was set.
    """

    id: str
    origin: Origin
    subject: Subject
    author: str
    state: State
    reason: str
    opened_at: datetime
    due_at: datetime
    appeal_count: int = 0
    reminder_count: int = 0
    decided_at: datetime | None = None
    decided_by: str = ""
    statement: str = ""
    snapshot: Mapping[str, str] = field(default_factory=dict)
    revision: int = 1

    @property
    def waits(self) -> bool:
        """Whether the desk has to decide."""
        return self.state in WAITING

    def reminders_due(self, now: datetime) -> int:
        """Return how many of the reminders should have been given by now."""
        left = self.due_at - now
        return sum(left <= timedelta(hours=hours) for hours in REMINDED_HOURS_LEFT)

    def overdue(self, now: datetime) -> bool:
        """Whether the desk should have decided by now."""
        return self.waits and now >= self.due_at

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What may be decided now."""
        table = self._table()
        return tuple(one for one in DECISIONS if (self.state, one) in table)

    @property
    def may_be_appealed(self) -> bool:
        """Whether its author may still object to the decision."""
        return (
            self.origin != "appeal" and self.state == "removed" and self.appeal_count < APPEALS_MAX
        )

    def _table(self) -> Mapping[tuple[State, Decision], State]:
        if self.origin == "appeal":
            return _AFTER_REFUSAL
        if self.state == "escalated" and self.appeal_count:
            # What was removed before it was appealed and handed on stays removed, or comes back.
            return {("escalated", "keep"): "removed", ("escalated", "restore"): "restored"}
        return _AFTER


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What somebody said to a case. `teller` is a person's id, or the digest of an address."""

    id: str
    kind: Literal["report", "takedown", "appeal", "counter_notice"]
    teller: str
    reason: str
    words: str
    said_at: datetime
    name: str = ""
    email: str = ""


def opened(
    case_id: str,
    origin: Origin,
    subject: Subject,
    *,
    author: str,
    reason: str,
    at: datetime,
    snapshot: Mapping[str, str],
) -> Case:
    """Return a new case, with the time by which it has to be decided."""
    return Case(
        id=case_id,
        origin=origin,
        subject=subject,
        author=author,
        state="open",
        reason=reason,
        opened_at=at,
        due_at=at + DUE[origin],
        snapshot=snapshot,
    )


def decided(case: Case, decision: str, *, by: str, statement: str, at: datetime) -> Case:
    """Return the case after a decision; raises StepImpossible."""
    known: Decision | None = next((one for one in DECISIONS if one == decision), None)
    if known is None or known not in case.decisions:
        raise StepImpossible(decision, case.state, case.decisions)
    state = case._table()[case.state, known]  # noqa: SLF001 - the table is the case's own
    if state in WAITING:
        return replace(case, state=state, revision=case.revision + 1)
    return replace(
        case,
        state=state,
        decided_at=at,
        decided_by=by,
        statement=statement,
        revision=case.revision + 1,
    )


def appealed(case: Case, *, at: datetime) -> Case:
    """Return the case after its author objected to the decision; raises StepImpossible."""
    if not case.may_be_appealed:
        raise StepImpossible("appeal", case.state, case.decisions)
    return replace(
        case,
        state="appealed",
        appeal_count=case.appeal_count + 1,
        due_at=at + DUE["appeal"],
        reminder_count=0,
        revision=case.revision + 1,
    )
