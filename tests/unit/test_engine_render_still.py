"""What a still camera remembers of a still world changes no pixel."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import render_scene as scene
from matinee.engine.render.geometry import Mesh, Rigged
from matinee.engine.render.picture import Planes
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import Atmosphere, Camera, Frame, Lamp
from matinee.film import FrameSize

SIZE = FrameSize(192, 108)
TIMES_S = (0.0, 0.04, 0.08, 0.5, 0.54, 0.58)


@cache
def meshes() -> tuple[Mesh, list[Rigged]]:
    return scene.square(detail=0.15), scene.figures()


def a_renderer(*, mirror: bool = False) -> Renderer:
    square, figures = meshes()
    return Renderer(
        square,
        (),
        figures,
        size=SIZE,
        shadow_centre=(0, 0, -2),
        shadow_radius_m=26,
        mirror_ground=mirror,
    )


def drawn_alone(frame: Frame, *, mirror: bool = False) -> Planes:
    with a_renderer(mirror=mirror) as renderer:
        return renderer.render(frame)


def shots(
    air: Atmosphere, camera: Camera, lamps: tuple[tuple[Lamp, ...], ...] | None = None
) -> list[Frame]:
    return [
        scene.frame(air, camera, time_s, lamps=lamps[number] if lamps else ())
        for number, time_s in enumerate(TIMES_S)
    ]


@pytest.mark.parametrize("camera", [scene.WIDE, scene.CLOSE], ids=["sharp", "out_of_focus"])
@pytest.mark.parametrize("light", ["day", "wet_night"])
def test_frames_before_a_still_camera_are_those_that_fresh_renderers_draw(
    light: str, camera: Camera
) -> None:
    air = scene.day() if light == "day" else scene.wet_night()
    mirror = light == "wet_night"
    frames = shots(air, camera)
    with a_renderer(mirror=mirror) as renderer:
        for frame in frames:
            np.testing.assert_array_equal(renderer.render(frame), drawn_alone(frame, mirror=mirror))


def test_a_lamp_that_begins_to_move_is_followed() -> None:
    still = scene.NIGHT_LAMPS
    moved = [
        (replace(still[0], position=(still[0].position[0] + 0.2 * max(0, step - 2), 2.0, 0.5)),)
        for step in range(len(TIMES_S))
    ]
    frames = shots(scene.wet_night(), scene.WIDE, tuple((*one, *still[1:]) for one in moved))
    with a_renderer() as renderer:
        for frame in frames:
            np.testing.assert_array_equal(renderer.render(frame), drawn_alone(frame))


def test_focus_that_is_pulled_while_the_camera_stands_is_followed() -> None:
    frames = [
        replace(
            frame, camera=replace(scene.CLOSE, focus_distance_m=1.0 + 1.5 * step, aperture=0.04)
        )
        for step, frame in enumerate(shots(scene.day(), scene.CLOSE))
    ]
    with a_renderer() as renderer:
        for frame in (*frames, *frames[::-1]):
            np.testing.assert_array_equal(renderer.render(frame), drawn_alone(frame))


def test_a_camera_that_goes_away_and_comes_back_sees_the_same() -> None:
    first, second, third = shots(scene.day(), scene.WIDE)[:3]
    elsewhere = replace(second, camera=scene.CLOSE)
    with a_renderer() as renderer:
        for frame in (first, second, elsewhere, third, second):
            np.testing.assert_array_equal(renderer.render(frame), drawn_alone(frame))


def test_asking_for_passes_in_between_changes_nothing() -> None:
    frames = shots(scene.day(), scene.WIDE)
    with a_renderer() as renderer:
        for frame in frames:
            picture = renderer.render(frame)
            renderer.passes(frame)
            np.testing.assert_array_equal(picture, drawn_alone(frame))


def test_only_lamps_in_haze_show_their_beams() -> None:
    hazy = scene.wet_night()
    clear = replace(hazy, fog=replace(hazy.fog, density_per_m=0.0))
    beam = Lamp((0.0, 3.0, -1.0), (9.0, 9.0, 9.0), 8.0)
    bare = replace(beam, in_haze=False)

    def seen(air: Atmosphere, lamp: Lamp) -> Planes:
        return drawn_alone(scene.frame(air, scene.WIDE, 0.0, lamps=(lamp,)))

    assert seen(hazy, beam)[: SIZE.height].mean() > seen(hazy, bare)[: SIZE.height].mean() + 1.0
    np.testing.assert_array_equal(seen(clear, beam), seen(clear, bare))
