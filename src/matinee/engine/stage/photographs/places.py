"""A place from its photo: the ground is laid flat, the rest stands behind it like a curtain.

Seen from where the photo was taken, it is the photo. The camera stays near that viewpoint, and the
film's people and things stand on the ground, in light of the photo's colour, and cast shadows.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.pictures.layout import Layout, layout_of
from matinee.engine.pictures.planes import LUMA, linear
from matinee.engine.render.geometry import Surface, mesh
from matinee.engine.render.scene import (
    Ambient,
    Atmosphere,
    Camera,
    Fog,
    Grade,
    Particles,
    Sky,
    Sun,
)
from matinee.engine.render.sheet import photo_mesh_colours
from matinee.engine.stage import worlds
from matinee.engine.stage.framing import CLOSE_SIZES, window
from matinee.engine.stage.space import eased, smoothed
from matinee.engine.stage.worlds.model import Mark, Space, Viewpoint

if TYPE_CHECKING:
    from matinee import film
    from matinee.engine.pictures import Photo
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.framing import View
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.worlds.model import World

EYE_M = 1.55
FARTHEST_M, NEAREST_M = 55.0, 1.2
SHADOWS_TO_M = 24.0
COLUMNS, ROWS, BEYOND = 72, 120, 0.2
"""The grid over the photo, and how far it goes on beyond its edges, mirrored, as a share."""
SHOWN = 0.86
"""How much of the photo is seen: the rest is what a moving camera needs at the sides."""
HERO_M = (3.0, 12.0)
STANDING_M = 2.3
"""How much of the place is to be seen in height where the hero stands, at least."""
STANDS_AT, FEET_AT = 0.93, 0.4
"""How far down the picture the feet of whoever stands there are, and how far below its middle."""
SUN = (-0.46, 0.76, 0.46)
SUN_LEVEL, SKY_LEVEL, TINT = 0.95, 0.5, 0.45
PUSH, SIDE_M, LIFT_M, TURN_RAD = 0.09, 0.16, 0.14, 0.05
DRIFT_M, APERTURE = 0.02, 0.035


@lru_cache(maxsize=4)
def _made(photo: Photo, aspect: float) -> tuple[Mesh, Viewpoint]:
    layout = layout_of(photo)
    view = _viewpoint(photo, layout, aspect)
    return _laid(photo, layout, view), view


def photographed(photo: Photo, setting: film.screenplay.Setting, *, aspect: float) -> World:
    """Return the place that a photo shows, for a film of that aspect.

    What is heard in it is what is heard in the setting's place.
    """
    kind = setting.place if setting.place in worlds.PLACES else "park"
    usual = worlds.build(kind)
    ground, view = _made(photo, aspect)
    hero = (0.0, 0.0, 0.0)
    marks = (
        Mark("hero", hero, 0.0),
        Mark("left", (-1.3, 0.0, -0.2), 0.0),
        Mark("right", (1.3, 0.0, -0.2), 0.0),
        Mark("back", (0.4, 0.0, -1.8), 0.0),
        Mark("far", (-0.8, 0.0, -4.0), 0.0),
    )
    return replace(
        usual,
        static=ground,
        moving=(),
        atmosphere=_light(photo),
        lamps=(),
        practicals=(),
        particles=lambda _time_s, _camera: Particles(),
        mirror_ground=False,
        marks=marks,
        walk=((-4.0, 0.0), (4.0, 0.0)),
        ground_height=lambda x, _z: np.zeros_like(x),
        colliders=(),
        camera_keep_in=Space((-8.0, 0.1, -6.0), (8.0, 6.0, view.distance_m + 3.0)),
        shadow_radius_m=11.0,
        shadow_centre=hero,
        indoor=False,
        front_yaw=0.0,
        floor_radius_m=2.0,
        tables=(),
        afloat=False,
        photo=photo.pixels,
        viewpoint=view,
    )


def _viewpoint(photo: Photo, layout: Layout, aspect: float) -> Viewpoint:
    """Put the hero as near as they are still in the picture from head to feet."""
    middle, focal = photo.width / 2.0, layout.focal_px
    low = (layout.horizon - photo.height) / focal
    feet = STANDS_AT * SHOWN * low + (1 - SHOWN) * 0.5 * low
    wide, tall = photo.width / focal, photo.height / focal
    near = max(EYE_M / max(-feet, 1e-3), STANDING_M / (SHOWN * min(tall, wide / aspect)))
    return Viewpoint(
        EYE_M,
        float(np.clip(near, *HERO_M)),
        -middle / focal,
        middle / focal,
        low,
        layout.horizon / focal,
    )


def _laid(photo: Photo, layout: Layout, view: Viewpoint) -> Mesh:
    """The photo over its assumed depth: every corner of a grid on its own line of sight."""
    x = np.linspace(-BEYOND, 1.0 + BEYOND, COLUMNS + 1) * photo.width
    y = np.linspace(-BEYOND, 1.0 + BEYOND, ROWS + 1) * photo.height
    y = np.unique(np.concatenate([y, [layout.ground_end, layout.ground_end + 1.0]]))
    column, row = (plane.ravel() for plane in np.meshgrid(x, y))
    across = (column - photo.width / 2.0) / layout.focal_px
    up = (layout.horizon - row) / layout.focal_px
    end = (layout.horizon - layout.ground_end - 1.0) / layout.focal_px
    farthest = float(np.clip(EYE_M / max(-end, 1e-4), NEAREST_M, FARTHEST_M))
    ground = row > layout.ground_end
    depth = np.where(ground, EYE_M / np.maximum(-up, 1e-4), farthest)
    depth = np.clip(depth, NEAREST_M * 0.5, farthest)
    points = _eye(view) + np.stack([across * depth, up * depth, -depth], axis=1)
    # The far end of the floor may not dip where the depth was cut short.
    points[:, 1] = np.where(ground, np.maximum(points[:, 1], 0.0), points[:, 1])
    points[ground & (depth < farthest), 1] = 0.0
    wide = len(x)
    corner = np.arange((len(y) - 1) * wide).reshape(len(y) - 1, wide)[:, :-1].ravel()
    triangles = np.concatenate(
        [
            np.stack([corner, corner + wide, corner + wide + 1], axis=1),
            np.stack([corner, corner + wide + 1, corner + 1], axis=1),
        ]
    )
    away = np.linalg.norm(points - _eye(view), axis=1)
    grazing = np.where(ground, np.sqrt(np.clip(EYE_M / away, 0.12, 1.0)), 1.0)
    places = np.stack([_mirrored(column, photo.width), _mirrored(row, photo.height)], axis=1)
    lit = np.where(ground, np.clip((away - 0.6 * SHADOWS_TO_M) / (0.4 * SHADOWS_TO_M), 0, 1), 1.0)
    normals = np.where(ground[:, None], (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    return mesh(
        points,
        triangles,
        albedo=photo_mesh_colours(places, layout.focal_px / np.maximum(depth, 0.1) * grazing),
        surface=Surface.BACKDROP,
        roughness=1.0,
        emission=lit,
        normals=normals,
    )


def _mirrored(place: Points, size: int) -> Points:
    """Fold places beyond an edge back into the photo."""
    folded = np.abs(place)
    return np.minimum(folded, 2.0 * (size - 1) - folded).clip(0.0, size - 1.0)


def _light(photo: Photo) -> Atmosphere:
    """Light of the colour and about the strength that the photo was taken in."""
    seen = linear(photo.pixels[::8, ::8].reshape(-1, 3).astype(np.float32) / 255.0)
    mean = seen.mean(axis=0)
    level = float(np.clip(mean @ LUMA / 0.18, 0.25, 1.15))
    tint = (mean / max(float(mean @ LUMA), 1e-4)) ** TINT
    tint = tint / float(tint @ LUMA)
    sky = photo.pixels[: max(photo.height // 12, 1), ::8].reshape(-1, 3)
    top = linear(sky.astype(np.float32) / 255.0)
    above = _triple(np.maximum(top.mean(axis=0), 0.02))
    warm = np.array([1.05, 1.0, 0.93]) * tint
    return Atmosphere(
        sun=Sun(_triple(np.array(SUN) / np.linalg.norm(SUN)), _triple(SUN_LEVEL * level * warm)),
        sky=Sky(above, above, _triple(mean), cloud_cover=0.0, sun_disc=0.0),
        fog=Fog(_triple(mean), 0.0),
        ambient=Ambient(_triple(SKY_LEVEL * level * tint), _triple(0.5 * SKY_LEVEL * level * tint)),
        grade=Grade(exposure=0.72, bloom=0.04, vignette=0.12, grain=0.006),
    )


def _eye(view: Viewpoint) -> Points:
    """Where the photo was taken, (3,) metres."""
    return np.array([0.0, view.eye_m, view.distance_m])


def _triple(values: Points) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])


def film_place(
    framing: film.screenplay.Camera,
    view: View,
    viewpoint: Viewpoint,
    *,
    aspect: float,
    peopled: bool,
) -> tuple[Camera, ...]:
    """Return the camera of every frame: near the viewpoint, in what the photo bears.

    Whoever is seen close is seen through a longer lens from there.
    """
    count = len(view.times_s)
    shares = np.linspace(0.0, 1.0, count) if count > 1 else np.array([0.5])
    progress = eased((shares - 0.04) / 0.9)
    width = SHOWN * (viewpoint.right - viewpoint.left)
    height = SHOWN * (viewpoint.high - viewpoint.low)
    tall = min(height, width / aspect)
    # With people the picture keeps their feet, without any it keeps its middle.
    middle = (viewpoint.high + viewpoint.low) * 0.5
    if peopled:
        feet = -viewpoint.eye_m / viewpoint.distance_m
        slack = (viewpoint.high - viewpoint.low - tall) * 0.5
        middle = float(np.clip(feet + FEET_AT * tall, middle - slack, middle + slack))
    centre = np.tile([0.0, middle], (count, 1))
    close = False
    if peopled and framing.size in CLOSE_SIZES:
        close = True
        centre, tall = _on_subject(framing, view, viewpoint, tall)
    eye, turn, zoom = _moves(framing.move, progress, view.times_s, viewpoint)
    if close:
        # Whoever is seen close stays in the middle, whatever goes past behind them.
        turn = turn * 0.15
    ahead = np.stack([centre[:, 0], centre[:, 1], np.full(count, -1.0)], axis=1)
    aimed = _eye(viewpoint) + ahead * viewpoint.distance_m
    at = aimed + turn * viewpoint.distance_m
    fov = 2.0 * np.arctan(0.5 * tall * zoom * np.cos(np.arctan(np.abs(centre[:, 1]))))
    return tuple(
        Camera(
            eye=_triple(eye[k]),
            target=_triple(at[k]),
            vertical_fov_rad=float(fov[k]),
            focus_distance_m=viewpoint.distance_m if close else None,
            aperture=APERTURE if close else 0.0,
        )
        for k in range(count)
    )


def _on_subject(
    framing: film.screenplay.Camera, view: View, viewpoint: Viewpoint, tall: float
) -> tuple[Points, float]:
    """Where the subject is from the viewpoint, as tangents, and how much of it is taken in."""
    subject = view.subjects[0]
    place = smoothed(subject.eyes.copy(), 12.0)
    away = viewpoint.distance_m - place[:, 2]
    wanted = min(window(framing.size, subject) / float(np.median(away)), tall)
    across, up = place[:, 0] / away, (place[:, 1] - EYE_M) / away
    # The eyes lie on the upper third, and the picture within what the photo holds.
    up = up - (0.0 if subject.thing else 0.17 * wanted)
    half = wanted * 0.5
    up = np.clip(up, viewpoint.low + half, viewpoint.high - half)
    return np.stack([across, up], axis=1), wanted


def _moves(
    move: str, progress: Points, times_s: Points, viewpoint: Viewpoint
) -> tuple[Points, Points, Points]:
    """Return where the eye is, how far the aim turns (tangents, three axes), and the zoom."""
    count = len(progress)
    eye, turn = np.tile(_eye(viewpoint), (count, 1)), np.zeros((count, 3))
    zoom = np.ones(count)
    way = 2.0 * progress - 1.0
    near = PUSH * viewpoint.distance_m
    if move in {"push_in", "tracking"}:
        eye[:, 2] -= near * progress
    elif move == "pull_out":
        eye[:, 2] -= near * (1.0 - progress)
    elif move in {"truck_left", "truck_right", "orbit"}:
        side = -1.0 if move == "truck_left" else 1.0
        eye[:, 0] += side * SIDE_M * way
        if move != "orbit":
            turn[:, 0] += side * SIDE_M * way / viewpoint.distance_m
    elif move in {"crane_up", "crane_down"}:
        eye[:, 1] += (LIFT_M if move == "crane_up" else -LIFT_M) * way
    elif move in {"pan_left", "pan_right"}:
        turn[:, 0] += (-TURN_RAD if move == "pan_left" else TURN_RAD) * way
    elif move in {"tilt_up", "tilt_down"}:
        turn[:, 1] += (TURN_RAD if move == "tilt_up" else -TURN_RAD) * way
    elif move in {"zoom_in", "zoom_out"}:
        zoom = 1.0 - 0.2 * (progress if move == "zoom_in" else 1.0 - progress)
    # A picture that does not move at all is a photo again.
    eye[:, 0] += DRIFT_M * np.sin(times_s * 0.7)
    eye[:, 1] += 0.5 * DRIFT_M * np.sin(times_s * 0.43 + 1.0)
    return eye, turn, zoom
