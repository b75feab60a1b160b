"""The shelf of the payment provider of our own, in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from matinee.kit.db import Database, Session


class DatabaseShelf:
    """Keeps things in PostgreSQL, for every process of a house and over restarts."""

    def __init__(self, database: Database) -> None:
        """Keep them in ``database``."""
        self._database = database

    @contextmanager
    def held(self) -> Iterator["_Hold"]:
        """As ``Shelf.held``."""
        with self._database.transaction() as session:
            session.execute(text("lock table rights.fake_stripe in exclusive mode"))
            yield _Hold(session)


class _Hold:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, kind: str, name: str) -> str | None:
        query = "select body from rights.fake_stripe where kind = :kind and name = :name"
        return self._session.execute(text(query), {"kind": kind, "name": name}).scalar_one_or_none()

    def put(self, kind: str, name: str, said: str) -> None:
        self._session.execute(
            text(
                "insert into rights.fake_stripe (kind, name, body) values (:kind, :name, :body)"
                " on conflict (kind, name) do update set body = excluded.body"
            ),
            {"kind": kind, "name": name, "body": said},
        )

    def drop(self, kind: str, name: str) -> None:
        self._session.execute(
            text("delete from rights.fake_stripe where kind = :kind and name = :name"),
            {"kind": kind, "name": name},
        )

    def names(self, kind: str) -> list[str]:
        query = "select name from rights.fake_stripe where kind = :kind order by number"
        return list(self._session.execute(text(query), {"kind": kind}).scalars())
