"""What all fake providers have in common: a server, jobs that take a while, and bad days.

A fake speaks its provider's protocol on the wire and holds its rules. `behaviours` are used up one
an order; what is left out goes well.
"""

import json
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

Json: TypeAlias = dict[str, Any]
Behaviour = Literal[
    "make",
    "rate_limit",
    "out_of_credit",
    "down",
    "hang",
    "refuse",
    "moderate",
    "fail",
    "never",
    "forget",
    "truncated",
    "not_video",
    "expired_link",
    "busy_looks",
]
KEY = "fake-key"
HANG_S = 0.6
BODY_BYTES_MAX = 64 * 1024 * 1024
_PART_NAME = re.compile(rb'name="([^"]+)"(?:; filename="([^"]*)")?')


@dataclass(frozen=True)
class Asked:
    """A request: `path` without its query; `fields` of a JSON body or a form."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    fields: Json
    files: Mapping[str, bytes]
    is_form: bool


@dataclass(frozen=True)
class Answered:
    """An answer: JSON, or the bytes of a file."""

    status: int
    body: Json | bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FakeJob:
    """A job of a fake: what was asked for, and how far it is."""

    id: str
    asked: Asked
    behaviour: Behaviour
    looks: int = 0
    fetches: int = 0
    cancelled: bool = False


class FakeProvider:
    """Serves while it is entered. `jobs` are all that were ordered, by id.

    A job is done at the look number `looks_until_done`. Subclasses answer with `answer`.
    """

    def __init__(
        self,
        behaviours: Sequence[Behaviour] = (),
        *,
        key: str = KEY,
        looks_until_done: int = 2,
    ) -> None:
        """Prepare the server; it listens on a free port of this machine once entered."""
        self.key, self.looks_until_done = key, looks_until_done
        self.jobs: dict[str, FakeJob] = {}
        self._behaviours = list(behaviours)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def root(self) -> str:
        """The address of the server, without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked: Asked) -> Answered:
        """Answer one request."""
        raise NotImplementedError

    def next_behaviour(self) -> Behaviour:
        """Take the next behaviour off the list."""
        with self._lock:
            return self._behaviours.pop(0) if self._behaviours else "make"

    def add_job(self, asked: Asked, behaviour: Behaviour, *, form: str = "job_{}") -> FakeJob:
        """Accept an order."""
        with self._lock:
            job = FakeJob(form.format(len(self.jobs) + 1), asked, behaviour)
            self.jobs[job.id] = job
        return job

    def is_done(self, job: FakeJob) -> bool:
        """Look at a job: each look takes it further."""
        job.looks += 1
        return job.behaviour != "never" and job.looks >= self.looks_until_done

    def percent(self, job: FakeJob) -> int:
        """How far a job is."""
        return min(99, 100 * job.looks // (self.looks_until_done + 1))


def spoilt(job: FakeJob, whole: bytes) -> bytes:
    """Return a file as it arrives: whole, cut off, or something else altogether."""
    if job.behaviour == "truncated":
        return whole[: len(whole) // 3]
    if job.behaviour == "not_video":
        return b"<html>gateway</html>"
    return whole


def _handler(server: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers one connection."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_PUT(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(min(length, BODY_BYTES_MAX))
            answered = server.answer(_read(self.command, self.path, dict(self.headers), raw))
            is_file = isinstance(answered.body, bytes)
            content = answered.body if is_file else json.dumps(answered.body).encode()
            assert isinstance(content, bytes)
            kind = "video/mp4" if is_file else "application/json"
            try:
                self.send_response(answered.status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                for name, value in answered.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the fake keeps what was asked in `jobs`."""

    return Handler


def _read(method: str, path: str, headers: dict[str, str], raw: bytes) -> Asked:
    where, _, query = path.partition("?")
    lower = {name.casefold(): value for name, value in headers.items()}
    kind = lower.get("content-type", "")
    fields: Json = {}
    files: dict[str, bytes] = {}
    if kind.startswith("multipart/form-data"):
        fields, files = _form(raw, kind.partition("boundary=")[2].strip('"').encode())
    elif raw:
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        fields = body if isinstance(body, dict) else {}
    return Asked(method, where, query, lower, fields, files, kind.startswith("multipart"))


def _form(raw: bytes, boundary: bytes) -> tuple[Json, dict[str, bytes]]:
    """Read a form (RFC 7578)."""
    fields: Json = {}
    files: dict[str, bytes] = {}
    for part in raw.split(b"--" + boundary)[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        named = _PART_NAME.search(head)
        if named is None:
            continue
        name = named[1].decode()
        if named[2] is None:
            fields[name] = content.decode()
        else:
            files[name] = content
    return fields, files


def hang() -> None:
    """Let a caller wait longer than it has patience."""
    time.sleep(HANG_S)
