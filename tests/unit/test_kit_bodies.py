"""Bodies of JSON: whatever is sent is read or refused in one sentence, and what is sent is kept by
nobody.
"""

import msgspec
import pytest

from matinee.kit import bodies, errors


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = ""


class Unreadable(errors.Invalid):
    """What a room says of a body that it cannot read."""


def test_a_body_is_read_and_an_empty_one_is_an_empty_object() -> None:
    assert bodies.decoded(b'{"name": "Ada"}', Wish, Unreadable) == Wish("Ada")
    assert bodies.decoded(b"", Wish, Unreadable) == Wish()


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"name": 1}', b'{"else": 1}', b'{"name": "\xff"}', b"[" * 200_000, b"\x00"],
)
def test_what_cannot_be_read_is_refused_with_the_error_of_the_room(body: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        bodies.decoded(body, Wish, Unreadable)
    assert refused.value.message


def test_an_answer_is_json_that_nobody_keeps() -> None:
    answer = bodies.answer(Wish("Ada"), status=201)
    assert (answer.status_code, bytes(answer.body)) == (201, b'{"name":"Ada"}')
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "private, no-store"
