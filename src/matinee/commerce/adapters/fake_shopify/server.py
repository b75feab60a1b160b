"""The Admin API over the books: tokens, limits, GraphQL, bulk readings and signed messages."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from graphql import GraphQLError, execute_sync, parse, validate

from matinee.kit.clock import Clock

from . import resolving
from .books import Books

API_VERSION = "2026-10"
COST_MAX = 1_000
BUCKET_MAX = 2_000.0
RESTORED_A_SECOND = 100.0
TOKEN_LASTS = timedelta(hours=24)

_GRAPHQL = f"/admin/api/{API_VERSION}/graphql.json"
_TOKENS = "/admin/oauth/access_token"
_BULK = "/bulk/"

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that the shop sends about what happened, with its headers."""

    headers: Mapping[str, str]
    body: bytes


def signed(body: bytes, secret: str) -> str:
    """What Shopify signs a body with: base64 of HMAC-SHA256 under the app's client secret."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


@dataclass(kw_only=True)
class FakeShopify:
    """One shop behind its Admin API, for an app with ``client_id`` and ``client_secret``.

    ``down`` makes it answer 503 to everything; ``lose_answers`` of the next mutations are carried
    out and answered with a broken connection (502). ``messages`` collects what it would send.
    """

    clock: Clock
    client_id: str = "practice-app"
    client_secret: str = "practice-secret"  # noqa: S105 - of a shop that does not exist
    books: Books = field(init=False)
    down: bool = False
    lose_answers: int = 0
    messages: list[Message] = field(default_factory=list)
    asked: int = 0
    _tokens: dict[str, datetime] = field(default_factory=dict)
    _level: float = BUCKET_MAX
    _level_at: float = 0.0
    _bulk: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """Open the books, and listen to what happens in them."""
        self.books = Books(clock=self.clock, told=self._tell)
        self._level_at = self.clock.elapsed_s()

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answer a request as Shopify would."""
        with self._lock:
            self.asked += 1
            if self.down:
                return 503, {}, b"Service Unavailable"
            if method == "GET" and path.startswith(_BULK):
                content = self._bulk.get(path.removeprefix(_BULK))
                return (404, {}, b"") if content is None else (200, {}, content)
            if method == "POST" and path == _TOKENS:
                return self._token(body)
            if method != "POST" or path != _GRAPHQL:
                return 404, {}, b"Not Found"
            until = self._tokens.get(headers.get("x-shopify-access-token", ""))
            if until is None or until <= self.clock.now():
                return _json(401, {"errors": "[API] Invalid API key or access token"})
            return self._graphql(body)

    def _token(self, body: bytes) -> Answer:
        said = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if said.get("grant_type") != "client_credentials":
            return _json(400, {"error": "unsupported_grant_type"})
        given = f"{said.get('client_id')}:{said.get('client_secret')}"
        if not hmac.compare_digest(given, f"{self.client_id}:{self.client_secret}"):
            return _json(401, {"error": "invalid_client"})
        token = f"shpat_{secrets.token_hex(16)}"
        self._tokens[token] = self.clock.now() + TOKEN_LASTS
        seconds = int(TOKEN_LASTS.total_seconds())
        scope = "read_products,write_products,write_inventory,write_orders"
        return _json(200, {"access_token": token, "scope": scope, "expires_in": seconds})

    def _graphql(self, body: bytes) -> Answer:
        try:
            said = json.loads(body)
            document = parse(said["query"])
        except (ValueError, KeyError, TypeError, GraphQLError) as error:
            return _json(400, {"errors": [{"message": str(error)}]})
        faults = validate(resolving.SCHEMA, document)
        if faults:
            return _json(200, {"errors": [one.formatted for one in faults]})
        variables = said.get("variables") or {}
        cost = resolving.cost_of(document, variables)
        told = self._throttle(cost)
        if cost > COST_MAX:
            fault = {
                "message": "Query cost is too high",
                "extensions": {"code": "MAX_COST_EXCEEDED"},
            }
            return _json(200, {"errors": [fault], "extensions": told})
        if cost > self._level:
            fault = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
            return _json(200, {"errors": [fault], "extensions": told})
        done = execute_sync(
            resolving.SCHEMA,
            document,
            root_value=resolving.Root(self.books, self._read_in_bulk, self._bulk_url),
            variable_values=variables,
            field_resolver=resolving.resolve,
            type_resolver=lambda _value, _info, _type: "MediaImage",
        )
        # What a query asks for has to be there; what it takes is what it was given.
        self._level -= resolving.cost_of_answer(document, done.data)
        if self.lose_answers and resolving.changes(document):
            self.lose_answers -= 1
            return 502, {}, b"Bad Gateway"
        answer: dict[str, Any] = {"data": done.data, "extensions": self._throttle(cost)}
        if done.errors:
            answer["errors"] = [one.formatted for one in done.errors]
        return _json(200, answer)

    def _throttle(self, cost: float) -> dict[str, Any]:
        now = self.clock.elapsed_s()
        restored = (now - self._level_at) * RESTORED_A_SECOND
        self._level, self._level_at = min(BUCKET_MAX, self._level + restored), now
        status = {
            "maximumAvailable": BUCKET_MAX,
            "currentlyAvailable": int(self._level),
            "restoreRate": RESTORED_A_SECOND,
        }
        return {"cost": {"requestedQueryCost": cost, "throttleStatus": status}}

    def _read_in_bulk(self, operation: str, query: str) -> int:
        lines = resolving.bulk_lines(self.books, query)
        self._bulk[operation.rpartition("/")[2]] = b"".join(
            json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines
        )
        return len(lines)

    def _bulk_url(self, operation: str) -> str:
        return f"https://{self.books.domain}{_BULK}{operation.rpartition('/')[2]}"

    def _tell(self, topic: str, body: Mapping[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.messages.append(
            Message(
                headers={
                    "content-type": "application/json",
                    "x-shopify-topic": topic,
                    "x-shopify-shop-domain": self.books.domain,
                    "x-shopify-api-version": API_VERSION,
                    "x-shopify-webhook-id": secrets.token_hex(16),
                    "x-shopify-hmac-sha256": signed(content, self.client_secret),
                },
                body=content,
            )
        )

    @contextmanager
    def served(self, port: int = 0) -> Iterator[str]:
        """Serve on a port of this machine (0: any) while the block runs; gives the address."""
        shop = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer("GET")

            def do_POST(self) -> None:
                self._answer("POST")

            def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the base's name
                """Say nothing: what is asked holds tokens."""

            def _answer(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, more, content = shop.answer(method, self.path, headers, body)
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        server = ThreadingHTTPServer(("127.0.0.1", port), Answering)
        thread = threading.Thread(target=server.serve_forever, name="fake-shopify", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _json(status: int, said: Mapping[str, Any]) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(said).encode()
