"""Verifying below ``/api``: anybody asks what is known of a file."""

import tempfile
import threading
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.trust.errors import FileUnreadable, VerifyingBusy
from matinee.trust.model import Subject
from matinee.trust.provenance import Report, verify
from matinee.trust.provenance.verifying import Match

from .bodies import TrustDesk

Anyone = Annotated[Visitor | None, Depends(access.anyone)]

# Each takes a core for some seconds, and anybody may ask.
AT_A_TIME = 2
_CHUNK_BYTES = 1 << 20
_FIELD = "file"


def verify_router(desk: TrustDesk) -> APIRouter:
    """The route of those who ask where a file comes from."""
    router = APIRouter()
    free = threading.BoundedSemaphore(AT_A_TIME)

    @router.post("/verify")
    async def verify_file(request: Request, visitor: Anyone) -> Response:
        """Say what is known of a file, sent as the field ``file`` of a form."""
        async with request.form(max_files=1, max_fields=4) as form:
            sent = form.get(_FIELD)
            if not isinstance(sent, UploadFile):
                reason = "send it as the field 'file' of a multipart form"
                raise FileUnreadable(reason)
            # Only now, so that a slow sender takes nobody's place.
            if not free.acquire(blocking=False):
                raise VerifyingBusy
            try:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "file"
                    await _kept(sent, path)
                    report = await run_in_threadpool(_verified, desk, path, visitor)
            finally:
                free.release()
        return answer(report)

    return router


async def _kept(sent: UploadFile, path: Path) -> None:
    with path.open("wb") as file:
        while chunk := await sent.read(_CHUNK_BYTES):
            await run_in_threadpool(file.write, chunk)


def _verified(desk: TrustDesk, path: Path, visitor: Visitor | None) -> Report:
    with desk.database.transaction() as session:
        report = verify(session, path, anchors_pem=desk.anchors_pem)

        def shown(match: Match | None) -> Match | None:
            if match is None:
                return None
            subject = Subject(kind=match.subject_kind, id=match.subject_id)
            if desk.may_see(session, visitor, subject):
                return match
            # That it was made here may be known; which film it is stays with those who may see it.
            return msgspec.structs.replace(match, subject_id="")

        return msgspec.structs.replace(report, match=shown(report.match), mark=shown(report.mark))
