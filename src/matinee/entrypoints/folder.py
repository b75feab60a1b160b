"""The data folder, opened without its engine: what keys and health need, at once.

``wiring`` builds the whole house on it; a command that only looks into the database is not kept
waiting for voices and renderers to be imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata

from matinee.kit import db, errors, locks, postgres
from matinee.kit.settings import Settings

SERVE_LOCK = "serve.lock"


def version() -> str:
    """The version of the installed package."""
    try:
        return metadata.version("matinee")
    except metadata.PackageNotFoundError:
        return "0 (not installed)"


def serve_lock(settings: Settings) -> locks.FileLock:
    """The lock that only one server on a data folder holds."""
    return locks.FileLock(settings.home / SERVE_LOCK)


@contextmanager
def open_database(settings: Settings) -> Iterator[db.Database]:
    """The database with its tables up to date: the embedded one, started or joined, or another.

    Raises what ``postgres.open_server`` and ``Database.migrate`` raise.
    """
    if settings.database_url is not None:
        with _connected(settings.database_url) as database:
            yield database
        return
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.from_os_error(error, settings.home) or error from error
    with (
        postgres.open_server(settings.home, binaries=settings.postgres_bin) as server,
        _connected(server.url) as database,
    ):
        yield database


@contextmanager
def _connected(url: str) -> Iterator[db.Database]:
    database = db.Database(url)
    try:
        database.migrate()
        yield database
    finally:
        database.close()
