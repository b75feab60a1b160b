"""Who may call which tool, how often, and what is noted of it; before the protocol sees anything.

The server is a resource server of OAuth 2.1: a bearer token is a key of a person's, looking at
goods and films needs none, and what a key does not allow is answered as RFC 6750 and RFC 9728 say,
so that a client knows which scope to ask for and where.
"""

import hashlib
import json
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.people import KeyRefused, Visitor, keys
from matinee.people import calls as agent_calls
from matinee.people.calls import AgentCall

BODY_BYTES_MAX = 2**20
METADATA = "/.well-known/oauth-protected-resource"

_A_MINUTE = timedelta(minutes=1)
_CALL = "tools/call"
_TOOL_CHARACTERS_MAX = 64


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many tools may be called in a minute: with a key, and from an address without one."""

    with_key: int = 120
    without_key: int = 30


class AgentGate:
    """Stands before the protocol at ``path``; ``scopes`` says what a key must allow for a tool."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        database: Database,
        clock: Clock,
        public_url: str,
        scopes: Mapping[str, str],
        limits: Limits | None = None,
    ) -> None:
        self._app = app
        self._database = database
        self._clock = clock
        self._public_url = public_url.rstrip("/")
        self._scopes = scopes
        self._limits = limits or Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await _refusal(413, "The message is too large.")(scope, receive, send)
            return
        tool = _tool_of(body)
        visitor, refused = await self._visitor(Headers(scope=scope), tool)
        caller = _caller(scope, visitor)
        if refused is None and tool is not None:
            refused = await run_in_threadpool(self._throttled, caller, visitor)
        if refused is not None:
            await self._noted(caller, visitor, tool, f"refused {refused.status_code}", 0.0)
            await refused(scope, receive, send)
            return
        begun = time.perf_counter()
        status = await _passed(self._app, scope, body, receive, send)
        await self._noted(caller, visitor, tool, f"{status}", time.perf_counter() - begun)

    def metadata(self) -> dict[str, Any]:
        """What clients learn about this resource (RFC 9728)."""
        return {
            "resource": f"{self._public_url}/mcp",
            "resource_name": "Matinee",
            "bearer_methods_supported": ["header"],
            "scopes_supported": sorted(set(self._scopes.values())),
            "resource_documentation": f"{self._public_url}/settings",
        }

    async def _visitor(
        self, headers: Headers, tool: str | None
    ) -> tuple[Visitor | None, Response | None]:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        wanted = self._scopes.get(tool or "")
        if scheme.lower() != "bearer":
            return None, self._challenge(401, None, wanted) if wanted else None
        try:
            visitor = await run_in_threadpool(self._by_key, secret.strip())
        except KeyRefused:
            return None, self._challenge(401, "invalid_token", wanted)
        if wanted is not None and wanted not in visitor.scopes:
            return visitor, self._challenge(403, "insufficient_scope", wanted)
        return visitor, None

    def _by_key(self, secret: str) -> Visitor:
        with self._database.glance() as session:
            return keys.visitor_with_key(session, secret)

    def _challenge(self, status: int, error: str | None, scope: str | None) -> Response:
        parts = [f'resource_metadata="{self._public_url}{METADATA}/mcp"']
        if error is not None:
            parts.insert(0, f'error="{error}"')
        if scope is not None:
            parts.append(f'scope="{scope}"')
        says = {
            401: "This needs a key. Make one in the settings, and send it as a bearer token.",
            403: f"The key does not allow this; it needs the scope {scope}.",
        }
        answer = _refusal(status, says[status])
        answer.headers["www-authenticate"] = f"Bearer {', '.join(parts)}"
        return answer

    def _throttled(self, caller: str, visitor: Visitor | None) -> Response | None:
        most = self._limits.without_key if visitor is None else self._limits.with_key
        since = self._clock.now() - _A_MINUTE
        with self._database.glance() as session:
            called = agent_calls.count(session, caller, since=since)
        if called < most:
            return None
        answer = _refusal(429, f"At most {most} tools are called in a minute. Wait a little.")
        answer.headers["retry-after"] = "30"
        return answer

    async def _noted(
        self, caller: str, visitor: Visitor | None, tool: str | None, outcome: str, took_s: float
    ) -> None:
        if tool is None:
            return
        call = AgentCall(
            caller=caller,
            person_id=None if visitor is None else visitor.person.id,
            tool=tool,
            outcome=outcome,
            took_ms=round(took_s * 1000),
            called_at=self._clock.now(),
        )
        await run_in_threadpool(self._keep, call)

    def _keep(self, call: AgentCall) -> None:
        with self._database.transaction() as session:
            agent_calls.note(session, call)


def _caller(scope: Scope, visitor: Visitor | None) -> str:
    if visitor is not None:
        return visitor.key_id or visitor.person.id
    host = (scope.get("client") or ("", 0))[0]
    return f"address:{hashlib.sha256(str(host).encode()).hexdigest()[:16]}"


def _tool_of(body: bytes) -> str | None:
    """The tool that a message calls, if it calls one."""
    try:
        said = json.loads(body)
        called = isinstance(said, dict) and said.get("method") == _CALL
        return str(said["params"]["name"])[:_TOOL_CHARACTERS_MAX] if called else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


async def _read(receive: Receive) -> bytes | None:
    """A whole body, or None when it is too long."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > BODY_BYTES_MAX:
            return None
        if not message.get("more_body"):
            return bytes(body)


async def _passed(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> int:
    """Hand a request on with its body; the status of the answer."""
    given = False
    status = 500

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def heard(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        await send(message)

    await app(scope, again, heard)
    return status


def _refusal(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status_code=status)
