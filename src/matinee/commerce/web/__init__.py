"""Commerce over HTTP, below /api: one router for each subject."""

from .desk import ShopDesk
from .imports import import_router
from .products import product_router
from .shops import shop_router

__all__ = ["ShopDesk", "import_router", "product_router", "shop_router"]
