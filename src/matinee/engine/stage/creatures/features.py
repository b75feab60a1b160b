"""What sits on an animal's body: eyes and lids, ears, nose, jaw, hair, horns, beak and wings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface, mesh, smooth_normals
from matinee.engine.stage.skeleton import frame, unit

from . import fins, hair, limbs, plumage, shells
from .anatomy import WITH_HEADS, head_axes, nose_end
from .coat import linear
from .field import Cone, skin_of
from .joints import SIDES
from .loft import ball, grid_triangles, leaf, tube
from .parts import Part, held_by, part_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .species import Species

Floats: TypeAlias = "npt.NDArray[np.float64]"


def all_of(plan: Plan, body: Part, rng: np.random.Generator, detail: str) -> list[Part]:
    """Return everything that is not the body itself; far away there is less of it."""
    one = plan.species
    parts = [part for side, _ in SIDES for part in _eye(plan, side, body, detail)]
    if one.body in WITH_HEADS:
        for side, out in SIDES:
            parts += _ear(plan, side, out, detail)
    if one.body in {"quadruped", "biped"}:
        parts += [*_jaw(plan, detail), *_nose(plan), *_horns(plan)]
        parts += hair.mane(plan, rng, detail)
        if "teeth" in one.extras:
            parts += _teeth(plan, detail)
        if "frill" in one.extras:
            parts.append(_frill(plan))
    parts += plumage.all_of(plan, rng, detail)
    parts += fins.all_of(plan, detail)
    parts += limbs.all_of(plan, detail)
    parts += shells.all_of(plan, body, rng, detail)
    return parts + hair.fur(plan, body, rng, detail)


EYE_RINGS = {
    "near": np.radians([0.0, 17.0, 28.0, 30.0, 40.0, 48.5, 50.5, 58.0, 61.0, 78.0, 105.0, 180.0]),
    "far": np.radians([0.0, 29.0, 50.0, 61.0, 100.0, 180.0]),
}
"""Where the rings of an eyeball lie: close together where the colour changes."""
SLIT_EYES = frozenset({"cat", "fox", "snake", "crocodile", "lizard", "dragon", "goat"})


def _surfaced(middle: Floats, look: Floats, radius: float, body: Part) -> Floats:
    """Return the middle of an eye, moved out of the flesh when that covers it."""
    gap = body.mesh.positions.astype(np.float64) - middle
    ahead = gap @ look
    aside = np.linalg.norm(gap - ahead[:, None] * look, axis=1)
    before = ahead[(aside < 1.1 * radius) & (ahead > 0) & (ahead < 9 * radius)]
    covered = float(before.max()) if len(before) else 0.0
    return middle + max(covered - 0.4 * radius, 0.0) * look if covered > 1.8 * radius else middle


def _eye(plan: Plan, side: str, body: Part, detail: str) -> list[Part]:
    """An eyeball with a large pupil, and a lid that rests above it."""
    one = plan.species
    if one.eye <= 0:
        return []
    middle = plan.head(f"eye_{side}")
    look = unit(plan.skeleton.tail(f"eye_{side}") - middle)
    middle = _surfaced(middle, look, one.eye * plan.head_m, body)
    points, triangles = ball(EYE_RINGS[detail], 14 if detail == "near" else 8)
    slit = one.name in SLIT_EYES
    axes = frame(look, [0.0, 1.0, 0.0])
    basis = np.stack([axes[:, 2], axes[:, 1], axes[:, 0]], 1)
    basis[:, 0] = np.cross(basis[:, 1], basis[:, 2])
    off = np.hypot(points[:, 0] * (1.6 if slit else 1.0), points[:, 1])
    iris = np.hypot(points[:, 0], points[:, 1])
    front = points[:, 2] > 0
    ring = linear(one.coat.iris)
    white = linear("#d9d2c8") if one.cover == "fur" and one.body != "flutter" else 0.6 * ring
    colour = np.tile(white, (len(points), 1))
    colour[front & (iris < 0.86)] = 0.35 * ring
    colour[front & (iris < 0.76)] = ring
    colour[front & (iris < 0.76) & (points[:, 1] < -0.05)] = np.minimum(ring * 1.5, 1)
    colour[front & (off < (0.62 if slit else 0.485))] = linear("#0b0807")
    radius = one.eye * plan.head_m
    eyeball = mesh(
        middle + (points @ basis.T) * radius, triangles,
        albedo=colour, surface=Surface.EYE, roughness=0.06,
        normals=points @ basis.T,
    )  # fmt: skip
    parts = [Part(eyeball, held_by(plan, f"eye_{side}", len(points)))]
    if f"lid_{side}" not in plan.skeleton.places or one.eye_high > 0.6:
        return parts
    # The lid is the upper back of a slightly larger ball; the bone turns it down over the eye.
    shell, sheet = ball(np.linspace(0, np.pi, 9 if detail == "near" else 6), 12)
    shell = shell[:, [0, 2, 1]] * [1, 1, -1]
    kept = shell[sheet].mean(1)[:, 1] > 0.1
    tilt = np.array([[1, 0, 0], [0, np.cos(0.75), np.sin(0.75)], [0, -np.sin(0.75), np.cos(0.75)]])
    turn = basis @ tilt
    lid = mesh(
        middle + (shell @ turn.T) * radius * 1.09, sheet[kept],
        albedo=linear("#2a1f18" if one.coat.base < "#4" else one.coat.marks) * 0.6,
        surface=Surface.SKIN, roughness=0.6, normals=shell @ turn.T,
    )  # fmt: skip
    return [*parts, Part(lid, held_by(plan, f"lid_{side}", lid.vertex_count))]


def _ear(plan: Plan, side: str, out: float, detail: str) -> list[Part]:
    """A leaf of skin, cupped, darker or paler inside."""
    one = plan.species
    if one.ear == "none":
        return []
    ahead, up = head_axes(one)
    aside = np.array([out, 0.0, 0.0])
    way, open_to, wide, point = {
        "prick": (up + 0.32 * aside - 0.12 * ahead, ahead + 0.45 * aside, 0.62, 0.95),
        "flop": (0.75 * aside - 0.72 * up - 0.1 * ahead, ahead * 0.25 - aside, 0.6, 0.4),
        "round": (up + 0.8 * aside, ahead + 0.2 * aside, 1.05, 0.25),
        "long": (up + 0.16 * aside - 0.32 * ahead, ahead + 0.7 * aside, 0.26, 0.5),
        "fan": (aside * 1.0 - 0.25 * up - 0.55 * ahead, ahead + 0.4 * aside, 1.1, 0.3),
        "leaf": (up * 0.8 + 0.62 * aside - 0.05 * ahead, ahead + 0.5 * aside, 0.44, 0.75),
    }[one.ear]
    if one.feet == "hoof" and one.name not in {"horse", "donkey"}:
        way = 0.18 * up + aside - 0.15 * ahead
    root = plan.head(f"ear_{side}")
    along = unit(way)
    face = unit(open_to - (open_to @ along) * along)
    across = np.cross(along, face)
    long = one.ear_m * plan.head_m
    t = np.linspace(0, 1, 8 if detail == "near" else 5)[:, None]
    s = np.linspace(-1, 1, 7 if detail == "near" else 3)[None]
    half = _ear_outline(one.ear, t, point)
    half = half * wide * long * 0.5
    cup = {"flop": 0.12, "fan": 0.08}.get(one.ear, 0.34)
    bend = {"flop": -0.16, "fan": 0.05}.get(one.ear, 0.1)
    depth = cup * half * (s**2 - 0.6) + bend * long * t**2
    spots = (
        root
        + (t * long + 0 * s)[..., None] * along
        + (half * s)[..., None] * across
        + depth[..., None] * face
    )
    thick = 0.035 * long * (1 - 0.6 * t) * (1 - 0.8 * s**2)
    inner = (spots + thick[..., None] * face).reshape(-1, 3)
    outer = (spots - 1.6 * thick[..., None] * face).reshape(-1, 3)
    sheet = grid_triangles(len(half), s.shape[1])
    normals = smooth_normals(inner.astype(np.float32), sheet)
    if float(normals.mean(0) @ face) < 0:
        sheet = sheet[:, [0, 2, 1]]
    count = len(inner)
    tip = np.broadcast_to(t, spots.shape[:2]).reshape(-1, 1)
    rim = np.broadcast_to(np.abs(s), spots.shape[:2]).reshape(-1, 1) ** 3
    inside, back = _ear_colours(one, tip, rim)
    ear = mesh(
        np.concatenate([inner, outer]),
        np.concatenate([sheet, sheet[:, [0, 2, 1]] + np.uint32(count)]),
        albedo=np.concatenate([inside, back]),
        surface=Surface.SKIN if one.fur == 0 else Surface.HAIR,
        roughness=0.8,
    )
    hold = held_by(plan, f"ear_{side}", 2 * count)
    root_share = np.clip(1 - np.concatenate([tip, tip])[:, 0] / 0.22, 0, 1)
    hold *= (1 - root_share)[:, None]
    hold[:, plan.skeleton.places["head"]] += root_share
    return [Part(ear, hold)]


def _ear_outline(ear: str, t: Floats, point: float) -> Floats:
    """Return half the width of an ear along its length `t` (k, 1), 0..1."""
    if ear in {"round", "fan"}:
        return np.asarray(np.sqrt(np.clip(1 - (1.55 * t - 0.62) ** 2 / 0.93**2, 0, 1)))
    if ear == "flop":
        return np.asarray((0.62 + 0.75 * t) * np.sqrt(np.clip(1 - t**4, 0, 1)))
    if ear in {"leaf", "long"}:
        return np.asarray((0.5 + 1.1 * t) * np.clip(1 - t**2.2, 0, 1) ** 0.8)
    return np.asarray((1.0 + 0.25 * t) * np.clip(1 - t**1.35, 0, 1) ** point)


def _ear_colours(one: Species, tip: Floats, rim: Floats) -> tuple[Floats, Floats]:
    """Return the colours inside and on the back of an ear; tip and rim are (k, 1), 0..1."""
    coat = one.coat
    dark = linear(coat.marks if coat.pattern in {"saddle", "panda"} else coat.base)
    if one.mane == "wool":
        dark = linear(coat.muzzle)
    pink = linear("#c98d7c") * 0.75 if one.feet != "pad" else linear(coat.marks)
    inside = pink * (1 - rim) + 0.8 * dark * rim
    if one.coat.pattern == "panda":
        inside = np.tile(dark, (len(tip), 1))
    if one.ear == "flop":
        inside = np.tile(dark * 0.8, (len(tip), 1))
    back = np.tile(dark, (len(tip), 1)) * (1.0 - 0.25 * tip)
    if one.name == "fox":
        back = back * (1 - tip) + linear("#1a1210") * tip
    return inside, back


def _jaw(plan: Plan, detail: str) -> list[Part]:
    """The lower jaw with its lips, red inside, and a tongue."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    thick = one.snout * h
    hinge = (
        poll + h * ((nose_end(one) - one.muzzle) * 0.62 * ahead) - h * 0.1 * up - 0.5 * thick * up
    )
    tip = (
        poll
        + h * (nose_end(one) - 0.05 - one.snout * 0.75) * ahead
        - 0.1 * h * up
        - 0.62 * thick * up
    )
    cones = [Cone("jaw", hinge, tip, thick * 0.72, thick * 0.5, 0.02 * h, 1.1)]
    skin = skin_of(cones, thick / (3.4 if detail == "near" else 1.8))
    top = np.clip((skin.normals @ up - 0.35) / 0.3, 0, 1)[:, None]
    coat = linear(one.coat.muzzle or one.coat.below) * 0.88
    colour = coat * (1 - top) + linear("#571d1d") * top
    jaw = mesh(
        skin.points, skin.triangles, albedo=colour, normals=skin.normals,
        surface=Surface.HAIR if one.fur else Surface.SKIN, roughness=0.7,
    )  # fmt: skip
    parts = [Part(jaw, held_by(plan, "jaw", len(skin.points)))]
    if detail == "far":
        return parts
    root = hinge + 0.35 * thick * up + 0.1 * (tip - hinge)
    end = tip + 0.42 * thick * up + 0.02 * h * ahead
    licks = skin_of([Cone("jaw", root, end, thick * 0.24, thick * 0.2, 0.01 * h, 1.7)], thick / 5)
    tongue = mesh(
        licks.points, licks.triangles, albedo=linear("#d9707a"), normals=licks.normals,
        surface=Surface.SKIN, roughness=0.35,
    )  # fmt: skip
    return [*parts, Part(tongue, held_by(plan, "jaw", len(licks.points)))]


def _frill(plan: Plan) -> Part:
    """A shield of bone that stands up behind the head, scalloped at its edge."""
    one = plan.species
    ahead, up = head_axes(one)
    h = plan.head_m
    middle = plan.head("head") + h * (0.02 * ahead + 0.1 * up)
    t, turn = np.linspace(0.2, 1, 6)[:, None], np.linspace(-2.1, 2.1, 27)[None]
    reach = 0.72 * h * t * (1 + 0.05 * np.cos(11 * turn) * t**4)
    aside, high = reach * np.sin(turn), reach * np.cos(turn)
    back = -0.34 * h * t**1.5
    spots = middle + np.stack([aside, 0 * aside, 0 * aside], -1)
    spots = spots + high[..., None] * up + (back + 0 * turn)[..., None] * ahead
    skin = leaf(spots, 0.03 * h * (1.2 - t) + 0 * turn, ahead)
    rim = np.tile(np.broadcast_to(t, aside.shape).reshape(-1, 1), (2, 1)) ** 3
    base, dark = linear(one.coat.base), linear(one.coat.marks)
    return part_of(plan, "head", skin, base + rim * (dark - base), roughness=0.5)


def _teeth(plan: Plan, detail: str) -> list[Part]:
    """Two rows of fangs along each jaw."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    end, start = nose_end(one) - 0.9 * one.snout, nose_end(one) - 0.85 * one.muzzle
    count = 9 if detail == "near" else 4
    parts = []
    for bone, rise, way in (("head", -0.62, -1.0), ("jaw", -0.78, 1.0)):
        for k in range(count):
            share = (k + (0.5 if bone == "jaw" else 0.2)) / count
            aside = one.snout * (1.06 - 0.35 * share) * (0.94 if bone == "head" else 0.72)
            long = h * one.snout * (0.34 + 0.16 * ((k * 7) % 3)) * (1.0 if bone == "head" else 0.75)
            for _, out in SIDES:
                root = poll + h * (
                    (start + share * (end - start)) * ahead + (rise * one.snout - 0.07) * up
                )
                root = root + np.array([out * aside * h, 0.0, 0.0])
                line = root + np.linspace(0, 1, 3)[:, None] * way * long * up
                skin = tube(line, h * one.snout * np.array([0.1, 0.075, 0.01]), 5)
                parts.append(part_of(plan, bone, skin, linear("#efe6cd"), roughness=0.3))
    return parts


def _nose(plan: Plan) -> list[Part]:
    """A wet nose, or two nostrils on a broad muzzle."""
    one = plan.species
    if one.name == "elephant":
        return []
    ahead, up = head_axes(one)
    h = plan.head_m
    radius = one.snout * h
    tip = plan.head("head") + h * (nose_end(one) - one.snout * 0.75) * ahead - 0.1 * h * up
    points, triangles = ball(np.linspace(0, np.pi, 8), 10)
    basis = np.stack([np.array([1.0, 0, 0]), up, ahead], 1)
    parts = []
    if one.feet == "paw" and one.cover == "fur":
        size = np.array([0.5, 0.36, 0.42]) * radius * (1.0 if one.muzzle > 0.3 else 0.72)
        taper = 1 + 0.3 * points[:, 1:2] * np.array([1, 0, 0])
        at = tip + radius * (0.66 * ahead + 0.42 * up)
        nose = mesh(
            at + (points * size * taper) @ basis.T, triangles,
            albedo=linear(one.coat.nose), surface=Surface.SKIN, roughness=0.28,
        )  # fmt: skip
        parts.append(Part(nose, held_by(plan, "head", len(points))))
    else:
        for _, out in SIDES:
            at = tip + radius * (0.56 * ahead + 0.3 * up) + np.array([out * 0.42 * radius, 0, 0])
            hole = mesh(
                at + (points * np.array([0.17, 0.22, 0.13]) * radius) @ basis.T, triangles,
                albedo=linear("#0d0a09"), surface=Surface.SKIN, roughness=0.6,
            )  # fmt: skip
            parts.append(Part(hole, held_by(plan, "head", len(points))))
    return parts


def _horns(plan: Plan) -> list[Part]:
    """Horns, antlers or tusks."""
    one = plan.species
    parts = []
    for curve, thick, end in _horn_curves(plan):
        radii = np.linspace(thick, end, len(curve)) * plan.head_m
        if one.horns in {"goat", "dragon", "one"}:
            radii = radii * (1 + 0.07 * np.cos(np.linspace(0, 9 * np.pi, len(curve))))
        colour = linear({"antlers": "#a98a5f", "dragon": "#3b3029", "rhino": "#8d8172",
                         "knobs": "#5b3d22"}.get(one.horns, "#e6d9bf"))  # fmt: skip
        horn = part_of(plan, "head", tube(curve, radii, 8), colour, surface=Surface.PLAIN)
        parts.append(horn)
    return parts


def _horn_curves(plan: Plan) -> list[tuple[Floats, float, float]]:
    """Return the middle line of every horn, and its thickness at root and end in head lengths."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    t = np.linspace(0, 1, 9)[:, None]
    brow = poll + h * ((0.8 * one.skull + 0.02 + 0.55 * one.skull) * ahead + 1.1 * one.skull * up)
    if not one.horns:
        return []
    if one.horns == "one":
        return [(brow + h * 0.75 * t * unit(0.75 * up + 0.8 * ahead), 0.05, 0.006)]
    if one.horns == "three":
        nose = poll + h * ((nose_end(one) - 0.9 * one.snout) * ahead + 0.75 * one.snout * up)
        pair = [
            (
                brow + h * (np.array([out * 0.16, 0, 0]) + t * 0.62 * unit(ahead + 0.55 * up)),
                0.06,
                0.008,
            )
            for _, out in SIDES
        ]
        return [*pair, (nose + h * 0.2 * t * unit(up + 0.3 * ahead), 0.055, 0.01)]
    if one.horns == "rhino":
        tip = poll + h * (nose_end(one) - 0.8 * one.snout) * ahead + 0.7 * one.snout * h * up
        return [
            (tip + h * (0.42 * t * up + 0.1 * t**2 * ahead * -1.0), 0.12, 0.012),
            (tip - 0.28 * h * ahead + h * 0.2 * t * up, 0.09, 0.015),
        ]
    return [curve for _, out in SIDES for curve in _pair(plan, np.array([out, 0.0, 0.0]), t)]


def _pair(plan: Plan, aside: Floats, t: Floats) -> list[tuple[Floats, float, float]]:
    """Return the horns of one side, which lies `aside` (3,); t (k, 1) runs from root to end."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    crown = poll + h * (0.16 * ahead + one.skull * 0.95 * up + 0.5 * one.skull * aside)
    match one.horns:
        case "tusks":
            root = poll + h * (0.82 * ahead - 0.24 * up + 0.22 * aside)
            bow = 0.75 * t * unit(ahead - 0.55 * up) + 0.3 * t**2 * (up + ahead)
            return [(root + h * bow, 0.05, 0.015)]
        case "antlers":
            root = poll + h * (0.2 * ahead + 1.13 * one.skull * up + 0.1 * aside)
            bow = 0.9 * t * unit(up + 0.55 * aside - 0.4 * ahead)
            main = root + h * (bow + 0.3 * t**2 * (ahead + 0.4 * aside))
            way = unit(up * 0.5 + ahead + 0.2 * aside)
            tines = ((2, 0.3), (4, 0.34), (6, 0.28))
            return [(main, 0.04, 0.014)] + [
                (main[start] + h * rise * t * way, 0.026, 0.008) for start, rise in tines
            ]
        case "cow":
            bow = 0.42 * t * unit(aside + 0.3 * up) + 0.21 * t**2 * up
            return [(crown + h * bow, 0.05, 0.012)]
        case "goat":
            bow = 0.42 * t * unit(0.35 * aside - 0.8 * ahead + 0.3 * up)
            return [(crown + h * (bow + 0.27 * t**2 * (0.2 * up - 0.5 * ahead)), 0.05, 0.012)]
        case "dragon":
            bow = 0.7 * t * unit(0.3 * aside - 0.9 * ahead + 0.4 * up) + 0.2 * t**2 * up
            jowl = poll + h * (0.2 * ahead - 0.1 * up + 0.9 * one.skull * aside)
            return [
                (crown + h * bow, 0.07, 0.008),
                (jowl + h * 0.3 * t * unit(aside - 0.9 * ahead), 0.04, 0.005),
            ]
    return [(crown + h * 0.2 * t * unit(up - 0.2 * ahead), 0.035, 0.04)]
