"""Creatures: animals that can be filmed as people are, with bodies and gaits of their own.

species ▶ anatomy (joints) ▶ flesh (skin, coat, fur, face) ▶ `Creature`; path and acts ▶ steps and
controls ▶ `perform` ▶ the same `Performance` that people give.

Invariants: a planted paw does not slide; the same species, look and seed give the same animal, and
with the same acts and path the same performance.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from matinee.engine.stage.cast import Person

from .acts import ACTS, NEAREST_ACT, action_for
from .anatomy import Plan, plan_of
from .bestiary import SPECIES, TABLE
from .flesh import Detail, grown
from .perform import perform
from .species import UNKNOWN_COAT, Coat, Pattern, Species

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.stage.motion import Performance
    from matinee.film.screenplay import Look, Size

AGE_SCALES = {"child": 0.62, "teen": 0.85, "adult": 1.0, "elder": 1.0}
SIZE_SCALES = {
    "tiny": 0.3, "small": 0.65, "normal": 1.0, "large": 1.5, "huge": 3.0,
}  # fmt: skip
VARIANTS = 3
FAINT = 210
"""A difference of red, green and blue, of 765, below which marks are not seen."""
SWIMMING = frozenset({"swimmer", "soft"})
"""Bodies that are at home below the surface of water."""
HEIGHT_SCALES = {"short": 0.85, "average": 1.0, "tall": 1.16}


@dataclass(frozen=True, eq=False)
class Creature(Person):
    """An animal ready to be posed. `soles` are the bones it stands on.

    head_m is the length of its head and length_m that of its body, for the camera; `sole` is what
    its feet are heard to be made of; `pace` compares its speed with a person's.
    """

    plan: Plan
    soles: tuple[str, ...]
    head_m: float
    length_m: float
    sole: str
    pace: float

    def saddle(self, performance: Performance) -> npt.NDArray[np.float32]:
        """Return where one sits on its back at every frame, (n, 3, 4): X aside, Y up, Z ahead.

        On what has wings one sits before them, on what is longer than it is high over its middle.
        """
        one, size = self.plan.species, self.plan.species.unit_m * self.plan.scale
        bone = "chest" if one.wings else "pelvis"
        rest = np.array([0.0, 1.0, 0.0, 1.0])
        if one.legless:
            high = max((station[2] + station[3] for station in one.form.stations), default=0.0)
            rest[1:3] = one.form.ride_m + 0.95 * high * size, 0.05 * size
        else:
            rest[1:3] = 0.99 * size, (0.5 * one.trunk + 0.02 if one.wings else 0.08) * size
        skinning = performance.bones[:, self.skeleton.places[bone]].astype(np.float64)
        placed = skinning @ rest
        return np.concatenate([skinning[:, :, :3], placed[:, :, None]], -1).astype(np.float32)


def creature(
    species: str,
    look: Look,
    *,
    seed: int,
    detail: Detail = "near",
    size: Size = "normal",
    words: str = "",
) -> Creature:
    """Make an animal of any species; the same species, look and seed give the same, made once.

    `words` is how somebody described it: a pattern that they name is the pattern of its coat.

    Animals of a kind share a few bodies, that differ in their coats.
    """
    return _made(species, look, seed % VARIANTS, detail, (size, pattern_in(words)))


PATTERN_WORDS: dict[str, Pattern] = {
    "spotted": "rosettes", "spotty": "rosettes", "spots": "rosettes", "speckled": "rosettes",
    "dappled": "rosettes", "striped": "stripes", "stripy": "stripes", "stripes": "stripes",
    "patched": "patches", "patchy": "patches", "patches": "patches", "calico": "patches",
    "piebald": "patches", "pinto": "patches", "tabby": "tabby", "斑点": "rosettes",
    "条纹": "stripes", "花斑": "patches", "花猫": "patches",
}  # fmt: skip


def pattern_in(words: str) -> Pattern | None:
    """Return the pattern of a coat that a description names, if any."""
    low = words.lower()
    return next((pattern for word, pattern in PATTERN_WORDS.items() if word in low), None)


def _patterned(one: Species, pattern: Pattern) -> Species:
    """Give an animal a pattern; marks that would hardly be seen on its coat become dark."""
    base, marks = (
        sum(int(c[k : k + 2], 16) for k in (1, 3, 5)) for c in (one.coat.base, one.coat.marks)
    )
    close = abs(base - marks) < FAINT
    tone = one.coat.marks if not close else "#241b17" if base > FAINT else "#d9cdb9"
    return replace(one, coat=replace(one.coat, pattern=pattern, marks=tone))


def _young(one: Species) -> Species:
    """Return a young one: a larger head with a shorter face, larger eyes, sturdier legs."""
    return replace(
        one, head=1.2 * one.head, muzzle=0.82 * one.muzzle, eye=1.1 * one.eye, leg=1.12 * one.leg,
        trunk=0.9 * one.trunk, tail=0.8 * one.tail, horns="" if one.horns != "one" else "one",
        mane="" if one.mane == "ruff" else one.mane,
    )  # fmt: skip


def species_of(name: str) -> Species:
    """Return an animal's measures; one that nobody knows is a dog in a coat of no colour."""
    return TABLE[name] if name in TABLE else replace(TABLE["dog"], coat=UNKNOWN_COAT)


@lru_cache(maxsize=32)
def _made(
    species: str, look: Look, seed: int, detail: Detail, asked: tuple[Size, Pattern | None]
) -> Creature:
    size, pattern = asked
    one = species_of(species)
    if pattern is not None:
        one = _patterned(one, pattern)
    if look.skin:
        one = _dyed(one, look.skin)
    if look.age == "child" and one.body == "quadruped":
        one = _young(one)
    scale = AGE_SCALES[look.age] * HEIGHT_SCALES[look.height] * SIZE_SCALES[size]
    plan = plan_of(one, scale)
    digest = hashlib.sha256(msgspec.json.encode(look) + f"{species}/{seed}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    rigged = grown(plan, rng, detail)
    eye_m = float(plan.head("eye_l")[1])
    top = float(np.percentile(rigged.mesh.positions[:, 1], 99.9))
    return Creature(
        rigged=rigged,
        skeleton=plan.skeleton,
        height_m=top,
        eye_height_m=eye_m,
        radius_m=max(0.42 * plan.length_m, 0.1),
        plan=plan,
        soles=tuple(leg.paw for leg in plan.legs) or ("pelvis",),
        head_m=plan.head_m,
        length_m=plan.length_m,
        sole={"hoof": "wood", "pad": "leather"}.get(one.feet, "skin"),
        pace=one.pace,
    )


def _dyed(one: Species, colour: str) -> Species:
    """Give an animal the colour the screenplay asks for; what is pale below stays a little so."""
    base = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)], float)

    def mixed(other: str, share: float) -> str:
        end = np.array([int(other[k : k + 2], 16) for k in (1, 3, 5)], float)
        return "#" + "".join(f"{round(v):02x}" for v in base + share * (end - base))

    pale = mixed("#ffffff", 0.35)
    dark = mixed("#000000", 0.4)
    dyed = Coat(
        colour, pale, dark, ends=mixed("#000000", 0.25), muzzle=pale, pattern=one.coat.pattern,
        nose=one.coat.nose, iris=one.coat.iris, mane=mixed("#000000", 0.6) if one.coat.mane else "",
    )  # fmt: skip
    return replace(one, coat=dyed)


__all__ = [
    "ACTS",
    "NEAREST_ACT",
    "SPECIES",
    "SWIMMING",
    "Creature",
    "action_for",
    "creature",
    "perform",
    "species_of",
]
