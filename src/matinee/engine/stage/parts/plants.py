"""Plants: trees of several species, bushes, ferns, palms, grass, flowers.

Crowns are a dark core inside a cloud of small leaf cards whose normals lean outwards from the
crown, so that a crown is lit as one soft body and still has a leafy outline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, fractal, rgb
from matinee.engine.stage.parts.solids import ball, shape, tube, turn, two_sided

BARK = Finish(rgb("#5d4a3a"), Surface.WOOD, 0.95)
BIRCH_BARK = Finish(rgb("#cfc9bd"), Surface.WOOD, 0.85)
PINE_BARK = Finish(rgb("#6b4c38"), Surface.WOOD, 0.95)
GRASS_GREEN = rgb("#5f7a35")
SPRUCE_GREEN = rgb("#33502f")
BUSH_GREEN = rgb("#4d6a30")


@dataclass(frozen=True)
class Species:
    """What makes a tree: bark, leaf colour, crown and habit; lengths are for a tree 8 m tall."""

    bark: Finish
    leaf: Colour
    trunk_share: float
    crown_wide: float
    crown_high: float
    leaf_m: float
    limbs: int
    trunk_m: float = 0.26
    droop: float = 0.0


SPECIES = {
    "oak": Species(BARK, rgb("#50702c"), 0.34, 3.0, 2.3, 0.27, 6, 0.34),
    "maple": Species(BARK, rgb("#6a8232"), 0.36, 2.4, 2.5, 0.25, 6),
    "birch": Species(BIRCH_BARK, rgb("#86a04a"), 0.42, 1.7, 2.5, 0.24, 5, 0.17, 0.35),
    "linden": Species(BARK, rgb("#5f8038"), 0.36, 2.2, 2.5, 0.21, 5, 0.24),
    "cherry": Species(BARK, rgb("#e6b4c0"), 0.36, 2.7, 1.9, 0.24, 6, 0.22),
    "autumn": Species(BARK, rgb("#b0662a"), 0.36, 2.5, 2.3, 0.25, 6),
    "olive": Species(BARK, rgb("#7d8a62"), 0.30, 2.2, 1.7, 0.22, 5, 0.36),
}


def tree(
    kind: str, height_m: float, *, rng: np.random.Generator, leaves: int = 420, bare: bool = False
) -> Mesh:
    """Return a broad-leaved tree of a species on y = 0; a bare one shows its twigs.

    Raises KeyError for a species it does not know.
    """
    species = SPECIES[kind]
    scale = height_m / 8.0
    split = height_m * species.trunk_share
    lean = rng.normal(0, 0.12, 2) * scale
    radius = species.trunk_m * scale
    top = np.array([lean[0], height_m * 0.78, lean[1]])
    trunk = [
        (0, -0.1, 0),
        (lean[0] * 0.1, 0.25 * scale, lean[1] * 0.1),
        (lean[0] * 0.5, split, lean[1] * 0.5),
        tuple(top),
    ]
    parts = [
        tube(
            trunk, [radius * 1.7, radius * 1.05, radius * 0.8, radius * 0.2], species.bark, sides=8
        )
    ]
    middle = np.array([lean[0] * 0.7, height_m - species.crown_high * scale, lean[1] * 0.7])
    wide = np.array([species.crown_wide, species.crown_high, species.crown_wide]) * scale
    tips = _limb_tips(species.limbs, middle, wide, rng)
    for tip in tips:
        start = np.array([lean[0] * 0.5, split * rng.uniform(0.9, 1.25), lean[1] * 0.5])
        knee = start * 0.45 + tip * 0.55 + (0, 0.28 * scale, 0)
        parts.append(
            tube(
                [start, knee, tip],
                [radius * 0.5, radius * 0.32, radius * 0.1],
                species.bark,
                sides=5,
            )
        )
        if bare:
            parts += _twigs(knee, tip, radius, species.bark, rng)
    if bare:
        return merged(parts)
    clumps = np.vstack([tips, middle + rng.normal(0, 0.35, (2, 3)) * wide])
    spread = wide * rng.uniform(0.42, 0.6, (len(clumps), 1))
    parts += _crown(clumps, spread, species, scale, leaves, rng)
    return merged(parts)


def _limb_tips(limbs: int, middle: Floats, wide: Floats, rng: np.random.Generator) -> Floats:
    angle = np.arange(limbs) / limbs * 2 * np.pi + rng.uniform(-0.4, 0.4, limbs)
    rise = rng.uniform(-0.55, 0.6, limbs)
    out = np.sqrt(1 - np.clip(rise, -1, 1) ** 2) * rng.uniform(0.5, 0.68, limbs)
    way = np.stack([np.sin(angle) * out, rise * 0.62, np.cos(angle) * out], -1)
    return middle + way * wide


def _twigs(
    knee: Floats, tip: Floats, radius: float, bark: Finish, rng: np.random.Generator
) -> list[Mesh]:
    twigs = []
    for _ in range(5):
        start = knee + (tip - knee) * rng.uniform(0.1, 1.0)
        way = rng.normal(0, 0.55, 3) + (0, 0.5, 0) + (tip - knee) * 0.35
        twigs.append(
            tube(
                [start, start + way * 0.55, start + way],
                [radius * 0.13, radius * 0.08, 0.008],
                bark,
                sides=3,
            )
        )
    return twigs


def _crown(  # noqa: PLR0917 - a crown's facts
    clumps: Floats,
    spread: Floats,
    species: Species,
    scale: float,
    leaves: int,
    rng: np.random.Generator,
) -> list[Mesh]:
    core = Finish(species.leaf, Surface.FOLIAGE, 0.9).times(0.5)
    parts = [ball(at, size * 0.68, core, level=1) for at, size in zip(clumps, spread, strict=True)]
    which = rng.integers(0, len(clumps), leaves)
    way = rng.normal(size=(leaves, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    at = clumps[which] + way * spread[which] * rng.uniform(0.7, 1.1, (leaves, 1))
    at[:, 1] -= species.droop * scale * rng.random(leaves) * (way[:, 1] < 0)
    outward = at - clumps.mean(axis=0)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    parts.append(
        leaf_cards(at, way * 0.6 + outward * 0.7, species.leaf_m * scale, species.leaf, rng=rng)
    )
    return parts


def leaf_cards(
    at: Floats, outward: Floats, size_m: float, colour: Colour, *, rng: np.random.Generator
) -> Mesh:
    """Return folded leaf sprays at (n, 3) places that face (n, 3) outward directions."""
    count = len(at)
    facing = outward / np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), 1e-9)
    tilt = facing + rng.normal(0, 0.62, (count, 3))
    tilt /= np.linalg.norm(tilt, axis=1, keepdims=True)
    spin = rng.normal(size=(count, 3))
    side = np.cross(tilt, spin)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(side, tilt)
    size = size_m * rng.uniform(0.6, 1.35, (count, 1))
    # A spray is a kite folded along its spine: two triangles that catch the light differently.
    tip, foot = at + up * size, at - up * size * 0.8
    left = at + side * size * 0.62 - tilt * size * 0.22
    right = at - side * size * 0.62 - tilt * size * 0.22
    points = np.stack([foot, right, tip, left], axis=1)
    index = np.arange(count)[:, None, None] * 4 + np.array([[0, 2, 1], [0, 3, 2]])
    corners = points.reshape(-1, 3)
    across = np.cross(
        corners[index[:, 0, 1]] - corners[index[:, 0, 0]],
        corners[index[:, 0, 2]] - corners[index[:, 0, 0]],
    )
    flip = (across * facing).sum(axis=1) < 0
    index[flip] = index[flip][:, :, ::-1]
    normals = np.repeat(facing[:, None, :], 4, axis=1)
    normals[:, 1] -= side * 0.35
    normals[:, 3] += side * 0.35
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    leaf = Finish(colour, Surface.FOLIAGE, 0.75)
    made = shape(corners, index.reshape(-1, 3), leaf, normals=normals.reshape(-1, 3))
    light = 0.82 + 0.5 * fractal(at, cell_m=1.6, seed=3, octaves=2) + rng.uniform(-0.16, 0.2, count)
    warm = np.stack(
        [light * rng.uniform(0.9, 1.22, count), light, light * rng.uniform(0.75, 1.05, count)], -1
    )
    albedo = np.clip(np.repeat(warm * np.asarray(colour), 4, axis=0), 0.004, 0.9)
    return replace(made, albedo=albedo.astype(np.float32))


def conifer(
    height_m: float, *, rng: np.random.Generator, colour: Colour = SPRUCE_GREEN, tiers: int = 9
) -> Mesh:
    """Return a spruce: a trunk with drooping tiers of branches that end in points."""
    radius = height_m * 0.018
    parts = [
        tube(
            [(0, -0.1, 0), (0, height_m * 0.96, 0)],
            [radius * 1.5, radius * 0.2],
            PINE_BARK,
            sides=7,
        )
    ]
    needles = Finish(colour, Surface.FOLIAGE, 0.85)
    for tier in range(tiers):
        share = tier / tiers
        y = height_m * (0.14 + 0.84 * share)
        reach = height_m * 0.24 * (1 - share) ** 0.85 + 0.15
        parts.append(_whorl(y, reach, height_m * 0.13, needles, rng))
    return merged(parts)


def _whorl(y: float, reach: float, fall: float, needles: Finish, rng: np.random.Generator) -> Mesh:
    """Return one tier: a star-shaped skirt with ragged hem, and a flatter one inside it."""
    points = 11
    angle = np.arange(points * 2) / (points * 2) * 2 * np.pi + rng.uniform(0, 6)
    out = (
        np.where(np.arange(points * 2) % 2 == 0, 1.0, 0.62)
        * rng.uniform(0.82, 1.12, points * 2)
        * reach
    )
    hem = np.stack(
        [
            out * np.sin(angle),
            y - fall * (out / reach) * rng.uniform(0.75, 1.1, points * 2),
            out * np.cos(angle),
        ],
        -1,
    )
    crown = np.array([[0, y + fall * 0.75, 0]])
    under = np.array([[0, y - fall * 0.25, 0]])
    ringed = np.arange(points * 2)
    after = np.roll(ringed, -1)
    top = points * 2
    triangles = np.concatenate(
        [
            np.stack([ringed, after, np.full_like(ringed, top)], -1),
            np.stack([after, ringed, np.full_like(ringed, top + 1)], -1),
        ]
    )
    vertices = np.vstack([hem, crown, under])
    normals = np.vstack([hem * (1, 0, 1) / reach + (0, 0.55, 0), [[0, 1, 0]], [[0, -1, 0]]])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    made = shape(vertices, triangles, needles, normals=normals)
    shade = np.concatenate([np.where(ringed % 2 == 0, 1.25, 0.8), [0.7, 0.3]])
    return replace(made, albedo=(made.albedo * shade[:, None]).astype(np.float32))


def palm(height_m: float, *, rng: np.random.Generator, fronds: int = 13) -> Mesh:
    """Return a coconut palm that leans and carries drooping feathered fronds."""
    bend = rng.uniform(0.5, 1.4) * rng.choice((-1, 1))
    share = np.linspace(0, 1, 9)
    path = np.stack([bend * share**2, height_m * share, 0.3 * bend * share**2], -1)
    ringed = 0.17 - 0.07 * share + 0.012 * (np.arange(9) % 2)
    parts = [tube(path, ringed, Finish(rgb("#8a7358"), Surface.WOOD, 0.9), sides=8)]
    head = path[-1]
    leaf = Finish(rgb("#5d7d34"), Surface.FOLIAGE, 0.7)
    for number in range(fronds):
        yaw = number * 2.4 + rng.uniform(-0.2, 0.2)
        length = rng.uniform(2.3, 3.0)
        rise = rng.uniform(0.15, 1.0)
        parts.append(_frond(head, yaw, length, rise, leaf.times(rng.uniform(0.7, 1.25))))
    nuts = Finish(rgb("#6b5330"), Surface.PLAIN, 0.6)
    parts.extend(
        ball(
            np.add(head, (0.17 * np.sin(number * 1.6), -0.14, 0.17 * np.cos(number * 1.6))),
            0.12,
            nuts,
            level=1,
        )
        for number in range(4)
    )
    return merged(parts)


def _frond(head: Floats, yaw: float, length: float, rise: float, leaf: Finish) -> Mesh:
    """Return one frond: a rib that rises and falls, with leaflets hanging to both sides."""
    share = np.linspace(0.0, 1.0, 9)
    out = length * share * (1 - 0.18 * share)
    y = rise * np.sin(share * 1.9) * 0.9 - 1.35 * share**2.4
    rib = np.stack([0 * share, y, out], -1)
    spread = 0.52 * np.sin(np.pi * np.clip(share * 0.9 + 0.12, 0, 1)) ** 0.7
    rows = []
    for side in (-1, 1):
        tips = rib + np.stack([side * spread, -0.45 * spread, 0.22 + 0 * share], -1)
        for a in range(8):
            middle = (rib[a] + rib[a + 1]) / 2
            rows.append([rib[a], middle * 0.5 + rib[a + 1] * 0.5, tips[a]])
            rows.append([middle, rib[a + 1], (tips[a] + tips[a + 1]) / 2])
    points = np.array(rows).reshape(-1, 3) @ turn(yaw).T + head
    triangles = np.arange(len(points)).reshape(-1, 3)
    blade = shape(points, triangles, leaf, faceted=True)
    return two_sided(replace(blade, normals=_skyward(blade.normals)))


def _skyward(
    normals: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    up = np.where(normals[:, 1:2] < 0, -normals, normals) * 0.6 + np.array((0, 0.5, 0))
    return np.asarray(up / np.linalg.norm(up, axis=1, keepdims=True), np.float32)


def bush(
    radius_m: float, *, rng: np.random.Generator, colour: Colour = BUSH_GREEN, leaves: int = 110
) -> Mesh:
    """Return a bush on y = 0."""
    lumps = 3
    at = (
        np.stack(
            [
                rng.uniform(-0.45, 0.45, lumps),
                rng.uniform(0.45, 0.6, lumps),
                rng.uniform(-0.45, 0.45, lumps),
            ],
            -1,
        )
        * radius_m
    )
    core = Finish(colour, Surface.FOLIAGE, 0.9).times(0.5)
    parts = [
        ball(place, (radius_m * 0.52, radius_m * 0.44, radius_m * 0.52), core, level=1)
        for place in at
    ]
    which = rng.integers(0, lumps, leaves)
    way = rng.normal(size=(leaves, 3))
    way[:, 1] = np.abs(way[:, 1]) - 0.25
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    places = at[which] + way * radius_m * (0.62, 0.52, 0.62) * rng.uniform(0.9, 1.1, (leaves, 1))
    places[:, 1] = np.maximum(places[:, 1], 0.03)
    parts.append(leaf_cards(places, way, radius_m * 0.23, colour, rng=rng))
    return merged(parts)


def fern(radius_m: float, *, rng: np.random.Generator, fronds: int = 8) -> Mesh:
    """Return a fern on y = 0: arching fronds in a rosette."""
    leaf = Finish(rgb("#55773a"), Surface.FOLIAGE, 0.8)
    parts = []
    for number in range(fronds):
        yaw = number / fronds * 2 * np.pi + rng.uniform(-0.3, 0.3)
        share = np.linspace(0, 1, 5)
        reach = radius_m * rng.uniform(0.8, 1.15)
        rib = np.stack([0 * share, reach * (0.9 * share - 0.75 * share**2.2), reach * share], -1)
        wide = 0.2 * reach * np.sin(np.pi * np.clip(share + 0.08, 0, 1))
        left = rib + np.stack([-wide, -0.12 * wide, 0.1 * wide], -1)
        right = rib + np.stack([wide, -0.12 * wide, 0.1 * wide], -1)
        rows = []
        for a in range(4):
            rows += [[rib[a], rib[a + 1], left[a]], [rib[a + 1], left[a + 1], left[a]]]
            rows += [[rib[a], right[a], rib[a + 1]], [rib[a + 1], right[a], right[a + 1]]]
        points = np.array(rows).reshape(-1, 3) @ turn(yaw).T
        blade = shape(
            points,
            np.arange(len(points)).reshape(-1, 3),
            leaf.times(rng.uniform(0.75, 1.25)),
            faceted=True,
        )
        parts.append(replace(blade, normals=_skyward(blade.normals)))
    whole = merged(parts)
    corners = whole.positions[whole.triangles]
    up = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 1]
    turned = whole.triangles.copy()
    turned[up < 0] = turned[up < 0][:, ::-1]
    return replace(whole, triangles=turned)


def grass(
    at: Floats,
    *,
    rng: np.random.Generator,
    height_m: float = 0.28,
    blades: int = 5,
    colour: Colour = GRASS_GREEN,
) -> Mesh:
    """Return tufts of grass at (n, 3) places, each a few bent blades."""
    count = len(at) * blades
    if count == 0:
        return merged([])
    foot = np.repeat(at, blades, axis=0) + rng.normal(0, height_m * 0.22, (count, 3)) * (1, 0, 1)
    yaw = rng.uniform(0, 2 * np.pi, count)
    side = np.stack([np.cos(yaw), 0 * yaw, -np.sin(yaw)], -1)
    bend = np.stack([np.sin(yaw), 0 * yaw, np.cos(yaw)], -1) * rng.uniform(0.1, 0.5, (count, 1))
    tall = height_m * rng.uniform(0.55, 1.25, (count, 1))
    wide = side * tall * 0.05
    tip = foot + (bend + np.array((0, 1, 0))) * tall
    points = np.stack([foot - wide, foot + wide, tip], axis=1).reshape(-1, 3)
    front = np.arange(count * 3).reshape(-1, 3)
    finish = Finish(colour, Surface.GRASS, 0.8)
    normal = np.repeat(bend * 0.35 + np.array((0, 1, 0)), 3, axis=0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    made = shape(points, np.concatenate([front, front[:, ::-1]]), finish, normals=normal)
    shade = np.repeat(rng.uniform(0.65, 1.25, (count, 1)), 3, axis=0)
    shade[0::3] *= 0.78
    shade[1::3] *= 0.78
    return replace(made, albedo=np.clip(made.albedo * shade, 0.004, 0.9).astype(np.float32))


def flowers(
    at: Floats, colours: Floats, *, rng: np.random.Generator, height_m: float = 0.3
) -> Mesh:
    """Return flowers at (n, 3) places with (n, 3) petal colours: a stem and a small head each."""
    count = len(at)
    if count == 0:
        return merged([])
    tall = height_m * rng.uniform(0.7, 1.3, count)
    heads = at + np.stack([0 * tall, tall, 0 * tall], -1)
    ring = np.arange(6) / 6 * 2 * np.pi
    size = 0.055 * rng.uniform(0.7, 1.3, (count, 1, 1))
    petals = heads[:, None, :] + size * np.stack([np.sin(ring), 0.1 + 0 * ring, np.cos(ring)], -1)
    ends = np.array([[0, 0.62, 0], [0, -0.75, 0]])
    tips = heads[:, None, :] + size * ends
    points = np.concatenate([tips, petals], axis=1).reshape(-1, 3)
    after = (np.arange(6) + 1) % 6 + 2
    crown = np.stack([np.zeros(6, int), np.arange(6) + 2, after], -1)
    cup = np.stack([np.ones(6, int), after, np.arange(6) + 2], -1)
    triangles = np.arange(count)[:, None, None] * 8 + np.concatenate([crown, cup])
    bloom = Finish((0.5, 0.5, 0.5), Surface.FOLIAGE, 0.7)
    made = shape(points, triangles.reshape(-1, 3), bloom)
    albedo = np.repeat(colours, 8, axis=0)
    albedo[::8] = rgb("#d8a838")
    albedo[1::8] = rgb("#5f7a3a")
    head = replace(made, albedo=albedo.astype(np.float32))
    return merged([head, grass(at, rng=rng, height_m=height_m * 1.05, blades=2)])
