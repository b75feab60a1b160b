"""A shop on Shopify, by its Admin API in GraphQL (version 2026-10), for an app of the seller's own.

The seller makes an app in Shopify's Dev Dashboard, installs it in the shop, and gives its client id
and secret; tokens are fetched with the client credentials grant, last a day and are fetched anew
when they end. Lists that a ``productSet`` does not name are deleted there, so a listing is always
said whole. Counts are set only from what they were believed to be.
"""

from .caller import Credentials
from .messages import hear
from .platform import ShopifyPlatform

__all__ = ["Credentials", "ShopifyPlatform", "hear"]
