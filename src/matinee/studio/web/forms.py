"""What clients ask for, made into a ``FilmRequest`` or refused with the name of the field."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, NoReturn

import msgspec

from matinee import film as film_language
from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.kit import errors
from matinee.likeness import Attestation
from matinee.studio.model import PRIORITIES, FilmRequest, How, Priority

from .bodies import (
    SHOWN_CHARACTERS,
    Expected,
    RequestInvalid,
    UploadedFile,
)

LIST_LIMIT_MAX = 100
PICTURE_BYTES_MAX = 20 * 1024 * 1024
CLIP_BYTES_MAX = 24 * 1024 * 1024

_SECONDS = re.compile(r"\d{1,6}(\.\d{1,3})?")
_WHOLE = re.compile(r"-?\d{1,18}")
_DATA_URL = re.compile(r"data:image/(?:jpeg|png|webp);base64,", re.IGNORECASE)

# The contract's own defaults, which are the only ones a client may have relied on.
_DEFAULT_SECONDS = "4"
_DEFAULT_SIZE = "720x1280"
_DEFAULT_MODEL = "stage"
# Clients written for the closed service name its models; they get the engine that there is.
_FOREIGN_MODEL = re.compile(r"sora-\d[a-z0-9.-]*")
_CHARACTERS_MAX = 2

CREATE = Expected(
    fields=(
        "prompt",
        "model",
        "seconds",
        "size",
        "input_reference",
        "characters",
        # What follows is ours.
        "engine",
        "seed",
        "fps",
        "language",
        "voice",
        "style",
        "writer",
        "screenplay",
        "priority",
        "people",
        "attest",
    ),
    files={
        "input_reference": PICTURE_BYTES_MAX,
        "screenplay": film_language.document.DOCUMENT_BYTES_MAX,
    },
)


CHARACTER = Expected(fields=("name", "video"), files={"video": CLIP_BYTES_MAX})


class ReferenceUnusable(errors.Invalid):
    """A reference picture is given in no way that can be used."""

    code = "studio.reference_unusable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"The reference picture cannot be used: {reason}. Send a JPEG, PNG or WebP file of at "
            f"most {PICTURE_BYTES_MAX // 2**20} MiB, or its http, https or data address as "
            'input_reference={"image_url": "…"}.',
            param="input_reference",
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


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a client asks for: the film, and what it is made from."""

    request: FilmRequest
    play: Screenplay | None = None
    picture: bytes | str = b""
    """The bytes of a reference picture, or its URL, or nothing."""


class FilmWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends; ``seconds`` None lets the film be as long as its story needs.

    ``picture`` is a photo of who, what or where the film is about, as a data URL or an address, and
    ``attest`` says of whom. ``people`` are handles of people whom the prompt need not name.
    """

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
    picture: str = ""
    people: tuple[str, ...] = ()
    attest: Attestation = Attestation()


def picture_of_wish(wish: FilmWish) -> bytes | str:
    """The bytes of the page's photo, or the URL it lies at; raises ``ReferenceUnusable``."""
    return picture_of_fields(
        {"input_reference": {"image_url": wish.picture}} if wish.picture else {}
    )


def request_of_wish(wish: FilmWish, *, writer: str) -> FilmRequest:
    """What the page asks for; ``writer`` is the one that writes when none is named."""
    return FilmRequest(
        prompt=wish.prompt,
        duration_ms=None if wish.seconds is None else milliseconds(wish.seconds),
        size=FrameSize.of(wish.size),
        rate=FrameRate.of(wish.fps),
        seed=wish.seed,
        language=wish.language,
        voice=wish.voice,
        style=wish.style,
        writer=wish.writer or writer,
        model=wish.model,
        people=wish.people,
        attest=wish.attest,
    )


def request_of_fields(fields: Mapping[str, Any], *, writer: str) -> Wanted:
    """What an OpenAI client asks for; raises ``RequestInvalid`` or what ``film`` raises."""
    play = _screenplay(fields)
    seconds = fields.get("seconds", None if play is not None else _DEFAULT_SECONDS)
    request = FilmRequest(
        prompt=_prompt(fields),
        duration_ms=None if seconds is None else milliseconds(seconds),
        size=FrameSize.of(_text(fields, "size", _DEFAULT_SIZE)),
        rate=FrameRate.of(str(fields.get("fps", "24"))[:SHOWN_CHARACTERS]),
        seed=_whole(fields, "seed"),
        language=_text(fields, "language", "") or None,
        voice=_text(fields, "voice", ""),
        style=_text(fields, "style", ""),
        writer=_text(fields, "writer", writer) or writer,
        characters=_characters(fields),
        model=engine_named(
            _text(fields, "engine", "") or _text(fields, "model", "") or _DEFAULT_MODEL
        ),
        priority=_priority(fields),
        people=_people(fields),
        attest=_attested(fields),
    )
    return Wanted(
        request=request,
        play=play,
        picture=picture_of_fields(fields),
    )


def engine_named(model: str) -> str:
    """The engine that a model's name stands for; those of the closed service stand for ours."""
    return _DEFAULT_MODEL if _FOREIGN_MODEL.fullmatch(model) else model


def picture_of_fields(fields: Mapping[str, Any]) -> bytes | str:
    """The bytes of a reference picture, or the URL it lies at; raises ``ReferenceUnusable``."""
    given = fields.get("input_reference")
    if given is None:
        return b""
    if isinstance(given, UploadedFile):
        return given.content or _refused("the file is empty")
    if not isinstance(given, dict):
        _refused("it is neither a file nor an object with image_url")
    named = {name: value for name, value in given.items() if value is not None}
    if set(named) == {"file_id"}:
        _refused("files are not kept here, so a file_id names nothing")
    if set(named) != {"image_url"} or not isinstance(named["image_url"], str):
        _refused("the object needs exactly one of image_url and file_id, as a text")
    url: str = named["image_url"]
    if not url.lower().startswith("data:"):
        return url
    match = _DATA_URL.match(url)
    if match is None:
        _refused("its data address is not data:image/jpeg, png or webp in base64")
    try:
        content = base64.b64decode(url[match.end() :], validate=True)
    except binascii.Error as error:
        raise ReferenceUnusable("its data address is not valid base64") from error
    if len(content) > PICTURE_BYTES_MAX:
        _refused("it is too large")
    return content or _refused("the data address is empty")


def character_of_fields(fields: Mapping[str, Any]) -> tuple[str, bytes]:
    """The name and the clip of a character to be kept; raises ``RequestInvalid``."""
    name, clip = fields.get("name"), fields.get("video")
    if not isinstance(name, str):
        reason = "name must be a text."
        raise RequestInvalid(reason, param="name")
    if not isinstance(clip, UploadedFile):
        reason = "video must be a file in a multipart form."
        raise RequestInvalid(reason, param="video")
    return name, clip.content


def _refused(reason: str) -> NoReturn:
    raise ReferenceUnusable(reason)


def _characters(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of characters: ``[{"id": …}]``, at most two."""
    given = fields.get("characters", [])
    ids = (
        [one.get("id") if isinstance(one, dict) else None for one in given]
        if (isinstance(given, list))
        else [None]
    )
    if any(not isinstance(one, str) for one in ids):
        reason = 'characters must be a list such as [{"id": "char_…"}].'
        raise RequestInvalid(reason, param="characters")
    if len(ids) > _CHARACTERS_MAX or len(set(ids)) != len(ids):
        reason = f"characters may name at most {_CHARACTERS_MAX}, each once."
        raise RequestInvalid(reason, param="characters")
    return tuple(str(one) for one in ids)


def _people(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The handles of people: ``["ada"]``, or one text with commas in a form."""
    given = fields.get("people", [])
    handles = given.split(",") if isinstance(given, str) else given
    if not isinstance(handles, list) or any(not isinstance(one, str) for one in handles):
        reason = 'people must be a list of handles such as ["ada"].'
        raise RequestInvalid(reason, param="people")
    return tuple(one.strip() for one in handles if one.strip())


def _attested(fields: Mapping[str, Any]) -> Attestation:
    """What is said of the people in a photo, as an object or as a text that holds JSON."""
    given = fields.get("attest", {})
    try:
        if isinstance(given, str):
            return msgspec.json.decode(given, type=Attestation)
        return msgspec.convert(given, Attestation)
    except msgspec.MsgspecError as error:
        reason = f"attest: {error}."
        raise RequestInvalid(reason, param="attest") from error


def _screenplay(fields: Mapping[str, Any]) -> Screenplay | None:
    """A screenplay as an object, as a text that holds JSON, or as a file."""
    given = fields.get("screenplay")
    if given is None:
        return None
    if isinstance(given, UploadedFile):
        document: bytes | str = given.content
    elif isinstance(given, dict) and "schema" in given:
        document = msgspec.json.encode(given)
    elif isinstance(given, str):
        document = given
    else:
        reason = (
            "screenplay must be a document with its schema. In a form send it as one text that "
            "holds JSON, or as a file."
        )
        raise RequestInvalid(reason, param="screenplay")
    return film_language.decode(document, Screenplay)


def derivation_expected(how: How, film_id: str | None) -> Expected:
    """The fields of a remix, an edit or an extension."""
    names = ("prompt",) if film_id else ("prompt", "video")
    names = (*names, "seconds") if how == "extension" else names
    return Expected(fields=(*names, "model"), files={} if film_id else {"video": 0})


def derivation_of_fields(fields: Mapping[str, Any], how: How, film_id: str | None) -> Derivation:
    """What these fields ask for."""
    longer_ms = None
    if how == "extension":
        longer_ms = milliseconds(fields.get("seconds", _DEFAULT_SECONDS))
    prompt = _prompt(fields)
    if film_id:
        return Derivation(prompt=prompt, film_id=film_id, longer_ms=longer_ms)
    named, digest = _named_video(fields)
    return Derivation(prompt=prompt, film_id=named, digest=digest, longer_ms=longer_ms)


def _named_video(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The id of a film, or the digest of its file: an object, a bare id, or a file."""
    video = fields.get("video")
    if isinstance(video, UploadedFile):
        return "", video.digest
    if isinstance(video, dict):
        video = video.get("id")
    if isinstance(video, str) and video:
        return video, ""
    reason = "the field video is missing" if video is None else "the field video has no id"
    raise VideoUnusable(reason)


def list_limit(text: str) -> int:
    """How many of a list are asked for, 1 to 100."""
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LIST_LIMIT_MAX:
        shown = text[:SHOWN_CHARACTERS]
        reason = f"limit is {shown!r}, but must be a whole number from 1 to {LIST_LIMIT_MAX}."
        raise RequestInvalid(reason, param="limit")
    return int(text)


def _prompt(fields: Mapping[str, Any]) -> str:
    prompt = fields.get("prompt", "")
    if not isinstance(prompt, str):
        reason = "prompt must be a text."
        raise RequestInvalid(reason, param="prompt")
    return prompt


def _priority(fields: Mapping[str, Any]) -> Priority:
    asked = _text(fields, "priority", "normal")
    found = next((one for one in PRIORITIES if one == asked), None)
    if found is None:
        reason = f"priority must be one of {', '.join(PRIORITIES)}."
        raise RequestInvalid(reason, param="priority")
    return found


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


def milliseconds(seconds: object) -> int:
    """Seconds as a text or a number, to the millisecond; the range is for the studio to judge."""
    text = str(seconds).strip() if not isinstance(seconds, bool) else ""
    if not _SECONDS.fullmatch(text):
        shown = str(seconds)[:SHOWN_CHARACTERS]
        reason = f"seconds is {shown!r}, but must be a number such as 8 or 2.5."
        raise RequestInvalid(reason, param="seconds")
    return int(Decimal(text) * 1000)
