"""A thing from its photo: cut out, given a body, freed of the light it was taken in.

What cannot be cut out surely stands in the scene as what it is: a print on a board.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee.engine.pictures import Photo, cut_out
from matinee.engine.pictures.planes import resized
from matinee.engine.stage.photographs.albedo import grown_over, unlit
from matinee.engine.stage.photographs.relief import body, raised

if TYPE_CHECKING:
    from matinee.engine.pictures.photo import Matte, Pixels
    from matinee.engine.pictures.planes import Plane
    from matinee.engine.stage.photographs.relief import Build, Relief
    from matinee.engine.stage.props import PropModel

TEXELS_MAX = 1024
EDGE_PX = 3
ROUND = frozenset(
    (
        *("apple", "ball", "balloon", "barrel", "basketball", "bottle", "bowl", "bucket", "candle"),
        *("column", "cup", "cylinder", "drum", "egg", "glass", "globe", "hourglass", "lamp"),
        *("lantern", "lipstick", "microphone", "orange", "perfume", "pot", "pumpkin", "sphere"),
        *("teapot", "traffic_cone", "vase", "watermelon", "wine_glass"),
    )
)
"""Kinds whose sections are circles."""
FLAT = frozenset(
    (
        *("book", "box", "clock", "cloth", "flag", "gift", "keyboard", "laptop", "letter", "map"),
        *("microwave", "mirror", "monitor", "newspaper", "open_book", "painting", "phone", "plate"),
        *("product_box", "radio", "remote", "rug", "sign", "stop_sign", "suitcase", "television"),
    )
)
"""Kinds that are boards and boxes."""


def build_of(kind: str) -> Build:
    """How a kind of thing is built, as far as its relief is concerned."""
    if kind in ROUND:
        return "round"
    return "flat" if kind in FLAT else "full"


@lru_cache(maxsize=8)
def modelled(photo: Photo, usual: PropModel) -> PropModel:
    """Return a thing that looks as in its photo, as large and heavy as is `usual` for its kind."""
    cut = cut_out(photo)
    build: Build = "flat" if cut.doubtful else build_of(usual.kind)
    matte = np.ones_like(cut.matte) if cut.doubtful else cut.matte
    pixels, matte = _cropped(photo.pixels, matte)
    relief = raised(matte, build)
    colours = grown_over(pixels, matte)
    if not cut.doubtful:
        colours = unlit(colours, matte, _depth_plane(relief, matte))
    low, high = relief.places.min(axis=0), relief.places.max(axis=0)
    wide, tall = (high - low).tolist()
    half = np.asarray(usual.half_extents)
    metres = 2.0 * float(np.hypot(half[0], half[1])) / float(np.hypot(wide, tall))
    made = body(
        relief,
        middle_px=tuple(((low + high) / 2).tolist()),
        metres_per_px=metres,
    )
    extents = np.abs(made.positions).max(axis=0)
    return replace(
        usual,
        mesh=made,
        half_extents=(float(extents[0]), float(extents[1]), max(float(extents[2]), 2e-3)),
        shape="cylinder" if build == "round" else "box",
        wheels=(),
        photo=colours,
    )


def _cropped(pixels: Pixels, matte: Matte) -> tuple[Pixels, Matte]:
    """Return photo and matte cut to the subject, at most 1024 pixels on the longer side."""
    rows, columns = (np.flatnonzero((matte > 0.5).any(axis=axis)) for axis in (1, 0))
    top, left = max(rows[0] - EDGE_PX, 0), max(columns[0] - EDGE_PX, 0)
    bottom, right = rows[-1] + EDGE_PX + 1, columns[-1] + EDGE_PX + 1
    pixels, matte = pixels[top:bottom, left:right], matte[top:bottom, left:right]
    height, width = matte.shape
    scale = min(TEXELS_MAX / max(height, width), 1.0)
    height, width = max(round(height * scale), 4), max(round(width * scale), 4)
    shrunk = Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX)
    return np.asarray(shrunk), resized(matte, height, width)


def _depth_plane(relief: Relief, matte: Matte) -> Plane:
    """The relief as a plane over the photo, in pixels, by its nearest vertices."""
    height, width = matte.shape
    few = 96 / max(height, width)
    rows, columns = max(round(height * few), 2), max(round(width * few), 2)
    inner = ~relief.rim
    x = np.clip((relief.places[inner, 0] / width * columns).astype(int), 0, columns - 1)
    y = np.clip((relief.places[inner, 1] / height * rows).astype(int), 0, rows - 1)
    total, count = np.zeros((rows, columns)), np.zeros((rows, columns))
    np.add.at(total, (y, x), relief.depth[inner])
    np.add.at(count, (y, x), 1.0)
    plane = (total / np.maximum(count, 1.0)).astype(np.float32)
    return resized(plane, height, width)
