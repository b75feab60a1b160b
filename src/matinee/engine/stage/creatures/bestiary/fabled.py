"""What lived long ago or never: dinosaurs, dragons and monsters."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Species

DINOSAUR = Species("dinosaur", "biped", 2.6, Coat("#6d6a3f", "#c9bb8a", "#3c3a20", iris="#d9a02a",
    muzzle="#77713f", pattern="bands", nose="#2a2818"), extras=("teeth",), trunk=0.52, depth=0.46,
    belly=0.42, width=0.8, upright=0.2, leg=1.35, wrist=0.09, neck=0.34, neck_up=0.85,
    neck_m=0.15, head=0.5, skull=0.25, muzzle=0.62, snout=0.2, drop=0.05, eye=0.065, eye_out=0.8,
    eye_high=0.5, ear="none", tail=1.25, tail_m=0.15, tail_up=0.06, brush=-0.6, fur=0.0,
    cover="scales", feet="claw", weight=1.0, pace=1.3)  # fmt: skip
RAPTOR = replace(DINOSAUR, name="raptor", unit_m=1.1, coat=Coat("#7a5a34", "#d6bd8c", "#3a2916",
    iris="#d9c22a", muzzle="#85653c", pattern="stripes"), depth=0.34, belly=0.3, leg=0.9,
    wrist=0.17, neck=0.42, neck_m=0.085, head=0.38, skull=0.2, snout=0.13, tail=1.4, tail_m=0.08,
    weight=0.5)  # fmt: skip
LONG_NECK = Species("long_neck", "quadruped", 3.0, Coat("#6f7d6a", "#b9b594", "#4c5a49",
    iris="#3a2a12", muzzle="#7c8a74", pattern="scales", nose="#2a2c22"), trunk=1.1, depth=0.62,
    belly=0.6, width=0.86, leg=1.5, wrist=0.14, hock=0.18, neck=1.5, neck_up=0.85, neck_s=0.12,
    neck_m=0.115, head=0.26, skull=0.26, muzzle=0.46, snout=0.2, drop=0.3, eye=0.06, ear="none",
    tail=1.9, tail_m=0.2, tail_up=-0.12, brush=-1.6, fur=0.0, cover="scales", feet="pad",
    weight=1.0, pace=1.2, rides=True)  # fmt: skip
TRICERATOPS = replace(LONG_NECK, name="triceratops", unit_m=1.8, coat=Coat("#8a7650", "#cbb98c",
    "#5b4b2c", iris="#3a2a12", muzzle="#8f7d58", pattern="bands"), neck=0.3, neck_up=0.2,
    neck_m=0.24, head=0.62, skull=0.26, muzzle=0.5, snout=0.15, drop=0.25, horns="three",
    extras=("frill",),
    tail=1.0, tail_m=0.16)  # fmt: skip
DRAGON = Species("dragon", "quadruped", 1.7, Coat("#7d2a1e", "#d9a45a", "#4a1712", iris="#f2c21e",
    muzzle="#8a3222", pattern="scales", nose="#2a0f0c", mane="#3a1410"), trunk=1.25, depth=0.5,
    belly=0.42, width=0.78, leg=1.2, wrist=0.14, hock=0.26, neck=0.95, neck_up=0.85, neck_s=0.35,
    neck_m=0.125, head=0.46, skull=0.23, muzzle=0.56, snout=0.15, drop=0.2, eye=0.055,
    eye_out=0.75, ear="none", tail=1.7, tail_m=0.13, tail_up=-0.14, brush=-0.9, fur=0.0,
    cover="scales", horns="dragon", mane="ridge", extras=("teeth",), wings="skin", span=2.9,
    weight=1.0, pace=1.2, rides=True)  # fmt: skip
