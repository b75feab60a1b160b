"""Permitting: what in a film belongs to somebody, and whether it may be there.

A film that needs an owner's word waits without a job; whoever decides lets it go on or ends it.
"""

from contextlib import suppress

from matinee import people
from matinee.kit.db import Session
from matinee.kit.ids import SystemIds
from matinee.rights import permitting, policy, registering
from matinee.studio import store
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film
from matinee.studio.withdrawing import hold_wanted

from .ground import Checked, Stage


def permitted(stage: Stage, checked: Checked) -> None:
    """Ask rights; raises what ends the film, and lets it wait where somebody is asked."""
    wanted, play, at = checked.film, checked.play, stage.clock.now()
    room = stage.rights or registering.Room(ids=SystemIds(stage.clock))
    origin = wanted.request.origin
    prompts = (wanted.request.prompt,)
    with stage.database.transaction() as session:
        if not hold_wanted(session, wanted.id):
            return  # nothing is paid for a film that was stopped a moment ago
        said = policy.read_prompt(prompts[0])
        asked = permitting.Wanted(
            film_id=wanted.id,
            purpose=_purpose(session, stage, wanted),
            prompt=wanted.request.prompt,
            said=said if play is None else policy.read_screenplay(play, prompts),
            parents=_parents(wanted),
            things=None if play is None or (origin and origin.pieces) else policy.things_of(play),
            pays=wanted.request.licensing.pays,
        )
        permission = permitting.permit(session, asked, room=room, platform=stage.platform, at=at)
        if permission.waits:
            store.update_film(session, wanted.id, status="waiting_for_approval", stage="asking")
    if permission.error is not None:
        raise permission.error


def _purpose(session: Session, stage: Stage, wanted: Film) -> policy.Purpose:
    asked, today = wanted.request.licensing, stage.clock.now().date()
    maker = people.people_by_ids(session, [wanted.requested_by]).get(wanted.requested_by)
    use = asked.use
    if use == "personal" and _is_of_others(session, wanted):
        use = "remix"
    return policy.Purpose(
        use=use,
        by=wanted.requested_by,
        on=today,
        territories=frozenset(asked.territories),
        age=None if maker is None else maker.years_at(today),
    )


def _is_of_others(session: Session, wanted: Film) -> bool:
    """Whether a film is made from one that somebody else made."""
    makers = set()
    for parent in _parents(wanted):
        with suppress(FilmNotFound):
            makers.add(store.film_by_id(session, parent).requested_by)
    return bool(makers - {wanted.requested_by})


def _parents(wanted: Film) -> tuple[str, ...]:
    origin = wanted.request.origin
    if origin is None:
        return ()
    return tuple(dict.fromkeys((origin.film, *(piece.film for piece in origin.pieces))))
