"""Laws of dividing what a film earns, and of the terms it is divided by."""

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matinee.film import FrameRate, Manifest
from matinee.film.shot import Appearance
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney
from matinee.ledger.mirroring import mirror
from matinee.rights.errors import TermsContradict, TermsInvalid
from matinee.rights.licences import (
    BASES,
    CONTEXTS,
    USES,
    Licence,
    Owner,
    Terms,
    plain,
    terms_of,
)
from matinee.rights.presence import shown_in
from matinee.rights.splits import (
    PPM,
    FilmRights,
    PlatformTerms,
    RemixTerms,
    Share,
    Split,
    UseOfWork,
    split,
)

CURRENCIES = st.sampled_from(("JPY", "EUR", "KWD"))
bps = st.integers(0, BPS_PER_WHOLE)
amounts = st.integers(0, 10**13)


@st.composite
def owners(draw: st.DrawFn) -> tuple[Owner, ...]:
    count = draw(st.integers(1, 4))
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), min_size=count - 1, max_size=count - 1)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, BPS_PER_WHOLE], strict=True)]
    names = draw(st.permutations([f"owner_{i}" for i in range(6)]))
    return tuple(Owner(name, part) for name, part in zip(names, parts, strict=False))


@st.composite
def terms(draw: st.DrawFn, currency: str) -> Terms:
    share_bps = draw(bps)
    limits = sorted(draw(st.lists(st.integers(1, 10**12), min_size=2, max_size=2)))
    guarantee = MicroMoney(limits[0], currency) if draw(st.booleans()) else None
    cap = MicroMoney(limits[1], currency) if draw(st.booleans()) else None
    flows = share_bps and draw(st.booleans())
    return Terms(
        allowed=True,
        share_bps=share_bps,
        share_of=draw(st.sampled_from(BASES)) if share_bps else "film",
        cap=cap if share_bps or guarantee else None,
        guarantee=guarantee,
        flow_bps=draw(st.integers(1, BPS_PER_WHOLE)) if flows else 0,
        depth_max=draw(st.integers(1, 30)) if flows else 0,
    )


@st.composite
def uses(draw: st.DrawFn, currency: str) -> tuple[UseOfWork, ...]:
    works = draw(st.sets(st.integers(0, 5), max_size=3))
    return tuple(
        UseOfWork(
            Licence(f"licence_{work}", f"work_{work}", 1, draw(terms(currency)), draw(owners())),
            presence_ppm=draw(st.integers(0, PPM)),
            earned=draw(st.none() | st.integers(0, 10**12).map(lambda m: MicroMoney(m, currency))),
        )
        for work in works
    )


@st.composite
def films(draw: st.DrawFn, currency: str) -> FilmRights:
    """A remix tree: a trunk of up to 30 generations with branches."""
    depth = draw(st.integers(0, 30))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - a shape, no secret
    pools = draw(st.lists(uses(currency), min_size=1, max_size=3))
    remix = draw(
        st.lists(st.builds(RemixTerms, bps, bps, st.integers(0, 30)), min_size=1, max_size=3)
    )

    def made(name: str, parents: tuple[FilmRights, ...]) -> FilmRights:
        return FilmRights(
            name,
            f"maker_{chance.randrange(6)}",
            chance.choice(pools),
            chance.choice(remix),
            parents,
        )

    generation: tuple[FilmRights, ...] = ()
    for level in range(depth, -1, -1):
        width = chance.choice((1, 1, 2)) if level else 1
        generation = tuple(made(f"film_{level}_{i}", generation) for i in range(width))
    return generation[0]


platforms = st.builds(
    PlatformTerms,
    st.just("platform"),
    fee_bps=bps,
    licences_bps_max=bps,
    chain_bps_max=bps,
    depth_max=st.integers(0, 30),
)
cases = CURRENCIES.flatmap(
    lambda currency: st.tuples(amounts.map(lambda m: MicroMoney(m, currency)), films(currency))
)


def shuffled(film: FilmRights, chance: random.Random) -> FilmRights:
    """The same film with every party, use and parent named in another order."""

    def mixed(sequence: tuple) -> tuple:  # type: ignore[type-arg] # of whatever it holds
        return tuple(chance.sample(sequence, len(sequence)))

    held = tuple(
        replace(one, licence=replace(one.licence, owners=mixed(one.licence.owners)))
        for one in mixed(film.uses)
    )
    # One branch is enough: the branches of a generation share their own parents.
    parents = tuple(replace(parent, uses=mixed(parent.uses)) for parent in mixed(film.parents))
    return replace(film, uses=held, parents=parents)


@given(cases, platforms)
@settings(max_examples=150, deadline=None)
def test_shares_sum_to_the_amount_and_nobody_owes(
    case: tuple[MicroMoney, FilmRights], platform: PlatformTerms
) -> None:
    amount, film = case
    made = split(amount, film, platform)
    assert sum(share.micro for share in made.shares) == amount.micro
    assert all(share.micro > 0 for share in made.shares)
    assert sum(made.by_party().values()) == amount.micro


@given(cases, platforms, st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_the_order_of_parties_does_not_matter(
    case: tuple[MicroMoney, FilmRights], platform: PlatformTerms, seed: int
) -> None:
    amount, film = case
    other = shuffled(film, random.Random(seed))  # noqa: S311 - an order, no secret
    assert split(amount, other, platform) == split(amount, film, platform)


@given(cases, platforms)
@settings(max_examples=100, deadline=None)
def test_limits_of_the_platform_hold_to_the_micro_unit(
    case: tuple[MicroMoney, FilmRights], platform: PlatformTerms
) -> None:
    amount, film = case
    made = split(amount, film, platform)

    def got(*causes: str) -> int:
        return sum(share.micro for share in made.shares if share.cause in causes)

    net = Fraction(amount.micro * (BPS_PER_WHOLE - platform.fee_bps), BPS_PER_WHOLE)
    lines = len({(share.cause, share.of) for share in made.shares}) + 1
    licensed, chain = got("licence"), got("ancestor", "inherited")
    assert licensed <= net * platform.licences_bps_max / BPS_PER_WHOLE + lines
    assert chain <= (net - licensed + lines) * platform.chain_bps_max / BPS_PER_WHOLE + lines
    assert abs(got("platform") - (amount.micro - net)) < 1


@given(
    st.integers(1, 10**9),
    st.integers(1, BPS_PER_WHOLE),
    st.lists(st.integers(0, 10**10), min_size=1, max_size=12),
    owners(),
    CURRENCIES,
)
@settings(deadline=None)
def test_a_cap_is_met_exactly_and_never_exceeded(
    cap: int, share: int, events: list[int], parties: tuple[Owner, ...], currency: str
) -> None:
    capped = Terms(allowed=True, share_bps=share, cap=MicroMoney(cap, currency))
    licence = Licence("licence_1", "work_1", 1, capped, parties)
    free = PlatformTerms("platform", fee_bps=0, licences_bps_max=BPS_PER_WHOLE)
    earned, asked = 0, Fraction(0)
    # The last event alone is worth more than the cap.
    for micro in [*events, 2 * cap * BPS_PER_WHOLE]:
        use = UseOfWork(licence, earned=MicroMoney(earned, currency))
        made = split(MicroMoney(micro, currency), FilmRights("film_1", "maker", (use,)), free)
        earned += made.by_licence().get("licence_1", 0)
        asked += Fraction(micro * share, BPS_PER_WHOLE)
        assert earned <= cap
        assert abs(earned - min(asked, Fraction(cap))) <= len(events) + 1
    assert earned == cap


@given(st.integers(1, 10**9), st.lists(st.integers(1, 10**9), min_size=1, max_size=9), CURRENCIES)
@settings(deadline=None)
def test_a_guarantee_comes_before_the_maker_until_it_is_met(
    guaranteed: int, events: list[int], currency: str
) -> None:
    sure = Terms(allowed=True, guarantee=MicroMoney(guaranteed, currency))
    licence = Licence("licence_1", "work_1", 1, sure, (Owner("owner", BPS_PER_WHOLE),))
    free = PlatformTerms("platform", fee_bps=0, licences_bps_max=BPS_PER_WHOLE)
    earned = 0
    for micro in events:
        use = UseOfWork(licence, earned=MicroMoney(earned, currency))
        made = split(MicroMoney(micro, currency), FilmRights("film_1", "maker", (use,)), free)
        earned += made.by_licence().get("licence_1", 0)
    assert earned == min(guaranteed, sum(events))


@given(cases, platforms, st.lists(st.integers(1, 10**13), max_size=6))
@settings(max_examples=80, deadline=None)
def test_partial_refunds_that_add_up_are_one_full_refund_for_every_party(
    case: tuple[MicroMoney, FilmRights], platform: PlatformTerms, steps: list[int]
) -> None:
    amount, film = case
    parties = split(amount, film, platform).by_party()
    entries = [-amount.micro, *parties.values()]
    if amount.micro == 0:
        return
    left, before = list(entries), 0
    for step in [*steps, amount.micro]:
        part = min(step, amount.micro - before)
        left = [a + b for a, b in zip(left, mirror(entries, before=before, part=part), strict=True)]
        before += part
    assert left == [0] * len(entries)


def test_fixed_percentages_of_a_long_chain_do_not_eat_the_remix() -> None:
    asks = RemixTerms(share_bps=1_500, flow_bps=BPS_PER_WHOLE, depth_max=30)
    film = FilmRights("film_30", "maker_30", (), asks)
    for generation in range(29, -1, -1):
        film = replace(film, id=f"film_{generation}", maker=f"maker_{generation}", parents=(film,))
    made = split(MicroMoney(10_000, "EUR"), film, PlatformTerms("platform", fee_bps=0))
    assert made.scaled == {"chain"}
    assert made.by_party()["maker_0"] == 5_000
    assert {s.micro for s in made.shares if s.cause == "ancestor"} <= {166, 167}


def test_a_work_is_paid_once_where_it_is_nearest() -> None:
    licence = Licence(
        "licence_1",
        "work_1",
        1,
        Terms(allowed=True, share_bps=2_000, flow_bps=5_000, depth_max=10),
        (Owner("studio", BPS_PER_WHOLE),),
    )
    first = FilmRights("film_1", "ann", (UseOfWork(licence),))
    shows = FilmRights("film_2", "bo", (UseOfWork(licence),), parents=(first,))
    hides = FilmRights("film_3", "cy", (), parents=(first,))

    def of(film: FilmRights) -> Split:
        return split(MicroMoney(10_000, "EUR"), film, PlatformTerms("platform", fee_bps=0))

    assert set(of(shows).shares) == {
        Share("studio", 2_000, "licence", "licence_1"),
        Share("ann", 800, "ancestor", "film_1"),
        Share("bo", 7_200, "maker", "film_2"),
    }
    assert of(hides).by_party() == {"studio": 1_000, "ann": 1_000, "cy": 8_000}


days = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))
places = st.frozensets(st.sampled_from(("DE", "JP", "KR", "US")), max_size=3)
prices = st.none() | st.builds(MicroMoney, st.integers(0, 10**12), CURRENCIES)
anything_said = st.fixed_dictionaries(
    {
        "allowed": st.booleans(),
        "uses": st.frozensets(st.sampled_from(USES)),
        "only_in": places,
        "never_in": places,
        "starts_on": days,
        "ends_on": days,
        "age_min": st.integers(0, 120),
        "never_with": st.frozensets(st.sampled_from(CONTEXTS)),
        "ask_first": st.frozensets(st.sampled_from(USES)),
        "price": prices,
        "share_bps": bps,
        "share_of": st.sampled_from(BASES),
        "cap": prices,
        "guarantee": prices,
        "flow_bps": bps,
        "depth_max": st.integers(0, 30),
        "exclusive_to": st.none() | st.sampled_from(("person_1", "person_2")),
    }
)


@given(anything_said)
@settings(deadline=None)
def test_terms_are_refused_with_a_reason_or_read_back_as_they_are(said: dict) -> None:  # type: ignore[type-arg] # of any values
    try:
        made = Terms(**said)
    except (TermsInvalid, TermsContradict) as error:
        assert error.details  # noqa: PT017 - either outcome is right
    else:
        assert terms_of(plain(made)) == made


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"allowed": False}, "not_allowed_with_uses"),
        ({"allowed": False, "uses": frozenset(), "share_bps": 1}, "not_allowed_with_money"),
        ({"uses": frozenset()}, "allowed_for_nothing"),
        (
            {"uses": frozenset({"drama"}), "ask_first": frozenset({"remix"})},
            "asks_for_what_is_not_allowed",
        ),
        ({"only_in": frozenset({"JP"}), "never_in": frozenset({"JP"})}, "territory_in_and_out"),
        (
            {"starts_on": date(2027, 1, 2), "ends_on": date(2027, 1, 1)},
            "ends_before_it_starts",
        ),
        (
            {"cap": MicroMoney(1, "EUR"), "guarantee": MicroMoney(2, "EUR")},
            "guarantee_above_cap",
        ),
        ({"cap": MicroMoney(1, "EUR"), "guarantee": MicroMoney(1, "USD")}, "currencies_differ"),
        ({"cap": MicroMoney(1, "EUR")}, "cap_of_nothing"),
        ({"flow_bps": 1, "depth_max": 1}, "flow_of_nothing"),
        ({"share_bps": 1, "flow_bps": 1}, "flow_without_depth"),
    ],
)
def test_a_contradiction_is_named(said: dict, name: str) -> None:  # type: ignore[type-arg] # of any values
    with pytest.raises(TermsContradict) as refused:
        Terms(**{"allowed": True, **said})
    assert name in str(refused.value.details["contradictions"]).split(",")


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=8),
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=8),
)
@settings(deadline=None)
def test_presence_counts_each_frame_of_a_work_once(
    fox: list[tuple[int, int]], place: list[tuple[int, int]]
) -> None:
    runs = [("character", "Fox", *run) for run in fox] + [("place", "Den", *run) for run in place]
    manifest = Manifest(
        screenplay="0" * 64,
        engine="stage",
        seed=1,
        rate=FrameRate(24),
        frame_count=130,
        appearances=tuple(Appearance(*run, coverage=0.1) for run in runs),
    )
    frames = {number for first, count in fox for number in range(first, first + count)}
    found = list(shown_in(manifest, {"work_1": [("character", "Fox")]}))
    assert [(work_id, one.frames_ppm) for work_id, one in found] == (
        [("work_1", len(frames) * PPM // 130)] if frames else []
    )
