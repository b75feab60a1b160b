"""Deeds: movements of the whole body that do something to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from .moment import Gesture, Moment

CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {}
