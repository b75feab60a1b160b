"""Framing: what a shot size means on a real body, and how a camera is turned to show it so.

A size is a window on the subject's own body, measured from its real eyes, crown and feet, so a
child and a giant both get a close-up. Picture coordinates are -1..1 in both directions, x to the
right and y up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.space import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.render.scene import Camera
    from matinee.engine.stage.space import Points

HEIGHT_STANDARD_M = 1.72
GROUND_CLEARANCE_M = 0.22
EYE_CLEARANCE_M = 0.12
COILED = 0.3
INSERT_M = 0.11, 0.17
"""Half of what an insert shows of a thing in somebody's hands, at least and at most."""
FOV_MAX_RAD = float(np.radians(68.0))


LYING_TRUNKS = 1.7
"""How many times the way from eyes to hips a picture of the whole body takes in."""


@dataclass(frozen=True, eq=False)
class Subject:
    """What the camera looks at, over the n frames of the shot.

    eyes, waist and feet are (n, 3); facing (n,) is the yaw of the face; crown_m and chin_m are
    measured from the eyes; half_width_m is half of the shoulders, or of a thing; skin is the
    luminance of the face, linear 0..1. head_m and length_m are those of an animal, 0 for people.
    """

    name: str
    eyes: Points
    waist: Points
    feet: Points
    facing: Points
    crown_m: float = 0.14
    chin_m: float = 0.11
    half_width_m: float = 0.25
    thing: bool = False
    skin: float = 0.28
    head_m: float = 0.0
    length_m: float = 0.0

    @property
    def height_m(self) -> float:
        """Eyes above the feet, and the crown on top, at the tallest in the shot.

        Who falls was standing, and who lies is as long as before: their trunk says how long.
        """
        if self.thing or self.length_m:
            middle = len(self.eyes) // 2
            return float(self.eyes[middle, 1] - self.feet[middle, 1]) + self.crown_m
        tall = float(np.max(self.eyes[:, 1] - self.feet[:, 1]))
        trunk = float(np.median(np.linalg.norm(self.eyes - self.waist, axis=1)))
        return max(tall, LYING_TRUNKS * trunk) + self.crown_m


@dataclass(frozen=True)
class Style:
    """What a shot size means: body window, lens, where the eyes sit, depth of field."""

    fov_deg: float
    eyes_at: float
    aperture_m: float
    thirds: float


STYLES: dict[str, Style] = {
    "extreme_close_up": Style(17.0, 0.10, 0.030, 0.05),
    "close_up": Style(20.0, 0.22, 0.024, 0.13),
    "over_shoulder": Style(25.0, 0.24, 0.014, 0.22),
    "medium": Style(29.0, 0.36, 0.010, 0.16),
    "full": Style(34.0, 0.50, 0.0, 0.12),
    "wide": Style(40.0, 0.10, 0.0, 0.16),
    "extreme_wide": Style(50.0, -0.30, 0.0, 0.12),
}
ANGLE_ELEVATIONS_DEG = {"eye": 0.0, "low": -17.0, "high": 27.0, "overhead": 72.0}
# How many times its own extent the picture of a thing is tall, and how tall at least in metres:
# even a wide view of an apple is one in which one finds the apple.
THING_WINDOWS = {
    "extreme_close_up": (1.2, 0.22),
    "close_up": (1.6, 0.22),
    "over_shoulder": (2.2, 0.22),
    "medium": (1.6, 0.3),
    "full": (2.2, 0.6),
    "wide": (6.0, 1.5),
    "extreme_wide": (7.0, 2.2),
}
CLOSE_SIZES = frozenset({"extreme_close_up", "close_up", "over_shoulder", "medium"})


@dataclass(frozen=True, eq=False)
class View:
    """What is filmed, and what stands around it.

    `subjects` are seen together; `also` (k, 3) are points that a full or wider view takes in,
    `needs` those of the things the shot is about, which a medium view takes in too;
    `others` must not stand in the way; `partner` is whose shoulder an over-shoulder shot looks
    over; `front_yaw` is the side of the stage the camera is on, `times_s` (n,) when the frames are.
    """

    subjects: Sequence[Subject]
    others: Sequence[Subject]
    partner: Subject | None
    front_yaw: float
    times_s: Points
    conversation: bool
    also: Points = field(default_factory=lambda: np.zeros((0, 3)))
    needs: Points = field(default_factory=lambda: np.zeros((0, 3)))


@dataclass(frozen=True, eq=False)
class Setup:
    """A set-up: distance, direction and lens, before movement."""

    anchor: Points
    size: str
    style: Style
    tall_m: float
    fov_rad: float
    distance_m: float
    azimuth: float
    elevation: float
    place: tuple[float, float]
    group: bool = False


def window(size: str, subject: Subject) -> float:
    """Return the height in metres of the picture at the subject, for a shot size."""
    if subject.thing:
        extent = max(2.0 * subject.half_width_m, subject.height_m, 0.06)
        scale, least = THING_WINDOWS[size]
        return max(extent * scale, least)
    if subject.head_m:
        return _animal_window(size, subject)
    tall = subject.height_m
    part = tall / HEIGHT_STANDARD_M
    return {
        "extreme_close_up": 0.25 * part,
        "close_up": 0.46 * part,
        "over_shoulder": 0.70 * part,
        "medium": 0.92 * part,
        "full": tall * 1.3,
        "wide": tall * 2.1,
        "extreme_wide": max(tall * 4.4, 6.5),
    }[size]


def _animal_window(size: str, subject: Subject) -> float:
    """Return the height of the picture for an animal: it is longer than it is tall."""
    tall, long = subject.height_m, subject.length_m
    if tall < COILED * long:
        # What is many times longer than tall lies curled up, or shows its head and not its tail.
        long *= 0.6
    return {
        "extreme_close_up": 1.25 * subject.head_m,
        "close_up": 2.3 * subject.head_m,
        "over_shoulder": 3.0 * subject.head_m,
        "medium": max(1.1 * tall, 0.62 * long),
        "full": max(1.5 * tall, 0.95 * long),
        "wide": 2.4 * max(tall, 0.8 * long),
        "extreme_wide": max(4.5 * tall, 6.5),
    }[size]


def in_hands(thing: Subject) -> Subject:
    """Return a held thing as an insert sees it: what hands do with it, not all of its length."""
    return replace(
        thing,
        half_width_m=min(max(thing.half_width_m, INSERT_M[0]), INSERT_M[1]),
        crown_m=min(thing.crown_m, INSERT_M[1]),
        feet=thing.eyes - np.minimum(thing.eyes - thing.feet, INSERT_M[1]),
    )


def aim(
    offset: Points, place: Points, vertical_fov_rad: Points, aspect: float
) -> tuple[Points, Points]:
    """Return (yaw, pitch) of a level camera that sees points at given places of the picture.

    offset (n, 3) leads from the eye to the point; place (n, 2) is where it shall be seen, -1..1;
    vertical_fov_rad (n,). Closed form: the wanted place fixes the angle between the view axis and
    the point; pitch follows from the point's elevation, yaw from what is left.
    """
    tall = np.tan(vertical_fov_rad * 0.5)
    across, up = place[:, 0] * tall * aspect, place[:, 1] * tall
    length = np.sqrt(1.0 + across**2 + up**2)
    distance = np.maximum(np.linalg.norm(offset, axis=1), 1e-6)
    rise = length * offset[:, 1] / distance
    lean = np.sqrt(1.0 + up**2)
    pitch = np.arcsin(np.clip(rise / lean, -0.9999, 0.9999)) - np.arctan(up)
    ahead = np.cos(pitch) - up * np.sin(pitch)
    yaw = np.arctan2(offset[:, 0], offset[:, 2]) + np.arctan2(across, ahead)
    return yaw, np.clip(pitch, -1.50, 1.50)


def place_in_picture(camera: Camera, points: Points, aspect: float) -> tuple[Points, Points]:
    """Return where (n, 3) points are seen, (n, 2), and their depth along the view axis, (n,)."""
    eye = np.asarray(camera.eye)
    forward = np.asarray(camera.target) - eye
    forward = forward / np.linalg.norm(forward)
    right = np.cross(forward, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    offset = points - eye
    depth = offset @ forward
    tall = np.tan(camera.vertical_fov_rad * 0.5)
    safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
    x, y = offset @ right / (safe * tall * aspect), offset @ up / (safe * tall)
    roll = camera.roll_rad
    turned = np.stack(
        [x * np.cos(roll) - y * np.sin(roll) / aspect, x * np.sin(roll) * aspect + y * np.cos(roll)]
    )
    return turned.T, depth


def towards(azimuth: float, elevation: float) -> Points:
    """Return the unit direction of an azimuth and an elevation in radians, (3,)."""
    flat = heading(azimuth) * np.cos(elevation)
    return np.asarray(flat + np.array([0.0, np.sin(elevation), 0.0]))


def ahead_of(eye: Points, yaw: float, pitch: float) -> tuple[float, float, float]:
    """Return the point one metre ahead of an eye that looks that way."""
    ahead = eye + heading(yaw) * np.cos(pitch) + np.array([0.0, np.sin(pitch), 0.0])
    return (float(ahead[0]), float(ahead[1]), float(ahead[2]))
