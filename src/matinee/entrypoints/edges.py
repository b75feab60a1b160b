"""The edge of the web server: errors become answers, bodies have limits, answers have armour."""

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from matinee.kit import errors, logs
from matinee.kit.errors import MatineeError
from matinee.kit.uploads import UploadBusy, UploadChecksum, UploadTooLarge
from matinee.people import KeyRefused, SignInRequired

log = logs.logger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

BODY_BYTES_MAX = 1024 * 1024
UPLOADS_PATH = "/api/uploads"
UPLOAD_BYTES_MAX = 96 * 1024 * 1024
"""What one piece may have; each purpose of an upload has a limit of its own."""
FILMS_PATH = "/api/films"
"""Where the page asks for films, which may come with a photo."""
PICTURE_PATH = "/api/me/picture"
PICTURE_BYTES_MAX = 10 * 1024 * 1024
# Clients of the contract may send a picture of 20 MiB, also as text in base64.
VIDEO_BODY_BYTES_MAX = 28 * 1024 * 1024
# A film that was downloaded from here may come back whole; only its digest is taken.
FILM_BODY_BYTES_MAX = 1024 * 1024 * 1024
_FILM_PATHS = ("/v1/videos/edits", "/v1/videos/extensions")

# A little more than the largest file, for the form around it.
VERIFY_PATH, VERIFY_BYTES_MAX = "/api/verify", 513 * 1024 * 1024

OPENAI_PREFIX = "/v1/"
# Pictures of products, and files of them.
_SHOP_PATH = re.compile(r"/api/shops/[^/]{1,80}/(?:media|imports)")
SHOP_BODY_BYTES_MAX = 20 * 1024 * 1024

# Our own addresses below /v1, which no foreign protocol gives a form to.
OWN_PREFIXES = ("/v1/films", "/v1/options")

# The one table of statuses: the first class that fits counts.
STATUSES: tuple[tuple[type[MatineeError], int], ...] = (
    (KeyRefused, 401),
    (SignInRequired, 401),
    (errors.Throttled, 429),
    # What the protocol of uploads asks for (tus 1.0.0).
    (UploadTooLarge, 413),
    (UploadBusy, 423),
    (UploadChecksum, 460),
    (errors.Gone, 410),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Barred, 451),
    (errors.Forbidden, 403),
    (errors.Invalid, 422),
    (errors.Unavailable, 503),
)
# Mails lead to addresses that end in a secret, which opens an account.
_SECRET = re.compile(r"matinee_[\w-]+")

# The contract calls a request that cannot be carried out a bad one.
_OPENAI_STATUSES = {422: 400}
_OPENAI_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    # A film that is still being made is played from parts that the page hands to the browser, with
    # an empty track for its captions.
    "media-src 'self' blob: data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_ARMOUR = {
    "content-security-policy": _PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # The page of the likeness asks for camera and microphone; no other site may through a frame.
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
}


def status_of(error: MatineeError) -> int:
    """The HTTP status of an error, by its kind."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def loggable(path: str) -> str:
    """The path of a request without the secret that it may end in."""
    return _SECRET.sub("matinee_…", path)


def answer_errors(app: FastAPI) -> None:
    """Give every error one shape: RFC 9457, or OpenAI's below ``/v1``."""

    @app.exception_handler(MatineeError)
    async def ours(request: Request, error: MatineeError) -> Response:
        status = status_of(error)
        if status >= 500:  # noqa: PLR2004 - server errors
            log.warning("request_failed", code=error.code, path=loggable(request.url.path))
        answer = _answer(request, status, error.code, error.message, error.details.get("param"))
        if "retry_after_s" in error.details:
            answer.headers["retry-after"] = str(error.details["retry_after_s"])
        return answer

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        code, message = {
            404: ("web.not_found", f"There is nothing at {request.url.path[:200]!r}."),
            405: ("web.method_not_allowed", f"{request.method} is not possible here."),
        }.get(error.status_code, ("web.refused", str(error.detail)))
        answer = _answer(request, error.status_code, code, message, None)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def unread(request: Request, _error: RequestValidationError) -> Response:
        message = f"A part of {request.url.path[:200]!r} is not what this address expects there."
        return _answer(request, 422, "web.refused", message, None)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        log.error("request_crashed", path=loggable(request.url.path), error=type(error).__name__)
        message = "The server met a fault of its own. Its log has the trace; please report it."
        return _answer(request, 500, "web.fault", message, None)


def _answer(
    request: Request, status: int, code: str, message: str, param: errors.DetailValue
) -> Response:
    headers = {"cache-control": "no-store"}
    if status == 401:  # noqa: PLR2004 - unauthorised
        headers["www-authenticate"] = "Bearer"
    path = request.url.path
    if path.startswith(OPENAI_PREFIX) and not path.startswith(OWN_PREFIXES):
        status = _OPENAI_STATUSES.get(status, status)
        # The client's own doing, which waiting does not mend.
        if status < 500 and status != 429:  # noqa: PLR2004 - server errors, too many requests
            headers["x-should-retry"] = "false"
        return JSONResponse(_openai_body(status, code, message, param), status, headers)
    return Response(
        json.dumps(_problem(status, code, message, param), ensure_ascii=False),
        status,
        headers,
        media_type="application/problem+json",
    )


def _openai_body(
    status: int, code: str, message: str, param: errors.DetailValue
) -> dict[str, dict[str, errors.DetailValue]]:
    kind = "server_error" if status >= 500 else _OPENAI_TYPES.get(status, "invalid_request_error")  # noqa: PLR2004 - server errors
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _problem(
    status: int, code: str, message: str, param: errors.DetailValue
) -> dict[str, errors.DetailValue]:
    title = code.partition(".")[2].replace("_", " ").capitalize()
    told: dict[str, errors.DetailValue] = {
        "type": f"urn:matinee:error:{code}",
        "title": title,
        "status": status,
        "detail": message,
        "code": code,
    }
    return told if param is None else {**told, "param": param}


class Armour:
    """Adds security headers to every answer."""

    def __init__(self, app: AsgiApp) -> None:
        """Wrap ``app``."""
        self._app = app
        self._headers = [(name.encode(), value.encode()) for name, value in _ARMOUR.items()]

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def armoured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        await self._app(scope, receive, armoured)


class BodyTooLarge(HTTPException):
    """A body is larger than the limit of its address."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(413, f"The body is larger than {limit_bytes} bytes.")


def _limit_bytes(path: str) -> int:
    if path.startswith(UPLOADS_PATH):
        return UPLOAD_BYTES_MAX
    if path == VERIFY_PATH:
        return VERIFY_BYTES_MAX
    if path == PICTURE_PATH:
        return PICTURE_BYTES_MAX
    if _SHOP_PATH.fullmatch(path):
        return SHOP_BODY_BYTES_MAX
    if path in _FILM_PATHS:
        return FILM_BODY_BYTES_MAX
    photos = path.startswith(OPENAI_PREFIX) or path == FILMS_PATH
    return VIDEO_BODY_BYTES_MAX if photos else BODY_BYTES_MAX


class BodyLimit:
    """Refuses bodies that are too large, announced or not, before they fill the memory."""

    def __init__(self, app: AsgiApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit_bytes(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            answer = _answer(
                Request(scope), 413, "web.body_too_large", BodyTooLarge(limit).detail, None
            )
            await answer(scope, receive, send)
            return
        counted = 0

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > limit:
                raise BodyTooLarge(limit)
            return message

        await self._app(scope, counting, send)
