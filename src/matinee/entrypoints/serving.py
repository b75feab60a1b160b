"""The command ``serve``: one server on a data folder, with its worker, until it is stopped."""

from contextlib import suppress
from dataclasses import replace

import click

from matinee.entrypoints import folder, web, wiring
from matinee.entrypoints.door import is_loopback
from matinee.kit.settings import Settings


def serve(settings: Settings, *, host: str | None, port: int | None, require_key: bool) -> None:
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
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"Matinee is at http://{shown}:{port}/ (stop with Ctrl-C)")
            if not operator:
                click.echo("The page asks for a key: matinee keys create NAME")
            with suppress(KeyboardInterrupt, SystemExit):  # both signals are ways to stop a server
                web.serve(house, bound, operator=operator)
    finally:
        lock.release()
