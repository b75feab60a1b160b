"""Who somebody is: from a look and a seed to body shape, face, skin, hair and eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .colours import HAIR_COLOURS, IRIS_COLOURS, SKIN_TONES, brightness, linear, named

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.film.screenplay import Look

Floats: TypeAlias = "npt.NDArray[np.floating]"

# How far a face may go along each pair of opposite details; the first is the positive end.
FACE_PAIRS = (
    ("head_round", "head_oval", 0.5),
    ("head_square", "head_triangular", 0.35),
    ("head_rectangular", "head_diamond", 0.35),
    ("head_wide", "head_narrow", 0.35),
    ("forehead_high", "forehead_low", 0.5),
    ("nose_long", "nose_short", 0.45),
    ("nose_wide", "nose_narrow", 0.4),
    ("nose_deep", "nose_flat", 0.35),
    ("nose_tip_up", "nose_tip_down", 0.4),
    ("nose_hump", "nose_concave", 0.35),
    ("nose_bulbous", "nose_fine", 0.4),
    ("mouth_wide", "mouth_narrow", 0.4),
    ("mouth_up", "mouth_down", 0.3),
    ("lips_full", "lips_thin", 0.4),
    ("chin_wide", "chin_narrow", 0.4),
    ("chin_long", "chin_short", 0.35),
    ("chin_prominent", "chin_receding", 0.3),
    ("jaw_strong", "jaw_soft", 0.4),
    ("cheeks_full", "cheeks_hollow", 0.5),
    ("eyes_apart", "eyes_close", 0.3),
    ("eyes_slanted", "eyes_drooping", 0.35),
    ("ears_large", "ears_small", 0.4),
)
DARK_SKIN, FAIR_SKIN = 0.10, 0.42


@dataclass(frozen=True, eq=False)
class Identity:
    """A person before any clothes: shape weights, and linear colours (3,)."""

    macros: dict[str, float]
    details: dict[str, float]
    man: float
    years: str
    skin: Floats
    hair: Floats
    iris: Floats
    hair_style: str
    facial_hair: str
    brow_weight: float


def identity(look: Look, rng: np.random.Generator) -> Identity:
    """Decide everything that the look leaves open; the same look and seed give the same person."""
    gender = {"woman": 0.0, "man": 1.0, "neutral": float(rng.choice([0.25, 0.75]))}[look.gender]
    skin = named(look.skin, SKIN_TONES, str(rng.choice(list(SKIN_TONES)[1:8])))
    hair = _hair_colour(look, skin, rng)
    dark_eyes = brightness(skin) < 0.25
    iris = linear(str(rng.choice(IRIS_COLOURS[:3] if dark_eyes else IRIS_COLOURS)))
    return Identity(
        macros=_macros(look, gender, skin, rng),
        details=_details(look, gender, rng),
        man=gender,
        years=look.age,
        skin=skin,
        hair=hair,
        iris=iris,
        hair_style=look.hair_style or _hair_style(look, gender, rng),
        facial_hair=look.facial_hair,
        brow_weight=float(np.clip(0.85 + 0.35 * gender + rng.normal(0, 0.1), 0.65, 1.4)),
    )


def _hair_colour(look: Look, skin: Floats, rng: np.random.Generator) -> Floats:
    if look.age == "elder":
        otherwise = str(rng.choice(["grey", "white", "grey"]))
    elif brightness(skin) < 0.22:
        otherwise = str(rng.choice(["black", "black", "dark_brown"]))
    else:
        natural = ["black", "dark_brown", "brown", "light_brown", "blond", "auburn", "red"]
        otherwise = str(rng.choice(natural))
    return named(look.hair_colour, HAIR_COLOURS, otherwise)


def _hair_style(look: Look, gender: float, rng: np.random.Generator) -> str:
    if gender > 0.5 and look.age == "elder":
        styles = ["short", "side_part", "balding", "buzz", "slicked_back"]
    elif gender > 0.5:
        styles = ["short", "short", "short_curly", "buzz", "side_part", "slicked_back"]
    elif look.age == "child":
        styles = ["bob", "ponytail", "long", "braids"]
    else:
        styles = ["bob", "long", "ponytail", "bun", "curly", "wavy"]
    return str(rng.choice(styles))


def _macros(look: Look, gender: float, skin: Floats, rng: np.random.Generator) -> dict[str, float]:
    ages = {
        "child": {"baby": 0.26, "child": 0.74},
        "teen": {"child": 0.4, "young": 0.6},
        "adult": {"young": 1.0},
        "elder": {"young": 0.25, "old": 0.75},
    }[look.age]
    if look.age == "adult":
        older = float(rng.uniform(0, 0.3))
        ages = {"young": 1 - older, "old": older}
    tone = brightness(skin)
    african = float(np.clip((FAIR_SKIN - tone) / (FAIR_SKIN - DARK_SKIN), 0, 1)) ** 1.5
    asian = float(rng.beta(0.5, 0.8)) * (1 - african)
    ranges = {"african": african, "asian": asian, "caucasian": 1 - african - asian}
    builds: dict[str, float] = {look.build: 1.0}
    if look.age == "child" and look.build == "muscular":
        builds = {"average": 1.0}
    tall = {"short": -0.32, "average": 0.0, "tall": 0.26}[look.height] + float(rng.normal(0, 0.08))
    if look.age == "elder":
        tall -= 0.1
    macros: dict[str, float] = {}
    for age, age_share in ages.items():
        for sex, sex_share in (("female", 1 - gender), ("male", gender)):
            share = age_share * sex_share
            if age == "baby":
                for name, part in {**ranges, "average": 1.0}.items():
                    macros[f"{name}-{sex}-{age}"] = share * part
                continue
            for name, part in {**ranges, **builds}.items():
                macros[f"{name}-{sex}-{age}"] = share * part
            stature = "tall" if tall > 0 else "short"
            macros[f"{stature}-{sex}-{age}"] = share * min(abs(tall), 0.7)
            macros[f"ideal-{sex}-{age}"] = share * 0.45
    return macros


def _details(look: Look, gender: float, rng: np.random.Generator) -> dict[str, float]:
    details: dict[str, float] = {}
    for positive, negative, most in FACE_PAIRS:
        amount = float(np.clip(rng.normal(0, 0.45), -1, 1)) * most
        details[positive if amount > 0 else negative] = abs(amount)
    # The stylised face: eyes a little larger and more open than life, brows off the eyes, corners
    # of the mouth a touch up, so that nobody looks worried at rest.
    details["eyes_large"] = 0.28 + (0.25 if look.age == "child" else 0.0)
    details["eyes_open"] = 0.25
    details["mouth_corners_up"] = 0.25
    details["brow_back"] = 0.25 * (1 - gender)
    if look.age in ("child", "teen"):
        details |= {"shoulders_narrow": 0.5, "chest_small": 0.7}
    if look.age == "child":
        details |= {"shoulders_narrow": 0.9, "chest_small": 1.0, "hips_narrow": 0.5}
        details |= {"head_round": 0.5, "cheeks_full": 0.6, "nose_short": 0.35, "head_oval": 0.0}
        details |= {"cheeks_hollow": 0.0, "nose_hump": 0.0, "jaw_strong": 0.0}
    if look.age == "elder":
        details |= {"eye_bags": 0.5, "laugh_lines": 0.8, "ears_large": 0.4, "eyes_open": 0.1}
    if gender > 0.5 and look.age in ("adult", "elder"):
        details["neck_thick"] = 0.15
        details["jaw_strong"] = details.get("jaw_strong", 0.0) + 0.15
    if look.build == "heavy":
        details["head_fat"] = 0.5
    return details
