"""Manners of walking: what trunk and arms do; the feet's part is in `gait.STYLES`."""

from __future__ import annotations

from typing import Final

from .deed import Deed, at

MARCH = Deed(period_s=2.0, poses=(at(0.0, spine=(-0.08, 0, 0), head=(-0.06, 0, 0)),))
LIMP = Deed(
    period_s=1.15,
    poses=(
        at(0.0, spine=(0.16, 0, 0.10), pelvis=(0.02, -0.05, 0), head=(0.12, 0, -0.04)),
        at(0.5, spine=(0.12, 0, -0.04), pelvis=(-0.01, -0.01, 0)),
        at(0.0, hand_m=(-0.02, -0.86, 0.22), fingers_m="flat", wrist_m=(0.9, 0.2, 0)),
    ),
)
STAGGER = Deed(
    period_s=2.3,
    poses=(
        at(0.0, spine=(0.18, 0.10, 0.18), tilt=(0.06, 0, 0.06), pelvis=(0.05, -0.05, 0)),
        at(0.27, spine=(-0.06, -0.1, 0.05), tilt=(-0.05, 0, 0.0), pelvis=(0.01, -0.02, 0)),
        at(0.52, spine=(0.24, -0.05, -0.20), tilt=(0.10, 0, -0.07), pelvis=(-0.06, -0.06, 0)),
        at(0.80, spine=(0.05, 0.1, -0.05), tilt=(0.0, 0, 0), pelvis=(0, -0.03, 0)),
        at(0.0, head=(0.20, 0.1, 0.12), hand_m=(0.40, -0.72, 0.20), hand_o=(0.25, -0.85, 0.0)),
        at(0.52, head=(0.10, -0.1, -0.14), hand_m=(0.20, -0.80, 0.35), hand_o=(0.50, -0.62, 0.15)),
    ),
)
TIPTOE = Deed(
    period_s=1.6,
    poses=(
        at(
            0.0, spine=(0.16, 0.06, 0), tilt=(0.08, 0, 0), pelvis=(0, -0.02, 0), head=(-0.1, 0.2, 0)
        ),
        at(0.5, spine=(0.18, -0.06, 0), head=(-0.1, -0.2, 0)),
        at(0.0, hand_m=(0.10, -0.40, 0.48), hand_o=(0.10, -0.52, 0.42), wrist_b=(1.2, -0.3, 0)),
        at(0.5, hand_m=(0.10, -0.52, 0.42), hand_o=(0.10, -0.40, 0.48)),
        at(0.0, fingers_b="relaxed", pole_b=(1.0, -0.4, -0.4)),
    ),
)
SKIP = Deed(period_s=1.3, poses=(at(0.0, spine=(-0.05, 0, 0), head=(-0.08, 0, 0)),))
DEEDS: Final[dict[str, Deed]] = {
    "march": MARCH,
    "limp": LIMP,
    "stagger": STAGGER,
    "tiptoe": TIPTOE,
    "skip": SKIP,
}
__all__ = ["DEEDS"]
