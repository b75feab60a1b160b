"""Outings: an ice rink, a golf course, a road in the mountains, and a bank on the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, street, things, transport
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, boxes, cylinder, placed, ring, tube
from matinee.engine.stage.worlds.interior import NEUTRAL, Interior, Plan
from matinee.engine.stage.worlds.landscape import Hills, Landscape, Scatter, Treeline, builder
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.room import Shell
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import Bank, Cover, Ground, Hill, Level, Swell
from matinee.engine.stage.worlds.waters import tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World
    from matinee.engine.stage.worlds.scenery import Scenery

_WOODS = Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95)
_HOLE = Finish(rgb("#15181a"), Surface.PLAIN, 0.9)
_ROCK = Finish(rgb("#77726a"), Surface.EARTH, 0.9)
_MARKS = (
    ("hero", 0.0, 0.0, 0.0),
    ("left", -1.2, 0.25, 0.55),
    ("right", 1.2, 0.25, -0.55),
    ("back", 0.9, -2.2, 0.0),
    ("far", -1.0, -6.0, 0.0),
    ("front", 0.0, 1.6, np.pi),
)


# --- the ice rink ---------------------------------------------------------------------------------

_RINK_X, _RINK_Z = 13.0, (-22.0, 16.0)


def _rink_things(set_: Scenery, _rng: np.random.Generator) -> None:
    white, red, blue = (
        Finish(rgb(tone), Surface.PAINT, 0.3) for tone in ("#eef1f2", "#c8322c", "#2a5ac0")
    )
    middle = sum(_RINK_Z) * 0.5
    long = (_RINK_Z[1] - _RINK_Z[0]) * 0.5
    for x in (-_RINK_X, _RINK_X):
        set_.add(
            box((x, 0.55, middle), (0.08, 0.55, long), white, bevel_m=0.02),
            box((x, 1.13, middle), (0.1, 0.04, long), red),
            box((x, 0.12, middle), (0.1, 0.1, long), Finish(rgb("#f0c72e"), Surface.PAINT, 0.4)),
        )
        set_.block((x, 0.6, middle), (0.15, 0.6, long))
    for z in _RINK_Z:
        set_.add(
            box((0.0, 0.55, z), (_RINK_X, 0.55, 0.08), white, bevel_m=0.02),
            box((0.0, 1.13, z), (_RINK_X, 0.04, 0.1), red),
            box((0.0, 0.12, z), (_RINK_X, 0.1, 0.1), Finish(rgb("#f0c72e"), Surface.PAINT, 0.4)),
        )
        set_.block((0.0, 0.6, z), (_RINK_X, 0.6, 0.15))
    set_.add(
        boxes([(0.0, 0.004, z) for z in (-10.0, 6.0)], (_RINK_X - 0.1, 0.003, 0.15), blue),
        box((0.0, 0.004, middle), (_RINK_X - 0.1, 0.003, 0.15), red),
        placed(ring(4.5, 0.04, blue, around=40), (0.0, 0.0, middle)),
    )
    pole = Finish(rgb("#4a4e54"), Surface.METAL, 0.5)
    bulb = Finish(rgb("#ffdf9e"), Surface.SCREEN, 0.3, 6.0 if set_.lit else 1.2)
    for x in (-_RINK_X - 0.6, _RINK_X + 0.6):
        for z in (-20.0, -8.0, 4.0, 15.0):
            set_.add(tube([(x, 0.0, z), (x, 5.2, z)], [0.08, 0.05], pole, sides=8))
    # Strings of lights hang from mast to mast across the ice.
    for z in (-20.0, -8.0, 4.0):
        along = np.linspace(-1.0, 1.0, 25)
        wire = [(x * (_RINK_X + 0.6), 5.1 - 1.1 * (1.0 - x * x), z) for x in along]
        set_.add(tube(wire, 0.012, pole, sides=3))
        set_.add_bare(boxes([(x, y - 0.1, zz) for x, y, zz in wire], (0.05, 0.07, 0.05), bulb))
        if set_.conditions.dark:
            set_.lamp(Practical((0.0, 4.0, z), (34.0, 27.0, 18.0), 26.0, None, None, 1.2))
    hut = Finish(rgb("#7a4a2e"), Surface.WOOD, 0.8)
    roof = Finish(rgb("#e4ebf2"), Surface.SNOW, 0.9)
    window = Finish(rgb("#ffcf88"), Surface.SCREEN, 0.4, 3.0 if set_.lit else 0.6)
    for x in (-7.0, 6.5):
        set_.add(
            box((x, 1.5, -28.0), (3.2, 1.5, 2.0), hut),
            placed(box((0, 0, 0), (3.6, 0.12, 1.6), roof), (x, 3.5, -27.0), tilt=0.42),
            placed(box((0, 0, 0), (3.6, 0.12, 1.6), roof), (x, 3.5, -29.4), tilt=-0.42),
        )
        set_.add_bare(boxes([(x + k, 1.7, -25.97) for k in (-1.6, 1.6)], (0.7, 0.5, 0.02), window))
    if set_.conditions.dark:
        set_.lamps += [Lamp((-3.0, 4.4, 3.0), (7.0, 5.8, 4.2), 13.0)]


ICE_RINK = Landscape(
    ground=Ground(
        Finish(rgb("#dfe6ee"), Surface.SNOW, 0.9),
        features=(Swell(1.2, 30.0, calm_m=30.0), Level((-14.0, -32.0, 14.0, 18.0), 0.0, 6.0)),
        covers=(
            Cover(
                rgb("#b9d3e4"),
                Surface.PAINT,
                inside=(-_RINK_X, _RINK_Z[0], _RINK_X, _RINK_Z[1]),
            ),
        ),
        near_m=26.0,
        cell_m=0.8,
        far_m=180.0,
        blotch=0.04,
    ),
    climate=Climate(
        density_per_m=0.0022,
        haze=(0.96, 1.0, 1.08),
        sunset_yaw=2.6,
        exposure=0.86,
        bounce=(1.4, 1.55, 1.8),
        night_glow=(0.02, 0.018, 0.014),
    ),
    far=(
        Treeline(110, 34.0, 90.0, (8.0, 13.0), conifers=True),
        Hills(180.0, 420.0, 130.0, _ROCK, seed=8, foot_m=-2.0, snowline_m=24.0),
    ),
    things=_rink_things,
    walk=((-4.6, -0.8), (4.6, -0.8)),
    marks=standing(*_MARKS),
    keep_in=Space((-12.0, 0.3, -16.0), (12.0, 8.0, 14.5)),
    underfoot="snow",
    ambience="snow_wind",
    floor_radius_m=2.4,
    back_z=-5.0,
)


# --- the golf course ------------------------------------------------------------------------------


def _golf_things(set_: Scenery, _rng: np.random.Generator) -> None:
    pole = Finish(rgb("#f2f2ee"), Surface.PAINT, 0.4)
    cloth = Finish(rgb("#c8322c"), Surface.CLOTH, 0.9)
    for x, z in ((2.6, -7.5), (-22.0, -62.0), (30.0, -84.0)):
        y = set_.foot(x, z)
        set_.add(
            tube([(x, y, z), (x, y + 2.2, z)], 0.02, pole, sides=6),
            box((x + 0.26, y + 2.02, z), (0.26, 0.17, 0.008), cloth),
            placed(cylinder(0.06, 0.008, _HOLE), (x, y, z)),
        )
    ball = Finish(rgb("#f6f6f2"), Surface.PAINT, 0.3)
    set_.add(box((1.5, set_.foot(1.5, -6.2) + 0.02, -6.2), (0.02, 0.02, 0.02), ball, bevel_m=0.018))
    cart = street.car(rgb("#eef0ec"))
    y = set_.foot(-6.2, -10.0)
    set_.add(placed(cart, (-6.2, y, -10.0), yaw=0.9, scale=(0.72, 0.95, 0.62)))
    set_.block((-6.2, y + 0.7, -10.0), (0.8, 0.7, 1.4), 0.9)


_SAND = rgb("#dfcfa4")
GOLF_COURSE = Landscape(
    ground=Ground(
        Finish(rgb("#55883c"), Surface.GRASS, 0.95),
        features=(
            Swell(3.4, 55.0, calm_m=10.0, seed=5),
            Hill((34.0, -40.0), 30.0, 5.0),
            Hill((-40.0, -52.0), 34.0, 6.0),
        ),
        covers=(
            Cover(rgb("#47752f"), None, patch_m=9.0, share=0.35),
            Cover(rgb("#79b455"), Surface.GRASS, inside=(-4.5, -13.0, 7.5, 5.0)),
            Cover(rgb("#6aa448"), Surface.GRASS, inside=(-12.0, -90.0, 10.0, -13.0)),
            Cover(_SAND, Surface.EARTH, inside=(8.6, -14.0, 12.4, -8.0)),
            Cover(_SAND, Surface.EARTH, inside=(-11.5, -22.0, -7.0, -17.0)),
            Cover(_SAND, Surface.EARTH, inside=(12.0, -44.0, 19.0, -38.0)),
        ),
        near_m=24.0,
        cell_m=0.8,
        far_m=260.0,
    ),
    climate=Climate(density_per_m=0.0016, sunset_yaw=2.7),
    growth=(
        Scatter(tufts(0.3, "#5f8a3c"), 150, (-50.0, -50.0, -13.0, 14.0), clear_m=7.0, sway=0.1),
        Scatter(tufts(0.3, "#5f8a3c"), 130, (14.0, -50.0, 50.0, 14.0), clear_m=7.0, sway=0.1),
    ),
    far=(
        Treeline(90, 46.0, 120.0, (7.0, 12.0), arc=(np.pi + 0.28, np.pi + 2.4)),
        Treeline(90, 46.0, 120.0, (7.0, 12.0), arc=(np.pi - 2.4, np.pi - 0.3)),
        Treeline(40, 120.0, 170.0, (8.0, 12.0), arc=(np.pi - 0.3, np.pi + 0.3)),
        Hills(240.0, 520.0, 70.0, _WOODS, seed=9),
    ),
    things=_golf_things,
    walk=((-4.2, -0.8), (4.6, -0.8)),
    marks=standing(*_MARKS),
    keep_in=Space((-12.0, 0.3, -14.0), (12.0, 9.0, 14.0)),
    underfoot="grass",
    ambience="forest_birds",
    floor_radius_m=2.4,
    back_z=-5.0,
)


# --- the mountain road ----------------------------------------------------------------------------


def _pass_things(set_: Scenery, _rng: np.random.Generator) -> None:
    white = Finish(rgb("#e8e6de"), Surface.PAINT, 0.6)
    z = np.arange(-150.0, 40.0, 9.0)
    dashes = np.stack([0 * z, 0 * z + 0.004, z], -1)
    set_.add(boxes(dashes, (0.06, 0.005, 2.0), white))
    set_.add(boxes([(x, 0.004, -55.0) for x in (-3.5, 3.5)], (0.07, 0.006, 95.0), white))
    rail = transport.guard_rail(90.0)
    set_.add(placed(rail, (4.4, 0.0, -36.0)))
    set_.block((4.4, 0.4, -36.0), (0.15, 0.4, 45.0))
    post = Finish(rgb("#5a5f66"), Surface.METAL, 0.5)
    yellow = Finish(rgb("#f0b92e"), Surface.PAINT, 0.5)
    x, at = -4.4, -15.0
    set_.add(
        tube([(x, 0.0, at), (x, 2.3, at)], 0.04, post, sides=6),
        placed(box((0, 0, 0), (0.42, 0.42, 0.015), yellow), (x, 2.2, at), roll=np.pi / 4),
    )


MOUNTAIN_ROAD = Landscape(
    ground=Ground(
        Finish(rgb("#6c7a4a"), Surface.GRASS, 0.95),
        features=(
            Swell(3.0, 26.0, calm_m=8.0, seed=4),
            Bank((-7.0, 0.0), -np.pi / 2, 46.0, -34.0, wander_m=4.0),
            Bank((7.5, 0.0), np.pi / 2, 60.0, 46.0, wander_m=5.0),
            Level((-5.5, -190.0, 5.8, 90.0), 0.0, 5.0),
        ),
        covers=(
            Cover(rgb("#8a857a"), Surface.EARTH, patch_m=8.0, share=0.45),
            Cover(rgb("#4f4e4c"), Surface.ASPHALT, inside=(-3.8, -190.0, 3.8, 90.0)),
        ),
        near_m=24.0,
        cell_m=0.8,
        far_m=260.0,
    ),
    climate=Climate(density_per_m=0.003, haze=(0.95, 1.0, 1.08), sunset_yaw=2.4),
    growth=(
        Scatter(tufts(0.4, "#7d8a4a"), 160, (-40.0, -60.0, -5.0, 14.0), clear_m=6.0, sway=0.1),
    ),
    far=(
        Treeline(120, 26.0, 110.0, (8.0, 14.0), arc=(np.pi + 0.2, np.pi + 2.2), conifers=True),
        Treeline(60, 60.0, 150.0, (8.0, 14.0), arc=(np.pi - 1.6, np.pi - 0.24), conifers=True),
        Hills(170.0, 380.0, 150.0, _WOODS, seed=14, foot_m=-30.0, arc=(np.pi - 2.2, np.pi + 2.2)),
        Hills(420.0, 900.0, 420.0, _ROCK, seed=6, foot_m=-50.0, snowline_m=120.0, columns=120),
    ),
    things=_pass_things,
    walk=((2.6, -5.0), (2.6, 4.0)),
    marks=standing(
        ("hero", 0.6, 0.0, 0.0),
        ("left", -0.6, 0.25, 0.55),
        ("right", 1.8, 0.25, -0.55),
        ("back", 1.4, -2.0, 0.0),
        ("far", -0.6, -7.0, 0.0),
        ("front", 0.6, 1.6, np.pi),
    ),
    keep_in=Space((-6.0, 0.3, -12.0), (4.0, 9.0, 14.0)),
    underfoot="asphalt",
    ambience="wind",
    floor_radius_m=1.8,
)


# --- the bank -------------------------------------------------------------------------------------


def bank(conditions: Conditions) -> World:
    """Build the hall of a bank: marble, a counter behind glass, a vault, ropes to queue between."""
    marble = Finish(rgb("#dcd6ca"), Surface.STONE, 0.3)
    walnut = furniture.WALNUT
    brass = Finish(rgb("#b08d4a"), Surface.METAL, 0.3)
    plan = Plan(
        Shell(-5.4, 5.4, -7.4, 5.4, 4.4, cell_m=0.5),
        walls=Finish(rgb("#cfc6b2"), Surface.PLASTER, 0.85),
        floor=marble,
        ceiling=Finish(rgb("#e6e0d2"), Surface.PLASTER, 0.95),
        skirting=walnut,
        frame=walnut,
        openings={
            "left": [Opening(1.2, 3.0, 1.0, 3.5), Opening(4.4, 6.2, 1.0, 3.5)],
            "right": [Opening(9.4, 10.9, 0.0, 2.6, "door")],
        },
        view="town",
        daylight=1.2,
    )
    it = Interior("bank", conditions, plan)
    counter = merged(
        [
            box((0, 0.54, 0), (3.5, 0.54, 0.32), walnut, bevel_m=0.02),
            box((0, 1.1, 0.03), (3.6, 0.03, 0.42), marble, bevel_m=0.015),
            boxes([(-2.3 + 1.55 * k, 0.56, 0.33) for k in range(4)], (0.62, 0.4, 0.012), brass),
            boxes([(-2.3 + 1.55 * k, 0.56, 0.335) for k in range(4)], (0.58, 0.36, 0.012), walnut),
        ]
    )
    it.stand(counter, -1.0, -4.4)
    it.top(-1.0, 1.13, -4.2, 3.2, 0.2)
    # What stands before the tellers: a brass grille with an opening for each.
    bars = [(-4.4 + 0.16 * k, 1.62, -4.6) for k in range(44) if k % 11 not in {4, 5, 6}]
    it.add(
        boxes(bars, (0.011, 0.48, 0.011), brass),
        box((-1.0, 2.12, -4.6), (3.55, 0.04, 0.05), brass, bevel_m=0.01),
    )
    it.guests(
        [(-2.6, -5.6, 0.0), (0.7, -5.6, 0.0)],
        pose="stand",
        y=0.0,
        clothes=[rgb("#22304a"), rgb("#5a2f36"), rgb("#e4e2dc")],
    )
    it.hang("back", _vault(), 3.6, 1.5)
    sign = Finish(rgb("#d8b04a"), Surface.METAL, 0.3)
    it.hang("back", box((0, 0, 0), (2.1, 0.34, 0.04), walnut), -1.4, 3.35)
    it.hang(
        "back",
        boxes([(-1.5 + 1.0 * k, 0.0, 0.05) for k in range(4)], (0.3, 0.2, 0.02), sign),
        -1.4,
        3.35,
    )
    for x, z in ((-2.2, -2.6), (-0.4, -2.6), (1.4, -2.6)):
        it.stand(_stanchion(brass), x, z)
    rope = Finish(rgb("#7a1f2a"), Surface.CLOTH, 0.9)
    for x in (-2.2, -0.4):
        way = [(x + 0.18 * k, 0.86 - 0.22 * np.sin(np.pi * k / 10), -2.6) for k in range(11)]
        it.add(tube(way, 0.022, rope, sides=6))
    desk = box((0, 0.74, 0), (0.75, 0.03, 0.4), walnut, bevel_m=0.01)
    legs = boxes([(s * 0.6, 0.36, 0.0) for s in (-1, 1)], (0.04, 0.36, 0.34), walnut)
    it.table(merged([desk, legs]), 3.6, -1.4, height_m=0.77)
    it.add(placed(furniture.laptop(furniture.STEEL), (3.5, 0.77, -1.4), yaw=0.6))
    it.add(placed(things.vase(Finish(rgb("#3a5a6a"), Surface.PAINT, 0.3)), (4.1, 0.77, -1.2)))
    it.stand(furniture.potted_plant(it.rng, height_m=1.7), -4.8, -6.6)
    it.stand(furniture.potted_plant(it.rng, height_m=1.5), 4.8, 1.4)
    it.panels((-2.8, 0.0, 2.8), (-4.6, -1.0, 2.6), half=(0.5, 0.5), tone=NEUTRAL, level=0.5)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -1.2), (0.0, 4.8)),
        underfoot="stone",
        ambience="office",
        floor_radius_m=1.5,
        back_z=-1.6,
        spread=1.0,
    )


def _vault() -> Mesh:
    """Return the round door of a strongroom, its face towards +Z."""
    steel = Finish(rgb("#8f969c"), Surface.METAL, 0.32)
    dark = Finish(rgb("#4a4f55"), Surface.METAL, 0.45)
    upright = -np.pi / 2
    spokes = [
        placed(box((0, 0, 0), (0.42, 0.03, 0.03), steel), (0, 0, 0.24), roll=k * np.pi / 3)
        for k in range(3)
    ]
    bolts = [(1.02 * np.cos(k * np.pi / 6), 1.02 * np.sin(k * np.pi / 6), 0.1) for k in range(12)]
    return merged(
        [
            placed(cylinder(1.3, 0.1, dark, sides=40), (0, 0, 0), tilt=-upright),
            placed(cylinder(1.12, 0.18, steel, sides=40), (0, 0, 0), tilt=-upright),
            placed(ring(0.4, 0.035, steel, around=24), (0, 0, 0.24), tilt=upright),
            *spokes,
            boxes(bolts, (0.06, 0.06, 0.12), dark),
        ]
    )


def _stanchion(brass: Finish) -> Mesh:
    """Return a post of a queue."""
    return merged(
        [
            cylinder(0.17, 0.03, brass, sides=20),
            tube([(0, 0.02, 0), (0, 0.94, 0)], 0.024, brass, sides=8),
            placed(cylinder(0.04, 0.05, brass, sides=12), (0, 0.93, 0)),
        ]
    )


BUILDERS = {
    "bank": bank,
    "golf_course": builder("golf_course", GOLF_COURSE),
    "ice_rink": builder("ice_rink", ICE_RINK),
    "mountain_road": builder("mountain_road", MOUNTAIN_ROAD),
}
