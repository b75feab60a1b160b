"""The feeds over HTTP: Following, Friends, Mine, latest; notices; reports."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.feed import actions, hearing, social_store, store
from matinee.feed.model import LIST_ROWS, PAGE_POSTS, SubjectKind
from matinee.kit.bodies import answer
from matinee.people import Visitor

from .desk import Anyone, Body, FeedDesk, Reader, Writer, after_of, cursor_of, done, read_json
from .views import PostList, notice_views, post_views

_UNREAD_SHOWN_MAX = 99


class SubjectWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a report is about."""

    kind: SubjectKind
    id: str


class ReportWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that should not be here, and why."""

    subject: SubjectWish
    reason: str
    text: str = ""


def list_router(desk: FeedDesk) -> APIRouter:
    """The routes of lists."""
    router = APIRouter()
    _add_lists(router, desk)
    _add_notices(router, desk)
    _add_reports(router, desk)
    return router


def _add_lists(router: APIRouter, desk: FeedDesk) -> None:
    def listed(name: str, visitor: Visitor | None, cursor: str | None) -> Response:
        after = after_of(cursor, name)
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            found = store.listed(session, viewer, name, after=after, limit=PAGE_POSTS)
            shown = post_views(session, viewer, found.posts)
        on = None if found.after is None else cursor_of(name, found.after)
        return answer(PostList(shown, on))

    @router.get("/feed/following")
    def following(visitor: Reader, cursor: str | None = None) -> Response:
        """Posts of those whom the visitor follows, newest first."""
        return listed("following", visitor, cursor)

    @router.get("/feed/friends")
    def friends(visitor: Reader, cursor: str | None = None) -> Response:
        """Posts of friends, newest first."""
        return listed("friends", visitor, cursor)

    @router.get("/feed/mine")
    def mine(visitor: Reader, cursor: str | None = None) -> Response:
        """The visitor's own posts, newest first."""
        return listed("mine", visitor, cursor)

    @router.get("/feed/latest")
    def latest(visitor: Anyone, cursor: str | None = None) -> Response:
        """Everything that the visitor may see, newest first: no ranking at all."""
        return listed("latest", visitor, cursor)


def _add_notices(router: APIRouter, desk: FeedDesk) -> None:
    @router.get("/notifications")
    def notifications(visitor: Reader, cursor: str | None = None) -> Response:
        """What others did, newest first."""
        after = after_of(cursor, "notices")
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            told, on = social_store.notices(session, viewer, after=after, limit=LIST_ROWS)
            unread = social_store.unread_count(session, viewer.number, most=_UNREAD_SHOWN_MAX)
            shown = notice_views(session, told)
        return answer(
            {
                "notifications": shown,
                "unread_count": unread,
                "cursor": on and cursor_of("notices", on),
            }
        )

    @router.post("/notifications/read")
    def read(visitor: Writer) -> Response:
        """Note that all were seen."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            social_store.read_notices(session, viewer.number, desk.room.clock.now())
        return done()


def _add_reports(router: APIRouter, desk: FeedDesk) -> None:
    @router.post("/reports")
    def report(body: Body, visitor: Writer) -> Response:
        """Take something to the desk; what is reported by many is one case."""
        wish = read_json(body, ReportWish)
        with desk.database.transaction() as session:
            hearing.report(
                session,
                actions.viewer_of(session, visitor),
                kind=wish.subject.kind,
                subject=wish.subject.id,
                reason=wish.reason,
                text=wish.text,
                room=desk.room,
            )
        return answer({"reported": True}, status=201)
