"""People who were recorded, in the scene: as their moving cut-out, or as a body with their face."""

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from matinee import film
from matinee.engine.recordings import RecordingUnusable, Reel, cels_of, decoded, encoded
from matinee.engine.recordings.cutting import spread
from matinee.engine.recordings.reel import FACE_SIDE, Cel, video_of
from matinee.engine.render.geometry import Surface
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage import cast
from matinee.engine.stage.direction import Staging, stage
from matinee.engine.stage.photographs.album import Album
from matinee.engine.stage.photographs.likenesses import filmed_close
from matinee.engine.stage.strip import Strip
from matinee.film.screenplay import Action, Beat, Character, Look, Setting
from matinee.film.screenplay import Camera as Framing

SIZE = film.FrameSize(160, 90)
ADA = "likeness_" + "a" * 32
SKIN, SHIRT, ROOM = (190, 140, 110), (40, 160, 60), (230, 20, 230)


@cache
def a_reel() -> Reel:
    """A bust of two ellipses whose mouth opens, and a face whose places are a usual body's."""
    cels = []
    rows, columns = np.mgrid[:200, :160]
    head = ((columns - 80) / 34) ** 2 + ((rows - 60) / 46) ** 2 < 1
    trunk = ((columns - 80) / 76) ** 2 + ((rows - 210) / 110) ** 2 < 1
    for k in range(6):
        pixels = np.full((200, 160, 3), ROOM, np.uint8)
        pixels[trunk] = SHIRT
        pixels[head] = SKIN
        mouth = ((columns - 80) / 12) ** 2 + ((rows - 82) / (1 + 2 * k)) ** 2 < 1
        pixels[mouth] = (90, 30, 30)
        matte = (head | trunk).astype(np.float32)
        cels.append(Cel(spread(pixels, matte), matte))
    at = cast.person(Look(gender="woman"), seed=1).face_places
    low, high = at.min(axis=0), at.max(axis=0)
    step = 0.55 * FACE_SIDE / float((high - low)[:2].max())
    middle = (low + high) / 2
    places = np.column_stack(
        [
            FACE_SIDE / 2 + (at[:, 0] - middle[0]) * step,
            FACE_SIDE / 2 - (at[:, 1] - middle[1]) * step,
            -(at[:, 2] - middle[2]) * step,
        ]
    )
    face = io.BytesIO()
    Image.new("RGB", (FACE_SIDE, FACE_SIDE), SKIN).save(face, "WEBP")
    return Reel(
        video=video_of(cels),
        frame_count=len(cels),
        width=160,
        height=200,
        eyes=(80.0, 52.0),
        face_px=60.0,
        heads=2.4,
        quiet=(0, 2),
        talking=(2, 6),
        face=face.getvalue(),
        places=tuple((float(x), float(y), float(z)) for x, y, z in places),
        skin="#be8c6e",
        hair="#402010",
        top="#28a03c",
    )


def a_shot(size: str, *, verb: str = "", place: str = "street", **changes: object) -> film.Shot:
    ada = Character(id="ada", name="Ada", likeness=ADA, look=Look(gender="woman"))
    beat = Beat(
        id="b",
        setting="s",
        text="",
        cast=("ada",),
        camera=Framing(size=size),  # type: ignore[arg-type]
        actions=(Action(character="ada", verb=verb),) if verb else (),
    )
    given: dict[str, object] = {
        "setting": Setting(id="s", place=place, time_of_day="day"),
        "characters": (ada,),
        "beat": beat,
        "frame_count": 12,
        "rate": film.FrameRate(12),
        "size": SIZE,
        "seed": 1,
    }
    return film.Shot(**{**given, **changes})  # type: ignore[arg-type]


def staged(shot: film.Shot, folder: Path) -> Staging:
    file = folder / "ada.reel"
    file.write_bytes(encoded(a_reel()))
    return stage(shot, cache=folder.parent / "worlds", album=Album({}, {ADA: file}))


def drawn(staging: Staging, frame: int) -> np.ndarray:
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=SIZE,
        sheet=staging.sheet,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        threads=1,
    ) as renderer:
        return i420_to_rgb(renderer.render(staging.frame(frame)), SIZE).astype(int)


def test_a_reel_is_read_as_it_was_written() -> None:
    reel = decoded(encoded(a_reel()))
    assert reel == a_reel()
    for cel in cels_of(reel):
        inside = cel.matte > 0.99
        # Of the room nothing is left, neither within the outline nor beyond it.
        assert np.abs(cel.pixels.astype(int) - ROOM).sum(axis=-1).min() > 150
        assert 0.2 < inside.mean() < 0.8


@pytest.mark.parametrize("share", [0.0, 0.3, 0.97])
def test_a_damaged_reel_is_refused(share: float) -> None:
    content = encoded(a_reel())
    with pytest.raises(RecordingUnusable):
        decoded(content[: int(share * len(content))])
    lying = msgspec.structs.replace(a_reel(), frame_count=5, quiet=(0, 2), talking=(2, 5))
    with pytest.raises(RecordingUnusable):
        cels_of(lying)
    with pytest.raises(RecordingUnusable):
        cels_of(msgspec.structs.replace(a_reel(), video=a_reel().video[:200]))


@settings(deadline=None, max_examples=40)
@given(
    rate=st.floats(4.0, 30.0),
    fps=st.sampled_from([12, 24, 60, 240]),
    spoken=st.lists(st.tuples(st.floats(0, 4), st.floats(0, 1)), max_size=4),
)
def test_the_frames_of_a_strip_never_jump(
    rate: float, fps: int, spoken: list[tuple[float, float]]
) -> None:
    strip = Strip(30, rate, (3, 9), (14, 28))
    times = np.arange(5 * fps) / fps
    shown = strip.shown(times, [(start, start + long) for start, long in spoken])
    assert np.abs(np.diff(shown)).max() <= 1
    assert shown.min() >= 0
    assert shown.max() < 30
    if not spoken:
        assert set(shown.tolist()) <= set(range(3, 9))


def test_one_frame_is_shown_and_it_faces_the_camera() -> None:
    strip = Strip(4, 12.0, (0, 2), (2, 4))
    pelvis, eye = np.array([[1.0, 1.0, 2.0]]), np.array([[5.0, 1.5, 2.0]])
    bones = strip.bones(np.zeros((1, 3, 3, 4), np.float32), pelvis, np.array([0.0, 1.0, 0.0]), eye)
    only = strip.only(bones[0], 2)
    assert [bool(np.any(only[3 + k])) for k in range(4)] == [False, False, True, False]
    assert only[5, :, 2] == pytest.approx([1.0, 0.0, 0.0])  # what was ahead is towards the camera
    assert only[5, :, :3] @ [0, 1, 0] + only[5, :, 3] == pytest.approx(pelvis[0])


@pytest.mark.parametrize(
    ("size", "verb", "close"),
    [
        ("close_up", "", True),
        ("close_up", "smile", True),
        ("close_up", "dance", False),
        ("medium", "", False),  # the recording ends above the waist
        ("wide", "", False),
    ],
)
def test_what_a_shot_asks_decides_how_somebody_appears(
    size: str,
    verb: str,
    close: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert filmed_close(a_reel(), "ada", a_shot(size, verb=verb)) is close


def test_close_by_they_are_their_own_moving_picture(tmp_path: Path) -> None:
    staging = staged(a_shot("close_up"), tmp_path)
    mesh = staging.rigged[0].mesh
    assert set(np.unique(mesh.surface)) == {int(Surface.PHOTO)}
    first, again = drawn(staging, 3), drawn(staged(a_shot("close_up"), tmp_path), 3)
    assert np.array_equal(first, again)
    # The green of the shirt is in the picture, the room of the recording is not.
    red, green, blue = np.moveaxis(first, -1, 0)
    assert ((green > red + 25) & (green > blue + 25))[60:].mean() > 0.1
    assert ((red > green + 90) & (blue > green + 90)).sum() == 0
    played = replace(staging).frame(3)
    assert sum(bool(np.any(one)) for one in played.bones[0][-6:]) == 1


def test_from_afar_they_are_a_body_that_carries_their_face(tmp_path: Path) -> None:
    shot = a_shot("full", verb="walk")
    staging = staged(shot, tmp_path)
    rigged = staging.rigged[0]
    surfaces = set(np.unique(rigged.mesh.surface))
    assert {int(Surface.PHOTO), int(Surface.SKIN), int(Surface.EYE)} <= surfaces
    assert "jawOpen" in rigged.morph_names
    face = rigged.mesh.positions[rigged.mesh.surface == Surface.PHOTO]
    assert np.ptp(face, axis=0).max() < 0.3
    assert np.isfinite(rigged.mesh.positions).all()
    assert np.isfinite(rigged.mesh.normals).all()
    frames = [staging.frame(k).bones[0] for k in (0, 11)]
    assert np.abs(frames[0] - frames[1]).max() > 0.1  # they walk
    without = stage(shot, cache=tmp_path.parent / "worlds")
    assert int(Surface.PHOTO) not in set(np.unique(without.rigged[0].mesh.surface))
