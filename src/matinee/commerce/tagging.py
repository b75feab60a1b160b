"""Products that can be bought in a film: which, and during which of its seconds.

A film names what it shows (``film.Manifest.appearances``). A tag on one of these things is on the
screen when the thing is; a tag on none is there when its maker says, or as long as the film is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matinee.film import Manifest
from matinee.kit.db import Session
from matinee.people import Person

from . import store, tag_store
from .errors import ProductNotFound, TagInvalid, TagsTooMany
from .model import Product, Shop

TAGS_MAX = 20
RUNS_MAX = 50
# A day: no film is as long.
_LATEST_MS = 86_400_000
# Shorter breaks are bridged: a tag that blinks cannot be tapped.
_BREAK_MS = 1_000
# A tag stays at least this long, for the same reason.
_SHORTEST_MS = 2_000

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a film's manifest names, such as ``prop`` and ``scarf``."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A product in a film; ``runs`` are in milliseconds, none is the whole film."""

    film_id: str
    product_id: str
    thing: Thing | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A tag with what it sells."""

    tag: Tag
    product: Product
    shop: Shop


def runs_of(manifest: Manifest | None, thing: Thing) -> tuple[Run, ...]:
    """When a film shows something, in milliseconds; raises ``TagInvalid`` if it never does."""
    seen = [
        one
        for one in (() if manifest is None else manifest.appearances)
        if (one.kind, one.name) == (thing.kind, thing.name)
    ]
    if manifest is None or not seen:
        raise TagInvalid("thing", f"the film shows no {thing.kind[:40]} {thing.name[:80]!r}")
    rate = manifest.rate

    def at_ms(frame: int) -> int:
        return frame * 1000 * rate.denominator // rate.numerator

    return joined(
        ((at_ms(one.first_frame), at_ms(one.first_frame + one.frame_count)) for one in seen),
        end_ms=at_ms(manifest.frame_count),
    )


def joined(runs: Iterable[Run], *, end_ms: int = _LATEST_MS) -> tuple[Run, ...]:
    """The same seconds in order, without overlaps and short breaks, none too short to be tapped.

    Raises ``TagInvalid`` for runs that end before they begin or lie outside the film.
    """
    made: list[Run] = []
    for first, last in sorted(runs):
        if not 0 <= first < last <= end_ms:
            raise TagInvalid("runs", f"{first} to {last} ms is no part of the film")
        until = min(end_ms, max(last, first + _SHORTEST_MS))
        if made and first - made[-1][1] <= _BREAK_MS:
            made[-1] = (made[-1][0], max(made[-1][1], until))
        else:
            made.append((first, until))
    if len(made) > RUNS_MAX:
        raise TagInvalid("runs", f"there are at most {RUNS_MAX}")
    return tuple(made)


def put(session: Session, person: Person, tag: Tag, *, at: datetime) -> Offered:
    """Tag a film with a product, or say anew when; the caller saw that the film is theirs.

    Of other people's shops those let films sell them that pay a commission. Raises
    ``ProductNotFound`` for a product that the film may not sell, and ``TagsTooMany``.
    """
    product = store.product_by_id(session, tag.product_id)
    shop = store.shop_by_id(session, product.shop_id)
    lets = shop.owner == person.id or shop.commission_bps > 0
    if product.state != "live" or not shop.is_open or not lets:
        raise ProductNotFound(tag.product_id)
    tag_store.lock_film(session, tag.film_id)
    others = [one for one in tag_store.of_film(session, tag.film_id) if one[0] != product.id]
    if len(others) >= TAGS_MAX:
        raise TagsTooMany(TAGS_MAX)
    thing = tag.thing
    tag_store.put(
        session,
        (tag.film_id, product.id),
        None if thing is None else (thing.kind, thing.name),
        tag.runs,
        by=person.id,
        at=at,
    )
    return Offered(tag, product, shop)


def remove(session: Session, film_id: str, product_id: str) -> None:
    """Take a tag off a film; there may be none."""
    tag_store.remove(session, film_id, product_id)


def offered_in(session: Session, film_id: str) -> list[Offered]:
    """What can be bought in a film at this moment, as its maker put it in order."""
    rows = tag_store.of_film(session, film_id)
    products = store.products_by_ids(session, [row[0] for row in rows])
    shops = store.shops_by_ids(session, {one.shop_id for one in products.values()})
    return [
        Offered(Tag(film_id, row[0], _thing(row[1]), _runs(row[2])), product, shop)
        for row in rows
        if (product := products.get(row[0])) is not None
        and product.state == "live"
        and (shop := shops[product.shop_id]).is_open
    ]


def _thing(said: tuple[str, str] | None) -> Thing | None:
    return None if said is None else Thing(*said)


def _runs(kept: Sequence[Sequence[int]]) -> tuple[Run, ...]:
    return tuple((first, last) for first, last in kept)
