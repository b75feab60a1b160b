"""The camera: how a subject is framed, from where, and how the view moves.

A size is a window on the subject's own body, measured from its real eyes, crown, waist and feet,
so a child and a giant both get a close-up. The distance follows from the window and the lens; the
eye is then chosen among some hundred places by what is in the way; and the view is turned, in
closed form, so that the subject's eyes sit on the wanted spot of the picture.

Picture coordinates are -1..1 in both directions, x to the right and y up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Camera
from matinee.engine.stage.space import (
    FreeSpace,
    eased,
    heading,
    rightward,
    smoothed,
    turn_between,
    yaw_towards,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee import film
    from matinee.engine.stage.space import Points

HEIGHT_STANDARD_M = 1.72
GROUND_CLEARANCE_M = 0.22
EYE_CLEARANCE_M = 0.12
FOV_MAX_RAD = np.radians(68.0)
FOLLOW_WIDTH_S = 0.45
FOREGROUND_TRIES = 40
QUICK_RISE_M = 0.2
SHOULDER_RISE_MAX_M = 0.45
SLIVER_MIN, SLIVER_CLEAR, LEAD_MAX = 0.45, 1.02, 0.27
SIDE_LIMIT_RAD = np.radians(82.0)


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
        """Eyes above the feet in the middle of the shot, and the crown on top."""
        middle = len(self.eyes) // 2
        return float(self.eyes[middle, 1] - self.feet[middle, 1]) + self.crown_m


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
CLOSE_SIZES = frozenset({"extreme_close_up", "close_up", "over_shoulder", "medium"})


def window(size: str, subject: Subject) -> float:
    """Return the height in metres of the picture at the subject, for a shot size."""
    if subject.thing:
        extent = max(2.0 * subject.half_width_m, subject.height_m, 0.06)
        scale = {"extreme_close_up": 1.2, "close_up": 1.8, "medium": 3.2, "over_shoulder": 2.6}
        return max(extent * scale.get(size, 7.0), 0.22 if size in scale else 2.2)
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
    return {
        "extreme_close_up": 1.25 * subject.head_m,
        "close_up": 2.3 * subject.head_m,
        "over_shoulder": 3.0 * subject.head_m,
        "medium": max(1.1 * tall, 0.62 * long),
        "full": max(1.5 * tall, 0.95 * long),
        "wide": 2.4 * max(tall, 0.8 * long),
        "extreme_wide": max(4.5 * tall, 6.5),
    }[size]


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


@dataclass(frozen=True, eq=False)
class View:
    """What is filmed, and what stands around it.

    `subjects` are seen together; `also` (k, 3) are points that a full or wider view takes in;
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


@dataclass(frozen=True, eq=False)
class _Set:
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


def film_shot(
    framing: film.screenplay.Camera,
    view: View,
    *,
    space: FreeSpace,
    aspect: float,
    seed: int,
) -> tuple[Camera, ...]:
    """Return the camera of every frame.

    The eye is never in a solid, outside the space or below the ground, and nothing solid and
    nobody's head is between it and the subject wherever any of the tried places allows that.
    """
    size, move = framing.size, framing.move
    if size == "over_shoulder" and not _over_shoulder_works(view):
        size = "medium"
    rate = (
        1.0 / max(float(view.times_s[1] - view.times_s[0]), 1e-3) if len(view.times_s) > 1 else 1.0
    )
    anchor = smoothed(
        _centre(view.subjects, standing=size not in CLOSE_SIZES), FOLLOW_WIDTH_S * rate
    )
    if float(np.ptp(anchor[:, 1])) > QUICK_RISE_M:
        # Who stoops is followed at once, or the head leaves a close picture.
        quick = smoothed(_centre(view.subjects, standing=size not in CLOSE_SIZES), 0.13 * rate)
        anchor[:, 1] = quick[:, 1]
    travel = float(np.linalg.norm(np.ptp(anchor[:, [0, 2]], axis=0)))
    setup = _choose(framing, size, view, space=space, aspect=aspect, anchor=anchor, seed=seed)
    reach = setup.tall_m * aspect
    follows = move == "tracking" or (size in CLOSE_SIZES and travel > 0.45 * reach)
    return _moved(setup, move, view, space, aspect, follows=follows, travel_m=travel, seed=seed)


def _over_shoulder_works(view: View) -> bool:
    """Whether there is a shoulder to look over, at about the height of the subject's eyes."""
    if view.partner is None:
        return False
    middle = len(view.times_s) // 2
    rise_m = float(view.partner.eyes[middle, 1] - view.subjects[0].eyes[middle, 1])
    return abs(rise_m) < SHOULDER_RISE_MAX_M


def _centre(subjects: Sequence[Subject], *, standing: bool) -> Points:
    """The point between all subjects, at the eyes of the tallest: (n, 3).

    With `standing` the eyes count as high above the feet as they ever are in the shot: a view of
    the whole body does not duck with somebody who falls or bends.
    """
    tracks = []
    for one in subjects:
        high = one.eyes.copy()
        if standing:
            high[:, 1] = one.feet[:, 1] + float(np.max(one.eyes[:, 1] - one.feet[:, 1]))
        tracks.append(high)
    centre = np.mean(tracks, axis=0)
    centre[:, 1] = np.max([track[:, 1] for track in tracks], axis=0)
    return np.asarray(centre)


def _span(subjects: Sequence[Subject], azimuth: float, index: int) -> float:
    """How wide a group is, in metres, seen from that azimuth, shoulders and air included."""
    right = rightward(azimuth)
    along = [float(one.eyes[index] @ right) for one in subjects]
    margin = 2.0 * max(one.half_width_m for one in subjects)
    return max(along) - min(along) + margin


def _subject_azimuth(view: View, size: str, seed: int) -> float:
    """The direction, from the subject, in which the camera stands before anything is in the way."""
    middle = len(view.times_s) // 2
    subject = view.subjects[0]
    if size == "over_shoulder" and view.partner is not None:
        return yaw_towards(subject.eyes[middle], view.partner.eyes[middle])
    if len(view.subjects) > 1 or subject.thing:
        return view.front_yaw + (0.0 if len(view.subjects) > 1 else 0.30)
    facing = float(subject.facing[middle])
    turn = turn_between(view.front_yaw, facing)
    side = 1.0 if seed % 2 else -1.0
    if abs(turn) < 0.12:
        return view.front_yaw + side * 0.20
    if view.conversation:
        return view.front_yaw + float(np.clip(turn * 0.5, -SIDE_LIMIT_RAD, SIDE_LIMIT_RAD))
    if size in CLOSE_SIZES or size == "full":
        return facing - float(np.sign(turn)) * min(abs(turn), 0.55)
    return view.front_yaw + float(np.clip(turn * 0.35, -0.6, 0.6))


def _elevation(size: str, angle: str, subject: Subject, distance_m: float) -> float:
    """How far above the anchor's level the eye is, as an angle in radians."""
    if angle != "eye":
        # A low wide view would lie in the dust before it is low enough.
        share = {"wide": 0.8, "extreme_wide": 0.55}.get(size, 1.0) if angle == "low" else 1.0
        return float(np.radians(ANGLE_ELEVATIONS_DEG[angle])) * share
    drop = {
        "medium": -0.10,
        "full": -0.34,
        "wide": -0.20,
        "extreme_wide": 0.9,
        "over_shoulder": 0.05,
    }.get(size, -0.02)
    if subject.thing:
        drop = 0.32 * distance_m
    return float(np.arctan2(drop, distance_m))


def _choose(
    framing: film.screenplay.Camera,
    size: str,
    view: View,
    *,
    space: FreeSpace,
    aspect: float,
    anchor: Points,
    seed: int,
) -> _Set:
    """Choose direction, distance and lens among many by what would be in the way."""
    style = STYLES[size]
    middle = len(anchor) // 2
    subject = view.subjects[0]
    wanted = _subject_azimuth(view, size, seed)
    stoop = 1.25 if size == "medium" and float(np.ptp(anchor[:, 1])) > QUICK_RISE_M else 1.0
    tall = max(window(size, one) for one in view.subjects) * stoop
    if len(view.subjects) > 1 and size in CLOSE_SIZES:
        # A child or a dog beside somebody tall is in the picture too.
        levels = [float(one.eyes[middle, 1]) for one in view.subjects]
        tall = max(tall, 0.62 * tall + max(levels) - min(levels))
    narrow = {"extreme_close_up": 0.7, "close_up": 0.85}.get(size, 1.0)
    roomy = 1.22 if aspect > 0.8 else 1.34
    wide = _span(view.subjects, wanted, middle) * (roomy if len(view.subjects) > 1 else narrow)
    tall = max(tall, wide / aspect)
    fov = np.radians(style.fov_deg) * (1.18 if aspect < 0.8 else 1.0)
    distance = tall * 0.5 / np.tan(fov * 0.5)
    elevation = _elevation(size, framing.angle, subject, distance)
    if size == "over_shoulder" and view.partner is not None:
        return _shoulder(
            view, view.partner, space=space, style=style, anchor=anchor, fov=fov, aspect=aspect
        )

    turns = np.radians(
        [0.0, 12.0, -12.0, 26.0, -26.0, 42.0, -42.0, 62.0, -62.0, 90.0, -90.0, 180.0]
    )
    if view.conversation:
        turns = turns[np.abs(turns) < 1.2]
    shrink = np.array([1.0, 0.85, 0.7, 0.55, 0.42])
    lift = np.array([0.0, 0.12, -0.05, 0.3])
    tries = [(a, s, e) for a in turns for s in shrink for e in lift]
    cost = [abs(a) * 1.1 + (1.0 - s) * 1.6 + abs(e) * 2.5 for a, s, e in tries]
    directions = np.array([_towards(wanted + a, elevation + e) for a, _, e in tries])
    distances = np.array([distance * s for _, s, _ in tries])
    total = np.array(cost) + _in_the_way(view, space, anchor, directions, distances)
    best = _least_covered(total, anchor[middle], directions, distances, space=space, aspect=aspect)
    turn, share, raised = tries[best]
    side = -np.sign(turn_between(wanted + turn, float(subject.facing[middle])))
    lead = style.thirds * side if len(view.subjects) == 1 and not subject.thing else 0.0
    if abs(turn_between(wanted + turn, float(subject.facing[middle]))) < 0.1:
        lead = 0.0
    near = distance * share
    fov = min(2.0 * np.arctan(tall * 0.5 / near), FOV_MAX_RAD)
    setup = _Set(
        anchor=anchor,
        size=size,
        style=style,
        tall_m=tall,
        fov_rad=float(fov),
        distance_m=float(near),
        azimuth=wanted + turn,
        elevation=elevation + raised,
        place=(
            float(lead),
            _eye_line(framing, size, view, 2.0 * near * float(np.tan(fov * 0.5))),
        ),
        group=len(view.subjects) > 1,
    )
    if size in CLOSE_SIZES:
        clear, cut = _without_slivers(setup, view, aspect)
        if cut is None or size != "medium":
            return clear
        # Half of somebody at the edge is worse than both of them: make it a two-shot.
        both = [*view.subjects, cut]
        rest = [one for one in view.others if one is not cut]
        pair = replace(view, subjects=both, others=rest)
        return _choose(
            framing,
            size,
            pair,
            space=space,
            aspect=aspect,
            anchor=_between(pair, anchor),
            seed=seed,
        )
    return _taking_in(setup, view.also, space, aspect)


def _least_covered(
    cost: Points,
    anchor: Points,
    directions: Points,
    distances: Points,
    *,
    space: FreeSpace,
    aspect: float,
) -> int:
    """The best of the tried places when leaves and rails in the foreground count too."""
    order = np.argsort(cost, kind="stable")[:FOREGROUND_TRIES]
    if space.scenery is None:
        return int(order[0])
    best, least = int(order[0]), np.inf
    for index in order:
        eye = anchor + directions[index] * distances[index]
        covered = space.scenery.cover(eye, anchor, fov_rad=0.7, aspect=aspect)
        total = float(cost[index]) + 9.0 * max(covered - 0.03, 0.0)
        if total < least:
            best, least = int(index), total
        if covered < 0.03:
            break
    return best


def _taking_in(setup: _Set, also: Points, space: FreeSpace, aspect: float) -> _Set:
    """Step back, and then widen, until the things that belong to the shot are in the picture."""
    for _ in range(8):
        camera = _at_rest(setup, aspect)
        place, depth = place_in_picture(camera, also, aspect)
        if bool(np.all((np.abs(place) < 0.94) & (depth[:, None] > 0.1))):
            return setup
        way = _towards(setup.azimuth, setup.elevation)
        anchor = setup.anchor[len(setup.anchor) // 2]
        further = setup.distance_m * 1.12
        eye = anchor + way * further
        blocked = (
            float(space.room(anchor, way[None])[0]) < further + EYE_CLEARANCE_M
            or bool(space.solid(eye[None], margin_m=0.25)[0])
            or bool(space.hidden(eye[None], anchor[None])[0])
        )
        if not blocked:
            setup = replace(setup, distance_m=further, tall_m=setup.tall_m * 1.12)
        elif setup.fov_rad < FOV_MAX_RAD * 0.95:
            setup = replace(setup, fov_rad=setup.fov_rad * 1.08, tall_m=setup.tall_m * 1.08)
        else:
            return setup
    return setup


def _between(view: View, anchor: Points) -> Points:
    """The anchor of a view to which somebody was added, as smooth as the old one."""
    moved = _centre(view.subjects, standing=False)
    return np.asarray(smoothed(moved, max(len(anchor) * 0.1, 1.0)))


def _without_slivers(setup: _Set, view: View, aspect: float) -> tuple[_Set, Subject | None]:
    """Turn a little aside when somebody who is not meant would be cut by the picture's edge.

    Returns the set-up, and whoever is cut all the same.
    """
    middle = len(setup.anchor) // 2
    camera = _at_rest(setup, aspect)
    for other in view.others:
        place, depth = place_in_picture(camera, other.eyes[middle][None], aspect)
        if depth[0] < 0.2:
            continue
        half = other.half_width_m / (float(depth[0]) * np.tan(setup.fov_rad * 0.5) * aspect)
        side = float(np.sign(place[0, 0]))
        inner = abs(float(place[0, 0])) - half
        lead = setup.place[0] + side * (SLIVER_CLEAR - inner)
        outer = inner + 2.0 * half
        if inner >= SLIVER_CLEAR or outer <= 1.0:
            continue
        if inner > SLIVER_MIN and abs(lead) < LEAD_MAX:
            return replace(setup, place=(lead, setup.place[1])), None
        return setup, other
    return setup, None


def _at_rest(setup: _Set, aspect: float) -> Camera:
    """The camera of a set-up before it moves."""
    anchor = setup.anchor[len(setup.anchor) // 2]
    eye = anchor + _towards(setup.azimuth, setup.elevation) * setup.distance_m
    place, fov = np.array([setup.place]), np.array([setup.fov_rad])
    yaw, pitch = aim((anchor - eye)[None], place, fov, aspect)
    return Camera(
        (float(eye[0]), float(eye[1]), float(eye[2])),
        _target(eye, float(yaw[0]), float(pitch[0])),
        setup.fov_rad,
    )


def _eye_line(framing: film.screenplay.Camera, size: str, view: View, tall_m: float) -> float:
    """Where the eyes sit in the picture: on the upper third for people, in the middle for things.

    When a group or a narrow picture makes the window taller than the size asks for, the eyes stay
    below the top with the same air above the head.
    """
    style = STYLES[size]
    if view.subjects[0].thing or framing.angle == "overhead":
        return 0.0
    own = max(window(size, one) for one in view.subjects)
    if size in {"wide", "extreme_wide"}:
        # In a room the camera cannot step back as far as it likes; the feet stay in the picture.
        tallest = max(one.height_m for one in view.subjects)
        return float(min(max(style.eyes_at, 2.12 * tallest / max(tall_m, 0.1) - 1.0), 0.7))
    if tall_m <= own * 1.02:
        return style.eyes_at
    return float(np.clip(style.eyes_at * own / tall_m + 0.02, 0.1, 0.6))


def _towards(azimuth: float, elevation: float) -> Points:
    flat = heading(azimuth) * np.cos(elevation)
    return np.asarray(flat + np.array([0.0, np.sin(elevation), 0.0]))


def _in_the_way(
    view: View, space: FreeSpace, anchor: Points, directions: Points, distances: Points
) -> Points:
    """Penalty of every tried place: (k,), 0 when nothing is in the way at any moment looked at."""
    penalty = np.zeros(len(directions))
    last = len(anchor) - 1
    for index in sorted({0, last // 2, last}):
        point = anchor[index]
        eyes = point + directions * distances[:, None]
        eyes[:, 1] = np.maximum(eyes[:, 1], space.ground(eyes) + GROUND_CLEARANCE_M)
        penalty += 6.0 * (space.room(point, directions) < distances + EYE_CLEARANCE_M)
        penalty += 8.0 * space.solid(eyes, margin_m=0.25)
        for one in view.subjects:
            head = np.broadcast_to(one.eyes[index], eyes.shape)
            penalty += 5.0 * space.hidden(eyes, head, margin_m=0.02)
            for other in (*view.others, *view.subjects):
                if other.name != one.name:
                    penalty += 3.0 * _head_between(eyes, one.eyes[index], other, index)
        for other in view.others:
            penalty += 4.0 * (_body_distance(eyes, other, index) < 0.75)
            penalty += 0.5 * _looms(eyes, point, other, index)
    return penalty


def _head_between(eyes: Points, target: Points, other: Subject, index: int) -> Points:
    """How much somebody's body covers the sight lines from (k, 3) eyes to a target: 0..1."""
    line = target - eyes
    length = np.linalg.norm(line, axis=1, keepdims=True)
    covered = np.zeros(len(eyes))
    column = ((0.0, 0.17), (0.35, 0.24)) if not other.thing else ((0.0, other.half_width_m),)
    for below, radius in column:
        ball = other.eyes[index] - np.array([0.0, below, 0.0])
        along = np.clip(np.sum((ball - eyes) * line, axis=1, keepdims=True) / length**2, 0.0, 1.0)
        miss = np.linalg.norm(eyes + line * along - ball, axis=1)
        covered = np.maximum(covered, (miss < radius) & (along[:, 0] < 0.97))
    return covered


def _looms(eyes: Points, point: Points, other: Subject, index: int) -> Points:
    """Whether somebody who is not meant stands large in the foreground of (k, 3) eyes."""
    line, aside = point - eyes, other.eyes[index] - eyes
    far, near = np.linalg.norm(line, axis=1), np.linalg.norm(aside, axis=1)
    cosine = np.sum(line * aside, axis=1) / np.maximum(far * near, 1e-6)
    return np.asarray((cosine > np.cos(0.55)) & (near < far * 0.93))


def _body_distance(eyes: Points, other: Subject, index: int) -> Points:
    flat = eyes[:, [0, 2]] - other.eyes[index, [0, 2]]
    above = np.maximum(eyes[:, 1] - other.eyes[index, 1] - 0.3, 0.0)
    return np.asarray(np.hypot(np.linalg.norm(flat, axis=1) - other.half_width_m, above))


def _shoulder(
    view: View,
    partner: Subject,
    *,
    space: FreeSpace,
    style: Style,
    anchor: Points,
    fov: float,
    aspect: float,
) -> _Set:
    """Set up behind the partner's shoulder, on the camera's side of the line between the two."""
    middle = len(anchor) // 2
    subject, near = view.subjects[0].eyes[middle], partner.eyes[middle]
    line = yaw_towards(near, subject)
    side = rightward(line)
    if side @ heading(view.front_yaw) < 0.0:
        side = -side
    back = 0.92 if aspect > 0.8 else 1.15
    eye = near - heading(line) * back + side * 0.47 + np.array([0.0, 0.05, 0.0])
    limit = float(np.linalg.norm(eye - subject))
    reach = min(limit, float(space.room(subject, (eye - subject)[None] / limit)[0]) - 0.1)
    offset = (eye - subject) * (reach / limit)
    azimuth = float(np.arctan2(offset[0], offset[2]))
    flat = float(np.hypot(offset[0], offset[2]))
    tall = window("over_shoulder", view.subjects[0])
    fitted = 2.0 * np.arctan(tall * 0.5 / reach)
    lead = style.thirds * (1.0 if side @ rightward(line) > 0.0 else -1.0)
    return _Set(
        anchor=anchor,
        size="over_shoulder",
        style=style,
        tall_m=tall,
        fov_rad=float(np.clip(fitted, fov * 0.9, fov * 1.35)),
        distance_m=float(reach),
        azimuth=azimuth,
        elevation=float(np.arctan2(offset[1], flat)),
        place=(float(lead) * min(1.0, aspect), style.eyes_at),
    )


def _moved(
    setup: _Set,
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
    progress = eased(np.linspace(0.02, 0.98, count)) if count > 1 else np.array([0.5])
    paths = _Paths.at_rest(setup, count, travel_m)
    _MOVES.get(move, _rest)(paths, progress)
    held = setup.anchor if follows else np.broadcast_to(_stand(setup, travel_m), (count, 3))
    directions = np.array(
        [_towards(a, e) for a, e in zip(paths.azimuth, paths.elevation, strict=True)]
    )
    eyes = held + directions * paths.distance[:, None] + paths.shift
    rise_m = float(np.ptp(setup.anchor[:, 1]))
    watched = setup.anchor if travel_m > 0.25 or follows or rise_m > 0.12 * setup.tall_m else held
    if move == "handheld":
        eyes = eyes + _noise(view.times_s, seed, 3) * 0.014 * min(setup.distance_m, 3.0)
    eyes = _kept(eyes, space)
    yaw, pitch = aim(watched - eyes, paths.place, np.full(count, setup.fov_rad), aspect)
    if move == "handheld":
        sway = _noise(view.times_s, seed + 1, 3) * setup.fov_rad
        yaw, pitch = yaw + sway[:, 0] * 0.016, pitch + sway[:, 1] * 0.013
        roll = sway[:, 2] * 0.012
    else:
        roll = np.zeros(count)
    focus = np.linalg.norm(view.subjects[0].eyes - eyes, axis=1)
    return tuple(
        Camera(
            eye=(float(eye[0]), float(eye[1]), float(eye[2])),
            target=_target(eye, float(yaw[index]), float(pitch[index])),
            vertical_fov_rad=setup.fov_rad,
            roll_rad=float(roll[index]),
            focus_distance_m=float(focus[index]) if setup.style.aperture_m else None,
            aperture=setup.style.aperture_m,
        )
        for index, eye in enumerate(eyes)
    )


def _target(eye: Points, yaw: float, pitch: float) -> tuple[float, float, float]:
    ahead = eye + heading(yaw) * np.cos(pitch) + np.array([0.0, np.sin(pitch), 0.0])
    return (float(ahead[0]), float(ahead[1]), float(ahead[2]))


def _stand(setup: _Set, travel_m: float) -> Points:
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

    setup: _Set
    travel_m: float
    azimuth: Points
    elevation: Points
    distance: Points
    place: Points
    shift: Points

    @classmethod
    def at_rest(cls, setup: _Set, count: int, travel_m: float) -> _Paths:
        return cls(
            setup,
            travel_m,
            np.full(count, setup.azimuth),
            np.full(count, setup.elevation),
            np.full(count, setup.distance_m),
            np.tile(np.array(setup.place), (count, 1)),
            np.zeros((count, 3)),
        )


def _rest(_paths: _Paths, _progress: Points) -> None:
    """Stay."""


def _push_in(paths: _Paths, progress: Points) -> None:
    # A group already fills the picture from side to side: it may only come as near as that.
    paths.distance *= 1.16 - (0.15 if paths.setup.group else 0.30) * progress


def _pull_out(paths: _Paths, progress: Points) -> None:
    near = 1.0 if paths.setup.group else 0.86
    paths.distance *= near + (1.18 - near) * progress


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
