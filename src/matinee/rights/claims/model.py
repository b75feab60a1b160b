"""Claims: the states that one can be in, what leads from each to the next, and until when.

                      ┌──────── withdrawn by its claimant at any time ───────▶ released
    active ──dispute──▶ disputed ──release, or no answer──────────────────────▶ released
      │                   └──uphold──▶ upheld ──appeal──▶ appealed ──release──▶ released
      │ nobody disputes it               │ no appeal          └──────uphold───▶ final
      └────────────────▶ final ◀─────────┘

Every state but the last two has a time at which it ends by itself, so every claim ends. Silence is
held against whoever was to speak: a claimant that does not answer has released, a maker that does
not object has agreed, and when the desk does not decide in time the claim is released.

What only its claimant says (a claim by hand) does nothing before its maker was heard: it blocks
nothing, and its share waits in escrow, until the maker agreed or the claim was upheld.

While the references behind a claim are contested (``suspended``), it has no effect on who may see
the film, its clock stands still, and its share waits in escrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from matinee.kit.money import BPS_PER_WHOLE
from matinee.rights.licences import Owner

from .errors import ClaimInvalid, ClaimStepImpossible, DeadlinePassed

Action: TypeAlias = Literal["track", "monetise", "block"]
ACTIONS: tuple[Action, ...] = get_args(Action)
State: TypeAlias = Literal["active", "disputed", "upheld", "appealed", "final", "released"]
Act: TypeAlias = Literal["dispute", "uphold", "release", "appeal", "withdraw"]
Origin: TypeAlias = Literal["automatic", "review", "manual"]
Ground: TypeAlias = Literal["own_work", "licensed", "exception", "not_there", "public_domain"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
MoneyStep: TypeAlias = Literal["charge", "hold", "to_owners", "to_maker", "end"]

OPEN: frozenset[State] = frozenset({"active", "disputed", "upheld", "appealed"})
IN_DISPUTE: frozenset[State] = frozenset({"disputed", "upheld", "appealed"})

DUE: Mapping[State, timedelta] = {
    "active": timedelta(days=30),
    "disputed": timedelta(days=14),
    "upheld": timedelta(days=14),
    "appealed": timedelta(days=21),
}
"""How long a state may last: for the maker, the claimant, the maker, the desk."""

MATCH_MIN_MS = 3_000
MATCH_MS_MAX = 3_600_000
WORDS_CHARACTERS_MIN, WORDS_CHARACTERS_MAX = 20, 4_000

# Who does what from where, and whether it has to be in time.
_AFTER: Mapping[tuple[State, Act], State] = {
    ("active", "dispute"): "disputed",
    ("disputed", "uphold"): "upheld",
    ("disputed", "release"): "released",
    ("upheld", "appeal"): "appealed",
    ("appealed", "uphold"): "final",
    ("appealed", "release"): "released",
    ("active", "withdraw"): "released",
    ("disputed", "withdraw"): "released",
    ("upheld", "withdraw"): "released",
    ("appealed", "withdraw"): "released",
    ("final", "withdraw"): "released",
}
_AFTER_SILENCE: Mapping[State, State] = {
    "active": "final",
    "disputed": "released",
    "upheld": "final",
    "appealed": "released",
}
_TOLD: Mapping[Act, str] = {"dispute": "dispute", "uphold": "answer", "appeal": "appeal"}


@dataclass(frozen=True, kw_only=True)
class ClaimPolicy:
    """What follows when a work is found in a film; raises ``ClaimInvalid``.

    ``territories`` (ISO 3166-1 alpha-2) are where a film is blocked, empty for everywhere.
    ``share_bps`` is asked of what the film earns after the platform's fee. Matches shorter than
    ``match_min_ms`` are let pass.
    """

    action: Action = "track"
    territories: frozenset[str] = frozenset()
    match_min_ms: int = MATCH_MIN_MS
    share_bps: int = BPS_PER_WHOLE

    def __post_init__(self) -> None:
        """Check the ranges."""
        if self.action not in ACTIONS:
            raise ClaimInvalid("action", f"it is one of {', '.join(ACTIONS)}")
        for place in self.territories:
            if len(place) != 2 or not (place.isascii() and place.isupper()):  # noqa: PLR2004
                raise ClaimInvalid("territories", f"{place[:20]!r} is no country of two letters")
        if not MATCH_MIN_MS <= self.match_min_ms <= MATCH_MS_MAX:
            raise ClaimInvalid("match_min_ms", f"it is {MATCH_MIN_MS} to {MATCH_MS_MAX}")
        if not 1 <= self.share_bps <= BPS_PER_WHOLE:
            raise ClaimInvalid("share_bps", f"it is 1 to {BPS_PER_WHOLE}")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The owners of a work say that it is in a film.

    ``owners`` are those of the work at that time; ``maker`` is whose film it is. ``due_at`` is when
    the state ends by itself, or ended the last time. ``claimant`` is who claimed by hand, or empty.
    """

    id: str
    film_id: str
    maker: str
    work_id: str
    owners: tuple[Owner, ...]
    policy: ClaimPolicy
    origin: Origin
    match_id: str = ""
    claimant: str = ""
    state: State = "active"
    opened_at: datetime
    due_at: datetime | None
    suspended_at: datetime | None = None
    revision: int = 1

    @property
    def ended(self) -> bool:
        """Whether nothing will happen to it by itself any more."""
        return self.state not in OPEN

    @property
    def holds(self) -> bool:
        """Whether it has an effect on who may see the film: its block stands."""
        return (
            self.policy.action == "block"
            and self.suspended_at is None
            and self.state
            in ({"upheld", "final"} if self.unheard else {"active", "upheld", "final"})
        )

    @property
    def unheard(self) -> bool:
        """Whether only its claimant says so: its maker is heard before anything is done."""
        return self.origin == "manual"

    @property
    def escrowed(self) -> bool:
        """Whether its share of what the film earns waits until it is settled."""
        if self.policy.action != "monetise" or self.state == "released":
            return False
        unheard = self.unheard and self.state == "active"
        return self.state in IN_DISPUTE or unheard or self.suspended_at is not None

    @property
    def acts(self) -> tuple[Act, ...]:
        """What may be done to it now."""
        if self.suspended_at is not None:
            return () if self.state == "released" else ("withdraw",)
        return tuple(act for state, act in _AFTER if state == self.state)


def opened(claim: Claim, *, suspended: bool) -> Claim:
    """A new claim with the time until which it may be disputed."""
    at = claim.opened_at
    return replace(
        claim, state="active", due_at=at + DUE["active"], suspended_at=at if suspended else None
    )


def after(claim: Claim, act: Act, *, at: datetime) -> Claim:
    """The claim after an act; raises ``ClaimStepImpossible`` and ``DeadlinePassed``."""
    if act == "dispute" and claim.state == "final" and claim.suspended_at is None:
        raise DeadlinePassed("dispute", claim.due_at or at)
    if act not in claim.acts:
        told = "suspended" if claim.suspended_at is not None else claim.state
        raise ClaimStepImpossible(act, told, claim.acts)
    # A desk that is late may still decide, until the clock does it.
    timely = act in _TOLD and claim.state != "appealed"
    if timely and claim.due_at is not None and at >= claim.due_at:
        raise DeadlinePassed(_TOLD[act], claim.due_at)
    return _in_state(claim, _AFTER[claim.state, act], at)


def lapsed(claim: Claim, *, at: datetime) -> Claim | None:
    """The claim after its time is over; None if it is not, or stands still."""
    if claim.ended or claim.suspended_at is not None or claim.due_at is None or at < claim.due_at:
        return None
    return _in_state(claim, _AFTER_SILENCE[claim.state], at)


def suspended(claim: Claim, *, at: datetime) -> Claim:
    """The claim while its references are contested; one that was released stays released."""
    if claim.state == "released" or claim.suspended_at is not None:
        return claim
    return replace(claim, suspended_at=at, revision=claim.revision + 1)


def resumed(claim: Claim, *, at: datetime) -> Claim:
    """The claim after the conflict: it goes on where it was, with the time that it had left."""
    if claim.suspended_at is None:
        return claim
    stood_still = max(timedelta(0), at - claim.suspended_at)
    due_at = None if claim.due_at is None else claim.due_at + stood_still
    return replace(claim, suspended_at=None, due_at=due_at, revision=claim.revision + 1)


def released(claim: Claim, *, at: datetime) -> Claim:
    """The claim given up by a decision of the operator, whatever state it is in."""
    return claim if claim.state == "released" else _in_state(claim, "released", at)


def money_step(before: Claim | None, now: Claim) -> MoneyStep | None:
    """What a change of a claim means for its share of what the film earns.

    ``charge``: it goes to the owners from now on; ``hold``: into escrow from now on; ``to_owners``
    and ``to_maker``: what is in escrow goes there, and what comes after it too; ``end``: it goes
    to the maker from now on, and nothing was in escrow.
    """
    if now.policy.action != "monetise":
        return None
    if before is None:
        return "hold" if now.escrowed else "charge"
    if not before.escrowed and now.escrowed:
        return "hold"
    if before.escrowed and not now.escrowed:
        return "to_maker" if now.state == "released" else "to_owners"
    if before.state != "released" and now.state == "released":
        return "end"
    return None


def _in_state(claim: Claim, state: State, at: datetime) -> Claim:
    due_at = at + DUE[state] if state in DUE else claim.due_at
    if claim.due_at is not None and due_at is not None:
        due_at = max(due_at, claim.due_at) if state in DUE else claim.due_at
    return replace(
        claim,
        state=state,
        due_at=due_at,
        # What was released needs no clock to stand still.
        suspended_at=None if state == "released" else claim.suspended_at,
        revision=claim.revision + 1,
    )
