"""Who may come in: programs with a key, browsers with a session, the operator at the machine.

The reasoning is docs/decisions/0011-page-without-a-key.md. In short: a browser is the operator's
when the server listens on loopback only, the connection comes from there, nothing forwarded it, and
both the Host and the Origin that the browser states are this very server on a loopback name. A
page of another site, or another name that was made to point here, cannot state that.
"""

import ipaddress
from collections.abc import Mapping

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit import errors
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.ids import Ids
from matinee.people import KeyRefused, SignInRequired, Visitor, keys
from matinee.people.cookies import parts_of, token_of, with_session, without_session

_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class ForeignOrigin(errors.Forbidden):
    """A browser's session was used by a page of another origin."""

    code = "web.foreign_origin"

    def __init__(self) -> None:
        super().__init__(
            "This request comes from a page of another site, which may not use the session of "
            "this one. Programs send a key: 'Authorization: Bearer matinee_...'."
        )


class Door:
    """Says who asks, or refuses them; ``operator`` is whether loopback needs no key."""

    def __init__(self, database: Database, clock: Clock, ids: Ids, *, operator: bool) -> None:
        """Ask the keys and sessions in ``database``."""
        self._database = database
        self._clock = clock
        self._ids = ids
        self._operator = operator

    async def key_required(self, request: Request) -> None:
        """Fill in whose key the request bears; raises ``KeyRefused``."""
        secret = _bearer(request.headers)
        if secret is None:
            raise KeyRefused("This address needs an API key.")
        request.state.visitor = await run_in_threadpool(self._by_key, secret)

    async def visitor(self, request: Request) -> None:
        """Fill in whose key or session it is, None for somebody who is not signed in.

        Raises ``KeyRefused`` for a bad key, ``ForeignOrigin`` for the page of another site.
        """
        if _bearer(request.headers) is not None:
            await self.key_required(request)
            return
        if request.method not in _SAFE_METHODS and _is_foreign(request):
            # Signing somebody in unasked, from another site, would be a harm too.
            raise ForeignOrigin
        opened = await run_in_threadpool(self._by_session, request)
        request.state.visitor = opened and opened.visitor
        request.state.opened = opened

    def enter(self, request: Request) -> Response:
        """Give a browser a session: for its key, or for being the operator's.

        Raises ``SignInRequired`` or ``ForeignOrigin``.
        """
        visitor: Visitor | None = request.state.visitor
        if visitor is not None and _bearer(request.headers) is None:
            return Response(status_code=204)
        at_machine = visitor is None
        if at_machine and not self._is_operator(request):
            raise SignInRequired
        with self._database.transaction() as session:
            token = keys.open_session(
                session,
                keys.operator(session) if visitor is None else visitor,
                ids=self._ids,
                at=self._clock.now(),
                at_machine=at_machine,
                agent=request.headers.get("user-agent", ""),
            )
        return with_session(request, Response(status_code=204), token)

    def leave(self, request: Request) -> Response:
        """End a browser's session."""
        with self._database.transaction() as session:
            keys.close_session(session, token_of(request) or "")
        return without_session(Response(status_code=204))

    def _by_key(self, secret: str) -> Visitor:
        with self._database.glance() as session:
            return keys.visitor_with_key(session, secret)

    def _by_session(self, request: Request) -> keys.Opened | None:
        token = token_of(request)
        if token is None:
            return None
        if not _same_origin(request):
            raise ForeignOrigin
        with self._database.glance() as session:
            opened = keys.opened(session, token, at=self._clock.now())
        if opened and opened.at_machine and not (self._operator and _at_the_machine(request)):
            return None  # the operator's session counts only at the operator's machine
        return opened

    def _is_operator(self, request: Request) -> bool:
        if not (self._operator and _at_the_machine(request)):
            return False
        # Browsers state an Origin with every POST, and pages cannot forge it.
        return "origin" in request.headers and _same_origin(request)


def is_loopback(host: str) -> bool:
    """Whether a name or address, without its port, can only mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _bearer(headers: Mapping[str, str]) -> str | None:
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _at_the_machine(request: Request) -> bool:
    """Whether a browser on this machine asks directly, by a name that only means this machine."""
    client = request.client
    return (
        client is not None
        and is_loopback(client.host)
        and is_loopback(_host_name(request.headers.get("host", "")))
        and not any(name in request.headers for name in _FORWARDED)
    )


def _same_origin(request: Request) -> bool:
    """Whether the page that asks came from this server, as far as the browser tells."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        # Older browsers leave both out of requests that change nothing.
        return site is not None or request.method in _SAFE_METHODS
    return parts_of(origin).netloc.lower() == request.headers.get("host", "").lower()


def _is_foreign(request: Request) -> bool:
    """Whether a browser states that the page that asks came from elsewhere."""
    stated = "origin" in request.headers or "sec-fetch-site" in request.headers
    return stated and not _same_origin(request)


def _host_name(host: str) -> str:
    return parts_of(f"//{host}").hostname or ""
