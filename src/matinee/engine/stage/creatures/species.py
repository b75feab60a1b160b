"""What tells one animal from another: measures, coat and habits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Body = Literal["quadruped", "bird", "biped", "swimmer", "serpent", "many", "soft", "flutter"]
Ear = Literal["prick", "flop", "round", "long", "fan", "leaf", "none"]
Pattern = Literal[
    "plain", "saddle", "tabby", "patches", "stripes", "spots", "rosettes", "bands", "net",
    "zebra", "back", "scales", "clown", "mask", "panda",
]  # fmt: skip
Feet = Literal["paw", "hoof", "pad", "claw"]
Wings = Literal["", "feather", "flipper", "skin", "gauze", "scaled"]
Cover = Literal["fur", "skin", "scales", "feathers", "shell"]


@dataclass(frozen=True)
class Coat:
    """Colours as sRGB #rrggbb: most of it, below, the markings, and the ends of the limbs."""

    base: str
    below: str
    marks: str
    ends: str = ""
    muzzle: str = ""
    pattern: Pattern = "plain"
    nose: str = "#1c1614"
    iris: str = "#5a3416"
    mane: str = ""


@dataclass(frozen=True)
class Form:
    """The outline of a body without legs, from nose (0) to tail (1), in body lengths.

    Each station is where it lies, half its width and half its height; rise lifts its middle.
    fins are (kind, where it begins, where it ends, height, sweep back): `back`, `belly`, `side` and
    `tail`, whose flukes lie flat when `flat`. beats is how often it beats a second at ease, swing
    how far, both of the tail.
    """

    stations: tuple[tuple[float, float, float, float], ...]
    fins: tuple[tuple[str, float, float, float, float], ...] = ()
    flat: bool = False
    eye_at: float = 0.1
    eye_up: float = 0.2
    mouth: float = 0.06
    beats: float = 1.6
    swing: float = 0.3
    ride_m: float = 1.1


@dataclass(frozen=True)
class Species:
    """An animal's measures. `unit_m` is the height of its back, or the length of what has no legs.

    Other lengths are shares of it. trunk is from shoulder to hip; depth and belly how deep chest
    and loin are, width how wide for their depth; slope how much lower the hips are; leg thickness
    for an average dog 1; wrist and hock how high those joints are; sprawl how far the legs stand
    out; neck its length, `neck_up` its rise in radians, `neck_s` how much it is bent like an S;
    head its length, muzzle its share of the head and how thick it is; eye its radius as a share of
    the head; tail its length, thickness and rise; fur the length of its hair. bulk is how large a
    bird's trunk is for its legs, upright how far it stands up, span how long one wing is. pace
    compares its speed with a person's.
    """

    name: str
    body: Body
    unit_m: float
    coat: Coat
    trunk: float = 0.95
    depth: float = 0.46
    belly: float = 0.32
    width: float = 0.74
    slope: float = 0.0
    leg: float = 1.0
    wrist: float = 0.17
    hock: float = 0.27
    sprawl: float = 0.0
    neck: float = 0.34
    neck_up: float = 0.75
    neck_m: float = 0.115
    neck_s: float = 0.0
    head: float = 0.46
    skull: float = 0.27
    muzzle: float = 0.46
    snout: float = 0.15
    drop: float = 0.06
    eye: float = 0.068
    eye_out: float = 0.62
    eye_high: float = 0.26
    ear: Ear = "prick"
    ear_m: float = 0.36
    tail: float = 0.62
    tail_m: float = 0.035
    tail_up: float = 0.5
    brush: float = 1.0
    fur: float = 0.05
    cover: Cover = "fur"
    feet: Feet = "paw"
    mane: Literal["", "crest", "ruff", "wool", "brush", "spines", "ridge"] = ""
    horns: Literal[
        "", "cow", "goat", "antlers", "tusks", "one", "rhino", "knobs", "dragon", "three"
    ] = ""
    extras: tuple[str, ...] = ()
    wings: Wings = ""
    span: float = 1.0
    bulk: float = 1.0
    upright: float = 0.0
    beak: Literal["", "short", "long", "hook", "flat", "parrot", "bent"] = ""
    beak_m: float = 0.34
    hops: bool = False
    pace: float = 0.9
    weight: float = 0.4
    legs: int = 4
    sideways: bool = False
    form: Form = field(default_factory=lambda: Form(()))
    rides: bool = False

    @property
    def sits(self) -> bool:
        """Whether it sits on its haunches; what has hooves lies down instead."""
        return self.body == "quadruped" and self.feet == "paw" and self.sprawl < 0.3

    @property
    def legless(self) -> bool:
        """Whether it neither walks nor stands."""
        return self.body in {"swimmer", "serpent", "soft", "flutter"}

    @property
    def flies(self) -> bool:
        """Whether its wings carry it."""
        return self.wings in {"feather", "skin", "gauze", "scaled"}


UNKNOWN_COAT = Coat("#8d8478", "#b9b0a3", "#6a6259", muzzle="#a39a8d")
"""The coat of whom nobody knows."""
