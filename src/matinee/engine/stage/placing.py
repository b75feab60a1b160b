"""Where the things are: every prop gets its place before anybody moves.

Relations are read as a viewer reads them: `left_of` is to the left in the picture, `in_front_of` is
nearer to the camera. Several of a kind make a stack when they can be stacked and a loose group
otherwise, and nothing is put inside something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee import film
from matinee.engine.stage.space import heading, rightward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.props import PropModel
    from matinee.engine.stage.space import FreeSpace, Points

FURNITURE_M = 0.45
TALL_M = 1.1
AIR_M = 0.04
SEAT_HEIGHTS_M = {"chair": 0.46, "bench": 0.46, "sofa": 0.42, "bed": 0.5}
"""How high one sits on furniture with a back; on other things one sits on the top."""
OTHER_SEATS = frozenset({"stool", "crate", "box", "cube", "suitcase", "stone", "barrel"})
SEATS = OTHER_SEATS | set(SEAT_HEIGHTS_M)
STACKED = frozenset(
    {"crate", "box", "brick", "book", "books", "suitcase", "barrel", "block", "gift", "parcel"}
)


@dataclass(frozen=True, eq=False)
class Placed:
    """One thing in its place: position (3,) of its centre, yaw, and who holds it, if anybody.

    `settled` things are furniture that physics leaves alone; `turning` ones stand on a turntable.
    """

    prop: film.screenplay.Prop
    index: int
    model: PropModel
    position: Points
    yaw: float
    settled: bool = False
    turning: bool = False
    holder: str = ""

    @property
    def half(self) -> Points:
        """Half extents (3,) in metres."""
        return np.asarray(self.model.half_extents, np.float64)

    @property
    def reach_m(self) -> float:
        """The radius of the circle it needs on the floor."""
        return float(np.hypot(self.half[0], self.half[2]))

    @property
    def is_seat(self) -> bool:
        """Whether one would sit on it."""
        return self.model.kind in SEATS and 0.25 < self.seat_height_m < 0.9

    @property
    def seat_height_m(self) -> float:
        """How high above the floor somebody sits on it."""
        usual = SEAT_HEIGHTS_M.get(self.model.kind)
        return usual if usual is not None else 2.0 * float(self.half[1])

    @property
    def top(self) -> Points:
        """The middle of its upper side."""
        return np.asarray(self.position + np.array([0.0, self.half[1], 0.0]))


@dataclass(frozen=True, eq=False)
class Table:
    """A surface of the set that things can lie on: middle of its top, and its half sizes."""

    top: Points
    half_x_m: float
    half_z_m: float
    turning: bool = False


@dataclass(frozen=True, eq=False)
class Stage:
    """What placing needs to know of the stage.

    `centre` is the hero's place, `front_yaw` leads from it to the camera; `people` are the places
    of those present by id, with the radius each needs, and `facing` their yaws; `tables` are
    surfaces of the set.
    """

    centre: Points
    front_yaw: float
    space: FreeSpace
    people: Mapping[str, tuple[Points, float]]
    tables: Sequence[Table]
    facing: Mapping[str, float]

    def towards(self, relation: str) -> Points:
        """Return the direction on the floor that a relation means to the viewer."""
        front = heading(self.front_yaw)
        right = -rightward(self.front_yaw)
        ways = {
            "left_of": -right,
            "right_of": right,
            "in_front_of": front,
            "behind": -front,
        }
        return ways.get(relation, front)


def place_props(
    props: Sequence[film.screenplay.Prop],
    models: Mapping[str, PropModel],
    stage: Stage,
    *,
    seed: int,
) -> tuple[Placed, ...]:
    """Give every prop, `count` times, its place; anchors first, then what leans on them."""
    placed: list[Placed] = []
    for prop in _anchors_first(props):
        model = models[prop.id]
        random = np.random.default_rng([seed % 2**32, *prop.id.encode()])
        placed.extend(_place(prop, model, stage, tuple(placed), random))
    return tuple(placed)


def _anchors_first(props: Sequence[film.screenplay.Prop]) -> list[film.screenplay.Prop]:
    known = {prop.id for prop in props}
    waiting, done, order = list(props), set[str](), list[film.screenplay.Prop]()
    while waiting:
        ready = [one for one in waiting if one.anchor not in known or one.anchor in done]
        # Props that lean on each other in a ring have no first one: take them as written.
        ready = ready or waiting
        order += ready
        done |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in done]
    return order


def _place(
    prop: film.screenplay.Prop,
    model: PropModel,
    stage: Stage,
    placed: tuple[Placed, ...],
    random: np.random.Generator,
) -> list[Placed]:
    anchors = [one for one in placed if one.prop.id == prop.anchor]
    half = np.asarray(model.half_extents, np.float64)
    if prop.anchor in stage.people and prop.relation in {"held_by", "under"}:
        return _with_person(prop, model, stage, placed=placed, random=random)
    on_anchor = prop.relation == "on" and bool(anchors)
    table = _top_of(anchors[0]) if on_anchor else _table_for(prop, half, stage, placed)
    if table is not None:
        return _on_top(prop, model, table, front_yaw=stage.front_yaw, placed=placed, random=random)
    if prop.relation == "inside" and anchors:
        return [_inside(prop, model, anchors[0], stage)]
    start = _start(prop, half, stage, anchors)
    return _on_floor(prop, model, stage, placed=placed, random=random, start=start)


def _with_person(
    prop: film.screenplay.Prop,
    model: PropModel,
    stage: Stage,
    *,
    placed: tuple[Placed, ...],
    random: np.random.Generator,
) -> list[Placed]:
    """In somebody's hand, any more of the kind at their feet; or beneath them, as a seat is."""
    place, _ = stage.people[prop.anchor]
    if prop.relation == "under":
        at = place + np.array([0.0, float(model.half_extents[1]) + 0.002, 0.0])
        yaw = stage.facing.get(prop.anchor, stage.front_yaw)
        return [Placed(prop, 0, model, at, yaw, settled=True)]
    at = place + np.array([0.0, 1.0, 0.0])
    first = Placed(prop, 0, model, at, stage.front_yaw, holder=prop.anchor)
    if prop.count == 1:
        return [first]
    rest = _on_floor(prop, model, stage, placed=placed, random=random, start=place)
    return [first, *rest[1:]]


def _is_furniture(half: Points) -> bool:
    return bool(max(half[0], half[2]) > FURNITURE_M or half[1] > FURNITURE_M)


def _top_of(anchor: Placed) -> Table:
    cos, sin = abs(np.cos(anchor.yaw)), abs(np.sin(anchor.yaw))
    x, z = float(anchor.half[0]), float(anchor.half[2])
    round_top = 0.7 if anchor.model.shape == "cylinder" else 0.9
    return Table(
        anchor.top, round_top * (x * cos + z * sin), round_top * (x * sin + z * cos), anchor.turning
    )


def _table_for(
    prop: film.screenplay.Prop, half: Points, stage: Stage, placed: Sequence[Placed]
) -> Table | None:
    """A surface of the set for what is small and not sent elsewhere."""
    loose = prop.relation == "free" or (prop.relation == "on" and not prop.anchor)
    if _is_furniture(half) or not loose or not stage.tables:
        return None
    # One product stands on the turntable; everything else beside it.
    taken = any(one.turning for one in placed)
    for table in stage.tables:
        fits = half[0] < table.half_x_m and half[2] < table.half_z_m
        if fits and not (table.turning and (taken or prop.count > 1)):
            return table
    return None


def _on_top(
    prop: film.screenplay.Prop,
    model: PropModel,
    table: Table,
    *,
    front_yaw: float,
    placed: tuple[Placed, ...],
    random: np.random.Generator,
) -> list[Placed]:
    half = np.asarray(model.half_extents, np.float64)
    lift = np.array([0.0, half[1] + 0.002, 0.0])
    taken = [one for one in placed if abs(one.position[1] - one.half[1] - table.top[1]) < 0.05]
    out: list[Placed] = []
    for index in range(prop.count):
        position = _free_spot(table, half, [*taken, *out], random, first=index == 0)
        yaw = front_yaw + (0.0 if index == 0 else float(random.uniform(-0.5, 0.5)))
        out.append(Placed(prop, index, model, position + lift, yaw, table.turning, table.turning))
    return out


def _free_spot(
    table: Table,
    half: Points,
    taken: Sequence[Placed],
    random: np.random.Generator,
    *,
    first: bool,
) -> Points:
    """The spot of a surface nearest to its middle that is not taken; crowded ones stack up."""
    reach = float(np.hypot(half[0], half[2])) if first else float(max(half[0], half[2]))
    room_x = max(table.half_x_m - reach * 0.8, 0.0)
    room_z = max(table.half_z_m - reach * 0.8, 0.0)
    spots = random.uniform(-1.0, 1.0, (60, 2)) * np.array([room_x, room_z])
    spots[0] = 0.0
    order = np.argsort(np.hypot(spots[:, 0], spots[:, 1]))
    best, best_gap = spots[0], -np.inf
    for spot in spots[order]:
        at = table.top + np.array([spot[0], 0.0, spot[1]])
        gap = min(
            (
                float(np.hypot(*(at - one.position)[[0, 2]])) - reach - one.reach_m * 0.9 - AIR_M
                for one in taken
            ),
            default=np.inf,
        )
        if gap >= 0.0:
            return np.asarray(at)
        if gap > best_gap:
            best, best_gap = spot, gap
    top = max((float(one.top[1]) for one in taken), default=float(table.top[1]))
    return np.array([table.top[0] + best[0], top, table.top[2] + best[1]])


def _inside(prop: film.screenplay.Prop, model: PropModel, anchor: Placed, stage: Stage) -> Placed:
    """Sunk into the top of what holds it: an open box, a bowl, a basket."""
    half = np.asarray(model.half_extents, np.float64)
    position = anchor.top + np.array([0.0, half[1] * 0.25, 0.0])
    return Placed(prop, 0, model, position, stage.front_yaw, settled=True)


def _start(
    prop: film.screenplay.Prop, half: Points, stage: Stage, anchors: Sequence[Placed]
) -> Points:
    """Where on the floor a prop wants to be, before what is already there."""
    reach = float(np.hypot(half[0], half[2]))
    if anchors:
        gap = anchors[0].reach_m * 0.85 + reach * 0.85 + 0.06
        way = np.zeros(3) if prop.relation == "under" else stage.towards(prop.relation)
        return anchors[0].position + way * gap
    if prop.anchor in stage.people:
        origin, radius = stage.people[prop.anchor]
        return origin + stage.towards(prop.relation) * (radius + reach + 0.25)
    front, right = heading(stage.front_yaw), rightward(stage.front_yaw)
    if half[1] * 2.0 > TALL_M or reach > 1.0:
        return stage.centre - front * (1.2 + reach) + right * (0.8 + reach * 0.4)
    if reach > FURNITURE_M:
        return stage.centre + front * (0.55 + reach * 0.7)
    way = stage.towards(prop.relation) if prop.relation not in {"free", "on"} else front * 0.75
    return stage.centre + way * (0.7 + reach) - right * 0.5


def _on_floor(
    prop: film.screenplay.Prop,
    model: PropModel,
    stage: Stage,
    *,
    placed: tuple[Placed, ...],
    random: np.random.Generator,
    start: Points,
) -> list[Placed]:
    half = np.asarray(model.half_extents, np.float64)
    settled = _is_furniture(half)
    stacked = prop.count >= 3 and prop.kind in STACKED and model.shape != "sphere"
    spots = _pyramid(prop.count, half) if stacked else _group(prop.count, half, random)
    reach = float(np.hypot(half[0], half[2])) + float(np.hypot(spots[:, 0], spots[:, 2]).max())
    ignore = {prop.anchor} if prop.relation == "under" else set[str]()
    centre = _free_floor(start, reach, stage, [p for p in placed if p.prop.id not in ignore])
    yaw = stage.front_yaw + (0.12 if stacked else 0.0)
    right, front = -rightward(yaw), heading(yaw)
    out = []
    for index, (x, y, z) in enumerate(spots):
        flat = centre + right * x + front * z
        at = stage.space.on_ground(float(flat[0]), float(flat[2]))
        at = at + np.array([0.0, half[1] + y + 0.002, 0.0])
        turn = 0.0 if stacked or prop.count == 1 else float(random.uniform(-0.7, 0.7))
        out.append(Placed(prop, index, model, at, yaw + turn, settled and not stacked))
    return out


def _pyramid(count: int, half: Points) -> Points:
    """Rows that grow shorter upwards: (count, 3) offsets of the bottoms."""
    width = 1
    while width * (width + 1) // 2 < count:
        width += 1
    spots, row, y = list[tuple[float, float, float]](), width, 0.0
    while len(spots) < count:
        here = min(row, count - len(spots))
        step = 2.0 * float(half[0]) + 0.008
        spots += [((k - (here - 1) / 2) * step, y, 0.0) for k in range(here)]
        y, row = y + 2.0 * float(half[1]) + 0.001, max(row - 1, 1)
    return np.array(spots)


def _group(count: int, half: Points, random: np.random.Generator) -> Points:
    """A loose group, the way things are put down: sunflower spacing, a little unrest."""
    if count == 1:
        return np.zeros((1, 3))
    reach = float(np.hypot(half[0], half[2]))
    index = np.arange(count)
    radius = 2.3 * reach * np.sqrt(index)
    angle = index * np.pi * (3.0 - np.sqrt(5.0)) + random.uniform(0.0, 2.0 * np.pi)
    jitter = random.uniform(-0.06, 0.06, (count, 2)) * reach
    x, z = radius * np.cos(angle) + jitter[:, 0], radius * np.sin(angle) + jitter[:, 1]
    return np.stack([x, np.zeros(count), z], axis=1)


def _free_floor(start: Points, reach_m: float, stage: Stage, placed: Sequence[Placed]) -> Points:
    """The free spot nearest to `start`, searched in widening rings."""
    rings = [(0.0, 0.0)] + [
        (radius, angle)
        for radius in np.arange(0.2, 3.4, 0.2)
        for angle in np.linspace(0.0, 2.0 * np.pi, 16, endpoint=False)
    ]
    spots = np.array([start + radius * heading(stage.front_yaw + angle) for radius, angle in rings])
    spots[:, 1] = stage.space.ground(spots) + 0.25
    free = ~stage.space.solid(spots, margin_m=reach_m * 0.8)
    circles = [(place, radius + 0.06) for place, radius in stage.people.values()]
    # What lies on a table takes no floor, so only feet that touch the ground count.
    circles += [(one.position, one.reach_m * 0.85) for one in placed if not one.holder]
    for place, radius in circles:
        away = np.hypot(spots[:, 0] - place[0], spots[:, 2] - place[2])
        free &= away > radius + reach_m * 0.85
    spots[:, 1] = start[1]
    return spots[int(np.argmax(free))] if free.any() else start
