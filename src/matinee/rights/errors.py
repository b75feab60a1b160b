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


class TooManyContests(errors.Conflict):
    """Somebody contests more works than can be meant seriously."""

    code = "rights.too_many_contests"

    def __init__(self, open_max: int, refused_max: int, days: int) -> None:
        super().__init__(
            f"At most {open_max} works are contested by one person at a time, and nobody contests "
            f"another within {days} days of {refused_max} that were refused. Wait for the "
            "decisions.",
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


class ChargeUnknown(errors.NotFound):
    """Nothing was charged under this id, or it was not paid."""

    code = "rights.charge_unknown"

    def __init__(self, charge_id: str) -> None:
        super().__init__(f"Nothing was paid under {charge_id!r}.", charge_id=charge_id)


class OfferUnknown(errors.NotFound):
    """A creator asks nothing a month, so nobody can subscribe."""

    code = "rights.offer_unknown"

    def __init__(self, creator: str) -> None:
        super().__init__(f"There is no subscription to {creator!r}.", creator=creator)


class AlreadySubscribed(errors.Conflict):
    """Somebody subscribes to the same twice."""

    code = "rights.already_subscribed"

    def __init__(self, creator: str) -> None:
        super().__init__(
            f"You subscribe to {creator!r} already; it renews by itself.", creator=creator
        )


class SubscriptionUnknown(errors.NotFound):
    """There is no such subscription, or it is somebody else's."""

    code = "rights.subscription_unknown"

    def __init__(self, subscription_id: str) -> None:
        super().__init__(
            f"There is no subscription {subscription_id!r}.", subscription_id=subscription_id
        )


class AmountRefused(errors.Invalid):
    """An amount is too small or too large to be paid, or in a currency that is not taken."""

    code = "rights.amount_refused"

    def __init__(self, fault: str) -> None:
        super().__init__(f"This amount cannot be paid: {fault}.", param="amount", fault=fault)


class PayoutTooLarge(errors.Conflict):
    """More is to be paid out than somebody is owed."""

    code = "rights.payout_too_large"

    def __init__(self, asked: str, owed: str) -> None:
        super().__init__(
            f"{asked} is more than the {owed} that can be paid out. Ask for less, or for all of it "
            "without an amount.",
            asked=asked,
            owed=owed,
        )


class PayoutRefused(errors.Conflict):
    """Nothing can be paid out to somebody yet."""

    code = "rights.payout_refused"

    def __init__(self, reason: str, fault: str) -> None:
        super().__init__(f"Nothing can be paid out yet: {fault}.", reason=reason)


class TooManyStatements(errors.Unavailable):
    """Somebody asks for more new statements in a day than the books give out."""

    code = "rights.too_many_statements"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"{most} statements were made for you today. Those can be read again at any time; "
            "come back tomorrow for new ones.",
            most=most,
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

    def __init__(self, fault: str) -> None:
        super().__init__(f"This row cannot be booked: {fault}.", fault=fault)


class RequestUnreadable(errors.Invalid):
    """The body of a request about money cannot be read."""

    code = "rights.request_unreadable"

    def __init__(self, fault: str) -> None:
        super().__init__(f"This request cannot be read: {fault}.", fault=fault)


class PeriodInvalid(errors.Invalid):
    """A statement is asked for from or to what is no day, or backwards."""

    code = "rights.period_invalid"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(f"{field} cannot be used: {fault}.", param=field)


class WorkInvalid(errors.Invalid):
    """A work is entered with something that cannot be kept."""

    code = "rights.work_invalid"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(
            f"The {field} of the work cannot be used: {fault}.", param=field, field=field
        )


class AliasInvalid(errors.Invalid):
    """A name of a work cannot be used."""

    code = "rights.alias_invalid"

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(f"The name {name[:80]!r} cannot be used: {fault}.", param="aliases")


class WorksTooMany(errors.Conflict):
    """Somebody has entered as many works as one person may."""

    code = "rights.works_too_many"

    def __init__(self, most: int) -> None:
        super().__init__(f"One person has at most {most} works in the registry.", most=most)


class NotAnOwner(errors.Forbidden):
    """What only an owner of a work may do is asked for by somebody else."""

    code = "rights.not_an_owner"

    def __init__(self, work_id: str, _party: str, *, enough: bool = False) -> None:
        whose = "owners of enough of its shares" if enough else "its owners"
        which = f"the work {work_id!r}" if work_id else "a work that is entered"
        super().__init__(
            f"Only {whose} may change {which}. Whoever enters a work owns a part of it.",
            work_id=work_id,
        )


class ShareNotOffered(errors.NotFound):
    """Somebody answers for a share that nobody said was theirs."""

    code = "rights.share_not_offered"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"Nobody has named you as an owner of the work {work_id!r}.", work_id=work_id
        )


class AlreadyAgreed(errors.Conflict):
    """An owner answers for a share that they agreed to already."""

    code = "rights.already_agreed"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"You have agreed to your share of the work {work_id!r}. To give it up, contest it.",
            work_id=work_id,
        )


class OwnersSettled(errors.Conflict):
    """The owners of a work have all agreed, so nobody changes their shares alone."""

    code = "rights.owners_settled"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"All owners of the work {work_id!r} have agreed to their shares. Contest them, and "
            "somebody of the house decides.",
            work_id=work_id,
        )


class OwnWork(errors.Forbidden):
    """Somebody of the house would decide about a work that is, or would be, theirs."""

    code = "rights.own_work"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"The work {work_id!r} is yours, or you say that it is. Somebody else has to decide.",
            work_id=work_id,
        )


class ReferenceKept(errors.Conflict):
    """A work has the same file as a reference already."""

    code = "rights.reference_kept"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"The work {work_id!r} has this file as a reference already.", work_id=work_id
        )


class ProofNotFound(errors.NotFound):
    """No proof with this id waits to be looked at."""

    code = "rights.proof_not_found"

    def __init__(self, proof_id: str) -> None:
        super().__init__(
            f"No proof {proof_id!r} waits to be looked at: there is none, or it was decided.",
            proof_id=proof_id,
        )


class ApprovalNotFound(errors.NotFound):
    """Nobody was asked anything under this id."""

    code = "rights.approval_not_found"

    def __init__(self, approval_id: str) -> None:
        super().__init__(
            f"Nobody was asked anything under {approval_id!r}.", approval_id=approval_id
        )


class ApprovalEnded(errors.Conflict):
    """An owner answers what is decided, over or withdrawn."""

    code = "rights.approval_ended"

    def __init__(self, approval_id: str, state: str) -> None:
        super().__init__(
            f"Nobody waits for an answer to {approval_id!r} any more: it is {state}.",
            approval_id=approval_id,
            state=state,
        )


class ReasonMissing(errors.Invalid):
    """An owner refuses without saying why."""

    code = "rights.reason_missing"

    def __init__(self) -> None:
        super().__init__("Say why: whoever is refused is told the reason.", param="reason")


class UseRefused(errors.Forbidden):
    """A film would show, say or play a work that its terms do not allow there."""

    code = "rights.use_refused"

    def __init__(self, title: str, why: str, instead: str) -> None:
        super().__init__(f"{title!r} may not be in this film: {why}. {instead}", title=title)


class ApprovalRefused(errors.Forbidden):
    """The owner of a work did not agree to its being in a film."""

    code = "rights.approval_refused"

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            f"The owner of {title!r} did not agree to its being in this film: {reason}",
            title=title,
        )


class ApprovalExpired(errors.Conflict):
    """The owner of a work did not answer in time."""

    code = "rights.approval_expired"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"The owner of {title!r} did not answer in time. Nothing was made, and nothing is "
            "owed; ask again, or leave the work out.",
            title=title,
        )


class PriceNotAccepted(errors.Conflict):
    """A film costs more for the works in it than its maker said they would pay."""

    code = "rights.price_not_accepted"

    def __init__(self, price: str, accepted: str) -> None:
        super().__init__(
            f"The works in this film cost {price}, and {accepted or 'nothing'} was accepted. Say "
            f'that you pay: pays="{price}".',
            price=price,
        )


class FilmUnpaid(errors.Conflict):
    """Making a film costs more credits than its maker has."""

    code = "rights.film_unpaid"

    def __init__(self, price: str) -> None:
        super().__init__(
            f"Making a film costs {price} here, and you have fewer credits. Buy credits first.",
            price=price,
        )


class CreditsMissing(errors.Conflict):
    """The maker of a film has too few credits for what the works in it cost."""

    code = "rights.credits_missing"

    def __init__(self, price: str) -> None:
        super().__init__(
            f"The works in this film cost {price}, which is more than your credits. Buy credits "
            "first, or leave those works out.",
            price=price,
        )


class FileUnknown(errors.Invalid):
    """A reference is no picture, video or sound that can be read."""

    code = "rights.file_unknown"

    def __init__(self) -> None:
        super().__init__(
            "This file is no picture (PNG, JPEG, WebP), video (MP4, MOV, WebM) or sound (WAV, MP3, "
            "FLAC, Ogg). Upload one of these as a reference."
        )


class ConflictNotFound(errors.NotFound):
    """No open conflict about a work has this id."""

    code = "rights.conflict_not_found"

    def __init__(self, conflict_id: str) -> None:
        super().__init__(
            f"There is no open conflict {conflict_id!r} about this work.", conflict_id=conflict_id
        )


class LicenceNotOffered(errors.NotFound):
    """The owners of a work have said no terms for it."""

    code = "rights.licence_not_offered"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"The owners of the work {work_id!r} have said no terms for it, so nobody may use it.",
            work_id=work_id,
        )
