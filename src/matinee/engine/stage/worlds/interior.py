"""Interiors: a kit that turns the description of a room into a world.

A `Plan` says what a room is: shell, finishes, openings, what lies outside, how it takes light. An
`Interior` builds that and is then furnished by rules: against walls, in rows, round tables, with
lamps that are baked. Colliders follow from the pieces themselves. So a new room is a plan and a
page of furniture.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.render.scene import Lamp, Vector
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, furniture, masonry
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    copies,
    lathe,
    panel,
    placed,
    recoloured,
)
from matinee.engine.stage.worlds import outlook
from matinee.engine.stage.worlds.model import (
    Box,
    Conditions,
    Mark,
    Practical,
    Space,
)
from matinee.engine.stage.worlds.room import Shell, daylight, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matinee.engine.stage.parts.masonry import Opening
    from matinee.engine.stage.worlds.model import Collider, World

Spot: TypeAlias = tuple[float, float]
"""x and z in metres."""

WARM: Vector = (1.0, 0.72, 0.44)
SOFT: Vector = (1.0, 0.86, 0.68)
NEUTRAL: Vector = (1.0, 0.95, 0.88)
COOL: Vector = (0.86, 0.95, 1.06)
OFF_WHITE = Finish(rgb("#d9d4c8"), Surface.PLASTER, 0.95)
_YAW = {"back": 0.0, "front": np.pi, "left": np.pi / 2, "right": -np.pi / 2}
_HEAD_M = 2.2
_PERSON_M = 0.3


@dataclass(frozen=True)
class Plan:
    """What a room is before it is furnished.

    `view` is what its windows show: "garden", "town" or nothing. `dado` panels the walls up to
    dado_m. `hour`, when given, is the hour it always seems to be: for rooms that the day does not
    reach. exposure, ambient, bloom and haze go to its `Climate`.
    """

    shell: Shell
    walls: Finish
    floor: Finish
    ceiling: Finish = OFF_WHITE
    skirting: Finish = furniture.WHITE_PAINT
    frame: Finish = masonry.FRAME_WHITE
    openings: Mapping[str, Sequence[Opening]] = field(default_factory=dict)
    view: str = "garden"
    daylight: float = 1.8
    dado: Finish | None = None
    dado_m: float = 1.0
    hour: str = ""
    exposure: float = 1.85
    ambient: float = 0.3
    bloom: float = 0.13
    haze_per_m: float = 0.002
    haze: Vector = (1.0, 1.0, 1.0)
    sunset_yaw: float = 1.45
    key_turn: float = 0.6


class Interior:
    """A room while it is furnished."""

    def __init__(self, place: str, conditions: Conditions, plan: Plan) -> None:
        if plan.hour:
            conditions = Conditions(plan.hour, "clear", conditions.mood, conditions.seed)
        self.plan, self.room = plan, plan.shell
        self.rng = seed_of(place, conditions.seed)
        self.set = Scenery(place, conditions)
        windows = [h for holes in plan.openings.values() for h in holes if h.kind == "window"]
        self.lit = conditions.time_of_day != "day" or conditions.dark or not windows
        self.power = 1.0 if self.lit else 0.75
        self._seats: list[Mark] = []
        self.set.add(
            shell(
                self.room,
                plan.walls,
                plan.floor,
                plan.ceiling,
                openings=plan.openings,
                skirting=plan.skirting,
                frame=plan.frame,
            )
        )
        walled(self.set, self.room)
        for wall, holes in plan.openings.items():
            for hole in holes:
                if hole.kind == "window":
                    daylight(self.set, self.room, wall, hole, strength=plan.daylight)
            if plan.view and any(hole.kind == "window" for hole in holes):
                self.outlook(wall, plan.view)
        if plan.dado is not None:
            self._panelled(plan.dado, plan.dado_m)

    def at(self, wall: str, along: float, y: float = 0.0, out: float = 0.0) -> Vector:
        """Return the point `out` metres before a wall; `along` is x, or z at the side walls."""
        room = self.room
        return {
            "back": (along, y, room.z0 + out),
            "front": (along, y, room.z1 - out),
            "left": (room.x0 + out, y, along),
            "right": (room.x1 - out, y, along),
        }[wall]

    def _panelled(self, finish: Finish, high: float) -> None:
        room = self.room
        spans = {"back": (room.x0, room.x1), "front": (room.x0, room.x1)}
        for wall in _YAW:
            start, end = spans.get(wall, (room.z0, room.z1))
            edges = [start]
            for hole in sorted(self.plan.openings.get(wall, ()), key=lambda h: h.left):
                if hole.sill < high:
                    edges += [start + hole.left, start + hole.right]
            edges.append(end)
            for a, b in zip(edges[::2], edges[1::2], strict=True):
                if b - a > 0.1:
                    self._board(wall, a, b, finish, high)

    def _board(self, wall: str, start: float, end: float, finish: Finish, high: float) -> None:
        yaw, cell = _YAW[wall], self.room.cell_m
        face = panel(
            (-(end - start) / 2, 0, 0), (end - start, 0, 0), (0, high, 0), finish, cell_m=cell
        )
        rail = box((0, high, 0), ((end - start) / 2, 0.03, 0.025), finish.times(1.1), bevel_m=0.01)
        at = self.at(wall, (start + end) / 2, 0.0, 0.022)
        self.set.add(placed(face, at, yaw=yaw), placed(rail, at, yaw=yaw))

    def outlook(self, wall: str, view: str) -> None:
        """Set a "garden" or a "town" outside a wall, for its openings to show."""
        room, rng = self.room, seed_of("outside", self.set.place, wall)
        wide, deep = room.x1 - room.x0, room.z1 - room.z0
        if wall in {"left", "right"}:
            wide, deep = deep, wide
        middle = ((room.x0 + room.x1) / 2, 0.0, (room.z0 + room.z1) / 2)
        # Built before the wall at +Z, then turned round the room.
        yaw = {"back": np.pi, "front": 0.0, "left": -np.pi / 2, "right": np.pi / 2}[wall]
        start = deep / 2 + 0.35
        snowy = self.set.conditions.snowy
        parts = (
            outlook.town(rng, wide, start)
            if view == "town"
            else outlook.garden(rng, wide, start, snowy=snowy)
        )
        # The room's own lamplight is taken for the ambient light, which must not reach the lawn.
        dim = 0.3 if self.set.conditions.time_of_day == "night" else 1.0
        self.set.add(*(placed(recoloured(one, one.albedo * dim), middle, yaw=yaw) for one in parts))

    def add(self, *parts: Mesh) -> None:
        """Set parts where they were made."""
        self.set.add(*parts)

    def stand(
        self,
        piece: Mesh,
        x: float,
        z: float,
        yaw: float = 0.0,
        *,
        y: float = 0.0,
        solid: bool = True,
        tall_m: float | None = None,
    ) -> None:
        """Set a piece down; a solid one blocks the box around it, up to tall_m."""
        self.set.add_bare(placed(piece, (x, y, z), yaw=yaw))
        low, high = piece.positions.min(axis=0), piece.positions.max(axis=0)
        if not solid or y + low[1] > _HEAD_M:
            return
        top = float(high[1]) if tall_m is None else tall_m
        cx, cz = (float(low[k] + high[k]) / 2 for k in (0, 2))
        sine, cosine = float(np.sin(yaw)), float(np.cos(yaw))
        middle = (x + cosine * cx + sine * cz, y + top / 2, z - sine * cx + cosine * cz)
        half = (float(high[0] - low[0]) / 2, top / 2, float(high[2] - low[2]) / 2)
        self.set.block(middle, half, yaw)

    def against(
        self,
        wall: str,
        piece: Mesh,
        along: float,
        *,
        y: float = 0.0,
        gap: float = 0.02,
        solid: bool = True,
    ) -> None:
        """Set a piece with its back to a wall, facing the room."""
        x, _, z = self.at(wall, along, 0.0, gap - float(piece.positions[:, 2].min()))
        self.stand(piece, x, z, _YAW[wall], y=y, solid=solid)

    def hang(self, wall: str, piece: Mesh, along: float, y: float, *, out: float = 0.03) -> None:
        """Hang a piece on a wall; nobody bumps into it."""
        self.set.add_bare(placed(piece, self.at(wall, along, y, out), yaw=_YAW[wall]))

    def top(self, x: float, y: float, z: float, half_x: float, half_z: float) -> None:
        """Say that things can be put down here."""
        self.set.table((x, y, z), half_x, half_z, solid=False)

    def table(
        self, piece: Mesh, x: float, z: float, yaw: float = 0.0, *, height_m: float = 0.74
    ) -> None:
        """Set a table down whose top takes things."""
        self.stand(piece, x, z, yaw, tall_m=height_m - 0.02)
        size = (piece.positions.max(axis=0) - piece.positions.min(axis=0)) / 2
        half_x, half_z = float(size[0]) * 0.9, float(size[2]) * 0.9
        if abs(float(np.sin(yaw))) > 0.7:
            half_x, half_z = half_z, half_x
        self.top(x, height_m, z, half_x, half_z)

    def seat(self, piece: Mesh, x: float, z: float, yaw: float, *, height_m: float = 0.46) -> None:
        """Set a seat down that a person may take."""
        self.stand(piece, x, z, yaw)
        self.mark_seat(x, z, yaw, height_m)

    def mark_seat(self, x: float, z: float, yaw: float, height_m: float) -> None:
        """Say that somebody may sit here."""
        self._seats.append(Mark("seat", (x, 0.0, z), float(yaw), height_m))

    def row(
        self,
        piece: Mesh,
        start: Spot,
        end: Spot,
        count: int,
        yaw: float = 0.0,
        *,
        height_m: float = 0.46,
        marks: int = 0,
        y: float = 0.0,
    ) -> None:
        """Set a row of equal pieces from start to end as one solid, `marks` of them seats."""
        x, z = np.linspace(start[0], end[0], count), np.linspace(start[1], end[1], count)
        made = copies(piece, np.stack([x, 0 * x + y, z], -1), yaw=yaw)
        self.set.add_bare(made)
        low, high = made.positions.min(axis=0), made.positions.max(axis=0)
        middle, half = (low + high) / 2, (high - low) / 2
        if low[1] < _HEAD_M:
            self.set.block(
                (float(middle[0]), float(high[1]) / 2, float(middle[2])),
                (float(half[0]), float(high[1]) / 2, float(half[2])),
            )
        near = np.argsort(np.hypot(x, z), kind="stable")[:marks]
        for k in near:
            self.mark_seat(float(x[k]), float(z[k]), yaw, height_m + y)

    def dining(
        self,
        table: Mesh,
        chair: Mesh,
        x: float,
        z: float,
        seats: Sequence[tuple[float, float, float]],
        *,
        yaw: float = 0.0,
        height_m: float = 0.74,
        setting: Mesh | None = None,
    ) -> None:
        """Set a table with chairs at (x, z, yaw) about it, each with something laid before it."""
        self.table(table, x, z, yaw, height_m=height_m)
        for dx, dz, turn in seats:
            self.seat(chair, x + dx, z + dz, turn)
            if setting is not None:
                reach = 0.42
                spot = (x + dx + reach * np.sin(turn), height_m, z + dz + reach * np.cos(turn))
                self.set.add_bare(placed(setting, spot, yaw=turn + np.pi))

    def guests(
        self,
        places: Sequence[tuple[float, float, float]],
        *,
        pose: str = "stand",
        y: float = 0.0,
        clothes: Sequence[Colour] = crowd.STREETWEAR,
    ) -> None:
        """Set light figures at (x, z, yaw) for life in the background; `y` is a seat's height."""
        if pose == "sit":
            self._seats = [
                mark
                for mark in self._seats
                if all(
                    np.hypot(mark.position[0] - x, mark.position[2] - z) > 0.35
                    for x, z, _ in places
                )
            ]
        for x, z, yaw in places:
            lift = y + (0.04 if pose == "sit" else 0.0)
            self.set.add_bare(
                crowd.figures([(x, lift, z)], yaw, self.rng, pose=pose, near=True, clothes=clothes)
            )
            if pose != "sit":
                self.set.post(x, z, 0.28, 1.8)

    # Light

    def light(
        self,
        at: Vector,
        tone: Vector,
        level: float,
        *,
        reach_m: float = 7.0,
        down: bool = False,
        cone_rad: float | None = None,
        size_m: float = 0.19,
        way: Vector | None = None,
    ) -> None:
        """Bake a lamp that gives `level` at one metre, dimmer by day where there are windows."""
        power = level * self.power
        way = (0.0, -1.0, 0.0) if down else way
        shine = (tone[0] * power, tone[1] * power, tone[2] * power)
        self.set.lamp(Practical(at, shine, reach_m, way, cone_rad, size_m))

    def fill(
        self, tone: Vector, level: float, *, places: Sequence[Spot] = ((0.0, -2.5), (0.0, 2.0))
    ) -> None:
        """Lift the shadows of a whole room with soft light from its middle height."""
        for x, z in places:
            self.light((x, self.room.high * 0.6, z), tone, level, reach_m=12.0, size_m=0.9)

    def panels(
        self,
        xs: Iterable[float],
        zs: Iterable[float],
        *,
        half: Spot = (0.6, 0.3),
        tone: Vector = NEUTRAL,
        level: float = 0.8,
        glow: float = 3.0,
    ) -> None:
        """Let flat lamps into the ceiling; each gives about `level` at a table's height."""
        y = self.room.high - 0.02
        centres = [(x, y, z) for x in xs for z in list(zs)]
        drop = max(self.room.high - 1.0, 1.0)
        paint = Finish(_shown(tone), Surface.SCREEN, 0.5, glow * self.power)
        self.set.add_bare(
            boxes(centres, (half[0], 0.012, half[1]), paint),
            boxes(
                np.add(centres, (0, 0.008, 0)),
                (half[0] + 0.03, 0.012, half[1] + 0.03),
                furniture.WHITE_PAINT,
            ),
        )
        for x, _, z in centres:
            self.light(
                (x, y - 0.05, z),
                tone,
                level * drop**2,
                reach_m=3.2 * drop + 2.0,
                down=True,
                size_m=max(half),
            )

    def pendants(
        self,
        places: Sequence[Spot],
        *,
        drop_m: float,
        shade: Finish = furniture.BLACK_METAL,
        tone: Vector = WARM,
        level: float = 2.6,
        radius_m: float = 0.2,
    ) -> None:
        """Hang shaded lamps over places: a pool of light below each and a little all round."""
        model = furniture.pendant(shade, drop_m, radius_m=radius_m, lit=True)
        for x, z in places:
            self.set.add_bare(placed(model, (x, self.room.high, z)))
            y = self.room.high - drop_m
            self.light((x, y + 0.02, z), tone, level, down=True, cone_rad=1.25)
            self.light((x, y - 0.02, z), tone, level * 0.22, reach_m=5.0, size_m=0.25)

    def spots(
        self,
        places: Sequence[Spot],
        *,
        tone: Vector = SOFT,
        level: float = 1.0,
        cone_rad: float = 0.75,
        glow: float = 5.0,
    ) -> None:
        """Let small round lamps into the ceiling, each with a narrow cone."""
        y = self.room.high - 0.015
        lens = Finish(_shown(tone), Surface.SCREEN, 0.5, glow * self.power)
        disc = lathe([(0, 0), (0.07, 0), (0.07, 0.01), (0, 0.01)], lens, sides=12)
        self.set.add_bare(copies(disc, [(x, y, z) for x, z in places]))
        drop = max(self.room.high - 0.9, 1.0)
        for x, z in places:
            self.light(
                (x, y - 0.04, z),
                tone,
                level * drop**2,
                reach_m=drop * 3,
                down=True,
                cone_rad=cone_rad,
            )

    def sconces(
        self,
        wall: str,
        alongs: Iterable[float],
        y: float,
        *,
        tone: Vector = WARM,
        level: float = 0.9,
    ) -> None:
        """Put shaded lamps on a wall."""
        shade = Finish(_shown(tone), Surface.SCREEN, 0.8, 2.2)
        model = lathe([(0.05, 0), (0.085, 0.2)], shade, sides=12)
        arm = box((0, 0.02, -0.07), (0.03, 0.03, 0.05), furniture.BRASS, bevel_m=0.01)
        for along in alongs:
            self.hang(wall, model, along, y, out=0.12)
            self.hang(wall, arm, along, y, out=0.12)
            self.light(self.at(wall, along, y + 0.1, 0.22), tone, level, reach_m=4.5)

    def strip(
        self,
        start: Vector,
        end: Vector,
        tone: Vector,
        *,
        glow: float = 4.0,
        level: float = 0.0,
        thick_m: float = 0.02,
        lamps: int = 1,
    ) -> None:
        """Draw a line of light; with a level it lights the room from `lamps` points."""
        first, last = np.asarray(start, np.float64), np.asarray(end, np.float64)
        half = np.abs(last - first) / 2 + thick_m
        self.set.add_bare(
            box((first + last) / 2, half, Finish(_shown(tone), Surface.SCREEN, 0.5, glow))
        )
        if level:
            for share in (np.arange(lamps) + 0.5) / lamps:
                x, y, z = first + (last - first) * share
                self.light((float(x), float(y), float(z)), tone, level, reach_m=6.0)

    def curtains(self, wall: str, cloth: Finish, *, width_m: float = 0.4) -> None:
        """Hang curtains beside the windows of a wall."""
        start = self.room.x0 if wall in {"back", "front"} else self.room.z0
        for hole in self.plan.openings.get(wall, ()):
            if hole.kind == "window":
                model = furniture.curtain(width_m, hole.head + 0.12, cloth)
                for edge, way in ((hole.left, -1), (hole.right, 1)):
                    self.hang(wall, model, start + edge + way * width_m * 0.45, 0.03, out=0.12)

    def beams(
        self, count: int, finish: Finish, *, half: Spot = (0.1, 0.12), along_z: bool = False
    ) -> None:
        """Set beams under the ceiling, across the room or along it."""
        room = self.room
        y = room.high - half[1]
        low, high = (room.x0, room.x1) if along_z else (room.z0, room.z1)
        at = low + (np.arange(count) + 0.5) / count * (high - low)
        middle = (room.z0 + room.z1) / 2 if along_z else (room.x0 + room.x1) / 2
        if along_z:
            spots = [(float(a), y, middle) for a in at]
            size = (half[0], half[1], (room.z1 - room.z0) / 2)
        else:
            spots = [(middle, y, float(a)) for a in at]
            size = ((room.x1 - room.x0) / 2, half[1], half[0])
        self.set.add(boxes(spots, size, finish, bevel_m=0.012))

    def motes(self, tone: Vector = (0.6, 0.55, 0.45), count: int = 110) -> None:
        """Let dust hang in the light."""
        self.set.airs.append(weather.motes(tone, count=count, side_m=7.0, size_m=0.006))

    def keys(
        self, tone: Vector, level: float = 1.2, *, spread: float = 2.0, y: float = 2.1
    ) -> None:
        """Hang the two lamps that light everybody: one before the hero, one behind."""
        power = level * self.power
        for at, share in (
            ((spread, y, spread * 0.9), 1.0),
            ((-spread * 0.85, y + 0.1, -spread), 0.8),
        ):
            shine = (tone[0] * power * share, tone[1] * power * share, tone[2] * power * share)
            self.set.lamps.append(Lamp(at, shine, 4.8))

    def _stepped_aside(self, mark: Mark) -> Mark:
        """Move a mark on which something stands to the nearest free floor."""
        x, y, z = mark.position
        for ring in range(16):
            for turn in np.arange(1 if ring == 0 else 12) * (np.pi / 6):
                a = x + 0.15 * ring * float(np.sin(turn))
                b = z + 0.15 * ring * float(np.cos(turn))
                if all(_gap(solid, a, b) > _PERSON_M for solid in self.set.solids):
                    return replace(mark, position=(a, y, b))
        return mark

    def world(  # noqa: PLR0913 - each is a fact of the place
        self,
        *,
        walk: tuple[Spot, Spot],
        underfoot: str,
        ambience: str,
        floor_radius_m: float = 1.2,
        marks: tuple[Mark, ...] | None = None,
        back_z: float = -2.4,
        spread: float = 1.0,
        keep_in: Space | None = None,
        mirror: bool = False,
        reach_m: float = 4.0,
    ) -> World:
        """Return the finished world."""
        room, plan = self.room, self.plan
        air = keep_in or Space(
            (room.x0 + 0.45, 0.3, room.z0 + 0.7), (room.x1 - 0.45, room.high - 0.3, room.z1 - 0.3)
        )
        wanted = around(back_z, spread=spread) if marks is None else marks
        standing = tuple(self._stepped_aside(mark) for mark in wanted)
        seats = [
            replace(mark, name=f"seat{number}") for number, mark in enumerate(self._seats, start=1)
        ]
        return self.set.world(
            Climate(
                density_per_m=plan.haze_per_m,
                haze=plan.haze,
                indoor=True,
                key_turn=plan.key_turn,
                sunset_yaw=plan.sunset_yaw,
                ambient=plan.ambient,
                exposure=plan.exposure,
                bloom=plan.bloom,
            ),
            marks=(*standing, *seats),
            walk=walk,
            keep_in=air,
            underfoot=underfoot,
            ambience=ambience,
            mirror=mirror,
            floor_radius_m=floor_radius_m,
            shadow_radius_m=max(8.0, max(room.x1 - room.x0, room.z1 - room.z0) * 0.7),
            reach_m=reach_m,
        )


def _gap(solid: Collider, x: float, z: float) -> float:
    """Return how far a place on the floor is from something solid; 0 inside."""
    if isinstance(solid, Box):
        if solid.centre[1] - solid.half[1] > _HEAD_M:
            return np.inf
        sine, cosine = np.sin(solid.yaw), np.cos(solid.yaw)
        dx, dz = x - solid.centre[0], z - solid.centre[2]
        across = abs(cosine * dx - sine * dz) - solid.half[0]
        along = abs(sine * dx + cosine * dz) - solid.half[2]
        return float(np.hypot(max(across, 0.0), max(along, 0.0)))
    return max(float(np.hypot(x - solid.base[0], z - solid.base[2])) - solid.radius_m, 0.0)


def _shown(tone: Vector) -> Colour:
    """Return a light's tone as the colour of the body that gives it."""
    most = max(tone)
    red, green, blue = (min(0.95, channel / most * 0.95) for channel in tone)
    return red, green, blue
