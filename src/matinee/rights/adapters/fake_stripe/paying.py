"""Payments at the provider of our own: intents, cards, shared tokens, refunds, disputes."""

from .rules import (
    ASKING,
    DECLINES,
    GOOD,
    NUMBERS,
    PREVIEW,
    TOKEN_PARAMETERS,
    Form,
    Made,
    Refused,
    amount_of,
    known,
    missing,
    needed,
)
from .shelf import Counter

_SHARED = "payment_method_data[shared_payment_granted_token]"
_CRYPTOGRAM = "payment_method_options[card][three_d_secure][cryptogram]"


def pay(counter: Counter, form: Form, *, version: str) -> Made:
    """Make a payment intent, and confirm it if that is asked."""
    if _SHARED in form and not version.endswith(PREVIEW):
        # What is in preview is not there for a request that does not ask for it.
        known(frozenset(), {_SHARED: form[_SHARED]})
    made = counter.keep(
        "pi",
        {
            "object": "payment_intent",
            "amount": amount_of(form),
            "amount_received": 0,
            "currency": needed(form, "currency"),
            "latest_charge": None,
            "last_payment_error": None,
            "metadata": _metadata(form),
            "next_action": None,
            "payment_method": form.get("payment_method"),
            "status": "requires_confirmation",
            "transfer_group": form.get("transfer_group"),
        },
    )
    made["client_secret"] = f"{made['id']}_secret_fake"
    return _confirmed(counter, made, form) if form.get("confirm") == "true" else made


def confirm(counter: Counter, intent: str, form: Form) -> Made:
    """Confirm a payment intent that waits for it."""
    made = counter.found("pi", intent)
    if made["status"] not in {"requires_confirmation", "requires_payment_method"}:
        raise _unexpected(made)
    return _confirmed(counter, made, {"payment_method": made["payment_method"] or "", **form})


def cancel(counter: Counter, intent: str, form: Form) -> Made:
    """Give a payment intent up that has not succeeded."""
    made = counter.found("pi", intent)
    if made["status"] in {"succeeded", "canceled"}:
        raise _unexpected(made)
    made.update(
        status="canceled", next_action=None, cancellation_reason=form.get("cancellation_reason")
    )
    counter.happened("payment_intent.canceled", made)
    return made


def authenticate(counter: Counter, intent: str, *, passed: bool) -> Made:
    """Do what the payer's bank does on its page for 3-D Secure."""
    made = counter.found("pi", intent)
    if made["status"] != "requires_action":
        raise _unexpected(made)
    if passed:
        return _charged(counter, made, "pm_card_visa")
    _failed(counter, made, "payment_intent_authentication_failure", None)
    return made


def card(counter: Counter, form: Form) -> Made:
    """Make a payment method of one of the test numbers."""
    number = form.get("card[number]", "").replace(" ", "")
    if form.get("type") != "card" or number not in NUMBERS:
        raise Refused(402, "card_error", "Your card number is incorrect.", code="incorrect_number")
    return counter.keep(
        "pm",
        {
            "object": "payment_method",
            "type": "card",
            "card": {"last4": number[-4:], "brand": "visa"},
            "stands_for": NUMBERS[number],
        },
    )


def grant(counter: Counter, form: Form) -> Made:
    """Grant a shared payment token, as the test helper of an agent's own account does."""
    known(TOKEN_PARAMETERS, form)
    method = needed(form, "payment_method")
    _standing(counter, method)
    return counter.keep(
        "spt",
        {
            "object": "shared_payment.granted_token",
            "deactivated_at": None,
            "deactivated_reason": None,
            "payment_method": method,
            "usage_limits": {
                "currency": needed(form, "usage_limits[currency]"),
                "max_amount": amount_of(form, "usage_limits[max_amount]"),
                "expires_at": int(form.get("usage_limits[expires_at]") or counter.now + 3_600),
            },
        },
    )


def revoke(counter: Counter, token: str) -> Made:
    """Take a shared payment token back."""
    made = counter.found("spt", token)
    if made["deactivated_at"] is None:
        made.update(deactivated_at=counter.now, deactivated_reason="revoked")
    return made


def refund(counter: Counter, form: Form) -> Made:
    """Give a charge back, never more than is left of it."""
    if "charge" in form:
        charge = counter.found("ch", form["charge"])
    else:
        payment = counter.found("pi", needed(form, "payment_intent"))
        charge = counter.found("ch", payment["latest_charge"] or "none")
    left = charge["amount"] - charge["amount_refunded"] - charge.get("disputed_amount", 0)
    amount = amount_of(form) if "amount" in form else left
    if amount > left or left == 0:
        code = "charge_already_refunded" if left == 0 else "amount_too_large"
        raise Refused(
            400,
            "invalid_request_error",
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).",
            code=code,
        )
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    counter.add_balance(charge["currency"], -amount)
    made = counter.keep(
        "re",
        {
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "metadata": _metadata(form),
            "payment_intent": charge["payment_intent"],
            "reason": form.get("reason"),
            "status": "succeeded",
        },
    )
    counter.happened("refund.created", made)
    return made


def dispute(counter: Counter, charge_id: str) -> Made:
    """Let the payer's bank take back what is left of a charge."""
    charge = counter.found("ch", charge_id)
    left = charge["amount"] - charge["amount_refunded"]
    made = counter.keep(
        "dp",
        {
            "object": "dispute",
            "charge": charge["id"],
            "payment_intent": charge["payment_intent"],
            "amount": left,
            "currency": charge["currency"],
            "status": "needs_response",
        },
    )
    charge["disputed_amount"] = left
    counter.add_balance(charge["currency"], -left)
    counter.happened("charge.dispute.funds_withdrawn", made)
    return made


def win(counter: Counter, dispute_id: str) -> Made:
    """Let a dispute be decided for the platform."""
    made = counter.found("dp", dispute_id)
    made["status"] = "won"
    counter.found("ch", made["charge"])["disputed_amount"] = 0
    counter.add_balance(made["currency"], made["amount"])
    counter.happened("charge.dispute.funds_reinstated", made)
    return made


def _confirmed(counter: Counter, made: Made, form: Form) -> Made:
    if _SHARED in form:
        method = _spent(counter, made, form[_SHARED])
    else:
        method = _standing(counter, needed(form, "payment_method"))
    made["payment_method"] = form.get("payment_method")
    if method in DECLINES:
        _failed(counter, made, "card_declined", DECLINES[method])
        raise Refused(
            402,
            "card_error",
            "Your card was declined.",
            code="card_declined",
            decline_code=DECLINES[method],
            payment_intent=made,
        )
    if method in ASKING and _CRYPTOGRAM not in form:
        back = form.get("return_url")
        page = {"url": f"/test/3ds/{made['id']}", "return_url": back}
        made.update(
            status="requires_action",
            next_action={"type": "redirect_to_url", "redirect_to_url": page}
            if back
            else {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}},
        )
        counter.happened("payment_intent.requires_action", made)
        return made
    return _charged(counter, made, method)


def _spent(counter: Counter, made: Made, token: str) -> str:
    """What a shared token stands for, if it covers this payment; it covers one."""
    granted = counter.lookup("spt", token)
    if granted is None:
        raise missing(_SHARED, token)
    limits = granted["usage_limits"]
    reasons = (
        (granted["deactivated_at"] is not None, f"it is {granted['deactivated_reason']}"),
        (counter.now >= limits["expires_at"], "it is expired"),
        (made["currency"] != limits["currency"], f"it is for {limits['currency']}"),
        (made["amount"] > limits["max_amount"], f"it is for at most {limits['max_amount']}"),
    )
    for holds, reason in reasons:
        if holds:
            raise Refused(
                400,
                "invalid_request_error",
                f"The shared payment token cannot be used: {reason}.",
                code="shared_payment_token_unusable",
                param=_SHARED,
            )
    granted.update(deactivated_at=counter.now, deactivated_reason="consumed")
    return _standing(counter, granted["payment_method"])


def _standing(counter: Counter, method: str) -> str:
    """The test card that a payment method stands for."""
    kept = counter.lookup("pm", method)
    stands_for = kept["stands_for"] if kept else method
    if stands_for not in GOOD | ASKING | DECLINES.keys():
        raise missing("payment_method", method)
    return str(stands_for)


def _charged(counter: Counter, made: Made, method: str) -> Made:
    charge = counter.keep(
        "ch",
        {
            "object": "charge",
            "amount": made["amount"],
            "amount_refunded": 0,
            "currency": made["currency"],
            "payment_intent": made["id"],
            "refunded": False,
            "status": "succeeded",
            "transferred": 0,
        },
    )
    made.update(
        amount_received=made["amount"],
        latest_charge=charge["id"],
        last_payment_error=None,
        next_action=None,
        status="succeeded",
    )
    counter.add_balance(made["currency"], made["amount"])
    counter.happened("payment_intent.succeeded", made)
    if method == "pm_card_createDispute":
        dispute(counter, charge["id"])
    return made


def _failed(counter: Counter, made: Made, code: str, decline: str | None) -> None:
    made.update(
        status="requires_payment_method",
        next_action=None,
        last_payment_error={"type": "card_error", "code": code, "decline_code": decline},
    )
    counter.happened("payment_intent.payment_failed", made)


def _unexpected(made: Made) -> Refused:
    return Refused(
        400,
        "invalid_request_error",
        f"This PaymentIntent has a status of {made['status']}, which does not allow that.",
        code="payment_intent_unexpected_state",
    )


def _metadata(form: Form) -> dict[str, str]:
    return {
        name[len("metadata[") : -1]: said
        for name, said in form.items()
        if name.startswith("metadata[") and name.endswith("]")
    }
