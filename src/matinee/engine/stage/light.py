"""Light: colour scripts for every hour and weather, as an atmosphere the renderer understands.

Radiance is relative: a white wall facing a midday sun of 3 sends back 3. Every script keeps the
key light to one side of the camera's axis, so that faces have a light and a shadow side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.scene import Ambient, Atmosphere, Fog, Grade, Sky, Sun, Vector
from matinee.engine.stage.parts.finish import mixed

if TYPE_CHECKING:
    from matinee.engine.stage.conditions import Conditions


_ROOM_EXPOSURE_MAX = 0.68
_ROOM_HAZE = 0.28
_FOG_MAX = 0.042


@dataclass(frozen=True)
class Script:
    """The colours of an hour under a clear sky; key_yaw counts from the camera's side."""

    elevation: float
    key_yaw: float
    sun: Vector
    zenith: Vector
    horizon: Vector
    ground: Vector
    ambient: Vector
    bounce: Vector
    fog: Vector
    density_times: float = 1.0
    exposure: float = 1.0
    stars: float = 0.0
    windows: float = 0.0
    saturation: float = 1.0
    contrast: float = 1.0
    shadow_tint: Vector = (1.0, 1.0, 1.0)
    highlight_tint: Vector = (1.0, 1.0, 1.0)


_HOURS = {
    "dawn": Script(
        elevation=0.21,
        key_yaw=1.15,
        sun=(2.5, 1.55, 0.98),
        zenith=(0.13, 0.22, 0.46),
        horizon=(0.86, 0.62, 0.52),
        ground=(0.16, 0.13, 0.13),
        ambient=(0.42, 0.46, 0.62),
        bounce=(0.24, 0.18, 0.16),
        fog=(0.54, 0.44, 0.44),
        density_times=2.0,
        exposure=0.80,
        windows=0.25,
        shadow_tint=(0.94, 0.98, 1.08),
        highlight_tint=(1.05, 0.99, 0.95),
    ),
    "day": Script(
        elevation=0.68,
        key_yaw=0.98,
        sun=(3.5, 3.16, 2.62),
        zenith=(0.09, 0.22, 0.58),
        horizon=(0.50, 0.66, 0.88),
        ground=(0.22, 0.20, 0.18),
        ambient=(0.42, 0.54, 0.76),
        bounce=(0.30, 0.26, 0.21),
        fog=(0.52, 0.64, 0.80),
        exposure=0.61,
        contrast=1.05,
        windows=0.03,
        shadow_tint=(0.97, 1.0, 1.05),
        highlight_tint=(1.03, 1.0, 0.96),
    ),
    "sunset": Script(
        elevation=0.19,
        key_yaw=1.28,
        sun=(3.5, 1.72, 0.66),
        zenith=(0.11, 0.17, 0.40),
        horizon=(0.86, 0.43, 0.18),
        ground=(0.14, 0.10, 0.10),
        ambient=(0.36, 0.38, 0.58),
        bounce=(0.27, 0.18, 0.14),
        fog=(0.50, 0.30, 0.20),
        density_times=1.35,
        exposure=0.92,
        windows=0.35,
        saturation=0.97,
        shadow_tint=(0.95, 0.97, 1.10),
        highlight_tint=(1.04, 1.0, 0.95),
    ),
    "night": Script(
        elevation=0.70,
        key_yaw=-0.95,
        sun=(0.17, 0.25, 0.44),
        zenith=(0.006, 0.012, 0.034),
        horizon=(0.022, 0.042, 0.095),
        ground=(0.01, 0.012, 0.02),
        ambient=(0.045, 0.075, 0.15),
        bounce=(0.018, 0.026, 0.045),
        fog=(0.018, 0.034, 0.075),
        density_times=1.3,
        exposure=1.55,
        stars=1.0,
        windows=0.55,
        saturation=0.98,
        contrast=1.03,
        shadow_tint=(0.94, 0.99, 1.12),
    ),
}


@dataclass(frozen=True)
class Overcast:
    """What a weather does to a clear hour: shares and factors."""

    cover: float
    sun: float
    grey: float
    dim: float
    density_times: float
    density_plus: float = 0.0
    wetness: float = 0.0
    saturation: float = 1.0
    windows_plus: float = 0.0
    exposure: float = 1.0


_WEATHERS = {
    "clear": Overcast(0.28, 1.0, 0.0, 1.0, 1.0),
    "cloudy": Overcast(
        0.85, 0.22, 0.55, 1.0, 1.6, saturation=0.95, windows_plus=0.05, exposure=1.12
    ),
    "rain": Overcast(0.97, 0.07, 0.80, 0.72, 1.8, 0.005, 1.0, 0.94, 0.22, 1.3),
    "storm": Overcast(1.0, 0.03, 0.88, 0.42, 2.2, 0.008, 1.0, 0.88, 0.45, 1.5),
    "snow": Overcast(0.95, 0.16, 0.72, 1.0, 2.0, 0.010, 0.0, 0.92, 0.18),
    "wind": Overcast(0.52, 0.9, 0.12, 1.0, 1.15, saturation=0.98, windows_plus=0.02),
    "fog": Overcast(0.9, 0.16, 0.85, 0.86, 1.6, 0.018, 0.25, 0.9, 0.18),
}


@dataclass(frozen=True)
class Tint:
    """What a mood does to the picture; `around` multiplies the light that comes from all sides."""

    saturation: float = 1.0
    contrast: float = 1.0
    exposure: float = 1.0
    shadow: Vector = (1.0, 1.0, 1.0)
    highlight: Vector = (1.0, 1.0, 1.0)
    around: float = 1.0


_MOODS = {
    "happy": Tint(1.10, 0.99, 1.08, highlight=(1.05, 1.02, 0.94), around=1.12),
    "sad": Tint(0.66, 0.97, 0.90, (0.92, 1.0, 1.12), (0.96, 1.0, 1.04), around=0.92),
    "angry": Tint(1.04, 1.16, 0.92, (1.10, 0.94, 0.92), (1.05, 0.97, 0.94), around=0.72),
    "afraid": Tint(0.70, 1.13, 0.80, (0.89, 1.03, 1.07), (0.97, 1.01, 1.0), around=0.62),
    "surprised": Tint(1.07, 1.04, 1.06, highlight=(1.01, 1.01, 1.03)),
    "calm": Tint(0.94, 0.94, 1.03, (1.0, 1.01, 1.05), (1.02, 1.0, 0.99), around=1.1),
    "tender": Tint(0.97, 0.93, 1.05, (1.06, 0.98, 1.0), (1.06, 1.0, 0.95), around=1.08),
    "serious": Tint(0.82, 1.08, 0.95, (0.98, 1.0, 1.03), around=0.85),
    "mysterious": Tint(0.78, 1.10, 0.82, (0.88, 1.0, 1.14), (0.99, 1.0, 1.01), around=0.6),
    "epic": Tint(1.05, 1.16, 1.0, (0.91, 1.0, 1.10), (1.08, 1.0, 0.91), around=0.85),
    "excited": Tint(1.12, 1.06, 1.04, (1.02, 0.99, 1.03), (1.03, 1.0, 0.98)),
    "playful": Tint(1.13, 0.98, 1.07, (1.03, 0.99, 1.04), (1.04, 1.02, 0.97), around=1.12),
}


@dataclass(frozen=True)
class Climate:
    """How a place takes the light.

    density_per_m is the haze of a clear day; haze tints it (dust, smoke); key_turn moves the
    sun round the place by an angle; sunset_yaw, when given, says where the sun goes down, counted
    from where the hero looks, and low_elevation how high it still stands, for places with high
    walls; night_glow is what the lamps of a town add to the haze. exposure multiplies the
    script's.
    """

    density_per_m: float = 0.003
    height_falloff_per_m: float = 0.04
    haze: Vector = (1.0, 1.0, 1.0)
    key_turn: float = 0.0
    sunset_yaw: float | None = None
    low_elevation: float | None = None
    night_glow: Vector = (0.0, 0.0, 0.0)
    indoor: bool = False
    exposure: float = 1.0
    ambient: float = 1.0
    bloom: float = 0.12
    lit_windows: float = 1.0
    bounce: Vector = (1.0, 1.0, 1.0)


def atmosphere(conditions: Conditions, climate: Climate, *, front_yaw: float) -> Atmosphere:
    """Return the light of an hour and a weather over a place.

    Unknown hours, weathers and moods count as day, clear and neutral. Indoors the weather stays
    outside: no wetness and thin haze.
    """
    hour = _HOURS.get(conditions.time_of_day, _HOURS["day"])
    weather = _WEATHERS.get(conditions.weather, _WEATHERS["clear"])
    tint = _MOODS.get(conditions.mood, Tint())
    return Atmosphere(
        sun=Sun(
            sun_direction(conditions, climate, front_yaw=front_yaw), _scaled(hour.sun, weather.sun)
        ),
        sky=_sky(hour, weather, night=conditions.time_of_day == "night"),
        fog=_fog(hour, weather, climate, night=conditions.time_of_day == "night"),
        ambient=_dimmed(_ambient(hour, weather, climate, snowy=conditions.snowy), tint.around),
        grade=_grade(hour, weather, climate, tint),
        wetness=0.0 if climate.indoor else weather.wetness,
        lit_windows=min(1.0, (hour.windows + weather.windows_plus) * climate.lit_windows),
    )


def toned(air: Atmosphere, mood: str, *, instead_of: str) -> Atmosphere:
    """Return the light of a beat whose mood is another than that of its place.

    A neutral beat keeps the mood of the place.
    """
    if mood in {"neutral", instead_of}:
        return air
    old, new = _MOODS.get(instead_of, Tint()), _MOODS.get(mood, Tint())
    grade, around = air.grade, new.around / old.around
    return replace(
        air,
        ambient=_dimmed(air.ambient, around),
        grade=replace(
            grade,
            exposure=grade.exposure * new.exposure / old.exposure,
            contrast=grade.contrast * new.contrast / old.contrast,
            saturation=grade.saturation * new.saturation / old.saturation,
            shadow_tint=_times(grade.shadow_tint, _over(new.shadow, old.shadow)),
            highlight_tint=_times(grade.highlight_tint, _over(new.highlight, old.highlight)),
        ),
    )


def sun_direction(conditions: Conditions, climate: Climate, *, front_yaw: float) -> Vector:
    """Return the unit vector towards the sun or moon."""
    hour = _HOURS.get(conditions.time_of_day, _HOURS["day"])
    turn = hour.key_yaw + climate.key_turn
    if conditions.low_sun and climate.sunset_yaw is not None:
        turn = climate.sunset_yaw
    elevation = hour.elevation
    if conditions.low_sun and climate.low_elevation is not None:
        elevation = climate.low_elevation
    yaw, level = front_yaw + turn, np.cos(elevation)
    return float(level * np.sin(yaw)), float(np.sin(elevation)), float(level * np.cos(yaw))


def _scaled(colour: Vector, factor: float) -> Vector:
    red, green, blue = colour
    return red * factor, green * factor, blue * factor


def _times(colour: Vector, other: Vector) -> Vector:
    red, green, blue = (a * b for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _dimmed(ambient: Ambient, share: float) -> Ambient:
    return Ambient(_scaled(ambient.sky, share), _scaled(ambient.ground, share))


def _over(colour: Vector, other: Vector) -> Vector:
    red, green, blue = (a / b for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _greyed(colour: Vector, weather: Overcast, *, warm: float = 0.0) -> Vector:
    """Pull a colour towards its own grey, as cloud does, and dim it."""
    level = 0.3 * colour[0] + 0.55 * colour[1] + 0.15 * colour[2]
    grey = (level * (0.97 + warm), level, level * (1.06 - warm))
    return _scaled(mixed(colour, grey, weather.grey), weather.dim)


def _sky(hour: Script, weather: Overcast, *, night: bool) -> Sky:
    # Cloud lets the zenith brighten towards the horizon's grey.
    zenith = mixed(hour.zenith, hour.horizon, 0.45 * weather.grey)
    return Sky(
        zenith=_greyed(zenith, weather),
        horizon=_greyed(hour.horizon, weather),
        ground=_greyed(hour.ground, weather),
        cloud_cover=weather.cover,
        star_strength=hour.stars * max(0.0, 1 - 1.3 * weather.grey),
        sun_disc=weather.sun if weather.sun > 0.2 else 0.0,
        moon=1.0 if night else 0.0,
    )


def _fog(hour: Script, weather: Overcast, climate: Climate, *, night: bool) -> Fog:
    if climate.indoor:
        density = climate.density_per_m
    else:
        density = min(
            _FOG_MAX,
            climate.density_per_m * hour.density_times * weather.density_times
            + weather.density_plus,
        )
    colour = _times(_greyed(hour.fog, weather), climate.haze)
    if climate.indoor:
        colour = _scaled(colour, _ROOM_HAZE)
    if night:
        red, green, blue = (a + b for a, b in zip(colour, climate.night_glow, strict=True))
        colour = (red, green, blue)
    return Fog(colour, density, climate.height_falloff_per_m)


def _ambient(hour: Script, weather: Overcast, climate: Climate, *, snowy: bool) -> Ambient:
    # Under cloud the whole sky is the lamp: what the sun loses, the dome partly gains.
    gain = climate.ambient * (1 + 0.55 * weather.grey)
    bounce = _times(hour.bounce, climate.bounce)
    if snowy:
        bounce = _scaled(mixed(bounce, hour.ambient, 0.7), 1.3)
    return Ambient(
        _scaled(_greyed(hour.ambient, weather), gain), _scaled(_greyed(bounce, weather), gain)
    )


def _grade(hour: Script, weather: Overcast, climate: Climate, tint: Tint) -> Grade:
    # A room is lit by its own lamps when the day fails, so its exposure hardly follows the hour.
    exposure = min(hour.exposure, _ROOM_EXPOSURE_MAX) if climate.indoor else hour.exposure
    if not climate.indoor and hour.stars == 0:
        # Under cloud the camera opens up; by night it is the lamps that count.
        exposure *= weather.exposure
    return Grade(
        exposure=exposure * climate.exposure * tint.exposure,
        bloom=climate.bloom,
        # Mist takes the blacks away; some of them come back in the development.
        contrast=hour.contrast * tint.contrast * (1.0 + min(7.0 * weather.density_plus, 0.13)),
        saturation=hour.saturation * weather.saturation * tint.saturation,
        shadow_tint=_times(hour.shadow_tint, tint.shadow),
        highlight_tint=_times(hour.highlight_tint, tint.highlight),
    )
