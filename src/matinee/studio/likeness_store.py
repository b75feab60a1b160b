"""The table of likenesses; the only file that sees its rows."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .likenesses import Likeness, LikenessNotFound, Looks


def add(session: Session, likeness: Likeness) -> None:
    """Store a likeness."""
    statement = text(
        "insert into studio.likeness (id, name, clip, picture, looks, kept_by, created_at)"
        " values (:id, :name, :clip, :picture, :looks, :kept_by, :created_at)"
    ).bindparams(bindparam("looks", type_=JSONB))
    session.execute(statement, msgspec.to_builtins(likeness, builtin_types=(datetime,)))


def by_id(session: Session, likeness: str) -> Likeness:
    """Return a likeness; raises LikenessNotFound."""
    found = by_ids(session, (likeness,))
    if not found:
        raise LikenessNotFound(likeness)
    return found[0]


def named(session: Session, likenesses: Sequence[str]) -> tuple[Likeness, ...]:
    """Return every one of these likenesses; raises LikenessNotFound for the first that is gone."""
    found = by_ids(session, likenesses)
    missing = set(likenesses) - {one.id for one in found}
    for one in likenesses:
        if one in missing:
            raise LikenessNotFound(one)
    return found


def by_ids(session: Session, likenesses: Sequence[str]) -> tuple[Likeness, ...]:
    """Return the likenesses with these ids, in their order, without those that are gone."""
    rows = session.execute(
        text(
            "select id, name, clip, picture, looks, kept_by, created_at from studio.likeness"
            " where id = any(:ids)"
        ),
        {"ids": list(likenesses)},
    )
    found = {row.id: _likeness(row) for row in rows}
    return tuple(found[one] for one in likenesses if one in found)


def _likeness(row: Row[tuple[object, ...]]) -> Likeness:
    fields = row._asdict()
    return Likeness(**{**fields, "looks": msgspec.convert(fields["looks"], Looks)})
