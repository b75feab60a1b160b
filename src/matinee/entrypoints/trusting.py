"""What the desk is told of things of other rooms, and what they are told of its decisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from matinee import feed, people, studio, trust
from matinee.entrypoints import sight
from matinee.kit import events
from matinee.kit.db import Session
from matinee.people import Visitor
from matinee.studio import withdrawing
from matinee.trust import calling, provenance
from matinee.trust.hearing import CASE_DECIDED, CASE_DUE, Witness


def film_witness(session: Session, film_id: str) -> Witness | None:
    """Whose a film is, and what there is to know of it."""
    try:
        film = studio.film_by_id(session, film_id)
    except studio.FilmNotFound:
        return None
    return Witness(
        author=film.requested_by,
        snapshot={
            "title": film.title,
            "prompt": film.request.prompt,
            "rating": film.rating,
            "status": film.status,
            "video": film.video,
            "screenplay": film.screenplay,
            "created_at": film.created_at.isoformat(),
        },
    )


def person_witness(session: Session, person_id: str) -> Witness | None:
    """Who a person is, by id or handle."""
    try:
        person = people.person_by_id(session, person_id)
    except people.PersonNotFound:
        return None
    return Witness(
        author=person.id,
        snapshot={"handle": person.handle, "name": person.name, "bio": person.bio},
    )


def _feed_witness(kind: str) -> Callable[[Session, str], Witness | None]:
    def witness(session: Session, subject_id: str) -> Witness | None:
        """Whose a post or comment is, and what it says."""
        seen = feed.hearing.witness(session, kind, subject_id)
        return None if seen is None else Witness(author=seen[0], snapshot=seen[1])

    return witness


def refuse_indecent(text: str) -> None:
    """Hold a handle, a name or a biography against the rules; raises trust.Refused."""
    refusal = trust.judge(text.replace("_", " "), limit="teen").refusal
    if refusal is not None:
        raise trust.Refused(refusal.rule, refusal.why, refusal.passes)


WITNESSES: dict[str, Callable[[Session, str], Witness | None]] = {
    "film": film_witness,
    "person": person_witness,
    "post": _feed_witness("post"),
    "comment": _feed_witness("comment"),
}
"""For each kind of subject that the desk hears about, what its room says of one."""


def may_see(session: Session, visitor: Visitor | None, subject: trust.Subject) -> bool:
    """Whether a visitor may know of a subject that a file was recognised as."""
    if subject.kind != "film":
        return False
    try:
        film = studio.film_by_id(session, subject.id)
    except studio.FilmNotFound:
        return False
    return sight.may_see(session, visitor, film)


def subscribe(
    dispatcher: events.Dispatcher, office: studio.Office, *, mailer: people.Mailer, public_url: str
) -> None:
    """Have moderators called and decisions carried out, and forget those who leave."""

    def carry_out(session: Session, event: events.Event) -> None:
        """Withdraw a film that was removed; make one anew that an appeal brings back."""
        told = event.payload
        if told["subject_kind"] != "film":
            return
        film_id = str(told["subject_id"])
        if told["decision"] == "remove":
            withdrawing.withdraw_films(session, [film_id], at=event.recorded_at)
        elif told["decision"] == "restore":
            _make_again(session, film_id, office, at=event.recorded_at)

    def forget_film(session: Session, event: events.Event) -> None:
        subject = trust.Subject(kind="film", id=str(event.payload["film_id"]))
        provenance.forget(session, subject)

    def forget_person(session: Session, event: events.Event) -> None:
        trust.hearing.forget(session, str(event.payload["person_id"]))

    dispatcher.subscribe(
        CASE_DUE, "trust.call_moderators", partial(calling.call_moderators, clock=office.clock)
    )
    dispatcher.subscribe(
        calling.MODERATOR_CALLED,
        "trust.mail_moderator",
        partial(calling.mail_moderator, mailer=mailer, public_url=public_url),
    )
    dispatcher.subscribe(CASE_DECIDED, "studio.carry_out", carry_out)
    dispatcher.subscribe("studio.film_withdrawn", "trust.forget_film", forget_film)
    dispatcher.subscribe(people.PERSON_CLOSED, "trust.forget_person", forget_person)


def _make_again(session: Session, film_id: str, office: studio.Office, *, at: datetime) -> None:
    """Make a withdrawn film anew for its maker: the same screenplay and seed give the same one.

    It is another film by its id, for which the posts of the first one wait.
    """
    try:
        film = studio.film_by_id(session, film_id)
    except studio.FilmNotFound:
        return  # its maker deleted it meanwhile
    if film.status != "withdrawn" or not film.screenplay:
        return
    again = replace(film.request, screenplay=film.screenplay, seed=film.seed)
    made = studio.request_film(session, again, office=replace(office, requester=film.requested_by))
    feed.hearing.await_film(session, made.id, was=film_id, at=at)
