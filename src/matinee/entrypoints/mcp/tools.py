"""The tools, one for each thing that somebody wants done."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any, Literal

from mcp.server.apps import Apps, ResourceCsp
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from .calling import Api

FILM_VIEW = "ui://matinee/film.html"
COMPARED_MAX = 6

_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_BEGINS = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_MAKES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)
_PAYS = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=True
)
ProductId = Annotated[str, Field(description="A product's id, from find_products.")]
CheckoutId = Annotated[str, Field(description="The id of a checkout, from start_checkout.")]
FilmId = Annotated[str, Field(description="A film's id.")]
Country = Annotated[
    str, Field(pattern="^[A-Z]{2}$", description="Two capital letters as in ISO 3166: NO.")
]


_ANYBODY: Mapping[str, str] = {}
"""The headers of somebody without a key: goods are for everybody to see, whatever a key allows."""


class Line(BaseModel):
    """So many of a variant."""

    variant_id: str
    quantity: int = 1


class Buyer(BaseModel):
    """Who buys."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""


class Address(BaseModel):
    """Where it goes; the country is two capital letters."""

    country: str
    name: str = ""
    line_one: str = ""
    line_two: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""


@dataclass(frozen=True)
class Tools:
    """The tools over one house."""

    api: Api

    def server(self, version: str) -> MCPServer[Any]:
        """A server with all of them."""
        apps = self._film_view()
        server: MCPServer[Any] = MCPServer(
            "matinee",
            title="Matinee",
            version=version,
            website_url=self.api.public_url,
            instructions=(
                "Find goods that films show and buy them for the person, and make films. Say the "
                "whole wish in one sentence to find_products: it understands prices, countries, "
                "days, colours and what must not be. Show the total and ask before "
                "complete_checkout; when a total changed, show the new one."
            ),
            extensions=[apps],
        )
        for tool, annotations in (
            (self.find_products, _READS),
            (self.compare_products, _READS),
            (self.ask_shop, _READS),
            (self.start_checkout, _BEGINS),
            (self.change_checkout, _BEGINS),
            (self.complete_checkout, _PAYS),
            (self.track_order, _READS),
            (self.return_items, _MAKES),
            (self.make_film, _MAKES),
            (self.follow_film, _READS),
            (self.remix_film, _MAKES),
        ):
            server.add_tool(tool, annotations=annotations, structured_output=True)
        return server

    def _film_view(self) -> Apps:
        apps = Apps()
        page = files("matinee.entrypoints.mcp").joinpath("film.html").read_text(encoding="utf-8")
        apps.add_html_resource(
            FILM_VIEW,
            page,
            title="A film with what it sells",
            csp=ResourceCsp(resource_domains=[self.api.public_url], connect_domains=[]),
        )
        apps.tool(
            resource_uri=FILM_VIEW,
            name="show_film",
            title="Show a film",
            annotations=_READS,
            structured_output=True,
        )(self.show_film)
        return apps

    async def find_products(
        self,
        wish: Annotated[
            str,
            Field(
                max_length=400,
                description=(
                    "The whole wish in one sentence, in any language, such as: a linen shirt "
                    "under 40 euro that ships to Norway by Friday, not white."
                ),
            ),
        ],
        *,
        currency: Annotated[str | None, Field(description="The buyer's currency: EUR.")] = None,
        country: Country | None = None,
        limit: Annotated[int, Field(ge=1, le=20)] = 6,
    ) -> dict[str, Any]:
        """Find products by one sentence; each says which parts of the wish it meets and breaks."""
        found = await self.api.ask(
            "GET",
            "/api/products",
            caller=_ANYBODY,
            query={"q": wish, "currency": currency, "country": country, "limit": limit},
        )
        answers = [self._answer(one) for one in found["answers"]]
        return {"understood": found["understood"], "products": answers}

    async def compare_products(
        self,
        product_ids: Annotated[list[str], Field(min_length=2, max_length=COMPARED_MAX)],
    ) -> dict[str, Any]:
        """Compare two to six products: facts, prices, sizes, and what the shops promise."""
        shops: dict[str, Any] = {}
        products = []
        for product_id in product_ids:
            product = await self._product(product_id)
            if product["shop_id"] not in shops:
                shops[product["shop_id"]] = await self._shop(product["shop_id"])
            products.append(self._shown(product))
        names = sorted({name for one in products for name in one["facts"]})
        facts = {name: [one["facts"].get(name) for one in products] for name in names}
        return {"products": products, "facts": facts, "shops": shops}

    async def ask_shop(
        self,
        shop_id: Annotated[str, Field(description="A shop's id, from find_products.")],
        country: Country | None = None,
    ) -> dict[str, Any]:
        """What a shop promises: returns, terms, support, and how it ships to a country."""
        shop = await self._shop(shop_id)
        told = await self.api.ask("GET", f"/api/shops/{_name(shop_id)}/terms", caller=_ANYBODY)
        zones = told["zones"]
        if country is not None:
            named = [one for one in zones if country in one["countries"]]
            zones = named or [one for one in zones if "*" in one["countries"]]
        return {"shop": shop, "shipping": zones, "ships": bool(zones)}

    async def show_film(self, ctx: Context[Any, Any], film_id: FilmId) -> dict[str, Any]:
        """Show a film, with its sound, captions and where it can be watched."""
        film = await self.api.ask("GET", f"/api/films/{_name(film_id)}", caller=_headers(ctx))
        return self._film(film)

    async def start_checkout(
        self,
        ctx: Context[Any, Any],
        lines: Annotated[list[Line], Field(min_length=1, max_length=100)],
        *,
        currency: str | None = None,
        buyer: Buyer | None = None,
        address: Address | None = None,
        film_id: Annotated[
            str | None, Field(description="The film that showed the product, if one did.")
        ] = None,
    ) -> dict[str, Any]:
        """Begin to buy from one shop: totals with tax, ways of sending, and what is still missing.

        The same call again gives the same checkout for a day.
        """
        body = {
            "lines": [one.model_dump() for one in lines],
            "currency": currency,
            "buyer": _said(buyer),
            "address": _said(address),
            "touches": [] if film_id is None else [{"film_id": film_id}],
        }
        said = {name: value for name, value in body.items() if value is not None}
        caller = _headers(ctx)
        key = _key(caller, "start_checkout", said)
        return _plain(
            await self.api.ask("POST", "/api/checkouts", caller=caller, body=said, key=key)
        )

    async def change_checkout(
        self,
        ctx: Context[Any, Any],
        checkout_id: CheckoutId,
        *,
        lines: list[Line] | None = None,
        buyer: Buyer | None = None,
        address: Address | None = None,
        rate_id: Annotated[str | None, Field(description="A way of sending, by its id.")] = None,
        codes: Annotated[list[str] | None, Field(description="Discount codes.")] = None,
    ) -> dict[str, Any]:
        """Say where it goes, how it is sent, what else is to be bought; the bill is made anew."""
        body = {
            "lines": None if lines is None else [one.model_dump() for one in lines],
            "buyer": _said(buyer),
            "address": _said(address),
            "rate_id": rate_id,
            "codes": codes,
        }
        said = {name: value for name, value in body.items() if value is not None}
        path = f"/api/checkouts/{_name(checkout_id)}"
        return _plain(await self.api.ask("PATCH", path, caller=_headers(ctx), body=said))

    async def complete_checkout(
        self,
        ctx: Context[Any, Any],
        checkout_id: CheckoutId,
        payment_token: Annotated[
            str, Field(description="A shared payment token (spt_...), or a card's name (pm_...).")
        ],
        total: Annotated[
            int, Field(description="The total that the buyer agreed to, minor units.")
        ],
        currency: str,
    ) -> dict[str, Any]:
        """Pay, if the total is still what the buyer agreed to; however often, it is paid once."""
        kind: Literal["card", "shared_token"] = "card"
        if payment_token.startswith("spt_"):
            kind = "shared_token"
        body = {
            "method": payment_token,
            "kind": kind,
            "total": {"amount": total, "currency": currency},
        }
        path = f"/api/checkouts/{_name(checkout_id)}/complete"
        return _plain(await self.api.ask("POST", path, caller=_headers(ctx), body=body))

    async def track_order(
        self,
        ctx: Context[Any, Any],
        order_id: Annotated[
            str | None, Field(description="An order's id; without it the latest orders.")
        ] = None,
    ) -> dict[str, Any]:
        """Where an order is: parcels with their numbers, returns, refunds."""
        if order_id is None:
            return _plain(await self.api.ask("GET", "/api/orders", caller=_headers(ctx)))
        path = f"/api/orders/{_name(order_id)}"
        return _plain(await self.api.ask("GET", path, caller=_headers(ctx)))

    async def return_items(
        self,
        ctx: Context[Any, Any],
        order_id: str,
        units: Annotated[dict[str, int], Field(description="How many of which line, by line id.")],
        reason: Annotated[str, Field(max_length=1_000)],
    ) -> dict[str, Any]:
        """Ask the shop to take things back; the money returns when they have arrived."""
        path = f"/api/orders/{_name(order_id)}/returns"
        body = {"units": units, "reason": reason}
        return _plain(await self.api.ask("POST", path, caller=_headers(ctx), body=body))

    async def make_film(
        self,
        ctx: Context[Any, Any],
        prompt: Annotated[str, Field(max_length=4_000, description="What the film shows.")],
        seconds: Annotated[float | None, Field(gt=0, le=600)] = None,
    ) -> dict[str, Any]:
        """Make a film with sound from a sentence; it takes a while: follow_film tells how far."""
        body: dict[str, Any] = {"prompt": prompt}
        if seconds is not None:
            body["seconds"] = seconds
        film = await self.api.ask("POST", "/api/films", caller=_headers(ctx), body=body)
        return self._film(film)

    async def follow_film(self, ctx: Context[Any, Any], film_id: FilmId) -> dict[str, Any]:
        """How far a film is, and where it is when it is done."""
        film = await self.api.ask("GET", f"/api/films/{_name(film_id)}", caller=_headers(ctx))
        return self._film(film)

    async def remix_film(
        self,
        ctx: Context[Any, Any],
        film_id: FilmId,
        change: Annotated[str, Field(max_length=2_000, description="What is to be different.")],
    ) -> dict[str, Any]:
        """Make another film out of one, with something different; its people are asked again."""
        path = f"/api/films/{_name(film_id)}/remix"
        film = await self.api.ask("POST", path, caller=_headers(ctx), body={"prompt": change})
        return self._film(film)

    async def _product(self, product_id: str) -> dict[str, Any]:
        path = f"/api/products/{_name(product_id)}"
        return _plain(await self.api.ask("GET", path, caller=_ANYBODY))

    async def _shop(self, shop_id: str) -> dict[str, Any]:
        path = f"/api/shops/{_name(shop_id)}"
        return _plain(await self.api.ask("GET", path, caller=_ANYBODY))

    def _answer(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **self._shown(found["product"]),
            "shop": {name: found["shop"][name] for name in ("id", "name", "policies")},
            "best_variant_id": found["variant_id"],
            "price": found["price"],
            "meets": found["met"],
            "breaks": found["unmet"],
            "shipping": found["rate"],
        }

    def _shown(self, product: Mapping[str, Any]) -> dict[str, Any]:
        """A product with whole addresses, and its films."""
        media = product["media"]
        pictures = [self.api.at(one["url"]) for one in media if one["url"]]
        names = ("id", "shop_id", "title", "description", "brand", "facts", "variants")
        return {
            **{name: product[name] for name in names},
            "pictures": pictures,
            "films": [one["film_id"] for one in media if one["film_id"]],
        }

    def _film(self, film: Mapping[str, Any]) -> dict[str, Any]:
        base = f"/api/films/{film['id']}"
        done = film["status"] == "completed"
        return {
            "id": film["id"],
            "status": film["status"],
            "progress": film.get("progress"),
            "title": film.get("title"),
            "video": self.api.at(f"{base}/video") if done else None,
            "poster": self.api.at(f"{base}/poster") if done else None,
            "fault": film.get("error"),
        }


def _said(part: BaseModel | None) -> dict[str, Any] | None:
    return None if part is None else part.model_dump()


def _headers(ctx: Context[Any, Any]) -> Mapping[str, str]:
    """The headers of the agent's request, names in small letters."""
    return {name.lower(): value for name, value in (ctx.headers or {}).items()}


def _name(said: str) -> str:
    """An id that is put into a path; raises ``ToolError`` for what is none."""
    if not said.replace("_", "").replace("-", "").isalnum() or len(said) > 80:  # noqa: PLR2004
        raise ToolError(f"{said[:80]!r} is no id.")
    return said


def _key(caller: Mapping[str, str], tool: str, said: object) -> str:
    """A key for a request: the same caller saying the same is the same occasion."""
    text = f"{tool}\n{caller.get('authorization', '')}\n{said!r}"
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(told: object) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ToolError("The house answered something that is no object.")
    return told
