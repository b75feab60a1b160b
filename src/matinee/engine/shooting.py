"""Shooting: a shot in, its take out: staged, drawn frame by frame, encoded, and accounted for.

shot ▶ `stage.direction` ▶ `render.renderer` on every core ▶ mp4 ▶ `film.Take` with what is heard
and who is seen. The file appears whole or not at all.
"""

from __future__ import annotations

import hashlib
import io
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee import film
from matinee.engine import memory
from matinee.engine.errors import ShootingStopped
from matinee.engine.render import titling
from matinee.engine.render.encode import ShotEncoder
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.direction import Staging, stage
from matinee.engine.stage.photographs.album import Album
from matinee.engine.stage.rehearsal import place
from matinee.engine.version import version
from matinee.film.shot import Appearance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from matinee.engine.render.picture import Planes
    from matinee.engine.render.renderer import Passes

PREVIEW_WIDTH = 480
SEEN_EVERY_S = 0.5
COVERAGE_MIN = 0.0005
# A quarter of the width and height tells shares of the picture well enough, at a third the price.
SEEN_SHRINK = 4
_CHUNK_BYTES = 1 << 20
_LOOK_S = 0.1
# Shots may be asked for side by side. One of them is staged while another is drawn, but no two are
# drawn at once: they would hold twice the memory and be finished no sooner. Nor are two staged at
# once, because the second mostly finds the world and the people of the first.
_STAGING, _DRAWING = threading.Lock(), threading.Lock()


def _ignore_frames(_count: int) -> None:
    """Do without being told."""


def _ignore_preview(_picture: bytes) -> None:
    """Do without a preview."""


def _never() -> bool:
    return False


@contextmanager
def _turn(lock: threading.Lock, should_stop: Callable[[], bool]) -> Iterator[None]:
    """Wait for a lock and hold it; raises ShootingStopped when nobody waits any longer."""
    while not lock.acquire(timeout=_LOOK_S):
        if should_stop():
            raise ShootingStopped
    try:
        yield
    finally:
        lock.release()


def prepare(setting: film.screenplay.Setting, *, seed: int, cache: Path) -> None:
    """Begin to build and bake a place, and return at once: its first shot finds it built.

    While lines are read one core has nothing to do. A place on a photo is not built.
    """

    def build() -> None:
        with _STAGING:
            place(setting, seed, cache)
            memory.give_back()

    if not setting.picture:
        threading.Thread(target=build, name="place").start()


def shoot(  # noqa: PLR0913 - what a shot is made of, and who is told of it
    shot: film.Shot,
    *,
    video_path: Path,
    cache: Path,
    threads: int | None = None,
    pictures: Mapping[str, Path] | None = None,
    likenesses: Mapping[str, Path] | None = None,
    on_frames: Callable[[int], None] = _ignore_frames,
    on_preview: Callable[[bytes], None] = _ignore_preview,
    should_stop: Callable[[], bool] = _never,
) -> film.Take:
    """Render `shot` into an mp4 at `video_path` and return its take.

    `threads` frames are drawn at a time, as many as there are cores when it is None; the picture
    does not depend on it. `on_frames` is told how many frames are done, `on_preview` gets one WebP
    picture from the middle of the shot; baked worlds are kept in the folder `cache`. `pictures` are
    the files of the photos that the shot names, by their digests, `likenesses` the reels of the
    people who are in it, by their likeness; without one somebody is played. Raises PictureMissing,
    RecordingUnusable for a reel that is damaged, and ShootingStopped when `should_stop` says so;
    then, as after any error, no file is left at `video_path`.
    """
    with _turn(_STAGING, should_stop):
        staging = stage(shot, cache=cache, album=Album(pictures or {}, likenesses or {}))
        memory.give_back()
    renderer = Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        sheet=staging.sheet,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=staging.mirror_ground,
        threads=threads,
    )
    with renderer, ExitStack() as files:
        with _turn(_DRAWING, should_stop):
            encoder = files.enter_context(ShotEncoder(video_path, shot.size, shot.rate.fraction))
            _draw(
                shot,
                staging,
                renderer,
                encoder,
                on_frames=on_frames,
                on_preview=on_preview,
                should_stop=should_stop,
            )
            # What follows is small, and the next shot needs the memory.
            renderer.close()
            memory.give_back()
        appearances = _appearances(shot, staging, renderer)
    return film.Take(
        shot=film.digest(shot),
        engine=version(),
        video=_digest(video_path),
        frame_count=shot.frame_count,
        rate=shot.rate,
        size=shot.size,
        ambience=staging.ambience,
        room=staging.room,
        contacts=staging.contacts,
        placements=staging.placements,
        appearances=appearances,
    )


def _draw(
    shot: film.Shot,
    staging: Staging,
    renderer: Renderer,
    encoder: ShotEncoder,
    *,
    on_frames: Callable[[int], None],
    on_preview: Callable[[bytes], None],
    should_stop: Callable[[], bool],
) -> None:
    """Draw every frame of a shot and write it."""
    lettered = _lettered(shot)
    # A pose that is held is drawn once and shown until the next one.
    drawn_at = [k for k in range(shot.frame_count) if staging.shown(k) == k]
    ends = [*drawn_at[1:], shot.frame_count]

    def consume(number: int, drawn: Planes) -> None:
        if should_stop():
            raise ShootingStopped
        for index in range(drawn_at[number], ends[number]):
            planes = lettered(index, drawn)
            encoder.write(planes)
            if index == shot.frame_count // 2:
                on_preview(_preview(planes, shot.size))
        on_frames(ends[number])

    renderer.render_many((staging.frame(k) for k in drawn_at), consume)


def _lettered(shot: film.Shot) -> Callable[[int, Planes], Planes]:
    """Return what sets the title of a shot over its frames; a shot without one stays as it is."""
    text = shot.beat.title
    if not titling.can_set(text):
        return lambda _index, planes: planes
    card = titling.title(text, shot.size)
    rate = float(shot.rate.fraction)
    duration_s = shot.frame_count / rate
    return lambda index, planes: card.over(planes, titling.strength_at(index / rate, duration_s))


def _preview(planes: Planes, size: film.FrameSize) -> bytes:
    """A small WebP of a frame, made small before it is turned into colours."""
    width = min(PREVIEW_WIDTH, size.width) // 2 * 2
    height = max(round(size.height * width / size.width / 2) * 2, 2)
    quarter = size.width * size.height // 4
    sides = planes[size.height :].reshape(-1)
    shape = (size.height // 2, size.width // 2)
    small = np.concatenate(
        [
            _resized(planes[: size.height], width, height),
            _resized(sides[:quarter].reshape(shape), width // 2, height // 2),
            _resized(sides[quarter : 2 * quarter].reshape(shape), width // 2, height // 2),
        ]
    )
    rows = small.reshape(height * 3 // 2, width)
    stored = io.BytesIO()
    picture = Image.fromarray(i420_to_rgb(rows, film.FrameSize(width, height)))
    picture.save(stored, "WEBP", quality=78)
    return stored.getvalue()


def _resized(plane: npt.NDArray[np.uint8], width: int, height: int) -> npt.NDArray[np.uint8]:
    """A plane at another size, as one row of bytes."""
    return np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.BOX)).ravel()


def _digest(path: Path) -> str:
    """SHA-256 of a file in hex."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            total.update(chunk)
    return total.hexdigest()


@dataclass
class _Sightings:
    """Frames looked at in which somebody or something is seen, and how much of the picture."""

    frames: list[int] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)


def _appearances(shot: film.Shot, staging: Staging, renderer: Renderer) -> tuple[Appearance, ...]:
    """Who and what is seen when, from the picture itself: ids are drawn every half second.

    A run of looks in which something is seen is one appearance, reaching half way to the looks
    before and after in which it is not.
    """
    every = max(round(float(shot.rate.fraction) * SEEN_EVERY_S), 1)
    looks = list(range(every // 2, shot.frame_count, every)) or [0]
    seen: dict[tuple[str, str], _Sightings] = {}
    for frame in looks:
        passes = renderer.passes(staging.frame(frame), shrink=SEEN_SHRINK)
        for label, share in _shares(passes, staging.labels).items():
            sighting = seen.setdefault(label, _Sightings())
            sighting.frames.append(frame)
            sighting.shares.append(share)
    place = [Appearance("place", shot.setting.place, 0, shot.frame_count, 1.0)]
    return (*place, *_runs(seen, looks, every, shot.frame_count))


def _shares(passes: Passes, labels: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The share of the picture of everybody and everything labelled."""
    counts = np.bincount(passes.ids.ravel(), minlength=2 + len(labels))
    shares: dict[tuple[str, str], float] = {}
    for label, count in zip(labels, counts[2:], strict=False):
        if label[0] != "place":
            shares[label] = shares.get(label, 0.0) + float(count) / passes.ids.size
    return {label: share for label, share in shares.items() if share >= COVERAGE_MIN}


def _runs(
    seen: dict[tuple[str, str], _Sightings], looks: list[int], every: int, frame_count: int
) -> list[Appearance]:
    out = []
    for (kind, name), sighting in seen.items():
        steps = [looks.index(frame) for frame in sighting.frames]
        start = 0
        for index in range(1, len(steps) + 1):
            if index < len(steps) and steps[index] == steps[index - 1] + 1:
                continue
            low, high = sighting.frames[start], sighting.frames[index - 1]
            first = 0 if low == looks[0] else low - every // 2
            end = frame_count if high == looks[-1] else min(high + every // 2, frame_count)
            share = round(float(np.mean(sighting.shares[start:index])), 5)
            out.append(Appearance(kind, name, first, max(end - first, 1), share))
            start = index
    return out
