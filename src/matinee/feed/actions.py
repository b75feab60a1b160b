"""The feed's verbs: post, change, delete; follow, like, say something; report.

The session is the first argument; whoever opened it commits.
"""

from dataclasses import dataclass

import msgspec

from matinee import likeness, studio, trust
from matinee.kit import events
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.people import OPERATOR_ID, Person, PersonNotFound, Visitor

from . import social_store, store
from .choosing import Chooser
from .errors import (
    AudienceTooWide,
    CommentNotFound,
    CommentsClosed,
    FilmNotYours,
    FilmUnfinished,
    NotTheAuthor,
    NotYourself,
    RemixClosed,
)
from .model import (
    CAPTION_CHARACTERS_MAX,
    COMMENT_CHARACTERS_MAX,
    STRANGER,
    Card,
    Comment,
    FilmFacts,
    NoticeKind,
    Viewer,
    Wish,
    checked_text,
)
from .subjects import Subjects

POST_MADE = "feed.post_made"
"""Somebody posted a film: {post_id, film_id, person_id}."""

FOLLOWS_PER_HOUR = 200
COMMENTS_PER_HOUR = 120

_LINE_MAX = 50
_KEY_CHARACTERS = 12


@dataclass(frozen=True, kw_only=True)
class Room:
    """What it takes to run the feed: the clock, ids, what posts are about, who chooses."""

    clock: Clock
    ids: Ids
    subjects: Subjects
    chooser: Chooser


class _Caption(msgspec.Struct, frozen=True):
    language: str
    url: str


class _FilmJson(msgspec.Struct, frozen=True):
    """A film within a post, as it is kept and sent."""

    id: str
    video: str
    poster: str
    captions: tuple[_Caption, ...]
    hls: str | None
    width: int
    height: int
    duration_s: float


def viewer_of(session: Session, visitor: Visitor | None) -> Viewer:
    """Return who looks, noting whom the feed did not know yet."""
    if visitor is None:
        return STRANGER
    return viewer_of_person(session, visitor.person)


def viewer_of_person(session: Session, person: Person) -> Viewer:
    """Return a person as a viewer."""
    return Viewer(store.person_number(session, person), person.id, person.is_minor)


def add_post(session: Session, person: Person, film_id: str, wish: Wish, *, room: Room) -> Card:
    """Post a finished film of one's own; a remix is tied to its parent, whose makers are told.

    Raises FilmNotFound, FilmNotYours, FilmUnfinished, AlreadyPosted, AudienceTooWide, TextInvalid,
    RemixClosed, and trust.Refused for a caption against the rules of the house.
    """
    viewer = viewer_of_person(session, person)
    film = studio.film_by_id(session, film_id)
    if (film.requested_by or OPERATOR_ID) != person.id:
        raise FilmNotYours(film_id)
    if film.status != "completed" or not film.video:
        raise FilmUnfinished(film_id, film.status)
    _check_audience(person, wish)
    caption = checked_text(wish.caption, "caption", CAPTION_CHARACTERS_MAX, characters_min=0)
    rating = _judged(caption, person)
    facts = facts_of(film)
    words = f"{caption} {facts.words}"
    subject = room.subjects.about(words)
    parent = _parent_of(session, film, viewer)
    at = room.clock.now()
    post_id = room.ids.new("post")
    number = store.add_post(
        session,
        author=viewer.number,
        row={
            "id": post_id,
            "film": film_id,
            "audience": wish.audience,
            "remixable": wish.remixable,
            "comments_open": wish.comments_open,
            "mature": wish.mature or "mature" in {film.rating, rating},
            "parent": parent,
            "topic": subject.topics[0],
            "second_topic": subject.topics[1],
            "duration_ms": facts.duration_ms,
            "shot_ms": facts.shot_ms,
            "language": facts.language,
            "created_at": at,
        },
        content={
            "caption": caption,
            "film": _film_json(facts),
            "people": list(_people_in(session, film)),
            "words": words,
        },
        meaning=subject.meaning,
    )
    store.refresh_maker(session, viewer.number)
    if parent is not None:
        social_store.add_to_tally(session, parent, "remixes", 1)
        _tell_ancestors(session, number, viewer, room)
    events.record(
        session,
        POST_MADE,
        key=post_id,
        payload={"post_id": post_id, "film_id": film_id, "person_id": person.id},
        at=at,
    )
    return store.card(session, viewer, post_id)


def change_post(session: Session, person: Person, post_id: str, wish: Wish, *, room: Room) -> Card:
    """Change what a post says and who sees it; raises what `add_post` raises for these."""
    viewer, number = _own(session, person, post_id)
    _check_audience(person, wish)
    before = store.card(session, viewer, post_id)
    caption = checked_text(wish.caption, "caption", CAPTION_CHARACTERS_MAX, characters_min=0)
    changed = caption != before.caption
    rating = _judged(caption, person) if changed else trust.judge(caption).rating
    changes: dict[str, object] = {
        "audience": wish.audience,
        "remixable": wish.remixable,
        "comments_open": wish.comments_open,
        # An author may call more of it mature than it is, never less.
        "mature": wish.mature or "mature" in {_rating_of_film(session, before.film_id), rating},
    }
    if changed:
        words = f"{caption} {_words_of_film(session, before.film_id)}"
        subject = room.subjects.about(words)
        changes |= {"topic": subject.topics[0], "second_topic": subject.topics[1]}
        store.change_caption(session, number, caption, words)
        store.change_meaning(session, number, subject.meaning)
    store.change_post(session, number, **changes)
    store.refresh_maker(session, viewer.number)
    return store.card(session, viewer, post_id)


def delete_post(session: Session, person: Person, post_id: str) -> None:
    """Delete a post of one's own; its place in the line of remixes stays, without anything in it.

    Raises PostNotFound and NotTheAuthor.
    """
    viewer, number = _own(session, person, post_id)
    store.erase_posts(session, [number])
    store.refresh_maker(session, viewer.number)


def like(session: Session, viewer: Viewer, post_id: str, *, room: Room) -> None:
    """Like a post; its author is told once. Raises PostNotFound."""
    post = store.card(session, viewer, post_id)
    if social_store.like(session, viewer.number, post.number, room.clock.now()):
        _tell(session, post.author, "like", viewer, room, post=post.number)


def comment(session: Session, viewer: Viewer, post_id: str, body: str, *, room: Room) -> Comment:
    """Say something about a post.

    Raises PostNotFound, CommentsClosed, TextInvalid and TooMuchAtOnce.
    """
    post = store.card(session, viewer, post_id)
    if not post.comments_open:
        raise CommentsClosed(post_id)
    body = checked_text(body, "comment", COMMENT_CHARACTERS_MAX)
    _refuse(trust.judge(body, limit="teen" if viewer.minor else "mature"))
    at = room.clock.now()
    social_store.check_pace(session, "comments", viewer.number, COMMENTS_PER_HOUR, at)
    said = Comment(
        number=0,
        id=room.ids.new("comment"),
        post=post.id,
        author=viewer.person,
        body=body,
        written_at=at,
    )
    number = social_store.add_comment(session, said, post.number, viewer.number)
    _tell(session, post.author, "comment", viewer, room, post=post.number, comment=number)
    return said


def delete_comment(session: Session, viewer: Viewer, comment_id: str, *, moderator: bool) -> None:
    """Delete a comment: its author may, the post's author, and a moderator.

    Raises CommentNotFound and NotTheAuthor.
    """
    facts = social_store.comment_facts(session, viewer, comment_id)
    if facts is None:
        raise CommentNotFound(comment_id)
    number, post, author, host = facts
    if viewer.number not in {author, host} and not moderator:
        raise NotTheAuthor("this comment")
    social_store.delete_comment(session, number, post)


def follow(session: Session, viewer: Viewer, other: Person, *, room: Room) -> None:
    """Follow somebody, who is told; raises NotYourself, TooMuchAtOnce and PersonNotFound."""
    number = _other(session, viewer, other, "follow")
    at = room.clock.now()
    social_store.check_pace(session, "follows", viewer.number, FOLLOWS_PER_HOUR, at)
    # Asked under the pair's lock: a block that comes at the same time is seen.
    social_store.hold_pair(session, viewer.number, number)
    if social_store.is_apart(session, viewer, number):
        raise PersonNotFound(other.handle)
    if social_store.follow(session, viewer.number, number, at):
        _tell(session, other.id, "follow", viewer, room)


def unfollow(session: Session, viewer: Viewer, other: Person) -> None:
    """Follow somebody no longer."""
    social_store.unfollow(session, viewer.number, _other(session, viewer, other, "follow"))


def block(session: Session, viewer: Viewer, other: Person, *, room: Room) -> None:
    """Keep somebody away: neither sees the other, and nobody follows any more."""
    number = _other(session, viewer, other, "block")
    social_store.block(session, viewer.number, number, room.clock.now())


def unblock(session: Session, viewer: Viewer, other: Person) -> None:
    """Take back a block."""
    social_store.unblock(session, viewer.number, _other(session, viewer, other, "block"))


def mute(session: Session, viewer: Viewer, other: Person, *, room: Room) -> None:
    """Keep somebody's posts and notices away, without their knowing."""
    number = _other(session, viewer, other, "mute")
    social_store.mute(session, viewer.number, number, room.clock.now())


def unmute(session: Session, viewer: Viewer, other: Person) -> None:
    """Take back a mute."""
    social_store.unmute(session, viewer.number, _other(session, viewer, other, "mute"))


def film_json(session: Session, film_id: str) -> bytes:
    """Return what a post says of a film, as its cards hold it."""
    return _film_json(facts_of(studio.film_by_id(session, film_id))).encode()


def facts_of(film: studio.Film) -> FilmFacts:
    """Return what a post says of its film."""
    place = f"/api/films/{film.id}"
    captions = (
        ((film.language or "und", f"{place}/captions?of={_short(film.captions)}"),)
        if film.captions
        else ()
    )
    return FilmFacts(
        id=film.id,
        video=f"{place}/video?of={_short(film.delivered)}",
        poster=f"{place}/poster?of={_short(film.poster)}",
        captions=captions,
        # The languages that it was dubbed in are chosen from its master playlist.
        hls=f"{place}/stream/master.m3u8" if film.captions else None,
        width=film.request.size.width,
        height=film.request.size.height,
        duration_ms=film.duration_ms or 1,
        shot_count=len(film.shots),
        language=film.language,
        words=f"{film.title} {film.request.prompt}"[:CAPTION_CHARACTERS_MAX],
    )


def _rating_of_film(session: Session, film_id: str) -> str:
    try:
        return studio.film_by_id(session, film_id).rating
    except studio.FilmNotFound:
        return ""  # deleted, and nothing of it is shown any more


def _film_json(facts: FilmFacts) -> str:
    shown = _FilmJson(
        id=facts.id,
        video=facts.video,
        poster=facts.poster,
        captions=tuple(_Caption(language, url) for language, url in facts.captions),
        hls=facts.hls,
        width=facts.width,
        height=facts.height,
        duration_s=round(facts.duration_ms / 1000, 3),
    )
    return msgspec.json.encode(shown).decode()


def _words_of_film(session: Session, film_id: str) -> str:
    return facts_of(studio.film_by_id(session, film_id)).words


def _people_in(session: Session, film: studio.Film) -> tuple[str, ...]:
    """Return the ids of the people whose likeness a film shows."""
    play = studio.screenplay_of(session, film.id)
    if play is None:
        return ()
    worn = [one.likeness for one in play.characters if one.likeness]
    shown = likeness.by_ids(session, worn).values() if worn else ()
    return tuple(dict.fromkeys(one.owner for one in shown if one.kind == "person" and one.owner))


def _judged(caption: str, person: Person) -> trust.Rating:
    """Return how a caption is rated; raises Refused for one that the house does not show."""
    verdict = trust.judge(caption, limit="teen" if person.is_minor else "mature")
    _refuse(verdict)
    return verdict.rating


def _refuse(verdict: trust.Verdict) -> None:
    if verdict.refusal is not None:
        refusal = verdict.refusal
        raise trust.Refused(refusal.rule, refusal.why, refusal.passes)


def _parent_of(session: Session, film: studio.Film, viewer: Viewer) -> int | None:
    """Return the post that a film goes back to, through films that were not posted themselves.

    Raises RemixClosed for one of somebody else who did not open it for remixes.
    """
    for _ in range(_LINE_MAX):
        asked_from = store.found_parent(session, film.id)
        if asked_from is not None:
            return asked_from
        if film.request.origin is None:
            return None
        before = film.request.origin.film
        for number in store.posts_of_film(session, before):
            author, remixable, post_id = store.opened(session, number)
            if author == viewer.number or remixable:
                return number
            raise RemixClosed(post_id)
        try:
            film = studio.film_by_id(session, before)
        except studio.FilmNotFound:
            return None
    return None


def _tell_ancestors(session: Session, number: int, viewer: Viewer, room: Room) -> None:
    """Tell everybody whose film a remix goes back to, each once."""
    authors = dict.fromkeys(author for _, author in store.ancestors(session, number))
    for author in authors:
        if author is not None:
            social_store.add_notice(
                session,
                notice_id=room.ids.new("notice"),
                person=author,
                kind="remix",
                actor=viewer.number,
                post=number,
                at=room.clock.now(),
            )


def _tell(
    session: Session,
    person_id: str,
    kind: NoticeKind,
    viewer: Viewer,
    room: Room,
    *,
    post: int | None = None,
    comment: int | None = None,
) -> None:
    numbers = social_store.numbers_of(session, [person_id])
    social_store.add_notice(
        session,
        notice_id=room.ids.new("notice"),
        person=numbers[person_id],
        kind=kind,
        actor=viewer.number,
        post=post,
        comment=comment,
        at=room.clock.now(),
    )


def _check_audience(person: Person, wish: Wish) -> None:
    if person.is_minor and wish.audience == "public":
        raise AudienceTooWide


def _own(session: Session, person: Person, post_id: str) -> tuple[Viewer, int]:
    """Return a person and the number of their live post; raises PostNotFound or NotTheAuthor."""
    viewer = viewer_of_person(session, person)
    seen = store.card(session, viewer, post_id)
    if seen.author != person.id:
        raise NotTheAuthor("a post")
    return viewer, seen.number


def _other(session: Session, viewer: Viewer, other: Person, verb: str) -> int:
    """Return the number of another person; raises NotYourself."""
    number = viewer_of_person(session, other).number
    if number == viewer.number:
        raise NotYourself(verb)
    return number


def _short(key: str) -> str:
    return key.rpartition("/")[2].partition(".")[0][:_KEY_CHARACTERS]
