"""What may be asked outside, and what an answer may be."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from matinee.kit import outside
from matinee.kit.outside import Outside

PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "100.64.0.1",
    "192.168.0.1",
    "0.0.0.0",  # noqa: S104 - an address that is refused
    "224.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "fd00::1",
    "fe80::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_leads_inside_is_private(address: str) -> None:
    assert not outside.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert outside.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/a",
        "file:///etc/passwd",
        "http://",
        "https://user:word@example.com/",
        "http://example.com:99999/",
        "http://exa mple.com/",
        "http://[::1",
        "http://example.com/" + "a" * 2_048,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(outside.UrlInvalid):
        outside.checked_url(url)


@contextmanager
def a_site(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def sends(content: bytes, *, status: int = 200, **headers: str) -> Callable[..., None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"content-length": str(len(content)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def test_private_addresses_are_asked_only_when_that_is_allowed() -> None:
    with a_site(sends(b"a cat")) as url:
        assert Outside(private=True).get(url, limit_bytes=5) == b"a cat"
        for name in (url, url.replace("127.0.0.1", "localhost")):
            with pytest.raises(outside.AddressPrivate):
                Outside(private=False).get(name, limit_bytes=5)


def test_a_redirect_is_checked_like_the_first_address() -> None:
    inside = sends(b"", status=302, location="file:///etc/passwd")
    with a_site(inside) as url, pytest.raises(outside.UrlInvalid):
        Outside(private=True).get(url, limit_bytes=5)
    round_about = sends(b"", status=302, location="/again")
    with a_site(round_about) as url, pytest.raises(outside.OutsideUnreachable, match="redirects"):
        Outside(private=True).get(url, limit_bytes=5)


def test_a_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that turns private after it was checked is not asked for again."""
    asked: list[str] = []

    def resolved(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(outside.AddressPrivate):  # 203.0.113.0/24 is documentation, not public
        Outside(private=False).get("http://rebinding.example/", limit_bytes=5)
    assert asked == ["rebinding.example"]


def test_an_answer_that_is_too_large_or_wrong_is_refused() -> None:
    with a_site(sends(b"x" * 100)) as url, pytest.raises(outside.AnswerTooLarge):
        Outside(private=True).get(url, limit_bytes=99)
    gone = sends(b"gone", status=404)
    with a_site(gone) as url, pytest.raises(outside.OutsideUnreachable, match="404"):
        Outside(private=True).get(url, limit_bytes=99)


def test_an_answer_that_drips_ends_at_the_deadline() -> None:
    done = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-length", "1000")
        request.end_headers()
        while not done.wait(0.05):
            try:
                request.wfile.write(b".")
            except OSError:
                return

    with a_site(drip) as url, pytest.raises(outside.OutsideUnreachable, match="too long"):
        Outside(private=True).get(url, limit_bytes=1000, timeout_s=0.4)
    done.set()
