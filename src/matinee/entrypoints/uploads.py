"""Uploads that can be resumed: the tus protocol, version 1.0.0, at ``/api/uploads``.

Core, and the extensions creation, creation-with-upload, expiration, checksum and termination, as in
https://tus.io/protocols/resumable-upload (1.0.0). What is sent is announced with its purpose in
``Upload-Metadata``; an upload belongs to whoever began it, and nobody else learns that it exists.
"""

import base64
import binascii
from collections.abc import MutableMapping
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from matinee.entrypoints.edges import AsgiApp, Message, Receive, Send
from matinee.kit import errors
from matinee.kit.uploads import CHECKSUMS, Upload, UploadInvalid, Uploads
from matinee.people import Visitor, access

PATH = "/api/uploads"
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
PIECE_TYPE = "application/offset+octet-stream"

_DIGITS_MAX = 15
_SUPPORTED_METHODS = {"GET", "OPTIONS"}


class PieceTypeWrong(errors.Invalid):
    """A piece of an upload is sent as something else."""

    code = "web.piece_type_wrong"

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"A piece of an upload is sent as {PIECE_TYPE}, not as {kind[:80]!r}.",
        )


def upload_router(uploads: Uploads) -> APIRouter:
    """The routes of ``/uploads``."""
    router = APIRouter(prefix="/uploads")
    Signed = Annotated[Visitor, Depends(access.signed_in)]  # noqa: N806 - a type

    @router.options("", dependencies=[Depends(access.anyone)])
    def abilities() -> Response:
        """Say what is understood here."""
        return Response(
            status_code=204,
            headers={
                "tus-version": VERSION,
                "tus-extension": EXTENSIONS,
                "tus-max-size": str(uploads.most_bytes),
                "tus-checksum-algorithm": ",".join(CHECKSUMS),
            },
        )

    @router.post("")
    async def begin(request: Request, visitor: Signed) -> Response:
        """Begin an upload, with a first piece if there is a body."""
        length_bytes = _number(request.headers, "upload-length")
        said = request.headers.get("upload-metadata", "")
        purpose = _metadata(said).get("purpose", "")
        upload = await run_in_threadpool(
            uploads.begin, visitor.person.id, purpose, length_bytes, said
        )
        if _kind(request.headers) == PIECE_TYPE:
            upload = await _receive(uploads, upload, 0, request)
        headers = {**_state(upload), "location": f"{PATH}/{upload.id}"}
        return Response(status_code=201, headers=headers)

    @router.head("/{upload_id}")
    def show(upload_id: str, visitor: Signed) -> Response:
        """Say how much is there."""
        upload = uploads.find(visitor.person.id, upload_id)
        headers = {**_state(upload), "upload-length": str(upload.length_bytes)}
        if upload.metadata:
            headers["upload-metadata"] = upload.metadata
        return Response(status_code=200, headers=headers)

    @router.patch("/{upload_id}")
    async def add(upload_id: str, request: Request, visitor: Signed) -> Response:
        """Add a piece."""
        if (kind := _kind(request.headers)) != PIECE_TYPE:
            raise PieceTypeWrong(kind)
        offset_bytes = _number(request.headers, "upload-offset")
        upload = await run_in_threadpool(uploads.find, visitor.person.id, upload_id)
        return Response(
            status_code=204, headers=_state(await _receive(uploads, upload, offset_bytes, request))
        )

    @router.delete("/{upload_id}")
    def remove(upload_id: str, visitor: Signed) -> Response:
        """Take an upload back."""
        uploads.find(visitor.person.id, upload_id)
        uploads.remove(visitor.person.id, upload_id)
        return Response(status_code=204)

    return router


async def _receive(uploads: Uploads, upload: Upload, offset_bytes: int, request: Request) -> Upload:
    """Keep what arrives, up to where the connection ends, and return how much is there."""
    checksum = _checksum(request.headers)
    with uploads.piece(upload, offset_bytes=offset_bytes, checksum=checksum) as sink:
        try:
            async for chunk in request.stream():
                await run_in_threadpool(sink.write, chunk)
        except ClientDisconnect:
            if checksum is not None:
                raise  # a piece cut short is not what its checksum says
        # The disk is waited for here, where nobody else has to wait with us.
        await run_in_threadpool(sink.settle)
    return await run_in_threadpool(uploads.find, upload.owner, upload.id)


def _state(upload: Upload) -> dict[str, str]:
    return {
        "upload-offset": str(upload.offset_bytes),
        "upload-expires": format_datetime(upload.expires_at, usegmt=True),
        "cache-control": "no-store",
    }


def _kind(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _number(headers: Headers, name: str) -> int:
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX):
        reason = f"its header {name} is {text[:40]!r} and must be a whole number"
        raise UploadInvalid(reason)
    return int(text)


def _metadata(said: str) -> dict[str, str]:
    """What is said of an upload: names, each with a value in base64."""
    found = {}
    for pair in filter(None, (one.strip() for one in said.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            reason = f"the value of {name[:40]!r} in upload-metadata is not text in base64"
            raise UploadInvalid(reason) from error
    return found


def _checksum(headers: Headers) -> tuple[str, bytes] | None:
    said = headers.get("upload-checksum")
    if said is None:
        return None
    algorithm, _, value = said.partition(" ")
    if algorithm not in CHECKSUMS:
        reason = f"its checksum is a {algorithm[:20]!r}, which is none of {', '.join(CHECKSUMS)}"
        raise UploadInvalid(reason)
    try:
        return algorithm, base64.b64decode(value, validate=True)
    except binascii.Error as error:
        reason = "its checksum is not in base64"
        raise UploadInvalid(reason) from error


class Tus:
    """Speaks version 1.0.0 with those who ask for uploads, and says so to all others of them."""

    def __init__(self, app: AsgiApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse another version of the protocol."""
        if scope["type"] != "http" or not scope["path"].startswith(PATH):
            await self._app(scope, receive, send)
            return

        async def spoken(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"tus-resumable", VERSION.encode()),
                ]
            await send(message)

        wanted = dict(scope["headers"]).get(b"tus-resumable", b"").decode("latin-1")
        if scope["method"] not in _SUPPORTED_METHODS and wanted != VERSION:
            answer = Response(status_code=412, headers={"tus-version": VERSION})
            await answer(scope, receive, spoken)
            return
        await self._app(scope, receive, spoken)
