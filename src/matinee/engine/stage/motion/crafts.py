"""Crafts and errands: drawing, sewing, filming, carrying, opening, knocking, feeding."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Tool, at, grasp

UP, AHEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

PAINT = Deed(
    period_s=1.9,
    poses=(
        at(0.0, hand_m=(-0.02, 0.06, 0.78), rod_m=(-0.2, 0.25, 1.0), spine=(0.04, 0.1, 0)),
        at(0.30, hand_m=(-0.22, -0.10, 0.80), rod_m=(-0.4, 0.1, 1.0), spine=(0.06, 0.15, 0)),
        at(0.55, hand_m=(-0.05, -0.22, 0.76), rod_m=(-0.2, 0.2, 1.0)),
        at(0.80, hand_m=(0.10, -0.04, 0.74), rod_m=(0.0, 0.4, 0.9)),
        at(0.0, hand_o=(-0.04, -0.46, 0.44), wrist_o=(-1.2, 0.1, 0), fingers_o="cupped"),
        at(0.0, fingers_m="pinch", pole_m=(1.0, -0.8, -0.2), head=(0.06, 0, 0.05)),
        at(0.5, head=(0.02, 0.05, 0.10)),
    ),
    tools=(
        Tool(
            "easel",
            (0.4, 0.829, 0.366),
            "ground",
            ((0.0, (0.0, 0.002, 0.60), UP, AHEAD),),
            origin=(0.0, -1.0, -0.4),
        ),
    ),
    things=("paintbrush|pencil",),
)
DRAW = Deed(
    period_s=1.1,
    poses=(
        at(0.0, hand_m=(-0.18, -0.42, 0.52), rod_m=(-0.2, 0.85, -0.3)),
        at(0.35, hand_m=(-0.28, -0.38, 0.54)),
        at(0.6, hand_m=(-0.20, -0.36, 0.56)),
        at(0.0, hand_o=(-0.12, -0.44, 0.50), wrist_o=(-0.9, 0.1, 0), fingers_o="cupped"),
        at(0.0, fingers_m="pinch", head=(0.36, 0.05, 0), spine=(0.10, 0, 0)),
        at(0.8, head=(0.30, -0.05, 0.04)),
    ),
    things=("pencil|pen",),
)
SEW = Deed(
    period_s=1.7,
    poses=(
        at(0.0, hand_m=(-0.24, -0.40, 0.46), rod_m=(-0.4, 0.5, 0.7), hand_o=(-0.24, -0.44, 0.44)),
        at(0.35, hand_m=(-0.28, -0.44, 0.46)),
        at(0.65, hand_m=(0.05, -0.18, 0.56), rod_m=(0.2, 0.9, 0.3)),
        at(0.0, fingers_b="pinch", head=(0.42, 0.03, 0), spine=(0.14, 0, 0), wrist_o=(0.3, 0.2, 0)),
        at(0.65, head=(0.36, -0.04, 0)),
    ),
)
KNIT = Deed(
    period_s=0.85,
    poses=(
        at(0.0, hand_m=(-0.20, -0.44, 0.44), hand_o=(-0.20, -0.44, 0.44), rod_m=(-0.6, 0.4, 0.7)),
        at(0.5, hand_m=(-0.24, -0.40, 0.46), rod_m=(-0.8, 0.2, 0.6), hand_o=(-0.18, -0.46, 0.46)),
        at(0.0, rod_o=(-0.6, 0.4, 0.7), fingers_b="pinch", head=(0.36, 0, 0), spine=(0.10, 0, 0)),
        at(0.5, rod_o=(-0.5, 0.6, 0.6)),
    ),
)
PHOTOGRAPH = Deed(
    period_s=3.0,
    poses=(
        at(0.0, spine=(0.04, 0.06, 0), head=(0.04, 0, 0.06)),
        at(0.4, spine=(0.10, -0.06, 0), head=(0.06, 0, 0.04), pelvis=(0, -0.05, 0)),
        at(0.0, pole_b=(0.7, -1.0, 0.0), pelvis=(0, -0.02, 0), fingers_b="grip"),
    ),
    tools=(
        Tool(
            "camera",
            (0.07, 0.053, 0.047),
            "face",
            ((0.0, (0.0, -0.005, 0.085), UP, AHEAD),),
            main=grasp((-1.05, -0.3, -0.2), rod=(0.3, 1.0, -0.2)),
            other=grasp((1.0, -0.8, 0.3), rod=(-0.6, 0.2, 0.9)),
        ),
    ),
    cues=(("click", 0.45),),
)
SELFIE = Deed(
    period_s=3.4,
    poses=(
        at(0.0, hand_m=(0.06, 0.26, 0.86), head=(-0.04, -0.10, 0.10), spine=(-0.02, -0.05, 0.06)),
        at(0.45, hand_m=(0.10, 0.32, 0.84), head=(-0.06, -0.12, -0.10), spine=(-0.02, 0, -0.03)),
        at(0.0, rod_m=(-0.9, 0.25, 0.1), wrist_m=(0, -0.5, 0), fingers_m="pinch"),
        at(0.0, pole_m=(0.7, -0.9, -0.2), hand_o=(0.10, -0.06, 0.34), wrist_o=(-0.3, -0.3, 0)),
        at(0.0, fingers_o=(0.8, -0.05, -0.05, 0.95, 0.95), pole_o=(0.9, -1.0, 0.1)),
    ),
    things=("phone",),
    cues=(("click", 0.5),),
)
USE_PHONE = Deed(
    period_s=0.9,
    poses=(
        at(0.0, hand_m=(-0.16, -0.34, 0.46), hand_o=(-0.24, -0.36, 0.48), head=(0.40, 0, 0)),
        at(0.5, hand_o=(-0.26, -0.33, 0.49), head=(0.40, 0.03, 0)),
        at(0.0, rod_m=(-0.8, 0.3, 0.5), fingers_m="cupped", fingers_o="point", wrist_o=(0.4, 0, 0)),
        at(0.0, pole_b=(0.8, -1.0, -0.2), spine=(0.06, 0, 0)),
    ),
    things=("phone",),
)
KNOCK = Deed(
    period_s=0.5,
    poses=(
        at(0.0, hand_m=(-0.06, 0.06, 0.60), wrist_m=(0.9, -0.5, 0), fingers_m="fist"),
        at(0.45, hand_m=(-0.06, 0.08, 0.74), wrist_m=(0.9, -0.2, 0)),
        at(0.0, pole_m=(0.8, -1.0, -0.2), spine=(0.04, 0.05, 0), head=(0.0, 0.1, 0.05)),
        at(0.45, spine=(0.05, 0.07, 0)),
    ),
    cues=(("knock", 0.45),),
)
OPEN = Deed(
    period_s=2.4,
    once=True,
    poses=(
        at(0.0, hand_m=(0.05, -0.75, 0.25), spine=(0, 0, 0), tilt=(0, 0, 0)),
        at(0.28, hand_m=(-0.04, -0.44, 0.84), spine=(0.08, 0.10, 0)),
        at(0.42, hand_m=(-0.04, -0.46, 0.84), spine=(0.08, 0.10, 0), rod_m=(-0.9, 0.2, 0.1)),
        at(0.78, hand_m=(0.42, -0.44, 0.30), spine=(-0.02, -0.35, 0), tilt=(0, -0.2, 0)),
        at(1.0, hand_m=(0.55, -0.46, 0.30), spine=(-0.02, -0.30, 0)),
        at(0.0, rod_m=(-0.9, 0.3, 0.2), fingers_m="relaxed", foot_m=(0, 0, 0), head=(0.1, 0, 0)),
        at(0.30, fingers_m="grip"),
        at(0.60, foot_m=(0.04, 0.05, -0.10)),
        at(0.80, foot_m=(0.06, 0.0, -0.20), head=(0, 0.3, 0)),
    ),
)
CLOSE = Deed(
    period_s=2.0,
    once=True,
    poses=(
        at(0.0, hand_m=(0.45, -0.44, 0.40), spine=(0, -0.25, 0), fingers_m="flat"),
        at(0.55, hand_m=(-0.06, -0.40, 0.88), spine=(0.10, 0.12, 0)),
        at(0.80, hand_m=(-0.06, -0.40, 0.86), spine=(0.08, 0.10, 0)),
        at(1.0, hand_m=(0.05, -0.7, 0.3), spine=(0, 0, 0)),
        at(0.0, rod_m=(-0.7, 0.7, 0.1), wrist_m=(0, -0.9, 0)),
    ),
    cues=(("knock", 0.6),),
)
OPEN_BOX = Deed(
    period_s=3.0,
    poses=(
        at(0.0, hand_b=(-0.20, -0.50, 0.60), head=(0.34, 0, 0), spine=(0.12, 0, 0)),
        at(0.35, hand_b=(-0.18, -0.44, 0.58)),
        at(0.55, hand_b=(0.20, -0.28, 0.60), head=(0.26, 0, 0), spine=(0.04, 0, 0)),
        at(0.80, hand_b=(0.18, -0.34, 0.58), head=(0.36, 0, 0), spine=(0.16, 0, 0)),
        at(0.0, fingers_b="pinch", wrist_b=(0.3, 0.1, 0), pole_b=(1.0, -0.7, -0.3)),
        at(0.55, wrist_b=(-0.8, -0.2, 0)),
    ),
)
CARRY = Deed(
    period_s=4.0,
    poses=(
        at(0.0, hand_b=(-0.05, -0.62, 0.60), spine=(-0.12, 0, 0.01), pelvis=(0, -0.02, 0.02)),
        at(0.5, hand_b=(-0.05, -0.63, 0.60), spine=(-0.12, 0, -0.01)),
        at(0.0, pole_b=(0.9, -0.4, -0.7), fingers_b="cupped"),
    ),
    tools=(
        Tool(
            "box|crate",
            (0.2, 0.15, 0.15),
            "chest",
            ((0.0, (0.0, -0.58, 0.70), UP, AHEAD),),
            main=grasp((-1.12, -0.5, 0.0), rod=(0.2, 0.6, 0.8)),
            other=grasp((1.12, -0.5, 0.0), rod=(-0.2, 0.6, 0.8)),
        ),
    ),
)
PULL = Deed(
    period_s=1.5,
    poses=(
        at(0.0, tilt=(-0.30, 0, 0), spine=(0.10, 0, 0), pelvis=(0, -0.16, -0.08), head=(0.1, 0, 0)),
        at(0.5, tilt=(-0.42, 0, 0), spine=(-0.02, 0, 0), pelvis=(0, -0.20, -0.16)),
        at(0.0, hand_b=(-0.18, -0.22, 0.92), foot_m=(0.05, 0, 0.26), foot_o=(0.05, 0, -0.02)),
        at(0.5, hand_b=(-0.18, -0.30, 0.62)),
        at(0.0, rod_b=(-0.6, 0.5, 0.5), fingers_b="fist", pole_b=(1.0, -0.8, -0.3)),
    ),
)
STACK = Deed(
    period_s=3.0,
    poses=(
        at(0.0, hand_b=(-0.10, -0.45, 0.70), tilt=(0.72, 0, 0), spine=(0.55, 0, 0)),
        at(0.18, hand_b=(-0.12, -0.45, 0.70), pelvis=(0, -0.28, -0.14), tilt=(0.8, 0, 0)),
        at(0.50, hand_b=(-0.10, -0.46, 0.52), tilt=(0.05, 0, 0), spine=(0.0, 0, 0)),
        at(0.75, hand_b=(-0.10, -0.16, 0.84), tilt=(0.08, 0, 0), spine=(0.06, 0, 0)),
        at(0.0, pelvis=(0, -0.20, -0.12), wrist_b=(0.1, 0, 0), fingers_b="cupped"),
        at(0.5, pelvis=(0, 0, 0)),
        at(0.75, pelvis=(0, 0, 0), head=(0.1, 0, 0)),
        at(0.0, head=(-0.1, 0, 0), pole_b=(1.0, -0.7, -0.3)),
    ),
)
PET = Deed(
    period_s=1.7,
    posture="kneel",
    poses=(
        at(0.0, reach_m=(0.08, 0.52, 0.52), tilt=(0.10, 0, 0), spine=(0.22, 0, 0)),
        at(0.6, reach_m=(0.20, 0.48, 0.40)),
        at(0.8, reach_m=(0.14, 0.56, 0.44)),
        at(0.0, head=(0.30, -0.1, 0.06), rod_m=(-0.8, 0.1, 0.5), fingers_m="flat", strain=0.5),
        at(0.0, pole_m=(1.0, -0.2, -0.3)),
    ),
)
FEED = Deed(
    period_s=2.6,
    posture="kneel",
    poses=(
        at(0.0, reach_m=(0.12, 0.42, 0.58), spine=(0.30, 0.1, 0), tilt=(0.12, 0, 0)),
        at(0.5, reach_m=(0.12, 0.46, 0.52)),
        at(0.0, head=(0.25, 0, 0.05), rod_m=(0.9, 0.1, 0.3), fingers_m="cupped", strain=0.5),
        at(0.0, pole_m=(1.0, -0.6, -0.3)),
    ),
)
WALK_DOG = Deed(
    period_s=2.0,
    poses=(
        at(0.0, hand_m=(0.10, -0.62, 0.50), fingers_m="fist", wrist_m=(0.6, 0.1, 0)),
        at(0.5, hand_m=(0.12, -0.64, 0.56), spine=(0.02, 0.05, 0)),
        at(0.0, head=(0.12, -0.15, 0)),
    ),
)
FISH = Deed(
    period_s=4.6,
    poses=(
        at(0.0, spine=(0.02, 0.05, 0), head=(0.12, 0, 0)),
        at(0.5, spine=(0.04, 0.02, 0), head=(0.16, 0.05, 0)),
        at(0.0, pole_b=(1.0, -0.6, -0.4)),
    ),
    tools=(
        Tool(
            "fishing_rod",
            (0.03, 0.9, 0.03),
            "chest",
            (
                (0.0, (0.10, -0.56, 0.50), (-0.05, 0.55, 0.8), (0, 0.8, -0.5)),
                (0.5, (0.10, -0.54, 0.50), (-0.05, 0.50, 0.85), (0, 0.8, -0.5)),
                (0.62, (0.10, -0.46, 0.46), (-0.05, 0.75, 0.6), (0, 0.8, -0.5)),
            ),
            main=grasp((0.0, -0.90, -0.4)),
            other=grasp((0.0, -0.76, -0.4)),
            origin=(0.0, -0.85, -0.4),
        ),
    ),
)
SHOP_CART = Deed(
    period_s=2.0,
    poses=(at(0.0, tilt=(0.08, 0, 0), pole_b=(1.0, -0.5, -0.5)),),
    tools=(
        Tool(
            "shopping_cart",
            (0.302, 0.508, 0.506),
            "ground",
            ((0.0, (0.0, 0.002, 0.40), UP, AHEAD),),
            main=grasp((-0.7, 0.97, -0.92), rod=(1.0, 0.0, 0.0)),
            other=grasp((0.7, 0.97, -0.92), rod=(-1.0, 0.0, 0.0)),
            origin=(0.0, -1.0, -0.92),
        ),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "paint": PAINT,
    "draw": DRAW,
    "sew": SEW,
    "knit": KNIT,
    "photograph": PHOTOGRAPH,
    "selfie": SELFIE,
    "use_phone": USE_PHONE,
    "knock": KNOCK,
    "open": OPEN,
    "close": CLOSE,
    "open_box": OPEN_BOX,
    "carry": CARRY,
    "pull": PULL,
    "stack": STACK,
    "pet": PET,
    "feed": FEED,
    "walk_dog": WALK_DOG,
    "fish": FISH,
    "push_cart": SHOP_CART,
}
__all__ = ["DEEDS"]
