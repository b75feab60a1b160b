"""Rights say who owns what is on screen, under which terms, and who gets which share.

work ▶ licence (versions that never change) ▶ film bound to them ▶ revenue ▶ split ▶ ledger ▶
payout. The registry's verbs are here; those of money are in rooms behind this door: ``earning``
(what comes in is divided, booked and taken back), ``escrow`` (what is disputed waits),
``paying`` (charges, what the payment provider tells), ``payouts`` and ``subscribing``.

Invariants: the owners of a work own all of it; a film stays under the licences it was made under;
the shares of a revenue sum to it, whatever the order of its parties; a cap is never exceeded; what
is refunded is taken back from everybody who got it, and parts that add up to the whole are the
whole; an occasion is booked once; what left for the payment provider is done there once.
"""

from . import earning, escrow, paying, payouts, subscribing
from .actions import (
    Shown,
    contest_work,
    decide_conflict,
    films_known,
    licence_of,
    offer_licence,
    record_rate,
    register_film,
    register_work,
    works_named,
)
from .licences import Licence, Owner, Terms, Wish, judge
from .model import EARNINGS, PLATFORM, Alias, Charge, ClaimedShare, Payments, Revenue, Work
from .presets import PRESETS
from .splits import PlatformTerms, Rate, RemixTerms
from .treasury import Treasury
from .workflows import QUEUES, install

__all__ = [
    "EARNINGS",
    "PLATFORM",
    "PRESETS",
    "QUEUES",
    "Alias",
    "Charge",
    "ClaimedShare",
    "Licence",
    "Owner",
    "Payments",
    "PlatformTerms",
    "Rate",
    "RemixTerms",
    "Revenue",
    "Shown",
    "Terms",
    "Treasury",
    "Wish",
    "Work",
    "contest_work",
    "decide_conflict",
    "earning",
    "escrow",
    "films_known",
    "install",
    "judge",
    "licence_of",
    "offer_licence",
    "paying",
    "payouts",
    "record_rate",
    "register_film",
    "register_work",
    "subscribing",
    "works_named",
]
