"""What things give off: smoke and sparks of fires, exhaust, spray where something falls in water.

Every puff is a formula of the time since it was born, so that any frame can be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Particles
from matinee.engine.stage.parts.finish import seed_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.stage.machines import Moves
    from matinee.engine.stage.physics import Motion
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import Points

SPLASH_S, BREAK_S = 1.1, 0.6
GRAVITY_M_S2 = 9.81
SMOKE = np.array([0.16, 0.16, 0.17])
FIRE = np.array([2.6, 1.1, 0.3])
WATER_WHITE = np.array([0.62, 0.68, 0.72])
CHIMNEYS = {"train": (0.0, 2.0, 3.9), "house": (1.7, 2.6, -0.6), "cauldron": (0.0, 0.2, 0.0)}
"""Where smoke comes out of what has a chimney, from the centre of a thing of usual size."""


@dataclass(frozen=True, eq=False)
class _Source:
    """Puffs from a moving place: path (n, 3) and direction (3,), so many that live so long."""

    path: Points
    until_s: float
    start_s: float
    count: int
    life_s: float
    velocity: Points
    size_m: float
    growth: float
    colour: Points
    opacity: float
    spread_m: float
    seed: int


class ThingPlumes:
    """The particles of a shot's things, asked by time."""

    def __init__(  # noqa: PLR0917 - what there is
        self,
        placed: Sequence[Placed],
        motion: Motion,
        transforms: Points,
        times_s: Points,
        moves: Moves,
        light: float,
    ) -> None:
        """Gather what gives something off. `light` is how bright grey smoke is."""
        self.times_s, self.light = times_s, light
        self.sources: list[_Source] = []
        for index, one in enumerate(placed):
            self._fires(index, one, transforms[index], moves)
        self.bursts = [touch for touch in motion.touches if touch.kind in {"splash", "break"}]

    def _fires(self, index: int, one: Placed, body: Points, moves: Moves) -> None:
        flame = one.model.flame_m
        top = np.array([0.0, float(one.half[1]) * 0.85, 0.0])
        path = body[:, :, 3] + np.einsum("nij,j->ni", body[:, :, :3], top)
        size = float(max(one.half))
        if flame >= 0.1:
            self._add(path, 26, 2.6, (0.05, 0.75, 0.0), flame * 0.5, 3.2, SMOKE, 0.13, flame * 0.3)
            self._add(
                path - top * 0.3, 22, 1.1, (0.0, 1.3, 0.0), 0.012, 1.0, FIRE, 0.0, flame * 0.5
            )
        if index in moves.burning and flame < 0.1:
            self._add(
                path, 40, 2.4, (0.05, 0.8, 0.0), 0.2 * size + 0.05, 3.0, SMOKE, 0.2, 0.4 * size
            )
        rises = float(np.ptp(body[:, 1, 3])) > 0.5 and one.model.kind == "rocket"
        if rises:
            foot = np.einsum("nij,j->ni", body[:, :, :3], np.array([0.0, -float(one.half[1]), 0.0]))
            nozzle = body[:, :, 3] + foot
            self._add(nozzle, 90, 0.45, (0.0, -9.0, 0.0), 0.5, 2.0, FIRE * 1.6, 0.0, 0.35)
            self._add(nozzle, 150, 3.0, (0.0, -1.6, 0.0), 0.9, 4.2, SMOKE * 2.6, 0.32, 1.6)
        if one.model.kind in CHIMNEYS and (index in moves.running or one.model.kind == "cauldron"):
            mouth = np.einsum("nij,j->ni", body[:, :, :3], np.array(CHIMNEYS[one.model.kind]))
            small = 0.35 if one.model.kind == "cauldron" else 1.0
            place = body[:, :, 3] + mouth
            self._add(
                place, 46, 2.4, (0.0, 1.4 * small, 0.0), 0.5 * small, 3.4, SMOKE * 2.0, 0.24, 0.3
            )

    def _add(  # noqa: PLR0913, PLR0917 - a puff's facts
        self,
        path: Points,
        count: int,
        life_s: float,
        velocity: tuple[float, float, float],
        size_m: float,
        growth: float,
        colour: Points,
        opacity: float,
        spread_m: float,
    ) -> None:
        self.sources.append(
            _Source(
                path,
                float(self.times_s[-1]),
                float(self.times_s[0]),
                count,
                life_s,
                np.array(velocity),
                size_m,
                growth,
                colour if opacity == 0.0 else colour * self.light,
                opacity,
                spread_m,
                len(self.sources),
            )
        )

    def at(self, time_s: float) -> Particles:
        """Return all puffs and drops at a time of the shot."""
        parts = [self._puffs(source, time_s) for source in self.sources]
        for number, touch in enumerate(self.bursts):
            since = time_s - touch.time_s
            if 0.0 <= since < (SPLASH_S if touch.kind == "splash" else BREAK_S):
                parts.append(
                    _burst(touch.kind, np.array(touch.position), touch.strength, since, number)
                )
        return joined(parts)

    def _puffs(self, source: _Source, time_s: float) -> Particles:
        dice = seed_of("plume", source.seed).random((source.count, 6))
        age = (time_s / source.life_s + dice[:, 0]) % 1.0
        born_s = time_s - age * source.life_s
        at = np.clip((born_s - self.times_s[0]), 0.0, None)
        step = self.times_s[1] - self.times_s[0] if len(self.times_s) > 1 else 1.0
        index = np.clip(at / max(step, 1e-6), 0, len(source.path) - 1).astype(int)
        foot = source.path[index]
        side = (dice[:, 1:4] - 0.5) * 2.0 * source.spread_m
        speed = source.velocity[None] * (0.7 + 0.6 * dice[:, 4:5])
        place = foot + side * (0.35 + 0.9 * age[:, None]) + speed * (age * source.life_s)[:, None]
        fade = np.clip(age * 8.0, 0.0, 1.0) * (1.0 - age) ** 0.8
        size = source.size_m * (1.0 + (source.growth - 1.0) * age) * (0.7 + 0.6 * dice[:, 5])
        count = source.count
        colour = np.repeat(source.colour[None], count, axis=0)
        if source.opacity == 0.0:
            colour = colour * fade[:, None]
        return Particles(
            place.astype(np.float32),
            np.zeros((count, 3), np.float32),
            size.astype(np.float32),
            colour.astype(np.float32),
            (source.opacity * fade).astype(np.float32),
        )


def _burst(kind: str, place: Points, strength: float, since_s: float, number: int) -> Particles:
    """Drops thrown up by a splash, or dust by something that breaks, on their parabolas."""
    count = int(30 + 110 * strength) if kind == "splash" else 26
    dice = seed_of("burst", kind, number).random((count, 4))
    angle = dice[:, 0] * 2.0 * np.pi
    reach = 1.2 + 2.6 * strength if kind == "splash" else 0.9
    out = reach * (0.15 + 0.5 * dice[:, 1])
    up = reach * (0.6 + 0.9 * dice[:, 2]) if kind == "splash" else 0.5 * dice[:, 2]
    speed = np.stack([out * np.sin(angle), up, out * np.cos(angle)], axis=1)
    at = place + speed * since_s + np.array([0.0, -0.5 * GRAVITY_M_S2 * since_s**2, 0.0])
    fall = speed + np.array([0.0, -GRAVITY_M_S2 * since_s, 0.0])
    life = SPLASH_S if kind == "splash" else BREAK_S
    fade = np.clip(1.0 - since_s / life, 0.0, 1.0) * (at[:, 1] > place[1] - 0.1)
    size = (0.018 + 0.035 * dice[:, 3]) * (0.5 + strength)
    return Particles(
        at.astype(np.float32),
        (fall * 0.02).astype(np.float32),
        (size * (1.0 if kind == "splash" else 0.5)).astype(np.float32),
        np.repeat(WATER_WHITE[None], count, axis=0).astype(np.float32),
        (0.75 * fade).astype(np.float32),
    )


def joined(parts: Sequence[Particles]) -> Particles:
    """Return all particles as one."""
    filled = [one for one in parts if len(one.positions)]
    if not filled:
        return Particles()
    if len(filled) == 1:
        return filled[0]
    return Particles(
        np.concatenate([one.positions for one in filled]),
        np.concatenate([one.velocity_streak for one in filled]),
        np.concatenate([one.size_m for one in filled]),
        np.concatenate([one.colour for one in filled]),
        np.concatenate([one.opacity for one in filled]),
    )
