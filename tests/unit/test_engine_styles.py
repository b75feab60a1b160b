"""Picture styles as data, the finish as the kernel takes it, and the pace of the world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matinee import film
from matinee.engine.render.finish import Finish, finish_struct
from matinee.engine.render.geometry import Surface, mesh
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import (
    Ambient,
    Atmosphere,
    Camera,
    Fog,
    Frame,
    Grade,
    Moment,
    Sky,
    Sun,
)
from matinee.engine.stage.pace import SPEEDS, speed_of
from matinee.engine.stage.styles import STYLES, dressed, held, seen, style_named
from matinee.film.screenplay import Beat, Character, Setting
from matinee.film.screenplay import Camera as Framing
from matinee.film.shot import Speech

SIZE = film.FrameSize(128, 72)
SQUARE = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], np.float32)
CARD = mesh(
    SQUARE,
    np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
    albedo=(0.9, 0.9, 0.9),
    surface=Surface.CLOTH,
)
AIR = Atmosphere(
    sun=Sun((0.3, 0.6, 0.7), (2.0, 2.0, 2.0)),
    sky=Sky((0.1, 0.2, 0.5), (0.5, 0.6, 0.8), (0.2, 0.2, 0.2)),
    fog=Fog((0.5, 0.5, 0.5), 0.0),
    ambient=Ambient((0.4, 0.4, 0.5), (0.2, 0.2, 0.2)),
    grade=Grade(grain=0.0),
)
EYE = Camera((0.0, 0.0, 4.0), (0.0, 0.0, 0.0), 0.8)


def standing(x: float) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
    out = np.zeros((1, 3, 4), np.float32)
    out[0, :, :3] = np.eye(3)
    out[0, 0, 3] = x
    return out


def drawn(frame: Frame) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    empty = mesh(SQUARE * 0.01 - 50.0, np.array([[0, 1, 2]], np.uint32), albedo=(0.1, 0.1, 0.1))
    with Renderer(empty, [CARD], size=SIZE, threads=1) as renderer:
        return renderer.render(frame)[: SIZE.height]


def a_shot(*, pace: str, speech: bool = False) -> film.Shot:
    said = Speech("ada", "Yes.", "en", 100, 300)
    return film.Shot(
        setting=Setting("here", "street"),
        beat=Beat("b1", "here", "", camera=Framing(pace=pace)),  # type: ignore[arg-type]
        frame_count=48,
        rate=film.FrameRate(24),
        size=SIZE,
        seed=1,
        characters=(Character("ada", "Ada"),),
        speeches=(said,) if speech else (),
    )


def test_every_style_fits_the_kernel() -> None:
    for style in STYLES.values():
        struct = finish_struct(style.finish, SIZE, 7)
        assert struct.colours == len(style.finish.palette)
        assert struct.draws == style.finish.draws


def test_a_palette_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        finish_struct(Finish(palette=((0.0, 0.0, 0.0),) * 41), SIZE, 0)


def test_lengths_follow_the_shorter_side() -> None:
    tall = finish_struct(Finish(ink_px=4.0), film.FrameSize(360, 640), 0)
    assert tall.ink_px == pytest.approx(2.0)


def test_an_unknown_style_is_a_photograph() -> None:
    assert style_named("") is None
    assert style_named("fresco") is None
    assert dressed(CARD, None) is CARD


def test_a_mesh_is_dressed_once() -> None:
    clay = STYLES["clay"]
    assert dressed(CARD, clay) is dressed(CARD, clay)
    assert not np.allclose(dressed(CARD, clay).albedo, CARD.albedo)


def test_stop_motion_moves_twelve_times_a_second() -> None:
    clay = STYLES["clay"]
    assert [held(index, clay, 24.0) for index in range(5)] == [0, 0, 2, 2, 4]
    assert [held(index, clay, 48.0) for index in range(5)] == [0, 0, 0, 0, 4]
    assert held(3, None, 24.0) == 3


def test_old_film_sways_by_less_than_two_pixels() -> None:
    old = STYLES["black_and_white"]
    aims = np.array([seen(EYE, old, index).target for index in range(48)])
    pixel = 2.0 * np.tan(EYE.vertical_fov_rad / 2) / 720 * 4.0
    assert 0.0 < np.ptp(aims[:, 1]) < 2.0 * pixel


def test_ink_is_drawn_where_pieces_meet() -> None:
    plain = Frame(0.0, EYE, AIR, rigid=standing(0.0))
    inked = replace(plain, finish=Finish(ink=1.0, ink_px=2.0, ink_far_m=1e6))
    change = np.abs(drawn(inked).astype(int) - drawn(plain).astype(int))
    rows = change[SIZE.height // 2]
    middle = rows[SIZE.width // 2 - 8 : SIZE.width // 2 + 8]
    assert rows.max() > 40
    assert middle.max() < 6


def test_large_pixels_are_flat_and_of_the_palette() -> None:
    finish = Finish(cell_px=80.0, palette=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))
    picture = drawn(Frame(0.0, EYE, AIR, rigid=standing(0.0), finish=finish))
    assert set(np.unique(picture)) <= {16, 235}
    cells = picture.reshape(9, 8, 16, 8).transpose(0, 2, 1, 3).reshape(-1, 64)
    assert np.all(cells == cells[:, :1])


def test_what_moves_is_blurred_and_what_stands_is_not() -> None:
    now = Frame(0.0, EYE, AIR, rigid=standing(0.0))
    moving = replace(now, other=Moment(EYE, standing(1.2), ()))
    still = replace(now, other=Moment(EYE, standing(0.0), ()))
    assert np.array_equal(drawn(still), drawn(now))

    def steepest(picture: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> int:
        return int(np.abs(np.diff(picture[SIZE.height // 2].astype(int))).max())

    assert steepest(drawn(moving)) < 0.75 * steepest(drawn(now))


def test_what_leaps_to_another_place_is_not_smeared_across_the_picture() -> None:
    now = Frame(0.0, EYE, AIR, rigid=standing(0.0))
    assert np.array_equal(drawn(replace(now, other=Moment(EYE, standing(30.0), ()))), drawn(now))


def test_slow_motion_and_time_lapse_change_the_pace_of_the_world() -> None:
    for pace, speed in SPEEDS.items():
        assert speed_of(a_shot(pace=pace)) == speed


def test_who_is_seen_to_speak_speaks_at_the_pace_of_life() -> None:
    assert speed_of(a_shot(pace="slow_motion", speech=True)) == 1.0
