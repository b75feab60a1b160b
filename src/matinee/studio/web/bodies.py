"""Bodies of requests, of every kind that clients send, as one mapping of fields.

The ``openai`` SDK sends JSON or forms depending on its version. In a form every value is a text or
a file, and what is nested is written with brackets: ``characters[][id]=char_1``,
``input_reference[image_url]=https://…``.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from matinee.kit import errors

T = TypeVar("T")

SHOWN_CHARACTERS = 80

# A screenplay that was taken apart into brackets has hundreds; it gets an error of its own.
_FIELDS_MAX = 2_000
_FIELD_BYTES_MAX = 28 * 1024 * 1024  # a data URL of the largest picture
_DEPTH_MAX = 4
_UNREADABLE = 400  # what the framework's own parser of forms says
_CHUNK_BYTES = 1024 * 1024
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


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


@dataclass(frozen=True)
class UploadedFile:
    """A file that was sent: its SHA-256 in hexadecimal, its size, and its bytes if they count."""

    digest: str
    file_bytes: int
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The fields of an address; those in `files` may be files, of so many bytes at most.

    Of a file whose limit is 0 only the digest is taken, however large it is.
    """

    fields: tuple[str, ...]
    files: Mapping[str, int] = field(default_factory=dict)


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises ``RequestInvalid`` with the place of the fault."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RequestInvalid(f"{error}.") from error


async def fields_of_request(request: Request, expected: Expected) -> dict[str, Any]:
    """The fields of a JSON, multipart or urlencoded body, those left empty (null) left out.

    Raises ``RequestInvalid`` or ``FieldUnknown``.
    """
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        fields = await _form(request, expected)
    elif kind == "application/json" or kind.endswith("+json"):
        fields = read_json(await request.body() or b"{}", dict[str, Any])
    else:
        reason = f"its content type {kind[:SHOWN_CHARACTERS]!r} is neither JSON nor a form."
        raise RequestInvalid(reason)
    for name in fields:
        if name not in expected.fields:
            raise FieldUnknown(name, expected.fields)
    return {name: value for name, value in fields.items() if value is not None}


def fingerprint(request: Request, fields: Mapping[str, Any]) -> bytes:
    """A SHA-256 of what a request asks for, the same for every way of writing its body."""
    said = {name: _plain(value) for name, value in fields.items()}
    canonical = msgspec.json.encode([request.method, request.url.path, said], order="deterministic")
    return hashlib.sha256(canonical).digest()


def _plain(value: object) -> object:
    if isinstance(value, UploadedFile):
        return {"digest": value.digest}
    return str(value) if isinstance(value, int | float) else value


async def _form(request: Request, expected: Expected) -> dict[str, Any]:
    try:
        async with request.form(
            max_files=4, max_fields=_FIELDS_MAX, max_part_size=_FIELD_BYTES_MAX
        ) as form:
            items = [
                (name, await _read(name, value, expected)) for name, value in form.multi_items()
            ]
    except HTTPException as error:
        if error.status_code != _UNREADABLE:
            raise  # a body that is larger than its address takes
        raise RequestInvalid(f"{error.detail}.") from error
    return unbracketed(items)


async def _read(name: str, value: UploadFile | str, expected: Expected) -> UploadedFile | str:
    if isinstance(value, str):
        return value
    if name in expected.fields and name not in expected.files:
        reason = f"the field {name!r} is a file, but must be a text."
        raise RequestInvalid(reason, param=name)
    limit_bytes = expected.files.get(name, 0)
    digest, file_bytes, kept = hashlib.sha256(), 0, bytearray()
    while chunk := await value.read(_CHUNK_BYTES):
        digest.update(chunk)
        file_bytes += len(chunk)
        if limit_bytes:
            kept += chunk
        if limit_bytes and file_bytes > limit_bytes:
            reason = f"the file {name!r} is larger than {limit_bytes} bytes."
            raise RequestInvalid(reason, param=name)
    return UploadedFile(digest.hexdigest(), file_bytes, bytes(kept))


def unbracketed(items: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """Put nested values together again: ``a[b]`` a mapping, ``a[]`` a list, ``a[][b]`` of mappings.

    A mapping of a list is complete when its next name would come twice. Raises ``RequestInvalid``.
    """
    root: dict[str, Any] = {}
    for name, value in items:
        shown = name[:SHOWN_CHARACTERS]
        match = _NAME.fullmatch(name)
        if match is None:
            reason = f"the name {shown!r} of a field cannot be read."
            raise RequestInvalid(reason, param=shown)
        path = [match.group(1), *re.findall(r"\[([^\[\]]*)\]", match.group(2))]
        if len(path) > _DEPTH_MAX:
            reason = (
                f"the field {shown!r} is nested too deeply for a form. Send JSON, or this field "
                "as one text that holds JSON."
            )
            raise RequestInvalid(reason, param=path[0][:SHOWN_CHARACTERS])
        _put(root, path, value, shown)
    return root


def _put(place: dict[str, Any], path: list[str], value: object, shown: str) -> None:
    head, *rest = path
    if not rest:
        if head in place:
            reason = f"the field {shown!r} is given twice."
            raise RequestInvalid(reason, param=shown)
        place[head] = value
        return
    inside = place.setdefault(head, [] if not rest[0] or rest[0].isdigit() else {})
    if isinstance(inside, list) and (not rest[0] or rest[0].isdigit()):
        if len(rest) == 1:
            inside.append(value)
            return
        if not inside or not isinstance(inside[-1], dict) or rest[1] in inside[-1]:
            inside.append({})
        _put(inside[-1], rest[1:], value, shown)
    elif isinstance(inside, dict) and rest[0]:
        _put(inside, rest, value, shown)
    else:
        reason = f"the field {shown!r} is given in two ways."
        raise RequestInvalid(reason, param=shown)
