"""The command ``matinee practice-shop``: a shop on Shopify of our own, to try joining one."""

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import click
import httpx

from matinee.kit.clock import SystemClock

if TYPE_CHECKING:
    from matinee.commerce.adapters.fake_shopify import FakeShopify

_PORT = 8_410
_TOLD_EVERY = timedelta(seconds=2)
# What is in the practice shop: name, kind, price, how many of each size.
_GOODS = (
    ("Linen tunic", "Shirts", "49.00", 12),
    ("Wool socks", "Socks", "12.50", 40),
    ("Ceramic mug", "Mugs", "18.00", 25),
)


@click.command("practice-shop")
@click.option("--port", default=_PORT, show_default=True, help="Where it listens.")
@click.option("--tell", help="The address of a connection's messages; they are sent there.")
def practice_shop(*, port: int, tell: str | None) -> None:
    """Run a shop that keeps Shopify's rules, until Ctrl-C; nothing in it is real."""
    # graphql is needed by nobody else who types a command.
    from matinee.commerce.adapters.fake_shopify import FakeShopify  # noqa: PLC0415

    shop = FakeShopify(clock=SystemClock())
    for title, kind, price, count in _GOODS:
        sizes = ("S", "M", "L") if kind == "Shirts" else ("One",)
        said = {
            "title": title,
            "descriptionHtml": f"<p>{title} of the practice shop.</p>",
            "productType": kind,
            "status": "ACTIVE",
            "productOptions": [{"name": "Size", "values": [{"name": one} for one in sizes]}],
            "variants": [
                {
                    "sku": f"{title.split()[-1].upper()}-{one}",
                    "price": price,
                    "inventoryItem": {"tracked": True},
                    "optionValues": [{"optionName": "Size", "name": one}],
                    "inventoryQuantities": [
                        {
                            "locationId": shop.books.location["id"],
                            "name": "available",
                            "quantity": count,
                        }
                    ],
                }
                for one in sizes
            ],
        }
        shop.books.set_product(None, said)
    shop.messages.clear()
    ended = threading.Event()
    with shop.served(port) as url:
        click.echo(f"MATINEE_SHOPIFY_URL={url}")
        click.echo(f"address        {shop.books.domain}")
        click.echo(f"client_id      {shop.client_id}")
        click.echo(f"client_secret  {shop.client_secret}")
        try:
            while not ended.wait(_TOLD_EVERY.total_seconds()):
                _tell(shop, tell)
        except KeyboardInterrupt:
            click.echo("The practice shop is closed.")


def _tell(shop: "FakeShopify", address: str | None) -> None:
    """Send what happened; a message that is not taken is sent again."""
    while shop.messages:
        if address is None:
            shop.messages.clear()
            return
        message = shop.messages[0]
        try:
            told = httpx.post(
                address, headers=dict(message.headers), content=message.body, timeout=5.0
            )
        except httpx.HTTPError:
            return
        if told.status_code != httpx.codes.OK:
            return
        shop.messages.pop(0)
