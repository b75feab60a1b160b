"""What a provider is asked for, and what it answers: the one form of all their protocols."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from matinee.film import FrameRate, FrameSize
from matinee.kit.money import MicroMoney
from matinee.studio.abilities import Abilities, Guides

State = Literal["waiting", "working", "done", "refused", "failed"]


@dataclass(frozen=True, kw_only=True)
class Order:
    """One shot as a provider is asked for it, within its abilities.

    `length_ms` and `size` are among those that it makes, and at least what the shot needs where
    it makes that; `guides` holds only what it takes. `key` is the same for the same order.
    """

    key: str
    prompt: str
    negative: str
    length_ms: int
    size: FrameSize
    rate: FrameRate
    seed: int
    guides: Guides

    def frame_count(self, step: int = 1) -> int:
        """Return how many frames are as long as the order: one, and a whole number of steps.

        Video models compress time: Wan's come as 4 n + 1 frames, LTX's as 8 n + 1.
        """
        count = self.rate.frames_in_ms(self.length_ms)
        return count if step == 1 else -(-(count - 1) // step) * step + 1


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An order that was accepted: its ticket, and its cost where the provider says it at once."""

    ticket: str
    cost: MicroMoney | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """How far a job is. `reason` says why it was refused or failed."""

    state: State
    percent: int = 0
    reason: str = ""
    cost: MicroMoney | None = None


class Provider(Protocol):
    """Makes footage elsewhere, as jobs that outlive whoever ordered them.

    Every method may raise EngineUnavailable, after which it may be called again, and
    EngineMisconfigured, EngineOutOfCredit or EngineRefused, after which it may not.
    """

    name: str
    version: str
    abilities: Abilities

    def place(self, order: Order) -> Placed:
        """Order footage."""
        ...

    def look(self, ticket: str) -> Report:
        """Say how far a job is; raises TicketUnknown when the provider has forgotten it."""
        ...

    def fetch(self, ticket: str, path: Path) -> MicroMoney | None:
        """Write the footage of a job that is done to `path`; returns its cost where it is said."""
        ...

    def cancel(self, ticket: str) -> None:
        """Stop a job; one that has ended, or that cannot be stopped, is left alone."""
        ...
