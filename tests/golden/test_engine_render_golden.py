"""The looks of the renderer, frame by frame: day, sunset, wet night and a close-up.

A difference is either a fault or a wish. When it is a wish, look at the pictures that failed (they
are written next to pytest's report), then remake the goldens with

    PYTHONPATH=src:tests python tests/golden/test_engine_render_golden.py

The tolerance lets every instruction set pass with one set of goldens.
"""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

import render_scene as scene
from matinee.engine.render import build, native
from matinee.engine.render.picture import Rgb, i420_to_rgb, write_png
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import Frame
from matinee.film import FrameSize

GOLDENS = Path(__file__).with_name("engine_render")
SIZE = FrameSize(320, 180)
MEAN_DIFFERENCE_MAX = 0.8
WORST_PERCENT = 99.0
WORST_DIFFERENCE_MAX = 8

FRAMES: dict[str, Callable[[], Frame]] = {
    "day": lambda: scene.frame(scene.day(), scene.WIDE, 0.4),
    "sunset": lambda: scene.frame(scene.sunset(), scene.WIDE, 0.4),
    "wet_night": lambda: scene.frame(
        scene.wet_night(), scene.WIDE, 0.4, lamps=scene.NIGHT_LAMPS, particles=scene.rain(0.4)
    ),
    "close_up": lambda: scene.frame(scene.day(), scene.CLOSE, 0.4),
}


def rendered(name: str, variant: str) -> Rgb:
    with Renderer(
        scene.square(detail=0.3),
        (),
        scene.figures(),
        size=SIZE,
        shadow_centre=(0, 0, -2),
        shadow_radius_m=26,
        mirror_ground=name == "wet_night",
        variant=variant,
    ) as renderer:
        return i420_to_rgb(renderer.render(FRAMES[name]()), SIZE)


def golden(name: str) -> Rgb:
    with av.open(str(GOLDENS / f"{name}.png")) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    return np.asarray(picture, np.uint8)


def usable_variants() -> list[str]:
    variants = list(build.VARIANTS[build.machine()])
    return variants[variants.index(native.processor_variant()) :]


@pytest.mark.parametrize("variant", usable_variants())
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_looks_as_it_did(name: str, variant: str, tmp_path: Path) -> None:
    picture = rendered(name, variant)
    write_png(tmp_path / f"{name}-{variant}.png", picture)
    away = np.abs(picture.astype(int) - golden(name).astype(int))
    assert away.mean() < MEAN_DIFFERENCE_MAX
    assert np.percentile(away, WORST_PERCENT) <= WORST_DIFFERENCE_MAX


def remake() -> None:
    GOLDENS.mkdir(exist_ok=True)
    for name in FRAMES:
        write_png(GOLDENS / f"{name}.png", rendered(name, usable_variants()[0]))


if __name__ == "__main__":
    remake()
