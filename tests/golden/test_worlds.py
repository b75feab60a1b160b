"""Every world looks as it did when somebody last looked at it.

A small picture of each world, with nobody in it, is compared with the one kept in
`tests/golden/worlds`. After a change that is meant, look at the new pictures and keep them:

    .venv/bin/python tests/golden/test_worlds.py

The tolerance allows for another instruction set and for noise, not for a tree that has moved.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from matinee import film
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.direction import stage
from matinee.engine.stage.worlds import PLACES
from matinee.film.screenplay import Beat, Camera, Setting

KEPT = Path(__file__).parent / "worlds"
SIZE = film.FrameSize(256, 144)
MEAN_MAX, FAR_MAX = 5.0, 0.06
FAR = 40


def picture_of(place: str, cache: Path) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """Return the empty world as (h, w, 3), in the light that it has in a film."""
    shot = film.Shot(
        setting=Setting("here", place, time_of_day="day"),
        beat=Beat("b1", "here", "", camera=Camera("extreme_wide")),
        frame_count=2,
        rate=film.FrameRate(24),
        size=SIZE,
        seed=1,
    )
    staging = stage(shot, cache=cache)
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=SIZE,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=staging.mirror_ground,
    ) as renderer:
        return i420_to_rgb(renderer.render(staging.frame(0)), SIZE)


@pytest.mark.parametrize("place", PLACES)
def test_a_world_looks_as_it_did(place: str, tmp_path: Path) -> None:
    kept = KEPT / f"{place}.png"
    assert kept.exists(), f"look at {place} and keep it: {__doc__}"
    expected = np.asarray(Image.open(kept), np.int16)
    off = np.abs(picture_of(place, tmp_path).astype(np.int16) - expected)
    assert off.mean() < MEAN_MAX
    assert (off.max(axis=2) > FAR).mean() < FAR_MAX


def remake(places: list[str]) -> None:
    """Keep the pictures as they are now."""
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for place in places:
            Image.fromarray(picture_of(place, Path(folder))).save(KEPT / f"{place}.png")


if __name__ == "__main__":
    remake(sys.argv[1:] or list(PLACES))
