"""Scenery: a world while it is being built, so that each world's file stays a short list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage import light, weather
from matinee.engine.stage.conditions import wind_of
from matinee.engine.stage.parts.finish import fractal
from matinee.engine.stage.worlds.model import (
    Box,
    Conditions,
    Cylinder,
    Mark,
    MovingPart,
    Practical,
    Space,
    TableTop,
    Transform,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from matinee.engine.render.scene import Atmosphere, Lamp, Vector
    from matinee.engine.stage.conditions import Wind
    from matinee.engine.stage.weather import Air, Plume
    from matinee.engine.stage.worlds.model import Collider, Height

_HARD = (Surface.ASPHALT, Surface.TILES, Surface.STONE, Surface.METAL, Surface.WOOD)
_EVERYWHERE = {"arena_crowd", "sea_waves", "underwater", "space_ship"}
_NEVER_WHITE = (Surface.WATER, Surface.SCREEN, Surface.SKIN, Surface.HAIR, Surface.EYE)


def level(x: npt.NDArray[np.float64], _z: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return flat ground at height zero."""
    return np.zeros_like(x)


@dataclass
class Scenery:
    """Parts, solids and lamps, gathered under one set of conditions."""

    place: str
    conditions: Conditions
    height: Height = level
    parts: list[Mesh] = field(default_factory=list)
    loose: list[Mesh] = field(default_factory=list)
    moving: list[MovingPart] = field(default_factory=list)
    solids: list[Collider] = field(default_factory=list)
    practicals: list[Practical] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)
    airs: list[Air | Plume] = field(default_factory=list)
    tops: list[TableTop] = field(default_factory=list)

    @property
    def lit(self) -> bool:
        """Whether it is late or dark enough for lamps."""
        return self.conditions.dark or self.conditions.low_sun

    def foot(self, x: float, z: float) -> float:
        """Return the height of the ground at one place."""
        return float(self.height(np.array([x]), np.array([z]))[0])

    def add(self, *parts: Mesh) -> None:
        """Set parts on the stage."""
        self.parts.extend(part for part in parts if part.triangle_count)

    def add_bare(self, *parts: Mesh) -> None:
        """Set parts on the stage that no snow may cover: people, lights, what is kept clean."""
        self.loose.extend(part for part in parts if part.triangle_count)

    def move(self, name: str, mesh: Mesh, transform: Callable[[float], Transform]) -> None:
        """Add something that moves by itself."""
        self.moving.append(MovingPart(name, mesh, transform))

    def block(self, centre: Vector, half: Vector, yaw: float = 0.0) -> None:
        """Say that a box is solid."""
        self.solids.append(Box(centre, half, yaw))

    def post(self, x: float, z: float, radius_m: float, height_m: float = 3.0) -> None:
        """Say that an upright cylinder on the ground is solid."""
        foot = float(self.height(np.array([x]), np.array([z]))[0])
        self.solids.append(Cylinder((x, foot, z), radius_m, height_m))

    def table(
        self,
        top: Vector,
        half_x_m: float,
        half_z_m: float,
        *,
        turning: bool = False,
        solid: bool = True,
    ) -> None:
        """Say that things can stand on a level top; a solid one reaches down to the floor."""
        self.tops.append(TableTop(top, half_x_m, half_z_m, turning=turning))
        if solid:
            half_y = top[1] / 2 - 0.01
            self.block((top[0], half_y, top[2]), (half_x_m, half_y, half_z_m))

    def lamp(self, *lamps: Practical) -> None:
        """Hang lamps to be baked."""
        self.practicals.extend(lamps)

    def world(  # noqa: PLR0913 - each is a fact of the place
        self,
        climate: light.Climate,
        *,
        marks: tuple[Mark, ...],
        walk: tuple[tuple[float, float], tuple[float, float]],
        keep_in: Space,
        underfoot: str,
        ambience: str,
        mirror: bool = False,
        floor_radius_m: float = 2.0,
        shadow_radius_m: float = 28.0,
        reach_m: float = 12.0,
        front_yaw: float = 0.0,
        airless: bool = False,
        afloat: bool = False,
        tinted: Callable[[Atmosphere], Atmosphere] | None = None,
    ) -> World:
        """Return the finished world under its light and weather.

        An airless place, as under water or on the moon, has no weather; `tinted` has the last word
        on its light.
        """
        conditions = replace(self.conditions, weather="clear") if airless else self.conditions
        air = light.atmosphere(conditions, climate, front_yaw=front_yaw)
        air = air if tinted is None else tinted(air)
        static = merged(self.parts)
        airs = list(self.airs)
        wind = wind_of(conditions, indoor=climate.indoor or airless)
        if not climate.indoor:
            if conditions.snowy:
                static = snowed(static)
            airs += _falling(conditions, air, wind)
        return World(
            place=self.place,
            conditions=self.conditions,
            static=merged([static, *self.loose]),
            moving=tuple(self.moving),
            atmosphere=air,
            lamps=tuple(self.lamps),
            practicals=tuple(self.practicals),
            particles=weather.air(tuple(airs), self.height, seed=conditions.seed),
            mirror_ground=mirror or (conditions.wet and not climate.indoor and _hard(static)),
            marks=marks,
            walk=walk,
            ground_height=self.height,
            colliders=tuple(self.solids),
            camera_keep_in=keep_in,
            underfoot=_underfoot(underfoot, conditions, indoor=climate.indoor),
            ambience=_ambience(ambience, conditions, indoor=climate.indoor),
            shadow_radius_m=shadow_radius_m,
            indoor=climate.indoor,
            front_yaw=front_yaw,
            floor_radius_m=floor_radius_m,
            reach_m=reach_m,
            tables=tuple(self.tops),
            wind=wind,
            afloat=afloat,
        )


def _falling(conditions: Conditions, atmosphere: Atmosphere, wind: Wind) -> list[Air]:
    # Drops are lit by the whole sky; by night they catch what lamps there are.
    sky = atmosphere.ambient.sky
    glow = max(sky[2], 0.16)
    lit = (glow * 0.95, glow, glow * 1.1)
    if conditions.weather == "rain":
        return list(weather.rain(0.75, lit))
    if conditions.weather == "storm":
        return list(weather.rain(1.0, lit, wind=3.2))
    if conditions.snowy:
        return list(weather.snow((lit[0] * 1.5, lit[1] * 1.5, lit[2] * 1.45)))
    if conditions.weather == "wind":
        sun = 0.25 * max(atmosphere.sun.radiance)
        return list(weather.leaves_in_wind(wind, (glow + sun, glow + sun, glow + sun)))
    return []


def _hard(mesh: Mesh) -> bool:
    flat = np.abs(mesh.positions[:, 1]) < 0.02
    return bool(np.isin(mesh.surface[flat], _HARD).any())


def _underfoot(dry: str, conditions: Conditions, *, indoor: bool) -> str:
    if indoor:
        return dry
    if conditions.snowy:
        return "snow"
    return "wet_asphalt" if conditions.wet and dry == "asphalt" else dry


def _ambience(usual: str, conditions: Conditions, *, indoor: bool) -> str:
    if indoor or usual in _EVERYWHERE:
        return usual
    heard = {
        "storm": "thunderstorm",
        "rain": "neon_city_rain" if usual == "city_traffic" else "rain_light",
        "snow": usual if usual == "city_traffic" else "snow_wind",
        "wind": "wind" if usual in {"forest_birds", "night_crickets"} else usual,
    }.get(conditions.weather, usual)
    night = conditions.time_of_day == "night" and conditions.weather not in {"wind", "snow"}
    if night and heard in {"forest_birds", "wind"}:
        return "night_crickets"
    return heard


def snowed(mesh: Mesh, *, depth: float = 1.0) -> Mesh:
    """Return the mesh under fresh snow: white on what looks up, patchy on slopes."""
    patch = 0.35 * fractal(mesh.positions, cell_m=2.4, seed=5, octaves=3)
    up = mesh.normals[:, 1]
    cover = np.clip((up + patch - 0.42) * 4.0, 0, 1) * depth
    cover[np.isin(mesh.surface, _NEVER_WHITE) | (mesh.emission > 0)] = 0
    leafy = np.isin(mesh.surface, (Surface.FOLIAGE, Surface.GRASS))
    cover = np.where(leafy, np.clip((up + patch - 0.35) * 0.8, 0, 0.62) * depth, cover)
    white = np.array((0.86, 0.89, 0.94))
    albedo = mesh.albedo * (1 - cover[:, None]) + white * cover[:, None]
    whole = cover > 0.5
    surface = np.where(whole & ~leafy, np.uint8(Surface.SNOW), mesh.surface).astype(np.uint8)
    return replace(
        mesh,
        albedo=albedo.astype(np.float32),
        surface=surface,
        roughness=np.where(whole, 0.9, mesh.roughness).astype(np.float32),
    )


def standing(*marks: tuple[str, float, float, float], height: Height = level) -> tuple[Mark, ...]:
    """Return marks on the ground from (name, x, z, yaw)."""
    made = []
    for name, x, z, yaw in marks:
        foot = float(height(np.array([x]), np.array([z]))[0])
        made.append(Mark(name, (x, foot, z), yaw))
    return tuple(made)


def around(
    back_z: float = -5.0,
    *,
    spread: float = 1.15,
    far_x: float = -0.8,
    front: bool = True,
    height: Height = level,
) -> tuple[Mark, ...]:
    """Return the usual marks: hero in the middle, partners beside, others before and behind."""
    spots = [
        ("hero", 0.0, 0.0, 0.0),
        ("left", -spread, 0.25, 0.55),
        ("right", spread, 0.25, -0.55),
        ("back", 0.6, -1.8, 0.0),
        ("far", far_x, back_z, 0.0),
    ]
    if front:
        spots.append(("front", 0.0, 1.6, np.pi))
    return standing(*spots, height=height)
