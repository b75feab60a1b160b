"""Finishes that many things share."""

from __future__ import annotations

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.parts.finish import Finish, rgb

LEATHER = Finish(rgb("#4a3020"), Surface.CLOTH, 0.6)
WOOD = Finish(rgb("#7a5a3a"), Surface.WOOD, 0.6)
DARK = Finish(rgb("#17181a"), Surface.PLAIN, 0.7)
PAGE = Finish(rgb("#e6dfce"), Surface.PLAIN, 0.9)
GREEN = Finish(rgb("#4d6b33"), Surface.FOLIAGE, 0.8)
GLASS = Finish(rgb("#8fa3a8"), Surface.GLASS, 0.06)
