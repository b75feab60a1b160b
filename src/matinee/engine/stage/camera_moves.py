"""Camera moves: a set-up becomes a camera for every frame, eased, and inside the space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Camera
from matinee.engine.stage.framing import (
    FOV_MAX_RAD,
    GROUND_CLEARANCE_M,
    Setup,
    View,
    ahead_of,
    aim,
    towards,
)
from matinee.engine.stage.sight import body_distance
from matinee.engine.stage.space import FreeSpace, eased, heading, rightward, smoothed

if TYPE_CHECKING:
    from matinee.engine.stage.space import Points

SETTLE_IN, SETTLE_OUT = 0.05, 0.12
SOLID_MARGIN_M, BODY_MARGIN_M, TOUCHING_M = 0.16, 0.42, 0.03
LEAD_ROOM = 0.24
BREATH = 0.035
RACK_OPENING = 0.016


def moved(
    setup: Setup,
    move: str,
    view: View,
    space: FreeSpace,
    aspect: float,
    *,
    follows: bool,
    travel_m: float,
    seed: int,
) -> tuple[Camera, ...]:
    """Play a move: the camera of every frame."""
    count = len(view.times_s)
    # A move begins a moment after the cut and has settled before the next one.
    shares = np.linspace(0.0, 1.0, count) if count > 1 else np.array([0.5])
    progress = eased((shares - SETTLE_IN) / (1.0 - SETTLE_IN - SETTLE_OUT))
    paths = _Paths.at_rest(setup, count, travel_m, aspect)
    _MOVES.get(move, _rest)(paths, progress)
    if follows:
        _lead(paths, view)
    held = setup.anchor if follows else np.broadcast_to(_stand(setup, travel_m), (count, 3))
    directions = np.array(
        [towards(a, e) for a, e in zip(paths.azimuth, paths.elevation, strict=True)]
    )
    eyes = held + directions * paths.distance[:, None] + paths.shift
    rise_m = float(np.ptp(setup.anchor[:, 1]))
    watched = setup.anchor if travel_m > 0.25 or follows or rise_m > 0.12 * setup.tall_m else held
    if move == "handheld":
        eyes = eyes + _noise(view.times_s, seed, 3) * 0.014 * min(setup.distance_m, 3.0)
    eyes, nearer = _clear(_kept(eyes, space), watched, view, space)
    eyes = _kept(eyes, space)
    # What is seen from nearer by is seen through a wider lens, so that the size stays.
    fov = 2.0 * np.arctan(np.tan(paths.fov * 0.5) / np.maximum(nearer, 0.4))
    fov = np.minimum(fov, np.maximum(paths.fov, FOV_MAX_RAD))
    focus, aperture = _focused(move, setup, view, eyes, shares)
    if move == "rack_focus":
        # A lens that is focused nearer sees a little less: it breathes.
        fov = fov * (1.0 - BREATH * (1.0 - focus / np.max(focus)))
    yaw, pitch = aim(watched - eyes, paths.place, fov, aspect)
    roll = np.zeros(count)
    if move == "handheld":
        sway = _noise(view.times_s, seed + 1, 3) * setup.fov_rad
        yaw, pitch = yaw + sway[:, 0] * 0.016, pitch + sway[:, 1] * 0.013
        roll = sway[:, 2] * 0.012
    return tuple(
        Camera(
            eye=(float(eye[0]), float(eye[1]), float(eye[2])),
            target=ahead_of(eye, float(yaw[index]), float(pitch[index])),
            vertical_fov_rad=float(fov[index]),
            roll_rad=float(roll[index]),
            focus_distance_m=float(focus[index]),
            aperture=aperture,
        )
        for index, eye in enumerate(eyes)
    )


def _focused(
    move: str, setup: Setup, view: View, eyes: Points, shares: Points
) -> tuple[Points, float]:
    """The distance of focus in every frame, and the opening of the lens.

    To rack is to let the eye go from whoever is nearer, or from an empty foreground, to the
    subject; lenses turn evenly in dioptres.
    """
    far = np.linalg.norm(view.subjects[0].eyes - eyes, axis=1)
    if move != "rack_focus":
        return far, setup.style.aperture_m
    near = far * 0.42
    second = view.partner or (view.subjects[1] if len(view.subjects) > 1 else None)
    if second is not None:
        other = np.linalg.norm(second.eyes - eyes, axis=1)
        near = np.where(np.abs(other - far) > 0.12 * far, other, near)
    turn = eased((shares - 0.34) / 0.26)
    focus = 1.0 / ((1.0 - turn) / near + turn / far)
    return focus, max(setup.style.aperture_m * 1.6, RACK_OPENING * float(np.median(far)))


def _lead(paths: _Paths, view: View) -> None:
    """Leave room in the picture ahead of whoever is followed."""
    dt = np.gradient(view.times_s) if len(view.times_s) > 1 else np.ones(1)
    across = np.gradient(paths.setup.anchor, axis=0) if len(dt) > 1 else np.zeros((1, 3))
    pace = (across / dt[:, None]) @ -rightward(paths.setup.azimuth)
    room = smoothed(np.tanh(pace / max(paths.setup.tall_m, 0.3))[:, None], 0.35 / float(dt[0]))
    limit = np.clip(1.0 - np.abs(paths.place[:, 0]), 0.0, LEAD_ROOM)
    paths.place[:, 0] -= room[:, 0] * limit


def _clear(eyes: Points, watched: Points, view: View, space: FreeSpace) -> tuple[Points, Points]:
    """Draw the camera towards what it watches where its way leads through a solid or a body.

    Returns the eyes and what share of their distance is left, smooth over the frames.
    """
    tried = np.linspace(1.0, 0.34, 12)
    left = np.full(len(eyes), np.nan)
    for share in tried:
        spots = watched + (eyes - watched) * share
        bad = space.solid(spots, margin_m=SOLID_MARGIN_M)
        for other in view.others:
            bad |= body_distance(spots, other) < BODY_MARGIN_M
        left = np.where(np.isnan(left) & ~bad, share, left)
    # Where no place is free the camera stays: a cut would be worse.
    left = np.where(np.isnan(left), 1.0, left)
    if float(left.min()) > 0.999:
        return eyes, left
    reach = max(len(eyes) // 8, 2)
    padded = np.pad(left, reach, mode="edge")
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    share = smoothed(least[:, None], reach * 0.4)
    drawn = watched + (eyes - watched) * share
    if space.solid(drawn, margin_m=TOUCHING_M).any():
        # In a narrow place there may be one distance at which the whole way is free.
        for even in tried:
            spots = watched + (eyes - watched) * even
            if not space.solid(spots, margin_m=TOUCHING_M).any():
                return spots, np.full(len(eyes), even)
    return drawn, share[:, 0]


def _stand(setup: Setup, travel_m: float) -> Points:
    """Where a camera that does not follow measures its distance from.

    Somebody who walks is met where they are nearest to the camera: they grow into the picture or
    shrink away from it, and never pass through the lens.
    """
    if travel_m > 0.5:
        towards = setup.anchor @ heading(setup.azimuth)
        return np.asarray(setup.anchor[int(np.argmax(towards))])
    # Somebody who bends or sits down is met at full height, and watched on the way.
    highest = int(np.argmax(setup.anchor[:, 1] - 1e-3 * np.arange(len(setup.anchor))))
    rise_m = float(np.ptp(setup.anchor[:, 1]))
    middle = len(setup.anchor) // 2
    return np.asarray(setup.anchor[highest if rise_m > 0.12 * setup.tall_m else middle])


def _kept(eyes: Points, space: FreeSpace) -> Points:
    """Hold every eye above the ground and within the space, smoothly enough to stay unseen."""
    low, high = space.keep_in
    inside = np.clip(eyes, low, high)
    inside[:, 1] = np.maximum(inside[:, 1], space.ground(inside) + GROUND_CLEARANCE_M)
    return inside


@dataclass(eq=False)
class _Paths:
    """How the set-up changes over the frames; every move edits these in place."""

    setup: Setup
    travel_m: float
    azimuth: Points
    elevation: Points
    distance: Points
    place: Points
    shift: Points
    fov: Points
    aspect: float

    @classmethod
    def at_rest(cls, setup: Setup, count: int, travel_m: float, aspect: float) -> _Paths:
        return cls(
            setup,
            travel_m,
            np.full(count, setup.azimuth),
            np.full(count, setup.elevation),
            np.full(count, setup.distance_m),
            np.tile(np.array(setup.place), (count, 1)),
            np.zeros((count, 3)),
            np.full(count, setup.fov_rad),
            aspect,
        )


def _rest(_paths: _Paths, _progress: Points) -> None:
    """Stay."""


def _push_in(paths: _Paths, progress: Points) -> None:
    # A group already fills the picture from side to side: it may only come as near as that.
    paths.distance *= 1.16 - (0.15 if paths.setup.group else 0.30) * progress


def _pull_out(paths: _Paths, progress: Points) -> None:
    near = 1.0 if paths.setup.group else 0.86
    paths.distance *= near + (1.18 - near) * progress


def _zoom(way: float) -> _Move:
    def zoom(paths: _Paths, progress: Points) -> None:
        # A group already fills the picture from side to side.
        near = 0.92 if paths.setup.group else 0.66
        share = progress if way > 0 else 1.0 - progress
        wide = 1.12 * np.tan(paths.setup.fov_rad * 0.5)
        paths.fov[:] = 2.0 * np.arctan(wide * (1.0 - (1.0 - near / 1.12) * share))

    return zoom


def _truck(way: float) -> _Move:
    def truck(paths: _Paths, progress: Points) -> None:
        # The camera slides past and keeps its direction: the subject crosses the picture.
        reach = paths.setup.tall_m * paths.aspect
        slide = way * (progress - 0.5) * 0.62 * min(reach, 9.0)
        paths.shift -= slide[:, None] * rightward(paths.setup.azimuth)
        across = paths.place[:, 0] * 0.4 - slide / (0.5 * reach) * 0.85
        paths.place[:, 0] = np.clip(across, -0.66, 0.66)

    return truck


def _orbit(paths: _Paths, progress: Points) -> None:
    paths.azimuth += np.radians(42.0) * (progress - 0.5)


def _pan(way: float) -> _Move:
    def pan(paths: _Paths, progress: Points) -> None:
        paths.place[:, 0] += way * 0.62 * (1.0 - eased(progress * 1.25)) - way * 0.06 * progress

    return pan


def _tilt(way: float) -> _Move:
    def tilt(paths: _Paths, progress: Points) -> None:
        room = 0.86 - way * paths.setup.place[1]
        paths.place[:, 1] += way * min(0.6, room) * (1.0 - eased(progress * 1.2))

    return tilt


def _crane(way: float) -> _Move:
    def crane(paths: _Paths, progress: Points) -> None:
        rise = float(np.clip(paths.setup.tall_m * 0.55, 0.25, 3.2))
        paths.shift[:, 1] += rise * (progress if way > 0 else 1.0 - progress) - 0.12 * rise

    return crane


def _tracking(paths: _Paths, progress: Points) -> None:
    if paths.travel_m < 0.5:
        across = rightward(paths.setup.azimuth) * float(
            np.clip(paths.setup.tall_m * 0.42, 0.2, 2.5)
        )
        paths.shift += (progress[:, None] - 0.5) * across


if TYPE_CHECKING:
    from collections.abc import Callable

    _Move = Callable[[_Paths, Points], None]
_MOVES: dict[str, _Move] = {
    "push_in": _push_in,
    "pull_out": _pull_out,
    "truck_left": _truck(-1.0),
    "truck_right": _truck(1.0),
    "zoom_in": _zoom(1.0),
    "zoom_out": _zoom(-1.0),
    "orbit": _orbit,
    "pan_left": _pan(-1.0),
    "pan_right": _pan(1.0),
    "tilt_up": _tilt(1.0),
    "tilt_down": _tilt(-1.0),
    "crane_up": _crane(1.0),
    "crane_down": _crane(-1.0),
    "tracking": _tracking,
}


def _noise(times_s: Points, seed: int, channels: int) -> Points:
    """Natural low-frequency unrest, (n, channels) of about unit size: hands breathe below 2 Hz."""
    random = np.random.default_rng([seed % 2**32, 811])
    tones_hz = np.array([0.31, 0.53, 0.87, 1.39, 1.93])
    strength = 1.0 / (1.0 + tones_hz * 1.3)
    phase = random.uniform(0.0, 2.0 * np.pi, (channels, len(tones_hz)))
    stretch = random.uniform(0.85, 1.15, (channels, len(tones_hz)))
    waves = np.sin(2.0 * np.pi * times_s[:, None, None] * (tones_hz * stretch)[None] + phase[None])
    return np.asarray((waves * strength).sum(axis=2))
