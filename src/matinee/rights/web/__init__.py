"""Rights over HTTP, a module for each subject."""

from .money import MoneyDesk, money_router

__all__ = ["MoneyDesk", "money_router"]
