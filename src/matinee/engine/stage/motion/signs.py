"""Signs and feelings: what hands, shoulders and head say without a word."""

from __future__ import annotations

from typing import Final

from .deed import Deed, Grasp, Tool, at, grasp

CROSS_ARMS = Deed(
    period_s=4.0,
    poses=(
        at(0.0, hand_m=(-0.56, -0.34, 0.34), hand_o=(-0.54, -0.46, 0.26), spine=(-0.04, 0, 0.03)),
        at(0.5, spine=(-0.06, 0, -0.02), head=(-0.03, 0, 0.03)),
        at(0.0, pole_b=(1.0, -0.9, 0.1), wrist_m=(0.9, 0.2, 0), wrist_o=(1.1, 0.1, 0)),
        at(0.0, fingers_b="relaxed", head=(0, 0, 0)),
    ),
)
HANDS_ON_HIPS = Deed(
    period_s=4.0,
    poses=(
        at(0.0, hand_b=(0.10, -0.70, 0.06), pole_b=(1.0, 0.1, -0.6), wrist_b=(1.2, 0.6, 0)),
        at(0.0, fingers_b="relaxed", spine=(-0.05, 0, 0.03), foot_b=(0.06, 0, 0)),
        at(0.5, spine=(-0.05, 0, -0.03)),
    ),
)
SCRATCH_HEAD = Deed(
    period_s=0.55,
    poses=(
        at(0.0, face_m=(0.10, 0.10, -0.08), head=(0.10, -0.1, 0.14)),
        at(0.5, face_m=(0.085, 0.12, -0.11), head=(0.11, -0.08, 0.15)),
        at(0.0, rod_m=(-0.2, 0.2, 0.9), fingers_m="cupped", pole_m=(1.0, -0.2, 0)),
        at(0.5, fingers_m=(0.3, 0.5, 0.52, 0.5, 0.5)),
    ),
)
FACEPALM = Deed(
    period_s=2.6,
    once=True,
    poses=(
        at(0.0, facing_m=0.0, head=(-0.05, 0, 0), face_m=(0.10, -0.20, 0.2), spine=(0, 0, 0)),
        at(0.30, facing_m=1.0, face_m=(0.02, -0.005, 0.055), head=(0.30, 0, 0)),
        at(0.75, facing_m=1.0, face_m=(0.02, -0.01, 0.05), head=(0.40, 0.06, 0)),
        at(1.0, facing_m=1.0, face_m=(0.02, -0.05, 0.06), head=(0.36, -0.06, 0)),
        at(0.30, spine=(0.14, 0, 0)),
        at(0.0, rod_m=(-0.75, 0.65, 0.1), fingers_m="flat", pole_m=(0.8, -1.0, 0.1)),
    ),
)
CHECK_WATCH = Deed(
    period_s=2.8,
    once=True,
    poses=(
        at(0.0, hand_o=(0.12, -0.9, 0.1), head=(0, 0, 0)),
        at(0.28, hand_o=(-0.22, -0.26, 0.46), head=(0.30, -0.28, 0)),
        at(0.70, hand_o=(-0.22, -0.25, 0.46), head=(0.30, -0.28, 0)),
        at(1.0, hand_o=(0.08, -0.8, 0.2), head=(-0.1, 0.2, 0)),
        at(0.0, hand_m=(0.12, -0.9, 0.1)),
        at(0.35, hand_m=(-0.40, -0.34, 0.46)),
        at(0.70, hand_m=(-0.40, -0.34, 0.46)),
        at(1.0, hand_m=(0.12, -0.9, 0.1)),
        at(0.0, wrist_o=(1.2, 0.1, 0), fingers_o="relaxed", pole_b=(1.0, -0.6, -0.1)),
        at(0.0, fingers_m="pinch", wrist_m=(0.8, 0.2, 0)),
    ),
)
THUMBS_UP = Deed(
    period_s=1.8,
    poses=(
        at(0.0, hand_m=(0.02, -0.22, 0.66), head=(0.0, 0, 0.04)),
        at(0.3, hand_m=(0.02, -0.16, 0.76), head=(0.10, 0, 0.05)),
        at(0.0, fingers_m="thumb", rod_m=(0.1, 1.0, 0), pole_m=(0.8, -1.0, -0.3)),
    ),
)
BECKON = Deed(
    period_s=0.95,
    poses=(
        at(0.0, hand_m=(0.06, -0.06, 0.72), wrist_m=(-1.3, -0.3, 0), fingers_m="flat"),
        at(0.5, hand_m=(0.04, 0.06, 0.50), wrist_m=(-1.3, 0.8, 0), fingers_m="cupped"),
        at(0.0, pole_m=(0.8, -1.0, -0.2), head=(-0.05, 0, 0), spine=(0.04, 0, 0)),
        at(0.5, head=(-0.10, 0, 0.04), spine=(0.0, 0, 0)),
    ),
)
STOP_SIGN = Deed(
    period_s=3.0,
    poses=(
        at(0.0, hand_m=(-0.04, 0.08, 0.90), rod_m=(-0.8, 0.6, 0.0), wrist_m=(0, -1.35, 0)),
        at(0.5, hand_m=(-0.04, 0.06, 0.93)),
        at(0.0, fingers_m="flat", pole_m=(0.8, -0.9, -0.2), spine=(-0.02, 0.2, 0)),
        at(0.0, foot_o=(0.02, 0, 0.06), head=(0.03, -0.15, 0)),
    ),
)
CURTSY = Deed(
    period_s=2.6,
    once=True,
    poses=(
        at(0.0, pelvis=(0, 0, 0), head=(0, 0, 0), spine=(0, 0, 0), foot_m=(0, 0, 0), sole_m=(0, 0)),
        at(0.20, foot_m=(-0.16, 0.03, -0.18), sole_m=(0.6, 0)),
        at(0.48, pelvis=(0, -0.20, -0.04), head=(0.34, 0, 0.06), spine=(0.14, 0, 0)),
        at(0.60, pelvis=(0, -0.20, -0.04), head=(0.34, 0, 0.06), foot_m=(-0.20, 0, -0.24)),
        at(0.60, sole_m=(0.95, 0)),
        at(0.85, pelvis=(0, 0, 0), head=(0, 0, 0), spine=(0, 0, 0)),
        at(1.0, foot_m=(0, 0, 0), sole_m=(0, 0)),
        at(0.0, hand_b=(0.12, -0.9, 0.1), fingers_b="pinch", knee_b=0.3),
        at(0.40, hand_b=(0.42, -0.72, 0.20)),
        at(0.65, hand_b=(0.44, -0.70, 0.20)),
        at(1.0, hand_b=(0.12, -0.9, 0.1)),
    ),
)
CAST_SPELL = Deed(
    period_s=2.8,
    poses=(
        at(0.0, hand_m=(0.25, -0.15, 0.25), hand_o=(0.30, -0.35, 0.2), spine=(-0.05, -0.3, 0)),
        at(0.25, hand_m=(0.35, 0.55, -0.05), hand_o=(0.55, -0.1, 0.3), spine=(-0.14, -0.35, 0)),
        at(0.45, hand_m=(-0.06, 0.10, 0.95), hand_o=(0.45, -0.2, -0.3), spine=(0.16, 0.35, 0)),
        at(0.70, hand_m=(-0.06, 0.14, 0.95), hand_o=(0.50, -0.1, -0.3), spine=(0.14, 0.35, 0)),
        at(0.0, foot_o=(0.05, 0, 0.10), foot_m=(0.05, 0, -0.08), pelvis=(0, -0.04, -0.02)),
        at(0.45, pelvis=(0, -0.14, 0.06), head=(-0.1, -0.2, 0)),
        at(0.70, pelvis=(0, -0.14, 0.06), head=(-0.1, -0.2, 0)),
        at(0.0, fingers_b="splayed", wrist_m=(0.6, -0.5, 0), pole_m=(1.0, -0.5, -0.2)),
        at(0.0, head=(0.02, 0.2, 0)),
    ),
    things=("wand",),
    cues=(("spark", 0.45),),
)
COVER_EARS = Deed(
    period_s=1.6,
    poses=(
        at(0.0, face_b=(0.10, -0.03, -0.10), head=(0.26, 0, 0), spine=(0.18, 0, 0)),
        at(0.5, head=(0.30, 0.12, 0), spine=(0.22, 0, 0.03)),
        at(0.0, rod_b=(0, 1, 0.1), fingers_b="flat", pole_b=(1.0, -0.5, 0.3), shrug_b=0.2),
        at(0.0, pelvis=(0, -0.06, 0)),
    ),
)
COVER_EYES = Deed(
    period_s=2.4,
    poses=(
        at(0.0, face_b=(0.055, 0.0, 0.045), head=(0.18, 0, 0), rod_b=(-0.2, 0.9, -0.1)),
        at(0.0, fingers_b="flat", pole_b=(0.9, -0.9, 0.2), shrug_b=0.12),
        at(0.6, head=(0.10, 0.1, 0)),
    ),
)
COWER = Deed(
    period_s=0.42,
    poses=(
        at(0.0, pelvis=(0, -0.34, -0.10), spine=(0.50, 0.1, 0.02), tilt=(0.34, 0, 0)),
        at(0.5, pelvis=(0, -0.345, -0.10), spine=(0.51, 0.1, -0.01), tilt=(0.34, 0, 0)),
        at(0.0, hand_m=(-0.15, 0.30, 0.40), hand_o=(-0.12, 0.22, 0.44), head=(0.30, 0.15, 0)),
        at(0.5, hand_m=(-0.15, 0.31, 0.40), head=(0.31, 0.13, 0)),
        at(0.0, fingers_b="splayed", pole_b=(1.0, -0.5, 0.3), shrug_b=0.35, wrist_b=(0.6, -0.5, 0)),
    ),
)
HIDE = Deed(
    period_s=3.6,
    poses=(
        at(0.0, pelvis=(0, -0.50, -0.16), tilt=(0.50, 0, 0), spine=(0.45, 0, 0)),
        at(0.45, pelvis=(0.05, -0.38, -0.10), tilt=(0.42, 0, 0.06), spine=(0.30, 0, 0.16)),
        at(0.60, pelvis=(0.05, -0.38, -0.10), tilt=(0.42, 0, 0.06), spine=(0.30, 0, 0.16)),
        at(0.0, head=(0.15, 0, 0), hand_b=(-0.14, -0.42, 0.42), fingers_b="relaxed"),
        at(0.45, head=(-0.40, 0.25, 0.05)),
        at(0.60, head=(-0.40, -0.25, 0.05)),
        at(0.0, foot_m=(0.05, 0, -0.12), foot_o=(0.05, 0, 0.10), sole_m=(0.5, 0.1), knee_b=0.35),
    ),
)
PEEK = Deed(
    period_s=3.2,
    poses=(
        at(0.0, spine=(0.05, 0, 0.0), head=(0, 0, 0), pelvis=(-0.03, 0, 0)),
        at(0.4, spine=(0.14, 0.15, 0.40), head=(-0.08, 0.1, 0.15), pelvis=(0.07, -0.02, 0)),
        at(0.7, spine=(0.14, 0.20, 0.42), head=(-0.05, -0.15, 0.15), pelvis=(0.07, -0.02, 0)),
        at(0.0, hand_m=(0.10, -0.10, 0.55), fingers_m="flat", wrist_m=(0.3, -0.9, 0)),
        at(0.0, foot_m=(0.08, 0, 0)),
    ),
)
WHISPER = Deed(
    period_s=3.0,
    poses=(
        at(0.0, face_m=(0.055, -0.075, 0.085), spine=(0.12, 0.05, -0.10), head=(0.06, 0.10, -0.08)),
        at(0.5, face_m=(0.055, -0.08, 0.085), spine=(0.14, 0.05, -0.14), head=(0.04, 0.14, -0.10)),
        at(0.0, rod_m=(-0.1, 0.8, -0.5), fingers_m="flat", pole_m=(1.0, -0.8, 0)),
    ),
)
YAWN = Deed(
    period_s=3.8,
    poses=(
        at(0.0, facing_m=0.0, face_m=(0.03, -0.10, 0.12), spine=(0, 0, 0), head=(0.05, 0, 0)),
        at(0.25, facing_m=1.0, face_m=(0.03, -0.08, 0.075), spine=(-0.14, 0, 0)),
        at(0.55, facing_m=1.0, face_m=(0.03, -0.08, 0.075), spine=(-0.16, 0, 0.04)),
        at(0.25, head=(-0.26, 0, 0.05)),
        at(0.55, head=(-0.30, 0, 0.06)),
        at(0.75, facing_m=0.0, head=(0.10, 0, 0), spine=(0.08, 0, 0)),
        at(0.0, hand_o=(0.12, -0.9, 0.1), hand_m=(0.05, -0.7, 0.3), shrug_b=0.0),
        at(0.45, hand_o=(0.62, 0.30, -0.05), shrug_b=0.25),
        at(0.8, hand_o=(0.12, -0.88, 0.1), shrug_b=0.0),
        at(0.0, rod_m=(-0.9, 0.4, 0), fingers_m="flat", fingers_o="fist", pole_m=(1, -0.8, 0)),
    ),
)
SNEEZE = Deed(
    period_s=2.4,
    poses=(
        at(0.0, head=(0, 0, 0), spine=(0, 0, 0), facing_m=0.0, face_m=(0.05, -0.12, 0.14)),
        at(0.35, head=(-0.34, 0, 0), spine=(-0.18, 0, 0), facing_m=0.6, shrug_b=0.3),
        at(0.46, head=(-0.38, 0, 0), spine=(-0.2, 0, 0), facing_m=0.8),
        at(0.54, head=(0.50, 0, 0), spine=(0.50, 0, 0), facing_m=1.0, face_m=(0.03, -0.06, 0.06)),
        at(0.66, head=(0.35, 0, 0), spine=(0.32, 0, 0), facing_m=1.0, shrug_b=0.1),
        at(0.85, head=(0.05, 0, 0), spine=(0.05, 0, 0), facing_m=0.3),
        at(0.0, shrug_b=0.0, fingers_m="cupped", rod_m=(-0.9, 0.5, 0), hand_m=(0, -0.5, 0.4)),
        at(0.0, pole_m=(1.0, -0.5, 0.1), pelvis=(0, 0, 0)),
        at(0.54, pelvis=(0, -0.05, -0.06)),
    ),
)
COUGH = Deed(
    period_s=1.5,
    poses=(
        at(0.0, head=(0.10, 0, 0), spine=(0.12, 0, 0)),
        at(0.16, head=(0.30, 0, 0), spine=(0.30, 0, 0), shrug_b=0.2),
        at(0.28, head=(0.14, 0, 0), spine=(0.16, 0, 0), shrug_b=0.05),
        at(0.42, head=(0.32, 0, 0), spine=(0.32, 0, 0), shrug_b=0.2),
        at(0.60, head=(0.12, 0, 0), spine=(0.14, 0, 0), shrug_b=0.02),
        at(0.0, face_m=(0.02, -0.08, 0.07), rod_m=(-0.8, 0.5, 0.1), fingers_m="fist", shrug_b=0.02),
        at(0.0, pole_m=(1.0, -0.6, 0), hand_o=(-0.12, -0.40, 0.34), wrist_o=(0.6, 0.2, 0)),
    ),
)
SCREAM = Deed(
    period_s=2.0,
    poses=(
        at(0.0, face_b=(0.11, -0.06, 0.02), head=(-0.16, 0, 0.03), spine=(-0.10, 0, 0)),
        at(0.5, head=(-0.24, 0, -0.03), spine=(-0.02, 0, 0.03), pelvis=(0, -0.05, -0.03)),
        at(0.0, rod_b=(0, 1, -0.1), fingers_b="splayed", pole_b=(1.0, -0.5, 0.1), shrug_b=0.3),
        at(0.0, pelvis=(0, -0.08, -0.05), foot_m=(0.05, 0, -0.08)),
    ),
)
SURPRISED = Deed(
    period_s=2.4,
    once=True,
    poses=(
        at(0.0, facing_m=0.0, face_m=(0.05, -0.12, 0.15), spine=(0, 0, 0), head=(0, 0, 0)),
        at(0.14, spine=(-0.18, 0, 0), head=(-0.12, 0, 0), shrug_b=0.35, pelvis=(0, 0.02, -0.08)),
        at(0.26, facing_m=1.0, face_m=(0.03, -0.085, 0.075), hand_o=(0.2, -0.35, 0.42)),
        at(0.7, spine=(-0.08, 0, 0), head=(-0.04, 0, 0.03), shrug_b=0.15, pelvis=(0, 0, -0.06)),
        at(1.0, facing_m=1.0, face_m=(0.03, -0.085, 0.075), hand_o=(0.1, -0.5, 0.40)),
        at(0.0, foot_m=(0, 0, 0), shrug_b=0.0, pelvis=(0, 0, 0), hand_o=(0.12, -0.9, 0.1)),
        at(0.16, foot_m=(0.02, 0.05, -0.10)),
        at(0.30, foot_m=(0.02, 0.0, -0.18)),
        at(0.0, rod_m=(-0.9, 0.5, 0), fingers_b="splayed", hand_m=(0, -0.5, 0.4)),
    ),
)
TREMBLE = Deed(
    period_s=0.16,
    poses=(
        at(0.0, hand_m=(-0.54, -0.30, 0.32), hand_o=(-0.52, -0.42, 0.26), spine=(0.20, 0.015, 0)),
        at(0.5, hand_m=(-0.54, -0.31, 0.33), hand_o=(-0.52, -0.41, 0.25), spine=(0.20, -0.015, 0)),
        at(0.0, head=(0.14, 0.02, 0), shrug_b=0.32, pelvis=(0, -0.05, 0), fingers_b="fist"),
        at(0.5, head=(0.14, -0.02, 0), shrug_b=0.34),
        at(0.0, foot_b=(-0.03, 0, 0), pole_b=(1.0, -0.9, 0.1), wrist_b=(0.9, 0.2, 0), knee_b=-0.1),
    ),
)
FLEX = Deed(
    period_s=3.2,
    poses=(
        at(0.0, hand_b=(0.56, 0.30, 0.05), spine=(-0.06, -0.10, 0), head=(0, 0.2, 0)),
        at(0.4, hand_b=(0.46, 0.42, 0.0), spine=(-0.06, 0.12, 0), head=(0, -0.2, 0)),
        at(0.0, pole_b=(1.0, -0.3, 0.0), fingers_b="fist", wrist_b=(-0.4, 0.8, 0)),
        at(0.0, foot_b=(0.07, 0, 0), pelvis=(0, -0.03, 0)),
    ),
)
HEART = Deed(
    period_s=3.2,
    poses=(
        at(0.0, hand_m=(-0.42, -0.24, 0.34), head=(0.08, 0, 0.06), spine=(0.03, 0, 0)),
        at(0.5, hand_m=(-0.42, -0.23, 0.36), head=(0.04, 0, 0.02), spine=(0.0, 0, 0)),
        at(0.0, wrist_m=(0.5, 0.35, 0), fingers_m="flat", pole_m=(1.0, -0.6, 0)),
    ),
)
SHAKE_HEAD = Deed(
    period_s=0.9,
    poses=(at(0.0, head=(0.05, 0.42, 0)), at(0.5, head=(0.05, -0.42, 0))),
)
SIGH = Deed(
    period_s=3.0,
    poses=(
        at(0.0, shrug_b=0.0, spine=(0.0, 0, 0), head=(0.05, 0, 0)),
        at(0.35, shrug_b=0.30, spine=(-0.10, 0, 0), head=(-0.12, 0, 0)),
        at(0.62, shrug_b=-0.12, spine=(0.16, 0, 0), head=(0.30, 0.05, 0.03)),
        at(0.85, shrug_b=-0.08, spine=(0.12, 0, 0), head=(0.24, -0.05, 0.03)),
    ),
)
LEAN = Deed(
    period_s=5.0,
    poses=(
        at(0.0, pelvis=(0.06, -0.02, -0.05), tilt=(-0.06, 0, 0.10), spine=(0.06, 0, 0.06)),
        at(0.5, spine=(0.07, 0.04, 0.05)),
        at(0.0, foot_o=(-0.10, 0, 0.16), sole_o=(0.0, 0.2), foot_m=(0.0, 0, 0.02)),
        at(0.0, hand_m=(-0.52, -0.42, 0.30), hand_o=(-0.54, -0.50, 0.24), pole_b=(1.0, -0.9, 0.1)),
        at(0.0, wrist_b=(1.0, 0.1, 0), head=(0, 0.1, -0.04)),
    ),
)
LOOK_UP = Deed(
    period_s=4.5,
    poses=(
        at(0.0, head=(-0.52, 0.10, 0), spine=(-0.14, 0, 0), gaze=0.0),
        at(0.5, head=(-0.58, -0.16, 0), spine=(-0.16, -0.05, 0)),
    ),
)
LOOK_BACK = Deed(
    period_s=3.6,
    poses=(
        at(0.0, head=(0, 0.0, 0), spine=(0, 0, 0), tilt=(0, 0, 0), gaze=0.0),
        at(0.3, head=(0, -1.15, 0), spine=(0, -0.70, 0), tilt=(0, -0.25, 0)),
        at(0.65, head=(0.05, -1.1, 0), spine=(0, -0.68, 0), tilt=(0, -0.25, 0)),
    ),
)
SHADE_EYES = Deed(
    period_s=4.0,
    poses=(
        at(0.0, face_m=(0.07, 0.055, 0.055), head=(0.0, 0.25, 0), spine=(0.05, 0.1, 0)),
        at(0.5, head=(0.0, -0.25, 0), spine=(0.05, -0.1, 0)),
        at(0.0, rod_m=(0.1, 0.15, -1.0), fingers_m="flat", pole_m=(1.0, -0.5, 0.1)),
        at(0.0, hand_o=(0.12, -0.70, 0.05), wrist_o=(1.0, 0.5, 0), pole_o=(1.0, 0.0, -0.6)),
    ),
)
SHUSH = Deed(
    period_s=2.8,
    poses=(
        at(0.0, face_m=(0.025, -0.14, 0.075), head=(0.08, 0, 0.03), spine=(0.06, 0, 0)),
        at(0.5, face_m=(0.025, -0.135, 0.08), head=(0.12, 0, 0.03)),
        at(0.0, rod_m=(-0.9, 0.0, -0.3), fingers_m="point", pole_m=(0.9, -1.0, 0.1)),
    ),
)
MAP = Deed(
    period_s=4.4,
    poses=(
        at(0.0, head=(0.40, 0.12, 0), spine=(0.08, 0, 0)),
        at(0.35, head=(0.40, -0.14, 0)),
        at(0.60, head=(-0.10, -0.45, 0), spine=(0.0, -0.1, 0)),
        at(0.80, head=(-0.08, 0.30, 0)),
        at(0.0, pole_b=(1.0, -0.9, -0.2), fingers_b="grip"),
    ),
    tools=(
        Tool(
            "map",
            (0.214, 0.146, 0.029),
            "chest",
            ((0.0, (0.0, -0.30, 0.70), (0.0, 0.84, 0.55), (0.0, 0.5, -0.85)),),
            main=grasp((0.95, -0.35, 0.0), rod=(0.1, 1.0, 0.2)),
            other=grasp((-0.95, -0.35, 0.0), rod=(-0.1, 1.0, 0.2)),
        ),
    ),
)
DEEDS: Final[dict[str, Deed]] = {
    "cross_arms": CROSS_ARMS,
    "hands_on_hips": HANDS_ON_HIPS,
    "scratch_head": SCRATCH_HEAD,
    "facepalm": FACEPALM,
    "check_watch": CHECK_WATCH,
    "thumbs_up": THUMBS_UP,
    "beckon": BECKON,
    "stop_sign": STOP_SIGN,
    "curtsy": CURTSY,
    "cast_spell": CAST_SPELL,
    "cover_ears": COVER_EARS,
    "cover_eyes": COVER_EYES,
    "cower": COWER,
    "hide": HIDE,
    "peek": PEEK,
    "whisper": WHISPER,
    "yawn": YAWN,
    "sneeze": SNEEZE,
    "cough": COUGH,
    "scream": SCREAM,
    "gasp": SURPRISED,
    "tremble": TREMBLE,
    "flex": FLEX,
    "hand_on_heart": HEART,
    "shake_head": SHAKE_HEAD,
    "sigh": SIGH,
    "lean": LEAN,
    "look_up": LOOK_UP,
    "look_back": LOOK_BACK,
    "shade_eyes": SHADE_EYES,
    "shush": SHUSH,
    "read_map": MAP,
}
__all__ = ["DEEDS", "Grasp"]
