"""What takes two: each one's half of it, before the hands are led to the other's."""

from __future__ import annotations

from typing import Final

from .deed import Deed, at

KISS = Deed(
    period_s=3.2,
    once=True,
    poses=(
        at(0.0, spine=(0, 0, 0), head=(0, 0, 0), tilt=(0, 0, 0), hand_b=(0.1, -0.75, 0.3)),
        at(0.35, spine=(0.12, 0, 0), head=(0.02, 0, 0.20), tilt=(0.05, 0, 0)),
        at(0.50, spine=(0.20, 0, 0), head=(-0.06, 0, 0.26), tilt=(0.07, 0, 0)),
        at(0.80, spine=(0.20, 0, 0), head=(-0.06, 0, 0.26), tilt=(0.07, 0, 0)),
        at(1.0, spine=(0.08, 0, 0), head=(0.02, 0, 0.08), tilt=(0.02, 0, 0)),
        at(0.35, hand_b=(0.02, -0.35, 0.60)),
        at(1.0, hand_b=(0.02, -0.40, 0.55), gaze=0.6),
        at(0.0, fingers_b="relaxed", pole_b=(1.0, -0.6, -0.2)),
    ),
)
HIGH_FIVE = Deed(
    period_s=1.5,
    once=True,
    poses=(
        at(0.0, hand_m=(0.12, -0.9, 0.1), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.25, hand_m=(0.24, 0.35, 0.05), spine=(-0.06, -0.25, 0), head=(-0.1, 0, 0)),
        at(0.45, hand_m=(0.0, 0.50, 0.75), spine=(0.06, 0.25, 0), head=(-0.14, 0, 0)),
        at(0.62, hand_m=(0.0, 0.46, 0.70), spine=(0.04, 0.2, 0)),
        at(1.0, hand_m=(0.12, -0.85, 0.15), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.0, fingers_m="splayed", pole_m=(0.9, -0.9, -0.1), wrist_m=(0.9, -0.5, 0)),
    ),
    cues=(("clap", 0.45),),
)
SLAP = Deed(
    period_s=1.4,
    once=True,
    poses=(
        at(0.0, hand_m=(0.12, -0.9, 0.1), spine=(0, 0, 0), tilt=(0, 0, 0)),
        at(0.30, hand_m=(0.75, 0.20, 0.05), spine=(0, -0.45, 0), tilt=(0, -0.2, 0)),
        at(0.45, hand_m=(0.05, 0.22, 0.80), spine=(0.05, 0.15, 0), tilt=(0.02, 0.1, 0)),
        at(0.60, hand_m=(-0.50, 0.15, 0.55), spine=(0.06, 0.45, 0), tilt=(0.02, 0.2, 0)),
        at(1.0, hand_m=(0.1, -0.8, 0.2), spine=(0, 0, 0), tilt=(0, 0, 0)),
        at(0.0, fingers_m="flat", rod_m=(-0.1, 1.0, 0.0), pole_m=(1.0, -0.5, -0.2)),
    ),
    cues=(("strike", 0.45),),
)
FLINCH = Deed(
    period_s=1.6,
    once=True,
    whole=True,
    poses=(
        at(0.0, head=(0, 0, 0), spine=(0, 0, 0), pelvis=(0, 0, 0), tilt=(0, 0, 0)),
        at(0.36, head=(0, 0, 0), spine=(0, 0, 0)),
        at(0.46, head=(0.06, 0.75, 0.20), spine=(0.0, 0.3, 0.10), pelvis=(-0.03, -0.02, -0.04)),
        at(0.80, head=(0.16, 0.5, 0.1), spine=(0.08, 0.2, 0.04)),
        at(1.0, head=(0.1, 0.3, 0.05), spine=(0.05, 0.1, 0), pelvis=(0, 0, -0.02)),
        at(0.0, facing_m=0.0, face_m=(0.10, -0.10, 0.06), gaze=0.0, hand_o=(0.12, -0.9, 0.1)),
        at(0.50, facing_m=0.0, hand_o=(0.4, -0.6, 0.3)),
        at(0.72, facing_m=1.0, face_m=(0.085, -0.06, 0.02), hand_o=(0.2, -0.8, 0.2)),
        at(1.0, facing_m=1.0, face_m=(0.085, -0.06, 0.02)),
        at(0.0, rod_m=(0.0, 1.0, 0.0), fingers_b="relaxed"),
    ),
)
WALTZ_LEAD = Deed(
    period_s=1.8,
    poses=(
        at(0.0, spine=(-0.06, 0, 0.05), head=(-0.04, 0.25, 0), pelvis=(0, 0.0, 0)),
        at(0.33, spine=(-0.08, 0.06, -0.02), pelvis=(0.02, 0.02, 0)),
        at(0.66, spine=(-0.06, -0.06, -0.05), pelvis=(-0.02, -0.03, 0)),
        at(0.0, hand_o=(0.55, 0.02, 0.62), hand_m=(-0.05, -0.22, 0.55), fingers_b="cupped"),
        at(0.5, hand_o=(0.55, 0.10, 0.60)),
        at(0.0, pole_b=(1.0, -0.3, -0.2)),
    ),
)
HOLD_HANDS = Deed(
    period_s=3.5,
    poses=(
        at(0.0, spine=(0, 0, 0.02), head=(0, 0.1, 0)),
        at(0.5, spine=(0, 0, -0.02), head=(0, -0.05, 0)),
    ),
)
RECEIVE = Deed(
    period_s=2.4,
    once=True,
    poses=(
        at(0.0, hand_m=(0.12, -0.9, 0.1), spine=(0, 0, 0), head=(0.0, 0, 0)),
        at(0.26, hand_m=(-0.06, -0.42, 0.72), spine=(0.08, 0.1, 0), head=(0.15, 0, 0)),
        at(0.50, hand_m=(-0.06, -0.42, 0.70), spine=(0.06, 0.08, 0), head=(0.18, 0, 0)),
        at(0.85, hand_m=(-0.05, -0.42, 0.48), spine=(0.02, 0, 0), head=(0.2, 0, 0)),
        at(0.0, rod_m=(0.1, 1.0, 0.2), fingers_m="cupped"),
        at(0.4, fingers_m="grip"),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "kiss": KISS,
    "high_five": HIGH_FIVE,
    "slap": SLAP,
    "flinch": FLINCH,
    "waltz": WALTZ_LEAD,
    "tango": WALTZ_LEAD,
    "hold_hands": HOLD_HANDS,
    "receive": RECEIVE,
}
__all__ = ["DEEDS"]
