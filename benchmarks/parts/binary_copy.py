"""Rows into PostgreSQL by binary COPY, laid out by numpy."""

from collections.abc import Iterator

import numpy as np
import psycopg

from matinee.feed.model import MEANING_SIZE
from matinee.kit.db import Session

CHUNK_ROWS = 100_000
_HEADER = b"PGCOPY\n\xff\r\n\x00" + (0).to_bytes(4) + (0).to_bytes(4)
_END = (0xFFFF).to_bytes(2)


def layout(fields: list[tuple[str, object, int | None]]) -> np.dtype:  # type: ignore[type-arg]
    """Return the layout of a row of binary COPY: a count of fields, then length and value each."""
    described: list[tuple[str, object]] = [("count", ">i2")]
    for name, kind, _ in fields:
        described.append((name, [("length", ">i4"), ("value", kind)]))
    return np.dtype(described)


def frame(rows: np.ndarray) -> None:
    """Write the count of fields and their lengths."""
    names = [name for name in rows.dtype.names or () if name != "count"]
    rows["count"] = len(names)
    for name in names:
        rows[name]["length"] = rows.dtype[name]["value"].itemsize


def halfvec() -> list[tuple[str, object]] | list[tuple[str, object, int]]:
    """Return the layout of a direction."""
    return [("size", ">i2"), ("unused", ">i2"), ("values", ">u2", MEANING_SIZE)]  # type: ignore[list-item]


def put_halfvec(field: np.ndarray, meanings: np.ndarray) -> None:
    """Write directions, float32 (rows, MEANING_SIZE)."""
    field["value"]["size"] = MEANING_SIZE
    field["value"]["values"] = meanings.astype(np.float16).view(np.uint16)


def copy(session: Session, target: str, rows: np.ndarray) -> None:
    """Send framed rows to a table, with its columns if not all are sent."""
    driver = session.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    statement = f"copy {target} from stdin (format binary)"
    with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.write(_HEADER)
        copy.write(rows.tobytes())
        copy.write(_END)


def chunks(count: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of stretches of rows."""
    for start in range(0, count, CHUNK_ROWS):
        yield start, min(start + CHUNK_ROWS, count)
