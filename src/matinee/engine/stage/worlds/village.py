"""A village square: timber and stone houses, a well, a great tree, market lights; in snow a fir."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, masonry, plants, street, things, wild
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    graded_lines,
    heightfield,
    lathe,
    placed,
    recoloured,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.scenery import Scenery, around, level

_TIMBER = Finish(rgb("#4a3526"), Surface.WOOD, 0.8)
_COBBLES = rgb("#8a8175")


def build(conditions: Conditions) -> World:
    """Build the village square as the weather has it."""
    return square(conditions, "village", festive=conditions.snowy)


def build_in_snow(conditions: Conditions) -> World:
    """Build the square in winter: snow lies whatever the sky does now."""
    weather = conditions.weather if conditions.weather in {"snow", "fog"} else "snow"
    frosty = Conditions(conditions.time_of_day, weather, conditions.mood, conditions.seed)
    return square(frosty, "snow_square", festive=True)


def square(conditions: Conditions, place: str, *, festive: bool) -> World:
    """Build the square; a festive one has a decorated fir, stalls and strings of bulbs."""
    rng = seed_of("village", conditions.seed)
    lit = conditions.dark or conditions.low_sun or festive
    set_ = Scenery(place, conditions)
    set_.add(_ground())
    _houses(set_, rng, lit=lit)
    set_.add(*_well(set_))
    if festive:
        _fir(set_, rng)
    else:
        tree = plants.tree("linden", 10.0, rng=rng, leaves=760)
        set_.add(placed(tree, (4.8, 0, -8.0)))
        set_.post(4.8, -8.0, 0.5, 6.0)
    for x, z, yaw, code in (
        (-6.4, -4.6, 0.9, "#8f2f2a"),
        (-7.2, -0.6, 1.4, "#2f5a4a"),
        (7.4, -3.4, -1.1, "#8a6a2a"),
    ):
        set_.add(placed(street.market_stall(rgb(code), rng=rng), (x, 0, z), yaw=yaw))
        set_.block((x, 1.0, z), (1.35, 1.0, 0.85), yaw)
        set_.lamp(
            Practical((x, 2.1, z), (2.6, 1.7, 0.8) if lit else (0.01, 0.01, 0.01), 6.0, size_m=0.3)
        )
    for z, sag in ((-6.0, 1.2), (-11.5, 1.5), (1.5, 1.0)):
        ends = ((-11.5, 5.4, z - 1.0), (11.5, 5.4, z + 1.0))
        set_.add_bare(street.bulbs(*ends, 26, sag_m=sag, lit=lit))
        if lit:
            set_.lamp(
                *(
                    Practical((x, 4.4, z), (1.5, 1.05, 0.55), 8.0, size_m=1.5)
                    for x in (-6.0, -2.0, 2.0, 6.0)
                )
            )
    for x, z in ((-3.4, -8.6), (3.3, -2.6), (-3.6, 3.4)):
        set_.add(placed(street.lantern_post(3.4, lit=lit), (x, 0, z)))
        set_.post(x, z, 0.2, 3.4)
        if lit:
            set_.lamp(Practical((x, 3.0, z), (6.0, 4.1, 2.2), 11.0, size_m=0.25))
    set_.add(
        *(
            placed(things.barrel(Finish(rgb("#6f4f34"), Surface.WOOD, 0.8)), (x, 0, z))
            for x, z in ((-4.9, -6.9), (-5.6, -7.2), (6.1, -5.6))
        )
    )
    set_.add(placed(street.bench(), (5.2, 0, -6.0), yaw=-0.4))
    _people(set_, rng)
    hills = wild.range_of_hills(
        80.0, 260.0, 70.0, Finish(rgb("#5a7048"), Surface.GRASS, 0.95), seed=4, columns=90
    )
    set_.add(hills)
    if conditions.dark:
        set_.lamps += [
            Lamp((2.8, 3.0, 1.6), (4.2, 2.9, 1.6), 8.5),
            Lamp((-3.2, 2.8, -3.0), (4.0, 2.6, 1.3), 8.5),
        ]
    elif festive:
        set_.lamps.append(Lamp((2.6, 2.8, 1.8), (0.9, 0.65, 0.4), 6.0))
    return set_.world(
        Climate(
            density_per_m=0.0036,
            height_falloff_per_m=0.03,
            haze=(1.05, 1.0, 0.94),
            sunset_yaw=2.3,
            bloom=0.15,
        ),
        marks=around(-6.5),
        walk=((0.6, -6.0), (0.0, 4.0)),
        keep_in=Space((-8.0, 0.3, -9.0), (8.0, 8.0, 13.0)),
        underfoot="stone",
        ambience="market",
        floor_radius_m=2.4,
        shadow_radius_m=30.0,
        reach_m=10.0,
    )


def _ground() -> Mesh:
    lines = graded_lines(16.0, 130.0, cell_m=0.75, growth=1.16)
    ground = heightfield(lines, lines, level, Finish(_COBBLES, Surface.STONE, 0.85))
    points = ground.positions
    shade = (
        1
        + 0.3 * fractal(points, cell_m=2.5, seed=3)[:, None]
        + 0.12 * fractal(points, cell_m=0.8, seed=9)[:, None]
    )
    away = np.clip((np.hypot(points[:, 0], points[:, 2]) - 26) / 6, 0, 1)[:, None]
    field = np.asarray(rgb("#6d8a44")) * (1 + 0.2 * fractal(points, cell_m=20.0, seed=5)[:, None])
    return recoloured(
        ground, np.clip(np.asarray(_COBBLES) * shade * (1 - away) + field * away, 0.01, 0.9)
    )


def cottage(
    width_m: float, depth_m: float, storeys: int, rng: np.random.Generator, *, lit: bool
) -> Mesh:
    """Return a half-timbered house, its front at z = 0 towards +Z, centred in x."""
    plaster = Finish(
        rgb(("#e0d6c0", "#d8c49a", "#c9b8a0", "#d9cfc4")[int(rng.integers(0, 4))]),
        Surface.PLASTER,
        0.9,
    )
    stone = Finish(rgb("#8f877a"), Surface.STONE, 0.9)
    roof_tone = Finish(
        rgb(("#8a4a34", "#6f4a3a", "#5a5450")[int(rng.integers(0, 3))]), Surface.TILES, 0.85
    )
    high, x = 2.7 * storeys + 0.4, width_m / 2
    parts = [
        box((0, high / 2, -depth_m / 2), (x, high / 2, depth_m / 2), plaster),
        box((0, 0.4, 0.0), (x + 0.04, 0.4, 0.08), stone),
    ]
    posts = np.linspace(-x + 0.1, x - 0.1, max(3, round(width_m / 1.6) + 1))
    parts.append(
        boxes(
            np.stack([posts, 0 * posts + high / 2, 0 * posts + 0.02], -1),
            (0.09, high / 2, 0.05),
            _TIMBER,
        )
    )
    rails = np.array([0.82, *(2.7 * k + 0.35 for k in range(1, storeys + 1)), high - 0.1])
    parts.append(
        boxes(np.stack([0 * rails, rails, 0 * rails + 0.025], -1), (x, 0.09, 0.055), _TIMBER)
    )
    braces = [
        placed(
            box((0, 0, 0), (0.06, 0.95, 0.035), _TIMBER),
            ((posts[k] + posts[k + 1]) / 2, high - 1.35, 0.02),
            roll=0.62 * (1 if k % 2 else -1),
        )
        for k in range(0, len(posts) - 1, 2)
    ]
    glow = Finish(rgb("#ffcf86"), Surface.SCREEN, 0.5, 1.5) if lit else masonry.GLASS
    for storey in range(storeys):
        for k in range(len(posts) - 1):
            wx, wy = (posts[k] + posts[k + 1]) / 2, 2.7 * storey + 1.75
            if storey == 0 and k == (len(posts) - 1) // 2:
                parts.append(
                    placed(
                        masonry.door(0.95, 2.05, Finish(rgb("#4f3a2a"), Surface.WOOD, 0.7)),
                        (wx, 0, 0.05),
                    )
                )
                continue
            pane = glow if rng.random() < 0.75 else masonry.GLASS
            parts.append(box((wx, wy, 0.02), (0.42, 0.52, 0.03), pane))
            parts.append(
                boxes(
                    [(wx, wy, 0.06), (wx, wy + 0.12, 0.06)],
                    [(0.025, 0.52, 0.02), (0.42, 0.025, 0.02)],
                    masonry.FRAME_WHITE,
                )
            )
            parts.append(
                boxes(
                    [(wx - 0.56, wy, 0.05), (wx + 0.56, wy, 0.05)],
                    (0.13, 0.54, 0.02),
                    Finish(rgb("#3f5f55"), Surface.PAINT, 0.6),
                )
            )
            if rng.random() < 0.5:
                parts.append(box((wx, wy - 0.62, 0.14), (0.45, 0.09, 0.1), _TIMBER))
                blooms = np.stack(
                    [rng.uniform(wx - 0.4, wx + 0.4, 9), np.full(9, wy - 0.5), np.full(9, 0.15)], -1
                )
                parts.append(
                    copies(
                        ball(
                            (0, 0, 0), 0.07, Finish(rgb("#b8384a"), Surface.FOLIAGE, 0.8), level=0
                        ),
                        blooms,
                    )
                )
    roof = placed(
        masonry.gable_roof(width_m, depth_m, depth_m * 0.55, roof_tone, over_m=0.5, gable=plaster),
        (0, high, -depth_m / 2),
    )
    chimney = box((x * 0.5, high + depth_m * 0.45, -depth_m / 2 - 0.4), (0.35, 1.1, 0.35), stone)
    return weathered(merged([*parts, *braces, roof, chimney]), amount=0.1, cell_m=2.0)


def _houses(set_: Scenery, rng: np.random.Generator, *, lit: bool) -> None:
    ring = [
        (-9.8, -15.0, 0.25, 8.0, 2),
        (-0.8, -17.5, 0.0, 8.6, 3),
        (8.4, -15.6, -0.25, 8.0, 2),
        (14.2, -8.6, -1.25, 7.6, 2),
        (14.6, 0.4, -1.6, 8.4, 2),
        (13.4, 9.6, -1.95, 8.0, 2),
        (-14.4, -8.2, 1.2, 7.6, 2),
        (-14.8, 0.8, 1.57, 8.2, 3),
        (-13.2, 10.2, 1.9, 8.0, 2),
        (-5.0, 18.0, 2.9, 8.6, 2),
        (5.4, 18.2, -2.9, 8.6, 2),
    ]
    for x, z, yaw, width, storeys in ring:
        set_.add(placed(cottage(width, 6.5, storeys, rng, lit=lit), (x, 0, z), yaw=yaw))
        way = np.array([np.sin(yaw), np.cos(yaw)]) * -3.25
        set_.block((x + float(way[0]), 4.0, z + float(way[1])), (width / 2, 4.0, 3.3), yaw)
        if lit:
            set_.lamp(
                Practical(
                    (x + float(np.sin(yaw)) * 0.6, 1.8, z + float(np.cos(yaw)) * 0.6),
                    (1.6, 1.05, 0.5),
                    6.0,
                    size_m=1.0,
                )
            )
    stone = Finish(rgb("#a89c88"), Surface.STONE, 0.9)
    church = merged(
        [
            box((0, 7, 0), (3.0, 7.0, 3.0), stone),
            boxes([(0, 13.2, 0)], (3.2, 0.3, 3.2), stone.times(0.85)),
            boxes(
                [(0, 11.0, 3.02), (3.02, 11.0, 0)],
                (0.7, 1.3, 0.1),
                Finish(rgb("#22221f"), Surface.PLAIN, 0.9),
            ),
            placed(
                lathe([(3.9, 0), (1.6, 4.0), (0, 12.5)], masonry.SLATE, sides=8),
                (0, 13.5, 0),
                yaw=np.pi / 8,
            ),
            box((0, 4.5, -9.0), (5.0, 4.5, 7.0), stone),
            placed(
                masonry.gable_roof(14.0, 10.0, 5.0, masonry.SLATE, gable=stone),
                (0, 9.0, -9.0),
                yaw=np.pi / 2,
            ),
        ]
    )
    set_.add(placed(weathered(church, amount=0.15, cell_m=3.0), (5.5, 0, -36.0)))
    far = cottage(8.0, 6.5, 2, rng, lit=lit)
    set_.add(
        *(placed(far, (x, 0, z), yaw=x) for x, z in ((-18.0, -30.0), (-6.0, -34.0), (20.0, -28.0)))
    )


def _well(set_: Scenery) -> list[Mesh]:
    x, z = -3.2, -5.4
    set_.post(x, z, 1.1, 2.6)
    stone = Finish(rgb("#8d867a"), Surface.STONE, 0.9)
    ring_ = weathered(
        lathe(
            [
                (0.95, 0),
                (0.98, 0.75),
                (1.05, 0.8),
                (1.05, 0.92),
                (0.78, 0.92),
                (0.75, 0.2),
                (0, 0.2),
            ],
            stone,
            sides=18,
        ),
        amount=0.2,
        cell_m=0.5,
    )
    posts = [(x + sx * 0.9, 1.5, z) for sx in (-1, 1)]
    roof = placed(
        masonry.gable_roof(
            2.4, 1.7, 0.75, Finish(rgb("#6f4a3a"), Surface.TILES, 0.85), over_m=0.15
        ),
        (x, 2.35, z),
    )
    drum = tube([(x - 0.85, 1.6, z), (x + 0.85, 1.6, z)], 0.08, _TIMBER, sides=8)
    pail = placed(
        things.bucket(Finish(rgb("#6f4f34"), Surface.WOOD, 0.8)), (x + 0.2, 0.95, z + 0.3)
    )
    return [
        placed(ring_, (x, 0, z)),
        boxes(posts, (0.07, 0.9, 0.07), _TIMBER),
        roof,
        drum,
        pail,
        tube([(x, 1.55, z), (x, 0.9, z)], 0.012, street.RUBBER, sides=3),
    ]


def _fir(set_: Scenery, rng: np.random.Generator) -> None:
    """Set a decorated fir: bulbs, balls, a star."""
    x, z, h = 4.4, -8.0, 8.0
    set_.add(placed(plants.conifer(h, rng=rng, tiers=12), (x, 0, z)))
    set_.post(x, z, 2.0, 8.0)
    share = rng.random(150) ** 0.8
    yaw = rng.uniform(0, 2 * np.pi, 150)
    away = (h * 0.23 * (1 - share) + 0.12) * 0.95
    at = np.stack([x + away * np.sin(yaw), h * (0.12 + 0.82 * share), z + away * np.cos(yaw)], -1)
    warm = Finish(rgb("#ffd28a"), Surface.SCREEN, 0.4, 7.0)
    set_.add_bare(copies(ball((0, 0, 0), 0.045, warm, level=0), at[:96]))
    for k, code in enumerate(("#b3202c", "#c99a3a", "#2f5f8a")):
        bauble = Finish(rgb(code), Surface.PAINT, 0.15)
        set_.add_bare(copies(ball((0, 0, 0), 0.1, bauble, level=1), at[96 + k * 18 : 114 + k * 18]))
    star = [
        placed(
            box((0, 0.16, 0), (0.05, 0.16, 0.03), Finish(rgb("#ffe2a0"), Surface.SCREEN, 0.4, 8.0)),
            (x, h - 0.05, z),
            roll=k * 2 * np.pi / 5,
        )
        for k in range(5)
    ]
    set_.add_bare(*star)
    set_.lamp(
        *(Practical((x, y, z + 2.0), (2.2, 1.5, 0.8), 9.0, size_m=1.5) for y in (1.2, 3.2, 5.2))
    )
    gifts = [
        placed(
            things.gift(Finish(rgb(code), Surface.PAINT, 0.4)),
            (x + dx, 0, z + 2.2 + dz),
            yaw=dx,
            scale=1.3,
        )
        for dx, dz, code in (
            (-0.8, 0.1, "#8f2030"),
            (-0.2, 0.4, "#2f5a4a"),
            (0.5, 0.2, "#b8903a"),
            (1.0, -0.1, "#3a4a7a"),
        )
    ]
    set_.add_bare(*gifts)


def _people(set_: Scenery, rng: np.random.Generator) -> None:
    places = np.array(
        [
            (-5.2, 0, -4.0),
            (-5.9, 0, -1.2),
            (6.2, 0, -3.0),
            (2.6, 0, -10.5),
            (3.4, 0, -10.8),
            (-1.8, 0, -11.5),
            (-8.5, 0, -9.5),
            (8.5, 0, -7.5),
            (9.0, 0, 1.5),
        ],
        float,
    )
    yaw = np.array([-2.2, -1.8, 1.4, 0.8, -1.0, 0.2, 1.0, -1.4, -1.6])
    set_.add_bare(crowd.figures(places, yaw, rng, near=True))
