"""What a return gives back: parts that add up to the order are the order, to the last minor unit.

Of a line of several units the first so many cost what is due of the whole for them, rounded down
once; a refund is the difference between two such amounts. So it does not matter in how many parts
or in which order things come back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .pricing import Bill, BillLine, Line


@dataclass(frozen=True, slots=True)
class Part:
    """What is given back for a line: its goods, or its shipping, with the tax in it."""

    line_id: str
    kind: str
    minor: int


def goods_back(line: BillLine, *, quantity: int, before: int, units: int) -> int:
    """What ``units`` of a line of ``quantity`` are worth after ``before`` of them came back."""
    assert 0 <= before <= before + units <= quantity, "no more comes back than was bought"
    return line.goods * (before + units) // quantity - line.goods * before // quantity


def parts_back(
    bill: Bill,
    lines: Sequence[Line],
    *,
    before: Mapping[str, int],
    units: Mapping[str, int],
    shipping: bool,
) -> tuple[Part, ...]:
    """What comes back for ``units`` of each line, and for the shipping of all of them if asked."""
    bought = {line.id: line.quantity for line in lines}
    parts = []
    for one in bill.lines:
        minor = goods_back(
            one,
            quantity=bought[one.line_id],
            before=before.get(one.line_id, 0),
            units=units.get(one.line_id, 0),
        )
        parts.append(Part(one.line_id, "goods", minor))
        if shipping:
            parts.append(Part(one.line_id, "shipping", one.carriage))
    return tuple(part for part in parts if part.minor)
