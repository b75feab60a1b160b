"""Somebody in motion from their reel: the frames of a cut-out that stands in the scene.

Every frame of a reel is a relief of its own, with its own outline; all of them hang on the person,
and at any moment one of them is shown while the others are shrunk to nothing. So the cut-out is
lit, shaded, fogged and blurred as everything else is, and throws its shadow. Which frame is shown
when is for the `Strip` to say.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee.engine.pictures.planes import LUMA, encoded, linear, resized
from matinee.engine.recordings import cels_of
from matinee.engine.render.geometry import Rigged, merged
from matinee.engine.stage.photographs.albedo import unlit
from matinee.engine.stage.photographs.cropping import depth_plane
from matinee.engine.stage.photographs.relief import body, raised
from matinee.engine.stage.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.pictures.photo import Pixels
    from matinee.engine.pictures.planes import Plane
    from matinee.engine.recordings import Reel
    from matinee.engine.recordings.reel import Cel
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.cast import Person

FACE_ACROSS_M = 0.148
"""From cheek to cheek of an adult, where the mesh's outline is."""
CELLS = 104
SHEET_SIDE_MAX = 4_032
"""All frames lie side by side on one picture, which fits on the renderer's sheet."""
_MIN, _MAX = 0.35, 1.6
SKIN_MAX = 0.32
"""The luminance of light skin, linear."""


@lru_cache(maxsize=2)
def moving_figure(reel: Reel, usual: Person) -> Person:
    """Return somebody who looks and moves as in their reel, eyes where those of `usual` are."""
    cels = cels_of(reel)
    columns, scale = _laid(reel)
    metres = FACE_ACROSS_M / reel.face_px
    middle = np.mean(np.stack([cel.matte for cel in cels]), axis=0).astype(np.float32)
    depth = depth_plane(raised(middle, "full", cells=CELLS), middle)
    share = _own_light(cels, middle, depth) * np.float32(exposure_of(reel))
    wide, high = (max(round(side * scale), 2) for side in (reel.width, reel.height))
    rows = -(-len(cels) // columns)
    sheet = np.zeros((rows * high, columns * wide, 3), np.uint8)
    meshes: list[Mesh] = []
    for number, cel in enumerate(cels):
        top, left = number // columns * high, number % columns * wide
        plain = _plain(cel.pixels, share)
        small = Image.fromarray(plain).resize((wide, high), Image.Resampling.BOX)
        sheet[top : top + high, left : left + wide] = np.asarray(small)
        made = _relief(cel, depth, reel, metres)
        meshes.append(_placed(made, (left, top, scale), usual))
    mesh = merged(meshes)
    counts = [one.vertex_count for one in meshes]
    joints = np.zeros((sum(counts), 4), np.uint8)
    joints[:, 0] = np.repeat(len(usual.skeleton.names) + np.arange(len(cels)), counts)
    weights = np.zeros((sum(counts), 4), np.float32)
    weights[:, 0] = 1.0
    strip = Strip(reel.frame_count, reel.rate, reel.quiet, reel.talking)
    return replace(
        usual, rigged=Rigged(mesh, joints, weights), strands=(), photo=sheet, strip=strip
    )


def _laid(reel: Reel) -> tuple[int, float]:
    """How many frames stand side by side on the sheet, and how large each is."""
    best = (1, 0.0)
    for columns in range(1, reel.frame_count + 1):
        rows = -(-reel.frame_count // columns)
        fits = min(SHEET_SIDE_MAX / (columns * reel.width), SHEET_SIDE_MAX / (rows * reel.height))
        best = max(best, (columns, min(fits, 1.0)), key=lambda one: one[1])
    return best


def _relief(cel: Cel, depth: Plane, reel: Reel, metres: float) -> Mesh:
    """One frame as a body, the middle between its eyes at the origin."""
    relief = raised(cel.matte, "full", cells=CELLS)
    x, y = (
        np.clip(np.round(relief.places[:, k]).astype(int), 0, side - 1)
        for k, side in enumerate((reel.width, reel.height))
    )
    # All frames share one depth, or the light would flicker on them.
    relief = replace(relief, depth=np.where(relief.rim, 0.0, np.maximum(depth[y, x], 0.5)))
    return body(relief, middle_px=reel.eyes, metres_per_px=metres)


def _placed(made: Mesh, place: tuple[int, int, float], usual: Person) -> Mesh:
    """Set a frame over the pelvis, eyes as high as usual, and its colours into the sheet.

    `place` is its left and top edge there, and how large it is.
    """
    positions, albedo = made.positions.copy(), made.albedo.copy()
    pelvis = usual.skeleton.head("pelvis")
    positions += np.array([pelvis[0], usual.eye_height_m, pelvis[2] + 0.04], np.float32)
    left, top, scale = place
    albedo[:, 0] = albedo[:, 0] * scale + left
    albedo[:, 1] = albedo[:, 1] * scale + top
    albedo[:, 2] *= scale
    return replace(made, positions=positions, albedo=albedo)


def _own_light(cels: Sequence[Cel], matte: Plane, depth: Plane) -> Plane:
    """Of the light in the recording, what goes with the slope of the body: a factor, (h, w)."""
    mean = np.mean(np.stack([cel.pixels.astype(np.float32) for cel in cels]), axis=0)
    before = np.asarray(np.round(mean), np.uint8)
    after = unlit(before, matte, depth)
    was, plain = (
        linear(np.asarray(one, np.float32) / np.float32(255.0)).mean(axis=2)
        for one in (before, after)
    )
    share = np.clip(plain / np.maximum(was, 0.01), _MIN, _MAX).astype(np.float32)
    high, wide = share.shape
    # Slopes are wide; what is narrow is the picture itself.
    return resized(resized(share, max(high // 16, 2), max(wide // 16, 2)), high, wide)


def exposure_of(reel: Reel) -> float:
    """By how much a reel's light is more or less than the colours of skin would have it.

    Cameras expose a face as bright as they can, so light skin is recorded lighter than it is.
    """
    if not reel.skin:
        return 0.8
    level = float(linear(np.array([colour_of(reel.skin)], np.float32))[0] @ LUMA)
    return min(SKIN_MAX / max(level, 0.02), 1.0)


def colour_of(name: str) -> tuple[float, float, float]:
    """Return the sRGB values 0..1 of #rrggbb."""
    red, green, blue = (int(name[k : k + 2], 16) / 255.0 for k in (1, 3, 5))
    return red, green, blue


def _plain(pixels: Pixels, share: Plane) -> Pixels:
    light = linear(pixels.astype(np.float32) / np.float32(255.0)) * share[..., None]
    return np.round(encoded(np.minimum(light, np.float32(0.92))) * 255.0).astype(np.uint8)
