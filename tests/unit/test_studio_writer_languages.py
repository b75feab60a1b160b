"""A dozen languages by word table: the same scene is reached, in the plural and in cases too."""

import pytest

from matinee import engine
from matinee.film import Screenplay
from matinee.kit import inflection
from matinee.studio.writer import OfflineWriter
from matinee.studio.writer.language import detect

HORSES = {
    "es": "Tres caballos blancos corren por el desierto.",
    "fr": "Trois chevaux blancs courent dans le désert.",
    "it": "Tre cavalli bianchi corrono nel deserto.",
    "pt": "Três cavalos brancos correm pelo deserto.",
    "ja": "三頭の白い馬が砂漠を走る。",
    "ko": "흰 말 세 마리가 사막을 달린다.",
    "ru": "Три белые лошади бегут по пустыне.",
    "ar": "ثلاثة أحصنة بيضاء تركض في الصحراء.",
    "hi": "तीन सफ़ेद घोड़े रेगिस्तान में दौड़ते हैं।",
    "id": "Tiga kuda putih berlari melintasi gurun.",
    "tr": "Üç beyaz at çölde koşuyor.",
}
DRAGON = {
    "es": "Un caballero lucha contra un dragón.",
    "de": "Ein Ritter kämpft gegen einen Drachen.",
    "ja": "騎士がドラゴンと戦う。",
    "ko": "기사가 용과 싸운다.",
    "hi": "एक शूरवीर ड्रैगन से लड़ता है।",
    "tr": "Bir şövalye bir ejderhayla savaşıyor.",
}


def told(text: str) -> Screenplay:
    return OfflineWriter().write(
        text, repertoire=engine.repertoire(), language=None, seed=1, duration_ms=None
    )


@pytest.mark.parametrize(("language", "text"), HORSES.items())
def test_three_white_horses_run_across_the_desert(language: str, text: str) -> None:
    assert detect(text) == language
    play = told(text)
    assert play.settings[0].place == "desert"
    assert [one.species for one in play.characters] == ["horse"] * 3
    assert {one.look.skin for one in play.characters} == {"#f4f4f2"}
    assert "run" in {action.verb for beat in play.beats for action in beat.actions}


@pytest.mark.parametrize("text", DRAGON.values(), ids=DRAGON)
def test_who_is_fought_is_not_who_fights(text: str) -> None:
    play = told(text)
    fights = {
        (action.character, action.target)
        for beat in play.beats
        for action in beat.actions
        if action.verb == "fight"
    }
    assert ("knight", "dragon") in fights


@pytest.mark.parametrize(
    "text",
    [
        "Un libro sobre una mesa.",
        "Ein Buch auf einem Tisch.",
        "テーブルの上に本がある。",
        "मेज़ पर एक किताब है।",
    ],
)
def test_a_thing_lies_where_the_words_put_it(text: str) -> None:
    play = told(text)
    book = next(prop for prop in play.props if prop.kind == "book")
    assert book.relation == "on"
    assert next(prop for prop in play.props if prop.id == book.anchor).kind == "table"


def test_what_is_drunk_is_no_place() -> None:
    play = told("Un anciano lee un periódico en un café y bebe café.")
    assert play.settings[0].place == "cafe"
    assert "cup" in {prop.kind for prop in play.props}


@pytest.mark.parametrize(
    ("language", "listed", "written"),
    [
        ("es", "pez", "peces"),
        ("fr", "cheval", "chevaux"),
        ("it", "gatto", "gatti"),
        ("pt", "avião", "aviões"),
        ("de", "apfel", "äpfeln"),
        ("ru", "собака", "собакой"),
        ("tr", "köpek", "köpeği"),
        ("ar", "سيارة", "سيارات"),
        ("hi", "घोड़ा", "घोड़ों"),
    ],
)
def test_a_listed_word_is_found_in_its_other_forms(
    language: str, listed: str, written: str
) -> None:
    forms = inflection.pattern(language, listed)
    assert forms is not None
    assert forms.fullmatch(written)
