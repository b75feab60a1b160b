"""Making music: hands on strings, keys, sticks and valves."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Grasp, Tool, at, grasp

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
    poses=(
        at(0.0, spine=(0.10, 0, 0.02), head=(0.24, 0.10, 0.02), fingers_m="cupped"),
        at(0.5, spine=(0.16, 0, -0.02), head=(0.32, -0.10, 0.0), fingers_o="cupped"),
        at(0.0, hand_m=(-0.04, -0.52, 0.74), hand_o=(0.0, -0.46, 0.74), wrist_m=(1.25, -0.1, 0)),
        at(0.25, hand_m=(-0.12, -0.47, 0.76), hand_o=(0.02, -0.53, 0.74), wrist_o=(1.25, 0.1, 0)),
        at(0.5, hand_m=(-0.14, -0.53, 0.74), hand_o=(0.10, -0.47, 0.76), wrist_m=(1.25, 0.15, 0)),
        at(0.75, hand_m=(0.02, -0.46, 0.76), hand_o=(0.08, -0.53, 0.74), wrist_o=(1.25, -0.1, 0)),
        at(0.0, pole_b=(0.8, -0.8, -0.4)),
    ),
)
DEEDS: Final[dict[str, Deed]] = {"play_guitar": GUITAR, "play_piano": PIANO}
__all__ = ["DEEDS", "grasp"]
