"""Weather as particles: rain, snow and the small life of the air, the same for the same time.

Drops live in a box of air that travels with the camera but is tiled in the world, so a moving
camera passes through standing rain instead of dragging it along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Camera, Particles, Vector
from matinee.engine.stage.parts.finish import Floats, seed_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.conditions import Height, Wind

_SHUTTER_S = 1 / 48


@dataclass(frozen=True)
class Air:
    """One kind of particle: how many in a box of side_m, how they fall, drift and look.

    drift_m is the width of a flutter and drift_s its period; glow blinks it like a firefly. A
    streak draws it out, as a shaft of light is; without one it is as long as its way in a frame.
    Nothing is seen below lowest_m above the ground.
    """

    count: int
    side_m: float
    velocity: Vector
    size_m: float
    colour: Vector
    opacity: float
    drift_m: float = 0.0
    drift_s: float = 3.0
    glow: bool = False
    lowest_m: float = 0.0
    streak: Vector | None = None


@dataclass(frozen=True)
class Plume:
    """Smoke, steam, spray or sparks from a source: puffs that rise, spread, grow and fade.

    A puff lives for life_s, moves with velocity and the wind's share of it, starts anywhere
    within source_m of the foot and ends spread_m wider; its size goes from size_m to size_m times
    growth. Opacity 0 adds light only.
    """

    foot: Vector
    count: int
    life_s: float
    velocity: Vector
    source_m: Vector
    spread_m: float
    size_m: float
    growth: float
    colour: Vector
    opacity: float


def none(_time_s: float, _camera: Camera) -> Particles:
    """Return still, clear air."""
    return Particles()


def air(
    kinds: tuple[Air | Plume, ...], height: Height, *, seed: int
) -> Callable[[float, Camera], Particles]:
    """Return the particles of several kinds above the ground as a function of time and camera."""
    seeds = [
        (kind, seed_of("air", seed, number).random((kind.count, 5)))
        for number, kind in enumerate(kinds)
    ]

    def particles(time_s: float, camera: Camera) -> Particles:
        if not seeds:
            return Particles()
        return _joined(
            [
                _puffs(kind, dice, time_s)
                if isinstance(kind, Plume)
                else _drops(kind, dice, time_s, camera, height)
                for kind, dice in seeds
            ]
        )

    return particles


def rain(strength: float, light: Vector, *, wind: float = 0.6) -> tuple[Air, ...]:
    """Return rain of strength 0..1 lit by `light`: near streaks, far streaks, splashes."""
    colour = (light[0] * 0.9, light[1] * 0.95, light[2])
    fall = (wind, -8.8, wind * 0.4)
    return (
        Air(round(700 * strength), 9.0, fall, 0.006, colour, 0.30),
        Air(round(1100 * strength), 26.0, fall, 0.011, colour, 0.22),
    )


def snow(light: Vector) -> tuple[Air, ...]:
    """Return snow lit by `light`: flakes that flutter, near and far."""
    return (
        Air(420, 8.0, (0.25, -0.95, 0.1), 0.020, light, 0.85, 0.35, 3.1),
        Air(1300, 28.0, (0.3, -1.1, 0.1), 0.038, light, 0.75, 0.5, 4.3),
    )


def motes(light: Vector, *, count: int = 160, side_m: float = 7.0, size_m: float = 0.006) -> Air:
    """Return dust hanging in a shaft of light."""
    return Air(count, side_m, (0.03, -0.015, 0.02), size_m, light, 0.0, 0.25, 6.0)


def fireflies() -> Air:
    """Return fireflies below head height."""
    return Air(46, 22.0, (0.0, 0.0, 0.0), 0.035, (1.6, 1.9, 0.5), 0.0, 1.2, 7.0, glow=True)


def leaves_in_wind(wind: Wind, light: Vector, *, count: int = 90) -> tuple[Air, ...]:
    """Return leaves and dust that the wind carries past, lit by `light`."""
    x, _, z = wind.at(0.0)
    bright = max(light)
    green, dry = (
        (0.34 * bright, 0.30 * bright, 0.08 * bright),
        (0.44 * bright, 0.24 * bright, 0.06 * bright),
    )
    # A leaf that tumbles is not drawn out into a line as a drop is.
    turn = (0.03, 0.02, 0.01)
    dust = (0.62 * bright, 0.55 * bright, 0.45 * bright)
    return (
        Air(count, 13.0, (x, -0.35, z), 0.05, green, 0.95, 0.9, 1.3, lowest_m=0.05, streak=turn),
        Air(
            count // 2,
            17.0,
            (x * 0.8, -0.5, z * 0.8),
            0.06,
            dry,
            0.95,
            1.2,
            1.7,
            lowest_m=0.05,
            streak=turn,
        ),
        Air(220, 19.0, (x * 1.15, 0.05, z * 1.15), 0.012, dust, 0.16, 0.3, 0.9),
    )


def bubbles(light: Vector, *, count: int = 150) -> tuple[Air, ...]:
    """Return bubbles that wobble upwards, and the fine drift that hangs in sea water."""
    return (
        Air(count, 11.0, (0.02, 0.55, 0.0), 0.022, light, 0.35, 0.22, 1.6),
        Air(420, 12.0, (0.05, -0.02, 0.03), 0.007, light, 0.25, 0.2, 5.0),
    )


def _puffs(kind: Plume, dice: Floats, time_s: float) -> Particles:
    age = (dice[:, 3] + time_s / (kind.life_s * (0.8 + 0.4 * dice[:, 4]))) % 1.0
    away = (dice[:, :3] * 2 - 1) * np.asarray(kind.source_m)
    swirl = 2 * np.pi * (dice[:, 4] + age * (0.6 + dice[:, 2]))
    wide = kind.spread_m * age * (0.35 + 0.65 * dice[:, 0])
    turned = np.stack([np.cos(swirl), 0.25 * np.sin(swirl * 1.3), np.sin(swirl)], -1)
    risen = np.asarray(kind.velocity) * (age * kind.life_s)[:, None]
    points = np.asarray(kind.foot) + away + risen + turned * wide[:, None]
    fade = np.sin(np.pi * np.clip(age * 1.15 + 0.02, 0, 1)) ** 0.8
    shade = (0.75 + 0.5 * dice[:, 1])[:, None]
    # What a puff hides it replaces by its own light, and no more.
    seen = fade * (kind.opacity or 1.0)
    colour = np.asarray(kind.colour) * shade * seen[:, None]
    return Particles(
        positions=points.astype(np.float32),
        velocity_streak=np.zeros((len(points), 3), np.float32),
        size_m=(kind.size_m * (1 + (kind.growth - 1) * age)).astype(np.float32),
        colour=colour.astype(np.float32),
        opacity=(kind.opacity * fade).astype(np.float32),
    )


def _drops(kind: Air, dice: Floats, time_s: float, camera: Camera, height: Height) -> Particles:
    side = kind.side_m
    eye = np.asarray(camera.eye)
    look = np.asarray(camera.target) - eye
    look = look / max(float(np.linalg.norm(look)), 1e-6)
    middle = eye + look * side * 0.42
    moved = dice[:, :3] * side + np.asarray(kind.velocity) * time_s
    if kind.drift_m:
        phase = 2 * np.pi * (dice[:, 3:4] + time_s / (kind.drift_s * (0.7 + 0.6 * dice[:, 4:5])))
        moved = moved + kind.drift_m * np.concatenate(
            [np.sin(phase), 0.3 * np.cos(2 * phase), np.cos(phase)], axis=1
        )
    points = middle + (moved - middle + side / 2) % side - side / 2
    if kind.glow:
        points[:, 1] = height(points[:, 0], points[:, 2]) + 0.3 + 1.6 * dice[:, 1]
    above = points[:, 1] > height(points[:, 0], points[:, 2]) + kind.lowest_m
    # A flake on the lens would be a white blot, so nothing comes nearer than half a metre.
    apart = np.linalg.norm(points - eye, axis=1) > 0.5
    keep = above & apart
    points, dice = points[keep], dice[keep]
    count = len(points)
    blink = np.ones(count)
    if kind.glow:
        blink = np.clip(np.sin(2 * np.pi * (dice[:, 4] * 5 + time_s * 0.35)) * 2 - 0.6, 0, 1)
    streak = np.asarray(kind.velocity) * _SHUTTER_S if kind.streak is None else kind.streak
    return Particles(
        positions=points.astype(np.float32),
        velocity_streak=np.broadcast_to(streak, (count, 3)).astype(np.float32),
        size_m=(kind.size_m * (0.7 + 0.6 * dice[:, 3])).astype(np.float32),
        colour=(np.asarray(kind.colour) * blink[:, None]).astype(np.float32),
        opacity=np.full(count, kind.opacity, np.float32),
    )


def _joined(parts: list[Particles]) -> Particles:
    return Particles(
        positions=np.concatenate([part.positions for part in parts]),
        velocity_streak=np.concatenate([part.velocity_streak for part in parts]),
        size_m=np.concatenate([part.size_m for part in parts]),
        colour=np.concatenate([part.colour for part in parts]),
        opacity=np.concatenate([part.opacity for part in parts]),
    )
