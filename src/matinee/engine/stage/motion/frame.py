"""What the solver knows of a skeleton: limb lengths and the resting directions of its joints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import Skeleton, about, frame, unit

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"

SIDES = ("l", "r")
OUT = {"l": 1.0, "r": -1.0}
FINGERS = ("thumb", "index", "middle", "ring", "pinky")
AVERAGE_LEG_M = 0.80
HEEL_BEHIND_ANKLE_M = 0.05
GATHERED = 0.7
STANCE_HALF_M = 0.095
EYE_ASIDE_M = 0.0305
SKIN_BEFORE_EYE_M = 0.022
EASY_LEG = 0.9935
"""How straight a resting leg is: the share of its length between hip and ankle."""


@dataclass(frozen=True, eq=False)
class Limb:
    """A two-bone limb at rest: bones, lengths, and the frames its bones have at rest."""

    upper: str
    lower: str
    end: str
    lengths: tuple[float, float]
    upper_rest: Floats
    lower_rest: Floats

    @property
    def length(self) -> float:
        """Its whole length in metres."""
        return sum(self.lengths)


@dataclass(frozen=True, eq=False)
class Hand:
    """A hand at rest: (3, 3) frame of fingers, thumb side, palm; axis of each finger bone's curl.

    gathers are the turns (3, 3) that bring the spread fingers of the rest pose together.
    """

    rest: Floats
    curls: dict[str, Floats]
    gathers: dict[str, Floats]
    palm_m: Floats


@dataclass(frozen=True, eq=False)
class Build:
    """A skeleton's measures. scale is 1 for an adult of average leg length.

    pelvis (3,) is where it is when standing at ease; brow (3,) is the skin between the eyes, from
    the head of the bone `head`; face_scale is 1 for an adult's face.
    """

    skeleton: Skeleton
    scale: float
    arms: dict[str, Limb]
    legs: dict[str, Limb]
    hands: dict[str, Hand]
    ankle_m: float
    ball_m: float
    ball_ahead_m: float
    heel_behind_m: float
    pelvis: Floats
    brow: Floats
    face_scale: float


def _limb(skeleton: Skeleton, bones: tuple[str, str, str], pole: Floats | None) -> Limb:
    start, middle, end = (skeleton.head(bone) for bone in bones)
    upper, lower = middle - start, end - middle
    along = unit(end - start)
    aside = middle - start if pole is None else pole
    aside = unit(aside - (aside @ along) * along)
    hinge = np.cross(aside, along)
    return Limb(
        *bones,
        lengths=(float(np.linalg.norm(upper)), float(np.linalg.norm(lower))),
        upper_rest=frame(upper, hinge),
        lower_rest=frame(lower, hinge),
    )


def _hand(skeleton: Skeleton, side: str) -> Hand:
    wrist = skeleton.head(f"hand_{side}")
    fingers = unit(skeleton.head(f"middle_01_{side}") - wrist)
    across = skeleton.head(f"index_01_{side}") - skeleton.head(f"pinky_01_{side}")
    rest = frame(fingers, across)
    palm = rest[:, 2] * OUT[side]
    curls: dict[str, Floats] = {}
    gathers: dict[str, Floats] = {}
    for finger in FINGERS:
        for joint in ("01", "02", "03"):
            name = f"{finger}_{joint}_{side}"
            along = unit(skeleton.tail(name) - skeleton.head(name))
            axis = np.cross(along, palm)
            if finger == "thumb":
                # The thumb folds across the palm rather than into it.
                axis = np.cross(along, palm * 0.6 - rest[:, 1] * 0.8)
            curls[name] = unit(axis)
        base = f"{finger}_01_{side}"
        along = unit(skeleton.tail(base) - skeleton.head(base))
        centre = unit(skeleton.tail(f"middle_01_{side}") - skeleton.head(f"middle_01_{side}"))
        spread = float(np.arctan2(np.cross(along, centre) @ palm, along @ centre))
        gathers[base] = about(palm, GATHERED * spread if finger != "thumb" else 0.25 * spread)
    middle = (skeleton.head(f"middle_01_{side}") + wrist) / 2
    return Hand(rest, curls, gathers, middle + palm * 0.03 + fingers * 0.02 - wrist)


def _standing(skeleton: Skeleton, leg: Limb, scale: float) -> Floats:
    """Return where the pelvis is when somebody stands at ease.

    At rest the legs are apart; with the feet under the hips the body stands higher.
    """
    pelvis, hip = skeleton.head("pelvis"), skeleton.head(leg.upper)
    aside = hip[0] - STANCE_HALF_M * scale
    high = np.sqrt((EASY_LEG * leg.length) ** 2 - aside**2) + skeleton.head(leg.end)[1]
    return np.asarray(pelvis + np.array([0.0, high - hip[1], 0.0]))


@lru_cache(maxsize=64)
def build_of(skeleton: Skeleton) -> Build:
    """Measure a skeleton, once."""
    arms = {
        side: _limb(skeleton, (f"upperarm_{side}", f"lowerarm_{side}", f"hand_{side}"), None)
        for side in SIDES
    }
    ahead = np.array([0.0, 0.0, 1.0])
    legs = {
        side: _limb(skeleton, (f"thigh_{side}", f"calf_{side}", f"foot_{side}"), ahead)
        for side in SIDES
    }
    ankle, ball = skeleton.head("foot_l"), skeleton.head("ball_l")
    scale = legs["l"].length / AVERAGE_LEG_M
    eye = skeleton.head("eye_l")
    wide = float(eye[0]) / EYE_ASIDE_M
    between_eyes = eye * [0, 1, 1] - skeleton.head("head")
    return Build(
        skeleton=skeleton,
        scale=scale,
        arms=arms,
        legs=legs,
        hands={side: _hand(skeleton, side) for side in SIDES},
        ankle_m=float(ankle[1]),
        ball_m=float(ball[1]),
        ball_ahead_m=float(ball[2] - ankle[2]),
        heel_behind_m=HEEL_BEHIND_ANKLE_M * scale,
        pelvis=_standing(skeleton, legs["l"], scale),
        brow=between_eyes + np.array([0.0, 0.0, SKIN_BEFORE_EYE_M * wide]),
        face_scale=wide,
    )
