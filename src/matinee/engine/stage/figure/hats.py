"""Hats: turned around the head from a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import anatomy
from .colours import CLOTH_COLOURS, linear
from .patch import Patch, trimmed
from .piece import Piece, rigid, stuff
from .skin import mottled

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail

Floats: TypeAlias = "npt.NDArray[np.float64]"
Colour: TypeAlias = "tuple[float, float, float] | None"

# These hide the top of the hair.
HATS: Final = (
    "crested_helmet",
    "hat",
    "cap",
    "helmet",
    "beanie",
    "headscarf",
    "straw_hat",
    "top_hat",
    "cowboy_hat",
    "chef_hat",
    "wizard_hat",
)
SPOKES: Final = {"near": 32, "middle": 24, "far": 14}


@dataclass(frozen=True, eq=False)
class Skull:
    """Where a hat sits: centre (3,) at the height of the brow, half width and depth, crown height.

    tilt is how far a hat leans back in radians.
    """

    centre: Floats
    half_width: float
    half_depth: float
    crown: float


def skull(points: npt.NDArray[np.float32]) -> Skull:
    """Measure a head over its hair cap."""
    body = anatomy()
    body_only = np.unique(body.triangles["near"]["body"])
    above = body_only[body.canonical[body_only, 1] > 7.55]
    top = points[above].astype(np.float64)
    low, high = top.min(0), top.max(0)
    middle = (low + high) / 2
    return Skull(
        np.array([middle[0], low[1], middle[2]]),
        float(high[0] - low[0]) / 2 + 0.008,
        float(high[2] - low[2]) / 2 + 0.008,
        float(high[1] - low[1]) + 0.008,
    )


def _lathe(
    head: Skull, profile: list[tuple[float, float]], detail: Detail, *, tilt: float = 0.12
) -> Patch:
    """Turn a profile of (radius, height) around the head; 1 is the brow's half width, the crown."""
    body = anatomy()
    spokes = SPOKES[detail]
    around = np.arange(spokes) * 2 * np.pi / spokes
    rows = np.array(profile)
    ring = np.stack([np.sin(around), np.zeros(spokes), np.cos(around)], 1)
    # Away from the head a brim is round; on the head it is as long as the skull.
    wide = np.where(rows[:, 0] <= 1.12, 0, np.clip(rows[:, 0] - 1.12, 0, None))
    snug = np.minimum(rows[:, 0], 1.12)
    x = snug * head.half_width + wide * head.half_width
    z = snug * head.half_depth + wide * head.half_width
    places = ring[None] * np.stack([x, np.zeros(len(rows)), z], 1)[:, None]
    places[..., 1] += (rows[:, 1] * head.crown)[:, None]
    cosine, sine = np.cos(-tilt), np.sin(-tilt)
    y, depth = places[..., 1].copy(), places[..., 2].copy()
    places[..., 1] = y * cosine - depth * sine
    places[..., 2] = y * sine + depth * cosine
    index = np.arange(len(rows) * spokes).reshape(len(rows), spokes)
    a, b = index[:-1], np.roll(index[:-1], -1, 1)
    c, d = np.roll(index[1:], -1, 1), index[1:]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    place = places.reshape(-1, 3) + head.centre
    return rigid(place, triangles, body.bone("head"), len(body.bone_names))


def _banded(
    patch: Patch,
    detail: Detail,
    colour: npt.NDArray[np.floating],
    *,
    rows: tuple[int, int] | None = None,
    band: tuple[float, float, float] = (0.02, 0.02, 0.02),
    surface: Surface = Surface.CLOTH,
    roughness: float = 0.85,
) -> Piece:
    """Colour a turned hat; the rings of `rows` get the colour of a ribbon."""
    ring = np.arange(len(patch)) // SPOKES[detail]
    ribbon = np.zeros(len(patch), bool) if rows is None else (ring >= rows[0]) & (ring <= rows[1])
    shade = np.where(ribbon[:, None], np.array(band), colour)
    shade = shade * (1 + 0.05 * mottled(patch["position"], 60.0, 2)[:, None])
    return Piece(stuff(patch, colour=shade, surface=surface, roughness=roughness))


Profile = list[tuple[float, float]]
BRIM: Final[Profile] = [(1.0, 0.02), (1.04, 0.0), (1.75, -0.06), (1.77, -0.045), (1.06, 0.035)]
TURNED: Final[dict[str, tuple[Profile, str, tuple[int, int] | None, Surface, float]]] = {
    "hat": (
        [
            *BRIM,
            (1.05, 0.05),
            (1.05, 0.25),
            (1.02, 0.6),
            (0.95, 1.0),
            (0.75, 1.1),
            (0.35, 1.02),
            (0.0, 1.0),
        ],
        "#4a3a2c",
        (5, 6),
        Surface.CLOTH,
        0.8,
    ),
    "straw_hat": (
        [
            (1.0, 0.02),
            (1.04, 0.0),
            (2.2, -0.10),
            (2.22, -0.085),
            (1.06, 0.035),
            (1.06, 0.05),
            (1.05, 0.22),
            (1.0, 0.65),
            (0.85, 0.98),
            (0.5, 1.1),
            (0.0, 1.12),
        ],
        "#cdae6c",
        (5, 6),
        Surface.CLOTH,
        0.9,
    ),
    "cowboy_hat": (
        [
            (1.0, 0.02),
            (1.04, 0.0),
            (1.6, -0.02),
            (2.05, 0.12),
            (2.06, 0.14),
            (1.6, 0.0),
            (1.06, 0.035),
            (1.06, 0.06),
            (1.04, 0.3),
            (0.98, 0.9),
            (0.8, 1.22),
            (0.4, 1.12),
            (0.0, 1.08),
        ],
        "#6f4c2d",
        (7, 8),
        Surface.CLOTH,
        0.8,
    ),
    "top_hat": (
        [
            (1.0, 0.02),
            (1.04, 0.0),
            (1.55, 0.02),
            (1.57, 0.035),
            (1.06, 0.035),
            (1.05, 0.05),
            (1.04, 0.3),
            (1.02, 1.0),
            (1.08, 1.75),
            (1.06, 1.79),
            (0.0, 1.79),
        ],
        "#141416",
        (5, 6),
        Surface.CLOTH,
        0.45,
    ),
    "chef_hat": (
        [
            (1.02, 0.0),
            (1.04, 0.02),
            (1.04, 0.6),
            (1.12, 0.7),
            (1.35, 1.05),
            (1.38, 1.35),
            (1.1, 1.6),
            (0.5, 1.7),
            (0.0, 1.7),
        ],
        "#f0eee8",
        None,
        Surface.CLOTH,
        0.9,
    ),
    "wizard_hat": (
        [
            (1.0, 0.02),
            (1.04, 0.0),
            (1.9, -0.05),
            (1.92, -0.03),
            (1.06, 0.035),
            (1.05, 0.05),
            (0.98, 0.4),
            (0.75, 1.2),
            (0.45, 2.1),
            (0.18, 2.9),
            (0.0, 3.2),
        ],
        "#2b2f66",
        (5, 6),
        Surface.CLOTH,
        0.8,
    ),
    "beanie": (
        [
            (1.03, 0.02),
            (1.09, 0.04),
            (1.10, 0.22),
            (1.07, 0.26),
            (1.06, 0.4),
            (1.0, 0.75),
            (0.8, 1.03),
            (0.42, 1.16),
            (0.0, 1.2),
        ],
        "#7d3b36",
        (0, 3),
        Surface.CLOTH,
        0.95,
    ),
    "cap": (
        [
            (1.02, 0.06),
            (1.05, 0.07),
            (1.06, 0.3),
            (1.0, 0.7),
            (0.8, 0.98),
            (0.4, 1.09),
            (0.0, 1.11),
        ],
        "#27405f",
        None,
        Surface.CLOTH,
        0.85,
    ),
    "helmet": (
        [
            (1.10, -0.35),
            (1.13, -0.33),
            (1.14, 0.1),
            (1.10, 0.55),
            (0.92, 0.95),
            (0.55, 1.17),
            (0.0, 1.22),
        ],
        "#a9adb3",
        None,
        Surface.METAL,
        0.3,
    ),
    "crested_helmet": (
        [
            (1.10, -0.35),
            (1.13, -0.33),
            (1.14, 0.1),
            (1.10, 0.55),
            (0.92, 0.95),
            (0.55, 1.17),
            (0.0, 1.22),
        ],
        "#b08a4a",
        None,
        Surface.METAL,
        0.3,
    ),
    "headband": (
        [(1.03, 0.10), (1.06, 0.11), (1.06, 0.30), (1.03, 0.31)],
        "#a52a36",
        None,
        Surface.CLOTH,
        0.9,
    ),
}


def turned(kind: str, head: Skull, colour: Colour, detail: Detail) -> list[Piece]:
    """Make a hat of TURNED."""
    profile, otherwise, ribbon, surface, rough = TURNED[kind]
    shade = np.array(colour) if colour is not None else linear(otherwise)
    patch = _lathe(head, profile, detail, tilt=0.0 if kind in ("headband", "chef_hat") else 0.14)
    if kind in ("helmet", "crested_helmet"):
        # Open for the face.
        place = patch["position"] - head.centre.astype(np.float32)
        open_face = np.maximum(place[:, 1] - 0.012, np.abs(place[:, 0]) - 0.075)
        open_face = np.maximum(open_face, 0.045 - place[:, 2])
        patch = trimmed(patch, open_face)
        made = [Piece(stuff(patch, colour=shade, surface=surface, roughness=rough))]
        return made + ([_crest(head, detail)] if kind == "crested_helmet" else [])
    dark = (0.16, 0.03, 0.03) if kind == "straw_hat" else (0.02, 0.018, 0.016)
    if kind == "beanie":
        dark = tuple(float(value) for value in shade * 0.75)  # type: ignore[assignment]
    pieces = [
        _banded(patch, detail, shade, rows=ribbon, band=dark, surface=surface, roughness=rough)
    ]
    if kind == "cap":
        pieces.append(_peak(head, shade, detail))
    return pieces


def _crest(head: Skull, detail: Detail) -> Piece:
    """Make the crest of a helmet: a brush of red hair from the brow to the nape."""
    body = anatomy()
    count = 12 if detail == "far" else 26
    angle = np.linspace(0.45, 2.75, count)
    ahead, up = np.cos(angle), np.sin(angle)
    foot = np.stack([0 * up, up * head.crown * 1.2, ahead * head.half_depth * 1.08], 1)
    out = np.stack([0 * up, up, ahead], 1)
    high = 0.075 * (0.75 + 0.25 * np.sin(angle)) * np.where(np.arange(count) % 2 == 0, 1.0, 0.9)
    tip = foot + out * high[:, None]
    half = np.array([0.009, 0.0, 0.0])
    places = np.concatenate([foot - half, tip - half * 1.6, tip + half * 1.6, foot + half])
    index = np.arange(4 * count).reshape(4, count)
    a, b = index[:-1, :-1], index[:-1, 1:]
    c, d = index[1:, 1:], index[1:, :-1]
    side = np.concatenate([np.stack([a, c, b], -1), np.stack([a, d, c], -1)]).reshape(-1, 3)
    patch = rigid(places + head.centre, side, body.bone("head"), len(body.bone_names))
    stripes = np.tile(np.where(np.arange(count) % 2 == 0, 1.0, 0.7), 4)[:, None]
    colour = np.array([0.42, 0.03, 0.03]) * stripes
    return Piece(stuff(patch, colour=colour, surface=Surface.HAIR, roughness=0.8))


def _peak(head: Skull, shade: npt.NDArray[np.floating], detail: Detail) -> Piece:
    """Make the peak of a cap."""
    body = anatomy()
    columns, rows = (9, 3) if detail == "far" else (17, 5)
    angle = np.linspace(-1.05, 1.05, columns)[None]
    out = np.linspace(0, 1, rows)[:, None]
    reach = 1.02 + 0.62 * out * np.cos(angle * 1.35) ** 0.7
    x = np.sin(angle) * head.half_width * reach
    z = np.cos(angle) * head.half_depth * reach
    y = (
        0.075 * head.crown
        - 0.020 * out
        - 0.018 * np.sin(angle) ** 2 * out
        + 0.014 * (z / head.half_depth)
    )
    sheets = []
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    top = np.concatenate([np.stack([a, c, b], -1), np.stack([a, d, c], -1)]).reshape(-1, 3)
    for drop, triangles in ((0.0, top), (0.003, top[:, ::-1])):
        sheets.append((np.stack([x, y - drop, z], -1).reshape(-1, 3) + head.centre, triangles))
    places = np.concatenate([sheet[0] for sheet in sheets])
    triangles = np.concatenate([sheets[0][1], sheets[1][1] + rows * columns])
    patch = rigid(places, triangles, body.bone("head"), len(body.bone_names))
    return Piece(stuff(patch, colour=shade * 0.8, surface=Surface.CLOTH, roughness=0.8))


def crown(head: Skull, colour: Colour, detail: Detail) -> list[Piece]:
    """Make a crown: a ring of points with a stone in each."""
    shade = np.array(colour) if colour is not None else linear(CLOTH_COLOURS["gold"])
    patch = _lathe(
        head,
        [(1.0, 0.18), (1.04, 0.18), (1.06, 0.5), (1.10, 0.95), (1.06, 0.5), (1.0, 0.2)],
        detail,
    )
    spokes = SPOKES[detail]
    ring, spoke = np.arange(len(patch)) // spokes, np.arange(len(patch)) % spokes
    low = (spoke % 4) / 4 * 2
    dip = np.minimum(low, 2 - low)
    place = patch["position"].copy()
    place[:, 1] -= (ring == 3) * dip * 0.38 * head.crown
    stone = (ring == 2) & (spoke % 4 == 0)
    tone = np.where(stone[:, None], np.array([0.5, 0.02, 0.04]), shade)
    patch = patch.having(position=place)
    return [Piece(stuff(patch, colour=tone, surface=Surface.METAL, roughness=0.25))]
