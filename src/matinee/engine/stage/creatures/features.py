"""What sits on an animal's body: eyes and lids, ears, nose, jaw, hair, horns, beak and wings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, mesh, smooth_normals
from matinee.engine.stage.skeleton import frame, unit

from .anatomy import SIDES, head_axes, nose_end
from .coat import linear
from .field import Cone, skin_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .species import Species

Floats: TypeAlias = "npt.NDArray[np.float64]"


QUILL, LOCK = 0.125, 0.03
"""How wide feathers and locks of a mane are, in heights of the back."""


@dataclass(frozen=True, eq=False)
class Part:
    """A mesh and how much each bone holds each of its points, (n, bones)."""

    mesh: Mesh
    hold: Floats


def all_of(plan: Plan, body: Part, rng: np.random.Generator) -> list[Part]:
    """Return everything that is not the body itself."""
    parts = [part for side, out in SIDES for part in (*_eye(plan, side), *_ear(plan, side, out))]
    if plan.species.body == "bird":
        parts += _beak(plan)
        parts += _feathers(plan, rng)
    else:
        parts += _jaw(plan)
        parts += _nose(plan)
        parts += _horns(plan)
        parts += _mane(plan, rng)
    parts += _fur(plan, body, rng)
    return parts


def _on(plan: Plan, bone: str, count: int) -> Floats:
    hold = np.zeros((count, len(plan.skeleton.names)))
    hold[:, plan.skeleton.places[bone]] = 1.0
    return hold


def _ball(rings: int, sides: int) -> tuple[Floats, npt.NDArray[np.uint32]]:
    """A unit ball whose pole is +Z: points and triangles."""
    bend, turn = np.meshgrid(
        np.linspace(0, np.pi, rings + 1), np.linspace(0, 2 * np.pi, sides + 1), indexing="ij"
    )
    points = np.stack(
        [np.sin(bend) * np.cos(turn), np.sin(bend) * np.sin(turn), np.cos(bend)], -1
    ).reshape(-1, 3)
    return points, _grid_triangles(rings + 1, sides + 1)


def _grid_triangles(rows: int, columns: int) -> npt.NDArray[np.uint32]:
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]
    first = np.stack([a, b, c], -1).reshape(-1, 3)
    second = np.stack([a, c, d], -1).reshape(-1, 3)
    return np.concatenate([first, second]).astype(np.uint32)


def _eye(plan: Plan, side: str) -> list[Part]:
    """An eyeball with a large pupil, and a lid that rests above it."""
    one = plan.species
    middle = plan.head(f"eye_{side}")
    look = unit(plan.skeleton.tail(f"eye_{side}") - middle)
    points, triangles = _ball(20, 24)
    cat = one.name in {"cat", "fox"}
    axes = frame(look, [0.0, 1.0, 0.0])
    basis = np.stack([axes[:, 2], axes[:, 1], axes[:, 0]], 1)
    basis[:, 0] = np.cross(basis[:, 1], basis[:, 2])
    off = np.hypot(points[:, 0] * (1.45 if cat else 1.0), points[:, 1])
    iris = np.hypot(points[:, 0], points[:, 1])
    front = points[:, 2] > 0
    colour = np.tile(linear("#d9d2c8"), (len(points), 1))
    ring = linear(one.coat.iris)
    colour[front & (iris < 0.86)] = 0.35 * ring
    colour[front & (iris < 0.76)] = ring
    colour[front & (iris < 0.76) & (points[:, 1] < -0.05)] = np.minimum(ring * 1.5, 1)
    colour[front & (off < (0.56 if cat else 0.48))] = linear("#0b0807")
    radius = one.eye * plan.head_m
    ball = mesh(
        middle + (points @ basis.T) * radius, triangles,
        albedo=colour, surface=Surface.EYE, roughness=0.06,
        normals=points @ basis.T,
    )  # fmt: skip
    parts = [Part(ball, _on(plan, f"eye_{side}", len(points)))]
    # The lid is the upper back of a slightly larger ball; the bone turns it down over the eye.
    shell, sheet = _ball(12, 20)
    shell = shell[:, [0, 2, 1]] * [1, 1, -1]
    kept = shell[sheet].mean(1)[:, 1] > 0.1
    lid = mesh(
        middle + (shell @ basis.T) * radius * 1.09, sheet[kept],
        albedo=linear("#2a1f18" if one.coat.base < "#4" else one.coat.marks) * 0.6,
        surface=Surface.SKIN, roughness=0.6, normals=shell @ basis.T,
    )  # fmt: skip
    tilt = np.array([[1, 0, 0], [0, np.cos(0.75), np.sin(0.75)], [0, -np.sin(0.75), np.cos(0.75)]])
    turn = basis @ tilt @ basis.T
    around = (lid.positions - middle) @ turn.T + middle
    lid = mesh(around, lid.triangles, albedo=lid.albedo, surface=lid.surface,
               roughness=0.6, normals=lid.normals @ turn.T)  # fmt: skip
    return [*parts, Part(lid, _on(plan, f"lid_{side}", lid.vertex_count))]


def _ear(plan: Plan, side: str, out: float) -> list[Part]:
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
    t = np.linspace(0, 1, 11)[:, None]
    s = np.linspace(-1, 1, 9)[None]
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
    sheet = _grid_triangles(len(half), s.shape[1])
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
    hold = _on(plan, f"ear_{side}", 2 * count)
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
    dark = linear(coat.marks if coat.pattern == "saddle" or one.name == "panda" else coat.base)
    if one.mane == "wool":
        dark = linear(coat.muzzle)
    pink = linear("#c98d7c") * 0.75 if one.feet != "pad" else linear(coat.marks)
    inside = pink * (1 - rim) + 0.8 * dark * rim
    if one.ear == "flop":
        inside = np.tile(dark * 0.8, (len(tip), 1))
    back = np.tile(dark, (len(tip), 1)) * (1.0 - 0.25 * tip)
    if one.name == "fox":
        back = back * (1 - tip) + linear("#1a1210") * tip
    return inside, back


def _jaw(plan: Plan) -> list[Part]:
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
    skin = skin_of(cones, thick / 5.5)
    top = np.clip((skin.normals @ up - 0.35) / 0.3, 0, 1)[:, None]
    coat = linear(one.coat.muzzle or one.coat.below) * 0.88
    colour = coat * (1 - top) + linear("#571d1d") * top
    jaw = mesh(
        skin.points, skin.triangles, albedo=colour, normals=skin.normals,
        surface=Surface.HAIR if one.fur else Surface.SKIN, roughness=0.7,
    )  # fmt: skip
    parts = [Part(jaw, _on(plan, "jaw", len(skin.points)))]
    root = hinge + 0.35 * thick * up + 0.1 * (tip - hinge)
    end = tip + 0.42 * thick * up + 0.02 * h * ahead
    licks = skin_of([Cone("jaw", root, end, thick * 0.24, thick * 0.2, 0.01 * h, 1.7)], thick / 6)
    tongue = mesh(
        licks.points, licks.triangles, albedo=linear("#d9707a"), normals=licks.normals,
        surface=Surface.SKIN, roughness=0.35,
    )  # fmt: skip
    return [*parts, Part(tongue, _on(plan, "jaw", len(licks.points)))]


def _nose(plan: Plan) -> list[Part]:
    """A wet nose, or two nostrils on a broad muzzle."""
    one = plan.species
    if one.name == "elephant":
        return []
    ahead, up = head_axes(one)
    h = plan.head_m
    radius = one.snout * h
    tip = plan.head("head") + h * (nose_end(one) - one.snout * 0.75) * ahead - 0.1 * h * up
    points, triangles = _ball(12, 16)
    basis = np.stack([np.array([1.0, 0, 0]), up, ahead], 1)
    parts = []
    if one.feet == "paw":
        size = np.array([0.5, 0.36, 0.42]) * radius * (1.0 if one.muzzle > 0.3 else 0.72)
        taper = 1 + 0.3 * points[:, 1:2] * np.array([1, 0, 0])
        at = tip + radius * (0.66 * ahead + 0.42 * up)
        nose = mesh(
            at + (points * size * taper) @ basis.T, triangles,
            albedo=linear(one.coat.nose), surface=Surface.SKIN, roughness=0.28,
        )  # fmt: skip
        parts.append(Part(nose, _on(plan, "head", len(points))))
    else:
        for _, out in SIDES:
            at = tip + radius * (0.56 * ahead + 0.3 * up) + np.array([out * 0.42 * radius, 0, 0])
            hole = mesh(
                at + (points * np.array([0.17, 0.22, 0.13]) * radius) @ basis.T, triangles,
                albedo=linear("#0d0a09"), surface=Surface.SKIN, roughness=0.6,
            )  # fmt: skip
            parts.append(Part(hole, _on(plan, "head", len(points))))
    return parts


def _tube(points: Floats, radii: Floats, sides: int = 9) -> tuple[Floats, npt.NDArray[np.uint32]]:
    """A tapering tube along points (k, 3)."""
    along = unit(np.gradient(points, axis=0))
    across = unit(np.cross(along, [0.31, 0.2, 0.93]))
    beside = np.cross(along, across)
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    ring = (
        np.cos(turn)[None, :, None] * across[:, None]
        + np.sin(turn)[None, :, None] * beside[:, None]
    )
    spots = points[:, None] + ring * np.asarray(radii)[:, None, None]
    return spots.reshape(-1, 3), _grid_triangles(len(points), sides + 1)[:, [0, 2, 1]]


def _horns(plan: Plan) -> list[Part]:
    """Horns, antlers or tusks."""
    one = plan.species
    if not one.horns:
        return []
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    parts = []
    for _, out in SIDES:
        aside = np.array([out, 0.0, 0.0])
        curves: list[tuple[Floats, float, float]] = []
        t = np.linspace(0, 1, 9)[:, None]
        if one.horns == "tusks":
            root = poll + h * (0.82 * ahead - 0.24 * up + 0.22 * aside)
            curves.append(
                (
                    root + h * (0.75 * t * unit(ahead - 0.55 * up) + 0.3 * t**2 * (up + ahead)),
                    0.05,
                    0.015,
                )
            )
        elif one.horns == "antlers":
            root = poll + h * (
                0.2 * ahead + (0.28 * one.skull + one.skull * 0.85) * up + 0.1 * aside
            )
            main = root + h * (
                0.9 * t * unit(up + 0.55 * aside - 0.4 * ahead) + 0.3 * t**2 * (ahead + 0.4 * aside)
            )
            curves.append((main, 0.04, 0.014))
            for start, rise in ((2, 0.3), (4, 0.34), (6, 0.28)):
                tine = main[start] + h * rise * t * unit(up * 0.5 + ahead + 0.2 * aside)
                curves.append((tine, 0.026, 0.008))
        else:
            root = poll + h * (0.16 * ahead + one.skull * 0.95 * up + 0.5 * one.skull * aside)
            sweep = aside if one.horns == "cow" else 0.35 * aside - 0.8 * ahead
            rise = 0.42 if one.horns == "cow" else 0.55
            curves.append(
                (
                    root
                    + h
                    * (
                        0.42 * t * unit(sweep + 0.3 * up)
                        + rise * 0.5 * t**2 * (up if one.horns == "cow" else up * 0.2 - ahead * 0.5)
                    ),
                    0.05,
                    0.012,
                )
            )
        for curve, thick, end in curves:
            spots, triangles = _tube(curve, np.linspace(thick, end, len(curve)) * h)
            colour = linear("#a98a5f" if one.horns == "antlers" else "#e6d9bf")
            horn = mesh(spots, triangles, albedo=colour, surface=Surface.PLAIN, roughness=0.45)
            parts.append(Part(horn, _on(plan, "head", len(spots))))
    return parts


def _beak(plan: Plan) -> list[Part]:
    """Two halves of a beak; the lower one is the jaw."""
    one = plan.species
    ahead, up = head_axes(one)
    poll, h = plan.head("head"), plan.head_m
    broad = 1.7 if one.name == "duck" else 1.0
    hooked = one.name in {"eagle", "owl"}
    t = np.linspace(0, 1, 8)[:, None]
    long = {"owl": 0.22, "duck": 0.42}.get(one.name, 0.34) * h
    start = poll + h * ((0.84 * one.skull + one.skull + 0.0) * ahead + 0.18 * one.skull * up)
    parts = []
    for bone, lift, down in (("head", 0.02, 0.25 if hooked else 0.06), ("jaw", -0.05, -0.02)):
        curve = start + h * lift * up + t * long * ahead * (1 if bone == "head" else 0.82)
        curve = curve - t**2 * long * down * up
        radii = 0.105 * h * (1 - t[:, 0] ** 1.6) ** 0.8 + 0.004 * h
        spots, triangles = _tube(curve, radii * (1 if bone == "head" else 0.75), 12)
        centre = np.repeat(curve, 13, axis=0)
        spots = centre + (spots - centre) * np.array([broad, 1 / broad, 1.0])
        colour = linear(one.coat.nose) * (1 if bone == "head" else 0.75)
        beak = mesh(spots, triangles, albedo=colour, surface=Surface.PLAIN, roughness=0.4)
        parts.append(Part(beak, _on(plan, bone, len(spots))))
    if one.name == "chicken":
        points, triangles = _ball(8, 10)
        for k in range(4):
            at = poll + h * ((0.1 + 0.16 * k) * ahead + (0.28 + 0.98) * one.skull * up)
            comb = mesh(at + points * np.array([0.025, 0.09, 0.07]) * h, triangles,
                        albedo=linear("#b81f1c"), surface=Surface.SKIN, roughness=0.5)  # fmt: skip
            parts.append(Part(comb, _on(plan, "head", len(points))))
    return parts


def _quill(
    root: Floats, way: Floats, across: Floats, long: float, wide: float
) -> tuple[Floats, npt.NDArray[np.uint32]]:
    """One feather: a rounded blade."""
    t = np.linspace(0, 1, 7)[:, None]
    half = wide * 0.5 * (0.55 + 0.9 * t) * np.sqrt(np.clip(1 - t**5, 0, 1))
    s = np.array([-1.0, 0.0, 1.0])[None]
    spots = root + (t * long + 0 * s)[..., None] * way + (half * s)[..., None] * across
    lift = np.cross(way, across) * 0.12 * wide
    spots = spots + (1 - s**2)[..., None] * lift
    return spots.reshape(-1, 3), _grid_triangles(7, 3)


def _feathers(plan: Plan, rng: np.random.Generator) -> list[Part]:
    """Wings spread, wings folded, and a tail; the pose shows one pair of wings at a time."""
    one = plan.species
    size = one.withers_m * plan.scale
    base, dark = linear(one.coat.base), linear(one.coat.marks)
    sheets: list[tuple[Floats, npt.NDArray[np.uint32], Floats, str]] = []

    def blade(
        bone: str, root: Floats, way: Floats, across: Floats, *, long: float, colour: Floats
    ) -> None:
        spots, triangles = _quill(root, unit(way), unit(across), long * size, QUILL * size)
        sheets.append((spots, triangles, colour * rng.uniform(0.88, 1.1), bone))

    for side, out in SIDES:
        aside = np.array([out, 0.0, 0.0])
        wing, hand = plan.head(f"wing_{side}"), plan.head(f"hand_{side}")
        tip = plan.skeleton.tail(f"hand_{side}")
        for row, (long, colour) in enumerate(((0.5, dark), (0.3, base), (0.17, base * 1.15))):
            for k in range(15):
                t = k / 14
                on_hand = t > 0.48
                at = wing + (hand - wing) * min(t / 0.5, 1) + (tip - hand) * max(t - 0.5, 0) * 1.6
                lean = 0.1 + 1.25 * max(t - 0.35, 0) ** 1.2 * 1.5
                way = -np.array([0, 0, 1.0]) * np.cos(lean) + aside * np.sin(lean)
                at = at + np.array(
                    [0, (0.03 - 0.006 * (2 - row)) * size + 0.004 * row * size, 0.05 * size]
                )
                blade(
                    f"{'hand' if on_hand else 'wing'}_{side}",
                    at,
                    way,
                    np.cross([0, 1.0, 0], way),
                    long=long * (1 + 0.45 * (t > 0.5)),
                    colour=colour,
                )
        root = plan.head(f"fold_{side}")
        for row, (long, colour) in enumerate(
            ((0.62, dark), (0.48, base * 0.9), (0.34, base * 1.1))
        ):
            for k in range(6):
                at = root + size * np.array(
                    [
                        out * (0.085 + 0.012 * row - 0.018 * abs(k - 2.5) * 0.4),
                        0.05 - 0.048 * k,
                        0.03 - 0.02 * k + 0.02 * row,
                    ]
                )
                way = np.array([-out * 0.05, -0.34 + 0.03 * k, -1.0])
                blade(
                    f"fold_{side}",
                    at,
                    way,
                    np.array([0, 1.0, 0.2]),
                    long=long * (1 - 0.06 * k),
                    colour=colour,
                )
    tail = plan.head("tail1")
    for k in range(7):
        spread = (k - 3) * 0.1
        way = np.array([np.sin(spread), np.sin(one.tail_up * 0.3) - 0.25, -np.cos(spread)])
        blade(
            "tail1",
            tail + size * np.array([0.02 * (k - 3), 0.005 * abs(k - 3) + 0.02, 0.1]),
            way,
            np.array([1.0, 0, 0]),
            long=one.tail * 0.85,
            colour=dark if k % 2 else base,
        )
    parts = []
    for spots, triangles, colour, bone in sheets:
        sheet = mesh(
            spots, triangles, albedo=np.clip(colour, 0, 1), surface=Surface.CLOTH, roughness=0.8
        )
        parts.append(Part(sheet, _on(plan, bone, len(spots))))
    return parts


def _mane(plan: Plan, rng: np.random.Generator) -> list[Part]:
    """Long hair on neck and tail."""
    one = plan.species
    size = one.withers_m * plan.scale
    roots: list[tuple[Floats, Floats, float, str]] = []
    nape, poll = plan.head("neck1"), plan.head("head")
    back = unit(np.cross(poll - nape, [1.0, 0, 0]))
    if one.mane == "crest":
        for _ in range(420):
            t = float(rng.uniform(-0.05, 1.12))
            out = float(rng.choice([-1, 1], p=[0.75, 0.25]))
            thick = one.neck_m * size * (1.34 - 0.4 * t)
            at = nape + t * (poll - nape) - back * thick * -0.95 * (1 if back[1] > 0 else -1)
            way = np.array([out * 0.95, -0.3, float(rng.normal(-0.12, 0.15))])
            bone = "head" if t > 1 else "neck2" if t > 0.5 else "neck1"
            roots.append(
                (at + rng.normal(0, 0.008, 3) * size, way, 0.2 * float(rng.uniform(0.7, 1.2)), bone)
            )
        for _ in range(260):
            k = int(rng.integers(0, 4))
            at = plan.head(f"tail{k + 1}") + rng.normal(0, 0.015, 3) * size
            roots.append((at, np.array([0.0, -1.0, -0.12]) + rng.normal(0, 0.07, 3),
                          float(rng.uniform(0.24, 0.42)), f"tail{k + 1}"))  # fmt: skip
    elif one.mane == "ruff":
        for _ in range(1500):
            angle, t = float(rng.uniform(-np.pi, np.pi)), float(rng.uniform(-0.25, 1.25))
            axis = unit(poll - nape)
            around = np.cos(angle) * back + np.sin(angle) * np.array([1.0, 0, 0])
            at = nape + t * (poll - nape) + around * one.neck_m * size * 1.15
            way = around - 0.55 * axis + np.array([0, -0.35, 0])
            bone = "head" if t > 0.95 else "neck2" if t > 0.5 else "neck1" if t > 0 else "chest"
            roots.append((at, way, 0.2 * float(rng.uniform(0.8, 1.25)), bone))
    if one.name in {"lion", "cow", "donkey", "elephant"}:
        tip = plan.skeleton.tail("tail4")
        for _ in range(60):
            way = np.array([0, -1.0, -0.25]) + rng.normal(0, 0.2, 3)
            at = tip + rng.normal(0, 0.008, 3) * size
            roots += [(at, way, 0.1, "tail4")]
    if not roots:
        return []
    colour = linear(one.coat.mane or one.coat.marks)
    return [_locks(plan, roots, colour, rng)]


def _locks(
    plan: Plan,
    roots: list[tuple[Floats, Floats, float, str]],
    colour: Floats,
    rng: np.random.Generator,
) -> Part:
    """Curved blades of hair that hang from their roots."""
    count, size = len(roots), plan.species.withers_m * plan.scale
    at = np.array([root[0] for root in roots])
    way = unit(np.array([root[1] for root in roots]))
    long = np.array([root[2] for root in roots]) * size
    t = np.array([0.0, 0.4, 0.75, 1.0])
    droop = np.array([0.0, -1.0, 0.0])
    spine = at[:, None] + long[:, None, None] * (
        t[None, :, None] * way[:, None] + 0.35 * t[None, :, None] ** 2 * droop
    )
    spin = rng.normal(0, 1, (count, 3))
    across = unit(np.cross(way, spin))
    half = LOCK * size * 0.5 * np.array([0.7, 1.0, 0.7, 0.0])
    left = spine - half[None, :, None] * across[:, None]
    right = spine + half[None, :, None] * across[:, None]
    spots = np.stack([left, right], 2).reshape(count * 8, 3)
    first = np.arange(count)[:, None] * 8
    quads = np.array([[0, 1, 3], [0, 3, 2], [2, 3, 5], [2, 5, 4], [4, 5, 7], [4, 7, 6]])
    triangles = (first[:, :, None] + quads[None]).reshape(-1, 3).astype(np.uint32)
    shade = np.repeat(rng.uniform(0.7, 1.3, count), 8)[:, None]
    outward = unit(np.cross(across, way))
    middle = plan.head("neck1")
    flip = np.where((outward * (at - middle)).sum(1, keepdims=True) < 0, -1.0, 1.0)
    normals = np.repeat(unit(outward * flip + 0.4 * np.array([0, 1.0, 0])), 8, axis=0)
    sheet = mesh(spots, triangles, albedo=np.clip(colour * shade, 0, 1), surface=Surface.HAIR,
                 roughness=0.7, normals=normals)  # fmt: skip
    sheet = _facing_its_normals(sheet)
    hold = np.concatenate([_on(plan, root[3], 8) for root in roots])
    return Part(sheet, hold)


def _facing_its_normals(sheet: Mesh) -> Mesh:
    """Wind every triangle so that it is seen from the side its normals point to."""
    corners = sheet.positions[sheet.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    away = (flat * sheet.normals[sheet.triangles].sum(1)).sum(1) < 0
    triangles = sheet.triangles.copy()
    triangles[away] = triangles[away][:, [0, 2, 1]]
    return replace(sheet, triangles=triangles)


def _fur(plan: Plan, body: Part, rng: np.random.Generator) -> list[Part]:
    """Short blades all over that break the outline up and catch the light as fur does."""
    one = plan.species
    if one.fur <= 0:
        return []
    size = one.withers_m * plan.scale
    skin = body.mesh
    places = plan.skeleton.places
    length = np.full(skin.vertex_count, one.fur)
    for beginnings, share in (
        (("head", "fpaw", "hpaw", "wrist", "hock"), 0.3),
        (("forearm", "shin"), 0.55),
        (("neck", "chest"), 1.25),
        (("tail",), 0.8 + 0.45 * one.brush),
    ):
        columns = [index for name, index in places.items() if name.startswith(beginnings)]
        held = body.hold[:, columns].sum(1)
        length *= 1 + (share - 1) * held
    ahead, _ = head_axes(one)
    muzzle = ((skin.positions - plan.head("head")) @ ahead) / plan.head_m
    head = body.hold[:, places["head"]]
    length *= np.where((head > 0.5) & (muzzle > nose_end(one) - one.muzzle), 0.15, 1.0)
    for side in ("l", "r"):
        near = np.linalg.norm(skin.positions - plan.head(f"eye_{side}"), axis=1)
        length *= np.clip(near / (one.eye * plan.head_m) - 1.6, 0.0, 1.0)
    chosen = rng.permutation(skin.vertex_count)[: min(skin.vertex_count, 7000)]
    chosen = chosen[length[chosen] > 0.012]
    normal = skin.normals[chosen].astype(np.float64)
    flow = np.array([0.0, -0.55, -1.0]) + rng.normal(0, 0.16, (len(chosen), 3))
    tails = [index for name, index in places.items() if name.startswith("tail")]
    on_tail = body.hold[chosen][:, tails].sum(1, keepdims=True)
    tail_way = unit(plan.skeleton.tail("tail4") - plan.head("tail1"))
    flow = flow * (1 - on_tail) + tail_way * on_tail
    flow = unit(flow - (flow * normal).sum(1, keepdims=True) * normal)
    way = unit(flow + 0.26 * normal)
    across = unit(np.cross(normal, way))
    long = (length[chosen] * size * rng.uniform(0.75, 1.3, len(chosen)))[:, None]
    wide = 0.24 * long
    root = skin.positions[chosen] - 0.06 * long * normal
    spots = np.stack([root - wide * across, root + wide * across, root + long * way], 1)
    lit = rng.uniform(0.82, 1.16, (len(chosen), 1, 1))
    colour = skin.albedo[chosen][:, None] * lit * np.array([0.96, 0.96, 1.12])[None, :, None]
    leaning = unit(normal + 0.25 * way)
    normals = np.stack([normal, normal, leaning], 1).reshape(-1, 3)
    triangles = np.arange(3 * len(chosen), dtype=np.uint32).reshape(-1, 3)
    sheet = mesh(
        spots.reshape(-1, 3), triangles[:, [0, 2, 1]],
        albedo=np.clip(colour.reshape(-1, 3), 0, 1), surface=Surface.HAIR, roughness=0.85,
        normals=normals,
    )  # fmt: skip
    shade = np.repeat(skin.occlusion[chosen], 3)
    return [Part(sheet.with_occlusion(shade), np.repeat(body.hold[chosen], 3, axis=0))]
