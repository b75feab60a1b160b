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
