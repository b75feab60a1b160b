"""Tags of films as rows."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from matinee.kit.db import Session

Row = tuple[str, tuple[str, str] | None, Sequence[Sequence[int]]]


def lock_film(session: Session, film_id: str) -> None:
    """Let nobody else tag this film until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('commerce.tag/' || :film, 0))"),
        {"film": film_id},
    )


def put(
    session: Session,
    tagged: tuple[str, str],
    thing: tuple[str, str] | None,
    runs: Sequence[Sequence[int]],
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep a tag of a film (id) with a product (id), in the place of an earlier one."""
    film_id, product_id = tagged
    kind, name = thing or (None, None)
    session.execute(
        text(
            "insert into commerce.tag (film_id, product_id, thing_kind, thing_name, runs,"
            " tagged_by, tagged_at) values (:film, :product, :kind, :name, cast(:runs as jsonb),"
            " :by, :at) on conflict (film_id, product_id) do update set"
            " thing_kind = excluded.thing_kind, thing_name = excluded.thing_name,"
            " runs = excluded.runs, tagged_by = excluded.tagged_by"
        ),
        {
            "film": film_id,
            "product": product_id,
            "kind": kind,
            "name": name,
            "runs": json.dumps(runs),
            "by": by,
            "at": at,
        },
    )


def remove(session: Session, film_id: str, product_id: str) -> None:
    """Forget a tag."""
    session.execute(
        text("delete from commerce.tag where film_id = :film and product_id = :product"),
        {"film": film_id, "product": product_id},
    )


def of_film(session: Session, film_id: str) -> list[Row]:
    """The tags of a film (product, thing, runs), the first that was put first."""
    rows = session.execute(
        text(
            "select product_id, thing_kind, thing_name, runs from commerce.tag"
            " where film_id = :film order by tagged_at, product_id"
        ),
        {"film": film_id},
    )
    return [(row[0], None if row[1] is None else (row[1], row[2]), row[3]) for row in rows]
