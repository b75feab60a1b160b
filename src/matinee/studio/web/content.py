"""Blobs over HTTP: whole, in ranges, or not again when the browser has them.

Range, If-Range, ETag and If-None-Match as in RFC 9110, sections 13 and 14. A request for several
ranges at once is answered with the whole blob, which the standard allows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from matinee.kit.blobs import Blobs

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# Blobs never change, but a film may be taken back, and then no cache may show it once more.
_ASKED_EACH_TIME = "private, no-cache"
_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".m4s": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".json": "application/json",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    end: int


class _Unsatisfiable(Exception):
    """The range lies outside the blob."""


def blob_response(request: Request, blobs: Blobs, key: str, *, save_as: str = "") -> Response:
    """The blob ``key``, or the range of it that ``request`` asks for.

    ``save_as`` makes the browser save it under that name. Raises ``BlobNotFound``.
    """
    size = blobs.size_bytes(key)
    headers = {
        "accept-ranges": "bytes",
        "etag": f'"{key.rpartition("/")[2]}"',
        "cache-control": _ASKED_EACH_TIME,
        "content-type": _MEDIA_TYPES.get(_suffix(key), "application/octet-stream"),
    }
    if save_as:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(save_as)}"
    if headers["etag"] in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    try:
        span = _wanted(request.headers, headers["etag"], size)
    except _Unsatisfiable:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    start, end = (0, size) if span is None else (span.first, span.end)
    headers["content-length"] = str(end - start)
    status = 200
    if span is not None:
        status = 206
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    chunks = blobs.chunks(key, first_byte=start, end_byte=end)
    return StreamingResponse(chunks, status_code=status, headers=headers)


def _suffix(key: str) -> str:
    dot = key.rfind(".")
    return key[dot:] if dot >= 0 else ""


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _wanted(asked: Mapping[str, str], etag: str, size: int) -> _Span | None:
    """The range that is asked for, None for all of it; raises ``_Unsatisfiable``."""
    match = _RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    if match is None or asked.get("if-range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        if not last:
            return None
        if int(last) == 0 or size == 0:
            raise _Unsatisfiable
        return _Span(max(0, size - int(last)), size)
    start = int(first)
    if start >= size:
        raise _Unsatisfiable
    if last and int(last) < start:
        return None  # not a valid range at all, so it counts as none
    return _Span(start, min(size, int(last) + 1) if last else size)
