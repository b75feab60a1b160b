"""Being carried along: on wheels, on boards, in the saddle, through water and air."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Pose, Tool, at, grasp

UP, AHEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
FLOOR, BASE = (0.0, 0.002, 0.0), (0.0, -1.0, 0.0)

BICYCLE = Deed(
    period_s=0.95,
    glides=True,
    metric=True,
    poses=(
        at(0.0, seat=(0.008, 0.925, -0.25), tilt=(0.30, 0, 0.03), spine=(0.30, 0, -0.03)),
        at(0.5, seat=(-0.008, 0.925, -0.25), tilt=(0.30, 0, -0.03), spine=(0.30, 0, 0.03)),
        at(0.0, head=(-0.42, 0, 0), pole_b=(1.0, -0.7, -0.3), knee_b=0.02, gaze=0.3),
        at(0.0, tread_m=(0.115, 0.46, -0.06), tread_o=(0.115, 0.12, -0.06)),
        at(0.25, tread_m=(0.115, 0.29, 0.11), tread_o=(0.115, 0.29, -0.23)),
        at(0.5, tread_m=(0.115, 0.12, -0.06), tread_o=(0.115, 0.46, -0.06)),
        at(0.75, tread_m=(0.115, 0.29, -0.23), tread_o=(0.115, 0.29, 0.11)),
        at(0.0, sole_m=(0.25, 0.0), sole_o=(0.1, 0.0)),
        at(0.5, sole_m=(0.1, 0.0), sole_o=(0.25, 0.0)),
    ),
    tools=(
        Tool(
            "bicycle",
            (0.302, 0.504, 0.873),
            "ground",
            ((0.0, FLOOR, (0.03, 1.0, 0.0), AHEAD), (0.5, FLOOR, (-0.03, 1.0, 0.0), AHEAD)),
            main=grasp((-0.93, 0.93, 0.16), rod=(-0.2, 0.0, 1.0)),
            other=grasp((0.93, 0.93, 0.16), rod=(0.2, 0.0, 1.0)),
            origin=BASE,
        ),
    ),
)
MOTORCYCLE = Deed(
    period_s=2.4,
    glides=True,
    metric=True,
    poses=(
        at(0.0, seat=(0.0, 0.84, -0.30), tilt=(0.18, 0, 0.05), spine=(0.26, 0, 0.02)),
        at(0.5, seat=(0.0, 0.84, -0.30), tilt=(0.18, 0, -0.05), spine=(0.26, 0, -0.02)),
        at(0.0, head=(-0.30, 0, 0), tread_b=(0.15, 0.36, -0.05), sole_b=(0.1, 0.15)),
        at(0.0, pole_b=(1.0, -0.4, -0.3), knee_b=0.25, gaze=0.3),
    ),
    tools=(
        Tool(
            "motorcycle",
            (0.41, 0.618, 1.04),
            "ground",
            ((0.0, FLOOR, (0.06, 1.0, 0.0), AHEAD), (0.5, FLOOR, (-0.06, 1.0, 0.0), AHEAD)),
            main=grasp((-0.85, 0.70, 0.19), rod=(-1.0, 0.0, 0.1)),
            other=grasp((0.85, 0.70, 0.19), rod=(1.0, 0.0, 0.1)),
            origin=BASE,
        ),
    ),
)
HORSE = Deed(
    period_s=0.62,
    glides=True,
    metric=True,
    poses=(
        at(0.0, seat=(0.0, 1.42, 0.0), tilt=(0.04, 0, 0), spine=(0.06, 0, 0), head=(0.0, 0, 0)),
        at(0.5, seat=(0.0, 1.47, 0.02), tilt=(0.12, 0, 0), spine=(0.02, 0, 0), head=(0.05, 0, 0)),
        at(0.0, leg_b=(0.30, -0.72, 0.26), sole_b=(-0.25, 0), knee_b=0.75),
        at(0.0, hand_b=(-0.22, -0.60, 0.50), fingers_b="fist", pole_b=(0.7, -0.8, -0.5)),
        at(0.5, hand_b=(-0.22, -0.64, 0.54)),
        at(0.0, wrist_b=(0.1, 0.1, 0)),
    ),
)
ASTRIDE = Deed(
    period_s=1.6,
    glides=True,
    metric=True,
    poses=(
        at(0.0, seat=(0.0, 0.85, -0.1), tilt=(0.15, 0, 0.02), spine=(0.2, 0, 0), head=(-0.2, 0, 0)),
        at(0.5, seat=(0.0, 0.86, -0.1), tilt=(0.15, 0, -0.02), spine=(0.22, 0, 0)),
        at(0.0, leg_b=(0.22, -0.66, 0.38), sole_b=(-0.1, 0), knee_b=0.5),
        at(0.0, hand_b=(0.0, -0.42, 0.78), fingers_b="grip", pole_b=(1.0, -0.6, -0.3)),
        at(0.0, rod_b=(-0.9, 0.1, 0.3)),
    ),
)
DRIVE = Deed(
    period_s=2.8,
    posture="sit",
    glides=True,
    poses=(
        at(0.0, hand_m=(-0.02, -0.28, 0.72), hand_o=(-0.02, -0.28, 0.72), spine=(-0.06, 0, 0)),
        at(0.3, hand_m=(-0.08, -0.16, 0.72), hand_o=(0.0, -0.40, 0.72), head=(0, 0.08, 0)),
        at(0.75, hand_m=(0.0, -0.38, 0.72), hand_o=(-0.08, -0.18, 0.72), head=(0, -0.08, 0)),
        at(0.0, rod_b=(-0.3, 0.9, 0.15), fingers_b="grip", pole_b=(0.9, -0.9, -0.2)),
    ),
)
ROW = Deed(
    period_s=2.3,
    posture="sit",
    glides=True,
    poses=(
        at(0.0, tilt=(0.34, 0, 0), spine=(0.34, 0, 0), hand_b=(-0.02, -0.32, 0.96)),
        at(0.20, tilt=(0.30, 0, 0), spine=(0.28, 0, 0), hand_b=(-0.02, -0.24, 0.96)),
        at(0.55, tilt=(-0.22, 0, 0), spine=(-0.05, 0, 0), hand_b=(-0.02, -0.36, 0.30)),
        at(0.68, tilt=(-0.20, 0, 0), spine=(0.0, 0, 0), hand_b=(-0.02, -0.54, 0.32)),
        at(0.0, head=(-0.30, 0, 0), rod_b=(-1.0, 0.0, 0.0), fingers_b="fist"),
        at(0.55, head=(0.1, 0, 0)),
        at(0.0, pole_b=(1.0, -0.5, -0.5)),
    ),
)


def _sideways(low: float, sway: float) -> tuple[Pose, ...]:
    """Stand across a board, knees bent, arms balancing."""
    return (
        at(0.0, pelvis=(0, low, 0), tilt=(0.10, -1.15, sway), spine=(0.16, 0.15, -sway)),
        at(0.5, pelvis=(0, low - 0.05, 0), tilt=(0.14, -1.15, -sway), spine=(0.2, 0.25, sway)),
        at(0.0, head=(-0.12, 0.85, 0), hand_m=(0.62, -0.30, 0.10), hand_o=(0.70, -0.12, 0.15)),
        at(0.5, head=(-0.12, 0.85, 0), hand_m=(0.66, -0.14, 0.20), hand_o=(0.62, -0.30, 0.25)),
        at(0.0, pole_b=(0.6, -0.6, -0.7), fingers_b="relaxed", knee_b=0.3, gaze=0.0),
        at(0.0, sole_m=(0.0, 1.35), sole_o=(0.0, -1.1), wrist_b=(0.9, 0, 0)),
    )


SKATEBOARD = Deed(
    period_s=1.9,
    glides=True,
    poses=(
        *_sideways(-0.16, 0.06),
        at(0.0, tread_m=(0.0, 0.115, -0.22), tread_o=(0.0, 0.115, 0.22)),
    ),
    tools=(
        Tool(
            "skateboard",
            (0.1, 0.055, 0.4),
            "ground",
            ((0.0, FLOOR, (0.05, 1.0, 0.0), AHEAD), (0.5, FLOOR, (-0.05, 1.0, 0.0), AHEAD)),
            origin=BASE,
        ),
    ),
)
SNOWBOARD = Deed(
    period_s=2.2,
    glides=True,
    poses=(
        *_sideways(-0.22, 0.16),
        at(0.0, tread_m=(0.0, 0.04, -0.26), tread_o=(0.0, 0.04, 0.26)),
    ),
    tools=(
        Tool(
            "snowboard",
            (0.14, 0.03, 0.75),
            "ground",
            ((0.0, FLOOR, (0.14, 1.0, 0.0), AHEAD), (0.5, FLOOR, (-0.14, 1.0, 0.0), AHEAD)),
            origin=BASE,
        ),
    ),
)
SURF = Deed(
    period_s=2.6,
    glides=True,
    poses=(
        *_sideways(-0.30, 0.14),
        at(0.0, tread_m=(0.0, 0.10, -0.34), tread_o=(0.0, 0.10, 0.30)),
    ),
    tools=(
        Tool(
            "surfboard",
            (0.26, 0.06, 1.0),
            "ground",
            (
                (0.0, FLOOR, (0.10, 1.0, -0.08), (0.0, 0.08, 1.0)),
                (0.5, FLOOR, (-0.10, 1.0, -0.04), (0.0, 0.04, 1.0)),
            ),
            origin=BASE,
        ),
    ),
)
SKI = Deed(
    period_s=2.0,
    glides=True,
    poses=(
        at(0.0, pelvis=(0.05, -0.22, -0.12), tilt=(0.42, 0.1, 0.12), spine=(0.26, 0, -0.10)),
        at(0.5, pelvis=(-0.05, -0.22, -0.12), tilt=(0.42, -0.1, -0.12), spine=(0.26, 0, 0.10)),
        at(0.25, pelvis=(0, -0.14, -0.10)),
        at(0.75, pelvis=(0, -0.14, -0.10)),
        at(0.0, tread_b=(0.11, 0.04, 0.02), sole_b=(0.0, 0.0), head=(-0.40, 0, 0)),
        at(0.0, hand_m=(0.22, -0.40, 0.62), hand_o=(0.30, -0.46, 0.42)),
        at(0.5, hand_m=(0.30, -0.46, 0.42), hand_o=(0.22, -0.40, 0.62)),
        at(0.0, fingers_b="fist", pole_b=(1.0, -0.4, -0.5), wrist_b=(0.2, 0.1, 0)),
    ),
    tools=(
        Tool(
            "skis",
            (0.16, 0.04, 0.85),
            "ground",
            ((0.0, (0.0, 0.002, 0.12), UP, AHEAD),),
            origin=BASE,
        ),
    ),
)
SKATE = Deed(
    period_s=1.5,
    glides=True,
    poses=(
        at(0.0, pelvis=(0.07, -0.16, 0), tilt=(0.38, 0.10, 0.08), spine=(0.22, -0.12, -0.06)),
        at(0.5, pelvis=(-0.07, -0.16, 0), tilt=(0.38, -0.10, -0.08), spine=(0.22, 0.12, 0.06)),
        at(0.0, head=(-0.42, 0, 0), hand_m=(0.28, -0.62, -0.42), hand_o=(-0.10, -0.36, 0.62)),
        at(0.5, hand_m=(-0.10, -0.36, 0.62), hand_o=(0.28, -0.62, -0.42)),
        at(0.0, tread_m=(0.06, 0.05, 0.06), tread_o=(0.30, 0.06, -0.30), sole_o=(0.35, 0.45)),
        at(0.30, tread_o=(0.16, 0.14, -0.16)),
        at(0.5, tread_m=(0.30, 0.06, -0.30), tread_o=(0.06, 0.05, 0.06), sole_m=(0.35, 0.45)),
        at(0.80, tread_m=(0.16, 0.14, -0.16)),
        at(0.0, sole_m=(0, 0.1)),
        at(0.5, sole_o=(0, 0.1)),
        at(0.0, pole_b=(1.0, -0.3, -0.6), fingers_b="relaxed"),
    ),
)
FLY = Deed(
    period_s=3.2,
    glides=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, 0.95, 0), tilt=(1.28, 0, 0.10), spine=(-0.10, 0, 0.05)),
        at(0.5, pelvis=(0, 1.10, 0), tilt=(1.20, 0, -0.10), spine=(-0.06, 0, -0.05)),
        at(0.0, head=(-0.60, 0, 0), gaze=0.0, fingers_m="fist", fingers_o="fist"),
        at(0.0, leg_m=(0.03, -0.99, -0.02), leg_o=(0.03, -0.86, -0.02), sole_b=(0.9, 0)),
        at(0.0, hand_m=(-0.14, 0.94, 0.14), hand_o=(0.02, -0.60, 0.12), knee_b=0.15),
        at(0.0, pole_m=(1.0, 0.1, 0.4), pole_o=(0.9, -0.2, -0.8), wrist_m=(1.2, 0, 0)),
    ),
)
FLOAT = Deed(
    period_s=4.4,
    glides=True,
    low=True,
    poses=(
        at(0.0, pelvis=(0, 0.30, 0), tilt=(-0.06, 0, 0.04), spine=(0.04, 0.06, 0)),
        at(0.5, pelvis=(0, 0.44, 0), tilt=(0.04, 0, -0.04), spine=(-0.04, -0.06, 0)),
        at(0.0, hand_b=(0.62, -0.55, 0.20), leg_m=(0.04, -0.96, 0.10), leg_o=(0.05, -0.88, -0.18)),
        at(0.5, hand_b=(0.72, -0.38, 0.22), leg_m=(0.05, -0.92, 0.06), leg_o=(0.06, -0.92, -0.08)),
        at(0.0, head=(-0.12, 0, 0.05), sole_b=(0.75, 0), fingers_b="relaxed"),
        at(0.5, head=(-0.02, 0, -0.05), sole_b=(0.6, 0)),
        at(0.0, pole_b=(0.5, -0.5, -0.9)),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "ride": ASTRIDE,
    "ride_bicycle": BICYCLE,
    "ride_motorcycle": MOTORCYCLE,
    "ride_horse": HORSE,
    "drive": DRIVE,
    "row": ROW,
    "skateboard": SKATEBOARD,
    "snowboard": SNOWBOARD,
    "surf": SURF,
    "ski": SKI,
    "skate": SKATE,
    "fly": FLY,
    "float": FLOAT,
}
__all__ = ["DEEDS"]
