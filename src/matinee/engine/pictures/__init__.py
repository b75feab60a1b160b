"""Photos that films are made of: read with care, understood, cut out.

bytes ▶ `read_photo` ▶ `Photo` ▶ `sight_of` ▶ `Sight`, and in the scene ▶ `cut_out` ▶ `Cutout`.

Invariants: bytes that are no photo raise an Invalid error and nothing else; what is kept of a photo
is its pixels and nothing else; the same photo gives the same cut-out.
"""

from matinee.film.looks import Looks

from .clips import Clip, ClipUnusable, looks_of, read_clip
from .cutout import Cutout, cut_out
from .errors import (
    PictureAnimated,
    PictureMissing,
    PictureTooLarge,
    PictureTooSmall,
    PictureUnreadable,
)
from .photo import KEPT_SUFFIX, Photo, kept_bytes, read_photo
from .sight import Sight, sight_of

__all__ = [
    "KEPT_SUFFIX",
    "Clip",
    "ClipUnusable",
    "Cutout",
    "Looks",
    "Photo",
    "PictureAnimated",
    "PictureMissing",
    "PictureTooLarge",
    "PictureTooSmall",
    "PictureUnreadable",
    "Sight",
    "cut_out",
    "kept_bytes",
    "looks_of",
    "read_clip",
    "read_photo",
    "sight_of",
]
