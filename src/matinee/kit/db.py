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

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import psycopg
import sqlalchemy
from sqlalchemy import exc, text

from matinee.kit import errors

Session: TypeAlias = sqlalchemy.Connection
"""What the verbs get: a connection inside the edge's transaction."""

_MIGRATION_LOCK = 0x6D6174696E6565  # "matinee": any constant that all versions share
_CONNECT_TIMEOUT_S = 10


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

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """Connect lazily to ``url`` (postgresql://...), keeping up to ``pool_size`` connections."""
        self.url = url
        self.engine = sqlalchemy.create_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=30,
            pool_pre_ping=True,  # an owner of the embedded server may have handed it over
            connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
        )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end of the block, or rolled back on an error.

        Raises ``DatabaseUnavailable``, ``TransactionLost`` or ``errors.DiskFull`` in place of the
        driver's own errors for these; any other is a fault of the program and passes through.
        """
        try:
            with self.engine.begin() as session:
                yield session
        except exc.TimeoutError as error:
            raise DatabaseUnavailable("all connections are busy") from error
        except exc.DBAPIError as error:
            raise _named(error) or error from error

    def migrate(self, folder: Path | None = None) -> tuple[str, ...]:
        """Run every migration that has not run yet; returns their names ("kit/0001_outbox...").

        Safe to call from many processes at once. Raises ``MigrationChanged``.
        """
        return _migrate(self, migrations_folder() if folder is None else folder)

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()


def sqlalchemy_url(url: str) -> sqlalchemy.URL:
    """The same place as a libpq URL, for SQLAlchemy over psycopg 3."""
    return sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")


def migrations_folder() -> Path:
    """Where the SQL files are: inside an installed package, beside ``src`` in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parents[1] / "migrations"


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


def _named(error: exc.DBAPIError) -> errors.MatineeError | None:
    cause = error.orig
    first_line = str(cause).strip().partition("\n")[0]
    if isinstance(cause, psycopg.errors.DiskFull):
        return errors.DiskFull("the database")
    if isinstance(cause, psycopg.errors.TransactionRollback):
        return TransactionLost(first_line)
    if error.connection_invalidated or isinstance(cause, psycopg.OperationalError):
        return DatabaseUnavailable(first_line)
    return None
