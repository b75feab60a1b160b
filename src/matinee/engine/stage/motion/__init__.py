"""Motion: what people do, as poses for every frame of a shot at once.

path and acts ▶ clips (what each part of the body wants) ▶ controls, blended ▶ gait (where the feet
stand) ▶ solve (inverse kinematics, limits) ▶ `Performance`.

Invariants: a planted foot does not slide; no joint bends the wrong way; the same person, acts, path
and seed give the same performance; two seeds never give the same one.
"""

from .acts import Act, Footfall, Happening, Path, Performance
from .clips import ACTIONS
from .perform import perform

__all__ = ["ACTIONS", "Act", "Footfall", "Happening", "Path", "Performance", "perform"]
