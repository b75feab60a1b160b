"""Only names and addresses that can mean nothing but this machine count as this machine."""

import pytest

from matinee.entrypoints.door import is_loopback


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "::",
        "192.168.1.4",
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "127.1",
        "2130706433",
        "::ffff:10.0.0.1",
    ],
)
def test_everything_else_is_not(host: str) -> None:
    assert not is_loopback(host)
