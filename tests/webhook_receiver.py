"""Somebody else's server that takes webhooks, and holds the sender to Standard Webhooks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from matinee.kit import webhooks
from matinee.kit.clock import Clock, SystemClock

UNSIGNED = 401


@dataclass
class Receiver:
    """Takes what is signed with one of `secrets`; `answers` are its next statuses, then 200."""

    clock: Clock = field(default_factory=SystemClock)
    url: str = ""
    secrets: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    message_ids: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    told: threading.Condition = field(default_factory=threading.Condition)

    def take(self, headers: dict[str, str], body: str) -> int:
        """Judge one request; returns the status to answer with."""
        now = self.clock.now()
        signed = [webhooks.is_signed(headers, body, secret=one, at=now) for one in self.secrets]
        with self.told:
            self.told.notify_all()
            if headers.get("content-type") != "application/json" or not any(signed):
                self.refused.append(body)
                return UNSIGNED
            self.message_ids.append(headers["webhook-id"])
            self.bodies.append(body)
            self.headers.append(headers)
            return self.answers.pop(0) if self.answers else 200

    def wait_for(self, count: int, *, timeout_s: float) -> None:
        """Return once `count` messages were taken."""
        with self.told:
            done = self.told.wait_for(lambda: len(self.message_ids) >= count, timeout=timeout_s)
        assert done, f"{len(self.message_ids)} of {count} messages, {len(self.refused)} refused"


@contextmanager
def a_receiver(clock: Clock | None = None) -> Iterator[Receiver]:
    receiver = Receiver(clock=clock or SystemClock())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length).decode()
            status = receiver.take({name.lower(): one for name, one in self.headers.items()}, body)
            self.send_response(status)
            self.send_header("content-length", "0")
            if status == 302:
                self.send_header("location", receiver.url)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield receiver
        server.shutdown()
