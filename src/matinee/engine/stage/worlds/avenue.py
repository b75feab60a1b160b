"""What city streets share: the roadway, pavements, rows of buildings, traffic, passers-by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import crowd, masonry, street
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, weathered
from matinee.engine.stage.parts.solids import (
    boxes,
    heightfield,
    placed,
    recoloured,
    slab,
)
from matinee.engine.stage.worlds.model import Practical
from matinee.engine.stage.worlds.motion import driving

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.parts.finish import Floats
    from matinee.engine.stage.worlds.scenery import Scenery

KERB_M = 0.13
_NEAR_Z = -9.0


@dataclass(frozen=True)
class Plan:
    """A street along Z: half the roadway, depth of the pavement, and how far it goes each way."""

    road_m: float = 5.6
    pavement_m: float = 3.0
    near_z: float = 30.0
    far_z: float = -96.0
    cross_z: float = -27.0
    cross_m: float = 4.6

    @property
    def front_m(self) -> float:
        """Where the house fronts stand."""
        return self.road_m + self.pavement_m


def ground(plan: Plan) -> Callable[[Floats, Floats], Floats]:
    """Return the height of the road and, a kerb above it, the pavements."""

    def height(x: Floats, z: Floats) -> Floats:
        beside = np.abs(x) > plan.road_m
        crossing = np.abs(z - plan.cross_z) < plan.cross_m
        return np.where(beside & ~crossing, KERB_M, 0.0)

    return height


def roadway(plan: Plan, asphalt: Finish, flags: Finish, *, stripes: bool = True) -> list[Mesh]:
    """Return road, cross street, kerbs, pavements, markings and manhole covers."""
    along = np.concatenate(
        [np.arange(plan.far_z, -20, 2.5), np.arange(-20, plan.near_z, 1.0), [plan.near_z]]
    )
    across = np.linspace(-plan.road_m, plan.road_m, 15)
    road = heightfield(across, along, lambda x, _z: 0 * x, asphalt)
    cross = heightfield(
        np.concatenate([np.linspace(-46, -plan.road_m, 12), np.linspace(plan.road_m, 46, 12)]),
        np.linspace(plan.cross_z - plan.cross_m, plan.cross_z + plan.cross_m, 6),
        lambda x, _z: 0 * x,
        asphalt,
    )
    parts = [_worn(road), _worn(cross)]
    for side in (-1, 1):
        for z0, z1 in (
            (plan.far_z, plan.cross_z - plan.cross_m),
            (plan.cross_z + plan.cross_m, plan.near_z),
        ):
            middle = (
                side * (plan.road_m + plan.pavement_m / 2 + 0.1),
                KERB_M / 2 - 0.05,
                (z0 + z1) / 2,
            )
            half = (plan.pavement_m / 2 - 0.1 + 0.2, KERB_M / 2 + 0.05, (z1 - z0) / 2)
            parts.append(
                weathered(
                    slab(middle, half, flags, cell_m=1.1, faces="YxXzZ"), amount=0.12, cell_m=2.0
                )
            )
            kerb_at = (side * (plan.road_m + 0.1), KERB_M / 2 - 0.04, (z0 + z1) / 2)
            stones = np.arange(z0 + 0.5, z1, 1.0)
            for near in (True, False):
                mine = stones[(stones > _NEAR_Z) == near]
                at = np.stack([0 * mine + kerb_at[0], 0 * mine + kerb_at[1], mine], -1)
                half_stone = (0.14, KERB_M / 2 + 0.05, 0.49)
                bevel = 0.03 if near else 0.0
                parts.append(boxes(at, half_stone, flags.times(1.15), bevel_m=bevel))
    if stripes:
        parts += _markings(plan)
    parts += [
        placed(street.puddle_ring(0.36), (x, 0.002, z))
        for x, z in ((1.9, -4.2), (-2.6, -12.5), (0.8, 6.8))
    ]
    return parts


def _worn(road: Mesh) -> Mesh:
    points = road.positions
    patch = fractal(points * (1, 1, 0.35), cell_m=2.2, seed=9)
    lanes = 0.10 * np.cos(points[:, 0] * 2.25)
    return recoloured(road, np.clip(road.albedo * (1 + 0.35 * patch - lanes)[:, None], 0.01, 0.9))


def _markings(plan: Plan) -> list[Mesh]:
    white = Finish(rgb("#b9b6ac"), Surface.ASPHALT, 0.7)
    dashes = np.arange(plan.far_z + 2, plan.near_z, 5.0)
    dashes = dashes[np.abs(dashes - plan.cross_z) > plan.cross_m + 4]
    lines = boxes(np.stack([0 * dashes, 0 * dashes, dashes], -1), (0.07, 0.006, 1.2), white)
    bars = np.arange(-plan.road_m + 0.7, plan.road_m - 0.3, 0.95)
    z = plan.cross_z + plan.cross_m + 2.2
    zebra = boxes(np.stack([bars, 0 * bars, 0 * bars + z], -1), (0.24, 0.006, 1.5), white)
    return [lines, zebra]


def rows(
    plan: Plan, *, rng: np.random.Generator, widths: tuple[float, float]
) -> list[tuple[int, float, float]]:
    """Return lots (side, middle z, width) along both sides, leaving the cross street open."""
    lots = []
    for side in (-1, 1):
        for z0, z1 in (
            (plan.far_z, plan.cross_z - plan.cross_m),
            (plan.cross_z + plan.cross_m, plan.near_z),
        ):
            z = z1
            while z > z0 + 1:
                width = float(min(rng.uniform(*widths), z - z0))
                if z - width - z0 < widths[0] * 0.6:
                    width = z - z0
                lots.append((side, z - width / 2, width))
                z -= width
    return lots


def facing_street(
    part: Mesh, side: int, plan: Plan, z: float, *, x: float = 0.0, y: float = KERB_M
) -> Mesh:
    """Set a part whose front is +Z at the house line of a side, looking across the street."""
    return placed(part, (side * (plan.front_m + x), y, z), yaw=-side * np.pi / 2)


def parked(
    set_: Scenery,
    plan: Plan,
    spots: list[tuple[int, float]],
    *,
    rng: np.random.Generator,
    lit: bool = False,
) -> None:
    """Park cars along the kerb at (side, z)."""
    for side, z in spots:
        colour = street.CAR_COLOURS[int(rng.integers(0, len(street.CAR_COLOURS)))]
        x = side * (plan.road_m - 1.15)
        yaw = 0.0 if side < 0 else np.pi
        set_.add(placed(street.car(colour, lit=lit), (x, 0, z), yaw=yaw))
        set_.block((x, 0.75, z), (1.0, 0.75, 2.25))


def crossing_traffic(set_: Scenery, plan: Plan, *, rng: np.random.Generator, lit: bool) -> None:
    """Let cars drive along the cross street behind the scene, both ways."""
    for number in range(4):
        way = 1 if number % 2 else -1
        z = plan.cross_z + (1.9 if way > 0 else -1.9)
        colour = street.CAR_COLOURS[int(rng.integers(0, len(street.CAR_COLOURS)))]
        path = driving(
            (-way * 44.0, 0, z),
            (way * 44.0, 0, z),
            8.5 + number * 0.7,
            offset_m=13.0 + 27.0 * number,
        )
        set_.move(f"car{number}", street.car(colour, lit=lit), path)


def passers_by(set_: Scenery, plan: Plan, count: int, *, rng: np.random.Generator) -> None:
    """Let people stand and stroll on the pavements, most of them far off; some walk."""
    z = -6.0 - rng.random(count) ** 1.2 * 48
    side = np.where(rng.random(count) < 0.5, -1, 1)
    x = side * rng.uniform(plan.road_m + 0.7, plan.front_m - 0.9, count)
    clear = np.abs(z - plan.cross_z) > plan.cross_m + 0.6
    at = np.stack([x, 0 * x + KERB_M, z], -1)[clear]
    yaw = np.where(rng.random(len(at)) < 0.5, 0.0, np.pi) + rng.normal(0, 0.5, len(at))
    half = min(len(at) // 2, 8)
    set_.add_bare(crowd.figures(at[:half], yaw[:half], rng, near=True))
    set_.add_bare(crowd.figures(at[half:], yaw[half:], rng, pose="lean"))
    for number in range(4):
        way = 1 if number % 2 else -1
        x_at = way * (plan.road_m + 1.2 + 0.3 * number)
        person = crowd.figures([(0.0, 0.0, 0.0)], 0.0, rng, near=True)
        start, end = (x_at, KERB_M, -40.0 * way + 4), (x_at, KERB_M, 40.0 * way - 18)
        set_.move(f"stroller{number}", person, driving(start, end, 1.25, offset_m=17.0 * number))


def lamps_along(
    set_: Scenery, plan: Plan, every_m: float, *, lit: bool, colour: tuple[float, float, float]
) -> None:
    """Set street lamps along both kerbs, and hang their light."""
    post = street.street_lamp(5.6, lit=lit)
    for side in (-1, 1):
        for z in np.arange(9.0 if side > 0 else 3.0, plan.far_z + 10, -every_m):
            if abs(z - plan.cross_z) < plan.cross_m + 1:
                continue
            x = side * (plan.road_m + 0.45)
            set_.add(placed(post, (x, KERB_M, z), yaw=np.pi if side > 0 else 0.0))
            set_.post(x, float(z), 0.14, 5.0)
            if lit:
                set_.lamp(
                    Practical((x - side * 1.3, 5.5, float(z)), colour, 17.0, (0.0, -1.0, 0.0), 1.25)
                )


def bollard_line(x: float, z0: float, z1: float, every_m: float) -> Mesh:
    """Return iron bollards along a kerb."""
    z = np.arange(z0, z1, every_m)
    posts = np.stack([0 * z + x, 0 * z + KERB_M + 0.42, z], -1)
    return merged([boxes(posts, (0.055, 0.42, 0.055), street.IRON, bevel_m=0.02)])


def closed_behind(set_: Scenery, plan: Plan, walls: tuple[Finish, ...]) -> None:
    """Let the street end behind the default camera in a row of houses across it."""
    z = plan.near_z + 7.0
    set_.add(street.paving(-30.0, 30.0, plan.near_z, z + 1.0, walls[0].times(0.5), cell_m=4.0))
    for number, x in enumerate((-26.0, -13.5, -1.0, 11.5, 24.0)):
        finish = walls[number % len(walls)]
        tall = 13.0 + 2.3 * ((number * 7) % 4)
        block = masonry.tower_block(12.4, tall, 10.0, finish, cell_m=4.0)
        set_.add(placed(block, (x, 0.0, z + 5.0)))
    set_.block((0.0, 7.0, z + 5.0), (32.0, 7.0, 5.0))
