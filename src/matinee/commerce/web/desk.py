"""What the routers of the catalogue work with: bodies, cursors, answers and what may be shown."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from matinee.commerce.errors import RequestInvalid
from matinee.commerce.meanings import Meanings
from matinee.commerce.workflows import Catalogue
from matinee.kit.blobs import Blobs
from matinee.kit.bodies import decoded
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs
from matinee.kit.ids import Ids
from matinee.people import Visitor, access

T = TypeVar("T")

_CURSOR_CHARACTERS_MAX = 60


@dataclass(frozen=True, kw_only=True)
class ShopDesk:
    """Where requests about shops and products are answered.

    ``films`` tells whether a film is somebody's own and finished, so that a shop may show it.
    """

    database: Database
    blobs: Blobs
    clock: Clock
    ids: Ids
    jobs: Jobs
    catalogue: Catalogue
    meanings: Meanings
    owns_film: Callable[[Session, str, str], bool]


async def raw_body(request: Request) -> bytes:
    """Return a request's body, so that a route need not wait for it itself."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]
Seller = Annotated[Visitor, Depends(access.member("shop"))]
Anyone = Annotated[Visitor | None, Depends(access.viewer("shop"))]


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises ``RequestInvalid`` with the place of the fault."""
    return decoded(body, kind, lambda reason: RequestInvalid(f"{reason}."))


def cursor_of(number: int | None) -> str | None:
    """Write where a list of products goes on; nobody else reads it."""
    if number is None:
        return None
    return base64.urlsafe_b64encode(f"products:{number}".encode()).decode().rstrip("=")


def after_of(cursor: str | None) -> int | None:
    """Read where a list goes on; None is its beginning. Raises ``RequestInvalid``."""
    if not cursor:
        return None
    try:
        padded = cursor[:_CURSOR_CHARACTERS_MAX] + "=" * (-len(cursor) % 4)
        said = base64.urlsafe_b64decode(padded).decode()
    except (binascii.Error, UnicodeError, ValueError):
        said = ""
    name, _, number = said.partition(":")
    if name != "products" or not number.isdecimal():
        raise RequestInvalid("the cursor is not one of this list.")
    return min(int(number), 2**62)
