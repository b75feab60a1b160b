"""Bodies of JSON, as the web edges of all rooms read and send them.

What cannot be read is refused with the error of the room that was asked, so that its code says
where the fault is::

    wish = bodies.decoded(body, WishBody, RequestInvalid)
    return bodies.answer(view, status=201)
"""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from starlette.responses import Response

from matinee.kit.errors import MatineeError

T = TypeVar("T")


def decoded(body: bytes, kind: type[T], refuse: Callable[[str], MatineeError]) -> T:
    """Decode a body of JSON, of which an empty one is an empty object.

    Raises what ``refuse`` makes of the reason, which names the place of the fault and is no whole
    sentence.
    """
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(str(error)) from error


def answer(content: object, *, status: int = 200) -> Response:
    """Answer with JSON that nobody keeps."""
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "private, no-store"},
    )
