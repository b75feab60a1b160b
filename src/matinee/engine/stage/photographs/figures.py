"""Somebody from their photo: the outline as a relief that stands, breathes and sways.

The relief hangs on the trunk of a usual body, whose feet stay where they are; the arms of the photo
go along with the trunk. When they speak, the jaw moves a little. There is no other side and no
other pose, so whoever is filmed like this faces the camera.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.pictures import cut_out
from matinee.engine.pictures.people import WHOLE_HEADS, portrait_of
from matinee.engine.render.geometry import Rigged
from matinee.engine.stage.photographs.albedo import grown_over, unlit
from matinee.engine.stage.photographs.cropping import cropped, depth_plane
from matinee.engine.stage.photographs.relief import body, raised

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.pictures import Photo
    from matinee.engine.pictures.people import Face
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.skeleton import Skeleton

    Points = npt.NDArray[np.float64]

FACE_M = 0.2
"""How high the detector's box of a face is."""
SHOULDERS_M = 0.5
CELLS = 220
JAW_M = 0.011
TRUNK = ("pelvis", "spine_02", "spine_03", "neck_01")
HEAD_SHARE = 0.1
"""How far the head of a relief turns of what a head would: more would squeeze the face."""


@lru_cache(maxsize=8)
def figure(photo: Photo, usual: Person) -> Person:
    """Return somebody who looks as in their photo and is as tall as `usual`."""
    portrait = portrait_of(photo)
    face = None if portrait is None else portrait.face
    matte = cut_out(photo).matte if portrait is None else portrait.cutout.matte
    crop = cropped(photo.pixels, matte)
    relief = raised(crop.matte, "full", cells=CELLS)
    colours = grown_over(crop.pixels, crop.matte)
    colours = unlit(colours, crop.matte, depth_plane(relief, crop.matte))
    low, high = relief.places.min(axis=0), relief.places.max(axis=0)
    below = float(np.flatnonzero((matte > 0.5).any(axis=1))[-1])
    cut_off = bool(matte[-2:].mean() > 0.02)
    if face is not None:
        cut_off &= below - face.middle[1] < WHOLE_HEADS * face.height_px
    metres = usual.height_m / float(high[1] - low[1])
    if face is not None and cut_off:
        metres = FACE_M / (face.height_px * crop.scale)
    elif cut_off:
        metres = SHOULDERS_M / float(high[0] - low[0])
    middle = (float(low[0] + high[0]) / 2.0, float(low[1]))
    if face is not None:
        at = crop.place(*face.middle)
        middle = (at[0], at[1])
    made = body(relief, middle_px=middle, metres_per_px=metres)
    positions = made.positions.astype(np.float64)
    if face is not None and cut_off:
        positions[:, 1] += usual.eye_height_m - 0.02
    elif cut_off:
        positions[:, 1] += usual.height_m
    else:
        positions[:, 1] -= positions[:, 1].min()
    positions[:, 2] += 0.02
    mesh = replace(made, positions=positions.astype(np.float32))
    joints, weights = _hung(positions, usual.skeleton)
    jaw = np.zeros((0, len(positions), 3), np.float32)
    if face is not None:
        jaw = _jaw(mesh.albedo[:, :2], positions, crop.place(*face.mouth), face, crop.scale)
    rigged = Rigged(
        mesh, joints, weights, ("jawOpen",) if len(jaw) else (), jaw, np.arange(jaw.shape[1])
    )
    return replace(usual, rigged=rigged, strands=(), photo=colours)


def _hung(
    positions: Points, skeleton: Skeleton
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Hang vertices on the trunk by their height: feet below, the neck above, blended between."""
    heights = [0.06, *(float(skeleton.head(name)[1]) for name in TRUNK)]
    level = np.interp(positions[:, 1], heights, np.arange(len(heights)))
    lower = np.minimum(level.astype(int), len(heights) - 2)
    share = level - lower
    weights = np.zeros((len(positions), len(skeleton.names)))
    columns = [
        [skeleton.places["foot_l"], skeleton.places["foot_r"]],
        *([skeleton.places[name]] for name in TRUNK),
    ]
    for k, bones in enumerate(columns):
        own = np.where(lower == k, 1.0 - share, 0.0) + np.where(lower + 1 == k, share, 0.0)
        for bone in bones:
            weights[:, bone] += own / len(bones)
    neck = float(skeleton.head("head")[1])
    above = HEAD_SHARE * np.clip((positions[:, 1] - neck + 0.03) / 0.06, 0.0, 1.0)
    weights *= (1.0 - above)[:, None]
    weights[:, skeleton.places["head"]] += above
    joints = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    held = np.take_along_axis(weights, joints, axis=1)
    held /= held.sum(axis=1, keepdims=True)
    return joints.astype(np.uint8), held.astype(np.float32)


def _jaw(
    places: npt.NDArray[np.float32],
    positions: Points,
    mouth: tuple[float, float],
    face: Face,
    scale: float,
) -> npt.NDArray[np.float32]:
    """The move of an opening jaw, (1, n, 3): what is below the lips goes down, the chin most."""
    size = face.height_px * scale
    across = (places[:, 0] - mouth[0]) / (0.34 * size)
    below = (places[:, 1] - mouth[1]) / (0.34 * size)
    share = np.clip(1.0 - across**2, 0.0, 1.0) * np.clip(below / 0.25, 0.0, 1.0)
    share *= np.clip(1.6 - below, 0.0, 1.0) * (positions[:, 2] > 0.0)
    out = np.zeros((1, len(places), 3), np.float32)
    out[0, :, 1] = -JAW_M * share
    return out
