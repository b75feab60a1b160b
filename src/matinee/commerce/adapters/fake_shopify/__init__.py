"""A shop on Shopify of our own: its Admin API, tokens, limits and signed messages.

It answers GraphQL as version 2026-10 does for the part in ``admin.graphql``: a query that names
anything else is refused, and so is one that costs more than the bucket holds. It keeps what it is
told in memory, for tests and for trying a shop without an account.
"""

from .books import Books
from .server import FakeShopify, Message, signed

__all__ = ["Books", "FakeShopify", "Message", "signed"]
