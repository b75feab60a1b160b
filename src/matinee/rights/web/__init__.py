"""Rights over HTTP, a module for each subject."""

from .approvals import approval_router
from .claim_bodies import ClaimDesk
from .claim_desk import claim_desk_router
from .claims import claim_router
from .desk import MoneyDesk
from .films import film_rights_router
from .licences import licence_router
from .money import money_router
from .registry_bodies import RightsDesk
from .works import work_router

__all__ = [
    "ClaimDesk",
    "MoneyDesk",
    "RightsDesk",
    "approval_router",
    "claim_desk_router",
    "claim_router",
    "film_rights_router",
    "licence_router",
    "money_router",
    "work_router",
]
