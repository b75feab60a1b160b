"""A live shopping studio: counter with a turntable, LED wall, goods, softboxes, cameras."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    panel,
    placed,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.worlds.model import TURNTABLE_S, Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import turning
from matinee.engine.stage.worlds.room import Shell, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-5.2, 5.2, -3.2, 6.4, 4.2, cell_m=0.42)
_COUNTER_Z, _COUNTER_M = 1.28, 0.92
_PINK, _PEACH, _PLUM = rgb("#e58fa0"), rgb("#f0b58a"), rgb("#5a2f55")


def build(conditions: Conditions) -> World:
    """Build the studio; the hour outside does not reach it."""
    rng = seed_of("livestream_studio", conditions.seed)
    set_ = Scenery("livestream_studio", conditions)
    wall = Finish(rgb("#8b7f86"), Surface.PLASTER, 0.9)
    floor = Finish(rgb("#6b5f5c"), Surface.WOOD, 0.35)
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#2a2829"), Surface.PLASTER, 0.95),
            openings={},
            skirting=wall.times(0.7),
        )
    )
    walled(set_, _ROOM)
    _led_wall(set_)
    _counter(set_)
    _shelves(set_, rng)
    _gear(set_)
    climate = Climate(density_per_m=0.001, indoor=True, ambient=0.10, exposure=1.35, bloom=0.08)
    return set_.world(
        climate,
        marks=around(-1.6, spread=0.95, front=False),
        walk=((-2.6, -0.95), (2.6, -0.95)),
        keep_in=Space((-3.6, 0.5, -1.6), (3.6, 3.2, 5.9)),
        underfoot="wood",
        ambience="studio",
        floor_radius_m=0.8,
        shadow_radius_m=8.0,
        reach_m=4.0,
    )


def _led_wall(set_: Scenery) -> None:
    """Hang a wall of light behind the host: a gradient in tiles, an arch, rings of light."""
    z = _ROOM.z0 + 0.12
    set_.add_bare(box((0, 2.05, z - 0.05), (3.3, 1.68, 0.05), furniture.BLACK_METAL, bevel_m=0.02))
    lit = Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.5, 0.62)
    wall = panel((-3.2, 0.45, z + 0.01), (6.4, 0, 0), (0, 3.2, 0), lit, cell_m=0.2)
    x, y = wall.positions[:, 0], wall.positions[:, 1]
    share = np.clip((y - 0.45) / 3.2, 0, 1)[:, None]
    low, high = np.clip(share * 2, 0, 1), np.clip(share * 2 - 1, 0, 1)
    tone = (
        np.asarray(_PEACH) * (1 - low) + np.asarray(_PINK) * (low - high) + np.asarray(_PLUM) * high
    )
    glow = 0.5 + 0.5 * np.exp(-(((x - 1.15) / 2.0) ** 2) - ((y - 2.05) / 1.5) ** 2)
    set_.add_bare(recoloured(wall, np.clip(tone * glow[:, None], 0.02, 0.9)))
    for radius, colour, power in ((1.05, rgb("#fff0dc"), 2.6), (1.32, rgb("#ff9fb4"), 1.5)):
        hoop = ring(radius, 0.022, Finish(colour, Surface.SCREEN, 0.5, power), sides=48, around=6)
        set_.add_bare(placed(hoop, (1.15, 2.05, z + 0.12), tilt=np.pi / 2))
    for px, power in ((-2.0, 3.2), (0.0, 3.8), (2.0, 3.4)):
        set_.lamp(
            Practical(
                (px, 2.1, z + 0.3),
                (power, power * 0.58, power * 0.6),
                7.0,
                (0.0, 0.0, 1.0),
                size_m=1.4,
            )
        )
    for side in (-1, 1):
        set_.add_bare(
            boxes(
                [(side * 3.55, 2.0, z + 0.1)],
                (0.03, 1.7, 0.03),
                Finish(rgb("#ffd9a8"), Surface.SCREEN, 0.5, 4.0),
            )
        )


def _counter(set_: Scenery) -> None:
    """Set the counter before the host, its turntable, and goods to the other side."""
    white, brass = Finish(rgb("#e0d8cf"), Surface.PAINT, 0.25), furniture.BRASS
    z, h = _COUNTER_Z, _COUNTER_M
    ribs = np.arange(-1.17, 1.18, 0.09)
    set_.add(
        box((0, h - 0.025, z), (1.3, 0.025, 0.34), white, bevel_m=0.012),
        box(
            (0, (h - 0.05) / 2, z),
            (1.2, (h - 0.05) / 2, 0.27),
            Finish(rgb("#b98a80"), Surface.PAINT, 0.45),
        ),
        boxes(
            np.stack([ribs, 0 * ribs + (h - 0.05) / 2, 0 * ribs + z + 0.28], -1),
            (0.034, (h - 0.05) / 2, 0.03),
            Finish(rgb("#c79a8e"), Surface.PAINT, 0.4),
            bevel_m=0.02,
        ),
        box((0, 0.05, z), (1.22, 0.05, 0.29), brass),
    )
    set_.add_bare(
        box(
            (0, 0.115, z + 0.3),
            (1.2, 0.012, 0.012),
            Finish(rgb("#ffd2b0"), Surface.SCREEN, 0.5, 3.5),
        )
    )
    set_.lamp(Practical((0.0, 0.12, z + 0.55), (0.9, 0.62, 0.48), 2.5, size_m=0.6))
    set_.block((0.0, h / 2, z), (1.3, h / 2, 0.34))
    at = (0.58, h, z)
    set_.add(placed(cylinder(0.17, 0.02, furniture.BLACK_METAL, sides=28, bevel_m=0.004), at))
    disc = merged(
        [
            cylinder(
                0.165, 0.03, Finish(rgb("#efe6dc"), Surface.PAINT, 0.18), sides=36, bevel_m=0.006
            ),
            placed(ring(0.163, 0.006, brass, sides=36, around=6), (0, 0.028, 0)),
            boxes([(0.12, 0.0302, 0.0)], (0.012, 0.0012, 0.003), brass),
        ]
    )
    set_.move("turntable", disc, turning((at[0], h + 0.02, at[2]), TURNTABLE_S))
    set_.table((at[0], h + 0.05, at[2]), 0.12, 0.12, turning=True, solid=False)
    set_.table((-0.35, h, z), 0.55, 0.26, solid=False)
    tone = Finish(rgb("#d9c2ae"), Surface.PAINT, 0.4)
    set_.add(
        placed(
            things.bottle(Finish(rgb("#b0606a"), Surface.PAINT, 0.2)),
            (-1.08, h, z - 0.1),
            scale=0.8,
        ),
        placed(things.product_box(tone), (-0.98, h, z + 0.08), yaw=0.5, scale=0.8),
        placed(things.candle(furniture.CERAMIC), (1.12, h, z - 0.06)),
        placed(
            things.phone(furniture.BLACK_METAL), (1.02, h + 0.01, z + 0.14), yaw=0.3, tilt=-0.35
        ),
    )


def _shelves(set_: Scenery, rng: np.random.Generator) -> None:
    """Put lit niches with goods on both sides of the LED wall."""
    wood = Finish(rgb("#a27c5a"), Surface.WOOD, 0.5)
    goods = (things.product_box, things.bottle, things.vase, things.gift, things.hat, things.bag)
    shades = tuple(map(rgb, ("#c9788a", "#e0b08a", "#7a8f96", "#d8cbb8", "#8a5560", "#b8a06a")))
    for side in (-1, 1):
        x0 = side * 4.35
        set_.add(
            box(
                (x0, 1.5, _ROOM.z0 + 0.04),
                (0.72, 1.45, 0.03),
                Finish(rgb("#6b5a58"), Surface.PLASTER, 0.9),
            )
        )
        for y in (0.45, 1.0, 1.55, 2.1, 2.65):
            set_.add(box((x0, y, _ROOM.z0 + 0.22), (0.72, 0.016, 0.19), wood, bevel_m=0.005))
            set_.add_bare(
                box(
                    (x0, y - 0.022, _ROOM.z0 + 0.1),
                    (0.68, 0.006, 0.01),
                    Finish(rgb("#ffdcb4"), Surface.SCREEN, 0.5, 3.5),
                )
            )
            set_.lamp(
                Practical(
                    (x0, y - 0.05, _ROOM.z0 + 0.25),
                    (0.55, 0.42, 0.3),
                    1.6,
                    (0.0, -1.0, 0.0),
                    size_m=0.4,
                )
            )
            for dx in (-0.48, -0.16, 0.16, 0.48):
                model = goods[int(rng.integers(0, len(goods)))]
                shade = Finish(shades[int(rng.integers(0, len(shades)))], Surface.PAINT, 0.4)
                made = model(shade)
                size = (
                    0.3 / float(np.ptp(made.positions[:, 1]))
                    if np.ptp(made.positions[:, 1]) > 0.3
                    else 1.0
                )
                wide = 0.26 / float(np.ptp(made.positions[:, 0]))
                set_.add(
                    placed(
                        made,
                        (x0 + dx, y + 0.016, _ROOM.z0 + 0.22),
                        scale=min(size, wide, 1.2),
                        yaw=float(rng.uniform(-0.5, 0.5)),
                    )
                )
        set_.block((x0, 1.5, _ROOM.z0 + 0.22), (0.75, 1.5, 0.22))


def _gear(set_: Scenery) -> None:
    """Set softboxes, cameras, a ring light, cables and a plant about the edges."""
    for x, z, yaw, warm in ((2.75, 2.9, np.pi + 0.72, 1.0), (-2.75, 2.7, np.pi - 0.75, 0.55)):
        set_.add_bare(placed(furniture.softbox(height_m=2.15, lit=True), (x, 0, z), yaw=yaw))
        way = (-0.62 * np.sign(x), -0.28, -0.73)
        set_.lamp(
            Practical(
                (x + way[0] * 0.45, 2.1, z + way[2] * 0.45),
                (9.0 * warm, 8.3 * warm, 7.5 * warm),
                9.0,
                (float(way[0]), way[1], way[2]),
                size_m=0.9,
            )
        )
        set_.post(x, z, 0.5, 2.5)
    set_.lamps += [
        Lamp((1.7, 2.25, 2.5), (7.0, 6.5, 5.9), 6.0),
        Lamp((-1.9, 2.1, 2.3), (1.7, 1.6, 1.6), 6.0),
        Lamp((0.5, 2.9, -1.7), (3.0, 1.9, 1.9), 4.5),
    ]
    rig = merged([furniture.tripod(1.35), placed(furniture.film_camera(), (0, 1.42, 0), yaw=np.pi)])
    set_.add(placed(rig, (3.35, 0, 4.4), yaw=0.65))
    set_.post(3.35, 4.4, 0.5, 1.6)
    halo = placed(
        ring(0.24, 0.025, Finish(rgb("#fff2e2"), Surface.SCREEN, 0.5, 4.0), sides=30, around=8),
        (0, 1.55, 0),
        tilt=np.pi / 2,
    )
    set_.add_bare(placed(merged([furniture.tripod(1.3), halo]), (-3.4, 0, 4.2), yaw=np.pi - 0.7))
    set_.post(-3.4, 4.2, 0.45, 1.9)
    set_.add(
        placed(furniture.potted_plant(seed_of("studio plant"), height_m=1.25), (-3.35, 0, -1.9))
    )
    set_.add(
        placed(furniture.potted_plant(seed_of("studio plant 2"), height_m=1.0), (3.3, 0, -2.1))
    )
    set_.post(-3.35, -1.9, 0.5, 1.4)
    set_.post(3.3, -2.1, 0.45, 1.2)
    truss = Finish(rgb("#8a8d90"), Surface.METAL, 0.4)
    for z in (-1.9, 2.4):
        set_.add(
            *(
                tube([(-4.8, 3.7 + dy, z + dz), (4.8, 3.7 + dy, z + dz)], 0.025, truss, sides=6)
                for dy, dz in ((0, -0.14), (0, 0.14), (0.24, 0))
            )
        )
        for x in (-3.2, -1.1, 1.1, 3.2):
            set_.add_bare(placed(_spot(), (x, 3.55, z), tilt=0.6 if z < 0 else -0.7))
    bags = copies(
        ball((0, 0.07, 0), (0.2, 0.07, 0.12), Finish(rgb("#2b2b2e"), Surface.CLOTH, 0.95), level=2),
        [(2.75, 0, 3.1), (-2.75, 0, 2.9)],
    )
    set_.add(bags)
    set_.add(
        panel(
            (-2.3, 0.006, 0.95),
            (4.6, 0, 0),
            (0, 0, -3.0),
            Finish(rgb("#8d6a68"), Surface.CLOTH, 0.97),
            cell_m=0.4,
        )
    )


def _spot() -> Mesh:
    lens = Finish(rgb("#ffe9cc"), Surface.SCREEN, 0.4, 5.0)
    body = lathe(
        [(0, 0.2), (0.07, 0.2), (0.1, 0.1), (0.11, -0.08), (0.095, -0.08)][::-1],
        furniture.BLACK_METAL,
        sides=12,
    )
    return merged(
        [
            body,
            placed(cylinder(0.095, 0.004, lens, sides=14), (0, -0.07, 0), tilt=np.pi),
            box((0, 0.2, 0), (0.13, 0.015, 0.02), furniture.BLACK_METAL),
        ]
    )
