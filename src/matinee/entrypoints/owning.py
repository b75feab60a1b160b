"""Films and their rights: what of whom they show, who waits for whom, who is told.

Whatever a film earns later can then be divided among those whose works it shows, and up its whole
ancestry.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from matinee import film, people, rights, studio
from matinee.entrypoints import sight
from matinee.feed import hearing
from matinee.film import Manifest
from matinee.kit import events
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.people import Visitor
from matinee.rights import approving, attributing, permitting, registering
from matinee.studio.approving import on_approval_decided

UPLOADS = {
    "reference": registering.REFERENCE_BYTES_MAX,
    "proof": registering.PROOF_BYTES_MAX,
}
"""How large files for the registry may be, by what they are for."""

_WITHDRAWN = "studio.film_withdrawn"
_DECIDED: Mapping[str, str] = {
    "granted": "approval_granted",
    "not_mine": "approval_not_mine",
    "refused": "approval_refused",
    "expired": "approval_expired",
}


def subscribe(
    dispatcher: events.Dispatcher, *, blobs: Blobs, office: studio.Office, clock: Clock, ids: Ids
) -> None:
    """Enter films that are finished, let those go on that were agreed to, and tell people."""
    dispatcher.subscribe(
        studio.FILM_COMPLETED, "rights.register_film", partial(register, blobs=blobs)
    )
    for topic in (studio.FILM_FAILED, _WITHDRAWN):
        dispatcher.subscribe(topic, "rights.withdraw_approvals", approving.withdraw)
    dispatcher.subscribe(_WITHDRAWN, "rights.forget_film", approving.forget)
    dispatcher.subscribe(
        studio.FILM_FAILED, "rights.give_back", partial(permitting.give_back, clock=clock)
    )
    dispatcher.subscribe(_WITHDRAWN, "rights.give_back", partial(give_back_unmade, clock=clock))
    dispatcher.subscribe(
        approving.APPROVAL_DECIDED, "studio.resume", partial(on_approval_decided, office=office)
    )

    def tell(session: Session, told: Sequence[str], kind: str, event: events.Event) -> None:
        title = str(event.payload["title"])
        for person in people.people_by_ids(session, told).values():
            hearing.tell(session, person, kind=kind, said=title, ids=ids, at=event.recorded_at)

    def asked(session: Session, event: events.Event) -> None:
        tell(session, [str(one) for one in _list(event.payload["owners"])], "approval_asked", event)

    def decided(session: Session, event: events.Event) -> None:
        kind = _DECIDED[str(event.payload["decision"])]
        tell(session, [str(event.payload["maker"])], kind, event)

    def invited(session: Session, event: events.Event) -> None:
        tell(session, [str(event.payload["person_id"])], "owner_invited", event)

    dispatcher.subscribe(approving.APPROVAL_ASKED, "feed.tell_owners", asked)
    dispatcher.subscribe(approving.APPROVAL_DECIDED, "feed.tell_maker", decided)
    dispatcher.subscribe(registering.OWNER_INVITED, "feed.tell_invited", invited)


def give_back_unmade(session: Session, event: events.Event, clock: Clock) -> None:
    """Pay back what a film cost that was taken away before it was made, and of no other."""
    if event.payload.get("unmade"):
        permitting.give_back(session, event, clock)


def sees(session: Session, visitor: Visitor | None, film_id: str) -> bool:
    """Whether a visitor may see a film; raises FilmNotFound."""
    return sight.may_see(session, visitor, studio.film_by_id(session, film_id))


def manifest_key(session: Session, film_id: str) -> str:
    """The blob key of a film's manifest, or empty; raises FilmNotFound."""
    return studio.film_by_id(session, film_id).manifest


def register(session: Session, event: events.Event, blobs: Blobs) -> None:
    """Enter the film of an event; one that was deleted meanwhile earns nothing."""
    try:
        made = studio.film_by_id(session, str(event.payload["film_id"]))
    except studio.FilmNotFound:
        return
    origin = made.request.origin
    sources = [] if origin is None else [origin.film, *(piece.film for piece in origin.pieces)]
    if not made.manifest:
        rights.register_film(
            session, made.id, maker=made.requested_by, parents=rights.films_known(session, sources)
        )
        return
    attributing.register_completed(
        session,
        made.id,
        maker=made.requested_by,
        manifest=film.decode(blobs.read(made.manifest), Manifest),
        parents=sources,
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
