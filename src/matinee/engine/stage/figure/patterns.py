"""Sewing patterns: which part of the body each kind of garment covers, in canonical space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.floating]"

# Canonical heights in decimetres.
NECK_DM, CHEST_DM, WAIST_DM, HIP_DM, KNEE_DM, ANKLE_DM, SOLE_DM = (
    5.95,
    3.6,
    1.6,
    0.4,
    -3.7,
    -7.3,
    -8.22,
)
EVERYWHERE = 9.0


@dataclass(frozen=True)
class Pattern:
    """How a garment is cut.

    layer orders garments from the skin outwards; ease_m is how far it stands off the body and
    flare_m how much more at its hem; top_dm and hem_dm are heights; neck names a neckline; sleeve
    is how far down the arm (1 elbow, 2 wrist), 0 for none; skirt_dm the hem of a skirt sewn to it;
    open_dm how wide it stands open in front; folds scales its creases.
    """

    layer: int
    ease_m: float = 0.010
    flare_m: float = 0.004
    top_dm: float = EVERYWHERE
    hem_dm: float = -0.3
    neck: str = ""
    sleeve: float = 0.0
    skirt_dm: float | None = None
    skirt_wide: float = 1.0
    open_dm: float = 0.0
    folds: float = 1.0
    surface: Surface = Surface.CLOTH
    roughness: float = 0.85
    palette: tuple[str, ...] = ("blue",)
    extras: tuple[str, ...] = ()
    bare_legs: bool = False


TOPS = {
    "t_shirt": Pattern(
        2,
        0.010,
        0.010,
        neck="crew",
        sleeve=0.62,
        hem_dm=0.0,
        palette=("white", "red", "navy", "teal", "yellow", "grey", "pink"),
        extras=("neckband",),
    ),
    "tank_top": Pattern(
        2,
        0.007,
        0.006,
        neck="scoop",
        hem_dm=0.05,
        palette=("white", "black", "red", "green"),
    ),
    "shirt": Pattern(
        2,
        0.010,
        0.010,
        neck="shirt",
        sleeve=1.93,
        hem_dm=-0.1,
        palette=("white", "#a9c3dd", "#e6d4c4", "teal", "#7d2c33"),
        extras=("collar", "buttons", "cuffs"),
    ),
    "blouse": Pattern(
        2,
        0.012,
        0.014,
        neck="v",
        sleeve=1.8,
        hem_dm=0.0,
        folds=1.3,
        roughness=0.65,
        palette=("#efe3d6", "pink", "teal", "#b3465a"),
        extras=("cuffs",),
    ),
    "sweater": Pattern(
        3,
        0.018,
        0.006,
        neck="crew",
        sleeve=1.95,
        hem_dm=0.0,
        folds=1.2,
        palette=("#8a3b32", "navy", "#b99b6b", "#4c6a58"),
        extras=("neckband", "cuffs"),
    ),
    "hoodie": Pattern(
        3,
        0.024,
        0.004,
        neck="crew",
        sleeve=1.95,
        hem_dm=-0.1,
        folds=1.3,
        palette=("grey", "navy", "#6e2f3a", "green"),
        extras=("hood", "cuffs", "pouch"),
    ),
    "vest": Pattern(
        3,
        0.014,
        0.004,
        neck="v",
        hem_dm=0.0,
        palette=("#3a3a44", "brown"),
        extras=("buttons",),
    ),
    "tunic": Pattern(
        3,
        0.014,
        0.012,
        neck="crew",
        sleeve=0.5,
        hem_dm=0.9,
        skirt_dm=-2.6,
        skirt_wide=1.03,
        palette=("#8c2f2c", "#d8cdb4", "#3f5a4a"),
        extras=("belt",),
    ),
    "robe": Pattern(
        4,
        0.022,
        0.02,
        neck="v",
        sleeve=1.8,
        hem_dm=0.9,
        skirt_dm=-6.9,
        folds=1.5,
        palette=("#5b2b3c", "#2f3e5e", "#d8cdb4"),
        extras=("belt",),
    ),
    "toga": Pattern(
        4,
        0.02,
        0.02,
        neck="scoop",
        sleeve=0.4,
        hem_dm=0.9,
        skirt_dm=-6.4,
        folds=1.8,
        palette=("#e8e0cf",),
        extras=("sash",),
    ),
    "dress": Pattern(
        3,
        0.008,
        0.012,
        neck="scoop",
        sleeve=0.3,
        hem_dm=1.2,
        skirt_dm=-3.1,
        skirt_wide=1.05,
        roughness=0.7,
        palette=("red", "teal", "#35406e", "#c9785a", "purple"),
        extras=("waist",),
        bare_legs=True,
    ),
    "gown": Pattern(
        3,
        0.007,
        0.01,
        neck="scoop",
        hem_dm=1.2,
        skirt_dm=-7.6,
        skirt_wide=1.25,
        folds=1.4,
        roughness=0.5,
        palette=("#7a1530", "#1f3b57", "gold"),
        extras=("waist",),
    ),
    "jacket": Pattern(
        5,
        0.026,
        0.010,
        neck="jacket",
        sleeve=1.97,
        hem_dm=-0.1,
        open_dm=0.55,
        folds=1.2,
        roughness=0.7,
        palette=("#3b3f46", "brown", "#2c3a2f", "navy"),
        extras=("collar", "cuffs", "zip"),
    ),
    "leather_jacket": Pattern(
        5,
        0.026,
        0.006,
        neck="jacket",
        sleeve=1.97,
        hem_dm=0.1,
        open_dm=0.5,
        folds=1.3,
        roughness=0.35,
        palette=("black", "#4b2c1c"),
        extras=("collar", "cuffs", "zip"),
    ),
    "blazer": Pattern(
        5,
        0.022,
        0.008,
        neck="lapel",
        sleeve=1.9,
        hem_dm=-0.6,
        open_dm=0.1,
        folds=0.8,
        palette=("navy", "#3c3c42", "#6b5136"),
        extras=("lapels", "buttons"),
    ),
    "coat": Pattern(
        6,
        0.034,
        0.012,
        neck="lapel",
        sleeve=1.98,
        hem_dm=0.9,
        skirt_dm=-3.4,
        skirt_wide=1.0,
        open_dm=0.12,
        palette=("#5d4a36", "#2b2d33", "#7d2b2f", "beige"),
        extras=("lapels", "buttons", "cuffs"),
    ),
    "lab_coat": Pattern(
        6,
        0.03,
        0.012,
        neck="jacket",
        sleeve=1.95,
        hem_dm=0.9,
        skirt_dm=-3.0,
        open_dm=0.3,
        palette=("white",),
        extras=("collar", "buttons"),
    ),
    "armour": Pattern(
        5,
        0.03,
        0.0,
        neck="armour",
        hem_dm=0.7,
        folds=0.0,
        surface=Surface.METAL,
        roughness=0.32,
        palette=("silver", "#b08a4a"),
        extras=("plates", "pteruges"),
    ),
    "apron": Pattern(
        6,
        0.042,
        0.01,
        neck="apron",
        hem_dm=0.9,
        skirt_dm=-3.0,
        palette=("white", "#33566b", "green"),
        extras=("apron",),
    ),
    "spacesuit": Pattern(
        5,
        0.045,
        0.0,
        neck="crew",
        sleeve=1.98,
        hem_dm=-7.3,
        folds=2.0,
        roughness=0.6,
        palette=("#e4e4e0",),
        extras=("neckband", "cuffs", "belt", "chest_box"),
    ),
    "overalls": Pattern(
        3,
        0.018,
        0.004,
        neck="bib",
        hem_dm=-7.2,
        folds=1.2,
        palette=("#38557d", "#5a4a35"),
    ),
    "swimsuit": Pattern(
        1,
        0.004,
        0.0,
        neck="scoop",
        hem_dm=-0.62,
        folds=0.0,
        roughness=0.45,
        palette=("red", "navy", "teal"),
        bare_legs=True,
    ),
    "rash_vest": Pattern(
        1,
        0.005,
        0.0,
        neck="crew",
        sleeve=0.7,
        hem_dm=0.05,
        folds=0.3,
        roughness=0.5,
        palette=("teal", "navy", "orange"),
    ),
}
BOTTOMS = {
    "trousers": Pattern(
        1,
        0.012,
        0.012,
        top_dm=1.35,
        hem_dm=-7.35,
        palette=("#2d2f36", "#4b4336", "navy", "#6d675c"),
        extras=("belt", "fly"),
    ),
    "jeans": Pattern(
        1,
        0.010,
        0.008,
        top_dm=1.25,
        hem_dm=-7.4,
        palette=("#2f4468", "#1f2a40", "#56708f"),
        extras=("belt", "fly", "seams"),
    ),
    "leggings": Pattern(1, 0.004, 0.0, top_dm=1.5, hem_dm=-7.1, folds=0.3, palette=("black",)),
    "shorts": Pattern(
        1,
        0.014,
        0.014,
        top_dm=1.3,
        hem_dm=-2.9,
        palette=("beige", "navy", "#56663f"),
        extras=("belt", "fly"),
        bare_legs=True,
    ),
    "swim_shorts": Pattern(
        1,
        0.012,
        0.014,
        top_dm=1.0,
        hem_dm=-2.4,
        palette=("red", "navy", "teal"),
        bare_legs=True,
    ),
    "skirt": Pattern(
        1,
        0.010,
        0.0,
        top_dm=1.7,
        hem_dm=0.9,
        skirt_dm=-3.2,
        skirt_wide=1.0,
        palette=("#7c2f3a", "black", "#42597d", "#5b7250"),
        extras=("waist",),
        bare_legs=True,
    ),
    "long_skirt": Pattern(
        1,
        0.010,
        0.0,
        top_dm=1.7,
        hem_dm=0.9,
        skirt_dm=-7.0,
        skirt_wide=1.05,
        palette=("#5b3a52", "#3a4c40"),
        extras=("waist",),
    ),
}
FEET = {
    "shoes": Pattern(
        4,
        0.009,
        0.0,
        hem_dm=-20.0,
        top_dm=-7.42,
        folds=0.0,
        roughness=0.45,
        palette=("#2a1c14", "black", "#4a3020"),
        surface=Surface.PLAIN,
    ),
    "sneakers": Pattern(
        4,
        0.011,
        0.0,
        hem_dm=-20.0,
        top_dm=-7.25,
        folds=0.2,
        roughness=0.65,
        palette=("white", "#b2413b", "#33415c"),
        surface=Surface.PLAIN,
    ),
    "boots": Pattern(
        4,
        0.013,
        0.003,
        hem_dm=-20.0,
        top_dm=-5.4,
        folds=0.6,
        roughness=0.5,
        palette=("#3a2517", "black"),
        surface=Surface.PLAIN,
    ),
    "sandals": Pattern(
        4,
        0.004,
        0.0,
        hem_dm=-20.0,
        top_dm=-7.3,
        folds=0.0,
        roughness=0.7,
        palette=("#6b4526",),
        surface=Surface.PLAIN,
    ),
    "heels": Pattern(
        4,
        0.006,
        0.0,
        hem_dm=-20.0,
        top_dm=-7.75,
        folds=0.0,
        roughness=0.3,
        palette=("black", "red"),
        surface=Surface.PAINT,
    ),
}
HEAD_WEAR = (
    "hat",
    "cap",
    "helmet",
    "crested_helmet",
    "crown",
    "beanie",
    "headscarf",
    "glasses",
    "sunglasses",
    "headphones",
    "straw_hat",
    "top_hat",
    "cowboy_hat",
    "chef_hat",
    "wizard_hat",
    "headband",
)
NECK_WEAR = ("scarf", "tie", "bow_tie", "necklace", "cape")
HAND_WEAR = ("gloves",)

# Words that mean one of the above, or several at once.
MEANS: dict[str, tuple[str, ...]] = {
    "suit": ("blazer", "shirt", "tie", "trousers"),
    "tuxedo": ("blazer", "shirt", "bow_tie", "trousers"),
    "uniform": ("jacket", "shirt", "trousers"),
    "tshirt": ("t_shirt",),
    "tee": ("t_shirt",),
    "top": ("t_shirt",),
    "polo": ("t_shirt",),
    "pullover": ("sweater",),
    "jumper": ("sweater",),
    "cardigan": ("jacket",),
    "parka": ("coat",),
    "overcoat": ("coat",),
    "trench_coat": ("coat",),
    "raincoat": ("coat",),
    "cloak": ("cape",),
    "pants": ("trousers",),
    "slacks": ("trousers",),
    "armor": ("armour", "tunic"),
    "armour": ("armour", "tunic"),
    "trainers": ("sneakers",),
    "running_shoes": ("sneakers",),
    "dungarees": ("overalls",),
    "kimono": ("robe",),
    "bikini": ("swimsuit",),
    "swimwear": ("swimsuit",),
    "space_suit": ("spacesuit",),
    "spectacles": ("glasses",),
    "fedora": ("hat",),
    "wooly_hat": ("beanie",),
    "hard_hat": ("helmet",),
    "gladiator_helmet": ("crested_helmet",),
    "roman_helmet": ("crested_helmet",),
}


def covered(pattern: Pattern, points: Floats, arm: Floats, arm_share: Floats) -> Floats:
    """Return how far inside a garment canonical points (n, 3) lie: negative is outside.

    In decimetres, roughly: the zero line is the edge of the cloth.
    """
    x, y, z = points.T
    on_arm = arm_share > 0.5
    field = np.full(len(points), EVERYWHERE)
    field = np.minimum(field, np.where(on_arm, EVERYWHERE, y - pattern.hem_dm))
    if pattern.top_dm < EVERYWHERE:
        field = np.minimum(field, np.where(on_arm, -EVERYWHERE, pattern.top_dm - y))
        if pattern.neck == "":
            return np.asarray(np.where(on_arm & (arm_share > 0), -EVERYWHERE, field))
    if pattern.sleeve:
        field = np.minimum(field, np.where(arm > 0.05, (pattern.sleeve - arm) * 2.3, EVERYWHERE))
    elif pattern.neck:
        # The armhole: a plane at the point of the shoulder, leaning in towards the neck.
        hole = (1.45 - np.abs(x) - 0.10 * (y - 4.6)) * 1.5
        field = np.minimum(field, np.where((y > 2.2) & (arm_share > 0), hole, EVERYWHERE))
        field = np.where((arm_share > 0.6) & (arm > 0.12), np.minimum(field, -0.2), field)
    if pattern.neck:
        field = np.minimum(field, _neckline(pattern, x, y, z))
    return np.asarray(field)


def _neckline(pattern: Pattern, x: Floats, y: Floats, z: Floats) -> Floats:
    """Return how far below the neckline a point lies."""
    aside = np.abs(x)
    # A plane around the base of the neck: low in front, high behind.
    ring = 5.92 - 0.42 * (z - 0.1) + 1.4 * np.clip(aside - 0.8, 0, None)
    depth = ring - y
    front = z > 0.25
    line = depth
    if pattern.neck in LOWERED_DM:
        line = depth - LOWERED_DM[pattern.neck]
    elif pattern.neck == "scoop":
        dip = np.where(z > 0.1, 0.75, 0.35) * np.clip(1 - (aside / 1.05) ** 4, 0, 1)
        line = depth - dip - 0.05
    elif pattern.neck == "v":
        line = np.minimum(depth, np.where(front, 4.5 + aside * 2.1 - y, EVERYWHERE))
    elif pattern.neck == "shirt":
        line = np.minimum(depth + 0.12, np.where(front, 5.32 + aside * 1.3 - y, EVERYWHERE))
    elif pattern.neck in OPENINGS:
        bottom, slope = OPENINGS[pattern.neck]
        wide = np.clip(y - bottom, 0, None) * slope
        gap = np.where(front, aside - pattern.open_dm - wide, EVERYWHERE)
        line = np.minimum(depth, gap)
    elif pattern.neck in ("apron", "bib"):
        bib = np.where(front, np.minimum(4.7 - y, 1.0 - aside), -EVERYWHERE)
        line = np.maximum(bib, 2.2 - y) if pattern.neck == "bib" else bib
    return np.asarray(line)


LOWERED_DM = {"crew": 0.09, "armour": 0.42}
"""How far below the base of the neck a round neckline lies."""
OPENINGS = {"lapel": (2.85, 0.186), "jacket": (4.55, 0.27)}
"""Where an open front begins to widen, and how fast."""
