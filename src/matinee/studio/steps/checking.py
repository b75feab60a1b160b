"""Checking: between writing and reading a screenplay is held against the rules of the house.

No frame exists before every check has let a film pass, and that holds for films made from films as
well: a remix, an edit, a translation, a trim and a loop take the same road.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from matinee import people, trust
from matinee.film import Screenplay
from matinee.kit.db import Session
from matinee.kit.ids import SystemIds
from matinee.studio import consenting, store
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film, Refused
from matinee.trust import provenance

from .ground import Checked, Stage
from .permitting import permitted

Check = Callable[[Stage, Checked], None]
"""Raises the error that ends the film; whatever it notes, it notes in a transaction of its own."""


def check(stage: Stage, film_id: str) -> None:
    """Hold a film against every check, in order; raises what the first of them refuses."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        play = store.screenplay(session, wanted.screenplay) if wanted.screenplay else None
    checked = Checked(film=wanted, play=play)
    for one in CHECKS:
        one(stage, checked)


def moderated(stage: Stage, checked: Checked) -> None:
    """Have the prompt and every word of the screenplay judged, and keep the rating.

    Raises trust.Refused, noted for an appeal.
    """
    wanted = checked.film
    texts = tuple(dict.fromkeys(_texts(wanted, checked.play)))
    with stage.database.transaction() as session:
        excused = trust.excused(session, wanted.requested_by, wanted.request.prompt)
        limit = _limit(session, wanted)
        rating = _rating_of_pieces(session, wanted)
    verdict = stage.moderator.judge(trust.Material(texts=texts, excused=excused))
    if verdict.allows:
        rating = trust.moderation.higher(rating, verdict.rating)
        verdict = trust.moderation.within(replace(verdict, rating=rating), limit)
    if not verdict.allows:
        refuse(stage, wanted, verdict, texts)
    with stage.database.transaction() as session:
        store.update_film(session, wanted.id, rating=verdict.rating)


def _limit(session: Session, wanted: Film) -> trust.Rating:
    """Return the highest rating that whoever asked for a film may make."""
    maker = people.people_by_ids(session, [wanted.requested_by]).get(wanted.requested_by)
    return "teen" if maker is not None and maker.is_minor else "mature"


def _rating_of_pieces(session: Session, wanted: Film) -> trust.Rating:
    """Return the highest rating of the films that one is spliced from, which has no words."""
    rating: trust.Rating = "all"
    pieces = wanted.request.origin.pieces if wanted.request.origin else ()
    for film_id in dict.fromkeys(piece.film for piece in pieces):
        with suppress(FilmNotFound):
            rating = trust.moderation.higher(rating, store.film_by_id(session, film_id).rating)
    return rating


def check_pictures(stage: Stage, film_id: str, seen: provenance.Watched) -> None:
    """Have the pictures of a film that was cut judged; a higher rating than its words' counts.

    Raises trust.Refused, noted for an appeal.
    """
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        excused = trust.excused(session, wanted.requested_by, wanted.request.prompt)
        limit = _limit(session, wanted)
    shown = trust.Material(motion=seen.motion, stills=seen.stills, excused=excused)
    verdict = trust.moderation.within(stage.moderator.judge(shown), limit)
    if not verdict.allows:
        refuse(stage, wanted, verdict, (wanted.request.prompt,))
    rating = trust.moderation.higher(wanted.rating, verdict.rating)
    if rating != wanted.rating:
        with stage.database.transaction() as session:
            store.update_film(session, film_id, rating=rating)


def refuse(stage: Stage, wanted: Film, verdict: trust.Verdict, judged: tuple[str, ...]) -> None:
    """Note a refusal for its appeal and raise it."""
    with stage.database.transaction() as session:
        at = stage.clock.now()
        refused = trust.note_refusal(
            session,
            trust.Subject(kind="film", id=wanted.id),
            verdict,
            person=wanted.requested_by,
            judged=trust.Judged(
                texts=judged, moderator=stage.moderator.name, words=wanted.request.prompt
            ),
            at=at,
            ids=SystemIds(stage.clock),
        )
        # The film ends with its refusal in one transaction: neither is ever there alone.
        if store.fail_film(session, wanted.id, code=refused.code, message=refused.message, at=at):
            store.keep_refusal(session, wanted.id, _as_told(refused))
    raise refused


def _as_told(refused: trust.Refused) -> Refused:
    told = {name: str(refused.details[name]) for name in ("rule", "why", "passes")}
    return Refused(id=str(refused.details["refusal_id"]), **told)


def consented(stage: Stage, checked: Checked) -> None:
    """Ask everybody who is to be seen; raises what `likeness.permit` raises."""
    wanted = checked.film
    engines = [wanted.request.model]
    if wanted.request.finish is not None:
        engines.append(wanted.request.finish.engine)
    remote = any(stage.crew.engines[name].abilities.remote for name in engines)
    with stage.database.transaction() as session:
        consenting.check(session, wanted, checked.play, remote=remote, room=stage.likenesses)


CHECKS: tuple[Check, ...] = (consented, moderated, permitted)
"""What a film is held against, in order; owners are asked last, about what may be made at all."""


def _texts(wanted: Film, play: Screenplay | None) -> Iterator[str]:
    """Every text that somebody wrote or a writer made of it, as a moderator has to read it."""
    if wanted.request.prompt:
        yield wanted.request.prompt
    if play is None:
        return
    yield from (play.title, play.prompt)
    for character in play.characters:
        yield from (character.name, character.description)
    yield from (place.description for place in play.settings)
    yield from (thing.description for thing in play.props)
    for beat in play.beats:
        yield from (beat.text, beat.title)
        yield from (line.text for line in beat.lines)
