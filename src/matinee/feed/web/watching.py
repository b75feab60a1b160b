"""For You over HTTP: pages, views, steering, reasons; and search."""

import re

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee import people
from matinee.feed import (
    actions,
    choosing_store,
    explaining,
    searching,
    steering,
    store,
    watching,
)
from matinee.feed.choosing import Chosen
from matinee.feed.errors import CursorInvalid, RequestInvalid
from matinee.feed.model import PAGE_POSTS, Viewer
from matinee.feed.searching import Place
from matinee.kit.bodies import answer
from matinee.kit.db import Session

from .desk import Anyone, Body, FeedDesk, Reader, Writer, cursor_of, done, parts_of, read_json
from .views import PostList, PostView, person_view, post_views

# Nobody means to watch for less than a minute, so that settings need not be asked for before.
_LIMIT_MS_MIN = 60_000
_SITTING = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SCORE = re.compile(r"\d{1,3}(\.\d{1,8})?")


class NoticeOfLimit(msgspec.Struct, frozen=True):
    """That somebody has watched as long as they meant to."""

    kind: str
    minutes_watched: int
    minutes_limit: int


class ForYou(msgspec.Struct, frozen=True):
    """A page of For You; `continuous` is whether the app goes on by itself at its end."""

    posts: tuple[PostView, ...]
    cursor: str | None
    session: str
    notice: NoticeOfLimit | None
    continuous: bool


class ViewWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an app says of a view."""

    watched_ms: int
    duration_ms: int
    session: str = ""
    looped: int = 0
    sound: bool = False


class SteeringWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants to see, in their words."""

    text: str


class RuleView(msgspec.Struct, frozen=True):
    """A wish as it was understood."""

    say: str
    kind: str
    aspect: str
    about: str


class SteeringView(msgspec.Struct, frozen=True):
    """Wishes: the words and the rules."""

    text: str
    rules: tuple[RuleView, ...]


def watch_router(desk: FeedDesk) -> APIRouter:
    """The routes of watching and finding."""
    router = APIRouter()
    _add_for_you(router, desk)
    _add_views(router, desk)
    _add_steering(router, desk)
    _add_search(router, desk)
    return router


def _add_for_you(router: APIRouter, desk: FeedDesk) -> None:
    @router.get("/feed/for-you")
    def for_you(visitor: Reader, cursor: str | None = None, session: str = "") -> Response:
        """The next page of a sitting; without a name of its own it is given one."""
        place = parts_of(cursor, "for-you", count=2)
        if place is not None and not (place[1].isdecimal() and _SITTING.fullmatch(place[0])):
            raise CursorInvalid
        key = place[0] if place else session or desk.room.ids.new("sitting")
        if not _SITTING.fullmatch(key):
            reason = "'session' has letters, digits, - and _, at most 64 of them."
            raise RequestInvalid(reason)
        first = min(int(place[1]), 100_000) if place else 0
        with desk.database.transaction() as opened:
            chosen = desk.room.chooser.page(opened, visitor.person, key=key, first=first)
            viewer = chosen.state.viewer
            posts = post_views(opened, viewer, chosen.cards, why=_reasons(chosen))
            notice = _limit(opened, visitor.person, chosen)
        on = None if chosen.after is None else cursor_of("for-you", key, chosen.after)
        return answer(ForYou(posts, on, key, notice, not viewer.minor))

    @router.get("/posts/{post_id}/why")
    def why(post_id: str, visitor: Reader) -> Response:
        """What a post's place in For You was reckoned from."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            factors = choosing_store.factors_of_post(session, viewer, post.number)
            _, rules = choosing_store.steering_of(session, viewer)
        if factors is None:
            factors = (("chronological", 0.0),)
        told = explaining.explained(factors, topic=post.topic, rules=rules)
        return answer({"why": [factor.say for factor in told], "factors": told})


def _add_views(router: APIRouter, desk: FeedDesk) -> None:
    @router.post("/posts/{post_id}/views")
    def view(post_id: str, body: Body, visitor: Writer) -> Response:
        """Note how much of a film somebody watched."""
        wish = read_json(body, ViewWish)
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            seen = watching.View(
                watched_ms=wish.watched_ms,
                duration_ms=wish.duration_ms,
                looped=wish.looped,
                sound=wish.sound,
            )
            watching.watch(session, viewer, post_id, seen, room=desk.room)
        return done()

    @router.put("/posts/{post_id}/not-interested")
    def dismiss(post_id: str, visitor: Writer) -> Response:
        """Show this no more, and less of its kind."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            watching.dismiss(session, viewer, post_id, room=desk.room)
        desk.room.chooser.forget(viewer)
        return done()


def _add_steering(router: APIRouter, desk: FeedDesk) -> None:
    def told(session: Session, viewer: Viewer) -> SteeringView:
        said, rules = choosing_store.steering_of(session, viewer)
        return SteeringView(
            said, tuple(RuleView(rule.say, rule.kind, rule.aspect, rule.about) for rule in rules)
        )

    @router.get("/feed/steering")
    def show(visitor: Reader) -> Response:
        """What the visitor asked for."""
        with desk.database.transaction() as session:
            return answer(told(session, actions.viewer_of(session, visitor)))

    @router.put("/feed/steering")
    def steer(body: Body, visitor: Writer) -> Response:
        """Ask for more or less of something, in plain words; the next page follows."""
        wish = read_json(body, SteeringWish)
        rules = steering.parsed(wish.text, desk.room.subjects)
        at = desk.room.clock.now()
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            choosing_store.keep_steering(session, viewer, wish.text.strip(), rules, at)
            shown = told(session, viewer)
        desk.room.chooser.forget(viewer)
        return answer(shown)

    @router.delete("/feed/steering")
    def reset(visitor: Writer) -> Response:
        """Ask for nothing special any more."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            choosing_store.forget_steering(session, viewer)
        desk.room.chooser.forget(viewer)
        return done()


def _add_search(router: APIRouter, desk: FeedDesk) -> None:
    @router.get("/search")
    def search(
        visitor: Anyone, q: str = "", kind: str = "posts", cursor: str | None = None
    ) -> Response:
        """Posts or people that a query is about."""
        if kind not in {"posts", "people"}:
            reason = f"'kind' is posts or people, not {kind[:20]!r}."
            raise RequestInvalid(reason)
        parts = parts_of(cursor, kind, count=2)
        if parts and not (_SCORE.fullmatch(parts[0]) and parts[1].isdecimal()):
            raise CursorInvalid
        after = Place(parts[0], min(int(parts[1]), 2**62)) if parts else None
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            if kind == "posts":
                found, on = searching.posts_found(
                    session, viewer, q, subjects=desk.room.subjects, after=after, limit=PAGE_POSTS
                )
                shown = post_views(session, viewer, found)
                on_at = cursor_of(kind, on.score, on.number) if on else None
                return answer(PostList(shown, on_at))
            ids, on = searching.people_found(
                session, viewer, q, subjects=desk.room.subjects, after=after, limit=PAGE_POSTS
            )
            known = people.people_by_ids(session, ids)
        found_people = [person_view(known[one]) for one in ids if one in known]
        on_at = cursor_of(kind, on.score, on.number) if on else None
        return answer({"people": found_people, "cursor": on_at})


def _reasons(chosen: Chosen) -> dict[str, tuple[str, ...]]:
    return {
        card.id: tuple(
            one.say
            for one in explaining.explained(factors, topic=card.topic, rules=chosen.state.rules)
        )
        for card, factors in zip(chosen.cards, chosen.factors, strict=True)
    }


def _limit(session: Session, person: people.Person, chosen: Chosen) -> NoticeOfLimit | None:
    watched_ms = chosen.state.watched_ms
    if watched_ms < _LIMIT_MS_MIN:
        return None
    limit_ms = watching.daily_limit_ms(session, person)
    if limit_ms is None or watched_ms < limit_ms:
        return None
    return NoticeOfLimit("daily_limit", watched_ms // 60_000, limit_ms // 60_000)
