"""The table of films that were sent: whose upload each was, and what its file said of itself."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.film import FrameRate, FrameSize
from matinee.kit.db import Session


class Told(msgspec.Struct, frozen=True):
    """What was read in a file: its seal (see ``trust.provenance.Report``), whom it is a copy of."""

    conclusion: str
    signer: str = ""
    signer_known: bool = False
    generator: str = ""
    source: str = ""
    film: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """An upload that became a film."""

    owner: str
    upload: str
    name: str
    told: Told | None


def add_upload(session: Session, film_id: str, upload: str, *, name: str) -> None:
    """Note which upload a film comes from."""
    session.execute(
        text("insert into studio.upload (film, upload, name) values (:film, :upload, :name)"),
        {"film": film_id, "upload": upload, "name": name},
    )


def film_of_upload(session: Session, upload: str) -> str:
    """The film that was made of an upload, or empty; asked twice at once, the second one waits."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('studio.upload:' || :upload, 0))"),
        {"upload": upload},
    )
    row = session.execute(
        text("select film from studio.upload where upload = :upload"), {"upload": upload}
    )
    return row.scalar_one_or_none() or ""


def sent(session: Session, film_id: str) -> Sent | None:
    """The upload that a film comes from; None if it was made here, or is gone."""
    row = session.execute(
        text(
            "select f.requested_by as owner, u.upload, u.name, u.provenance from studio.upload u"
            " join studio.film f on f.id = u.film where u.film = :film"
        ),
        {"film": film_id},
    ).first()
    if row is None:
        return None
    told = None if row.provenance is None else msgspec.convert(row.provenance, Told)
    return Sent(owner=row.owner, upload=row.upload, name=row.name, told=told)


def name_of(session: Session, film_id: str) -> str:
    """The title that a film was sent under."""
    row = session.execute(
        text("select name from studio.upload where film = :film"), {"film": film_id}
    )
    return row.scalar_one_or_none() or ""


def keep_provenance(session: Session, film_id: str, told: Told) -> None:
    """Keep what was read in the file."""
    session.execute(
        text("update studio.upload set provenance = :told where film = :film").bindparams(
            bindparam("told", type_=JSONB)
        ),
        {"film": film_id, "told": msgspec.to_builtins(told)},
    )


def set_form(session: Session, film_id: str, size: FrameSize, rate: FrameRate) -> None:
    """Say how large the picture of a film turned out to be, and at which rate."""
    session.execute(
        text("update studio.film set request = request || :form where id = :film").bindparams(
            bindparam("form", type_=JSONB)
        ),
        {"film": film_id, "form": msgspec.to_builtins({"size": size, "rate": rate})},
    )
