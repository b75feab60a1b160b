"""Emoji as words: what a prompt shows instead of saying it.

A picture of what the words name already adds nothing; what only the picture names is read as one
more thing in the scene.
"""

import functools
from collections.abc import Mapping

from . import words


def spoken(text: str, language: str) -> tuple[str, dict[str, str]]:
    """Return a text with words for its emoji, and which emoji each word stands for.

    Emoji that the table lacks stay where they are.
    """
    table = _table()
    found = [one for one in dict.fromkeys(text) if one in table]
    if not found:
        return text, {}
    plain = "".join(" " if one in table else one for one in text)
    chinese = language == "zh"
    said = {table[one][chinese]: one for one in found}
    lower = plain.lower()
    added = {word: one for word, one in said.items() if _core(word) not in lower}
    if not added:
        return plain.strip(), {}
    comma = "，" if chinese else ", "
    told = comma.join(added)
    rest = plain.strip()
    if not any(one.isalnum() for one in rest):
        return told, added
    return f"{rest}{comma}{told}" if rest[-1].isalnum() else f"{rest} {told}", added


def _core(said: str) -> str:
    """Return the word that says it, without its article or preposition."""
    return said.rpartition(" ")[2] if said.partition(" ")[0] in {"a", "an", "at", "in"} else said


@functools.cache
def _table() -> Mapping[str, tuple[str, str]]:
    return {
        one: (english, chinese)
        for emoji, english, chinese in words.rows("emoji.tsv")
        for one in emoji.split()
    }
