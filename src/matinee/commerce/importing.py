"""Imports: a file of products goes into a shop as a whole, or not at all.

The file is kept, and a job reads it. All its faults are told by their lines; with one fault nothing
is changed. The same file again changes nothing: products are known by their handle, variants by SKU
or options.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.blobs import Blobs
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError
from matinee.kit.ids import Ids

from . import drafts, media_store, store
from .errors import FileUnusable, ImportNotFound
from .files import FAULTS_MAX, Entry, Fault, media_of, read_sheet
from .model import Product, Shop, Source

ImportState = Literal["waiting", "done", "refused"]
SUFFIX = ".products.csv"
LIST_ROWS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """A file that was handed in, and what became of it."""

    id: str
    shop_id: str
    person: str
    file: str
    currency: str
    state: ImportState
    added: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    asked_at: datetime
    ended_at: datetime | None


def ask(
    session: Session,
    shop: Shop,
    content: bytes,
    *,
    person: str,
    blobs: Blobs,
    ids: Ids,
    at: datetime,
) -> str:
    """Take a file for a shop; returns the id of the import, which is also its job's."""
    import_id = ids.new("import")
    blob = blobs.put_bytes(content, suffix=SUFFIX)
    session.execute(
        text(
            "insert into commerce.import (id, shop_id, person, file, currency, asked_at)"
            " values (:id, :shop, :person, :file, :currency, :at)"
        ),
        {
            "id": import_id,
            "shop": shop.id,
            "person": person,
            "file": blob.key,
            "currency": shop.currency,
            "at": at,
        },
    )
    return import_id


def carry_out(session: Session, import_id: str, *, blobs: Blobs, ids: Ids, at: datetime) -> None:
    """Read the file of an import and change the shop, in the caller's transaction.

    Done once; with any fault only the faults are kept. Raises ``BlobStoreUnavailable``.
    """
    asked = by_id(session, import_id, lock=True)
    if asked.state != "waiting":
        return
    try:
        sheet = read_sheet(blobs.read(asked.file), currency=asked.currency)
    except FileUnusable as error:
        _end(session, replace(asked, state="refused", faults=(Fault(1, "", error.message),)), at=at)
        return
    asked = replace(asked, notes=sheet.notes)
    faults = list(sheet.faults)
    counted: Counter[str] = Counter()
    # A savepoint, so that with a fault in any line all lines before it are undone.
    with session.begin_nested() as whole:
        shop = store.shop_by_id(session, asked.shop_id)
        known = _known(session, shop, sheet.entries)
        for entry in sheet.entries:
            try:
                counted[_keep(session, shop, entry, known.get(entry.handle), ids=ids, at=at)] += 1
            except MatineeError as error:
                faults.append(Fault(entry.line, str(error.details.get("field", "")), error.message))
        if faults:
            whole.rollback()
    if faults:
        asked = replace(asked, state="refused", faults=tuple(faults[:FAULTS_MAX]))
    else:
        asked = replace(
            asked,
            state="done",
            added=counted["added"],
            changed=counted["changed"],
            unchanged=counted["unchanged"],
        )
    _end(session, asked, at=at)


def by_id(session: Session, import_id: str, *, lock: bool = False) -> Import:
    """An import; raises ``ImportNotFound``."""
    if lock:
        session.execute(
            text("select from commerce.import where id = :id for update"), {"id": import_id}
        )
    row = (
        session.execute(text("select * from commerce.import where id = :id"), {"id": import_id})
        .mappings()
        .first()
    )
    if row is None:
        raise ImportNotFound(import_id)
    return _import(dict(row))


def of_shop(session: Session, shop_id: str) -> list[Import]:
    """The latest imports of a shop, the last first."""
    rows = session.execute(
        text("select * from commerce.import where shop_id = :shop order by id desc limit :most"),
        {"shop": shop_id, "most": LIST_ROWS},
    )
    return [_import(dict(row)) for row in rows.mappings()]


def _known(session: Session, shop: Shop, entries: tuple[Entry, ...]) -> dict[str, Product]:
    """The products that a file means, by their handle in it: one from a file, or an id."""
    handles = [entry.handle for entry in entries]
    by_handle = store.products_by_sources(session, shop.id, "csv", handles)
    by_own_id = store.products_by_ids(session, handles)
    own = {key: one for key, one in by_own_id.items() if one.shop_id == shop.id}
    return {**own, **by_handle}


def _keep(
    session: Session, shop: Shop, entry: Entry, before: Product | None, *, ids: Ids, at: datetime
) -> str:
    found = media_store.of_shop(session, shop.id, entry.media_ids or ())
    draft = replace(entry.draft, media=media_of(entry, before, found))
    source = before.source if before is not None else Source("csv", entry.handle)
    kept = drafts.keep(session, shop, draft, before=before, source=source, ids=ids, at=at)
    if before is None:
        return "added"
    return "changed" if kept.changed else "unchanged"


def _end(session: Session, ended: Import, *, at: datetime) -> None:
    session.execute(
        text(
            "update commerce.import set state = :state, added = :added, changed = :changed,"
            " unchanged = :unchanged, faults = :faults, notes = :notes, ended_at = :at"
            " where id = :id"
        ).bindparams(bindparam("faults", type_=JSONB), bindparam("notes", type_=JSONB)),
        {
            "id": ended.id,
            "state": ended.state,
            "added": ended.added,
            "changed": ended.changed,
            "unchanged": ended.unchanged,
            "faults": [[one.line, one.column, one.reason] for one in ended.faults],
            "notes": list(ended.notes),
            "at": at,
        },
    )


def _import(row: Mapping[str, Any]) -> Import:
    lists = {
        "faults": tuple(Fault(*fault) for fault in row["faults"]),
        "notes": tuple(row["notes"]),
    }
    return Import(**{**row, **lists})
