"""The arena: raked sand, a podium with gates and an imperial box, full tiers, broken arcades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, masonry, street
from matinee.engine.stage.parts.finish import (
    Finish,
    flat,
    fractal,
    grimy,
    mixed,
    rgb,
    seed_of,
    weathered,
)
from matinee.engine.stage.parts.fire import brazier
from matinee.engine.stage.parts.solids import (
    boulder,
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
from matinee.engine.stage.worlds.motion import bobbing, hanging
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from matinee.engine.stage.parts.finish import Floats

_ARENA_M, _PODIUM_M, _TIERS = 24.0, 3.4, 11
_TREAD_M, _RISE_M = 1.05, 0.72
_BAYS = 56
_STONE = masonry.TRAVERTINE


def build(conditions: Conditions) -> World:
    """Build the arena."""
    rng = seed_of("colosseum", conditions.seed)
    set_ = Scenery("colosseum", conditions, height=_sand_height)
    set_.add(_sand(), *_podium(), *_tiers(), *_arcades(rng))
    set_.add(*_stage_dressing(set_, rng))
    _people(set_, rng)
    _banners(set_)
    if conditions.dark or conditions.low_sun:
        _fires(set_)
    climate = Climate(
        density_per_m=0.0035,
        haze=(1.12, 1.0, 0.84),
        sunset_yaw=-1.2,
        low_elevation=0.47,
        bounce=(1.25, 1.05, 0.8),
        bloom=0.14,
    )
    return set_.world(
        climate,
        marks=around(-9.0),
        walk=((0.0, -8.0), (0.0, 4.0)),
        keep_in=Space((-14.0, 0.25, -14.0), (14.0, 9.0, 15.0)),
        underfoot="sand",
        ambience="arena_crowd",
        floor_radius_m=5.0,
        shadow_radius_m=34.0,
        reach_m=14.0,
    )


def _sand_height(x: Floats, z: Floats) -> Floats:
    away = np.clip((np.hypot(x, z) - 6) / 8, 0, 1)
    return away * 0.16 * fractal(flat(x, z), cell_m=5.0, seed=11, octaves=2)


def _sand() -> Mesh:
    lines = graded_lines(8.0, 26.0, cell_m=0.5, growth=1.05)
    ground = heightfield(lines, lines, _sand_height, Finish(rgb("#c2996a"), Surface.SAND, 0.95))
    points = ground.positions
    blotch = fractal(points, cell_m=6.0, seed=3)
    tracks = np.clip(fractal(points * (0.35, 1, 1.6), cell_m=1.2, seed=8), 0, 1)
    shade = 1 + 0.22 * blotch - 0.18 * tracks
    edge = np.clip((np.hypot(points[:, 0], points[:, 2]) - 17) / 7, 0, 1)
    colour = np.asarray(rgb("#c2996a")) * (1 - edge[:, None] * 0.22)
    return recoloured(ground, np.clip(colour * shade[:, None], 0.01, 0.9))


def _round(
    part: Mesh, radius_m: float, count: int, *, skip: set[int] | None = None, y: float = 0.0
) -> Mesh:
    """Set copies of a part round the arena, their +Z faces looking at the middle."""
    number = np.array([k for k in range(count) if k not in (skip or set())])
    yaw = number / count * 2 * np.pi
    at = np.stack([radius_m * np.sin(yaw), 0 * yaw + y, radius_m * np.cos(yaw)], -1)
    return copies(part, at, yaw=yaw + np.pi)


def _podium() -> list[Mesh]:
    marble = Finish(rgb("#b79a76"), Surface.STONE, 0.8)
    wall = lathe(
        [
            (_ARENA_M + 0.9, _PODIUM_M),
            (_ARENA_M - 0.1, _PODIUM_M),
            (_ARENA_M - 0.1, _PODIUM_M - 0.3),
            (_ARENA_M + 0.1, _PODIUM_M - 0.42),
            (_ARENA_M + 0.1, 1.8),
            (_ARENA_M + 0.1, 0.55),
            (_ARENA_M - 0.12, 0.45),
            (_ARENA_M - 0.12, -0.3),
        ],
        marble,
        sides=112,
    )
    pilaster = merged(
        [
            box((0, 1.7, 0), (0.3, 1.35, 0.1), _STONE, bevel_m=0.03),
            box((0, 0.4, 0.05), (0.4, 0.4, 0.16), _STONE.times(0.92), bevel_m=0.03),
            box((0, 3.0, 0.05), (0.38, 0.12, 0.16), _STONE, bevel_m=0.03),
        ]
    )
    dado = box(
        (0, 1.72, 0), (0.78, 0.85, 0.04), Finish(rgb("#8d3f30"), Surface.PLASTER, 0.8), bevel_m=0.02
    )
    gates = {0, 14, 28, 42}
    middle = {k for g in gates for k in ((g - 1) % 56, g)}
    parts = [grimy(weathered(wall, amount=0.14, cell_m=2.0), amount=0.3)]
    parts.append(_round(weathered(pilaster, amount=0.1), _ARENA_M - 0.0, 56, skip=gates))
    step = np.pi / 56
    panels = _round(dado, _ARENA_M + 0.08, 56, skip=middle)
    turned = panels.transformed(_about_y(step))
    parts.append(weathered(turned, amount=0.25, cell_m=1.0, seed=4))
    for gate in sorted(gates):
        yaw = gate / 56 * 2 * np.pi
        at = ((_ARENA_M - 0.2) * np.sin(yaw), 0.0, (_ARENA_M - 0.2) * np.cos(yaw))
        parts.append(placed(_gate(), at, yaw=yaw + np.pi))
    rail = _round(
        box((0, 0, 0), (0.04, 0.5, 0.04), Finish(rgb("#a8834a"), Surface.METAL, 0.4)),
        _ARENA_M + 0.35,
        112,
        y=_PODIUM_M + 0.5,
    )
    bar = lathe(
        [
            (_ARENA_M + 0.39, _PODIUM_M + 0.98),
            (_ARENA_M + 0.39, _PODIUM_M + 1.06),
            (_ARENA_M + 0.31, _PODIUM_M + 1.06),
            (_ARENA_M + 0.31, _PODIUM_M + 0.98),
        ][::-1],
        Finish(rgb("#a8834a"), Surface.METAL, 0.4),
        sides=112,
    )
    return [*parts, rail, bar]


def _about_y(yaw: float) -> Floats:
    matrix = np.eye(4)
    matrix[:3, :3] = [[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]]
    return matrix


def _gate() -> Mesh:
    """Return a gate: an arch in a frame with a gable, darkness and a portcullis behind."""
    frame = weathered(
        masonry.arch_bay(4.6, 4.6, 1.0, _STONE.times(1.05), pier=0.22, seg=10), amount=0.12
    )
    iron = Finish(rgb("#1d1a18"), Surface.METAL, 0.6)
    bars = [(x, 1.8, -0.2) for x in np.linspace(-1.15, 1.15, 8)]
    rungs = [(0, y, -0.2) for y in (0.5, 1.2, 1.9, 2.6, 3.3)]
    gable = masonry.gable_roof(1.2, 4.8, 0.95, _STONE.times(1.02), over_m=0.15)
    return merged(
        [
            placed(frame, (0, 0, 0.0)),
            box((0, 2.0, -0.45), (1.6, 2.0, 0.05), Finish(rgb("#120d0a"), Surface.PLAIN, 0.95)),
            boxes(bars, (0.045, 1.85, 0.045), iron),
            boxes(rungs, (1.25, 0.035, 0.03), iron),
            placed(gable, (0, 4.6, 0), yaw=np.pi / 2),
            box((0, 4.66, 0.1), (2.5, 0.14, 0.7), _STONE.times(1.1), bevel_m=0.05),
        ]
    )


def _tiers() -> list[Mesh]:
    radius, y = _ARENA_M + 0.9, _PODIUM_M
    line = [(radius, y)]
    for _ in range(_TIERS):
        line += [(radius, y + _RISE_M), (radius + _TREAD_M, y + _RISE_M)]
        radius, y = radius + _TREAD_M, y + _RISE_M
    bowl = weathered(lathe(line[::-1], _STONE.times(0.86), sides=96), amount=0.16, cell_m=3.0)
    flight = masonry.stairs(
        1.1,
        _TIERS * 2,
        rise_m=_RISE_M / 2,
        tread_m=_TREAD_M / 2,
        finish=_STONE.times(1.06),
        bevel_m=0.0,
    )
    steps = _round(flight, _ARENA_M + 0.7, 14, y=_PODIUM_M + 0.04)
    return [bowl, steps]


def _arcades(rng: np.random.Generator) -> list[Mesh]:
    foot = _PODIUM_M + _TIERS * _RISE_M
    radius = _ARENA_M + 1.0 + _TIERS * _TREAD_M + 0.9
    width = 2 * radius * np.sin(np.pi / _BAYS) + 0.03
    tall = 5.6
    parts = [
        _round(
            box((0, 0, 0), (width / 2, 0.9, 0.4), _STONE.times(0.8)), radius - 0.5, _BAYS, y=foot
        )
    ]
    whole = masonry.arch_bay(width, tall, 1.5, _STONE, seg=8)
    ruined = {k for k in range(_BAYS) if 30 < k < 50 or k % 19 == 5}
    for tier, skip in ((0, set()), (1, ruined)):
        tint = rng.uniform(0.86, 1.08, _BAYS)
        ring = _round(whole, radius, _BAYS, skip=skip, y=foot + tier * (tall + 0.35))
        shade = np.repeat(tint[: _BAYS - len(skip)], whole.vertex_count)
        parts.append(
            weathered(
                recoloured(ring, ring.albedo * shade[:, None]), amount=0.15, cell_m=2.5, seed=tier
            )
        )
        band = box((0, 0, 0.1), (width / 2 + 0.05, 0.2, 0.95), _STONE.times(1.06))
        keep = skip if tier else set()
        parts.append(
            _round(band, radius, _BAYS, skip=keep, y=foot + (tier + 1) * (tall + 0.35) - 0.18)
        )
        half_column = lathe(
            [(0.42, 0), (0.3, 0.4), (0.27, tall - 0.6), (0.42, tall - 0.3)],
            _STONE.times(1.05),
            sides=8,
        )
        shafts = _round(half_column, radius - 0.85, _BAYS, skip=skip, y=foot + tier * (tall + 0.35))
        parts.append(shafts.transformed(_about_y(np.pi / _BAYS)))
    masts = _round(
        tube([(0, 0, 0), (0, 4.2, 0.3)], 0.09, street.OAK, sides=5),
        radius,
        _BAYS // 2,
        skip={k // 2 for k in ruined},
        y=foot + 2 * (tall + 0.35),
    )
    return [*parts, masts]


def _stage_dressing(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    for x, z, tall, broken in (
        (-9.0, -9.5, 6.4, False),
        (9.2, -8.5, 6.4, False),
        (-13.5, -2.5, 3.1, True),
        (13.0, -1.5, 6.4, False),
        (6.2, -14.5, 2.4, True),
        (-5.4, -15.0, 6.4, False),
    ):
        shaft = weathered(
            masonry.column(
                tall,
                0.52,
                masonry.MARBLE.coloured(mixed(_STONE.colour, masonry.MARBLE.colour, 0.5)),
                broken=broken,
            ),
            amount=0.14,
        )
        parts.append(grimy(placed(shaft, (x, -0.05, z)), amount=0.35))
        set_.post(x, z, 0.85, tall)
    drum = weathered(lathe([(0, -1), (0.5, -1), (0.52, 1), (0, 1)], _STONE, sides=14), amount=0.15)
    parts.append(placed(drum, (7.6, 0.42, -12.6), yaw=0.6, roll=np.pi / 2))
    set_.block((7.6, 0.5, -12.6), (1.1, 0.5, 0.6), 0.6)
    rubble = [
        boulder(rng.uniform(0.12, 0.5), _STONE.times(rng.uniform(0.8, 1.05)), seed=k, level=1)
        for k in range(22)
    ]
    for k, rock in enumerate(rubble):
        bearing, off = (
            rng.uniform(0.35, np.pi - 0.25) * (1 if k % 2 else -1),
            rng.uniform(11.5, 22.5),
        )
        at = (off * np.sin(bearing), 0.02, off * np.cos(bearing))
        parts.append(placed(rock, at, yaw=k * 1.3))
    pebbles = boulder(0.045, _STONE.times(0.8), seed=5, level=0)
    angle, away = rng.uniform(0, 2 * np.pi, 130), 2.5 + 17 * rng.random(130) ** 0.7
    parts.append(
        copies(
            pebbles,
            np.stack([away * np.sin(angle), 0 * angle, away * np.cos(angle)], -1),
            yaw=angle * 3,
            scale=rng.uniform(0.4, 1.6, 130),
        )
    )
    parts += _imperial_box()
    return parts


def _imperial_box() -> list[Mesh]:
    """Return the emperor's box above the far gate: a columned porch with a purple awning."""
    y, z = _PODIUM_M, -(_ARENA_M + 1.8)
    purple = Finish(rgb("#5a2244"), Surface.CLOTH, 0.9)
    gold = Finish(rgb("#c79a3e"), Surface.METAL, 0.35)
    parts = [box((0, y + 0.35, z - 0.6), (4.2, 0.55, 2.6), masonry.MARBLE, bevel_m=0.05)]
    parts += [
        placed(masonry.column(4.2, 0.24, masonry.MARBLE, sides=12), (x, y + 0.85, z + 1.5))
        for x in (-3.6, -1.3, 1.3, 3.6)
    ]
    parts.append(
        placed(
            masonry.gable_roof(5.6, 8.4, 1.5, masonry.MARBLE.times(0.96), over_m=0.3),
            (0, y + 5.05, z - 0.6),
            yaw=np.pi / 2,
        )
    )
    parts += [box((x, y + 3.0, z - 1.2), (0.8, 2.0, 0.05), purple) for x in (-2.6, 2.6)]
    parts.append(box((0, y + 1.8, z - 0.9), (0.55, 0.9, 0.4), gold, bevel_m=0.06))
    parts += [
        placed(street.banner(1.5, 3.0, rgb("#6d1c22"), edge=rgb("#c79a3e")), (x, y + 0.5, z + 2.15))
        for x in (-3.0, 3.0)
    ]
    return parts


def _people(set_: Scenery, rng: np.random.Generator) -> None:
    row = rng.integers(0, _TIERS, 680)
    yaw = rng.uniform(0, 2 * np.pi, 680)
    # Half of the seats look into the default camera, so more of the people sit there.
    yaw[:380] = np.pi + rng.normal(0, 0.75, 380)
    row[:380] = rng.integers(0, 7, 380)
    away = _ARENA_M + 0.9 + (row + 0.45) * _TREAD_M
    at = np.stack([away * np.sin(yaw), _PODIUM_M + (row + 1) * _RISE_M, away * np.cos(yaw)], -1)
    free = ~((np.abs(at[:, 0]) < 4.8) & (at[:, 2] < 0) & (row < 4))
    at, yaw = at[free], yaw[free]
    at[:, 1] += 0.02
    for number, group in enumerate(
        crowd.audience(at, yaw + np.pi, rng, clothes=crowd.TOGAS, robed=True)
    ):
        if number in {2, 4}:
            set_.move(f"crowd{number}", group, bobbing(0.09, 0.9 + 0.13 * number, number * 1.7))
        else:
            set_.add_bare(group)


def _banners(set_: Scenery) -> None:
    red, gold = rgb("#8c1f20"), rgb("#c79a3e")
    for number, k in enumerate((3, 7, 11, 17, 21, 25, 31, 35, 39, 45, 49, 53)):
        yaw = (k + 0.5) / 56 * 2 * np.pi
        at = ((_ARENA_M - 0.25) * np.sin(yaw), _PODIUM_M - 0.05, (_ARENA_M - 0.25) * np.cos(yaw))
        cloth = street.banner(
            1.3, 2.5, red if number % 2 else rgb("#b8863a"), edge=gold if number % 2 else red
        )
        set_.move(
            f"banner{number}",
            cloth,
            hanging(at, yaw + np.pi, 0.05, 0.4 + 0.05 * (number % 4), number),
        )


def _fires(set_: Scenery) -> None:
    for x, z in ((-5.2, -4.6), (5.2, -4.6), (-8.0, 3.5), (8.0, 3.5), (-11.0, -11.5), (11.0, -11.5)):
        set_.add_bare(placed(brazier(), (x, 0, z)))
        set_.post(x, z, 0.45, 1.6)
        set_.lamp(Practical((x, 1.9, z), (7.0, 3.1, 0.9), 16.0, size_m=0.3))
    for k in range(0, 56, 4):
        yaw = (k + 2.0) / 56 * 2 * np.pi
        away = _ARENA_M - 0.6
        set_.lamp(
            Practical(
                (away * np.sin(yaw), 3.0, away * np.cos(yaw)), (4.5, 2.0, 0.6), 9.0, size_m=0.3
            )
        )
    if set_.conditions.dark:
        set_.lamps += [
            Lamp((3.4, 3.0, 3.2), (6.5, 3.3, 1.3), 9.0),
            Lamp((-4.6, 2.2, -3.6), (9.0, 3.8, 1.0), 10.0),
            Lamp((4.8, 2.2, -4.2), (9.0, 3.8, 1.0), 10.0),
        ]
