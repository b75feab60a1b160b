"""What likenesses look like over HTTP: bodies that are sent here, and answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from matinee.kit import errors
from matinee.kit.bodies import decoded
from matinee.people import Person

from .actions import Usable
from .attesting import Attestation
from .consent import Level, Rule
from .model import Approval, Capture, ComingCharacter, FilmSeen, Happening, Likeness

T = TypeVar("T")


class RequestInvalid(errors.Invalid):
    """A body cannot be read."""

    code = "likeness.request_invalid"

    def __init__(self, reason: str) -> None:
        """Say what is wrong and where."""
        super().__init__(f"The request cannot be read: {reason}")


class ClipWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which upload is the clip of a capture."""

    upload_id: str


class TermsWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a likeness; what is left out stays."""

    level: Level | None = None
    approved: tuple[str, ...] | None = None
    rules: tuple[Rule, ...] | None = None
    public_figure: bool | None = None
    price_micro: int | None = None
    currency: str | None = None


class TextWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Restrictions and preferences in plain words."""

    text: str


class RulesWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules that somebody confirms."""

    rules: tuple[Rule, ...]


class RevokeWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One film to be taken back, or none for all."""

    film_id: str | None = None


class AnswerWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an owner says to somebody who asked."""

    approve: bool


class CharacterWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A character to be kept from an uploaded clip."""

    name: str
    handle: str
    upload_id: str
    level: Level = "only_me"
    attest: Attestation = Attestation()


class CharacterChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a character."""

    name: str | None = None
    handle: str | None = None
    level: Level | None = None
    rules: tuple[Rule, ...] | None = None


class CaptureView(msgspec.Struct, frozen=True):
    """A capture, with what is asked for and where its clip is to be sent."""

    id: str
    status: str
    digits: tuple[int, ...]
    turns: tuple[str, ...]
    expires_at: datetime
    code: str | None
    message: str | None
    upload: Mapping[str, object]


class LikenessView(msgspec.Struct, frozen=True):
    """One's own likeness, with its terms."""

    id: str
    captured: bool
    version: int
    level: str
    approved: tuple[str, ...]
    requests: tuple[str, ...]
    rules: tuple[Rule, ...]
    public_figure: bool
    price_micro: int | None
    currency: str
    created_at: datetime
    voice: str
    happenings: tuple["HappeningView", ...]


class HappeningView(msgspec.Struct, frozen=True):
    """Something that happened to a likeness."""

    what: str
    about: str
    at: datetime


class UsableView(msgspec.Struct, frozen=True):
    """A likeness as the visitor may use it, or why not."""

    id: str
    kind: str
    handle: str
    name: str
    usable: bool
    reason: str | None
    passes: str | None
    asked: str | None
    mine: bool
    price_micro: int | None
    currency: str


class AppearanceView(msgspec.Struct, frozen=True):
    """A film that one is in; `by` is its maker's handle."""

    film_id: str
    title: str
    status: str
    draft: bool
    by: str
    mine: bool
    likeness: str
    frame_count: int
    created_at: datetime


class CharacterView(msgspec.Struct, frozen=True):
    """A character that somebody keeps."""

    id: str
    handle: str
    name: str
    level: str
    rules: tuple[Rule, ...]
    mine: bool
    created_at: datetime


class ComingView(msgspec.Struct, frozen=True):
    """A character that somebody asked for, and what became of it."""

    id: str
    status: str
    name: str
    handle: str
    code: str | None
    message: str | None
    character: CharacterView | None
    created_at: datetime


def read(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises RequestInvalid with the place of the fault."""
    return decoded(body, kind, lambda reason: RequestInvalid(f"{reason}."))


def capture_view(capture: Capture, *, purpose: str, most_bytes: int) -> CaptureView:
    """Present a capture."""
    upload: dict[str, Any] = {"url": "/api/uploads", "purpose": purpose, "bytes_max": most_bytes}
    return CaptureView(
        id=capture.id,
        status=capture.status,
        digits=tuple(int(one) for one in capture.challenge.digits),
        turns=capture.challenge.turns,
        expires_at=capture.challenge.expires_at,
        code=capture.code or None,
        message=capture.message or None,
        upload=upload,
    )


def likeness_view(
    likeness: Likeness,
    approvals: tuple[Approval, ...],
    asking: Mapping[str, Person],
    happened: tuple[Happening, ...],
) -> LikenessView:
    """Present one's own likeness; `asking` are the people of its approvals by id."""

    def handles(state: str) -> tuple[str, ...]:
        return tuple(
            asking[one.person].handle
            for one in approvals
            if one.state == state and one.person in asking
        )

    return LikenessView(
        id=likeness.id,
        captured=True,
        version=likeness.version,
        level=likeness.level,
        approved=handles("approved"),
        requests=handles("asked"),
        rules=likeness.rules,
        public_figure=likeness.public_figure,
        price_micro=likeness.price_micro,
        currency=likeness.currency,
        created_at=likeness.created_at,
        voice=likeness.voice,
        happenings=tuple(HappeningView(one.what, one.about, one.at) for one in happened),
    )


def usable_view(one: Usable, asker: str) -> UsableView:
    """Present a likeness to somebody who may want to use it."""
    return UsableView(
        id=one.likeness.id,
        kind=one.likeness.kind,
        handle=one.likeness.handle,
        name=one.likeness.name,
        usable=one.denial is None,
        reason=one.denial.reason if one.denial else None,
        passes=one.denial.passes if one.denial else None,
        asked=one.asked or None,
        mine=one.likeness.owner == asker,
        price_micro=one.likeness.price_micro,
        currency=one.likeness.currency,
    )


def appearance_view(
    film: FilmSeen, likeness: str, frame_count: int, by: str, person: str
) -> AppearanceView:
    """Present a film to somebody who is in it."""
    return AppearanceView(
        film_id=film.id,
        title=film.title,
        status=film.status,
        draft=not film.posted,
        by=by,
        mine=film.maker == person,
        likeness=likeness,
        frame_count=frame_count,
        created_at=film.created_at,
    )


def coming_view(coming: ComingCharacter, character: Likeness | None) -> ComingView:
    """Present a character that was asked for, with what is kept of it."""
    return ComingView(
        id=coming.id,
        status=coming.status,
        name=coming.name,
        handle=coming.handle,
        code=coming.code or None,
        message=coming.message or None,
        character=None if character is None else character_view(character, coming.person),
        created_at=coming.created_at,
    )


def character_view(character: Likeness, person: str) -> CharacterView:
    """Present a character."""
    return CharacterView(
        id=character.id,
        handle=character.handle,
        name=character.name,
        level=character.level,
        rules=character.rules,
        mine=character.owner == person,
        created_at=character.created_at,
    )
