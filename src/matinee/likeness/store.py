"""The tables of likenesses; the only file that sees their rows."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime

import msgspec
from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.film.looks import Looks
from matinee.kit.db import Session

from .consent import Rule
from .model import (
    Appearance,
    Approval,
    Capture,
    Challenge,
    Fingerprint,
    Happening,
    Likeness,
    Turn,
)
from .sealing import WrappedKey

_LIKENESS_COLUMNS = ", ".join(field.name for field in fields(Likeness))
_CAPTURE = "select * from likeness.capture where id = :id"
_CAPTURE_HELD = _CAPTURE + " for update"


def hold_person(session: Session, person: str) -> None:
    """Let nobody else change what is kept of a person until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('likeness:' || :person, 0))"),
        {"person": person},
    )


def hold(session: Session, likenesses: Iterable[str], *, alone: bool) -> None:
    """Wait until nobody withdraws these likenesses, or `alone` until nobody permits them either.

    The hold ends with the transaction, so a film is permitted wholly before a revocation, which
    then reaches it, or wholly after it.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    for one in sorted(set(likenesses)):
        session.execute(
            text(f"select {lock}(hashtextextended('likeness.terms:' || :id, 0))"), {"id": one}
        )


def put(session: Session, likeness: Likeness) -> None:
    """Store a likeness, or what changed of it."""
    names = [field.name for field in fields(Likeness)]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    statement = text(
        # The columns are the fields of the value, never a caller's text.
        f"insert into likeness.likeness ({_LIKENESS_COLUMNS}) values"  # noqa: S608
        f" ({', '.join(':' + name for name in names)}) on conflict (id) do update set {changes}"
    ).bindparams(
        bindparam("rules", type_=JSONB), bindparam("looks", type_=JSONB(none_as_null=True))
    )
    values = {name: getattr(likeness, name) for name in names}
    values["rules"] = msgspec.to_builtins(likeness.rules)
    values["looks"] = msgspec.to_builtins(likeness.looks) if likeness.looks else None
    session.execute(statement, values)


def by_ids(session: Session, ids: Iterable[str]) -> dict[str, Likeness]:
    """Return the likenesses with these ids, without those that are gone."""
    return {one.id: one for one in _likenesses(session, "id = any(:ids)", ids=list(ids))}


def of_person(session: Session, person: str) -> Likeness | None:
    """Return the likeness of a person, if they were captured."""
    return next(
        iter(_likenesses(session, "owner = :owner and kind = 'person'", owner=person)), None
    )


def of_people(session: Session, people: Iterable[str]) -> dict[str, Likeness]:
    """Return the likenesses of people who were captured, by the person."""
    found = _likenesses(session, "owner = any(:ids) and kind = 'person'", ids=list(people))
    return {one.owner: one for one in found}


def characters_of(session: Session, owner: str) -> tuple[Likeness, ...]:
    """Return the characters that somebody keeps, the oldest first."""
    return _likenesses(session, "owner = :owner and kind = 'character'", owner=owner)


def character_called(session: Session, handle: str) -> Likeness | None:
    """Return the character with a handle; upper case makes no difference."""
    found = _likenesses(
        session, "kind = 'character' and lower(handle) = lower(:handle)", handle=handle
    )
    return next(iter(found), None)


def usable(session: Session, *, query: str, limit: int) -> tuple[Likeness, ...]:
    """Return likenesses that somebody could ask for, characters by handle, people all the same."""
    where = "(kind = 'person' or (handle <> '' and (handle ilike :like or name ilike :like)))"
    pattern = "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return _likenesses(
        session,
        f"{where} and level <> 'only_me' order by id desc limit :limit",
        like=pattern,
        limit=limit,
    )


def everybody(session: Session) -> tuple[Likeness, ...]:
    """Return every likeness, the oldest first."""
    return _likenesses(session, "true")


def delete(session: Session, likeness: str) -> None:
    """Remove a likeness with its key, its parts and its approvals; its appearances stay."""
    session.execute(text("delete from likeness.likeness where id = :id"), {"id": likeness})


def set_key(session: Session, likeness: str, key: WrappedKey) -> None:
    """Keep the wrapped data key of a likeness in place of any before."""
    session.execute(
        text(
            "insert into likeness.data_key (likeness, house_key, wrapped)"
            " values (:likeness, :house_key, :wrapped) on conflict (likeness)"
            " do update set house_key = excluded.house_key, wrapped = excluded.wrapped"
        ),
        {"likeness": likeness, **asdict(key)},
    )


def key_of(session: Session, likeness: str) -> WrappedKey | None:
    """Return the wrapped data key of a likeness, unless it was destroyed."""
    row = session.execute(
        text("select house_key, wrapped from likeness.data_key where likeness = :id"),
        {"id": likeness},
    ).first()
    return WrappedKey(row.house_key, bytes(row.wrapped)) if row else None


def hold_keys(session: Session) -> None:
    """Wait for whoever writes a wrapped key, and let nobody write one before this is over."""
    session.execute(text("lock table likeness.data_key in share row exclusive mode"))


def keys_not_under(session: Session, house_key: str) -> tuple[tuple[str, WrappedKey], ...]:
    """Return the wrapped keys that another house key wraps, each with its likeness, held."""
    rows = session.execute(
        text(
            "select likeness, house_key, wrapped from likeness.data_key"
            " where house_key <> :current order by likeness for update"
        ),
        {"current": house_key},
    )
    return tuple((row.likeness, WrappedKey(row.house_key, bytes(row.wrapped))) for row in rows)


def set_parts(session: Session, likeness: str, parts: dict[str, str], *, due_at: datetime) -> None:
    """Name the blobs of a likeness's parts; those of before are left to be removed."""
    leave_parts(session, likeness, due_at=due_at)
    for part, blob in parts.items():
        session.execute(
            text("insert into likeness.part (likeness, part, blob) values (:id, :part, :blob)"),
            {"id": likeness, "part": part, "blob": blob},
        )


def parts_of(session: Session, likeness: str) -> dict[str, str]:
    """Return the blobs of a likeness's parts by what they are."""
    rows = session.execute(
        text("select part, blob from likeness.part where likeness = :id"), {"id": likeness}
    )
    return {row.part: row.blob for row in rows}


def leave_parts(session: Session, likeness: str, *, due_at: datetime) -> None:
    """Take its parts from a likeness and put their blobs among the remains."""
    session.execute(
        text(
            "with gone as (delete from likeness.part where likeness = :id returning blob)"
            " insert into likeness.remains as r (blob, due_at) select blob, :due from gone"
            " on conflict (blob) do update set due_at = least(r.due_at, excluded.due_at)"
        ),
        {"id": likeness, "due": due_at},
    )


def leave(session: Session, blobs: Iterable[str], *, due_at: datetime) -> None:
    """Put blobs among the remains."""
    for blob in filter(None, blobs):
        session.execute(
            text(
                "insert into likeness.remains as r (blob, due_at) values (:blob, :due)"
                " on conflict (blob) do update set due_at = least(r.due_at, excluded.due_at)"
            ),
            {"blob": blob, "due": due_at},
        )


def remains(session: Session, *, due_before: datetime, limit: int) -> tuple[str, ...]:
    """Return blobs that are to be removed by a moment, and that no likeness names any more."""
    rows = session.execute(
        text(
            "select blob from likeness.remains r where due_at <= :at and not exists"
            " (select from likeness.part where blob = r.blob) and not exists"
            " (select from likeness.likeness where clip = r.blob or picture = r.blob)"
            " order by due_at limit :limit"
        ),
        {"at": due_before, "limit": limit},
    )
    return tuple(row.blob for row in rows)


def removed(session: Session, blob: str) -> None:
    """Note that a blob is gone."""
    session.execute(text("delete from likeness.remains where blob = :blob"), {"blob": blob})


def add_capture(session: Session, capture: Capture) -> None:
    """Store a capture that has just begun."""
    session.execute(
        text(
            "insert into likeness.capture (id, person, digits, turns, expires_at, status,"
            " created_at) values (:id, :person, :digits, :turns, :expires_at, :status, :at)"
        ),
        {
            "id": capture.id,
            "person": capture.person,
            "digits": capture.challenge.digits,
            "turns": list(capture.challenge.turns),
            "expires_at": capture.challenge.expires_at,
            "status": capture.status,
            "at": capture.created_at,
        },
    )


def capture_by_id(session: Session, capture: str, *, held: bool = False) -> Capture | None:
    """Return a capture, if there is one; `held` until the transaction ends."""
    statement = text(_CAPTURE_HELD if held else _CAPTURE)
    row = session.execute(statement, {"id": capture}).mappings().first()
    return _capture(row) if row else None


def captures_since(session: Session, person: str, since: datetime) -> int:
    """Count the captures that somebody began since a moment."""
    count: int = session.execute(
        text(
            "select count(*) from likeness.capture where person = :person and created_at > :since"
        ),
        {"person": person, "since": since},
    ).scalar_one()
    return count


def set_capture(
    session: Session,
    capture: str,
    *,
    status: str,
    upload: str | None = None,
    code: str = "",
    message: str = "",
) -> None:
    """Say what became of a capture."""
    session.execute(
        text(
            "update likeness.capture set status = :status, code = :code, message = :message,"
            " upload = coalesce(:upload, upload) where id = :id"
        ),
        {"id": capture, "status": status, "upload": upload, "code": code, "message": message},
    )


def forget_captures(session: Session, person: str) -> None:
    """Remove every capture of a person."""
    session.execute(text("delete from likeness.capture where person = :p"), {"p": person})


def captures_of(session: Session, person: str) -> tuple[Capture, ...]:
    """Return the captures of a person, the oldest first."""
    rows = session.execute(
        text("select * from likeness.capture where person = :p order by id"), {"p": person}
    ).mappings()
    return tuple(_capture(row) for row in rows)


def add_seen(
    session: Session, capture: str, sha256: str, print_: Fingerprint, *, at: datetime
) -> None:
    """Note by what the clip of a capture is known again."""
    session.execute(
        text(
            "insert into likeness.seen_clip (capture, sha256, pictures, sounds, seen_at)"
            " values (:capture, :sha256, :pictures, :sounds, :at) on conflict do nothing"
        ),
        {
            "capture": capture,
            "sha256": sha256,
            "pictures": struct.pack(f">{len(print_.pictures)}Q", *print_.pictures),
            "sounds": struct.pack(f">{len(print_.sounds)}I", *print_.sounds),
            "at": at,
        },
    )


def seen_before(session: Session, capture: str, sha256: str) -> bool:
    """Whether the very same file was sent for another capture."""
    found = session.execute(
        text("select 1 from likeness.seen_clip where sha256 = :sha and capture <> :capture"),
        {"sha": sha256, "capture": capture},
    ).scalar()
    return found is not None


def seen(session: Session, capture: str, *, most: int) -> tuple[Fingerprint, ...]:
    """Return the newest clips that were sent for other captures, by what they are known again."""
    rows = session.execute(
        text(
            "select pictures, sounds from likeness.seen_clip where capture <> :capture"
            " order by seen_at desc limit :most"
        ),
        {"capture": capture, "most": most},
    )
    return tuple(
        Fingerprint(
            pictures=struct.unpack(f">{len(row.pictures) // 8}Q", row.pictures),
            sounds=struct.unpack(f">{len(row.sounds) // 4}I", row.sounds),
        )
        for row in rows
    )


def set_approval(session: Session, likeness: str, person: str, state: str, *, at: datetime) -> None:
    """Note that somebody asked to use a likeness, or what its owner said."""
    session.execute(
        text(
            "insert into likeness.approval (likeness, person, state, changed_at)"
            " values (:likeness, :person, :state, :at) on conflict (likeness, person)"
            " do update set state = excluded.state, changed_at = excluded.changed_at"
        ),
        {"likeness": likeness, "person": person, "state": state, "at": at},
    )


def approvals(session: Session, likeness: str) -> tuple[Approval, ...]:
    """Return who asked for a likeness and what became of it, the newest first."""
    rows = session.execute(
        text(
            "select likeness, person, state, changed_at from likeness.approval"
            " where likeness = :id order by changed_at desc, person"
        ),
        {"id": likeness},
    ).mappings()
    return tuple(Approval(**row) for row in rows)


def approval_states(session: Session, person: str, likenesses: Sequence[str]) -> dict[str, str]:
    """Return what somebody's approvals stand at, by likeness."""
    rows = session.execute(
        text(
            "select likeness, state from likeness.approval where person = :p"
            " and likeness = any(:ids)"
        ),
        {"p": person, "ids": list(likenesses)},
    )
    return {row.likeness: row.state for row in rows}


def forget_approvals_for(session: Session, person: str) -> None:
    """Remove the approvals that somebody was given or asked for."""
    session.execute(text("delete from likeness.approval where person = :p"), {"p": person})


def add_appearance(session: Session, appearance: Appearance) -> None:
    """Note that a likeness is in a film; said again, the terms of the newest check count."""
    session.execute(
        text(
            "insert into likeness.appearance (likeness, film, line, maker, terms, frame_count,"
            " recorded_at) values (:likeness, :film, :line, :maker, :terms, :frame_count,"
            " :recorded_at)"
            " on conflict (likeness, film) do update set terms = excluded.terms"
        ),
        {**asdict(appearance), "line": list(appearance.line)},
    )


def set_frames(session: Session, film: str, frames: dict[str, int]) -> None:
    """Say on how many frames of a film each likeness is seen."""
    for likeness, count in frames.items():
        session.execute(
            text(
                "update likeness.appearance set frame_count = :count"
                " where film = :film and likeness = :likeness"
            ),
            {"film": film, "likeness": likeness, "count": count},
        )


def appearances_in(session: Session, films: Sequence[str]) -> tuple[Appearance, ...]:
    """Return the likenesses that are in some of these films."""
    rows = session.execute(
        text("select * from likeness.appearance where film = any(:films) order by film, likeness"),
        {"films": list(films)},
    ).mappings()
    return tuple(_appearance(row) for row in rows)


def reached_from(session: Session, likeness: str, film: str) -> tuple[str, ...]:
    """Return a film and all that were made from it in which a likeness is."""
    rows = session.execute(
        text(
            "select film from likeness.appearance where likeness = :likeness"
            " and (film = :film or line @> array[:film]) order by film"
        ),
        {"likeness": likeness, "film": film},
    )
    return tuple(row.film for row in rows)


def appearances_of(
    session: Session,
    likenesses: Sequence[str],
    *,
    after: str | None = None,
    limit: int | None = None,
) -> tuple[Appearance, ...]:
    """Return the films that likenesses are in, the newest first, behind the film `after`."""
    rows = session.execute(
        text(
            "select * from likeness.appearance where likeness = any(:ids) and withdrawn_at is null"
            " and (cast(:after as text) is null or film < :after)"
            " order by film desc, likeness limit :limit"
        ),
        {"ids": list(likenesses), "after": after, "limit": limit},
    ).mappings()
    return tuple(_appearance(row) for row in rows)


def withdraw(
    session: Session, likenesses: Sequence[str], films: Sequence[str], *, at: datetime
) -> None:
    """Note that likenesses were taken out of films."""
    session.execute(
        text(
            "update likeness.appearance set withdrawn_at = coalesce(withdrawn_at, :at)"
            " where likeness = any(:ids) and film = any(:films)"
        ),
        {"ids": list(likenesses), "films": list(films), "at": at},
    )


def note(
    session: Session, likeness: str, person: str, what: str, *, about: str = "", at: datetime
) -> None:
    """Write down what happened to a likeness."""
    session.execute(
        text(
            "insert into likeness.happening (likeness, person, what, about, at)"
            " values (:likeness, :person, :what, :about, :at)"
        ),
        {"likeness": likeness, "person": person, "what": what, "about": about, "at": at},
    )


def forget_happenings(session: Session, person: str) -> None:
    """Remove the record of what happened to the likenesses of somebody who left."""
    session.execute(text("delete from likeness.happening where person = :p"), {"p": person})


def happenings(session: Session, person: str, *, limit: int) -> tuple[Happening, ...]:
    """Return what happened to the likenesses of a person, the newest first."""
    rows = session.execute(
        text(
            "select likeness, what, about, at from likeness.happening where person = :p"
            " order by id desc limit :limit"
        ),
        {"p": person, "limit": limit},
    ).mappings()
    return tuple(Happening(**row) for row in rows)


def _likenesses(session: Session, where: str, **values: object) -> tuple[Likeness, ...]:
    ordered = where if "order by" in where else f"{where} order by id"
    rows = session.execute(
        # The condition is one of this file's own.
        text(f"select {_LIKENESS_COLUMNS} from likeness.likeness where {ordered}"),  # noqa: S608
        values,
    ).mappings()
    return tuple(_likeness(row) for row in rows)


def _likeness(row: RowMapping) -> Likeness:
    looks = row["looks"]
    return Likeness(
        **{
            **row,
            "rules": msgspec.convert(row["rules"], tuple[Rule, ...]),
            "looks": msgspec.convert(looks, Looks) if looks else None,
        }
    )


def _appearance(row: RowMapping) -> Appearance:
    return Appearance(**{**row, "line": tuple(row["line"])})


def _capture(row: RowMapping) -> Capture:
    turns: tuple[Turn, ...] = tuple(row["turns"])
    return Capture(
        id=row["id"],
        person=row["person"],
        challenge=Challenge(digits=row["digits"], turns=turns, expires_at=row["expires_at"]),
        status=row["status"],
        created_at=row["created_at"],
        upload=row["upload"],
        code=row["code"],
        message=row["message"],
    )
