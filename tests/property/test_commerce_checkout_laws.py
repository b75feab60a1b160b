"""Laws of bills, refunds and commissions: nothing is lost, nothing depends on an order."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matinee.commerce.checkout.attribution import Touch, commission_of, divided, owed_to
from matinee.commerce.checkout.pricing import Basket, Bill, Line, bill_of
from matinee.commerce.checkout.refunding import parts_back
from matinee.commerce.model import Discount, DiscountKind, Rate, TaxRule
from matinee.kit.money import Money

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KINDS: tuple[DiscountKind, ...] = ("percent", "amount", "free_shipping")
CLASSES = ("standard", "reduced", "books")


@st.composite
def baskets(draw: st.DrawFn) -> tuple[Basket, list[Discount], list[TaxRule]]:
    lines = tuple(
        Line(
            id=f"l{number}",
            variant_id=f"v{number}",
            product_id=f"p{number % 3}",
            title="Shirt",
            quantity=draw(st.integers(1, 9)),
            unit=Money(draw(st.integers(0, 100_000)), "EUR"),
            tax_class=draw(st.sampled_from(CLASSES)),
        )
        for number in range(draw(st.integers(1, 6)))
    )
    rate = draw(
        st.none()
        | st.builds(
            lambda price, free: Rate(
                id="r", title="Post", price=Money(price, "EUR"), free_from=free
            ),
            st.integers(0, 5_000),
            st.none() | st.integers(0, 100_000).map(lambda minor: Money(minor, "EUR")),
        )
    )
    rules = [
        TaxRule(
            shop_id="s",
            country="NO",
            tax_class=name,
            bps=draw(st.integers(0, 3_000)),
            included=draw(st.booleans()),
        )
        for name in CLASSES[: draw(st.integers(0, 3))]
    ]
    discounts = [
        Discount(
            id=f"d{number}",
            shop_id="s",
            code=f"C{number}",
            kind=kind,
            value=draw(st.integers(0, 10_000)),
            currency="EUR" if kind == "amount" else None,
            products=draw(st.none() | st.just(("p0", "p1"))),
        )
        for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=3)))
    ]
    codes = tuple(one.code for one in discounts)
    return Basket("EUR", lines, rate, "NO", None, codes), discounts, rules


def billed(made: tuple[Basket, list[Discount], list[TaxRule]]) -> Bill:
    basket, discounts, rules = made
    return bill_of(basket, discounts=discounts, tax_rules=rules, at=NOW)


@given(baskets())
def test_what_the_lines_cost_sums_to_the_total(
    made: tuple[Basket, list[Discount], list[TaxRule]],
) -> None:
    bill = billed(made)
    assert sum(one.goods + one.carriage for one in bill.lines) == bill.total.minor
    assert sum(one.shipping for one in bill.lines) == bill.carriage
    assert sum(one.minor for one in bill.applied) == bill.discount
    assert all(sum(part for _, part in one.parts) == one.minor for one in bill.applied)
    assert all(0 <= one.discount <= one.base for one in bill.lines)
    assert all(one.goods_net >= 0 and one.goods_tax >= 0 for one in bill.lines)


@given(baskets(), st.randoms(use_true_random=False))
def test_a_bill_does_not_depend_on_the_order_of_its_lines_or_codes(
    made: tuple[Basket, list[Discount], list[TaxRule]], shuffler: Random
) -> None:
    basket, discounts, rules = made
    lines, codes = list(basket.lines), list(basket.codes)
    shuffler.shuffle(lines)
    shuffler.shuffle(codes)
    other = Basket("EUR", tuple(lines), basket.rate, "NO", None, tuple(codes))
    assert billed((other, discounts, rules)) == billed(made)


@given(baskets(), st.data())
def test_partial_refunds_that_return_all_are_the_whole(
    made: tuple[Basket, list[Discount], list[TaxRule]], data: st.DataObject
) -> None:
    basket, bill = made[0], billed(made)
    left = {one.id: one.quantity for one in basket.lines}
    before, given = dict.fromkeys(left, 0), dict.fromkeys(left, 0)
    paid_back, shipped = 0, False
    while any(left.values()) or not shipped:
        units = {name: data.draw(st.integers(0, count)) for name, count in left.items()}
        shipping = not shipped and data.draw(st.booleans())
        if not any(units.values()) and not shipping:
            units, shipping = dict(left), not shipped
        parts = parts_back(
            bill, basket.lines, before=before, given=given, units=units, shipping=shipping
        )
        if data.draw(st.booleans()):
            continue  # the provider did not make this one
        for part in parts:
            given[part.line_id] += part.minor if part.kind == "goods" else 0
        assert all(part.minor > 0 for part in parts)
        paid_back += sum(part.minor for part in parts)
        assert paid_back <= bill.total.minor
        shipped = shipped or shipping
        for name, count in units.items():
            left[name] -= count
            before[name] += count
    assert paid_back == bill.total.minor


@given(
    st.integers(0, 10**9),
    st.integers(0, 9_000),
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 40)), max_size=8),
    st.sampled_from(("last_touch", "position")),
)
def test_a_commission_is_divided_whole_among_the_films_within_the_window(
    net: int, bps: int, seen: list[tuple[str, int]], way: str
) -> None:
    touches = [Touch(film, NOW - timedelta(days=days), None, None) for film, days in seen]
    owed = owed_to(touches, product_id="p", way=way, window_days=30, sold_at=NOW)  # type: ignore[arg-type]
    assert {film for film, _ in owed} <= {film for film, days in seen if days <= 30}
    commission = commission_of(net, "EUR", commission_bps=bps)
    assert 0 <= commission.micro <= net * 1_000_000
    parts = divided(commission, owed)
    assert sum(part.micro for _, part in parts) == (commission.micro if owed else 0)


def test_the_last_touch_takes_all_and_the_ends_of_a_position_most() -> None:
    touches = [
        Touch(film, NOW - timedelta(days=day))
        for film, day in zip("abcd", (9, 5, 3, 1), strict=True)
    ]
    for order in permutations(touches):
        last = owed_to(order, product_id="p", way="last_touch", window_days=30, sold_at=NOW)
        assert last == (("d", 1),)
        spread = dict(owed_to(order, product_id="p", way="position", window_days=30, sold_at=NOW))
        whole = sum(spread.values())
        assert {film: weight * 100 // whole for film, weight in spread.items()} == {
            "a": 40,
            "b": 10,
            "c": 10,
            "d": 40,
        }


def test_a_touch_of_the_product_itself_counts_before_one_of_the_shop() -> None:
    own = Touch("own", NOW - timedelta(days=9), product_id="p")
    other = Touch("other", NOW - timedelta(days=1), product_id="q")
    general = Touch("general", NOW - timedelta(days=2))
    asked = {"way": "last_touch", "window_days": 30, "sold_at": NOW}
    assert owed_to([own, other, general], product_id="p", **asked) == (("own", 1),)  # type: ignore[arg-type]
    assert owed_to([other, general], product_id="p", **asked) == (("general", 1),)  # type: ignore[arg-type]


def test_shipping_is_free_from_its_threshold_after_discounts_and_taxed_as_the_goods() -> None:
    shirt = Line("a", "a", "p", "Shirt", 2, Money(2_000, "EUR"))
    book = Line("b", "b", "q", "Book", 1, Money(1_000, "EUR"), "books")
    rules = [
        TaxRule(shop_id="s", country="DE", bps=1_900, included=False),
        TaxRule(shop_id="s", country="DE", tax_class="books", bps=700, included=False),
    ]
    tenth = Discount(id="d", shop_id="s", code="TENTH", kind="percent", value=1_000)
    rate = Rate(id="r", title="Post", price=Money(500, "EUR"), free_from=Money(5_000, "EUR"))

    def bill(*codes: str) -> Bill:
        basket = Basket("EUR", (shirt, book), rate, "DE", None, codes)
        return bill_of(basket, discounts=[tenth], tax_rules=rules, at=NOW)

    assert bill().carriage == 0
    assert bill("tenth").carriage == 500
    assert [one.shipping for one in bill("tenth").lines] == [400, 100]
    # (3,600 + 400) x 19 % and (900 + 100) x 7 %, on top of 4,500 of goods and 500 of shipping.
    assert bill("tenth").total == Money(4_500 + 500 + 760 + 70, "EUR")
    assert [one.reason for one in bill("nobody", "TENTH").rejected] == ["unknown"]
