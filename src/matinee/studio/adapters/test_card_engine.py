"""An engine that shoots a test card: the fake that stands in where pictures do not matter.

It holds every rule of the Engine Protocol (repeatable, one take a shot, stops when asked, leaves
no file behind), needs no scene, and is fast. The card's hue follows the shot, and a white bar
moves with the frames, so that a person and a test can both tell frames apart.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from matinee import engine, film
from matinee.film import FrameSize, Shot, Take
from matinee.film.shot import Appearance, Placement
from matinee.studio.abilities import Abilities, Control, Errand, Guides

LUMA_BLACK, LUMA_WHITE = 16, 235


class TestCardEngine:
    """Shoots test cards; `frame_pause_s` slows it down to the pace of an engine with real work."""

    __test__ = False  # the name is a film term; this is no test case
    name = "test_card"
    version = "test_card/1"
    abilities = Abilities()

    def __init__(self, *, frame_pause_s: float = 0.0) -> None:
        """Wait `frame_pause_s` seconds before each frame."""
        self._frame_pause_s = frame_pause_s

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: ARG002, B008 - frozen; a card shows no pictures
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Draw the card `shot.frame_count` times; see the Protocol."""
        address = film.digest(shot)
        finished = False
        try:
            with engine.ShotEncoder(video_path, shot.size, shot.rate.fraction) as encoder:
                for index in range(shot.frame_count):
                    if errand.should_stop():
                        raise engine.ShootingStopped
                    time.sleep(self._frame_pause_s)
                    encoder.write(_card(shot.size, address, index / shot.frame_count))
                    errand.on_frames(index + 1)
            finished = True
        finally:
            if not finished:
                video_path.unlink(missing_ok=True)
        errand.on_preview(engine.poster(video_path, at_s=0.0))
        return Take(
            shot=address,
            engine=self.version,
            video=hashlib.sha256(video_path.read_bytes()).hexdigest(),
            frame_count=shot.frame_count,
            rate=shot.rate,
            size=shot.size,
            ambience="room_tone",
            room="small_room",
            placements=tuple(Placement(index, 0.0, 1.0) for index in range(len(shot.speeches))),
            appearances=tuple(
                Appearance(
                    kind="character",
                    name=name,
                    first_frame=0,
                    frame_count=shot.frame_count,
                    coverage=0.0,
                )
                for name in shot.beat.cast
            ),
        )

    def guide(
        self,
        shot: Shot,
        paths: Mapping[Control, Path],
        *,
        pictures: Mapping[str, Path],  # noqa: ARG002 - a card shows none
        should_stop: Callable[[], bool],
    ) -> None:
        """Write the card for each control: nothing in it has a place."""
        for path in paths.values():
            with engine.ShotEncoder(path, shot.size, shot.rate.fraction) as encoder:
                for index in range(shot.frame_count):
                    if should_stop():
                        raise engine.ShootingStopped
                    encoder.write(_card(shot.size, film.digest(shot), index / shot.frame_count))


def _card(
    size: FrameSize, address: str, progress: float
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The planes of one card: a hue by `address`, a bar at `progress` of the width."""
    height, width = size.height, size.width
    planes = np.empty((height * 3 // 2, width), np.uint8)
    planes[:height] = np.linspace(LUMA_BLACK, LUMA_WHITE // 2, height, dtype=np.uint8)[:, None]
    left = int(progress * width)
    planes[:height, left : left + max(2, width // 16)] = LUMA_WHITE
    chroma = planes[height:].reshape(-1)
    half = chroma.size // 2
    chroma[:half] = 64 + int(address[:2], 16) // 2
    chroma[half:] = 64 + int(address[2:4], 16) // 2
    return planes
