"""Real pipelines of diffusers, tiny and random, loaded and run: `make test-diffusers`."""

from pathlib import Path

import av
import pytest

from matinee import engine
from matinee.engine import ShootingStopped, footage
from matinee.film import FrameRate, FrameSize, Shot
from matinee.film.screenplay import Beat, Setting
from matinee.studio.abilities import Errand, Guides

pytest.importorskip("torch", reason="torch is not installed here: make test-diffusers")
pytest.importorskip("diffusers", reason="diffusers is not installed here: make test-diffusers")

import tiny_models
from matinee.studio.adapters.diffusers_engine import DiffusersEngine, ModelUnusable, Name

FAMILIES: tuple[Name, ...] = ("wan", "wan_image", "ltx", "hunyuan", "vace")


def a_shot(*, seed: int = 3) -> Shot:
    return Shot(
        setting=Setting(id="s", place="meadow"),
        beat=Beat(id="b1", setting="s", text="A lighthouse in a storm."),
        frame_count=7,
        rate=FrameRate(12),
        size=FrameSize(96, 64),
        seed=seed,
    )


def an_engine(family: Name, folder: Path) -> DiffusersEngine:
    return DiffusersEngine(
        name="local",
        family=family,
        model=str(tiny_models.saved(family, folder)),
        device="cpu",
        dtype="float32",
        offload="none",
        steps=2,
    )


def guides_for(shot: Shot, folder: Path) -> Guides:
    """A first frame, a last one and a depth video, as the stage gives them."""
    depth = folder / "depth.mp4"
    footage.control_videos(shot, {"depth": depth}, cache=folder / "cache")
    picture = folder / "first.png"
    picture.write_bytes(engine.poster(depth, at_s=0.0, kind="png"))
    return Guides(first_frame=picture, references=(picture,), controls={"depth": depth})


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_is_loaded_from_its_folder_and_takes_a_shot_alike_twice(
    family: Name, tmp_path: Path
) -> None:
    hired, shot, counts = an_engine(family, tmp_path), a_shot(), list[int]()
    guides = guides_for(shot, tmp_path)
    first = hired.shoot(
        shot,
        video_path=tmp_path / "one.mp4",
        guides=guides,
        errand=Errand(on_frames=counts.append),
    )
    again = an_engine(family, tmp_path).shoot(shot, video_path=tmp_path / "two.mp4", guides=guides)
    other = hired.shoot(a_shot(seed=4), video_path=tmp_path / "three.mp4", guides=guides)
    assert again == first
    assert other.video != first.video
    assert counts == sorted(counts)
    assert counts[-1] == 7
    assert len(counts) == 3
    with av.open(str(tmp_path / "one.mp4")) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    assert [frame.shape for frame in frames] == [(64, 96, 3)] * 7
    assert max(float(frame.std()) for frame in frames) > 1


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_stops_between_two_steps(family: Name, tmp_path: Path) -> None:
    hired, shot, asked = an_engine(family, tmp_path), a_shot(), list[int]()
    guides = guides_for(shot, tmp_path)

    def stops() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(ShootingStopped):
        hired.shoot(
            shot,
            video_path=tmp_path / "take.mp4",
            guides=guides,
            errand=Errand(should_stop=stops),
        )
    assert len(asked) == 2
    assert not (tmp_path / "take.mp4").exists()


def test_a_folder_without_a_model_is_said(tmp_path: Path) -> None:
    hired = DiffusersEngine(name="local", family="wan", model=str(tmp_path), device="cpu")
    with pytest.raises(ModelUnusable):
        hired.shoot(a_shot(), video_path=tmp_path / "take.mp4")
