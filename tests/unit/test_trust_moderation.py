"""The rules of the house against prompts that people labelled, and tricks that hide words."""

import csv
from pathlib import Path

import pytest

from matinee import trust
from matinee.trust.errors import RulesInvalid
from matinee.trust.rules import house_rules
from matinee.trust.rules.tables import FOLDER as RULES_FOLDER

FOLDER = Path(__file__).parents[1] / "moderation"


def labelled(name: str) -> list[tuple[bool, str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["verdict"] == "refuse", row["rating"], row["prompt"]) for row in rows]


def told(prompt: str) -> str:
    verdict = trust.judge(prompt, depicts=True)
    return verdict.refusal.rule if verdict.refusal else verdict.rating


def test_every_prompt_that_the_words_were_tried_on_is_judged_as_labelled() -> None:
    wrong = {prompt: told(prompt) for _, label, prompt in labelled("tuned.tsv")
             if told(prompt) != label}  # fmt: skip
    assert wrong == {}


def test_prompts_that_were_held_out_are_judged_about_as_well() -> None:
    prompts = labelled("held_out.tsv")
    refused = {prompt for _, _, prompt in prompts if not trust.judge(prompt, depicts=True).allows}
    harmful = {prompt for harm, _, prompt in prompts if harm}
    assert len(refused & harmful) / len(refused) >= 0.95
    assert len(refused & harmful) / len(harmful) >= 0.9


@pytest.mark.parametrize(
    "hidden",
    [
        "a n4ked man",
        "a n.a.k.e.d man",
        "a n\u200baked man",
        "ａ ｎａｋｅｄ man",
        "NAKED, a man",
        "p0rn",
    ],
)
def test_a_word_is_found_however_it_is_hidden(hidden: str) -> None:
    assert told(hidden) == "sexual_content"


def test_a_handle_names_somebody_who_agreed_and_no_public_figure() -> None:
    assert told("@taylor_swift waves") == "all"
    assert told("taylor_swift waves") == "public_figure"


def test_people_may_speak_of_whom_they_may_not_show() -> None:
    assert told("Harry Potter meets Taylor Swift") != "all"
    assert trust.judge("This is almost Harry Potter, sung by Taylor Swift!") == trust.Verdict()
    assert not trust.judge("Taylor Swift should rope yourself, kys").allows


def test_a_teenager_may_make_less_than_an_adult() -> None:
    graphic = "A severed head rolls down the stairs"
    assert trust.judge(graphic).rating == "mature"
    refusal = trust.judge(graphic, limit="teen").refusal
    assert refusal is not None
    assert refusal.rule == "age"


def test_a_long_text_of_bad_words_takes_no_longer_than_a_blink() -> None:
    assert told("how to bomb " * 2_600) == "dangerous_instructions"


def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    for name in ("words.tsv", "names.tsv", "idioms.tsv"):
        (tmp_path / name).write_text((RULES_FOLDER / name).read_text())
    (tmp_path / "rules.toml").write_text(
        '[rules.x]\nwhy = "a"\npasses = "b"\n[[when]]\nrule = "x"\nall = [["no_such_group"]]\n'
    )
    with pytest.raises(RulesInvalid):
        house_rules(tmp_path)
