"""Requests to addresses that somebody else chose: webhooks, pictures named by their URL.

Whoever chooses an address may choose one that only this machine can reach: a database, a router, a
cloud's metadata. So a name is resolved once, every address it has is checked, and the connection
goes to a checked address and to no other (a name that answers differently the second time gains
nothing). A redirect is a new address and is checked the same way. Nothing comes from proxies that
the environment names, and a deadline holds for the whole exchange, however slowly it drips::

    answer = Outside(private=False).get("https://example.com/cat.png", limit_bytes=20 * 2**20)

Which addresses are public: RFC 6890 and its registries, as `ipaddress` keeps them, and for the
forms of IPv6 that carry an IPv4 address inside, that address too.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from matinee.kit import errors

URL_CHARACTERS_MAX = 2_048
REDIRECTS_MAX = 3
TIMEOUT_S = 10.0

_CONNECT_S = 5.0
_SHOWN_CHARACTERS = 200
_OK = 200
_HEADERS = {"user-agent": "Matinee", "accept": "*/*", "accept-encoding": "identity"}
_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UrlInvalid(errors.Invalid):
    """A text is not the URL of something on the web."""

    code = "kit.url_invalid"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url[:_SHOWN_CHARACTERS]!r} cannot be used as an address: {reason}. Give a URL such "
            "as https://example.com/path."
        )


class AddressPrivate(errors.Forbidden):
    """A URL leads to this machine or into a private network."""

    code = "kit.address_private"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host[:_SHOWN_CHARACTERS]!r} is an address of this machine or of a private network, "
            "where requests on behalf of others do not go. Give a public one; the operator may "
            "allow private ones with MATINEE_PRIVATE_ADDRESSES=allow."
        )


class OutsideUnreachable(errors.Unavailable):
    """A server elsewhere did not answer as it should."""

    code = "kit.outside_unreachable"

    def __init__(self, url: str, reason: str) -> None:
        host = urlsplit(url).hostname or url[:_SHOWN_CHARACTERS]
        super().__init__(
            f"{host[:_SHOWN_CHARACTERS]!r} could not be asked: {reason}. Check the address, or try "
            "again later."
        )
        self.reason = reason


class AnswerTooLarge(errors.Invalid):
    """What lies at a URL is larger than it may be."""

    code = "kit.answer_too_large"

    def __init__(self, url: str, limit_bytes: int) -> None:
        super().__init__(
            f"What is at {url[:_SHOWN_CHARACTERS]!r} is larger than {limit_bytes} bytes. Give the "
            "address of a smaller file."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server elsewhere said; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    limit_bytes: int
    deadline_s: float
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Outside:
    """Asks servers elsewhere; `private` is whether private addresses are allowed."""

    private: bool
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, url: str, *, limit_bytes: int, timeout_s: float = TIMEOUT_S) -> bytes:
        """Return what lies at `url`, following redirects.

        Raises UrlInvalid, AddressPrivate, OutsideUnreachable or AnswerTooLarge.
        """
        deadline_s = time.monotonic() + timeout_s
        for _ in range(REDIRECTS_MAX + 1):
            answer = self._ask(_Request("GET", url, limit_bytes, deadline_s))
            if len(answer.content) > limit_bytes:
                raise AnswerTooLarge(url, limit_bytes)
            if answer.status in _REDIRECTS and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status != _OK:
                raise OutsideUnreachable(url, f"it answered {answer.status}")
            return answer.content
        raise OutsideUnreachable(url, f"it redirects more than {REDIRECTS_MAX} times")

    def post(
        self,
        url: str,
        content: bytes,
        *,
        headers: Mapping[str, str],
        limit_bytes: int,
        timeout_s: float = TIMEOUT_S,
    ) -> Answer:
        """Send `content` and return the answer, of which at most `limit_bytes` are read.

        Redirects are answers like others. Raises UrlInvalid, AddressPrivate or OutsideUnreachable.
        """
        deadline_s = time.monotonic() + timeout_s
        return self._ask(_Request("POST", url, limit_bytes, deadline_s, headers, content))

    def _ask(self, wanted: _Request) -> Answer:
        url = checked_url(wanted.url)
        backend = _PublicOnly(private=self.private, deadline_s=wanted.deadline_s)
        told: list[tuple[bytes | str, bytes | str]] = list({**_HEADERS, **wanted.headers}.items())
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self.tls, network_backend=backend, max_keepalive_connections=0
                ) as pool,
                pool.stream(
                    wanted.method, url, headers=told, content=wanted.content or None
                ) as response,
            ):
                received = _body(response.iter_stream(), wanted.limit_bytes)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise OutsideUnreachable(url, "it took too long") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            raise OutsideUnreachable(url, str(error)[:_SHOWN_CHARACTERS] or "it failed") from error
        named = {name.decode("latin-1").lower(): value for name, value in response.headers}
        return Answer(
            response.status,
            {name: value.decode("latin-1") for name, value in named.items()},
            received,
        )


def checked_url(url: str) -> str:
    """Return `url` itself if it is one of the web and holds no credentials; raises UrlInvalid."""
    if len(url) > URL_CHARACTERS_MAX:
        raise UrlInvalid(url, f"it is longer than {URL_CHARACTERS_MAX} characters")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise UrlInvalid(url, "it holds characters that a URL writes with per cent signs")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise UrlInvalid(url, str(error)) from error
    if parts.scheme not in {"http", "https"}:
        raise UrlInvalid(url, "it begins neither with http:// nor with https://")
    if not parts.hostname:
        raise UrlInvalid(url, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise UrlInvalid(url, "it holds a user name or a password")
    return url


def is_public(address: _Address) -> bool:
    """Whether an address belongs to the open internet, and so does any that it carries inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if inside is None and address.teredo is not None:
            inside = address.teredo[1]
        if inside is None and address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inside is not None:
            return is_public(inside)
    return address.is_global and not address.is_multicast


def public_addresses(host: str, port: int, *, private: bool) -> list[str]:
    """Every address of `host`, in the order to try them.

    Raises AddressPrivate when a single one of them is not public, OSError for an unknown name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    texts = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
    if not private:
        for text in texts:
            if not is_public(ipaddress.ip_address(text.partition("%")[0])):
                raise AddressPrivate(host)
    return texts


def _body(chunks: Iterable[bytes], limit_bytes: int) -> bytes:
    """The first `limit_bytes` and, if there is more, one byte more to show it."""
    received = bytearray()
    for chunk in chunks:
        received += chunk
        if len(received) > limit_bytes:
            break
    return bytes(received[: limit_bytes + 1])


class _PublicOnly(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets no operation outlast the deadline."""

    def __init__(self, *, private: bool, deadline_s: float) -> None:
        self._private, self._deadline_s = private, deadline_s
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in public_addresses(host, port, private=self._private):
            left_s = min(_CONNECT_S, _left_s(self._deadline_s))
            try:
                stream = self._network.connect_tcp(
                    address, port, left_s, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Hurried(stream, self._deadline_s)
        raise failure or httpcore.ConnectError(f"{host} has no address")


class _Hurried(httpcore.NetworkStream):
    """A stream whose every operation ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline_s: float) -> None:
        self._stream, self._deadline_s = stream, deadline_s

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, _left_s(self._deadline_s))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, _left_s(self._deadline_s))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
    ) -> httpcore.NetworkStream:
        left_s = _left_s(self._deadline_s)
        secured = self._stream.start_tls(ssl_context, server_hostname, left_s)
        return _Hurried(secured, self._deadline_s)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the library has it
        return self._stream.get_extra_info(info)


def _left_s(deadline_s: float) -> float:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise httpcore.ReadTimeout
    return left_s
