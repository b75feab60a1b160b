"""The prompt as the writer reads it: checked, composed (NFC) and free of invisible steering."""

import unicodedata
from dataclasses import dataclass

from .errors import PromptControlCharacters, PromptEmpty, PromptTooLong

CHARACTERS_MAX = 32_000
# Zero-width, bidirectional and variation controls: they change what a reader sees, not what is
# said. U+FEFF is the byte order mark; the joiners between emoji go too, the emoji stay.
_INVISIBLE = frozenset(
    [
        *(0xAD, 0x61C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE0080),
    ]
)
_STEERING = dict.fromkeys(_INVISIBLE)
_LINE_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


@dataclass(frozen=True)
class Prompt:
    """`text` is what is read and kept; `invisible_count` characters were taken out of it."""

    text: str
    invisible_count: int = 0


def clean(raw: str) -> Prompt:
    """Return the prompt in the form that is read and quoted from.

    Line breaks become line feeds, the text is composed to NFC, invisible controls go.
    Raises PromptEmpty, PromptTooLong (over 32,000 characters before or after composition) and
    PromptControlCharacters (anything of category Cc but tab and line break, and lone surrogates).
    """
    if len(raw) > CHARACTERS_MAX:
        raise PromptTooLong(len(raw), CHARACTERS_MAX)
    text = raw
    for found, wanted in _LINE_BREAKS.items():
        text = text.replace(found, wanted)
    for index, character in enumerate(text):
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            raise PromptControlCharacters(ord(character), index)
    visible = text.translate(_STEERING)
    composed = unicodedata.normalize("NFC", visible).strip()
    if len(composed) > CHARACTERS_MAX:
        raise PromptTooLong(len(composed), CHARACTERS_MAX)
    if not composed:
        raise PromptEmpty
    return Prompt(text=composed, invisible_count=len(text) - len(visible))
