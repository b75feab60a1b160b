"""The camera: from where a shot is seen.

The distance follows from the window of the shot size and the lens (`framing`); the eye is chosen
among some hundred places by what is in the way (`sight`); the view is turned so that the
subject's eyes sit on the wanted spot of the picture; and the whole moves (`camera_moves`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Camera
from matinee.engine.stage.camera_moves import moved
from matinee.engine.stage.framing import (
    ANGLE_ELEVATIONS_DEG,
    CLOSE_SIZES,
    EYE_CLEARANCE_M,
    FOV_MAX_RAD,
    STYLES,
    Setup,
    Style,
    Subject,
    View,
    ahead_of,
    aim,
    place_in_picture,
    towards,
    window,
)
from matinee.engine.stage.sight import in_the_way, kept_in_picture, trouble
from matinee.engine.stage.space import (
    FreeSpace,
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

FOLLOW_WIDTH_S = 0.45
FOREGROUND_TRIES = 40
QUICK_RISE_M = 0.2
SHOULDER_RISE_MAX_M = 0.45
SLIVER_MIN, SLIVER_CLEAR, LEAD_MAX = 0.45, 1.02, 0.27
SIDE_LIMIT_RAD = np.radians(82.0)
CHOICES_MAX, TROUBLE_MAX = 4, 0.12
IN_PICTURE_MIN, KEPT_MIN = 0.93, 0.9
STEPS_BACK, STEPS_BACK_CLOSE = 8, 4
FACE_TURN_MAX_RAD = float(np.radians(95.0))
RAKE_MAX_RAD = 0.5
EMPTY = "place"
"""The name of the subject where nobody and nothing is: the place is seen from its front."""
SMALL_M = 0.4
"""Half the width of a thing that is seen from above rather than from the side, at most."""
LOW_M, LOW_EYES_AT = 0.32, -0.12
RACK_MOVE = "rack_focus"


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
    if move == RACK_MOVE and size in CLOSE_SIZES and view.partner is not None:
        # The nearer of two is seen first, so one looks past a shoulder.
        size = "over_shoulder"
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
    best: tuple[float, tuple[Camera, ...]] | None = None
    for choice in range(CHOICES_MAX):
        setup = _choose(
            framing, size, view, space=space, aspect=aspect, anchor=anchor, seed=seed, choice=choice
        )
        follows = move == "tracking" or (
            size in CLOSE_SIZES and travel > 0.45 * setup.tall_m * aspect
        )
        cameras = _held_in_view(
            setup, move, view, space, aspect, follows=follows, travel_m=travel, seed=seed
        )
        wrong = trouble(cameras, view, space, aspect) + 0.02 * choice
        if best is None or wrong < best[0]:
            best = wrong, cameras
        settled = size == "over_shoulder" or view.subjects[0].name == EMPTY
        if wrong < TROUBLE_MAX + 0.02 * choice or settled:
            break
    assert best is not None
    return best[1]


def _held_in_view(
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
    """Play the move; follow, and then widen, as long as the subject leaves the picture."""
    subject = view.subjects[0]
    for _ in range(5):
        cameras = moved(
            setup, move, view, space, aspect, follows=follows, travel_m=travel_m, seed=seed
        )
        if float(np.mean(kept_in_picture(cameras, subject, aspect))) > IN_PICTURE_MIN:
            break
        if not follows and travel_m > 0.3:
            follows = True
            continue
        wider = min(setup.fov_rad * 1.22, FOV_MAX_RAD)
        tall = setup.tall_m * float(np.tan(wider * 0.5) / np.tan(setup.fov_rad * 0.5))
        setup = replace(setup, fov_rad=wider, tall_m=tall, place=_inward(setup.place))
    else:
        # A move that loses whom it is about is worse than none.
        calm = moved(
            setup, "static", view, space, aspect, follows=True, travel_m=travel_m, seed=seed
        )
        kept, held = (
            float(np.mean(kept_in_picture(way, subject, aspect))) for way in (cameras, calm)
        )
        if kept < KEPT_MIN and held > kept:
            return calm
    return cameras


def _inward(place: tuple[float, float]) -> tuple[float, float]:
    """A place in the picture nearer to its middle."""
    return place[0] * 0.6, place[1] * 0.7


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
    if len(view.subjects) == 2 and size in {"medium", "full"} and not subject.thing:
        # Two who face each other are two profiles from the front: better to see who speaks.
        turn = turn_between(view.front_yaw, float(subject.facing[middle]))
        return view.front_yaw + float(np.clip(turn * 0.4, -RAKE_MAX_RAD, RAKE_MAX_RAD))
    if len(view.subjects) > 1 or subject.thing:
        return view.front_yaw + (0.0 if len(view.subjects) > 1 else 0.30)
    return _azimuth_of_one(view, subject, size, seed)


def _azimuth_of_one(view: View, subject: Subject, size: str, seed: int) -> float:
    """The direction in which the camera stands before somebody alone in the picture."""
    facing = float(subject.facing[len(view.times_s) // 2])
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
        # What is small is looked down at, as it lies before somebody.
        drop = (0.5 if subject.half_width_m < SMALL_M else 0.32) * distance_m
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
    choice: int = 0,
) -> Setup:
    """Choose direction, distance and lens among many by what would be in the way.

    `choice` counts from the best one: the others are tried when the move itself meets something.
    """
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
    cost = [
        abs(a) * 1.1 + (1.0 - s) * 1.6 + abs(e) * 2.5 + _away_from_face(view, wanted + a, size)
        for a, s, e in tries
    ]
    directions = np.array([towards(wanted + a, elevation + e) for a, _, e in tries])
    distances = np.array([distance * s for _, s, _ in tries])
    total = np.array(cost) + in_the_way(view, space, anchor, directions, distances)
    if choice:
        # Not another breath away from the same place, but from elsewhere.
        total = total + 20.0 * _tried(tries, total, choice)
    best = _least_covered(total, anchor[middle], directions, distances, space=space, aspect=aspect)
    turn, share, raised = tries[best]
    side = -np.sign(turn_between(wanted + turn, float(subject.facing[middle])))
    lead = style.thirds * side if len(view.subjects) == 1 and not subject.thing else 0.0
    if abs(turn_between(wanted + turn, float(subject.facing[middle]))) < 0.1:
        lead = 0.0
    near = distance * share
    fov = min(2.0 * np.arctan(tall * 0.5 / near), FOV_MAX_RAD)
    setup = Setup(
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
            wanted_too = _all_of(view, size, setup.azimuth)
            if size == "medium":
                wanted_too = np.concatenate([wanted_too, view.needs])
            return _taking_in(clear, wanted_too, space, aspect, steps=STEPS_BACK_CLOSE)
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
            choice=choice,
        )
    wanted_too = np.concatenate([_all_of(view, size, setup.azimuth), view.needs, view.also])
    return _taking_in(setup, wanted_too, space, aspect, steps=STEPS_BACK)


def _away_from_face(view: View, azimuth: float, size: str) -> float:
    """The cost of seeing the back of a head: nobody is met from behind in a close or full view."""
    subject = view.subjects[0]
    if subject.thing or size in {"wide", "extreme_wide"}:
        return 0.0
    facing = float(subject.facing[len(subject.facing) // 2])
    return 2.2 * max(abs(turn_between(azimuth, facing)) - FACE_TURN_MAX_RAD, 0.0)


def _all_of(view: View, size: str, azimuth: float) -> Points:
    """Heads and shoulders of everybody in a group, and feet in a view of that size: (k, 3)."""
    if len(view.subjects) < 2:
        return np.zeros((0, 3))
    middle = len(view.times_s) // 2
    spots = []
    for one in view.subjects:
        aside = rightward(azimuth) * one.half_width_m * 0.85
        eyes = one.eyes[middle]
        spots += [eyes + aside, eyes - aside, eyes + np.array([0.0, one.crown_m, 0.0])]
        if size in {"full", "wide"}:
            spots.append(one.feet[middle])
    return np.array(spots)


def _tried(tries: list[tuple[float, float, float]], total: Points, choice: int) -> Points:
    """Which of the tried places lie in a direction that was chosen before: (k,) truths."""
    turns = np.array([turn for turn, _, _ in tries])
    taken: list[float] = []
    for index in np.argsort(total, kind="stable"):
        if len(taken) == choice:
            break
        if turns[index] not in taken:
            taken.append(float(turns[index]))
    return np.isin(turns, taken).astype(float)


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


def _taking_in(setup: Setup, also: Points, space: FreeSpace, aspect: float, *, steps: int) -> Setup:
    """Step back, and then widen, until the (k, 3) points are in the picture."""
    for _ in range(steps):
        camera = _at_rest(setup, aspect)
        place, depth = place_in_picture(camera, also, aspect)
        if bool(np.all((np.abs(place) < 0.94) & (depth[:, None] > 0.1))):
            return setup
        way = towards(setup.azimuth, setup.elevation)
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


def _without_slivers(setup: Setup, view: View, aspect: float) -> tuple[Setup, Subject | None]:
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


def _at_rest(setup: Setup, aspect: float) -> Camera:
    """The camera of a set-up before it moves."""
    anchor = setup.anchor[len(setup.anchor) // 2]
    eye = anchor + towards(setup.azimuth, setup.elevation) * setup.distance_m
    place, fov = np.array([setup.place]), np.array([setup.fov_rad])
    yaw, pitch = aim((anchor - eye)[None], place, fov, aspect)
    return Camera(
        (float(eye[0]), float(eye[1]), float(eye[2])),
        ahead_of(eye, float(yaw[0]), float(pitch[0])),
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
    if all(one.head_m and one.height_m < LOW_M for one in view.subjects):
        # What lives close to the floor has nothing below its eyes that were worth the picture.
        return min(style.eyes_at, LOW_EYES_AT)
    own = max(window(size, one) for one in view.subjects)
    if size in {"wide", "extreme_wide"}:
        # In a room the camera cannot step back as far as it likes; the feet stay in the picture.
        tallest = max(one.height_m for one in view.subjects)
        return float(min(max(style.eyes_at, 2.12 * tallest / max(tall_m, 0.1) - 1.0), 0.7))
    if tall_m <= own * 1.02:
        return style.eyes_at
    return float(np.clip(style.eyes_at * own / tall_m + 0.02, 0.1, 0.6))


def _shoulder(
    view: View,
    partner: Subject,
    *,
    space: FreeSpace,
    style: Style,
    anchor: Points,
    fov: float,
    aspect: float,
) -> Setup:
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
    return Setup(
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
