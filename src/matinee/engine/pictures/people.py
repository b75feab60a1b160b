"""People in photos: their faces and outlines, by small networks that packages ship.

MediaPipe's face detector (BlazeFace, short range) and its selfie segmentation are run with LiteRT;
its face mesh is run by `engine.recordings`. They are optional (`tools/install_photos.py` fetches
them): without them a person is cut out as a thing is, by colour.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from .cutout import Cutout, refined
from .planes import regions

if TYPE_CHECKING:
    import numpy.typing as npt

    from .photo import Photo, Pixels
    from .planes import Plane

MODELS_FOLDER = Path(sys.prefix) / "share" / "matinee" / "photos"
_USING = threading.Lock()
FACES, OUTLINES = "face_detection_short_range.tflite", "selfie_segmentation.tflite"
MESH = "face_landmark.tflite"
SURE = 0.6
PARTS = (2, 3, 5)
WHOLE_HEADS = 7.0
"""How many times the height of a face lies below its middle in somebody seen to their feet."""
FACE_MIN, FACE_MAX, SHARE_MIN = 0.0015, 0.5, 0.05
_FACE_SIDE, _OUTLINE_SIDE = 128, 256
TRUSTED = 0.9


@dataclass(frozen=True)
class Face:
    """A face: its middle and height in pixels, and where its eyes and mouth are (x, y)."""

    middle: tuple[float, float]
    height_px: float
    eyes: tuple[tuple[float, float], tuple[float, float]]
    mouth: tuple[float, float]
    sureness: float


@dataclass(frozen=True, eq=False)
class Portrait:
    """Somebody in a photo: the largest face, and the outline of who it belongs to."""

    face: Face
    cutout: Cutout


def installed() -> bool:
    """Whether people can be told from things here."""
    return (MODELS_FOLDER / FACES).exists() and find_spec("ai_edge_litert") is not None


def mesh_installed() -> bool:
    """Whether faces can be looked at closely here, and outlines found."""
    return installed() and all((MODELS_FOLDER / one).exists() for one in (MESH, OUTLINES))


def portrait_of(photo: Photo) -> Portrait | None:
    """Return who a photo shows, None when it shows nobody or that cannot be told here."""
    if not installed():
        return None
    faces = faces_in(photo)
    if not faces:
        return None
    face = max(faces, key=lambda one: one.height_px)
    if not FACE_MIN < face.height_px**2 / (photo.width * photo.height) < FACE_MAX:
        return None
    cutout = _outlined(photo, face)
    # Somebody far off in a view is not whom the photo is of.
    return Portrait(face, cutout) if cutout.share > SHARE_MIN else None


def faces_in(photo: Photo) -> list[Face]:
    """Return the faces in a photo, surest first, each once.

    The network sees faces of a fifth of its picture and more, so smaller ones are looked for in
    parts of the photo.
    """
    found = large_faces_in(photo)
    for parts in PARTS:
        if found:
            break
        found = _faces_in_parts(photo, parts)
    return _each_once(found)


def large_faces_in(photo: Photo) -> list[Face]:
    """Return the faces that take a fifth of a photo or more, surest first, each once."""
    side = max(photo.width, photo.height)
    whole = ((side - photo.width) // -2, (side - photo.height) // -2, side)
    return _each_once(_faces_within(photo, whole))


def small_faces_in(photo: Photo) -> list[Face]:
    """Return the faces that are seen in halves of a photo, surest first, each once."""
    return _each_once(_faces_in_parts(photo, PARTS[0]))


def _faces_in_parts(photo: Photo, parts: int) -> list[Face]:
    near = max(photo.width, photo.height) // parts
    found: list[Face] = []
    for top in range(0, max(photo.height - near // 2, 1), near // 2):
        for left in range(0, max(photo.width - near // 2, 1), near // 2):
            found += _faces_within(photo, (left, top, near))
    return found


def _each_once(found: list[Face]) -> list[Face]:
    unique: list[Face] = []
    for one in sorted(found, key=lambda face: -face.sureness):
        if all(_apart(one, other) for other in unique):
            unique.append(one)
    return unique


def _apart(one: Face, other: Face) -> bool:
    away = np.hypot(one.middle[0] - other.middle[0], one.middle[1] - other.middle[1])
    return bool(away > 0.5 * other.height_px)


def _faces_within(photo: Photo, square: tuple[int, int, int]) -> list[Face]:
    """Return the faces in a square of a photo: left, top, side; outside of the photo is black."""
    left, top, side = square
    box = (left, top, left + side, top + side)
    seen = Image.fromarray(photo.pixels).crop(box)
    seen = seen.resize((_FACE_SIDE, _FACE_SIDE), Image.Resampling.BOX)
    batch = np.asarray(seen, np.float32)[None] / 127.5 - 1.0
    outputs = run(FACES, batch)
    boxes = next(one for one in outputs if one.shape[-1] == 16)[0]
    levels = next(one for one in outputs if one.shape[-1] == 1)[0][:, 0]
    sureness = 1.0 / (1.0 + np.exp(-np.clip(levels, -80.0, 80.0)))
    found: list[Face] = []
    for k in np.flatnonzero(sureness > SURE):
        points = (boxes[k].reshape(-1, 2) / _FACE_SIDE) * side
        height_px = float(points[1, 1])
        points += _anchors()[k] * side + np.array([left, top])
        found.append(
            Face(
                middle=_pair(points[0]),
                height_px=height_px,
                eyes=(_pair(points[2]), _pair(points[3])),
                mouth=_pair(points[5]),
                sureness=float(sureness[k]),
            )
        )
    return found


def _pair(point: npt.NDArray[np.floating]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


@lru_cache(maxsize=1)
def _anchors() -> npt.NDArray[np.float64]:
    """The middles of BlazeFace's boxes, (896, 2): two to a cell of 16, six to one of 8."""
    cells = []
    for count, each in ((16, 2), (8, 6)):
        grid = (np.arange(count) + 0.5) / count
        places = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
        cells.append(np.repeat(places, each, axis=0))
    return np.concatenate(cells)


def outline_of(pixels: Pixels) -> Plane:
    """Return how surely each pixel belongs to somebody, 0..1, 256 by 256 over the picture."""
    side = _OUTLINE_SIDE
    seen = Image.fromarray(pixels).resize((side, side), Image.Resampling.BOX)
    return run(OUTLINES, np.asarray(seen, np.float32)[None] / np.float32(255.0))[0][0, :, :, 0]


def _outlined(photo: Photo, face: Face) -> Cutout:
    """The outline of whom a face belongs to; a photo that has a matte keeps it."""
    if photo.matte is not None:
        return Cutout(photo.matte, 1.0)
    side = _OUTLINE_SIDE
    share = outline_of(photo.pixels)
    numbers = regions(share > 0.5)
    x = int(np.clip(face.middle[0] / photo.width * side, 0, side - 1))
    y = int(np.clip(face.middle[1] / photo.height * side, 0, side - 1))
    own = (numbers == numbers[y, x]) & (numbers > 0)
    soft = np.where(own, np.maximum(share, 0.55), np.minimum(share, 0.1)).astype(np.float32)
    return Cutout(refined(photo, soft), TRUSTED if own.any() else 0.0)


def run(model: str, batch: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    """Run one of the networks on a batch and return all that it gives."""
    with _USING:
        network = _network(model)
        network.set_tensor(network.get_input_details()[0]["index"], batch)
        network.invoke()
        return [np.array(network.get_tensor(one["index"])) for one in network.get_output_details()]


@lru_cache(maxsize=3)
def _network(model: str) -> Any:  # noqa: ANN401 - LiteRT has no types
    from ai_edge_litert.interpreter import (  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415 - an extra
        Interpreter,
    )

    # One thread: the same outline on every machine of a kind.
    network = Interpreter(model_path=str(MODELS_FOLDER / model), num_threads=1)
    network.allocate_tensors()
    return network
