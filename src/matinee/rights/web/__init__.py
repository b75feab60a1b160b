"""Rights over HTTP, a module for each subject."""

from .desk import MoneyDesk
from .money import money_router

__all__ = ["MoneyDesk", "money_router"]
