"""A bazaar street: stalls under awnings, old arches, lanterns, heaps of spice and fruit."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, furniture, masonry, plants, street, things
from matinee.engine.stage.parts.finish import Finish, fractal, grimy, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    heightfield,
    lathe,
    placed,
    quads,
    recoloured,
    two_sided,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import driving
from matinee.engine.stage.worlds.scenery import Scenery, around

_WALL = Finish(rgb("#c9a273"), Surface.PLASTER, 0.9)
_STONE = Finish(rgb("#b3936a"), Surface.STONE, 0.88)
_HALF_M = 5.4


def build(conditions: Conditions) -> World:
    """Build the bazaar."""
    rng = seed_of("market", conditions.seed)
    lit = conditions.dark or conditions.low_sun
    set_ = Scenery("market", conditions)
    set_.add(_ground(), *_walls(rng), *_end())
    for side in (-1, 1):
        for number, z in enumerate(np.arange(6.5, -34.0, -3.6)):
            _stall(set_, side, float(z) - (0.8 if side > 0 else 0.0), rng, heaps=number % 2 == 0)
        set_.block((side * (_HALF_M + 1.0), 3.0, -14.0), (1.2, 3.0, 26.0))
        set_.block((side * 3.85, 0.5, -14.0), (0.75, 0.5, 24.0))
    _overhead(set_, lit=lit)
    _people(set_, rng)
    if conditions.dark:
        set_.lamps += [
            Lamp((2.4, 2.9, 1.8), (4.4, 2.9, 1.5), 7.0),
            Lamp((-2.4, 2.7, -2.4), (4.2, 2.4, 1.0), 7.0),
        ]
    if not conditions.wet and not conditions.snowy and not conditions.dark:
        set_.airs.append(weather.motes((0.8, 0.65, 0.42), count=130, side_m=7.0, size_m=0.008))
    return set_.world(
        Climate(
            density_per_m=0.009,
            height_falloff_per_m=0.05,
            haze=(1.15, 0.98, 0.78),
            key_turn=-0.78,
            sunset_yaw=3.05,
            exposure=1.2,
            bounce=(1.3, 1.05, 0.75),
        ),
        marks=around(-6.0),
        walk=((0.0, -6.0), (0.0, 4.5)),
        keep_in=Space((-2.9, 0.3, -14.0), (2.9, 6.0, 12.0)),
        underfoot="stone",
        ambience="market",
        floor_radius_m=2.0,
        shadow_radius_m=24.0,
        reach_m=8.0,
    )


def _ground() -> Mesh:
    x = np.linspace(-_HALF_M - 1.2, _HALF_M + 1.2, 26)
    z = np.concatenate(
        [np.arange(-46.0, -16.0, 1.6), np.arange(-16.0, 16.0, 0.6), [17.0, 20.0, 24.0]]
    )
    ground = heightfield(x, z, lambda a, _b: 0 * a, Finish(rgb("#a08663"), Surface.STONE, 0.85))
    shade = 1 + 0.35 * fractal(ground.positions, cell_m=2.2, seed=6)[:, None]
    return recoloured(ground, np.clip(ground.albedo * shade, 0.01, 0.9))


def _walls(rng: np.random.Generator) -> list[Mesh]:
    parts: list[Mesh] = []
    shade = Finish(rgb("#2a2018"), Surface.PLAIN, 0.95)
    arch = weathered(masonry.arch_bay(3.6, 3.8, 0.7, _STONE, seg=9), amount=0.14)
    for side in (-1, 1):
        for z in np.arange(8.3, -38.0, -3.6):
            at = (side * (_HALF_M + 0.35), 0.0, float(z))
            parts.append(placed(arch, at, yaw=-side * np.pi / 2))
            parts.append(box((side * (_HALF_M + 1.6), 2.0, float(z)), (0.05, 2.0, 1.8), shade))
            tall = 3.0 + float(rng.uniform(0.0, 2.6))
            tone = _WALL.times(float(rng.uniform(0.82, 1.12)))
            upper = [box((0, tall / 2, -1.0), (1.8, tall / 2, 1.0), tone)]
            for x in (-0.8, 0.8):
                frame = Finish(
                    rgb(("#3f6a78", "#5a4030", "#4a6a4a")[int(rng.integers(0, 3))]),
                    Surface.WOOD,
                    0.7,
                )
                upper += [
                    box((x, 1.7, 0.03), (0.36, 0.62, 0.05), shade),
                    boxes(
                        [(x - 0.38, 1.7, 0.08), (x + 0.38, 1.7, 0.08), (x, 1.7, 0.08)],
                        (0.03, 0.65, 0.03),
                        frame,
                    ),
                    boxes([(x, y, 0.08) for y in (1.08, 1.7, 2.32)], (0.4, 0.03, 0.03), frame),
                ]
            upper.append(
                box((0, tall + 0.1, -0.9), (1.85, 0.12, 1.1), tone.times(0.85), bevel_m=0.03)
            )
            house = weathered(merged(upper), amount=0.16, cell_m=1.2, seed=int(abs(z)))
            parts.append(placed(house, (side * _HALF_M, 3.8, float(z)), yaw=-side * np.pi / 2))
    return [grimy(merged(parts), amount=0.25, height_m=1.0)]


def _end() -> list[Mesh]:
    """Close the street with a great gate, a dome and a slim tower against the sky."""
    gate = placed(
        masonry.arch_bay(13.0, 10.0, 2.0, _STONE.times(1.08), pier=0.3, seg=14), (0, 0, -44.0)
    )
    dome = lathe(
        [
            (7.0, 10.0),
            (7.0, 11.0),
            (6.6, 13.0),
            (5.0, 16.0),
            (2.4, 18.0),
            (0.3, 18.9),
            (0.15, 20.4),
            (0, 20.6),
        ],
        Finish(rgb("#5f8a8f"), Surface.TILES, 0.5),
        sides=28,
    )
    tower = lathe(
        [
            (1.5, 0),
            (1.35, 16.0),
            (1.9, 16.6),
            (1.9, 17.4),
            (1.2, 17.5),
            (1.2, 20.0),
            (1.5, 20.2),
            (0.3, 23.5),
            (0, 25.0),
        ],
        _WALL.times(1.1),
        sides=16,
    )
    near = placed(masonry.arch_bay(13.0, 9.0, 2.0, _STONE, pier=0.36, seg=12), (0, 0, 16.5))
    beyond = box((0, 4.0, 26.0), (9.0, 4.0, 2.0), _WALL)
    return [
        weathered(
            merged(
                [
                    near,
                    beyond,
                    gate,
                    placed(dome, (6.0, 0, -66.0)),
                    box((6.0, 5.0, -66.0), (8.0, 5.0, 8.0), _WALL),
                ]
            ),
            amount=0.12,
            cell_m=2.0,
        ),
        weathered(placed(tower, (-9.0, 0, -60.0)), amount=0.12, cell_m=2.0),
    ]


def _stall(set_: Scenery, side: int, z: float, rng: np.random.Generator, *, heaps: bool) -> None:
    near = z > -17.0
    dyes = ("#8f2f2a", "#2f5f6a", "#b8782a", "#5a3a5f", "#3f6a44")
    colour = rgb(dyes[int(rng.integers(0, len(dyes)))])
    if near and not heaps:
        set_.add(
            placed(street.market_stall(colour, rng=rng), (side * 4.0, 0, z), yaw=-side * np.pi / 2)
        )
        return
    parts = [
        placed(street.awning(2.9, 1.6, colour, stripes=False), (0, 2.9, -1.0)),
        boxes([(-1.35, 1.2, 0.5), (1.35, 1.2, 0.5)], (0.035, 1.2, 0.035), street.OAK),
    ]
    if near:
        spices = tuple(map(rgb, ("#b5541f", "#c9952a", "#7a2a1c", "#6a7a32", "#a83a2a", "#8a6a3a")))
        sack = lathe(
            [(0, 0), (0.26, 0.02), (0.3, 0.25), (0.27, 0.5), (0.3, 0.56), (0.25, 0.52), (0, 0.5)],
            Finish(rgb("#a8906a"), Surface.CLOTH, 0.95),
            sides=12,
        )
        for k in range(6):
            x, dz = -1.05 + 0.42 * k, 0.2 * (k % 2)
            heap = lathe(
                [(0.25, 0.0), (0.12, 0.13), (0, 0.2)],
                Finish(spices[int(rng.integers(0, 6))], Surface.SAND, 0.95),
                sides=12,
            )
            parts += [placed(sack, (x, 0, dz), yaw=float(k)), placed(heap, (x, 0.5, dz))]
        rugs = [
            placed(
                furniture.rug(0.9, 1.5, rgb(dyes[k]), rgb(dyes[k + 1])),
                (-0.8 + 0.9 * k, 1.85, -0.9),
                tilt=np.pi / 2,
            )
            for k in range(2)
        ]
        pots = [
            placed(
                things.vase(Finish(rgb("#b06a40"), Surface.PLASTER, 0.8)),
                (0.4 + 0.3 * k, 0.0, 0.65),
                scale=1.1 + 0.3 * k,
            )
            for k in range(2)
        ]
        parts += [*rugs, *pots]
    else:
        parts.append(box((0, 0.45, 0), (1.25, 0.45, 0.5), street.PLANKS))
        at = np.stack(
            [rng.uniform(-1.1, 1.1, 14), np.full(14, 0.98), rng.uniform(-0.4, 0.4, 14)], -1
        )
        parts.append(
            copies(ball((0, 0, 0), 0.12, Finish(rgb("#b5642a"), Surface.PLAIN, 0.7), level=0), at)
        )
    set_.add(placed(merged(parts), (side * 4.0, 0, z), yaw=-side * np.pi / 2))


def _overhead(set_: Scenery, *, lit: bool) -> None:
    """Stretch cloths and strings of lanterns across the street."""
    for z, code in (
        (-2.6, "#b5643a"),
        (-9.5, "#c9a060"),
        (-15.0, "#8f3f3a"),
        (-22.0, "#c9a060"),
        (5.6, "#b5843a"),
    ):
        cloth = Finish(rgb(code), Surface.CLOTH, 0.95)
        share = np.linspace(-1, 1, 9)
        across, high = share * _HALF_M, 6.2 - 0.9 * (1 - share**2)
        four = [
            [
                (across[k], high[k], z + 1.3),
                (across[k + 1], high[k + 1], z + 1.3),
                (across[k + 1], high[k + 1] + 0.25, z - 1.3),
                (across[k], high[k] + 0.25, z - 1.3),
            ]
            for k in range(8)
        ]
        set_.add(two_sided(quads(four, cloth)))
    glass = Finish(rgb("#ffb45a"), Surface.SCREEN, 0.5, 3.5 if lit else 0.5)
    shade = merged(
        [
            lathe(
                [(0.02, -0.36), (0.13, -0.26), (0.15, -0.14), (0.05, 0.0), (0.015, 0.1)],
                glass,
                sides=9,
            ),
            lathe([(0.16, -0.15), (0.16, -0.12)], furniture.BRASS, sides=9),
        ]
    )
    for z in (3.0, -5.4, -12.2, -18.6):
        set_.add(street.cable((-_HALF_M, 5.0, z), (_HALF_M, 5.0, z), sag_m=0.6))
        for x in (-2.4, 0.0, 2.4):
            y = 5.0 - 0.6 * (1 - (x / _HALF_M) ** 2) - 0.12
            set_.add_bare(placed(shade, (x, y, z)))
            if lit:
                set_.lamp(Practical((x, y - 0.25, z), (3.2, 1.9, 0.8), 8.0, size_m=0.3))


def _people(set_: Scenery, rng: np.random.Generator) -> None:
    count = 22
    z = -7.5 - 24 * rng.random(count)
    x = rng.uniform(-2.7, 2.7, count)
    at = np.stack([x, 0 * x, z], -1)
    yaw = np.where(rng.random(count) < 0.5, 1.57 * np.sign(x), rng.uniform(0, 6.28, count))
    set_.add_bare(crowd.figures(at[:10], yaw[:10], rng, near=True, clothes=crowd.TOGAS))
    set_.add_bare(
        crowd.figures(at[10:], yaw[10:], rng, pose="lean", clothes=crowd.TOGAS, robed=True)
    )
    keepers = np.array([(-3.0, 0, -4.6), (3.0, 0, -9.0)])
    set_.add_bare(
        crowd.figures(
            keepers, np.array([1.2, -1.4]), rng, pose="clap", near=True, clothes=crowd.TOGAS
        )
    )
    for number in range(3):
        walker = crowd.figures([(0.0, 0.0, 0.0)], 0.0, rng, near=True, clothes=crowd.TOGAS)
        lane = -1.9 + 1.9 * number
        ends = (
            ((lane, 0.0, -40.0), (lane, 0.0, -7.0))
            if number % 2
            else ((lane, 0.0, -7.0), (lane, 0.0, -40.0))
        )
        set_.move(f"stroller{number}", walker, driving(*ends, 1.1, offset_m=9.0 * number))
    for x_at, z_at in ((-2.95, 2.6), (2.95, -0.6)):
        clay = Finish(rgb("#a8623c"), Surface.PLASTER, 0.85)
        set_.add(
            placed(things.vase(clay), (x_at, 0, z_at), scale=2.0),
            placed(plants.fern(0.5, rng=rng), (x_at, 0.6, z_at)),
        )
