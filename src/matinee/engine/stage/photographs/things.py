"""A thing from its photo: cut out, given a body, freed of the light it was taken in.

What cannot be cut out surely stands in the scene as what it is: a print on a board.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.pictures import cut_out
from matinee.engine.stage.photographs.albedo import grown_over, unlit
from matinee.engine.stage.photographs.cropping import cropped, depth_plane
from matinee.engine.stage.photographs.relief import body, raised

if TYPE_CHECKING:
    from matinee.engine.pictures import Photo
    from matinee.engine.stage.photographs.relief import Build
    from matinee.engine.stage.props import PropModel

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
    crop = cropped(photo.pixels, matte)
    relief = raised(crop.matte, build)
    colours = grown_over(crop.pixels, crop.matte)
    if not cut.doubtful:
        colours = unlit(colours, crop.matte, depth_plane(relief, crop.matte))
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
