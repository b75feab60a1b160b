"""What the app is sent: posts, people, comments, notices, as JSON."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

import msgspec

from matinee import people
from matinee.feed.model import Branch, Card, Comment, Counts, Notice, Viewer
from matinee.kit.db import Session
from matinee.people import Person

AI_LABEL = "generated"
"""Every film here is made by a program; the app says so unless a viewer hides the label."""

_KEY_CHARACTERS = 12


class PersonView(msgspec.Struct, frozen=True):
    """Somebody in a line."""

    handle: str
    name: str
    picture: str | None


class NameView(msgspec.Struct, frozen=True):
    """Somebody whose likeness is in a film."""

    handle: str
    name: str


class ParentView(msgspec.Struct, frozen=True):
    """What a post is a remix of; both are null when this viewer may not see it."""

    post_id: str | None
    handle: str | None


class MineView(msgspec.Struct, frozen=True):
    """What the viewer did."""

    author: bool
    liked: bool
    saved: bool
    following: bool


class PostView(msgspec.Struct, frozen=True):
    """A post as one viewer sees it."""

    id: str
    film: msgspec.Raw
    author: PersonView
    caption: str
    audience: str
    remixable: bool
    comments_open: bool
    mature: bool
    ai_label: str
    remix_of: ParentView | None
    counts: Counts
    mine: MineView
    why: tuple[str, ...] | None
    people: tuple[NameView, ...]
    created_at: datetime


class PostList(msgspec.Struct, frozen=True):
    """A stretch of posts."""

    posts: tuple[PostView, ...]
    cursor: str | None


class CommentView(msgspec.Struct, frozen=True):
    """A comment."""

    id: str
    author: PersonView
    text: str
    mine: bool
    created_at: datetime


class NoticeView(msgspec.Struct, frozen=True):
    """Something that happened."""

    id: str
    kind: str
    actor: PersonView | None
    post_id: str | None
    comment_id: str | None
    text: str | None
    read: bool
    created_at: datetime


class BranchView(msgspec.Struct, frozen=True):
    """A post in the tree of remixes; `hidden` ones say nothing but where they stand."""

    node: int
    parent: int | None
    post_id: str | None
    author: PersonView | None
    caption: str
    film: msgspec.Raw | None
    hidden: bool
    gone: bool
    created_at: datetime | None


def person_view(person: Person) -> PersonView:
    """Present somebody in a line."""
    return PersonView(person.handle, person.name, picture_of(person))


def picture_of(person: Person) -> str | None:
    """Return the address of somebody's picture; it changes with the picture."""
    if not person.picture:
        return None
    key = person.picture.rpartition("/")[2].partition(".")[0][:_KEY_CHARACTERS]
    return f"/api/people/{person.handle}/picture?of={key}"


def post_views(
    session: Session,
    viewer: Viewer,
    cards: Iterable[Card],
    *,
    why: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[PostView, ...]:
    """Present posts, with reasons by their ids.

    Those whose authors closed their account a moment ago are left out.
    """
    shown = tuple(cards)
    wanted = {one.author for one in shown}
    wanted |= {one.parent_author for one in shown if one.parent_author}
    wanted |= {person for one in shown for person in one.people}
    known = people.people_by_ids(session, wanted) if wanted else {}
    return tuple(
        _post_view(one, viewer, known, why.get(one.id)) for one in shown if one.author in known
    )


def comment_views(
    session: Session, viewer: Viewer, comments: Iterable[Comment]
) -> tuple[CommentView, ...]:
    """Present comments."""
    said = tuple(comments)
    known = people.people_by_ids(session, {one.author for one in said})
    return tuple(
        CommentView(
            id=one.id,
            author=person_view(known[one.author]),
            text=one.body,
            mine=one.author == viewer.person,
            created_at=one.written_at,
        )
        for one in said
        if one.author in known
    )


def notice_views(session: Session, notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    """Present notices."""
    told = tuple(notices)
    known = people.people_by_ids(session, {one.actor for one in told if one.actor})
    return tuple(
        NoticeView(
            id=one.id,
            kind=one.kind,
            actor=person_view(known[one.actor]) if one.actor else None,
            post_id=one.post,
            comment_id=one.comment,
            text=one.body,
            read=one.read,
            created_at=one.noticed_at,
        )
        for one in told
        if one.actor is None or one.actor in known
    )


def branch_views(session: Session, branches: Iterable[Branch]) -> tuple[BranchView, ...]:
    """Present a tree of remixes."""
    tree = tuple(branches)
    known = people.people_by_ids(session, {one.author for one in tree if one.author})
    return tuple(
        BranchView(
            node=one.number,
            parent=one.parent,
            post_id=one.id,
            author=person_view(known[one.author]),
            caption=one.caption,
            film=msgspec.Raw(one.film),
            hidden=False,
            gone=False,
            created_at=one.created_at,
        )
        if one.author in known and one.film
        else BranchView(one.number, one.parent, None, None, "", None, True, one.gone, None)
        for one in tree
    )


def _post_view(
    one: Card, viewer: Viewer, known: dict[str, Person], why: tuple[str, ...] | None
) -> PostView:
    parent = known.get(one.parent_author) if one.parent_author else None
    return PostView(
        id=one.id,
        film=msgspec.Raw(one.film),
        author=person_view(known[one.author]),
        caption=one.caption,
        audience=one.audience,
        remixable=one.remixable,
        comments_open=one.comments_open,
        mature=one.mature,
        ai_label=AI_LABEL,
        remix_of=(
            ParentView(one.parent if parent else None, parent.handle if parent else None)
            if one.is_remix
            else None
        ),
        counts=one.counts,
        mine=MineView(one.author == viewer.person, one.liked, one.saved, one.following),
        why=why,
        people=tuple(
            NameView(known[person].handle, known[person].name)
            for person in one.people
            if person in known
        ),
        created_at=one.created_at,
    )
