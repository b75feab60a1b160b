"""A process that dies when the provider has answered and nothing is booked: URL ADDRESS STEP."""

import os
import signal
import sys

from matinee import rights
from matinee.kit import db
from matinee.kit.clock import SystemClock
from matinee.kit.money import Money
from matinee.rights.adapters.stripe_payments import StripePayments

URL, ADDRESS, STEP = sys.argv[1:]


class Dying(StripePayments):
    """Dies with the answer in its hand."""

    def charge(self, *, key: str, amount: Money, method: str, group: str) -> str:
        super().charge(key=key, amount=amount, method=method, group=group)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    def transfer(self, *, key: str, amount: Money, destination: str, group: str) -> str:
        super().transfer(key=key, amount=amount, destination=destination, group=group)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


payments = Dying("sk_test_x", secret="whsec_x", account="acct_platform", address=ADDRESS)  # noqa: S106 - none
database = db.Database(URL)
if STEP == "charge":
    rights.paying.carry_out_charges(
        database, payments, rights.PlatformTerms(rights.PLATFORM), SystemClock()
    )
else:
    rights.paying.carry_out_payouts(database, payments, SystemClock())
