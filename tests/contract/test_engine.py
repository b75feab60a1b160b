"""One truth for every engine: the stage and the test card that stands in for it."""

from hashlib import sha256
from pathlib import Path

import av
import pytest

from matinee import film
from matinee.engine import ShootingStopped
from matinee.film import FrameRate, FrameSize
from matinee.film.screenplay import Action, Beat, Character, Setting
from matinee.film.shot import Phoneme, Speech
from matinee.studio.abilities import Errand
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.model import Engine

ENGINES = ("stage", "test_card")


def an_engine(name: str, folder: Path) -> Engine:
    return StageEngine(folder / "cache") if name == "stage" else TestCardEngine()


def a_shot(*, seed: int = 1) -> film.Shot:
    return film.Shot(
        setting=Setting(id="s", place="meadow"),
        beat=Beat(
            id="b1",
            setting="s",
            text="Ann waves.",
            cast=("ann",),
            actions=(Action(character="ann", verb="wave"),),
        ),
        frame_count=5,
        rate=FrameRate(12),
        size=FrameSize(96, 64),
        seed=seed,
        characters=(Character(id="ann", name="Ann"),),
        speeches=(
            Speech(
                character="ann",
                text="Hi",
                language="en",
                start_ms=0,
                duration_ms=300,
                phonemes=(Phoneme("h", 0, 100), Phoneme("aɪ", 100, 300)),
            ),
        ),
    )


def taken(engine: Engine, path: Path, shot: film.Shot) -> tuple[film.Take, list[int], list[bytes]]:
    counts: list[int] = []
    pictures: list[bytes] = []
    take = engine.shoot(
        shot,
        video_path=path,
        errand=Errand(on_frames=counts.append, on_preview=pictures.append),
    )
    return take, counts, pictures


@pytest.mark.parametrize("name", ENGINES)
def test_a_take_says_what_it_is_and_its_file_is_what_it_says(name: str, tmp_path: Path) -> None:
    engine, shot, path = an_engine(name, tmp_path), a_shot(), tmp_path / "take.mp4"
    take, counts, pictures = taken(engine, path, shot)
    assert engine.name == name
    assert take.engine == engine.version
    assert take.engine.startswith(f"{name}/")
    assert take.shot == film.digest(shot)
    assert take.video == sha256(path.read_bytes()).hexdigest()
    assert (take.frame_count, take.rate, take.size) == (5, shot.rate, shot.size)
    assert counts[-1] == 5
    assert counts == sorted(counts)
    assert [picture[8:12] for picture in pictures] == [b"WEBP"]
    with av.open(str(path), "r") as file:
        frames = list(file.decode(video=0))
    assert [(one.width, one.height) for one in frames] == [(96, 64)] * 5
    assert [one.speech for one in take.placements] == [0]
    assert "ann" in {one.name for one in take.appearances}
    assert film.decode(film.encode(take), film.Take) == take


@pytest.mark.parametrize("name", ENGINES)
def test_a_shot_is_taken_alike_twice(name: str, tmp_path: Path) -> None:
    engine = an_engine(name, tmp_path)
    first, _, _ = taken(engine, tmp_path / "one.mp4", a_shot())
    assert taken(engine, tmp_path / "two.mp4", a_shot())[0] == first
    assert taken(engine, tmp_path / "three.mp4", a_shot(seed=2))[0].video != first.video


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_that_is_stopped_leaves_no_file(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    with pytest.raises(ShootingStopped):
        an_engine(name, tmp_path).shoot(
            a_shot(),
            video_path=folder / "take.mp4",
            errand=Errand(should_stop=lambda: True),
        )
    assert not list(folder.iterdir())
