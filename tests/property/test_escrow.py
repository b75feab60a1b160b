"""Laws of keeping what is disputed: nothing is lost, and a dispute leaves no trace of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TypeAlias, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from matinee import ledger, rights
from matinee.kit import db
from matinee.kit.ids import SeededIds
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney
from matinee.rights import escrow
from matinee.rights.errors import HoldDiffers, HoldEnded, HoldUnknown
from matinee.rights.model import ESCROW, PROVIDER, ClaimState
from matinee.rights.splits import CauseKind, Share, Split

AT = datetime(2026, 11, 23, tzinfo=UTC)
PLATFORM = rights.PlatformTerms("platform")
CAUSES: tuple[CauseKind, ...] = get_args(CauseKind)
WORKS = {"licence_0": "work_0", "licence_1": "work_1"}
CLAIMANTS = (rights.Owner("claimant", 7_000), rights.Owner("partner", 3_000))
FRESH = count()
Claim: TypeAlias = tuple[rights.ClaimedShare, ClaimState]

on_one_database = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def splits(draw: st.DrawFn) -> Split:
    shares = tuple(
        Share(f"party_{draw(st.integers(0, 4))}", draw(st.integers(1, 10**12)), cause, of)
        for cause, of in draw(
            st.lists(
                st.tuples(st.sampled_from(CAUSES), st.sampled_from(sorted(WORKS))),
                min_size=1,
                max_size=8,
                unique=True,
            )
        )
    )
    amount = MicroMoney(sum(share.micro for share in shares), "EUR")
    return Split(amount, shares, frozenset(), "")


def a_hold(
    name: str, bps: int, *, film: str | None = "film", work: str | None = None
) -> rights.ClaimedShare:
    return rights.ClaimedShare(
        name, CLAIMANTS, bps, AT, film_id=film if work is None else None, work_id=work
    )


def a_claim(name: str, bps: int, state: ClaimState, work: str | None = None) -> Claim:
    return a_hold(name, bps, work=work), state


claims = st.lists(
    st.tuples(
        st.integers(1, BPS_PER_WHOLE),
        st.sampled_from((None, "work_0", "work_1")),
        st.sampled_from(get_args(ClaimState)[:2]),
    ),
    max_size=4,
).map(
    lambda some: [
        a_claim(f"claim_{i}", bps, state, work) for i, (bps, work, state) in enumerate(some)
    ]
)


@given(made=splits(), disputed=claims)
def test_what_is_claimed_and_what_is_given_sum_to_the_revenue(
    made: Split, disputed: list[Claim]
) -> None:
    claimed, _ = escrow.claimed_from("revenue", made, disputed, WORKS)
    paid = escrow.given(made, claimed, disputed)
    assert sum(micro for _, micro in paid) == made.amount.micro
    assert all(micro > 0 for _, micro in paid)


@given(made=splits(), disputed=claims)
def test_nobody_has_more_claimed_than_they_would_get_and_the_platform_nothing(
    made: Split, disputed: list[Claim]
) -> None:
    held, _ = escrow.claimed_from("revenue", made, disputed, WORKS)
    taken: dict[str, int] = {}
    for one in held:
        for party, micro in one.taken_from:
            taken[party] = taken.get(party, 0) + micro
    fees = {"party_" + str(i): 0 for i in range(5)}
    for share in made.shares:
        fees[share.party] += share.micro if share.cause == "platform" else 0
    whole = made.by_party()
    assert all(micro <= whole[party] - fees[party] for party, micro in taken.items())


@given(made=splits(), bps=st.integers(1, BPS_PER_WHOLE))
def test_a_claim_takes_exactly_its_share_of_what_is_left_after_the_fee_if_that_is_there(
    made: Split, bps: int
) -> None:
    held, _ = escrow.claimed_from("revenue", made, [a_claim("claim", bps, "held")], WORKS)
    of = {cause: sum(s.micro for s in made.shares if s.cause == cause) for cause in CAUSES}
    asked = (made.amount.micro - of["platform"]) * bps // BPS_PER_WHOLE
    there = of["maker"] + of["ancestor"] + of["inherited"]
    assert sum(one.micro for one in held) == min(asked, there)


@dataclass(frozen=True)
class Case:
    """A family of three films, a revenue of the last, and how its parts are refunded."""

    micro: int
    bps: int
    on_work: bool
    refunds: tuple[int, ...]
    settled_after: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    micro = draw(st.integers(10, 10**12))
    cuts = sorted(draw(st.sets(st.integers(1, micro - 1), max_size=4)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, micro], strict=True)]
    return Case(
        micro,
        draw(st.integers(1, BPS_PER_WHOLE)),
        draw(st.booleans()),
        tuple(parts),
        draw(st.integers(0, len(parts))),
    )


class Scene:
    """A case on the database under names of its own."""

    def __init__(self, database: db.Database, case: Case) -> None:
        self.database, self.case, self.name = database, case, f"case{next(FRESH)}"
        self.film, self.hold, self.revenue = (f"{self.name}/{one}" for one in ("3", "h", "r"))
        ids = SeededIds(self.name)
        with database.transaction() as session:
            work = rights.register_work(
                session,
                kind="character",
                title="Fox",
                owners=[rights.Owner(f"{self.name}/studio", BPS_PER_WHOLE)],
                by="studio",
                ids=ids,
                at=AT,
            )
            terms = rights.Terms(allowed=True, share_bps=2_000, flow_bps=5_000, depth_max=9)
            rights.offer_licence(session, work.id, terms, ids=ids, at=AT)
            self.work = work.id
            parents: list[str] = []
            for place in "123":
                film = f"{self.name}/{place}"
                rights.register_film(
                    session,
                    film,
                    maker=f"{self.name}/maker_{place}",
                    shown=[rights.Shown(work.id, 1_000_000)] if place == "1" else [],
                    parents=parents,
                )
                parents = [film]

    def held(self) -> None:
        owners = tuple(rights.Owner(f"{self.name}/{one.party}", one.bps) for one in CLAIMANTS)
        on = {"work_id": self.work} if self.case.on_work else {"film_id": self.film}
        with self.database.transaction() as session:
            assert rights.escrow.hold(
                session, rights.ClaimedShare(self.hold, owners, self.case.bps, AT, **on)
            )

    def earned(self) -> None:
        source = ledger.Account(PROVIDER, self.name, "EUR")
        amount = MicroMoney(self.case.micro, "EUR")
        revenue = rights.Revenue(self.revenue, "tip", self.film, amount, source, AT)
        with self.database.transaction() as session:
            rights.earning.earn(session, [revenue], PLATFORM, at=AT)

    def refunded(self, parts: Sequence[int | None], first: int = 0) -> None:
        for number, micro in enumerate(parts, start=first):
            with self.database.transaction() as session:
                rights.earning.refund(
                    session,
                    self.revenue,
                    key=f"{self.name}/refund_{number}",
                    amount=None if micro is None else MicroMoney(micro, "EUR"),
                    happened_at=AT,
                    at=AT,
                )

    def ended(self, *, upheld: bool) -> None:
        end = rights.escrow.release if upheld else rights.escrow.hand_back
        with self.database.transaction() as session:
            assert end(session, self.hold, at=AT)
            assert not end(session, self.hold, at=AT)

    def balances(self) -> dict[str, int]:
        """What each party of this case has, the escrow too, by name after the case's.

        What is traced to films and works is the same for everybody.
        """
        owners = ["studio", "maker_1", "maker_2", "maker_3", *(one.party for one in CLAIMANTS)]
        accounts = [ledger.Account(rights.EARNINGS, f"{self.name}/{one}", "EUR") for one in owners]
        accounts.append(ledger.Account(ESCROW, self.hold, "EUR"))
        with self.database.transaction() as session:
            found = ledger.balances(session, accounts).values()
            traced = {
                row.party: int(row.micro)
                for row in session.execute(
                    text(
                        "select party, sum(micro) as micro from rights.trace"
                        " where revenue_id = :id group by party"
                    ),
                    {"id": self.revenue},
                )
            }
        for account, held in zip(accounts[:-1], found, strict=False):
            assert traced.get(account.owner, 0) == held.micro, account.owner
        return dict(zip([*owners, "escrow"], [one.micro for one in found], strict=True))


@on_one_database
@given(case=cases())
def test_a_hold_that_is_handed_back_leaves_every_balance_as_if_it_had_never_been(
    database: db.Database, case: Case
) -> None:
    scenes = Scene(database, case), Scene(database, case)
    scenes[0].held()
    for scene in scenes:
        scene.earned()
    scenes[0].ended(upheld=False)
    assert scenes[0].balances() == scenes[1].balances()


@on_one_database
@given(case=cases(), upheld=st.booleans())
def test_parts_that_add_up_to_the_whole_leave_nobody_with_anything_whenever_the_dispute_ends(
    database: db.Database,
    case: Case,
    upheld: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    scene = Scene(database, case)
    scene.held()
    scene.earned()
    scene.refunded(case.refunds[: case.settled_after])
    scene.ended(upheld=upheld)
    assert scene.balances()["escrow"] == 0
    scene.refunded(case.refunds[case.settled_after :], first=case.settled_after)
    assert set(scene.balances().values()) == {0}


@on_one_database
@given(case=cases(), upheld=st.booleans())
def test_a_chargeback_that_is_won_back_restores_every_balance_whenever_the_dispute_ends(
    database: db.Database,
    case: Case,
    upheld: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    scene, plain = Scene(database, case), Scene(database, case)
    for one in (scene, plain):
        one.held()
        one.earned()
    plain.ended(upheld=upheld)
    ends_before = min(case.settled_after, 2)
    for step in range(3):
        if step == ends_before:
            scene.ended(upheld=upheld)
        if step == 0:
            scene.refunded([None])
        if step == 1:
            won(scene)
    assert scene.balances() == plain.balances()


def won(scene: Scene) -> None:
    with scene.database.transaction() as session:
        rights.earning.reinstate(
            session,
            scene.revenue,
            key=f"{scene.name}/won",
            of=f"{scene.name}/refund_0",
            happened_at=AT,
            at=AT,
        )


def test_a_share_is_paid_then_held_then_paid_again_until_it_ends(database: db.Database) -> None:
    scene = Scene(database, Case(1_000, 5_000, on_work=False, refunds=(1_000,), settled_after=0))
    share = a_hold(scene.hold, 5_000, film=scene.film)
    earned = []
    with database.transaction() as session:
        for number, step in enumerate(("charge", "hold", "release", "hold", "hand_back")):
            if step in {"charge", "hold"}:
                begin = escrow.charge_share if step == "charge" else escrow.hold
                assert begin(session, share)
                assert not begin(session, share)
            else:
                end = escrow.release if step == "release" else escrow.hand_back
                assert end(session, scene.hold, at=AT)
                assert not end(session, scene.hold, at=AT)
            source = ledger.Account(PROVIDER, scene.name, "EUR")
            revenue = rights.Revenue(
                f"{scene.name}/{number}", "tip", scene.film, MicroMoney(1_000, "EUR"), source, AT
            )
            rights.earning.earn(session, [revenue], PLATFORM, at=AT)
            accounts = [ledger.Account(rights.EARNINGS, owner.party, "EUR") for owner in CLAIMANTS]
            kept = escrow.kept(session, scene.hold).get("EUR", MicroMoney(0, "EUR")).micro
            found = ledger.balances(session, accounts).values()
            earned.append((sum(one.micro for one in found), kept))
        with pytest.raises(HoldEnded):
            escrow.release(session, scene.hold, at=AT)
        with pytest.raises(HoldEnded):
            escrow.hold(session, share)
        with pytest.raises(HoldDiffers):
            escrow.hold(session, a_hold(scene.hold, 5_000, film=f"{scene.name}/2"))
        with pytest.raises(HoldUnknown):
            escrow.release(session, "nothing", at=AT)
        assert ledger.prove(session).faults == ()
    # Half of what 1,000 leave after a tenth for the platform, each time.
    assert earned == [(450, 0), (450, 450), (1_350, 0), (1_350, 450), (1_350, 0)]
