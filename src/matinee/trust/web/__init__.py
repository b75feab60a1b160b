"""Trust over HTTP: takedowns and appeals for everybody, the desk for moderators."""

from .bodies import TrustDesk
from .desk import desk_router
from .objections import objection_router
from .verifying import verify_router

__all__ = ["TrustDesk", "desk_router", "objection_router", "verify_router"]
