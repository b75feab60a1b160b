"""Films and references are looked through, and the rooms above are told what came of it."""

from functools import partial

from matinee import feed, studio
from matinee.feed import holding
from matinee.kit import events
from matinee.kit.db import Database, Session
from matinee.people import OPERATOR_ID
from matinee.rights import claims
from matinee.rights.claims import Bench, Look, Recognising, looking
from matinee.rights.registering import REFERENCE_ADDED, REFERENCE_REMOVED
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

    def unlearn(session: Session, event: events.Event) -> None:
        looking.forget_reference(session, str(event.payload["reference_id"]))

    def forget(session: Session, event: events.Event) -> None:
        looking.forget_film(session, str(event.payload["film_id"]))

    dispatcher.subscribe(studio.FILM_COMPLETED, "rights.look", look)
    dispatcher.subscribe(REFERENCE_ADDED, "rights.learn", learn)
    dispatcher.subscribe(REFERENCE_REMOVED, "rights.unlearn", unlearn)
    dispatcher.subscribe("studio.film_withdrawn", "rights.forget_look", forget)


def tell_feed(dispatcher: events.Dispatcher, room: feed.Room) -> None:
    """Have posts appear, disappear and be told of as claims have it."""
    dispatcher.subscribe(
        claims.FILM_CHECKED, "feed.post_waiting", partial(holding.on_film_checked, room=room)
    )
    dispatcher.subscribe(claims.FILM_VISIBILITY, "feed.bar", holding.on_film_visibility)
    for topic in (claims.CLAIM_OPENED, claims.CLAIM_CHANGED):
        dispatcher.subscribe(topic, "feed.tell_of_claim", partial(holding.on_claim, room=room))


def look_anew_at_all(database: Database, recognising: Recognising, *, page: int) -> list[str]:
    """Have every finished film and every reference looked through again; the ids of the jobs.

    References come first, so that films are held against all of them.
    """
    at = recognising.bench.clock.now()
    jobs: list[str] = []
    after = ""
    while True:
        with database.transaction() as session:
            found = looking.references_after(session, after, limit=page)
            jobs += [
                recognising.learn_from(session, one, again=f"{at:%Y%m%d%H%M}") for one in found
            ]
        if not found:
            break
        after = found[-1]
    before: str | None = None
    while True:
        with database.transaction() as session:
            films = studio.films(session, after=before, limit=page)
            for film in films:
                if film.status == "completed" and film.video:
                    jobs.append(recognising.look_anew(session, look_of(film), at=at))
        if not films:
            return jobs
        before = films[-1].id


def look_of(film: studio.Film) -> Look:
    """What rights need to know of a film to look it through."""
    return Look(
        film_id=film.id,
        maker=film.requested_by or OPERATOR_ID,
        uploaded=film.request.model == uploading.MODEL,
        video=film.video,
        made_at=film.created_at,
    )
