"""What a return gives back: parts that add up to the order are the order, to the last minor unit.

Of a line of several units the first so many cost what is due of the whole for them, rounded down
once; a refund is what that is more than was given for those that came before. So it does not matter
in how many parts or in which order things come back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .pricing import Bill, Line


@dataclass(frozen=True, slots=True)
class Part:
    """What is given back for a line: its goods, or its shipping, with the tax in it."""

    line_id: str
    kind: str
    minor: int


def parts_back(
    bill: Bill,
    lines: Sequence[Line],
    *,
    before: Mapping[str, int],
    given: Mapping[str, int],
    units: Mapping[str, int],
    shipping: bool,
) -> tuple[Part, ...]:
    """What comes back for ``units`` of each line, and for the shipping of all of them if asked.

    ``before`` is how many of each came back already, and ``given`` how much was given for their
    goods, in minor units.
    """
    bought = {line.id: line.quantity for line in lines}
    parts = []
    for one in bill.lines:
        name = one.line_id
        count = before.get(name, 0) + units.get(name, 0)
        assert 0 <= count <= bought[name], "no more comes back than was bought"
        if units.get(name, 0):
            # What is due for all that came back so far, less what was given for it: a refund that
            # the provider did not make leaves no rounding behind.
            due = one.goods * count // bought[name] - given.get(name, 0)
            parts.append(Part(name, "goods", max(0, due)))
        if shipping:
            parts.append(Part(one.line_id, "shipping", one.carriage))
    return tuple(part for part in parts if part.minor)
