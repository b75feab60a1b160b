"""What goes on hooves and pads: horses, cattle, deer, elephants and their like."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Species

HORSE = Species("horse", "quadruped", 1.52, Coat("#6e3a1a", "#7f4824", "#4a2410", ends="#1d1512",
    muzzle="#3a2216", nose="#241a18", iris="#2c1a10", mane="#17110f"), trunk=0.86, depth=0.45,
    belly=0.4, width=0.72, leg=0.72, wrist=0.3, hock=0.36, neck=0.52, neck_up=0.88, neck_m=0.125,
    head=0.42, skull=0.215, muzzle=0.56, snout=0.145, drop=0.42, eye=0.055, eye_out=0.95,
    ear="leaf", ear_m=0.3, tail=0.5, tail_m=0.026, tail_up=-0.9, brush=1.0, fur=0.0, feet="hoof",
    mane="crest", weight=0.8, pace=1.35)  # fmt: skip
COW = replace(HORSE, name="cow", unit_m=1.4, coat=Coat("#f0e8dc", "#f2ebe0", "#2a201b",
    ends="#e9e0d2", muzzle="#d8a795", pattern="patches", nose="#a86f66", iris="#2c1a10",
    mane="#2a201b"), trunk=1.02, depth=0.54, belly=0.52, width=0.82, leg=0.78, wrist=0.24,
    hock=0.32, neck=0.36, neck_up=0.42, neck_m=0.14, head=0.4, skull=0.24, muzzle=0.5, snout=0.19,
    ear="leaf", ear_m=0.4, horns="cow", mane="", pace=0.9, extras=("tuft",))  # fmt: skip
SHEEP = replace(COW, name="sheep", unit_m=0.7, coat=Coat("#e9e0cf", "#e3d8c4", "#d8ccb6",
    ends="#3a312c", muzzle="#3a312c", nose="#1f1a18", iris="#8a6a2a"), trunk=0.95, depth=0.5,
    belly=0.48, width=0.95, leg=0.85, neck=0.34, neck_up=0.7, neck_m=0.13, head=0.4, skull=0.25,
    muzzle=0.45, snout=0.15, eye=0.06, ear="leaf", ear_m=0.42, tail=0.22, tail_m=0.05, horns="",
    mane="wool", weight=0.4, pace=0.75)  # fmt: skip
GOAT = replace(SHEEP, name="goat", coat=Coat("#d9cdb9", "#efe6d6", "#5b4634", ends="#4a3a2c",
    muzzle="#e6dac4", pattern="patches", nose="#2a201c", iris="#b08a2a"), belly=0.42,
    width=0.78, depth=0.46, horns="goat", mane="", fur=0.05, neck_up=0.85, neck_m=0.1, tail=0.2,
    tail_up=0.8)  # fmt: skip
DEER = replace(HORSE, name="deer", unit_m=1.0, coat=Coat("#96602f", "#e9dcc3", "#6a3f1c",
    ends="#8a5a30", muzzle="#d9c3a0", pattern="spots", nose="#1a1412", iris="#1f120b"),
    trunk=0.85, depth=0.42, belly=0.34, leg=0.6, neck=0.46, neck_up=0.95, neck_m=0.09,
    head=0.36, skull=0.24, muzzle=0.5, snout=0.12, drop=0.3, eye=0.075, ear="leaf", ear_m=0.48,
    tail=0.18, tail_m=0.04, tail_up=0.3, fur=0.015, mane="", horns="antlers", weight=0.45,
    pace=1.15)  # fmt: skip
PIG = replace(COW, name="pig", unit_m=0.66, coat=Coat("#e8ada0", "#eebcae", "#d68f84",
    ends="#c98577", muzzle="#e39a8e", nose="#c9776e", iris="#3f2a1c"), trunk=1.25, depth=0.6,
    belly=0.58, width=0.86, leg=0.85, wrist=0.18, hock=0.24, neck=0.26, neck_up=0.1, neck_m=0.2,
    head=0.5, skull=0.29, muzzle=0.48, snout=0.2, drop=0.25, eye=0.045, ear="leaf", ear_m=0.36,
    tail=0.28, tail_m=0.03, tail_up=0.6, brush=0.0, horns="", weight=0.5, pace=0.75)  # fmt: skip
ELEPHANT = replace(COW, name="elephant", unit_m=2.5, coat=Coat("#7d7771", "#857e77", "#655f5a",
    ends="#6d6761", muzzle="#7d7771", nose="#5a544f", iris="#5a3a1a"), trunk=0.82, depth=0.52,
    belly=0.52, width=0.9, leg=1.5, wrist=0.15, hock=0.18, neck=0.2, neck_up=0.45, neck_m=0.2,
    head=0.38, skull=0.42, muzzle=0.3, snout=0.2, drop=0.4, eye=0.03, eye_out=0.85, ear="fan",
    ear_m=0.95, tail=0.4, tail_m=0.02, feet="pad", horns="tusks", weight=1.0, pace=1.1,
    extras=("tuft",))  # fmt: skip
DONKEY = replace(HORSE, name="donkey", unit_m=1.15, coat=Coat("#837a70", "#d6cdbf", "#4f4842",
    ends="#6a625a", muzzle="#dcd3c5", nose="#3a322e", iris="#20140c", mane="#2f2a27"), ear_m=0.62,
    head=0.46, pace=1.0, extras=("tuft",))  # fmt: skip
ZEBRA = replace(HORSE, name="zebra", unit_m=1.32, coat=Coat("#f2ede4", "#f4f0e8", "#161313",
    ends="", muzzle="#241d1b", pattern="zebra", nose="#171312", mane="#1a1614"), mane="brush",
    ear_m=0.36, extras=("tuft",))  # fmt: skip
GIRAFFE = replace(HORSE, name="giraffe", unit_m=2.7, coat=Coat("#ecdcb4", "#f0e4c6", "#9c5f2a",
    muzzle="#d9c199", pattern="net", nose="#6a523c", mane="#7a4a24"), trunk=0.58, depth=0.36,
    belly=0.27, slope=0.13, leg=0.55, neck=0.74, neck_up=1.05, neck_m=0.068, head=0.26,
    skull=0.215, eye=0.07, muzzle=0.56, snout=0.12, drop=0.35, mane="brush", horns="knobs",
    ear_m=0.34, tail=0.34, tail_m=0.014, extras=("tuft",), pace=1.3, weight=0.7)  # fmt: skip
CAMEL = replace(HORSE, name="camel", unit_m=1.7, coat=Coat("#c79a5e", "#d9b987", "#a67a42",
    muzzle="#d3ad78", nose="#3a2a1e", mane="#8a6233"), trunk=0.72, depth=0.4, belly=0.32,
    neck=0.58, neck_up=0.72, neck_s=0.55, neck_m=0.085, head=0.3, skull=0.22, muzzle=0.52,
    snout=0.17, drop=0.1, mane="", feet="pad", leg=0.85, wrist=0.28, hock=0.33, tail=0.3,
    extras=("hump", "hump", "tuft"), fur=0.02, ear_m=0.26, rides=True)  # fmt: skip
HIPPO = replace(PIG, name="hippo", unit_m=1.35, coat=Coat("#6e5d62", "#a8807c", "#564a50",
    muzzle="#84676a", nose="#2f2628"), trunk=1.2, depth=0.66, belly=0.68, width=0.9, leg=1.35,
    wrist=0.12, hock=0.16, head=0.5, skull=0.3, muzzle=0.52, snout=0.25, drop=0.16, ear="round",
    ear_m=0.14, tail=0.16, feet="pad", fur=0.0, eye=0.045, eye_out=0.6, eye_high=0.55,
    neck_m=0.16, pace=0.7, weight=0.9)  # fmt: skip
RHINO = replace(HIPPO, name="rhino", unit_m=1.55, coat=Coat("#857f78", "#8e877f", "#6a645e",
    muzzle="#7d7770", nose="#3a3532"), trunk=1.1, depth=0.56, belly=0.56, leg=1.3, head=0.5,
    skull=0.26, muzzle=0.56, snout=0.18, drop=0.42, horns="rhino", ear="leaf", ear_m=0.26,
    eye=0.045, eye_out=0.9, neck_m=0.15, pace=0.95)  # fmt: skip
BUFFALO = replace(COW, name="buffalo", unit_m=1.55, coat=Coat("#3b2a20", "#33241b", "#241812",
    muzzle="#2a1e18", nose="#15100e", mane="#241812"), depth=0.62, belly=0.48, slope=0.1,
    leg=0.95, neck_up=0.1, head=0.42, fur=0.05, horns="cow")  # fmt: skip
BULL = replace(COW, name="bull", unit_m=1.5, coat=Coat("#2b1e18", "#33241c",
    "#1a120e", muzzle="#4a362a", nose="#1a1412", mane="#1a120e"), depth=0.6,
    neck_m=0.18, leg=0.95)  # fmt: skip
REINDEER = replace(DEER, name="reindeer", unit_m=1.1, coat=Coat("#7d6a58", "#d8cfc0", "#5b4c3f",
    ends="#4a3d32", muzzle="#b8a890", nose="#1a1412", iris="#1f120b"), fur=0.05, depth=0.46,
    neck_up=0.6, neck_m=0.12, head=0.38)  # fmt: skip
MOOSE = replace(REINDEER, name="moose", unit_m=1.9, coat=Coat("#4b3729", "#5b4534", "#37281d",
    ends="#8a7a68", muzzle="#5a4535", nose="#1a1412", iris="#1f120b"), muzzle=0.64, snout=0.18,
    slope=0.08)  # fmt: skip
LLAMA = replace(SHEEP, name="llama", unit_m=1.1, coat=Coat("#e3d3b4", "#efe4cd", "#c9b48c",
    ends="#cdb995", muzzle="#d9c6a2", nose="#2a201c", iris="#20140c"), trunk=0.8, depth=0.42,
    belly=0.4, neck=0.62, neck_up=1.2, neck_m=0.1, head=0.28, muzzle=0.5, ear="prick", ear_m=0.5,
    leg=0.8, pace=0.9)  # fmt: skip
UNICORN = replace(HORSE, name="unicorn", coat=Coat("#f3eff2", "#f8f5f7", "#e6dde8",
    ends="#f0eaf0", muzzle="#e9d9de", nose="#c9a6ae", iris="#4a5fa8", mane="#e2a8cf"),
    horns="one")  # fmt: skip
PEGASUS = replace(UNICORN, name="pegasus", coat=replace(UNICORN.coat, mane="#e9e2d2"), horns="",
    wings="feather", span=2.3)  # fmt: skip
