"""The table of people; takes and gives model values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session

from .errors import PersonNotFound
from .model import Person

COLUMNS = (
    "id, handle, name, email, email_verified, born, roles, plan, language, picture, bio,"
    " created_at, closed_at"
)


def person_by_id(session: Session, person_id: str) -> Person:
    """Return a person, closed or not; raises PersonNotFound."""
    found = _one(session, "id = :id", id=person_id)
    if found is None:
        raise PersonNotFound(person_id)
    return found


def person_by_handle(session: Session, handle: str) -> Person:
    """Return whoever has this handle now, with or without ``@``; raises PersonNotFound."""
    found = _one(
        session, "handle = :handle and closed_at is null", handle=handle.removeprefix("@").lower()
    )
    if found is None:
        raise PersonNotFound(handle)
    return found


def people_by_ids(session: Session, ids: Iterable[str]) -> dict[str, Person]:
    """Return those of the people who are known and here, by their ids."""
    rows = session.execute(
        text(f"select {COLUMNS} from people.person where id = any(:ids) and closed_at is null"),  # noqa: S608 - a constant
        {"ids": list(ids)},
    ).mappings()
    return {row["id"]: person_of(row) for row in rows}


def person_of(row: RowMapping) -> Person:
    """Read a person from a row with all its columns."""
    values: dict[str, Any] = {name: row[name] for name in COLUMNS.split(", ")}
    return Person(**{**values, "roles": frozenset(row["roles"])})


def _one(session: Session, where: str, **values: object) -> Person | None:
    row = (
        session.execute(
            text(f"select {COLUMNS} from people.person where {where}"),  # noqa: S608 - our own words
            values,
        )
        .mappings()
        .first()
    )
    return None if row is None else person_of(row)
