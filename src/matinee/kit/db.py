"""The database: one transaction for a request or a step, and migrations in plain SQL.

Application code never commits. The edge opens a transaction and hands the session down; whatever
the verbs wrote, the events they recorded and the jobs they submitted become true together, or not
at all::

    with database.transaction() as session:
        studio.order_film(session, order)

Each domain owns one schema, named like the domain, and files ``migrations/DOMAIN/NNNN_what.sql``. A
file runs once, in its own transaction, and is never edited afterwards: its checksum is kept.
No domain's SQL names another domain's schema, so the order among domains does not matter.
"""

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, cast

import psycopg
import sqlalchemy
from sqlalchemy import event, exc, text
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from matinee.kit import errors

Session: TypeAlias = sqlalchemy.Connection
"""What the verbs get: a connection inside the edge's transaction."""

_MIGRATION_LOCK = 0x6D6174696E6565  # "matinee": any constant that all versions share
_CONNECT_TIMEOUT_S = 10
_CONNECT_AGAIN_S = 0.1
_RESTED_S = 5.0

# What libpq says of a server that is not there yet, or not any more for a moment.
_PASSING = (
    "No such file or directory",
    "Connection refused",
    "is starting up",
    "is shutting down",
    "in recovery mode",
    "server closed the connection unexpectedly",
)
# SQLSTATE of what PostgreSQL's texts and JSON cannot hold: 22021, 22P05.
_UNTRANSLATABLE = ("22021", "22P05")


class DatabaseUnavailable(errors.Unavailable):
    """The database cannot be reached, or ended the connection."""

    code = "kit.database_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database did not answer: {reason}. Nothing was changed; try again. If this "
            "lasts, see whether the server runs and MATINEE_DATABASE_URL is right.",
            reason=reason,
        )


class TransactionLost(errors.Unavailable):
    """Two transactions stood in each other's way and the database ended this one."""

    code = "kit.transaction_lost"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database gave way to another change ({reason}). Nothing was changed; try again.",
            reason=reason,
        )


class TextUnusable(errors.Invalid):
    """A text holds a character that the database keeps in no text."""

    code = "kit.text_unusable"

    def __init__(self) -> None:
        super().__init__(
            "A text that was sent holds the character U+0000, which cannot be kept. Leave it out.",
        )


class MigrationChanged(errors.Conflict):
    """A migration that already ran is no longer the file that ran."""

    code = "kit.migration_changed"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The migration {name} was edited after it ran on this database. Restore the file and "
            "put the change into a new one.",
            name=name,
        )


class Database:
    """One PostgreSQL database and its pool of connections; safe to use from many threads."""

    def __init__(self, url: str, *, pool_size: int = 10, patience_s: float = 5.0) -> None:
        """Connect lazily to ``url`` (postgresql://...), keeping up to ``pool_size`` connections.

        A server that is just starting, or changing hands, is waited for ``patience_s`` seconds.
        """
        self.url = url
        self.engine = sqlalchemy.create_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=30,
            # The one that was used last has its plans and pages at hand.
            pool_use_lifo=True,
            connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
        )
        event.listen(self.engine, "do_connect", _patient_connect(patience_s))
        # An owner of the embedded server may have handed it over.
        event.listen(self.engine, "checkin", _note_use)
        event.listen(self.engine, "checkout", _refuse_dead(self.engine.dialect))
        self._glances = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end of the block, or rolled back on an error.

        Raises ``DatabaseUnavailable``, ``TransactionLost`` or ``errors.DiskFull`` in place of the
        driver's own errors for these; any other is a fault of the program and passes through.
        """
        with translated_errors(), self.engine.begin() as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """A session without a transaction, for a look that is one statement: half the round trips.

        Raises what ``transaction`` raises.
        """
        with translated_errors(), self._glances.connect() as session:
            yield session

    def migrate(self, folder: Path | None = None) -> tuple[str, ...]:
        """Run every migration that has not run yet; returns their names ("kit/0001_outbox...").

        Safe to call from many processes at once. Raises ``MigrationChanged``, or what
        ``transaction`` raises for a database that does not answer.
        """
        with translated_errors():
            return _migrate(self, migrations_folder() if folder is None else folder)

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise our errors in place of the driver's, where we have one for them."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseUnavailable("all connections are busy") from error
    except exc.DBAPIError as error:
        raise _named(error.orig, lost=error.connection_invalidated) or error from error
    except psycopg.Error as error:  # of a connection that is not there yet, or of ``Prepared``
        raise _named(error) or error from error


def sqlalchemy_url(url: str) -> sqlalchemy.URL:
    """The same place as a libpq URL, for SQLAlchemy over psycopg 3."""
    return sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")


def migrations_folder() -> Path:
    """Where the SQL files are: inside an installed package, beside ``src`` in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parents[1] / "migrations"


def _patient_connect(patience_s: float) -> Callable[..., psycopg.Connection]:
    """How the pool makes a connection: again and again while the server is on its way."""

    def connect(
        dialect: Dialect, _record: object, arguments: list[Any], named: dict[str, Any]
    ) -> psycopg.Connection:
        deadline = time.monotonic() + patience_s
        while True:
            try:
                return cast("psycopg.Connection", dialect.connect(*arguments, **named))
            except psycopg.OperationalError as error:
                passing = any(sign in str(error) for sign in _PASSING)
                if not passing or time.monotonic() >= deadline:
                    raise
                time.sleep(_CONNECT_AGAIN_S)

    return connect


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    """Remember when a connection was last of use."""
    record.info["used_s"] = time.monotonic()


def _refuse_dead(dialect: Dialect) -> Callable[..., None]:
    """How the pool finds out that a connection is dead, before it gives it out.

    A server that closes a connection leaves something to read on it, which costs nothing to see.
    Only a network can lose one in silence, so that one which rested for long is asked.
    """

    def check(connection: psycopg.Connection, record: ConnectionPoolEntry, _proxy: object) -> None:
        used_s = record.info.get("used_s")
        if used_s is None:
            return  # made a moment ago
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        if time.monotonic() - used_s < _RESTED_S and not waiting.poll(0):
            return
        try:
            dialect.do_ping(cast("Any", connection))
        except psycopg.Error as error:
            raise exc.InvalidatePoolError from error

    return check


def _migrate(database: Database, folder: Path) -> tuple[str, ...]:
    done = []
    domains = sorted(
        (entry for entry in folder.iterdir() if entry.is_dir()),
        key=lambda entry: (entry.name != "kit", entry.name),
    )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as holder:
        holder.execute(text("select pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
        try:
            with database.transaction() as session:
                _create_ledger(session)
            for domain in domains:
                for file in sorted(domain.glob("*.sql")):
                    with database.transaction() as session:
                        if _run_once(session, domain.name, file):
                            done.append(f"{domain.name}/{file.stem}")
        finally:
            holder.execute(text("select pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK})
    return tuple(done)


def _create_ledger(session: Session) -> None:
    session.execute(text("create schema if not exists kit"))
    session.execute(
        text(
            "create table if not exists kit.migration ("
            " name text primary key, sha256 text not null,"
            " applied_at timestamptz not null default now())"
        )
    )


def _run_once(session: Session, domain: str, file: Path) -> bool:
    """Whether the file had to run."""
    name, content = f"{domain}/{file.stem}", file.read_text(encoding="utf-8")
    digest = sha256(content.encode()).hexdigest()
    before = session.execute(
        text("select sha256 from kit.migration where name = :name"), {"name": name}
    ).scalar()
    if before is not None:
        if before != digest:
            raise MigrationChanged(name)
        return False
    session.execute(text(f'create schema if not exists "{domain}"'))
    # Several statements in one text need the simple protocol, which the raw driver uses.
    driver = session.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    driver.execute(content.encode())
    session.execute(
        text("insert into kit.migration (name, sha256) values (:name, :digest)"),
        {"name": name, "digest": digest},
    )
    return True


def _named(cause: BaseException | None, *, lost: bool = False) -> errors.MatineeError | None:
    first_line = str(cause).strip().partition("\n")[0]
    if isinstance(cause, psycopg.errors.DiskFull):
        return errors.DiskFull("the database")
    if isinstance(cause, psycopg.DataError) and (
        cause.sqlstate in _UNTRANSLATABLE or "NUL (0x00)" in first_line
    ):
        return TextUnusable()
    if isinstance(cause, psycopg.errors.TransactionRollback):
        return TransactionLost(first_line)
    if lost or isinstance(cause, psycopg.OperationalError):
        return DatabaseUnavailable(first_line)
    return None
