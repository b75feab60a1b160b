"""Motion: what people do, as poses for every frame of a shot at once.

path and acts ▶ clips (what each part of the body wants) ▶ controls, blended ▶ gait (where the feet
stand) ▶ solve (inverse kinematics, limits) ▶ `Performance`.

What is done again and again is described as data (`deed`), in a file for each subject: sports,
music, housework, grooming, crafts, rides, stunts, signs.

Invariants: a planted foot does not slide; no joint bends the wrong way; the same person, acts, path
and seed give the same performance; two seeds never give the same one.
"""

from .acts import Act, Footfall, Handled, Happening, Hold, Path, Performance, Touch
from .clips import ACTIONS, DEEDS
from .perform import perform

__all__ = [
    "ACTIONS",
    "DEEDS",
    "Act",
    "Footfall",
    "Handled",
    "Happening",
    "Hold",
    "Path",
    "Performance",
    "Touch",
    "perform",
]
