"""The wardrobe: from the garments of a look to a whole, decent outfit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .colours import CLOTH_COLOURS, named
from .patterns import BOTTOMS, FEET, HAND_WEAR, HEAD_WEAR, MEANS, NECK_WEAR, TOPS, Pattern
from .tailor import Cloth, sole_m

if TYPE_CHECKING:
    import numpy as np

    from matinee.film.screenplay import Look

    from .identity import Identity

PATTERNS: dict[str, Pattern] = {**TOPS, **BOTTOMS, **FEET}
GARMENTS: tuple[str, ...] = tuple(
    sorted([*PATTERNS, *HEAD_WEAR, *NECK_WEAR, *HAND_WEAR, *MEANS, "barefoot"])
)
# These need something beneath them, or something below.
OPEN_TOPS = ("jacket", "leather_jacket", "blazer", "coat", "lab_coat", "vest", "apron", "overalls")
WHOLE = ("dress", "gown", "robe", "toga", "tunic", "armour", "spacesuit", "swimsuit", "overalls")


@dataclass(frozen=True, eq=False)
class Outfit:
    """What somebody wears: clothes from the skin outwards, then things by kind and colour."""

    clothes: tuple[Cloth, ...]
    things: tuple[tuple[str, tuple[float, float, float] | None], ...]
    sole_m: float


def outfit(look: Look, who: Identity, rng: np.random.Generator) -> Outfit:
    """Choose what the look leaves open; everybody is dressed above and below."""
    wanted: list[tuple[str, str]] = []
    for garment in look.garments:
        parts = MEANS.get(garment.kind, (garment.kind,))
        # The colour named is that of the first part: a blue suit has a white shirt.
        same = {parts[0], "trousers"}
        wanted += [(part, garment.colour if part in same else "") for part in parts]
    kinds = [kind for kind, _ in wanted]
    wanted = _modest(wanted, who)
    kinds = [kind for kind, _ in wanted]
    if not any(kind in TOPS and kind not in OPEN_TOPS for kind in kinds) or (
        all(kind in OPEN_TOPS for kind in kinds if kind in TOPS)
    ):
        under = {"blazer": "shirt", "coat": "sweater", "lab_coat": "shirt", "vest": "shirt"}
        chosen = next((under[kind] for kind in kinds if kind in under), None)
        casual = ["t_shirt", "shirt", "sweater", "hoodie"]
        if who.man < 0.5:
            casual = ["t_shirt", "blouse", "sweater", "tank_top", "dress"]
        if chosen is None:
            open_top = any(kind in OPEN_TOPS for kind in kinds)
            lower = any(kind in BOTTOMS for kind in kinds)
            options = ["t_shirt"] if open_top else [k for k in casual if k != "dress" or not lower]
            chosen = str(rng.choice(options))
        wanted.append((chosen, ""))
        kinds.append(chosen)
    if not any(kind in BOTTOMS or kind in WHOLE for kind in kinds):
        options = ["trousers", "jeans"] if who.man > 0.5 else ["jeans", "trousers", "skirt"]
        formal = any(kind in ("blazer", "coat", "lab_coat") for kind in kinds)
        wanted.append(("trousers" if formal else str(rng.choice(options)), ""))
    if not any(kind in FEET or kind == "barefoot" for kind in kinds) and not any(
        kind in ("swimsuit", "swim_shorts", "rash_vest") for kind in kinds
    ):
        wanted.append((_footwear(kinds, rng), ""))
    return _made_up(wanted, who, rng)


def _apart(inner_first: list[Cloth]) -> list[Cloth]:
    """Let every top stand off the one beneath it, so that none shows through."""
    result: list[Cloth] = []
    ease = 0.0
    for cloth in inner_first:
        fitted = cloth
        if cloth.kind in TOPS:
            ease = max(cloth.pattern.ease_m, ease + 0.010)
            fitted = replace(cloth, pattern=replace(cloth.pattern, ease_m=ease))
        result.append(fitted)
    return result


def _tucked(clothes: dict[int, Cloth]) -> dict[int, Cloth]:
    """Cut tops off at the waist when there is a skirt: its sheet stands wider than theirs."""
    if not any(
        cloth.kind in BOTTOMS and cloth.pattern.skirt_dm is not None for cloth in clothes.values()
    ):
        return clothes
    return {
        place: replace(
            cloth, pattern=replace(cloth.pattern, hem_dm=max(cloth.pattern.hem_dm, 0.95))
        )
        if cloth.kind in TOPS and cloth.pattern.skirt_dm is None
        else cloth
        for place, cloth in clothes.items()
    }


def _modest(wanted: list[tuple[str, str]], who: Identity) -> list[tuple[str, str]]:
    """Give bathers what suits them: the young and men wear shorts, and the young a top."""
    young = who.years in ("child", "teen")
    result: list[tuple[str, str]] = []
    for kind, colour in wanted:
        if kind == "swimsuit" and (young or who.man > 0.5):
            result += [("rash_vest", ""), ("swim_shorts", colour)]
        else:
            result.append((kind, colour))
    return result


def _footwear(kinds: list[str], rng: np.random.Generator) -> str:
    if any(kind in ("armour", "tunic", "toga") for kind in kinds):
        return "sandals"
    if any(kind in ("blazer", "shirt", "coat", "robe", "gown") for kind in kinds):
        return "shoes"
    if "spacesuit" in kinds:
        return "boots"
    return str(rng.choice(["sneakers", "sneakers", "shoes", "boots"]))


def _made_up(wanted: list[tuple[str, str]], who: Identity, rng: np.random.Generator) -> Outfit:
    clothes: dict[int, Cloth] = {}
    things: list[tuple[str, tuple[float, float, float] | None]] = []
    sole = 0.0
    del who
    armed = any(kind == "armour" for kind, _ in wanted)
    for garment, colour in wanted:
        # Armour asks for the helmet of its time.
        kind = "crested_helmet" if armed and garment == "helmet" else garment
        pattern = PATTERNS.get(kind)
        if pattern is None:
            if kind in (*HEAD_WEAR, *NECK_WEAR, *HAND_WEAR):
                tint = named(colour, CLOTH_COLOURS, "grey") if colour else None
                things.append((kind, None if tint is None else tuple(map(float, tint))))  # type: ignore[arg-type]
            continue
        fallback = str(rng.choice(pattern.palette))
        cloth = Cloth(kind, pattern, named(colour, CLOTH_COLOURS, fallback))
        if kind in FEET:
            sole = sole_m(kind)
        # Two garments of one layer cannot be worn at once; the first one named stays.
        clothes.setdefault(pattern.layer * 10 + (kind in BOTTOMS) + 2 * (kind in FEET), cloth)
    clothes = _tucked(clothes)
    inner_first = _apart(sorted(clothes.values(), key=lambda cloth: cloth.pattern.layer))
    return Outfit(tuple(inner_first), tuple(things), sole)
