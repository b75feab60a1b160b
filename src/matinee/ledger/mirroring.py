"""How much of each entry a partial reversal takes back.

What has been taken back of a journal depends only on how much has been taken back in all, never on
the steps: each step is the difference of two states. The states must therefore grow with the amount
for everybody, which rounding by largest remainders does not do (the Alabama paradox: a larger house
can cost a state a seat). A divisor method does: Webster's (Sainte-Lague), see Balinski and Young,
Fair Representation, 1982, propositions 3.6 and 4.3. When all is taken back each entry is taken back
exactly, so that any number of partial reversals equals one full one, for every party.
"""

import heapq
from collections.abc import Sequence
from fractions import Fraction


def portion(weights: Sequence[int], size: int) -> tuple[int, ...]:
    """``size`` units given out in proportion to ``weights``, monotone in ``size``.

    ``weights`` are positive, ``size`` is at least 0 and at most their sum. The parts sum to
    ``size``, no part exceeds its weight, and a larger ``size`` makes no part smaller.
    """
    total = sum(weights)
    assert 0 <= size <= total, f"{size} of {total} cannot be given out"
    assert all(weight > 0 for weight in weights), "weights are positive"
    # The k-th unit of a party has the priority weight / (k - 1/2); the first ``size`` units in
    # that order are given. At the divisor total / size nearly as many are; the rest is few steps.
    parts = [(2 * weight * size + total) // (2 * total) for weight in weights]
    missing = size - sum(parts)
    if missing > 0:
        waiting = [(_rank(weight, parts[i] + 1), i) for i, weight in enumerate(weights)]
        heapq.heapify(waiting)
        for _ in range(missing):
            _, i = waiting[0]
            parts[i] += 1
            heapq.heapreplace(waiting, (_rank(weights[i], parts[i] + 1), i))
    elif missing < 0:
        given = [(-_rank(weight, parts[i]), -i) for i, weight in enumerate(weights) if parts[i]]
        heapq.heapify(given)
        for _ in range(-missing):
            i = -given[0][1]
            parts[i] -= 1
            # A party without a unit has none to give back: it ranks before everybody.
            rank = -_rank(weights[i], parts[i]) if parts[i] else Fraction(1)
            heapq.heapreplace(given, (rank, -i))
    return tuple(parts)


def mirror(amounts: Sequence[int], *, before: int, part: int) -> tuple[int, ...]:
    """What each of ``amounts`` gives back when ``part`` follows ``before``.

    ``amounts`` sum to zero; ``before`` and ``part`` are counted on the positive side. The result
    sums to zero and has the opposite signs.
    """
    back = [0] * len(amounts)
    for sign in (1, -1):
        places = [i for i, amount in enumerate(amounts) if sign * amount > 0]
        weights = [abs(amounts[i]) for i in places]
        ahead, after = portion(weights, before), portion(weights, before + part)
        for i, old, new in zip(places, ahead, after, strict=True):
            back[i] = -sign * (new - old)
    return tuple(back)


def _rank(weight: int, unit: int) -> Fraction:
    """The inverse of a unit's priority: the smaller, the sooner."""
    return Fraction(2 * unit - 1, 2 * weight)
