"""The provider of our own on HTTP, for the real SDK and for other processes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .fake_stripe import FakeStripe


@contextmanager
def served(stripe: FakeStripe) -> Iterator[str]:
    """Serve on a free port of this machine while the block runs; gives the address."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: what is asked may hold names of cards."""

        def _answer(self, method: str) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            key = self.headers.get("Idempotency-Key")
            version = self.headers.get("Stripe-Version") or ""
            status, answer = stripe.answer(method, self.path, body, key=key, version=version)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Request-Id", "req_fake")
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, name="fake-stripe", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
