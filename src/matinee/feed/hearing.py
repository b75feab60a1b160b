"""What the feed hears of other rooms, and what it tells them: films withdrawn, decisions, reports.

Subscribers take a session of their own and an event; doing what one says twice changes nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from matinee import trust
from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.people import Person, Visitor

from . import leaving_store, social_store, store, watching_store
from .actions import Room, film_json, viewer_of
from .errors import CommentNotFound
from .model import SubjectKind, Viewer
from .store import witness_of


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """What the feed holds of a person: posts, comments, likes, follows, views, taste."""
    yield from leaving_store.exported(session, person_id)


def on_person_closed(session: Session, event: events.Event) -> None:
    """Delete what was somebody's who closed their account."""
    leaving_store.forget(session, str(event.payload["person_id"]))


def on_film_withdrawn(session: Session, event: events.Event) -> None:
    """Hide the posts of a film that is no more."""
    leaving_store.hide_film(session, str(event.payload["film_id"]))


def await_film(session: Session, film_id: str, *, was: str, at: datetime) -> None:
    """Let the posts of a withdrawn film wait for the one that it is made again as."""
    leaving_store.await_film(session, film_id, was=was, at=at)


def on_film_completed(session: Session, event: events.Event) -> None:
    """Bring back the posts that waited for a film."""
    film_id = str(event.payload["film_id"])
    was = leaving_store.take_remade(session, film_id)
    if was is not None:
        facts = film_json(session, film_id)
        leaving_store.show_remade(session, film_id, was=was, facts=facts)


def on_case_decided(session: Session, event: events.Event, *, ids: Ids) -> None:
    """Hide or bring back what the desk decided about, and tell its author why."""
    told = {name: str(value) for name, value in event.payload.items()}
    kind, decision = told["subject_kind"], told["decision"]
    if decision not in {"remove", "restore"} or kind not in {"post", "comment"}:
        return
    removed = decision == "remove"
    if kind == "post":
        leaving_store.set_post_state(session, told["subject_id"], removed=removed)
    else:
        social_store.set_removed(session, told["subject_id"], removed=removed)
    if told.get("author"):
        leaving_store.tell_author(
            session,
            notice_id=ids.new("notice"),
            person=told["author"],
            kind="removed" if removed else "restored",
            said=told.get("statement", ""),
            at=event.recorded_at,
        )


def tell(session: Session, person: Person, *, kind: str, said: str, ids: Ids, at: datetime) -> None:
    """Give somebody a notice of what happened in another room, in its words.

    ``kind`` is one of ``model.NoticeKind``.
    """
    viewer_of(session, Visitor(person))  # who never opened the feed has no number in it
    leaving_store.tell_author(
        session, notice_id=ids.new("notice"), person=person.id, kind=kind, said=said, at=at
    )


def witness(session: Session, kind: str, subject_id: str) -> tuple[str, dict[str, str]] | None:
    """Return whose a post or comment is, and what is to be remembered of it for the desk."""
    return witness_of(session, kind, subject_id)


def posts_of_film(session: Session, film_id: str) -> tuple[str, ...]:
    """Return the ids of a film's posts, also of those that are hidden."""
    return store.post_ids_of_film(session, film_id)


def is_public(session: Session, film_id: str) -> bool:
    """Whether a film is posted for everybody, whatever its rating."""
    return store.is_public(session, film_id)


def report(
    session: Session,
    viewer: Viewer,
    *,
    kind: SubjectKind,
    subject: str,
    reason: str,
    text: str,
    room: Room,
) -> str:
    """Take something to the desk and return the id of its case.

    Raises PostNotFound or CommentNotFound for what the viewer may not see, and what
    `trust.report` raises.
    """
    if kind == "post":
        store.card(session, viewer, subject)
    elif kind == "comment" and social_store.comment_facts(session, viewer, subject) is None:
        raise CommentNotFound(subject)
    seen = witness(session, kind, subject)
    told = trust.hearing.NOBODY
    if seen is not None:
        told = trust.hearing.Witness(author=seen[0], snapshot=seen[1])
    case = trust.report(
        session,
        trust.Subject(kind=kind, id=subject),
        viewer.person,
        reason,
        text,
        at=room.clock.now(),
        ids=room.ids,
        witness=told,
    )
    return case.id


def acquaintance(
    session: Session, owner_id: str, asker_id: str
) -> Literal["stranger", "mutual", "blocked"]:
    """Return how two people stand: apart if either blocked the other, mutual if both follow."""
    numbers = social_store.numbers_of(session, [owner_id, asker_id])
    if len(numbers) < 2:  # noqa: PLR2004 - both of them
        return "stranger"
    asker = Viewer(numbers[asker_id], asker_id)
    if social_store.is_apart(session, asker, numbers[owner_id]):
        return "blocked"
    relation, _ = social_store.relation(session, asker, numbers[owner_id])
    return "mutual" if relation.friends else "stranger"


def watched_by_film(session: Session, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How many ms of each film those watched who first saw it in this time, its author not.

    Each viewer counts once for a film, in the time in which they first saw it, so that two times
    that follow one another never count the same watching.
    """
    return watching_store.watched_by_film(session, since, until)
