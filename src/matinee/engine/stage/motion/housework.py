"""Work about the house: kitchen, washing, sweeping, the garden."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Grasp, Tool, at, grasp

UP, AHEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
STEADY = at(0.0, hand_o=(-0.06, -0.60, 0.54), fingers_o="cupped", wrist_o=(0.4, 0, 0))
OVER_TABLE = at(0.0, head=(0.34, 0, 0), spine=(0.12, 0, 0), pole_b=(1.0, -0.6, -0.3))


def _pole(
    kind: str, half: tuple[float, float, float], low: float, sweep: float, *, period_s: float
) -> Deed:
    """Work the floor with something on a long stick, two hands on it, in strokes to the front."""
    return Deed(
        period_s=period_s,
        poses=(
            at(0.0, spine=(0.20, 0.20, 0), tilt=(0.16, 0.1, 0), head=(0.28, 0, 0)),
            at(0.5, spine=(0.26, -0.15, 0), tilt=(0.20, -0.1, 0), head=(0.30, 0, 0)),
            at(0.0, pelvis=(0.02, -0.03, -0.03), foot_m=(0.04, 0, -0.10), foot_o=(0.04, 0, 0.16)),
            at(0.5, pelvis=(-0.02, -0.05, 0.02)),
            at(0.0, pole_b=(1.0, -0.6, -0.2)),
        ),
        tools=(
            Tool(
                kind,
                half,
                "body",
                (
                    (0.0, (0.26, low, 0.34), (-0.30, 0.92, -0.10), (0.2, 0.1, 1.0)),
                    (0.5, (0.10, low, 0.34 + sweep), (-0.14, 0.92, -0.42), (0.2, 0.3, 1.0)),
                    (0.75, (0.20, low + 0.09, 0.34 + 0.5 * sweep), (-0.2, 0.93, -0.26), AHEAD),
                ),
                main=grasp((0.0, 0.02, 0.0)),
                other=grasp((0.0, 0.52, 0.0)),
                origin=(0.0, -1.0, 0.0),
            ),
        ),
    )


SWEEP = _pole("broom", (0.15, 0.70, 0.035), 0.01, 0.34, period_s=1.5)
MOP = _pole("mop|broom", (0.15, 0.70, 0.05), 0.01, 0.42, period_s=1.9)
RAKE = _pole("rake|broom", (0.2, 0.8, 0.05), 0.02, 0.5, period_s=1.7)
VACUUM = Deed(
    period_s=2.1,
    poses=(
        at(0.0, hand_m=(0.0, -0.62, 0.46), hand_o=(-0.16, -0.52, 0.40), tilt=(0.12, 0, 0)),
        at(0.5, hand_m=(-0.02, -0.58, 0.84), hand_o=(-0.18, -0.52, 0.66), tilt=(0.26, 0, 0)),
        at(0.0, rod_b=(-0.1, -0.3, 1.0), fingers_b="grip", head=(0.30, 0, 0), spine=(0.16, 0, 0)),
        at(0.0, foot_m=(0.03, 0, -0.10), foot_o=(0.03, 0, 0.14), pole_b=(1.0, -0.4, -0.5)),
    ),
    tools=(
        Tool(
            "vacuum",
            (0.187, 0.493, 0.58),
            "ground",
            ((0.0, (0.0, 0.002, 0.72), UP, AHEAD), (0.5, (0.0, 0.002, 0.98), UP, AHEAD)),
            origin=(0.0, -1.0, 0.0),
        ),
    ),
)
DIG = Deed(
    period_s=2.9,
    poses=(
        at(0.0, spine=(0.25, 0, 0), tilt=(0.22, 0, 0), pelvis=(0, -0.06, 0), head=(0.25, 0, 0)),
        at(0.30, spine=(0.45, 0, 0), tilt=(0.42, 0, 0), pelvis=(0, -0.16, 0.02), head=(0.2, 0, 0)),
        at(0.50, spine=(0.50, 0.1, 0), tilt=(0.45, 0, 0), pelvis=(0, -0.20, -0.02)),
        at(0.74, spine=(0.15, 0.5, 0), tilt=(0.12, 0.3, 0), pelvis=(0, -0.04, 0), head=(0.2, 0, 0)),
        at(0.0, foot_o=(0.04, 0, 0.16), foot_m=(0.05, 0, -0.12), pole_b=(1.0, -0.5, -0.2)),
    ),
    tools=(
        Tool(
            "shovel",
            (0.12, 0.60, 0.05),
            "body",
            (
                (0.0, (0.10, 0.26, 0.52), (-0.10, 0.90, -0.38), AHEAD),
                (0.26, (0.08, -0.12, 0.56), (-0.10, 0.92, -0.34), AHEAD),
                (0.48, (0.08, 0.02, 0.66), (-0.06, 0.52, -0.82), (0, 0.8, 0.5)),
                (0.70, (-0.42, 0.52, 0.62), (0.55, 0.25, -0.76), (0.0, 0.95, 0.2)),
                (0.80, (-0.44, 0.44, 0.62), (0.55, 0.30, -0.72), (0.7, 0.6, 0.2)),
            ),
            main=grasp((0.0, 0.12, 0.0)),
            other=grasp((0.0, 0.84, 0.0)),
            origin=(0.0, -1.0, 0.0),
        ),
    ),
    cues=(("strike", 0.26),),
)
CHOP_WOOD = Deed(
    period_s=2.2,
    poses=(
        at(0.0, spine=(0.42, 0, 0), tilt=(0.50, 0, 0), pelvis=(0, -0.20, -0.06), head=(0.1, 0, 0)),
        at(0.40, spine=(-0.14, 0, 0), tilt=(-0.05, 0, 0), pelvis=(0, 0.0, 0.02), head=(0.1, 0, 0)),
        at(0.60, spine=(-0.20, 0, 0), tilt=(-0.08, 0, 0), pelvis=(0, 0.02, 0.02)),
        at(0.78, spine=(0.44, 0, 0), tilt=(0.52, 0, 0), pelvis=(0, -0.22, -0.06)),
        at(0.0, foot_b=(0.13, 0, 0), pole_b=(0.9, -0.8, -0.1), sole_b=(0, 0.15)),
    ),
    tools=(
        Tool(
            "axe",
            (0.08, 0.40, 0.03),
            "chest",
            (
                (0.0, (0.0, -0.34, 0.78), (0.0, 0.10, 1.0), (1.0, 0.0, 0.0)),
                (0.20, (0.10, -0.40, 0.62), (0.15, 0.55, 0.8), (1.0, 0.0, 0.0)),
                (0.45, (0.05, 0.62, 0.34), (0.1, 0.55, -0.8), (1.0, 0.0, 0.0)),
                (0.60, (0.0, 0.70, 0.20), (0.0, 0.10, -1.0), (1.0, 0.0, 0.0)),
                (0.69, (0.0, 0.45, 0.66), (0.0, 0.85, 0.5), (1.0, 0.0, 0.0)),
                (0.78, (0.0, -0.34, 0.80), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)),
            ),
            main=Grasp(
                (
                    (0.0, (0.0, -0.55, 0.0)),
                    (0.22, (0.0, 0.30, 0.0)),
                    (0.45, (0.0, 0.10, 0.0)),
                    (0.70, (0.0, -0.50, 0.0)),
                )
            ),
            other=grasp((0.0, -0.86, 0.0)),
            origin=(0.0, -0.8, 0.0),
        ),
    ),
    cues=(("strike", 0.78),),
)
HAMMER = Deed(
    period_s=0.82,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(0.04, -0.12, 0.40), rod_m=(-0.2, 0.9, 0.1), hand_o=(-0.16, -0.52, 0.66)),
        at(0.45, hand_m=(-0.06, -0.40, 0.62), rod_m=(-0.3, 0.25, 0.9)),
        at(0.55, hand_m=(-0.06, -0.38, 0.61), rod_m=(-0.3, 0.35, 0.85)),
        at(0.0, fingers_m="fist", fingers_o="pinch", wrist_o=(0.3, 0.2, 0)),
    ),
    things=("hammer",),
    cues=(("strike", 0.47),),
)
SAW = Deed(
    period_s=0.9,
    poses=(
        at(0.0, spine=(0.28, 0.22, 0), tilt=(0.28, 0.1, 0), head=(0.15, 0, 0)),
        at(0.5, spine=(0.28, -0.10, 0), tilt=(0.28, 0, 0), pelvis=(0, -0.06, 0.02)),
        at(0.0, hand_m=(-0.12, -0.58, 0.72), hand_o=(-0.12, -0.60, 0.62), rod_m=(-0.1, 0.2, 1.0)),
        at(0.5, hand_m=(0.02, -0.44, 0.10), rod_m=(-0.1, 0.0, 1.0)),
        at(0.0, foot_m=(0.04, 0, -0.22), foot_o=(0.04, 0, 0.16), pole_m=(0.6, 0.3, -1.0)),
        at(0.0, fingers_m="fist", fingers_o="flat", wrist_o=(1.2, -0.3, 0), pole_o=(1.0, -0.3, 0)),
    ),
    things=("saw",),
)
FIX = Deed(
    period_s=1.6,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.12, -0.42, 0.56), rod_m=(-0.3, 0.2, 0.95), hand_o=(-0.18, -0.46, 0.58)),
        at(0.5, rod_m=(-0.5, 0.75, 0.5), hand_m=(-0.12, -0.40, 0.55)),
        at(0.7, rod_m=(-0.1, -0.2, 1.0), hand_m=(-0.12, -0.44, 0.57)),
        at(0.0, fingers_m="fist", fingers_o="pinch"),
        at(0.5, head=(0.38, 0.1, 0.06)),
    ),
    things=("wrench|screwdriver",),
)
CHOP = Deed(
    period_s=0.52,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.10, -0.52, 0.56), rod_m=(-0.2, 0.45, 0.9)),
        at(0.5, hand_m=(-0.10, -0.58, 0.58), rod_m=(-0.2, 0.0, 1.0)),
        at(0.0, hand_o=(-0.18, -0.60, 0.60), fingers_o="pinch", wrist_o=(0.9, 0.3, 0)),
        at(0.0, fingers_m="grip"),
    ),
    things=("knife",),
)
KNEAD = Deed(
    period_s=1.1,
    poses=(
        at(0.0, tilt=(0.24, 0, 0), spine=(0.16, 0.1, 0), head=(0.3, 0, 0), pelvis=(0, -0.04, 0.02)),
        at(0.5, tilt=(0.10, 0, 0), spine=(0.10, -0.1, 0), pelvis=(0, -0.01, -0.03)),
        at(0.0, hand_m=(-0.16, -0.58, 0.74), hand_o=(-0.16, -0.58, 0.72), fingers_b="cupped"),
        at(0.5, hand_m=(-0.14, -0.54, 0.46), hand_o=(-0.14, -0.52, 0.50), fingers_b="fist"),
        at(0.0, wrist_b=(1.2, -0.5, 0), pole_b=(1.0, -0.3, -0.4)),
        at(0.5, wrist_b=(1.2, 0.2, 0)),
    ),
)
POUR = Deed(
    period_s=4.0,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.10, -0.45, 0.50), rod_m=(0, 1, 0.1)),
        at(0.25, hand_m=(-0.16, -0.16, 0.62), rod_m=(-0.85, -0.15, 0.25)),
        at(0.65, hand_m=(-0.16, -0.12, 0.62), rod_m=(-0.85, -0.42, 0.25)),
        at(0.85, hand_m=(-0.10, -0.40, 0.52), rod_m=(0, 1, 0.1)),
        at(0.0, hand_o=(-0.10, -0.50, 0.60), rod_o=(0, 1, 0.05), fingers_b="grip"),
    ),
    things=("bottle",),
)
STIR = Deed(
    period_s=1.15,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.04, -0.40, 0.58), rod_m=(-0.2, -0.85, 0.3)),
        at(0.25, hand_m=(-0.10, -0.42, 0.66), rod_m=(-0.1, -0.90, 0.4)),
        at(0.5, hand_m=(-0.18, -0.40, 0.58), rod_m=(0.1, -0.9, 0.3)),
        at(0.75, hand_m=(-0.10, -0.38, 0.50), rod_m=(0.0, -0.95, 0.1)),
        at(0.0, hand_o=(-0.10, -0.52, 0.58), rod_o=(0.3, 0.4, 0.8), fingers_b="grip"),
    ),
    things=("spoon",),
)
BAKE = Deed(
    period_s=3.6,
    poses=(
        at(0.0, hand_b=(-0.02, -0.46, 0.46), spine=(0.04, 0, 0), tilt=(0, 0, 0)),
        at(0.5, hand_b=(-0.02, -0.50, 0.82), spine=(0.30, 0, 0), tilt=(0.42, 0, 0)),
        at(0.62, hand_b=(-0.02, -0.48, 0.84), pelvis=(0, -0.22, -0.10)),
        at(0.0, pelvis=(0, 0, 0), wrist_b=(-1.3, 0.1, 0), fingers_b="cupped", head=(0.25, 0, 0)),
        at(0.0, pole_b=(1.0, -0.8, -0.3)),
    ),
    tools=(
        Tool(
            "tray",
            (0.22, 0.02, 0.16),
            "chest",
            (
                (0.0, (0.0, -0.44, 0.60), UP, AHEAD),
                (0.5, (0.0, -0.44, 0.90), (0.0, 1.0, 0.4), AHEAD),
                (0.62, (0.0, -0.44, 0.92), (0.0, 1.0, 0.5), AHEAD),
            ),
            main=grasp((-0.9, -1.0, -0.2), rod=(-1.0, 0.1, 0.2)),
            other=grasp((0.9, -1.0, -0.2), rod=(1.0, 0.1, 0.2)),
        ),
    ),
)
GRILL = Deed(
    period_s=2.6,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.04, -0.46, 0.66), rod_m=(-0.2, -0.35, 0.9)),
        at(0.35, hand_m=(-0.08, -0.48, 0.76), rod_m=(-0.2, -0.2, 1.0)),
        at(0.50, hand_m=(-0.06, -0.34, 0.70), rod_m=(0.2, 0.5, 0.85)),
        at(0.62, hand_m=(-0.06, -0.40, 0.70), rod_m=(-0.8, 0.0, 0.6)),
        at(0.0, hand_o=(0.18, -0.62, 0.12), fingers_b="grip", wrist_o=(0.8, 0.2, 0)),
    ),
    things=("spatula|spoon",),
)
TASTE = Deed(
    period_s=3.4,
    poses=(
        at(0.0, face_m=(0.10, -0.34, 0.30), rod_m=(-0.5, 0.2, 0.8), facing_m=1.0),
        at(0.35, face_m=(0.085, -0.06, 0.10), rod_m=(-0.85, 0.35, -0.2)),
        at(0.55, face_m=(0.085, -0.06, 0.09), rod_m=(-0.85, 0.35, -0.2)),
        at(0.75, face_m=(0.12, -0.26, 0.26), rod_m=(-0.5, 0.2, 0.8)),
        at(0.0, head=(0.15, 0, 0)),
        at(0.45, head=(-0.05, 0, 0.05)),
        at(0.75, head=(-0.12, 0.1, 0.08)),
        at(0.0, fingers_m="pinch", pole_m=(0.9, -0.9, -0.1), hand_o=(-0.1, -0.52, 0.5)),
    ),
    things=("spoon",),
)
WASH_DISHES = Deed(
    period_s=1.0,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.20, -0.50, 0.58), hand_o=(-0.10, -0.46, 0.56)),
        at(0.25, hand_m=(-0.14, -0.42, 0.60)),
        at(0.5, hand_m=(-0.08, -0.50, 0.58), hand_o=(-0.12, -0.48, 0.58)),
        at(0.75, hand_m=(-0.14, -0.56, 0.56)),
        at(0.0, rod_o=(0.2, 0.8, 0.5), fingers_o="grip", wrist_m=(0.6, 0.3, 0), fingers_m="cupped"),
    ),
    things=("plate",),
)
WASH_HANDS = Deed(
    period_s=0.95,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(-0.22, -0.46, 0.58), hand_o=(-0.20, -0.50, 0.56), wrist_m=(0.9, 0.1, 0)),
        at(0.5, hand_m=(-0.20, -0.50, 0.54), hand_o=(-0.22, -0.46, 0.60), wrist_m=(-0.2, 0.1, 0)),
        at(0.0, wrist_o=(-0.5, 0.2, 0), fingers_b="cupped"),
        at(0.5, wrist_o=(0.6, 0.2, 0)),
    ),
)
IRON = Deed(
    period_s=2.0,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(0.10, -0.54, 0.52), rod_m=(0, 0.15, 1), spine=(0.12, -0.1, 0)),
        at(0.5, hand_m=(-0.28, -0.54, 0.66), rod_m=(-0.5, 0.15, 0.9), spine=(0.16, 0.2, 0)),
        at(0.0, hand_o=(0.05, -0.58, 0.54), wrist_o=(1.2, -0.3, 0), fingers_o="flat"),
        at(0.0, fingers_m="grip", tilt=(0.08, 0, 0)),
    ),
    things=("iron",),
)
WIPE = Deed(
    period_s=1.4,
    poses=(
        OVER_TABLE,
        at(0.0, hand_m=(0.10, -0.54, 0.60), tilt=(0.22, 0, 0)),
        at(0.25, hand_m=(-0.10, -0.52, 0.78), tilt=(0.26, 0, 0)),
        at(0.5, hand_m=(-0.32, -0.54, 0.62)),
        at(0.75, hand_m=(-0.10, -0.56, 0.48)),
        at(0.0, wrist_m=(1.25, -0.2, 0), fingers_m="flat", hand_o=(0.02, -0.58, 0.42)),
        at(0.0, wrist_o=(1.2, -0.4, 0)),
    ),
    things=("cloth",),
)
WATER = Deed(
    period_s=4.2,
    poses=(
        at(0.0, hand_m=(0.0, -0.55, 0.56), rod_m=(-0.1, 0.25, 1.0), spine=(0.16, 0.1, 0)),
        at(0.4, hand_m=(-0.10, -0.45, 0.62), rod_m=(-0.1, -0.5, 0.9), spine=(0.22, 0.2, 0)),
        at(0.75, hand_m=(0.05, -0.45, 0.62), rod_m=(0.2, -0.55, 0.9), spine=(0.22, -0.05, 0)),
        at(0.0, head=(0.32, 0, 0), tilt=(0.12, 0, 0), fingers_m="grip", pole_m=(1.0, -0.5, -0.4)),
    ),
    things=("watering_can|bucket",),
)
PLANT = Deed(
    period_s=2.6,
    posture="kneel",
    poses=(
        at(0.0, reach_m=(0.06, 0.08, 0.46), reach_o=(0.08, 0.07, 0.50), tilt=(0.45, 0, 0)),
        at(0.3, reach_m=(0.10, 0.04, 0.40), reach_o=(0.16, 0.05, 0.48)),
        at(0.6, reach_m=(0.16, 0.05, 0.50), reach_o=(0.10, 0.04, 0.42)),
        at(0.85, reach_m=(0.06, 0.18, 0.44), reach_o=(0.06, 0.14, 0.46)),
        at(0.0, spine=(0.62, 0, 0), head=(0.1, 0, 0), strain=0.6, fingers_b="cupped"),
        at(0.0, wrist_b=(0.8, 0.2, 0), pole_b=(1.0, 0.0, -0.3)),
    ),
)
PICK_FRUIT = Deed(
    period_s=2.4,
    poses=(
        at(0.0, hand_m=(-0.05, 0.55, 0.55), head=(-0.4, 0, 0), spine=(-0.08, 0, 0)),
        at(0.3, hand_m=(-0.10, 0.78, 0.50), sole_b=(0.4, 0), head=(-0.5, 0, 0)),
        at(0.45, hand_m=(-0.08, 0.60, 0.48), sole_b=(0.1, 0)),
        at(0.75, hand_m=(-0.18, -0.45, 0.50), head=(0.2, 0, 0), spine=(0.08, 0, 0)),
        at(0.0, hand_o=(-0.12, -0.55, 0.48), wrist_o=(-1.2, 0, 0), fingers_o="cupped"),
        at(0.0, sole_b=(0, 0), fingers_m="cupped", pole_m=(0.9, -0.7, 0)),
        at(0.3, fingers_m="grip"),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "sweep": SWEEP,
    "mop": MOP,
    "rake": RAKE,
    "vacuum": VACUUM,
    "dig": DIG,
    "chop_wood": CHOP_WOOD,
    "hammer": HAMMER,
    "saw": SAW,
    "fix": FIX,
    "chop": CHOP,
    "knead": KNEAD,
    "pour": POUR,
    "stir": STIR,
    "bake": BAKE,
    "grill": GRILL,
    "taste": TASTE,
    "wash_dishes": WASH_DISHES,
    "wash_hands": WASH_HANDS,
    "iron": IRON,
    "wipe": WIPE,
    "water_plants": WATER,
    "plant": PLANT,
    "pick_fruit": PICK_FRUIT,
}
__all__ = ["DEEDS"]
