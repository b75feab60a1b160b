"""Engines for hire: how a shot is made by a provider elsewhere, whatever its protocol.

A `Provider` knows one protocol; `HiredEngine` makes an engine of it. Invariants: a ticket is
written down before it is waited for, so that no job is paid for twice; what comes back is made to
fit the shot, to the frame; a refusal is told apart from a fault.
"""

from .engine import HiredEngine, order_of, retake, take_of
from .errors import (
    BudgetExceeded,
    EngineMisconfigured,
    EngineNotInstalled,
    EngineOutOfCredit,
    EngineRefused,
    EngineUnavailable,
    FootageBroken,
    OrderUnclear,
    PriceUnknown,
    ShotUnsuitable,
    TicketUnknown,
)
from .provider import Order, Placed, Provider, Report

__all__ = [
    "BudgetExceeded",
    "EngineMisconfigured",
    "EngineNotInstalled",
    "EngineOutOfCredit",
    "EngineRefused",
    "EngineUnavailable",
    "FootageBroken",
    "HiredEngine",
    "Order",
    "OrderUnclear",
    "Placed",
    "PriceUnknown",
    "Provider",
    "Report",
    "ShotUnsuitable",
    "TicketUnknown",
    "order_of",
    "retake",
    "take_of",
]
