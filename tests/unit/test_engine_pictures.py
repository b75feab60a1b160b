"""Photos that come in: hostile bytes, what is kept of them, and what is cut out of them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw

from matinee.engine.pictures import (
    Photo,
    PictureAnimated,
    PictureTooLarge,
    PictureTooSmall,
    PictureUnreadable,
    cut_out,
    kept_bytes,
    read_photo,
    sight_of,
)
from matinee.engine.pictures.planes import depth_within, filled, guided, regions

GPS, ORIENTATION, TURNED_RIGHT = 0x8825, 0x0112, 6


def a_picture(width: int = 120, height: int = 80) -> Image.Image:
    """A red left half and a blue right half."""
    picture = Image.new("RGB", (width, height), (20, 40, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height), fill=(200, 30, 20))
    return picture


def stored(picture: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of a picture in a file of some form."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def a_bottle(ground: tuple[int, int, int] = (236, 236, 232), noise: float = 4.0) -> Photo:
    """A green bottle with a pale label on a ground of grainy colour, its shadow beside it."""
    picture = Image.new("RGB", (300, 400), ground)
    draw = ImageDraw.Draw(picture)
    shade = tuple(int(part * 0.62) for part in ground)
    draw.ellipse((100, 340, 250, 362), fill=shade)
    draw.rectangle((135, 60, 165, 140), fill=(30, 110, 60))
    draw.rounded_rectangle((100, 120, 200, 350), 18, fill=(24, 96, 54))
    draw.rectangle((100, 200, 200, 270), fill=(232, 226, 208))
    grain = np.random.default_rng(3).normal(0.0, noise, (400, 300, 3))
    return Photo(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF", "GIF"])
def test_a_photo_of_any_common_kind_is_read_in_its_colours(form: str) -> None:
    photo = read_photo(stored(a_picture(), form))
    assert (photo.width, photo.height) == (120, 80)
    assert photo.pixels[40, 20, 0] > 150
    assert photo.pixels[40, 100, 0] < 90


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "RGBA", "LA", "I;16"])
def test_pixels_of_every_mode_become_srgb(mode: str) -> None:
    picture = (
        a_picture().convert("L").convert(mode) if mode == "I;16" else a_picture().convert(mode)
    )
    form = "TIFF" if mode == "CMYK" else "PNG"
    assert read_photo(stored(picture, form)).pixels.shape == (80, 120, 3)


def test_a_sideways_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    photo = read_photo(stored(a_picture(), "JPEG", exif=exif))
    assert (photo.width, photo.height) == (80, 120)
    assert photo.pixels[20, 40, 0] > photo.pixels[100, 40, 0]


def test_nothing_but_pixels_is_kept_of_a_photo() -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 0.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = kept_bytes(read_photo(stored(a_picture(), "JPEG", exif=exif, icc_profile=profile)))
    with Image.open(io.BytesIO(kept)) as picture:
        assert not dict(picture.getexif())
        assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
    assert b"at home" not in kept


def test_keeping_what_was_kept_changes_no_size_and_hardly_a_colour() -> None:
    photo = a_bottle()
    again = read_photo(kept_bytes(photo))
    assert again.pixels.shape == photo.pixels.shape
    assert np.abs(again.pixels.astype(int) - photo.pixels).mean() < 4.0


def test_an_alpha_channel_is_the_matte() -> None:
    picture = a_picture().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 60, 80))
    photo = read_photo(kept_bytes(read_photo(stored(picture, "PNG"))))
    assert photo.matte is not None
    assert photo.matte[40, 10] < 0.02
    assert photo.matte[40, 100] > 0.98
    assert cut_out(photo).trust == 1.0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"\xff\xd8\xff" + b"\0" * 400,
        stored(a_picture(), "PNG")[:200],
        stored(a_picture(), "JPEG")[:-300],
        stored(a_picture(), "WEBP")[:120],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
)
def test_bytes_that_are_no_whole_photo_are_refused(content: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        read_photo(content)


def test_heic_is_refused_by_name() -> None:
    with pytest.raises(PictureUnreadable, match="HEIC"):
        read_photo(b"\0\0\0\x18ftypheic" + b"\0" * 64)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF"])
def test_an_animation_is_refused_with_the_number_of_its_frames(form: str) -> None:
    frames = [a_picture(), a_picture().rotate(180), a_picture()]
    content = stored(frames[0], form, save_all=True, append_images=frames[1:])
    with pytest.raises(PictureAnimated) as refused:
        read_photo(content)
    assert refused.value.details["frame_count"] in {2, 3}


@pytest.mark.parametrize("size", [(1, 1), (4000, 3), (31, 31)])
def test_a_photo_without_enough_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(PictureTooSmall):
        read_photo(stored(a_picture(*size), "PNG"))


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    content = stored(Image.new("1", (16_000, 12_000)), "PNG")
    assert len(content) < 100_000
    with pytest.raises(PictureTooLarge):
        read_photo(content)


def test_a_large_photo_is_kept_at_two_thousand_pixels() -> None:
    assert max(read_photo(stored(a_picture(4200, 1400), "JPEG")).pixels.shape) == 2000


@pytest.mark.parametrize("ground", [(240, 240, 236), (168, 118, 72), (40, 44, 52)])
def test_a_thing_is_cut_out_with_its_label_and_without_its_shadow(
    ground: tuple[int, int, int],
) -> None:
    cut = cut_out(a_bottle(ground, noise=6.0))
    assert not cut.doubtful
    assert cut.matte[160:330, 106:194].min() > 0.9, "the body, its label too"
    assert cut.matte[:50].max() < 0.1
    assert cut.matte[345:360, 215:245].max() < 0.5, "the shadow"


def test_a_picture_of_noise_has_no_subject() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 260, 3)).astype(np.uint8)
    assert cut_out(Photo(noise)).doubtful
    assert sight_of(Photo(noise)).shows == "place"


def test_the_sight_of_a_bottle_is_a_tall_even_thing() -> None:
    sight = sight_of(a_bottle())
    assert (sight.shows, sight.even, sight.whole) == ("thing", True, True)
    assert sight.tall > 2.0


def test_regions_holes_and_depths_of_a_ring() -> None:
    y, x = np.mgrid[:40, :60]
    away = np.hypot(x - 20, y - 20)
    ring = (away < 15) & (away > 6) | (x > 50)
    assert regions(ring).max() == 2
    whole = filled(ring)
    assert whole[20, 20]
    assert depth_within(whole)[20, 20] == pytest.approx(15, abs=1)


def test_a_guided_filter_keeps_the_edge_of_its_guide() -> None:
    guide = np.zeros((30, 30), np.float32)
    guide[:, 15:] = 1.0
    rough = (guide + np.random.default_rng(0).normal(0, 0.2, guide.shape)).astype(np.float32)
    smooth = guided(guide, rough, radius=3, smooth=1e-3)
    assert smooth[:, 14].mean() < 0.2
    assert smooth[:, 15].mean() > 0.8
