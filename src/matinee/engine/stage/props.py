"""Props: things a screenplay can ask for, with looks and the facts that physics and sound need.

Every kind has a shape, a usual material and colour, and a usual size; the asked colour, material
and size are honoured. A model's mesh is centred on its bounding box, upright, its front towards +Z.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.bake import occluded
from matinee.engine.stage.parts import furniture, masonry, plants, solids, street, things
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, seed_of, weathered

if TYPE_CHECKING:
    from collections.abc import Callable

Shape: TypeAlias = Literal["box", "sphere", "cylinder"]


@dataclass(frozen=True, eq=False)
class PropModel:
    """A thing: how it looks, collides, weighs, sounds and is held.

    `mesh` is centred on its bounding box of half_extents (3,) metres. `grip` is where a hand holds
    it, from that centre. rests_on says whether other things can stand on its top.
    """

    kind: str
    mesh: Mesh
    half_extents: tuple[float, float, float]
    shape: Shape
    mass_kg: float
    sound_material: str
    grip: tuple[float, float, float]
    rests_on: bool


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

SIZES = {"tiny": 0.4, "small": 0.7, "normal": 1.0, "large": 1.5, "huge": 2.4}


@dataclass(frozen=True)
class _Kind:
    """What is usual for a kind.

    grip is a share of the half extents; up to `size_max` it may be enlarged (a huge car would not
    fit a street).
    """

    make: Callable[[Finish], Mesh]
    material: str
    colour: str
    mass_kg: float
    shape: Shape = "box"
    grip: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rests_on: bool = False
    size_max: float = 2.4


def _tree(_main: Finish) -> Mesh:
    return plants.tree("linden", 3.2, rng=seed_of("prop tree"), leaves=300)


def _stone(main: Finish) -> Mesh:
    return weathered(solids.boulder(0.16, main, seed=4, level=3), amount=0.2, cell_m=0.08)


def _plant(_main: Finish) -> Mesh:
    return furniture.potted_plant(seed_of("prop plant"))


def _painting(main: Finish) -> Mesh:
    return furniture.picture(0.8, 0.55, main, rng=seed_of("prop painting"))


def _column(main: Finish) -> Mesh:
    return masonry.column(3.0, 0.26, main)


def _car(main: Finish) -> Mesh:
    return street.car(main.colour)


def _boat(main: Finish) -> Mesh:
    return street.rowing_boat(main.colour)


def _box_chair(main: Finish) -> Mesh:
    return furniture.chair(main)


def _bed(main: Finish) -> Mesh:
    return furniture.bed(main)


def _bench(_main: Finish) -> Mesh:
    return street.bench()


def _shelf(main: Finish) -> Mesh:
    return furniture.bookcase(main, width_m=1.0, height_m=1.8, rng=seed_of("prop shelf"))


def _cupboard(main: Finish) -> Mesh:
    return furniture.cupboard(0.9, 1.7, 0.45, main)


def _television(main: Finish) -> Mesh:
    picture = furniture.screen(1.1, 0.62, rgb("#5b86b8"), emission=1.1)
    foot = solids.box((0, -0.38, -0.02), (0.22, 0.015, 0.12), main, bevel_m=0.005)
    neck = solids.box((0, -0.34, -0.02), (0.03, 0.05, 0.015), main)
    return merged([picture, foot, neck])


def _tripod_camera(main: Finish) -> Mesh:
    return things.photo_camera(main)


def _sofa(main: Finish) -> Mesh:
    return furniture.sofa(main)


def _table(main: Finish) -> Mesh:
    return furniture.table(main)


def _cube(main: Finish) -> Mesh:
    return solids.box((0, 0, 0), (0.25, 0.25, 0.25), main, bevel_m=0.012)


_TOP, _LOW = (0.0, 0.9, 0.0), (0.0, -0.8, 0.0)
_KINDS = {
    "apple": _Kind(things.apple, "food", "#b3261e", 0.18, "sphere"),
    "bag": _Kind(things.bag, "leather", "#8a3f2a", 1.2, "box", (0.0, 0.92, 0.0)),
    "ball": _Kind(things.toy_ball, "rubber", "#c8322c", 0.45, "sphere"),
    "balloon": _Kind(things.balloon, "rubber", "#c8283c", 0.05, "cylinder", (0.0, -0.55, 0.0)),
    "barrel": _Kind(things.barrel, "wood", "#7d5836", 28.0, "cylinder", rests_on=True),
    "bed": _Kind(_bed, "cloth", "#5a6b7d", 60.0, rests_on=True, size_max=1.5),
    "bench": _Kind(_bench, "wood", "", 30.0, rests_on=True, size_max=1.5),
    "bicycle": _Kind(
        things.bicycle, "paint", "#1f5b6e", 13.0, "box", (0.0, 0.85, 0.2), size_max=1.5
    ),
    "boat": _Kind(_boat, "paint", "#2b5f7a", 90.0, size_max=1.5),
    "book": _Kind(things.book, "cloth", "#7a2a26", 0.5, rests_on=True),
    "bookshelf": _Kind(_shelf, "wood", "#5c3f2a", 70.0, rests_on=True, size_max=1.5),
    "bottle": _Kind(things.bottle, "glass", "#2f5a3a", 0.7, "cylinder", (0.0, -0.1, 0.0)),
    "bouquet": _Kind(things.bouquet, "plant", "#c24a68", 0.5, "cylinder", (0.0, -0.65, 0.0)),
    "box": _Kind(things.carton, "cardboard", "", 1.5, rests_on=True),
    "bread": _Kind(things.bread, "food", "#b5763a", 0.5),
    "broom": _Kind(things.broom, "wood", "", 0.8, "box", (0.0, 0.25, 0.0)),
    "bucket": _Kind(things.bucket, "metal", "#8c9298", 1.0, "cylinder", _TOP),
    "camera": _Kind(_tripod_camera, "plastic", "#1b1c1e", 0.6),
    "candle": _Kind(things.candle, "wax", "", 0.25, "cylinder", (0.0, -0.6, 0.0)),
    "car": _Kind(_car, "paint", "#7f1418", 1200.0, size_max=1.5),
    "chair": _Kind(_box_chair, "wood", "#b58a5c", 5.0, "box", (0.0, 0.9, -0.8), rests_on=True),
    "clock": _Kind(things.clock, "wood", "#5c3f2a", 1.2),
    "column": _Kind(_column, "marble", "", 900.0, "cylinder", rests_on=True, size_max=1.5),
    "crate": _Kind(things.crate, "wood", "#9a7448", 9.0, rests_on=True),
    "cube": _Kind(_cube, "plastic", "#3a6fb0", 4.0, rests_on=True),
    "cup": _Kind(things.cup, "ceramic", "#d8d0c0", 0.3, "cylinder", (0.75, 0.0, 0.0)),
    "cupboard": _Kind(_cupboard, "wood", "#8a6a48", 45.0, rests_on=True, size_max=1.5),
    "drone": _Kind(things.drone, "plastic", "#d8dadc", 0.9),
    "flag": _Kind(things.flag, "cloth", "#b3202c", 1.4, "box", (-0.95, -0.35, 0.0)),
    "flower": _Kind(things.flower, "plant", "#c2304a", 0.06, "cylinder", (0.0, -0.3, 0.0)),
    "gift": _Kind(things.gift, "paper", "#b0263a", 0.8, rests_on=True),
    "glass": _Kind(things.glass_of, "glass", "", 0.35, "cylinder"),
    "guitar": _Kind(things.guitar, "wood", "#b5712e", 2.2, "box", (0.0, 0.5, 0.3)),
    "hat": _Kind(things.hat, "cloth", "#4a3a2c", 0.2, "cylinder", (0.0, -0.8, 0.85)),
    "kite": _Kind(things.kite, "cloth", "#c8382c", 0.3, "box", (0.0, -0.2, 0.0)),
    "lamp": _Kind(furniture.table_lamp, "ceramic", "#5f7a86", 1.8, "cylinder"),
    "lantern": _Kind(things.lantern, "iron", "#3a352f", 1.2, "cylinder", (0.0, 0.97, 0.0)),
    "laptop": _Kind(furniture.laptop, "metal", "#a9adb2", 1.6),
    "lipstick": _Kind(things.lipstick, "wax", "#a81f3a", 0.04, "cylinder", (0.0, -0.4, 0.0)),
    "microphone": _Kind(things.microphone, "metal", "#1d1e20", 0.3, "cylinder", (0.0, -0.4, 0.0)),
    "mirror": _Kind(things.mirror, "wood", "#7a5a34", 8.0, size_max=1.8),
    "newspaper": _Kind(things.newspaper, "paper", "#d8d2c2", 0.2),
    "painting": _Kind(_painting, "wood", "#8a6a34", 3.0),
    "pan": _Kind(things.pan, "iron", "#2b2b2d", 1.4, "box", (0.0, 0.4, 0.75)),
    "phone": _Kind(things.phone, "glass", "#17181b", 0.2, "box", (0.0, -0.3, -0.5)),
    "plant": _Kind(_plant, "clay", "", 4.0, "cylinder", size_max=1.8),
    "plate": _Kind(things.plate, "porcelain", "", 0.5, "cylinder", (0.9, 0.0, 0.0), rests_on=True),
    "pot": _Kind(things.pot, "steel", "", 1.8, "cylinder", (0.95, 0.1, 0.0), rests_on=True),
    "product_box": _Kind(things.product_box, "cardboard", "#2f5f8a", 0.4, rests_on=True),
    "robot_toy": _Kind(things.robot_toy, "metal", "#b8402f", 0.6),
    "shield": _Kind(things.shield, "wood", "#8a2a26", 4.5, "box", (0.0, 0.0, -0.7)),
    "sneaker": _Kind(things.sneaker, "cloth", "#c8402f", 0.4),
    "snowman": _Kind(things.snowman, "snow", "", 80.0, "cylinder", size_max=1.8),
    "sofa": _Kind(_sofa, "cloth", "#7a8a7c", 50.0, rests_on=True, size_max=1.5),
    "stone": _Kind(_stone, "stone", "#7d7a74", 6.0, "sphere"),
    "stool": _Kind(furniture.stool, "wood", "#b58a5c", 4.0, "cylinder", rests_on=True),
    "suitcase": _Kind(
        things.suitcase, "leather", "#6f4526", 6.0, "box", (0.0, 0.95, 0.0), rests_on=True
    ),
    "sword": _Kind(things.sword, "steel", "", 1.3, "box", (0.0, -0.82, 0.0)),
    "table": _Kind(_table, "wood", "#9a7448", 22.0, rests_on=True, size_max=1.8),
    "teddy_bear": _Kind(things.teddy_bear, "fur", "#96683a", 0.4, "box"),
    "television": _Kind(_television, "plastic", "#1a1b1d", 11.0, size_max=1.8),
    "torch": _Kind(things.torch, "wood", "#5f4630", 0.9, "cylinder", (0.0, -0.6, 0.0)),
    "tree": _Kind(_tree, "wood", "", 120.0, "cylinder", size_max=2.4),
    "umbrella": _Kind(things.umbrella, "cloth", "#a8242c", 0.5, "cylinder", (0.0, -0.85, 0.0)),
    "vase": _Kind(things.vase, "ceramic", "#4a7f94", 1.1, "cylinder", (0.0, 0.2, 0.0)),
    "watch": _Kind(things.watch, "gold", "", 0.12),
}
KINDS: tuple[str, ...] = tuple(_KINDS)


def build(kind: str, *, colour: str = "", material: str = "", size: str = "normal") -> PropModel:
    """Build a prop of `KINDS`; raises KeyError for another.

    colour is sRGB `#rrggbb` or empty for the usual one; a material that is not one of `MATERIALS`
    and a size that is not one of `SIZES` count as usual.
    """
    return _build(
        kind, colour, material if material in _STUFF else "", size if size in SIZES else "normal"
    )


@lru_cache(maxsize=256)
def _build(kind: str, colour: str, material: str, size: str) -> PropModel:
    usual = _KINDS[kind]
    stuff = _STUFF[material or usual.material]
    tone = _tone(colour or (usual.colour if not material else "") or stuff.colour)
    made = usual.make(Finish(tone, stuff.surface, stuff.roughness))
    scale = min(SIZES[size], usual.size_max)
    low, high = made.positions.min(axis=0), made.positions.max(axis=0)
    centred = ((made.positions - (low + high) / 2) * scale).astype(np.float32)
    half = np.maximum((high - low) / 2 * scale, 1e-3)
    mesh = occluded(replace(made, positions=centred), reach_m=float(half.max()))
    heavier = stuff.density / _STUFF[usual.material].density
    grip = np.asarray(usual.grip) * half
    return PropModel(
        kind=kind,
        mesh=mesh,
        half_extents=(float(half[0]), float(half[1]), float(half[2])),
        shape=usual.shape,
        mass_kg=round(usual.mass_kg * heavier * scale**3, 4),
        sound_material=stuff.sound,
        grip=(float(grip[0]), float(grip[1]), float(grip[2])),
        rests_on=usual.rests_on,
    )


def _tone(code: str) -> Colour:
    """Return the linear colour, kept off pure black and white so that light still models it."""
    red, green, blue = (min(max(channel, 0.012), 0.86) for channel in rgb(code))
    return red, green, blue
