"""Films and references are looked through, and the rooms above are told what came of it."""

from matinee import studio
from matinee.kit import events
from matinee.kit.db import Session
from matinee.people import OPERATOR_ID
from matinee.rights import claims
from matinee.rights.claims import Bench, Look, Recognising, looking
from matinee.rights.registering import REFERENCE_ADDED
from matinee.studio import uploading


def install(bench: Bench) -> Recognising:
    """Register the jobs of claims, and when they run."""
    recognising = claims.install(bench)
    bench.jobs.schedule("rights.strike", claims.STRIKE_EVERY, recognising.strike)
    bench.jobs.schedule("rights.look_again", claims.LOOK_AGAIN_EVERY, recognising.look_again)
    return recognising


def subscribe(dispatcher: events.Dispatcher, recognising: Recognising) -> None:
    """Have every finished film and every reference looked through, and forget those that go."""

    def look(session: Session, event: events.Event) -> None:
        try:
            film = studio.film_by_id(session, str(event.payload["film_id"]))
        except studio.FilmNotFound:
            return
        if film.video:
            recognising.look_at(session, look_of(film))

    def learn(session: Session, event: events.Event) -> None:
        recognising.learn_from(session, str(event.payload["reference_id"]))

    def forget(session: Session, event: events.Event) -> None:
        looking.forget_film(session, str(event.payload["film_id"]))

    dispatcher.subscribe(studio.FILM_COMPLETED, "rights.look", look)
    dispatcher.subscribe(REFERENCE_ADDED, "rights.learn", learn)
    dispatcher.subscribe("studio.film_withdrawn", "rights.forget_film", forget)


def look_of(film: studio.Film) -> Look:
    """What rights need to know of a film to look it through."""
    return Look(
        film_id=film.id,
        maker=film.requested_by or OPERATOR_ID,
        uploaded=film.request.model == uploading.MODEL,
        video=film.video,
        made_at=film.created_at,
    )
