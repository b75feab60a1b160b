"""Buying and selling over HTTP, below /api: baskets, orders, and a seller's side of them."""

from .buying import cart_router, checkout_router, order_router
from .desk import SalesDesk
from .selling import sale_router

__all__ = ["SalesDesk", "cart_router", "checkout_router", "order_router", "sale_router"]
