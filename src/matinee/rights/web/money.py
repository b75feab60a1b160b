"""Every route of money, in one router: who gives it, who tells of it, who earns it."""

from fastapi import APIRouter

from .dashboards import dashboard_router
from .desk import MoneyDesk
from .giving import giving_router
from .hearing import hearing_router
from .payouts import payout_router
from .statements import statement_router


def money_router(desk: MoneyDesk) -> APIRouter:
    """The routes of money, below /api."""
    router = APIRouter()
    for part in (
        hearing_router,
        giving_router,
        payout_router,
        statement_router,
        dashboard_router,
    ):
        router.include_router(part(desk))
    return router
