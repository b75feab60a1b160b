"""Posts that wait until their film was looked through, and posts of films that claims bar.

Somebody posts a film that they sent before it was looked through: what they wanted to say is kept,
and the post appears by itself when the film is cleared. Doing what an event says twice changes
nothing.
"""

from datetime import datetime

import msgspec
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee import people, studio, trust
from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError
from matinee.people import OPERATOR_ID, Person
from matinee.rights import claims

from . import actions, hearing
from .actions import Room
from .errors import FilmHeld, FilmNotYours, FilmUnfinished
from .model import CAPTION_CHARACTERS_MAX, Card, NoticeKind, Wish, checked_text

_WORDS_MAX = 500


def post_or_wait(
    session: Session, person: Person, film_id: str, wish: Wish, *, room: Room
) -> Card | None:
    """Post a film, or (None) keep the wish until the film was looked through.

    Raises what `actions.add_post` raises, FilmHeld when the film cannot be looked through, and
    claims.FilmWithheld when a claim bars it everywhere.
    """
    standing = claims.cleared(session, film_id)
    if isinstance(standing, claims.Blocked) and not standing.territories:
        raise claims.FilmWithheld(film_id, "")
    if not isinstance(standing, claims.Held):
        return actions.add_post(session, person, film_id, wish, room=room)
    film = studio.film_by_id(session, film_id)
    if (film.requested_by or OPERATOR_ID) != person.id:
        raise FilmNotYours(film_id)
    if film.status in {"failed", "withdrawn"}:
        raise FilmUnfinished(film_id, film.status)
    if standing.fault:
        raise FilmHeld(film_id, standing.fault)
    caption = checked_text(wish.caption, "caption", CAPTION_CHARACTERS_MAX, characters_min=0)
    refusal = trust.judge(caption).refusal
    if refusal is not None:
        raise trust.Refused(refusal.rule, refusal.why, refusal.passes)
    _keep(session, film_id, person.id, wish, at=room.clock.now())
    return None


def on_film_checked(session: Session, event: events.Event, *, room: Room) -> None:
    """Post what waited for a film that was looked through, or tell its author why not."""
    film_id = str(event.payload["film_id"])
    row = session.execute(
        text("delete from feed.waiting_post where film = :film returning author, wish"),
        {"film": film_id},
    ).first()
    if row is None:
        return
    try:
        author = people.person_by_id(session, row.author)
    except people.PersonNotFound:
        return
    wish = msgspec.convert(row.wish, Wish)
    kind: NoticeKind = "posted"
    said = ""
    try:
        with session.begin_nested():
            post_or_wait(session, author, film_id, wish, room=room)
    except MatineeError as error:
        kind, said = "not_posted", error.message[:_WORDS_MAX]
    hearing.tell(session, author, kind=kind, said=said, ids=room.ids, at=event.recorded_at)


def on_film_visibility(session: Session, event: events.Event) -> None:
    """Show the posts of a film that a claim bars everywhere to nobody else, or again to all."""
    session.execute(
        text("update feed.post set barred = :barred where film = :film"),
        {"film": str(event.payload["film_id"]), "barred": bool(event.payload["everywhere"])},
    )


def on_claim(session: Session, event: events.Event, *, room: Room) -> None:
    """Tell the maker of a film of a claim on it, and of what was done to the claim since."""
    try:
        maker = people.person_by_id(session, str(event.payload["maker"]))
    except people.PersonNotFound:
        return
    opened = event.topic == claims.CLAIM_OPENED
    kind: NoticeKind = "claimed" if opened else "claim_changed"
    said = str(event.payload.get("state", "active"))
    hearing.tell(session, maker, kind=kind, said=said, ids=room.ids, at=event.recorded_at)


def _keep(session: Session, film_id: str, author: str, wish: Wish, *, at: datetime) -> None:
    session.execute(
        text(
            "insert into feed.waiting_post values (:film, :author, :wish, :at)"
            " on conflict (film) do update set wish = excluded.wish"
        ).bindparams(bindparam("wish", type_=JSONB)),
        {"film": film_id, "author": author, "wish": msgspec.to_builtins(wish), "at": at},
    )
