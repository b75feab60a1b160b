"""Films that wait for an owner: going on when everybody who was asked has agreed, or ending."""

from matinee.kit import events
from matinee.kit.db import Session
from matinee.rights import approving
from matinee.rights.errors import ApprovalExpired, ApprovalRefused

from . import store
from .actions import Office
from .model import turn_of


def on_approval_decided(session: Session, event: events.Event, *, office: Office) -> None:
    """Let a film go on once nobody is left to ask, or end it with the reason (APPROVAL_DECIDED)."""
    told = {name: str(value) for name, value in event.payload.items()}
    film_id, decision = told["film_id"], told["decision"]
    if decision in {"refused", "expired"}:
        error = (
            ApprovalRefused(told["title"], told["reason"])
            if decision == "refused"
            else ApprovalExpired(told["title"])
        )
        store.fail_film(
            session, film_id, code=error.code, message=error.message, at=event.recorded_at
        )
        return
    store.hold_film(session, film_id)
    if approving.waits_for(session, film_id):
        return
    job_id = store.resume_film(session, film_id)
    if job_id is None:
        return
    film = store.film_by_id(session, film_id)
    office.jobs.submit(
        session,
        office.make_film,
        film_id,
        job_id=job_id,
        priority=turn_of(film.request.priority, 0),
    )
