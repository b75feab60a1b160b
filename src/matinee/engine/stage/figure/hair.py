"""Hair: locks grown from the scalp, combed by a style, over a dark cap that hides the skin.

Each lock is a ribbon with a ridge, tapering to a point. Locks follow guide curves that start at
pinned points of the scalp, are combed away from a parting, fall with gravity and slide over the
head and shoulders instead of through them. All locks are grown at once, step by step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface, smooth_normals

from .anatomy import DECIMETRE_M, anatomy
from .patch import Patch, trimmed
from .head import face_triangles, pinned, unit_deltas
from .piece import Piece, of_body, stuff
from .skin import beard_area, mottled, moustache_area

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail
    from .identity import Identity

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

CROWN_DM = np.array([0.0, 8.25, 0.25])
HEAD_CENTRE_DM = np.array([0.0, 7.45, 0.62])


@dataclass(frozen=True)
class Style:
    """A haircut.

    length_m, jitter of it; width_m of a lock; lift_m how far it stands off the scalp; comb: how far
    it is combed back (+) or forward (-), aside from the parting, and down; parting_dm is where it
    lies (x), None for none; curl_m and curl_hz the radius of waves and their number along a lock;
    gather names where long hair is tied; fringe_m is the length of the front locks; taper_sides
    shortens sides and nape.
    """

    locks: int = 420
    length_m: float = 0.06
    jitter: float = 0.25
    width_m: float = 0.013
    lift_m: float = 0.010
    back: float = 0.5
    aside: float = 0.4
    down: float = 0.5
    stiff: float = 0.5
    parting_dm: float | None = None
    curl_m: float = 0.0
    curl_turns: float = 0.0
    gather: str = ""
    fringe_m: float | None = None
    sides: float = 1.0
    cap_m: float = 0.004
    clump: float = 0.35


STYLES: Final[dict[str, Style]] = {
    "buzz": Style(locks=0, cap_m=0.0022),
    "short": Style(
        locks=460,
        length_m=0.052,
        back=0.35,
        aside=0.35,
        down=0.25,
        stiff=0.75,
        sides=0.45,
        lift_m=0.012,
        parting_dm=0.32,
        fringe_m=0.05,
        width_m=0.012,
    ),
    "side_part": Style(
        locks=460,
        length_m=0.075,
        back=0.35,
        aside=0.95,
        down=0.4,
        stiff=0.55,
        sides=0.4,
        lift_m=0.014,
        parting_dm=0.38,
        fringe_m=0.08,
        width_m=0.013,
    ),
    "slicked_back": Style(
        locks=430,
        length_m=0.10,
        back=1.3,
        aside=0.1,
        down=0.25,
        stiff=0.4,
        sides=0.7,
        lift_m=0.008,
        width_m=0.011,
    ),
    "spiky": Style(
        locks=300,
        length_m=0.06,
        back=0.1,
        aside=0.1,
        down=-0.9,
        stiff=1.0,
        sides=0.5,
        lift_m=0.02,
        width_m=0.014,
    ),
    "mohawk": Style(
        locks=200,
        length_m=0.11,
        back=0.25,
        aside=0.0,
        down=-1.2,
        stiff=1.0,
        sides=0.0,
        lift_m=0.02,
        width_m=0.016,
        cap_m=0.002,
    ),
    "bob": Style(
        locks=430,
        length_m=0.21,
        back=0.0,
        aside=0.9,
        down=1.0,
        stiff=0.28,
        parting_dm=0.22,
        lift_m=0.018,
        jitter=0.07,
        width_m=0.016,
        fringe_m=0.20,
    ),
    "fringe_bob": Style(
        locks=430,
        length_m=0.20,
        back=0.0,
        aside=0.7,
        down=1.0,
        stiff=0.28,
        parting_dm=None,
        lift_m=0.018,
        jitter=0.06,
        width_m=0.016,
        fringe_m=0.068,
    ),
    "long": Style(
        locks=430,
        length_m=0.42,
        back=0.15,
        aside=0.9,
        down=1.0,
        stiff=0.25,
        parting_dm=0.12,
        lift_m=0.016,
        jitter=0.12,
        width_m=0.018,
        curl_m=0.006,
        curl_turns=1.6,
    ),
    "wavy": Style(
        locks=400,
        length_m=0.36,
        back=0.15,
        aside=1.0,
        down=0.95,
        stiff=0.3,
        parting_dm=-0.3,
        lift_m=0.022,
        jitter=0.15,
        width_m=0.020,
        curl_m=0.016,
        curl_turns=3.0,
    ),
    "shoulder": Style(
        locks=430,
        length_m=0.28,
        back=0.1,
        aside=0.9,
        down=1.0,
        stiff=0.26,
        parting_dm=0.3,
        lift_m=0.018,
        jitter=0.1,
        width_m=0.017,
        curl_m=0.006,
        curl_turns=1.5,
    ),
    "curly": Style(
        locks=380,
        length_m=0.13,
        back=0.1,
        aside=0.5,
        down=0.25,
        stiff=0.7,
        lift_m=0.026,
        jitter=0.3,
        width_m=0.022,
        curl_m=0.012,
        curl_turns=2.1,
        parting_dm=0.2,
    ),
    "short_curly": Style(
        locks=520,
        length_m=0.065,
        back=0.15,
        aside=0.3,
        down=0.1,
        stiff=0.85,
        lift_m=0.016,
        jitter=0.25,
        width_m=0.013,
        curl_m=0.010,
        curl_turns=1.8,
        sides=0.5,
    ),
    "long_curly": Style(
        locks=480,
        length_m=0.30,
        back=0.15,
        aside=0.8,
        down=0.8,
        stiff=0.45,
        lift_m=0.03,
        jitter=0.2,
        width_m=0.016,
        curl_m=0.018,
        curl_turns=6.0,
        parting_dm=0.2,
    ),
    "afro": Style(
        locks=760,
        length_m=0.085,
        back=0.0,
        aside=0.0,
        down=-1.0,
        stiff=1.0,
        lift_m=0.03,
        jitter=0.10,
        width_m=0.017,
        curl_m=0.012,
        curl_turns=3.5,
        cap_m=0.03,
    ),
    "ponytail": Style(
        locks=430,
        length_m=0.42,
        back=1.2,
        aside=0.1,
        down=0.1,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.014,
        gather="tail",
        jitter=0.1,
    ),
    "bun": Style(
        locks=400,
        length_m=0.20,
        back=1.2,
        aside=0.1,
        down=0.1,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.014,
        gather="bun",
        jitter=0.1,
    ),
    "braids": Style(
        locks=420,
        length_m=0.40,
        back=0.5,
        aside=1.0,
        down=0.6,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.013,
        gather="braids",
        parting_dm=0.0,
        jitter=0.08,
    ),
    "balding": Style(
        locks=240,
        length_m=0.035,
        back=0.5,
        aside=0.2,
        down=0.7,
        stiff=0.6,
        sides=1.0,
        lift_m=0.007,
        width_m=0.011,
        cap_m=0.0016,
    ),
    "bald": Style(locks=0, cap_m=0.0),
}
HAIR_STYLES: Final[tuple[str, ...]] = tuple(sorted(STYLES))
SAME_STYLE: Final[dict[str, str]] = {
    "shaved": "bald",
    "crew_cut": "buzz",
    "crop": "short",
    "pixie": "short",
    "messy": "spiky",
    "straight": "long",
    "medium": "shoulder",
    "braid": "braids",
    "pigtails": "braids",
    "plait": "braids",
    "updo": "bun",
    "topknot": "bun",
    "dreadlocks": "long_curly",
    "parted": "side_part",
    "grey": "short",
}
STEPS: Final[dict[str, int]] = {"near": 10, "far": 5}
SHORT_STEPS: Final[dict[str, int]] = {"near": 6, "far": 3}
SHORT_M = 0.10


def style_of(name: str) -> tuple[str, Style]:
    """Return the style of that name, or of a word for it; an unknown one is short hair."""
    known = name if name in STYLES else SAME_STYLE.get(name, "short")
    return known, STYLES[known]


def hairline(points: npt.NDArray[np.floating], *, receding: float = 0.0) -> Floats:
    """Return how far inside the hairline canonical points (n, 3) lie, in decimetres.

    Forehead, temples, in front of the ears, behind them, nape.
    """
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    # The edge is a height over the angle around the head, from the front to the nape.
    angle = np.arctan2(x, z - 0.55)
    corner = receding * 0.30 * np.exp(-(((angle - 0.62) / 0.25) ** 2))
    knots = [0.0, 0.25, 0.55, 0.85, 1.15, 1.38, 1.50, 1.62, 1.80, 2.15, 2.6, np.pi]
    edge = [7.98, 8.0, 7.98, 7.84, 7.66, 7.38, 7.22, 7.30, 7.22, 6.90, 6.62, 6.56]
    return np.asarray(y - np.interp(angle, knots, edge) - corner - 0.06 * receding)


@lru_cache(maxsize=1)
def _scalp() -> tuple[Ints, Ints]:
    """Return the triangles of the scalp and a little more, and the vertices of the whole head."""
    body = anatomy()
    triangles = body.triangles["near"]["body"]
    line = hairline(body.canonical)
    inside = (line[triangles] > -0.25).all(1) & (body.canonical[triangles, 1] > 6.3).all(1)  # noqa: PLR2004
    inside &= (body.masks["ears"][triangles] < 0.3).all(1)  # noqa: PLR2004
    inside &= (body.masks["inside_mouth"][triangles] < 0.3).all(1)  # noqa: PLR2004
    head = np.flatnonzero(
        (body.share("head", "neck_01")[: len(body.canonical)] > 0.5)  # noqa: PLR2004
        & (body.masks["inside_mouth"] < 0.3)  # noqa: PLR2004
    )
    used = np.unique(triangles)
    return triangles[inside], np.intersect1d(head, used)


def _roots(count: int, rng: np.random.Generator, receding: float) -> tuple[Ints, Floats]:
    """Scatter roots evenly over the scalp: triangle corners (k, 3) and shares (k, 3)."""
    body = anatomy()
    triangles, _ = _scalp()
    corners = body.canonical[triangles].astype(np.float64)
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    steps = (np.arange(count * 3) + rng.random(count * 3)) / (count * 3)
    chosen = np.searchsorted(np.cumsum(area) / area.sum(), steps)
    chosen = np.clip(chosen, 0, len(triangles) - 1)
    a, b = rng.random((2, len(chosen)))
    flip = a + b > 1
    a, b = np.where(flip, 1 - a, a), np.where(flip, 1 - b, b)
    shares = np.stack([1 - a - b, a, b], 1)
    places = (corners[chosen] * shares[:, :, None]).sum(1)
    good = np.flatnonzero(hairline(places, receding=receding) > 0.02)  # noqa: PLR2004
    # Thin to `count` so that no two crowd each other: farthest-point order over a sample.
    kept = [int(good[0])]
    gap = np.linalg.norm(places[good] - places[good[0]], axis=1)
    for _ in range(min(count, len(good)) - 1):
        best = int(np.argmax(gap))
        kept.append(int(good[best]))
        gap = np.minimum(gap, np.linalg.norm(places[good] - places[good[best]], axis=1))
    order = np.array(kept)
    return triangles[chosen[order]], shares[order]


@dataclass(frozen=True, eq=False)
class _Shell:
    """The head as hair feels it: how far its surface is from its centre in every direction."""

    centre: Floats
    table: Floats
    shoulder_y: float
    neck: Floats

    def radius(self, way: Floats) -> Floats:
        """Return the distance of the surface along unit directions (n, 3)."""
        rows, columns = self.table.shape
        polar = np.arccos(np.clip(way[:, 1], -1, 1)) / np.pi * (rows - 1)
        around = (np.arctan2(way[:, 0], way[:, 2]) / (2 * np.pi) + 0.5) * columns
        row, column = np.floor(polar).astype(int), np.floor(around).astype(int)
        below, right = np.minimum(row + 1, rows - 1), (column + 1) % columns
        column %= columns
        u, v = polar - row, around - np.floor(around)
        top = self.table[row, column] * (1 - v) + self.table[row, right] * v
        low = self.table[below, column] * (1 - v) + self.table[below, right] * v
        return np.asarray(top * (1 - u) + low * u)


def _shell(points: Floats) -> _Shell:
    """Measure a head: the farthest point in each direction, holes filled from their neighbours."""
    body = anatomy()
    _, head = _scalp()
    scalp, _ = _scalp()
    centre = points[np.unique(scalp)].mean(0) * [0, 1, 1]
    gap = points[head] - centre
    length = np.linalg.norm(gap, axis=1)
    way = gap / length[:, None]
    rows, columns = 28, 48
    table = np.zeros((rows, columns))
    row = np.round(np.arccos(np.clip(way[:, 1], -1, 1)) / np.pi * (rows - 1)).astype(int)
    column = np.round((np.arctan2(way[:, 0], way[:, 2]) / (2 * np.pi) + 0.5) * columns).astype(int)
    np.maximum.at(table, (row, column % columns), length)
    for _ in range(12):
        around = np.stack(
            [
                np.roll(table, 1, 1),
                np.roll(table, -1, 1),
                np.pad(table, ((1, 0), (0, 0)))[:-1],
                np.pad(table, ((0, 1), (0, 0)))[1:],
            ]
        )
        known = around > 0
        mean = around.sum(0) / np.maximum(known.sum(0), 1)
        table = np.where(table > 0, table, mean)
    smooth = (table + np.roll(table, 1, 1) + np.roll(table, -1, 1)) / 3
    shoulder = body.bone("upperarm_l")
    del shoulder
    neck = points[head][points[head][:, 1] < np.quantile(points[head][:, 1], 0.06)].mean(0)
    return _Shell(centre, smooth, float(neck[1]), neck)


def grown(
    points: npt.NDArray[np.float32],
    person: Identity,
    detail: Detail,
    seed: int,
    *,
    under_hat: bool = False,
) -> list[Piece]:
    """Grow a head of hair on body points (v, 3) metres; under a hat it grows below the brim."""
    name, style = style_of(person.hair_style)
    rng = np.random.default_rng([seed, 0x68616972])
    if detail == "far":
        style = replace(style, locks=int(style.locks * 0.34), width_m=style.width_m * 1.75)
    receding = 0.9 * (person.man > 0.5) * (person.years == "elder") + 0.15 * person.man  # noqa: PLR2004
    pieces: list[Piece] = []
    if under_hat:
        style = replace(style, lift_m=min(style.lift_m, 0.008), cap_m=min(style.cap_m, 0.004))
    if style.cap_m > 0:
        pieces.append(_cap(points, person, style, name, receding))
    if style.locks:
        pieces += _locks(
            points.astype(np.float64), person, style, name, receding, detail, rng, under_hat
        )
    return pieces


def _crowned(places: Floats) -> Floats:
    """Return how much of the bald spot of balding men a canonical place (n, 3) is in, 0..1."""
    gap = np.linalg.norm((places - [0, 8.2, 0.75]) * [0.9, 1.0, 0.72], axis=1)
    return np.clip((0.72 - gap) / 0.12, 0, 1)


def _cap(
    points: npt.NDArray[np.float32], person: Identity, style: Style, name: str, receding: float
) -> Piece:
    """Make the layer next to the skin: dark, rough, and fading into the skin at the hairline."""
    body = anatomy()
    triangles, _ = _scalp()
    whole = of_body(body, points, triangles)
    normals = whole.normals()
    line = hairline(body.canonical, receding=receding) + 0.03 * mottled(body.canonical, 16.0, 3)
    if name == "balding":
        line = np.where(_crowned(body.canonical.astype(np.float64)) > 0.5, -1, line)  # noqa: PLR2004
    if name == "mohawk":
        pass
    inside = np.clip(line / 0.16, 0, 1)
    grain = mottled(body.canonical, 22.0, 9)
    lift = 0.0006 + style.cap_m * inside * (1 + 0.15 * grain)
    patch = whole.having(position=points + normals * lift[:, None], line=line[:, None])
    patch = trimmed(patch, line)
    edge = np.clip(patch["line"][:, 0] / 0.12, 0, 1)[:, None]
    short = style.locks == 0
    root = person.hair * (0.95 if short else 0.72)
    mixed = person.skin * 0.55 * (1 - edge) + root * edge
    colour = mixed * (1 + 0.25 * mottled(patch["canonical"], 30.0, 4)[:, None])
    patch = stuff(
        patch, colour=colour, surface=Surface.HAIR, roughness=0.8, occlusion=0.85 if short else 0.6
    )
    return Piece(patch)


def _locks(  # noqa: PLR0913
    points: Floats,
    person: Identity,
    style: Style,
    name: str,
    receding: float,
    detail: Detail,
    rng: np.random.Generator,
    under_hat: bool,  # noqa: FBT001
) -> list[Piece]:
    vertices, shares = _roots(style.locks, rng, receding)
    body = anatomy()
    canonical = (body.canonical[vertices] * shares[:, :, None]).sum(1)
    keep = np.ones(len(canonical), bool)
    if name == "balding":
        keep = _crowned(canonical) < 0.3  # noqa: PLR2004
    if name == "mohawk":
        keep = (np.abs(canonical[:, 0]) < 0.2) & (canonical[:, 1] > 7.3)  # noqa: PLR2004
    if under_hat:
        keep &= canonical[:, 1] < 7.62  # noqa: PLR2004
        style = replace(style, down=max(style.down, 0.6))
    vertices, shares, canonical = vertices[keep], shares[keep], canonical[keep]
    root = (points[vertices] * shares[:, :, None]).sum(1)
    shell = _shell(points)
    scale = float(np.median(shell.table)) / 0.105
    curly = style.curl_turns > 2  # noqa: PLR2004 - waves need points to bend at
    steps = STEPS if curly or style.length_m > SHORT_M else SHORT_STEPS
    guides = _guides(root, canonical, shell, style, scale, steps[detail], rng)
    pieces = [_ribbons(guides, canonical, person, style, shell, scale, rng)]
    if style.gather:
        pieces += _gathered(shell, person, style, scale, detail, rng)
    return pieces


def _lengths(canonical: Floats, style: Style, scale: float, rng: np.random.Generator) -> Floats:
    """Return how long each lock is: shorter at the sides and nape, the fringe as asked."""
    length = np.full(len(canonical), style.length_m)
    low = np.clip((7.75 - canonical[:, 1]) / 0.5, 0, 1)
    length *= 1 + (style.sides - 1) * low
    if style.fringe_m is not None:
        front = np.clip((canonical[:, 2] - 0.95) / 0.3, 0, 1) * (np.abs(canonical[:, 0]) < 0.62)  # noqa: PLR2004
        length += front * (style.fringe_m - length)
    jitter = 1 + style.jitter * rng.uniform(-1, 0.6, len(canonical))
    return np.maximum(length * jitter * scale, 0.004)


def _anchor(shell: _Shell, style: Style, scale: float) -> Floats | None:
    """Return where gathered hair is tied, relative to nothing: points in the world."""
    back = shell.centre + np.array([0.0, 0.010, -0.116]) * scale
    if style.gather == "tail":
        return back[None]
    if style.gather == "bun":
        return (shell.centre + np.array([0.0, 0.055, -0.098]) * scale)[None]
    if style.gather == "braids":
        low = np.array([0.055, -0.062, -0.075]) * scale
        return np.stack([shell.centre + low, shell.centre + low * [-1, 1, 1]])
    return None


def _guides(  # noqa: PLR0913
    root: Floats,
    canonical: Floats,
    shell: _Shell,
    style: Style,
    scale: float,
    steps: int,
    rng: np.random.Generator,
) -> Floats:
    """Grow all guide curves together, (k, steps + 1, 3) metres."""
    count = len(root)
    length = _lengths(canonical, style, scale, rng)
    out = root - shell.centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    parting = style.parting_dm
    aside = np.sign(canonical[:, 0] - (parting if parting is not None else 0.0))
    strength = np.ones(count) if parting is not None else np.clip(np.abs(canonical[:, 0]) * 3, 0, 1)
    comb = np.stack(
        [style.aside * aside * strength, np.full(count, -style.down), np.full(count, -style.back)],
        1,
    )
    if style.fringe_m is not None and style.fringe_m < 0.12:  # noqa: PLR2004
        front = np.clip((canonical[:, 2] - 0.95) / 0.3, 0, 1)[:, None]
        forward = np.array([0.35 if parting is not None else 0.0, -0.6, 0.9])
        sweep = forward * np.stack(
            [-np.ones(count) * np.sign(parting or 1.0), *np.ones((2, count))], 1
        )
        comb = comb + front * (sweep - comb)
    comb += rng.normal(0, 0.16, (count, 3))
    anchor = _anchor(shell, style, scale)
    way = out * (0.55 if style.stiff > 0.6 else 0.25) + comb * 0.6  # noqa: PLR2004
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    curves = np.empty((count, steps + 1, 3))
    curves[:, 0] = root - out * 0.002
    lift_each = style.lift_m * scale * rng.uniform(0.55, 1.25, count)
    if anchor is not None:
        near = np.argmin(((root[:, None] - anchor[None]) ** 2).sum(-1), 1)
        goal = anchor[near]
        length = np.linalg.norm(goal - root, axis=1) * 1.18
    here = curves[:, 0]
    for step in range(1, steps + 1):
        share = step / steps
        gravity = np.array([0.0, -1.0, 0.0]) * (1 - style.stiff) * 0.9
        if anchor is not None:
            pull = goal - here
            pull /= np.maximum(np.linalg.norm(pull, axis=1, keepdims=True), 1e-6)
            way = way * 0.35 + pull * 0.9
        else:
            # The comb rules near the root; what is longer than a hand just falls.
            ruled = np.exp(-share * length / (0.07 * scale))[:, None]
            way = way * 0.62 + comb * 0.30 * ruled + gravity * 0.45
            if style.down < 0:
                way = way + out * 0.35 * -style.down
        # Stay outside: slide along the head and then along neck and shoulders.
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        ahead = here + way * (length / steps)[:, None]
        rise = lift_each * np.sin(np.pi * min(share * 0.75 + 0.08, 0.5))
        if style.length_m > 0.12:  # noqa: PLR2004
            ahead = _off_the_face(ahead, shell, scale)
        here = _pushed_out(ahead, shell, rise, scale)
        moved = here - curves[:, step - 1]
        way = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        curves[:, step] = here
    return _curled(curves, style, scale, rng)


def _pushed_out(places: Floats, shell: _Shell, rise: Floats, scale: float) -> Floats:
    gap = places - shell.centre
    distance = np.linalg.norm(gap, axis=1)
    way = gap / np.maximum(distance, 1e-9)[:, None]
    least = shell.radius(way) + 0.002 + rise
    # Below the jaw the shell is the neck; there hair hangs free unless it is inside.
    fixed = np.where((distance < least)[:, None], shell.centre + way * least[:, None], places)
    # Chest and back: a soft drum around the neck and under it.
    low = np.clip((shell.shoulder_y + 0.03 * scale - fixed[:, 1]) / (0.09 * scale), 0, 1)
    flat = fixed - shell.neck
    flat[:, 1] = 0
    radius = np.linalg.norm(flat * [0.62, 1, 1], axis=1)
    wanted = (0.055 + 0.055 * low) * scale
    push = np.clip(wanted - radius, 0, None) * (low > 0)
    sideways = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return np.asarray(fixed + sideways * push[:, None])


def _off_the_face(places: Floats, shell: _Shell, scale: float) -> Floats:
    """Push long locks aside that would hang over the face."""
    x, y, z = ((places - shell.centre) / scale).T
    before = np.clip((z - 0.035) / 0.03, 0, 1) * np.clip((0.062 - y) / 0.03, 0, 1)
    wanted = np.interp(y, [-0.1, -0.02, 0.04, 0.07], [0.070, 0.076, 0.066, 0.03])
    push = np.clip(wanted - np.abs(x), 0, None) * before
    moved = places.copy()
    moved[:, 0] += np.where(x >= 0, 1, -1) * push * scale
    return moved


def _curled(curves: Floats, style: Style, scale: float, rng: np.random.Generator) -> Floats:
    if not style.curl_m:
        return curves
    count, rows, _ = curves.shape
    along = np.gradient(curves, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
    side = np.cross(along, [0.0, 1.0, 0.001])
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    up = np.cross(side, along)
    share = np.linspace(0, 1, rows)[None, :, None]
    turns = style.curl_turns * rng.uniform(0.85, 1.15, (count, 1, 1))
    phase = rng.uniform(0, 2 * np.pi, (count, 1, 1))
    angle = 2 * np.pi * turns * share + phase
    radius = (
        style.curl_m * scale * np.clip(share * 2.2, 0, 1) * rng.uniform(0.7, 1.2, (count, 1, 1))
    )
    return np.asarray(curves + radius * (np.cos(angle) * side + np.sin(angle) * up))


def _ribbons(  # noqa: PLR0913
    curves: Floats,
    canonical: Floats,
    person: Identity,
    style: Style,
    shell: _Shell,
    scale: float,
    rng: np.random.Generator,
) -> Piece:
    """Lay a ridged ribbon of three rows of vertices along every guide."""
    count, rows, _ = curves.shape
    along = np.gradient(curves, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
    out = curves - shell.centre
    # Below the head, hair faces away from the neck rather than from the middle of the head.
    hanging = np.clip((shell.centre[1] - 0.03 - curves[..., 1]) / 0.08, 0, 1)[..., None]
    out = out * (1 - hanging) + (curves - shell.neck) * [1, 0, 1] * hanging
    out -= (out * along).sum(-1, keepdims=True) * along
    out /= np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-9)
    side = np.cross(along, out)
    twist = rng.normal(0, 0.22, (count, 1, 1))
    side = side * np.cos(twist) + out * np.sin(twist)
    share = np.linspace(0, 1, rows)[None, :, None]
    each = style.width_m * scale * rng.uniform(0.7, 1.25, (count, 1, 1))
    width = each * np.interp(share, [0, 0.12, 0.6, 0.88, 1], [0.8, 1.05, 1.0, 0.75, 0.08])
    ridge = width * 0.15
    left = curves - side * width / 2
    right = curves + side * width / 2
    middle = curves + out * ridge
    places = np.stack([left, middle, right], 2).reshape(-1, 3)
    normals = np.stack([out - side * 0.5, out, out + side * 0.5], 2).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    index = np.arange(count * rows * 3).reshape(count, rows, 3)
    a, b = index[:, :-1, :-1], index[:, :-1, 1:]
    c, d = index[:, 1:, 1:], index[:, 1:, :-1]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    colour = _lock_colours(person, canonical, share, rng)
    depth = np.interp(share, [0, 0.25, 0.7, 1], [0.5, 0.72, 0.95, 1.0])
    bright = np.array([0.80, 1.0, 0.86])
    occlusion = np.broadcast_to(depth * bright, (count, rows, 3)).reshape(-1)
    colour = (colour[:, :, None, :] * bright[:, None]).reshape(-1, 3)
    patch = Patch(
        {"position": places, "weights": _hair_weights(places, shell, scale)},
        triangles,
    )
    patch = stuff(
        patch,
        colour=colour,
        surface=Surface.HAIR,
        roughness=0.6,
        occlusion=occlusion,
    )
    return Piece(patch, normals=normals.astype(np.float32))


def _lock_colours(
    person: Identity, canonical: Floats, share: Floats, rng: np.random.Generator
) -> Floats:
    """Return (k, rows, 3): every lock its own shade, roots darker, tips lighter, some strands grey."""
    count = len(canonical)
    shade = np.exp(rng.normal(0, 0.16, (count, 1, 1)))
    warm = 1 + rng.normal(0, 0.04, (count, 1, 3))
    ramp = np.interp(share, [0, 0.2, 0.65, 1], [0.62, 0.9, 1.05, 1.25])
    colour = person.hair[None, None] * shade * warm * ramp
    if person.years == "elder":
        grey = (rng.random((count, 1, 1)) < 0.35) * 0.6  # noqa: PLR2004
        colour = colour * (1 - grey) + np.array([0.62, 0.61, 0.6]) * ramp * grey
    return np.asarray(np.clip(colour, 0.002, 1))


def _hair_weights(places: Floats, shell: _Shell, scale: float) -> npt.NDArray[np.float32]:
    """Let hair go with the head, and what lies on the shoulders more and more with the chest."""
    body = anatomy()
    weights = np.zeros((len(places), len(body.bone_names)), np.float32)
    low = np.clip((shell.shoulder_y + 0.06 * scale - places[:, 1]) / (0.16 * scale), 0, 1)
    low = low * low * (3 - 2 * low) * 0.85
    neck = 0.35 * low * (1 - low) * 4 * 0.5
    weights[:, body.bone("spine_03")] = low * (1 - 0.3)
    weights[:, body.bone("neck_01")] = neck + low * 0.3
    weights[:, body.bone("head")] = np.clip(1 - weights.sum(1), 0, 1)
    return weights / weights.sum(1, keepdims=True)


def _gathered(  # noqa: PLR0913
    shell: _Shell,
    person: Identity,
    style: Style,
    scale: float,
    detail: Detail,
    rng: np.random.Generator,
) -> list[Piece]:
    """Make what gathered hair becomes behind its tie: a tail, a bun or braids."""
    anchors = _anchor(shell, style, scale)
    pieces: list[Piece] = []
    if anchors is None:
        return pieces
    steps = STEPS[detail]
    locks = 70 if detail == "near" else 30
    for anchor in anchors:
        if style.gather == "bun":
            curves = _bun(anchor, scale, locks, steps * 2, rng)
        elif style.gather == "tail":
            curves = _tail(anchor, shell, style, scale, locks, steps, rng)
        else:
            curves = _braid(anchor, shell, style, scale, steps * 3, rng)
        thick = {"bun": 0.016, "tail": 0.017, "braids": 0.027}[style.gather]
        own = replace(style, width_m=thick)
        about = replace(shell, centre=anchor) if style.gather == "bun" else shell
        fake = np.tile(CROWN_DM, (len(curves), 1))
        pieces.append(_ribbons(curves, fake, person, own, about, scale, rng))
        if style.gather == "braids":
            pieces.append(
                _ribbons(curves + 1e-4, fake, person, own, _flipped(shell, curves), scale, rng)
            )
    return pieces


def _flipped(shell: _Shell, curves: Floats) -> _Shell:
    """Return a shell whose middle lies outside, so that ribbons face the other way."""
    away = curves.mean((0, 1)) + np.array([0.0, 0.0, -0.4])
    return replace(shell, centre=away, neck=away)


def _tail(  # noqa: PLR0913
    anchor: Floats,
    shell: _Shell,
    style: Style,
    scale: float,
    locks: int,
    steps: int,
    rng: np.random.Generator,
) -> Floats:
    count = locks
    spread = rng.normal(0, 1, (count, 3))
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    spread *= rng.uniform(0.2, 1, (count, 1)) ** 0.5
    share = np.linspace(0, 1, steps + 1)
    length = style.length_m * scale * rng.uniform(0.75, 1.05, count)
    back = 0.075 * np.sin(np.pi * np.clip(share * 0.9 + 0.05, 0, 0.62))
    drop = np.clip(share - 0.10, 0, None) ** 1.15
    line = np.stack(
        [np.zeros(steps + 1), 0.028 * np.sin(np.pi * np.clip(share * 3, 0, 1)), -back], 1
    )
    curves = anchor + line[None] * scale
    curves = curves + np.array([0, -1.0, 0]) * (drop[None] * length[:, None])[..., None]
    thick = np.interp(share, [0, 0.12, 0.5, 1], [0.010, 0.022, 0.030, 0.010]) * scale
    curves = curves + spread[:, None] * thick[None, :, None]
    wave = 0.006 * scale * np.sin(2 * np.pi * (1.3 * share[None] + rng.random((count, 1))))
    curves[..., 0] += wave
    del shell
    return np.asarray(curves)


def _bun(anchor: Floats, scale: float, locks: int, steps: int, rng: np.random.Generator) -> Floats:
    """Wind locks around a ball."""
    axis = np.array([0.0, 0.45, -1.0])
    axis /= np.linalg.norm(axis)
    across = np.cross(axis, [1.0, 0, 0])
    across /= np.linalg.norm(across)
    third = np.cross(axis, across)
    centre = anchor + axis * 0.026 * scale
    share = np.linspace(0, 1, steps + 1)[None]
    height = rng.uniform(-0.85, 1.0, (locks, 1)) + 0.25 * (share - 0.5)
    height = np.clip(height, -0.95, 0.97)
    angle = rng.uniform(0, 2 * np.pi, (locks, 1)) + 2.6 * share * rng.choice(
        [1, 1, 1, -1], (locks, 1)
    )
    radius = 0.040 * scale * rng.uniform(0.94, 1.08, (locks, 1))
    ring = np.sqrt(1 - height**2)
    return np.asarray(
        centre
        + (radius * ring * np.cos(angle))[..., None] * across
        + (radius * ring * np.sin(angle))[..., None] * third
        + (radius * height * 0.85)[..., None] * axis
    )


def _braid(  # noqa: PLR0913
    anchor: Floats,
    shell: _Shell,
    style: Style,
    scale: float,
    steps: int,
    rng: np.random.Generator,
) -> Floats:
    """Plait three strands that hang from the tie to the chest."""
    share = np.linspace(0, 1, steps + 1)
    length = style.length_m * scale * 0.85
    side = np.sign(anchor[0])
    fall = np.stack(
        [
            side * (0.035 * np.sin(np.pi * np.clip(share * 0.9, 0, 0.5))),
            -length * share**1.05,
            0.045 * smoothed(share * 1.4) - 0.012,
        ],
        1,
    ) * [scale, 1, scale]
    strands = []
    fat = np.interp(share, [0, 0.1, 0.9, 1], [0.009, 0.012, 0.009, 0.003]) * scale
    for strand in range(3):
        angle = 2 * np.pi * (share * 6.5 + strand / 3)
        weave = np.stack([np.sin(angle), np.zeros(steps + 1), np.sin(2 * angle) * 0.55], 1)
        strands.append(anchor + fall + weave * fat[:, None])
    del shell, rng
    return np.stack(strands)


def beard(
    points: npt.NDArray[np.float32], person: Identity, detail: Detail, seed: int
) -> list[Piece]:
    """Grow a beard or a moustache: short locks that move with the jaw."""
    if person.facial_hair not in ("beard", "moustache") or person.years in ("child", "teen"):
        return []
    rng = np.random.default_rng([seed, 0x62656172])
    full = person.facial_hair == "beard"
    body = anatomy()
    triangles = face_triangles()
    middle = body.canonical[triangles].mean(1)
    area = moustache_area(middle)
    if full:
        area = np.maximum(area, beard_area(middle))
    corners = body.canonical[triangles].astype(np.float64)
    size = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    lips = body.masks["lips"][triangles].max(1) < 0.2  # noqa: PLR2004
    odds = size * (area > 0.35) * lips  # noqa: PLR2004
    count = (420 if full else 110) // (1 if detail == "near" else 3)
    chosen = rng.choice(len(triangles), count, p=odds / odds.sum())
    shares = rng.dirichlet((1, 1, 1), count)
    vertices = triangles[chosen]
    root = (points[vertices] * shares[:, :, None]).sum(1).astype(np.float64)
    home = (body.canonical[vertices] * shares[:, :, None]).sum(1)
    normals = smooth_normals(points, triangles.astype(np.uint32))
    out = (normals[vertices] * shares[:, :, None]).sum(1)
    upper = moustache_area(home) > 0.35  # noqa: PLR2004
    aside = (
        np.sign(home[:, 0])[:, None] * np.array([1.0, 0, 0]) * np.where(upper, 0.9, 0.15)[:, None]
    )
    way = out * 0.55 + aside + np.array([0, -0.75, 0.1]) + rng.normal(0, 0.12, (count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    chin = np.exp(-((np.abs(home[:, 0]) / 0.35) ** 2)) * (home[:, 1] < 6.45)  # noqa: PLR2004
    length = np.where(upper, 0.013, 0.015 + 0.014 * chin) * rng.uniform(0.7, 1.2, count)
    rows = 5
    along = np.linspace(0, 1, rows)[None, :, None]
    fall = np.array([0, -1.0, 0]) * along**2 * 0.35
    curves = (
        root[:, None] - out[:, None] * 0.001 + (way[:, None] * along + fall) * length[:, None, None]
    )
    shell = _shell(points.astype(np.float64))
    style = Style(width_m=0.0075 if detail == "near" else 0.013)
    piece = _ribbons(curves, home, person, style, shell, 1.0, rng)
    deltas = np.stack([pinned(each, vertices, shares.astype(np.float32)) for each in unit_deltas()])
    weights = np.zeros_like(piece.patch["weights"])
    weights[:, body.bone("head")] = 1
    return [
        Piece(
            piece.patch.having(weights=weights), np.repeat(deltas, rows * 3, axis=1), piece.normals
        )
    ]


def smoothed(values: npt.NDArray[np.floating]) -> Floats:
    """Ease 0..1."""
    x = np.clip(values, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


__all__ = ["DECIMETRE_M", "HAIR_STYLES", "STYLES", "grown", "hairline", "style_of"]
