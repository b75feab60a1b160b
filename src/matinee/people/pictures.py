"""A person's picture: whatever was sent is decoded, made square and small, and encoded anew.

So no byte of the file survives: no place where it was taken, no script in an odd corner. A file
that would unfold into far more pixels than any camera takes is refused before it does.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import PictureUnusable

PICTURE_BYTES_MAX = 10 * 1024 * 1024
PIXELS_MAX = 50_000_000
SIDE = 512
SUFFIX = ".avatar.webp"

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def portrait(sent: bytes) -> bytes:
    """Return a square WebP picture of 512 pixels a side; raises PictureUnusable."""
    if len(sent) > PICTURE_BYTES_MAX:
        raise PictureUnusable(f"it is larger than {PICTURE_BYTES_MAX // 1024 // 1024} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(sent), formats=_FORMATS) as opened:
                if opened.width * opened.height > PIXELS_MAX:
                    raise PictureUnusable(
                        f"it has more than {PIXELS_MAX // 1_000_000} million pixels"
                    )
                opened.draft("RGB", (2 * SIDE, 2 * SIDE))  # a large JPEG is decoded smaller
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureUnusable("send a PNG, JPEG, WebP or GIF that can be opened") from error
    square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    encoded = io.BytesIO()
    square.save(encoded, "WEBP", quality=86)
    return encoded.getvalue()
