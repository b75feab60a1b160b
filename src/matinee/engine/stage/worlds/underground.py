"""Under the ground and under the sea: cave, mine, aquarium."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import fire, furniture, halls, masonry, things
from matinee.engine.stage.parts.finish import Finish, Floats, rgb
from matinee.engine.stage.parts.solids import (
    ball,
    boulder,
    box,
    boxes,
    copies,
    cylinder,
    panel,
    placed,
    quads,
    tube,
    two_sided,
)
from matinee.engine.stage.worlds import motion
from matinee.engine.stage.worlds.interior import SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.model import Space
from matinee.engine.stage.worlds.room import Shell, daylight

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_ROCK = Finish(rgb("#7a7066"), Surface.EARTH, 0.95)


def cave(conditions: Conditions) -> World:
    """Build a cave: rough vault, dripstone, a still pool, glowing crystals, day at its mouth."""
    plan = Plan(
        Shell(-7.0, 7.0, -18.0, 7.0, 7.5, cell_m=1.4),
        walls=_ROCK,
        floor=Finish(rgb("#6a6056"), Surface.EARTH, 0.95),
        ceiling=_ROCK,
        skirting=_ROCK,
        openings={"back": [masonry.Opening(4.4, 9.6, 0.0, 5.0, "hole")]},
        view="",
        exposure=2.1,
        ambient=0.2,
        sunset_yaw=np.pi * 0.95,
        key_turn=1.9,
        haze_per_m=0.006,
    )
    it = Interior("cave", conditions, plan)
    it.lit, it.power = True, 1.0
    it.outlook("back", "garden")
    daylight(it.set, it.room, "back", plan.openings["back"][0], strength=3.0)

    def radius(angle: Floats, z: Floats) -> Floats:
        wide = 5.2 + 0.9 * np.sin(z * 0.45) - 2.2 * np.clip((-z - 11) / 7, 0, 1)
        high = 4.3 + 0.6 * np.cos(z * 0.6) - 0.6 * np.clip((-z - 11) / 7, 0, 1)
        return np.asarray(1 / np.sqrt((np.cos(angle) / wide) ** 2 + (np.sin(angle) / high) ** 2))

    it.add(halls.cavern(radius, -17.9, 6.9, _ROCK, around=44, cell_m=0.62, rough_m=0.55, seed=3))
    rng = it.rng
    for _ in range(26):
        x, z = float(rng.uniform(-3.8, 3.8)), float(rng.uniform(-13, 4))
        if abs(x) > 1.0 or z < -3:
            y = 4.2 * np.sqrt(max(1 - (x / 5.4) ** 2, 0.05))
            it.add(
                placed(
                    halls.stalactite(
                        float(rng.uniform(0.5, 1.6)),
                        float(rng.uniform(0.08, 0.2)),
                        _ROCK.times(1.15),
                    ),
                    (x, y + 0.35, z),
                )
            )
    for k in range(18):
        s = -1 if k % 2 else 1
        x, z = s * float(rng.uniform(2.6, 4.4)), float(rng.uniform(-14, 4))
        size = float(rng.uniform(0.3, 0.9))
        it.stand(
            boulder(size, _ROCK.times(float(rng.uniform(0.85, 1.15))), seed=k, level=2),
            x,
            z,
            solid=size > 0.5,
        )
        if k % 3 == 0:
            it.add(
                placed(
                    tube([(0, 0, 0), (0.02, 0.9, 0)], [0.2, 0.02], _ROCK.times(1.1), sides=7),
                    (x * 0.9, 0, z + 0.9),
                )
            )
    it.add(
        placed(
            cylinder(2.1, 0.02, Finish(rgb("#2f7a8a"), Surface.WATER, 0.05), sides=30),
            (-2.6, 0.0, -6.4),
            scale=(1.0, 1, 1.6),
        )
    )
    for x, z, code in (
        (3.4, -4.6, "#4ac8ff"),
        (-3.6, -9.6, "#b06aff"),
        (3.6, -9.0, "#4affc8"),
        (-3.9, -1.6, "#4ac8ff"),
    ):
        it.add(placed(halls.crystal_cluster(rgb(code), rng, emission=1.5), (x, 0.1, z), scale=1.4))
        it.light((x * 0.92, 0.8, z), rgb(code), 2.8, reach_m=6.0, size_m=0.4)
    camp = merged(
        [
            *(
                tube(
                    [
                        (-0.3 * np.cos(a), 0.06, -0.3 * np.sin(a)),
                        (0.3 * np.cos(a), 0.1, 0.3 * np.sin(a)),
                    ],
                    0.045,
                    furniture.WALNUT,
                )
                for a in (0.2, 1.3, 2.4)
            ),
            *(
                placed(boulder(0.14, _ROCK, seed=k, level=1), (0.5 * np.sin(k), 0, 0.5 * np.cos(k)))
                for k in range(6)
            ),
        ]
    )
    it.stand(camp, 1.9, -2.4, tall_m=0.3)
    it.set.add_bare(
        *(placed(fire.flame(0.45 + 0.1 * k), (1.9 + 0.12 * (k - 1), 0.08, -2.4)) for k in range(3))
    )
    it.light((1.8, 0.7, -2.2), (1.0, 0.48, 0.16), 5.0, reach_m=9.0, size_m=0.5)
    it.mark_seat(2.9, -2.2, -1.2, 0.4)
    it.light((0, 3.4, 1.5), (0.7, 0.8, 1.0), 2.0, reach_m=8.0, size_m=0.9)
    it.motes((0.7, 0.75, 0.8), 120)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.2, -11.0), (0.2, 6.0)),
        underfoot="stone",
        ambience="cave",
        floor_radius_m=1.4,
        back_z=-5.0,
        keep_in=Space((-3.6, 0.4, -13.0), (3.6, 3.0, 6.4)),
        reach_m=6.0,
    )


def mine(conditions: Conditions) -> World:
    """Build a mine: timbered gallery, rails and an ore truck, lanterns, veins of gold."""
    rock = Finish(rgb("#75624f"), Surface.EARTH, 0.95)
    plan = Plan(
        Shell(-2.8, 2.8, -18.0, 6.0, 3.6, cell_m=1.2),
        walls=rock,
        floor=Finish(rgb("#55493c"), Surface.EARTH, 0.95),
        ceiling=rock,
        skirting=rock,
        view="",
        hour="night",
        ambient=0.05,
        exposure=2.2,
        haze_per_m=0.02,
        haze=(1.8, 1.2, 0.7),
    )
    it = Interior("mine", conditions, plan)

    def radius(angle: Floats, z: Floats) -> Floats:
        wide, high = 2.3 + 0.25 * np.sin(z * 0.8), 2.85 + 0.15 * np.cos(z * 1.1)
        return np.asarray(
            (np.abs(np.cos(angle) / wide) ** 3.2 + np.abs(np.sin(angle) / high) ** 3.2)
            ** (-1 / 3.2)
        )

    it.add(halls.cavern(radius, -17.9, 5.9, rock, around=36, cell_m=0.5, rough_m=0.32, seed=8))
    oak, rng = Finish(rgb("#6a4a2e"), Surface.WOOD, 0.85), it.rng
    for z in np.arange(-16.5, 5.5, 2.2):
        it.add(
            boxes([(s * 1.85, 1.15, z) for s in (-1, 1)], (0.11, 1.2, 0.11), oak, bevel_m=0.02),
            box((0, 2.38, z), (2.1, 0.12, 0.12), oak, bevel_m=0.02),
            *(tube([(s * 1.78, 1.75, z), (s * 1.2, 2.3, z)], 0.07, oak, sides=5) for s in (-1, 1)),
        )
        for s in (-1, 1):
            it.set.post(s * 1.85, float(z), 0.15, 2.4)
    it.add(boxes([(s * 1.5, 2.52, -6.0) for s in (-1, 0, 1)], (0.16, 0.03, 11.5), oak.times(0.9)))
    ties = np.arange(-17.5, 5.5, 0.7)
    it.add(
        boxes(
            np.stack([0 * ties - 0.55, 0 * ties + 0.03, ties], -1),
            (0.6, 0.035, 0.1),
            oak.times(0.8),
        ),
        boxes(
            [(-0.55 + s * 0.38, 0.1, -6.0) for s in (-1, 1)],
            (0.03, 0.04, 11.6),
            furniture.STEEL.times(0.6),
        ),
    )
    tub = quads(
        [
            [(-0.45, 0.35, 0.6), (0.45, 0.35, 0.6), (0.55, 1.0, 0.75), (-0.55, 1.0, 0.75)],
            [(0.45, 0.35, -0.6), (-0.45, 0.35, -0.6), (-0.55, 1.0, -0.75), (0.55, 1.0, -0.75)],
            [(0.45, 0.35, 0.6), (0.45, 0.35, -0.6), (0.55, 1.0, -0.75), (0.55, 1.0, 0.75)],
            [(-0.45, 0.35, -0.6), (-0.45, 0.35, 0.6), (-0.55, 1.0, 0.75), (-0.55, 1.0, -0.75)],
        ],
        Finish(rgb("#5a4a40"), Surface.METAL, 0.6),
    )
    ore = rng.uniform((-0.4, 0.92, -0.6), (0.4, 1.08, 0.6), (26, 3))
    truck = merged(
        [
            two_sided(tub),
            boxes([(0, 1.0, s * 0.75) for s in (-1, 1)], (0.57, 0.03, 0.03), furniture.BLACK_METAL),
            boxes([(s * 0.55, 1.0, 0) for s in (-1, 1)], (0.03, 0.03, 0.77), furniture.BLACK_METAL),
            box((0, 0.32, 0), (0.4, 0.04, 0.65), furniture.BLACK_METAL),
            *(
                placed(
                    cylinder(0.17, 0.06, furniture.BLACK_METAL, sides=14),
                    (s * 0.38 + 0.03, 0.2, z),
                    roll=np.pi / 2,
                )
                for s in (-1, 1)
                for z in (-0.4, 0.4)
            ),
            copies(boulder(0.15, rock.times(1.2), seed=2, level=1), ore),
            copies(
                boulder(0.1, Finish(rgb("#d8a83a"), Surface.METAL, 0.3), seed=4, level=1),
                ore[:9] + np.array((0.05, 0.1, 0)),
            ),
        ]
    )
    it.stand(truck, -0.55, -3.4)
    for k in range(12):
        x, z = (-1 if k % 2 else 1) * float(rng.uniform(1.5, 1.9)), float(rng.uniform(-14, 4))
        it.add(
            placed(
                boulder(float(rng.uniform(0.15, 0.4)), rock.times(1.1), seed=k, level=1), (x, 0, z)
            )
        )
    veins = [
        (s * (2.05 + 0.1 * np.sin(z)), y, z)
        for s in (-1, 1)
        for z in np.arange(-11, 2, 0.42)
        for y in (1.3 + 0.4 * np.sin(z * 1.7),)
    ]
    it.add(
        copies(
            boulder(0.085, Finish(rgb("#e0b040"), Surface.METAL, 0.25), seed=4, level=1),
            veins,
            scale=rng.uniform(0.6, 1.5, len(veins)),
        )
    )
    pick = merged(
        [
            tube([(0, 0, 0), (0.1, 0.95, 0)], 0.022, furniture.BEECH, sides=6),
            tube(
                [(-0.22, 0.82, 0), (0.1, 0.95, 0), (0.42, 0.86, 0)],
                [0.01, 0.035, 0.01],
                furniture.STEEL,
                sides=6,
            ),
        ]
    )
    it.add(placed(pick, (1.45, 0, -1.9), roll=0.2), placed(pick, (1.4, 0, -2.3), roll=0.3, yaw=0.6))
    it.stand(things.barrel(Finish(rgb("#7a5230"), Surface.WOOD, 0.7)), 1.3, -5.4)
    it.stand(things.crate(Finish(rgb("#8a6238"), Surface.WOOD, 0.8)), 1.35, -2.9, 0.3)
    it.top(1.35, 0.5, -2.9, 0.22, 0.22)
    it.mark_seat(1.3, -2.9, -0.9, 0.5)
    it.guests([(0.6, -9.6, 2.8)], clothes=[rgb("#6a4a2a")])
    lantern = things.lantern(furniture.BLACK_METAL)
    for k, z in enumerate(np.arange(-14.3, 5.5, 2.2)):
        s = -1 if k % 2 else 1
        it.set.add_bare(
            placed(lantern, (s * 1.45, 1.85, float(z))),
            ball(
                (s * 1.45, 2.0, float(z)),
                0.07,
                Finish(rgb("#ffc060"), Surface.SCREEN, 0.5, 6.0),
                level=1,
            ),
        )
        it.light((s * 1.3, 1.95, float(z)), WARM, 2.4, reach_m=6.0, size_m=0.25)
    it.light((0, 1.6, -17.0), (1.0, 0.8, 0.5), 3.0, way=(0, 0, 1.0), reach_m=8.0, size_m=0.6)
    it.motes((0.9, 0.7, 0.45), 160)
    it.keys(WARM, 1.0, spread=1.3)
    return it.world(
        walk=((0.5, -8.6), (0.3, 5.4)),
        underfoot="gravel",
        ambience="cave",
        floor_radius_m=1.0,
        back_z=-7.0,
        spread=0.85,
        keep_in=Space((-1.5, 0.4, -14.0), (1.5, 2.2, 5.4)),
        reach_m=5.0,
    )


def aquarium(conditions: Conditions) -> World:
    """Build the hall of an aquarium: a wall of blue water with fish and a ray, visitors."""
    plan = Plan(
        Shell(-7.0, 7.0, -8.5, 6.0, 4.8, cell_m=0.7),
        walls=Finish(rgb("#1a2a3f"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#26344a"), Surface.PAINT, 0.1),
        ceiling=Finish(rgb("#101a28"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        openings={"back": [masonry.Opening(1.2, 12.8, 0.5, 4.3, "hole")]},
        view="",
        hour="night",
        ambient=0.06,
        exposure=2.0,
        bloom=0.18,
        haze_per_m=0.008,
        haze=(0.6, 1.2, 2.2),
    )
    it = Interior("aquarium", conditions, plan)
    rows = np.linspace(0.0, 6.0, 9)
    for low, high in pairwise(rows):
        share = (low + high) / 12
        deep = (0.02 + 0.08 * share, 0.16 + 0.4 * share, 0.34 + 0.5 * share)
        it.set.add_bare(
            box(
                (0, (low + high) / 2, -14.6),
                (9.0, (high - low) / 2, 0.05),
                Finish(deep, Surface.SCREEN, 0.5, 1.2),
            )
        )
    sand, rng = Finish(rgb("#8a9a8a"), Surface.SAND, 0.95), it.rng
    it.add(
        panel((-9, 0.35, -8.7), (18, 0, 0), (0, 0, -5.9), sand, cell_m=0.7),
        *(
            box(
                (s * 7.6, 2.6, -11.6), (0.1, 2.6, 3.0), Finish(rgb("#12305a"), Surface.PLASTER, 0.9)
            )
            for s in (-1, 1)
        ),
    )
    for k in range(12):
        x, z = float(rng.uniform(-6.5, 6.5)), float(rng.uniform(-14, -10))
        it.add(
            placed(
                boulder(
                    float(rng.uniform(0.4, 1.2)),
                    Finish(rgb("#4a5a6a"), Surface.STONE, 0.95),
                    seed=k,
                    level=2,
                ),
                (x, 0.35, z),
            )
        )
    coral = ("#d95a6a", "#e0913a", "#b05ac0", "#e8c05a")
    for k in range(14):
        x, z = float(rng.uniform(-6, 6)), float(rng.uniform(-13, -9.6))
        tone = Finish(rgb(coral[k % 4]), Surface.PLAIN, 0.8, 0.25)
        it.add(
            *(
                tube(
                    [
                        (x, 0.4, z),
                        (x + 0.3 * np.sin(a), 0.75, z + 0.2 * np.cos(a)),
                        (x + 0.4 * np.sin(a + 0.4), 1.1 + 0.2 * np.sin(3 * a), z + 0.3 * np.cos(a)),
                    ],
                    [0.07, 0.05, 0.03],
                    tone,
                    sides=5,
                )
                for a in np.arange(5) * 1.25
            )
        )
    weed = Finish(rgb("#3f8a5a"), Surface.PLAIN, 0.8, 0.15)
    for x in (-5.4, -2.8, 1.4, 4.9):
        blades = merged(
            [
                tube(
                    [(dx, 0, dz), (dx + 0.1, 0.9, dz), (dx - 0.05, 2.1 + dx, dz)],
                    [0.05, 0.045, 0.01],
                    weed,
                    sides=4,
                )
                for dx, dz in rng.uniform(-0.35, 0.35, (8, 2))
            ]
        )
        it.set.move(
            f"weed{x}",
            placed(blades, (x, 0.35, -12.0)),
            motion.swaying(0.05, 4.0, x, about=(x, 0.35, -12.0)),
        )
    tones = ("#ffb03a", "#3ac8ff", "#ff6a4a", "#e8e83a", "#c86aff")
    for k in range(9):
        school = merged(
            [
                placed(_fish(rgb(tones[k % 5])), at, scale=float(rng.uniform(0.8, 1.5)))
                for at in rng.uniform((-0.9, -0.5, -0.5), (0.9, 0.5, 0.5), (5, 3))
            ]
        )
        it.set.move(
            f"fish{k}",
            school,
            motion.circling(
                (float(rng.uniform(-3, 3)), 1.3 + 0.33 * k, -11.6),
                float(rng.uniform(1.2, 2.4)),
                14.0 + 2.3 * k,
                k * 0.9,
            ),
        )
    ray = _ray()
    it.set.move("ray", ray, motion.circling((0.0, 3.2, -11.6), 2.3, 22.0, 1.0))
    it.add(
        boxes([(0, y, -8.5) for y in (0.5, 4.3)], (5.8, 0.06, 0.14), furniture.BLACK_METAL),
        boxes([(x, 2.4, -8.5) for x in (-5.8, 0.0, 5.8)], (0.05, 1.9, 0.1), furniture.BLACK_METAL),
    )
    it.guests([(-3.0, -6.9, np.pi), (-2.3, -6.8, 3.4), (2.8, -7.2, np.pi), (4.6, -6.4, 2.8)])
    bench = merged(
        [
            box(
                (0, 0.4, 0),
                (1.1, 0.06, 0.35),
                Finish(rgb("#2f4a6a"), Surface.CLOTH, 0.9),
                bevel_m=0.03,
            ),
            box((0, 0.18, 0), (0.9, 0.18, 0.25), furniture.BLACK_METAL),
        ]
    )
    for x in (-3.2, 3.2):
        it.seat(bench, x, -3.6, np.pi)
    for wall in ("left", "right"):
        for z in (-5.0, -1.4, 2.2):
            it.hang(
                wall,
                merged(
                    [
                        box((0, 0, 0), (1.0, 0.7, 0.03), furniture.BLACK_METAL),
                        box(
                            (0, 0, 0.03),
                            (0.94, 0.64, 0.01),
                            Finish(rgb("#1f7ab0"), Surface.SCREEN, 0.3, 1.3),
                        ),
                        *(
                            placed(
                                _fish(rgb(tones[int(z) % 5])),
                                (dx, dy, 0.06),
                                scale=0.7,
                                yaw=np.pi / 2,
                            )
                            for dx, dy in ((-0.5, 0.1), (0.1, -0.2), (0.5, 0.25))
                        ),
                    ]
                ),
                z,
                1.7,
            )
            it.light(it.at(wall, z, 1.7, 0.4), (0.25, 0.7, 1.0), 1.2, reach_m=4.5, size_m=0.5)
    for x in (-4.0, 0.0, 4.0):
        it.light((x, 5.6, -11.5), (0.4, 0.85, 1.0), 22.0, reach_m=10.0, down=True, size_m=1.2)
        it.light(
            (x, 2.4, -8.9), (0.15, 0.6, 1.0), 7.0, way=(0, -0.1, 0.99), reach_m=13.0, size_m=1.6
        )
    it.light((0, 4.4, 1.5), (0.35, 0.6, 1.0), 5.0, reach_m=9.0, down=True, size_m=1.0)
    it.fill((0.3, 0.6, 1.0), 5.0, places=((-3.0, -3.0), (3.0, 0.0), (0.0, 3.5)))
    it.keys((0.4, 0.7, 1.0), 1.1)
    return it.world(
        walk=((0.0, -5.6), (0.0, 5.4)),
        underfoot="tiles",
        ambience="underwater",
        floor_radius_m=1.6,
        back_z=-5.2,
    )


def _fish(colour: tuple[float, float, float]) -> Mesh:
    """Return a fish, 0.36 m long, that looks to +Z."""
    scales = Finish(colour, Surface.PAINT, 0.3, 0.25)
    fins = [
        [(0, 0, -0.14), (0, 0.09, -0.25), (0, 0, -0.21), (0, -0.09, -0.25)],
        [(0, 0.06, 0.05), (0, 0.06, -0.08), (0, 0.13, -0.1), (0, 0.12, 0.0)],
    ]
    return merged(
        [
            ball((0, 0, 0), (0.035, 0.075, 0.16), scales, level=2),
            two_sided(quads(fins, scales.times(0.8))),
            *(ball((s * 0.03, 0.02, 0.11), 0.012, furniture.BLACK_METAL, level=0) for s in (-1, 1)),
        ]
    )


def _ray() -> Mesh:
    """Return a ray, 1.8 m across, that looks to +Z."""
    back = Finish(rgb("#7f93b0"), Surface.PAINT, 0.5, 0.3)
    wing = [
        [(0, 0.02, 0.5), (0, 0.02, -0.5), (0.9, 0.16, -0.15), (0.9, 0.16, -0.1)],
        [(0, 0.02, -0.5), (0, 0.02, 0.5), (-0.9, 0.16, -0.1), (-0.9, 0.16, -0.15)],
    ]
    return merged(
        [
            two_sided(quads([q[::-1] for q in wing], back)),
            ball((0, 0, 0), (0.22, 0.08, 0.5), back, level=2),
            tube([(0, 0, -0.45), (0, 0.05, -1.3)], [0.03, 0.004], back, sides=5),
        ]
    )


BUILDERS = {
    "cave": cave,
    "mine": mine,
    "aquarium": aquarium,
}
"""Each place by its name."""
