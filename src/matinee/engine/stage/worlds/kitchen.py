"""A family kitchen: window over the sink, stove and hood, open shelves, an oak table."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, plants, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-3.4, 3.4, -2.7, 4.2, 2.75)
_DOORS = Finish(rgb("#7f937f"), Surface.PAINT, 0.5)
_TOP = Finish(rgb("#9a7650"), Surface.WOOD, 0.45)
_TILES = Finish(rgb("#dcd8cc"), Surface.TILES, 0.3)
_SINK_WINDOW = Opening(2.1, 3.9, 1.12, 2.2)
_SIDE_WINDOW = Opening(2.2, 4.4, 0.85, 2.3)


def build(conditions: Conditions) -> World:
    """Build the kitchen; lamps burn unless it is bright day."""
    rng = seed_of("kitchen", conditions.seed)
    lit = conditions.dark or conditions.low_sun or conditions.weather in {"rain", "fog", "storm"}
    set_ = Scenery("kitchen", conditions)
    wall = Finish(rgb("#cfc3ac"), Surface.PLASTER, 0.9)
    floor = Finish(rgb("#a37b52"), Surface.WOOD, 0.5)
    holes = {
        "back": [_SINK_WINDOW],
        "right": [_SIDE_WINDOW],
        "left": [Opening(4.4, 5.3, 0.0, 2.08, "door")],
    }
    room = shell(
        _ROOM,
        wall,
        floor,
        Finish(rgb("#ddd8cc"), Surface.PLASTER, 0.95),
        openings=holes,
        skirting=furniture.WHITE_PAINT,
    )
    set_.add(
        room,
        *_back_run(set_),
        *_left_run(set_),
        *_on_the_counter(rng),
        *_table_corner(set_),
        *_walls(rng),
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    daylight(set_, _ROOM, "back", _SINK_WINDOW, strength=1.3)
    daylight(set_, _ROOM, "right", _SIDE_WINDOW, strength=2.4)
    _lamps(set_, lit=lit)
    if not conditions.dark:
        set_.airs.append(weather.motes((0.5, 0.45, 0.35), count=70, side_m=4.0, size_m=0.004))
    climate = Climate(
        density_per_m=0.002,
        indoor=True,
        key_turn=0.62,
        sunset_yaw=1.45,
        ambient=0.32,
        exposure=1.95,
        bloom=0.1,
    )
    marks = (
        *around(-1.2, spread=0.95),
        Mark("seat1", (-1.15, 0.0, 1.55), 0.9, 0.46),
        Mark("seat2", (-2.35, 0.0, 1.85), 2.0, 0.46),
    )
    return set_.world(
        climate,
        marks=marks,
        walk=((-0.5, -1.2), (1.2, 3.6)),
        keep_in=Space((-3.0, 0.3, -1.7), (3.0, 2.5, 3.9)),
        underfoot="wood",
        ambience="kitchen_hum",
        floor_radius_m=0.9,
        shadow_radius_m=9.0,
        reach_m=4.0,
    )


def _back_run(set_: Scenery) -> list[Mesh]:
    """Return the units along the back wall: cupboards, sink, stove, tiles, hood, wall units."""
    z = _ROOM.z0 + 0.62
    parts = [
        placed(
            furniture.cupboard(1.5, 0.88, 0.6, _DOORS, doors=2, handle=furniture.BRASS, top=_TOP),
            (-2.62, 0, z),
        ),
        placed(
            furniture.cupboard(1.6, 0.88, 0.6, _DOORS, doors=2, handle=furniture.BRASS, top=_TOP),
            (-0.4, 0, z),
        ),
        placed(
            furniture.cupboard(
                1.0, 0.88, 0.6, _DOORS, doors=1, handle=furniture.BRASS, top=_TOP, drawers=True
            ),
            (0.9, 0, z),
        ),
        placed(_stove(), (-1.52, 0, z)),
        placed(_sink(), (-0.4, 0.92, z - 0.28)),
        placed(_fridge(), (2.75, 0, z)),
        box((-0.75, 1.03, _ROOM.z0 + 0.012), (2.6, 0.13, 0.012), _TILES),
        box((-2.4, 1.35, _ROOM.z0 + 0.012), (0.98, 0.42, 0.012), _TILES),
        placed(_hood(), (-1.52, 1.75, _ROOM.z0 + 0.28)),
        placed(
            furniture.cupboard(0.8, 0.75, 0.34, _DOORS, doors=2, handle=furniture.BRASS),
            (-2.55, 1.5, _ROOM.z0 + 0.36),
        ),
        placed(
            furniture.cupboard(1.15, 0.75, 0.34, _DOORS, doors=2, handle=furniture.BRASS),
            (1.42, 1.62, _ROOM.z0 + 0.36),
        ),
    ]
    parts.append(
        placed(
            furniture.cupboard(0.9, 0.88, 0.6, _DOORS, doors=1, handle=furniture.BRASS, top=_TOP),
            (1.86, 0, z),
        )
    )
    set_.table((0.9, 0.92, z - 0.3), 0.85, 0.26, solid=False)
    set_.block((-0.3, 0.45, z - 0.3), (3.1, 0.45, 0.32))
    set_.block((2.75, 1.0, z - 0.3), (0.4, 1.0, 0.36))
    return parts


def _stove() -> Mesh:
    enamel = Finish(rgb("#2b2d30"), Surface.PAINT, 0.3)
    rings = [
        placed(
            lathe(
                [(0.05, 0), (0.085, 0.004), (0.085, 0.014), (0.05, 0.016)],
                furniture.BLACK_METAL,
                sides=14,
            ),
            (x, 0.915, z),
        )
        for x in (-0.14, 0.14)
        for z in (-0.17, -0.44)
    ]
    knobs = [
        placed(cylinder(0.018, 0.025, furniture.STEEL, sides=10), (x, 0.83, 0.0), tilt=np.pi / 2)
        for x in np.linspace(-0.2, 0.2, 5)
    ]
    return merged(
        [
            box((0, 0.45, -0.3), (0.3, 0.45, 0.29), enamel, bevel_m=0.01),
            box(
                (0, 0.905, -0.3),
                (0.3, 0.01, 0.3),
                Finish(rgb("#141517"), Surface.GLASS, 0.1),
                bevel_m=0.004,
            ),
            box((0, 0.42, 0.0), (0.25, 0.19, 0.008), Finish(rgb("#0d1014"), Surface.GLASS, 0.06)),
            tube([(-0.24, 0.68, 0.04), (0.24, 0.68, 0.04)], 0.012, furniture.STEEL, sides=7),
            *rings,
            *knobs,
        ]
    )


def _sink() -> Mesh:
    steel = furniture.STEEL
    tap = [(0, 0.0, -0.14), (0, 0.24, -0.14), (0, 0.3, -0.09), (0, 0.28, 0.02), (0, 0.23, 0.03)]
    rim = boxes(
        [(0, 0.006, 0.19), (0, 0.006, -0.19), (0.3, 0.006, 0), (-0.3, 0.006, 0)],
        [(0.32, 0.008, 0.02), (0.32, 0.008, 0.02), (0.02, 0.008, 0.2), (0.02, 0.008, 0.2)],
        steel,
        bevel_m=0.004,
    )
    basin = box((0, 0.002, 0), (0.28, 0.002, 0.17), steel.times(0.35))
    return merged(
        [
            rim,
            basin,
            tube(tap, 0.014, steel, sides=8),
            box((0.08, 0.03, -0.14), (0.012, 0.03, 0.012), steel, bevel_m=0.004),
        ]
    )


def _fridge() -> Mesh:
    shell_ = Finish(rgb("#d5d2c8"), Surface.PAINT, 0.35)
    return merged(
        [
            box((0, 0.93, -0.32), (0.36, 0.93, 0.32), shell_.times(0.9), bevel_m=0.03),
            box((0, 0.62, 0.01), (0.355, 0.58, 0.025), shell_, bevel_m=0.018),
            box((0, 1.54, 0.01), (0.355, 0.31, 0.025), shell_, bevel_m=0.018),
            boxes(
                [(-0.28, 0.95, 0.06), (-0.28, 1.42, 0.06)],
                (0.012, 0.14, 0.016),
                furniture.STEEL,
                bevel_m=0.006,
            ),
            boxes(
                [(0.08, 1.5, 0.037), (0.17, 1.36, 0.037), (-0.05, 1.62, 0.037)],
                (0.05, 0.06, 0.002),
                Finish(rgb("#c9a24a"), Surface.PLAIN, 0.8),
            ),
        ]
    )


def _hood() -> Mesh:
    steel = furniture.STEEL
    skirt = lathe([(0.42, 0.0), (0.42, 0.06), (0.2, 0.22)], steel, sides=4)
    return merged(
        [
            placed(skirt, (0, 0, 0), yaw=np.pi / 4),
            box((0, 0.6, -0.05), (0.14, 0.4, 0.13), steel, bevel_m=0.01),
            box((0, 0.02, 0.0), (0.28, 0.004, 0.24), steel.times(0.3)),
        ]
    )


def _left_run(set_: Scenery) -> list[Mesh]:
    """Return a dresser of open shelves with crockery on the left wall."""
    rng = seed_of("crockery")
    wood = Finish(rgb("#8a6644"), Surface.WOOD, 0.55)
    x = _ROOM.x0 + 0.46
    base = placed(
        furniture.cupboard(
            1.7, 0.86, 0.44, wood, doors=3, handle=furniture.BRASS, top=wood.times(0.85)
        ),
        (x, 0, -0.75),
        yaw=np.pi / 2,
    )
    parts = [base]
    for y in (1.35, 1.72, 2.09):
        parts.append(box((_ROOM.x0 + 0.16, y, -0.75), (0.15, 0.014, 0.85), wood, bevel_m=0.004))
        for number, z in enumerate(np.linspace(-1.45, -0.05, 7)):
            tone = Finish(
                rgb(("#d9d2c2", "#8fa3a8", "#b8794a", "#cfc4a4")[int(rng.integers(0, 4))]),
                Surface.PAINT,
                0.3,
            )
            model = (things.cup, things.vase, things.plate, things.pot)[
                int(rng.integers(0, 3)) if y > 1.5 else number % 2
            ]
            if model is things.plate:
                parts.append(
                    placed(model(tone), (_ROOM.x0 + 0.06, y + 0.14, z), roll=-np.pi / 2 + 0.12)
                )
            else:
                parts.append(
                    placed(
                        model(tone),
                        (_ROOM.x0 + 0.17, y + 0.014, z),
                        scale=0.62 if model is things.vase else 1.15,
                        yaw=number,
                    )
                )
    parts.append(
        boxes(
            [(_ROOM.x0 + 0.02, 1.72, -1.6), (_ROOM.x0 + 0.02, 1.72, 0.1)], (0.02, 0.45, 0.02), wood
        )
    )
    set_.block((_ROOM.x0 + 0.24, 0.45, -0.75), (0.24, 0.45, 0.87))
    return parts


def _on_the_counter(rng: np.random.Generator) -> list[Mesh]:
    z, y = _ROOM.z0 + 0.3, 0.92
    board = box((0.32, y + 0.012, z + 0.05), (0.2, 0.012, 0.14), furniture.BEECH, bevel_m=0.006)
    jars: list[Mesh] = []
    jars.extend(
        placed(
            lathe(
                [
                    (0, 0),
                    (0.055, 0),
                    (0.06, 0.14),
                    (0.05, 0.16),
                    (0.055, 0.165),
                    (0.055, 0.19),
                    (0, 0.19),
                ],
                Finish(rgb(("#c9b48a", "#8c5a3a", "#d8d0bc")[k]), Surface.PAINT, 0.3),
                sides=14,
            ),
            (x, y, z - 0.1),
        )
        for k, x in enumerate((-2.95, -2.75, -2.55))
    )
    herbs = [
        placed(furniture.potted_plant(rng, height_m=0.42), (x, 1.13, _ROOM.z0 - 0.02))
        for x in (-0.95, -0.4, 0.2)
    ]
    tomatoes = copies(
        ball((0, 0.034, 0), 0.034, Finish(rgb("#b83222"), Surface.PAINT, 0.35), level=1),
        [(0.24, y + 0.024, z), (0.34, y + 0.024, z + 0.06), (0.28, y + 0.024, z + 0.1)],
    )
    utensils = [
        tube(
            [
                (-1.05 + 0.02 * k, y + 0.1, z - 0.14),
                (-1.09 + 0.05 * k, y + 0.36, z - 0.14 + 0.03 * (k % 2)),
            ],
            [0.006, 0.01],
            furniture.BEECH,
            sides=5,
        )
        for k in range(4)
    ]
    crock = placed(
        lathe(
            [(0, 0), (0.06, 0), (0.07, 0.15), (0.06, 0.15), (0.055, 0.02)],
            Finish(rgb("#a8aeb0"), Surface.PAINT, 0.35),
            sides=14,
        ),
        (-1.02, y, z - 0.14),
    )
    return [
        board,
        *jars,
        *herbs,
        tomatoes,
        *utensils,
        crock,
        placed(things.pot(furniture.STEEL), (-1.66, 0.93, z - 0.1)),
        placed(things.pan(furniture.BLACK_METAL), (-1.38, 0.93, z + 0.1), yaw=0.5),
        placed(
            things.bread(Finish(rgb("#a8703a"), Surface.PLAIN, 0.8)),
            (0.42, y + 0.024, z - 0.06),
            yaw=1.2,
        ),
        placed(things.bottle(Finish(rgb("#5b6b2e"), Surface.GLASS, 0.1)), (-2.2, y, z - 0.12)),
        placed(
            things.bottle(Finish(rgb("#7a2f22"), Surface.GLASS, 0.1)),
            (-2.08, y, z - 0.16),
            scale=0.85,
        ),
    ]


def _table_corner(set_: Scenery) -> list[Mesh]:
    """Return the dining table on the left of the picture, near the camera, laid for breakfast."""
    x, z = -1.95, 2.35
    set_.table((x, 0.74, z), 0.75, 0.45)
    bowl = lathe(
        [(0, 0), (0.06, 0), (0.15, 0.08), (0.145, 0.085), (0.055, 0.012), (0, 0.012)],
        furniture.CERAMIC.times(0.8),
        sides=22,
    )
    fruit = [
        placed(things.apple(Finish(rgb(code), Surface.PAINT, 0.4)), (x + dx, 0.78, z + dz))
        for dx, dz, code in (
            (0.03, 0.04, "#b3362a"),
            (-0.05, 0.02, "#8fa03a"),
            (0.0, -0.06, "#c9a13a"),
        )
    ]
    rag = box(
        (x + 0.35, 0.744, z + 0.1),
        (0.16, 0.003, 0.22),
        Finish(rgb("#8d4a40"), Surface.CLOTH, 0.95),
        yaw=0.3,
    )
    return [
        placed(furniture.table(furniture.BEECH, width_m=1.5, depth_m=0.9), (x, 0, z)),
        placed(furniture.chair(furniture.WALNUT), (x + 0.35, 0, z - 0.62), yaw=0.15),
        placed(furniture.chair(furniture.WALNUT), (x - 0.4, 0, z - 0.6), yaw=-0.1),
        placed(furniture.chair(furniture.WALNUT), (x, 0, z + 0.66), yaw=np.pi + 0.2),
        placed(bowl, (x, 0.74, z)),
        *fruit,
        rag,
        placed(things.cup(furniture.CERAMIC), (x + 0.36, 0.745, z + 0.1)),
        placed(
            things.vase(Finish(rgb("#6f8a90"), Surface.PAINT, 0.3)),
            (x - 0.45, 0.74, z - 0.1),
            scale=0.8,
        ),
        placed(
            plants.flowers(
                np.array(
                    [
                        (x - 0.45 + a, 0.9, z - 0.1 + b)
                        for a, b in (
                            (0, 0),
                            (0.04, 0.03),
                            (-0.03, 0.04),
                            (0.02, -0.04),
                            (-0.04, -0.02),
                        )
                    ]
                ),
                np.tile(rgb("#d9b84a"), (5, 1)),
                rng=seed_of("kitchen flowers"),
                height_m=0.22,
            ),
            (0, 0, 0),
        ),
    ]


def _walls(rng: np.random.Generator) -> list[Mesh]:
    cloth = Finish(rgb("#d8cdb8"), Surface.CLOTH, 0.95)
    z0 = _ROOM.z0 + 0.08
    blind = placed(furniture.curtain(0.42, 1.25, cloth), (-1.4, 1.05, z0))
    other = placed(furniture.curtain(0.42, 1.25, cloth), (0.6, 1.05, z0))
    clock = placed(things.clock(furniture.WALNUT), (_ROOM.x0 + 0.05, 1.9, 0.75), yaw=np.pi / 2)
    rug = placed(furniture.rug(1.5, 0.9, rgb("#7d4a3c"), rgb("#3d3a36")), (-0.2, 0.0, -1.25))
    beams = boxes(
        [(x, _ROOM.high - 0.07, 0.75) for x in (-2.2, -0.4, 1.4)],
        (0.09, 0.08, 3.4),
        weathered_beam(),
    )
    return [
        blind,
        other,
        clock,
        rug,
        beams,
        placed(
            furniture.picture(0.5, 0.4, furniture.WALNUT, rng=rng),
            (_ROOM.x0 + 0.03, 1.55, 2.5),
            yaw=np.pi / 2,
        ),
    ]


def weathered_beam() -> Finish:
    """Return the oak of the ceiling beams."""
    return Finish(rgb("#6b4a30"), Surface.WOOD, 0.7)


def _lamps(set_: Scenery, *, lit: bool) -> None:
    shade = Finish(rgb("#3f5a52"), Surface.PAINT, 0.35)
    for x, z, drop in ((-1.95, 2.35, 1.15), (0.3, -0.6, 0.75)):
        set_.add_bare(placed(furniture.pendant(shade, drop, lit=lit), (x, _ROOM.high, z)))
        if lit:
            set_.lamp(
                Practical(
                    (x, _ROOM.high - drop + 0.02, z),
                    (3.2, 2.3, 1.35),
                    9.0,
                    (0.0, -1.0, 0.0),
                    1.25,
                    size_m=0.25,
                )
            )
            set_.lamp(
                Practical((x, _ROOM.high - drop + 0.1, z), (0.55, 0.38, 0.22), 7.0, size_m=0.3)
            )
    if lit:
        set_.lamp(
            Practical((-2.5, 1.46, _ROOM.z0 + 0.3), (0.8, 0.6, 0.38), 4.0, (0.0, -1.0, 0.0), 1.3)
        )
        set_.lamp(
            Practical((1.4, 1.58, _ROOM.z0 + 0.3), (0.8, 0.6, 0.38), 4.0, (0.0, -1.0, 0.0), 1.3)
        )
        set_.lamps.append(Lamp((1.3, 2.25, 1.5), (0.9, 0.66, 0.42), 4.5))
        set_.lamps.append(Lamp((-1.2, 2.2, -1.5), (0.6, 0.42, 0.26), 3.5))
    else:
        set_.lamps.append(Lamp((2.5, 1.9, 1.1), (2.2, 2.1, 2.0), 4.2))
