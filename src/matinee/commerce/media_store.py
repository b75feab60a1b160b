"""Pictures and films that shops took for their products, as rows."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text

from matinee.kit.db import Session

from .errors import MediaNotFound
from .model import Media

_COLUMNS = "id, kind, blob, film_id, alt, width, height"


def add(session: Session, shop_id: str, media: Media, *, at: datetime) -> None:
    """Keep a picture or film of a shop."""
    session.execute(
        text(
            "insert into commerce.media (id, shop_id, kind, blob, film_id, alt, width, height,"
            " created_at) values (:id, :shop, :kind, :blob, :film, :alt, :width, :height, :at)"
        ),
        {
            "id": media.id,
            "shop": shop_id,
            "kind": media.kind,
            "blob": media.blob,
            "film": media.film_id,
            "alt": media.alt,
            "width": media.width,
            "height": media.height,
            "at": at,
        },
    )


def of_shop(session: Session, shop_id: str, media_ids: Iterable[str]) -> tuple[Media, ...]:
    """A shop's pictures and films in the order of the ids; raises ``MediaNotFound``."""
    wanted = list(media_ids)
    rows = session.execute(
        text(
            f"select {_COLUMNS} from commerce.media where shop_id = :shop"  # noqa: S608
            " and id = any(:ids)"
        ),
        {"shop": shop_id, "ids": wanted},
    )
    found = {row.id: Media(*row) for row in rows}
    for media_id in wanted:
        if media_id not in found:
            raise MediaNotFound(media_id)
    return tuple(found[media_id] for media_id in wanted)


def by_id(session: Session, media_id: str) -> Media:
    """A picture or film, whosesoever; raises ``MediaNotFound``."""
    row = session.execute(
        text(f"select {_COLUMNS} from commerce.media where id = :id"),  # noqa: S608
        {"id": media_id},
    ).first()
    if row is None:
        raise MediaNotFound(media_id)
    return Media(*row)
