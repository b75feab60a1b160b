"""Laws of claims: every path ends, nobody waits for ever, and the money is always somewhere."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from matinee.rights.claims import model
from matinee.rights.claims.errors import ClaimStepImpossible, DeadlinePassed
from matinee.rights.claims.model import ACTIONS, OPEN, Claim, ClaimPolicy
from matinee.rights.licences import Owner

START = datetime(2026, 11, 23, tzinfo=UTC)
ACTS = ("dispute", "uphold", "release", "appeal", "withdraw")


def a_claim(*, action: str = "monetise", origin: str = "automatic") -> Claim:
    return Claim(
        id="claim_1",
        film_id="video_1",
        maker="person_maker",
        work_id="work_1",
        owners=(Owner("person_owner", 10_000),),
        policy=ClaimPolicy(action=action, share_bps=6_000),  # type: ignore[arg-type]
        origin=origin,  # type: ignore[arg-type]
        opened_at=START,
        due_at=START,
    )


class Purses:
    """The money of one claim as the books have to show it: what a step does, and nothing else."""

    def __init__(self) -> None:
        self.goes_to = "maker"
        self.purse = {"maker": 0, "owners": 0, "escrow": 0}

    def take(self, step: str | None) -> None:
        if step == "charge":
            self.goes_to = "owners"
        elif step == "hold":
            self.goes_to = "escrow"
        elif step in {"to_owners", "to_maker"}:
            winner = step.removeprefix("to_")
            self.purse[winner] += self.purse["escrow"]
            self.purse["escrow"] = 0
            self.goes_to = winner
        elif step == "end":
            self.goes_to = "maker"


class Life(RuleBasedStateMachine):
    """Anybody does anything at any time; the film earns meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.claim: Claim | None = None
        self.purses = Purses()
        self.earned = 0
        self.disputed_earned = 0
        self.due_times: list[datetime] = []

    def become(self, now: Claim) -> None:
        before = self.claim
        if now == before:
            return
        step = model.money_step(before, now)
        self.purses.take(step)
        if not now.escrowed:
            self.disputed_earned = 0
        self.claim = now
        if now.due_at is not None:
            self.due_times.append(now.due_at)

    @initialize(
        suspended=st.booleans(),
        action=st.sampled_from(ACTIONS),
        origin=st.sampled_from(("automatic", "review", "manual")),
    )
    def open_it(self, *, suspended: bool, action: str, origin: str) -> None:
        self.become(model.opened(a_claim(action=action, origin=origin), suspended=suspended))

    @rule(act=st.sampled_from(ACTS))
    def try_an_act(self, act: str) -> None:
        assert self.claim is not None
        try:
            self.become(model.after(self.claim, act, at=self.now))  # type: ignore[arg-type]
        except ClaimStepImpossible:
            assert act not in self.claim.acts
        except DeadlinePassed:
            assert self.claim.due_at is not None
            assert self.now >= self.claim.due_at or self.claim.state == "final"

    @rule(hours=st.integers(0, 24 * 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def strike_the_clock(self) -> None:
        assert self.claim is not None
        moved = model.lapsed(self.claim, at=self.now)
        if moved is not None:
            self.become(moved)

    @rule(contested=st.booleans())
    def contest_references(self, *, contested: bool) -> None:
        assert self.claim is not None
        act = model.suspended if contested else model.resumed
        self.become(act(self.claim, at=self.now))

    @rule(micro=st.integers(1, 10**9))
    def earn(self, micro: int) -> None:
        assert self.claim is not None
        self.earned += micro
        self.purses.purse[self.purses.goes_to] += micro
        if self.claim.escrowed:
            self.disputed_earned += micro

    @invariant()
    def escrow_is_what_was_earned_in_dispute(self) -> None:
        assert self.purses.purse["escrow"] == self.disputed_earned

    @invariant()
    def nobody_is_paid_twice_and_nothing_is_lost(self) -> None:
        assert sum(self.purses.purse.values()) == self.earned

    @invariant()
    def the_money_goes_where_the_claim_says(self) -> None:
        if self.claim is None:
            return
        monetised = self.claim.policy.action == "monetise" and self.claim.state != "released"
        expected = "escrow" if self.claim.escrowed else "owners" if monetised else "maker"
        assert self.purses.goes_to == expected

    @invariant()
    def a_deadline_only_moves_away(self) -> None:
        assert self.due_times == sorted(self.due_times)

    @invariant()
    def a_block_holds_only_while_nobody_objects_with_reason(self) -> None:
        if self.claim is not None and self.claim.holds:
            assert self.claim.policy.action == "block"
            assert self.claim.state not in {"disputed", "appealed", "released"}
            assert self.claim.suspended_at is None
            assert not (self.claim.origin == "manual" and self.claim.state == "active")

    def teardown(self) -> None:
        """Every path ends: the conflict is decided, the times pass, and nothing is in escrow."""
        if self.claim is None:
            return
        self.become(model.resumed(self.claim, at=self.now))
        for _ in range(len(OPEN)):
            self.now = max(self.now, self.claim.due_at or self.now)
            self.become(model.lapsed(self.claim, at=self.now) or self.claim)
        assert self.claim.ended
        assert self.purses.purse["escrow"] == 0


Life.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestLife = Life.TestCase


@given(st.sampled_from(("active", "disputed", "upheld", "appealed")), st.integers(0, 10**6))
def test_what_comes_after_its_deadline_is_refused_and_changes_nothing(
    state: str, late_s: int
) -> None:
    due = START + timedelta(days=3)
    late = replace(a_claim(), state=state, due_at=due)  # type: ignore[arg-type]
    for act in set(late.acts) & {"dispute", "uphold", "appeal"}:
        if state == "appealed":  # a desk that is late may still decide until the clock strikes
            assert model.after(late, act, at=due + timedelta(seconds=late_s)).ended
            continue
        with pytest.raises(DeadlinePassed, match="ended at 2026-11-26"):
            model.after(late, act, at=due + timedelta(seconds=late_s))
    assert model.lapsed(late, at=due + timedelta(seconds=late_s)) is not None
    assert model.lapsed(late, at=due - timedelta(seconds=1)) is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_contest_takes_no_time_from_whoever_was_to_speak(before: int, stood: int) -> None:
    claim = model.opened(a_claim(), suspended=False)
    assert claim.due_at is not None
    at = START + timedelta(days=before)
    again = model.resumed(model.suspended(claim, at=at), at=at + timedelta(days=stood))
    assert again.due_at == claim.due_at + timedelta(days=stood)
    assert again.state == claim.state
