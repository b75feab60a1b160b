"""Photographs in the scene: shown true, given a body, put in a place, and lit."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from matinee import film
from matinee.engine.pictures import Photo, PictureMissing, kept_bytes
from matinee.engine.render.geometry import Surface, mesh
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import (
    Ambient,
    Atmosphere,
    Camera,
    Fog,
    Frame,
    Grade,
    Sky,
    Sun,
)
from matinee.engine.render.sheet import photo_mesh_colours, photo_sheet
from matinee.engine.stage import props
from matinee.engine.stage.cast import person
from matinee.engine.stage.direction import stage
from matinee.engine.stage.photographs.album import Album
from matinee.engine.stage.photographs.figures import figure
from matinee.engine.stage.photographs.relief import body, raised
from matinee.engine.stage.photographs.things import modelled
from matinee.film.screenplay import Beat, Character, Look, Prop, Setting
from matinee.film.screenplay import Camera as Framing

if TYPE_CHECKING:
    from pathlib import Path

SIZE = film.FrameSize(160, 90)
AIR = Atmosphere(
    sun=Sun((0.0, 0.6, 0.8), (2.5, 2.5, 2.5)),
    sky=Sky((0.3, 0.4, 0.6), (0.6, 0.6, 0.6), (0.2, 0.2, 0.2)),
    fog=Fog((0.5, 0.5, 0.5), density_per_m=0.0),
    ambient=Ambient((0.6, 0.6, 0.6), (0.3, 0.3, 0.3)),
    grade=Grade(exposure=0.8, bloom=0.0, vignette=0.0, grain=0.0),
)


def a_view() -> Photo:
    """Sky over grass with a wall in the middle, softly shaded and grainy."""
    picture = Image.new("RGB", (320, 200), (140, 170, 215))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 108, 320, 200), fill=(104, 122, 70))
    draw.rectangle((120, 60, 210, 108), fill=(160, 120, 96))
    grain = np.random.default_rng(2).normal(0.0, 3.0, (200, 320, 1))
    return Photo(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def a_bottle() -> Photo:
    """A green bottle on white."""
    picture = Image.new("RGB", (240, 320), (240, 240, 238))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((108, 40, 132, 110), fill=(30, 120, 60))
    draw.rectangle((80, 100, 160, 290), fill=(24, 104, 54))
    grain = np.random.default_rng(4).normal(0.0, 3.0, (320, 240, 1))
    return Photo(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def kept(photo: Photo, folder: Path) -> tuple[str, Album]:
    """A photo as the studio keeps it: its digest, and an album with its file."""
    content = kept_bytes(photo)
    digest = hashlib.sha256(content).hexdigest()
    file = folder / f"{digest}.webp"
    file.write_bytes(content)
    return digest, Album({digest: file})


def a_shot(setting: Setting, **changes: object) -> film.Shot:
    """One second of a setting."""
    given: dict[str, object] = {
        "beat": Beat(id="b", setting="s", text="", camera=Framing(size="wide")),
        "frame_count": 12,
        "rate": film.FrameRate(12),
        "size": SIZE,
        "seed": 1,
    }
    return film.Shot(setting=setting, **{**given, **changes})  # type: ignore[arg-type]


def drawn(shot: film.Shot, cache: Path, album: Album, frame: int = 0) -> np.ndarray:
    """One frame of a shot, (h, w, 3) int."""
    staging = stage(shot, cache=cache, album=album)
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=SIZE,
        sheet=staging.sheet,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
    ) as renderer:
        return i420_to_rgb(renderer.render(staging.frame(frame)), SIZE).astype(int)


@pytest.mark.parametrize("exposure", [0.5, 1.6])
def test_a_backdrop_is_developed_to_the_photo_whatever_the_exposure(exposure: float) -> None:
    photo = a_view().pixels[10:190]
    height, width = photo.shape[:2]
    tall = 5.0 * np.tan(np.radians(20.0))
    wide = tall * width / height
    corners = [[-wide, -tall, -5], [wide, -tall, -5], [wide, tall, -5], [-wide, tall, -5]]
    places = np.array([[0, height], [width, height], [width, 0], [0, 0]], float)
    card = mesh(
        corners,
        [[0, 1, 2], [0, 2, 3]],
        albedo=photo_mesh_colours(places, height / (2 * tall)),
        surface=Surface.BACKDROP,
        emission=1.0,
        normals=(0, 0, 1),
    )
    sheet = photo_sheet([photo])
    assert sheet is not None
    grade = Grade(exposure=exposure, bloom=0.0, vignette=0.0, grain=0.0)
    air = Atmosphere(AIR.sun, AIR.sky, AIR.fog, AIR.ambient, grade)
    eye = Camera((0.0, 0.0, 0.0), (0.0, 0.0, -1.0), float(np.radians(40.0)))
    with Renderer(sheet.laid_out(card, 0), size=SIZE, sheet=sheet) as renderer:
        shown = i420_to_rgb(renderer.render(Frame(0.0, eye, air)), SIZE).astype(int)
    small = np.asarray(Image.fromarray(photo).resize((160, 90), Image.Resampling.BOX), int)
    assert np.abs(shown - small).mean() < 3.0


def test_photographs_of_several_sizes_share_one_sheet_without_meeting() -> None:
    photos = [
        np.full((height, width, 3), 20 * (k + 1), np.uint8)
        for k, (height, width) in enumerate([(100, 300), (400, 90), (30, 30), (250, 250)])
    ]
    sheet = photo_sheet(photos)
    assert sheet is not None
    texels = sheet.texels[: sheet.size * (sheet.size + 1)].reshape(sheet.size, -1)
    for photo, (left, top) in zip(photos, sheet.places, strict=True):
        height, width = photo.shape[:2]
        own = texels[top - 4 : top + height + 4, left - 4 : left + width + 4] & 255
        assert set(np.unique(own)) == {photo[0, 0, 0]}


@pytest.mark.parametrize("build", ["round", "flat", "full"])
def test_a_body_is_closed_and_its_front_faces_the_viewer(build: str) -> None:
    y, x = np.mgrid[:90, :60]
    matte = ((abs(x - 30) < 18) & (abs(y - 45) < 40)).astype(np.float32)
    made = body(raised(matte, build), middle_px=(30, 45), metres_per_px=0.01)  # type: ignore[arg-type]
    edges = Counter(
        (int(a), int(b))
        for tri in made.triangles
        for a, b in zip(tri, np.roll(tri, -1), strict=True)
    )
    assert set(edges.values()) == {1}
    assert all((b, a) in edges for a, b in edges)
    front = made.positions[:, 2] > 0.8 * made.positions[:, 2].max()
    assert made.normals[front, 2].mean() > 0.7
    deep = float(np.ptp(made.positions[:, 2]))
    assert {"round": 0.30, "flat": 0.0, "full": 0.1}[build] < deep < 0.42


def test_a_thing_is_as_large_as_usual_and_shows_its_photo() -> None:
    usual = props.build("bottle")
    made = modelled(a_bottle(), usual)
    assert made.photo is not None
    assert (made.mesh.surface == Surface.PHOTO).all()
    assert np.hypot(*made.half_extents[:2]) == pytest.approx(
        np.hypot(*usual.half_extents[:2]), rel=0.02
    )
    assert made.mass_kg == usual.mass_kg


def test_a_thing_from_a_photo_stands_in_the_scene_lit_the_same_each_time(tmp_path: Path) -> None:
    digest, first = kept(a_bottle(), tmp_path)
    ground, second = kept(Photo(np.full((200, 320, 3), (150, 130, 120), np.uint8)), tmp_path)
    album = Album({**first.files, **second.files})
    thing = Prop(id="p", kind="bottle", setting="s", picture=digest)
    beat = Beat(id="b", setting="s", text="", props=("p",), camera=Framing(subject="p"))
    shot = a_shot(Setting(id="s", place="park", picture=ground), beat=beat, props=(thing,))
    picture = drawn(shot, tmp_path, album)
    green = (picture[..., 1] > picture[..., 0] + 15) & (picture[..., 1] > picture[..., 2] + 10)
    assert green[20:70, 60:100].sum() > 100
    assert np.array_equal(picture, drawn(shot, tmp_path, album))


def test_a_shot_whose_photo_is_gone_says_so(tmp_path: Path) -> None:
    shot = a_shot(Setting(id="s", place="park", picture="ab" * 32))
    with pytest.raises(PictureMissing):
        stage(shot, cache=tmp_path, album=Album({}))


def test_a_photographed_place_looks_as_in_the_photo_and_catches_shadows(tmp_path: Path) -> None:
    photo = a_view()
    digest, album = kept(photo, tmp_path)
    setting = Setting(id="s", place="park", picture=digest)
    empty = drawn(a_shot(setting), tmp_path, album)
    assert np.abs(np.median(empty[3:12], axis=(0, 1)) - (140, 170, 215)).max() < 14
    assert np.abs(np.median(empty[75:88], axis=(0, 1)) - (104, 122, 70)).max() < 14
    somebody = Character(id="a", name="Ann")
    beat = Beat(id="b", setting="s", text="", cast=("a",), camera=Framing(size="wide"))
    peopled = drawn(a_shot(setting, beat=beat, characters=(somebody,)), tmp_path, album)
    ground = peopled[55:88, 90:130].sum(axis=-1)
    assert (ground < 0.72 * np.median(ground)).sum() > 20, "no shadow falls on the ground"


def test_somebody_from_a_photo_stands_on_the_floor_as_tall_as_usual() -> None:
    usual = person(Look(), seed=1)
    made = figure(a_bottle(), usual)
    points = made.rigged.mesh.positions
    assert points[:, 1].min() == pytest.approx(0.0, abs=1e-3)
    assert points[:, 1].max() == pytest.approx(usual.height_m, rel=0.03)
    assert made.rigged.weights.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert int(made.rigged.joints.max()) < len(usual.skeleton.names)
