"""What tells one animal from another: measures, coat and habits, and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Body = Literal["quadruped", "bird"]
Ear = Literal["prick", "flop", "round", "long", "fan", "leaf", "none"]
Pattern = Literal["plain", "saddle", "tabby", "patches", "stripes", "spots", "rings"]
Feet = Literal["paw", "hoof", "pad", "claw"]


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
class Species:
    """An animal's measures. `withers_m` is the height of its back; other lengths are shares of it.

    trunk is from shoulder to hip; depth and belly how deep chest and loin are, width how wide for
    their depth; leg thickness for an average dog 1; wrist and hock how high those joints are; neck
    its length, `neck_up` its rise in radians; head its length, muzzle its share of the head and
    how thick it is; eye its radius as a share of the head; tail its length, thickness and rise;
    fur the length of its hair. pace compares its speed with a person's.
    """

    name: str
    body: Body
    withers_m: float
    coat: Coat
    trunk: float = 0.95
    depth: float = 0.46
    belly: float = 0.32
    width: float = 0.74
    leg: float = 1.0
    wrist: float = 0.17
    hock: float = 0.27
    neck: float = 0.34
    neck_up: float = 0.75
    neck_m: float = 0.115
    head: float = 0.46
    skull: float = 0.27
    muzzle: float = 0.46
    snout: float = 0.15
    drop: float = 0.06
    eye: float = 0.068
    eye_out: float = 0.62
    ear: Ear = "prick"
    ear_m: float = 0.36
    tail: float = 0.62
    tail_m: float = 0.035
    tail_up: float = 0.5
    brush: float = 1.0
    fur: float = 0.05
    feet: Feet = "paw"
    mane: Literal["", "crest", "ruff", "wool"] = ""
    horns: Literal["", "cow", "goat", "antlers", "tusks"] = ""
    hops: bool = False
    pace: float = 0.9
    weight: float = 0.4

    @property
    def sits(self) -> bool:
        """Whether it sits on its haunches; what has hooves lies down instead."""
        return self.feet == "paw"


_DOG = Species(
    "dog",
    "quadruped",
    0.56,
    Coat("#b9782f", "#ecd9b4", "#6d4118", ends="#e6cfa6", muzzle="#e3c595", pattern="saddle"),
    ear="flop",
    ear_m=0.6,
    fur=0.075,
    tail_up=0.75,
    brush=1.7,
    weight=0.35,
    eye=0.08,
    snout=0.165,
    muzzle=0.42,
    leg=1.05,
)
_WOLF = replace(
    _DOG,
    name="wolf",
    withers_m=0.74,
    coat=Coat(
        "#85827d",
        "#d6cfc2",
        "#3f3d3d",
        ends="#b9ae9c",
        muzzle="#d8d0c4",
        pattern="saddle",
        iris="#c68a1e",
    ),
    ear="prick",
    ear_m=0.34,
    tail_up=-0.75,
    fur=0.1,
    brush=2.2,
    muzzle=0.5,
    weight=0.4,
)
_FOX = replace(
    _DOG,
    name="fox",
    withers_m=0.38,
    coat=Coat(
        "#c95a17",
        "#f3ead9",
        "#7d2f0c",
        ends="#2a1a14",
        muzzle="#f3ead9",
        pattern="plain",
        iris="#b9791a",
    ),
    leg=0.8,
    depth=0.4,
    ear="prick",
    ear_m=0.5,
    muzzle=0.5,
    snout=0.11,
    skull=0.27,
    eye=0.075,
    tail=0.95,
    tail_m=0.06,
    tail_up=-0.35,
    brush=3.2,
    fur=0.09,
    weight=0.25,
    pace=0.8,
)
_CAT = replace(
    _DOG,
    name="cat",
    withers_m=0.28,
    coat=Coat(
        "#b98d57",
        "#f1e4cc",
        "#5f3d1e",
        ends="#f1e4cc",
        muzzle="#f4ead8",
        pattern="tabby",
        nose="#b9635a",
        iris="#75952c",
    ),
    trunk=1.05,
    depth=0.42,
    belly=0.38,
    leg=0.95,
    neck=0.24,
    neck_up=0.8,
    neck_m=0.11,
    head=0.46,
    skull=0.34,
    muzzle=0.17,
    snout=0.165,
    drop=0.05,
    eye=0.098,
    eye_out=0.5,
    ear="prick",
    ear_m=0.44,
    tail=1.0,
    tail_m=0.04,
    tail_up=0.95,
    brush=1.2,
    fur=0.06,
    weight=0.12,
    pace=0.62,
)
_LION = replace(
    _CAT,
    name="lion",
    withers_m=1.1,
    coat=Coat(
        "#c9974e",
        "#ecd8ab",
        "#a8783a",
        muzzle="#efe0bd",
        nose="#3a2320",
        iris="#b98a2a",
        mane="#5d3416",
    ),
    trunk=1.1,
    depth=0.46,
    leg=1.2,
    neck=0.28,
    neck_up=0.55,
    neck_m=0.14,
    head=0.42,
    skull=0.29,
    muzzle=0.34,
    snout=0.185,
    eye=0.066,
    ear="round",
    ear_m=0.24,
    tail=0.95,
    tail_m=0.025,
    tail_up=-0.6,
    brush=0.5,
    fur=0.02,
    mane="ruff",
    weight=0.5,
    pace=1.1,
    eye_out=0.62,
)
_HORSE = Species(
    "horse",
    "quadruped",
    1.52,
    Coat(
        "#6e3a1a",
        "#7f4824",
        "#4a2410",
        ends="#1d1512",
        muzzle="#3a2216",
        nose="#241a18",
        iris="#2c1a10",
        mane="#17110f",
    ),
    trunk=0.86,
    depth=0.45,
    belly=0.4,
    width=0.72,
    leg=0.72,
    wrist=0.3,
    hock=0.36,
    neck=0.52,
    neck_up=0.88,
    neck_m=0.125,
    head=0.42,
    skull=0.215,
    muzzle=0.56,
    snout=0.145,
    drop=0.42,
    eye=0.055,
    eye_out=0.95,
    ear="leaf",
    ear_m=0.3,
    tail=0.5,
    tail_m=0.026,
    tail_up=-0.9,
    brush=1.0,
    fur=0.0,
    feet="hoof",
    mane="crest",
    weight=0.8,
    pace=1.35,
)
_COW = replace(
    _HORSE,
    name="cow",
    withers_m=1.4,
    coat=Coat(
        "#f0e8dc",
        "#f2ebe0",
        "#2a201b",
        ends="#e9e0d2",
        muzzle="#d8a795",
        pattern="patches",
        nose="#a86f66",
        iris="#2c1a10",
        mane="#2a201b",
    ),
    trunk=1.02,
    depth=0.54,
    belly=0.52,
    width=0.82,
    leg=0.78,
    wrist=0.24,
    hock=0.32,
    neck=0.36,
    neck_up=0.42,
    neck_m=0.14,
    head=0.4,
    skull=0.24,
    muzzle=0.5,
    snout=0.19,
    ear="leaf",
    ear_m=0.4,
    horns="cow",
    mane="",
    pace=0.9,
)
_SHEEP = replace(
    _COW,
    name="sheep",
    withers_m=0.7,
    coat=Coat(
        "#e9e0cf",
        "#e3d8c4",
        "#d8ccb6",
        ends="#3a312c",
        muzzle="#3a312c",
        nose="#1f1a18",
        iris="#8a6a2a",
    ),
    trunk=0.95,
    depth=0.5,
    belly=0.48,
    width=0.95,
    leg=0.85,
    neck=0.34,
    neck_up=0.7,
    neck_m=0.13,
    head=0.4,
    skull=0.25,
    muzzle=0.45,
    snout=0.15,
    eye=0.06,
    ear="leaf",
    ear_m=0.42,
    tail=0.22,
    tail_m=0.05,
    horns="",
    mane="wool",
    weight=0.4,
    pace=0.75,
)
_GOAT = replace(
    _SHEEP,
    name="goat",
    coat=Coat(
        "#d9cdb9",
        "#efe6d6",
        "#5b4634",
        ends="#4a3a2c",
        muzzle="#e6dac4",
        pattern="patches",
        nose="#2a201c",
        iris="#b08a2a",
    ),
    belly=0.42,
    width=0.78,
    depth=0.46,
    horns="goat",
    mane="",
    fur=0.05,
    neck_up=0.85,
    neck_m=0.1,
    tail=0.2,
    tail_up=0.8,
)
_DEER = replace(
    _HORSE,
    name="deer",
    withers_m=1.0,
    coat=Coat(
        "#96602f",
        "#e9dcc3",
        "#6a3f1c",
        ends="#8a5a30",
        muzzle="#d9c3a0",
        pattern="spots",
        nose="#1a1412",
        iris="#1f120b",
    ),
    trunk=0.85,
    depth=0.42,
    belly=0.34,
    leg=0.6,
    neck=0.46,
    neck_up=0.95,
    neck_m=0.09,
    head=0.36,
    skull=0.24,
    muzzle=0.5,
    snout=0.12,
    drop=0.3,
    eye=0.075,
    ear="leaf",
    ear_m=0.48,
    tail=0.18,
    tail_m=0.04,
    tail_up=0.3,
    fur=0.015,
    mane="",
    horns="antlers",
    weight=0.45,
    pace=1.15,
)
_PIG = replace(
    _COW,
    name="pig",
    withers_m=0.66,
    coat=Coat(
        "#e8ada0",
        "#eebcae",
        "#d68f84",
        ends="#c98577",
        muzzle="#e39a8e",
        nose="#c9776e",
        iris="#3f2a1c",
    ),
    trunk=1.25,
    depth=0.6,
    belly=0.58,
    width=0.86,
    leg=0.85,
    wrist=0.18,
    hock=0.24,
    neck=0.26,
    neck_up=0.1,
    neck_m=0.2,
    head=0.5,
    skull=0.29,
    muzzle=0.48,
    snout=0.2,
    drop=0.25,
    eye=0.045,
    ear="leaf",
    ear_m=0.36,
    tail=0.28,
    tail_m=0.03,
    tail_up=0.6,
    brush=0.0,
    horns="",
    weight=0.5,
    pace=0.75,
)
_ELEPHANT = replace(
    _COW,
    name="elephant",
    withers_m=2.5,
    coat=Coat(
        "#7d7771",
        "#857e77",
        "#655f5a",
        ends="#6d6761",
        muzzle="#7d7771",
        nose="#5a544f",
        iris="#5a3a1a",
    ),
    trunk=0.82,
    depth=0.52,
    belly=0.52,
    width=0.9,
    leg=1.5,
    wrist=0.15,
    hock=0.18,
    neck=0.2,
    neck_up=0.45,
    neck_m=0.2,
    head=0.38,
    skull=0.42,
    muzzle=0.3,
    snout=0.2,
    drop=0.4,
    eye=0.03,
    eye_out=0.85,
    ear="fan",
    ear_m=0.95,
    tail=0.4,
    tail_m=0.02,
    feet="pad",
    horns="tusks",
    weight=1.0,
    pace=1.1,
)
_BEAR = replace(
    _DOG,
    name="bear",
    withers_m=1.0,
    coat=Coat("#5b3a22", "#4f321d", "#3d2614", ends="#362213", muzzle="#a5794c", iris="#2a170c"),
    trunk=1.1,
    depth=0.56,
    belly=0.54,
    width=0.86,
    leg=1.45,
    wrist=0.12,
    hock=0.14,
    neck=0.28,
    neck_up=0.35,
    neck_m=0.18,
    head=0.46,
    skull=0.33,
    muzzle=0.34,
    snout=0.15,
    eye=0.055,
    ear="round",
    ear_m=0.22,
    tail=0.1,
    tail_m=0.05,
    tail_up=-0.5,
    fur=0.085,
    brush=1.0,
    weight=0.7,
    pace=0.95,
)
_RABBIT = replace(
    _CAT,
    name="rabbit",
    withers_m=0.19,
    coat=Coat(
        "#9b7f5f",
        "#f1e9da",
        "#6d563d",
        ends="#b49a78",
        muzzle="#d8c6a8",
        nose="#b97a70",
        iris="#2a170c",
    ),
    trunk=0.95,
    depth=0.62,
    belly=0.66,
    width=0.86,
    leg=0.95,
    neck=0.22,
    head=0.56,
    skull=0.3,
    muzzle=0.2,
    snout=0.185,
    eye=0.1,
    eye_out=0.9,
    ear="long",
    ear_m=0.95,
    tail=0.16,
    tail_m=0.1,
    tail_up=0.9,
    fur=0.08,
    hops=True,
    weight=0.1,
    pace=0.7,
)
_BIRD = Species(
    "bird",
    "bird",
    0.24,
    Coat(
        "#4f7fb5",
        "#f0d9b8",
        "#2c4a75",
        ends="#c98a3a",
        muzzle="#e0a23a",
        nose="#e0a23a",
        iris="#1a120c",
    ),
    head=0.5,
    eye=0.11,
    tail=0.75,
    fur=0.07,
    feet="claw",
    ear="none",
    weight=0.06,
    pace=0.42,
    eye_out=0.88,
    skull=0.3,
    neck=0.16,
    neck_m=0.16,
)

_KINDS = (
    _DOG, _CAT, _HORSE, _COW, _SHEEP, _PIG, _WOLF, _FOX, _LION, _ELEPHANT, _RABBIT, _GOAT, _DEER,
    _BEAR, _BIRD,
    replace(_CAT, name="tiger", withers_m=0.95, coat=replace(
        _CAT.coat, base="#d0741c", below="#f4eadb", marks="#1c1310", muzzle="#f6efe2",
        ends="#d98a3a", pattern="stripes", nose="#b0625a", iris="#b98a2a"),
        trunk=1.15, leg=1.2, head=0.4, skull=0.29, muzzle=0.34, snout=0.18,
        eye=0.066,
        eye_out=0.62, ear="round", ear_m=0.25, tail_m=0.035, tail_up=-0.5, fur=0.03,
        neck_up=0.5, neck_m=0.14, weight=0.5,
        pace=1.1),
    replace(_BEAR, name="panda", withers_m=0.8, coat=Coat(
        "#efeae0", "#efeae0", "#16130f", ends="#16130f", muzzle="#efeae0", iris="#20140c")),
    replace(_HORSE, name="donkey", withers_m=1.15, coat=Coat(
        "#837a70", "#d6cdbf", "#4f4842", ends="#6a625a", muzzle="#dcd3c5", nose="#3a322e",
        iris="#20140c", mane="#2f2a27"), ear_m=0.62, head=0.46, pace=1.0),
    replace(_BIRD, name="duck", withers_m=0.3, coat=Coat(
        "#8a6f52", "#e9e0d0", "#2f6b45", ends="#d9822a", muzzle="#e0a02a", nose="#e0a02a"),
        pace=0.4),
    replace(_BIRD, name="chicken", withers_m=0.36, coat=Coat(
        "#b5612a", "#d9a066", "#5f2d14", ends="#d9a02a", muzzle="#d9a02a", nose="#c22f26"),
        pace=0.5),
    replace(_BIRD, name="owl", withers_m=0.4, coat=Coat(
        "#8a6a48", "#e3d3b5", "#4a3524", ends="#c9a04a", muzzle="#4a3a28", nose="#4a3a28",
        iris="#e0a01e"), head=0.52, eye=0.13, pace=0.5),
    replace(_BIRD, name="eagle", withers_m=0.62, coat=Coat(
        "#3f2a1c", "#4f3624", "#efe9dd", ends="#d9a02a", muzzle="#e0a82a", nose="#e0a82a",
        iris="#c99a2a"), pace=0.8),
)  # fmt: skip
TABLE: dict[str, Species] = {one.name: one for one in _KINDS}
SPECIES: tuple[str, ...] = tuple(sorted(TABLE))
"""The animals that are shown as what they are."""

NEAREST: dict[str, str] = {
    "puppy": "dog", "kitten": "cat", "pony": "horse", "foal": "horse", "unicorn": "horse",
    "zebra": "horse", "camel": "horse", "giraffe": "deer", "reindeer": "deer", "moose": "deer",
    "bull": "cow", "ox": "cow", "buffalo": "cow", "calf": "cow", "rhino": "elephant",
    "hippo": "pig", "mammoth": "elephant", "lamb": "sheep", "boar": "pig", "piglet": "pig",
    "leopard": "tiger", "cheetah": "tiger", "panther": "cat", "jaguar": "tiger", "lioness": "lion",
    "hare": "rabbit", "bunny": "rabbit", "mouse": "rabbit", "rat": "rabbit", "squirrel": "rabbit",
    "hamster": "rabbit", "hedgehog": "rabbit", "kangaroo": "rabbit", "monkey": "bear",
    "gorilla": "bear", "ape": "bear", "mule": "donkey", "goose": "duck", "swan": "duck",
    "penguin": "duck", "hen": "chicken", "rooster": "chicken", "hawk": "eagle", "falcon": "eagle",
    "crow": "bird", "pigeon": "bird", "parrot": "bird", "seagull": "bird", "coyote": "wolf",
    "butterfly": "bird", "bee": "bird",
}  # fmt: skip
"""Who is shown in the body of whom."""

UNKNOWN_COAT = Coat("#8d8478", "#b9b0a3", "#6a6259", muzzle="#a39a8d")


def shown_as(name: str) -> str:
    """Return the species of `SPECIES` in whose body an animal of any name is shown."""
    if name in TABLE:
        return name
    return NEAREST.get(name, "dog")


def species_of(name: str) -> Species:
    """Return an animal's measures; one that nobody knows is a dog in a coat of no colour."""
    known = TABLE[shown_as(name)]
    return known if name in TABLE or name in NEAREST else replace(known, coat=UNKNOWN_COAT)
