"""What crawls, hops and flutters close to the ground: reptiles, frogs, crabs, spiders, insects."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Form, Species

_SNAKE = Form(stations=((0.0, 0.0064, 0.0048, 0.0), (0.012, 0.016, 0.0096, 0.0), (0.035, 0.0232,
    0.0144, 0.0), (0.055, 0.0168, 0.0128, 0.0), (0.1, 0.0176, 0.0168, 0.0), (0.3, 0.0264, 0.0256,
    0.0), (0.6, 0.0264, 0.0256, 0.0), (0.85, 0.0144, 0.0144, 0.0), (1.0, 0.0024, 0.0024, 0.0)),
    eye_at=0.022, eye_up=0.45, mouth=0.02, ride_m=0.042)  # fmt: skip
SNAKE = Species("snake", "serpent", 1.7, Coat("#5f7a35", "#d6cf9a", "#2f3d1a", iris="#d9a02a",
    pattern="net"), head=0.05, eye=0.075, fur=0.0, cover="scales", ear="none", form=_SNAKE,
    pace=0.4, weight=0.1)  # fmt: skip
COBRA = replace(SNAKE, name="cobra", coat=Coat("#6d5230", "#d9c48f", "#2f2212", iris="#1a120c"),
    form=replace(_SNAKE, stations=((0.0, 0.0064, 0.0048, 0.0), (0.012, 0.016, 0.0096, 0.0),
    (0.035, 0.0216, 0.0144, 0.0), (0.055, 0.0192, 0.0128, 0.0), (0.1, 0.0608, 0.0144, 0.0), (0.16,
    0.0576, 0.0144, 0.0), (0.24, 0.0256, 0.0224, 0.0), (0.6, 0.0264, 0.0256, 0.0), (0.85, 0.0144,
    0.0144, 0.0), (1.0, 0.0024, 0.0024, 0.0))))  # fmt: skip
WORM = replace(SNAKE, name="worm", unit_m=0.16, coat=Coat("#c98a7c", "#d9a394", "#b5705f"),
    cover="skin", pace=0.08, eye=0.0, form=replace(_SNAKE, ride_m=0.004, stations=((0.0, 0.008,
    0.008, 0.0), (0.02, 0.02, 0.02, 0.0), (0.25, 0.026, 0.026, 0.0), (0.8, 0.022, 0.022, 0.0),
    (1.0, 0.006, 0.006, 0.0))))  # fmt: skip
LIZARD = Species("lizard", "quadruped", 0.075, Coat("#6f9a3a", "#d9d79a", "#3f6020",
    iris="#d9902a", pattern="bands"), trunk=2.0, depth=0.7, belly=0.7, width=1.1, leg=1.3,
    wrist=0.16, hock=0.2, sprawl=1.0, neck=0.42, neck_up=0.35, neck_m=0.24, head=0.95, skull=0.24,
    muzzle=0.46, snout=0.14, drop=0.0, eye=0.075, eye_out=0.85, ear="none", tail=3.6, tail_m=0.16,
    tail_up=-0.1, brush=-0.9, fur=0.0, cover="scales", pace=0.45, weight=0.05)  # fmt: skip
CROCODILE = replace(LIZARD, name="crocodile", unit_m=0.5, coat=Coat("#5b6238", "#c2b98a",
    "#363c20", iris="#c9a83a", pattern="bands", mane="#3c4224"), extras=("teeth",), trunk=2.0,
    depth=0.8, belly=0.8, width=1.25, leg=1.9, neck=0.4, neck_up=0.05, neck_m=0.3, head=1.15,
    skull=0.22, muzzle=0.72, snout=0.12, eye=0.045, tail=3.2, tail_m=0.24, tail_up=-0.13,
    mane="ridge", pace=0.6, weight=0.6)  # fmt: skip
TURTLE = replace(LIZARD, name="turtle", unit_m=0.28, coat=Coat("#5f7038", "#d6cb96", "#2c3318",
    iris="#1a120c", pattern="scales", mane="#8a7a3c"), trunk=1.15, depth=0.66, belly=0.66,
    width=1.3, leg=2.0, sprawl=0.7, neck=0.6, neck_up=0.55, neck_m=0.14, head=0.52, skull=0.3,
    muzzle=0.24, snout=0.18, eye=0.1, tail=0.3, tail_m=0.07, extras=("shell",), pace=0.16,
    weight=0.2)  # fmt: skip
FROG = replace(LIZARD, name="frog", unit_m=0.09, coat=Coat("#5fa02f", "#eae3a8", "#376a1c",
    iris="#d9b02a", pattern="spots"), trunk=0.7, depth=0.8, belly=0.62, width=1.2, leg=1.5,
    sprawl=0.7, slope=0.26, neck=0.1, neck_up=0.5, neck_m=0.34, head=0.72, skull=0.36, muzzle=0.2,
    snout=0.28, drop=-0.1, eye=0.16, eye_out=0.55, eye_high=0.75, tail=0.04, tail_m=0.05,
    hops=True, pace=0.5, cover="skin")  # fmt: skip
SPIDER = Species("spider", "many", 0.06, Coat("#3a2d26", "#4f3d32", "#1f1814", iris="#120c0a",
    ends="#5f4a3c"), trunk=0.7, depth=0.42, belly=1.0, width=1.55, wrist=0.42, hock=0.62,
    head=0.2, skull=0.14, eye=0.2, eye_out=0.42, drop=0.06, tail=0.75, tail_m=0.36, ear="none",
    fur=0.09, leg=0.85, legs=8, pace=0.3, weight=0.01, feet="claw")  # fmt: skip
CRAB = replace(SPIDER, name="crab", unit_m=0.1, coat=Coat("#c9452a", "#f0d0a6", "#8f2a18",
    ends="#d9603a", iris="#120c0a"), trunk=0.75, depth=0.46, belly=1.75, width=1.05, wrist=0.2,
    hock=0.4, head=0.14, skull=0.1, eye=0.3, eye_out=0.9, drop=0.24, tail=0.02, fur=0.0,
    cover="shell", leg=1.25, legs=8, sideways=True, extras=("claws",), pace=0.35)  # fmt: skip
ANT = replace(SPIDER, name="ant", unit_m=0.02, coat=Coat("#3d1f14", "#4a281a", "#24110a",
    iris="#120c0a"), legs=6, fur=0.0, cover="shell", head=0.34, skull=0.2, trunk=0.8,
    depth=0.2, tail=0.8, tail_m=0.24, width=0.95, wrist=0.1, eye=0.14, eye_out=0.5, drop=0.05,
    pace=0.15)  # fmt: skip
BEETLE = replace(ANT, name="beetle", unit_m=0.035, coat=Coat("#b3211a", "#2a1d18",
    "#15100f", iris="#0f0c0a", pattern="spots"), depth=0.6, belly=1.15, tail=0.9,
    tail_m=0.5, leg=0.9)  # fmt: skip
_BUTTERFLY = Form(stations=((0.0, 0.02, 0.02, 0.0), (0.06, 0.055, 0.055, 0.0), (0.14, 0.04, 0.04,
    0.0), (0.22, 0.075, 0.08, 0.0), (0.38, 0.07, 0.075, 0.0), (0.46, 0.045, 0.045, 0.0), (0.7,
    0.04, 0.042, -0.01), (1.0, 0.012, 0.012, -0.03)), ride_m=1.15, beats=4.6)  # fmt: skip
BUTTERFLY = Species("butterfly", "flutter", 0.09, Coat("#e8801a", "#f6c04a", "#17110f",
    iris="#17110f"), depth=0.14, head=0.12, eye=0.28, fur=0.0, ear="none", wings="scaled",
    span=1.0, pace=0.45, weight=0.01, form=_BUTTERFLY)  # fmt: skip
BEE = replace(BUTTERFLY, name="bee", unit_m=0.05, coat=Coat("#d99a1e", "#c98a1a", "#1c1410",
    iris="#17110f", pattern="stripes"), wings="gauze", span=0.85, depth=0.3, head=0.24,
    eye=0.34, form=replace(_BUTTERFLY, stations=((0.0, 0.03, 0.05, -0.02), (0.08, 0.13, 0.13,
    0.0), (0.18, 0.1, 0.1, 0.0), (0.26, 0.19, 0.19, 0.01), (0.4, 0.19, 0.19, 0.01), (0.5, 0.13,
    0.13, 0.0), (0.66, 0.2, 0.19, -0.02), (0.85, 0.14, 0.13, -0.03), (1.0, 0.02, 0.02, -0.03)),
    beats=11.0))  # fmt: skip
DRAGONFLY = replace(BEE, name="dragonfly", unit_m=0.08, coat=Coat("#2a7f8a", "#4fb0a8", "#143f4a",
    iris="#2f8a3a"), span=0.8, depth=0.12, head=0.16, eye=0.5, form=replace(_BUTTERFLY,
    beats=10.0))  # fmt: skip
BAT = Species("bat", "bird", 0.14, Coat("#4a362a", "#6d5240", "#2a201b", ends="#3a2c24",
    muzzle="#5a4334", nose="#2a1d1a", iris="#120c0a"), wings="skin", span=2.4, head=0.5,
    skull=0.32, muzzle=0.2, snout=0.14, eye=0.08, neck=0.08, neck_m=0.18, ear="prick", ear_m=0.6,
    tail=0.03, fur=0.06, bulk=0.95, feet="claw", pace=0.5, weight=0.03, leg=0.7, upright=0.2,
    extras=("airborne",), cover="fur")  # fmt: skip
