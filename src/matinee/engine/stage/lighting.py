"""Light for faces: a key, a fill and a rim that travel with the subject.

A set is lit for itself; a face in it may still be a shadow. As on any film set, lamps outside the
picture bring the face up to where it can be read, from the side the place is already lit from, and
no further: what is bright enough is left alone, and night stays night.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import LAMP_COUNT_MAX, Lamp
from matinee.engine.stage.space import heading, rightward, smoothed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.render.scene import Atmosphere, Camera, Grade, Vector
    from matinee.engine.stage.framing import Subject
    from matinee.engine.stage.space import FreeSpace, Points

LUMA = np.array([0.2126, 0.7152, 0.0722])
FACE_LEVEL = 0.72
"""Irradiance on a face, times exposure, at which skin reads as skin."""
FACE_SEEN_MIN, FACE_SEEN_MAX = 0.12, 0.20
"""Between which a face is exposed before lamps: light times skin times exposure."""
BALANCE = 0.6
"""How far the whites of a close shot go to neutral, 0 to 1."""
SKIN_USUAL = 0.28
"""Luminance of the skin for which FACE_LEVEL was chosen."""
KEY_TURN_RAD, KEY_RISE_M, KEY_AWAY_M = np.radians(42.0), 0.75, 1.9
STAYS_M = 0.35
"""Faces that move less than this keep their lamps where they are."""
RIM_TURN_RAD, RIM_AWAY_M = np.radians(148.0), 1.7


@dataclass(frozen=True)
class Plot:
    """How a mood or a style wants a face lit.

    turn_rad is how far the key stands to the side; fill and rim multiply the usual ones; the
    colours, where given, go before those of the place.
    """

    turn_rad: float = KEY_TURN_RAD
    key: float = 1.0
    fill: float = 1.0
    rim: float = 1.0
    key_colour: Vector | None = None
    rim_colour: Vector | None = None


_HARD, _SOFT = float(np.radians(60.0)), float(np.radians(31.0))
PLOTS = {
    "happy": Plot(_SOFT, 1.05, 1.7, 0.9),
    "playful": Plot(_SOFT, 1.05, 1.7, 1.1),
    "tender": Plot(_SOFT, 0.95, 1.6, 1.25),
    "calm": Plot(_SOFT, 0.95, 1.35, 0.9),
    "excited": Plot(KEY_TURN_RAD, 1.08, 1.1, 1.3),
    "surprised": Plot(KEY_TURN_RAD, 1.08, 1.2, 1.1),
    "sad": Plot(float(np.radians(52.0)), 0.88, 0.75, 0.8),
    "serious": Plot(float(np.radians(52.0)), 0.95, 0.6, 0.95),
    "angry": Plot(_HARD, 1.0, 0.4, 1.3),
    "afraid": Plot(_HARD, 0.86, 0.35, 1.2),
    "mysterious": Plot(float(np.radians(68.0)), 0.84, 0.3, 1.6),
    "epic": Plot(float(np.radians(54.0)), 1.02, 0.55, 1.8),
}
"""The ratio of key to fill is what a mood looks like on a face; others are lit as usual."""


@dataclass(frozen=True)
class _Need:
    """How much light is missing on a face: for key, fill and rim, at the face."""

    key: float
    fill: float
    rim: float


def face_lamps(
    subjects: Sequence[Subject],
    cameras: tuple[Camera, ...],
    atmosphere: Atmosphere,
    *,
    set_lamps: tuple[Lamp, ...],
    space: FreeSpace,
    indoor: bool,
    smooth_frames: float,
    plot: Plot,
) -> tuple[tuple[Lamp, ...], ...]:
    """Return the lamps of every frame, those of the set first, at most eight altogether.

    The first subject gets key, rim and fill; the others a key and a rim as far as lamps reach.
    """
    room = LAMP_COUNT_MAX - len(set_lamps)
    lit: list[list[Lamp]] = [[] for _ in cameras]
    people = [one for one in subjects if not one.thing]
    # The lamps of neighbours spill over.
    crowd = 1.0 if len(people) < 2 else 0.85
    for subject in people:
        if room < 2:
            break
        first = subject is subjects[0]
        kinds = ("key", "rim", "fill")[: min(room, 3 if first else 2)]
        middle = subject.eyes[len(cameras) // 2]
        sunless = indoor or _shaded(middle, atmosphere, space)
        rig = _rig(
            subject,
            cameras,
            atmosphere,
            set_lamps=set_lamps,
            sunless=sunless,
            crowd=crowd,
            plot=plot,
        )
        for index, lamps in enumerate(rig.lamps(smooth_frames, cameras, kinds)):
            lit[index] += lamps
        room -= len(kinds)
    return tuple((*set_lamps, *own)[:LAMP_COUNT_MAX] for own in lit)


@dataclass(frozen=True, eq=False)
class _Rig:
    """The lamps around one face: what they give, their colours, and the side of the key."""

    subject: Subject
    need: _Need
    turn_rad: float
    side: float
    warm: Points
    cool: Points

    def lamps(
        self, smooth_frames: float, cameras: tuple[Camera, ...], kinds: tuple[str, ...]
    ) -> list[list[Lamp]]:
        """Return the lamps of the given kinds in every frame."""
        eyes = np.array([camera.eye for camera in cameras])
        faces = smoothed(self.subject.eyes, smooth_frames)
        # Lamps stand on the floor as on any set; they travel with those who walk alone. What they
        # light then stays as it is from frame to frame, and need not be drawn again.
        if float(np.ptp(faces, axis=0).max()) < STAYS_M:
            faces = np.broadcast_to(faces.mean(axis=0), faces.shape)
        away = eyes - faces
        azimuth = np.arctan2(away[:, 0], away[:, 2])
        return [
            [self._lamp(kind, face, float(bearing)) for kind in kinds]
            for face, bearing in zip(faces, azimuth, strict=True)
        ]

    def _lamp(self, kind: str, face: Points, bearing: float) -> Lamp:
        turn, away_m, rise_m, colour, level = {
            "key": (self.turn_rad, KEY_AWAY_M, KEY_RISE_M, self.warm, self.need.key),
            "rim": (-RIM_TURN_RAD, RIM_AWAY_M, 0.9, self.cool, self.need.rim),
            "fill": (-0.5, 2.4, 0.15, (self.cool + self.warm) * 0.5, self.need.fill),
        }[kind]
        position = face + heading(bearing + self.side * turn) * away_m
        position = position + np.array([0.0, rise_m, 0.0])
        aimed = face - position
        distance = float(np.linalg.norm(aimed))
        return Lamp(
            position=_vector(position),
            radiance=_vector(colour * level * distance**2 * 1.25),
            radius_m=distance * 2.2,
            direction=_vector(aimed / distance),
            cone_rad=0.34,
            in_haze=False,
        )


def _rig(
    subject: Subject,
    cameras: tuple[Camera, ...],
    atmosphere: Atmosphere,
    *,
    set_lamps: tuple[Lamp, ...],
    sunless: bool,
    crowd: float,
    plot: Plot,
) -> _Rig:
    middle = len(cameras) // 2
    face = subject.eyes[middle]
    away = np.asarray(cameras[middle].eye) - face
    facing = float(subject.facing[middle])
    need = _need(face, facing, atmosphere, set_lamps, sunless=sunless)
    # Dark skin sends back less light than fair skin: a gaffer gives it more, within reason.
    more = float(np.clip((SKIN_USUAL / max(subject.skin, 0.02)) ** 0.85, 0.45, 2.6)) * crowd
    return _Rig(
        subject=subject,
        need=_Need(
            need.key * more * plot.key, need.fill * more * plot.fill, need.rim * more * plot.rim
        ),
        turn_rad=plot.turn_rad,
        side=_side(float(np.arctan2(away[0], away[2])), atmosphere),
        warm=_wanted(plot.key_colour, _key_colour(atmosphere, sunless=sunless)),
        cool=_wanted(plot.rim_colour, _rim_colour(atmosphere)),
    )


def _need(
    face: Points,
    facing: float,
    atmosphere: Atmosphere,
    set_lamps: tuple[Lamp, ...],
    *,
    sunless: bool,
) -> _Need:
    """Measure the light that already falls on a face and say what is missing."""
    there = _there(face, facing, atmosphere, set_lamps, sunless=sunless)
    exposure = atmosphere.grade.exposure
    wanted = FACE_LEVEL / max(exposure, 0.05)
    dark = float(np.clip(1.0 - there / wanted, 0.0, 1.0))
    key = wanted * (0.10 + 0.85 * dark)
    return _Need(key, wanted * (0.03 + 0.16 * dark), wanted * (0.10 + 0.75 * dark))


def _there(
    face: Points,
    facing: float,
    atmosphere: Atmosphere,
    set_lamps: tuple[Lamp, ...],
    *,
    sunless: bool,
) -> float:
    """The light of the place on a face: from all around, of the sun, of its lamps."""
    ambient = np.asarray(atmosphere.ambient.sky) * 0.6 + np.asarray(atmosphere.ambient.ground) * 0.4
    there = float(ambient @ LUMA)
    ahead = heading(facing)
    if not sunless:
        towards = np.asarray(atmosphere.sun.direction_to_sun, float)
        facing_sun = max(float(towards @ ahead), 0.0)
        there += float(np.asarray(atmosphere.sun.radiance) @ LUMA) * facing_sun * 0.5
    for lamp in set_lamps:
        away = np.asarray(lamp.position) - face
        distance = float(np.linalg.norm(away))
        if distance < lamp.radius_m:
            cosine = max(float(away @ ahead) / max(distance, 1e-3), 0.0)
            there += float(np.asarray(lamp.radiance) @ LUMA) * cosine / max(distance, 0.4) ** 2
    return there


def _shaded(face: Points, atmosphere: Atmosphere, space: FreeSpace) -> bool:
    """Whether the set stands between a face and the sun."""
    sun = np.asarray(atmosphere.sun.direction_to_sun, float)
    return space.scenery is not None and space.scenery.shades(face, sun)


def _side(azimuth: float, atmosphere: Atmosphere) -> float:
    """The side of the camera the key comes from: where the place is already lit from."""
    sun = np.asarray(atmosphere.sun.direction_to_sun, float)
    # An azimuth grows to the left of the picture, as `rightward` looks back at the subject.
    return 1.0 if float(sun @ rightward(azimuth)) <= 0.0 else -1.0


def metered(subjects: Sequence[Subject], exposure: float, *, level: float, close: bool) -> float:
    """Return the exposure of a shot: opened for a dark face in dim light, closed for a hot one.

    `level` is the light on the first face. A wide view is exposed for the place, a close one for
    the face, and neither by more than half a stop or so.
    """
    faces = [one for one in subjects if not one.thing]
    if not faces:
        return exposure
    seen = max(faces[0].skin * level * exposure, 1e-3)
    wanted = float(np.clip(seen, FACE_SEEN_MIN, FACE_SEEN_MAX))
    return exposure * float(np.clip((wanted / seen) ** (0.9 if close else 0.3), 0.6, 1.4))


def balanced(grade: Grade) -> Grade:
    """Return a close shot's grade, its whites nearer to neutral: skin is known by its hue."""
    tint = np.asarray(grade.highlight_tint, float)
    level = float(tint @ LUMA)
    red, green, blue = (tint + BALANCE * (level - tint)).tolist()
    return replace(grade, highlight_tint=(red, green, blue))


def light_on(subject: Subject, atmosphere: Atmosphere, space: FreeSpace, *, indoor: bool) -> float:
    """Return the light that falls on a face before any lamp is set for it."""
    middle = len(subject.eyes) // 2
    face, facing = subject.eyes[middle], float(subject.facing[middle])
    sunless = indoor or _shaded(face, atmosphere, space)
    return _there(face, facing, atmosphere, (), sunless=sunless)


def _wanted(colour: Vector | None, usual: Points) -> Points:
    return usual if colour is None else _normal(np.asarray(colour, np.float64))


def _normal(colour: Points) -> Points:
    return np.asarray(colour / max(float(colour @ LUMA), 1e-4))


def _key_colour(atmosphere: Atmosphere, *, sunless: bool) -> Points:
    """The key's colour: the sun's, softened, or lamp light where there is none."""
    sun = np.asarray(atmosphere.sun.radiance, float)
    if float(sun @ LUMA) < 0.35:
        return _normal(np.array([1.0, 0.84, 0.68]))
    if sunless:
        return _normal(np.array([1.0, 0.93, 0.86]))
    return _normal(_normal(sun) * 0.6 + 0.4)


def _rim_colour(atmosphere: Atmosphere) -> Points:
    sky = _normal(np.asarray(atmosphere.sky.horizon, float) + 1e-3)
    return _normal(np.minimum(sky, 2.5) * 0.6 + 0.4)


def _vector(values: Points) -> Vector:
    return (float(values[0]), float(values[1]), float(values[2]))
