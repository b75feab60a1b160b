"""The standing job of selling: what a process left undone is done, what waits too long is ended."""

from collections.abc import Callable
from dataclasses import dataclass

from matinee.kit import durable
from matinee.kit.db import Database

from . import settling
from .actions import Room

QUEUES = (durable.Queue("sales", 1),)
SWEEP_EVERY = "*/20 * * * * *"


@dataclass(frozen=True, slots=True)
class Selling:
    """The workflow of selling."""

    sweep: durable.Workflow[[], None]


def install(database: Database, room: Room, *, tell: Callable[[], object]) -> Selling:
    """Register the sweep, before any worker starts; ``tell`` tells others what waits for them."""

    @durable.step("commerce.sweep_once")
    def sweep_once() -> None:
        settling.sweep(database, room)
        tell()

    @durable.workflow("commerce.sweep", queue="sales")
    def sweep() -> None:
        sweep_once()

    return Selling(sweep=sweep)
