from fractions import Fraction

import msgspec
import pytest

from matinee import film
from matinee.film.document import DOCUMENT_BYTES_MAX, UPGRADES
from matinee.film.errors import (
    DocumentInvalid,
    FrameRateInvalid,
    FrameSizeInvalid,
    ScreenplayInvalid,
)
from matinee.film.screenplay import Action, Beat, Character, Line, Prop, Setting
from matinee.film.shot import Appearance, Phoneme, Speech, Word
from matinee.film.timeline import Clip


def a_screenplay(**changes: object) -> film.Screenplay:
    fields: dict[str, object] = {
        "title": "A walk",
        "prompt": "Ann walks on the beach",
        "language": "en",
        "settings": (Setting(id="s1", place="beach"),),
        "characters": (Character(id="ann", name="Ann"),),
        "props": (Prop(id="ball", kind="ball", setting="s1"),),
        "beats": (
            Beat(
                id="b1",
                setting="s1",
                text="Ann walks to the ball.",
                cast=("ann",),
                actions=(Action(character="ann", verb="walk", target="ball"),),
                lines=(Line(character="ann", text="There it is."),),
                props=("ball",),
            ),
        ),
    }
    return film.Screenplay(**{**fields, **changes})  # type: ignore[arg-type]


def a_shot(**changes: object) -> film.Shot:
    play = a_screenplay()
    fields: dict[str, object] = {
        "setting": play.settings[0],
        "beat": play.beats[0],
        "frame_count": 48,
        "rate": film.FrameRate(24),
        "size": film.FrameSize(320, 180),
        "seed": 7,
        "characters": play.characters,
        "props": play.props,
    }
    return film.Shot(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_screenplay_survives_its_json() -> None:
    play = a_screenplay()
    assert film.decode(film.encode(play), film.Screenplay) == play


def test_a_shot_survives_its_json() -> None:
    speech = Speech(
        character="ann",
        text="There it is.",
        language="en",
        start_ms=0,
        duration_ms=500,
        phonemes=(Phoneme("ð", 0, 50),),
        words=(Word("There", 0, 200),),
        audio="sha256/aa/bb.wav",
    )
    shot = a_shot(speeches=(speech,))
    assert film.decode(film.encode(shot), film.Shot) == shot


def test_equal_screenplays_have_one_digest_and_different_ones_do_not() -> None:
    assert film.digest(a_screenplay()) == film.digest(a_screenplay())
    assert film.digest(a_screenplay()) != film.digest(a_screenplay(title="A run"))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"settings": (Setting(id="s2", place="beach"),)}, "s1"),
        ({"characters": ()}, "ann"),
        ({"props": ()}, "ball"),
        ({"characters": (Character(id="ann", name="A"), Character(id="ann", name="B"))}, "twice"),
        ({"characters": (Character(id="ball", name="Ball"),)}, "both a character and a prop"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(changes: dict[str, object], named: str) -> None:
    with pytest.raises(ScreenplayInvalid, match=named):
        a_screenplay(**changes)


def test_a_prop_may_not_lie_on_itself() -> None:
    with pytest.raises(ScreenplayInvalid, match="ball"):
        a_screenplay(
            props=(Prop(id="ball", kind="ball", setting="s1", relation="on", anchor="ball"),)
        )


def test_a_document_that_breaks_a_rule_says_where() -> None:
    tree = msgspec.json.decode(film.encode(a_screenplay()))
    tree["beats"][0]["camera"]["size"] = "huge"
    with pytest.raises(DocumentInvalid, match=r"beats\[.*\]\.camera\.size"):
        film.decode(msgspec.json.encode(tree), film.Screenplay)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"schema":"matinee.shot/1"}',
        b'{"schema":7}',
        b'{"schema":"matinee.screenplay/-1"}',
        b'{"schema":"matinee.screenplay/\xc2\xb2"}',
        b'{"schema":"matinee.screenplay/' + b"9" * 5000 + b'"}',
        b"[" * 100_000,
        b" " * (DOCUMENT_BYTES_MAX + 1),
    ],
)
def test_what_is_no_screenplay_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(DocumentInvalid):
        film.decode(content, film.Screenplay)


def test_a_document_from_a_newer_matinee_asks_for_an_upgrade() -> None:
    newer = film.encode(a_screenplay()).replace(b"screenplay/2", b"screenplay/3")
    with pytest.raises(DocumentInvalid, match="upgrade Matinee"):
        film.decode(newer, film.Screenplay)


def test_an_older_document_is_upgraded_step_by_step() -> None:
    def name_the_title(tree: dict[str, object]) -> dict[str, object]:
        renamed = dict(tree)
        renamed["title"] = renamed.pop("name")
        return renamed

    tree = msgspec.json.decode(film.encode(a_screenplay()))
    tree["name"] = tree.pop("title")
    tree["schema"] = "matinee.screenplay/0"
    steps = {**UPGRADES, ("matinee.screenplay", 0): name_the_title}
    old = msgspec.json.encode(tree)
    assert film.decode(old, film.Screenplay, upgrades=steps) == a_screenplay()
    with pytest.raises(DocumentInvalid, match="no upgrade"):
        film.decode(old, film.Screenplay)


def test_a_screenplay_from_before_likenesses_shows_nobody_in_particular() -> None:
    new = film.encode(a_screenplay())
    before = new.replace(b"screenplay/2", b"screenplay/1")
    before = before.replace(b'"likeness":"","likeness_version":0,', b"")
    assert b"likeness" not in before
    assert film.decode(before, film.Screenplay) == a_screenplay()


def test_the_json_schema_holds_a_model_to_every_property() -> None:
    schema = film.json_schema(film.Screenplay)
    for definition in schema["$defs"].values():
        if "properties" in definition:
            assert definition["required"] == list(definition["properties"])
            assert definition["additionalProperties"] is False


def test_a_shot_refuses_to_cut_a_speech_off() -> None:
    speech = Speech(
        character="ann", text="There it is.", language="en", start_ms=1500, duration_ms=501
    )
    with pytest.raises(ScreenplayInvalid, match="ends before"):
        a_shot(speeches=(speech,))
    assert a_shot(speeches=(speech,), frame_count=49).speeches == (speech,)


def test_clips_follow_one_another_without_a_hole() -> None:
    size, rate = film.FrameSize(320, 180), film.FrameRate(24)
    first = Clip(shot="a" * 64, video="b" * 64, first_frame=0, frame_count=24)
    second = Clip(shot="a" * 64, video="b" * 64, first_frame=24, frame_count=12)
    cut = film.Timeline(rate=rate, size=size, clips=(first, second))
    assert (cut.frame_count, cut.duration_ms) == (36, 1500)
    with pytest.raises(ScreenplayInvalid, match="frame 24"):
        film.Timeline(rate=rate, size=size, clips=(second,))


def test_a_manifest_names_whom_a_frame_shows() -> None:
    ann = Appearance(kind="character", name="ann", first_frame=10, frame_count=5, coverage=0.2)
    manifest = film.Manifest(
        screenplay="a" * 64,
        engine="stage/1",
        seed=1,
        rate=film.FrameRate(24),
        frame_count=48,
        appearances=(ann,),
    )
    assert manifest.seen_at(14) == (ann,)
    assert manifest.seen_at(15) == ()


@pytest.mark.parametrize(
    "text", ["1280", "1281x720", "4096x4096", "0x0", "x", "1280x-720", "1e3x720", "٣x٤"]
)
def test_a_size_that_cannot_be_filmed_is_named(text: str) -> None:
    with pytest.raises(FrameSizeInvalid):
        film.FrameSize.of(text)


def test_a_size_reads_what_it_writes() -> None:
    assert film.FrameSize.of(str(film.FrameSize(720, 1280))) == film.FrameSize(720, 1280)


@pytest.mark.parametrize(
    "rate", ["0", "121", "nan", "24/0", "", "-1", "1e999999999", "1" + "0" * 400, "24.00001", "1e2"]
)
def test_a_rate_that_cannot_be_filmed_is_named(rate: str) -> None:
    with pytest.raises(FrameRateInvalid):
        film.FrameRate.of(rate)


def test_rates_are_exact() -> None:
    rate = film.FrameRate.of("30000/1001")
    assert rate.fraction == Fraction(30000, 1001)
    assert rate.seconds_at(30000) == 1001
    assert film.FrameRate(24).frames_in_ms(1) == 1
    assert film.FrameRate(24).frames_in_ms(1000) == 24
