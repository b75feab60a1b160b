"""A scene of primitives for measuring and looking at the renderer: a square with three figures.

Nothing here is part of a film: it stands on the renderer alone, so that its speed and its looks can
be judged without worlds or people.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh, Rigged, Scalars, Surface, Triangles, merged, mesh
from matinee.engine.render.scene import (
    Ambient,
    Atmosphere,
    Camera,
    Fog,
    Frame,
    Grade,
    Lamp,
    Particles,
    Sky,
    Sun,
    Transforms,
    Vector,
)

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

FIGURE_PLACES = ((-1.3, 0.4), (0.2, 0.0), (1.7, 0.7))


def box(centre: Vector, size: Vector, **look: Any) -> Mesh:  # noqa: ANN401 - handed to mesh()
    """Return an axis-aligned box with flat sides; centre and size (x, y, z) in metres."""
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * 0.5
    corners = corners * np.asarray(size) + np.asarray(centre)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]
    return mesh(corners, triangles, shading="flat", **look)


def ball(centre: Vector, radius: float | Vector, *, rings: int = 32, **look: Any) -> Mesh:  # noqa: ANN401 - handed to mesh()
    """Return a sphere of 2 * rings by rings quads; radius a number or (x, y, z)."""
    theta = np.linspace(0, math.pi, rings + 1)
    phi = np.linspace(0, 2 * math.pi, 2 * rings + 1)
    normal = np.stack(
        [
            np.sin(theta)[:, None] * np.sin(phi)[None],
            np.broadcast_to(np.cos(theta)[:, None], (rings + 1, 2 * rings + 1)),
            np.sin(theta)[:, None] * np.cos(phi)[None],
        ],
        axis=-1,
    ).reshape(-1, 3)
    positions = normal * np.asarray(radius) + np.asarray(centre)
    n = normal / np.asarray(radius)
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    return mesh(positions, _grid_triangles(rings, 2 * rings), normals=n, **look)


def _grid_triangles(rows: int, columns: int) -> Triangles:
    index = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    return np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )


def lathe(profile: npt.ArrayLike, *, segments: int = 24, **look: Any) -> Mesh:  # noqa: ANN401 - handed to mesh()
    """Return a body turned around Y from (radius, height) points, bottom to top."""
    points = np.asarray(profile, float)
    phi = np.linspace(0, 2 * math.pi, segments + 1)
    positions = np.stack(
        [
            points[:, 0, None] * np.sin(phi)[None],
            np.broadcast_to(points[:, 1, None], (len(points), segments + 1)),
            points[:, 0, None] * np.cos(phi)[None],
        ],
        axis=-1,
    ).reshape(-1, 3)
    triangles = _grid_triangles(len(points) - 1, segments)[:, [0, 2, 1]]
    return mesh(positions, triangles, **look)


def ground(half_m: float, cells: int, **look: Any) -> Mesh:  # noqa: ANN401 - handed to mesh()
    """Return a level square of cells by cells quads at y = 0."""
    x = np.linspace(-half_m, half_m, cells + 1)
    grid = np.stack(np.meshgrid(x, x, indexing="ij"), -1).reshape(-1, 2)
    positions = np.stack([grid[:, 0], np.zeros(len(grid)), grid[:, 1]], -1)
    triangles = _grid_triangles(cells, cells)[:, [0, 2, 1]]
    return mesh(positions, triangles, normals=(0, 1, 0), **look)


def figure(
    *, rings: int = 44, cloth: Vector = (0.45, 0.08, 0.07), skin: Vector = (0.62, 0.40, 0.30)
) -> Rigged:
    """Return a tube figure of seven bones: body, head, two arms, two legs and a jaw morph."""
    cloth_look = {"albedo": cloth, "surface": Surface.CLOTH, "roughness": 0.85}
    skin_look = {"albedo": skin, "surface": Surface.SKIN, "roughness": 0.5}
    parts = [
        (ball((0, 1.12, 0), (0.20, 0.36, 0.13), rings=rings, **cloth_look), 0),
        (ball((0, 1.60, 0.01), (0.085, 0.125, 0.10), rings=rings, **skin_look), 1),
        (
            ball(
                (0, 1.645, -0.018),
                (0.094, 0.10, 0.102),
                rings=rings // 2,
                albedo=(0.07, 0.035, 0.015),
                surface=Surface.HAIR,
                roughness=0.5,
            ),
            1,
        ),
        (
            ball(
                (0.033, 1.615, 0.094),
                0.0135,
                rings=rings // 4,
                albedo=(0.85, 0.84, 0.82),
                surface=Surface.EYE,
                roughness=0.1,
            ),
            1,
        ),
        (
            ball(
                (-0.033, 1.615, 0.094),
                0.0135,
                rings=rings // 4,
                albedo=(0.85, 0.84, 0.82),
                surface=Surface.EYE,
                roughness=0.1,
            ),
            1,
        ),
        (
            ball(
                (0.033, 1.615, 0.1015),
                0.0068,
                rings=rings // 4,
                albedo=(0.07, 0.04, 0.02),
                surface=Surface.EYE,
                roughness=0.1,
            ),
            1,
        ),
        (
            ball(
                (-0.033, 1.615, 0.1015),
                0.0068,
                rings=rings // 4,
                albedo=(0.07, 0.04, 0.02),
                surface=Surface.EYE,
                roughness=0.1,
            ),
            1,
        ),
        (ball((0, 1.585, 0.112), (0.013, 0.022, 0.018), rings=rings // 3, **skin_look), 1),
        (lathe([(0.055, 1.38), (0.05, 1.45), (0.052, 1.52)], segments=rings, **skin_look), 0),
        (ball((0.26, 1.12, 0), (0.055, 0.33, 0.06), rings=rings // 2, **cloth_look), 2),
        (ball((-0.26, 1.12, 0), (0.055, 0.33, 0.06), rings=rings // 2, **cloth_look), 3),
        (ball((0.27, 0.77, 0.01), (0.04, 0.09, 0.045), rings=rings // 2, **skin_look), 2),
        (ball((-0.27, 0.77, 0.01), (0.04, 0.09, 0.045), rings=rings // 2, **skin_look), 3),
        (
            lathe(
                [(0.06, 0.05), (0.075, 0.4), (0.10, 0.85)],
                segments=rings,
                albedo=(0.05, 0.06, 0.10),
                surface=Surface.CLOTH,
            ).transformed(_shift(0.09)),
            4,
        ),
        (
            lathe(
                [(0.06, 0.05), (0.075, 0.4), (0.10, 0.85)],
                segments=rings,
                albedo=(0.05, 0.06, 0.10),
                surface=Surface.CLOTH,
            ).transformed(_shift(-0.09)),
            5,
        ),
        (
            ball(
                (0.09, 0.05, 0.05),
                (0.06, 0.05, 0.14),
                rings=rings // 2,
                albedo=(0.04, 0.03, 0.025),
                surface=Surface.PAINT,
                roughness=0.35,
            ),
            4,
        ),
        (
            ball(
                (-0.09, 0.05, 0.05),
                (0.06, 0.05, 0.14),
                rings=rings // 2,
                albedo=(0.04, 0.03, 0.025),
                surface=Surface.PAINT,
                roughness=0.35,
            ),
            5,
        ),
    ]
    whole = merged([part for part, _ in parts])
    joints = np.zeros((whole.vertex_count, 4), np.uint8)
    joints[:, 0] = np.concatenate([np.full(part.vertex_count, bone) for part, bone in parts])
    weights = np.zeros((whole.vertex_count, 4), np.float32)
    weights[:, 0] = 1.0
    jaw = np.zeros((1, whole.vertex_count, 3), np.float32)
    jaw[0, (joints[:, 0] == 1) & (whole.positions[:, 1] < 1.55), 1] = -0.02
    return Rigged(whole, joints, weights, ("jaw",), jaw, np.arange(jaw.shape[1]))


def _shift(x: float, z: float = 0.0) -> Matrix:
    matrix = np.eye(4)
    matrix[0, 3], matrix[2, 3] = x, z
    return matrix


def square(*, detail: float = 1.0) -> Mesh:
    """Return the static square: about 100,000 triangles with the figures at detail 1."""
    cells = int(90 * detail)
    parts = [ground(40, cells, albedo=(0.32, 0.29, 0.25), surface=Surface.STONE, roughness=0.85)]
    rng = np.random.default_rng(4)
    for k, surface in enumerate(
        (Surface.BRICK, Surface.PLASTER, Surface.FACADE, Surface.STONE, Surface.FACADE)
    ):
        colour = [
            (0.38, 0.17, 0.11),
            (0.62, 0.52, 0.38),
            (0.42, 0.38, 0.34),
            (0.5, 0.44, 0.34),
            (0.30, 0.31, 0.34),
        ][k]
        height = [6.5, 8.0, 17.0, 7.0, 22.0][k]
        parts.append(
            box(
                (-16 + 8 * k, height / 2, -13),
                (7.6, height, 5),
                albedo=colour,
                surface=surface,
                roughness=0.9,
            )
        )
    parts.append(
        box(
            (-13, 4, -2),
            (4, 8, 14),
            albedo=(0.55, 0.46, 0.36),
            surface=Surface.PLASTER,
            roughness=0.9,
        )
    )
    for k in range(6):
        profile = [
            (0.45, 0),
            (0.45, 0.25),
            (0.34, 0.35),
            (0.30, 1.8),
            (0.27, 3.4),
            (0.40, 3.55),
            (0.40, 3.8),
            (0.0, 3.8),
        ]
        smooth = np.array([(r, y) for (r, y) in profile])
        parts.append(
            lathe(
                smooth,
                segments=int(28 * detail),
                albedo=(0.62, 0.57, 0.48),
                surface=Surface.STONE,
                roughness=0.8,
            ).transformed(_shift(-6 + 2.8 * k, -6))
        )
    parts.append(
        box(
            (1, 4.0, -6),
            (16, 0.4, 1.1),
            albedo=(0.6, 0.55, 0.46),
            surface=Surface.STONE,
            roughness=0.8,
        )
    )
    for _ in range(int(70 * detail)):
        x, z = rng.uniform(5, 26), rng.uniform(-8, 14)
        if rng.random() < 0.5:
            x = -x
        parts.append(
            ball(
                (x, rng.uniform(1.8, 3.2), z),
                tuple(rng.uniform(0.5, 1.3, 3)),
                rings=int(10 * detail) + 4,
                albedo=(0.10, 0.19, 0.05),
                surface=Surface.FOLIAGE,
            )
        )
        parts.append(
            lathe(
                [(0.14, 0), (0.1, 2.2)], segments=8, albedo=(0.16, 0.10, 0.06), surface=Surface.WOOD
            ).transformed(_shift(x, z))
        )
    parts.append(
        ball(
            (2.9, 0.5, 1.6),
            0.5,
            rings=int(40 * detail) + 8,
            albedo=(0.85, 0.65, 0.35),
            surface=Surface.METAL,
            roughness=0.18,
        )
    )
    parts.append(
        ball(
            (-2.7, 0.4, 2.0),
            0.4,
            rings=int(40 * detail) + 8,
            albedo=(0.55, 0.03, 0.04),
            surface=Surface.PAINT,
            roughness=0.2,
        )
    )
    parts.append(
        box(
            (3.9, 0.45, 0.3),
            (0.9, 0.9, 0.9),
            albedo=(0.40, 0.24, 0.12),
            surface=Surface.WOOD,
            roughness=0.7,
        )
    )
    parts.append(
        box(
            (-4.0, 1.0, 0.2),
            (1.6, 0.05, 0.8),
            albedo=(0.5, 0.3, 0.16),
            surface=Surface.WOOD,
            roughness=0.6,
        )
    )
    parts += [
        box((x, 0.5, z), (0.08, 1.0, 0.08), albedo=(0.4, 0.25, 0.14), surface=Surface.WOOD)
        for x in (-4.7, -3.3)
        for z in (-0.1, 0.5)
    ]
    parts.append(
        box(
            (7.5, 2.6, -5.3),
            (2.2, 0.7, 0.08),
            albedo=(1.0, 0.12, 0.35),
            surface=Surface.SCREEN,
            emission=5.0,
        )
    )
    parts.append(
        box(
            (-5.5, 2.2, -5.3),
            (1.2, 0.5, 0.08),
            albedo=(0.1, 0.8, 1.0),
            surface=Surface.SCREEN,
            emission=5.0,
        )
    )
    return merged(parts)


def day(*, azimuth: float = 0.9, elevation: float = 0.75) -> Atmosphere:
    """Return a bright day with heaped clouds."""
    return Atmosphere(
        sun=Sun(_direction(azimuth, elevation), (3.3, 2.95, 2.45)),
        sky=Sky((0.13, 0.30, 0.68), (0.50, 0.66, 0.86), (0.25, 0.22, 0.18), cloud_cover=0.42),
        fog=Fog((0.52, 0.62, 0.74), 0.0035, 0.05),
        ambient=Ambient((0.46, 0.58, 0.78), (0.24, 0.20, 0.16)),
        grade=Grade(exposure=0.52),
    )


def sunset() -> Atmosphere:
    """Return low warm light through haze."""
    return Atmosphere(
        sun=Sun(_direction(2.5, 0.15), (3.6, 1.75, 0.70)),
        sky=Sky((0.16, 0.21, 0.42), (0.75, 0.45, 0.30), (0.16, 0.12, 0.10), cloud_cover=0.5),
        fog=Fog((0.42, 0.30, 0.26), 0.0045, 0.05),
        ambient=Ambient((0.30, 0.31, 0.42), (0.20, 0.14, 0.10)),
        grade=Grade(
            exposure=0.85,
            bloom=0.16,
            shadow_tint=(0.97, 0.99, 1.06),
            highlight_tint=(1.03, 1.0, 0.95),
        ),
    )


def wet_night() -> Atmosphere:
    """Return rain at night, lit by windows and signs."""
    return Atmosphere(
        sun=Sun(_direction(0.9, 0.9), (0.10, 0.13, 0.20)),
        sky=Sky(
            (0.006, 0.010, 0.026),
            (0.035, 0.035, 0.06),
            (0.01, 0.01, 0.015),
            cloud_cover=0.55,
            star_strength=0.8,
            sun_disc=1.0,
            moon=1.0,
        ),
        fog=Fog((0.030, 0.032, 0.055), 0.012, 0.03),
        ambient=Ambient((0.05, 0.06, 0.10), (0.03, 0.022, 0.022)),
        grade=Grade(exposure=1.35, bloom=0.25),
        wetness=1.0,
        lit_windows=0.45,
    )


NIGHT_LAMPS = (
    Lamp((7.5, 2.4, -4.9), (14.0, 1.7, 5.0), 12.0),
    Lamp((-5.5, 2.1, -4.9), (1.0, 7.0, 9.0), 10.0),
    Lamp((0.0, 5.0, 2.5), (26.0, 19.0, 11.0), 14.0, (0.0, -1.0, -0.25), 0.62),
)


def _direction(azimuth: float, elevation: float) -> Vector:
    return (
        math.sin(azimuth) * math.cos(elevation),
        math.sin(elevation),
        math.cos(azimuth) * math.cos(elevation),
    )


def rain(time_s: float, *, count: int = 1400) -> Particles:
    """Return streaks that fall through a box around the square."""
    rng = np.random.default_rng(9)
    start = rng.random((count, 3)) * (24, 9, 22) - (12, 0, 12)
    start[:, 1] = (start[:, 1] - 8.5 * time_s) % 9.0
    n = np.ones(count, np.float32)
    return Particles(
        positions=start.astype(np.float32),
        velocity_streak=np.tile(np.array([0.03, -0.34, 0.0], np.float32), (count, 1)),
        size_m=0.006 * n,
        colour=np.tile(np.array([0.30, 0.33, 0.40], np.float32), (count, 1)),
        opacity=0.1 * n,
    )


def poses(time_s: float) -> tuple[tuple[Transforms, ...], tuple[Scalars, ...]]:
    """Return bones and morphs of the three figures, shifting their weight and waving."""
    bones, morphs = [], []
    for k, (x, z) in enumerate(FIGURE_PLACES):
        swing = math.sin(time_s * 2.2 + k * 2.0)
        place = _shift(x, z) @ _turn(1, 0.4 * (1 - k))
        own = [np.eye(4) for _ in range(6)]
        own[1] = _about((0, 1.5, 0), _turn(1, 0.25 * swing))
        own[2] = _about(
            (0.24, 1.4, 0), _turn(2, 0.15 + (1.9 + 0.3 * swing if k == 2 else 0.1 * swing))
        )
        own[3] = _about((-0.24, 1.4, 0), _turn(2, -0.15 - 0.1 * swing))
        bones.append(np.array([(place @ m)[:3] for m in own], np.float32))
        morphs.append(np.array([0.5 + 0.5 * swing], np.float32))
    return tuple(bones), tuple(morphs)


def _turn(axis: int, angle: float) -> Matrix:
    matrix = np.eye(4)
    a, b = [(1, 2), (2, 0), (0, 1)][axis]
    matrix[a, a] = matrix[b, b] = math.cos(angle)
    matrix[b, a], matrix[a, b] = math.sin(angle), -math.sin(angle)
    return matrix


def _about(point: Vector, matrix: Matrix) -> Matrix:
    there, back = np.eye(4), np.eye(4)
    there[:3, 3], back[:3, 3] = point, -np.asarray(point)
    return there @ matrix @ back


WIDE = Camera((0.6, 1.55, 8.2), (0.1, 1.55, -2.0), math.radians(40))
CLOSE = Camera(
    (0.35, 1.62, 1.35), (0.18, 1.58, 0.0), math.radians(26), focus_distance_m=1.27, aperture=0.03
)


def frame(
    atmosphere: Atmosphere,
    camera: Camera,
    time_s: float = 0.0,
    *,
    lamps: tuple[Lamp, ...] = (),
    particles: Particles | None = None,
) -> Frame:
    """Return one frame of the square."""
    bones, morphs = poses(time_s)
    return Frame(
        time_s=time_s,
        camera=camera,
        atmosphere=atmosphere,
        lamps=lamps,
        particles=particles or Particles(),
        bones=bones,
        morphs=morphs,
        grain_seed=int(time_s * 24) + 1,
    )


def figures() -> list[Rigged]:
    """Return the three figures."""
    return [
        figure(),
        figure(cloth=(0.10, 0.16, 0.32), skin=(0.30, 0.17, 0.11)),
        figure(cloth=(0.55, 0.50, 0.42), skin=(0.55, 0.38, 0.27)),
    ]
