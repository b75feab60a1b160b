"""A process that dies when the provider has answered and nothing is booked: URL ADDRESS PAYMENT."""

import os
import signal
import sys

from matinee import rights
from matinee.commerce.adapters.stripe_till import StripeTill
from matinee.commerce.checkout import settling
from matinee.commerce.checkout.actions import Room
from matinee.commerce.checkout.model import Outcome, Tender
from matinee.kit import db
from matinee.kit.clock import SystemClock
from matinee.kit.ids import SystemIds
from matinee.kit.money import Money

URL, ADDRESS, WHAT, NAME = sys.argv[1:]


class Dying(StripeTill):
    """Dies with the answer in its hand."""

    def charge(self, *, key: str, amount: Money, tender: Tender) -> Outcome:
        super().charge(key=key, amount=amount, tender=tender)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    def refund(self, *, key: str, payment: str, amount: Money) -> str | None:
        super().refund(key=key, payment=payment, amount=amount)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


clock = SystemClock()
room = Room(
    clock=clock,
    ids=SystemIds(clock),
    till=Dying("sk_test_x", secret="whsec_x", account="acct_platform", address=ADDRESS),  # noqa: S106 - none
    terms=rights.PlatformTerms(rights.PLATFORM),
)
act = settling.settle if WHAT == "charge" else settling.settle_refund
act(db.Database(URL), NAME, room)
