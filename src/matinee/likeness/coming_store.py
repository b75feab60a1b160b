"""The table of characters that were asked for; takes and gives model values."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session

from .model import ComingCharacter, ComingState

_NAMES = tuple(field.name for field in fields(ComingCharacter))
_COLUMNS = ", ".join(_NAMES)


def add(session: Session, coming: ComingCharacter) -> None:
    """Store a character that was just asked for."""
    values = ", ".join(f":{name}" for name in _NAMES)
    session.execute(
        text(f"insert into likeness.coming_character ({_COLUMNS}) values ({values})"),  # noqa: S608 - our own names
        {name: getattr(coming, name) for name in _NAMES},
    )


def by_id(session: Session, character: str) -> ComingCharacter | None:
    """Return a character that was asked for."""
    return _one(session, "id = :value", character)


def by_upload(session: Session, upload: str) -> ComingCharacter | None:
    """Return the character that was asked for with an upload."""
    return _one(session, "upload = :value", upload)


def of_person(session: Session, person: str) -> tuple[ComingCharacter, ...]:
    """Return what somebody asked for, the oldest first."""
    rows = session.execute(
        text(f"select {_COLUMNS} from likeness.coming_character where person = :p order by id"),  # noqa: S608 - our own names
        {"p": person},
    ).mappings()
    return tuple(_coming(row) for row in rows)


def count_since(session: Session, person: str, since: datetime) -> int:
    """Count what somebody asked for since a moment."""
    count: int = session.execute(
        text(
            "select count(*) from likeness.coming_character"
            " where person = :person and created_at > :since"
        ),
        {"person": person, "since": since},
    ).scalar_one()
    return count


def settle(
    session: Session, character: str, *, status: ComingState, code: str = "", message: str = ""
) -> bool:
    """Say what became of a character; returns whether nobody had said so before."""
    done = session.execute(
        text(
            "update likeness.coming_character set status = :status, code = :code,"
            " message = :message where id = :id and status = 'checking' returning id"
        ),
        {"id": character, "status": status, "code": code, "message": message},
    ).first()
    return done is not None


def forget(session: Session, person: str) -> None:
    """Remove everything that somebody asked for."""
    session.execute(text("delete from likeness.coming_character where person = :p"), {"p": person})


def _one(session: Session, where: str, value: str) -> ComingCharacter | None:
    row = (
        session.execute(
            text(f"select {_COLUMNS} from likeness.coming_character where {where}"),  # noqa: S608 - our own names
            {"value": value},
        )
        .mappings()
        .first()
    )
    return _coming(row) if row else None


def _coming(row: RowMapping) -> ComingCharacter:
    return ComingCharacter(**row)
