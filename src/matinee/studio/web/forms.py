"""What clients send, made into a ``FilmRequest`` or refused with the name of the field."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from matinee.film import FrameRate, FrameSize
from matinee.kit import errors
from matinee.studio.model import FilmRequest, How

T = TypeVar("T")

SHOWN_CHARACTERS = 80
LIST_LIMIT_MAX = 100

_FIELDS_MAX = 64
_FIELD_BYTES_MAX = 256 * 1024
_UNREADABLE = 400  # what the framework's own parser of forms says
_SECONDS = re.compile(r"\d{1,6}(\.\d{1,3})?")
_WHOLE = re.compile(r"-?\d{1,18}")

# The contract's own defaults, which are the only ones a client may have relied on.
_DEFAULT_SECONDS = "4"
_DEFAULT_SIZE = "720x1280"
_DEFAULT_MODEL = "stage"
# Clients written for the closed service name its models; they get the engine that there is.
_FOREIGN_MODEL = re.compile(r"sora-\d[a-z0-9.-]*")
_KNOWN = (
    "prompt",
    "model",
    "seconds",
    "size",
    "seed",
    "fps",
    "language",
    "voice",
    "style",
    "writer",
)
_NESTED = ("video",)
_CHUNK_BYTES = 1024 * 1024
_NOT_YET = ("input_reference", "characters")


class RequestInvalid(errors.Invalid):
    """A request's body or one of its fields cannot be read."""

    code = "studio.request_invalid"

    def __init__(self, reason: str, *, param: str | None = None) -> None:
        """Say what is wrong with which field."""
        super().__init__(f"The request cannot be read: {reason}", param=param)


class FieldUnknown(errors.Invalid):
    """A request names a field that does not exist here."""

    code = "studio.field_unknown"

    def __init__(self, field: str, known: tuple[str, ...]) -> None:
        """Name the field and the ones there are."""
        shown = field[:SHOWN_CHARACTERS]
        super().__init__(
            f"The field {shown!r} is not known here. The fields are: {', '.join(known)}.",
            param=shown,
        )


class FieldUnsupported(errors.Invalid):
    """A field of the contract that this version cannot honour, and so does not ignore."""

    code = "studio.field_unsupported"

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(
            f"Films cannot be made from {field!r} yet. Leave it out and describe what it shows in "
            "the prompt.",
            param=field,
        )


class VideoUnusable(errors.Invalid):
    """A film to be made from is named in no way that can be used."""

    code = "studio.video_unusable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"There is no film to work on: {reason}. Name one that was made here by its id, as "
            'video={"id": "video_…"}, or send the file that was downloaded from here, unchanged.',
            param="video",
        )


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """What a remix, edit or extension asks for; the film by its id, or by its video's SHA-256."""

    prompt: str
    film_id: str = ""
    digest: str = ""
    longer_ms: int | None = None


class FilmWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends; ``seconds`` None lets the film be as long as its story needs."""

    prompt: str
    seconds: str | int | float | None = None
    size: str = "1280x720"
    fps: str | int = 24
    language: str | None = None
    voice: str = ""
    style: str = ""
    # Wide enough for the studio to judge, narrow enough to be repeated in a message.
    seed: Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)] | None = None
    writer: str | None = None
    model: str = _DEFAULT_MODEL


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises ``RequestInvalid`` with the place of the fault."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RequestInvalid(f"{error}.") from error


def request_of_wish(wish: FilmWish, *, writer: str) -> FilmRequest:
    """What the page asks for; ``writer`` is the one that writes when none is named."""
    return FilmRequest(
        prompt=wish.prompt,
        duration_ms=None if wish.seconds is None else _milliseconds(wish.seconds),
        size=FrameSize.of(wish.size),
        rate=FrameRate.of(wish.fps),
        seed=wish.seed,
        language=wish.language,
        voice=wish.voice,
        style=wish.style,
        writer=wish.writer or writer,
        model=wish.model,
    )


@dataclass(frozen=True)
class UploadedFile:
    """A file that was sent: as much of it as anybody here needs to know."""

    digest: str
    file_bytes: int


async def fields_of_request(
    request: Request, *, fields_known: tuple[str, ...] | None = None
) -> dict[str, Any]:
    """The fields of a JSON, multipart or urlencoded body, those left empty (null) left out.

    `fields_known` are those of another address than that which makes films. Raises
    ``RequestInvalid``, ``FieldUnknown`` or ``FieldUnsupported``.
    """
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        fields = await _form(request)
    elif kind == "application/json" or kind.endswith("+json"):
        fields = read_json(await request.body() or b"{}", dict[str, Any])
    else:
        reason = f"its content type {kind[:SHOWN_CHARACTERS]!r} is neither JSON nor a form."
        raise RequestInvalid(reason)
    given = {name: value for name, value in fields.items() if value is not None}
    known, not_yet = (_KNOWN, _NOT_YET) if fields_known is None else (fields_known, ())
    for name in given:
        # Forms write nested values with brackets: characters[][id], input_reference[image_url].
        base = name.partition("[")[0]
        if base in not_yet:
            raise FieldUnsupported(base)
        if name not in known and base not in _NESTED:
            raise FieldUnknown(name, known)
    return given


async def derivation_of_request(request: Request, *, how: How, film_id: str | None) -> Derivation:
    """What a remix, an edit or an extension asks for; a remix has its film in its address.

    Raises ``RequestInvalid``, ``FieldUnknown`` or ``VideoUnusable``.
    """
    names = ("prompt",) if film_id else ("prompt", "video")
    names = (*names, "seconds") if how == "extension" else names
    fields = await fields_of_request(request, fields_known=(*names, "model"))
    prompt = fields.get("prompt", "")
    if not isinstance(prompt, str):
        reason = "prompt must be a text."
        raise RequestInvalid(reason, param="prompt")
    longer_ms = None
    if how == "extension":
        longer_ms = _milliseconds(fields.get("seconds", _DEFAULT_SECONDS))
    if film_id:
        return Derivation(prompt=prompt, film_id=film_id, longer_ms=longer_ms)
    named, digest = _named_video(fields)
    return Derivation(prompt=prompt, film_id=named, digest=digest, longer_ms=longer_ms)


def _named_video(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The id of a film, or the digest of its file: an object, a bare id, brackets, or a file."""
    video = fields.get("video")
    if isinstance(video, dict):
        video = video.get("id")
    video = fields.get("video[id]", video)
    if isinstance(video, UploadedFile):
        return "", video.digest
    if isinstance(video, str) and video:
        return video, ""
    reason = "the field video is missing" if video is None else "the field video has no id"
    raise VideoUnusable(reason)


async def _form(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    try:
        async with request.form(
            max_files=4, max_fields=_FIELDS_MAX, max_part_size=_FIELD_BYTES_MAX
        ) as form:
            for name, value in form.multi_items():
                shown = name[:SHOWN_CHARACTERS]
                if name in fields:
                    reason = f"the field {shown!r} is given twice."
                    raise RequestInvalid(reason, param=shown)
                if isinstance(value, UploadFile) and name in _KNOWN:
                    reason = f"the field {name!r} is a file, but must be a text."
                    raise RequestInvalid(reason, param=name)
                fields[name] = await _digested(value) if name == "video" else value
    except HTTPException as error:
        if error.status_code != _UNREADABLE:
            raise  # a body that is larger than its address takes
        raise RequestInvalid(f"{error.detail}.") from error
    return fields


async def _digested(value: UploadFile | str) -> UploadedFile | str:
    if isinstance(value, str):
        return value
    digest, file_bytes = hashlib.sha256(), 0
    while chunk := await value.read(_CHUNK_BYTES):
        digest.update(chunk)
        file_bytes += len(chunk)
    return UploadedFile(digest.hexdigest(), file_bytes)


def request_of_fields(fields: Mapping[str, Any], *, writer: str) -> FilmRequest:
    """What an OpenAI client asks for; raises ``RequestInvalid`` or what ``film`` raises."""
    prompt = fields.get("prompt", "")
    if not isinstance(prompt, str):
        reason = "prompt must be a text."
        raise RequestInvalid(reason, param="prompt")
    model = _text(fields, "model", _DEFAULT_MODEL)
    return FilmRequest(
        prompt=prompt,
        duration_ms=_milliseconds(fields.get("seconds", _DEFAULT_SECONDS)),
        size=FrameSize.of(_text(fields, "size", _DEFAULT_SIZE)),
        rate=FrameRate.of(str(fields.get("fps", "24"))[:SHOWN_CHARACTERS]),
        seed=_whole(fields, "seed"),
        language=_text(fields, "language", "") or None,
        voice=_text(fields, "voice", ""),
        style=_text(fields, "style", ""),
        writer=_text(fields, "writer", writer) or writer,
        model=_DEFAULT_MODEL if _FOREIGN_MODEL.fullmatch(model) else model,
    )


def list_limit(text: str) -> int:
    """How many of a list are asked for, 1 to 100."""
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LIST_LIMIT_MAX:
        shown = text[:SHOWN_CHARACTERS]
        reason = f"limit is {shown!r}, but must be a whole number from 1 to {LIST_LIMIT_MAX}."
        raise RequestInvalid(reason, param="limit")
    return int(text)


def _text(fields: Mapping[str, Any], name: str, default: str) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str) or len(value) > SHOWN_CHARACTERS:
        reason = f"{name} must be a text of at most {SHOWN_CHARACTERS} characters."
        raise RequestInvalid(reason, param=name)
    return value


def _whole(fields: Mapping[str, Any], name: str) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    text = str(value).strip()
    if isinstance(value, bool | float) or not _WHOLE.fullmatch(text):
        reason = f"{name} is {text[:SHOWN_CHARACTERS]!r}, but must be a whole number."
        raise RequestInvalid(reason, param=name)
    return int(text)


def _milliseconds(seconds: object) -> int:
    """Seconds as a text or a number, to the millisecond; the range is for the studio to judge."""
    text = str(seconds).strip() if not isinstance(seconds, bool) else ""
    if not _SECONDS.fullmatch(text):
        shown = str(seconds)[:SHOWN_CHARACTERS]
        reason = f"seconds is {shown!r}, but must be a number such as 8 or 2.5."
        raise RequestInvalid(reason, param="seconds")
    return int(Decimal(text) * 1000)
