"""Shops elsewhere in a house: how each platform is reached, and when a connection has its turn."""

from collections.abc import Mapping
from functools import partial

import httpx

from matinee import people
from matinee.commerce import PRODUCT_CHANGED
from matinee.commerce.adapters import shopify
from matinee.commerce.checkout.actions import Room as SellingRoom
from matinee.commerce.checkout.model import ORDER_CHANGED, ORDER_PLACED
from matinee.commerce.shops import actions
from matinee.commerce.shops.model import Platform, PlatformKind, Told
from matinee.commerce.shops.room import Room
from matinee.commerce.shops.secrets import KEY_FILE, Safe
from matinee.commerce.shops.workflows import QUEUES, TEND_EVERY, install
from matinee.entrypoints.selling import Means
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.settings import Settings

__all__ = ["QUEUES", "open_connections"]

_PICTURE_BYTES_MAX = 20 * 2**20


def open_connections(
    settings: Settings, means: Means, blobs: Blobs, *, selling: SellingRoom
) -> Room:
    """Open what joins shops to shops elsewhere, hear what happens here, and tend it every while."""
    outside = means.outside
    room = Room(
        database=means.database,
        blobs=blobs,
        clock=means.clock,
        ids=means.ids,
        safe=Safe(settings.home / KEY_FILE),
        selling=selling,
        reach=_Reach(settings.shopify_url, means.clock),
        hear=_hear,
        fetch=lambda url: outside.get(url, limit_bytes=_PICTURE_BYTES_MAX),
    )
    for topic, verb in (
        (PRODUCT_CHANGED, actions.on_product_changed),
        (ORDER_PLACED, actions.on_order_placed),
        (ORDER_CHANGED, actions.on_order_changed),
    ):
        means.dispatcher.subscribe(topic, f"shops.{verb.__name__}", partial(verb, room=room))
    means.dispatcher.subscribe(
        people.PERSON_CLOSED, "shops.on_person_closed", actions.on_person_closed
    )
    means.jobs.schedule("commerce.tend_connections", TEND_EVERY, install(room))
    return room


class _Reach:
    """Platforms by their address. Tokens last while nobody asks with other credentials."""

    def __init__(self, shopify_url: str | None, clock: Clock) -> None:
        self._shopify_url = shopify_url
        self._clock = clock
        self._http = httpx.Client(trust_env=False, follow_redirects=False)
        self._known: dict[str, tuple[Mapping[str, str], Platform]] = {}

    def __call__(
        self, _kind: PlatformKind, address: str, credentials: Mapping[str, str]
    ) -> Platform:
        known = self._known.get(address)
        if known is not None and known[0] == credentials:
            return known[1]
        platform = shopify.ShopifyPlatform(
            address=address,
            credentials=shopify.Credentials(credentials["client_id"], credentials["client_secret"]),
            url=self._shopify_url,
            http=self._http,
            clock=self._clock,
        )
        self._known[address] = (dict(credentials), platform)
        return platform


def _hear(
    _kind: PlatformKind,
    address: str,
    credentials: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
) -> Told:
    return shopify.hear(headers, body, secret=credentials["client_secret"], address=address)
