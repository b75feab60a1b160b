"""The bridge of a spaceship: consoles, a great window on a planet and stars, ribs of light."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    panel,
    placed,
    prism,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.motion import turning
from matinee.engine.stage.worlds.scenery import Scenery, around

_HULL = Finish(rgb("#9aa0a6"), Surface.PAINT, 0.4)
_DARK = Finish(rgb("#24282e"), Surface.PAINT, 0.45)
_CYAN = rgb("#5fd0ff")
_AMBER = rgb("#ffb35a")


def build(conditions: Conditions) -> World:
    """Build the bridge; space outside is always night."""
    rng = seed_of("spaceship", conditions.seed)
    set_ = Scenery("spaceship", Conditions("night", "clear", conditions.mood, conditions.seed))
    set_.add(*_hull(), *_ribs())
    _lights(set_)
    _window(set_)
    _consoles(set_, rng)
    set_.move("planet", _planet(), turning((-46.0, -6.0, -150.0), 400.0))
    for x in (-6.2, 6.2):
        set_.block((x, 1.5, -0.5), (0.4, 1.5, 7.5))
    set_.block((0, 1.5, -7.3), (6.0, 1.5, 0.4))
    set_.block((0, 1.5, 7.4), (6.0, 1.5, 0.4))
    set_.lamps += [
        Lamp((2.2, 2.5, 2.0), (2.6, 2.7, 2.8), 6.0),
        Lamp((-2.8, 1.8, -2.4), (0.8, 2.2, 3.4), 6.0),
        Lamp((3.0, 2.0, -2.6), (2.4, 1.4, 0.6), 5.5),
    ]
    built = set_.world(
        Climate(density_per_m=0.002, indoor=True, ambient=0.3, exposure=1.8, bloom=0.22),
        marks=(
            *around(-2.4),
            Mark("seat1", (-2.55, 0.0, -3.55), np.pi, 0.48),
            Mark("seat2", (2.55, 0.0, -3.55), np.pi, 0.48),
        ),
        walk=((0.0, -2.2), (0.0, 5.4)),
        keep_in=Space((-4.8, 0.3, -5.0), (4.8, 3.2, 6.6)),
        underfoot="metal",
        ambience="space_ship",
        floor_radius_m=1.5,
        shadow_radius_m=9.0,
        reach_m=4.0,
    )
    void = (0.0008, 0.001, 0.002)
    sky = replace(
        built.atmosphere.sky,
        zenith=void,
        horizon=void,
        ground=void,
        cloud_cover=0.0,
        moon=0.0,
        sun_disc=0.0,
    )
    return replace(built, atmosphere=replace(built.atmosphere, sky=sky))


def _hull() -> list[Mesh]:
    """Return a long hull of eight sides: floor, slanted walls, ceiling, bulkhead behind."""
    outline = np.array(
        [
            (-4.6, 0.0),
            (-5.8, 1.3),
            (-5.3, 2.9),
            (-3.2, 3.8),
            (3.2, 3.8),
            (5.3, 2.9),
            (5.8, 1.3),
            (4.6, 0.0),
        ]
    )
    parts = [
        panel(
            (-4.6, 0, 7.0),
            (9.2, 0, 0),
            (0, 0, -14.0),
            Finish(rgb("#4a4f56"), Surface.METAL, 0.5),
            cell_m=0.45,
        )
    ]
    for a, b in itertools.pairwise(outline):
        across = (b[0] - a[0], b[1] - a[1], 0)
        parts.append(panel((a[0], a[1], 7.0), (0, 0, -14.0), across, _HULL, cell_m=0.5))
    closing = prism(outline[::-1], 0.2, _HULL.times(0.9))
    parts.append(placed(closing, (0, 0, 7.1)))
    hatch = merged(
        [
            box((0, 1.25, 0), (0.85, 1.25, 0.06), _DARK, bevel_m=0.04),
            boxes(
                [(-0.43, 1.25, 0.07), (0.43, 1.25, 0.07)], (0.38, 1.1, 0.02), _HULL, bevel_m=0.03
            ),
            box((0, 1.25, 0.09), (0.015, 1.1, 0.01), Finish(_AMBER, Surface.SCREEN, 0.4, 3.0)),
        ]
    )
    parts.append(placed(hatch, (0, 0, 6.95), yaw=np.pi))
    seams = np.arange(-6.5, 7.0, 1.0)
    parts.append(
        boxes(np.stack([0 * seams, 0 * seams + 0.004, seams], -1), (4.6, 0.004, 0.012), _DARK)
    )
    return parts


def _ribs() -> list[Mesh]:
    line = np.array(
        [
            (-4.75, 0.05, 0),
            (-5.7, 1.3, 0),
            (-5.2, 2.85, 0),
            (-3.15, 3.7, 0),
            (3.15, 3.7, 0),
            (5.2, 2.85, 0),
            (5.7, 1.3, 0),
            (4.75, 0.05, 0),
        ]
    )
    return [
        tube(line + np.array((0, 0, z)), 0.16, _DARK, sides=6) for z in (-5.4, -2.6, 0.2, 3.0, 5.8)
    ]


def _lights(set_: Scenery) -> None:
    white, blue = (
        Finish(rgb("#e6f2ff"), Surface.SCREEN, 0.4, 3.0),
        Finish(_CYAN, Surface.SCREEN, 0.4, 2.6),
    )
    for x in (-1.6, 1.6):
        set_.add_bare(box((x, 3.77, 0.0), (0.09, 0.015, 6.4), white))
        set_.lamp(
            *(
                Practical((x, 3.6, z), (1.7, 1.9, 2.1), 8.0, (0.0, -1.0, 0.0), size_m=0.8)
                for z in (-4.6, -1.5, 1.5, 4.6)
            )
        )
    for x in (-4.66, 4.66):
        set_.add_bare(box((x, 0.07, 0.0), (0.02, 0.02, 6.8), blue))
        set_.lamp(
            *(
                Practical((x * 0.95, 0.15, z), (0.25, 0.7, 1.0), 4.0, size_m=0.6)
                for z in (-4.5, -1.5, 1.5, 4.5)
            )
        )
    for z in (-4.0, -1.2, 1.6, 4.4):
        for side in (-1, 1):
            at = (side * 5.62, 2.05, z)
            lit = [
                placed(
                    box(
                        (0, 0.12 * k - 0.18, 0),
                        (0.34 - 0.06 * (k % 3), 0.025, 0.008),
                        blue if k % 2 else Finish(_AMBER, Surface.SCREEN, 0.4, 2.0),
                    ),
                    at,
                    yaw=-side * np.pi / 2,
                )
                for k in range(4)
            ]
            set_.add(
                placed(
                    box((0, 0, -0.03), (0.55, 0.36, 0.04), _DARK, bevel_m=0.02),
                    at,
                    yaw=-side * np.pi / 2,
                )
            )
            set_.add_bare(*lit)


def _window(set_: Scenery) -> None:
    """Frame the view forward; there is nothing behind it but space."""
    z = -6.9
    set_.add(
        box((0, 0.35, z), (5.6, 0.35, 0.2), _HULL),
        box((0, 3.5, z), (5.4, 0.35, 0.2), _HULL),
        *(
            placed(
                box((0, 0, 0), (0.13, 1.75, 0.14), _DARK, bevel_m=0.03),
                (x, 1.95, z),
                roll=-0.1 * np.sign(x),
            )
            for x in (-5.2, -1.9, 1.9, 5.2)
        ),
        box((0, 0.76, z + 0.1), (5.2, 0.06, 0.3), _DARK, bevel_m=0.03),
    )
    rng = seed_of("stars")
    way = rng.normal(size=(420, 3))
    way[:, 2] = -np.abs(way[:, 2]) - 0.35
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    star = ball((0, 0, 0), 0.5, Finish(rgb("#ffffff"), Surface.SCREEN, 0.5, 5.0), level=0)
    set_.add_bare(copies(star, way * 380 + np.array((0, 4, 0)), scale=rng.uniform(0.35, 1.1, 420)))


def _planet() -> Mesh:
    globe = ball((0, 0, 0), 42.0, Finish(rgb("#35679a"), Surface.SCREEN, 0.9, 0.5), level=4)
    points = globe.positions
    land = np.clip(fractal(points, cell_m=26.0, seed=4) * 7, 0, 1)[:, None]
    cloud = np.clip(fractal(points * (1, 2.2, 1), cell_m=18.0, seed=9) * 6 - 0.2, 0, 1)[:, None]
    tone = np.asarray(rgb("#2f6a9f")) * (1 - land) + np.asarray(rgb("#7d7a4a")) * land
    tone = tone * (1 - 0.8 * cloud) + np.asarray(rgb("#dfe8ee")) * 0.8 * cloud
    # The light side is fixed to the globe; it turns too slowly for anyone to notice.
    day = np.clip(globe.normals @ np.array((0.72, 0.35, 0.6)) * 1.3 + 0.12, 0.015, 1)[:, None]
    return recoloured(globe, np.clip(tone * day, 0.002, 0.9))


def _consoles(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, yaw in (
        (-2.6, -4.6, np.pi),
        (2.6, -4.6, np.pi),
        (-4.2, 0.9, np.pi / 2 + 0.2),
        (4.2, 0.9, -np.pi / 2 - 0.2),
    ):
        set_.add(placed(_console(rng, glow=False), (x, 0, z), yaw=yaw))
        set_.add_bare(placed(_console(rng, glow=True), (x, 0, z), yaw=yaw))
        set_.block((x, 0.5, z), (1.0, 0.5, 0.5), yaw)
        ahead = (float(np.sin(yaw)), 0.0, float(np.cos(yaw)))
        set_.lamp(
            Practical(
                (x - ahead[0] * 0.1, 1.15, z - ahead[2] * 0.1), (0.5, 1.0, 1.3), 4.0, size_m=0.5
            )
        )
    for x in (-2.55, 2.55):
        set_.add(placed(_seat(), (x, 0, -3.55), yaw=np.pi))
        set_.post(x, -3.55, 0.4, 1.3)
    table = merged(
        [
            cylinder(0.75, 0.82, _DARK, sides=8, bevel_m=0.05),
            placed(
                ring(0.72, 0.02, Finish(_CYAN, Surface.SCREEN, 0.4, 4.0), sides=32), (0, 0.83, 0)
            ),
        ]
    )
    set_.add_bare(placed(table, (0, 0, -3.4)))
    holo = placed(
        ball((0, 0, 0), 0.28, Finish(_CYAN, Surface.SCREEN, 0.4, 0.9), level=1, faceted=True),
        (0, 0, 0),
    )
    set_.move("hologram", holo, turning((0.0, 1.35, -3.4), 8.0))
    set_.lamp(Practical((0.0, 1.3, -3.4), (0.6, 1.7, 2.2), 5.0, size_m=0.3))
    set_.post(0.0, -3.4, 0.8, 1.0)


def _console(rng: np.random.Generator, *, glow: bool) -> Mesh:
    """Return a console whose slanted top and screens face its user at -Z; glow gives its lights."""
    if not glow:
        line = [(-0.45, 0.0), (0.3, 0.0), (0.42, 0.72), (0.1, 0.95), (-0.1, 1.05), (-0.35, 0.95)]
        body = placed(prism(line, 1.9, _HULL, bevel_m=0.03), yaw=np.pi / 2)
        return merged([body, box((0, 0.06, 0.0), (0.92, 0.06, 0.3), _DARK)])
    lights = []
    slope = -0.62
    for k in range(3):
        shade = Finish((_CYAN, _AMBER, rgb("#7affb0"))[k], Surface.SCREEN, 0.4, 1.2)
        face = box((0, 0, 0), (0.26, 0.005, 0.12), shade)
        lights.append(placed(face, (-0.58 + 0.58 * k, 0.855, -0.265), tilt=slope))
    at = np.stack(
        [rng.uniform(-0.85, 0.85, 26), np.full(26, 0.0), rng.uniform(-0.06, 0.06, 26)], -1
    )
    keys = boxes(at, (0.02, 0.006, 0.014), Finish(rgb("#ffd9a0"), Surface.SCREEN, 0.4, 2.4))
    lights.append(placed(keys, (0, 0.745, -0.395), tilt=slope))
    return merged(lights)


def _seat() -> Mesh:
    cloth = Finish(rgb("#3a3f4a"), Surface.CLOTH, 0.8)
    return merged(
        [
            cylinder(0.26, 0.06, _DARK, sides=16),
            tube([(0, 0.05, 0), (0, 0.42, 0)], 0.06, _HULL, sides=8),
            box((0, 0.46, 0.02), (0.28, 0.06, 0.27), cloth, bevel_m=0.04),
            placed(
                box((0, 0.42, 0), (0.27, 0.44, 0.06), cloth, bevel_m=0.05),
                (0, 0.5, -0.27),
                tilt=-0.14,
            ),
            boxes(
                [(-0.32, 0.66, 0.0), (0.32, 0.66, 0.0)], (0.045, 0.03, 0.22), _DARK, bevel_m=0.02
            ),
            box((0, 1.42, -0.33), (0.15, 0.1, 0.05), cloth, bevel_m=0.03),
        ]
    )
