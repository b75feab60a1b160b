"""Which films a sale is owed to, and what part of the commission each earns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from matinee.kit.money import BPS_PER_WHOLE, MicroMoney

Way: TypeAlias = Literal["last_touch", "position"]

TOUCHES_MAX = 50
# The first and the last touch are worth most: one aroused the wish, the other closed the sale
# (the position-based model of web analytics: 40, 20, 40 of a hundred).
_END_WEIGHT, _BETWEEN_WEIGHT = 40, 20


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody saw a film, in a post if there was one, that showed a product.

    ``product_id`` None counts for whatever is bought.
    """

    film_id: str
    at: datetime
    post_id: str | None = None
    product_id: str | None = None


def owed_to(
    touches: Sequence[Touch], *, product_id: str, way: Way, window_days: int, sold_at: datetime
) -> tuple[tuple[str, int], ...]:
    """The films that a sale of a product is owed to, with weights; none if nothing was touched.

    A touch of the product itself comes before those of the shop at large. The same film counts
    once for each touch.
    """
    since = sold_at - timedelta(days=window_days)
    counted = [one for one in touches if since <= one.at <= sold_at]
    own = [one for one in counted if one.product_id == product_id]
    chosen = own or [one for one in counted if one.product_id is None]
    films = [one.film_id for one in sorted(chosen, key=lambda one: (one.at, one.film_id))]
    if not films:
        return ()
    if way == "last_touch" or len(films) == 1:
        return ((films[-1], 1),)
    weights: dict[str, int] = {}
    between = films[1:-1]
    # Whole weights: the ends count so many times the number of those between them.
    many = max(1, len(between))
    end = _END_WEIGHT * many if between else 1
    for film, weight in [
        (films[0], end),
        *((one, _BETWEEN_WEIGHT) for one in between),
        (films[-1], end),
    ]:
        weights[film] = weights.get(film, 0) + weight
    return tuple(sorted(weights.items()))


def commission_of(net_minor: int, currency: str, *, commission_bps: int) -> MicroMoney:
    """The commission of a line: its part of what the line costs without tax."""
    whole = MicroMoney(net_minor * 1_000_000, currency)
    return whole.split((commission_bps, BPS_PER_WHOLE - commission_bps))[0]


def divided(
    commission: MicroMoney, owed: Sequence[tuple[str, int]]
) -> tuple[tuple[str, MicroMoney], ...]:
    """A commission by film; the parts sum to it."""
    if not owed:
        return ()
    parts = commission.split([weight for _, weight in owed])
    return tuple((film, part) for (film, _), part in zip(owed, parts, strict=True) if part.micro)
