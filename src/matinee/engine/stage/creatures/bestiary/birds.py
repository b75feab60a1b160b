"""Birds: from sparrows to swans, and the phoenix."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Species

BIRD = Species("bird", "bird", 0.2, Coat("#4f7fb5", "#f0d9b8", "#2c4a75", ends="#c98a3a",
    muzzle="#e0a23a", nose="#4a3f38", iris="#1a120c"), head=0.46, eye=0.11, tail=0.62,
    tail_up=0.2, fur=0.05, feet="claw", ear="none", weight=0.06, pace=0.42, eye_out=0.88,
    skull=0.33, neck=0.14, neck_m=0.17, cover="feathers", wings="feather", beak="short",
    beak_m=0.3, span=1.75, hops=True, width=0.9, bulk=1.0, muzzle=0.1, snout=0.1)  # fmt: skip
SPARROW = replace(BIRD, name="sparrow", unit_m=0.13, coat=Coat("#8a6542", "#d9cdbb", "#4a3524",
    ends="#b98a6a", nose="#4a4038", iris="#120c0a"), tail=0.5)  # fmt: skip
PIGEON = replace(BIRD, name="pigeon", unit_m=0.26, coat=Coat("#8b929c", "#a9aeb6", "#4b525c",
    ends="#c9605a", nose="#4a4446", iris="#d9782a"), head=0.34, neck=0.22, neck_m=0.12,
    hops=False, tail=0.55)  # fmt: skip
CROW = replace(BIRD, name="crow", unit_m=0.32, coat=Coat("#1b1b22", "#1f1f27",
    "#101018", ends="#17171b", nose="#141418", iris="#2a1c14"), head=0.38, beak="long",
    beak_m=0.5)  # fmt: skip
SEAGULL = replace(BIRD, name="seagull", unit_m=0.36, coat=Coat("#f2f2ef", "#f7f7f5", "#8d97a3",
    ends="#d9a24a", nose="#e0b02a", iris="#c9b23a"), head=0.32, beak="hook", beak_m=0.42,
    span=2.6, hops=False, neck=0.2, neck_m=0.13, tail=0.4, extras=("white_tail",))  # fmt: skip
DUCK = replace(BIRD, name="duck", unit_m=0.34, coat=Coat("#8a6f52", "#e9e0d0", "#2f6b45",
    ends="#d9822a", muzzle="#2f6b45", nose="#e0a02a", iris="#1a120c", pattern="plain"),
    beak="flat", beak_m=0.46, head=0.34, neck=0.34, neck_up=1.0, neck_s=0.2, neck_m=0.085,
    bulk=1.2, tail=0.3, hops=False, span=1.9, pace=0.4, upright=-0.15)  # fmt: skip
GOOSE = replace(DUCK, name="goose", unit_m=0.55, coat=Coat("#f1efe9", "#f6f4ef", "#e3dfd6",
    ends="#e08a2a", nose="#e08a2a", iris="#3a5f8a"), fur=0.03, eye=0.085, neck=0.62, neck_up=1.25,
    head=0.26, neck_m=0.075, extras=("white_tail",))  # fmt: skip
SWAN = replace(GOOSE, name="swan", unit_m=0.62, coat=Coat("#f6f5f1", "#faf9f6", "#ebe9e2",
    ends="#2a2826", nose="#e0762a", iris="#17110e"), neck=1.05, neck_s=0.5, neck_up=1.15,
    neck_m=0.066, head=0.24, span=2.2, bulk=1.25, fur=0.025)  # fmt: skip
CHICKEN = replace(BIRD, name="chicken", unit_m=0.36, coat=Coat("#b5612a", "#d9a066", "#5f2d14",
    ends="#d9a02a", nose="#d9b04a", iris="#c9782a"), head=0.32, neck=0.3, neck_up=1.1,
    neck_m=0.11, beak_m=0.36, tail=0.42, tail_up=1.1, hops=False, extras=("comb",), span=1.2,
    bulk=1.1, pace=0.5, leg=1.2)  # fmt: skip
ROOSTER = replace(CHICKEN, name="rooster", unit_m=0.46, coat=Coat("#b3481c", "#2a1d18", "#123a2c",
    ends="#d9a02a", nose="#d9b04a", iris="#c9782a"), tail=0.75, tail_up=1.35, neck=0.4)  # fmt: skip
OWL = replace(BIRD, name="owl", unit_m=0.4, coat=Coat("#8a6a48", "#e3d3b5", "#4a3524",
    ends="#c9a04a", muzzle="#d9c39c", nose="#3a2f28", iris="#e0a01e", pattern="spots"), head=0.56,
    skull=0.4, eye=0.16, eye_out=0.42, upright=0.55, neck=0.06, neck_m=0.24, beak="hook",
    beak_m=0.2, tail=0.4, tail_up=-0.9, hops=False, span=2.0, pace=0.5, bulk=1.05)  # fmt: skip
EAGLE = replace(BIRD, name="eagle", unit_m=0.75, coat=Coat("#3f2a1c", "#4a3223", "#2b1c13",
    ends="#d9a02a", muzzle="#efe9dd", nose="#e0a82a", iris="#e0c23a"), head=0.3, skull=0.33,
    upright=0.3, neck=0.2, neck_m=0.13, beak="hook", beak_m=0.42, eye=0.095, tail=0.5,
    tail_up=-0.3, span=2.5, hops=False, leg=1.5, extras=("white_tail",), pace=0.9,
    bulk=1.05)  # fmt: skip
HAWK = replace(EAGLE, name="hawk", unit_m=0.5, coat=Coat("#7a5636", "#e6d3b3", "#4f3622",
    ends="#d9b02a", nose="#3a342e", iris="#d9a02a"), extras=())  # fmt: skip
PARROT = replace(BIRD, name="parrot", unit_m=0.32, coat=Coat("#c9261e", "#d9342a", "#1f5fc2",
    ends="#e6b81e", muzzle="#f2ede4", nose="#ede3d0", iris="#e6d27a"), head=0.4, upright=0.6,
    neck=0.1, beak="parrot", beak_m=0.25, tail=0.72, tail_up=-0.62, span=2.0, hops=False,
    extras=("tips",))  # fmt: skip
FLAMINGO = replace(BIRD, name="flamingo", unit_m=1.0, coat=Coat("#f08ba0", "#f5a9b6", "#e05a78",
    ends="#e87a90", nose="#f0c9cc", iris="#e0c23a"), bulk=0.5, neck=0.62, neck_up=1.15,
    neck_s=0.5, neck_m=0.032, head=0.12, skull=0.34, beak="bent", beak_m=0.85, tail=0.16, leg=0.9,
    span=0.95, hops=False, pace=0.6, fur=0.016)  # fmt: skip
PEACOCK = replace(BIRD, name="peacock", unit_m=0.6, coat=Coat("#1d4fb0", "#1a6f8a", "#17406a",
    ends="#8a7a62", nose="#b8ab98", iris="#2a1a10"), head=0.2, neck=0.5, neck_up=1.2, neck_m=0.06,
    beak_m=0.4, bulk=0.85, tail=1.75, tail_up=1.2, extras=("train", "crest"), hops=False,
    span=1.2, fur=0.025, pace=0.55)  # fmt: skip
PENGUIN = replace(BIRD, name="penguin", unit_m=0.62, coat=Coat("#1b1d24", "#f7f5ef", "#16181e",
    muzzle="#1b1d24", ends="#2a2624", nose="#2a2624", iris="#5a2c14", pattern="back"),
    wings="flipper", upright=0.95, bulk=1.3, neck=0.14, neck_m=0.15, neck_up=1.35, head=0.34,
    skull=0.34, beak="long", beak_m=0.42, tail=0.16, tail_up=-0.6, hops=False, span=1.25,
    width=0.86, pace=0.32, leg=1.6, fur=0.02)  # fmt: skip
PHOENIX = replace(EAGLE, name="phoenix", unit_m=0.8, coat=Coat("#e0621a", "#f2b53a", "#c9281a",
    ends="#f2c23a", muzzle="#f2a02a", nose="#f0d07a", iris="#fff0a0"), tail=1.3, extras=("crest",
    "tips"))  # fmt: skip
