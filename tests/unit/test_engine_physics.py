from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matinee.engine.stage.physics import (
    GRAVITY_M_S2,
    Held,
    Motion,
    Piece,
    Thing,
    Walker,
    launch_velocity,
    simulate,
)
from matinee.engine.stage.space import Blocks, FreeSpace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matinee.engine.stage.worlds.model import Height

TIMES = np.arange(72) / 24
TABLE_TOP_M = 0.8


def level(x: NDArray[np.float64], _z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros_like(x)


def hilly(x: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.float64]:
    return 0.3 * np.sin(x) * np.cos(z)


def a_space(height: Height = level, *, table: bool = False) -> FreeSpace:
    centre = np.array([[0.0, 0.4, 0.0]]) if table else np.zeros((0, 3))
    half = np.array([[0.6, 0.4, 0.4]]) if table else np.zeros((0, 3))
    keep_in = (np.array([-9.0, 0.0, -9.0]), np.array([9.0, 5.0, 9.0]))
    return FreeSpace(keep_in, height, Blocks(centre, half, np.zeros(len(centre))))


def a_thing(
    name: str = "crate",
    shape: str = "box",
    half: float = 0.15,
    *,
    at: tuple[float, float, float] = (0, 1, 0),
    material: str = "wood",
    held: Held | None = None,
    mass_kg: float = 1.0,
) -> Thing:
    return Thing(
        name,
        shape,
        np.full(3, half),
        mass_kg,
        material,
        np.array(at, float),
        held=(held,) if held else (),
    )


def a_hand(at: tuple[float, float, float]) -> NDArray[np.float64]:
    hand = np.zeros((len(TIMES), 3, 4))
    hand[:, :, :3] = np.eye(3)
    hand[:, :, 3] = at
    return hand


def played(
    *things: Thing, walkers: tuple[Walker, ...] = (), space: FreeSpace | None = None
) -> Motion:
    return simulate(things, walkers, space=space or a_space(), underfoot="stone", times_s=TIMES)


def test_an_empty_stage_costs_nothing_and_moves_nothing() -> None:
    motion = played()
    assert motion.transforms.shape == (0, len(TIMES), 3, 4)
    assert motion.touches == ()


@pytest.mark.parametrize("shape", ["box", "sphere", "cylinder"])
def test_a_thing_put_on_a_table_stays_on_the_table(shape: str) -> None:
    motion = played(
        a_thing(shape=shape, at=(0.1, TABLE_TOP_M + 0.152, 0)), space=a_space(table=True)
    )
    heights = motion.transforms[0, :, 1, 3]
    assert heights == pytest.approx(TABLE_TOP_M + 0.15, abs=0.01)


def test_things_rest_on_uneven_ground() -> None:
    motion = played(a_thing(at=(1.2, 0.6, 0.8)), space=a_space(hilly))
    x, y, z = motion.transforms[0, -1, :, 3]
    ground = hilly(np.array([x]), np.array([z]))[0]
    assert ground + 0.08 < y < ground + 0.3


def test_a_stack_that_nobody_touches_stands() -> None:
    stack = [a_thing(f"crate{k}", at=(0, 0.15 + 0.301 * k, 0)) for k in range(4)]
    motion = played(*stack)
    moved = np.abs(motion.transforms[:, -1, :, 3] - motion.transforms[:, 0, :, 3])
    assert moved.max() < 0.01
    assert motion.touches == ()


def test_a_thrown_ball_meets_its_target() -> None:
    start, target = np.array([0.0, 1.6, 0.0]), np.array([1.0, 1.2, 4.0])
    held = Held(a_hand((0, 1.6, 0)), 0.0, 1.0, launch_velocity(start, target))
    motion = played(a_thing("ball", "sphere", 0.1, held=held, material="rubber"))
    way = motion.transforms[0, :, :, 3]
    assert way[:24] == pytest.approx(np.tile(start, (24, 1)), abs=1e-6)
    assert np.linalg.norm(way - target, axis=1).min() < 0.15


def test_a_flight_is_the_parabola_of_gravity() -> None:
    velocity = np.array([0.0, 3.0, 2.0])
    held = Held(a_hand((0, 1.6, 0)), 0.0, 0.5, velocity)
    motion = played(a_thing("ball", "sphere", 0.1, held=held))
    for frame in (14, 16, 20):
        t = TIMES[frame] - 0.5
        expected = 1.6 + velocity[1] * t - 0.5 * GRAVITY_M_S2 * t * t
        assert motion.transforms[0, frame, 1, 3] == pytest.approx(expected, abs=0.06)


def test_a_stack_that_is_hit_falls_and_is_heard() -> None:
    stack = [a_thing(f"crate{k}", at=(0, 0.15 + 0.301 * k, 3.0), mass_kg=0.4) for k in range(4)]
    start = np.array([0.0, 1.5, 0.0])
    held = Held(a_hand((0, 1.5, 0)), 0.0, 0.2, launch_velocity(start, np.array([0, 0.9, 3.0])))
    motion = played(*stack, a_thing("ball", "sphere", 0.12, held=held, mass_kg=2.0))
    assert motion.transforms[3, -1, 1, 3] < 0.6
    assert any(touch.kind == "impact" and touch.strength > 0.3 for touch in motion.touches)


def test_rubber_bounces_higher_than_cloth() -> None:
    def highest_after_the_first_touch(material: str) -> float:
        held = Held(a_hand((0, 1.5, 0)), 0.0, 0.1, np.zeros(3))
        motion = played(a_thing("ball", "sphere", 0.1, material=material, held=held))
        first = next(touch.time_s for touch in motion.touches if touch.kind == "impact")
        return float(motion.transforms[0, first + 0.1 < TIMES, 1, 3].max())

    assert highest_after_the_first_touch("rubber") > highest_after_the_first_touch("cloth") + 0.15


def test_a_harder_fall_is_louder() -> None:
    def loudest(height_m: float) -> float:
        held = Held(a_hand((0, height_m, 0)), 0.0, 0.1, np.zeros(3))
        motion = played(a_thing(held=held))
        return max(touch.strength for touch in motion.touches)

    assert loudest(1.8) > loudest(0.4) > 0.0


def test_nothing_passes_through_a_person() -> None:
    feet = np.tile(np.array([0.0, 0.0, 2.0]), (len(TIMES), 1))
    walker = Walker("ada", feet, 1.7, 0.25)
    held = Held(a_hand((0, 1.2, 0)), 0.0, 0.1, np.array([0.0, 2.0, 8.0]))
    motion = played(a_thing("ball", "sphere", 0.1, held=held), walkers=(walker,))
    assert motion.transforms[0, :, 2, 3].max() < 2.0


def test_a_walker_pushes_what_is_in_the_way() -> None:
    feet = np.stack([np.zeros(72), np.zeros(72), np.linspace(-1.0, 2.0, 72)], axis=1)
    motion = played(a_thing(at=(0, 0.15, 0.5)), walkers=(Walker("ada", feet, 1.7, 0.25),))
    assert motion.transforms[0, -1, 2, 3] > 0.7


def test_the_same_things_move_in_the_same_way_twice() -> None:
    things = [a_thing(f"crate{k}", at=(0.02 * k, 0.5 + 0.5 * k, 0)) for k in range(3)]
    first, second = played(*things), played(*things)
    assert np.array_equal(first.transforms, second.transforms)
    assert first.touches == second.touches


def a_glass(at: tuple[float, float, float], *, breaks_s: float = float("inf")) -> Thing:
    half = np.full(3, 0.06)
    halves = tuple(
        Piece(np.array([0.03, 0.06, 0.06]), np.array([side * 0.03, 0.0, 0.0])) for side in (-1, 1)
    )
    return Thing(
        "glass",
        "cylinder",
        half,
        0.3,
        "glass",
        np.array(at, float),
        fragile=True,
        breaks_s=breaks_s,
        pieces=halves,
    )


def test_glass_that_is_pushed_off_a_table_breaks_into_its_pieces() -> None:
    glass = replace(
        a_glass((0.5, TABLE_TOP_M + 0.061, 0.0)),
        push=(0.2, np.array([2.2, 0.0, 0.0]), np.zeros(3)),
    )
    motion = played(glass, space=a_space(table=True))
    assert set(motion.broken) == {0}
    at_s = motion.broken[0]
    assert 0.3 < at_s < 1.5
    whole = np.abs(motion.transforms[0]).sum(axis=(1, 2)) > 0
    apart = np.abs(motion.pieces[0]).sum(axis=(2, 3)) > 0
    assert whole[0]
    assert not whole[-1]
    assert apart[:, -1].all()
    assert not apart[:, 0].any()
    assert (motion.pieces[0][:, -1, 1, 3] < 0.2).all()
    assert "break" in {touch.kind for touch in motion.touches}


def test_glass_that_is_put_down_stays_whole() -> None:
    motion = played(a_glass((0.0, 0.061, 0.0)))
    assert motion.broken == {}


def test_a_thing_breaks_when_it_is_told_to() -> None:
    motion = played(a_glass((0.0, 0.061, 0.0), breaks_s=1.0))
    assert motion.broken[0] == pytest.approx(1.0, abs=0.02)


def test_dominoes_fall_one_after_another() -> None:
    row = [
        Thing(
            f"domino_{k}",
            "box",
            np.array([0.02, 0.2, 0.1]),
            0.5,
            "wood",
            np.array([0.22 * k, 0.2, 0.0]),
            push=(0.1, np.array([0.3, 0.0, 0.0]), np.array([0.0, 0.0, -3.0])) if k == 0 else None,
        )
        for k in range(5)
    ]
    up = played(*row).transforms[:, :, 1, 1]
    assert (up[:, 0] > 0.99).all()
    assert (up[:, -1] < 0.7).all()
    fell = [int(np.argmax(one < 0.9)) for one in up]
    assert fell == sorted(fell)


@pytest.mark.parametrize("floats", [True, False])
def test_in_water_what_is_light_floats_and_what_is_heavy_sinks(floats: bool) -> None:  # noqa: FBT001
    ball = Thing(
        "ball",
        "sphere",
        np.full(3, 0.15),
        1.0,
        "rubber",
        np.array([0.0, 2.6, 0.0]),
        push=(0.0, np.array([0.0, -0.5, 0.0]), np.zeros(3)),
        floats=floats,
    )
    held = Held(a_hand((0.0, 2.6, 0.0)), 0.0, 0.2, np.zeros(3))
    motion = simulate(
        (replace(ball, held=(held,)),),
        (),
        space=a_space(),
        underfoot="sand",
        times_s=TIMES,
        water=lambda _: 1.2,
    )
    end = float(motion.transforms[0, -1, 1, 3])
    assert end == pytest.approx(1.2, abs=0.2) if floats else end < 0.5
    assert "splash" in {touch.kind for touch in motion.touches}


def test_what_is_fixed_carries_things_on_its_own_surface() -> None:
    points = np.array([[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]], np.float32)
    seat = Thing(
        "seat",
        "box",
        np.array([1.0, 0.8, 1.0]),
        9.0,
        "wood",
        np.array([0.0, 0.5, 0.0]),
        fixed=True,
        triangles=(points, np.array([[0, 2, 1], [0, 3, 2]], np.uint32)),
    )
    motion = played(seat, a_thing(at=(0.0, 0.66, 0.0)))
    # The box around the seat reaches to 1.3 m, its level to half a metre.
    assert float(motion.transforms[1, -1, 1, 3]) == pytest.approx(0.65, abs=0.02)
