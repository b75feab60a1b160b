"""The protocol as a part of the site, begun when the first agent comes."""

import asyncio
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from .calling import Api

_LOOPBACK = ("127.0.0.1:*", "localhost:*", "[::1]:*")


class McpApp:
    """Answers at ``/mcp``; the SDK is loaded, and its tasks begin, with the first request.

    Most houses are started many times for each agent that comes: half a second and 24 MB of
    imports are left until then.
    """

    def __init__(self, site: ASGIApp, *, public_url: str, version: str) -> None:
        self._site = site
        self._public_url = public_url
        self._version = version
        self._app: ASGIApp | None = None
        self._beginning = asyncio.Lock()
        self._kept: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if self._app is None:
            async with self._beginning:
                if self._app is None:
                    self._app = await self._begin()
        await self._app(scope, receive, send)

    async def _begin(self) -> ASGIApp:
        from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415

        from .tools import Tools  # noqa: PLC0415

        server = Tools(Api(self._site, self._public_url)).server(self._version)
        app = server.streamable_http_app(
            streamable_http_path="/mcp",
            stateless_http=True,
            json_response=True,
            transport_security=TransportSecuritySettings(
                enable_dns_rebinding_protection=True,
                allowed_hosts=[urlsplit(self._public_url).netloc, *_LOOPBACK],
                allowed_origins=[
                    self._public_url.rstrip("/"),
                    *(f"http://{one}" for one in _LOOPBACK),
                ],
            ),
        )
        begun = asyncio.Event()

        async def keep() -> None:
            async with server.session_manager.run():
                begun.set()
                await asyncio.Event().wait()

        self._kept = asyncio.create_task(keep(), name="mcp")
        await begun.wait()
        return app
