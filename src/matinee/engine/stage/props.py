"""Props: things a screenplay can ask for, with looks and the facts that physics and sound need.

Every kind has a shape, a usual material and colour, and a usual size; the asked colour, material
and size are honoured. A model's mesh is centred on its bounding box, upright, its front towards +Z.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage import catalogue, kinds
from matinee.engine.stage.bake import occluded
from matinee.engine.stage.parts.finish import Colour, Finish, rgb
from matinee.engine.stage.parts.solids import placed
from matinee.engine.stage.parts.things.kit import Assembly, Axis

if TYPE_CHECKING:
    from matinee.engine.render.sheet import Texels
    from matinee.engine.stage.kinds import Pose, Shape, Triple, Way


@dataclass(frozen=True, eq=False)
class Seat:
    """Where somebody rides: the hips (or feet, for one who stands) from the thing's centre."""

    at: Triple
    pose: Pose
    closed: bool


@dataclass(frozen=True, eq=False)
class Wheel:
    """A part that turns: its mesh around the axle, where that is from the thing's centre.

    With radius_m above 0 it rolls, otherwise it spins at rate_rad_s while the thing is under way.
    """

    mesh: Mesh
    at: Triple
    axis: Axis
    radius_m: float
    rate_rad_s: float


@dataclass(frozen=True, eq=False)
class PropModel:
    """A thing: how it looks, collides, weighs, sounds and is held.

    `mesh` (without what turns on it) is centred on the bounding box of half_extents (3,) metres of
    the whole thing. `grip` is where a hand holds it, from that centre. rests_on says whether other
    things can stand on its top, floor_share how far below its top (as a share of its height) the
    floor of a container lies, 0 if it holds nothing. `way` says how it travels by itself, flame_m
    how high its fire burns. Where its mesh shows a photograph, that is `photo`.
    """

    kind: str
    mesh: Mesh
    half_extents: tuple[float, float, float]
    shape: Shape
    mass_kg: float
    sound_material: str
    grip: tuple[float, float, float]
    rests_on: bool
    wheels: tuple[Wheel, ...] = ()
    seat: Seat | None = None
    way: Way = ""
    floor_share: float = 0.0
    floats: bool = False
    flame_m: float = 0.0
    photo: Texels | None = None


@dataclass(frozen=True)
class _Stuff:
    """A material: its surface, weight beside the kind's usual material, and sound."""

    surface: Surface
    roughness: float
    colour: str
    density: float
    sound: str


_STUFF = {
    "wood": _Stuff(Surface.WOOD, 0.6, "#8a6238", 0.7, "wood"),
    "metal": _Stuff(Surface.METAL, 0.35, "#9a9ea2", 5.0, "metal"),
    "steel": _Stuff(Surface.METAL, 0.25, "#b4b9bd", 5.0, "metal"),
    "iron": _Stuff(Surface.METAL, 0.55, "#4a4a4c", 5.0, "metal"),
    "gold": _Stuff(Surface.METAL, 0.22, "#d8a838", 9.0, "metal"),
    "silver": _Stuff(Surface.METAL, 0.18, "#cfd3d6", 6.0, "metal"),
    "bronze": _Stuff(Surface.METAL, 0.4, "#8a6236", 5.5, "metal"),
    "copper": _Stuff(Surface.METAL, 0.3, "#b4663c", 5.5, "metal"),
    "brass": _Stuff(Surface.METAL, 0.28, "#b08d4a", 5.5, "metal"),
    "glass": _Stuff(Surface.GLASS, 0.06, "#8fa9ad", 2.5, "glass"),
    "crystal": _Stuff(Surface.GLASS, 0.03, "#bccdd4", 2.8, "glass"),
    "ice": _Stuff(Surface.GLASS, 0.12, "#b8d6e2", 0.9, "glass"),
    "stone": _Stuff(Surface.STONE, 0.85, "#8b8880", 2.5, "stone"),
    "marble": _Stuff(Surface.STONE, 0.35, "#dcd7cc", 2.7, "stone"),
    "concrete": _Stuff(Surface.PLASTER, 0.9, "#8e8d89", 2.3, "concrete"),
    "brick": _Stuff(Surface.BRICK, 0.9, "#94533f", 1.9, "concrete"),
    "plastic": _Stuff(Surface.PAINT, 0.35, "#c23a34", 1.0, "plastic"),
    "rubber": _Stuff(Surface.PLAIN, 0.8, "#a5322c", 1.1, "rubber"),
    "cloth": _Stuff(Surface.CLOTH, 0.95, "#7d4a46", 0.3, "cloth"),
    "velvet": _Stuff(Surface.CLOTH, 0.9, "#6a1f33", 0.35, "cloth"),
    "wool": _Stuff(Surface.CLOTH, 0.98, "#a8967c", 0.3, "cloth"),
    "fur": _Stuff(Surface.CLOTH, 0.98, "#8a6440", 0.25, "cloth"),
    "leather": _Stuff(Surface.CLOTH, 0.5, "#5a3a24", 0.9, "leather"),
    "paper": _Stuff(Surface.PLAIN, 0.9, "#ddd6c6", 0.6, "paper"),
    "cardboard": _Stuff(Surface.PLAIN, 0.92, "#a98256", 0.25, "paper"),
    "ceramic": _Stuff(Surface.PAINT, 0.25, "#dcd4c4", 2.0, "ceramic"),
    "porcelain": _Stuff(Surface.PAINT, 0.18, "#ece9e2", 2.2, "ceramic"),
    "clay": _Stuff(Surface.PLASTER, 0.85, "#a4623f", 1.8, "ceramic"),
    "wax": _Stuff(Surface.PLAIN, 0.5, "#e6dcc2", 0.9, "plastic"),
    "food": _Stuff(Surface.PLAIN, 0.6, "#b5793a", 0.8, "flesh"),
    "plant": _Stuff(Surface.FOLIAGE, 0.75, "#b83a4c", 0.3, "leaves"),
    "snow": _Stuff(Surface.SNOW, 0.9, "#e8edf2", 0.4, "snow"),
    "paint": _Stuff(Surface.PAINT, 0.25, "#7f1418", 1.2, "metal"),
}
MATERIALS: tuple[str, ...] = tuple(_STUFF)

FLOATS_BELOW = 0.5
"""What is lighter than this floats whatever it is: cloth, paper, cardboard."""

SIZES = {"tiny": 0.4, "small": 0.7, "normal": 1.0, "large": 1.5, "huge": 2.4}


KINDS: tuple[str, ...] = tuple(catalogue.KINDS)


def build(kind: str, *, colour: str = "", material: str = "", size: str = "normal") -> PropModel:
    """Build a prop of `KINDS`; raises KeyError for another.

    colour is sRGB `#rrggbb` or empty for the usual one; a material that is not one of `MATERIALS`
    and a size that is not one of `SIZES` count as usual.
    """
    return _build(
        kind, colour, material if material in _STUFF else "", size if size in SIZES else "normal"
    )


LYING = frozenset([
    "arrow", "axe", "baseball_bat", "bow", "broomstick", "comb", "drumstick", "fishing_rod",
    "flute", "fork", "golf_club", "hair_drier", "hairbrush", "hammer", "key", "knife", "letter",
    "map", "medal", "paddle", "paintbrush", "pen", "pencil", "phone", "razor", "ring", "saw",
    "scissors", "spoon", "sword", "tennis_racket", "tie", "toothbrush", "torch", "violin",
    "violin_bow", "wand",
])  # fmt: skip
"""What hands hold upright and lies flat when nobody holds it."""


def laid(model: PropModel) -> PropModel:
    """Return a thing of `LYING` on its back, its front upwards; any other as it is."""
    if model.kind not in LYING or model.half_extents[1] <= model.half_extents[2]:
        return model
    x, y, z = model.half_extents
    right, up, ahead = model.grip
    return replace(
        model,
        mesh=placed(model.mesh, tilt=-0.5 * float(np.pi)),
        half_extents=(x, z, y),
        shape="box",
        grip=(right, ahead, -up),
    )


@lru_cache(maxsize=256)
def _build(kind: str, colour: str, material: str, size: str) -> PropModel:
    usual = catalogue.KINDS[kind]
    stuff = _STUFF[material or usual.material]
    tone = _tone(colour or (usual.colour if not material else "") or stuff.colour)
    made = usual.make(Finish(tone, stuff.surface, stuff.roughness))
    scale = min(SIZES[size], usual.size_max)
    assembly = made if isinstance(made, Assembly) else Assembly(made, ())
    mesh, wheels, middle, half = _centred(assembly, scale)
    heavier = stuff.density / _STUFF[usual.material].density
    grip = np.asarray(usual.grip) * half
    return PropModel(
        kind=kind,
        mesh=mesh,
        half_extents=_triple(half),
        shape=usual.shape,
        mass_kg=round(usual.mass_kg * heavier * scale**3, 4),
        sound_material=stuff.sound,
        grip=_triple(grip),
        rests_on=usual.rests_on,
        wheels=wheels,
        seat=_seat(usual.seat, scale, middle),
        way=usual.way,
        floor_share=usual.hollow,
        floats=usual.floats or stuff.density < FLOATS_BELOW,
        flame_m=usual.flame_m * scale,
    )


def _centred(
    made: Assembly, scale: float
) -> tuple[Mesh, tuple[Wheel, ...], np.ndarray[tuple[int, ...], np.dtype[np.float64]],
           np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:  # fmt: skip
    """Centre a thing on the box around all of it, its parts shading one another."""
    standing = [placed(one.mesh, one.at) for one in made.turning]
    whole = merged([made.body, *standing])
    low = whole.positions.min(axis=0).astype(np.float64)
    high = whole.positions.max(axis=0).astype(np.float64)
    middle, half = (low + high) / 2 * scale, np.maximum((high - low) / 2 * scale, 1e-3)
    centred = replace(whole, positions=(whole.positions * scale - middle).astype(np.float32))
    shaded = occluded(centred, reach_m=float(half.max()))
    body = replace(
        made.body,
        positions=shaded.positions[: made.body.vertex_count],
        occlusion=shaded.occlusion[: made.body.vertex_count],
    )
    wheels, first = list[Wheel](), made.body.vertex_count
    for one in made.turning:
        mesh = replace(
            one.mesh,
            positions=(one.mesh.positions * scale).astype(np.float32),
            occlusion=shaded.occlusion[first : first + one.mesh.vertex_count],
        )
        first += one.mesh.vertex_count
        at = _triple(np.asarray(one.at) * scale - middle)
        wheels.append(Wheel(mesh, at, one.axis, one.radius_m * scale, one.rate_rad_s))
    return body, tuple(wheels), middle, half


def _seat(
    seat: kinds.Seat | None,
    scale: float,
    middle: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> Seat | None:
    if seat is None:
        return None
    return Seat(_triple(np.asarray(seat.at_m) * scale - middle), seat.pose, seat.closed)


def _triple(vector: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Triple:
    return float(vector[0]), float(vector[1]), float(vector[2])


def _tone(code: str) -> Colour:
    """Return the linear colour, kept off pure black and white so that light still models it."""
    red, green, blue = (min(max(channel, 0.012), 0.86) for channel in rgb(code))
    return red, green, blue
