"""What can be bought in a film, over HTTP."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee import film
from matinee.commerce import tagging
from matinee.commerce.errors import FilmUnseen
from matinee.commerce.tagging import Offered, Tag, Thing
from matinee.film import Manifest
from matinee.kit.blobs import Blobs
from matinee.kit.bodies import answer
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.people import Visitor, access

from .desk import Body, Seller, read_json
from .views import ProductView, ShopView, product_view, shop_view

See = Annotated[Visitor | None, Depends(access.viewer("films:read"))]


@dataclass(frozen=True, kw_only=True)
class TagDesk:
    """Where requests about tags are answered.

    ``may_see`` tells whether a visitor may see a film, ``owns_film`` whether it is finished and
    somebody's own, ``manifest_key`` where its manifest is kept (empty for none).
    """

    database: Database
    blobs: Blobs
    clock: Clock
    may_see: Callable[[Session, Visitor | None, str], bool]
    owns_film: Callable[[Session, str, str], bool]
    manifest_key: Callable[[Session, str], str]


class ThingSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the film shows."""

    kind: str
    name: str


class TagWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a product is to be tagged: with a thing, or in these milliseconds, or always."""

    thing: ThingSaid | None = None
    runs_ms: Annotated[Sequence[tuple[int, int]], msgspec.Meta(max_length=tagging.RUNS_MAX)] = ()


class TagView(msgspec.Struct, frozen=True):
    """A product that can be bought in a film; no runs are the whole of it."""

    product: ProductView
    shop: ShopView
    thing: ThingSaid | None
    runs_ms: Sequence[tuple[int, int]]


def tag_router(desk: TagDesk) -> APIRouter:
    """The routes of what can be bought in films."""
    router = APIRouter()

    @router.get("/films/{film_id}/products")
    def offered(film_id: str, visitor: See) -> Response:
        """What can be bought in a film, and during which of its seconds."""
        with desk.database.transaction() as session:
            if not desk.may_see(session, visitor, film_id):
                raise FilmUnseen(film_id)
            found = tagging.offered_in(session, film_id)
        return answer({"products": [_tag_view(one) for one in found]})

    @router.put("/films/{film_id}/products/{product_id}")
    def put(film_id: str, product_id: str, body: Body, visitor: Seller) -> Response:
        """Tag one's own film with a product; again, to say anew when it is shown."""
        wish = read_json(body, TagWish)
        thing = None if wish.thing is None else Thing(wish.thing.kind, wish.thing.name)
        with desk.database.transaction() as session:
            _check_own(desk, session, visitor, film_id)
            if thing is None:
                runs = tagging.joined(wish.runs_ms)
            else:
                key = desk.manifest_key(session, film_id)
                manifest = film.decode(desk.blobs.read(key), Manifest) if key else None
                runs = tagging.runs_of(manifest, thing)
            tag = Tag(film_id, product_id, thing, runs)
            made = tagging.put(session, visitor.person, tag, at=desk.clock.now())
        return answer(_tag_view(made))

    @router.delete("/films/{film_id}/products/{product_id}")
    def remove(film_id: str, product_id: str, visitor: Seller) -> Response:
        """Take a tag off one's own film."""
        with desk.database.transaction() as session:
            _check_own(desk, session, visitor, film_id)
            tagging.remove(session, film_id, product_id)
        return Response(status_code=204)

    return router


def _check_own(desk: TagDesk, session: Session, visitor: Visitor, film_id: str) -> None:
    if not desk.owns_film(session, visitor.person.id, film_id):
        raise FilmUnseen(film_id)


def _tag_view(one: Offered) -> TagView:
    thing = one.tag.thing
    return TagView(
        product_view(one.product),
        shop_view(one.shop),
        None if thing is None else ThingSaid(thing.kind, thing.name),
        one.tag.runs,
    )
