"""Statements for paths where a tenth of a millisecond counts.

SQLAlchemy finds, compiles and wraps a statement and its rows every time. A ``Prepared`` statement
is compiled once; the driver carries it out on the session's own connection, in its transaction,
keeps it prepared there, and gives plain tuples, sent in binary::

    _NAMES = Prepared("select id, name from people.person where id = any(:ids)")
    _NAMES.rows(session, ids=["person_1"])
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import psycopg
from psycopg.types.numeric import Int8
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect

from .db import Session

_DIALECT: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # says what it makes
# Arrays in binary (array_send): dimensions, nulls, type; then length and lower bound of the one
# dimension; then each value behind its length. Types have numbers of their own (pg_type.dat).
_ARRAY_HEADER_BYTES = 20
_LAYOUTS = {
    oid: np.dtype([("length", ">i4"), ("value", kind)])
    for oid, kind in {
        16: "?", 20: ">i8", 21: ">i2", 23: ">i4", 700: ">f4", 701: ">f8",
    }.items()
}  # fmt: skip


class Prepared:
    """A statement with named values (``:name``), prepared on every connection that carries it out.

    Whole numbers are sent as bigint, so that one plan serves them all.
    """

    def __init__(self, statement: str) -> None:
        """Compile a statement, which holds a module's own words only."""
        self._statement = str(text(statement).compile(dialect=_DIALECT)).encode()

    def rows(self, session: Session, **values: object) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return self._done(session, values).fetchall()

    def first(self, session: Session, **values: object) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        return self._done(session, values).fetchone()

    def count(self, session: Session, **values: object) -> int:
        """Carry the statement out and return how many rows it changed."""
        return self._done(session, values).rowcount

    def sent(self, session: Session, **values: object) -> tuple[bytes | None, ...]:
        """Return the result's one row as the database sent it in binary."""
        result = self._done(session, values).pgresult
        assert result is not None
        return tuple(result.get_value(0, column) for column in range(result.nfields))

    def _done(self, session: Session, values: dict[str, object]) -> psycopg.Cursor[tuple[Any, ...]]:
        driver = session.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        sent = {
            name: Int8(value) if type(value) is int else value for name, value in values.items()
        }
        cursor = driver.cursor(binary=True)
        cursor.execute(self._statement, sent, prepare=True)
        return cursor


def numbers(values: Iterable[int]) -> str:
    """Write whole numbers for a statement that casts them to an array."""
    return f"{{{','.join(map(str, values))}}}"


def array(sent: bytes | None) -> np.ndarray:
    """Read an array of numbers or truths without nulls, as ``Prepared.sent`` gives it.

    What is null itself, or has no values, is an empty array of int64.
    """
    if sent is None or len(sent) <= _ARRAY_HEADER_BYTES:
        return np.zeros(0, dtype=np.int64)
    layout = _LAYOUTS[int.from_bytes(sent[8:12])]
    values = np.frombuffer(sent, dtype=layout, offset=_ARRAY_HEADER_BYTES)["value"]
    return values.astype(layout["value"].newbyteorder("="))
