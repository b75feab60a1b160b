"""Characters from clips: what a clip may be, what is seen in it, who looks like it in a film."""

import contextlib
import hashlib
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest

from matinee.engine import pictures
from matinee.engine.pictures import ClipUnusable, Looks
from matinee.film import Screenplay
from matinee.film.screenplay import Character, Garment, Look
from matinee.likeness import Likeness
from matinee.studio import likenesses
from studio_builders import a_play

TEAL, CREAM = (20, 130, 120), (235, 228, 205)


def a_clip(path: Path, *, frame_count: int = 24, rate: int = 10, side: int = 160) -> Path:
    """A teal block with a cream top on a plain ground, moving a little."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(rate))
        stream.width = stream.height = side
        stream.pix_fmt = "yuv420p"
        for index in range(frame_count):
            pixels = np.full((side, side, 3), 120, np.uint8)
            left = side // 3 + index // 8
            pixels[side // 4 : -side // 5, left : left + side // 3] = TEAL
            pixels[side // 4 : side // 3, left : left + side // 3] = CREAM
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path


def a_likeness(name: str = "Mochi", **looks: object) -> Likeness:
    return Likeness(
        id=f"char_{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()}",
        kind="character",
        owner="",
        handle="",
        name=name,
        level="only_me",
        looks=msgspec.convert({"kind": "person", **looks}, Looks),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def with_cast(*cast: Character) -> Screenplay:
    play = a_play()
    names = {"ann": cast[0].id, "bob": cast[-1].id}
    beats = tuple(
        msgspec.structs.replace(
            beat,
            cast=tuple(dict.fromkeys(names[one] for one in beat.cast)),
            lines=tuple(
                msgspec.structs.replace(line, character=names[line.character])
                for line in beat.lines
            ),
        )
        for beat in play.beats
    )
    return msgspec.structs.replace(play, characters=cast, beats=beats)


def near(colour: str, other: tuple[int, int, int]) -> bool:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(one - two) < 25 for one, two in zip(parts, other, strict=True))


def test_a_clip_of_a_thing_gives_its_commonest_colour_first(tmp_path: Path) -> None:
    clip = pictures.read_clip(a_clip(tmp_path / "a.mp4"))
    looks = pictures.looks_of(clip)
    assert clip.duration_ms == 2400
    assert looks.kind == "other"
    assert near(looks.dominant[0], TEAL), looks
    assert pictures.looks_of(clip) == looks


def test_a_clip_that_is_too_short_or_too_long_is_refused(tmp_path: Path) -> None:
    for frame_count in (10, 60):
        with pytest.raises(ClipUnusable, match="second"):
            pictures.read_clip(a_clip(tmp_path / "a.mp4", frame_count=frame_count))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00\x00\x18ftypisom" + b"\xff" * 400,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"RIFF\xff\xff\xff\xffAVI LIST" + b"\x00" * 200,
    ],
)
def test_bytes_that_are_no_clip_are_refused_and_open_nothing_else(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "clip"
    path.write_bytes(content)
    with pytest.raises(ClipUnusable):
        pictures.read_clip(path)


def test_a_clip_cut_off_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = a_clip(tmp_path / "a.mp4").read_bytes()
    path = tmp_path / "cut.mp4"
    for share in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        with contextlib.suppress(ClipUnusable):
            assert pictures.read_clip(path).frames
    damaged = bytearray(whole)
    damaged[len(whole) // 3 : len(whole) // 3 + 200] = b"\xaa" * 200
    path.write_bytes(damaged)
    with contextlib.suppress(ClipUnusable):
        assert pictures.read_clip(path).frames


def test_whoever_has_the_name_wears_the_colours_of_the_clip() -> None:
    ann = Character(id="ann", name="Ann")
    bob = Character(id="mochi", name="Mochi", look=Look(garments=(Garment(kind="coat"),)))
    kept = a_likeness(hair="#a03020", skin="#e0b090", top="#f0d020", bottom="#203080")
    shown = likenesses.as_shown(with_cast(ann, bob), [kept])
    assert shown.characters[0] == ann
    look = shown.characters[1].look
    assert (look.hair_colour, look.skin) == ("#a03020", "#e0b090")
    assert look.garments == (
        Garment(kind="coat", colour="#f0d020"),
        Garment(kind="trousers", colour="#203080"),
    )
    assert (shown.notes[-1].status, shown.notes[-1].phrase) == ("approximated", "Mochi")


def test_what_the_prompt_says_of_somebody_goes_before_the_clip() -> None:
    dressed = Look(hair_colour="#000000", garments=(Garment(kind="dress", colour="#ffffff"),))
    one = Character(id="mochi", name="Mochi", look=dressed)
    kept = a_likeness(hair="#a03020", top="#f0d020", bottom="#203080")
    assert likenesses.as_shown(with_cast(one), [kept]).characters[0].look == dressed


def test_an_animal_takes_the_coat_of_the_clip() -> None:
    dog = Character(id="dog", name="a dog", kind="animal", species="dog")
    kept = a_likeness(kind="other", dominant=["#c8b496", "#403020"])
    shown = likenesses.as_shown(with_cast(dog), [kept]).characters[0]
    assert (shown.name, shown.look.skin) == ("Mochi", "#c8b496")


def test_two_kept_characters_are_two_people() -> None:
    cast = (Character(id="a", name="Ann"), Character(id="b", name="Bob"))
    kept = [a_likeness("Rex", top="#111111"), a_likeness("Bob", top="#222222")]
    names = [one.name for one in likenesses.as_shown(with_cast(*cast), kept).characters]
    assert names == ["Rex", "Bob"]


def test_a_character_nobody_can_be_is_said_to_be_left_out() -> None:
    kept = [a_likeness(name, top="#111111") for name in ("Ann", "Bob", "Rex")]
    shown = likenesses.as_shown(a_play(), kept)
    assert (shown.notes[-1].status, shown.notes[-1].phrase) == ("left_out", "Rex")
