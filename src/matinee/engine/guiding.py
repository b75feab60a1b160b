"""What the stage tells another engine about a shot: control videos, and what is heard there.

The stage knows exactly what others estimate from pictures: how far away everything is, where every
joint is, where one thing ends and another begins, and which pixels are the cast's.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from PIL import Image, ImageDraw

from matinee.engine.errors import ShootingStopped
from matinee.engine.render.encode import ShotEncoder
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage import worlds
from matinee.engine.stage.creatures import Creature
from matinee.engine.stage.direction import room_of, stage
from matinee.engine.stage.framing import place_in_picture
from matinee.engine.stage.photographs.album import Album
from matinee.engine.stage.rehearsal import UNKNOWN_PLACE, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from matinee.engine.render.picture import Planes
    from matinee.engine.render.renderer import Passes
    from matinee.engine.render.scene import Camera
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.direction import Staging
    from matinee.engine.stage.handling import Actor
    from matinee.film import FrameSize, Shot
    from matinee.film.screenplay import Setting

    Floats: TypeAlias = npt.NDArray[np.float64]
    Shade: TypeAlias = npt.NDArray[np.float32]

ControlName = Literal["depth", "pose", "edge", "mask"]

LUMA_BLACK, LUMA_RANGE, CHROMA_GREY = 16, 219, 128
DEPTH_LOOKS, DEPTH_SHRINK = 5, 4
# Nearest and farthest hundredth are left to white and black, so that one blade of grass before
# the lens does not flatten everybody else.
NEAR_PERCENT, FAR_PERCENT = 99.0, 1.0
# An edge: a step in depth of this share, or a fold of this much in the surface.
EDGE_DEPTH_SHARE, EDGE_FOLD = 0.06, 0.35
FIRST_MOVING_ID = 2
# The body of OpenPose: 18 points in the order of COCO, its limbs and its colours, which pose
# models were trained on (Cao et al., "OpenPose", 2019, figure 5).
LIMBS = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10),
    (1, 11), (11, 12), (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
LIMB_COLOURS = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0),
    (0, 255, 0), (0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255),
    (0, 0, 255), (85, 0, 255), (170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85),
)  # fmt: skip
JOINTS = (
    "", "neck_01", "upperarm_r", "lowerarm_r", "hand_r", "upperarm_l", "lowerarm_l", "hand_l",
    "thigh_r", "calf_r", "foot_r", "thigh_l", "calf_l", "foot_l", "eye_r", "eye_l",
)  # fmt: skip
# From between the eyes, in the rest pose of an adult of 1.7 m, in metres.
NOSE_M, EAR_M, ADULT_M = (0.0, -0.035, 0.03), (0.075, -0.01, -0.09), 1.7
LIMB_WIDTH_SHARE = 0.008


def sounds_of(shot: Shot) -> tuple[str, str]:
    """Return the ambience and the room that are heard where a shot plays, without drawing it."""
    return _sounds(shot.setting)


@lru_cache(maxsize=64)
def _sounds(setting: Setting) -> tuple[str, str]:
    world = worlds.build(
        setting.place if setting.place in worlds.PLACES else UNKNOWN_PLACE,
        time_of_day=setting.time_of_day,
        weather=setting.weather,
        mood=setting.mood,
        seed=0,
    )
    return world.ambience, room_of(world)


def control_videos(
    shot: Shot,
    paths: Mapping[ControlName, Path],
    *,
    cache: Path,
    pictures: Mapping[str, Path] | None = None,
    likenesses: Mapping[str, Path] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Write a video of each pass in `paths`: the frames, the rate and the size of the shot.

    `pictures` are the files of the photos that the shot names, by their digests, `likenesses` the
    reels of the people who are in it, by their likeness.

    depth is white near and black far, in inverse metres; pose the skeletons of the people on
    black; edge white lines on black; mask white where people, animals and things are. Raises
    ShootingStopped when `should_stop` says so; then no file is left.
    """
    album = Album(pictures or {}, likenesses or {})
    staging = stage(shot, cache=cache, album=album)
    figures = _figures(shot, staging, cache, album) if "pose" in paths else []
    renderer = Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        sheet=staging.sheet,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=False,
        threads=1,
    )
    with ExitStack() as opened:
        opened.enter_context(renderer)
        seen = [label for label in staging.labels if label[0] != "place"]
        moving = np.array([False, False, *(label in seen for label in staging.labels)])
        span = _span(renderer, staging, shot.frame_count) if "depth" in paths else (0.0, 1.0)
        encoders = {
            name: opened.enter_context(ShotEncoder(path, shot.size, shot.rate.fraction))
            for name, path in paths.items()
        }
        for index in range(shot.frame_count):
            if should_stop():
                raise ShootingStopped
            drawn = renderer.passes(staging.frame(index)) if set(paths) - {"pose"} else None
            for name, encoder in encoders.items():
                if drawn is None or name == "pose":
                    encoder.write(_posed(figures, index, shot.size))
                else:
                    encoder.write(_grey(_shade(name, drawn, span, moving), shot.size))


def _span(renderer: Renderer, staging: Staging, frame_count: int) -> tuple[float, float]:
    """Return the inverse distances that are black and white, the same for the whole shot."""
    looks = np.unique(np.linspace(0, frame_count - 1, DEPTH_LOOKS).astype(int))
    seen = [renderer.passes(staging.frame(int(k)), shrink=DEPTH_SHRINK).depth_m for k in looks]
    inverse = np.concatenate([1 / depth[np.isfinite(depth)] for depth in seen] or [np.ones(1)])
    if not inverse.size:
        return 0.0, 1.0
    far, near = np.percentile(inverse, [FAR_PERCENT, NEAR_PERCENT])
    return float(far), float(max(near, far + 1e-6))


def _shade(
    name: ControlName, drawn: Passes, span: tuple[float, float], moving: npt.NDArray[np.bool_]
) -> Shade:
    """Return one pass as shades (h, w) from 0 to 1."""
    if name == "mask":
        ids = np.minimum(drawn.ids, len(moving) - 1)
        return np.asarray(moving[ids], np.float32)
    inverse = np.where(np.isfinite(drawn.depth_m), 1 / np.maximum(drawn.depth_m, 1e-3), 0.0)
    if name == "depth":
        far, near = span
        return np.asarray(np.clip((inverse - far) / (near - far), 0, 1), np.float32)
    return _edges(inverse, drawn)


def _edges(inverse: npt.NDArray[np.floating], drawn: Passes) -> Shade:
    """Return lines where depth steps, where a surface folds and where one thing meets another."""
    lines = np.zeros(inverse.shape, bool)
    for axis in (0, 1):
        here = [slice(None), slice(None)]
        here[axis] = slice(1, None)
        there = [slice(None), slice(None)]
        there[axis] = slice(None, -1)
        a, b = tuple(here), tuple(there)
        near = np.maximum(np.maximum(inverse[a], inverse[b]), 1e-6)
        step = np.abs(inverse[a] - inverse[b]) / near > EDGE_DEPTH_SHARE
        fold = 1 - (drawn.normals[a] * drawn.normals[b]).sum(-1) > EDGE_FOLD
        fold &= (drawn.ids[a] > 0) & (drawn.ids[b] > 0)  # the sky has no surface
        lines[b] |= step | fold | (drawn.ids[a] != drawn.ids[b])
    return np.asarray(lines, np.float32)


def _grey(shades: Shade, size: FrameSize) -> Planes:
    """Return shades (h, w) from 0 to 1 as the planes of a frame."""
    planes = np.full((size.height * 3 // 2, size.width), CHROMA_GREY, np.uint8)
    planes[: size.height] = np.round(LUMA_BLACK + LUMA_RANGE * shades)
    return planes


def _figures(
    shot: Shot, staging: Staging, cache: Path, album: Album
) -> list[tuple[Floats, Floats]]:
    """Return for each person the 18 points at every frame in pixels, (n, 18, 2), and their depth.

    Animals are left out: pose models know people.
    """
    played = rehearse(shot, cache=cache, album=album)
    return [
        _figure(played.people[name], actor, played.window, staging.cameras, shot.size)
        for name, actor in played.actors.items()
        if not isinstance(played.people[name], Creature)
    ]


def _figure(
    person: Person, actor: Actor, window: slice, cameras: Sequence[Camera], size: FrameSize
) -> tuple[Floats, Floats]:
    points = _points(person, actor)[window]
    places, depths = np.empty((*points.shape[:2], 2)), np.empty(points.shape[:2])
    half = np.array([size.width / 2, -size.height / 2])
    for index, camera in enumerate(cameras[: len(points)]):
        seen, depths[index] = place_in_picture(camera, points[index], float(size.aspect))
        places[index] = seen * half + np.array([size.width / 2, size.height / 2])
    return places, depths


def _points(person: Person, actor: Actor) -> Floats:
    """Return the 18 points of a body in the world at every frame, (n, 18, 3)."""
    skeleton, played = person.skeleton, actor.performance
    between = (skeleton.head("eye_l") + skeleton.head("eye_r")) / 2
    scale = person.height_m / ADULT_M
    head = np.asarray(played.bones[:, skeleton.places["head"]], np.float64)

    def on_head(offset: tuple[float, float, float]) -> Floats:
        rest = np.append(between + np.asarray(offset) * scale, 1.0)
        return np.asarray(head @ rest)

    named = [played.joints[:, skeleton.places[name]] for name in JOINTS[1:]]
    right = (-EAR_M[0], EAR_M[1], EAR_M[2])
    return np.asarray(np.stack([on_head(NOSE_M), *named, on_head(right), on_head(EAR_M)], axis=1))


def _posed(figures: Sequence[tuple[Floats, Floats]], index: int, size: FrameSize) -> Planes:
    """Return one frame of skeletons on black, the nearest person on top."""
    picture = Image.new("RGB", (size.width, size.height))
    pen = ImageDraw.Draw(picture)
    width = max(2, round(min(size.width, size.height) * LIMB_WIDTH_SHARE * 2))
    far_first = sorted(figures, key=lambda one: -float(np.median(one[1][index])))
    for places, depths in far_first:
        shown = depths[index] > 0.05
        for colour, (start, end) in zip(LIMB_COLOURS, LIMBS, strict=False):
            if shown[start] and shown[end]:
                ends = [tuple(places[index, start]), tuple(places[index, end])]
                pen.line(ends, fill=tuple(int(0.6 * part) for part in colour), width=width)
        for point, colour in enumerate(LIMB_COLOURS):
            if shown[point]:
                pen.circle(tuple(places[index, point]), width * 0.6, fill=colour)
    return _coloured(np.asarray(picture))


def _coloured(rgb: npt.NDArray[np.uint8]) -> Planes:
    """Return a picture as planes after ITU-R BT.709, the inverse of `picture.i420_to_rgb`."""
    red, green, blue = (rgb[..., part].astype(np.float32) / 255 for part in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    sides = [(blue - luma) / 1.8556, (red - luma) / 1.5748]
    height, width = luma.shape
    halves = [
        side.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)) * 224 + CHROMA_GREY
        for side in sides
    ]
    rest = np.concatenate([half.ravel() for half in halves]).reshape(height // 2, width)
    return np.round(np.concatenate([luma * LUMA_RANGE + LUMA_BLACK, rest])).astype(np.uint8)
