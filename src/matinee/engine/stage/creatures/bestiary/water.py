"""What swims: fish, sharks, whales, dolphins, and soft animals of the sea."""

from __future__ import annotations

from dataclasses import replace

from matinee.engine.stage.creatures.species import Coat, Form, Species

_GOLDFISH = Form(stations=((0.0, 0.02, 0.025, 0.0), (0.06, 0.075, 0.085, 0.0), (0.16, 0.115,
    0.145, 0.01), (0.3, 0.125, 0.18, 0.015), (0.45, 0.095, 0.16, 0.015), (0.6, 0.05, 0.09, 0.01),
    (0.7, 0.028, 0.055, 0.01), (0.76, 0.018, 0.06, 0.01)), fins=(("back", 0.24, 0.56, 0.12, 0.35),
    ("belly", 0.52, 0.64, 0.1, 0.8), ("belly", 0.34, 0.42, 0.1, 0.8), ("side", 0.26, 0.33, 0.13,
    0.7), ("tail", 0.7, 1.06, 0.24, 0.5)), eye_at=0.1, eye_up=0.22, mouth=0.05, beats=2.2,
    swing=0.5, ride_m=0.9)  # fmt: skip
GOLDFISH = Species("goldfish", "swimmer", 0.18, Coat("#f07a18", "#f8c06a", "#d9480f",
    ends="#f6a04a", iris="#2a1c10", mane="#fbd9a0"), head=0.3, eye=0.085, fur=0.0, cover="scales",
    ear="none", form=_GOLDFISH, pace=0.3, weight=0.05)  # fmt: skip
FISH = replace(GOLDFISH, name="fish", unit_m=0.34, coat=Coat("#6f93a8", "#dfe8ea", "#2f5570",
    ends="#7fa0b0", iris="#c9b23a"), form=replace(_GOLDFISH, stations=((0.0, 0.015, 0.02, -0.01),
    (0.06, 0.05, 0.06, 0.0), (0.16, 0.075, 0.1, 0.0), (0.32, 0.08, 0.12, 0.0), (0.5, 0.06, 0.1,
    0.0), (0.66, 0.035, 0.06, 0.0), (0.78, 0.018, 0.035, 0.0), (0.82, 0.014, 0.04, 0.0)),
    fins=(("back", 0.3, 0.46, 0.1, 0.5), ("back", 0.55, 0.64, 0.05, 0.8), ("belly", 0.55, 0.66,
    0.07, 0.8), ("belly", 0.36, 0.42, 0.07, 0.9), ("side", 0.24, 0.29, 0.12, 0.8), ("tail", 0.78,
    1.0, 0.15, 0.62)), eye_at=0.085, mouth=0.06, swing=0.42), pace=0.5)  # fmt: skip
KOI = replace(FISH, name="koi", unit_m=0.55, coat=Coat("#f5efe6", "#f8f4ee", "#e0501c",
    ends="#f3e6da", iris="#1a120c", pattern="patches"), pace=0.4)  # fmt: skip
SALMON = replace(FISH, name="salmon", unit_m=0.75, coat=Coat("#8a9299", "#e6dcd6", "#4a5a5f",
    ends="#8a8078", iris="#c9b23a", pattern="spots"), pace=0.8)  # fmt: skip
CLOWNFISH = replace(GOLDFISH, name="clownfish", unit_m=0.14, coat=Coat("#f0701a", "#f58a2e",
    "#14100f", ends="#f07a20", iris="#d9641a", mane="#14100f", pattern="clown"),
    form=replace(_GOLDFISH, fins=(("back", 0.24, 0.66, 0.09, 0.2), ("belly", 0.5, 0.66, 0.09,
    0.4), ("belly", 0.32, 0.4, 0.1, 0.7), ("side", 0.26, 0.33, 0.13, 0.6), ("tail", 0.72, 0.96,
    0.13, 0.1))))  # fmt: skip
TROPICAL_FISH = replace(GOLDFISH, name="tropical_fish", unit_m=0.2, coat=Coat("#f2c61e",
    "#f7df6a", "#1c2f8a", ends="#f2d23a", iris="#1a120c", mane="#2440b0", pattern="stripes"),
    form=replace(_GOLDFISH, stations=((0.0, 0.01, 0.02, -0.02), (0.07, 0.035, 0.06, -0.02), (0.18,
    0.055, 0.17, 0.0), (0.34, 0.06, 0.26, 0.01), (0.5, 0.05, 0.25, 0.01), (0.66, 0.03, 0.13,
    0.01), (0.74, 0.018, 0.06, 0.01), (0.8, 0.014, 0.06, 0.01)), fins=(("back", 0.28, 0.7, 0.2,
    0.45), ("belly", 0.36, 0.7, 0.18, 0.45), ("side", 0.3, 0.36, 0.13, 0.7), ("tail", 0.76, 0.98,
    0.14, 0.25)), eye_at=0.12))  # fmt: skip
SHARK = Species("shark", "swimmer", 3.4, Coat("#66727c", "#eef0ee", "#4a555f", iris="#0f0d0d"),
    head=0.22, eye=0.035, fur=0.0, cover="skin", ear="none", pace=1.3, weight=0.7,
    form=Form(stations=((0.0, 0.012, 0.01, 0.0), (0.06, 0.045, 0.035, 0.0), (0.16, 0.075, 0.07,
    0.0), (0.32, 0.088, 0.095, 0.0), (0.5, 0.07, 0.078, 0.0), (0.68, 0.04, 0.045, 0.0), (0.82,
    0.02, 0.022, 0.0), (0.86, 0.013, 0.02, 0.0)), fins=(("back", 0.36, 0.48, 0.13, 0.75), ("back",
    0.72, 0.76, 0.03, 0.9), ("side", 0.28, 0.4, 0.2, 0.7), ("belly", 0.64, 0.69, 0.04, 0.9),
    ("tail", 0.84, 1.02, 0.15, 0.75)), eye_at=0.085, eye_up=0.25, mouth=0.09, beats=0.8,
    swing=0.3, ride_m=1.5))  # fmt: skip
DOLPHIN = Species("dolphin", "swimmer", 2.3, Coat("#71808f", "#dfe4e6", "#4f5d6b",
    iris="#1a1412"), head=0.24, eye=0.035, fur=0.0, cover="skin", ear="none", pace=1.4,
    weight=0.6, form=Form(stations=((0.0, 0.012, 0.01, -0.012), (0.05, 0.018, 0.016, -0.012),
    (0.075, 0.03, 0.03, 0.0), (0.12, 0.06, 0.06, 0.012), (0.22, 0.08, 0.082, 0.005), (0.38, 0.09,
    0.1, 0.0), (0.55, 0.072, 0.084, 0.0), (0.72, 0.038, 0.052, 0.0), (0.85, 0.016, 0.03, 0.0),
    (0.9, 0.012, 0.018, 0.0)), fins=(("back", 0.44, 0.56, 0.1, 0.8), ("side", 0.26, 0.34, 0.16,
    0.6), ("tail", 0.86, 1.0, 0.13, 0.35)), flat=True, eye_at=0.125, eye_up=-0.1, mouth=0.07,
    beats=1.1, swing=0.32, ride_m=1.2))  # fmt: skip
ORCA = replace(DOLPHIN, name="orca", unit_m=5.0, coat=Coat("#14161a", "#f4f4f2", "#0e0f12",
    iris="#1a1412"), form=replace(DOLPHIN.form, beats=0.7, ride_m=1.9, fins=(("back", 0.4, 0.52,
    0.2, 0.45), ("side", 0.26, 0.36, 0.18, 0.5), ("tail", 0.86, 1.0, 0.14, 0.35))))  # fmt: skip
WHALE = Species("whale", "swimmer", 9.0, Coat("#46545f", "#aab4b8", "#36424b", iris="#120f0e"),
    head=0.3, eye=0.016, fur=0.0, cover="skin", ear="none", pace=1.5, weight=1.0,
    form=Form(stations=((0.0, 0.02, 0.02, 0.0), (0.05, 0.06, 0.05, -0.005), (0.16, 0.1, 0.1,
    -0.015), (0.3, 0.115, 0.12, -0.015), (0.5, 0.09, 0.095, 0.0), (0.7, 0.05, 0.055, 0.0), (0.86,
    0.022, 0.028, 0.0), (0.91, 0.016, 0.018, 0.0)), fins=(("back", 0.62, 0.68, 0.03, 0.8),
    ("side", 0.27, 0.35, 0.25, 0.55), ("tail", 0.87, 1.0, 0.15, 0.4)), flat=True, eye_at=0.16,
    eye_up=-0.35, mouth=0.12, beats=0.35, swing=0.26, ride_m=2.6))  # fmt: skip
SEAL = Species("seal", "swimmer", 1.5, Coat("#5f5f63", "#b4b2ae", "#45454a", iris="#120d0b",
    pattern="spots"), head=0.22, eye=0.07, fur=0.0, cover="skin", ear="none", pace=0.8,
    weight=0.5, form=Form(stations=((0.0, 0.03, 0.03, 0.02), (0.05, 0.06, 0.06, 0.025), (0.11,
    0.075, 0.08, 0.03), (0.2, 0.08, 0.085, 0.015), (0.36, 0.125, 0.125, 0.0), (0.55, 0.115, 0.11,
    -0.005), (0.75, 0.06, 0.05, -0.02), (0.88, 0.03, 0.02, -0.03)), fins=(("side", 0.32, 0.42,
    0.14, 0.6), ("tail", 0.84, 1.0, 0.1, 0.7)), flat=True, eye_at=0.06, eye_up=0.35, mouth=0.05,
    beats=1.0, swing=0.3, ride_m=0.5))  # fmt: skip
OCTOPUS = Species("octopus", "soft", 0.7, Coat("#b5482f", "#e8b79a", "#7a2a1c", iris="#d9a83a",
    pattern="spots"), head=0.35, eye=0.12, fur=0.0, cover="skin", ear="none", tail=0.95,
    tail_m=0.055, pace=0.4, weight=0.2, form=Form(stations=((0.0, 0.02, 0.38, 0.0), (0.12, 0.13,
    0.38, 0.0), (0.25, 0.165, 0.46, 0.0), (0.4, 0.155, 0.56, -0.02), (0.55, 0.2, 0.7, -0.1),
    (0.75, 0.2, 0.86, -0.2), (0.9, 0.12, 0.97, -0.27), (1.0, 0.01, 1.0, -0.3)), ride_m=0.14,
    beats=0.5))  # fmt: skip
JELLYFISH = replace(OCTOPUS, name="jellyfish", unit_m=0.6, coat=Coat("#d9a8d8", "#f2dcee",
    "#b87ac0", iris="#c99ac9"), tail=1.2, tail_m=0.02, eye=0.0, form=Form(stations=((0.0, 0.1,
    0.62, 0.0), (0.12, 0.3, 0.56, 0.0), (0.2, 0.345, 0.56, 0.0), (0.3, 0.345, 0.62, 0.0), (0.5,
    0.31, 0.76, 0.0), (0.7, 0.23, 0.88, 0.0), (0.88, 0.12, 0.95, 0.0), (1.0, 0.01, 0.97, 0.0)),
    ride_m=0.8, beats=0.6))  # fmt: skip
