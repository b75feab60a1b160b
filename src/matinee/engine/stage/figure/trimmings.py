"""What makes cloth a garment: hems, collars, lapels, cuffs, hoods, belts and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .patch import Patch, rims
from .piece import Piece, stuff

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .patterns import Pattern

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Profile: TypeAlias = "Sequence[tuple[float, float]]"

LEATHER = (0.045, 0.025, 0.014)
NECKBAND: Profile = (
    (-0.010, 0.001),
    (-0.008, 0.003),
    (0.004, 0.003),
    (0.006, 0.0),
    (0.0, -0.004),
)
CUFF: Profile = ((-0.024, 0.002), (-0.021, 0.004), (0.003, 0.0035), (0.004, 0.0), (0.0, -0.004))
COLLAR: Profile = (
    (0.0, 0.0),
    (0.020, 0.002),
    (0.026, 0.005),
    (0.020, 0.010),
    (-0.006, 0.013),
    (-0.020, 0.016),
    (-0.019, 0.012),
)
HOOD: Profile = (
    (0.0, 0.002),
    (0.045, 0.035),
    (0.045, 0.075),
    (-0.01, 0.105),
    (-0.075, 0.095),
    (-0.11, 0.055),
    (-0.105, 0.012),
)
LAPEL: Profile = ((0.0, 0.0), (0.004, 0.008), (-0.030, 0.012), (-0.072, 0.010), (-0.070, 0.006))
STAND_COLLAR: Profile = ((0.0, 0.0), (0.026, 0.003), (0.034, 0.008), (0.030, 0.012), (0.004, 0.016))


def hems(patch: Patch, inwards_m: float) -> list[Patch]:
    """Turn every open edge inwards, so that cloth looks thick."""
    return [
        band(patch, loop, [(0.0, 0.0), (0.001, -inwards_m * 0.5), (-0.004, -inwards_m)])
        for loop in rims(patch)
        if len(loop) > 5
    ]


def band(
    patch: Patch,
    loop: Ints,
    profile: Profile,
    *,
    scale: npt.NDArray[np.floating] | float = 1.0,
    closed: bool = True,
) -> Patch:
    """Add a strip along an open edge.

    `loop` comes from `rims`, or is a stretch of it that is not `closed`. Each row of the profile
    stands (beyond the edge, off the surface) in metres, times `scale` (one for each vertex of the
    loop). All attributes of the edge are kept.
    """
    normals = patch.normals()[loop]
    places = patch["position"][loop]
    along = np.roll(places, -1, 0) - np.roll(places, 1, 0)
    beyond = np.cross(along, normals)
    beyond /= np.maximum(np.linalg.norm(beyond, axis=1, keepdims=True), 1e-9)
    beyond, normals = _evened(beyond, closed=closed), _evened(normals, closed=closed)
    count, height = len(loop), len(profile)
    size = np.broadcast_to(np.asarray(scale, np.float64), (count,))[:, None]
    rows = {name: np.tile(values[loop], (height, 1)) for name, values in patch.rows.items()}
    rows["position"] = np.concatenate(
        [places + (beyond * far + normals * off) * size for far, off in profile]
    ).astype(np.float32)
    index = np.arange(count * height).reshape(height, count)
    a, b = index[:-1], np.roll(index[:-1], -1, 1)
    c, d = np.roll(index[1:], -1, 1), index[1:]
    if not closed:
        a, b, c, d = a[:, :-1], b[:, :-1], c[:, :-1], d[:, :-1]
    triangles = np.concatenate([np.stack([b, a, d], -1), np.stack([b, d, c], -1)])
    return Patch(rows, triangles.reshape(-1, 3))


def _evened(directions: Floats, *, closed: bool) -> Floats:
    """Smooth directions (n, 3) along an edge, so that a band stands up straight."""
    even = np.asarray(directions, np.float64)
    if not closed:
        # The ends of a stretch have neighbours on one side only.
        even[0], even[-1] = even[1], even[-2]
    for _ in range(10):
        before, after = np.roll(even, 1, 0), np.roll(even, -1, 0)
        if not closed:
            before[0], after[-1] = even[0], even[-1]
        even = (before + 2 * even + after) / 4
    return np.asarray(even / np.maximum(np.linalg.norm(even, axis=1, keepdims=True), 1e-9))


def _stretches(loop: Ints, wanted: npt.NDArray[np.bool_]) -> list[tuple[Ints, bool]]:
    """Return the runs of a loop (l,) where `wanted` (l,) holds, and whether each is the whole."""
    if wanted.all():
        return [(loop, True)]
    if not wanted.any():
        return []
    # Begin where a run begins, so that none is split at the seam.
    first = int(np.flatnonzero(~wanted)[0])
    order, mask = np.roll(loop, -first), np.roll(wanted, -first)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [
        (order[start:end], False)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if end - start > 5
    ]


def bands(patch: Patch, pattern: Pattern) -> list[Patch]:
    """Return collars, cuffs and what else runs along the edges of a garment."""
    strips: list[Patch] = []
    points, arm = patch["canonical"], patch["arm"][:, 0]
    for loop in rims(patch):
        # An edge that only meets another garment is no edge to trim.
        own = patch["own"][loop, 0] < 0.12
        if len(loop) < 8 or own.mean() < 0.3:
            continue
        if float(arm[loop].mean()) > 0.25:
            if "cuffs" in pattern.extras:
                strips.append(band(patch, loop, CUFF))
        elif float(points[loop, 1].max()) > 4.2:
            dress = _lapels if "lapels" in pattern.extras else _collars
            strips += dress(patch, pattern, loop, own)
    return strips


def _lapels(patch: Patch, pattern: Pattern, loop: Ints, own: npt.NDArray[np.bool_]) -> list[Patch]:
    """Fold the edges of an open front back into lapels that end in a collar."""
    del pattern
    points = patch["canonical"]
    x, y, z = points[loop].T
    low = 2.85
    strips = []
    for part, closed in _stretches(loop, own & (y > low) & (z > 0.3) & (np.abs(x) < 1.3)):
        height = points[part, 1]
        narrow = np.clip((5.75 - height) / 0.4, 0.3, 1)
        wide = np.clip((height - low) / 1.2, 0.02, 1) * narrow
        strips.append(band(patch, part, LAPEL, scale=wide, closed=closed))
    for part, closed in _stretches(loop, own & (y > 4.9) & (np.abs(x) < 1.25) & (z < 0.75)):
        strips.append(band(patch, part, COLLAR, scale=1.15, closed=closed))
    return strips


def _collars(patch: Patch, pattern: Pattern, loop: Ints, own: npt.NDArray[np.bool_]) -> list[Patch]:
    """Sew a neckband, a collar or a hood to the neckline."""
    x, y, z = patch["canonical"][loop].T
    neck = own & (y > 4.9) & (np.abs(x) < 1.25)
    back = 0.08 + 0.5 * np.clip((0.75 - z) / 0.8, 0, 1)
    level = np.ones(len(loop))
    strips = []
    for name, profile, size, chosen in (
        ("neckband", NECKBAND, level, own),
        ("collar", STAND_COLLAR if pattern.open_dm else COLLAR, level, neck),
        ("hood", HOOD, back, neck),
    ):
        if name in pattern.extras:
            for part, closed in _stretches(loop, chosen):
                scale = size if closed else size[_where(loop, part)]
                strips.append(band(patch, part, profile, scale=scale, closed=closed))
    return strips


def _where(loop: Ints, part: Ints) -> Ints:
    """Return the places in `loop` of the vertices of `part`."""
    order = {int(vertex): place for place, vertex in enumerate(loop)}
    return np.array([order[int(vertex)] for vertex in part], np.int64)


def pressed(patch: Patch, pattern: Pattern) -> Patch:
    """Press belts, waistbands, pouches and strips into the cloth, as height and tint."""
    x, y, z = patch["canonical"].T
    count = len(patch)
    tint = np.zeros((count, 4), np.float32) if "tint" not in patch.rows else patch["tint"].copy()
    lift = np.zeros(count)
    off_arm = patch["arm_share"][:, 0] < 0.3
    if "belt" in pattern.extras:
        top = min(pattern.top_dm, 1.5)
        strap = np.clip(1 - np.abs(y - (top - 0.22)) / 0.20, 0, 1) * off_arm
        strap = np.clip(strap * 3, 0, 1)
        tint[:, :3] = np.where(strap[:, None] > 0, LEATHER, tint[:, :3])
        tint[:, 3] = np.maximum(tint[:, 3], strap)
        lift += 0.0025 * strap
    if "waist" in pattern.extras or "sash" in pattern.extras:
        strap = np.clip(3 - np.abs(y - 1.5) / 0.07, 0, 1) * off_arm
        lift += 0.003 * strap
        tint[:, 3] = np.maximum(tint[:, 3], 0.45 * strap)
    if "pouch" in pattern.extras:
        inside = np.minimum(np.minimum(1.0 - np.abs(x), y - 0.35), 1.75 - y) * 6
        pouch = np.clip(inside, 0, 1) * (z > 0.2)
        lift += 0.007 * pouch
        tint[:, 3] = np.maximum(tint[:, 3], 0.35 * (np.abs(pouch - 0.5) < 0.4))
    if "zip" in pattern.extras:
        edge = np.clip(1 - np.abs(np.abs(x) - pattern.open_dm) / 0.12, 0, 1) * (z > 0.3)
        tint[:, 3] = np.maximum(tint[:, 3], 0.4 * edge)
    if "plates" in pattern.extras:
        # A breastplate shaped to muscles.
        breast = np.exp(-((((np.abs(x) - 0.72) / 0.55) ** 2) + ((y - 4.0) / 0.5) ** 2)) * (z > 0)
        belly = np.cos(y * 5.2) * np.exp(-((np.abs(x) / 0.7) ** 2)) * (z > 0) * (y < 3.2)
        lift += 0.016 * breast + 0.004 * belly
    if not lift.any() and not tint[:, 3].any():
        return patch
    normals = patch.normals()
    return patch.having(position=patch["position"] + normals * lift[:, None], tint=tint)


def fittings(patch: Patch, pattern: Pattern, colour: Floats) -> list[Piece]:
    """Return buttons, buckles and boxes, each fixed to the nearest spot of the cloth."""
    pieces: list[Piece] = []
    if "buttons" in pattern.extras:
        edge = pattern.open_dm + 0.12 if pattern.open_dm else 0.0
        first = 2.7 if "lapels" in pattern.extras else 4.9
        last = pattern.hem_dm if pattern.skirt_dm is None else 0.9
        dark = float(colour.mean()) > 0.3
        shade = (0.05, 0.045, 0.04) if dark else (0.35, 0.33, 0.30)
        for height in np.arange(first, max(last, 0.2), -0.75 if not edge else -1.0):
            pieces += _stud(patch, (edge, float(height)), 0.0068, shade, Surface.PAINT)
    if "belt" in pattern.extras:
        top = min(pattern.top_dm, 1.5) - 0.22
        pieces += _stud(patch, (0.0, top), 0.017, (0.62, 0.55, 0.38), Surface.METAL)
    if "chest_box" in pattern.extras:
        pieces += _stud(patch, (0.0, 3.4), 0.075, (0.30, 0.31, 0.34), Surface.PAINT)
    return pieces


def _stud(
    patch: Patch,
    place_dm: tuple[float, float],
    radius_m: float,
    colour: tuple[float, float, float],
    surface: Surface,
) -> list[Piece]:
    """Make a small domed disc on the front of a garment at canonical (x, y), if it is there."""
    points = patch["canonical"]
    gap = (points[:, 0] - place_dm[0]) ** 2 + (points[:, 1] - place_dm[1]) ** 2
    nearest = int(np.argmin(gap + np.where(points[:, 2] > 0.1, 0, 99)))
    if gap[nearest] > 0.04:
        return []
    out = patch.normals()[nearest].astype(np.float64)
    centre = patch["position"][nearest] + out * 0.0015
    up = np.array([0.0, 1.0, 0.0]) - out * out[1]
    up /= np.linalg.norm(up)
    side = np.cross(up, out)
    spokes = 10
    around = np.arange(spokes) * 2 * np.pi / spokes
    rim = np.cos(around)[:, None] * side + np.sin(around)[:, None] * up
    places = np.concatenate(
        [
            centre + rim * radius_m,
            centre + rim * radius_m * 0.9 + out * radius_m * 0.28,
            (centre + out * radius_m * 0.34)[None],
        ]
    )
    index = np.arange(spokes)
    follow = np.roll(index, -1)
    triangles = np.concatenate(
        [
            np.stack([index, follow, follow + spokes], 1),
            np.stack([index, follow + spokes, index + spokes], 1),
            np.stack([index + spokes, follow + spokes, np.full(spokes, 2 * spokes)], 1),
        ]
    )
    weights = np.tile(patch["weights"][nearest], (len(places), 1))
    stud = Patch({"position": places.astype(np.float32), "weights": weights}, triangles)
    return [Piece(stuff(stud, colour=colour, surface=surface, roughness=0.35))]


__all__ = ["band", "bands", "fittings", "hems", "pressed"]
