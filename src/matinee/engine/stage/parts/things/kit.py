"""The kit that things are built from: outlines in millimetres, wheels, mirrored halves, paint.

An outline is written as text, `"0 0, 34 0, 38 8"`, because a list of tuples of metres hides the
shape that it draws. Everything else is as in `parts.solids`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, mixed, rgb
from matinee.engine.stage.parts.solids import box, boxes, lathe, placed, prism, ring, tube

if TYPE_CHECKING:
    import numpy.typing as npt

RUBBER = Finish(rgb("#17171a"), Surface.PLAIN, 0.85)
CHROME = Finish(rgb("#c9ccd0"), Surface.METAL, 0.18)
STEEL = Finish(rgb("#b4b8bb"), Surface.METAL, 0.3)
IRON = Finish(rgb("#25282b"), Surface.METAL, 0.45)
GOLD = Finish(rgb("#d8a838"), Surface.METAL, 0.22)
WINDOW = Finish(rgb("#11161c"), Surface.GLASS, 0.05)
WHITE = Finish(rgb("#e6e3dc"), Surface.PAINT, 0.4)
BLACK = Finish(rgb("#151618"), Surface.PAINT, 0.4)
TIMBER = Finish(rgb("#8a6238"), Surface.WOOD, 0.6)
BEAM = Finish(rgb("#fff3d8"), Surface.GLASS, 0.2, 0.4)
TAIL = Finish(rgb("#b01210"), Surface.GLASS, 0.2, 0.25)

Axis = Literal["x", "y", "z"]


@dataclass(frozen=True, eq=False)
class Turning:
    """A part that turns on its thing: a wheel, a rotor, a propeller.

    `mesh` lies around its own axle, `at` (3,) is where that sits on the thing. With `radius_m` it
    rolls over the ground, otherwise it spins at `rate_rad_s` while its thing is under way.
    """

    mesh: Mesh
    at: tuple[float, float, float]
    axis: Axis = "x"
    radius_m: float = 0.0
    rate_rad_s: float = 0.0


@dataclass(frozen=True, eq=False)
class Assembly:
    """A thing whose parts turn: the body on y = 0, and what turns on it."""

    body: Mesh
    turning: tuple[Turning, ...]


def line(text: str, unit_m: float = 0.001) -> Floats:
    """Return the (k, 2) or (k, 3) points of a text of numbers; commas part the points."""
    return np.array([[float(word) for word in point.split()] for point in text.split(",")]) * unit_m


def turned(text: str, finish: Finish, *, sides: int = 20, unit_m: float = 0.001) -> Mesh:
    """Return the body turned about Y from an outline of radius and height, rising."""
    return lathe(line(text, unit_m), finish, sides=sides)


def board(outline: npt.ArrayLike, depth_m: float, finish: Finish, *, bevel_m: float = 0.0) -> Mesh:
    """Return the (k, 2) outline in x and y, in either sense, pulled along z about z = 0."""
    points = np.asarray(outline, np.float64)
    after = np.roll(points, -1, axis=0)
    area = float((points[:, 0] * after[:, 1] - after[:, 0] * points[:, 1]).sum())
    return prism(points if area > 0 else points[::-1], depth_m, finish, bevel_m=bevel_m)


def rounded(text: str, finish: Finish, *, sides: int = 24) -> Mesh:
    """Return a turned body whose outline is a soft curve through the points (Catmull and Rom)."""
    points = line(text)
    padded = np.vstack([points[:1], points, points[-1:]])
    share = np.linspace(0.0, 1.0, 5)[:-1, None]
    runs = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        bend = 2 * a - 5 * b + 4 * c - d
        twist = 3 * b - 3 * c + d - a
        runs.append(b + 0.5 * share * (c - a + share * (bend + share * twist)))
    outline = np.vstack([*runs, points[-1:]])
    outline[:, 0] = np.maximum(outline[:, 0], 0.0)
    return lathe(outline, finish, sides=sides)


def cut(
    text: str, depth_m: float, finish: Finish, *, bevel_m: float = 0.0, unit_m: float = 0.001
) -> Mesh:
    """Return a board cut out along an outline in x and y, centred on z = 0."""
    return board(line(text, unit_m), depth_m, finish, bevel_m=bevel_m)


def side_cut(
    text: str, width_m: float, finish: Finish, *, bevel_m: float = 0.0, unit_m: float = 0.001
) -> Mesh:
    """Return a body seen from its side: the outline is in z and y, pulled across x."""
    return placed(board(line(text, unit_m), width_m, finish, bevel_m=bevel_m), yaw=-np.pi / 2)


def rod(
    text: str,
    radius_m: float | list[float],
    finish: Finish,
    *,
    sides: int = 6,
    unit_m: float = 0.001,
) -> Mesh:
    """Return a rod bent along (k, 3) points."""
    return tube(line(text, unit_m), radius_m, finish, sides=sides)


def mirrored(part: Mesh) -> Mesh:
    """Return the part together with its mirror image across x = 0."""
    flip = np.array([-1.0, 1.0, 1.0], np.float32)
    image = replace(
        part,
        positions=part.positions * flip,
        normals=part.normals * flip,
        triangles=np.ascontiguousarray(part.triangles[:, ::-1]),
    )
    return merged([part, image])


def painted(part: Mesh, where: npt.NDArray[np.bool_], colour: Colour) -> Mesh:
    """Return the part with the vertices `where` in another linear colour."""
    albedo = np.where(where[:, None], np.asarray(colour, np.float32), part.albedo)
    return replace(part, albedo=albedo.astype(np.float32))


def pale(finish: Finish, share: float = 0.6) -> Finish:
    """Return the finish mixed with white."""
    return finish.coloured(mixed(finish.colour, (0.86, 0.85, 0.82), share))


def flattened(part: Mesh, floor_m: float = 0.0) -> Mesh:
    """Return the part with everything below the floor pressed up to it."""
    points = part.positions.copy()
    points[:, 1] = np.maximum(points[:, 1], floor_m)
    return replace(part, positions=points)


@cache
def wheel(
    radius_m: float, width_m: float, *, hub: Finish = CHROME, spokes: int = 5, tyre: float = 0.3
) -> Mesh:
    """Return a wheel about the x axis: a tyre of that share of the radius, a rim with spokes."""
    r, w, inner = radius_m, width_m / 2, radius_m * (1 - tyre)
    round_off = min(0.2 * w, 0.3 * (r - inner))
    rubber = lathe(
        [
            (inner, -w),
            (r - round_off, -w),
            (r, -w + round_off * 2),
            (r, w - round_off * 2),
            (r - round_off, w),
            (inner, w),
        ],
        RUBBER,
        sides=22,
    )
    dish = [
        lathe([(inner, side * w * 0.95), (0.0, side * w * 0.55)][::side], hub.times(0.4), sides=22)
        for side in (1, -1)
    ]
    angle = np.arange(spokes) * 2 * np.pi / spokes
    middle = np.stack([inner * 0.55 * np.sin(angle), 0 * angle, inner * 0.55 * np.cos(angle)], -1)
    bars = boxes(middle, (0.07 * r, w * 0.96, inner * 0.42), hub, yaw=angle)
    axle = lathe([(0, -w), (0.2 * r, -w), (0.2 * r, w), (0, w)], hub, sides=12)
    return placed(merged([rubber, *dish, bars, axle]), roll=-np.pi / 2)


@cache
def wire_wheel(radius_m: float, *, rim: Finish = STEEL) -> Mesh:
    """Return a wheel of wire spokes about the x axis, as a bicycle has."""
    tyre = merged(
        [
            ring(radius_m - 0.018, 0.018, RUBBER, sides=30, around=6),
            ring(radius_m - 0.04, 0.008, rim, sides=30, around=4),
        ]
    )
    spokes = [
        tube(
            [(0, 0, 0), (0, (radius_m - 0.03) * np.sin(a), (radius_m - 0.03) * np.cos(a))],
            0.0022,
            rim,
            sides=3,
            closed=False,
        )
        for a in np.arange(14) * np.pi / 7
    ]
    hub = placed(lathe([(0, -0.03), (0.02, -0.03), (0.02, 0.03), (0, 0.03)], rim, sides=8))
    return merged([placed(tyre, roll=np.pi / 2), *spokes, placed(hub, roll=-np.pi / 2)])


@cache
def wooden_wheel(radius_m: float, wood: Finish = TIMBER, *, spokes: int = 8) -> Mesh:
    """Return a cart's wheel about the x axis: a wooden rim in an iron tyre."""
    r = radius_m
    tyre = lathe(
        [
            (r * 0.84, -0.03),
            (r * 0.985, -0.03),
            (r, -0.022),
            (r, 0.022),
            (r * 0.985, 0.03),
            (r * 0.84, 0.03),
            (r * 0.84, -0.03),
        ],
        wood,
        sides=24,
    )
    band = lathe([(r * 1.005, -0.024), (r * 1.005, 0.024)], IRON, sides=24)
    angle = np.arange(spokes) * 2 * np.pi / spokes
    middle = np.stack([r * 0.48 * np.sin(angle), 0 * angle, r * 0.48 * np.cos(angle)], -1)
    bars = boxes(middle, (0.032 * r + 0.008, 0.018, r * 0.42), wood.times(0.9), yaw=angle)
    hub = lathe([(0, -0.08), (0.16 * r, -0.08), (0.2 * r, 0), (0.16 * r, 0.08), (0, 0.08)], wood)
    return placed(merged([tyre, band, bars, hub]), roll=-np.pi / 2)


def rolling(
    mesh: Mesh, radius_m: float, places: npt.ArrayLike, *, axis: Axis = "x"
) -> tuple[Turning, ...]:
    """Return wheels at (n, 3) axle places."""
    return tuple(
        Turning(mesh, (float(x), float(y), float(z)), axis, radius_m)
        for x, y, z in np.asarray(places, np.float64).reshape(-1, 3)
    )


def window_row(
    x: float, y: float, z_from: float, z_to: float, count: int, *, half: tuple[float, float]
) -> Mesh:
    """Return windows on both sides of a body: panes of half sizes (along z, up), just proud."""
    along = np.linspace(z_from, z_to, count)
    spots = [(side * x, y, z) for side in (-1, 1) for z in along]
    return boxes(spots, (0.012, half[1], half[0]), WINDOW, bevel_m=0.01)


def four(x: float, z: float) -> list[tuple[float, float]]:
    """Return the four corners (+-x, +-z)."""
    return [(sx * x, sz * z) for sx in (-1, 1) for sz in (-1, 1)]


def legs(x: float, z: float, height_m: float, radius_m: float, finish: Finish) -> Mesh:
    """Return four upright legs."""
    return boxes(
        [(a, height_m / 2, b) for a, b in four(x, z)],
        (radius_m, height_m / 2, radius_m),
        finish,
        bevel_m=radius_m * 0.3,
    )


def case(
    half: tuple[float, float, float], finish: Finish, *, lift_m: float = 0.0, bevel_m: float = 0.01
) -> Mesh:
    """Return a box that stands on y = lift_m."""
    return box((0, lift_m + half[1], 0), half, finish, bevel_m=bevel_m)
