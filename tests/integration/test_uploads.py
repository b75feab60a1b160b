"""Uploads by the tus protocol: what arrives is kept, whoever goes away in the middle."""

import base64
import hashlib
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import Depends, FastAPI, Request
from starlette.testclient import TestClient

from matinee.entrypoints.edges import answer_errors
from matinee.entrypoints.uploads import PATH, PIECE_TYPE, Tus, upload_router
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.ids import SeededIds
from matinee.kit.uploads import (
    LIFETIME,
    UploadBusy,
    UploadInvalid,
    UploadNotFound,
    Uploads,
    UploadUnfinished,
)
from matinee.people import Person, Visitor

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENT = bytes(range(256)) * 40


def uploads_in(database: Database, folder: Path, clock: ManualClock | None = None) -> Uploads:
    return Uploads(
        database,
        folder,
        clock=clock or ManualClock(NOON),
        ids=SeededIds(),
        limits={"likeness": 20_000, "photo": 100},
    )


def client_of(uploads: Uploads) -> TestClient:
    app = FastAPI()
    answer_errors(app)

    def visitor(request: Request) -> None:
        name = request.headers.get("x-person")
        person = name and Person(id=f"person_{name}", handle=name, name=name, created_at=NOON)
        request.state.visitor = Visitor(person) if person else None

    app.include_router(upload_router(uploads), prefix="/api", dependencies=[Depends(visitor)])
    return TestClient(Tus(app), headers={"x-person": "ada", "tus-resumable": "1.0.0"})


def said(**metadata: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in metadata.items())


def begun(client: TestClient, length: int = len(CONTENT), **more: str) -> str:
    answer = client.post(
        PATH,
        headers={
            "upload-length": str(length),
            "upload-metadata": said(purpose="likeness", filename="me.webm"),
            **more,
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def sent(client: TestClient, at: str, offset: int, content: bytes, **more: str) -> int:
    headers = {"content-type": PIECE_TYPE, "upload-offset": str(offset), **more}
    return client.patch(at, headers=headers, content=content).status_code


def test_an_upload_goes_on_where_it_was_cut_off(database: Database, tmp_path: Path) -> None:
    uploads = uploads_in(database, tmp_path)
    client = client_of(uploads)
    at = begun(client)
    assert sent(client, at, 0, CONTENT[:1000]) == 204
    shown = client.head(at)
    assert shown.headers["upload-offset"] == "1000"
    assert shown.headers["upload-length"] == str(len(CONTENT))
    assert shown.headers["tus-resumable"] == "1.0.0"
    assert shown.headers["cache-control"] == "no-store"
    assert sent(client, at, 0, CONTENT) == 409
    with pytest.raises(UploadUnfinished):
        uploads.finished("person_ada", at.rpartition("/")[2], purpose="likeness")
    assert sent(client, at, 1000, CONTENT[1000:]) == 204
    path = uploads.finished("person_ada", at.rpartition("/")[2], purpose="likeness")
    assert path.read_bytes() == CONTENT
    with pytest.raises(UploadInvalid):
        uploads.finished("person_ada", at.rpartition("/")[2], purpose="photo")
    assert client.delete(at).status_code == 204
    assert client.head(at).status_code == 404
    assert not path.exists()


def test_what_breaks_the_protocol_is_refused_by_name(database: Database, tmp_path: Path) -> None:
    client = client_of(uploads_in(database, tmp_path))
    at = begun(client)
    assert client.options(PATH).headers["tus-max-size"] == "20000"
    assert client.post(PATH, headers={"tus-resumable": "0.2"}).status_code == 412
    long = client.post(
        PATH, headers={"upload-length": "20001", "upload-metadata": said(purpose="likeness")}
    )
    assert long.status_code == 413
    for metadata in (said(purpose="elsewhere"), "purpose ***", ""):
        answer = client.post(PATH, headers={"upload-length": "1", "upload-metadata": metadata})
        assert answer.status_code == 422
    assert client.patch(at, headers={"upload-offset": "0"}, content=b"a").status_code == 422
    assert sent(client, at, 0, CONTENT + b"more") == 413
    assert sent(client, at, -1, CONTENT) == 422


def test_an_upload_is_nobody_elses(database: Database, tmp_path: Path) -> None:
    client = client_of(uploads_in(database, tmp_path))
    at = begun(client)
    for who, status in (("ben", 404), ("", 401)):
        assert client.head(at, headers={"x-person": who}).status_code == status
        assert sent(client, at, 0, b"mine now", **{"x-person": who}) == status
        assert client.delete(at, headers={"x-person": who}).status_code == status
    assert sent(client, at, 0, CONTENT) == 204


def test_a_damaged_piece_is_taken_back_whole(database: Database, tmp_path: Path) -> None:
    client = client_of(uploads_in(database, tmp_path))
    at = begun(client)
    digest = base64.b64encode(hashlib.sha256(CONTENT[:500]).digest()).decode()
    right = {"upload-checksum": f"sha256 {digest}"}
    assert sent(client, at, 0, CONTENT[1:501], **right) == 460
    assert client.head(at).headers["upload-offset"] == "0"
    assert sent(client, at, 0, CONTENT[:500], **right) == 204
    assert sent(client, at, 500, b"x", **{"upload-checksum": "crc32 abcd"}) == 422


def test_what_waits_too_long_is_cleared_away(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(NOON)
    uploads = uploads_in(database, tmp_path, clock)
    client = client_of(uploads)
    at = begun(client)
    sent(client, at, 0, CONTENT[:10])
    assert uploads.sweep() == 0
    clock.advance(LIFETIME + timedelta(seconds=1))
    assert client.head(at).status_code == 404
    assert uploads.sweep() == 1
    assert list(tmp_path.iterdir()) == []


_WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.ids import SeededIds
from matinee.kit.uploads import Uploads
uploads = Uploads(Database(sys.argv[1]), Path(sys.argv[2]),
    clock=ManualClock(datetime(2026, 3, 1, 12, tzinfo=UTC)), ids=SeededIds(),
    limits={"likeness": 20_000})
upload = uploads.find("person_ada", sys.argv[3])
with uploads.piece(upload, offset_bytes=0) as sink:
    sink.write(b"a" * 9000)
    print("half", flush=True)
    time.sleep(60)
"""


def test_a_killed_server_loses_no_byte_and_leaves_no_lock(
    database: Database, tmp_path: Path
) -> None:
    uploads = uploads_in(database, tmp_path)
    upload = uploads.begin("person_ada", "likeness", 10_000)
    url = database.url
    arguments = [sys.executable, "-c", _WRITER, url, str(tmp_path), upload.id]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"half\n"
        with pytest.raises(UploadBusy), uploads.piece(upload, offset_bytes=0):
            pass
        os.kill(other.pid, signal.SIGKILL)
    there = uploads.find("person_ada", upload.id).offset_bytes
    assert 0 <= there <= 9000
    with uploads.piece(upload, offset_bytes=there) as sink:
        sink.write(b"a" * (10_000 - there))
    path = uploads.finished("person_ada", upload.id, purpose="likeness")
    assert path.read_bytes() == b"a" * 10_000
    with pytest.raises(UploadNotFound):
        uploads.find("person_eve", upload.id)
