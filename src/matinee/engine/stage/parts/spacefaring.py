"""Off the earth and out of time: landers, rovers, domes, station modules, towers to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, weathered
from matinee.engine.stage.parts.masonry import GLASS
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    prism,
    ring,
    shape,
    tube,
    two_sided,
    up,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

FOIL_GOLD = rgb("#c9a23a")


def lander(colour: Colour = FOIL_GOLD) -> Mesh:
    """Return a moon lander on four legs: foil-wrapped base, faceted cabin, ladder towards +Z."""
    foil, grey = Finish(colour, Surface.METAL, 0.35), Finish(rgb("#b8bcc0"), Surface.METAL, 0.5)
    legs = []
    for k in range(4):
        a = np.pi / 4 + k * np.pi / 2
        way = np.array((np.sin(a), 0.0, np.cos(a)))
        legs += [
            tube([way * 1.9 + up(2.0), way * 3.7 + up(0.12)], 0.09, grey, sides=6),
            tube([way * 1.8 + up(1.1), way * 3.2 + up(0.8)], 0.05, grey, sides=5),
            placed(
                lathe([(0.5, 0.02), (0.46, 0.1), (0.1, 0.16), (0, 0.16)], foil, sides=12),
                way * 3.75,
            ),
        ]
    steps = boxes([(0, 0.35 + 0.3 * k, 2.25) for k in range(6)], (0.26, 0.025, 0.03), grey)
    return merged(
        [
            placed(
                lathe([(1.2, 1.0), (2.05, 1.2), (2.05, 2.3), (1.2, 2.5)], foil, sides=8),
                yaw=np.pi / 8,
            ),
            placed(
                lathe([(1.35, 2.5), (1.75, 3.0), (1.6, 4.1), (0.9, 4.7), (0, 4.8)], grey, sides=7),
                yaw=0.2,
            ),
            box((0, 3.2, 1.55), (0.4, 0.5, 0.1), Finish(rgb("#1a1c20"), Surface.PLAIN)),
            boxes([(s * 0.75, 3.9, 1.25) for s in (-1, 1)], (0.26, 0.2, 0.06), GLASS),
            lathe(
                [(0.35, 0.7), (0.75, 0.35), (0.8, 0.3)],
                Finish(rgb("#3a3a3e"), Surface.METAL, 0.6),
                sides=12,
            ),
            steps,
            boxes([(s * 0.27, 1.1, 2.25) for s in (-1, 1)], (0.02, 1.0, 0.02), grey),
            tube([(0.9, 4.6, 0), (1.3, 5.8, 0)], 0.02, grey, sides=4),
            placed(
                lathe([(0.5, 0.15), (0.3, 0.05), (0, 0)], grey, sides=12), (1.3, 5.8, 0), tilt=0.6
            ),
            *legs,
        ]
    )


def rover() -> Mesh:
    """Return a six-wheeled rover with a mast, along +Z."""
    white, dark = (
        Finish(rgb("#d8d4cc"), Surface.PAINT, 0.5),
        Finish(rgb("#2a2a2e"), Surface.METAL, 0.6),
    )
    wheels = [
        placed(cylinder(0.27, 0.26, dark, sides=12), (s * 1.0 + 0.13, 0.27, z), roll=np.pi / 2)
        for s in (-1, 1)
        for z in (-1.0, 0.0, 1.0)
    ]
    arms = [
        tube([(s * 0.6, 0.7, 0.2), (s * 0.95, 0.5, z)], 0.04, white, sides=5)
        for s in (-1, 1)
        for z in (-1.0, 0.0, 1.0)
    ]
    return merged(
        [
            box((0, 0.85, 0), (0.6, 0.2, 0.95), white, bevel_m=0.05),
            box((0, 1.08, -0.1), (0.7, 0.03, 0.9), Finish(rgb("#1a2440"), Surface.GLASS, 0.15)),
            tube([(0.35, 1.0, 0.8), (0.35, 2.0, 0.85)], 0.045, white, sides=6),
            box((0.35, 2.05, 0.9), (0.22, 0.1, 0.1), white, bevel_m=0.02),
            boxes([(0.25, 2.05, 1.01), (0.45, 2.05, 1.01)], (0.05, 0.05, 0.02), dark),
            *wheels,
            *arms,
            tube([(-0.4, 0.9, 0.9), (-0.5, 0.7, 1.6), (-0.3, 0.3, 1.9)], 0.05, white, sides=5),
        ]
    )


def habitat_dome(radius_m: float, *, lit: bool) -> Mesh:
    """Return a dwelling dome with ribs, windows and an air lock towards +Z."""
    white = Finish(rgb("#d8d8d4"), Surface.PAINT, 0.5)
    pane = Finish(rgb("#ffe2a8"), Surface.SCREEN, 0.4, 2.2 if lit else 0.7)
    turn = np.linspace(0, np.pi / 2, 9)
    ribs = [
        placed(
            tube(
                np.stack([0 * turn, radius_m * np.sin(turn), radius_m * np.cos(turn)], -1),
                0.09,
                white.times(0.7),
                sides=5,
            ),
            yaw=k * np.pi / 4,
        )
        for k in range(8)
    ]
    panes = [
        placed(
            box((0, radius_m * 0.36, radius_m * 0.94), (0.55, 0.32, 0.08), pane, bevel_m=0.05),
            yaw=k * np.pi / 4 + np.pi / 8,
        )
        for k in range(8)
    ]
    lock = placed(cylinder(1.1, 2.6, white, sides=16), (0, 1.1, radius_m * 0.85), tilt=np.pi / 2)
    return merged(
        [
            lathe([(radius_m * np.cos(a), radius_m * np.sin(a)) for a in turn], white, sides=28),
            *ribs,
            *panes,
            lock,
            placed(
                cylinder(0.85, 0.06, Finish(rgb("#c8502a"), Surface.PAINT, 0.5), sides=16),
                (0, 1.1, radius_m * 0.85 + 2.58),
                tilt=np.pi / 2,
            ),
        ]
    )


def solar_wing(length_m: float, width_m: float) -> Mesh:
    """Return a solar array along X, its cells towards +Z."""
    cell, gold = (
        Finish(rgb("#1a2c5a"), Surface.GLASS, 0.2),
        Finish(rgb("#c08a3a"), Surface.METAL, 0.4),
    )
    panels = int(length_m / 2.0)
    x = np.arange(panels) * 2.0 + 1.0
    return merged(
        [
            boxes(
                np.stack([x, 0 * x + s * width_m * 0.27, 0 * x], -1),
                (0.93, width_m * 0.22, 0.02),
                cell,
            )
            for s in (-1, 1)
        ]
        + [
            boxes(np.stack([x, 0 * x, 0 * x - 0.03], -1), (0.98, width_m / 2, 0.012), gold),
            tube(
                [(0, 0, 0), (length_m, 0, 0)],
                0.09,
                Finish(rgb("#c8ccd0"), Surface.METAL, 0.4),
                sides=6,
            ),
        ]
    )


def module(length_m: float, radius_m: float) -> Mesh:
    """Return a space station module along X, centred: hull plates, rings, hand rails, ports."""
    white, grey = (
        Finish(rgb("#d8dadc"), Surface.PAINT, 0.5),
        Finish(rgb("#8d9399"), Surface.METAL, 0.45),
    )
    half = length_m / 2
    body = placed(
        lathe(
            [
                (0.0, -half - 0.1),
                (radius_m * 0.6, -half),
                (radius_m, -half + 0.6),
                (radius_m, half - 0.6),
                (radius_m * 0.6, half),
                (0.0, half + 0.1),
            ],
            white,
            sides=24,
        ),
        roll=-np.pi / 2,
    )
    rings = [
        placed(ring(radius_m + 0.02, 0.06, grey, sides=24, around=5), (x, 0, 0), roll=np.pi / 2)
        for x in np.arange(-half + 0.8, half, 1.9)
    ]
    rails = [
        tube(
            [
                (
                    -half + 1,
                    radius_m * np.cos(a) + 0.16 * np.cos(a),
                    radius_m * np.sin(a) + 0.16 * np.sin(a),
                ),
                (half - 1, (radius_m + 0.16) * np.cos(a), (radius_m + 0.16) * np.sin(a)),
            ],
            0.025,
            Finish(rgb("#d8b23a"), Surface.PAINT, 0.5),
            sides=4,
        )
        for a in (0.5, -0.5, 2.4, -2.4)
    ]
    return weathered(merged([body, *rings, *rails]), amount=0.06)


def future_tower(height_m: float, width_m: float, kind: int) -> Mesh:
    """Return a tower of a city to come: a tapering blade, a stack of discs or a twisted prism."""
    tone = rgb(("#c8d4dc", "#a8bccc", "#dce2e4")[kind % 3])
    skin, trim = Finish(tone, Surface.FACADE, 0.25), Finish(rgb("#e8ecee"), Surface.PAINT, 0.3)
    h, w = height_m, width_m / 2
    if kind % 3 == 0:
        outline = [
            (-w, 0),
            (w, 0),
            (w * 0.9, h * 0.6),
            (w * 0.25, h),
            (-w * 0.2, h * 0.93),
            (-w * 0.95, h * 0.55),
        ]
        return merged(
            [
                prism(outline, width_m * 0.55, skin),
                box(
                    (w * 0.1, h * 0.5, width_m * 0.29),
                    (0.4, h * 0.48, 0.2),
                    Finish(rgb("#5ad0f0"), Surface.SCREEN, 0.4, 1.2),
                ),
            ]
        )
    if kind % 3 == 1:
        levels = np.linspace(0.08, 0.92, 7)
        discs = [
            placed(
                lathe(
                    [
                        (w * r * 0.7, -0.02 * h),
                        (w * r, 0.0),
                        (w * r, 0.03 * h),
                        (w * r * 0.7, 0.045 * h),
                    ],
                    trim,
                    sides=20,
                ),
                (0, y * h, 0),
            )
            for y, r in zip(levels, 1.25 - 0.6 * levels, strict=True)
        ]
        return merged(
            [
                lathe(
                    [(w * 0.75, 0), (w * 0.6, h * 0.5), (w * 0.35, h * 0.95), (0, h * 1.12)],
                    Finish(tone, Surface.GLASS, 0.1),
                    sides=18,
                ),
                *discs,
            ]
        )
    share = np.linspace(0, 1, 15)
    corner = np.pi / 4 + np.arange(5) * np.pi / 2
    turn = corner[None] + 1.2 * share[:, None]
    reach = (1 - 0.45 * share[:, None]) * w
    rows = np.stack([reach * np.cos(turn), 0 * turn + h * share[:, None], reach * np.sin(turn)], -1)
    body = shape(rows.reshape(-1, 3), grid_triangles(15, 5), skin, faceted=True)
    return two_sided(body)


def crowd_of_spires(spots: Sequence[tuple[float, float, float]], rng: np.random.Generator) -> Mesh:
    """Return towers of a city to come at (x, z, height)."""
    return merged(
        [
            placed(
                future_tower(tall, float(rng.uniform(0.16, 0.26)) * tall, k),
                (x, 0, z),
                yaw=float(rng.uniform(0, 3)),
            )
            for k, (x, z, tall) in enumerate(spots)
        ]
    )
