"""Every picture style looks as it did when somebody last looked at it.

After a change that is meant, look at the new pictures and keep them:

    .venv/bin/python tests/golden/test_styles.py [STYLE ...]
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from matinee import film
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.direction import stage
from matinee.engine.stage.styles import STYLES
from matinee.film.screenplay import Action, Beat, Camera, Character, Garment, Look, Setting

KEPT = Path(__file__).parent / "styles"
SIZE = film.FrameSize(320, 180)
MEAN_MAX, FAR_MAX, FAR = 6.0, 0.09, 48
LOOK = Look(
    gender="woman",
    hair_style="bob",
    hair_colour="#3a2418",
    garments=(Garment("coat", "#c23a2c"), Garment("trousers", "#2a3448")),
)


@cache
def bakes() -> Path:
    return Path(tempfile.mkdtemp(prefix="matinee-bakes-"))


def picture_in(style: str) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """Return a woman and a dog in a village square, (h, w, 3), in a style."""
    shot = film.Shot(
        setting=Setting("here", "village", time_of_day="sunset"),
        beat=Beat(
            "b1",
            "here",
            "",
            cast=("ada", "rex"),
            actions=(Action("ada", "wave"),),
            camera=Camera("full"),
        ),
        frame_count=3,
        rate=film.FrameRate(24),
        size=SIZE,
        seed=1,
        characters=(
            Character("ada", "Ada", look=LOOK),
            Character("rex", "Rex", kind="animal", species="dog"),
        ),
        style=style,
    )
    staging = stage(shot, cache=bakes())
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


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_style_looks_as_it_did(style: str) -> None:
    kept = KEPT / f"{style}.png"
    assert kept.exists(), f"look at {style} and keep it: {__doc__}"
    expected = np.asarray(Image.open(kept), np.int16)
    off = np.abs(picture_in(style).astype(np.int16) - expected)
    assert off.mean() < MEAN_MAX
    assert (off.max(axis=2) > FAR).mean() < FAR_MAX


def remake(styles: list[str]) -> None:
    """Keep the pictures as they are now."""
    KEPT.mkdir(exist_ok=True)
    for style in styles:
        Image.fromarray(picture_in(style)).save(KEPT / f"{style}.png", optimize=True)


if __name__ == "__main__":
    remake(sys.argv[1:] or sorted(STYLES))
