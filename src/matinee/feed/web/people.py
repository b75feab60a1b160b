"""People over HTTP: profiles, who follows whom, and keeping people away."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee import people
from matinee.feed import actions, social_store, store
from matinee.feed.model import LIST_ROWS, PAGE_POSTS, STRANGER, Relation, Standing
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import Person, PersonNotFound, Visitor

from .desk import Anyone, FeedDesk, Reader, Writer, after_of, cursor_of
from .views import PostList, person_view, picture_of, post_views


class ProfilePerson(msgspec.Struct, frozen=True):
    """Somebody on their own page."""

    handle: str
    name: str
    picture: str | None
    bio: str


class ProfileView(msgspec.Struct, frozen=True):
    """Somebody's page without their posts."""

    person: ProfilePerson
    counts: Standing
    relation: Relation


def people_router(desk: FeedDesk) -> APIRouter:
    """The routes of people, as far as they are the feed's."""
    router = APIRouter()
    _add_profiles(router, desk)
    _add_relations(router, desk)
    return router


def _add_profiles(router: APIRouter, desk: FeedDesk) -> None:
    @router.get("/people/{handle}")
    def profile(handle: str, visitor: Anyone) -> Response:
        """Somebody, what they count and how the visitor stands to them."""
        with desk.database.transaction() as session:
            return answer(_profile(session, visitor, handle))

    @router.get("/people/{handle}/posts")
    def posts(handle: str, visitor: Anyone, cursor: str | None = None) -> Response:
        """Somebody's posts, newest first, as far as the visitor may see them."""
        after = after_of(cursor, "author")
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            other = _met(session, visitor, handle)
            number = actions.viewer_of_person(session, other).number
            found = store.listed(
                session, viewer, "author", after=after, limit=PAGE_POSTS, author=number
            )
            shown = post_views(session, viewer, found.posts)
        on = None if found.after is None else cursor_of("author", found.after)
        return answer(PostList(shown, on))

    def around(handle: str, visitor: Visitor, side: str, cursor: str | None) -> Response:
        after = after_of(cursor, side)
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            number = actions.viewer_of_person(session, _met(session, visitor, handle)).number
            ids, on = social_store.people_around(
                session, viewer, number, side, after=after, limit=LIST_ROWS
            )
            known = people.people_by_ids(session, ids)
        shown = [person_view(known[one]) for one in ids if one in known]
        return answer({"people": shown, "cursor": on and cursor_of(side, on)})

    @router.get("/people/{handle}/followers")
    def followers(handle: str, visitor: Reader, cursor: str | None = None) -> Response:
        """Who follows somebody."""
        return around(handle, visitor, "followers", cursor)

    @router.get("/people/{handle}/following")
    def following(handle: str, visitor: Reader, cursor: str | None = None) -> Response:
        """Whom somebody follows."""
        return around(handle, visitor, "following", cursor)


def _add_relations(router: APIRouter, desk: FeedDesk) -> None:
    @router.put("/people/{handle}/follow")
    def follow(handle: str, visitor: Writer) -> Response:
        """Follow somebody."""
        with desk.database.transaction() as session:
            viewer, other = actions.viewer_of(session, visitor), _met(session, visitor, handle)
            actions.follow(session, viewer, other, room=desk.room)
            return answer(_profile(session, visitor, handle))

    @router.delete("/people/{handle}/follow")
    def unfollow(handle: str, visitor: Writer) -> Response:
        """Follow somebody no longer."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            actions.unfollow(session, viewer, people.person_by_handle(session, handle))
            return answer(_profile(session, visitor, handle))

    @router.put("/people/{handle}/mute")
    def mute(handle: str, visitor: Writer) -> Response:
        """Keep somebody out of the own feeds."""
        with desk.database.transaction() as session:
            viewer, other = actions.viewer_of(session, visitor), _met(session, visitor, handle)
            actions.mute(session, viewer, other, room=desk.room)
            return answer(_profile(session, visitor, handle))

    @router.delete("/people/{handle}/mute")
    def unmute(handle: str, visitor: Writer) -> Response:
        """Let somebody into the own feeds again."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            actions.unmute(session, viewer, people.person_by_handle(session, handle))
            return answer(_profile(session, visitor, handle))

    @router.put("/people/{handle}/block")
    def block(handle: str, visitor: Writer) -> Response:
        """Keep somebody away altogether."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            other = people.person_by_handle(session, handle)
            actions.block(session, viewer, other, room=desk.room)
            return answer({"blocked": True})

    @router.delete("/people/{handle}/block")
    def unblock(handle: str, visitor: Writer) -> Response:
        """Take back a block."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            actions.unblock(session, viewer, people.person_by_handle(session, handle))
            return answer({"blocked": False})


def _met(session: Session, visitor: Visitor | None, handle: str) -> Person:
    """Return somebody who has not blocked the visitor; raises PersonNotFound."""
    return _met_with(session, visitor, handle)[0]


def _met_with(session: Session, visitor: Visitor | None, handle: str) -> tuple[Person, Relation]:
    other = people.person_by_handle(session, handle)
    viewer = actions.viewer_of(session, visitor)
    if viewer == STRANGER:
        return other, Relation()
    number = actions.viewer_of_person(session, other).number
    relation, shut = social_store.relation(session, viewer, number)
    if shut:
        raise PersonNotFound(handle)
    return other, relation


def _profile(session: Session, visitor: Visitor | None, handle: str) -> ProfileView:
    other, relation = _met_with(session, visitor, handle)
    viewer = actions.viewer_of(session, visitor)
    number = actions.viewer_of_person(session, other).number
    return ProfileView(
        ProfilePerson(other.handle, other.name, picture_of(other), other.bio),
        social_store.standing(session, viewer, number),
        relation,
    )
