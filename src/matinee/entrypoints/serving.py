"""The command ``serve``: one server on a data folder, with its worker, until it is stopped.

A process answers on one core, whatever the machine has: Python runs one thread at a time. Others
may answer beside it on the same socket; they only answer: films are made, and news told, by the
first.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import click

from matinee.entrypoints import folder, web, wiring
from matinee.entrypoints.door import is_loopback
from matinee.kit import logs, postgres
from matinee.kit.settings import Settings

log = logs.logger(__name__)

BESIDE = "serve-beside"

_END_S = 10.0
_AGAIN_S = 2.0


def serve(
    settings: Settings, *, host: str | None, port: int | None, require_key: bool, processes: int
) -> None:
    """Serve the page, the API and a worker.

    Raises ``FolderInUse`` when another server has the folder, ``PortInUse`` when another program
    has the port. What is opened is closed in the opposite order: requests, worker, database, lock.
    """
    host, port = host or settings.host, port or settings.port
    settings = replace(settings, host=host, port=port)  # links in mails lead here
    lock = folder.serve_lock(settings).acquire("serve")
    try:
        with web.listening_socket(host, port) as bound, wiring.open_house(settings) as house:
            house.start_worker()
            house.start_telling()
            operator = is_loopback(host) and not require_key
            with _beside(bound, processes - 1, host=host, port=port, operator=operator):
                shown = f"[{host}]" if ":" in host else host
                click.echo(f"Matinee is at http://{shown}:{port}/ (stop with Ctrl-C)")
                if not operator:
                    click.echo("The page asks for a key: matinee keys create NAME")
                with suppress(KeyboardInterrupt, SystemExit):  # both signals stop a server
                    web.serve(house, bound, operator=operator)
    finally:
        lock.release()


def serve_beside(
    settings: Settings, *, descriptor: int, host: str, port: int, operator: bool
) -> None:
    """Answer beside a server of this folder, on the socket that it listens on."""
    settings = replace(settings, host=host, port=port)
    with socket.socket(fileno=descriptor) as bound, wiring.open_house(settings) as house:
        house.tended = True
        with suppress(KeyboardInterrupt, SystemExit):
            web.serve(house, bound, operator=operator)


@contextmanager
def _beside(
    bound: socket.socket, count: int, *, host: str, port: int, operator: bool
) -> Iterator[None]:
    """Have other processes answer on a socket while the block runs; one that ends is begun anew."""
    words = [sys.executable, "-m", "matinee.entrypoints.cli", BESIDE, "--host", host]
    words += ["--descriptor", str(bound.fileno()), "--port", str(port)]
    if operator:
        words.append("--operator")
    ending = threading.Event()

    def keep() -> None:
        while not ending.is_set():
            running = subprocess.Popen(  # noqa: S603 - our own program
                words,
                pass_fds=[bound.fileno()],
                env=os.environ,
                # It dies with this thread, and so with this process, however that ends.
                preexec_fn=postgres.die_with_parent,  # noqa: PLW1509 - one prctl call
            )
            while running.poll() is None and not ending.wait(0.2):
                pass
            if ending.is_set():
                _end(running)
            else:
                log.warning("process_beside_ended", code=running.returncode)
                ending.wait(_AGAIN_S)

    keepers = [threading.Thread(target=keep, name=f"beside-{number}") for number in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        ending.set()
        for keeper in keepers:
            keeper.join()


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and make it."""
    if running.poll() is None:
        running.send_signal(signal.SIGTERM)
    try:
        running.wait(_END_S)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
