"""Sentences are read as what is sought and what it must be, in several languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matinee.commerce import reading, wishing
from matinee.commerce.wishing import Constraints

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
SAID = (
    *[
        "under",
        "40",
        "€",
        "euro",
        "to",
        "Norway",
        "by",
        "friday",
        "not",
        "no",
        "ohne",
        "size",
        "m",
        ",",
        "-",
        "24.12.",
        "1.299,50",
        "|",
    ],
    *("红色", "300元以下", "寄到", "法国"),
)


def read(said: str, **more: object) -> Constraints:
    return wishing.read(said, today=MONDAY, **more).constraints  # type: ignore[arg-type]


def traits(stated: Constraints) -> set[str]:
    return {one.key for one in stated.traits | stated.kinds}


def test_a_whole_wish_is_read_in_one_sentence() -> None:
    wish = wishing.read("a linen shirt under 40 euro that ships to Norway by Friday", today=MONDAY)
    assert wish.text == "linen shirt"
    assert wish.words == ("linen", "shirt")
    stated = wish.constraints
    assert (stated.price_min, stated.price_max, stated.currency) == (None, 4000, "EUR")
    assert (stated.country, stated.by) == ("NO", FRIDAY)
    assert traits(stated) == {"material:linen", "kind:shirt"}


@pytest.mark.parametrize(
    ("said", "low", "high", "currency"),
    [
        ("rotes Kleid unter 50 €", None, 5000, "EUR"),
        ("红色连衣裙 300元以下", None, 30000, "CNY"),
        ("sofa between 100 and 1,500 dollars", 10000, 150000, "USD"),
        ("Kaffeemaschine ab 1.299,50 Euro", 129950, None, "EUR"),
        ("robe moins de 80€", None, 8000, "EUR"),
        ("vestido por menos de 50 euros", None, 5000, "EUR"),
        ("boots £120 or less", None, 12000, "GBP"),
        ("teapot around ¥3000", 2400, 3600, "JPY"),
        ("genser under 800 kr til Norge", None, 80000, "NOK"),
        ("tröja under 800 kr till Sverige", None, 80000, "SEK"),
        ("lamp 100-150 EUR", 10000, 15000, "EUR"),
        ("shirt under 40", None, 4000, None),
        ("desk under 140 cm", None, None, None),
        ("shirt", None, None, None),
    ],
)
def test_prices_are_read(
    said: str, low: int | None, high: int | None, currency: str | None
) -> None:
    stated = read(said)
    assert (stated.price_min, stated.price_max, stated.currency) == (low, high, currency)


@pytest.mark.parametrize(
    ("said", "country", "by"),
    [
        ("hat shipped to the United Kingdom before Christmas", "GB", date(2026, 12, 23)),
        ("Hut, Versand nach Österreich bis Freitag", "AT", FRIDAY),
        ("chapeau livré en Belgique avant vendredi", "BE", date(2026, 11, 26)),
        ("周五前送到法国的咖啡杯", "FR", FRIDAY),
        ("tent to Sweden within 3 days", "SE", date(2026, 11, 26)),
        ("mug by December 24", None, date(2026, 12, 24)),
        ("mug bis 24.12.", None, date(2026, 12, 24)),
        ("mug by tomorrow", None, date(2026, 11, 24)),
        ("mug by Monday", None, date(2026, 11, 30)),
        ("wool from Norway", None, None),
    ],
)
def test_places_and_days_are_read(said: str, country: str | None, by: date | None) -> None:
    stated = read(said)
    assert (stated.country, stated.by) == (country, by)


@pytest.mark.parametrize(
    ("said", "wanted", "refused"),
    [
        ("leather jacket not black", {"material:leather", "kind:jacket"}, {"colour:black"}),
        ("不要皮革的背包", {"kind:backpack"}, {"material:leather"}),
        ("Kanne nicht aus Plastik", set(), {"material:plastic"}),
        ("women's jeans, size M", {"audience:women", "kind:jeans", "size:m"}, set()),
        ("Lederstiefel Größe 42", {"material:leather", "kind:boots", "size:42"}, set()),
        ("dress in XL", {"kind:dress", "size:xl"}, set()),
        ("Baumwollhosen", {"material:cotton", "kind:trousers"}, set()),
        ("robe rouge en soie", {"kind:dress", "colour:red", "material:silk"}, set()),
    ],
)
def test_traits_are_read(said: str, wanted: set[str], refused: set[str]) -> None:
    stated = read(said)
    assert traits(stated) == wanted
    assert {one.key for one in stated.without} == refused


def test_only_words_that_the_catalogue_lacks_are_taken_for_slips() -> None:
    nothing = wishing.read("lether jaket", today=MONDAY, known=lambda _: frozenset())
    assert traits(nothing.constraints) == {"material:leather", "kind:jacket"}
    assert nothing.words == ("leather", "jacket")
    brand = wishing.read("jaket", today=MONDAY, known=lambda _: frozenset({"jaket"}))
    assert traits(brand.constraints) == set()


def test_a_refused_word_that_is_no_trait_is_kept_as_a_word() -> None:
    assert read("chocolate without sugar").without_words == {"sugar"}
    assert read("earrings nickel-free").without_words == {"nickel"}


@given(st.text(max_size=120) | st.lists(st.sampled_from(SAID), max_size=14).map(" ".join))
def test_whatever_is_said_is_read(said: str) -> None:
    wish = wishing.read(said, today=MONDAY, known=lambda _: frozenset())
    low, high = wish.constraints.price_min, wish.constraints.price_max
    assert low is None or low >= 0
    assert high is None or high >= 0
    assert "|" not in "".join(wish.words)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_slips_are_a_distance(one: str, other: str) -> None:
    assert reading.slips(one, other) == reading.slips(other, one)
    assert (reading.slips(one, other) == 0) == (one == other)
    assert reading.slips(one, other) <= max(len(one), len(other))
