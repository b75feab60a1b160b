"""Accounts over HTTP: coming in, what is one's own, and what the operator decides."""

from .desk import PeopleDesk, QuotaView
from .entrance import entrance_router
from .operators import operator_router
from .own import own_router

__all__ = ["PeopleDesk", "QuotaView", "entrance_router", "operator_router", "own_router"]
