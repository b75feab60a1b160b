"""A body of the house that carries somebody's face: it walks, acts and speaks as anybody does.

The face of the recording, without the light it was recorded in, is laid over the front of the head
by the places that MediaPipe's mesh knows on both; towards its outline it goes over into the skin.
Head and features take the recorded proportions part of the way. Eyes, lids, lips and jaw stay those
of the body underneath, so that they look, blink and speak.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs
from PIL import Image, ImageDraw

from matinee.engine.pictures.planes import LUMA, encoded, lab, linear, mean_around, resized
from matinee.engine.recordings import face_of
from matinee.engine.render.geometry import Rigged, Surface, merged, smooth_normals
from matinee.engine.render.sheet import photo_mesh_colours
from matinee.engine.stage import cast
from matinee.engine.stage.photographs.reels import colour_of, exposure_of
from matinee.film.screenplay import Garment

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Pixels
    from matinee.engine.pictures.planes import Plane
    from matinee.engine.recordings import Reel
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.figure.anatomy import Detail
    from matinee.film.screenplay import Look

    Points = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.int64]

# The outline of MediaPipe's canonical face, from the forehead round by the left.
OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
EYES = (33, 263)
MOUTH_AND_EYES = ((33, 133, 159, 145), (263, 362, 386, 374), (61, 291, 0, 17))
BROWS = (
    (70, 63, 105, 66, 107, 46, 53, 52, 65, 55),
    (300, 293, 334, 296, 336, 276, 283, 282, 295, 285),
)
CHEEKS = (117, 346, 50, 280)
HAIR_LAB = 21.0
"""What is further from the skin's colour than this, above the brows, is hair."""
FADES_OVER = 0.055
"""How wide the face goes over into the skin, as a share of its picture."""
SHRUNK = 0.93
EVEN = 0.75
"""How much of the light of the recording is taken out of the face."""
GLOSS = 0.55
"""By which power the face grows brighter than its skin."""
BEHIND_M = 0.012
_COARSE = 64
SHAPED, SHAPED_M_MAX = 0.65, 0.012
"""How far the head takes the recorded proportions, and how far a place moves at most."""


def in_their_colours(look: Look, reel: Reel) -> Look:
    """Return a look with the skin, hair and clothes of a reel where it says nothing of them."""
    share = exposure_of(reel)
    skin, hair = (_dimmed(one, share) for one in (reel.skin, reel.hair))
    top = _dimmed(reel.top, share)
    worn = look.garments or ((Garment(kind="t_shirt", colour=top),) if top else ())
    return structs.replace(
        look, skin=look.skin or skin, hair_colour=look.hair_colour or hair, garments=worn
    )


def _dimmed(colour: str, share: float) -> str:
    if not colour:
        return ""
    light = linear(np.array([colour_of(colour)], np.float32)) * np.float32(share)
    red, green, blue = (round(float(one) * 255.0) for one in encoded(light)[0])
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=4)
def faced(reel: Reel, look: Look, seed: int, detail: Detail) -> Person:
    """Return a body that carries the face of a reel; the same for the same arguments."""
    usual = cast.person(in_their_colours(look, reel), seed=seed, detail=detail, bare_face=True)
    pixels, places = face_of(reel)
    at = usual.face_places.astype(np.float64)
    flow = _spline(at[:, :2], np.column_stack([places[:, :2], at[:, 2]]))
    mesh = usual.rigged.mesh
    skin = np.flatnonzero(mesh.surface == Surface.SKIN)
    near = skin[_in_face(mesh.positions[skin].astype(np.float64), at, flow)]
    triangles, chosen = _within(mesh, near)
    if not len(chosen):
        return usual
    on_sheet = flow(mesh.positions[chosen, :2].astype(np.float64))[:, :2]
    on_sheet = np.clip(on_sheet, 2.0, len(pixels) - 3.0)
    sheet = _texture(pixels, places, _painted(on_sheet, mesh.albedo[chosen], len(pixels)))
    across_m = float(np.linalg.norm(at[EYES[0]] - at[EYES[1]]))
    dense = float(np.linalg.norm(places[EYES[0], :2] - places[EYES[1], :2])) / across_m
    usual = _with_eyes(usual, _iris(pixels, places))
    rigged = _with_face(usual.rigged, triangles, chosen, photo_mesh_colours(on_sheet, dense))
    return replace(usual, rigged=_shaped(rigged, at, places), photo=sheet)


@dataclass(frozen=True, eq=False)
class _Flow:
    """A smooth field over the plane: radial functions round places, and for splines a slope."""

    places: Points
    weights: Points
    slope: Points | None
    width: float = 0.0

    def __call__(self, points: Points) -> Points:
        """Return the values at points (n, 2), a few thousand at a time."""
        found = []
        for part in np.array_split(points, max(len(points) // 2_000, 1)):
            value = _radial(part, self.places, self.width) @ self.weights
            if self.slope is not None:
                value = value + np.column_stack([np.ones(len(part)), part]) @ self.slope
            found.append(value)
        return np.concatenate(found)


def _radial(points: Points, places: Points, width: float) -> Points:
    """The thin plate's r^2 log r (Bookstein 1989), or a bell of that width."""
    squares = np.square(points[:, None] - places[None]).sum(axis=-1)
    if width:
        return np.asarray(np.exp(-squares / width**2))
    return np.asarray(0.5 * squares * np.log(np.maximum(squares, 1e-12)))


def _each_once(places: Points, values: Points) -> tuple[Points, Points]:
    """Take places that are the same together, their values averaged."""
    keys, index = np.unique(np.round(places, 6), axis=0, return_inverse=True)
    index = index.ravel()
    counts = np.bincount(index).astype(np.float64)
    means = [np.bincount(index, column) / counts for column in values.T]
    return keys, np.stack(means, axis=1)


def _spline(places: Points, values: Points) -> _Flow:
    """The thin-plate spline through values at places."""
    keys, mean = _each_once(places, values)
    count = len(keys)
    whole = np.zeros((count + 3, count + 3))
    whole[:count, :count] = _radial(keys, keys, 0.0)
    whole[:count, count:] = np.column_stack([np.ones(count), keys])
    whole[count:, :count] = whole[:count, count:].T
    wanted = np.vstack([mean, np.zeros((3, mean.shape[1]))])
    solved = np.asarray(np.linalg.solve(whole, wanted), np.float64)
    return _Flow(keys, solved[:count], solved[count:])


def _smooth(places: Points, values: Points, *, width: float, smooth: float) -> _Flow:
    """A smooth field near values at places; `smooth` is how freely it passes them."""
    keys, mean = _each_once(places, values)
    whole = _radial(keys, keys, width) + smooth * np.eye(len(keys))
    return _Flow(keys, np.asarray(np.linalg.solve(whole, mean), np.float64), None, width)


def _in_face(points: Points, at: Points, flow: _Flow) -> npt.NDArray[np.bool_]:
    """Whether points lie on the face: within its outline, and not behind it in mouth or skull."""
    outline = at[list(OVAL), :2]
    middle = outline.mean(axis=0)
    angles = np.arctan2(*(outline - middle).T[::-1])
    reach = np.linalg.norm(outline - middle, axis=1)
    order = np.argsort(angles)
    away = points[:, :2] - middle
    own = np.arctan2(away[:, 1], away[:, 0])
    most = np.interp(own, angles[order], reach[order], period=2 * np.pi)
    inside = np.linalg.norm(away, axis=1) < 1.02 * most
    found = np.zeros(len(points), bool)
    depth = flow(points[inside, :2])[:, 2]
    found[inside] = points[inside, 2] > depth - BEHIND_M
    return found


def _within(mesh: Mesh, vertices: Indices) -> tuple[npt.NDArray[np.bool_], Indices]:
    """Which triangles have all corners among vertices, and which vertices those are."""
    among = np.zeros(mesh.vertex_count, bool)
    among[vertices] = True
    whole = np.asarray(among[mesh.triangles].all(axis=1), bool)
    return whole, np.unique(mesh.triangles[whole]).astype(np.int64)


def _with_face(
    rigged: Rigged,
    triangles: npt.NDArray[np.bool_],
    chosen: Indices,
    colours: npt.NDArray[np.float32],
) -> Rigged:
    """Give some triangles vertices of their own that show the face."""
    mesh = rigged.mesh
    own = np.full(mesh.vertex_count, -1)
    own[chosen] = np.arange(len(chosen))
    twice = np.flatnonzero(own[rigged.morphed] >= 0)
    rest = replace(mesh, triangles=mesh.triangles[~triangles])
    face = replace(
        mesh,
        **{
            name: getattr(mesh, name)[chosen]
            for name in ("positions", "normals", "roughness", "emission", "occlusion", "light")
        },
        albedo=colours,
        surface=np.full(len(chosen), Surface.PHOTO, np.uint8),
        triangles=own[mesh.triangles[triangles]].astype(np.uint32),
    )
    return Rigged(
        merged([rest, face]),
        np.concatenate([rigged.joints, rigged.joints[chosen]]),
        np.concatenate([rigged.weights, rigged.weights[chosen]]),
        rigged.morph_names,
        np.concatenate([rigged.morph_deltas, rigged.morph_deltas[:, twice]], axis=1),
        np.concatenate([rigged.morphed, mesh.vertex_count + own[rigged.morphed[twice]]]),
    )


def _shaped(rigged: Rigged, at: Points, places: Points) -> Rigged:
    """Move head and features towards the recorded proportions, most in the middle of the face."""
    flat = places[:, :2] * np.array([1.0, -1.0])
    eyes, own = flat[list(EYES)], at[list(EYES), :2]
    # Both faces are laid over each other by where the eyes are and how high the face is.
    scale = float(np.ptp(at[list(OVAL), 1]) / np.ptp(flat[list(OVAL), 1]))
    wanted = (flat - eyes.mean(axis=0)) * scale + own.mean(axis=0)
    move = np.clip(SHAPED * (wanted - at[:, :2]), -SHAPED_M_MAX, SHAPED_M_MAX)
    points = rigged.mesh.positions.astype(np.float64)
    middle = at[list(OVAL)].mean(axis=0)
    far = np.linalg.norm((points - middle) / np.array([0.10, 0.13, 0.11]), axis=1)
    share = np.clip(2.0 * (1.0 - far), 0.0, 1.0)
    share = share * share * (3 - 2 * share)
    near = np.flatnonzero(share > 0)
    # Smooth, so that eyeballs stay behind their lids and teeth behind their lips.
    field = _smooth(at[:, :2], move, width=0.03, smooth=2.0)
    points[near, :2] += share[near, None] * field(points[near, :2])
    mesh = rigged.mesh
    moved = replace(mesh, positions=points.astype(np.float32))
    turned = smooth_normals(moved.positions, moved.triangles) - smooth_normals(
        mesh.positions, mesh.triangles
    )
    normals = mesh.normals + turned * share[:, None].astype(np.float32)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return replace(rigged, mesh=replace(moved, normals=normals.astype(np.float32)))


def _painted(
    places: Points, colours: npt.NDArray[np.float32], side: int
) -> npt.NDArray[np.float32]:
    """The body's own skin laid out as the picture of the face is, (side, side, 3) linear."""
    step = (np.arange(_COARSE) + 0.5) * side / _COARSE
    grid = np.stack(np.meshgrid(step, step), axis=-1).reshape(-1, 2)
    rows = []
    for part in np.array_split(grid, 16):
        away = np.linalg.norm(part[:, None] - places[None], axis=2)
        near = np.argpartition(away, 4, axis=1)[:, :4]
        weight = 1.0 / (np.take_along_axis(away, near, axis=1) + 1.0) ** 2
        mixed = (colours[near] * weight[..., None]).sum(axis=1)
        rows.append(mixed / weight.sum(axis=1, keepdims=True))
    mean = np.concatenate(rows)
    planes = mean.reshape(_COARSE, _COARSE, 3).astype(np.float32)
    return np.stack([resized(planes[..., k], side, side) for k in range(3)], axis=-1)


def _texture(pixels: Pixels, places: Points, painted: npt.NDArray[np.float32]) -> Pixels:
    """The face in the body's own skin colour, evenly lit, going over into what is painted there."""
    light = linear(pixels.astype(np.float32) / np.float32(255.0))
    side = len(pixels)
    inside = _oval(places, side)
    skin = inside * (1.0 - _spots(places, MOUTH_AND_EYES, side))
    tone = np.median(painted[skin > 0.9], axis=0)
    usual = np.median(light[skin > 0.9], axis=0)
    bare = inside * _bare(pixels, places, skin)
    skin = skin * bare
    level = (light @ LUMA).astype(np.float32)
    around = mean_around(level * skin, side // 8) / np.maximum(mean_around(skin, side // 8), 1e-3)
    even = np.clip(float(usual @ LUMA) / np.maximum(around, 1e-3), 0.55, 1.9) ** EVEN
    gain = np.clip(tone / np.maximum(usual, 0.01), 0.25, 2.5)
    lit = _without_gloss((light * even[..., None] * gain).astype(np.float32), tone)
    radius = max(round(FADES_OVER * side / 2), 1)
    share = mean_around(mean_around(inside, radius), radius) * mean_around(bare, 3)
    share = share[..., None]
    mixed = lit * share + painted * (1.0 - share)
    return np.round(encoded(np.asarray(mixed, np.float32)) * 255.0).astype(np.uint8)


def _without_gloss(
    light: npt.NDArray[np.float32], tone: npt.NDArray[np.floating]
) -> npt.NDArray[np.float32]:
    """Take back what is brighter than the skin: it is mostly gloss, which the scene adds anew."""
    level = np.maximum((light @ LUMA) / float(tone @ LUMA), 1.0)
    return np.asarray(light * (level ** (GLOSS - 1.0))[..., None], np.float32)


def _bare(pixels: Pixels, places: Points, skin: Plane) -> Plane:
    """1 where the face is seen, falling to 0 where hair hangs over brow and temple.

    Below the brows all is taken for the face, because nothing there looks like skin by itself.
    """
    side = len(pixels)
    colours = lab(pixels.astype(np.float32) / np.float32(255.0))
    lower = places[list(CHEEKS), 1].mean()
    known = colours[(skin > 0.9) & (np.arange(side)[:, None] > lower)]
    usual = np.median(known, axis=0) if len(known) else np.median(colours[skin > 0.9], axis=0)
    away = np.linalg.norm((colours - usual) * np.array([0.7, 1.0, 1.0], np.float32), axis=-1)
    like = np.clip((HAIR_LAB - away) / 8.0, 0.0, 1.0).astype(np.float32)
    # Brows are hair as well, and stay.
    kept = np.maximum(_spots(places, BROWS, side), _spots(places, MOUTH_AND_EYES, side))
    brow = float(places[[one for group in BROWS for one in group], 1].min())
    rows = np.arange(side, dtype=np.float32)[:, None]
    below = np.clip((rows - brow) / (0.06 * side), 0.0, 1.0)
    # The shadow of hair and its ends reach further than it does.
    like = np.clip(1.0 - 4.0 * mean_around(1.0 - like, side // 50), 0.0, 1.0)
    return np.asarray(np.maximum(np.maximum(like, below), kept), np.float32)


def _oval(places: Points, side: int) -> Plane:
    """1 within the outline of the face, a little shrunk."""
    outline = places[list(OVAL), :2]
    middle = outline.mean(axis=0)
    small = middle + (outline - middle) * SHRUNK
    picture = Image.new("L", (side, side))
    ImageDraw.Draw(picture).polygon([(float(x), float(y)) for x, y in small], fill=255)
    return np.asarray(picture, np.float32) / np.float32(255.0)


def _iris(pixels: Pixels, places: Points) -> Points | None:
    """The colour of the eyes, linear, without pupil and white; None in small pictures."""
    found = []
    for outer, inner, upper, lower in MOUTH_AND_EYES[:2]:
        x, y = places[[outer, inner, upper, lower], :2].mean(axis=0)
        radius = 0.17 * float(np.linalg.norm(places[outer, :2] - places[inner, :2]))
        rows, columns = np.mgrid[: len(pixels), : len(pixels)]
        near = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
        if near.sum() >= 40:
            seen = linear(pixels[near].astype(np.float32) / np.float32(255.0)).astype(np.float64)
            level = seen @ LUMA
            low, high = np.quantile(level, (0.3, 0.7))
            found.append(np.median(seen[(level >= low) & (level <= high)], axis=0))
    return np.mean(found, axis=0) if found else None


def _with_eyes(usual: Person, iris: Points | None) -> Person:
    """Give a body eyes of a colour, as light and dark as its own are round the pupil."""
    if iris is None:
        return usual
    mesh = usual.rigged.mesh
    level = mesh.albedo @ LUMA
    # What is brighter is the white of the eye and the light in it.
    own = (mesh.surface == Surface.EYE) & (level < 0.4) & (level > 0.008)
    if not own.any():
        return usual
    share = level[own] / float(np.median(level[own]))
    albedo = mesh.albedo.copy()
    albedo[own] = np.clip(share[:, None] * np.clip(iris, 0.01, 0.25), 0.0, 0.6)
    return replace(usual, rigged=replace(usual.rigged, mesh=replace(mesh, albedo=albedo)))


def _spots(places: Points, groups: Sequence[Sequence[int]], side: int) -> Plane:
    """1 over each group of places, an ellipse that is a little larger than they reach."""
    out = np.zeros((side, side), bool)
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    for group in groups:
        spots = places[list(group), :2]
        x, y = (spots.min(axis=0) + spots.max(axis=0)) / 2.0
        wide, high = np.maximum(0.62 * np.ptp(spots, axis=0), 0.022 * side)
        out |= ((columns - x) / wide) ** 2 + ((rows - y) / high) ** 2 < 1.0
    return out.astype(np.float32)
