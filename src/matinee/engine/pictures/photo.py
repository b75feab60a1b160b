"""Photos as they come in: hostile bytes, turned upright, brought to sRGB, stripped of the rest.

What is kept of a photo is its pixels and, where it had one, its matte. Place and time of taking,
names, thumbnails and colour profiles are not kept.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image, ImageCms, ImageOps

from .errors import PictureAnimated, PictureTooLarge, PictureTooSmall, PictureUnreadable

if TYPE_CHECKING:
    import numpy.typing as npt

Pixels: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
"""(h, w, 3) uint8 sRGB."""
Matte: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""(h, w) float32, 1 where the subject is."""

BYTES_MAX = 25 * 1024 * 1024
PIXELS_MAX = 64_000_000
SIDE_MIN, SIDE_KEPT_MAX = 32, 2000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
KEPT_SUFFIX = ".webp"
_QUALITY = 94
# The brands of an HEIF file that holds HEVC pictures (ISO/IEC 23008-12, annex B).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
# All that decoders raise for bytes that are not what they promise.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    MemoryError,
    RuntimeError,
)


@dataclass(frozen=True, eq=False)
class Photo:
    """One photo, upright. `matte` is what its own alpha channel said, None without one."""

    pixels: Pixels
    matte: Matte | None = None

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.pixels.shape[0])


def read_photo(content: bytes) -> Photo:
    """Read a photo, upright, in sRGB, at most 2000 pixels on its longer side.

    Raises PictureUnreadable, PictureAnimated, PictureTooLarge or PictureTooSmall.
    """
    if len(content) > BYTES_MAX:
        raise PictureTooLarge(f"{len(content) / 2**20:.0f} MiB", f"{BYTES_MAX >> 20} MiB")
    _refuse_heic(content)
    Image.init()  # by itself Pillow knows but the commonest formats
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                _check_frames(opened)
                _check_size(opened)
                # A JPEG of a hundred megapixels is decoded at half its size and less.
                opened.draft("RGB", (2 * SIDE_KEPT_MAX, 2 * SIDE_KEPT_MAX))
                if opened.width * opened.height > PIXELS_MAX:
                    _refuse_pixels(opened)
                return _upright(opened)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(str(error), f"{PIXELS_MAX // 1_000_000} megapixels") from error
    except _BROKEN as error:
        reason = "it breaks off or is damaged" if _known(content) else "it is no such picture"
        raise PictureUnreadable(reason) from error


def kept_bytes(photo: Photo) -> bytes:
    """Return a photo as it is kept: a WebP file without anything but its pixels."""
    layers = photo.pixels
    if photo.matte is not None:
        alpha = np.round(photo.matte * 255).astype(np.uint8)
        layers = np.dstack([photo.pixels, alpha])
    stored = io.BytesIO()
    Image.fromarray(layers).save(stored, "WEBP", quality=_QUALITY, method=4, exact=True)
    return stored.getvalue()


def _refuse_heic(content: bytes) -> None:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        reason = "it is HEIC, which needs a licensed decoder; phones export it as JPEG"
        raise PictureUnreadable(reason)


def _known(content: bytes) -> bool:
    """Whether the file begins as a picture does."""
    starts = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*", b"MM\x00*")
    return content.startswith(starts) or content[4:8] == b"ftyp"


def _check_frames(opened: Image.Image) -> None:
    """Refuse animations; the second picture of a stereo or portrait JPEG is no frame."""
    count = int(getattr(opened, "n_frames", 1))
    if count > 1 and opened.format != "MPO":
        raise PictureAnimated(count)


def _check_size(opened: Image.Image) -> None:
    if min(opened.size) < SIDE_MIN:
        raise PictureTooSmall(opened.width, opened.height, SIDE_MIN)
    if opened.format not in {"JPEG", "MPO"} and opened.width * opened.height > PIXELS_MAX:
        _refuse_pixels(opened)


def _refuse_pixels(opened: Image.Image) -> None:
    pixels = f"{opened.width} by {opened.height} pixels"
    raise PictureTooLarge(pixels, f"{PIXELS_MAX // 1_000_000} megapixels")


def _upright(opened: Image.Image) -> Photo:
    profile = opened.info.get("icc_profile")
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((SIDE_KEPT_MAX, SIDE_KEPT_MAX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if min(turned.size) < SIDE_MIN:
        raise PictureTooSmall(turned.width, turned.height, SIDE_MIN)
    matte = _matte_of(turned)
    return Photo(np.asarray(_in_srgb(turned, profile), np.uint8), matte)


def _matte_of(picture: Image.Image) -> Matte | None:
    """The alpha channel of a photo that was cut out already; None when it hides nothing."""
    if not picture.has_transparency_data:
        return None
    alpha = np.asarray(picture.convert("RGBA").getchannel("A"), np.float32) / 255.0
    return None if float(alpha.min()) > 0.99 else alpha


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring any kind of pixels to sRGB, by their colour profile if it can be read."""
    if picture.mode.startswith(("I", "F")):
        levels = np.asarray(picture, np.float64)
        top = 65535.0 if levels.max() > 255 else 255.0
        shown = np.clip(levels / top * 255.0, 0, 255).astype(np.uint8)
        return Image.fromarray(shown).convert("RGB")
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"}:
        picture = picture.convert("RGBA")
    if profile:
        bare = picture.convert("RGB") if picture.mode == "RGBA" else picture
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            standard = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(bare, own, standard, outputMode="RGB") or bare
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            # A profile that cannot be read, or of another kind of picture, says nothing.
            return picture.convert("RGB")
    return picture.convert("RGB")


def pixels_at(photo: Photo, longest: int) -> npt.NDArray[np.float32]:
    """Return a photo made so small, (h, w, 3) sRGB 0..1."""
    scale = min(longest / max(photo.width, photo.height), 1.0)
    size = (max(round(photo.width * scale), 1), max(round(photo.height * scale), 1))
    small = Image.fromarray(photo.pixels).resize(size, Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255.0
