"""One truth for every engine: the stage, the test card, and each provider by way of its fake."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import av
import pytest

from matinee import film
from matinee.engine import ShootingStopped
from matinee.film import FrameRate, FrameSize
from matinee.film.screenplay import Action, Beat, Character, Setting
from matinee.film.shot import Phoneme, Speech
from matinee.kit.errors import MatineeError
from matinee.kit.money import MicroMoney
from matinee.studio.abilities import Abilities, Errand, Guides
from matinee.studio.adapters import fake_openai_videos, fake_veo
from matinee.studio.adapters.fake_fal import FakeFal
from matinee.studio.adapters.fake_openai_videos import FakeOpenAIVideos
from matinee.studio.adapters.fake_provider import KEY, Behaviour, FakeProvider
from matinee.studio.adapters.fake_veo import FakeVeo
from matinee.studio.adapters.fal_engine import WAN, FalVideos
from matinee.studio.adapters.openai_video_engine import Dialect, OpenAIVideos
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.adapters.veo_engine import VeoVideos, abilities_of
from matinee.studio.hiring import HiredEngine, Provider
from matinee.studio.model import Engine

HIRED = ("openai", "vllm", "sglang", "veo", "fal")
ENGINES = ("stage", "test_card", *HIRED)
DIALECTS: dict[str, Dialect] = {"openai": "openai", "vllm": "vllm", "sglang": "sglang"}
DIME = MicroMoney(10_000_000, "USD")
ENDS_SOON_S = 0.2


def a_fake(name: str, behaviours: tuple[Behaviour, ...] = (), *, looks: int = 2) -> FakeProvider:
    if name in DIALECTS:
        return FakeOpenAIVideos(behaviours, looks_until_done=looks, dialect=DIALECTS[name])
    return {"veo": FakeVeo, "fal": FakeFal}[name](behaviours, looks_until_done=looks)


def a_provider(
    name: str, fake: FakeProvider, *, key: str = KEY, timeout_s: float = 20.0
) -> Provider:
    if isinstance(fake, FakeOpenAIVideos):
        able = {
            "openai": Abilities(
                lengths_ms=(4000, 8000, 12000),
                sizes=(FrameSize(1280, 720), FrameSize(720, 1280)),
                sound=True,
                reference_images=1,
                first_frame=True,
                seeds=False,
                remote=True,
            ),
            "vllm": Abilities(length_ms_max=5000, rate=FrameRate(16), price_per_second=DIME),
            "sglang": Abilities(length_ms_max=5000, first_frame=True, price_per_second=DIME),
        }
        return OpenAIVideos(
            name=name,
            url=fake.url,
            model=fake_openai_videos.MODEL,
            abilities=able[name],
            key=key,
            dialect=DIALECTS[name],
            frame_step=4 if name == "vllm" else 1,
            timeout_s=timeout_s,
        )
    if name == "veo":
        return VeoVideos(
            name=name,
            model=fake_veo.MODEL,
            abilities=abilities_of(DIME),
            key=key,
            url=fake.root,
            timeout_s=timeout_s,
        )
    return FalVideos(
        name=name,
        form=WAN,
        abilities=Abilities(
            length_ms_max=5000,
            rate=FrameRate(16),
            sizes=(FrameSize(1280, 720), FrameSize(720, 1280), FrameSize(832, 480)),
            first_frame=True,
            last_frame=True,
            remote=True,
        ),
        key=key,
        unit_price=DIME,
        queue=fake.root,
        timeout_s=timeout_s,
    )


def hired(name: str, fake: FakeProvider, *, key: str = KEY, timeout_s: float = 20.0) -> HiredEngine:
    provider = a_provider(name, fake, key=key, timeout_s=timeout_s)
    return HiredEngine(provider, wait=lambda _seconds: None, patience_s=30)


@contextmanager
def an_engine(name: str, folder: Path) -> Iterator[Engine]:
    if name not in HIRED:
        yield StageEngine(folder / "cache") if name == "stage" else TestCardEngine()
        return
    with a_fake(name) as fake:
        yield hired(name, fake)


def a_shot(*, seed: int = 1, frame_count: int = 5) -> film.Shot:
    return film.Shot(
        setting=Setting(id="s", place="meadow"),
        beat=Beat(
            id="b1",
            setting="s",
            text="Ann waves.",
            cast=("ann",),
            actions=(Action(character="ann", verb="wave"),),
        ),
        frame_count=frame_count,
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


class Told:
    """Everything that an engine said on its errand."""

    def __init__(self, *, ticket: str = "", stops_after: int | None = None) -> None:
        self.tickets: list[str] = []
        self.costs: list[MicroMoney] = []
        self.asked, self._stops_after = 0, stops_after
        self.errand = Errand(
            ticket=ticket,
            on_ticket=self.tickets.append,
            on_cost=self.costs.append,
            should_stop=self._should_stop,
        )

    def _should_stop(self) -> bool:
        self.asked += 1
        return self._stops_after is not None and self.asked > self._stops_after


@pytest.mark.parametrize("name", ENGINES)
def test_a_take_says_what_it_is_and_its_file_is_what_it_says(name: str, tmp_path: Path) -> None:
    with an_engine(name, tmp_path) as engine:
        shot, path = a_shot(), tmp_path / "take.mp4"
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
        assert file.streams.video[0].average_rate == 12
        frames = list(file.decode(video=0))
    assert [(one.width, one.height) for one in frames] == [(96, 64)] * 5
    assert [one.speech for one in take.placements] == [0]
    assert "ann" in {one.name for one in take.appearances}
    assert film.decode(film.encode(take), film.Take) == take
    assert (tmp_path / "take.wav").exists() == engine.abilities.sound


@pytest.mark.parametrize("name", ENGINES)
def test_a_shot_is_taken_alike_twice(name: str, tmp_path: Path) -> None:
    with an_engine(name, tmp_path) as engine:
        first, _, _ = taken(engine, tmp_path / "one.mp4", a_shot())
        assert taken(engine, tmp_path / "two.mp4", a_shot())[0] == first
        if engine.abilities.seeds:
            other = taken(engine, tmp_path / "three.mp4", a_shot(seed=2))[0]
            assert other.video != first.video


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_that_is_stopped_leaves_no_file(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    with an_engine(name, tmp_path) as engine, pytest.raises(ShootingStopped):
        engine.shoot(
            a_shot(), video_path=folder / "take.mp4", errand=Errand(should_stop=lambda: True)
        )
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", HIRED)
def test_a_job_that_was_ordered_is_taken_up_again_and_not_ordered_twice(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "take.mp4"
    with a_fake(name, looks=3) as fake:
        engine, first = hired(name, fake), Told()

        def dies() -> bool:
            if first.tickets:
                raise KeyboardInterrupt
            return False

        with pytest.raises(KeyboardInterrupt):
            engine.shoot(
                a_shot(),
                video_path=path,
                errand=Errand(on_ticket=first.tickets.append, should_stop=dies),
            )
        again = Told(ticket=first.tickets[-1])
        engine.shoot(a_shot(), video_path=path, errand=again.errand)
        assert len(fake.jobs) == 1
    assert path.exists()
    assert again.tickets == []


@pytest.mark.parametrize("name", HIRED)
def test_a_take_costs_what_the_provider_says_or_its_price_by_the_second(
    name: str, tmp_path: Path
) -> None:
    told = Told()
    with a_fake(name) as fake:
        hired(name, fake).shoot(a_shot(), video_path=tmp_path / "take.mp4", errand=told.errand)
    # 4 s at 0.10 by LiteLLM's figure; 417 ms by the second; 4 s of Veo; 9 frames at 16 by fal.
    cents = {"openai": 40, "vllm": 4.17, "sglang": 4.17, "veo": 40, "fal": 5.62}[name]
    assert [round(one.micro / 1_000_000, 2) for one in told.costs] == [cents]
    assert told.costs[0].currency == "USD"


@pytest.mark.parametrize("name", HIRED)
@pytest.mark.parametrize(
    ("behaviour", "code", "jobs"),
    [
        ("rate_limit", "", 1),
        ("down", "", 1),
        ("busy_looks", "", 1),
        ("expired_link", "", 1),
        ("out_of_credit", "studio.engine_out_of_credit", 0),
        ("refuse", "studio.engine_refused", 0),
        ("moderate", "studio.engine_refused", 1),
        ("fail", "studio.engine_unavailable", 1),
        ("never", "studio.engine_unavailable", 1),
        ("forget", "studio.ticket_unknown", 1),
        ("truncated", "studio.footage_broken", 1),
        ("not_video", "studio.footage_broken", 1),
    ],
)
def test_a_bad_day_passes_or_has_a_name_and_never_orders_twice(
    name: str, behaviour: Behaviour, code: str, jobs: int, tmp_path: Path
) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    told, met, words = Told(), "", ""
    with a_fake(name, (behaviour,)) as fake:
        try:
            hired(name, fake).shoot(a_shot(), video_path=folder / "take.mp4", errand=told.errand)
        except MatineeError as error:
            met, words = error.code, error.message
        assert met == code
        assert KEY not in words
        assert len(fake.jobs) == jobs
        ended = [job.cancelled for job in fake.jobs.values()]
    assert [one.suffix for one in folder.iterdir() if one.suffix == ".mp4"] == (
        [] if code else [".mp4"]
    )
    if jobs and code:
        assert told.tickets[-1] == ""
    if behaviour == "never" and name != "veo":
        assert ended == [True]


@pytest.mark.parametrize("name", HIRED)
def test_a_stop_reaches_the_provider(name: str, tmp_path: Path) -> None:
    with a_fake(name, ("never",)) as fake, pytest.raises(ShootingStopped):
        hired(name, fake).shoot(
            a_shot(), video_path=tmp_path / "take.mp4", errand=Told(stops_after=3).errand
        )
    # Google's operations cannot be stopped.
    assert [job.cancelled for job in fake.jobs.values()] == [name != "veo"]


@pytest.mark.parametrize("name", HIRED)
def test_an_order_whose_answer_is_lost_is_not_sent_again(name: str, tmp_path: Path) -> None:
    with a_fake(name, ("hang",)) as fake, pytest.raises(MatineeError) as met:
        hired(name, fake, timeout_s=ENDS_SOON_S).shoot(a_shot(), video_path=tmp_path / "take.mp4")
    assert met.value.code == "studio.order_unclear"


@pytest.mark.parametrize("name", HIRED)
def test_a_wrong_key_is_said_and_not_shown(name: str, tmp_path: Path) -> None:
    with a_fake(name) as fake, pytest.raises(MatineeError) as met:
        hired(name, fake, key="another-key").shoot(a_shot(), video_path=tmp_path / "take.mp4")
    assert met.value.code == "studio.engine_misconfigured"
    assert "another-key" not in met.value.message


@pytest.mark.parametrize("name", HIRED)
def test_what_is_longer_than_an_engine_can_is_refused_before_it_is_ordered(
    name: str, tmp_path: Path
) -> None:
    with a_fake(name) as fake, pytest.raises(MatineeError) as met:
        hired(name, fake).shoot(a_shot(frame_count=160), video_path=tmp_path / "take.mp4")
    assert met.value.code == "studio.shot_unsuitable"
    assert "13.3" in met.value.message
    assert not fake.jobs


@pytest.mark.parametrize("name", HIRED)
def test_a_first_frame_goes_to_whoever_takes_one(name: str, tmp_path: Path) -> None:
    picture = tmp_path / "first.png"
    picture.write_bytes(b"\x89PNG first frame")
    guides = Guides(first_frame=picture, last_frame=picture, references=(picture,))
    with a_fake(name) as fake:
        engine = hired(name, fake)
        engine.shoot(a_shot(), video_path=tmp_path / "take.mp4", guides=guides)
        (job,) = fake.jobs.values()
    sent = job.asked.files.get("input_reference", b"") or str(job.asked.fields).encode()
    carried = b"first frame" in sent or b"iVBORyBmaXJzdCBmcmFtZQ" in sent or b"iVBOR" in sent
    assert carried == engine.abilities.first_frame
