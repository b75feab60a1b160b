"""Laws of licences: what is exported is read back, what differs reads differently."""

import json
from dataclasses import fields, replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matinee.kit.money import MicroMoney
from matinee.rights import odrl, rsl, wording
from matinee.rights.errors import PolicyUnreadable, TermsContradict
from matinee.rights.licences import (
    BASES,
    CONTEXTS,
    USES,
    Licence,
    Owner,
    Terms,
    Wish,
    judge,
    plain,
    terms_of,
)
from matinee.rights.presets import PRESETS

uses = st.frozensets(st.sampled_from(USES))
places = st.frozensets(st.sampled_from(("DE", "JP", "KR", "US")), max_size=3)
some_day = st.dates(date(2020, 1, 1), date(2040, 1, 1))
amounts = st.none() | st.builds(
    MicroMoney, st.integers(1, 10**12), st.sampled_from(("JPY", "EUR", "KWD"))
)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Any terms that do not contradict themselves."""
    if draw(st.integers(0, 9)) == 0:
        return PRESETS["not_allowed"]
    may = draw(st.frozensets(st.sampled_from(USES), min_size=1))
    only_in = draw(places)
    first, last = sorted(draw(st.lists(some_day, min_size=2, max_size=2)))
    share_bps = draw(st.integers(0, 10_000))
    flows = share_bps > 0 and "remix" in may and draw(st.booleans())
    currency = draw(st.sampled_from(("JPY", "EUR", "KWD")))
    least, most = sorted(draw(st.lists(st.integers(1, 10**12), min_size=2, max_size=2)))
    guarantee = MicroMoney(least, currency) if draw(st.booleans()) else None
    capped = (share_bps > 0 or guarantee is not None) and draw(st.booleans())
    return Terms(
        allowed=True,
        uses=may,
        only_in=only_in,
        never_in=draw(places) - only_in,
        starts_on=first if draw(st.booleans()) else None,
        ends_on=last if draw(st.booleans()) else None,
        age_min=draw(st.integers(0, 120)),
        never_with=draw(st.frozensets(st.sampled_from(CONTEXTS))),
        exclusive_to=draw(st.none() | st.sampled_from(("person_1", "person_2"))),
        ask_first=draw(uses) & may,
        price=draw(amounts),
        share_bps=share_bps,
        share_of=draw(st.sampled_from(BASES)) if share_bps else "film",
        cap=MicroMoney(most, currency) if capped else None,
        guarantee=guarantee,
        flow_bps=draw(st.integers(1, 10_000)) if flows else 0,
        depth_max=draw(st.integers(1, 30)) if flows else 0,
    )


def a_licence(given_terms: Terms) -> Licence:
    owners = (Owner("studio_1", 7_500), Owner("person_9", 2_500))
    return Licence("licence_1", "work_1", 3, given_terms, owners)


@given(terms())
@settings(deadline=None)
def test_a_licence_is_read_back_from_odrl_as_it_was(made: Terms) -> None:
    licence = a_licence(made)
    again = odrl.read(json.loads(json.dumps(odrl.policy(licence))))
    assert again.terms == made
    assert again.digest == licence.digest


@given(terms(), terms())
@settings(deadline=None)
def test_terms_that_differ_read_differently_in_both_languages(one: Terms, other: Terms) -> None:
    for field in fields(Terms):
        try:
            mixed = replace(one, **{field.name: getattr(other, field.name)})
        except TermsContradict:
            continue
        for tongue in wording.TONGUES:
            same = wording.sentences(one, tongue) == wording.sentences(mixed, tongue)
            assert same == (one == mixed), field.name


@given(terms())
@settings(deadline=None)
def test_rsl_never_allows_what_the_terms_do_not(made: Terms) -> None:
    root = ET.fromstring(rsl.document([("/w/1", a_licence(made), "/w/1/terms")]))  # noqa: S314 - ours
    said = {
        (one.tag.rpartition("}")[2], one.get("type")): (one.text or "").split(",")
        for one in root.iter()
        if one.get("type")
    }
    users = said.get(("permits", "user"), [])
    asked_nothing = made.uses - made.ask_first if made.exclusive_to is None else frozenset()
    assert ("personal" in users) == ("personal" in asked_nothing)
    assert ("commercial" in users) == ({"advertising", "commerce", "drama"} <= asked_nothing)
    assert set(said.get(("permits", "geo"), [])) <= made.only_in
    free = made.allowed and not (made.share_bps or made.price or made.guarantee or made.ask_first)
    assert (("payment", "free") in said) == free
    assert made.allowed or said == {("prohibits", "usage"): ["all"]}


@given(terms())
@settings(deadline=None)
def test_plain_values_hold_everything(made: Terms) -> None:
    assert terms_of(json.loads(json.dumps(plain(made)))) == made


@pytest.mark.parametrize(
    "change",
    [
        {"profile": "https://example.org/other"},
        {"permission": "all"},
        {"mat:extra": True},
        {"target": "work_1"},
        {"assigner": [{"uid": "urn:matinee:party:a", "mat:bps": "10000"}]},
    ],
)
def test_a_policy_that_says_more_or_less_is_refused(change: dict[str, object]) -> None:
    policy = odrl.policy(a_licence(PRESETS["shared"]))
    with pytest.raises(PolicyUnreadable):
        odrl.read({**policy, **change})


def test_every_reason_against_a_wish_is_told() -> None:
    made = Terms(
        allowed=True,
        uses=frozenset({"personal", "advertising"}),
        only_in=frozenset({"JP"}),
        ends_on=date(2026, 12, 31),
        age_min=18,
        never_with=frozenset({"politics"}),
        ask_first=frozenset({"advertising"}),
    )
    bad = Wish(
        "remix",
        by="person_1",
        on=date(2027, 1, 1),
        territory="DE",
        age=17,
        contexts=frozenset({"politics"}),
    )
    assert judge(made, bad).reasons == ("uses", "ends_on", "only_in", "age_min", "never_with")
    good = Wish("personal", by="person_1", on=date(2026, 12, 31), territory="JP", age=18)
    assert judge(made, good).verdict == "allow"
    asks = Wish("advertising", by="person_1", on=date(2026, 12, 31), territory="JP", age=18)
    assert judge(made, asks).verdict == "ask"
    unknown = Wish("personal", by="person_1", on=date(2026, 12, 31))
    assert judge(made, unknown).reasons == ("only_in", "age_min")


def test_a_preset_reads_as_a_person_would_say_it() -> None:
    assert wording.sentences(PRESETS["shared"], "en") == [
        (
            "You may use it for films of one's own, remixes, advertising, selling things and "
            "drama series."
        ),
        "The owner must agree first to advertising.",
        "It may not appear with politics and sexual content.",
        "The owner gets 20 % of what the film earns.",
        (
            "When a remix no longer shows the work, 50 % of that share stay for each generation, "
            "for 10 generations at most."
        ),
    ]
    assert wording.sentences(PRESETS["not_allowed"], "zh") == ["本作品不得使用。"]
