"""What the feed speaks of: posts and who sees them, viewers, people's relations, notices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

import numpy as np

from .errors import TextInvalid

Audience = Literal["public", "friends", "private"]
State = Literal["live", "withdrawn", "removed", "deleted"]
NoticeKind = Literal[
    "follow",
    "like",
    "comment",
    "remix",
    "removed",
    "restored",
    "owner_invited",
    "approval_asked",
    "approval_granted",
    "approval_not_mine",
    "approval_refused",
    "approval_expired",
    "posted",
    "not_posted",
    "claimed",
    "claim_changed",
]
SubjectKind = Literal["post", "comment", "person", "film", "likeness"]

CAPTION_CHARACTERS_MAX = 2_000
COMMENT_CHARACTERS_MAX = 1_000
STEERING_CHARACTERS_MAX = 400
PAGE_POSTS = 10
LIST_ROWS = 30
LINEAGE_POSTS_MAX = 300
LONG_VIEW_SHARE = 0.8
LONG_VIEW_MS = 30_000

MEANING_SIZE = 384
Meaning: TypeAlias = np.ndarray
"""A direction of meaning: `MEANING_SIZE` float32 of length 1."""


class Embedder(Protocol):
    """Tells what texts of any language are about, as directions that lie near for near meanings."""

    name: str

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return what texts are about: float32 (count, MEANING_SIZE), rows of length 1."""
        ...

    def question(self, text: str) -> np.ndarray:
        """Return what somebody looks for: float32 (MEANING_SIZE,) of length 1."""
        ...


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, by their number in the feed; 0 is somebody who is not signed in."""

    number: int
    person: str = ""
    minor: bool = False


STRANGER = Viewer(0, minor=True)
"""Somebody who is not signed in; nobody knows how old, so they are shown what minors are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FilmFacts:
    """What a post says of its film; a finished film never changes, so it is said once."""

    id: str
    video: str
    poster: str
    captions: tuple[tuple[str, str], ...]
    hls: str | None
    width: int
    height: int
    duration_ms: int
    shot_count: int
    language: str
    words: str

    @property
    def shot_ms(self) -> int:
        """How long a shot is on average."""
        return max(1, self.duration_ms // max(1, self.shot_count))


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """How somebody wants to post a film."""

    caption: str = ""
    audience: Audience = "public"
    remixable: bool = False
    comments_open: bool = True
    mature: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many people did what with a post."""

    likes: int
    comments: int
    remixes: int
    saves: int
    views: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A post as one viewer sees it; `film` is the JSON that was made when it was posted.

    `parent` is the post that it is a remix of, None within a remix whose parent this viewer may
    not see. `author` and `parent_author` are ids of people.
    """

    number: int
    id: str
    author: str
    film_id: str
    film: bytes
    caption: str
    audience: Audience
    remixable: bool
    comments_open: bool
    mature: bool
    is_remix: bool
    parent: str | None
    parent_author: str | None
    people: tuple[str, ...]
    counts: Counts
    liked: bool
    saved: bool
    following: bool
    topic: int
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What somebody said about a post; `author` is the id of a person."""

    number: int
    id: str
    post: str
    author: str
    body: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something that happened to somebody: who did what, and to which of their posts.

    What the desk decided has no actor; `body` is what was said, a comment or a decision's reason.
    """

    number: int
    id: str
    kind: NoticeKind
    actor: str | None
    post: str | None
    comment: str | None
    body: str | None
    noticed_at: datetime
    read: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How a viewer stands to somebody."""

    myself: bool = False
    following: bool = False
    follows_me: bool = False
    friends: bool = False
    muted: bool = False
    blocked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a profile counts."""

    followers: int = 0
    following: int = 0
    posts: int = 0
    likes: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A post in the tree of remixes; one that the viewer may not see has neither id nor author."""

    number: int
    parent: int | None
    id: str | None = None
    author: str | None = None
    caption: str = ""
    film: bytes | None = None
    gone: bool = False
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A stretch of a list and where the next one begins; None is the end."""

    posts: tuple[Card, ...]
    after: int | None


def is_long(watched_ms: int, duration_ms: int) -> bool:
    """Whether somebody stayed with a film: for most of it, or half a minute."""
    return watched_ms >= min(LONG_VIEW_SHARE * duration_ms, LONG_VIEW_MS)


def checked_text(text: str, what: str, characters_max: int, *, characters_min: int = 1) -> str:
    """Return a text without blank ends; raises TextInvalid for its length."""
    trimmed = text.strip()
    if not characters_min <= len(trimmed) <= characters_max:
        raise TextInvalid(what, len(trimmed), characters_max)
    return trimmed


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """A page of For You as it is kept: what was shown, with which chance, and why."""

    posts: tuple[int, ...]
    chances: tuple[float, ...]
    explored: tuple[bool, ...]
    traits: bytes
    factors: tuple[tuple[tuple[str, float], ...], ...] = field(default=())
    model: int = 0
