"""What is seen in a recording: how many faces, where the head turned, and signs of a cheat.

Every frame is looked at once and forgotten; what is kept of it are a few numbers. Signs are told by
how sure they are: the same picture for seconds, a stretch that comes twice or a head that is
suddenly another are plain; a flicker as screens have it is a hint and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from PIL import Image

from .fingerprint import PICTURES_PER_S, picture_hash
from .heads import CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE, heads_in, require_networks
from .reading import moments_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Pixels

    from .heads import Head

    Floats: TypeAlias = npt.NDArray[np.float64]

Turn: TypeAlias = Literal["left", "right"]

RATE, SIDE_PX = 10, 480
THOROUGH_EVERY = 5
"""Every so many frames somebody small in the background is looked for too."""
GLIMPSE = 3
"""What is seen in fewer frames on end counts for nothing."""
TURNED_RAD, BACK_RAD = 0.35, 0.18
AHEAD_RAD = 0.22
BLINK_SHARE = 0.72
"""Eyes that are less open than this share of usual are closed, or about to be."""
_PATCH = 28
_SAME_FACE_MIN = 0.55
_JUMP = 0.75
"""A head does not move by more of its width in a tenth of a second."""
_STILL_LEVELS, _LOOP_S = 0.12, 1.5
_HINT_MAX = 0.4


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What is kept of a frame; `yaw_rad` and the rest are None without a head."""

    time_s: float
    count: int
    yaw_rad: float | None = None
    pitch_rad: float = 0.0
    eyes_open: float = 0.0
    mouth_open: float = 0.0
    middle: tuple[float, float] = (0.0, 0.0)
    across_px: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Watched:
    """A recording that was watched.

    `turns` are those of the head, in order, as the person means them; `blinks` counts them.
    `face_count` is the most faces seen at once for longer than a glimpse. `signs` says how surely,
    0 to 1, the recording is a cheat, by what is seen: "still", "looped", "spliced", "flicker".
    """

    duration_s: float
    glances: tuple[Glance, ...]
    face_count: int
    faceless_share: float
    turns: tuple[Turn, ...]
    blinks: int
    picture_hashes: tuple[int, ...]
    signs: dict[str, float] = field(default_factory=dict)


def watch(path: Path) -> Watched:
    """Watch a recording; raises RecordingUnusable and NetworkMissing."""
    require_networks()
    glances: list[Glance] = []
    hashes: list[int] = []
    patches: list[Floats | None] = []
    thumbnails: list[Floats] = []
    before: Head | None = None
    for number, moment in enumerate(moments_of(path, rate=RATE, side_px=SIDE_PX)):
        heads = heads_in(moment.pixels, before, thoroughly=number % THOROUGH_EVERY == 0)
        before = heads[0] if heads else None
        glances.append(_glance(moment.time_s, heads))
        patches.append(None if before is None else _patch(moment.pixels, before))
        thumbnails.append(_thumbnail(moment.pixels))
        if moment.time_s >= len(hashes) / PICTURES_PER_S:
            hashes.append(picture_hash(moment.pixels))
    seen = tuple(glances)
    return Watched(
        duration_s=seen[-1].time_s + 1.0 / RATE,
        glances=seen,
        face_count=_most_at_once([one.count for one in seen]),
        faceless_share=sum(one.count == 0 for one in seen) / len(seen),
        turns=turns_of(seen),
        blinks=_blinks(seen),
        picture_hashes=tuple(hashes),
        signs={
            "still": _stillness(seen, thumbnails),
            "looped": _looped(thumbnails),
            "spliced": _spliced(seen, patches),
            "flicker": _flicker(thumbnails),
        },
    )


def _glance(time_s: float, heads: list[Head]) -> Glance:
    if not heads:
        return Glance(time_s=time_s, count=0)
    head = heads[0]
    return Glance(
        time_s=time_s,
        count=len(heads),
        yaw_rad=head.yaw_rad,
        pitch_rad=head.pitch_rad,
        eyes_open=head.eyes_open,
        mouth_open=head.mouth_open,
        middle=head.middle,
        across_px=head.across_px,
    )


def turns_of(glances: tuple[Glance, ...]) -> tuple[Turn, ...]:
    """Return the turns of a head in order; each ends when it looks nearly ahead again.

    Ahead is where it looks most of the time, because few cameras stand right before one.
    """
    yaws = [one.yaw_rad for one in glances if one.yaw_rad is not None]
    if not yaws:
        return ()
    ahead = _ahead(yaws)
    turns: list[Turn] = []
    turned = False
    held = 0
    for yaw in yaws:
        away = yaw - ahead
        held = held + 1 if abs(away) > TURNED_RAD else 0
        if held >= 2 and not turned:
            turns.append("left" if away > 0 else "right")
            turned = True
        elif turned and (abs(away) < BACK_RAD or (away > 0) != (turns[-1] == "left")):
            turned = False
    return tuple(turns)


def _ahead(yaws: list[float]) -> float:
    """The yaw round which most others lie."""
    values = np.array(yaws)
    near = (np.abs(values[:, None] - values[None, :]) < 0.1).sum(axis=1)
    return float(np.median(values[near >= 0.9 * near.max()]))


def _most_at_once(counts: list[int]) -> int:
    """The most faces that were there for longer than a glimpse."""
    most = 0
    for level in range(1, 5):
        there = np.array([one >= level for one in counts])
        # Small faces are looked for in a few frames only: those speak for the ones between.
        if level > 1:
            looked = there[::THOROUGH_EVERY]
            runs = looked[:-1] & looked[1:] if len(looked) > 1 else looked
            enough = bool(runs.any()) or _longest(there) >= GLIMPSE
        else:
            enough = _longest(there) >= GLIMPSE
        most = level if enough else most
    return most


def _longest(there: npt.NDArray[np.bool_]) -> int:
    longest = run = 0
    for one in there:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def _blinks(glances: tuple[Glance, ...]) -> int:
    """How often the eyes closed while the head looked ahead."""
    seen = [one for one in glances if one.yaw_rad is not None]
    if not seen:
        return 0
    ahead = _ahead([one.yaw_rad for one in seen if one.yaw_rad is not None])
    facing = [one for one in seen if abs((one.yaw_rad or 0.0) - ahead) < AHEAD_RAD]
    usual = float(np.median([one.eyes_open for one in facing]))
    closed = [one.eyes_open < BLINK_SHARE * usual for one in facing]
    return sum(now and not then for then, now in zip([False, *closed], closed, strict=False))


def _patch(pixels: Pixels, head: Head) -> Floats | None:
    """The face seen from before, upright and equally large, in grey of mean 0 and length 1."""
    if abs(head.yaw_rad) > AHEAD_RAD:
        return None
    places = head.landmarks[:, :2]
    right, left = (places[list(eye[:2])].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
    down = (places[CHIN] - places[FOREHEAD]) / _PATCH
    across = (left - right) * 2.0 / _PATCH
    corner = (right + left) / 2.0 - across * _PATCH / 2.0 - down * _PATCH * 0.38
    seen = (
        Image.fromarray(pixels)
        .convert("L")
        .transform(
            (_PATCH, _PATCH),
            Image.Transform.AFFINE,
            (across[0], down[0], corner[0], across[1], down[1], corner[1]),
            Image.Resampling.BILINEAR,
        )
    )
    grey = np.asarray(seen, np.float64)
    grey = grey - grey.mean()
    return np.asarray(grey / max(float(np.linalg.norm(grey)), 1e-9))


def _thumbnail(pixels: Pixels) -> Floats:
    small = Image.fromarray(pixels).convert("L").resize((24, 18), Image.Resampling.BOX)
    return np.asarray(small, np.float64)


def _stillness(glances: tuple[Glance, ...], thumbnails: list[Floats]) -> float:
    """1 when nothing moves at all, as nobody can hold still; 0 when anything does."""
    steps = [np.abs(b - a).mean() for a, b in pairwise(thumbnails)]
    places = np.array([one.middle for one in glances if one.count])
    if len(places) < 2 * GLIMPSE:
        return 0.0
    sway = float(places.std(axis=0).max()) / max(one.across_px for one in glances)
    return float(max(steps) < _STILL_LEVELS and sway < 0.01)


def _looped(thumbnails: list[Floats]) -> float:
    """1 when a stretch in which something moves comes again, as nobody moves twice alike."""
    pictures = np.stack(thumbnails).reshape(len(thumbnails), -1)
    moving = np.abs(np.diff(pictures, axis=0)).mean(axis=1)
    least = round(_LOOP_S * RATE)
    for lag in range(least, len(pictures) - least):
        apart = np.abs(pictures[lag:] - pictures[:-lag]).mean(axis=1)
        for first in range(len(apart) - least + 1):
            moved = float(moving[first : first + least].mean())
            again = float(apart[first : first + least].mean())
            if moved > 2 * _STILL_LEVELS and again < 0.6 * moved:
                return 1.0
    return 0.0


def _spliced(glances: tuple[Glance, ...], patches: list[Floats | None]) -> float:
    """1 when the head is suddenly elsewhere or somebody else's; else below one half."""
    for one, other in pairwise(glances):
        if one.count and other.count and other.time_s - one.time_s < 2.5 / RATE:
            away = float(np.hypot(*np.subtract(other.middle, one.middle)))
            if away > _JUMP * one.across_px:
                return 1.0
    faces = [one for one in patches if one is not None]
    if len(faces) < 4 * GLIMPSE:
        return 0.0
    third = len(faces) // 3
    first, last = (np.median(np.stack(part), axis=0) for part in (faces[:third], faces[-third:]))
    alike = float((first * last).sum() / (np.linalg.norm(first) * np.linalg.norm(last)))
    return 1.0 if alike < _SAME_FACE_MIN else 0.0


def _flicker(thumbnails: list[Floats]) -> float:
    """A hint of a filmed screen: brightness that goes up and down from frame to frame."""
    level = np.array([one.mean() for one in thumbnails])
    steps = np.diff(level)
    if len(steps) < RATE:
        return 0.0
    turning = float((steps[1:] * steps[:-1] < 0).mean())
    size = float(np.abs(steps).mean())
    return _HINT_MAX if turning > 0.85 and size > 1.0 else 0.0
