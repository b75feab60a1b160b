"""Commerce over HTTP, below /api: one router for each subject."""

from .connections import connection_router
from .desk import ShopDesk
from .imports import import_router
from .products import product_router
from .shops import shop_router
from .tags import TagDesk, tag_router

__all__ = [
    "ShopDesk",
    "TagDesk",
    "connection_router",
    "import_router",
    "product_router",
    "shop_router",
    "tag_router",
]
