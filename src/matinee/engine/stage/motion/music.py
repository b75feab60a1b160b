"""Making music: hands on strings, keys, sticks and valves."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Grasp, Tool, at, grasp

UP, AHEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
GUITAR = Deed(
    period_s=0.62,
    poses=(
        at(0.0, spine=(0.10, 0.06, 0.03), head=(0.16, -0.20, 0.04), pelvis=(0.012, -0.01, 0)),
        at(0.5, spine=(0.13, 0.02, -0.01), head=(0.22, -0.24, 0.0), pelvis=(-0.012, -0.02, 0)),
        at(0.0, pole_m=(1.0, -0.35, -0.5), pole_o=(0.8, -1.0, 0.1), fingers_o="cupped"),
        at(0.0, fingers_m="pinch", wrist_m=(0, 0.35, 0)),
        at(0.5, wrist_m=(0, 0.05, 0)),
    ),
    tools=(
        Tool(
            "guitar",
            (0.19, 0.49, 0.06),
            "chest",
            ((0.0, (0.10, -0.62, 0.38), (-0.80, 0.52, 0.16), (0.06, -0.08, 1.0)),),
            main=Grasp(((0.0, (0.35, -0.30, 1.2)), (0.5, (-0.45, -0.34, 1.2))), rod=None),
            other=Grasp(
                ((0.0, (0.0, 0.66, 0.3)), (0.45, (0.0, 0.66, 0.3)), (0.55, (0.0, 0.54, 0.3))),
                rod=(0.0, 1.0, 0.0),
            ),
            origin=(0.0, -0.35, 0.0),
        ),
    ),
)
PIANO = Deed(
    period_s=1.1,
    posture="sit",
    metric=True,
    poses=(
        at(0.0, spine=(0.10, 0, 0.02), head=(0.24, 0.10, 0.02), fingers_m="cupped"),
        at(0.5, spine=(0.16, 0, -0.02), head=(0.32, -0.10, 0.0), fingers_o="cupped"),
        at(0.0, reach_m=(0.26, 0.83, 0.46), reach_o=(0.26, 0.87, 0.46), rod_b=(-1.0, 0.1, 0.2)),
        at(0.25, reach_m=(0.20, 0.87, 0.46), reach_o=(0.30, 0.83, 0.46), wrist_o=(0, 0.15, 0)),
        at(0.5, reach_m=(0.14, 0.83, 0.46), reach_o=(0.34, 0.87, 0.46), wrist_m=(0, 0.15, 0)),
        at(0.75, reach_m=(0.28, 0.87, 0.46), reach_o=(0.22, 0.83, 0.46), wrist_o=(0, -0.15, 0)),
        at(0.0, pole_b=(1.0, -0.6, -0.4), wrist_m=(0, -0.15, 0), strain=0.6),
    ),
    tools=(
        Tool(
            "piano",
            (0.741, 0.798, 0.815),
            "ground",
            ((0.0, (0.0, 0.002, 0.34), UP, (0.0, 0.0, -1.0)),),
            origin=(0.0, -1.0, 1.0),
        ),
    ),
)
VIOLIN = Deed(
    period_s=1.7,
    poses=(
        at(0.0, spine=(0.02, 0.06, 0.04), pelvis=(0.015, 0, 0), head=(0.10, -0.40, -0.14)),
        at(0.5, spine=(0.06, -0.04, -0.04), pelvis=(-0.015, 0, 0), head=(0.14, -0.42, -0.16)),
        # The bow is drawn across the strings, square to them: tip first, then as far as the frog.
        at(0.0, hand_m=(-0.24, 0.27, 0.74), rod_m=(-0.86, 0.04, -0.50), fingers_m="pinch"),
        at(0.5, hand_m=(-0.57, 0.27, 0.53), rod_m=(-0.86, 0.04, -0.50), palm_m=1.0),
        at(0.0, pole_m=(1.0, -0.3, 0.0), pole_o=(0.6, -1.0, 0.2), fingers_o="cupped", gaze=0.2),
    ),
    tools=(
        Tool(
            "violin",
            (0.1, 0.3, 0.04),
            "chest",
            ((0.0, (-0.20, 0.22, 0.15), (-0.50, 0.02, 0.86), (0.15, 0.95, 0.1)),),
            other=grasp((0.0, 0.72, -0.6), rod=(0.8, 0.2, 0.3)),
            origin=(0.0, -0.9, 0.0),
        ),
    ),
    things=("violin_bow",),
)
DRUMS = Deed(
    period_s=0.72,
    posture="sit",
    poses=(
        at(0.0, spine=(0.10, 0.05, 0), head=(0.15, 0.1, 0)),
        at(0.5, spine=(0.14, -0.05, 0), head=(0.24, -0.1, 0)),
        at(0.0, hand_m=(-0.02, -0.24, 0.56), rod_m=(-0.3, 0.7, 0.6), hand_o=(0.0, -0.42, 0.64)),
        at(0.25, hand_m=(-0.10, -0.46, 0.66), rod_m=(-0.4, -0.1, 0.9)),
        at(0.5, hand_m=(0.06, -0.20, 0.58), rod_m=(-0.2, 0.7, 0.6)),
        at(0.75, hand_m=(-0.02, -0.42, 0.70), rod_m=(-0.2, -0.1, 0.95)),
        at(0.5, hand_o=(0.04, -0.12, 0.54), rod_o=(-0.3, 0.8, 0.4)),
        at(0.0, rod_o=(-0.4, -0.1, 0.9), fingers_b="grip", pole_b=(1.0, -0.6, -0.3)),
    ),
    tools=(
        Tool(
            "drum",
            (0.192, 0.128, 0.201),
            "ground",
            ((0.0, (0.0, 0.64, 0.44), (0.0, 1.0, -0.15), AHEAD),),
            origin=(0.0, 1.0, 0.0),
        ),
    ),
    things=("drumstick|pencil",),
    cues=(("drum", 0.25), ("drum", 0.75), ("drum", 0.0)),
)
FLUTE = Deed(
    period_s=2.0,
    poses=(
        at(0.0, spine=(0.0, 0.05, 0.03), head=(0.05, 0.12, 0.05), pelvis=(0.012, 0, 0)),
        at(0.5, spine=(0.04, -0.03, -0.03), head=(0.10, 0.05, 0.02), pelvis=(-0.012, 0, 0)),
        at(0.0, pole_b=(1.0, -0.7, 0.0), fingers_m="cupped", fingers_o="cupped"),
        at(0.2, fingers_m="relaxed"),
        at(0.45, fingers_o="relaxed"),
        at(0.7, fingers_m="cupped"),
    ),
    tools=(
        Tool(
            "flute",
            (0.012, 0.33, 0.012),
            "face",
            ((0.0, (-0.02, -0.085, 0.045), (-0.97, 0.10, -0.1), AHEAD),),
            main=grasp((0.0, -0.55, 0.0), rod=(0.0, 1.0, 0.0), off_m=0.02),
            other=grasp((0.0, 0.15, 0.0), rod=(0.0, -1.0, 0.0), off_m=0.02),
            origin=(0.0, 0.86, 0.0),
        ),
    ),
)
TRUMPET = Deed(
    period_s=1.5,
    poses=(
        at(0.0, spine=(-0.08, 0.03, 0.02), head=(-0.06, 0, 0), pelvis=(0, 0, 0.02)),
        at(0.5, spine=(-0.12, -0.03, -0.02), head=(-0.12, 0, 0)),
        at(0.0, pole_b=(1.0, -0.8, 0.0), fingers_m="cupped", fingers_o="grip"),
        at(0.3, fingers_m="relaxed"),
    ),
    tools=(
        Tool(
            "trumpet",
            (0.061, 0.083, 0.361),
            "face",
            ((0.0, (0.0, -0.085, 0.02), UP, (0.0, -0.06, 1.0)),),
            main=grasp((-0.5, -0.1, -0.25), rod=(0.1, 1.0, 0.3)),
            other=grasp((0.5, -0.2, -0.05), rod=(-0.1, 1.0, 0.2)),
            origin=(0.0, 0.3, -1.0),
        ),
    ),
)
CONDUCT = Deed(
    period_s=1.9,
    poses=(
        at(0.0, hand_m=(0.10, 0.42, 0.55), hand_o=(0.14, 0.36, 0.55), spine=(-0.05, 0, 0)),
        at(0.22, hand_m=(0.02, -0.22, 0.66), hand_o=(0.06, -0.22, 0.64), spine=(0.08, 0, 0)),
        at(0.30, hand_m=(0.06, -0.10, 0.66), hand_o=(0.10, -0.10, 0.62)),
        at(0.50, hand_m=(-0.20, -0.10, 0.66), hand_o=(-0.10, -0.06, 0.62), spine=(0.03, 0.1, 0)),
        at(0.75, hand_m=(0.52, 0.02, 0.52), hand_o=(0.52, 0.05, 0.50), spine=(0.0, -0.1, 0)),
        at(0.0, rod_m=(-0.3, 0.7, 0.7), fingers_m="pinch", fingers_o="relaxed", head=(-0.05, 0, 0)),
        at(0.22, rod_m=(-0.2, -0.1, 1.0), head=(0.10, 0, 0)),
        at(0.50, rod_m=(-0.7, 0.2, 0.7)),
        at(0.75, rod_m=(0.5, 0.5, 0.7)),
        at(0.0, pole_b=(1.0, -0.6, -0.2), wrist_o=(0.9, -0.1, 0)),
    ),
    things=("baton|drumstick",),
)
DEEDS: Final[dict[str, Deed]] = {
    "play_guitar": GUITAR,
    "play_piano": PIANO,
    "play_violin": VIOLIN,
    "play_drums": DRUMS,
    "play_flute": FLUTE,
    "play_trumpet": TRUMPET,
    "conduct": CONDUCT,
}
__all__ = ["DEEDS"]
