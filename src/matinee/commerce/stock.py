"""Stock, taken by reservations: once each, never below zero, given back at most once.

A reservation (an order's, a session's: any id of the caller's) takes numbers of variants. Asking
again for the same is the same reservation; what is not counted, or sells on without stock, is noted
with what was really taken, so that giving back returns exactly that.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text

from matinee.kit.db import Session

from . import indexing
from .errors import ReservationReused, StockShort, VariantNotFound


def take_stock(
    session: Session, variant_id: str, count: int, *, reservation: str, at: datetime
) -> None:
    """Take ``count`` (at least 1) of a variant; the same again changes nothing.

    Raises ``VariantNotFound`` (also of one that was withdrawn), ``StockShort`` with nothing taken,
    or ``ReservationReused``. Whoever takes several variants takes them in the order of their ids.
    """
    assert count > 0, f"a reservation takes at least one: {count}"
    row = session.execute(
        text(
            "select product_id, stock, when_out, withdrawn from commerce.variant where id = :id"
            " for no key update"
        ),
        {"id": variant_id},
    ).first()
    if row is None:
        raise VariantNotFound(variant_id)
    before = session.execute(
        text(
            "select wanted, given_back_at from commerce.reservation"
            " where id = :reservation and variant_id = :variant"
        ),
        {"reservation": reservation, "variant": variant_id},
    ).first()
    if before is not None:
        if before.wanted != count or before.given_back_at is not None:
            raise ReservationReused(reservation, variant_id)
        return
    if row.withdrawn:
        raise VariantNotFound(variant_id)
    taken = 0 if row.stock is None else min(count, row.stock)
    if row.stock is not None and taken < count and row.when_out == "deny":
        raise StockShort(variant_id, count, row.stock)
    session.execute(
        text(
            "insert into commerce.reservation (id, variant_id, wanted, taken, taken_at)"
            " values (:id, :variant, :wanted, :taken, :at)"
        ),
        {"id": reservation, "variant": variant_id, "wanted": count, "taken": taken, "at": at},
    )
    if taken:
        session.execute(
            text("update commerce.variant set stock = stock - :taken where id = :id"),
            {"taken": taken, "id": variant_id},
        )
        if taken == row.stock:
            indexing.note_stock(session, [row.product_id])


def give_back_stock(
    session: Session, reservation: str, *, variant_id: str | None = None, at: datetime
) -> int:
    """Return what a reservation took, of one variant or of all; how many rows were still held.

    A second time nothing is returned. Variants are locked in the order of their ids.
    """
    rows = session.execute(
        text(
            "select variant_id, taken from commerce.reservation where id = :id"
            " and (cast(:variant as text) is null or variant_id = :variant)"
            " and given_back_at is null order by variant_id for no key update"
        ),
        {"id": reservation, "variant": variant_id},
    ).all()
    for row in rows:
        product = session.execute(
            text(
                "update commerce.variant set stock = stock + :taken where id = :id"
                " returning product_id, stock"
            ),
            {"taken": row.taken, "id": row.variant_id},
        ).one()
        if row.taken and product.stock == row.taken:
            indexing.note_stock(session, [product.product_id])
        session.execute(
            text(
                "update commerce.reservation set given_back_at = :at"
                " where id = :id and variant_id = :variant"
            ),
            {"at": at, "id": reservation, "variant": row.variant_id},
        )
    return len(rows)


def set_stock(session: Session, counts: Mapping[str, int | None]) -> None:
    """Say how many there are of variants, by id; None is: not counted."""
    for variant_id in sorted(counts):
        session.execute(
            text("update commerce.variant set stock = :stock where id = :id"),
            {"stock": counts[variant_id], "id": variant_id},
        )
