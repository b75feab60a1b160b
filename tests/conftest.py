"""The few things that tests share because they are slow to make: a folder and a database server."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from matinee.kit import db, durable, postgres

_TEMPLATE = "matinee_template"

# In CI the laws are tried on the same examples each time, so that a change is not refused for a
# fault it did not make; everywhere else they are tried on new ones.
settings.register_profile("ci", derandomize=True)
settings.register_profile("long", max_examples=400, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a browser test that was skipped is a failure: Chromium is there or the run is red."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI") != "true":
        return
    if any("tests/browser" in one.nodeid for one in reporter.stats.get("skipped", [])):
        reporter.write_line("Browser tests were skipped, which CI does not accept.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty MATINEE_HOME with a short name, removed afterwards.

    Not pytest's own tmp_path: as root, the database's user may not pass through that.
    """
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """One embedded PostgreSQL for the whole run, with a migrated database to copy."""
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with postgres.open_server(folder) as running:
        template = _in_database(running, _TEMPLATE)
        with psycopg.connect(running.url, autocommit=True) as connection:
            connection.execute(f"create database {_TEMPLATE}")
        database = db.Database(template)
        database.migrate()
        durable.prepare(database)
        database.close()
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: postgres.Server) -> Iterator[db.Database]:
    """A migrated database of the test's own."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'create database "{name}" template {_TEMPLATE}'.encode())
    opened = db.Database(_in_database(server, name), pool_size=5)
    yield opened
    opened.close()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)'.encode())


def _in_database(server: postgres.Server, name: str) -> str:
    return server.url.replace(f"/{postgres.DATABASE}?", f"/{name}?")
