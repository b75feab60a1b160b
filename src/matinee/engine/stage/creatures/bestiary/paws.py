"""What goes on paws: dogs and cats of all kinds, bears, apes and small animals."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Species

DOG = Species("dog", "quadruped", 0.56, Coat("#b9782f", "#ecd9b4", "#6d4118", ends="#e6cfa6",
    muzzle="#e3c595", pattern="saddle"), ear="flop", ear_m=0.6, fur=0.075, tail_up=0.75,
    brush=1.7, weight=0.35, eye=0.08, snout=0.165, muzzle=0.42, leg=1.05)  # fmt: skip
WOLF = replace(DOG, name="wolf", unit_m=0.74, coat=Coat("#85827d", "#d6cfc2", "#3f3d3d",
    ends="#b9ae9c", muzzle="#d8d0c4", pattern="saddle", iris="#c68a1e"), ear="prick", ear_m=0.34,
    tail_up=-0.75, fur=0.1, brush=2.2, muzzle=0.5, weight=0.4)  # fmt: skip
FOX = replace(DOG, name="fox", unit_m=0.38, coat=Coat("#c95a17", "#f3ead9", "#7d2f0c",
    ends="#2a1a14", muzzle="#f3ead9", pattern="plain", iris="#b9791a"), leg=0.8, depth=0.4,
    ear="prick", ear_m=0.5, muzzle=0.5, snout=0.11, skull=0.27, eye=0.075, tail=0.95, tail_m=0.06,
    tail_up=-0.35, brush=3.2, fur=0.09, weight=0.25, pace=0.8)  # fmt: skip
CAT = replace(DOG, name="cat", unit_m=0.28, coat=Coat("#b98d57", "#f1e4cc", "#5f3d1e",
    ends="#f1e4cc", muzzle="#f4ead8", pattern="tabby", nose="#b9635a", iris="#75952c"),
    trunk=1.05, depth=0.42, belly=0.38, leg=0.95, neck=0.24, neck_up=0.8, neck_m=0.11,
    head=0.46, skull=0.34, muzzle=0.17, snout=0.165, drop=0.05, eye=0.098, eye_out=0.5,
    ear="prick", ear_m=0.44, tail=1.0, tail_m=0.04, tail_up=0.95, brush=1.2, fur=0.06,
    weight=0.12, pace=0.62)  # fmt: skip
LION = replace(CAT, name="lion", unit_m=1.1, coat=Coat("#c9974e", "#ecd8ab", "#a8783a",
    muzzle="#efe0bd", nose="#3a2320", iris="#b98a2a", mane="#5d3416"), trunk=1.1,
    depth=0.46, leg=1.2, neck=0.28, neck_up=0.55, neck_m=0.14, head=0.42, skull=0.29,
    muzzle=0.34, snout=0.185, eye=0.066, ear="round", ear_m=0.24, tail=0.95, tail_m=0.025,
    tail_up=-0.6, brush=0.5, fur=0.02, mane="ruff", weight=0.5, pace=1.1, eye_out=0.62,
    extras=("tuft",))  # fmt: skip
BEAR = replace(DOG, name="bear", unit_m=1.0, coat=Coat("#5b3a22", "#4f321d", "#3d2614",
    ends="#362213", muzzle="#a5794c", iris="#2a170c"), trunk=1.1, depth=0.56, belly=0.54,
    width=0.86, leg=1.45, wrist=0.12, hock=0.14, neck=0.28, neck_up=0.35, neck_m=0.18, head=0.46,
    skull=0.33, muzzle=0.34, snout=0.15, eye=0.055, ear="round", ear_m=0.22, tail=0.1,
    tail_m=0.05, tail_up=-0.5, fur=0.085, brush=1.0, weight=0.7, pace=0.95)  # fmt: skip
RABBIT = replace(CAT, name="rabbit", unit_m=0.19, coat=Coat("#9b7f5f", "#f1e9da", "#6d563d",
    ends="#b49a78", muzzle="#d8c6a8", nose="#b97a70", iris="#2a170c"), trunk=0.95, depth=0.62,
    belly=0.66, width=0.86, leg=0.95, neck=0.22, head=0.56, skull=0.3, muzzle=0.2, snout=0.185,
    eye=0.1, eye_out=0.9, ear="long", ear_m=0.95, tail=0.16, tail_m=0.1, tail_up=0.9, fur=0.08,
    hops=True, weight=0.1, pace=0.7)  # fmt: skip
TIGER = replace(CAT, name="tiger", unit_m=0.95, coat=replace(CAT.coat, base="#d0741c",
    below="#f4eadb", marks="#1c1310", muzzle="#f6efe2", ends="#d98a3a", pattern="stripes",
    nose="#b0625a", iris="#b98a2a"), trunk=1.15, leg=1.2, head=0.4, skull=0.29, muzzle=0.34,
    snout=0.18, eye=0.066, eye_out=0.62, ear="round", ear_m=0.25, tail_m=0.035, tail_up=-0.5,
    fur=0.03, neck_up=0.5, neck_m=0.14, weight=0.5, pace=1.1)  # fmt: skip
PANDA = replace(BEAR, name="panda", unit_m=0.8, coat=Coat("#efeae0", "#efeae0", "#16130f",
    ends="#16130f", muzzle="#efeae0", iris="#20140c", pattern="panda"))  # fmt: skip
HUSKY = replace(WOLF, name="husky", unit_m=0.58, coat=Coat("#4b4d52", "#f2efe8", "#2c2d31",
    ends="#f2efe8", muzzle="#f5f2ec", pattern="back", iris="#6fa8d8"), tail_up=0.95, brush=2.6,
    ear_m=0.36, muzzle=0.42)  # fmt: skip
GOLDEN_RETRIEVER = replace(DOG, name="golden_retriever", unit_m=0.58, coat=Coat("#d6a356",
    "#efd7a4", "#c08a3e", ends="#e2bd7b", muzzle="#e8cd98"), fur=0.1, tail_up=0.35, brush=2.8,
    snout=0.175, skull=0.28)  # fmt: skip
CORGI = replace(DOG, name="corgi", unit_m=0.3, coat=Coat("#cf8236", "#f7f1e6", "#a9601f",
    ends="#f7f1e6", muzzle="#f7f1e6"), trunk=1.5, depth=0.66, belly=0.58, leg=1.25, head=0.68,
    ear="prick", ear_m=0.46, tail=0.14, tail_m=0.07, fur=0.11, wrist=0.13, hock=0.2, neck_m=0.19,
    neck=0.4)  # fmt: skip
DALMATIAN = replace(DOG, name="dalmatian", unit_m=0.57, coat=Coat("#f4f2ee", "#f8f6f2",
    "#1b1a1a", muzzle="#f4f2ee", pattern="rosettes"), fur=0.022, tail_m=0.026, brush=0.4,
    tail_up=0.4)  # fmt: skip
SHEPHERD = replace(WOLF, name="german_shepherd", unit_m=0.6, coat=Coat("#a8702f", "#c99a58",
    "#1d1714", ends="#b98243", muzzle="#241b17", pattern="back", iris="#4a2c12"), ear_m=0.42,
    fur=0.075, brush=1.9)  # fmt: skip
POODLE = replace(DOG, name="poodle", unit_m=0.46, coat=Coat("#efe8dc", "#f4efe6",
    "#e2d8c8", muzzle="#efe8dc"), mane="wool", fur=0.0, muzzle=0.5, snout=0.11,
    tail_up=1.0, leg=0.9)  # fmt: skip
CHIHUAHUA = replace(DOG, name="chihuahua", unit_m=0.2, coat=Coat("#c99358", "#efdcb8", "#a87238",
    muzzle="#e9d3ab"), ear="prick", ear_m=0.62, head=0.62, skull=0.32, muzzle=0.26, snout=0.11,
    eye=0.105, fur=0.03, leg=0.8, tail_m=0.028, brush=0.7, weight=0.1, pace=0.6)  # fmt: skip
LEOPARD = replace(TIGER, name="leopard", unit_m=0.7, coat=replace(TIGER.coat, base="#d9a24c",
    marks="#1f1712", ends="#d9a24c", pattern="rosettes"))  # fmt: skip
CHEETAH = replace(LEOPARD, name="cheetah", unit_m=0.8, leg=0.85, head=0.33, depth=0.44, belly=0.3,
    coat=replace(LEOPARD.coat, base="#dcae62"), pace=1.3)  # fmt: skip
PANTHER = replace(LEOPARD, name="panther", coat=Coat("#17161a", "#1e1c22", "#0d0c10",
    muzzle="#1c1b20", iris="#c9b23a", nose="#2a2628"))  # fmt: skip
POLAR_BEAR = replace(BEAR, name="polar_bear", unit_m=1.15, coat=Coat("#ece6d6", "#f2eee2",
    "#e2d9c4", muzzle="#efe9dc", iris="#20140c"), neck=0.42, head=0.42, muzzle=0.42,
    snout=0.13)  # fmt: skip
KOALA = replace(BEAR, name="koala", unit_m=0.34, coat=Coat("#8d8f93", "#e6e3de", "#77797d",
    muzzle="#9a9a9c", nose="#221d1d", iris="#1d130c"), trunk=0.9, head=0.62, skull=0.36,
    muzzle=0.14, snout=0.16, ear_m=0.42, tail=0.04, neck=0.16, eye=0.062, fur=0.11, pace=0.45,
    weight=0.2)  # fmt: skip
SLOTH = replace(KOALA, name="sloth", unit_m=0.4, coat=Coat("#8c7a5e", "#b7a684", "#6f6047",
    muzzle="#d8c9a6", nose="#1d1613"), ear="none", leg=1.2, neck=0.26, head=0.42, fur=0.16,
    mane="", pace=0.22)  # fmt: skip
RACCOON = replace(FOX, name="raccoon", unit_m=0.26, coat=Coat("#77736c", "#b3aca0", "#2a2725",
    ends="#2a2725", muzzle="#d9d3c8", pattern="saddle"), ear="round", ear_m=0.3, trunk=1.05,
    depth=0.56, belly=0.54, brush=2.8, muzzle=0.36, head=0.56)  # fmt: skip
OTTER = replace(RACCOON, name="otter", coat=Coat("#5b4330", "#c2ab8a", "#4a3626",
    muzzle="#c9b596"), ear_m=0.16, trunk=1.9, leg=1.1, tail=1.2, tail_m=0.1, brush=0.6, fur=0.05,
    neck=0.4, skull=0.33, muzzle=0.2, snout=0.17, unit_m=0.22)  # fmt: skip
MOUSE = replace(RABBIT, name="mouse", unit_m=0.055, coat=Coat("#8b8078", "#d9d0c6", "#70665f",
    ends="#d39a8c", muzzle="#a89c92", nose="#d08a80", iris="#120c0a"), hops=False, trunk=0.95,
    depth=0.68, belly=0.76, head=0.62, skull=0.27, muzzle=0.4, snout=0.1, ear="round", ear_m=0.46,
    tail=1.7, tail_m=0.035, tail_up=0.25, brush=-1.6, fur=0.07, leg=0.75, wrist=0.1, hock=0.16,
    neck=0.12, neck_m=0.22, pace=0.4, weight=0.02)  # fmt: skip
RAT = replace(MOUSE, name="rat", unit_m=0.09, coat=Coat("#5d544c", "#a2978b", "#453e38",
    ends="#c99083", muzzle="#776c62", nose="#c9877c", iris="#120c0a"), ear_m=0.3,
    trunk=1.15)  # fmt: skip
HAMSTER = replace(MOUSE, name="hamster", unit_m=0.075, coat=Coat("#d09a55", "#f5eee2",
    "#a8743a", ends="#e6b9a8", muzzle="#f5eee2", nose="#d08a80", iris="#120c0a"), trunk=0.72,
    depth=0.8, belly=0.86, head=0.66, skull=0.33, muzzle=0.2, snout=0.17, tail=0.06, ear_m=0.3,
    fur=0.11)  # fmt: skip
SQUIRREL = replace(MOUSE, name="squirrel", unit_m=0.12, coat=Coat("#b0562a", "#f3e9da", "#8a3f1c",
    ends="#a34f26", muzzle="#dcae84", nose="#2a1c18", iris="#120c0a"), ear="prick", ear_m=0.36,
    tail=1.2, tail_m=0.1, tail_up=1.35, brush=2.2, fur=0.1, hops=True, depth=0.56, belly=0.56,
    skull=0.3, muzzle=0.24, eye=0.11, pace=0.6, extras=("climbs",))  # fmt: skip
HEDGEHOG = replace(MOUSE, name="hedgehog", unit_m=0.13, coat=Coat("#6d5a45", "#d9c7ab", "#c8b48f",
    ends="#8a745a", muzzle="#cdb795", nose="#15110f", iris="#120c0a", pattern="back"), trunk=0.7,
    depth=0.84, belly=0.9, width=0.9, head=0.56, skull=0.25, muzzle=0.52, snout=0.085, ear_m=0.22,
    tail=0.03, mane="spines", fur=0.2, neck_m=0.24, pace=0.3)  # fmt: skip
MONKEY = replace(BEAR, name="monkey", unit_m=0.5, coat=Coat("#6b4a2c", "#cdae86", "#55391f",
    muzzle="#d9b48f", nose="#b08a68", iris="#3a200e"), trunk=0.56, depth=0.42, belly=0.31,
    leg=0.85, slope=0.17, neck=0.2, neck_up=0.9, neck_m=0.1, head=0.52, skull=0.37, muzzle=0.14,
    snout=0.2, drop=0.0, eye=0.075, eye_out=0.36, ear="round", ear_m=0.27, tail=1.25,
    tail_m=0.028, tail_up=1.05, brush=0.6, fur=0.04, weight=0.2, pace=0.8, wrist=0.14, hock=0.16,
    extras=("climbs",))  # fmt: skip
GORILLA = replace(MONKEY, name="gorilla", unit_m=1.1, coat=Coat("#232226", "#2a292d", "#4b4a4e",
    muzzle="#1b1a1d", nose="#0f0e10", iris="#3a200e", pattern="saddle"), trunk=0.78, depth=0.6,
    belly=0.56, width=0.95, slope=0.16, leg=1.9, neck=0.16, neck_m=0.2, head=0.38, skull=0.37,
    muzzle=0.18, snout=0.2, tail=0.02, tail_up=-0.4, ear_m=0.16, eye=0.05, fur=0.05, weight=0.7,
    pace=0.9)  # fmt: skip
KANGAROO = Species("kangaroo", "biped", 1.0, Coat("#a5734a", "#e3cdae", "#7d5636",
    ends="#6d4a2f", muzzle="#b78a62", nose="#1d1613"), trunk=0.52, depth=0.3, belly=0.42,
    width=0.82, upright=0.95, leg=0.85, wrist=0.2, neck=0.22, neck_up=1.25, neck_m=0.08,
    head=0.28, skull=0.27, muzzle=0.42, snout=0.13, drop=0.1, eye=0.08, eye_out=0.8, ear="long",
    ear_m=0.6, tail=0.95, tail_m=0.085, tail_up=-0.42, brush=0.0, fur=0.035, hops=True,
    pace=1.3, weight=0.5)  # fmt: skip
