"""What rights refuse, each with its own code."""

from collections.abc import Sequence

from matinee.kit import errors


class TermsInvalid(errors.Invalid):
    """A value in the terms of a licence is outside its range."""

    code = "rights.terms_invalid"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(
            f"The term {field} cannot be used: {fault}.", param=field, field=field, fault=fault
        )


class TermsContradict(errors.Invalid):
    """The terms of a licence contradict one another."""

    code = "rights.terms_contradict"

    def __init__(self, contradictions: Sequence[tuple[str, str]]) -> None:
        said = "; ".join(why for _, why in contradictions)
        super().__init__(
            f"These terms contradict one another: {said}. Change one side of each.",
            contradictions=",".join(name for name, _ in contradictions),
        )


class PolicyUnreadable(errors.Invalid):
    """A document is no licence in ODRL that could be read."""

    code = "rights.policy_unreadable"

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"This is no ODRL policy that Matinee can read: {fault}. Export a licence to see the "
            "form that is read.",
            fault=fault,
        )


class SharesNotWhole(errors.Invalid):
    """The owners' shares do not sum to the whole."""

    code = "rights.shares_not_whole"

    def __init__(self, bps: int) -> None:
        super().__init__(
            f"The owners' shares sum to {bps} basis points, and must sum to 10000.", bps=bps
        )


class RateMissing(errors.Conflict):
    """A limit of a licence is in another currency, and no rate was recorded between the two."""

    code = "rights.rate_missing"

    def __init__(self, have: str, wanted: str) -> None:
        super().__init__(
            f"A licence speaks of {have} and the money is in {wanted}. Record a rate between them "
            "first.",
            have=have,
            wanted=wanted,
        )


class WorkNotFound(errors.NotFound):
    """No work has this id."""

    code = "rights.work_not_found"

    def __init__(self, work_id: str) -> None:
        super().__init__(f"There is no work {work_id!r} in the registry.", work_id=work_id)


class FilmUnknown(errors.NotFound):
    """The registry does not know what a film shows and was made from."""

    code = "rights.film_unknown"

    def __init__(self, film_id: str) -> None:
        super().__init__(
            f"The rights of the film {film_id!r} are not registered, so nobody could be paid.",
            film_id=film_id,
        )


class AlreadyContested(errors.Conflict):
    """The claimant has an open conflict about the work already, or owns a part of it."""

    code = "rights.already_contested"

    def __init__(self, work_id: str, claimant: str) -> None:
        super().__init__(
            f"{claimant} already owns a part of {work_id!r} or contests it. Wait for the decision.",
            work_id=work_id,
        )


class RevenueUnknown(errors.NotFound):
    """Nothing was earned under this id."""

    code = "rights.revenue_unknown"

    def __init__(self, revenue_id: str) -> None:
        super().__init__(f"Nothing was earned under {revenue_id!r}.", revenue_id=revenue_id)


class HoldUnknown(errors.NotFound):
    """No claim of this name takes or took a share."""

    code = "rights.hold_unknown"

    def __init__(self, hold_id: str) -> None:
        super().__init__(
            f"No claim {hold_id!r} takes a share of what anything earns.", hold_id=hold_id
        )


class HoldEnded(errors.Conflict):
    """A claim takes no share any more."""

    code = "rights.hold_ended"

    def __init__(self, hold_id: str) -> None:
        super().__init__(
            f"The claim {hold_id!r} has ended, and what was kept for it was handed back. A new "
            "claim needs a name of its own.",
            hold_id=hold_id,
        )


class HoldDiffers(errors.Conflict):
    """A claimed share of this name is about something else."""

    code = "rights.hold_differs"

    def __init__(self, hold_id: str) -> None:
        super().__init__(
            f"The claim {hold_id!r} is about another film or work. Name each claim anew.",
            hold_id=hold_id,
        )


class PaymentDeclined(errors.Conflict):
    """The payment provider, or the payer's bank, refused a payment for good."""

    code = "rights.payment_declined"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The payment was declined: {reason}. Nothing was booked; use another way to pay.",
            reason=reason,
        )


class PaymentsUnavailable(errors.Unavailable):
    """The payment provider did not answer."""

    code = "rights.payments_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The payment provider did not answer ({reason}). The order is kept and sent again "
            "under the same key, so nobody pays twice.",
            reason=reason,
        )


class PayeeUnknown(errors.NotFound):
    """A party has not said where its money goes."""

    code = "rights.payee_unknown"

    def __init__(self, party: str) -> None:
        super().__init__(f"{party!r} has not said where payouts go.", party=party)


class WebhookRefused(errors.Forbidden):
    """What claims to be word from the payment provider is not, or is for another account."""

    code = "rights.webhook_refused"

    def __init__(self, fault: str) -> None:
        super().__init__(f"This is not taken as word from the payment provider: {fault}.")


class WebhookEarly(errors.Unavailable):
    """The payment provider tells of a payment that is not booked yet."""

    code = "rights.webhook_early"

    def __init__(self, provider_id: str) -> None:
        super().__init__(
            f"The payment {provider_id} is not booked yet. Tell this again in a moment.",
            provider_id=provider_id,
        )


class ImportUnreadable(errors.Invalid):
    """A row of a revenue report cannot be read."""

    code = "rights.import_unreadable"

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(
            f"Line {line} of the report cannot be booked: {fault}. Nothing was; mend the line.",
            line=line,
        )


class PeriodInvalid(errors.Invalid):
    """A statement is asked for from or to what is no day, or backwards."""

    code = "rights.period_invalid"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(f"{field} cannot be used: {fault}.", param=field)
