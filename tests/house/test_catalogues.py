"""What the app says: every language says all of it, and nothing that no page asks for."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web" / "src"
LANGUAGES = sorted(path.stem for path in (WEB / "catalogue").glob("*.ts"))
_LINE = re.compile(r"^  (\w+): '((?:[^'\\]|\\.)*)',$", re.MULTILINE)
_LINES_APART = re.compile(r"^  (\w+):\n    '((?:[^'\\]|\\.)*)',$", re.MULTILINE)
_NAMES = re.compile(r"\{(\w+)\}")
# Keys that are put together from what the server names.
_PUT_TOGETHER = (
    *("stage_", "how_", "notice_", "reason_", "case_", "decide_", "takedown_", "fact_"),
    *("appeal_", "subject_", "rule_", "scope_", "log_", "provenance_"),
    *("capture_turn_", "level_", "theme_", "desk_", "audience_", "verify_"),
    *("sort_", "use_", "context_", "preset_", "standing_", "field_", "approval_", "approvals_"),
    *("vote_", "ruling_", "nearest_", "thing_", "contest_", "reference_", "proof_"),
    *("claim_", "claims_", "ground_", "cause_", "kind_", "send_", "tax_", "schedule_"),
    *("remark_", "order_", "return_", "refund_", "joined_", "errand_", "shop_"),
)


def catalogue(language: str) -> dict[str, str]:
    text = (WEB / "catalogue" / f"{language}.ts").read_text(encoding="utf-8")
    # The words of screenplays follow the catalogue itself, and may be fewer.
    text = text.partition("\n};\n")[0]
    return {**dict(_LINE.findall(text)), **dict(_LINES_APART.findall(text))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_all_that_english_says_with_the_same_blanks(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert len(english) > 300
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert other[key], key
        assert set(_NAMES.findall(other[key])) == set(_NAMES.findall(text)), key


def test_every_text_is_said_somewhere() -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8")
        for kind in ("*.svelte", "*.ts")
        for path in WEB.rglob(kind)
        if "catalogue" not in path.parts
    )
    unsaid = [
        key
        for key in catalogue("en")
        if not key.startswith(_PUT_TOGETHER) and not re.search(rf"['\"`]{key}['\"`]", pages)
    ]
    assert unsaid == []


def templates() -> dict[str, str]:
    """What every component shows, without its script and its style."""
    found = {}
    for path in sorted(WEB.rglob("*.svelte")):
        text = re.sub(
            r"<(script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found[path.relative_to(WEB).as_posix()] = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return found


def without_braces(text: str) -> str:
    """What is left when every {expression}, however nested, is a blank."""
    left, depth = [], 0
    for letter in text:
        depth += letter == "{"
        if depth == 0:
            left.append(letter)
        depth -= letter == "}"
    return "".join(left)


def test_no_component_shows_words_that_are_in_no_catalogue() -> None:
    own = {"Matinee", "· Matinee", "PDF", "CSV"}
    shown = {}
    for name, text in templates().items():
        bare = without_braces(text)
        words = re.findall(r"\b(?:aria-label|placeholder|title|alt|label|text)=\"([^\"]+)\"", bare)
        words += re.split(r"<[^<>]*>", bare)
        found = [one.strip() for one in words if re.search(r"[^\W\d_]{2}", one)]
        if left := [one for one in found if one not in own]:
            shown[name] = left
    assert shown == {}
