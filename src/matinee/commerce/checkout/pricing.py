"""What a basket costs: discounts, shipping and tax, in whole minor units that sum to the total.

Every amount that is divided among lines is divided by the largest remainder, lines in the order of
their variants, so that a bill does not depend on the order in which things were put in. Tax is
reckoned on the sum of what has the same rate and then divided, so that many small lines cost no
more than one large one. Shipping is taxed as the goods it carries, by their value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal, TypeAlias

from matinee.commerce.model import Discount, Rate, TaxRule
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney, Money

Rejection: TypeAlias = Literal[
    "unknown", "early", "expired", "used_up", "minimum_not_met", "nothing_fits"
]


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one variant, at the price at which it was put in."""

    id: str
    variant_id: str
    product_id: str
    title: str
    quantity: int
    unit: Money
    tax_class: str = "standard"
    sku: str = ""


@dataclass(frozen=True, slots=True)
class BillLine:
    """What one line costs, in minor units.

    ``discount`` is its part of all discounts, ``shipping`` its part of the shipping; the taxes are
    inside these amounts when ``included`` and on top of them otherwise.
    """

    line_id: str
    base: int
    discount: int
    shipping: int
    goods_tax: int
    shipping_tax: int
    tax_bps: int
    included: bool

    @property
    def goods(self) -> int:
        """What the goods of the line cost, with tax."""
        return self.base - self.discount + (0 if self.included else self.goods_tax)

    @property
    def carriage(self) -> int:
        """What the shipping of the line costs, with tax."""
        return self.shipping + (0 if self.included else self.shipping_tax)

    @property
    def goods_net(self) -> int:
        """What the goods cost without tax."""
        return self.goods - self.goods_tax


@dataclass(frozen=True, slots=True)
class Applied:
    """A discount that counts: what it takes off in all, and off which lines."""

    discount_id: str
    code: str
    minor: int
    parts: tuple[tuple[str, int], ...]
    free_shipping: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A code that does not count, and why."""

    code: str
    reason: Rejection


@dataclass(frozen=True, slots=True)
class Bill:
    """What a basket costs; ``shipping`` is before ``shipping_discount`` and None without a rate."""

    currency: str
    lines: tuple[BillLine, ...]
    applied: tuple[Applied, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    shipping: int | None = None
    shipping_discount: int = 0

    @property
    def base(self) -> int:
        """The goods at their list of prices."""
        return sum(line.base for line in self.lines)

    @property
    def discount(self) -> int:
        """What is taken off the goods."""
        return sum(line.discount for line in self.lines)

    @property
    def carriage(self) -> int:
        """What shipping costs after its discount, as it is shown."""
        return (self.shipping or 0) - self.shipping_discount

    @property
    def tax_on_top(self) -> int:
        """Tax that is added to the prices shown."""
        return sum(one.goods_tax + one.shipping_tax for one in self.lines if not one.included)

    @property
    def tax_inside(self) -> int:
        """Tax that the prices shown hold already."""
        return sum(one.goods_tax + one.shipping_tax for one in self.lines if one.included)

    @property
    def total(self) -> Money:
        """What is paid."""
        minor = self.base - self.discount + self.carriage + self.tax_on_top
        return Money(minor, self.currency)


@dataclass(frozen=True, slots=True)
class Basket:
    """What a bill is made of: lines, the rate chosen, where it goes, and codes that were given."""

    currency: str
    lines: tuple[Line, ...]
    rate: Rate | None = None
    country: str | None = None
    region: str | None = None
    codes: tuple[str, ...] = ()


def bill_of(
    basket: Basket,
    *,
    discounts: Iterable[Discount],
    tax_rules: Iterable[TaxRule],
    at: datetime,
) -> Bill:
    """The bill of a basket, whose prices are all in its currency."""
    lines = sorted(basket.lines, key=lambda line: (line.variant_id, line.id))
    assert all(line.unit.currency == basket.currency for line in lines), "one bill, one currency"
    assert all(line.quantity > 0 and line.unit.minor >= 0 for line in lines), "lines hold something"
    bare = [_bare(one) for one in lines]
    applied, rejected = [], []
    found = {one.code.casefold(): one for one in discounts}
    valid: list[Discount] = []
    for code in dict.fromkeys(code.casefold() for code in basket.codes):
        discount = found.get(code)
        reason = _rejection(discount, lines, basket.currency, at)
        if reason is not None or discount is None:
            rejected.append(Rejected(discount.code if discount else code, reason or "unknown"))
        else:
            valid.append(discount)
    # Parts of a hundred come before amounts, each of what the one before it left.
    for discount in sorted(valid, key=lambda one: (one.kind != "percent", one.code)):
        bare, taken = _discounted(bare, lines, discount)
        applied.append(taken)
    shipping, shipping_discount = _shipping(basket.rate, bare, applied)
    shared = _shared(shipping - shipping_discount, [one.base - one.discount for one in bare])
    bare = [replace(one, shipping=part) for one, part in zip(bare, shared, strict=True)]
    taxed = _taxed(bare, lines, basket, list(tax_rules))
    return Bill(
        currency=basket.currency,
        lines=tuple(taxed),
        applied=tuple(applied),
        rejected=tuple(sorted(rejected, key=lambda one: one.code)),
        shipping=None if basket.rate is None else shipping,
        shipping_discount=shipping_discount,
    )


def price_of(rate: Rate, goods: int) -> int:
    """What a rate costs for goods of so many minor units after their discounts."""
    if rate.free_from is not None and goods >= rate.free_from.minor:
        return 0
    return rate.price.minor


def _shared(minor: int, weights: Sequence[int]) -> list[int]:
    """Divide whole minor units by weights with the rule of ``kit.money``; no weight counts as one.

    No part exceeds its weight when the whole does not exceed their sum.
    """
    if not weights:
        return []
    weighed = weights if sum(weights) else [1] * len(weights)
    return [part.micro for part in MicroMoney(minor, "XXX").split(weighed)]


def _bare(line: Line) -> BillLine:
    return BillLine(line.id, line.unit.minor * line.quantity, 0, 0, 0, 0, 0, included=False)


def _rejection(
    discount: Discount | None, lines: Sequence[Line], currency: str, at: datetime
) -> Rejection | None:
    if discount is None:
        return "unknown"
    fitting = [one for one in lines if _fits(discount, one)]
    worth = sum(one.unit.minor * one.quantity for one in fitting)
    least = discount.minimum or Money(0, currency)
    foreign = discount.kind == "amount" and discount.currency != currency
    reasons: tuple[tuple[bool, Rejection], ...] = (
        (discount.starts_at is not None and at < discount.starts_at, "early"),
        (discount.ends_at is not None and at >= discount.ends_at, "expired"),
        (discount.uses_left is not None and discount.uses_left <= 0, "used_up"),
        (not fitting or foreign or least.currency != currency, "nothing_fits"),
        (worth < least.minor, "minimum_not_met"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _fits(discount: Discount, line: Line) -> bool:
    return discount.products is None or line.product_id in discount.products


def _discounted(
    bare: list[BillLine], lines: Sequence[Line], discount: Discount
) -> tuple[list[BillLine], Applied]:
    if discount.kind == "free_shipping":
        return bare, Applied(discount.id, discount.code, 0, (), free_shipping=True)
    left = [
        one.base - one.discount if _fits(discount, line) else 0
        for one, line in zip(bare, lines, strict=True)
    ]
    if discount.kind == "percent":
        whole = _rounded(sum(left) * discount.value, BPS_PER_WHOLE)
    else:
        whole = min(sum(left), discount.value)
    parts = _shared(whole, left) if whole else [0] * len(left)
    lessened = [
        replace(one, discount=one.discount + part) for one, part in zip(bare, parts, strict=True)
    ]
    named = tuple((one.line_id, part) for one, part in zip(bare, parts, strict=True) if part)
    return lessened, Applied(discount.id, discount.code, whole, named)


def _shipping(
    rate: Rate | None, bare: Sequence[BillLine], applied: Sequence[Applied]
) -> tuple[int, int]:
    """What shipping costs, and what of that is taken off."""
    if rate is None:
        return 0, 0
    price = price_of(rate, sum(one.base - one.discount for one in bare))
    return price, price if any(one.free_shipping for one in applied) else 0


def _taxed(
    bare: Sequence[BillLine], lines: Sequence[Line], basket: Basket, rules: Sequence[TaxRule]
) -> list[BillLine]:
    ruled = []
    for one, line in zip(bare, lines, strict=True):
        rule = _rule(rules, line.tax_class, basket)
        bps, included = (rule.bps, rule.included) if rule else (0, False)
        ruled.append(replace(one, tax_bps=bps, included=included))
    done: dict[str, BillLine] = {}
    by_rate = sorted(ruled, key=lambda one: (one.tax_bps, one.included))
    for (bps, included), group in groupby(by_rate, key=lambda one: (one.tax_bps, one.included)):
        same = list(group)
        worth = [one.base - one.discount for one in same] + [one.shipping for one in same]
        whole = _rounded(sum(worth) * bps, BPS_PER_WHOLE + (bps if included else 0))
        parts = _shared(whole, worth) if whole else [0] * len(worth)
        goods, carriage = parts[: len(same)], parts[len(same) :]
        for one, tax, shipping_tax in zip(same, goods, carriage, strict=True):
            done[one.line_id] = replace(one, goods_tax=tax, shipping_tax=shipping_tax)
    return [done[one.line_id] for one in ruled]


def _rule(rules: Sequence[TaxRule], tax_class: str, basket: Basket) -> TaxRule | None:
    """The rule of the place: one of its region comes before one of its country."""
    fitting = [
        rule
        for rule in rules
        if rule.country == basket.country
        and rule.tax_class == tax_class
        and rule.region in {None, basket.region}
    ]
    return min(fitting, key=lambda rule: rule.region is None, default=None)


def _rounded(numerator: int, denominator: int) -> int:
    """A quotient of whole numbers of at least 0, half rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)
