"""What trust refuses, and what its desk cannot do."""

from matinee.kit.errors import Conflict, Forbidden, Invalid, NotFound, Throttled, Unavailable

SHOWN_CHARACTERS = 80


class Refused(Invalid):
    """A text, a screenplay or a picture breaks a rule of the house."""

    code = "trust.refused"

    def __init__(self, rule: str, why: str, passes: str, *, refusal_id: str = "") -> None:
        """Name the rule, why it applies and what would pass; with an id, how to appeal."""
        appeal = f" If this is wrong, appeal it: {refusal_id}." if refusal_id else ""
        super().__init__(
            f"{why} (Rule: {rule}.) {passes}{appeal}",
            rule=rule,
            why=why,
            passes=passes,
            refusal_id=refusal_id,
        )


class RefusalNotFound(NotFound):
    """No refusal has this id, or it is somebody else's."""

    code = "trust.refusal_not_found"

    def __init__(self, refusal_id: str) -> None:
        """Name the id."""
        super().__init__(f"There is no refusal {refusal_id[:SHOWN_CHARACTERS]!r} of yours.")


class CaseNotFound(NotFound):
    """No case has this id, or the token that came with it is not the case's."""

    code = "trust.case_not_found"

    def __init__(self, case_id: str) -> None:
        """Name the id."""
        super().__init__(
            f"There is no case {case_id[:SHOWN_CHARACTERS]!r} that you may see. Check the id, and "
            "the token that was given with it."
        )


class StepImpossible(Conflict):
    """A case is in a state from which the asked step does not lead."""

    code = "trust.step_impossible"

    def __init__(self, step: str, state: str, possible: tuple[str, ...]) -> None:
        """Name the step, the state and the steps that are possible from it."""
        ways = f"Possible now: {', '.join(possible)}." if possible else "Nothing follows it."
        super().__init__(
            f"{step[:SHOWN_CHARACTERS]!r} is not possible for a case that is {state}. {ways}",
            step=step[:SHOWN_CHARACTERS],
            state=state,
        )


class OwnCase(Forbidden):
    """A moderator is to decide about something of their own."""

    code = "trust.own_case"

    def __init__(self, case_id: str) -> None:
        """Name the case."""
        super().__init__(
            f"The case {case_id!r} is about something of your own. Leave it to another moderator."
        )


class OwnDecision(Forbidden):
    """A moderator is to decide about an objection to their own decision."""

    code = "trust.own_decision"

    def __init__(self, case_id: str) -> None:
        """Name the case."""
        super().__init__(
            f"The case {case_id!r} is an objection to your own decision. Leave it to another "
            "moderator, or to the operator."
        )


class ReportInvalid(Invalid):
    """A report, appeal or takedown request lacks what makes it one."""

    code = "trust.report_invalid"

    def __init__(self, reason: str, param: str) -> None:
        """Say what is missing or too long, and in which field."""
        super().__init__(f"This cannot be taken up: {reason}", param=param)


class TooManyReports(Throttled):
    """Somebody reports more in a day than the desk can take from one."""

    code = "trust.too_many_reports"

    def __init__(self, most: int, retry_after_s: int) -> None:
        """Say how many a day, and when to come back."""
        super().__init__(
            f"At most {most} reports a day are taken from one person or address, and fewer when "
            "many of them were found to be baseless. Those you made are kept; try again later.",
            retry_after_s=retry_after_s,
        )


class RulesInvalid(Invalid):
    """The tables of rules contradict themselves."""

    code = "trust.rules_invalid"

    def __init__(self, reason: str) -> None:
        """Say where."""
        super().__init__(f"The rules cannot be used: {reason}")


class ModeratorUnavailable(Unavailable):
    """The moderation server did not answer, or not in its protocol."""

    code = "trust.moderator_unavailable"

    def __init__(self, reason: str) -> None:
        """Say what came instead of an answer."""
        super().__init__(
            f"The moderation server gave no usable answer: {reason[:300]}. Nothing passes "
            "unjudged, so nothing was made; try again.",
            reason=reason[:300],
        )


class FileUnreadable(Invalid):
    """A file that somebody sent to be verified cannot be read as a film or picture."""

    code = "trust.file_unreadable"

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(
            f"This file cannot be verified: {reason[:200]}. Send an MP4 film of up to two minutes "
            "and 512 MiB, or a JPEG, PNG or WebP picture.",
            reason=reason[:200],
            param="file",
        )


class VerifyingBusy(Throttled):
    """Others have files verified at the moment."""

    code = "trust.verifying_busy"

    def __init__(self) -> None:
        """Say when to ask again."""
        super().__init__(
            "Other files are being verified at the moment. Send yours again in a few seconds.",
            retry_after_s=10,
        )


class SigningImpossible(Unavailable):
    """What leaves the house cannot be signed."""

    code = "trust.signing_impossible"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with the key, the certificate or the file."""
        super().__init__(
            f"Films cannot be signed: {reason[:300]}. Check the files of the settings "
            "for signing, or the folder provenance below the data folder; nothing leaves unsigned.",
            reason=reason[:300],
        )
