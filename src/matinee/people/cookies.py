"""A browser's session in its cookie, and what a request says of where it comes from."""

import ipaddress
from collections.abc import Set as AbstractSet
from urllib.parse import SplitResult, urlsplit

from fastapi import Request
from starlette.responses import Response

from .keys import SESSION_LIFETIME

COOKIE = "matinee_session"
SECURE_COOKIE = "__Host-matinee_session"
"""Over HTTPS: browsers take this name from this very host only (RFC 6265bis, 4.1.3.2)."""


def token_of(request: Request) -> str | None:
    """The token in a browser's cookie."""
    return request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)


def with_session(request: Request, response: Response, token: str) -> Response:
    """Let the browser keep a session's token, where no script can read it."""
    secure = speaks_https(request)
    response.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        secure=secure,
        httponly=True,
        samesite="strict",
    )
    return response


def without_session(response: Response) -> Response:
    """Let the browser forget its session."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    response.delete_cookie(SECURE_COOKIE, secure=True, httponly=True, samesite="strict")
    return response


def speaks_https(request: Request) -> bool:
    """Whether the browser does; behind a proxy only the Origin that it states tells."""
    return "https" in {request.url.scheme, parts_of(request.headers.get("origin", "")).scheme}


def network_of(request: Request, proxies: AbstractSet[str]) -> str:
    """The network that a request comes from, as far as those between can be believed.

    Only ``proxies`` are believed when they name another address. Of IPv6 the network is a /64:
    whoever has one address there has all of them.
    """
    stated = request.client.host if request.client else ""
    if stated in proxies:
        forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        stated = forwarded or stated
    try:
        address = ipaddress.ip_address(stated)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def parts_of(address: str) -> SplitResult:
    """An address in its parts, none of which an address has that cannot be read."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
