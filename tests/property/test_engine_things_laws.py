"""What holds for things wherever they are put and however they fall."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from matinee.engine.stage import props
from matinee.engine.stage.arranging import SIDES
from matinee.engine.stage.blocking import Build, Home
from matinee.engine.stage.physics import GRAVITY_M_S2, Thing, simulate
from matinee.engine.stage.placing import HOVERS_M, Placed, Stage, place_props
from matinee.engine.stage.relief import NOTHING, relief
from matinee.engine.stage.space import Blocks, FreeSpace
from matinee.engine.stage.standing import stood
from matinee.film.screenplay import Prop, Relation, Size, Standpoint

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
DEEP_M = 0.02
SMALL = ("apple", "cup", "ball", "book", "teddy_bear", "vase", "banana", "bottle", "laptop")
LARGE = ("table", "sofa", "car", "bench", "bed", "crate", "bicycle", "tree", "piano", "tent")
HOLDERS = ("bowl", "basket", "box", "bucket", "boat", "cart")
RIGHT = np.array([1.0, 0.0, 0.0])
"""To the right of a camera that stands at +Z and looks along -Z."""


def level(x: NDArray[np.float64], _z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros_like(x)


def a_space() -> FreeSpace:
    keep_in = (np.array([-30.0, 0.0, -30.0]), np.array([30.0, 9.0, 30.0]))
    return FreeSpace(keep_in, level, Blocks(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0)))


def a_stage(**people: tuple[float, float]) -> Stage:
    return Stage(
        centre=np.zeros(3),
        front_yaw=0.0,
        space=a_space(),
        people={name: (np.array([x, 0.0, z]), 0.3) for name, (x, z) in people.items()},
        tables=(),
        facing=dict.fromkeys(people, 0.0),
    )


def put(*wanted: Prop, stage: Stage | None = None, seed: int = 1) -> tuple[Placed, ...]:
    opened = {"box": "open_box", "crate": "open_crate"}
    filled = {one.anchor for one in wanted if one.relation == "inside"}
    models = {
        one.id: props.build(opened.get(one.kind, one.kind) if one.id in filled else one.kind,
                            size=one.size)
        for one in wanted
    }  # fmt: skip
    return place_props(wanted, models, stage or a_stage(), seed=seed)


def a_prop(
    name: str, kind: str, relation: Relation = "free", anchor: str = "", other_anchor: str = ""
) -> Prop:
    return Prop(name, kind, "s", relation=relation, anchor=anchor, other_anchor=other_anchor)


def depth_m(first: Placed, second: Placed) -> float:
    """How deep the vertices of one thing are inside another: by plan and by height."""
    overlap = -first.footprint.gap_m(second.footprint)
    if overlap <= 0.0:
        return 0.0
    surface, points = relief(second.model), second_frame(first, second)
    x = np.abs(points[:, None, 0] - surface.x[None]).argmin(axis=1)
    z = np.abs(points[:, None, 2] - surface.z[None]).argmin(axis=1)
    within = (np.abs(points[:, 0]) < second.half[0]) & (np.abs(points[:, 2]) < second.half[2])
    top, low = surface.top[x, z], surface.low[x, z]
    inside = within & (top > NOTHING / 2) & (points[:, 1] < top) & (points[:, 1] > low)
    deep = np.minimum(top - points[:, 1], points[:, 1] - low)[inside]
    return min(float(deep.max(initial=0.0)), overlap)


def second_frame(first: Placed, second: Placed) -> NDArray[np.float64]:
    """Return some points of the first thing in the frame of the second, (n, 3)."""
    points = first.model.mesh.positions.astype(np.float64)
    points = points[:: max(len(points) // 300, 1)]
    corners = np.array([first.to_world(axis) for axis in (*np.eye(3), np.zeros(3))])
    world = corners[3] + points @ (corners[:3] - corners[3])
    back = np.array([second.to_local(axis) for axis in (*np.eye(3), np.zeros(3))])
    return np.asarray(back[3] + world @ (back[:3] - back[3]))


def under_m(one: Placed, placed: tuple[Placed, ...]) -> float:
    """How far there is air below a thing."""
    best = one.foot_m
    for other in placed:
        if other is one:
            continue
        if one.footprint.gap_m(other.footprint) < 0.0:
            local = other.to_local(one.position)
            top = relief(other.model).highest_over(local, float(one.half[0]), float(one.half[2]))
            best = min(best, abs(one.foot_m - (float(other.position[1]) + top)))
    return best


@some.composite
def scenes(draw: some.DrawFn) -> tuple[Prop, ...]:
    more = draw(some.lists(some.sampled_from(LARGE[1:]), max_size=2, unique=True))
    large = [LARGE[0], *more]
    out = [a_prop(kind, kind) for kind in large]
    out.append(a_prop("holder", draw(some.sampled_from(HOLDERS)), "beside", large[0]))
    for number in range(draw(some.integers(1, 4))):
        relation: Relation = draw(
            some.sampled_from(("on", "left_of", "right_of", "in_front_of", "behind", "beside"))
        )
        # A relief knows only the outside: what lies under a piano's open lid is inside it.
        names = [one.id for one in out if one.kind not in {*HOLDERS, "tree", "tent", "piano"}]
        size: Size = draw(some.sampled_from(("small", "normal", "large")))
        kind = draw(some.sampled_from(SMALL))
        out.append(
            Prop(
                id=f"small_{number}",
                kind=kind,
                setting="s",
                relation=relation,
                anchor=draw(some.sampled_from(names)),
                size=size,
                count=draw(some.integers(1, 3)),
            )
        )
    out.append(
        a_prop("in_it", draw(some.sampled_from(("apple", "orange", "egg"))), "inside", "holder")
    )
    return tuple(out)


@FEW
@given(scenes(), some.integers(0, 99))
def test_nothing_stands_in_anything_else(wanted: tuple[Prop, ...], seed: int) -> None:
    placed = put(*wanted, stage=a_stage(ada=(-0.6, 0.0), bob=(0.6, 0.0)), seed=seed)
    for first, second in itertools.permutations(placed, 2):
        if first.inside is not None or second.inside is not None:
            continue
        assert depth_m(first, second) < DEEP_M, (first.prop.id, second.prop.id)


@FEW
@given(scenes(), some.integers(0, 99))
def test_nothing_floats(wanted: tuple[Prop, ...], seed: int) -> None:
    placed = put(*wanted, seed=seed)
    for one in placed:
        if one.model.kind not in HOVERS_M:
            if one.inside is not None:
                holder = placed[one.inside]
                assert holder.foot_m - DEEP_M < one.foot_m < float(holder.top[1]) + DEEP_M
                continue
            assert under_m(one, placed) < DEEP_M, one.prop.id


@FEW
@given(
    some.sampled_from(SMALL + LARGE),
    some.sampled_from(SMALL + LARGE),
    some.sampled_from(sorted(SIDES - {"between", "beside"})),
)
def test_a_side_is_the_side_that_the_camera_sees(kind: str, other: str, side: Relation) -> None:
    anchor, one = put(a_prop("anchor", kind), a_prop("one", other, side, "anchor"))
    way = one.position - anchor.position
    along = {"left_of": -way[0], "right_of": way[0], "in_front_of": way[2], "behind": -way[2]}[side]
    assert along > 0.55 * np.hypot(way[0], way[2])


@FEW
@given(some.sampled_from(SMALL), some.sampled_from((*SMALL, "crate", "stool")))
def test_what_is_between_two_is_between_them(kind: str, ends: str) -> None:
    placed = put(
        a_prop("one", ends),
        a_prop("two", ends),
        a_prop("middle", kind, "between", "one", other_anchor="two"),
    )
    by_id = {one.prop.id: one.position for one in placed}
    low, high = sorted((by_id["one"][0], by_id["two"][0]))
    assert low < by_id["middle"][0] < high


@pytest.mark.parametrize("kind", ["table", "bed", "sofa", "crate", "desk", "bench", "stool", "car"])
def test_what_is_on_a_thing_lies_on_its_surface(kind: str) -> None:
    anchor, *cups = put(
        a_prop("anchor", kind), Prop(id="c", kind="cup", setting="s", relation="on",
                                      anchor="anchor", count=2)
    )  # fmt: skip
    for cup in cups:
        local = anchor.to_local(cup.position)
        assert abs(local[0]) <= anchor.half[0]
        assert abs(local[2]) <= anchor.half[2]
        top = relief(anchor.model).highest_over(local, 0.03, 0.03)
        assert cup.foot_m - anchor.position[1] == pytest.approx(top, abs=DEEP_M)


def test_three_apples_lie_in_a_bowl() -> None:
    bowl, *apples = put(
        a_prop("bowl", "bowl"),
        Prop(id="a", kind="apple", setting="s", relation="inside", anchor="bowl", count=3),
    )
    assert len(apples) == 3
    for apple in apples:
        away = apple.position - bowl.position
        assert np.hypot(away[0], away[2]) < bowl.half[0]
        assert bowl.foot_m < apple.foot_m < float(bowl.top[1])
    for one, other in itertools.combinations(apples, 2):
        assert np.linalg.norm(one.position - other.position) > 1.6 * one.half[0]


def test_what_is_under_a_table_is_below_its_top() -> None:
    table, ball = put(a_prop("t", "table"), a_prop("b", "ball", "under", "t"))
    assert float(ball.top[1]) < float(table.top[1])
    assert abs(ball.position[0] - table.position[0]) < table.half[0]


@pytest.mark.parametrize("relation", ["left_of", "right_of", "in_front_of", "behind"])
@pytest.mark.parametrize("kind", ["car", "box", "tree"])
def test_people_stand_at_the_side_they_are_told(kind: str, relation: Relation) -> None:
    stage = a_stage()
    placed = put(a_prop("thing", kind), stage=stage)
    homes = {"ada": Home(np.zeros(3), 0.0)}
    builds = {"ada": Build(1.7, 1.6, 0.3)}
    told = stood((Standpoint("ada", relation, "thing"),), homes, builds, placed, stage)
    way = told["ada"].position - placed[0].position
    along = {"left_of": -way[0], "right_of": way[0], "in_front_of": way[2], "behind": -way[2]}
    assert along[relation] > 0.25
    assert told["ada"].position[1] == pytest.approx(0.0, abs=0.01)


def test_who_is_on_a_sofa_sits_and_who_is_on_a_table_stands_on_it() -> None:
    stage = a_stage()
    placed = put(a_prop("sofa", "sofa"), a_prop("table", "table", "left_of", "sofa"), stage=stage)
    homes = {name: Home(np.zeros(3), 0.0) for name in ("ada", "cat")}
    builds = {"ada": Build(1.7, 1.6, 0.3), "cat": Build(0.3, 0.28, 0.16, animal=True)}
    points = (Standpoint("ada", "on", "sofa"), Standpoint("cat", "on", "table"))
    told = stood(points, homes, builds, placed, stage)
    assert told["ada"].seat_height_m is not None
    assert told["cat"].seat_height_m is None
    assert told["cat"].position[1] == pytest.approx(0.74, abs=DEEP_M)


def energy_j(
    things: tuple[Thing, ...], poses: NDArray[np.float64], step_s: float
) -> NDArray[np.float64]:
    """The energy of the things' motion and height, half way between frames: (n - 1,).

    The height half way of a fall is above the mean of its ends by g t t / 8.
    """
    mass = np.array([one.mass_kg for one in things])[:, None]
    places = poses[:, :, :, 3]
    speed = np.linalg.norm(np.diff(places, axis=1), axis=2) / step_s
    height = (places[:, 1:, 1] + places[:, :-1, 1]) / 2 + GRAVITY_M_S2 * step_s**2 / 8
    return np.asarray((mass * (GRAVITY_M_S2 * height + 0.5 * speed**2)).sum(axis=0))


@FEW
@given(
    some.lists(
        some.tuples(
            some.sampled_from(("box", "sphere", "cylinder")),
            some.sampled_from(("rubber", "wood", "glass", "stone", "metal")),
            some.floats(0.06, 0.3),
            some.floats(0.4, 2.0),
        ),
        min_size=1,
        max_size=4,
    ),
    some.floats(-3.0, 3.0),
)
def test_energy_never_grows(shapes: list[tuple[str, str, float, float]], speed_m_s: float) -> None:
    things = tuple(
        Thing(
            f"thing_{number}",
            shape,
            np.full(3, half),
            1.0 + number,
            material,
            np.array([0.7 * number, height + half, 0.0]),
            push=(0.0, np.array([speed_m_s, 0.0, 0.0]), np.zeros(3)),
        )
        for number, (shape, material, half, height) in enumerate(shapes)
    )
    times = np.arange(60) / 60
    motion = simulate(things, (), space=a_space(), underfoot="stone", times_s=times)
    energy = energy_j(things, motion.transforms, 1 / 60)
    # What was in the fall to where they settled may not come back, nor anything more.
    first = energy[:2].max()
    assert (energy <= first * 1.02 + 0.05).all()
