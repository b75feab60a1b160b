"""Posts over HTTP: making, changing, liking, saving, comments, sharing, remixes and their tree."""

from typing import TypeVar

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from matinee.feed import actions, holding, remixing, social_store, store
from matinee.feed.model import LIST_ROWS, Audience, Wish
from matinee.kit.bodies import answer
from matinee.studio.licensing import licensed

from .desk import Anyone, Body, FeedDesk, Reader, Writer, after_of, cursor_of, done, read_json
from .views import branch_views, comment_views, post_views

T = TypeVar("T")


class PostWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A film to be posted."""

    film_id: str
    caption: str = ""
    audience: Audience | None = None
    remixable: bool = False
    comments_open: bool = True
    mature: bool = False


class Waiting(msgspec.Struct, frozen=True):
    """A post that appears by itself once its film was looked through."""

    film_id: str
    detail: str
    waiting: bool = True


_WAITS = (
    "Your film is being looked through for works of others. The post is kept, and appears by "
    "itself when that is done."
)


class PostChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different; what is left out stays."""

    caption: str | None = None
    audience: Audience | None = None
    remixable: bool | None = None
    comments_open: bool | None = None
    mature: bool | None = None


class CommentWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to say."""

    text: str


class RemixWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to change a post's film: in words, or with the changed screenplay."""

    prompt: str = ""
    screenplay: msgspec.Raw = msgspec.Raw(b"null")


def post_router(desk: FeedDesk) -> APIRouter:
    """The routes of posts."""
    router = APIRouter()
    _add_verbs(router, desk)
    _add_marks(router, desk)
    _add_comments(router, desk)
    _add_remixes(router, desk)
    return router


def _add_verbs(router: APIRouter, desk: FeedDesk) -> None:
    @router.post("/posts")
    def post(body: Body, visitor: Writer) -> Response:
        """Post a film; a minor's is for friends unless they say otherwise."""
        wish = read_json(body, PostWish)
        audience = wish.audience or ("friends" if visitor.person.is_minor else "public")
        with desk.database.transaction() as session:
            made = holding.post_or_wait(
                session,
                visitor.person,
                wish.film_id,
                Wish(
                    caption=wish.caption,
                    audience=audience,
                    remixable=wish.remixable,
                    comments_open=wish.comments_open,
                    mature=wish.mature,
                ),
                room=desk.room,
            )
            if made is None:
                return answer(Waiting(wish.film_id, _WAITS), status=202)
            viewer = actions.viewer_of(session, visitor)
            return answer(post_views(session, viewer, [made])[0], status=201)

    @router.get("/posts/{post_id}")
    def show(post_id: str, visitor: Anyone) -> Response:
        """One post."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            found = post_views(session, viewer, [store.card(session, viewer, post_id)])
            return answer(found[0]) if found else answer(None, status=404)

    @router.patch("/posts/{post_id}")
    def change(post_id: str, body: Body, visitor: Writer) -> Response:
        """Change caption, audience, remixes, comments."""
        wanted = read_json(body, PostChange)
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            now = store.card(session, viewer, post_id)
            wish = Wish(
                caption=_or(wanted.caption, now.caption),
                audience=_or(wanted.audience, now.audience),
                remixable=_or(wanted.remixable, now.remixable),
                comments_open=_or(wanted.comments_open, now.comments_open),
                mature=_or(wanted.mature, now.mature),
            )
            changed = actions.change_post(session, visitor.person, post_id, wish, room=desk.room)
            return answer(post_views(session, viewer, [changed])[0])

    @router.delete("/posts/{post_id}")
    def delete(post_id: str, visitor: Writer) -> Response:
        """Delete a post."""
        with desk.database.transaction() as session:
            actions.delete_post(session, visitor.person, post_id)
        return done()


def _add_marks(router: APIRouter, desk: FeedDesk) -> None:
    @router.put("/posts/{post_id}/like")
    def like(post_id: str, visitor: Writer) -> Response:
        """Like a post."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            actions.like(session, viewer, post_id, room=desk.room)
            return answer(store.card(session, viewer, post_id).counts)

    @router.delete("/posts/{post_id}/like")
    def unlike(post_id: str, visitor: Writer) -> Response:
        """Take back a like."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            social_store.unlike(session, viewer.number, post.number)
            return answer(store.card(session, viewer, post_id).counts)

    @router.put("/posts/{post_id}/save")
    def save(post_id: str, visitor: Writer) -> Response:
        """Save a post for later."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            social_store.save(session, viewer.number, post.number, desk.room.clock.now())
            return answer(store.card(session, viewer, post_id).counts)

    @router.delete("/posts/{post_id}/save")
    def unsave(post_id: str, visitor: Writer) -> Response:
        """Take back a save."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            social_store.unsave(session, viewer.number, post.number)
            return answer(store.card(session, viewer, post_id).counts)

    @router.post("/posts/{post_id}/share")
    def share(post_id: str, request: Request, visitor: Reader) -> Response:
        """The link to a post; each person counts once."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            social_store.share(session, viewer.number, post.number, desk.room.clock.now())
        url = f"{request.base_url}p/{post.id}"
        return answer({"url": url, "public": post.audience == "public"})


def _add_comments(router: APIRouter, desk: FeedDesk) -> None:
    @router.get("/posts/{post_id}/comments")
    def comments(post_id: str, visitor: Anyone, cursor: str | None = None) -> Response:
        """What was said about a post, newest first."""
        after = after_of(cursor, "comments")
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            said, on = social_store.comments(
                session, viewer, post.number, after=after, limit=LIST_ROWS
            )
            shown = comment_views(session, viewer, said)
        return answer({"comments": shown, "cursor": on and cursor_of("comments", on)})

    @router.post("/posts/{post_id}/comments")
    def comment(post_id: str, body: Body, visitor: Writer) -> Response:
        """Say something about a post."""
        wish = read_json(body, CommentWish)
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            said = actions.comment(session, viewer, post_id, wish.text, room=desk.room)
            return answer(comment_views(session, viewer, [said])[0], status=201)

    @router.delete("/comments/{comment_id}")
    def delete_comment(comment_id: str, visitor: Writer) -> Response:
        """Delete a comment: one's own, one below an own post, or any as a moderator."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            moderator = visitor.person.has("moderator")
            actions.delete_comment(session, viewer, comment_id, moderator=moderator)
        return done()


def _add_remixes(router: APIRouter, desk: FeedDesk) -> None:
    @router.post("/posts/{post_id}/remix")
    def remix(post_id: str, body: Body, visitor: Writer, request: Request) -> Response:
        """Ask for a film made from a post's."""
        wish = read_json(body, RemixWish)
        with desk.database.transaction() as session:
            film = remixing.remix(
                session,
                visitor,
                post_id,
                prompt=wish.prompt,
                screenplay=bytes(wish.screenplay).removeprefix(b"null"),
                room=desk.room,
                office=licensed(desk.office, request.query_params),
            )
        return answer(
            {"id": film.id, "status": film.status, "url": f"/api/films/{film.id}"}, status=201
        )

    @router.get("/posts/{post_id}/lineage")
    def lineage(post_id: str, visitor: Anyone) -> Response:
        """Where a post comes from, and what was made from it and its kin."""
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            post = store.card(session, viewer, post_id)
            before = store.ancestors(session, post.number)
            root = before[-1][0] if before else post.number
            tree = branch_views(session, store.tree(session, viewer, root))
        return answer(
            {
                "post": post.number,
                "ancestors": [number for number, _ in before],
                "tree": tree,
            }
        )


def _or(wanted: T | None, now: T) -> T:
    return now if wanted is None else wanted
