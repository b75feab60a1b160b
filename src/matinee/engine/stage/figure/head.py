"""What sits in and on a face: eyes, lashes, brows, teeth and tongue."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import DECIMETRE_M, anatomy, partners, units
from .patch import Patch, compacted
from .piece import Piece, of_body, rigid, stuff

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail
    from .identity import Identity

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

# Rings of the eyeball: angle from the line of sight in degrees.
PUPIL_DEG, IRIS_DEG = 12.5, 31.0
EYE_RINGS_DEG = (0, 7, 11.5, PUPIL_DEG, 16, 20, 25, 29, IRIS_DEG, 33, 37, 50, 66, 84, 104)
EYE_SPOKES = {"near": 28, "middle": 18, "far": 9}


@lru_cache(maxsize=1)
def unit_deltas() -> Floats:
    """Return every face unit over all body vertices, (k, v, 3) metres."""
    known = units()
    count = len(anatomy().canonical)
    dense = np.zeros((len(known.names), count, 3), np.float32)
    for index, name in enumerate(known.names):
        vertices, deltas = known.rows(name)
        chosen = vertices < count
        dense[index, vertices[chosen]] = deltas[chosen] * DECIMETRE_M
    return dense


@lru_cache(maxsize=1)
def expressive() -> npt.NDArray[np.bool_]:
    """Say of every body vertex whether any face unit moves it, (v,)."""
    moved: npt.NDArray[np.bool_] = np.any(unit_deltas() != 0, axis=(0, 2))
    return moved


def eyes(points: Floats, person: Identity, detail: Detail, seed: int) -> list[Piece]:
    """Make both eyeballs, each turning with its own bone, and their catch lights."""
    body = anatomy()
    pieces = []
    for side in ("l", "r"):
        ball = points[np.unique(body.triangles["near"][f"eye_{side}"])]
        low, high = ball.min(0), ball.max(0)
        radius = float(high[0] - low[0]) / 2
        centre = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2] - radius * 1.06])
        pieces.append(
            _eyeball(centre, radius, bone=f"eye_{side}", person=person, detail=detail, seed=seed)
        )
        pieces.append(_catch_light(centre, radius, side))
    return pieces


def _eyeball(
    centre: npt.NDArray[np.floating],
    radius: float,
    *,
    bone: str,
    person: Identity,
    detail: Detail,
    seed: int,
) -> Piece:
    body = anatomy()
    spokes = EYE_SPOKES[detail]
    polar = np.radians(np.repeat(EYE_RINGS_DEG, spokes))
    around = np.tile(np.arange(spokes) * 2 * np.pi / spokes, len(EYE_RINGS_DEG))
    ball = np.stack(
        [np.sin(polar) * np.cos(around), np.sin(polar) * np.sin(around), np.cos(polar)], 1
    )
    # The cornea stands out over the iris; the white is a sphere.
    bulge = 1 + 0.045 * np.clip(1 - polar / np.radians(IRIS_DEG + 6), 0, 1) ** 0.5
    shape = rigid(
        centre + ball * radius * bulge[:, None],
        _rings(len(EYE_RINGS_DEG), spokes),
        body.bone(bone),
        len(body.bone_names),
    )
    colour = _eye_colours(np.degrees(polar), around, person, seed)
    lid = (
        1 - 0.45 * np.clip(ball[:, 1] * 2.2 - 0.05, 0, 1) - 0.15 * np.clip(-ball[:, 1] - 0.3, 0, 1)
    )
    corner = 1 - 0.35 * np.clip(np.abs(ball[:, 0]) - 0.45, 0, 0.5) * 2
    return Piece(
        stuff(shape, colour=colour, surface=Surface.EYE, roughness=0.06, occlusion=lid * corner),
        normals=ball.astype(np.float32),
    )


def _rings(rings: int, spokes: int) -> Ints:
    """Return the triangles of a cap of `rings` rings around an axis, seen from its pole."""
    index = np.arange(rings * spokes).reshape(rings, spokes)
    a, b = index[:-1], index[1:]
    c, d = np.roll(b, -1, 1), np.roll(a, -1, 1)
    return np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)


def _eye_colours(
    polar_deg: npt.NDArray[np.floating],
    around: npt.NDArray[np.floating],
    person: Identity,
    seed: int,
) -> Floats:
    rng = np.random.default_rng(seed)
    phases = rng.uniform(0, 2 * np.pi, 4)
    streaks = sum(np.sin(around * k + p) for k, p in zip((5, 9, 13, 21), phases, strict=True))
    share = np.clip((polar_deg - PUPIL_DEG) / (IRIS_DEG - PUPIL_DEG), 0, 1)
    # Light that enters at the top leaves at the bottom of the iris: it is what makes eyes glow.
    glow = 1.25 - 0.75 * np.sin(around)
    ring = np.interp(share, [0, 0.15, 0.55, 0.85, 1], [0.75, 1.3, 1.15, 0.8, 0.16])
    iris = person.iris * (ring * glow * (1 + 0.10 * np.asarray(streaks)))[:, None]
    white = (
        np.array([0.74, 0.70, 0.67]) * np.interp(polar_deg, [31, 60, 100], [1, 0.93, 0.6])[:, None]
    )
    white = white * (1 - np.array([0.0, 0.12, 0.12]) * np.clip(polar_deg - 45, 0, 40)[:, None] / 40)
    limbus = np.clip((polar_deg - IRIS_DEG) / 3.0, 0, 1)[:, None]
    outer = person.iris * 0.16 * (1 - limbus) + white * limbus
    colour = np.where((polar_deg <= IRIS_DEG)[:, None], iris, outer)
    colour = np.where((polar_deg < PUPIL_DEG)[:, None], 0.004, colour)
    return np.asarray(np.clip(colour, 0, 1), np.float32)


def _catch_light(centre: npt.NDArray[np.floating], radius: float, side: str) -> Piece:
    """Make the small highlight that keeps an eye alive in any light; it hides under a shut lid."""
    body = anatomy()
    spokes = 8
    around = np.arange(spokes) * 2 * np.pi / spokes
    aim = np.array([-0.17, 0.24, 1.0])
    aim /= np.linalg.norm(aim)
    across = np.cross([0.0, 1.0, 0.0], aim)
    across /= np.linalg.norm(across)
    up = np.cross(aim, across)
    rim = np.cos(around)[:, None] * across + np.sin(around)[:, None] * up
    middle = centre + aim * radius * 1.055
    ring = middle + rim * radius * 0.085
    triangles = [[spokes, i, (i + 1) % spokes] for i in range(spokes)]
    patch = rigid(
        np.concatenate([ring, middle[None]]), triangles, body.bone("head"), len(body.bone_names)
    )
    patch = stuff(
        patch, colour=(0.95, 0.97, 1.0), surface=Surface.PLAIN, roughness=0.3, emission=0.5
    )
    names = units().names
    deltas = np.zeros((len(names), len(patch), 3), np.float32)
    whole = "Left" if side == "l" else "Right"
    deltas[names.index(f"eyeBlink{whole}"), :, 2] = -radius
    return Piece(patch, deltas)


def mouth(points: Floats, detail: Detail) -> list[Piece]:
    """Make teeth and tongue."""
    body = anatomy()
    pieces = []
    for part, colour, rough in (
        ("upper_teeth", (0.80, 0.76, 0.68), 0.25),
        ("lower_teeth", (0.74, 0.70, 0.62), 0.25),
        ("tongue", (0.42, 0.13, 0.12), 0.4),
    ):
        whole = of_body(body, points, body.triangles[detail][part])
        left = compacted(whole)
        patch = left.patch.having(
            weights=np.eye(len(body.bone_names), dtype=np.float32)[
                np.full(len(left.patch), body.bone("head"))
            ]
        )
        back = np.clip((patch["canonical"][:, 2] - 0.9) / 0.5, 0.15, 1)
        patch = stuff(
            patch, colour=colour, surface=Surface.PLAIN, roughness=rough, occlusion=0.75 * back
        )
        pieces.append(Piece(patch, unit_deltas()[:, left.first]))
    return pieces


def lashes(points: Floats, person: Identity, detail: Detail) -> list[Piece]:
    """Make the lashes; on men and children they are short."""
    body = anatomy()
    length = (1.0 - 0.55 * person.man) * (0.75 if person.years in ("child", "elder") else 1.0)
    pieces = []
    names = ("lash_l_upper", "lash_r_upper", "lash_l_lower", "lash_r_lower")
    for name in names[:2] if detail == "far" else names:
        left = compacted(of_body(body, points, body.triangles[detail][name]))
        patch = left.patch
        # The root of a lash is the end nearer to the eye's centre.
        eye = points[np.unique(body.triangles["near"][f"eye_{name[5]}"])].mean(0)
        out = patch["position"] - eye
        depth = np.linalg.norm(out, axis=1)
        root = depth.min()
        short = length * (0.8 if name.endswith("upper") else 0.45)
        scale = (root + (depth - root) * short) / depth
        colour = person.hair * 0.25 + 0.004
        patch = patch.having(position=eye + out * scale[:, None])
        patch = stuff(patch, colour=colour, surface=Surface.HAIR, roughness=0.7)
        pieces.append(Piece(patch, unit_deltas()[:, left.first]))
    return pieces


@lru_cache(maxsize=8)
def face_triangles() -> Ints:
    """Return the triangles of the front of the face, without the inside of the mouth."""
    body = anatomy()
    triangles = body.triangles["near"]["body"]
    middle = body.canonical[triangles].mean(1)
    front = (middle[:, 2] > 0.5) & (middle[:, 1] > 5.9) & (np.abs(middle[:, 0]) < 1.0)
    corners = body.canonical[triangles]
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2] > 0
    dry = body.masks["inside_mouth"][triangles].max(1) < 0.5
    return np.asarray(triangles[front & facing & dry])


def bound(flat: npt.NDArray[np.floating]) -> tuple[Ints, Floats]:
    """Pin points (n, 2), canonical x and y, to the front of the face.

    Returns the vertices of the triangle each lies on (n, 3) and its barycentric shares (n, 3).
    """
    body = anatomy()
    triangles = face_triangles()
    spots = body.canonical[triangles].mean(1)[:, :2]
    near = (spots > flat.min(0) - 0.08) & (spots < flat.max(0) + 0.08)
    triangles = triangles[near.all(1)]
    corners = body.canonical[triangles].astype(np.float64)
    a, b, c = (corners[:, k, :2] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    gap = flat[:, None, :] - a[None]
    second = (gap[..., 0] * (c - a)[:, 1] - gap[..., 1] * (c - a)[:, 0]) / area
    third = ((b - a)[:, 0] * gap[..., 1] - (b - a)[:, 1] * gap[..., 0]) / area
    shares = np.stack([1 - second - third, second, third], -1)
    outside = np.clip(-shares, 0, None).sum(-1)
    depth = (shares * corners[None, :, :, 2]).sum(-1)
    best = np.argmin(outside * 10 - np.where(outside < 1e-6, depth, 0) * 1e-3, axis=1)
    rows = np.arange(len(flat))
    chosen = np.clip(shares[rows, best], 0, None)
    return triangles[best], (chosen / chosen.sum(1, keepdims=True)).astype(np.float32)


BROW_COLUMNS, BROW_ROWS = 22, 5


@lru_cache(maxsize=16)
def _brow_plan(weight: float, man: bool) -> tuple[Ints, Floats, Floats, Floats]:  # noqa: FBT001
    """Lay out the left brow: where it is pinned, how far it stands out, how dark it is."""
    along = np.linspace(0, 1, BROW_COLUMNS)
    x = 0.115 + along * 0.455
    arch = 0.030 if man else 0.046
    height = 7.468 + np.interp(along, [0, 0.3, 0.66, 1], [0.016, 0.022, arch, 0.0])
    height[1:-1] = (height[:-2] + height[1:-1] + height[2:]) / 3
    half = np.interp(along, [0, 0.1, 0.45, 0.8, 1], [0.020, 0.034, 0.036, 0.020, 0.004]) * weight
    across = np.linspace(-1, 1, BROW_ROWS)
    ragged = np.where(np.arange(BROW_COLUMNS) % 2 == 0, 1.0, 0.74)
    lift = np.where(across[:, None] > 0, ragged[None], 1.0) * across[:, None] * half[None]
    lean = 0.022 * np.clip(across[:, None], 0, 1) * (1 - along[None] * 0.3)
    flat = np.stack([x[None] + lean, height[None] + lift], -1).reshape(-1, 2)
    vertices, shares = bound(flat)
    stand = (0.0009 * (1 - np.abs(across)[:, None] ** 2) + 0.0003) * np.ones(BROW_COLUMNS)[None]
    # Full in the middle, thin at the edges and at the nose.
    full = np.clip(1.15 - 0.75 * np.abs(across)[:, None] ** 1.5, 0, 1)
    dark = full * np.interp(along, [0, 0.15, 0.9, 1], [0.45, 1, 1, 0.6])[None]
    return vertices, shares, stand.ravel().astype(np.float32), dark.ravel().astype(np.float32)


def brows(points: Floats, normals: Floats, person: Identity) -> list[Piece]:
    """Make both brows: low at the nose, arched towards the temple, pinned to the moving face."""
    body = anatomy()
    vertices, shares, stand, dark = _brow_plan(
        round(person.brow_weight, 1),
        person.man > 0.5,
    )
    index = np.arange(BROW_ROWS * BROW_COLUMNS).reshape(BROW_ROWS, BROW_COLUMNS)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    grid = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    greyed = 0.75 if person.years == "elder" else 0.55
    pieces = []
    for mirror in (False, True):
        at = partners()[vertices] if mirror else vertices
        place = pinned(points, at, shares) + pinned(normals, at, shares) * stand[:, None]
        patch = rigid(
            place,
            grid[:, ::-1] if mirror else grid,
            body.bone("head"),
            len(body.bone_names),
        )
        hairs = person.hair * greyed + 0.004
        colour = hairs * dark[:, None] + person.skin * 0.62 * (1 - dark[:, None])
        patch = stuff(patch, colour=colour, surface=Surface.HAIR, roughness=0.75)
        pieces.append(Piece(patch, np.stack([pinned(d, at, shares) for d in unit_deltas()])))
    return pieces


def pinned(values: Floats, vertices: Ints, shares: Floats) -> Floats:
    """Return vertex values (v, w) at pinned points, (n, w)."""
    return np.asarray((values[vertices] * shares[:, :, None]).sum(1), np.float32)


__all__ = ["Patch", "bound", "brows", "eyes", "lashes", "mouth", "pinned", "unit_deltas"]
