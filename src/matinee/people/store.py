"""The table of people; takes and gives model values."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, exc, text
from sqlalchemy.dialects.postgresql import JSONB

from matinee.kit.db import Session
from matinee.kit.prepared import Prepared

from .errors import PersonNotFound
from .model import Person, Role

COLUMNS = (
    "id, handle, name, email, email_verified, born, roles, plan, language, picture, bio,"
    " created_at, closed_at"
)
_NAMES = COLUMNS.split(", ")
_BY_IDS = Prepared(
    f"select {COLUMNS} from people.person"  # noqa: S608 - a constant
    " where id = any(cast(:ids as text[])) and closed_at is null"
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
    rows = _BY_IDS.rows(session, ids=list(ids))
    return {row[0]: person_of(row) for row in rows}


def person_of(row: Sequence[Any]) -> Person:
    """Read a person from a row that begins with all of `COLUMNS`."""
    values: dict[str, Any] = dict(zip(_NAMES, row, strict=False))
    return Person(**{**values, "roles": frozenset(values["roles"])})


def _one(session: Session, where: str, **values: object) -> Person | None:
    row = session.execute(
        text(f"select {COLUMNS} from people.person where {where}"),  # noqa: S608 - our own words
        values,
    ).first()
    return None if row is None else person_of(row)


def add(session: Session, person: Person, *, skeleton: str, password: str | None) -> bool:
    """Store a person; returns False when the handle is taken, held, or looks like one that is."""
    added = session.execute(
        text(
            "insert into people.person (id, handle, skeleton, name, email, born, roles, plan,"
            " language, password, created_at)"
            " select :id, :handle, :skeleton, :name, :email, :born, :roles, :plan, :language,"
            " :password, :created_at where not exists (select from people.held_handle"
            " where name = :held and until > :created_at) on conflict do nothing"
        ),
        {
            "id": person.id,
            "handle": person.handle,
            "skeleton": skeleton,
            "held": _held(skeleton),
            "name": person.name,
            "email": person.email,
            "born": person.born,
            "roles": sorted(person.roles),
            "plan": person.plan,
            "language": person.language,
            "password": password,
            "created_at": person.created_at,
        },
    )
    return added.rowcount == 1


def change(session: Session, person_id: str, **columns: object) -> Person:
    """Set columns of somebody who is here and return them; raises PersonNotFound."""
    # The columns are keywords of this package's own calls, never a caller's text.
    assignments = ", ".join(f"{column} = :{column}" for column in columns)
    row = session.execute(
        text(
            f"update people.person set {assignments} where id = :id and closed_at is null"  # noqa: S608 - see above
            f" returning {COLUMNS}"
        ),
        {**columns, "id": person_id},
    ).first()
    if row is None:
        raise PersonNotFound(person_id)
    return person_of(row)


def rename(
    session: Session,
    person_id: str,
    handle: str,
    *,
    before: str,
    after: str,
    held: datetime,
    at: datetime,
) -> bool:
    """Give a person another handle and hold the one before; False when the new one is not free.

    After False the transaction is to be rolled back.

    Somebody may always take back what is held because it was theirs.
    """
    free = session.execute(
        text(
            "select not exists (select from people.person"
            " where skeleton = :after and closed_at is null and id <> :id)"
            " and not exists (select from people.held_handle"
            " where name = :held and until > :at and person is distinct from :id)"
        ),
        {"held": _held(after), "after": after, "id": person_id, "at": at},
    ).scalar_one()
    if not free:
        return False
    hold(session, before, person_id=person_id, until=held)
    try:
        renamed = session.execute(
            text(
                "update people.person set handle = :handle, skeleton = :after where id = :id"
                " and closed_at is null"
            ),
            {"handle": handle, "after": after, "id": person_id},
        )
    except exc.IntegrityError:
        # Two who rename themselves to one name at the same moment are told apart by the index.
        return False
    return renamed.rowcount == 1


def hold(session: Session, skeleton: str, *, person_id: str | None, until: datetime) -> None:
    """Keep others from a handle; the person who had it, if there still is one, may take it back."""
    session.execute(
        text(
            "insert into people.held_handle (name, until, person) values (:name, :until,"
            " :person) on conflict (name) do update set until = excluded.until,"
            " person = excluded.person"
        ),
        {"name": _held(skeleton), "until": until, "person": person_id},
    )


def _held(skeleton: str) -> bytes:
    """Return what is kept of a handle that nobody has: who left is not to be read here."""
    return sha256(skeleton.encode()).digest()


def by_login(session: Session, login: str) -> tuple[Person, str | None] | None:
    """Return whom a handle or an address means, with what is kept of their password.

    An address means whoever has proved it, else whoever stated it last.
    """
    row = session.execute(
        text(
            f"select {COLUMNS}, password from people.person where closed_at is null"  # noqa: S608 - a constant
            " and (handle = :login or lower(email) = :login)"
            " order by handle = :login desc, email_verified desc, id desc limit 1"
        ),
        {"login": login.strip().removeprefix("@").lower()},
    ).first()
    return None if row is None else (person_of(row), row[-1])


def by_proved_email(session: Session, email: str) -> Person | None:
    """Return whoever has proved an address."""
    return _one(
        session,
        "lower(email) = :email and email_verified and closed_at is null",
        email=email.strip().lower(),
    )


def held(session: Session, person_id: str) -> Person:
    """Return somebody as they are now, whom nobody else changes before this transaction ends.

    What is read of a person and then written depends on nothing else. Raises PersonNotFound.
    """
    found = _one(session, "id = :id for no key update", id=person_id)
    if found is None:
        raise PersonNotFound(person_id)
    return found


def password_of(session: Session, person_id: str) -> str | None:
    """Return what is kept of somebody's password, None when they have none."""
    kept: str | None = session.execute(
        text("select password from people.person where id = :id"), {"id": person_id}
    ).scalar_one_or_none()
    return kept


def settings_of(session: Session, person_id: str) -> dict[str, Any]:
    """Return what a person has set, as it is kept."""
    kept: dict[str, Any] = (
        session.execute(
            text("select settings from people.person where id = :id"), {"id": person_id}
        ).scalar_one_or_none()
        or {}
    )
    return kept


def keep_settings(session: Session, person_id: str, settings: dict[str, Any]) -> None:
    """Keep what a person has set."""
    statement = text("update people.person set settings = :settings where id = :id").bindparams(
        bindparam("settings", type_=JSONB)
    )
    session.execute(statement, {"id": person_id, "settings": settings})


def drop_other_claims(session: Session, person: Person) -> bool:
    """Take an address that a person has just proved from those who only stated it.

    Returns False when somebody else has proved it before.
    """
    if person.email is None:
        return False
    known = by_proved_email(session, person.email)
    if known is not None and known.id != person.id:
        return False
    session.execute(
        text(
            "update people.person set email = null where lower(email) = lower(:email)"
            " and id <> :id and closed_at is null"
        ),
        {"email": person.email, "id": person.id},
    )
    return True


def is_alone(session: Session, person: Person, role: Role) -> bool:
    """Whether a person has a role, and nobody else does who is here."""
    if not person.has(role):
        return False
    other = session.execute(
        text(
            "select 1 from people.person where closed_at is null and id <> :id"
            " and roles && cast(:having as text[]) limit 1"
        ),
        {"id": person.id, "having": [role, "operator"]},
    ).scalar()
    return other is None


def everyone(session: Session, *, after: str = "", limit: int = 100) -> tuple[Person, ...]:
    """Return up to ``limit`` people who are here, behind the id ``after``, in order of coming."""
    rows = session.execute(
        text(
            f"select {COLUMNS} from people.person where closed_at is null and id > :after"  # noqa: S608 - a constant
            " order by id limit :limit"
        ),
        {"after": after, "limit": limit},
    )
    return tuple(person_of(row) for row in rows)


def moderators(session: Session) -> tuple[Person, ...]:
    """Return the moderators who can be mailed at an address they proved; else the operators."""
    rows = session.execute(
        text(
            f"select {COLUMNS} from people.person where closed_at is null and email_verified"  # noqa: S608 - a constant
            " and email is not null and roles && array['moderator', 'operator'] order by id"
        )
    )
    found = tuple(person_of(row) for row in rows)
    return tuple(one for one in found if "moderator" in one.roles) or found


def picture_is_used(session: Session, key: str) -> bool:
    """Whether anybody's picture is this blob."""
    found = session.execute(
        text("select 1 from people.person where picture = :key limit 1"), {"key": key}
    ).first()
    return found is not None


def close(
    session: Session, person_id: str, *, skeleton: str, held: datetime, at: datetime
) -> tuple[str, ...]:
    """Blot out all that is known of a person, but that there was one.

    Returns the blobs that were theirs.
    """
    blobs = session.execute(
        text(
            "select picture from people.person where id = :id and picture is not null"
            " union select blob from people.export where person = :id and blob <> ''"
        ),
        {"id": person_id},
    ).scalars()
    gone = tuple(blobs)
    for table in ("token", "passkey", "challenge", "session", "key", "export"):
        session.execute(
            text(f"delete from people.{table} where person = :id"),  # noqa: S608 - our own words
            {"id": person_id},
        )
    hold(session, skeleton, person_id=None, until=held)
    session.execute(
        text("update people.held_handle set person = null where person = :id"), {"id": person_id}
    )
    session.execute(
        text(
            "update people.person set handle = 'deleted', skeleton = '', name = 'Deleted',"
            " email = null, email_verified = false, born = null, roles = '{}', plan = 'ordinary',"
            " language = 'en', picture = null, bio = '', password = null, settings = '{}',"
            " closed_at = :at where id = :id"
        ),
        {"id": person_id, "at": at},
    )
    return gone
