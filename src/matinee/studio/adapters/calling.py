"""One HTTP call to a provider, and what its status means.

Providers differ in their bodies and agree in their statuses: 401 and 403 are the key, 402 the
account, 408, 429 and 5xx pass by themselves, and 4xx else is the request.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from matinee.studio.hiring import (
    EngineMisconfigured,
    EngineOutOfCredit,
    EngineRefused,
    EngineUnavailable,
    OrderUnclear,
)

Json: TypeAlias = dict[str, Any]

TIMEOUT_S = 60.0
FOOTAGE_BYTES_MAX = 2 * 1024**3
CHUNK_BYTES = 1 << 20
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
# Words by which providers say that the account is empty and that a prompt is not shown.
CREDIT_WORDS = (
    "insufficient_quota",
    "billing",
    "exhausted balance",
    "insufficient credit",
    "user is locked",
)
REFUSAL_WORDS = (
    "moderation",
    "content_policy",
    "content policy",
    "safety",
    "content_filter",
    "nsfw",
    "responsible ai",
)


def raise_for(engine: str, status: int, said: str, headers: Mapping[str, str]) -> None:
    """Raise what a status means; one below 400 means nothing."""
    if status < httpx.codes.BAD_REQUEST:
        return
    words = said.casefold()
    if status == httpx.codes.PAYMENT_REQUIRED or any(word in words for word in CREDIT_WORDS):
        raise EngineOutOfCredit(engine, said)
    if status in RETRIED:
        error = EngineUnavailable(engine, f"it answered {status}: {said}")
        error.details["retry_after_s"] = _seconds(headers.get("retry-after", ""))
        raise error
    if any(word in words for word in REFUSAL_WORDS):
        raise EngineRefused(engine, said)
    raise EngineMisconfigured(engine, f"{status}: {said}")


def is_refusal(*said: object) -> bool:
    """Whether the words of a failed job mean that it was not wanted, not that it broke."""
    words = " ".join(str(one) for one in said).casefold()
    return any(word in words for word in REFUSAL_WORDS)


def said_in(response: httpx.Response) -> str:
    """Return the reason in an answer: `error.message`, `detail`, or its first words."""
    try:
        body = response.json()
    except ValueError:
        return response.text.strip()[:300] or response.reason_phrase
    found = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
    if isinstance(found, dict):
        words = [found.get(key) for key in ("code", "status", "type", "message")]
        return ": ".join(str(one) for one in words if one)[:300]
    return str(found)[:300]


@contextmanager
def reached(engine: str, *, ordering: bool = False) -> Iterator[None]:
    """Name what keeps a provider from being reached.

    While `ordering`, a connection that breaks once the request may have arrived raises
    OrderUnclear, because sending it again might order twice.
    """
    try:
        yield
    except (httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError) as error:
        if ordering:
            raise OrderUnclear(engine, type(error).__name__) from error
        raise EngineUnavailable(engine, f"its answer broke off ({type(error).__name__})") from error
    except httpx.TimeoutException as error:
        reason = "it did not answer in time"
        raise EngineUnavailable(engine, reason) from error
    except httpx.HTTPError as error:
        raise EngineUnavailable(engine, str(error) or type(error).__name__) from error


def asked(
    engine: str,
    client: httpx.Client,
    method: str,
    url: str,
    *,
    ordering: bool = False,
    **parts: Any,  # noqa: ANN401 - handed to httpx unchanged
) -> httpx.Response:
    """Call a provider; raises what its status means, and EngineUnavailable if it is not reached."""
    with reached(engine, ordering=ordering):
        response = client.request(method, url, **parts)
    raise_for(engine, response.status_code, said_in(response), response.headers)
    return response


def json_of(engine: str, response: httpx.Response) -> Json:
    """Return the object in an answer; raises EngineUnavailable for anything else."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        reason = "its answer is no JSON object"
        raise EngineUnavailable(engine, reason)
    return body


def download(engine: str, client: httpx.Client, url: str, path: Path) -> httpx.Headers:
    """Write what is at `url` to `path`, and return the headers of the answer.

    Raises EngineUnavailable too when the connection breaks in the middle.
    """
    with reached(engine), client.stream("GET", url, follow_redirects=True) as response:
        if response.is_error:
            response.read()
            raise_for(engine, response.status_code, said_in(response), response.headers)
        received = 0
        with path.open("wb") as file:
            for chunk in response.iter_bytes(CHUNK_BYTES):
                received += len(chunk)
                if received > FOOTAGE_BYTES_MAX:
                    reason = f"its file has more than {FOOTAGE_BYTES_MAX} bytes"
                    raise EngineMisconfigured(engine, reason)
                file.write(chunk)
        return response.headers


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdigit() else None
