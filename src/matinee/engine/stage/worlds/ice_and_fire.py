"""Ice and fire: a ski slope, the polar sea, a volcano."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import plants
from matinee.engine.stage.parts.finish import Finish, fractal, rgb
from matinee.engine.stage.parts.solids import (
    boulder,
    box,
    boxes,
    grid_triangles,
    placed,
    shape,
    tube,
)
from matinee.engine.stage.weather import Air, Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import driving, floating
from matinee.engine.stage.worlds.scenery import snowed
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Ground,
    Hill,
    Level,
    Swell,
    path_through,
)
from matinee.engine.stage.worlds.waters import rocks

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

SNOW = Finish(rgb("#e6ebf2"), Surface.SNOW, 0.9)


# --- ski slope ------------------------------------------------------------------------------------


def _ski_things(set_: Scenery, _rng: np.random.Generator) -> None:
    steel = Finish(rgb("#5a626a"), Surface.METAL, 0.5)
    for number, z in enumerate((8.0, -16.0, -40.0, -64.0)):
        y = set_.foot(9.0, z)
        set_.add(
            tube([(9.0, y - 0.4, z), (9.0, y + 8.0, z)], [0.28, 0.2], steel, sides=8),
            boxes([(9.0, y + 7.9, z)], (1.9, 0.12, 0.16), steel),
        )
        if number < 2:
            set_.post(9.0, z, 0.35, 8.0)
    y0, y1 = (set_.foot(9.0, z) + 7.8 for z in (8.0, -64.0))
    for side in (-1.7, 1.7):
        set_.add(
            tube([(9.0 + side, y0, 8.0), (9.0 + side, y1, -64.0)], 0.03, steel.times(0.5), sides=3)
        )
    seat = _chair()
    for number in range(6):
        side = -1.7 if number % 2 else 1.7
        up_end, low_end = (9.0 + side, y1 - 2.2, -64.0), (9.0 + side, y0 - 2.2, 8.0)
        way = (low_end, up_end) if side > 0 else (up_end, low_end)
        set_.move(
            f"chair{number}",
            seat,
            driving(way[0], way[1], 2.4, offset_m=24.0 * (number // 2) + 9.0),
        )
    for x, z in ((-3.2, -7.0), (2.6, -14.0), (-3.6, -22.0), (2.9, -31.0), (-3.4, -41.0)):
        y = set_.foot(x, z)
        tone = Finish(rgb("#c8302a") if x < 0 else rgb("#2a5ac8"), Surface.CLOTH, 0.8)
        set_.add(
            tube([(x, y, z), (x, y + 1.8, z)], 0.02, tone, sides=5),
            box((x + 0.3, y + 1.45, z), (0.3, 0.2, 0.01), tone),
        )
    if not set_.conditions.snowy:
        set_.airs.append(Air(120, 16.0, (0.8, -0.15, 0.3), 0.012, (0.8, 0.85, 0.95), 0.3, 0.4, 2.2))


def _chair() -> Mesh:
    steel, pad = (
        Finish(rgb("#3a3f45"), Surface.METAL, 0.5),
        Finish(rgb("#22262c"), Surface.CLOTH, 0.9),
    )
    return merged(
        [
            tube([(0, 2.2, 0), (0, 0.9, -0.3), (0, 0.0, -0.25)], 0.035, steel, sides=5),
            box((0, 0.0, 0), (0.8, 0.04, 0.24), pad),
            box((0, 0.35, -0.24), (0.8, 0.26, 0.03), pad),
        ]
    )


SKI_SLOPE = Landscape(
    ground=Ground(
        SNOW,
        features=(
            Swell(4.0, 40.0, calm_m=9.0),
            Bank((0.0, -6.0), np.pi, 110.0, -15.0),
            Bank((0.0, 8.0), 0.0, 60.0, 18.0),
            Swell(0.25, 3.0, calm_m=3.0),
        ),
        covers=(Cover(rgb("#c3cfe0"), None, patch_m=6.0, share=0.4, most=0.7),),
        far_m=200.0,
        blotch=0.05,
    ),
    climate=Climate(
        density_per_m=0.0016,
        haze=(0.95, 1.0, 1.1),
        sunset_yaw=2.5,
        exposure=0.8,
        bounce=(1.6, 1.8, 2.2),
    ),
    growth=(
        Scatter(
            lambda rng: _snowy_spruce(8.5, rng),
            90,
            (-60.0, -80.0, -8.0, 20.0),
            clear_m=8.0,
            solid_m=0.5,
            kinds=3,
            spacing_m=3.4,
            steep=0.8,
            patch_m=14.0,
            share=0.75,
        ),
        Scatter(
            lambda rng: _snowy_spruce(8.5, rng),
            80,
            (13.0, -80.0, 60.0, 20.0),
            clear_m=8.0,
            solid_m=0.5,
            kinds=3,
            spacing_m=3.4,
            steep=0.8,
            patch_m=14.0,
            share=0.75,
        ),
        Scatter(
            rocks(0.6, Finish(rgb("#6d6a68"), Surface.EARTH, 0.9)),
            16,
            (-20.0, -40.0, 20.0, 10.0),
            clear_m=6.0,
            scale=(0.5, 2.0),
            solid_m=0.6,
            solid_height_m=1.0,
        ),
    ),
    far=(
        Hills(
            190.0,
            430.0,
            190.0,
            Finish(rgb("#5f6670"), Surface.EARTH, 0.9),
            seed=12,
            foot_m=0.0,
            snowline_m=26.0,
            columns=120,
        ),
        Hills(
            520.0,
            980.0,
            460.0,
            Finish(rgb("#6a707a"), Surface.EARTH, 0.9),
            seed=5,
            foot_m=-40.0,
            snowline_m=90.0,
            columns=120,
        ),
    ),
    things=_ski_things,
    walk=((-4.6, -0.8), (4.6, -0.8)),
    keep_in=Space((-8.0, 0.2, -9.0), (8.0, 9.0, 13.0)),
    underfoot="snow",
    ambience="snow_wind",
    back_z=-4.5,
)


def _snowy_spruce(height_m: float, rng: np.random.Generator) -> Mesh:
    return snowed(plants.conifer(height_m, rng=rng, tiers=7))


# --- ice ------------------------------------------------------------------------------------------


def _ice_things(set_: Scenery, rng: np.random.Generator) -> None:
    for number, (x, z, size, tall) in enumerate(
        (
            (-26.0, -46.0, 13.0, 14.0),
            (20.0, -62.0, 16.0, 22.0),
            (48.0, -54.0, 12.0, 10.0),
            (-58.0, -80.0, 22.0, 26.0),
            (2.0, -110.0, 24.0, 30.0),
        )
    ):
        set_.move(
            f"berg{number}",
            placed(_berg(size, tall, number), (0, 0, 0)),
            floating((x, 0.0, z), number * 1.3, 13.0 + number, number, heave_m=0.12),
        )
    floes = [(rng.uniform(-40, 40), rng.uniform(-60, -14)) for _ in range(26)]
    for number, (x, z) in enumerate(floes):
        size = float(rng.uniform(0.8, 3.0))
        plate = placed(boulder(size, SNOW, seed=number, level=1), scale=(1.0, 0.16, 1.0))
        set_.add_bare(placed(plate, (x, 0.0, z)))
    set_.airs.append(Air(260, 18.0, (1.6, -0.2, 0.4), 0.012, (0.7, 0.75, 0.85), 0.28, 0.3, 1.8))


def _berg(size_m: float, tall_m: float, seed: int) -> Mesh:
    ice = boulder(
        1.0, Finish(rgb("#cfe2ee"), Surface.SNOW, 0.5), seed=seed + 3, level=3, rough=0.55
    )
    y = ice.positions[:, 1:2]
    deep = np.array(rgb("#5fa6c4"))
    blue = np.clip(0.55 - y * 1.2, 0, 1) * np.clip(1.2 - ice.normals[:, 1:2], 0, 1)
    tinted = replace(ice, albedo=(ice.albedo * (1 - blue) + deep * blue).astype(np.float32))
    return placed(tinted, (0, 0.1 * tall_m, 0), scale=(size_m, tall_m, size_m * 0.8))


ICE = Landscape(
    ground=Ground(
        SNOW,
        base_m=0.7,
        features=(
            Swell(1.2, 12.0, calm_m=6.0, sharp=True),
            Hill((-16.0, -4.0), 11.0, 6.0, rough=0.7, power=0.7),
            Hill((17.0, 2.0), 12.0, 8.0, rough=0.7, power=0.7),
            Hill((0.0, 32.0), 22.0, 14.0, rough=0.6, power=0.7),
            Bank((0.0, -8.6), np.pi, 2.2, 3.0, wander_m=2.0, cell_m=8.0),
        ),
        covers=(
            Cover(rgb("#8fc3dc"), None, steep=(0.12, 2.0)),
            Cover(rgb("#c6dae8"), None, patch_m=3.0, share=0.45),
            Cover(rgb("#6fb0cc"), None, height=(-9.0, 0.1)),
        ),
        near_m=20.0,
        cell_m=0.7,
        far_m=80.0,
        blotch=0.05,
    ),
    climate=Climate(
        density_per_m=0.0032,
        haze=(0.9, 1.0, 1.14),
        sunset_yaw=2.8,
        exposure=0.82,
        bounce=(1.3, 1.7, 2.2),
    ),
    water=(Water((-300.0, -420.0, 300.0, 10.0), rgb("#123c54")),),
    growth=(
        Scatter(
            lambda rng: boulder(
                0.5,
                Finish(rgb("#bcd8e8"), Surface.SNOW, 0.5),
                seed=int(rng.integers(0, 60)),
                level=1,
            ),
            60,
            (-18.0, -9.0, 18.0, 12.0),
            clear_m=3.5,
            scale=(0.25, 1.7),
            steep=0.9,
        ),
    ),
    far=(
        Hills(
            260.0,
            520.0,
            110.0,
            Finish(rgb("#8f9aa8"), Surface.EARTH, 0.9),
            seed=21,
            foot_m=-2.0,
            snowline_m=5.0,
            columns=110,
        ),
    ),
    things=_ice_things,
    walk=((-4.6, -0.6), (4.6, -0.6)),
    keep_in=Space((-8.0, 0.9, -6.5), (8.0, 8.0, 12.0)),
    underfoot="snow",
    ambience="snow_wind",
    mirror=True,
    back_z=-4.0,
)


# --- volcano --------------------------------------------------------------------------------------

_LAVA = Finish(rgb("#ff6a1a"), Surface.SCREEN, 0.9, 3.6)
_FLOW = (
    (-16.0, -206.0),
    (-20.0, -150.0),
    (-8.0, -104.0),
    (-16.0, -70.0),
    (-4.0, -42.0),
    (-8.0, -22.0),
    (5.0, -13.0),
    (16.0, -9.0),
    (34.0, 0.0),
)


def _volcano_things(set_: Scenery, _rng: np.random.Generator) -> None:
    points, _ = path_through(_FLOW, 2.6)
    away = np.hypot(points[:, 0], points[:, 1])
    wide = 1.3 + 0.03 * away + 0.7 * np.sin(np.arange(len(points)) * 0.9)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.stack([-along[:, 1], along[:, 0]], -1)
    edges = np.stack([points + side * wide[:, None] * share for share in (-1, -0.4, 0.4, 1)], 0)
    y = set_.height(edges[..., 0], edges[..., 1])
    y = y.max(axis=0, keepdims=True) + 0.05 + 0.06 * np.array([-1, 1, 1, -1])[:, None]
    grid = np.stack([edges[..., 0], y, edges[..., 1]], -1)
    ribbon = shape(grid.reshape(-1, 3), grid_triangles(4, len(points)), _LAVA)
    if ribbon.normals[:, 1].mean() < 0:
        ribbon = shape(grid.reshape(-1, 3), grid_triangles(4, len(points))[:, ::-1], _LAVA)
    crust = np.clip(0.5 + 2.2 * fractal(ribbon.positions, cell_m=2.2, seed=3), 0, 1)
    hot = (
        np.array(rgb("#ff8a24")) * (1 - crust[:, None]) + np.array(rgb("#c22208")) * crust[:, None]
    )
    set_.add_bare(
        replace(
            ribbon, albedo=hot.astype(np.float32), emission=(4.2 - 3.0 * crust).astype(np.float32)
        )
    )
    for x, _, z in grid[1, ::4]:
        if -60 < z < 10:
            foot = set_.foot(x, z)
            set_.lamp(
                Practical((float(x), foot + 0.8, float(z)), (9.0, 2.4, 0.4), 13.0, size_m=1.2)
            )
    set_.block((14.0, 0.5, -9.0), (9.0, 0.8, 3.0), -0.5)
    glow = 0.9 if set_.conditions.dark else 0.5
    top = (-16.0, 50.0, -230.0)
    ash = (0.10, 0.08, 0.075) if set_.conditions.dark else (0.22, 0.19, 0.18)
    set_.airs += [
        Plume(top, 70, 26.0, (2.2, 3.2, 0.4), (8.0, 1.0, 8.0), 34.0, 13.0, 4.2, ash, 0.42),
        Plume(
            (0.0, 60.0, -150.0),
            70,
            3.6,
            (0.3, 9.0, 0.2),
            (4.0, 0.5, 4.0),
            9.0,
            0.5,
            0.4,
            (3.0, 0.9, 0.15),
            0.0,
        ),
        Air(
            130, 16.0, (0.7, 0.7, 0.2), 0.016, (2.4 * glow, 0.8 * glow, 0.15 * glow), 0.0, 0.6, 2.3
        ),
        Air(160, 16.0, (0.5, -0.4, 0.1), 0.016, (0.06, 0.055, 0.05), 0.5, 0.4, 3.0),
    ]
    set_.lamps.append(Lamp((5.5, 1.4, -4.6), (5.0, 1.3, 0.25), 12.0))


VOLCANO = Landscape(
    ground=Ground(
        Finish(rgb("#2e2a28"), Surface.EARTH, 0.9),
        features=(
            Swell(2.6, 14.0, calm_m=6.0, octaves=4),
            Hill((-16.0, -230.0), 110.0, 72.0, power=1.25, rough=0.2),
            Hill((-16.0, -230.0), 22.0, -26.0),
            Level((-5.0, -5.0, 5.0, 8.0), 0.0, 5.0),
        ),
        covers=(
            Cover(rgb("#4a3f3a"), None, patch_m=5.0, share=0.4),
            Cover(rgb("#1c1a1a"), Surface.EARTH, steep=(0.18, 2.0)),
        ),
        near_m=22.0,
        cell_m=0.8,
        growth=1.1,
        far_m=380.0,
        blotch=0.3,
    ),
    climate=Climate(
        density_per_m=0.0042,
        haze=(1.1, 0.82, 0.7),
        sunset_yaw=2.6,
        night_glow=(0.06, 0.016, 0.004),
        exposure=0.95,
        bounce=(1.2, 0.8, 0.7),
    ),
    growth=(
        Scatter(
            rocks(0.7, Finish(rgb("#262322"), Surface.EARTH, 0.9)),
            130,
            (-26.0, -40.0, 26.0, 12.0),
            clear_m=3.4,
            scale=(0.25, 2.0),
            steep=0.9,
            off=_FLOW,
            away_m=2.0,
        ),
        Scatter(
            lambda rng: plants.tree("oak", 3.6, rng=rng, bare=True),
            9,
            (-16.0, -22.0, 16.0, 10.0),
            clear_m=5.0,
            solid_m=0.2,
            kinds=2,
            off=_FLOW,
            away_m=3.0,
        ),
    ),
    far=(
        Hills(
            300.0, 640.0, 120.0, Finish(rgb("#3a3432"), Surface.EARTH, 0.9), seed=15, foot_m=-8.0
        ),
    ),
    things=_volcano_things,
    walk=((-5.0, -1.0), (4.4, -1.0)),
    keep_in=Space((-8.0, 0.3, -7.0), (7.0, 8.0, 13.0)),
    underfoot="gravel",
    ambience="fire",
    moonlit=False,
    back_z=-4.5,
)


BUILDERS = {
    "ski_slope": builder("ski_slope", SKI_SLOPE),
    "arctic": builder("arctic", ICE),
    "volcano": builder("volcano", VOLCANO),
}
