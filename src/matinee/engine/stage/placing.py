"""Where the things are: every prop gets its place before anybody moves.

Relations are read as a viewer reads them: `left_of` is to the left in the picture, `in_front_of` is
nearer to the camera. What is beside something on a table is on that table too. Several of a kind
make a stack when they can be stacked and a loose group otherwise, and nothing is put inside
something else, unless it is told to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replace_dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.arranging import (
    AIR_M,
    BROUGHT,
    SIDES,
    anchors_first,
    apart,
    crowded_out,
    flanked,
    spread,
)
from matinee.engine.stage.footprints import Footprint, free_place, group, pyramid
from matinee.engine.stage.relief import relief
from matinee.engine.stage.space import heading, rightward

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matinee import film
    from matinee.engine.stage.props import PropModel
    from matinee.engine.stage.space import FreeSpace, Points, Truths

FURNITURE_M = 0.45
FLAT_M = 0.12
"""What is no taller lies under somebody without being in their way."""
TALL_M = 1.1
WATER_SOUGHT_M = 26.0
"""How far from its wanted place a boat is put to be on the water."""
LIFT_M = 0.002
OVERHANG = 1.1
"""How much wider than the used part of a surface something on it may be."""
TO_THE_FRONT = 0.35
"""How far before the middle of a surface things are put, as a share of half its depth."""
SEAT_HEIGHTS_M = {"chair": 0.46, "bench": 0.46, "sofa": 0.42, "bed": 0.5, "wheelchair": 0.53}
"""How high one sits on furniture with a back; on other things one sits on the top."""
OTHER_SEATS = frozenset({"stool", "crate", "box", "cube", "suitcase", "stone", "barrel"})
SITTING_M = 0.4
"""From the hips of somebody who sits to the edge of the seat, at most."""
SEATS = OTHER_SEATS | set(SEAT_HEIGHTS_M)
STACKED = frozenset(
    {"crate", "box", "brick", "book", "books", "suitcase", "barrel", "block", "gift", "parcel"}
    | {"cube", "cylinder"}
)
ASLANT_RAD = 1.0
"""How far a vehicle is turned from the camera: from ahead one does not see what it is."""
HOVERS_M = {"balloon": 0.7, "kite": 2.6, "drone": 1.3, "parachute": 2.2, "satellite": 2.4}
"""How high what is at home in the air hangs above the floor, when it is nobody's."""


@dataclass(frozen=True, eq=False)
class Placed:
    """One thing in its place: position (3,) of its centre, yaw, and who holds it, if anybody.

    `settled` things are furniture that physics leaves alone; `turning` ones stand on a turntable.
    `inside` is the place in the order of things of what carries it, a bowl or a box.
    """

    prop: film.screenplay.Prop
    index: int
    model: PropModel
    position: Points
    yaw: float
    settled: bool = False
    turning: bool = False
    holder: str = ""
    inside: int | None = None

    @property
    def half(self) -> Points:
        """Half extents (3,) in metres."""
        return np.asarray(self.model.half_extents, np.float64)

    @property
    def reach_m(self) -> float:
        """The radius of the circle it needs on the floor."""
        return float(np.hypot(self.half[0], self.half[2]))

    @property
    def footprint(self) -> Footprint:
        """The piece of floor below it."""
        return Footprint(self.position, float(self.half[0]), float(self.half[2]), self.yaw)

    @property
    def foot_m(self) -> float:
        """The height of its underside."""
        return float(self.position[1] - self.half[1])

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
    def seat_place(self) -> Points:
        """Where on it one sits: its middle, or far enough in front for the knees of a deep one."""
        deep = max(float(self.half[2]) - SITTING_M, 0.0)
        return self.to_world(np.array([0.0, 0.0, deep]))

    @property
    def top(self) -> Points:
        """The middle of its upper side."""
        return np.asarray(self.position + np.array([0.0, self.half[1], 0.0]))

    def to_world(self, local: Points) -> Points:
        """Return where a point of the thing's own frame (3,) is."""
        along, across = heading(self.yaw), -rightward(self.yaw)
        up = np.array([0.0, 1.0, 0.0])
        return np.asarray(self.position + across * local[0] + up * local[1] + along * local[2])

    def to_local(self, place: Points) -> Points:
        """Return a place of the world in the thing's own frame (3,)."""
        way = place - self.position
        along, across = heading(self.yaw), -rightward(self.yaw)
        return np.array([way @ across, way[1], way @ along])


@dataclass(frozen=True, eq=False)
class Table:
    """A surface of the set that things can lie on: middle of its top, and its half sizes.

    `dressing` (k, 3) are points of what the set itself has standing on it.
    """

    top: Points
    half_x_m: float
    half_z_m: float
    turning: bool = False
    dressing: Points = field(default_factory=lambda: np.zeros((0, 3)))

    def open_at(self, places: Points, reach_m: float) -> Truths:
        """Whether a round thing of that radius would touch no dressing at (n, 3) places, (n,)."""
        away = places[:, None, [0, 2]] - self.dressing[None, :, [0, 2]]
        return ~np.asarray((np.hypot(away[..., 0], away[..., 1]) < reach_m).any(axis=1))


@dataclass(frozen=True, eq=False)
class Stage:
    """What placing needs to know of the stage.

    `centre` is the hero's place, `front_yaw` leads from it to the camera; `people` are the places
    of those present by id, with the radius each needs, and `facing` their yaws; `tables` are
    surfaces of the set, `parked` what moves in it but does not go away, such as moored boats.
    `afloat` gives the height of the water at a place, None over land.
    """

    centre: Points
    front_yaw: float
    space: FreeSpace
    people: Mapping[str, tuple[Points, float]]
    tables: Sequence[Table]
    facing: Mapping[str, float]
    afloat: Callable[[Points], float | None] = lambda _: None
    parked: Sequence[Footprint] = ()

    def towards(self, relation: str) -> Points:
        """Return the direction on the floor that a relation means to the viewer."""
        front = heading(self.front_yaw)
        right = -rightward(self.front_yaw)
        ways = {
            "left_of": -right,
            "right_of": right,
            "beside": right,
            "in_front_of": front,
            "behind": -front,
        }
        return ways.get(relation, front)

    def anchor(self, name: str, placed: Sequence[Placed]) -> Footprint | None:
        """Return the floor that a person or thing takes, None when there is no such one."""
        if name in self.people:
            place, radius = self.people[name]
            return Footprint(place, radius, radius)
        return next((one.footprint for one in placed if one.prop.id == name), None)

    def taken(
        self, placed: Sequence[Placed], *, but: frozenset[str] = frozenset()
    ) -> list[Footprint]:
        """Return every footprint on the floor, those of the people too."""
        out = [
            Footprint(place, radius, radius)
            for name, (place, radius) in self.people.items()
            if name not in but
        ]
        standing = (one for one in placed if not one.holder and one.prop.id not in but)
        return [*out, *self.parked, *(one.footprint for one in standing)]


def place_props(
    props: Sequence[film.screenplay.Prop],
    models: Mapping[str, PropModel],
    stage: Stage,
    *,
    seed: int,
    before: Sequence[Placed] = (),
) -> tuple[Placed, ...]:
    """Give every prop, `count` times, its place; anchors first, then what leans on them.

    `before` is what already has its place; it is returned first.
    """
    placed: list[Placed] = list(before)
    wide = [max(one.half_x_m, one.half_z_m) for one in stage.tables if not one.turning]
    room_m = 2.0 * max(wide, default=np.inf)
    crowded = crowded_out(props, models, room_m)
    for prop in anchors_first(spread(flanked(props))):
        random = np.random.default_rng([seed % 2**32, *prop.id.encode()])
        for number, one in enumerate(apart(prop)):
            given = _Placing(
                one, models[prop.id], stage, tuple(placed), random, models, prop.id not in crowded
            ).run()
            placed += [
                replace_dataclass(own, prop=prop, index=max(own.index, number)) for own in given
            ]
    return tuple(placed)


class _Placing:
    """One prop being given its place."""

    def __init__(  # noqa: PLR0917 - all that there is to know
        self,
        prop: film.screenplay.Prop,
        model: PropModel,
        stage: Stage,
        placed: tuple[Placed, ...],
        random: np.random.Generator,
        models: Mapping[str, PropModel],
        on_tables: bool,  # noqa: FBT001 - whether surfaces of the set are large enough
    ) -> None:
        self.prop, self.model, self.stage, self.placed = prop, model, stage, placed
        self.random, self.models = random, models
        self.on_tables = on_tables
        self.support: Placed | None = None
        self.half = np.asarray(model.half_extents, np.float64)
        anchor = prop.anchor or (BROUGHT if prop.relation == "on" else "")
        self.anchors = [one for one in placed if one.prop.id == anchor]
        self.yaw = stage.front_yaw + (ASLANT_RAD if model.way and self.half[2] > 0.3 else 0.0)

    def run(self) -> list[Placed]:  # noqa: PLR0911 - one for each relation
        """Return the prop in its place, as many times as it is there."""
        prop, relation = self.prop, self.prop.relation
        if prop.anchor in self.stage.people and relation in {"held_by", "under", "on", "inside"}:
            return self._with_person()
        if relation in {"on", "held_by"} and self.anchors:
            return self._on_thing(self.anchors[0], None)
        if relation == "inside" and self.anchors:
            return self._inside(self.anchors[0])
        if relation == "under" and self.anchors:
            return self._under(self.anchors[0])
        if relation in SIDES and self.anchors and not self._is_furniture():
            support = support_of(self.anchors[0], self.placed)
            if support is not None:
                return self._on_thing(support, self._beside())
            table = self._table_below(self.anchors[0])
            if table is not None:
                return self._on_table(table, self._beside())
        table = self._table()
        if table is not None:
            return self._on_table(table, None)
        return self._on_floor(self._start())

    def _is_furniture(self) -> bool:
        return bool(max(self.half[0], self.half[2], self.half[1]) > FURNITURE_M)

    # With people

    def _with_person(self) -> list[Placed]:
        """In somebody's hand, any more of the kind at their feet; or beneath them, as a seat is."""
        prop, model, stage = self.prop, self.model, self.stage
        place, _ = stage.people[prop.anchor]
        beneath = prop.kind in SEATS or 2.0 * float(self.half[1]) < FLAT_M
        if prop.relation == "under" and not beneath:
            # Nobody stands in a refrigerator that they were to stand on.
            return self._on_floor(place + stage.towards("behind") * (0.5 + float(self.half[2])))
        if prop.relation == "under":
            at = place + np.array([0.0, float(model.half_extents[1]) + LIFT_M, 0.0])
            yaw = stage.facing.get(prop.anchor, stage.front_yaw)
            return [Placed(prop, 0, model, at, yaw, settled=True)]
        if self._is_furniture() and prop.relation != "held_by":
            return self._on_floor(place + stage.towards("beside"))
        at = place + np.array([0.0, 1.0, 0.0])
        first = Placed(prop, 0, model, at, stage.front_yaw, holder=prop.anchor)
        return [first, *self._on_floor(place)[1:]] if prop.count > 1 else [first]

    # On something

    def _on_thing(self, anchor: Placed, wanted: Points | None) -> list[Placed]:
        """On the level parts of a thing, near the wanted place or its middle."""
        self.support = anchor
        low = min(float(self.half[0]), float(self.half[2]))
        surface = relief(anchor.model)
        spots = surface.flat_spots(low * 0.9, low * 0.9)
        if len(spots) == 0:
            spots = surface.flat_spots(low * 0.3, low * 0.3)
        steady = len(spots) > 0
        if not steady:
            best = np.unravel_index(int(surface.top.argmax()), surface.top.shape)
            spots = np.array([[surface.x[best[0]], surface.top[best], surface.z[best[1]]]])
        places = np.array([anchor.to_world(spot) for spot in spots])
        if anchor.model.kind in SEAT_HEIGHTS_M and wanted is None:
            # One puts things on the seat and not on the back.
            seat = anchor.foot_m + anchor.seat_height_m + 0.25
            keep = places[:, 1] < seat
            places = places[keep] if keep.any() else places
        out = self._spread_over(places, anchor.top if wanted is None else wanted, anchor.turning)
        if steady and anchor.settled:
            return out
        # What lies on something small that may move, or on something round, goes with it.
        index = self.placed.index(anchor)
        # What no longer finds room on it lies on the one before.
        full_m = float(anchor.top[1]) + LIFT_M + 0.01
        return [
            _carried(one, len(self.placed) + k - 1 if k and one.foot_m > full_m else index)
            for k, one in enumerate(out)
        ]

    def _on_table(self, table: Table, wanted: Points | None) -> list[Placed]:
        x = np.linspace(-1.0, 1.0, 25) * max(table.half_x_m - float(self.half[0]) * 0.8, 0.0)
        z = np.linspace(-1.0, 1.0, 25) * max(table.half_z_m - float(self.half[2]) * 0.8, 0.0)
        grid = np.stack(np.meshgrid(x, z, indexing="ij"), axis=-1).reshape(-1, 2)
        places = table.top + np.stack([grid[:, 0], 0.0 * grid[:, 0], grid[:, 1]], axis=-1)
        if len(table.dressing):
            clear = table.open_at(places, float(max(self.half[0], self.half[2])))
            places = places[clear] if clear.any() else places
        if wanted is None:
            # Nearer to the camera nothing of the set stands before it.
            front = heading(self.stage.front_yaw)
            depth = abs(front[0]) * table.half_x_m + abs(front[2]) * table.half_z_m
            wanted = table.top + front * (0.0 if table.turning else TO_THE_FRONT * depth)
        return self._spread_over(places, wanted, table.turning)

    def _spread_over(self, places: Points, wanted: Points, turning: bool) -> list[Placed]:  # noqa: FBT001 - of the table
        """Put all of a kind on a surface, each on the free place nearest to the wanted one."""
        order = np.argsort(np.hypot(places[:, 0] - wanted[0], places[:, 2] - wanted[2]))
        places = places[order]
        out: list[Placed] = []
        for index in range(self.prop.count):
            turn = 0.0 if index == 0 else float(self.random.uniform(-0.5, 0.5))
            out.append(self._on_surface(places, index, self.stage.front_yaw + turn, out, turning))
        return out

    def _on_surface(
        self,
        places: Points,
        index: int,
        yaw: float,
        own: Sequence[Placed],
        turning: bool,  # noqa: FBT001
    ) -> Placed:
        level = float(places[0][1])
        near = [
            one
            for one in (*self.placed, *own)
            if (one is not self.support or one.half[1] > FLAT_M * 0.5)
            and not one.holder and one.foot_m > level - 0.3 and one.foot_m < level + 2.0
            and one.position[1] > level
        ]  # fmt: skip
        lift = np.array([0.0, float(self.half[1]) + LIFT_M, 0.0])
        best, best_gap = places[0], -np.inf
        for place in places:
            mine = Footprint(place, float(self.half[0]), float(self.half[2]), yaw)
            gap = min((mine.gap_m(one.footprint) for one in near), default=np.inf)
            if gap >= AIR_M * 0.5:
                best, best_gap = place, gap
                break
            if gap > best_gap:
                best, best_gap = place, gap
        position = best + lift
        if best_gap < 0.0 and near:
            # The surface is full: what comes then is stacked.
            mine = Footprint(best, float(self.half[0]), float(self.half[2]), yaw)
            below = [float(one.top[1]) for one in near if mine.gap_m(one.footprint) < 0.0]
            position = np.array([best[0], max(below) + float(lift[1]), best[2]])
        return Placed(self.prop, index, self.model, position, yaw, turning, turning)

    def _table(self) -> Table | None:
        """A surface of the set for what is small and not sent elsewhere."""
        loose = not self.anchors and self.prop.anchor not in self.stage.people
        wanted = self.prop.relation in {"free", "on"} or loose
        flies = self.model.kind in HOVERS_M
        if self._is_furniture() or not (wanted and loose) or flies or not self.on_tables:
            return None
        # One product stands on the turntable; everything else beside it.
        taken = any(one.turning for one in self.placed)
        for table in self.stage.tables:
            widest = max(self.half[0], self.half[2])
            fits = widest < OVERHANG * min(table.half_x_m, table.half_z_m)
            if fits and not (table.turning and (taken or self.prop.count > 1)):
                return table
        return None

    def _table_below(self, anchor: Placed) -> Table | None:
        """The surface of the set that an anchor stands on."""
        for table in self.stage.tables:
            way = np.abs(anchor.position - table.top)
            over = way[0] <= table.half_x_m + 0.1 and way[2] <= table.half_z_m + 0.1
            if over and abs(anchor.foot_m - float(table.top[1])) < 0.05 and not table.turning:
                return table
        return None

    # Inside and under something

    def _inside(self, anchor: Placed) -> list[Placed]:
        """On the floor of what holds it, one on another; sunk into its top if it is closed."""
        index = self.placed.index(anchor)
        half, own = self.half, [one for one in self.placed if one.inside == index]
        rim = float(anchor.half[1]) * (0.9 if anchor.model.floor_share else 0.5)
        low = min(float(half[0]), float(half[2]))
        spots = relief(anchor.model).floor_spots(low, low, rim)
        keep = np.hypot(spots[:, 0] / anchor.half[0], spots[:, 2] / anchor.half[2]) < 0.75
        spots = spots[keep]
        out: list[Placed] = []
        for number in range(self.prop.count):
            if len(spots) == 0:
                sunk = 2.0 * number * float(half[1])
                local = np.array([0.0, float(anchor.half[1]) + 0.25 * float(half[1]) + sunk, 0.0])
            else:
                local = self._lowest(spots, anchor, [*own, *out])
            yaw = self.stage.front_yaw + float(self.random.uniform(-0.6, 0.6)) * (number > 0)
            at = anchor.to_world(local)
            out.append(Placed(self.prop, number, self.model, at, yaw, settled=True, inside=index))
        return out

    def _lowest(self, spots: Points, anchor: Placed, own: Sequence[Placed]) -> Points:
        """Return where one more comes to rest lowest among those that are in there already."""
        half = self.half
        heights = spots[:, 1] + float(half[1]) + LIFT_M
        for one in own:
            local = anchor.to_local(one.position)
            away = np.hypot(spots[:, 0] - local[0], spots[:, 2] - local[2])
            if self.model.shape == "sphere" and one.model.shape == "sphere":
                both = float(half.max() + one.half.max())
                over = local[1] + np.sqrt(np.clip(both**2 - away**2, 0.0, None))
                heights = np.where(away < both, np.maximum(heights, over), heights)
            else:
                both = 0.8 * (min(float(half[0]), float(half[2])) + min(one.half[0], one.half[2]))
                over = local[1] + float(one.half[1]) + float(half[1])
                heights = np.where(away < both, np.maximum(heights, over), heights)
        middle = 0.1 * np.hypot(spots[:, 0], spots[:, 2])
        best = int(np.argmin(heights + middle))
        return np.array([spots[best, 0], heights[best], spots[best, 2]])

    def _under(self, anchor: Placed) -> list[Placed]:
        """On the ground below something that leaves room, close before it otherwise."""
        room = relief(anchor.model).clear_below_m()
        if room < 2.0 * float(self.half[1]) + 0.01:
            front = heading(self.stage.front_yaw)
            reach = anchor.footprint.reach_m(front) * 0.75
            return self._on_floor(anchor.position + front * (reach + float(self.half[2])))
        at = np.array(anchor.position)
        at[1] = anchor.foot_m
        spots = group(self.prop.count, self.half, self.random)
        right, front = -rightward(self.stage.front_yaw), heading(self.stage.front_yaw)
        out = []
        for index, (x, _, z) in enumerate(spots):
            place = at + right * x + front * z + np.array([0.0, float(self.half[1]) + LIFT_M, 0.0])
            out.append(Placed(self.prop, index, self.model, place, self.stage.front_yaw))
        return out

    # On the floor

    def _beside(self) -> Points:
        """Where a side of its anchor is, at the height of the anchor's foot."""
        anchor = self.stage.anchor(self.prop.anchor, self.placed)
        assert anchor is not None, "asked only with an anchor"
        mine = Footprint(anchor.middle, float(self.half[0]), float(self.half[2]), self.yaw)
        other = self.stage.anchor(self.prop.other_anchor, self.placed)
        if self.prop.relation == "between" and other is not None:
            return np.asarray((anchor.middle + other.middle) * 0.5)
        way = self.stage.towards(self.prop.relation)
        size = max(float(self.half.max()), 0.05)
        gap = min(0.05 + 0.25 * size, 0.5)
        if self.prop.relation != "between" and self.prop.other_anchor in self.models:
            # Room is left for what will be between the two.
            gap += 2.0 * max(self.models[self.prop.other_anchor].half_extents[::2]) + 0.12
        person = self.prop.anchor in self.stage.people
        return anchor.middle + way * (
            anchor.reach_m(way) + mine.reach_m(way) + gap + (0.15 if person else 0.0)
        )

    def _start(self) -> Points:
        """Where on the floor a prop wants to be, before what is already there."""
        stage, prop = self.stage, self.prop
        if self.stage.anchor(prop.anchor, self.placed) is not None:
            return self._beside()
        reach = float(np.hypot(self.half[0], self.half[2]))
        front, right = heading(stage.front_yaw), rightward(stage.front_yaw)
        if not stage.people and not self.placed:
            return stage.centre - front * max(reach - 1.0, 0.0)
        if self.half[1] * 2.0 > TALL_M or reach > 1.0:
            return stage.centre - front * (1.2 + reach) + right * (0.8 + reach * 0.4)
        if reach > FURNITURE_M:
            return stage.centre + front * (0.55 + reach * 0.7)
        way = stage.towards(prop.relation) if prop.relation not in {"free", "on"} else front * 0.75
        return stage.centre + way * (0.7 + reach) - right * 0.5

    def _on_floor(self, start: Points) -> list[Placed]:
        prop, model, half = self.prop, self.model, self.half
        settled = self._is_furniture()
        stacked = prop.count >= 3 and prop.kind in STACKED and model.shape != "sphere"
        spots = pyramid(prop.count, half) if stacked else group(prop.count, half, self.random)
        yaw = self.yaw + (0.12 if stacked else 0.0)
        wide = half[0] + np.abs(spots[:, 0]).max()
        deep = half[2] + np.abs(spots[:, 2]).max()
        wanted = Footprint(np.asarray(start, np.float64), float(wide), float(deep), yaw)
        beneath = prop.relation == "under" and 2.0 * float(half[1]) < FLAT_M
        ignore = frozenset({prop.anchor}) if beneath else frozenset[str]()
        taken = self.stage.taken(self.placed, but=ignore)
        centre = self._on_water(wanted, taken) if model.way == "water" else None
        if centre is None:
            reach_m = 3.4 + 1.5 * float(max(wide, deep))
            centre = free_place(
                wanted, taken, self.stage.space, search_m=reach_m, fits=self._fits()
            )
        right, front = -rightward(yaw), heading(yaw)
        out = []
        for index, (x, y, z) in enumerate(spots):
            flat = centre + right * x + front * z
            turn = 0.0 if stacked or prop.count == 1 else float(self.random.uniform(-0.5, 0.5))
            turn *= 0.35 if settled else 1.0
            at = self._standing(flat, yaw + turn) + np.array([0.0, float(half[1]) + y, 0.0])
            hangs = model.kind in HOVERS_M or (model.floats and model.way == "water")
            out.append(
                Placed(prop, index, model, at, yaw + turn, hangs or (settled and not stacked))
            )
        return out

    def _on_water(self, wanted: Footprint, taken: Sequence[Footprint]) -> Points | None:
        """The nearest open water for what is made for it, None where there is none."""

        def afloat(place: Points) -> bool:
            if self.stage.afloat(place) is None:
                return False
            corners = wanted.at(place).corners()[[0, 2, 6, 8]]
            return all(self.stage.afloat(corner) is not None for corner in corners)

        at = free_place(
            wanted, taken, self.stage.space, search_m=WATER_SOUGHT_M, air_m=0.3, fits=afloat
        )
        return at if afloat(at) else None

    def _fits(self) -> Callable[[Points], bool]:
        """Whether a place still has the relation to the anchor that was asked for."""
        anchor = self.stage.anchor(self.prop.anchor, self.placed)
        relation = self.prop.relation
        if anchor is None or relation not in SIDES - {"between"}:
            return lambda _: True
        right = self.stage.towards("right_of")
        wanted = self.stage.towards(relation)
        middle = anchor.middle

        def fits(place: Points) -> bool:
            way = (place - middle) * (1.0, 0.0, 1.0)
            length = max(float(np.linalg.norm(way)), 1e-6)
            along = abs(float(way @ right)) if relation == "beside" else float(way @ wanted)
            return along > 0.7 * length

        return fits

    def _standing(self, place: Points, yaw: float) -> Points:
        """The point of the ground or water below a thing there."""
        water = self.stage.afloat(place)
        if water is not None and (self.model.floats or self.model.way == "water"):
            draught = 0.18 * 2.0 * float(self.half[1]) if self.model.way == "water" else 0.0
            return np.array([place[0], water - min(draught, 0.9), place[2]])
        under = Footprint(place, float(self.half[0]) * 0.7, float(self.half[2]) * 0.7, yaw)
        height = float(np.mean(self.stage.space.ground(under.corners())))
        hover = HOVERS_M.get(self.model.kind, 0.0)
        return np.array([place[0], height + LIFT_M + hover, place[2]])


def _carried(one: Placed, index: int) -> Placed:
    return Placed(
        one.prop, one.index, one.model, one.position, one.yaw, settled=True, turning=one.turning,
        inside=index,
    )  # fmt: skip


def support_of(anchor: Placed, placed: Sequence[Placed]) -> Placed | None:
    """Return the thing that another one stands on."""
    for one in placed:
        if one is anchor or one.holder:
            continue
        local = one.to_local(anchor.position)
        over = abs(local[0]) < one.half[0] and abs(local[2]) < one.half[2]
        if over and one.settled and anchor.inside is None and anchor.foot_m > one.foot_m + 0.1:
            return one
    return None
