"""Buildings and their members: columns, arcades, stairs, walls with openings, roofs, facades."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, Floats, rgb
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    grid_triangles,
    lathe,
    placed,
    prism,
    quads,
    shape,
    slab,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TRAVERTINE = Finish(rgb("#cdb691"), Surface.STONE, 0.85)
MARBLE = Finish(rgb("#e2dccf"), Surface.STONE, 0.55)
SANDSTONE = Finish(rgb("#c9a877"), Surface.STONE, 0.9)
GRANITE = Finish(rgb("#7d7b78"), Surface.STONE, 0.8)
OLD_STONE = Finish(rgb("#8d8577"), Surface.STONE, 0.88)
BRICKS = Finish(rgb("#8d5040"), Surface.BRICK, 0.88)
WHITEWASH = Finish(rgb("#e6dfd2"), Surface.PLASTER, 0.85)
ROOF_TILES = Finish(rgb("#9a5238"), Surface.TILES, 0.8)
SLATE = Finish(rgb("#4a4e55"), Surface.TILES, 0.7)
GLASS = Finish(rgb("#1c2733"), Surface.GLASS, 0.08)
FRAME_WHITE = Finish(rgb("#e9e6df"), Surface.PAINT, 0.45)
FRAME_DARK = Finish(rgb("#26282c"), Surface.PAINT, 0.4)


def column(
    height_m: float, radius_m: float, finish: Finish, *, sides: int = 18, broken: bool = False
) -> Mesh:
    """Return a column with base, swelling shaft (entasis) and capital; broken ones lack the top."""
    r, top = radius_m, height_m
    base = [
        (0, 0),
        (1.5 * r, 0),
        (1.5 * r, 0.22 * r),
        (1.42 * r, 0.3 * r),
        (1.42 * r, 0.5 * r),
        (1.2 * r, 0.62 * r),
        (1.25 * r, 0.8 * r),
        (1.02 * r, 0.95 * r),
    ]
    if broken:
        shaft = [(1.0 * r, 0.3 * top), (0.97 * r, 0.86 * top), (0.7 * r, 0.98 * top), (0, top)]
        return lathe([*base, *shaft], finish, sides=sides)
    shaft = [(1.0 * r, 0.33 * top), (0.94 * r, 0.66 * top), (0.84 * r, top - 1.3 * r)]
    capital = [
        (0.92 * r, top - 1.2 * r),
        (0.88 * r, top - 1.0 * r),
        (1.1 * r, top - 0.75 * r),
        (1.32 * r, top - 0.45 * r),
        (0, top - 0.45 * r),
    ]
    return merged(
        [
            lathe([*base, *shaft, *capital], finish, sides=sides),
            box((0, top - 0.22 * r, 0), (1.4 * r, 0.23 * r, 1.4 * r), finish, bevel_m=0.08 * r),
        ]
    )


def arch_bay(
    width_m: float,
    height_m: float,
    depth_m: float,
    finish: Finish,
    *,
    pier: float = 0.24,
    seg: int = 8,
) -> Mesh:
    """Return one bay of an arcade, centred on x = 0, its front at z = +depth/2, open below.

    pier is the share of the width that each side keeps. An impost and a keystone catch the light.
    """
    half, spring, crown = width_m / 2, 0.52, 0.82
    jamb = half * (1 - 2 * pier)
    angle = np.linspace(np.pi, 0, seg)
    inner = [(-jamb, 0.0)]
    inner += [(jamb * np.cos(a), height_m * (spring + (crown - spring) * np.sin(a))) for a in angle]
    inner += [(jamb, 0.0)]
    outer = [(-half, 0.0), (-half, spring * height_m)]
    outer += [(x, height_m) for x in np.linspace(-half, half, len(inner) - 4)]
    outer += [(half, spring * height_m), (half, 0.0)]
    hole, rim = np.array(inner), np.array(outer)
    parts = []
    for z, turn in ((depth_m / 2, 1), (-depth_m / 2, -1)):
        points = np.column_stack([np.vstack([hole, rim]), np.full(2 * len(hole), z)])
        strip = grid_triangles(2, len(hole))
        parts.append(
            shape(
                points, strip[:, ::-1] if turn < 0 else strip, finish, normals=(0, 0, float(turn))
            )
        )
    front = np.column_stack([hole, np.full(len(hole), depth_m / 2)])
    back = np.column_stack([hole, np.full(len(hole), -depth_m / 2)])
    soffit = np.stack([back[:-1], back[1:], front[1:], front[:-1]], axis=1)
    parts.append(quads(soffit, finish.times(0.9)))
    trim = finish.times(1.08)
    parts.extend(
        box(
            (side * (jamb + half) / 2, spring * height_m, depth_m / 2 + 0.02),
            ((half - jamb) / 2 + 0.03, 0.09, 0.1),
            trim,
        )
        for side in (-1, 1)
    )
    key = [
        (-0.16, crown * height_m - 0.05),
        (0.16, crown * height_m - 0.05),
        (0.24, crown * height_m + 0.55),
        (-0.24, crown * height_m + 0.55),
    ]
    parts.append(placed(prism(key, 0.2, trim), (0, 0, depth_m / 2 + 0.03)))
    return merged(parts)


def stairs(
    width_m: float,
    steps: int,
    *,
    rise_m: float,
    tread_m: float,
    finish: Finish,
    bevel_m: float = 0.02,
) -> Mesh:
    """Return a flight that climbs towards -Z from its foot at z = 0."""
    number = np.arange(steps)
    centres = np.stack(
        [0.0 * number, (number + 0.5) * rise_m, -(number + 0.5 * (steps - number)) * tread_m], -1
    )
    halves = np.stack(
        [
            np.full(steps, width_m / 2),
            np.full(steps, rise_m / 2),
            (steps - number) * tread_m / 2,
        ],
        -1,
    )
    return boxes(centres, halves, finish, bevel_m=bevel_m)


@dataclass(frozen=True)
class Opening:
    """A hole in a wall, from left to right and sill to head, in metres from the wall's foot.

    kind "hole" leaves it open, "window" glazes it, "door" closes it.
    """

    left: float
    right: float
    sill: float
    head: float
    kind: str = "window"


def wall(
    length_m: float,
    height_m: float,
    thick_m: float,
    finish: Finish,
    *,
    openings: Sequence[Opening] = (),
    cell_m: float = 0.8,
    inside: Finish | None = None,
    frame: Finish = FRAME_WHITE,
) -> Mesh:
    """Return a wall along X from 0 to length, outer face at z = 0 towards +Z, with openings.

    Both faces are in cells of about cell_m for baked light; `inside` finishes the -Z face.
    """
    across = _cuts(length_m, [v for o in openings for v in (o.left, o.right)], cell_m)
    up = _cuts(height_m, [v for o in openings for v in (o.sill, o.head)], cell_m)
    u, v = (across[:-1] + across[1:]) / 2, (up[:-1] + up[1:]) / 2
    solid = np.ones((len(v), len(u)), bool)
    for hole in openings:
        solid &= ~(
            ((v > hole.sill) & (v < hole.head))[:, None]
            & ((u > hole.left) & (u < hole.right))[None]
        )
    points = np.stack([*np.meshgrid(across, up), np.zeros((len(up), len(across)))], -1)
    index = np.arange(points.shape[0] * points.shape[1]).reshape(points.shape[:2])
    a, b, c, d = (
        corner[solid] for corner in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    )
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)])
    flat = points.reshape(-1, 3)
    parts = [
        shape(flat, triangles, finish, normals=(0, 0, 1)),
        shape(flat - (0, 0, thick_m), triangles[:, ::-1], inside or finish, normals=(0, 0, -1)),
        _rim(0, length_m, 0, height_m, thick_m, finish, outward=True),
    ]
    for hole in openings:
        parts.append(
            _rim(hole.left, hole.right, hole.sill, hole.head, thick_m, finish, outward=False)
        )
        parts.append(_filling(hole, thick_m, frame))
    return merged(parts)


def _cuts(extent: float, needed: list[float], cell_m: float) -> Floats:
    fixed = np.unique(np.clip([0.0, extent, *needed], 0, extent))
    lines = [
        np.linspace(a, b, max(1, round((b - a) / cell_m)) + 1)[:-1]
        for a, b in itertools.pairwise(fixed)
    ]
    return np.concatenate([*lines, [extent]])


def _rim(  # noqa: PLR0917 - the four sides of a hole
    left: float,
    right: float,
    sill: float,
    head: float,
    thick_m: float,
    finish: Finish,
    *,
    outward: bool,
) -> Mesh:
    corners = np.array([(left, sill, 0), (right, sill, 0), (right, head, 0), (left, head, 0)])
    back = corners - np.array((0, 0, thick_m))
    four = np.stack(
        [back, np.roll(back, -1, axis=0), np.roll(corners, -1, axis=0), corners], axis=1
    )
    return quads(four if outward else four[:, ::-1], finish)


def _filling(hole: Opening, thick_m: float, frame: Finish) -> Mesh:
    if hole.kind == "hole":
        return merged([])
    width, height = hole.right - hole.left, hole.head - hole.sill
    middle = ((hole.left + hole.right) / 2, (hole.sill + hole.head) / 2, -thick_m * 0.45)
    if hole.kind == "door":
        return placed(door(width, height, frame), (middle[0], hole.sill, middle[2]))
    return placed(window(width, height, frame), (middle[0], hole.sill, middle[2]))


def window(
    width_m: float,
    height_m: float,
    frame: Finish,
    *,
    panes: tuple[int, int] = (2, 2),
    glass: Finish | None = GLASS,
) -> Mesh:
    """Return a window standing on y = 0: frame, bars and glass; None leaves the glass out."""
    columns, rows = panes
    thick, half = min(0.06, width_m * 0.07), width_m / 2
    parts: list[Mesh] = []
    parts.extend(
        box((x, height_m / 2, 0), (thick / 2, height_m / 2, 0.035), frame)
        for x in np.linspace(-half + thick / 2, half - thick / 2, columns + 1)
    )
    parts.extend(
        box((0, y, 0), (half, thick / 2, 0.03), frame)
        for y in np.linspace(thick / 2, height_m - thick / 2, rows + 1)
    )
    if glass is not None:
        pane = [(-half, 0, 0.0), (half, 0, 0.0), (half, height_m, 0.0), (-half, height_m, 0.0)]
        parts.append(quads([pane], glass))
        parts.append(quads([pane[::-1]], glass))
    return merged(parts)


def door(width_m: float, height_m: float, finish: Finish) -> Mesh:
    """Return a panelled door standing on y = 0 with a handle, seen from both sides."""
    half = width_m / 2
    parts = [box((0, height_m / 2, 0), (half, height_m / 2, 0.025), finish)]
    for y0, y1 in ((0.12, 0.44), (0.52, 0.92)):
        for side in (-1, 1):
            centre = (side * half * 0.46, (y0 + y1) / 2 * height_m, 0)
            parts.append(
                box(
                    centre,
                    (half * 0.34, (y1 - y0) / 2 * height_m, 0.04),
                    finish.times(0.92),
                    bevel_m=0.015,
                )
            )
    brass = Finish(rgb("#b08d4a"), Surface.METAL, 0.3)
    parts.append(box((half * 0.82, height_m * 0.48, 0), (0.02, 0.06, 0.075), brass, bevel_m=0.01))
    return merged(parts)


def gable_roof(
    length_m: float,
    span_m: float,
    rise_m: float,
    finish: Finish,
    *,
    over_m: float = 0.4,
    gable: Finish | None = None,
) -> Mesh:
    """Return a saddle roof on y = 0, its ridge along X, centred; gables are closed."""
    half, reach = length_m / 2 + over_m, span_m / 2 + over_m
    drop = rise_m * over_m / (span_m / 2)
    thick = 0.14
    cross = [
        (-reach, -drop),
        (-reach, -drop - thick),
        (0, rise_m - thick),
        (reach, -drop - thick),
        (reach, -drop),
        (0, rise_m),
    ]
    roof = placed(prism(cross, 2 * half, finish), yaw=np.pi / 2)
    tympanum = [(-span_m / 2, -0.02), (span_m / 2, -0.02), (0, rise_m - thick)]
    ends = placed(prism(tympanum, length_m, gable or finish), yaw=np.pi / 2)
    return merged([roof, ends])


def hip_roof(
    length_m: float, span_m: float, rise_m: float, finish: Finish, *, over_m: float = 0.3
) -> Mesh:
    """Return a hipped roof on y = 0, its ridge along X, centred."""
    x, z = length_m / 2 + over_m, span_m / 2 + over_m
    r = max(x - z, 0.01)
    a, b, c, d = (-x, 0, z), (x, 0, z), (x, 0, -z), (-x, 0, -z)
    left, right = (-r, rise_m, 0), (r, rise_m, 0)
    return quads(
        [[a, b, right, left], [c, d, left, right], [b, c, right, right], [d, a, left, left]], finish
    )


@dataclass(frozen=True)
class Style:
    """How a town building looks."""

    wall: Finish
    trim: Finish
    frame: Finish
    storey_m: float = 3.3
    bay_m: float = 2.6


def town_house(
    width_m: float,
    storeys: int,
    depth_m: float,
    style: Style,
    *,
    rng: np.random.Generator,
    shop: bool = True,
) -> Mesh:
    """Return a house between neighbours: front at z = 0 towards +Z, from x = -width/2.

    The front has a ground floor of another colour, string courses, framed windows with sills (some
    with boxes of flowers or balconies) and a cornice; the sides and back are plain.
    """
    base = 4.0 if shop else style.storey_m
    height = base + (storeys - 1) * style.storey_m
    parts = [
        slab(
            (0, height / 2, -depth_m / 2),
            (width_m / 2, height / 2, depth_m / 2),
            style.wall,
            cell_m=2.6,
            faces="xXYzZ",
        ),
    ]
    parts += _courses(width_m, height, base, style)
    bays = max(2, round(width_m / style.bay_m))
    x = (np.arange(bays) + 0.5) / bays * width_m - width_m / 2
    wide, high = min(0.62, width_m / bays * 0.26), style.storey_m * 0.29
    floors = np.arange(storeys - 1 if shop else storeys)
    first = base if shop else 0.0
    y = first + floors * style.storey_m + style.storey_m * 0.52
    spots = np.array([(a, b, 0.0) for b in y for a in x]).reshape(-1, 3)
    parts += _windows(spots, wide, high, style, rng)
    parts.append(_cornice(width_m, height, style.trim))
    return merged(parts)


def _courses(width_m: float, height: float, base: float, style: Style) -> list[Mesh]:
    levels = np.arange(base, height - 0.5, style.storey_m)
    centres = np.stack([0 * levels, levels, 0 * levels + 0.03], -1)
    return [
        boxes(centres, (width_m / 2, 0.1, 0.09), style.trim, bevel_m=0.03),
        box((0, 0.3, 0.02), (width_m / 2, 0.3, 0.07), style.trim.times(0.75)),
        boxes(
            [(-width_m / 2 + 0.22, height / 2, 0.01), (width_m / 2 - 0.22, height / 2, 0.01)],
            (0.2, height / 2, 0.06),
            style.trim.times(0.94),
        ),
    ]


def _windows(
    spots: Floats, wide: float, high: float, style: Style, rng: np.random.Generator
) -> list[Mesh]:
    count = len(spots)
    warm = rng.uniform(0.7, 1.3, (count, 1)) * np.asarray(GLASS.colour)
    curtain = rng.random(count) < 0.35
    warm[curtain] = np.array(rgb("#6f675c")) * rng.uniform(0.5, 1.2, (int(curtain.sum()), 1))
    parts = [
        boxes(spots + np.array((0, 0, 0.0)), (wide, high, 0.012), GLASS, colours=warm),
        boxes(
            spots + np.array((0, -high - 0.06, 0.08)),
            (wide + 0.16, 0.05, 0.13),
            style.trim,
            bevel_m=0.02,
        ),
        boxes(
            spots + np.array((0, high + 0.14, 0.05)),
            (wide + 0.14, 0.1, 0.08),
            style.trim,
            bevel_m=0.03,
        ),
        boxes(spots + np.array((0, 0, 0.03)), (0.03, high, 0.03), style.frame),
        boxes(spots + np.array((0, high * 0.3, 0.03)), (wide, 0.03, 0.03), style.frame),
    ]
    parts.extend(
        boxes(spots + np.array((side * (wide + 0.05), 0, 0.03)), (0.07, high, 0.06), style.trim)
        for side in (-1, 1)
    )
    return parts


def _cornice(width_m: float, height: float, trim: Finish) -> Mesh:
    teeth = np.arange(-width_m / 2 + 0.3, width_m / 2 - 0.2, 0.55)
    return merged(
        [
            box((0, height - 0.1, 0.12), (width_m / 2, 0.16, 0.22), trim, bevel_m=0.05),
            box((0, height + 0.14, 0.2), (width_m / 2, 0.1, 0.34), trim, bevel_m=0.04),
            boxes(
                np.stack([teeth, 0 * teeth + height - 0.36, 0 * teeth + 0.12], -1),
                (0.1, 0.12, 0.14),
                trim,
            ),
        ]
    )


def tower_block(
    width_m: float, height_m: float, depth_m: float, finish: Finish, *, cell_m: float = 4.0
) -> Mesh:
    """Return a block centred in x and z whose windows the renderer draws (FACADE), with a parapet.

    Pilasters and a plant room on the roof break its outline.
    """
    half_w, half_d = width_m / 2, depth_m / 2
    facade = Finish(finish.colour, Surface.FACADE, finish.roughness)
    plain = Finish(finish.colour, Surface.PLASTER, 0.85)
    parts = [
        slab(
            (0, height_m / 2, 0),
            (half_w, height_m / 2, half_d),
            facade,
            cell_m=cell_m,
            faces="xXzZ",
        ),
        box((0, height_m + 0.3, 0), (half_w + 0.15, 0.35, half_d + 0.15), plain.times(0.8)),
        box((half_w * 0.2, height_m + 1.6, 0), (half_w * 0.4, 1.4, half_d * 0.4), plain.times(0.7)),
    ]
    corners = [(sx * half_w, height_m / 2, sz * half_d) for sx in (-1, 1) for sz in (-1, 1)]
    parts.append(boxes(corners, (0.3, height_m / 2 + 0.2, 0.3), plain.times(0.9)))
    return merged(parts)


def pyramid(base_m: float, height_m: float, courses: int, finish: Finish) -> Mesh:
    """Return a stepped pyramid of stone courses, standing on y = 0."""
    number = np.arange(courses)
    share = 1 - number / courses
    centres = np.stack([0 * share, (number + 0.5) * height_m / courses, 0 * share], -1)
    halves = np.stack(
        [share * base_m / 2, np.full(courses, height_m / courses / 2), share * base_m / 2], -1
    )
    shade = 1 + 0.1 * np.sin(number * 12.9898)
    colours = np.asarray(finish.colour)[None] * shade[:, None]
    return boxes(centres, halves, finish, colours=colours)
