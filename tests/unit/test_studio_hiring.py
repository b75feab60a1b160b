"""A shot in words, and what an engine is asked for within its abilities."""

import pytest

from matinee.film import FrameRate, FrameSize, Shot
from matinee.film.screenplay import Action, Beat, Camera, Character, Garment, Look, Prop, Setting
from matinee.film.shot import Speech
from matinee.kit.money import AmountInvalid, MicroMoney
from matinee.studio.abilities import Abilities
from matinee.studio.hiring.wording import colour_word, prompt_of


def a_shot() -> Shot:
    ann = Character(
        id="ann",
        name="Ann",
        look=Look(
            gender="woman",
            age="elder",
            hair_style="bob",
            hair_colour="#c0c0c0",
            garments=(Garment("coat", "#d01818"),),
        ),
    )
    return Shot(
        setting=Setting(id="s", place="train_station", time_of_day="night", weather="snow"),
        beat=Beat(
            id="b",
            setting="s",
            text="Ann waves at the train.",
            cast=("ann",),
            actions=(Action(character="ann", verb="wave", target="t"),),
            props=("t",),
            camera=Camera(size="close_up", move="push_in", angle="low"),
        ),
        frame_count=48,
        rate=FrameRate(24),
        size=FrameSize(128, 72),
        seed=1,
        characters=(ann,),
        props=(Prop(id="t", kind="toy_train", setting="s", colour="#0000c0", size="small"),),
        speeches=(
            Speech(character="ann", text="Farewell!", language="en", start_ms=0, duration_ms=900),
        ),
    )


def test_a_prompt_says_what_the_shot_shows() -> None:
    told = prompt_of(a_shot(), speaks=True)
    for words in (
        "Close-up from a low angle, the camera slowly pushes in",
        "Ann waves at the train",
        "Place: train station, night, snow falling",
        "Ann is an elder woman, silver bob hair, wearing red coat",
        "small blue toy train",
        "Ann: wave the toy train",
        'Ann says in the language "en": "Farewell!"',
        "without cuts",
    ):
        assert words in told
    assert "Farewell" not in prompt_of(a_shot(), speaks=False)
    assert "Ann is talking" in prompt_of(a_shot(), speaks=False)


@pytest.mark.parametrize(
    ("colour", "word"), [("#ffffff", "white"), ("#e01010", "red"), ("#101860", "navy"), ("", "")]
)
def test_a_colour_has_the_name_of_its_nearest(colour: str, word: str) -> None:
    assert colour_word(colour) == word


def test_the_shortest_length_that_is_long_enough_is_bought() -> None:
    price = MicroMoney.of("0.40 USD")
    able = Abilities(lengths_ms=(4000, 8000), price_per_second=price)
    assert [able.length_for(ms) for ms in (1, 4000, 4001, 8001)] == [4000, 4000, 8000, None]
    assert str(able.price_of(1000)) == "1.60 USD"
    assert able.price_of(9000) is None
    free = Abilities(length_ms_max=5000, price_per_second=price)
    assert [free.length_for(ms) for ms in (1234, 5001)] == [1234, None]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ((1280, 720), (1280, 720)),
        ((640, 360), (1280, 720)),
        ((1920, 1080), (1920, 1080)),
        ((360, 640), (720, 1280)),
        ((2560, 1440), (1920, 1080)),
    ],
)
def test_the_size_of_the_nearest_shape_is_asked_for(
    wanted: tuple[int, int], chosen: tuple[int, int]
) -> None:
    sizes = tuple(FrameSize(*one) for one in ((1280, 720), (720, 1280), (1920, 1080)))
    assert Abilities(sizes=sizes).size_for(FrameSize(*wanted)) == FrameSize(*chosen)


@pytest.mark.parametrize(
    ("text", "micro", "shown"),
    [
        ("5EUR", 500_000_000, "5.00 EUR"),
        ("0.40 USD", 40_000_000, "0.40 USD"),
        ("0.0417 USD", 4_170_000, "0.0417 USD"),
        ("12 JPY", 12_000_000, "12 JPY"),
    ],
)
def test_an_amount_is_read_and_shown(text: str, micro: int, shown: str) -> None:
    amount = MicroMoney.of(text)
    assert amount.micro == micro
    assert str(amount) == shown


@pytest.mark.parametrize("text", ["", "5", "EUR", "-5 EUR", "5 eur", "1e9 EUR", "5 EUR 5 EUR"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountInvalid):
        MicroMoney.of(text)
