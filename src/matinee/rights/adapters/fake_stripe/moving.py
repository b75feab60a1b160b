"""Money on to connected accounts at the provider of our own, and back."""

from .rules import Form, Made, Refused, amount_of, needed
from .shelf import Counter


def connect(counter: Counter, form: Form) -> Made:
    """Open a connected account.

    One whose owner is to be asked by Stripe (``controller``) takes nothing before they answered.
    """
    asked = any(name.startswith("controller") for name in form)
    return counter.keep(
        "acct",
        {
            "object": "account",
            "country": form.get("country", "US"),
            "email": form.get("email"),
            "capabilities": {"transfers": "inactive" if asked else "active"},
            "charges_enabled": False,
            "details_submitted": False,
            "payouts_enabled": False,
            "received": {},
        },
    )


def link(counter: Counter, form: Form) -> Made:
    """Give the address where the owner of a connected account answers what they are asked."""
    account = counter.found("acct", needed(form, "account"))
    needed(form, "type")
    return {
        "object": "account_link",
        "created": counter.now,
        "expires_at": counter.now + 300,
        "url": f"/test/onboarding/{account['id']}",
    }


def onboard(counter: Counter, account_id: str) -> Made:
    """Do what an owner does on that page: everything is answered."""
    account = counter.found("acct", account_id)
    account.update(
        capabilities={"transfers": "active"},
        charges_enabled=True,
        details_submitted=True,
        payouts_enabled=True,
    )
    counter.happened("account.updated", account)
    return account


def transfer(counter: Counter, form: Form) -> Made:
    """Send money to a connected account, never more than there is or than its charge brought."""
    amount, currency = amount_of(form), needed(form, "currency")
    account = counter.found("acct", needed(form, "destination"))
    if account["capabilities"].get("transfers") != "active":
        raise Refused(
            400,
            "invalid_request_error",
            "Your destination account needs to have the capability transfers enabled.",
            code="insufficient_capabilities_for_transfer",
        )
    if "source_transaction" in form:
        source = counter.found("ch", form["source_transaction"])
        if source["transferred"] + amount > source["amount"]:
            raise Refused(400, "invalid_request_error", "The charge is too small for this.")
        source["transferred"] += amount
    elif amount > counter.balance().get(currency, 0):
        raise Refused(
            400,
            "invalid_request_error",
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
        )
    counter.add_balance(currency, -amount)
    account["received"][currency] = account["received"].get(currency, 0) + amount
    made = counter.keep(
        "tr",
        {
            "object": "transfer",
            "amount": amount,
            "amount_reversed": 0,
            "currency": currency,
            "destination": account["id"],
            "reversed": False,
            "transfer_group": form.get("transfer_group"),
        },
    )
    counter.happened("transfer.created", made)
    return made


def reverse(counter: Counter, transfer_id: str, form: Form) -> Made:
    """Take a transfer back, never more than is left of it."""
    sent = counter.found("tr", transfer_id)
    account = counter.found("acct", sent["destination"])
    left = sent["amount"] - sent["amount_reversed"]
    amount = amount_of(form) if "amount" in form else left
    currency = sent["currency"]
    if amount > left or amount > account["received"].get(currency, 0):
        raise Refused(400, "invalid_request_error", f"{amount} is more than is left ({left}).")
    sent["amount_reversed"] += amount
    sent["reversed"] = sent["amount_reversed"] == sent["amount"]
    account["received"][currency] -= amount
    counter.add_balance(currency, amount)
    counter.happened("transfer.reversed", sent)
    return counter.keep(
        "trr",
        {
            "object": "transfer_reversal",
            "amount": amount,
            "currency": currency,
            "transfer": sent["id"],
        },
    )
