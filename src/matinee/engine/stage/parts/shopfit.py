"""What shops, bars and games rooms are fitted with: shelves of goods, counters, rails, machines.

Fronts are towards +Z, backs at z = 0 unless it says otherwise; everything stands on y = 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import things
from matinee.engine.stage.parts.finish import Colour, Finish, picked, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, BRASS, CERAMIC, STEEL, WALNUT
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    quads,
    recoloured,
    ring,
    tube,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_GREY = Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.45)
PACKS = tuple(
    map(
        rgb,
        (
            "#c23a2a",
            "#e0a92a",
            "#2d6db0",
            "#3f8f4a",
            "#e8e2d2",
            "#7a3f8a",
            "#d96a2a",
            "#2a2f3a",
            "#d7a0a8",
        ),
    )
)
SWEETS = tuple(map(rgb, ("#e84a5f", "#ffd23f", "#3bceac", "#3a86ff", "#8338ec", "#fb8500")))
FRUIT = tuple(map(rgb, ("#b8231c", "#e08a1c", "#7fae2e", "#e3c02a", "#6a2a5a", "#c9d66a")))
GARB = tuple(
    map(
        rgb,
        ("#22304a", "#8a2a33", "#d8cdb8", "#4f5d44", "#b98a4e", "#1f2226", "#a8b4bf", "#c77f8a"),
    )
)


def goods_shelf(
    width_m: float,
    height_m: float,
    rng: np.random.Generator,
    *,
    colours: Sequence[Colour] = PACKS,
    depth_m: float = 0.42,
    rows: int = 5,
    frame: Finish = STEEL,
    pack_m: tuple[float, float] = (0.1, 0.22),
) -> Mesh:
    """Return a shelf of packets and tins in runs of a kind, as shops set them out."""
    x, y = width_m / 2, np.linspace(0.12, height_m - 0.32, rows)
    at, half, shade = [], [], []
    for level in y:
        gap, left = (height_m - 0.2) / rows - 0.05, -x + 0.06
        while left < x - 0.12:
            size = float(rng.uniform(*pack_m))
            tall, tone = gap * float(rng.uniform(0.5, 0.92)), picked(rng, colours, 1)[0]
            for _ in range(int(rng.integers(2, 4))):
                if left + size > x - 0.03:
                    break
                at.append((left + size / 2, level + 0.015 + tall / 2, depth_m - 0.13))
                half.append((size * 0.46, tall / 2, 0.11))
                shade.append(tone * rng.uniform(0.92, 1.06))
                left += size
            left += 0.015
    return merged(
        [
            boxes(np.stack([0 * y, y, 0 * y + depth_m / 2], -1), (x, 0.015, depth_m / 2), frame),
            boxes(
                [(s * x, height_m / 2, depth_m / 2) for s in (-1, 1)],
                (0.018, height_m / 2, depth_m / 2),
                frame,
            ),
            box((0, height_m / 2, 0.01), (x, height_m / 2, 0.01), frame.times(0.7)),
            box((0, height_m - 0.06, depth_m - 0.02), (x, 0.07, 0.012), frame.times(0.9)),
            boxes(at, half, _GREY, colours=np.clip(shade, 0.01, 0.9)),
            *_labels(at, half),
            boxes(
                np.stack([0 * y, y, 0 * y + depth_m + 0.004], -1),
                (x, 0.022, 0.004),
                Finish(rgb("#e8dfb8"), Surface.PLAIN, 0.7),
            ),
        ]
    )


def _labels(at: Sequence[Sequence[float]], half: Sequence[Sequence[float]]) -> list[Mesh]:
    """Return pale labels on the fronts of every second of the taller packs."""
    chosen = [k for k in range(0, len(at), 2) if half[k][1] > 0.09]
    if not chosen:
        return []
    middle, size = np.asarray(at)[chosen], np.asarray(half)[chosen]
    corners = np.array([(-0.8, -0.25), (0.8, -0.25), (0.8, 0.3), (-0.8, 0.3)])
    x = middle[:, :1] + corners[:, 0] * size[:, :1]
    y = middle[:, 1:2] + corners[:, 1] * size[:, 1:2]
    z = np.broadcast_to(middle[:, 2:] + size[:, 2:] + 0.003, x.shape)
    return [quads(np.stack([x, y, z], -1), Finish(rgb("#e9e2d0"), Surface.PLAIN, 0.7))]


def island_shelf(
    width_m: float, height_m: float, rng: np.random.Generator, *, colours: Sequence[Colour] = PACKS
) -> Mesh:
    """Return a shelf with goods on both sides, centred on the origin."""
    one = goods_shelf(width_m, height_m, rng, colours=colours, rows=4, pack_m=(0.16, 0.3))
    return merged([one, placed(one, yaw=np.pi)])


def chiller(width_m: float, rng: np.random.Generator) -> Mesh:
    """Return a lit cooling wall of bottles and cartons, 2.1 m high."""
    cold = Finish(rgb("#dff1ff"), Surface.SCREEN, 0.4, 2.2)
    x = width_m / 2
    return merged(
        [
            goods_shelf(
                width_m - 0.1,
                2.0,
                rng,
                depth_m=0.5,
                rows=5,
                colours=tuple(map(rgb, ("#e8f0f2", "#2d6db0", "#3f8f4a", "#d8c27a", "#c23a2a"))),
                frame=Finish(rgb("#e6e9ea"), Surface.PAINT, 0.3),
            ),
            boxes([(s * x, 1.05, 0.3) for s in (-1, 1)], (0.03, 1.05, 0.32), STEEL),
            box((0, 2.12, 0.32), (x + 0.03, 0.1, 0.34), STEEL.times(0.8)),
            box((0, 2.0, 0.55), (x - 0.05, 0.01, 0.03), cold),
        ]
    )


def produce_stand(
    width_m: float, rng: np.random.Generator, *, colours: Sequence[Colour] = FRUIT
) -> Mesh:
    """Return a sloping stand of crates heaped with fruit, 0.9 m high at its back."""
    crates = max(2, round(width_m / 0.55))
    wide, wood = width_m / crates, Finish(rgb("#a9804e"), Surface.WOOD, 0.8)
    fruit = ball((0, 0, 0), 0.05, Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.5), level=1)
    parts = []
    for number in range(crates):
        cx = -width_m / 2 + wide * (number + 0.5)
        for z, y in ((0.62, 0.48), (0.26, 0.68)):
            parts.append(box((cx, y, z), (wide / 2 - 0.02, 0.09, 0.17), wood, bevel_m=0.01))
            u, v = np.meshgrid(np.linspace(-1, 1, 4), np.linspace(-1, 1, 3))
            spots = np.stack([cx + u * (wide / 2 - 0.08), y + 0.1 + 0 * u, z + v * 0.11], -1)
            heap = spots.reshape(-1, 3) + rng.normal(0, 0.012, (12, 3))
            tone = colours[int(rng.integers(0, len(colours)))]
            parts.append(recoloured(copies(fruit, heap), tone))
    parts.append(box((0, 0.22, 0.42), (width_m / 2, 0.22, 0.36), wood.times(0.7)))
    return merged(parts)


def clothes_rail(
    width_m: float, rng: np.random.Generator, *, colours: Sequence[Colour] = GARB
) -> Mesh:
    """Return a rail of garments on hangers, 1.5 m high, centred on the origin."""
    x = np.arange(-width_m / 2 + 0.1, width_m / 2 - 0.05, 0.07)
    drop = np.repeat(rng.uniform(0.36, 0.5, 1 + len(x) // 4), 4)[: len(x)]
    tone = np.repeat(picked(rng, colours, 1 + len(x) // 4), 4, axis=0)[: len(x)]
    body = np.stack([x, 1.38 - drop, 0 * x], -1)
    half = np.stack([0 * x + 0.026, drop, 0 * x + 0.2], -1)
    cloth = Finish((0.5, 0.5, 0.5), Surface.CLOTH, 0.95)
    hooks = np.stack([x, 0 * x + 1.43, 0 * x], -1)
    return merged(
        [
            boxes(body, half, cloth, bevel_m=0.018, colours=tone),
            boxes(hooks, (0.004, 0.06, 0.006), STEEL),
            tube(
                [
                    (-width_m / 2, 0, 0),
                    (-width_m / 2, 1.48, 0),
                    (width_m / 2, 1.48, 0),
                    (width_m / 2, 0, 0),
                ],
                0.016,
                BLACK_METAL,
                sides=6,
            ),
            boxes([(s * width_m / 2, 0.015, 0) for s in (-1, 1)], (0.03, 0.015, 0.25), BLACK_METAL),
        ]
    )


def mannequin(dress: Colour, *, skirt: bool = True) -> Mesh:
    """Return a dressed shop dummy without features, 1.75 m tall."""
    skin = Finish(rgb("#d8cfc2"), Surface.PAINT, 0.35)
    cloth = Finish(dress, Surface.CLOTH, 0.9)
    low = [(0.3, 0.5), (0.17, 0.95)] if skirt else [(0.19, 0.82), (0.17, 0.95)]
    body = [*low, (0.13, 1.08), (0.19, 1.32), (0.15, 1.42), (0.055, 1.47)]
    parts = [
        placed(lathe(body, cloth, sides=14), scale=(1, 1, 0.68)),
        ball((0, 1.62, 0), (0.085, 0.12, 0.1), skin, level=1),
        tube([(0, 1.44, 0), (0, 1.55, 0)], 0.045, skin, sides=8),
        cylinder(0.2, 0.02, STEEL, sides=18),
    ]
    for side in (-1, 1):
        arm = [(side * 0.18, 1.38, 0), (side * 0.27, 1.1, 0.02), (side * 0.2, 0.88, 0.12)]
        leg = [(side * 0.09, 0.9, 0), (side * 0.1, 0.46, 0.02), (side * 0.1, 0.02, 0)]
        parts += [tube(arm, [0.05, 0.04, 0.03], skin), tube(leg, [0.085, 0.06, 0.045], skin)]
        if not skirt:
            parts.append(
                tube(
                    [*leg[:2], (side * 0.1, 0.12, 0)],
                    [0.1, 0.085, 0.08],
                    Finish(rgb("#2a2f3c"), Surface.CLOTH, 0.95),
                )
            )
    return merged(parts)


def folded(rng: np.random.Generator, *, columns: int = 4, colours: Sequence[Colour] = GARB) -> Mesh:
    """Return piles of folded clothes on y = 0, 0.3 m apart along X, centred."""
    parts = []
    for number in range(columns):
        x = (number - (columns - 1) / 2) * 0.32
        tones = picked(rng, colours, 4)
        at = [(x, 0.02 + 0.038 * k, 0) for k in range(4)]
        parts.append(
            boxes(
                at,
                (0.13, 0.019, 0.15),
                Finish((0.5, 0.5, 0.5), Surface.CLOTH, 0.95),
                bevel_m=0.014,
                colours=tones,
            )
        )
    return merged(parts)


def counter(
    width_m: float,
    front: Finish,
    top: Finish = WALNUT,
    *,
    depth_m: float = 0.6,
    height_m: float = 1.05,
) -> Mesh:
    """Return a counter centred on the origin with a recessed foot and panels to the front."""
    x, h, d = width_m / 2, height_m, depth_m / 2
    panels = np.arange(-x + 0.4, x - 0.2, 0.8)
    return merged(
        [
            box((0, h / 2, 0), (x, h / 2 - 0.04, d - 0.05), front),
            box((0, 0.06, 0.0), (x - 0.04, 0.06, d - 0.1), BLACK_METAL),
            boxes(
                np.stack([panels, 0 * panels + h * 0.5, 0 * panels + d - 0.045], -1),
                (0.34, h * 0.34, 0.012),
                front.times(1.15),
                bevel_m=0.01,
            ),
            box((0, h - 0.02, 0), (x + 0.05, 0.025, d), top, bevel_m=0.012),
        ]
    )


def glass_case(
    width_m: float, rng: np.random.Generator, *, cakes: bool = True, body: Finish = WALNUT
) -> Mesh:
    """Return a shop's glass case 1.25 m high, lit inside, with cakes or trinkets on two tiers."""
    x = width_m / 2
    glow = Finish(rgb("#ffe2b0"), Surface.SCREEN, 0.4, 3.0)
    tones = tuple(map(rgb, ("#6b3a24", "#d9b07a", "#c2607a", "#e9d9b0", "#8a5030", "#a8c07a")))
    spots = np.array(
        [(a, y, 0.3) for y in (0.63, 0.93) for a in np.arange(-x + 0.18, x - 0.1, 0.24)]
    )
    model = (
        lathe([(0, 0), (0.085, 0), (0.085, 0.055), (0.07, 0.075), (0, 0.08)], _GREY, sides=12)
        if cakes
        else box((0, 0.05, 0), (0.06, 0.05, 0.05), _GREY, bevel_m=0.02)
    )
    made = copies(model, spots)
    tone = np.repeat(picked(rng, tones, len(spots)), model.vertex_count, axis=0)
    return merged(
        [
            box((0, 0.28, 0.3), (x, 0.28, 0.3), body, bevel_m=0.01),
            boxes([(0, 0.61, 0.3), (0, 0.91, 0.3)], (x - 0.03, 0.012, 0.27), CERAMIC),
            recoloured(made, tone),
            boxes(
                [(sx * (x - 0.01), 0.9, sz) for sx in (-1, 1) for sz in (0.02, 0.58)],
                (0.012, 0.34, 0.012),
                BRASS,
            ),
            box((0, 1.24, 0.3), (x, 0.014, 0.3), BRASS),
            box((0, 1.21, 0.5), (x - 0.04, 0.008, 0.02), glow),
        ]
    )


def bread_rack(width_m: float, rng: np.random.Generator, *, rows: int = 4) -> Mesh:
    """Return sloping wooden shelves of loaves, baguettes in a basket beside them."""
    wood = Finish(rgb("#8a6238"), Surface.WOOD, 0.75)
    x, y = width_m / 2, 0.55 + np.arange(rows) * 0.4
    parts = [
        boxes([(s * x, 1.05, 0.2) for s in (-1, 1)], (0.025, 1.05, 0.2), wood),
        box((0, 1.05, 0.01), (x, 1.05, 0.012), wood.times(0.6)),
        box((0, 0.22, 0.2), (x, 0.22, 0.2), wood.times(0.85)),
    ]
    crusts = tuple(map(rgb, ("#c98f4e", "#a8662e", "#d9b274", "#8a5226")))
    for number, level in enumerate(y):
        parts.append(placed(box((0, 0, 0.2), (x, 0.012, 0.2), wood), (0, level, 0), tilt=0.16))
        step = 0.16 if number % 2 else 0.25
        at = np.arange(-x + 0.13, x - 0.08, step)
        loaf = ball(
            (0, 0, 0),
            (step * 0.42, 0.06, 0.14),
            Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.85),
            level=1,
        )
        made = copies(
            loaf,
            np.stack([at, 0 * at + level + 0.035, 0 * at + 0.21], -1),
            yaw=rng.uniform(-0.2, 0.2, len(at)),
        )
        tone = np.repeat(picked(rng, crusts, len(at)), loaf.vertex_count, axis=0)
        parts.append(recoloured(made, tone))
    return merged(parts)


def baguettes(rng: np.random.Generator) -> Mesh:
    """Return a wicker basket of baguettes, centred."""
    crust, wicker = (
        Finish(rgb("#c08a4a"), Surface.PLAIN, 0.85),
        Finish(rgb("#8a6a3e"), Surface.CLOTH, 0.9),
    )
    sticks = []
    for _ in range(9):
        lean, away = rng.uniform(-0.16, 0.16, 2), rng.uniform(-0.1, 0.1, 2)
        sticks.append(
            tube(
                [(away[0], 0.1, away[1]), (away[0] + lean[0], 0.9, away[1] + lean[1])],
                [0.035, 0.03],
                crust,
                sides=6,
            )
        )
    return merged(
        [
            lathe([(0, 0), (0.16, 0), (0.23, 0.5), (0.21, 0.5), (0.15, 0.05)], wicker, sides=14),
            *sticks,
        ]
    )


def bottle_shelf(
    width_m: float, rng: np.random.Generator, *, rows: int = 3, wood: Finish = WALNUT
) -> Mesh:
    """Return back-lit shelves of bottles, the lowest 1.1 m up, its back at z = 0."""
    glass = tuple(map(rgb, ("#5b6b2e", "#7a3a22", "#c9a860", "#8fa9ad", "#3a5a46", "#8a2a2a")))
    bottle = lathe(
        [(0, 0), (0.038, 0), (0.038, 0.17), (0.014, 0.22), (0.014, 0.29), (0, 0.29)],
        Finish((0.5, 0.5, 0.5), Surface.GLASS, 0.1),
        sides=7,
    )
    glow = Finish(rgb("#ffcf8a"), Surface.SCREEN, 0.5, 2.6)
    parts: list[Mesh] = []
    for row in range(rows):
        y = 1.1 + 0.42 * row
        parts.append(box((0, y, 0.13), (width_m / 2, 0.016, 0.13), wood, bevel_m=0.004))
        parts.append(box((0, y - 0.022, 0.03), (width_m / 2 - 0.05, 0.005, 0.01), glow))
        x = np.arange(-width_m / 2 + 0.08, width_m / 2 - 0.06, 0.13)
        x = x[rng.random(len(x)) < 0.9]
        at = np.stack([x, 0 * x + y + 0.016, 0.12 + rng.uniform(-0.03, 0.03, len(x))], -1)
        tone = np.repeat(picked(rng, glass, len(x)), bottle.vertex_count, axis=0)
        parts.append(recoloured(copies(bottle, at, scale=rng.uniform(0.8, 1.1, len(x))), tone))
    return merged(parts)


def beer_taps(count: int = 4) -> Mesh:
    """Return a brass tower of taps on y = 0, its handles to -Z."""
    x = (np.arange(count) - (count - 1) / 2) * 0.16
    return merged(
        [
            tube([(-count * 0.09, 0.32, 0), (count * 0.09, 0.32, 0)], 0.05, BRASS, sides=12),
            boxes([(s * count * 0.07, 0.16, 0) for s in (-1, 1)], (0.03, 0.16, 0.03), BRASS),
            boxes(
                np.stack([x, 0 * x + 0.46, 0 * x - 0.05], -1),
                (0.018, 0.1, 0.02),
                BLACK_METAL,
                bevel_m=0.01,
            ),
            *(
                tube([(a, 0.32, -0.03), (a, 0.3, -0.13), (a, 0.24, -0.14)], 0.014, BRASS, sides=6)
                for a in x
            ),
        ]
    )


def till() -> Mesh:
    """Return a cash register; its screen is to -Z, where the cashier stands."""
    return merged(
        [
            box((0, 0.06, 0), (0.2, 0.06, 0.2), BLACK_METAL, bevel_m=0.015),
            placed(box((0, 0.1, 0), (0.16, 0.1, 0.012), BLACK_METAL), (0, 0.12, 0.02), tilt=0.2),
            box(
                (0.1, 0.17, 0.1),
                (0.05, 0.04, 0.03),
                Finish(rgb("#8fe0c0"), Surface.SCREEN, 0.3, 1.2),
            ),
        ]
    )


def slot_machine(colour: Colour, rng: np.random.Generator) -> Mesh:
    """Return a one-armed bandit 1.75 m tall with a lit screen and topper."""
    paint, glow = Finish(colour, Surface.PAINT, 0.25), picked(rng, SWEETS, 2)
    picture = Finish(
        (float(glow[0, 0]), float(glow[0, 1]), float(glow[0, 2])), Surface.SCREEN, 0.3, 2.6
    )
    topper = Finish(
        (float(glow[1, 0]), float(glow[1, 1]), float(glow[1, 2])), Surface.SCREEN, 0.3, 4.0
    )
    reels = [(x, 1.16, 0.44) for x in (-0.13, 0, 0.13)]
    return merged(
        [
            box((0, 0.42, 0.26), (0.3, 0.42, 0.25), paint, bevel_m=0.03),
            placed(
                box((0, 0.35, 0), (0.29, 0.36, 0.16), paint, bevel_m=0.03),
                (0, 0.84, 0.24),
                tilt=-0.12,
            ),
            box((0, 1.16, 0.415), (0.22, 0.13, 0.01), picture),
            boxes(reels, (0.05, 0.09, 0.006), Finish(rgb("#fff6dc"), Surface.SCREEN, 0.3, 1.6)),
            box((0, 0.84, 0.44), (0.26, 0.03, 0.1), BLACK_METAL, bevel_m=0.01),
            boxes(
                [(x, 0.88, 0.47) for x in (-0.16, -0.05, 0.06, 0.17)], (0.03, 0.012, 0.03), topper
            ),
            box((0, 1.56, 0.2), (0.3, 0.13, 0.1), topper, bevel_m=0.02),
            tube([(0.33, 0.95, 0.3), (0.36, 1.3, 0.32)], 0.014, STEEL, sides=6),
            ball((0.36, 1.33, 0.32), 0.035, Finish(rgb("#c81f1f"), Surface.PAINT, 0.2), level=1),
        ]
    )


def roulette_table(wood: Finish = WALNUT) -> Mesh:
    """Return a roulette table, 2.6 m along X, 0.8 m high, its wheel at -X, centred."""
    baize = Finish(rgb("#1f6a3f"), Surface.CLOTH, 0.97)
    number = np.arange(36)
    cells = np.stack(
        [-0.1 + (number // 3) * 0.105, 0 * number + 0.812, -0.2 + (number % 3) * 0.16], -1
    )
    red = np.where(((number * 7) % 2 == 0)[:, None], rgb("#a81f1f"), rgb("#16171a"))
    angle = np.arange(24) / 24 * 2 * np.pi
    pockets = np.stack([-0.85 + 0.3 * np.sin(angle), 0 * angle + 0.87, 0.3 * np.cos(angle)], -1)
    tones = np.where((np.arange(24) % 2 == 0)[:, None], rgb("#a81f1f"), rgb("#16171a"))
    chips = np.random.default_rng(8).uniform((-0.1, 0.82, -0.3), (1.1, 0.83, 0.3), (14, 3))
    return merged(
        [
            box((0, 0.72, 0), (1.32, 0.08, 0.62), wood, bevel_m=0.04),
            box((0, 0.8, 0), (1.24, 0.008, 0.54), baize),
            boxes(
                cells,
                (0.048, 0.002, 0.075),
                Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.8),
                colours=red,
            ),
            placed(
                lathe(
                    [(0.44, 0.78), (0.44, 0.88), (0.4, 0.9), (0.34, 0.86), (0, 0.84)],
                    wood,
                    sides=28,
                ),
                (-0.85, 0, 0),
            ),
            boxes(
                pockets,
                (0.036, 0.008, 0.04),
                Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.3),
                yaw=angle,
                colours=tones,
            ),
            placed(
                lathe(
                    [(0, 0.86), (0.08, 0.87), (0.02, 0.93), (0.03, 0.98), (0, 1.0)], BRASS, sides=12
                ),
                (-0.85, 0, 0),
            ),
            copies(
                cylinder(0.022, 0.02, Finish(rgb("#d9a21f"), Surface.PAINT, 0.3), sides=10),
                chips,
                tint=np.random.default_rng(9).uniform(0.3, 1.4, (14, 3)),
            ),
            boxes(
                [(sx * 0.9, 0.33, 0) for sx in (-1, 1)],
                (0.16, 0.33, 0.3),
                wood.times(0.8),
                bevel_m=0.03,
            ),
        ]
    )


def pool_table(wood: Finish = WALNUT) -> Mesh:
    """Return a billiard table 2.3 m along X, its cloth 0.8 m high, with balls in play."""
    rng = np.random.default_rng(3)
    spots = rng.uniform((-0.95, 0.83, -0.42), (0.95, 0.83, 0.42), (10, 3))
    tone = np.repeat(
        picked(rng, SWEETS, 10), ball((0, 0, 0), 1, _GREY, level=1).vertex_count, axis=0
    )
    balls = recoloured(copies(ball((0, 0, 0), 0.03, _GREY, level=1), spots), tone)
    legs = [(sx * 0.95, 0.36, sz * 0.45) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            box((0, 0.73, 0), (1.15, 0.07, 0.65), wood, bevel_m=0.02),
            box((0, 0.795, 0), (1.05, 0.01, 0.55), Finish(rgb("#1b6b58"), Surface.CLOTH, 0.97)),
            boxes([(0, 0.82, s * 0.6) for s in (-1, 1)], (1.17, 0.03, 0.06), wood, bevel_m=0.015),
            boxes([(s * 1.1, 0.82, 0) for s in (-1, 1)], (0.06, 0.03, 0.66), wood, bevel_m=0.015),
            boxes(legs, (0.08, 0.36, 0.08), wood.times(0.85), bevel_m=0.02),
            balls,
        ]
    )


def place_setting() -> Mesh:
    """Return plate, glass, knife and fork for somebody at the +Z side of a table."""
    blade = [(0.15, 0.004, 0), (-0.15, 0.004, 0)]
    return merged(
        [
            things.plate(CERAMIC),
            boxes(blade, (0.008, 0.003, 0.09), STEEL),
            placed(things.glass_of(Finish(rgb("#a8b8bc"), Surface.GLASS, 0.06)), (0.13, 0, -0.16)),
            placed(
                box(
                    (0, 0, 0),
                    (0.035, 0.045, 0.02),
                    Finish(rgb("#d9d2c2"), Surface.CLOTH, 0.95),
                    bevel_m=0.015,
                ),
                (0, 0.05, 0),
            ),
        ]
    )


def toy_blocks(rng: np.random.Generator, *, count: int = 16) -> Mesh:
    """Return building blocks, some stacked, within 0.5 m of the origin."""
    at, colours = [], picked(rng, SWEETS, count)
    for number in range(count):
        if number < 5:
            at.append((0.1 * (number % 2) - 0.05 * (number // 2), 0.06 + 0.12 * (number // 2), 0))
        else:
            at.append((*rng.uniform(-0.5, 0.5, 1), 0.06, float(rng.uniform(-0.5, 0.5))))
    return boxes(
        at,
        0.058,
        Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.4),
        bevel_m=0.012,
        yaw=rng.uniform(0, 1.5, count),
        colours=colours,
    )


def rocking_horse() -> Mesh:
    """Return a wooden rocking horse, 0.9 m long along Z."""
    wood, red = (
        Finish(rgb("#b98a56"), Surface.WOOD, 0.6),
        Finish(rgb("#b3271e"), Surface.PAINT, 0.4),
    )
    angle = np.linspace(-0.75, 0.75, 9)
    rocker = np.stack([0 * angle, 0.62 - 0.6 * np.cos(angle), 0.75 * np.sin(angle)], -1)
    return merged(
        [
            ball((0, 0.55, 0), (0.14, 0.15, 0.32), wood, level=2),
            tube([(0, 0.6, 0.24), (0, 0.9, 0.4)], [0.11, 0.075], wood, sides=8),
            ball((0, 0.92, 0.5), (0.065, 0.075, 0.15), wood, level=1),
            box((0, 0.7, -0.02), (0.12, 0.03, 0.13), red, bevel_m=0.025),
            *(tube(np.add(rocker, (s * 0.13, 0, 0)), 0.022, red, sides=6) for s in (-1, 1)),
            *(
                tube([(s * 0.1, 0.5, z), (s * 0.13, 0.08, z * 1.3)], 0.035, wood, sides=6)
                for s in (-1, 1)
                for z in (-0.22, 0.22)
            ),
            tube([(-0.14, 0.85, 0.42), (0.14, 0.85, 0.42)], 0.015, red, sides=6),
            placed(ring(0.03, 0.01, red, sides=8, around=4), (0, 0.99, 0.44)),
        ]
    )
