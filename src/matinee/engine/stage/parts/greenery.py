"""Plants of fields, gardens and far countries: bamboo, acacias, cacti, crops, hedges, corals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, rgb, weathered
from matinee.engine.stage.parts.plants import BARK, BUSH_GREEN, leaf_cards
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    lathe,
    placed,
    recoloured,
    shape,
    tube,
    up,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

WOODLAND = rgb("#4a6630")
VINE_GREEN = rgb("#5f7a34")
JUNGLE_GREEN = rgb("#4b6a2e")
THORN_GREEN = rgb("#76853f")
BAMBOO = Finish(rgb("#7f9a3e"), Surface.PAINT, 0.5)
CACTUS = Finish(rgb("#5c7a42"), Surface.FOLIAGE, 0.8)


def far_tree(
    height_m: float, *, rng: np.random.Generator, colour: Colour = WOODLAND, leaves: int = 46
) -> Mesh:
    """Return a broad-leaved tree for the middle distance: about two hundred triangles."""
    h = height_m
    bark = BARK.times(0.8)
    at = np.array(
        [[0, 0.62 * h, 0], [0.17 * h, 0.5 * h, 0.08 * h], [-0.16 * h, 0.52 * h, -0.06 * h]]
    )
    at = at + rng.normal(0, 0.03 * h, at.shape)
    wide = np.array([[0.24, 0.3, 0.24], [0.2, 0.2, 0.2], [0.2, 0.22, 0.2]]) * h
    core = Finish(colour, Surface.FOLIAGE, 0.9).times(0.55)
    lumps = [ball(place, size, core, level=0) for place, size in zip(at, wide, strict=True)]
    which = rng.integers(0, 3, leaves)
    way = rng.normal(size=(leaves, 3))
    way[:, 1] += 0.3
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    sprays = leaf_cards(
        at[which] + way * wide[which] * 0.95, way + up(0.3), 0.085 * h, colour, rng=rng
    )
    trunk = tube([(0, -0.2, 0), (0, 0.5 * h, 0)], [0.032 * h, 0.018 * h], bark, sides=5)
    return merged([trunk, *lumps, sprays])


def acacia(
    height_m: float,
    *,
    rng: np.random.Generator,
    leaves: int = 240,
    leaf: Colour = THORN_GREEN,
) -> Mesh:
    """Return an umbrella thorn: a forked trunk and wide, flat layers of leaves."""
    h, parts = height_m, []
    core = Finish(leaf, Surface.FOLIAGE, 0.9).times(0.5)
    knee = np.array([0.05 * h, 0.38 * h, 0.03 * h])
    parts.append(
        tube(
            [up(-0.2), np.array((0.02 * h, 0.2 * h, 0)), knee],
            [0.05 * h, 0.036 * h, 0.03 * h],
            BARK,
            sides=7,
        )
    )
    spots, sizes = [], []
    for number in range(5):
        yaw = number * 1.27 + rng.uniform(-0.3, 0.3)
        out = h * rng.uniform(0.28, 0.46) * (0.4 if number == 4 else 1.0)
        tip = np.array([out * np.sin(yaw), h * rng.uniform(0.78, 0.92), out * np.cos(yaw)])
        parts.append(
            tube(
                [knee, knee * 0.4 + tip * 0.6 + up(0.03 * h), tip],
                [0.024 * h, 0.015 * h, 0.006 * h],
                BARK,
                sides=5,
            )
        )
        spots.append(tip)
        sizes.append(np.array([0.34, 0.06, 0.34]) * h * rng.uniform(0.8, 1.1))
    at, wide = np.array(spots), np.array(sizes)
    parts += [ball(place, size * 0.8, core, level=1) for place, size in zip(at, wide, strict=True)]
    which = rng.integers(0, len(at), leaves)
    way = rng.normal(size=(leaves, 3)) * (1, 0.8, 1)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    parts.append(
        leaf_cards(at[which] + way * wide[which], way * 0.4 + up(0.7), 0.055 * h, leaf, rng=rng)
    )
    return merged(parts)


def bamboo(height_m: float, *, rng: np.random.Generator, leaves: int = 26) -> Mesh:
    """Return one culm of bamboo with rings at its nodes and leaves in its upper half."""
    h = height_m
    bend = rng.normal(0, 0.06, 2) * h
    nodes = 9
    share = np.linspace(0, 1, nodes)
    path = np.stack([bend[0] * share**2.2, h * share, bend[1] * share**2.2], -1)
    radius = 0.055 * (1 - 0.72 * share**1.5)
    culm = tube(path, radius, BAMBOO.times(rng.uniform(0.75, 1.15)), sides=5)
    rings = [
        placed(
            lathe(
                [(r * 1.2, -0.02), (r * 1.24, 0.0), (r * 1.05, 0.03)], BAMBOO.times(0.6), sides=5
            ),
            point,
        )
        for point, r in zip(path[1:-2:2], radius[1:-2:2], strict=True)
    ]
    high = np.sort(rng.uniform(0.42, 1.0, leaves)) ** 0.8
    at = np.stack([np.interp(high, share, path[:, k]) for k in range(3)], -1)
    way = rng.normal(size=(leaves, 3)) * (1, 0.35, 1)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    at = at + way * rng.uniform(0.25, 0.85, (leaves, 1)) * (1.15 - high[:, None])
    sprays = leaf_cards(at, way + up(0.4), 0.3, rgb("#86a048"), rng=rng)
    return merged([culm, *rings, sprays])


def cactus(height_m: float, *, rng: np.random.Generator) -> Mesh:
    """Return a saguaro: a ribbed column with two or three arms."""
    h, r = height_m, 0.075 * height_m
    parts = [
        _ribbed(
            [(0, -0.1, 0), (0, 0.5 * h, 0), (0, 0.93 * h, 0), (0, h, 0)],
            [r * 0.9, r, r * 0.8, 0.02],
            CACTUS,
        )
    ]
    for number in range(int(rng.integers(1, 4))):
        yaw = rng.uniform(0, 6.28) if number == 0 else number * 2.6
        way, low = np.array([np.sin(yaw), 0, np.cos(yaw)]), rng.uniform(0.35, 0.55) * h
        out, top = way * r * 2.7, low + rng.uniform(0.2, 0.4) * h
        path = [
            way * r * 0.6 + up(low),
            out * 0.75 + up(low + 0.02 * h),
            out + up(low + 0.1 * h),
            out + up(top),
            out + up(top + 0.04 * h),
        ]
        parts.append(_ribbed(path, [r * 0.55, r * 0.6, r * 0.6, r * 0.5, 0.02], CACTUS))
    return merged(parts)


def _ribbed(path: Sequence[object], radii: Sequence[float], finish: Finish) -> Mesh:
    body = tube(
        np.array([np.asarray(p, np.float64) for p in path]), np.array(radii), finish, sides=14
    )
    stripe = 1 + 0.28 * (np.arange(body.vertex_count) % 2)
    return recoloured(body, np.clip(body.albedo * stripe[:, None], 0, 0.9))


def hedge(
    half: Sequence[float],
    *,
    rng: np.random.Generator,
    colour: Colour = BUSH_GREEN,
    per_m2: float = 16.0,
) -> Mesh:
    """Return a clipped hedge standing on y = 0 with half sizes (x, y, z)."""
    x, y, z = half
    core = box(
        (0, y, 0), (x * 0.96, y * 0.98, z * 0.94), Finish(colour, Surface.FOLIAGE, 0.9).times(0.6)
    )
    faces = [
        ((0, 1, 0), (x, 0, z), x * z),
        ((1, 0, 0), (0, y, z), y * z),
        ((-1, 0, 0), (0, y, z), y * z),
        ((0, 0, 1), (x, y, 0), x * y),
        ((0, 0, -1), (x, y, 0), x * y),
    ]
    at, out = [], []
    for normal, spread, area in faces:
        count = int(4 * area * per_m2) + 1
        spot = rng.uniform(-1, 1, (count, 3)) * spread + np.asarray(normal) * half
        at.append(spot + up(y))
        out.append(np.broadcast_to(normal, (count, 3)).astype(np.float64))
    return merged([core, leaf_cards(np.vstack(at), np.vstack(out), 0.11, colour, rng=rng)])


def cypress(height_m: float, *, rng: np.random.Generator, leaves: int = 170) -> Mesh:
    """Return a slim, dark cypress."""
    h, colour = height_m, rgb("#33482a")
    profile = [
        (0.02 * h, 0.03 * h),
        (0.085 * h, 0.16 * h),
        (0.1 * h, 0.4 * h),
        (0.06 * h, 0.78 * h),
        (0.0, h),
    ]
    core = lathe(profile, Finish(colour, Surface.FOLIAGE, 0.9).times(0.6), sides=8)
    share = rng.uniform(0.06, 0.98, leaves)
    radius = np.interp(share, [0.03, 0.16, 0.4, 0.78, 1.0], [0.02, 0.085, 0.1, 0.06, 0.0]) * h
    yaw = rng.uniform(0, 2 * np.pi, leaves)
    way = np.stack([np.sin(yaw), 0.5 + 0 * yaw, np.cos(yaw)], -1)
    at = way * (1, 0, 1) * radius[:, None] + np.stack([0 * share, share * h, 0 * share], -1)
    return merged([core, leaf_cards(at, way, 0.05 * h, colour, rng=rng)])


def stalks(
    at: Floats,
    *,
    rng: np.random.Generator,
    height_m: float,
    stem: Colour,
    head: Colour,
    head_m: tuple[float, float] = (0.02, 0.1),
    lean: float = 0.12,
) -> Mesh:
    """Return crops at (n, 3) places: a blade each and a spindle-shaped head, as wheat or lavender.

    head_m is the head's half width and its length.
    """
    count = len(at)
    if count == 0:
        return merged([])
    wide, long = head_m
    yaw = rng.uniform(0, 2 * np.pi, count)
    side = np.stack([np.cos(yaw), 0 * yaw, -np.sin(yaw)], -1)
    depth = np.stack([np.sin(yaw), 0 * yaw, np.cos(yaw)], -1)
    tall = height_m * rng.uniform(0.75, 1.15, (count, 1))
    tilt = rng.normal(0, lean, (count, 3)) * (1, 0, 1)
    rise = up(1.0)
    neck = at + (rise + tilt) * tall
    along = rise + tilt * 2.2
    tip, belly = neck + along * long, neck + along * long * 0.4
    corners = np.stack(
        [
            at - side * 0.012,
            at + side * 0.012,
            neck,
            tip,
            belly - side * wide,
            belly + depth * wide,
            belly + side * wide,
            belly - depth * wide,
        ],
        axis=1,
    )
    one = np.array(
        [
            [0, 1, 2],
            [1, 0, 2],
            [2, 5, 4],
            [2, 6, 5],
            [2, 7, 6],
            [2, 4, 7],
            [3, 4, 5],
            [3, 5, 6],
            [3, 6, 7],
            [3, 7, 4],
        ]
    )
    triangles = np.arange(count)[:, None, None] * 8 + one
    out = np.stack([side * 0, side * 0, side * 0, side * 0, -side, depth, side, -depth], axis=1)
    normals = out + rise * 0.8
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    made = shape(
        corners.reshape(-1, 3),
        triangles.reshape(-1, 3),
        Finish(stem, Surface.FOLIAGE, 0.8),
        normals=normals.reshape(-1, 3),
    )
    shade = rng.uniform(0.72, 1.2, (count, 1, 1))
    tones = np.array([stem] * 3 + [head] * 5)[None] * shade
    tones[:, :2] *= 0.55
    return replace(made, albedo=np.clip(tones.reshape(-1, 3), 0.005, 0.92).astype(np.float32))


def vine_row(
    length_m: float,
    *,
    rng: np.random.Generator,
    colour: Colour = VINE_GREEN,
    near: bool = True,
) -> Mesh:
    """Return a row of vines along Z, centred: posts, wires, leaves; near ones have grapes."""
    half, wood = length_m / 2, Finish(rgb("#7a6650"), Surface.WOOD, 0.9)
    z = np.arange(-half, half + 0.1, 2.4)
    posts = boxes(np.stack([0 * z, 0 * z + 0.85, z], -1), (0.045, 0.85, 0.045), wood)
    wires = [
        tube([(0, y, -half), (0, y, half)], 0.008, wood.times(0.5), sides=3)
        for y in (0.7, 1.15, 1.55)
    ]
    stems = np.arange(-half + 0.6, half, 1.2)
    trunks = [
        tube(
            [(0.02, 0, s), (-0.04, 0.4, s + 0.05), (0.03, 0.8, s)],
            [0.045, 0.035, 0.03],
            BARK,
            sides=5,
        )
        for s in stems
    ]
    count = int(length_m * (44 if near else 12))
    at = np.stack(
        [
            rng.normal(0, 0.17, count),
            rng.uniform(0.62, 1.75, count),
            rng.uniform(-half, half, count),
        ],
        -1,
    )
    way = np.stack([np.sign(at[:, 0]) * 0.9, 0.35 + 0 * at[:, 0], rng.normal(0, 0.4, count)], -1)
    leaves = leaf_cards(at, way, 0.13 if near else 0.26, colour, rng=rng)
    core = box((0, 1.2, 0), (0.06, 0.36, half), Finish(colour, Surface.FOLIAGE, 0.9).times(0.35))
    grape = Finish(rgb("#3c2350"), Surface.PAINT, 0.4)
    bunch = merged(
        [ball((0, -0.03 * k, 0.01 * (k % 2)), 0.05 - 0.009 * k, grape, level=0) for k in range(2)]
    )
    spots = np.stack(
        [rng.choice((-0.2, 0.2), 9), rng.uniform(0.6, 0.95, 9), rng.uniform(-half, half, 9)], -1
    )
    if not near:
        return merged([posts, core, leaves])
    return merged([posts, *wires, *trunks, core, leaves, copies(bunch, spots)])


def lily_pads(at: Floats, *, rng: np.random.Generator, blooms: float = 0.15) -> Mesh:
    """Return water-lily leaves at (n, 3) places, some with a flower."""
    angle = np.linspace(0.25, 2 * np.pi - 0.25, 11)
    rim = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], -1)
    points = np.vstack([[0, 0.0, 0], rim])
    fan = np.array([[0, k, k + 1] for k in range(1, 11)])
    leaf = shape(points, fan, Finish(rgb("#55783a"), Surface.FOLIAGE, 0.5), normals=(0, 1, 0))
    pads = copies(
        leaf,
        at + up(0.02),
        yaw=rng.uniform(0, 6.3, len(at)),
        scale=rng.uniform(0.18, 0.42, len(at)),
    )
    open_ = at[rng.random(len(at)) < blooms]
    petal = Finish(rgb("#eec6d4"), Surface.FOLIAGE, 0.6)
    cup = lathe(
        [(0.02, 0.0), (0.1, 0.06), (0.13, 0.15), (0.08, 0.12), (0.02, 0.06)], petal, sides=8
    )
    return merged([pads, copies(cup, open_ + up(0.03))]) if len(open_) else pads


def branching_coral(height_m: float, colour: Colour, *, rng: np.random.Generator) -> Mesh:
    """Return a staghorn coral on y = 0."""
    finish, parts = Finish(colour, Surface.PLAIN, 0.8), []
    for number in range(9):
        yaw, out = number * 2.4 + rng.uniform(-0.4, 0.4), rng.uniform(0.15, 0.5)
        tip = np.array([np.sin(yaw) * out, rng.uniform(0.6, 1.0), np.cos(yaw) * out]) * height_m
        knee = tip * (0.5, 0.6, 0.5)
        parts.append(
            tube(
                [up(-0.05), knee, tip],
                np.array([0.075, 0.055, 0.02]) * height_m,
                finish,
                sides=5,
            )
        )
        side = knee + rng.normal(0, 0.2, 3) * height_m + up(0.22 * height_m)
        parts.append(tube([knee, side], np.array([0.05, 0.018]) * height_m, finish, sides=5))
    return _tipped(merged(parts), height_m)


def fan_coral(height_m: float, colour: Colour, *, rng: np.random.Generator) -> Mesh:
    """Return a sea fan on y = 0: a flat web of branches across X."""
    finish, parts = Finish(colour, Surface.PLAIN, 0.9), []
    for angle in np.linspace(-1.1, 1.1, 12):
        reach = height_m * rng.uniform(0.75, 1.0) * (1 - 0.18 * abs(angle))
        share = np.linspace(0, 1, 5)
        path = np.stack(
            [
                np.sin(angle * share) * reach * share,
                np.cos(angle * share * 0.8) * reach * share,
                0.05 * rng.normal(size=5) * reach,
            ],
            -1,
        )
        parts.append(
            tube(path, np.array([0.03, 0.026, 0.02, 0.016, 0.01]) * height_m, finish, sides=4)
        )
    for out in (0.45, 0.65, 0.85):
        bend = np.linspace(-0.9, 0.9, 9) * out
        parts.append(
            tube(
                np.stack([np.sin(bend) * out, np.cos(bend) * out, 0 * bend], -1) * height_m,
                0.012 * height_m,
                finish,
                sides=3,
            )
        )
    return _tipped(merged(parts), height_m)


def brain_coral(radius_m: float, colour: Colour, *, seed: int) -> Mesh:
    """Return a boulder of coral with winding furrows."""
    body = ball(
        (0, 0.25 * radius_m, 0),
        (radius_m, radius_m * 0.75, radius_m),
        Finish(colour, Surface.PLAIN, 0.9),
        level=3,
    )
    wave = np.sin(
        body.positions[:, 0] * 26 / radius_m
        + 3 * np.sin(body.positions[:, 2] * 9 / radius_m + seed)
    )
    return weathered(
        recoloured(body, np.clip(body.albedo * (1 + 0.3 * wave[:, None]), 0.01, 0.9)), amount=0.2
    )


def kelp(height_m: float, *, rng: np.random.Generator) -> Mesh:
    """Return a ribbon of kelp that rises and waves."""
    share = np.linspace(0, 1, 9)
    phase = rng.uniform(0, 6)
    rib = (
        np.stack(
            [
                0.22 * np.sin(share * 6 + phase) * share,
                share,
                0.18 * np.cos(share * 5 + phase) * share,
            ],
            -1,
        )
        * height_m
    )
    leaf = rgb("#6f6a24")
    stem = tube(rib, 0.03, Finish(leaf, Surface.FOLIAGE, 0.7), sides=4)
    count = 22
    high = np.linspace(0.08, 1, count)
    at = np.stack([np.interp(high, share, rib[:, k]) for k in range(3)], -1)
    way = np.stack([np.sin(high * 40), 0.2 + 0 * high, np.cos(high * 40)], -1)
    return merged([stem, leaf_cards(at + way * 0.15, way, 0.3, leaf, rng=rng)])


def _tipped(part: Mesh, height_m: float) -> Mesh:
    pale = np.clip(part.positions[:, 1:2] / height_m, 0, 1) ** 2 * 0.5
    return recoloured(part, part.albedo * (1 - pale) + np.array((0.9, 0.85, 0.8)) * pale)


def log_tree(
    height_m: float, *, rng: np.random.Generator, moss: bool = True, crown: Colour = JUNGLE_GREEN
) -> Mesh:
    """Return a giant of the jungle or the swamp: buttress roots, a tall trunk, hanging plants."""
    h, bark = height_m, Finish(rgb("#57493a"), Surface.WOOD, 0.95)
    r = 0.045 * h
    parts = [
        tube(
            [(0, -0.3, 0), (0.01 * h, 0.3 * h, 0), (0.03 * h, 0.8 * h, 0)],
            [r * 1.25, r * 0.8, r * 0.5],
            bark,
            sides=9,
        )
    ]
    for number in range(6):
        yaw = number * 1.05 + rng.uniform(-0.2, 0.2)
        way = np.array([np.sin(yaw), 0, np.cos(yaw)])
        parts.append(
            tube(
                [
                    way * r * 2.7 + up(-0.25),
                    way * r * 1.2 + up(0.05 * h),
                    way * r * 0.3 + up(0.17 * h),
                ],
                [r * 0.22, r * 0.4, r * 0.25],
                bark,
                sides=5,
            )
        )
    spots = []
    for number in range(6):
        yaw, out = number * 1.1 + rng.uniform(-0.3, 0.3), h * rng.uniform(0.16, 0.3)
        tip = np.array([out * np.sin(yaw), h * rng.uniform(0.74, 0.95), out * np.cos(yaw)])
        parts.append(tube([up(0.62 * h), tip], [r * 0.4, r * 0.1], bark, sides=4))
        spots.append(tip)
        if moss:
            parts += [
                _hanging(
                    tip * rng.uniform(0.55, 1.0) * (1, 0, 1) + up(tip[1] * 0.97),
                    h * rng.uniform(0.08, 0.3),
                    rng,
                )
                for _ in range(3)
            ]
    at = np.array(spots)
    core = Finish(crown, Surface.FOLIAGE, 0.9).times(0.45)
    parts += [ball(place, np.array([0.17, 0.09, 0.17]) * h, core, level=1) for place in at]
    which, way = rng.integers(0, 6, 260), rng.normal(size=(260, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    parts.append(
        leaf_cards(
            at[which] + way * np.array([0.2, 0.11, 0.2]) * h,
            way + up(0.4),
            0.05 * h,
            crown,
            rng=rng,
        )
    )
    return merged(parts)


def _hanging(top: Floats, length_m: float, rng: np.random.Generator) -> Mesh:
    green = Finish(rgb("#6a7648"), Surface.FOLIAGE, 0.9).times(rng.uniform(0.7, 1.1))
    sway = rng.normal(0, 0.06, 2) * length_m
    knee = np.array((sway[0], -0.6 * length_m, sway[1]))
    return tube([top, top + knee, top - up(length_m)], [0.03, 0.035, 0.006], green, sides=3)
