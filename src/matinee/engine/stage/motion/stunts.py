"""Stunts and states of the body: flips, falls asleep, spins, climbs, gets up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from matinee.engine.stage.skeleton import about_y, turned

from .controls import smooth
from .deed import Deed, Tool, at
from .frame import OUT
from .moment import Cue, Gesture, Moment, mix, still

if TYPE_CHECKING:
    from collections.abc import Callable

TURN = 2 * np.pi
UP, AHEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
RUNG_M = 0.28
CLIMB_MAX_M = 1.7

BACKFLIP = Deed(
    period_s=1.7,
    once=True,
    whole=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, 0, 0), tilt=(0, 0, 0), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.22, pelvis=(0, -0.34, -0.06), tilt=(0.62, 0, 0), spine=(0.3, 0, 0), head=(-0.4, 0, 0)),
        at(0.34, pelvis=(0, 0.10, 0.0), tilt=(-0.20, 0, 0), spine=(-0.25, 0, 0)),
        at(0.34, head=(-0.5, 0, 0)),
        at(0.42, pelvis=(0, 0.48, -0.05), tilt=(-1.3, 0, 0), spine=(0.3, 0, 0)),
        at(0.54, pelvis=(0, 0.66, -0.14), tilt=(-3.3, 0, 0), spine=(0.5, 0, 0), head=(0.2, 0, 0)),
        at(0.66, pelvis=(0, 0.32, -0.22), tilt=(-5.5, 0, 0), spine=(0.3, 0, 0)),
        at(0.72, pelvis=(0, -0.14, -0.26), tilt=(-6.1, 0, 0), spine=(0.15, 0, 0)),
        at(0.78, pelvis=(0, -0.32, -0.28), tilt=(-TURN + 0.5, 0, 0), spine=(0.3, 0, 0)),
        at(0.92, pelvis=(0, 0.0, -0.26), tilt=(-TURN, 0, 0), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.9999, pelvis=(0, 0, -0.26), tilt=(-TURN, 0, 0)),
        at(1.0, tilt=(0, 0, 0)),
        at(0.0, foot_b=(0.02, 0, 0), free_b=0.0, leg_b=(0.03, -0.97, 0.0), sole_b=(0, 0)),
        at(0.32, free_b=0.0, sole_b=(0.7, 0), foot_b=(0.02, 0.0, 0)),
        at(0.38, free_b=1.0, leg_b=(0.05, -0.86, 0.2), sole_b=(0.7, 0)),
        at(0.52, leg_b=(0.08, -0.40, 0.46), free_b=1.0),
        at(0.62, leg_b=(0.06, -0.55, 0.42), free_b=1.0),
        at(0.69, leg_b=(0.05, -0.90, 0.22), free_b=1.0, foot_b=(0.04, 0.1, -0.28)),
        at(0.73, free_b=0.0, sole_b=(0.2, 0), foot_b=(0.06, 0, -0.28)),
        at(1.0, foot_b=(0.05, 0, -0.26), sole_b=(0, 0), free_b=0.0),
        at(0.0, hand_b=(0.10, -0.9, 0.1), gaze=0.0),
        at(0.20, hand_b=(0.25, -0.65, -0.60)),
        at(0.33, hand_b=(0.05, 0.86, 0.30)),
        at(0.52, hand_b=(-0.05, -0.62, 0.62)),
        at(0.70, hand_b=(0.35, -0.10, 0.70)),
        at(0.80, hand_b=(0.45, -0.25, 0.70)),
        at(1.0, hand_b=(0.20, -0.80, 0.20)),
        at(0.0, pole_b=(0.9, -0.5, -0.5)),
    ),
    cues=(("land", 0.74),),
)
CARTWHEEL = Deed(
    period_s=1.9,
    once=True,
    whole=True,
    low=True,
    poses=(
        at(0.0, pelvis=(-0.30, 0, 0), tilt=(0, 0, 0), head=(0, 0.5, 0), spine=(0, 0, 0)),
        at(0.14, pelvis=(-0.28, 0, 0), tilt=(0, 0, -0.12), spine=(0, 0, -0.1)),
        at(0.34, pelvis=(-0.16, -0.16, 0), tilt=(0, 0, 1.25), spine=(0, 0, 0.2)),
        at(0.50, pelvis=(0.06, -0.08, 0), tilt=(0, 0, 3.14), spine=(0, 0, 0)),
        at(0.66, pelvis=(0.28, -0.16, 0), tilt=(0, 0, 5.0), spine=(0, 0, -0.2)),
        at(0.82, pelvis=(0.40, -0.03, 0), tilt=(0, 0, 6.2), spine=(0, 0, 0)),
        at(0.9999, pelvis=(0.40, 0, 0), tilt=(0, 0, TURN)),
        at(1.0, tilt=(0, 0, 0), head=(0, 0, 0)),
        at(0.0, hand_b=(0.3, 0.5, 0), free_b=0.0, leg_b=(0.30, -0.95, 0.0), gaze=0.0),
        at(0.14, hand_b=(0.16, 0.95, 0.0), free_b=0.0, foot_m=(0.0, 0, 0), foot_o=(0, 0, 0)),
        at(0.30, free_b=1.0, leg_b=(0.62, -0.74, 0.0), sole_b=(0.8, 0)),
        at(0.50, hand_b=(0.20, 0.96, 0.0), leg_b=(0.80, -0.56, 0.0), free_b=1.0),
        at(0.68, leg_b=(0.66, -0.72, 0.0), free_b=1.0, sole_b=(0.7, 0)),
        at(0.80, free_b=0.0, foot_m=(0.40, 0, 0), foot_o=(-0.30, 0, 0), sole_b=(0, 0)),
        at(0.82, hand_b=(0.20, 0.94, 0.0)),
        at(1.0, hand_b=(0.5, 0.35, 0.1), foot_m=(0.40, 0, 0), foot_o=(-0.36, 0, 0)),
        at(0.0, sole_b=(0, 0), wrist_b=(-1.4, -0.3, 0), fingers_b="splayed"),
        at(0.0, pole_b=(0.2, -0.2, -1.0), foot_b=(0.0, 0, 0)),
    ),
)
HANDSTAND = Deed(
    period_s=2.8,
    low=True,
    glides=True,
    poses=(
        at(0.0, pelvis=(0, 0.05, 0), tilt=(3.08, 0, 0.02), spine=(-0.06, 0, 0), gaze=0.0),
        at(0.5, pelvis=(0, 0.05, 0), tilt=(3.20, 0, -0.02), spine=(-0.04, 0, 0)),
        at(0.0, leg_m=(0.03, -0.99, 0.05), leg_o=(0.03, -0.96, 0.18), sole_b=(1.0, 0)),
        at(0.5, leg_m=(0.03, -0.98, 0.12), leg_o=(0.03, -0.99, 0.02)),
        at(0.0, hand_b=(0.05, 0.97, 0.02), head=(-0.6, 0, 0), pole_b=(1.0, -0.1, -0.3)),
        at(0.0, rod_b=(-1.0, 0, 0), wrist_b=(0, -1.4, 0), fingers_b="splayed"),
    ),
)
BREAKDANCE = Deed(
    period_s=1.7,
    low=True,
    poses=(
        at(0.0, pelvis=(-0.05, -0.66, -0.08), tilt=(-0.55, 0.35, -0.25), spine=(0.35, 0, 0.1)),
        at(0.5, pelvis=(0.05, -0.66, -0.08), tilt=(-0.55, -0.35, 0.25), spine=(0.35, 0, -0.1)),
        at(0.25, pelvis=(0, -0.60, -0.05), tilt=(-0.30, 0, 0)),
        at(0.75, pelvis=(0, -0.60, -0.05), tilt=(-0.30, 0, 0)),
        at(0.0, reach_m=(0.34, 0.03, -0.46), reaching_m=1.0, reaching_o=0.0),
        at(0.0, reach_o=(0.34, 0.03, -0.46), hand_b=(0.55, 0.35, 0.35)),
        at(0.2, reaching_m=1.0, reaching_o=0.0),
        at(0.32, reaching_m=0.0, reaching_o=1.0),
        at(0.7, reaching_m=0.0, reaching_o=1.0),
        at(0.82, reaching_m=1.0, reaching_o=0.0),
        at(0.0, leg_o=(0.10, -0.10, 0.98), free_o=1.0, free_m=0.0),
        at(0.18, leg_o=(0.35, 0.10, 0.90), free_o=1.0, free_m=0.0),
        at(0.30, free_o=0.0, free_m=1.0, leg_m=(0.05, -0.2, 0.7)),
        at(0.5, leg_m=(0.10, -0.10, 0.98), free_m=1.0, free_o=0.0, leg_o=(0.05, -0.2, 0.7)),
        at(0.68, leg_m=(0.35, 0.10, 0.90), free_m=1.0, free_o=0.0),
        at(0.80, free_m=0.0, free_o=1.0),
        at(0.0, foot_b=(0.04, 0, 0.22), knee_b=0.3, sole_b=(0.3, 0.1), gaze=0.0),
        at(0.0, head=(0.1, 0.2, 0), pole_b=(0.8, 0.2, -0.8), wrist_b=(0.3, -0.9, 0)),
        at(0.5, head=(0.1, -0.2, 0)),
        at(0.0, fingers_b="splayed"),
    ),
)
SPIN = Deed(
    period_s=1.35,
    low=True,
    glides=True,
    poses=(
        at(0.0, tilt=(0, 0, 0.03), leg_o=(0.22, -0.60, 0.28), free_o=1.0, sole_o=(0.9, 0)),
        at(0.9999, tilt=(0, TURN, 0.03)),
        at(0.0, tread_m=(0.0, 0, 0.0), sole_m=(0.75, 0), knee_o=0.9, pelvis=(-0.02, 0.0, -0.05)),
        at(0.9999, sole_m=(0.75, -TURN), tread_m=(0.0, 0, 0.0)),
        at(0.0, hand_b=(-0.12, -0.14, 0.62), head=(-0.05, 0, 0), gaze=0.0, spine=(-0.04, 0, 0)),
        at(0.0, wrist_b=(0.5, 0, 0), fingers_b="relaxed", pole_b=(1.0, -0.2, 0)),
    ),
)
TWIRL = Deed(
    period_s=2.0,
    low=True,
    glides=True,
    poses=(
        at(0.0, tilt=(0, 0, 0.03), spine=(-0.06, 0, 0.08), pelvis=(0, 0.02, 0)),
        at(0.5, spine=(-0.06, 0, -0.08), pelvis=(0, 0.0, 0)),
        at(0.9999, tilt=(0, TURN, 0.03)),
        at(0.0, tread_m=(0.05, 0, 0.03), tread_o=(0.05, 0.0, -0.03), sole_b=(0.45, 0.0)),
        at(0.9999, sole_m=(0.45, -TURN), sole_o=(0.45, TURN)),
        at(0.0, hand_m=(0.10, 0.84, 0.22), hand_o=(0.85, 0.10, 0.20), head=(-0.15, 0, 0)),
        at(0.5, hand_m=(0.40, 0.72, 0.10), hand_o=(0.80, 0.24, 0.15)),
        at(0.0, gaze=0.0, fingers_b="relaxed", pole_b=(0.8, -0.6, -0.3)),
    ),
)
HEADBANG = Deed(
    period_s=0.46,
    poses=(
        at(0.0, head=(0.55, 0, 0), spine=(0.34, 0, 0), tilt=(0.14, 0, 0), pelvis=(0, -0.09, -0.05)),
        at(0.5, head=(-0.30, 0, 0), spine=(0.04, 0, 0), tilt=(0.04, 0, 0), pelvis=(0, -0.05, 0)),
        at(0.0, hand_m=(0.22, 0.42, 0.42), hand_o=(0.0, -0.55, 0.46), foot_b=(0.10, 0, 0)),
        at(0.5, hand_m=(0.24, 0.58, 0.36)),
        at(0.0, fingers_m=(0.6, -0.05, 0.95, 0.95, -0.05), fingers_o="fist", gaze=0.0),
        at(0.0, wrist_m=(0.9, 0, 0), pole_m=(0.9, -0.8, 0)),
    ),
)
FAINT = Deed(
    period_s=2.2,
    once=True,
    whole=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, 0, 0), tilt=(0, 0, 0), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.16, pelvis=(0.05, -0.01, -0.03), tilt=(-0.06, 0, 0.05), spine=(-0.1, 0, 0.08)),
        at(0.16, head=(-0.3, 0, 0.1)),
        at(0.34, pelvis=(0.08, -0.22, -0.02), tilt=(0.08, 0.2, 0.12), spine=(0.18, 0, 0.2)),
        at(0.52, pelvis=(0.20, -0.66, 0.0), tilt=(0.05, 0.2, 0.75), spine=(0.1, 0, 0.35)),
        at(0.70, pelvis=(0.30, -0.80, 0.0), tilt=(0.0, 0.1, 1.50), spine=(0.1, 0, 0.1)),
        at(1.0, pelvis=(0.30, -0.80, 0.0), tilt=(0.0, 0.05, 1.52), spine=(0.12, 0, 0.05)),
        at(0.34, head=(-0.1, 0.2, 0.3)),
        at(0.70, head=(0.1, 0.2, 0.45)),
        at(0.0, hand_m=(0.1, -0.9, 0.1), hand_o=(0.1, -0.9, 0.1), free_b=0.0, gaze=0.0),
        at(0.16, hand_m=(-0.25, 0.42, 0.28), hand_o=(0.3, -0.75, 0.1)),
        at(0.52, hand_m=(0.25, 0.55, 0.45), hand_o=(0.3, -0.5, 0.4)),
        at(0.72, hand_m=(0.05, 0.78, 0.40), hand_o=(-0.15, -0.35, 0.55)),
        at(0.46, free_b=0.0, leg_b=(0.0, -0.9, 0.2)),
        at(0.66, free_b=1.0, leg_m=(0.0, -0.78, 0.40), leg_o=(0.02, -0.86, 0.28)),
        at(1.0, leg_m=(0.0, -0.76, 0.42), leg_o=(0.02, -0.86, 0.28), free_b=1.0),
        at(0.0, sole_b=(0.0, 0)),
        at(0.7, sole_b=(0.6, 0)),
        at(0.0, fingers_b="relaxed", pole_b=(0.9, -0.5, 0.1)),
    ),
    cues=(("impact", 0.55), ("impact", 0.72)),
)
WAKE = Deed(
    period_s=4.6,
    once=True,
    whole=True,
    under_way=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, -0.82, 0), tilt=(-1.48, 0, 0), spine=(0.05, 0, 0), head=(0.1, 0.3, 0)),
        at(0.18, head=(0.1, -0.2, 0)),
        at(0.30, tilt=(-1.44, 0, 0), spine=(0.1, 0, 0.05), head=(0.35, 0, 0)),
        at(0.52, tilt=(-0.35, 0, 0), spine=(0.5, 0, 0), head=(0.1, 0, 0), pelvis=(0, -0.82, 0)),
        at(0.74, tilt=(-0.22, 0, 0), spine=(-0.05, 0, 0), head=(-0.3, 0, 0)),
        at(1.0, tilt=(-0.24, 0, 0), spine=(0.3, 0, 0), head=(0, 0, 0), pelvis=(0, -0.82, 0)),
        at(0.0, leg_m=(0.06, -0.97, 0.05), leg_o=(0.08, -0.97, 0.05), free_b=1.0, gaze=0.0),
        at(0.40, leg_m=(0.06, -0.95, 0.12), leg_o=(0.08, -0.93, 0.18)),
        at(0.52, leg_m=(0.06, -0.30, 0.90), leg_o=(0.08, -0.30, 0.90)),
        at(0.74, leg_m=(0.06, -0.16, 0.90), leg_o=(0.08, -0.16, 0.92)),
        at(1.0, leg_m=(0.06, -0.10, 0.74), leg_o=(0.10, -0.14, 0.80), free_b=1.0),
        at(0.0, hand_m=(-0.22, -0.55, 0.30), hand_o=(0.40, -0.72, -0.05)),
        at(0.40, hand_m=(0.35, -0.55, -0.10), hand_o=(0.45, -0.55, -0.10)),
        at(0.56, hand_m=(0.0, 0.0, 0.45), hand_o=(0.3, -0.6, 0.2)),
        at(0.74, hand_m=(0.20, 0.80, 0.0), hand_o=(0.35, 0.72, -0.05)),
        at(1.0, hand_m=(0.0, -0.52, 0.62), hand_o=(0.02, -0.50, 0.64)),
        at(0.0, fingers_b="relaxed", knee_b=0.15, sole_b=(0.5, 0), pole_b=(1.0, -0.4, -0.2)),
    ),
)
GET_UP = Deed(
    period_s=2.6,
    once=True,
    whole=True,
    under_way=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, -0.81, 0.10), tilt=(1.45, 0, 0), spine=(0, 0, 0), head=(-0.2, 0.4, 0)),
        at(0.26, pelvis=(0, -0.55, 0.0), tilt=(1.15, 0, 0), spine=(0.1, 0, 0), head=(-0.4, 0, 0)),
        at(0.52, pelvis=(0, -0.44, -0.02), tilt=(0.60, 0, 0), spine=(0.35, 0, 0)),
        at(0.76, pelvis=(0, -0.24, -0.04), tilt=(0.55, 0, 0), spine=(0.30, 0, 0)),
        at(0.94, pelvis=(0, -0.01, 0), tilt=(0.03, 0, 0), spine=(0.02, 0, 0), head=(0, 0, 0)),
        at(1.0, pelvis=(0, 0, 0), tilt=(0, 0, 0), spine=(0, 0, 0)),
        at(0.0, leg_b=(0.04, -0.97, 0.0), free_b=1.0, sole_b=(0.8, 0), gaze=0.0),
        at(0.24, leg_b=(0.06, -0.60, 0.35), free_b=1.0, foot_m=(0.02, 0, -0.36)),
        at(0.34, free_b=0.0, foot_o=(0.05, 0, 0.16), sole_o=(0, 0), sole_m=(1.1, 0)),
        at(0.62, foot_o=(0.05, 0, 0.16), foot_m=(0.02, 0, -0.36), sole_m=(1.1, 0)),
        at(0.86, foot_o=(0.04, 0, 0.10), foot_m=(0.02, 0.0, 0.0), sole_b=(0, 0), free_b=0.0),
        at(1.0, foot_o=(0, 0, 0)),
        at(0.0, reach_b=(0.30, 0.03, 0.45), reaching_b=1.0, hand_b=(0.0, -0.6, 0.5)),
        at(0.40, reach_b=(0.28, 0.03, 0.42), reaching_b=1.0),
        at(0.54, reaching_b=0.0, hand_o=(0.05, -0.55, 0.55), hand_m=(0.15, -0.8, 0.25)),
        at(1.0, hand_b=(0.12, -0.93, 0.1), reaching_b=0.0),
        at(0.0, wrist_b=(0.6, -0.9, 0), fingers_b="flat", pole_b=(1.0, -0.3, -0.6)),
        at(0.6, wrist_b=(0.35, 0.18, 0)),
    ),
)
LIE = Deed(
    period_s=5.0,
    posture="sleep",
    low=True,
    poses=(
        at(0.0, hand_b=(0.10, 0.26, -0.10), head=(0.15, 0.1, 0), pole_b=(1.0, 0.2, -0.4)),
        at(0.5, head=(0.15, -0.1, 0)),
        at(0.0, leg_m=(0.03, -0.72, 0.48), leg_o=(0.03, -0.97, 0.03), free_b=1.0, gaze=0.0),
        at(0.0, sole_b=(0.3, 0), fingers_b="relaxed", wrist_b=(-0.8, 0, 0)),
    ),
)
MEDITATE = Deed(
    period_s=5.5,
    posture="floor",
    poses=(
        at(0.0, spine=(-0.10, 0, 0), head=(0.06, 0, 0), hand_b=(0.18, -0.60, 0.46), gaze=0.0),
        at(0.5, spine=(-0.13, 0, 0), head=(0.04, 0, 0)),
        at(0.0, wrist_b=(-1.4, 0.05, 0), fingers_b=(0.55, 0.6, 0.1, 0.1, 0.1)),
    ),
)
SIT_FLOOR = Deed(period_s=4.0, posture="floor", poses=(at(0.0, spine=(0.04, 0, 0)),))
DIVE = Deed(
    period_s=1.7,
    once=True,
    whole=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, 0, -0.30), tilt=(0, 0, 0), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.26, pelvis=(0, -0.30, -0.34), tilt=(0.70, 0, 0), spine=(0.40, 0, 0)),
        at(0.40, pelvis=(0, 0.05, -0.14), tilt=(0.85, 0, 0), spine=(0.1, 0, 0), head=(-0.4, 0, 0)),
        at(0.56, pelvis=(0, 0.34, 0.16), tilt=(1.65, 0, 0), spine=(0.25, 0, 0), head=(0.1, 0, 0)),
        at(0.74, pelvis=(0, 0.05, 0.42), tilt=(2.25, 0, 0), spine=(0.0, 0, 0), head=(0.2, 0, 0)),
        at(0.92, pelvis=(0, -0.60, 0.60), tilt=(1.75, 0, 0), spine=(-0.1, 0, 0)),
        at(1.0, pelvis=(0, -0.78, 0.62), tilt=(1.52, 0, 0), spine=(-0.1, 0, 0), head=(-0.2, 0, 0)),
        at(0.0, free_b=0.0, leg_b=(0.02, -0.98, 0.0), sole_b=(0, 0), foot_b=(0, 0, -0.30)),
        at(0.36, free_b=0.0, sole_b=(0.8, 0), foot_b=(0, 0, -0.30)),
        at(0.44, free_b=1.0, leg_b=(0.02, -0.98, -0.1), sole_b=(0.95, 0)),
        at(1.0, free_b=1.0, leg_b=(0.02, -0.99, -0.04), sole_b=(0.95, 0)),
        at(0.0, hand_b=(0.10, -0.9, 0.1), gaze=0.0, fingers_b="flat"),
        at(0.24, hand_b=(0.20, -0.55, -0.70)),
        at(0.42, hand_b=(-0.20, 0.85, 0.35)),
        at(1.0, hand_b=(-0.26, 0.93, 0.20)),
        at(0.0, pole_b=(0.9, -0.3, 0.3), rod_b=(-0.6, 0, 0.8)),
    ),
)


def _rungs(steps: np.ndarray) -> np.ndarray:
    """Stand on one step and then the next: whole numbers joined by quick rises."""
    return np.asarray(np.floor(steps) + smooth((steps % 1.0 - 0.35) / 0.65))


def climb(m: Moment) -> Gesture:
    """Climb a ladder or a wall: a hand and the foot across from it go on together."""
    scale = m.build.scale
    pace = 1.05 * m.tempo
    last = CLIMB_MAX_M / RUNG_M
    # At the top, down again a little and up again: the wall is as high as the shot is long.
    raw = np.clip(m.t, 0, None) * pace
    count = last - np.abs(raw % (2 * last) - last)
    facing = about_y(m.yaw)
    body = RUNG_M * count
    moves: dict[str, np.ndarray] = {
        "pelvis": mix(0.03 * np.sin(np.pi * count), body / scale - 0.10, -0.06),
        "tilt": mix(0.12, 0, 0.05 * np.sin(np.pi * count)),
        "head": mix(-0.35, 0.1 * np.sin(np.pi * count), 0),
        "gaze": still((0.0,)),
    }
    for side in (m.side, m.other):
        lead = side == m.side
        own = 2 * _rungs((count + (0.0 if lead else 1.0)) / 2) - (0.0 if lead else 1.0)
        across = 2 * _rungs((count + (1.0 if lead else 0.0)) / 2) - (1.0 if lead else 0.0)
        high = 1.40 * scale + RUNG_M * own
        place = np.stack([np.full(len(own), OUT[side] * 0.21), high, np.full(len(own), 0.36)], -1)
        moves[f"reach_{side}"] = m.root + turned(facing, place)
        moves[f"rod_{side}"] = turned(facing, np.array([-OUT[side], 0.0, 0.0]))
        foot = np.stack(
            [0 * own + 0.11, (0.06 + RUNG_M * np.clip(across, 0, None)) / scale, 0 * own + 0.12], -1
        )
        moves[f"tread_{side}"] = foot
        for weight in ("reaching", "palm", "gripping", "treading"):
            moves[f"{weight}_{side}"] = np.ones((1, 1))
        moves[f"sole_{side}"] = still((0.15, 0.2))
        moves[f"fingers_{side}"] = still((0.6, 0.72, 0.75, 0.75, 0.78))
        moves[f"pole_{side}"] = still((1.0, -0.7, -0.4))
        moves[f"knee_{side}"] = still((0.55,))
    return Gesture(moves, cues=[Cue("grab", 0.0, m.side)])


DEEDS: Final[dict[str, Deed]] = {
    "backflip": BACKFLIP,
    "cartwheel": CARTWHEEL,
    "handstand": HANDSTAND,
    "breakdance": BREAKDANCE,
    "spin": SPIN,
    "twirl": TWIRL,
    "headbang": HEADBANG,
    "faint": FAINT,
    "wake_up": WAKE,
    "get_up": GET_UP,
    "lie_down": LIE,
    "meditate": MEDITATE,
    "sit_on_floor": SIT_FLOOR,
    "dive": DIVE,
}
CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {"climb": climb}
__all__ = ["CLIPS", "DEEDS", "Tool"]
