"""Photos that films are made of: read with care, understood, cut out.

bytes ▶ `read_photo` ▶ `Photo` ▶ `cut_out` ▶ `Cutout`.

Invariants: bytes that are no photo raise an Invalid error and nothing else; what is kept of a photo
is its pixels and nothing else; the same photo gives the same cut-out.
"""

from .cutout import Cutout, cut_out
from .errors import (
    PictureAnimated,
    PictureMissing,
    PictureTooLarge,
    PictureTooSmall,
    PictureUnreadable,
)
from .photo import KEPT_SUFFIX, Photo, kept_bytes, read_photo

__all__ = [
    "KEPT_SUFFIX",
    "Cutout",
    "Photo",
    "PictureAnimated",
    "PictureMissing",
    "PictureTooLarge",
    "PictureTooSmall",
    "PictureUnreadable",
    "cut_out",
    "kept_bytes",
    "read_photo",
]
