"""Joints in the making: bones gathered parents first, and the legs that they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"

SIDES = (("l", 1.0), ("r", -1.0))


@dataclass(frozen=True)
class Chain:
    """The bones of a leg from the blade (or "") to the paw, and which way its middle joint bends.

    rank counts pairs of legs from behind; pole (x, y, z) is for the left side.
    """

    side: str
    bones: tuple[str, ...]
    fore: bool
    rank: int
    pole: tuple[float, float, float]


class Bones:
    """Bones gathered parents first, as shares of the animal's unit."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.parents: list[int] = []
        self.heads: list[Floats] = []
        self.tails: list[Floats] = []

    def add(self, name: str, parent: str, head: Floats, tail: Floats) -> None:
        """Add a bone from `head` to `tail` (3,) under a parent that is there already."""
        self.names.append(name)
        self.parents.append(self.names.index(parent) if parent else -1)
        self.heads.append(np.asarray(head, np.float64))
        self.tails.append(np.asarray(tail, np.float64))


def point(x: float, y: float, z: float) -> Floats:
    """Return a point (3,)."""
    return np.array([x, y, z])
