"""Which language a text is in: by its script first, by its commonest words second."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from . import words
from .word_tables import COLUMNS, plain, table_of

SAMPLE_CHARACTERS = 4000
# One common word may be a name or a loan; two make a language.
HITS_MIN = 2
# A lead in common words that settles it; what a word of the lexicon counts against a common one.
LEAD_MIN, KNOWN_WEIGHT = 3, 0.7
SAMPLE_WORDS, LOAN_LETTERS_MAX = 60, 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Script:
    """How many letters of each script a text has."""

    counts: Counter[str]

    def share(self, name: str) -> float:
        """Return the share of letters in that script, 0 to 1."""
        total = sum(self.counts.values())
        return self.counts[name] / total if total else 0.0


_BLOCKS = (
    ("latin", 0x0041, 0x024F), ("latin", 0x1E00, 0x1EFF), ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F), ("armenian", 0x0530, 0x058F), ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F), ("devanagari", 0x0900, 0x097F), ("bengali", 0x0980, 0x09FF),
    ("gurmukhi", 0x0A00, 0x0A7F), ("gujarati", 0x0A80, 0x0AFF), ("tamil", 0x0B80, 0x0BFF),
    ("telugu", 0x0C00, 0x0C7F), ("kannada", 0x0C80, 0x0CFF), ("malayalam", 0x0D00, 0x0D7F),
    ("thai", 0x0E00, 0x0E7F), ("georgian", 0x10A0, 0x10FF), ("ethiopic", 0x1200, 0x137F),
    ("khmer", 0x1780, 0x17FF), ("hangul", 0x1100, 0x11FF), ("hangul", 0xAC00, 0xD7AF),
    ("kana", 0x3040, 0x30FF), ("han", 0x3400, 0x9FFF), ("han", 0x20000, 0x323AF),
    ("burmese", 0x1000, 0x109F), ("lao", 0x0E80, 0x0EFF), ("sinhala", 0x0D80, 0x0DFF),
)  # fmt: skip
_BY_SCRIPT = {
    "greek": "el", "armenian": "hy", "hebrew": "he", "devanagari": "hi", "bengali": "bn",
    "gurmukhi": "pa", "gujarati": "gu", "tamil": "ta", "telugu": "te", "kannada": "kn",
    "malayalam": "ml", "thai": "th", "georgian": "ka", "ethiopic": "am", "khmer": "km",
    "hangul": "ko", "burmese": "my", "lao": "lo", "sinhala": "si",
}  # fmt: skip


def scripts(text: str) -> Script:
    """Count the letters of each script in the first 4000 characters."""
    counts: Counter[str] = Counter()
    for character in text[:SAMPLE_CHARACTERS]:
        if unicodedata.category(character)[0] not in "LM":
            continue
        code = ord(character)
        for name, first, last in _BLOCKS:
            if first <= code <= last:
                counts[name] += 1
                break
    return Script(counts)


def detect(text: str) -> str:
    """Return the language of a text as a tag (`en`, `zh`, `pt`, …); `en` when nothing says more."""
    found = scripts(text)
    if found.counts["kana"] and found.share("kana") + found.share("han") > 0.3:  # noqa: PLR2004 - a small count, said by the words beside it
        return "ja" if found.share("kana") > 0.08 else "zh"  # noqa: PLR2004 - a small count, said by the words beside it
    if not found.counts:
        return "en"
    script, _ = found.counts.most_common(1)[0]
    if found.share("han") > 0.3:  # noqa: PLR2004 - a small count, said by the words beside it
        return "zh"
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    return _by_common_words(text, {"cyrillic": "ru", "arabic": "ar"}.get(script, "en"), script)


def _by_common_words(text: str, otherwise: str, script: str) -> str:
    seen = Counter(word.lower() for word in _WORD.findall(text[:SAMPLE_CHARACTERS]))
    scores: dict[str, float] = {}
    for language, found_script, common in words.rows("common_words.tsv"):
        if found_script == script:
            listed = common.split()
            scores[language] = sum(seen[word] for word in listed)
    best = max(scores, key=lambda language: (scores[language], language == otherwise), default="")
    others = [score for language, score in scores.items() if language != best]
    if script == "latin" and best and scores[best] - max(others, default=0) < LEAD_MIN:
        # Close neighbours share their commonest words, and short texts have none.
        for language, known in _known_words(text).items():
            scores[language] = scores.get(language, 0) + KNOWN_WEIGHT * known
        best = max(scores, key=lambda language: (scores[language], language == otherwise))
    if not best or scores[best] <= scores.get(otherwise, 0) or scores[best] < HITS_MIN:
        return otherwise
    return best


def _known_words(text: str) -> Counter[str]:
    """Count the words of a text that the lexicon of each language with Latin letters knows."""
    found: Counter[str] = Counter()
    spelled = [plain(word) for word in _WORD.findall(text[:SAMPLE_CHARACTERS])][:SAMPLE_WORDS]
    for word in spelled:
        found["en"] += bool(words.english().matches([word], 0))
        if len(word) > LOAN_LETTERS_MAX:
            for language in COLUMNS:
                found[language] += bool(table_of(language).senses(word))
    return found


def line_language(line: str, otherwise: str) -> str:
    """Return the language of a line: short ones follow the prompt if the script does not differ."""
    found = scripts(line)
    if not found.counts:
        return otherwise
    script, _ = found.counts.most_common(1)[0]
    own = _script_of(otherwise)
    if script in own and len(_WORD.findall(line)) < 7 and script != "han":  # noqa: PLR2004 - a small count, said by the words beside it
        return otherwise
    if script == "han" and otherwise == "ja":
        return "ja"
    return detect(line) if script not in own or script == "latin" else otherwise


def _script_of(language: str) -> frozenset[str]:
    if language in {"zh", "ja"}:
        return frozenset({"han", "kana"})
    for script, found in _BY_SCRIPT.items():
        if found == language:
            return frozenset({script})
    if language in {"ru", "uk", "bg", "sr", "be"}:
        return frozenset({"cyrillic"})
    if language in {"ar", "fa", "ur"}:
        return frozenset({"arabic"})
    return frozenset({"latin"})
