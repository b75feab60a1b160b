"""What the routers work with, and what they all do: read bodies and cursors, send JSON."""

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.responses import Response

from matinee import studio
from matinee.feed.actions import Room
from matinee.feed.errors import CursorInvalid, RequestInvalid
from matinee.kit.bodies import decoded
from matinee.kit.db import Database
from matinee.people import Visitor, access

T = TypeVar("T")

_CURSOR_CHARACTERS_MAX = 200


@dataclass(frozen=True, kw_only=True)
class FeedDesk:
    """Where requests are answered; remixes are ordered in the studio's office."""

    database: Database
    room: Room
    office: studio.Office


async def raw_body(request: Request) -> bytes:
    """Return a request's body, so that a route need not wait for it itself."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]
Reader = Annotated[Visitor, Depends(access.member("feed:read"))]
Writer = Annotated[Visitor, Depends(access.member("feed:write"))]
Anyone = Annotated[Visitor | None, Depends(access.viewer("feed:read"))]


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises RequestInvalid with the place of the fault."""
    return decoded(body, kind, lambda reason: RequestInvalid(f"{reason}."))


def done() -> Response:
    """Send that it is done, with nothing to say."""
    return Response(status_code=204)


def cursor_of(name: str, *parts: str | int) -> str:
    """Write where the list `name` goes on; nobody else reads it."""
    written = ":".join([name, *(str(part) for part in parts)])
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def after_of(cursor: str | None, name: str) -> int | None:
    """Read where the list `name` goes on; None is its beginning. Raises CursorInvalid."""
    parts = parts_of(cursor, name, count=1)
    if parts is None:
        return None
    if not parts[0].isdecimal():
        raise CursorInvalid
    return min(int(parts[0]), 2**62)


def parts_of(cursor: str | None, name: str, *, count: int) -> list[str] | None:
    """Read a cursor of the list `name`; None is the beginning. Raises CursorInvalid."""
    if not cursor:
        return None
    if len(cursor) > _CURSOR_CHARACTERS_MAX:
        raise CursorInvalid
    try:
        written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise CursorInvalid from error
    found = written.split(":")
    if found[0] != name or len(found) != count + 1:
        raise CursorInvalid
    return found[1:]
