"""References in the database; the only file of recognition that sees rows.

Seeds are kept by page, a page being all seeds of one key, so that a query reads few rows however
many references there are. A new reference would touch thousands of pages; it stands apart, is
looked through whole, and ``fold`` brings what has gathered to the pages at one go.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import psycopg
from sqlalchemy import text

from matinee.kit.db import Session

from . import finding, seeds
from .aligning import Posted
from .making import slimmed_reference
from .model import Fingerprint, Match, decode

FOLD_BYTES = 16 * 1024 * 1024
"""So much may gather before it is worth folding: about fifteen hours of film."""

_GENERATIONS_MAX = 6
_KEYS_AT_ONCE = 20_000
_FOLD_LOCK = 0x72656667  # "refg"
_FRESH = np.dtype([("key", "<i4"), ("rest", "<u2"), ("tick", "<u2")])
_PAGED = np.dtype([("rest", "<u2"), ("tick", "<u2"), ("number", "<u4")])

_ADD = """
insert into rights.fingerprint (subject_id, digest, duration_ms, packed, added_at)
values (:subject_id, :digest, :duration_ms, :packed, :at)
on conflict (subject_id, digest) do nothing
returning number
"""


def add_reference(
    session: Session, subject_id: str, reference: Fingerprint, *, at: datetime
) -> None:
    """Keep a reference of a work or a film; the same one twice is kept once."""
    packed = slimmed_reference(reference).encode()
    number = session.execute(
        text(_ADD),
        {
            "subject_id": subject_id,
            "digest": sha256(packed).digest(),
            "duration_ms": reference.duration_ms,
            "packed": packed,
            "at": at,
        },
    ).scalar()
    if number is None:
        return
    session.execute(
        text("insert into rights.fresh_seeds (number, packed) values (:number, :packed)"),
        {"number": number, "packed": _fresh(reference)},
    )


def _fresh(reference: Fingerprint) -> bytes:
    found = seeds.of_reference(reference.picture, reference.sound)
    rows = np.empty(len(found), _FRESH)
    rows["key"], rows["rest"], rows["tick"] = found.keys, found.rests, found.ticks
    return rows.tobytes()


def remove_references(session: Session, subject_id: str) -> int:
    """Forget all references of a subject at once; returns how many there were."""
    numbers = session.execute(
        text("delete from rights.fingerprint where subject_id = :subject_id returning number"),
        {"subject_id": subject_id},
    ).scalars()
    gone = list(numbers)
    if gone:
        session.execute(
            text("insert into rights.removed_fingerprint select unnest(cast(:gone as int[]))"),
            {"gone": gone},
        )
    return len(gone)


def find(session: Session, query: Fingerprint, *, among: str = "") -> tuple[Match, ...]:
    """What the query shows or plays of all references, the surest first.

    With ``among`` only subjects that begin so are looked for, so that the many copies of one kind
    do not crowd out the few originals of another.
    """
    return finding.find(StoredIndex(session, among=among), query)


class StoredIndex:
    """The references as one transaction sees them."""

    def __init__(self, session: Session, *, among: str = "") -> None:
        self._session = session
        self._wanted = _numbers_among(session, among) if among else None
        self._fresh_rows: list[tuple[int, bytes]] | None = None
        driver = session.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        self._driver = driver

    def posted(self, keys: Sequence[int]) -> Posted:
        """All seeds with one of these keys, in any order."""
        wanted = np.array(keys, np.int32)
        parts = [self._paged(wanted[at : at + _KEYS_AT_ONCE].tolist()) for at in _steps(wanted)]
        fresh = self._fresh(wanted)
        found = [np.concatenate(columns) for columns in zip(*parts, *fresh, *_NONE, strict=True)]
        removed = self._session.execute(text("select number from rights.removed_fingerprint"))
        gone = np.array(list(removed.scalars()), np.int64)
        if gone.size:
            living = ~np.isin(found[3], gone)
            found = [column[living] for column in found]
        if self._wanted is not None:
            kept = np.isin(found[3], self._wanted)
            found = [column[kept] for column in found]
        return Posted(
            found[0].astype(np.int32),
            found[1].astype(np.uint16),
            found[2].astype(np.uint16),
            found[3].astype(np.int64),
        )

    def _paged(self, keys: list[int]) -> "_Columns":
        # In binary, because bytes as text are twice as long and have to be read twice.
        with self._driver.cursor(binary=True) as cursor:
            cursor.execute("select key, packed from rights.seed_page where key = any(%s)", (keys,))
            rows = cursor.fetchall()
        posted = np.frombuffer(b"".join(packed for _, packed in rows), _PAGED)
        counts = [len(packed) // _PAGED.itemsize for _, packed in rows]
        own = np.repeat(np.array([key for key, _ in rows], np.int64), counts)
        return own, posted["rest"], posted["tick"], posted["number"]

    def _fresh(self, wanted: npt.NDArray[np.int32]) -> Iterable["_Columns"]:
        for number, packed in self._gathered():
            rows = np.frombuffer(packed, _FRESH)
            rows = rows[np.isin(rows["key"], wanted, assume_unique=False)]
            numbers = np.full(len(rows), number, np.int64)
            yield rows["key"], rows["rest"], rows["tick"], numbers

    def _gathered(self) -> list[tuple[int, bytes]]:
        """What was not folded yet, read once for a query."""
        if self._fresh_rows is None:
            with self._driver.cursor(binary=True) as cursor:
                cursor.execute("select number, packed from rights.fresh_seeds")
                self._fresh_rows = [(number, bytes(packed)) for number, packed in cursor]
        return self._fresh_rows

    def references(self, numbers: Sequence[int]) -> Mapping[int, tuple[str, Fingerprint]]:
        """The subjects and fingerprints of those of these numbers that are still there."""
        rows = self._session.execute(
            text(
                "select number, subject_id, packed from rights.fingerprint"
                " where number = any(cast(:numbers as int[])) order by number"
            ),
            {"numbers": list(numbers)},
        )
        return {row.number: (row.subject_id, decode(bytes(row.packed))) for row in rows}


def _numbers_among(session: Session, among: str) -> npt.NDArray[np.int64]:
    rows = session.execute(
        text("select number from rights.fingerprint where starts_with(subject_id, :among)"),
        {"among": among},
    )
    return np.array(list(rows.scalars()), np.int64)


_Columns = tuple[
    npt.NDArray[np.integer],
    npt.NDArray[np.integer],
    npt.NDArray[np.integer],
    npt.NDArray[np.integer],
]
_NONE: list[_Columns] = [tuple(np.zeros(0, np.int64) for _ in range(4))]  # type: ignore[list-item]


def _steps(wanted: npt.NDArray[np.int32]) -> range:
    return range(0, len(wanted), _KEYS_AT_ONCE)


def fresh_bytes(session: Session) -> int:
    """How much has gathered since the last fold."""
    gathered = session.execute(
        text("select coalesce(sum(octet_length(packed)), 0) from rights.fresh_seeds")
    )
    return int(gathered.scalar_one())


def fold(session: Session) -> int:
    """Bring what has gathered to the pages; returns how many references that were.

    Only one fold runs at a time; another waits for it and finds nothing left.
    """
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _FOLD_LOCK})
    rows = session.execute(text("delete from rights.fresh_seeds returning number, packed")).all()
    if not rows:
        return 0
    counts = [len(row.packed) // _FRESH.itemsize for row in rows]
    gathered = np.frombuffer(b"".join(bytes(row.packed) for row in rows), _FRESH)
    paged = np.empty(len(gathered), _PAGED)
    paged["rest"], paged["tick"] = gathered["rest"], gathered["tick"]
    paged["number"] = np.repeat(np.array([row.number for row in rows], np.uint32), counts)
    add_generation(session, gathered["key"], paged)
    _merge(session)
    return len(rows)


def add_generation(
    session: Session, keys: npt.NDArray[np.int32], paged: npt.NDArray[np.void]
) -> None:
    """Write pages of these seeds, as a generation of their own."""
    order = np.argsort(keys, kind="stable")
    sorted_keys, body = keys[order], paged[order].tobytes()
    pages, starts = np.unique(sorted_keys, return_index=True)
    stops = np.append(starts[1:], len(sorted_keys)) * _PAGED.itemsize
    newest = session.execute(text("select nextval('rights.seed_generation')")).scalar_one()
    driver = session.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    copying = "copy rights.seed_page (key, generation, packed) from stdin (format binary)"
    with driver.cursor() as cursor, cursor.copy(copying) as copy:
        copy.set_types(["int4", "int4", "bytea"])
        bounds = zip(
            pages.tolist(), (starts * _PAGED.itemsize).tolist(), stops.tolist(), strict=True
        )
        for key, start, stop in bounds:
            copy.write_row((key, newest, body[start:stop]))


def _merge(session: Session) -> None:
    """Make one generation of all when they are many: each costs every query a row a key."""
    count = session.execute(
        text("select count(distinct generation) from rights.seed_page")
    ).scalar_one()
    if count <= _GENERATIONS_MAX:
        return
    newest = session.execute(text("select nextval('rights.seed_generation')")).scalar_one()
    session.execute(
        text(
            "with old as (delete from rights.seed_page returning key, generation, packed)"
            " insert into rights.seed_page (key, generation, packed)"
            " select key, :newest, string_agg(packed, '' order by generation) from old group by key"
        ),
        {"newest": newest},
    )
