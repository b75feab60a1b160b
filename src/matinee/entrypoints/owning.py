"""Finished films are entered with rights: who made them, and which films they were made from.

Whatever such a film earns later can then be divided up its whole ancestry.
"""

from matinee import rights, studio
from matinee.kit import events
from matinee.kit.db import Session


def subscribe(dispatcher: events.Dispatcher) -> None:
    """Enter every film that is finished."""
    dispatcher.subscribe(studio.FILM_COMPLETED, "rights.register_film", register)


def register(session: Session, event: events.Event) -> None:
    """Enter the film of an event; one that was deleted meanwhile earns nothing."""
    try:
        film = studio.film_by_id(session, str(event.payload["film_id"]))
    except studio.FilmNotFound:
        return
    origin = film.request.origin
    sources = [] if origin is None else [origin.film, *(piece.film for piece in origin.pieces)]
    others = {source for source in sources if source != film.id}
    rights.register_film(
        session,
        film.id,
        maker=film.requested_by,
        # Films from before there were rights are not known, and nobody is owed for them.
        parents=rights.films_known(session, sorted(others)),
    )
