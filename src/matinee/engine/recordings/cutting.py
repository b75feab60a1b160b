"""Cutting somebody out of their recording: a matte for every frame, and what the stage needs.

The stretch of the recording is taken in which they look ahead and speak. Their outline is found by
MediaPipe's selfie segmentation, steadied over neighbouring frames, and moved to the edge in the
picture by a guided filter (He et al. 2010); the sway of camera and chair is taken out.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee.engine.pictures.cutout import refined
from matinee.engine.pictures.people import outline_of
from matinee.engine.pictures.photo import Photo
from matinee.engine.pictures.planes import mean_around, regions, resized

from .heads import CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE, heads_in, require_networks
from .reading import moments_of
from .reel import FACE_SIDE, Cel, Reel, video_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Matte, Pixels
    from matinee.engine.pictures.planes import Plane

    from .heads import Head
    from .watching import Glance

    Floats = npt.NDArray[np.float64]

RATE, FRAMES = 12, 36
_READ_PX, _KEPT_PX = 960, 512
_AHEAD_RAD = 0.2
_QUIET_FRAMES, _TALKING_FRAMES = 8, 20
_MARGIN_PX = 6
_BAND, _APART = 0.02, 45.0
"""How deep gaps between locks are looked for, and how far from the room's colours they differ."""
_FACE_AROUND = 1.9
"""How much wider than the face its picture is."""


@dataclass(eq=False)
class _Seen:
    """A frame of the chosen stretch: its colours, the head in it, and the matte so far."""

    pixels: Pixels
    head: Head
    soft: Plane


def cut_reel(path: Path, glances: Sequence[Glance]) -> Reel | None:
    """Return somebody in motion out of their recording, None when they never look ahead.

    `glances` are what was seen when the recording was watched. Raises RecordingUnusable and
    NetworkMissing.
    """
    require_networks()
    stretch = _best_stretch(glances)
    if stretch is None:
        return None
    seen = _seen(path, *stretch)
    if len(seen) < _QUIET_FRAMES:
        return None
    _steady(seen)
    shifts = _shifts(seen)
    mattes = [_matte(one) for one in seen]
    box = _box(mattes)
    scale = min(_KEPT_PX / max(box[2] - box[0], box[3] - box[1]), 1.0)
    wide, high = (max(16, round((box[k + 2] - box[k]) * scale / 2) * 2) for k in (0, 1))
    cels = [
        _cel(one.pixels, matte, shift, box, (wide, high))
        for one, matte, shift in zip(seen, mattes, shifts, strict=True)
    ]
    mouths = np.array([one.head.mouth_open for one in seen])
    eyes = np.median([_between_eyes(one.head) for one in seen], axis=0) - np.array(box[:2])
    best = _best_face(seen)
    face, places = _face(best.pixels, best.head)
    face_px = float(np.median([one.head.across_px for one in seen]))
    below = float(box[3]) - float(np.median([one.head.middle[1] for one in seen]))
    tall = float(np.median([_height(one.head) for one in seen]))
    return Reel(
        video=video_of(cels),
        frame_count=len(cels),
        width=wide,
        height=high,
        eyes=(float(eyes[0]) * scale, float(eyes[1]) * scale),
        face_px=face_px * scale,
        heads=below / tall,
        quiet=_calmest(mouths, _QUIET_FRAMES, most=False),
        talking=_calmest(mouths, _TALKING_FRAMES, most=True),
        face=face,
        places=tuple((float(x), float(y), float(z)) for x, y, z in places),
        rate=float(RATE),
        skin=_skin(best),
        hair=_hair(best),
        top=_top(best),
    )


def _best_stretch(glances: Sequence[Glance]) -> tuple[float, float] | None:
    """The time in which they look ahead and the mouth moves most: from and to, in seconds."""
    facing = [
        (one.time_s, one.mouth_open)
        for one in glances
        if one.yaw_rad is not None and abs(one.yaw_rad) < _AHEAD_RAD
    ]
    length_s = (FRAMES - 0.5) / RATE
    best: tuple[float, float] | None = None
    score = -1.0
    for start_s, _ in facing:
        within = [(at, mouth) for at, mouth in facing if start_s <= at < start_s + length_s]
        times = [at for at, _ in within]
        gaps = np.diff(times)
        if len(gaps) and float(gaps.max()) > 0.35:
            end = int(np.argmax(gaps > 0.35)) + 1
            within, times = within[:end], times[:end]
        moved = float(np.std([mouth for _, mouth in within])) if len(within) > 2 else 0.0
        worth = (times[-1] - times[0]) * (0.4 + min(moved, 0.05) * 20)
        if worth > score:
            score, best = worth, (start_s, times[-1])
    return best if best is not None and best[1] - best[0] > 0.6 else None


def _seen(path: Path, from_s: float, to_s: float) -> list[_Seen]:
    found: list[_Seen] = []
    before: Head | None = None
    for moment in moments_of(path, rate=RATE, side_px=_READ_PX):
        # The rest is read too, for a file that breaks off is no recording.
        if not from_s - 0.02 <= moment.time_s <= to_s + 0.02 or len(found) >= FRAMES:
            continue
        heads = heads_in(moment.pixels, before)
        if heads:
            before = heads[0]
            found.append(_Seen(moment.pixels, before, outline_of(moment.pixels)))
    return found


def _steady(seen: list[_Seen]) -> None:
    """Take the middle of each frame's outline and its neighbours', so that edges do not boil."""
    rows = [one.soft for one in seen]
    for k, one in enumerate(seen):
        near = rows[max(k - 1, 0) : k + 2]
        middle = np.median(np.stack(near), axis=0) if len(near) == 3 else np.mean(near, axis=0)
        one.soft = (0.6 * middle + 0.4 * rows[k]).astype(np.float32)


def _shifts(seen: list[_Seen]) -> Floats:
    """How far the trunk is from where it is most of the time, slowly varying, in pixels."""
    middles = []
    for one in seen:
        wide = one.pixels.shape[1]
        lower = one.soft[-one.soft.shape[0] // 4 :]
        across = float((lower.sum(axis=0) * np.arange(lower.shape[1])).sum())
        middles.append(across / max(float(lower.sum()), 1e-6) * wide / one.soft.shape[1])
    values = np.array(middles)
    slow = np.convolve(np.pad(values, 3, mode="edge"), np.ones(7) / 7.0, mode="valid")
    return np.asarray(slow - np.median(slow))


def _matte(one: _Seen) -> Matte:
    """Refine an outline; what hangs together with the head is kept."""
    numbers = regions(one.soft > 0.5)
    side = one.soft.shape[0]
    x, y = one.head.middle
    row = int(np.clip(y / one.pixels.shape[0] * side, 0, side - 1))
    column = int(np.clip(x / one.pixels.shape[1] * side, 0, side - 1))
    own = (numbers == numbers[row, column]) & (numbers > 0)
    soft = np.where(own, np.maximum(one.soft, 0.55), np.minimum(one.soft, 0.1))
    return refined(Photo(one.pixels), soft.astype(np.float32))


def _box(mattes: Sequence[Matte]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that any matte covers."""
    covered = np.max(np.stack([one > 0.3 for one in mattes]), axis=0)
    rows, columns = (np.flatnonzero(covered.any(axis=axis)) for axis in (1, 0))
    high, wide = covered.shape
    return (
        max(int(columns[0]) - _MARGIN_PX, 0),
        max(int(rows[0]) - _MARGIN_PX, 0),
        min(int(columns[-1]) + _MARGIN_PX + 1, wide),
        min(int(rows[-1]) + _MARGIN_PX + 1, high),
    )


def _cel(
    pixels: Pixels,
    matte: Matte,
    shift: float,
    box: tuple[int, int, int, int],
    size: tuple[int, int],
) -> Cel:
    left, top, right, bottom = box
    moved = (left + shift, top, right + shift, bottom)
    wide, high = size
    across, down = (right - left) / wide, (bottom - top) / high
    placed = (across, 0.0, moved[0], 0.0, down, moved[1])
    kind = (Image.Transform.AFFINE, placed, Image.Resampling.BICUBIC)
    colours = Image.fromarray(pixels).transform((wide, high), *kind)
    covered = Image.fromarray(matte).transform((wide, high), *kind)
    alpha = np.clip(np.asarray(covered, np.float32), 0.0, 1.0)
    return Cel(spread(np.asarray(colours, np.uint8), alpha), alpha)


def spread(pixels: Pixels, matte: Matte) -> Pixels:
    """Return colours of the subject alone, carried on outwards over its edge.

    Near the edge, what is nearer to the colours behind than to those within is taken for a gap
    through which the room is seen, as between locks of hair.
    """
    high, wide = matte.shape
    sure = np.clip((matte - 0.9) / 0.1, 0.0, 1.0)
    band = max(round(_BAND * max(high, wide)), 2)
    deep = (mean_around(sure, band) > 0.97).astype(np.float32) * sure
    behind = (mean_around(matte, 2) < 0.03).astype(np.float32)
    inner = _eroded(sure)
    if float(deep.max()) > 0.0 and float(behind.max()) > 0.0:
        own, room = _filled(pixels, deep), _filled(pixels, behind)
        way = own - room
        apart = np.square(way).sum(axis=-1)
        share = ((pixels - room) * way).sum(axis=-1) / np.maximum(apart, 1.0)
        gap = (apart > _APART**2) & (share < 0.45) & (deep < 0.5)
        inner = inner * (mean_around(gap.astype(np.float32), 1) < 0.05)
    if float(inner.max()) <= 0.0:
        return pixels
    return np.asarray(np.clip(_filled(pixels, inner), 0, 255), np.uint8)


def _eroded(sure: Plane) -> Plane:
    inner = np.minimum(sure, np.minimum(np.roll(sure, 2, 0), np.roll(sure, -2, 0)))
    return np.asarray(np.minimum(inner, np.minimum(np.roll(sure, 2, 1), np.roll(sure, -2, 1))))


def _filled(pixels: Pixels, weight: Plane) -> npt.NDArray[np.float32]:
    """Return colours that go on where they are not known, (h, w, 3) 0..255.

    By pushing coarser and coarser averages of what is known into what is not (Gortler et al. 1996).
    """
    levels = [(pixels.astype(np.float32) * weight[..., None], weight.astype(np.float32))]
    while min(levels[-1][1].shape) > 2:
        colours, held = levels[-1]
        high, wide = (max(side // 2, 1) for side in held.shape)
        small = np.stack([resized(colours[..., k], high, wide) for k in range(3)], axis=-1)
        levels.append((small, resized(held, high, wide)))
    colours, held = levels[-1]
    filled = np.asarray(colours / np.maximum(held, np.float32(1e-6))[..., None], np.float32)
    for colours, held in reversed(levels[:-1]):
        high, wide = held.shape
        coarse = np.stack([resized(filled[..., k], high, wide) for k in range(3)], axis=-1)
        own = colours / np.maximum(held, np.float32(1e-6))[..., None]
        share = np.clip(4.0 * held, 0.0, 1.0)[..., None]
        mixed = np.where(share > 0, own * share + coarse * (1 - share), coarse)
        filled = np.asarray(mixed, np.float32)
    return filled


def _between_eyes(head: Head) -> Floats:
    corners = [*RIGHT_EYE[:2], *LEFT_EYE[:2]]
    return np.asarray(head.landmarks[corners, :2].mean(axis=0))


def _height(head: Head) -> float:
    return float(np.linalg.norm(head.landmarks[CHIN] - head.landmarks[FOREHEAD]))


def _calmest(mouths: Floats, length: int, *, most: bool) -> tuple[int, int]:
    """The stretch in which the mouth moves least, or most."""
    length = min(length, len(mouths))
    parts = [mouths[k : k + length] for k in range(len(mouths) - length + 1)]
    spreads = [float(np.mean(part) + 2.0 * np.std(part)) for part in parts]
    first = int(np.argmax(spreads) if most else np.argmin(spreads))
    return first, first + length


def _best_face(seen: Sequence[_Seen]) -> _Seen:
    """The frame in which the face is seen most from before, eyes open and mouth shut."""
    open_usually = float(np.median([one.head.eyes_open for one in seen]))
    return min(
        seen,
        key=lambda one: (
            abs(one.head.yaw_rad)
            + abs(one.head.roll_rad)
            + 4.0 * one.head.mouth_open
            + 2.0 * max(open_usually - one.head.eyes_open, 0.0)
        ),
    )


def _face(pixels: Pixels, head: Head) -> tuple[bytes, Floats]:
    """The face upright as WebP, and the mesh's places on it."""
    cos, sin = np.cos(head.roll_rad), np.sin(head.roll_rad)
    step = _FACE_AROUND * head.across_px / FACE_SIDE
    turn = np.array([[cos, -sin], [sin, cos]]) * step
    corner = np.array(head.middle) - turn @ np.full(2, FACE_SIDE / 2)
    seen = Image.fromarray(pixels).transform(
        (FACE_SIDE, FACE_SIDE),
        Image.Transform.AFFINE,
        (turn[0, 0], turn[0, 1], corner[0], turn[1, 0], turn[1, 1], corner[1]),
        Image.Resampling.BICUBIC,
    )
    stored = io.BytesIO()
    seen.save(stored, "WEBP", quality=92, method=4)
    places = head.landmarks.copy()
    places[:, :2] = (places[:, :2] - corner) @ np.linalg.inv(turn).T
    places[:, 2] /= step
    return stored.getvalue(), places


def _skin(one: _Seen) -> str:
    """The colour of cheeks and forehead."""
    return _colour(one, one.head.landmarks[[50, 280, 117, 346, 151, 9], :2], 0.04)


def _hair(one: _Seen) -> str:
    """The colour above the forehead, if it is theirs."""
    marks = one.head.landmarks[:, :2]
    up = (marks[FOREHEAD] - marks[CHIN]) * 0.12
    return _colour(one, marks[[FOREHEAD, 338, 109]] + up, 0.03)


def _top(one: _Seen) -> str:
    """The colour of what is worn, a face below the chin."""
    marks = one.head.landmarks[:, :2]
    down = (marks[CHIN] - marks[FOREHEAD]) * 0.95
    aside = np.array([0.55, 0.0]) * one.head.across_px
    return _colour(one, np.stack([marks[CHIN] + down + aside, marks[CHIN] + down - aside]), 0.1)


def _colour(one: _Seen, places: Floats, size: float) -> str:
    """The middle colour round some places, empty when they lie outside of the person."""
    high, wide = one.pixels.shape[:2]
    radius = max(round(size * one.head.across_px), 1)
    found = []
    for x, y in np.round(places).astype(int):
        if not (0 <= x < wide and 0 <= y < high):
            continue
        sure = one.soft[int(y * one.soft.shape[0] / high), int(x * one.soft.shape[1] / wide)]
        if sure > 0.6:
            rows, columns = (
                slice(max(y - radius, 0), y + radius + 1),
                slice(max(x - radius, 0), x + radius + 1),
            )
            found.append(np.median(one.pixels[rows, columns].reshape(-1, 3), axis=0))
    if not found:
        return ""
    red, green, blue = (round(float(part)) for part in np.median(np.stack(found), axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"
