"""Pictures of products: whatever was sent is decoded, bounded and encoded anew.

So no byte of the file survives: no place where it was taken, no script in an odd corner. A file
that would unfold into far more pixels than any camera takes is refused before it does.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import PictureUnusable

PICTURE_BYTES_MAX = 20 * 1024 * 1024
PIXELS_MAX = 60_000_000
SIDE_MAX = 2_048
SIDE_MIN = 64
SUFFIX = ".product.webp"

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture; its size in pixels."""

    content: bytes
    width: int
    height: int


def made_new(sent: bytes) -> Picture:
    """The same picture as WebP of at most 2048 pixels a side; raises ``PictureUnusable``."""
    if len(sent) > PICTURE_BYTES_MAX:
        raise PictureUnusable(f"it is larger than {PICTURE_BYTES_MAX // 1024 // 1024} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(sent), formats=_FORMATS) as opened:
                if opened.width * opened.height > PIXELS_MAX:
                    raise PictureUnusable(f"it has more than {PIXELS_MAX // 10**6} million pixels")
                if min(opened.size) < SIDE_MIN:
                    raise PictureUnusable(f"a side has fewer than {SIDE_MIN} pixels")
                opened.draft("RGB", (2 * SIDE_MAX, 2 * SIDE_MAX))  # a large JPEG decodes smaller
                upright = ImageOps.exif_transpose(opened)
                see_through = upright.mode in {"RGBA", "LA", "P"}
                plain = upright.convert("RGBA" if see_through else "RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureUnusable("send a PNG, JPEG, WebP or GIF that can be opened") from error
    plain.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS)
    encoded = io.BytesIO()
    plain.save(encoded, "WEBP", quality=88)
    return Picture(encoded.getvalue(), plain.width, plain.height)
