"""The studio over HTTP: the frozen ``/v1/videos`` contract, and the page's own JSON API.

Both parse, call the studio's verbs in one transaction, and present; whoever mounts them authorises.
"""

from .desk import Desk
from .editing import editing_router
from .films import film_router
from .finals import final_router
from .languages import language_router
from .models import model_router
from .streaming import streaming_router
from .uploads import upload_film_router
from .videos import video_router

__all__ = [
    "Desk",
    "editing_router",
    "film_router",
    "final_router",
    "language_router",
    "model_router",
    "streaming_router",
    "upload_film_router",
    "video_router",
]
