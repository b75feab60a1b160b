"""Heads in a picture: 468 places on a face, where it looks, and whether eyes and mouth are open.

MediaPipe's face mesh (Kartynnik et al. 2019) is run with LiteRT on what its face detector finds, or
where the head was a moment ago: a head that is turned far is seen by the mesh when the detector
sees it no more. Which place of the mesh is which is fixed by MediaPipe's canonical face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image

from matinee.engine.pictures import people
from matinee.engine.pictures.photo import Photo

from .errors import NetworkMissing

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.pictures.people import Face
    from matinee.engine.pictures.photo import Pixels

Landmarks: TypeAlias = "npt.NDArray[np.float64]"
"""(468, 3): x and y in pixels of the picture, z in the same unit, smaller towards the viewer."""

FACE_SURE, ALSO_SURE = 0.5, 0.75
"""From how sure a mesh is of its face it counts, and how sure a detector is of another one."""
FOREHEAD, CHIN, NOSE = 10, 152, 1
RIGHT_CHEEK, LEFT_CHEEK = 234, 454
RIGHT_EYE, LEFT_EYE = (33, 133, 159, 145), (263, 362, 386, 374)
"""Outer and inner corner, upper and lower lid; right and left are the person's own."""
INNER_LIPS = (13, 14)
_SIDE = 192
_AROUND = 1.5
"""How much larger than the face the mesh's picture of it is, as MediaPipe crops it."""
_AROUND_MESH = 1.4
_SQUARE_EYES = (33, 263)


@dataclass(frozen=True, eq=False)
class Head:
    """A head: its landmarks, and how sure the mesh is that they are a face, 0..1."""

    landmarks: Landmarks
    sureness: float

    @property
    def across_px(self) -> float:
        """How wide the face is, from ear to ear, turned or not."""
        return float(np.linalg.norm(self.landmarks[LEFT_CHEEK] - self.landmarks[RIGHT_CHEEK]))

    @property
    def middle(self) -> tuple[float, float]:
        """Where the middle of the face is, in pixels."""
        x, y = self.landmarks[:, :2].mean(axis=0)
        return float(x), float(y)

    @property
    def yaw_rad(self) -> float:
        """How far it is turned to its own left, which an unmirrored picture shows to the right."""
        across = self.landmarks[LEFT_CHEEK] - self.landmarks[RIGHT_CHEEK]
        return math.atan2(float(across[2]), float(across[0]))

    @property
    def pitch_rad(self) -> float:
        """How far it looks up."""
        down = self.landmarks[CHIN] - self.landmarks[FOREHEAD]
        return math.atan2(-float(down[2]), float(math.hypot(down[0], down[1])))

    @property
    def roll_rad(self) -> float:
        """How far it is tilted, clockwise in the picture."""
        right, left = (self.landmarks[k] for k in _SQUARE_EYES)
        return math.atan2(float(left[1] - right[1]), float(left[0] - right[0]))

    @property
    def eyes_open(self) -> float:
        """How far the eyes are open: the height of the gap between the lids over its width."""
        return min(self._gap(eye) for eye in (RIGHT_EYE, LEFT_EYE))

    @property
    def mouth_open(self) -> float:
        """How far the lips are apart, over the width of the face."""
        upper, lower = (self.landmarks[k] for k in INNER_LIPS)
        return float(np.linalg.norm(upper - lower)) / self.across_px

    def _gap(self, eye: tuple[int, int, int, int]) -> float:
        outer, inner, upper, lower = (self.landmarks[k] for k in eye)
        return float(np.linalg.norm(upper - lower)) / max(
            float(np.linalg.norm(outer - inner)), 1e-6
        )


def require_networks() -> None:
    """Raise NetworkMissing where faces cannot be looked at."""
    if not people.mesh_installed():
        raise NetworkMissing("look at faces", "MediaPipe's face mesh")


def heads_in(pixels: Pixels, before: Head | None = None, *, thoroughly: bool = False) -> list[Head]:
    """Return the heads in a picture, the largest first.

    A face has to take a fifth of the picture. `before` is the head of a moment ago, looked for
    where it was. Thoroughly, faces of half that size are looked for too, which takes longer.
    """
    photo = Photo(pixels)
    found = [
        _meshed(pixels, *_square_of_face(face)) for face in _faces(photo, thoroughly=thoroughly)
    ]
    if before is not None:
        found.append(_meshed(pixels, *_square_of_head(before)))
    heads: list[Head] = []
    for one in sorted(found, key=lambda head: -head.sureness):
        if one.sureness > FACE_SURE and all(_apart(one, other) for other in heads):
            heads.append(one)
    return sorted(heads, key=lambda head: -head.across_px)


def _faces(photo: Photo, *, thoroughly: bool) -> list[Face]:
    faces = people.large_faces_in(photo)
    if thoroughly:
        faces += [one for one in people.small_faces_in(photo) if one.sureness > ALSO_SURE]
    return faces


def _apart(one: Head, other: Head) -> bool:
    away = math.dist(one.middle, other.middle)
    return away > 0.5 * max(one.across_px, other.across_px)


def _square_of_face(face: Face) -> tuple[float, float, float, float]:
    """Where the mesh looks for a detected face: middle x and y, side, roll."""
    (right_x, right_y), (left_x, left_y) = face.eyes
    roll = math.atan2(left_y - right_y, left_x - right_x)
    return (*face.middle, _AROUND * face.height_px, roll)


def _square_of_head(head: Head) -> tuple[float, float, float, float]:
    low, high = head.landmarks[:, :2].min(axis=0), head.landmarks[:, :2].max(axis=0)
    x, y = (low + high) / 2.0
    return float(x), float(y), _AROUND_MESH * float((high - low).max()), head.roll_rad


def _meshed(pixels: Pixels, x: float, y: float, side: float, roll: float) -> Head:
    """Run the mesh on a turned square of a picture."""
    cos, sin = math.cos(roll) * side / _SIDE, math.sin(roll) * side / _SIDE
    half = _SIDE / 2.0
    corner_x, corner_y = x - cos * half + sin * half, y - sin * half - cos * half
    seen = Image.fromarray(pixels).transform(
        (_SIDE, _SIDE),
        Image.Transform.AFFINE,
        (cos, -sin, corner_x, sin, cos, corner_y),
        Image.Resampling.BILINEAR,
    )
    batch = np.asarray(seen, np.float32)[None] / np.float32(255.0)
    outputs = people.run(people.MESH, batch)
    places = next(one for one in outputs if one.size == 1404).reshape(-1, 3).astype(np.float64)
    level = next(float(one.reshape(-1)[0]) for one in outputs if one.size == 1)
    px, py = places[:, 0], places[:, 1]
    landmarks = np.stack(
        [
            corner_x + cos * px - sin * py,
            corner_y + sin * px + cos * py,
            places[:, 2] * (side / _SIDE),
        ],
        axis=1,
    )
    return Head(landmarks, 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, level)))))
