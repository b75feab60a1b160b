"""Footage and the stage: what another engine is shown of a shot, and how what it makes is fitted.

A second door of the engine, for those alone who have shots made elsewhere.
"""

from .guiding import control_videos, sounds_of
from .render.comparing import side_by_side
from .render.fitting import Fitted, FootageUnreadable, fit_footage

__all__ = [
    "Fitted",
    "FootageUnreadable",
    "control_videos",
    "fit_footage",
    "side_by_side",
    "sounds_of",
]
