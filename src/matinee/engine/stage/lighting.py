"""Light for faces: a key, a fill and a rim that travel with the subject.

A set is lit for itself; a face in it may still be a shadow. As on any film set, lamps outside the
picture bring the face up to where it can be read, from the side the place is already lit from, and
no further: what is bright enough is left alone, and night stays night.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import LAMP_COUNT_MAX, Lamp
from matinee.engine.stage.space import heading, rightward, smoothed

if TYPE_CHECKING:
    from matinee.engine.render.scene import Atmosphere, Camera, Vector
    from matinee.engine.stage.camera import Subject
    from matinee.engine.stage.space import Points

LUMA = np.array([0.2126, 0.7152, 0.0722])
FACE_LEVEL = 0.62
"""Irradiance on a face, times exposure, at which skin reads as skin."""
KEY_TURN_RAD, KEY_RISE_M, KEY_AWAY_M = np.radians(42.0), 0.75, 1.9
RIM_TURN_RAD, RIM_AWAY_M = np.radians(148.0), 1.7


@dataclass(frozen=True)
class _Need:
    """How much light is missing on a face: for key, fill and rim, at the face."""

    key: float
    fill: float
    rim: float


def face_lamps(
    subject: Subject,
    cameras: tuple[Camera, ...],
    atmosphere: Atmosphere,
    *,
    set_lamps: tuple[Lamp, ...],
    indoor: bool,
    smooth_frames: float,
) -> tuple[tuple[Lamp, ...], ...]:
    """Return the lamps of every frame, those of the set first, at most eight altogether."""
    room = LAMP_COUNT_MAX - len(set_lamps)
    if room < 1 or subject.thing:
        return tuple(set_lamps[:LAMP_COUNT_MAX] for _ in cameras)
    eyes = np.array([camera.eye for camera in cameras])
    faces = smoothed(subject.eyes, smooth_frames)
    away = eyes - faces
    azimuth = np.arctan2(away[:, 0], away[:, 2])
    middle = len(faces) // 2
    need = _need(faces[middle], float(subject.facing[middle]), atmosphere, set_lamps, indoor=indoor)
    side = _side(float(azimuth[middle]), atmosphere)
    warm = _key_colour(atmosphere, indoor=indoor)
    cool = _rim_colour(atmosphere)
    out = []
    for face, bearing in zip(faces, azimuth, strict=True):
        own = (
            _lamp(
                face,
                bearing + side * KEY_TURN_RAD,
                away_m=KEY_AWAY_M,
                rise_m=KEY_RISE_M,
                colour=warm,
                level=need.key,
            ),
            _lamp(
                face,
                bearing - side * RIM_TURN_RAD,
                away_m=RIM_AWAY_M,
                rise_m=0.9,
                colour=cool,
                level=need.rim,
            ),
            _lamp(
                face,
                bearing - side * 0.5,
                away_m=2.4,
                rise_m=0.15,
                colour=(cool + warm) * 0.5,
                level=need.fill,
            ),
        )
        out.append((*set_lamps, *(lamp for lamp in own if lamp is not None))[:LAMP_COUNT_MAX])
    return tuple(out)


def _need(
    face: Points,
    facing: float,
    atmosphere: Atmosphere,
    set_lamps: tuple[Lamp, ...],
    *,
    indoor: bool,
) -> _Need:
    """Measure the light that already falls on a face and say what is missing."""
    ambient = np.asarray(atmosphere.ambient.sky) * 0.6 + np.asarray(atmosphere.ambient.ground) * 0.4
    there = float(ambient @ LUMA)
    ahead = heading(facing)
    if not indoor:
        towards = np.asarray(atmosphere.sun.direction_to_sun, float)
        facing_sun = max(float(towards @ ahead), 0.0)
        there += float(np.asarray(atmosphere.sun.radiance) @ LUMA) * facing_sun * 0.5
    for lamp in set_lamps:
        away = np.asarray(lamp.position) - face
        distance = float(np.linalg.norm(away))
        if distance < lamp.radius_m:
            cosine = max(float(away @ ahead) / max(distance, 1e-3), 0.0)
            there += float(np.asarray(lamp.radiance) @ LUMA) * cosine / max(distance, 0.4) ** 2
    exposure = atmosphere.grade.exposure
    wanted = FACE_LEVEL / max(exposure, 0.05)
    dark = float(np.clip(1.0 - there / wanted, 0.0, 1.0))
    key = wanted * (0.10 + 0.85 * dark)
    return _Need(key, wanted * (0.03 + 0.16 * dark), wanted * (0.10 + 0.75 * dark))


def _side(azimuth: float, atmosphere: Atmosphere) -> float:
    """The side of the camera the key comes from: where the place is already lit from."""
    sun = np.asarray(atmosphere.sun.direction_to_sun, float)
    # An azimuth grows to the left of the picture, as `rightward` looks back at the subject.
    return 1.0 if float(sun @ rightward(azimuth)) <= 0.0 else -1.0


def _normal(colour: Points) -> Points:
    return np.asarray(colour / max(float(colour @ LUMA), 1e-4))


def _key_colour(atmosphere: Atmosphere, *, indoor: bool) -> Points:
    """The key's colour: the sun's, softened, or lamp light where there is none."""
    sun = np.asarray(atmosphere.sun.radiance, float)
    if indoor or float(sun @ LUMA) < 0.35:
        return _normal(np.array([1.0, 0.84, 0.68]))
    return _normal(_normal(sun) * 0.6 + 0.4)


def _rim_colour(atmosphere: Atmosphere) -> Points:
    sky = _normal(np.asarray(atmosphere.sky.horizon, float) + 1e-3)
    return _normal(np.minimum(sky, 2.5) * 0.6 + 0.4)


def _lamp(
    face: Points,
    bearing: float,
    *,
    away_m: float,
    rise_m: float,
    colour: Points,
    level: float,
) -> Lamp | None:
    if level < 0.01:
        return None
    position = face + heading(bearing) * away_m + np.array([0.0, rise_m, 0.0])
    aimed = face - position
    distance = float(np.linalg.norm(aimed))
    radiance = colour * level * distance**2 * 1.25
    return Lamp(
        position=_vector(position),
        radiance=_vector(radiance),
        radius_m=distance * 2.2,
        direction=_vector(aimed / distance),
        cone_rad=0.34,
    )


def _vector(values: Points) -> Vector:
    return (float(values[0]), float(values[1]), float(values[2]))
