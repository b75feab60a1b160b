"""The feed over HTTP: below /api, and the pages that a shared link leads to."""

from .desk import FeedDesk
from .lists import list_router
from .people import people_router
from .posts import post_router
from .share import share_router
from .watching import watch_router

__all__ = [
    "FeedDesk",
    "list_router",
    "people_router",
    "post_router",
    "share_router",
    "watch_router",
]
