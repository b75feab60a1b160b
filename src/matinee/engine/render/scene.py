"""What one frame needs: camera, light, weather and where everything stands.

Plain frozen values. Colours are linear RGB; directions are unit vectors in world space. Light is
relative: a white wall facing a midday `Sun` of radiance 3 sends back 3, and `Grade.exposure` 1
brings 0.18 to middle grey.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from matinee.engine.render.finish import Finish
    from matinee.engine.render.geometry import Scalars, Vectors

Vector: TypeAlias = tuple[float, float, float]
Transforms: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]
"""(k, 3, 4) float32 affine matrices acting on columns."""

LAMP_COUNT_MAX = 8


@dataclass(frozen=True)
class Camera:
    """Where the picture is taken from.

    vertical_fov_rad is the full angle between the top and bottom of the picture. roll_rad turns
    the camera clockwise. With a focus distance, `aperture` is the diameter of the lens opening in
    metres (0.02 is a gentle portrait, 0 keeps everything sharp).
    """

    eye: Vector
    target: Vector
    vertical_fov_rad: float
    roll_rad: float = 0.0
    focus_distance_m: float | None = None
    aperture: float = 0.0


@dataclass(frozen=True)
class Sun:
    """The one light that casts shadows: the sun by day, the moon by night."""

    direction_to_sun: Vector
    radiance: Vector


@dataclass(frozen=True)
class Sky:
    """The gradient behind everything.

    cloud_cover 0..1; star_strength 0..1; sun_disc 0..1 strength of the visible disc; moon 0..1
    turns that disc into a moon. cloud_drift is how fast the layer of clouds goes along X and Z, in
    sheets of it a second.
    """

    zenith: Vector
    horizon: Vector
    ground: Vector
    cloud_cover: float = 0.3
    star_strength: float = 0.0
    sun_disc: float = 1.0
    moon: float = 0.0
    cloud_drift: tuple[float, float] = (0.0011, 0.0006)


@dataclass(frozen=True)
class Fog:
    """Haze that thickens with distance and thins with height.

    density_per_m at y = 0 (0.004 is a clear day, 0.05 thick mist); it falls off as
    exp(-y * height_falloff_per_m).
    """

    colour: Vector
    density_per_m: float = 0.004
    height_falloff_per_m: float = 0.05


@dataclass(frozen=True)
class Ambient:
    """Light without direction: irradiance from above and, bounced, from below."""

    sky: Vector
    ground: Vector


@dataclass(frozen=True)
class Lamp:
    """A light that may move; it casts no shadow.

    radiance is what a white surface facing the lamp at one metre sends back; it falls with the
    square of the distance and reaches zero at radius_m. With a direction and cone_rad (the half
    angle) it is a spot with a soft edge. in_haze says whether haze shows its beam; lamps that stand
    for light without a visible source have none.
    """

    position: Vector
    radiance: Vector
    radius_m: float
    direction: Vector | None = None
    cone_rad: float | None = None
    in_haze: bool = True


@dataclass(frozen=True)
class Grade:
    """How the picture is developed.

    exposure multiplies light before the film curve; bloom 0..1 is how much bright light spreads;
    contrast and saturation are 1 when neutral; shadow_tint and highlight_tint multiply dark and
    bright tones, (1, 1, 1) when neutral; vignette 0..1 darkens corners; grain is the standard
    deviation of the film grain as a share of white (0.008 is fine grain).
    """

    exposure: float = 1.0
    bloom: float = 0.12
    contrast: float = 1.0
    saturation: float = 1.0
    shadow_tint: Vector = (1.0, 1.0, 1.0)
    highlight_tint: Vector = (1.0, 1.0, 1.0)
    vignette: float = 0.25
    grain: float = 0.008


def _no_points() -> Vectors:
    return np.zeros((0, 3), np.float32)


def _no_values() -> Scalars:
    return np.zeros(0, np.float32)


@dataclass(frozen=True, eq=False)
class Particles:
    """Rain, snow, dust, sparks, spray: soft dots, drawn out along `velocity_streak`.

    positions (n, 3) world; velocity_streak (n, 3) metres from tail to head, zero for a dot;
    size_m (n,) diameter; colour (n, 3) light sent to the eye, as radiance; opacity (n,) 0..1, how
    much of what is behind is hidden (0 adds light only, as sparks do).
    """

    positions: Vectors = field(default_factory=_no_points)
    velocity_streak: Vectors = field(default_factory=_no_points)
    size_m: Scalars = field(default_factory=_no_values)
    colour: Vectors = field(default_factory=_no_points)
    opacity: Scalars = field(default_factory=_no_values)


@dataclass(frozen=True)
class Atmosphere:
    """Light and weather of a place.

    wetness 0..1 darkens and mirrors surfaces that look up; lit_windows 0..1 is the share of
    FACADE windows with a light on.
    """

    sun: Sun
    sky: Sky
    fog: Fog
    ambient: Ambient
    grade: Grade = field(default_factory=Grade)
    wetness: float = 0.0
    lit_windows: float = 0.0


@dataclass(frozen=True, eq=False)
class Moment:
    """Where camera, rigid meshes and bones are one frame before or after, as in `Frame`."""

    camera: Camera
    rigid: Transforms
    bones: tuple[Transforms, ...]


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture's worth of scene, in the order of the renderer's meshes.

    rigid (r, 3, 4) places each rigid mesh in the world. bones holds one (j, 3, 4) array for each
    rigged mesh: matrices that take a rest vertex to the world. morphs holds one (k,) array of
    weights for each rigged mesh. grain_seed makes the film grain of this frame. `finish`
    says how the picture is drawn; without one it is a photograph.
    What moves on the way to the `other` moment is blurred as far as the shutter is open, 0..1 of
    the time between them (0.5 is the half-open disc of film cameras); without one it is sharp.
    """

    time_s: float
    camera: Camera
    atmosphere: Atmosphere
    lamps: tuple[Lamp, ...] = ()
    particles: Particles = field(default_factory=Particles)
    rigid: Transforms = field(default_factory=lambda: np.zeros((0, 3, 4), np.float32))
    bones: tuple[Transforms, ...] = ()
    morphs: tuple[Scalars, ...] = ()
    grain_seed: int = 0
    finish: Finish | None = None
    other: Moment | None = None
    shutter: float = 0.5
