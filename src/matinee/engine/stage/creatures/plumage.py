"""Wings, tails and beaks: feathers in rows, skin between fingers, gauze and scales."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface, mesh
from matinee.engine.stage.skeleton import unit

from .anatomy import WING_BONES, head_axes, vanes_of
from .coat import linear
from .joints import SIDES
from .loft import ball, drawn_out, leaf, tube
from .parts import Part, held_by, part_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan, Vane
    from .field import Skin

Floats: TypeAlias = "npt.NDArray[np.float64]"

UP = np.array([0.0, 1.0, 0.0])


def all_of(plan: Plan, rng: np.random.Generator, detail: str) -> list[Part]:
    """Return beak, wings and tail of whatever has them."""
    one = plan.species
    parts: list[Part] = []
    if one.wings == "feather":
        parts += _feathered(plan, rng, detail)
    elif one.wings == "flipper":
        parts += _flippers(plan)
    elif one.wings == "skin":
        parts += _skin_wings(plan, detail)
    elif one.wings in {"gauze", "scaled"}:
        parts += _insect_wings(plan)
    if one.body == "bird":
        parts += [*_tail(plan, rng, detail), *_crest(plan)]
        if one.beak:
            parts += _beak(plan)
    return parts


def _quill(
    root: Floats, way: Floats, across: Floats, *, long: float, wide: float, rows: int
) -> Skin:
    """One feather: a blade with a shaft, rounded at its end and a little hollow below."""
    t = np.linspace(0, 1, rows)[:, None]
    half = wide * 0.5 * (0.5 + 0.85 * t) * np.sqrt(np.clip(1 - t**5, 0, 1)) + 1e-4 * wide
    s = np.array([-1.0, 0.0, 1.0])[None]
    spots = root + (t * long + 0 * s)[..., None] * way + (half * s)[..., None] * across
    lift = np.cross(way, across) * 0.1 * wide
    spots = spots + ((1 - s**2) * (1 - 0.6 * t))[..., None] * lift
    thick = 0.02 * wide * (1 - s**2) * (1 - t) + 0.004 * wide
    return leaf(spots, thick + 0 * s, np.cross(way, across))


def _shaded(skin: Skin, colour: Floats, edge: Floats, rows: int) -> Floats:
    """Colour a feather: darker along the shaft, its end and rim of another colour."""
    t = np.repeat(np.linspace(0, 1, rows), 3)
    s = np.tile(np.array([1.0, 0.55, 1.0]), rows)
    one = colour * s[:, None] * (1 - 0.12 * t[:, None])
    one = one + np.clip((t - 0.72) / 0.28, 0, 1)[:, None] * (edge - one)
    return np.concatenate([one, one * 0.8])[: len(skin.points)]


def _feathered(plan: Plan, rng: np.random.Generator, detail: str) -> list[Part]:
    """Two wings: flight feathers on their vanes, coverts over their roots, and the arm itself."""
    one = plan.species
    size = one.unit_m * plan.scale
    base, dark = linear(one.coat.base), linear(one.coat.marks)
    edge = linear(one.coat.ends) if "tips" in one.extras else dark * 0.75
    rows = 5 if detail == "near" else 3
    parts = []
    for side, _ in SIDES:
        for index, vane in enumerate(vanes_of(one)):
            bone = f"{vane.name}_{side}"
            root, end = plan.head(bone), plan.skeleton.tail(bone)
            way, long = unit(end - root), float(np.linalg.norm(end - root))
            across = unit(np.cross(UP, way))
            wide = one.span * size * (0.115 if vane.bone < 2 else 0.085)
            for row, share, lift, tone in (
                (0, 1.0, 0.0, dark),
                (1, 0.56, 0.012, 0.5 * (base + dark)),
                (2, 0.3, 0.022, base),
            ):
                if row == 1 and detail == "far":
                    continue
                broad = wide * (1.0, 1.1, 1.25)[row]
                shade = tone * float(rng.uniform(0.9, 1.08))
                at = root + (lift * UP - 0.02 * way) * size * one.span
                at = at + 0.0006 * index * size * UP
                skin = _quill(at, way, across, long=share * long, wide=broad, rows=rows)
                rim = edge if row == 0 else shade * 0.8
                parts.append(
                    part_of(plan, bone, skin, _shaded(skin, shade, rim, rows),
                            surface=Surface.CLOTH, roughness=0.8)
                )  # fmt: skip
        parts.append(_arm(plan, side, base))
    return parts


def _arm(plan: Plan, side: str, colour: Floats) -> Part:
    """The fleshy front edge of a wing."""
    one = plan.species
    names = [f"{name}_{side}" for name in WING_BONES]
    line = np.array([plan.head(names[0]), *(plan.skeleton.tail(name) for name in names)])
    at = np.linspace(0, 3, 10)
    middles = np.stack([np.interp(at, np.arange(4), line[:, k]) for k in range(3)], -1)
    thin = 1.0 if one.wings == "feather" else 0.5
    radii = one.span * one.unit_m * plan.scale * thin * np.interp(
        at, [0, 1, 2, 3], [0.062, 0.042, 0.03, 0.006]
    )  # fmt: skip
    skin = tube(middles, radii, 6)
    hold = np.zeros((len(skin.points), len(plan.skeleton.names)))
    share = np.repeat(at, 7)
    for index, name in enumerate(names):
        hold[:, plan.skeleton.places[name]] = np.clip(1 - np.abs(share - index - 0.5), 0, 1)
    hold /= hold.sum(1, keepdims=True)
    part = part_of(plan, names[0], skin, colour, surface=Surface.CLOTH, roughness=0.8)
    return Part(part.mesh, hold)


def _tail(plan: Plan, rng: np.random.Generator, detail: str) -> list[Part]:
    """A fan of feathers; a peacock's stands up and has eyes."""
    one = plan.species
    if one.tail < 0.05:
        return []
    size = one.unit_m * plan.scale
    root = plan.head("tail1")
    back = unit(plan.skeleton.tail("tail1") - root)
    rows = 5 if detail == "near" else 3
    base, dark = linear(one.coat.base), linear(one.coat.marks)
    parts = []
    if "train" in one.extras:
        return _train(plan, root, detail)
    count = 9 if detail == "near" else 5
    for k in range(count):
        turn = (k - (count - 1) / 2) * 0.95 / count
        aside = np.array([1.0, 0, 0])
        way = unit(np.cos(turn) * back + np.sin(turn) * aside)
        across = unit(np.cross(np.cross(back, aside), way))
        tone = dark if "white_tail" not in one.extras else linear("#efe9dd")
        at = root - 0.06 * size * back + 0.004 * abs(k - count // 2) * size * -UP
        skin = _quill(at, way, across, long=one.tail * size, wide=0.13 * size * one.bulk, rows=rows)
        colour = _shaded(skin, tone * float(rng.uniform(0.9, 1.08)), 0.7 * tone + 0.2 * base, rows)
        parts.append(part_of(plan, "tail1", skin, colour, surface=Surface.CLOTH, roughness=0.8))
    return parts


def _train(plan: Plan, root: Floats, detail: str) -> list[Part]:
    """A peacock's wheel: three rows of long feathers that end in eyes."""
    one = plan.species
    size = one.unit_m * plan.scale
    parts = []
    count = 15 if detail == "near" else 9
    eye, rows = ball(np.linspace(0, np.pi, 5), 8), 4
    for ring, reach in enumerate((1.0, 0.78, 0.56)):
        for k in range(count):
            turn = (k - (count - 1) / 2) * 2.5 / count + 0.08 * (ring % 2)
            way = unit(np.array([np.sin(turn), np.cos(turn), -0.25]))
            across = unit(np.cross([0.0, 0.25, 1.0], way))
            at = root + 0.02 * ring * size * np.array([0, 0, 1.0])
            long = one.tail * size * reach
            skin = _quill(at, way, across, long=long, wide=0.2 * size, rows=rows)
            colour = _shaded(skin, linear("#2f7a3d"), linear("#8a8a2a"), rows)
            parts.append(part_of(plan, "tail2", skin, colour, surface=Surface.CLOTH, roughness=0.5))
            for scale, tone, up in (
                (0.085, "#c79a2e", 0.01),
                (0.06, "#1f9a9a", 0.02),
                (0.034, "#1a2370", 0.03),
            ):
                turned = np.stack([across, way, np.cross(across, way)], 1)
                flat = (eye[0] * [scale, scale * 1.2, 0.01]) * size @ turned.T
                spot = at + way * long * 0.88 + np.array([0, 0.0, up * size]) + flat
                dot = mesh(spot, eye[1], albedo=linear(tone), surface=Surface.CLOTH, roughness=0.4)
                parts.append(Part(dot, held_by(plan, "tail2", len(spot))))
    return parts


def _crest(plan: Plan) -> list[Part]:
    """Combs, crests and wattles."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    points, triangles = ball(np.linspace(0, np.pi, 7), 8)
    basis = np.stack([np.array([1.0, 0, 0]), up, ahead], 1)
    lumps: list[tuple[Floats, Floats, str]] = []
    top = poll + h * ((0.8 * one.skull + 0.02) * ahead + 1.2 * one.skull * up)
    if "comb" in one.extras:
        for k in range(4):
            at = top + h * (0.13 * (1.5 - k) * -ahead + 0.06 * up * (k in {1, 2}))
            lumps.append((at, np.array([0.025, 0.11, 0.085]) * h, "#b81f1c"))
        chin = poll + h * (1.5 * one.skull * ahead - 0.75 * one.skull * up)
        lumps += [
            (chin + np.array([s * 0.04 * h, 0, 0]), np.array([0.03, 0.12, 0.05]) * h, "#b81f1c")
            for s in (-1, 1)
        ]
    parts = []
    for at, radii, tone in lumps:
        made = mesh(at + (points * radii) @ basis.T, triangles, albedo=linear(tone),
                    surface=Surface.SKIN, roughness=0.5)  # fmt: skip
        parts.append(Part(made, held_by(plan, "head", len(points))))
    if "crest" in one.extras:
        for k in range(5):
            way = unit(up + (0.25 - 0.28 * k) * ahead)
            skin = _quill(
                top - 0.1 * h * up - 0.06 * k * h * ahead,
                way,
                np.array([1.0, 0, 0]),
                long=0.5 * h,
                wide=0.09 * h,
                rows=4,
            )
            colour = _shaded(skin, linear(one.coat.marks), linear(one.coat.marks) * 1.3, 4)
            parts.append(part_of(plan, "head", skin, colour, surface=Surface.CLOTH, roughness=0.7))
    return parts


def _beak(plan: Plan) -> list[Part]:
    """Two halves of a beak; the lower one is the jaw."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    broad = {"flat": 1.75, "parrot": 0.8}.get(one.beak, 1.0)
    bend = {"hook": 0.5, "parrot": 1.15, "bent": 0.8, "short": 0.08, "flat": 0.12}.get(
        one.beak, 0.1
    )
    thick = {"parrot": 0.17, "long": 0.075, "bent": 0.1, "hook": 0.13}.get(one.beak, 0.105)
    t = np.linspace(0, 1, 8)[:, None]
    long = one.beak_m * h
    middle = (0.8 * one.skull + 0.02) * ahead + 0.28 * one.skull * up
    start = poll + h * (middle + one.skull * 0.86 * ahead - 0.16 * one.skull * up)
    parts = []
    for bone, lift in (("head", 0.02), ("jaw", -0.045)):
        upper = bone == "head"
        curve = start + h * lift * up + t * long * ahead * (1.0 if upper else 0.8)
        curve = (
            curve - t ** (2.2 if bend > 0.3 else 2) * long * bend * (1.0 if upper else 0.55) * up
        )
        radii = thick * h * (1 - t[:, 0] ** 1.7) ** 0.75 + 0.004 * h
        if one.beak == "flat":
            radii = (
                thick
                * h
                * (1 - 0.35 * np.sin(np.pi * t[:, 0]))
                * np.sqrt(np.clip(1 - t[:, 0] ** 8, 0.0, 1))
                + 0.004 * h
            )
        flat = 1 / broad if one.beak == "flat" else 1.0
        skin = drawn_out(curve, radii * broad, radii * flat * (1.0 if upper else 0.7), 10)
        colour = np.tile(linear(one.coat.nose) * (1.0 if upper else 0.8), (len(skin.points), 1))
        if one.beak == "bent":
            colour[np.repeat(t[:, 0], 11) > 0.6] = linear("#1a1414")
        parts.append(part_of(plan, bone, skin, colour, surface=Surface.PLAIN, roughness=0.35))
    return parts


def _flippers(plan: Plan) -> list[Part]:
    """A penguin's wings: stiff blades that hang at the sides."""
    one = plan.species
    size = one.unit_m * plan.scale
    parts = []
    t, s = np.linspace(0, 1, 8)[:, None], np.linspace(-1, 1, 5)[None]
    for side, out in SIDES:
        root = plan.head(f"wing_{side}")
        half = 0.09 * size * np.sqrt(np.clip(1 - (t * 1.02 - 0.15) ** 2 / 0.78, 0.02, 1))
        way = unit(np.array([out * 0.34, -1.0, -0.12]))
        spots = (
            root
            + (t * 0.5 * one.span * size + 0 * s)[..., None] * way
            + (half * s)[..., None] * np.array([0, 0, 1.0])
        )
        thick = 0.022 * size * (1 - 0.6 * t) * (1 - 0.7 * s**2)
        skin = leaf(spots, thick, np.array([out, 0, 0]))
        colour = np.where(
            (skin.normals[:, :1] * out) > 0, linear(one.coat.base), linear(one.coat.below)
        )
        parts.append(
            part_of(plan, f"wing_{side}", skin, colour, surface=Surface.CLOTH, roughness=0.7)
        )
    return parts


def _skin_wings(plan: Plan, detail: str) -> list[Part]:
    """Skin stretched between fingers, thick at the arm, scalloped behind."""
    one = plan.species
    size = one.unit_m * plan.scale
    places = plan.skeleton.places
    skin_tone, bone_tone = linear(one.coat.marks), linear(one.coat.base)
    parts = []
    vanes: tuple[Vane, ...] = vanes_of(one)
    rows, columns = (7, 5) if detail == "near" else (4, 3)
    for side, _ in SIDES:
        names = [f"{vane.name}_{side}" for vane in vanes]
        parts.append(_arm(plan, side, bone_tone))
        for name in names[1:]:
            line = plan.head(name) + np.linspace(0, 1, 5)[:, None] * (
                plan.skeleton.tail(name) - plan.head(name)
            )
            radii = one.span * size * np.linspace(0.018, 0.004, 5)
            parts.append(part_of(plan, name, tube(line, radii, 5), bone_tone, surface=Surface.SKIN))
        for first, second in pairwise(names):
            t, s = np.linspace(0, 1, rows)[:, None], np.linspace(0, 1, columns)[None]
            scallop = 1 - 0.2 * np.sin(np.pi * s) * t
            ends = [
                (plan.head(name), plan.skeleton.tail(name) - plan.head(name))
                for name in (first, second)
            ]
            spots = sum(
                (weight * scallop)[..., None] * 0
                + weight[..., None] * (head + (t * scallop)[..., None] * along)
                for weight, (head, along) in zip((1 - s + 0 * t, s + 0 * t), ends, strict=True)
            )
            if first == names[0]:
                # Along the arm the skin begins at shoulder, elbow and wrist.
                arm = [
                    plan.head(f"wing_{side}"),
                    plan.head(f"ulna_{side}"),
                    plan.head(f"hand_{side}"),
                ]
                edge = np.stack(
                    [np.interp(s[0], [0, 0.5, 1], [a[k] for a in arm]) for k in range(3)], -1
                )
                spots = edge[None] * (1 - t)[..., None] + spots * t[..., None]
            bag = (
                -0.05 * one.span * size * np.sin(np.pi * s) * np.sin(np.pi * np.clip(t, 0, 1) * 0.8)
            )
            spots = spots + bag[..., None] * UP
            skin = leaf(np.asarray(spots), 0.004 * one.span * size + 0 * s * t, UP)
            hold = np.zeros((len(skin.points), len(plan.skeleton.names)))
            share = np.tile(np.broadcast_to(s, (rows, columns)).reshape(-1), 2)
            hold[:, places[first]], hold[:, places[second]] = 1 - share, share
            if first == names[0]:
                near = np.tile(np.broadcast_to(1 - t, (rows, columns)).reshape(-1), 2) ** 1.5
                hold *= (1 - near)[:, None]
                bones = [places[f"wing_{side}"], places[f"ulna_{side}"]]
                hold[:, bones[0]] += near * (share < 0.5)
                hold[:, bones[1]] += near * (share >= 0.5)
            tone = skin_tone * (0.8 + 0.35 * np.abs(share[:, None] - 0.5))
            part = part_of(plan, first, skin, tone, surface=Surface.SKIN, roughness=0.55)
            parts.append(Part(part.mesh, hold))
    return parts


def _insect_wings(plan: Plan) -> list[Part]:
    """Two pairs of thin wings: clear with veins, or scaled in bright colours with a dark rim."""
    one = plan.species
    size = one.unit_m * plan.scale
    parts = []
    for pair in range(2):
        for side, out in SIDES:
            bone = f"wing{pair}_{side}"
            root = plan.head(bone)
            t, s = np.sin(np.linspace(0, 0.5 * np.pi, 12))[:, None], np.linspace(-1, 1, 11)[None]
            if one.wings == "scaled":
                lean = (0.45, -0.55)[pair]
                long, wide = ((1.0, 1.05), (0.78, 1.1))[pair]
                half = wide * t**0.8 * np.sqrt(np.clip(1 - t**5, 0, 1))
            else:
                lean = (0.15, -0.35)[pair]
                long, wide = ((1.0, 0.3), (0.72, 0.26))[pair]
                half = wide * np.sqrt(np.clip(t, 0, 1)) * np.sqrt(np.clip(1 - t**3, 0, 1))
            way = np.array([out * np.cos(lean), 0, np.sin(lean)])
            aside = np.array([-out * np.sin(lean), 0, np.cos(lean)])
            reach = one.span * size
            spots = (
                root
                + (t * long * reach + 0 * s)[..., None] * way
                + (0.5 * half * s * reach)[..., None] * aside
            )
            spots = spots - (0.06 * t**2 * s * reach)[..., None] * UP
            skin = leaf(spots, 0.003 * reach + 0 * s * t, UP)
            colour = np.tile(_wing_colour(plan, pair, t, s), (2, 1))
            parts.append(part_of(plan, bone, skin, colour, surface=Surface.CLOTH, roughness=0.4))
    return parts


def _wing_colour(plan: Plan, pair: int, t: Floats, s: Floats) -> Floats:
    coat = plan.species.coat
    base, dark, pale = linear(coat.base), linear(coat.marks), linear(coat.below)
    tt, ss = np.broadcast_arrays(t, s)
    if plan.species.wings == "gauze":
        veins = (np.abs(np.sin(7 * ss + 2 * tt)) < 0.16) | (tt > 0.97)
        return np.asarray(np.where(veins[..., None], 0.25, 1.0) * linear("#cfdbe2")).reshape(-1, 3)
    rim = np.clip((np.maximum(tt, np.abs(ss) * (0.55 + 0.45 * tt)) - 0.76) / 0.08, 0, 1)
    veins = np.clip(1 - np.abs(np.sin(3.6 * ss)) / 0.2, 0, 1) * (tt > 0.15)
    inner = base + (pale - base) * np.clip(0.5 - tt, 0, 1)[..., None] * (0.6 if pair else 0.3)
    dots = (rim > 0.5) & (np.sin(15 * ss) > 0.55) & (tt > 0.84)
    colour = inner + (dark - inner) * np.maximum(rim, 0.85 * veins)[..., None]
    colour = np.where(dots[..., None], linear("#f4ece0"), colour)
    return np.asarray(colour).reshape(-1, 3)
