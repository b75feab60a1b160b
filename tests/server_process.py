"""A real `matinee` in a process of its own, for tests of the ways in."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
START_S = 60
FILM_S = 90


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def an_environment(home: Path) -> Mapping[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("MATINEE_")},
        "MATINEE_HOME": str(home),
        "MATINEE_LOG_FORM": "json",
        "PYTHONPATH": str(ROOT / "src"),
    }


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "matinee.entrypoints.cli", *words]


def matinee(home: Path, *words: str, timeout_s: float = FILM_S) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*words),
        env=an_environment(home),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def begun(home: Path, *words: str, extra: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a command and leave it running."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Tests that were put into the background ignore Ctrl-C, and what they start inherits that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        command(*words),
        env={**an_environment(home), **(extra or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class Served:
    """A running server and how to reach it."""

    home: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        return f"postgresql://matinee@/matinee?host={self.home / 'postgres' / 'run'}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=10)

    def key(self, name: str = "test") -> str:
        made = matinee(self.home, "keys", "create", name)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()


def start_server(
    home: Path, *options: str, port: int | None = None, extra: Mapping[str, str] | None = None
) -> Served:
    """Start a server and return once it answers."""
    port = port or a_free_port()
    served = Served(home, port, begun(home, "serve", "--port", str(port), *options, extra=extra))
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if served.process.poll() is not None:
            _, told = served.process.communicate()
            raise AssertionError(f"the server ended with {served.process.returncode}: {told}")
        try:
            if httpx.get(f"{served.url}/healthz", timeout=5).status_code == httpx.codes.OK:
                return served
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    served.kill()
    raise AssertionError("the server did not answer")


@contextmanager
def a_server(
    home: Path, *options: str, port: int | None = None, extra: Mapping[str, str] | None = None
) -> Iterator[Served]:
    served = start_server(home, *options, port=port, extra=extra)
    try:
        yield served
    finally:
        stop(served)


def stop(served: Served) -> None:
    """Ask it to stop, and make it."""
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGTERM)
    try:
        served.process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        served.kill()
        raise


@contextmanager
def a_page_visit(served: Served) -> Iterator[httpx.Client]:
    """What a browser has after it opened the page on the operator's machine."""
    told = {"origin": served.url, "sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=served.url, headers=told, timeout=30) as client:
        assert client.post("/api/session").status_code == httpx.codes.NO_CONTENT
        yield client


def wait_for_film(client: httpx.Client, film_id: str) -> dict[str, object]:
    """The film once it has ended."""
    deadline = time.monotonic() + FILM_S
    while time.monotonic() < deadline:
        film: dict[str, object] = client.get(f"/api/films/{film_id}").raise_for_status().json()
        if film["status"] in {"completed", "failed"}:
            return film
        time.sleep(0.2)
    raise AssertionError(f"still {film}")
