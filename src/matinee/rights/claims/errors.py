"""What claims refuse, each with its own code."""

from collections.abc import Sequence
from datetime import datetime

from matinee.kit import errors


class ClaimNotFound(errors.NotFound):
    """No claim has this id, or it is not for this person to see."""

    code = "rights.claim_not_found"

    def __init__(self, claim_id: str) -> None:
        super().__init__(
            f"There is no claim {claim_id!r} on a film of yours or of a work of yours.",
            claim_id=claim_id,
        )


class MatchNotFound(errors.NotFound):
    """No match has this id, or it is not for this person to see."""

    code = "rights.match_not_found"

    def __init__(self, match_id: str) -> None:
        super().__init__(f"There is no match {match_id!r} with a work of yours.", match_id=match_id)


class ClaimInvalid(errors.Invalid):
    """Something said of a claim cannot be used."""

    code = "rights.claim_invalid"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(f"The {field} of the claim cannot be used: {fault}.", param=field)


class ClaimStepImpossible(errors.Conflict):
    """A claim is not in a state from which this can be done."""

    code = "rights.claim_step_impossible"

    def __init__(self, act: str, state: str, possible: Sequence[str]) -> None:
        left = f"possible is: {', '.join(possible)}" if possible else "nothing is left to be done"
        super().__init__(
            f"{act!r} cannot be done to a claim that is {state}; {left}.", act=act, state=state
        )


class DeadlinePassed(errors.Conflict):
    """A dispute, an answer or an appeal comes after its deadline."""

    code = "rights.deadline_passed"

    def __init__(self, act: str, due_at: datetime) -> None:
        super().__init__(
            f"The time for this {act} ended at {due_at:%Y-%m-%d %H:%M} UTC. Write to the desk of "
            "this house if there was a reason why you could not answer.",
            act=act,
            due_at=due_at.isoformat(),
        )


class ClaimOnLicensed(errors.Conflict):
    """The film was made under a licence of the claimant's own work, or is the claimant's own."""

    code = "rights.claim_on_licensed"

    def __init__(self, film_id: str, why: str) -> None:
        super().__init__(
            f"The film {film_id!r} cannot be claimed: {why}. What is owed for it is paid already.",
            film_id=film_id,
        )


class AlreadyClaimed(errors.Conflict):
    """The work has a claim on the film already."""

    code = "rights.already_claimed"

    def __init__(self, film_id: str, claim_id: str) -> None:
        super().__init__(
            f"This work was claimed in the film {film_id!r} already ({claim_id}). A claim that was "
            "released is not opened again.",
            claim_id=claim_id,
        )


class ClaimsTooMany(errors.Throttled):
    """A claimant has as many open claims by hand as their record allows."""

    code = "rights.claims_too_many"

    def __init__(self, most: int, lost: int) -> None:
        why = f" It is lower because {lost} of your claims did not stand." if lost else ""
        super().__init__(
            f"You may have {most} claims by hand open at a time.{why} Wait until one is settled, "
            "or withdraw one.",
            retry_after_s=3600,
        )


class ClaimantSuspended(errors.Forbidden):
    """A claimant may not claim by hand, because too many of their claims did not stand."""

    code = "rights.claimant_suspended"

    def __init__(self, reason: str) -> None:
        super().__init__(f"You may not claim films by hand: {reason} You may appeal this once.")


class ConflictDecided(errors.Conflict):
    """A conflict of references was decided, or there is none of this id."""

    code = "rights.conflict_decided"

    def __init__(self, conflict_id: str) -> None:
        super().__init__(
            f"The conflict {conflict_id!r} is not open. Decided conflicts stay in the history.",
            conflict_id=conflict_id,
        )


class OwnClaim(errors.Forbidden):
    """Somebody would decide about a film or a work of their own."""

    code = "rights.own_claim"

    def __init__(self, claim_id: str) -> None:
        super().__init__(
            f"The film or the work of {claim_id!r} is yours. Somebody else has to decide.",
            claim_id=claim_id,
        )


class WorkUnproven(errors.Conflict):
    """A work may not claim, because it was not proven, or its owners have not all agreed."""

    code = "rights.work_unproven"

    def __init__(self, work_id: str) -> None:
        super().__init__(
            f"The work {work_id!r} cannot claim films yet: its ownership has to be proven, and all "
            "its owners have to agree to their shares.",
            work_id=work_id,
        )


class NotSuspended(errors.Conflict):
    """A claimant is not suspended, or has appealed already."""

    code = "rights.not_suspended"

    def __init__(self, claimant: str) -> None:
        super().__init__(
            f"{claimant} is not suspended from claiming by hand, or has appealed already."
        )


class FilmWithheld(errors.Barred):
    """A film is not shown where its viewer is, because of a claim."""

    code = "rights.film_withheld"

    def __init__(self, film_id: str, territory: str) -> None:
        where = f" in {territory}" if territory else ""
        super().__init__(
            f"This film is not shown{where}: the owner of a work in it has claimed it. Its maker "
            "may dispute the claim.",
            film_id=film_id,
            territory=territory,
        )
