"""Messages that Shopify sends: signed with the app's secret over the raw body."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from matinee.commerce.shops.errors import MessageRefused
from matinee.commerce.shops.model import News, Told

_NEWS: Mapping[str, News] = {
    "products/create": "listing",
    "products/update": "listing",
    "products/delete": "listing_gone",
    "orders/updated": "order",
    "orders/cancelled": "order",
    "refunds/create": "order",
    "fulfillments/create": "order",
    "fulfillments/update": "order",
}


def hear(headers: Mapping[str, str], body: bytes, *, secret: str, address: str) -> Told:
    """What a message says; raises ``MessageRefused`` unless the shop at ``address`` signed it.

    ``headers`` have names in small letters. Of what a message says only the id is believed: what
    became of the thing is asked for.
    """
    given = headers.get("x-shopify-hmac-sha256", "")
    wanted = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise MessageRefused("its signature is wrong")
    if headers.get("x-shopify-shop-domain", "").lower() != address:
        raise MessageRefused("it names another shop")
    message_id = headers.get("x-shopify-webhook-id", "")
    if not 0 < len(message_id) <= 200:  # noqa: PLR2004 - an id is a short word
        raise MessageRefused("it has no id")
    news = _NEWS.get(headers.get("x-shopify-topic", ""), "other")
    return Told(message_id, news, _key(news, body))


def _key(news: News, body: bytes) -> str:
    try:
        said = json.loads(body)
        of_order = news == "order" and "order_id" in said
        number = int(said["order_id"] if of_order else said.get("id", 0))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MessageRefused("it cannot be read") from error
    kind = "Order" if news == "order" else "Product"
    return f"gid://shopify/{kind}/{number}"
