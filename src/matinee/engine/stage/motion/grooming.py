"""Care of oneself: teeth, hair, face, clothes; small pleasures at the mouth."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Tool, at, grasp

AHEAD = (0.0, 0.0, 1.0)
IDLE_O = at(0.0, hand_o=(0.06, -0.72, 0.30))
BRUSH_TEETH = Deed(
    period_s=0.38,
    poses=(
        IDLE_O,
        at(0.0, pole_m=(1.0, -0.35, -0.2), fingers_m="grip", head=(0.06, 0, 0.05)),
        at(0.5, head=(0.06, 0.03, 0.06)),
    ),
    tools=(
        Tool(
            "toothbrush",
            (0.007, 0.094, 0.011),
            "face",
            (
                (0.0, (0.020, -0.072, 0.016), (-0.93, 0.12, -0.30), (0.0, 0.9, 0.2)),
                (0.5, (-0.012, -0.070, 0.020), (-0.93, 0.16, -0.26), (0.0, 0.9, 0.2)),
            ),
            main=grasp((0.0, -0.62, 0.0)),
            origin=(0.0, 0.8, 0.0),
        ),
    ),
)
COMB_HAIR = Deed(
    period_s=1.6,
    poses=(
        IDLE_O,
        at(0.0, face_m=(0.08, 0.14, 0.04), rod_m=(-0.8, 0.5, 0.0)),
        at(0.55, face_m=(0.14, 0.02, -0.16), rod_m=(-0.7, 0.3, -0.6)),
        at(0.75, face_m=(0.20, 0.06, -0.06), rod_m=(-0.8, 0.4, -0.2)),
        at(0.0, head=(0.05, 0, -0.12), pole_m=(1.0, -0.2, 0.0), fingers_m="grip"),
        at(0.5, head=(0.05, 0.05, -0.18)),
    ),
    things=("comb|hairbrush",),
)
SHAVE = Deed(
    period_s=1.5,
    poses=(
        at(0.0, face_m=(0.085, -0.02, 0.01), rod_m=(-0.5, 0.8, 0.2), hand_o=(-0.1, -0.3, 0.5)),
        at(0.6, face_m=(0.07, -0.12, 0.04), rod_m=(-0.6, 0.6, 0.3)),
        at(0.8, face_m=(0.12, -0.10, 0.08), rod_m=(-0.5, 0.8, 0.2)),
        at(0.0, face_o=(0.08, -0.02, 0.0), fingers_o="flat", fingers_m="pinch"),
        at(0.0, head=(-0.12, -0.18, 0.10), pole_b=(1.0, -0.6, -0.1), rod_o=(0.0, 1.0, 0.2)),
    ),
    things=("razor",),
)
LIPSTICK = Deed(
    period_s=1.9,
    poses=(
        at(0.0, face_m=(0.06, -0.115, 0.075), rod_m=(-0.75, 0.55, -0.3)),
        at(0.5, face_m=(0.02, -0.12, 0.085), rod_m=(-0.6, 0.6, -0.45)),
        at(0.0, fingers_m="pinch", head=(-0.05, 0.05, 0.04), pole_m=(0.9, -0.9, 0.0)),
        at(0.0, hand_o=(-0.08, -0.10, 0.62), wrist_o=(-0.7, -0.3, 0), fingers_o="cupped"),
    ),
    things=("lipstick",),
)
MAKEUP = Deed(
    period_s=1.3,
    poses=(
        at(0.0, face_m=(0.085, -0.02, 0.055), rod_m=(-0.5, 0.7, -0.5)),
        at(0.5, face_m=(0.095, -0.06, 0.045), rod_m=(-0.5, 0.7, -0.5)),
        at(0.0, fingers_m="pinch", head=(0.0, -0.1, 0.06), pole_m=(1.0, -0.7, 0.0)),
        at(0.0, hand_o=(-0.08, -0.10, 0.62), wrist_o=(-0.7, -0.3, 0), fingers_o="cupped"),
    ),
    things=("makeup_brush|paintbrush",),
)
WASH_FACE = Deed(
    period_s=1.0,
    poses=(
        at(0.0, face_b=(0.05, -0.02, 0.055), rod_b=(-0.1, 1.0, 0.1), head=(0.35, 0, 0)),
        at(0.5, face_b=(0.06, -0.09, 0.05), rod_b=(-0.1, 1.0, 0.1)),
        at(0.0, fingers_b="flat", spine=(0.25, 0, 0), tilt=(0.2, 0, 0), pole_b=(0.8, -1.0, 0.2)),
    ),
)
HAT_ON = Deed(
    period_s=2.6,
    once=True,
    poses=(
        at(0.0, face_b=(0.16, -0.46, 0.34), facing_b=1.0, head=(0.15, 0, 0)),
        at(0.20, face_b=(0.16, -0.42, 0.36), facing_b=1.0),
        at(0.48, face_b=(0.165, 0.26, 0.02), facing_b=1.0, head=(0.14, 0, 0)),
        at(0.62, face_b=(0.165, 0.125, -0.06), facing_b=1.0, head=(0.18, 0, 0)),
        at(0.80, face_b=(0.165, 0.12, -0.06), facing_b=1.0, head=(0, 0, 0)),
        at(1.0, facing_b=0.0, head=(-0.03, 0, 0), hand_b=(0.10, -0.85, 0.15)),
        at(0.0, rod_b=(0.0, 0.3, 0.95), fingers_b="cupped", pole_b=(1.0, -0.6, 0.0)),
        at(0.0, gripping_b=1.0, palm_b=1.0),
    ),
    tools=(
        Tool(
            "hat",
            (0.168, 0.055, 0.168),
            "face",
            (
                (0.0, (0.0, -0.44, 0.34), (0, 1, 0.2), AHEAD),
                (0.20, (0.0, -0.40, 0.36), (0, 1, 0.2), AHEAD),
                (0.48, (0.0, 0.27, 0.02), (0, 1, 0.15), AHEAD),
                (0.62, (0.0, 0.115, -0.075), (0, 1, -0.06), AHEAD),
                (1.0, (0.0, 0.115, -0.075), (0, 1, -0.06), AHEAD),
            ),
        ),
    ),
)
TIP_HAT = Deed(
    period_s=2.2,
    once=True,
    poses=(
        at(0.0, facing_m=0.0, face_m=(0.12, 0.0, 0.14), hand_m=(0.10, -0.85, 0.15)),
        at(0.35, facing_m=1.0, face_m=(0.08, 0.075, 0.075), head=(0.05, 0, 0)),
        at(0.52, facing_m=1.0, face_m=(0.08, 0.075, 0.075), head=(0.26, 0, 0), spine=(0.1, 0, 0)),
        at(0.70, facing_m=1.0, face_m=(0.10, 0.06, 0.12), head=(0.05, 0, 0)),
        at(1.0, facing_m=0.0, head=(0, 0, 0), spine=(0, 0, 0)),
        at(0.0, rod_m=(-0.95, 0.1, -0.2), fingers_m="pinch", pole_m=(1.0, -0.6, 0)),
        at(0.0, head=(0, 0, 0), spine=(0, 0, 0)),
    ),
)
DRESS = Deed(
    period_s=3.4,
    poses=(
        at(0.0, hand_m=(0.35, -0.35, -0.30), hand_o=(-0.20, -0.30, 0.40), spine=(0, -0.3, 0)),
        at(0.25, hand_m=(0.55, -0.10, 0.30), hand_o=(-0.30, -0.14, 0.34), spine=(0, -0.1, 0.1)),
        at(0.50, hand_m=(-0.20, -0.18, 0.34), hand_o=(0.40, -0.35, -0.25), spine=(0, 0.3, 0)),
        at(0.70, hand_b=(-0.26, -0.28, 0.34), spine=(0.05, 0, 0), head=(0.30, 0, 0)),
        at(0.90, hand_b=(-0.26, -0.55, 0.32), head=(0.34, 0, 0), spine=(0.05, 0, 0)),
        at(0.0, fingers_b="pinch", pole_b=(1.0, -0.3, -0.2), head=(0.1, 0.2, 0)),
    ),
)
SMOKE = Deed(
    period_s=5.6,
    poses=(
        at(0.0, face_m=(0.10, -0.40, 0.26), rod_m=(-0.3, 0.6, 0.7), head=(0.02, 0, 0)),
        at(0.18, face_m=(0.055, -0.10, 0.085), rod_m=(-0.6, 0.8, 0.2), head=(0.06, 0, 0)),
        at(0.34, face_m=(0.055, -0.10, 0.085), rod_m=(-0.6, 0.8, 0.2), spine=(-0.05, 0, 0)),
        at(0.50, face_m=(0.24, -0.36, 0.30), rod_m=(-0.2, 0.7, 0.7), head=(-0.22, 0.1, 0)),
        at(0.75, head=(-0.12, 0.12, 0), spine=(0.02, 0, 0)),
        at(0.0, fingers_m=(0.3, 0.12, 0.15, 0.6, 0.7), pole_m=(0.9, -0.9, 0), spine=(0, 0, 0)),
        at(0.0, hand_o=(-0.16, -0.55, 0.30), wrist_o=(0.9, 0.1, 0)),
    ),
    things=("cigarette",),
)
BLOW_KISS = Deed(
    period_s=2.2,
    once=True,
    poses=(
        at(0.0, facing_m=0.0, face_m=(0.10, -0.30, 0.2), hand_m=(0.05, -0.6, 0.3)),
        at(0.28, facing_m=1.0, face_m=(0.02, -0.085, 0.06), head=(0.10, 0, 0)),
        at(0.45, facing_m=1.0, face_m=(0.02, -0.085, 0.06), head=(0.10, 0, 0)),
        at(0.72, facing_m=0.0, hand_m=(0.10, -0.12, 0.90), head=(-0.10, 0, 0.10)),
        at(1.0, facing_m=0.0, hand_m=(0.2, -0.25, 0.85), head=(-0.05, 0, 0.08)),
        at(0.0, rod_m=(-0.5, 0.3, 0.8), fingers_m="flat", pole_m=(1.0, -0.7, 0), spine=(0, 0, 0)),
        at(0.72, rod_m=(0.8, 0.1, -0.3), spine=(0.12, 0.1, 0)),
        at(1.0, spine=(0.05, 0, 0)),
    ),
)
BLOW_CANDLES = Deed(
    period_s=3.0,
    poses=(
        at(0.0, spine=(-0.08, 0, 0), tilt=(0, 0, 0), head=(-0.12, 0, 0), pelvis=(0, 0, 0)),
        at(0.40, spine=(-0.12, 0, 0), tilt=(0.05, 0, 0), head=(-0.15, 0, 0)),
        at(
            0.58, spine=(0.34, 0, 0), tilt=(0.46, 0, 0), head=(-0.12, 0, 0), pelvis=(0, -0.02, -0.1)
        ),
        at(0.80, spine=(0.36, 0, 0), tilt=(0.48, 0, 0), head=(-0.10, 0.1, 0)),
        at(0.0, hand_b=(0.05, -0.70, 0.35), shrug_b=0.0),
        at(0.40, hand_b=(0.06, -0.62, 0.38), shrug_b=0.25),
        at(0.58, shrug_b=-0.05, hand_b=(0.0, -0.75, 0.45)),
    ),
)
BLOW_BUBBLES = Deed(
    period_s=3.4,
    poses=(
        at(0.0, face_m=(0.02, -0.10, 0.13), rod_m=(-0.35, 0.9, 0.1), head=(-0.02, 0, 0)),
        at(0.45, face_m=(0.02, -0.09, 0.13), rod_m=(-0.35, 0.9, 0.1), head=(-0.10, 0, 0)),
        at(0.75, face_m=(0.12, -0.05, 0.30), rod_m=(0.1, 0.9, 0.4), head=(-0.15, 0.1, 0)),
        at(0.0, fingers_m="pinch", pole_m=(0.9, -0.9, 0), hand_o=(-0.12, -0.45, 0.44)),
        at(0.0, rod_o=(0, 1, 0.1), fingers_o="grip"),
    ),
)
TOAST = Deed(
    period_s=3.6,
    poses=(
        at(0.0, hand_m=(0.0, -0.40, 0.55), rod_m=(-0.05, 1.0, 0.1), head=(0, 0, 0)),
        at(0.30, hand_m=(0.02, 0.14, 0.82), rod_m=(-0.05, 1.0, 0.15), head=(-0.12, 0, 0)),
        at(0.60, hand_m=(0.02, 0.16, 0.84), rod_m=(-0.1, 1.0, 0.2), spine=(0.05, 0.12, 0)),
        at(0.0, fingers_m="grip", pole_m=(0.8, -0.9, -0.2), spine=(0, 0, 0)),
    ),
    things=("wine_glass|glass",),
    cues=(("clink", 0.35),),
)
MIRROR = Deed(
    period_s=4.0,
    poses=(
        at(0.0, face_m=(0.09, -0.03, 0.05), head=(0, -0.25, 0.05), rod_m=(0, 1, 0.1)),
        at(0.45, face_m=(0.10, 0.10, 0.02), head=(0.02, 0.25, -0.05), rod_m=(-0.3, 0.9, -0.2)),
        at(0.0, fingers_m="relaxed", pole_m=(1.0, -0.8, 0), spine=(0.08, 0, 0)),
        at(0.0, hand_o=(0.16, -0.60, 0.05), wrist_o=(0.9, 0.3, 0)),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "brush_teeth": BRUSH_TEETH,
    "comb_hair": COMB_HAIR,
    "shave": SHAVE,
    "apply_lipstick": LIPSTICK,
    "apply_makeup": MAKEUP,
    "wash_face": WASH_FACE,
    "put_on_hat": HAT_ON,
    "tip_hat": TIP_HAT,
    "get_dressed": DRESS,
    "smoke": SMOKE,
    "blow_kiss": BLOW_KISS,
    "blow_candles": BLOW_CANDLES,
    "blow_bubbles": BLOW_BUBBLES,
    "toast": TOAST,
    "look_in_mirror": MIRROR,
}
__all__ = ["DEEDS"]
