"""Scripts: sentences in the alphabet of the networks, with the words and tones that they carry.

Both networks (the fast one is a pupil of the final one) read misaki's alphabet, which is the IPA
but for a few letters. English is written in it by the pronunciation that comes with the fast one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .pronunciation import Sound
from .sorted_words import SortedWords
from .voices import PAUSE, TimedSound

if TYPE_CHECKING:
    from hibari.g2p import G2P  # type: ignore[import-untyped]

# The networks read at most 510 symbols and were trained on sentences; longer ones are cut.
SYMBOLS_MAX = 380
_LATIN_END = "ɐ"
_CLINGING = frozenset(" ːʰʲ̃→↗↓↘")

# The network's alphabet (misaki's) where it differs from the IPA.
_IPA = {
    "A": "eɪ",
    "I": "aɪ",
    "O": "oʊ",
    "Q": "əʊ",
    "W": "aʊ",
    "Y": "ɔɪ",
    "T": "ɾ",
    "ᵊ": "ə",
    "ᵻ": "ɪ",
    "ʤ": "dʒ",
    "ʧ": "tʃ",
}
SYMBOL_OF_IPA = {ipa: symbol for symbol, ipa in _IPA.items() if symbol not in "ᵊᵻ"}
PAUSES = frozenset(';:,.!?—…"“”()')
SENTENCE_PAUSES = frozenset(".!?…")
STRESS = frozenset("ˈˌ")
UNVOICED = frozenset("ptkfsθʃʧhçx ")


@dataclass(frozen=True)
class Script:
    """A sentence in the network's alphabet.

    `words[i]` is the index of the word that `symbols[i]` belongs to (-1: none), `tones` are spans
    (first, stop, tone) of `symbols`.
    """

    symbols: str
    words: tuple[int, ...]
    tones: tuple[tuple[int, int, int], ...] = ()


_BRITISH = frozenset(("en-gb", "en-ie", "en-au", "en-nz", "en-za"))


def is_british(language: str) -> bool:
    """Say whether a tag's English is nearer to that of London than to that of New York."""
    return language.lower().replace("_", "-") in _BRITISH


@cache
def _english(*, british: bool) -> "G2P":
    # Loaded by the first line that is spoken.
    from hibari.g2p import (  # noqa: PLC0415
        ASSETS,
        G2P,
        Lexicon,
        Tagger,
        Tokenizer,
    )
    from hibari.g2p import _load_json as _assets  # noqa: PLC0415

    accent = "gb" if british else "us"
    gold, silver = (
        SortedWords(Path(ASSETS) / f"lexicon_{accent}_{kind}.json.gz")
        for kind in ("gold", "silver")
    )
    # As it makes itself, but for the two dictionaries, which it would load whole.
    reader: G2P = G2P.__new__(G2P)
    reader.lexicon = Lexicon(gold, silver, british)
    reader.tokenizer = Tokenizer(_assets("tokenizer_exceptions.json"))
    reader.tagger = Tagger(_assets("tagger.json.gz"))
    reader._oov, reader.unk, reader.british = None, "", british  # noqa: SLF001 - its own attribute
    return reader


def english(
    text: str, vocabulary: Mapping[str, int], *, british: bool = False
) -> tuple[list[Script], list[str], tuple[str, ...]]:
    """Write an English text: its sentences, its words, and notes of what was left out."""
    from hibari import Hibari  # type: ignore[import-untyped] # noqa: PLC0415 - see _english
    from hibari.g2p.normalize import normalize  # type: ignore[import-untyped] # noqa: PLC0415

    g2p = _english(british=british)
    words: list[str] = []
    scripts: list[Script] = []
    for sentence in Hibari.split_sentences(text):
        symbols: list[str] = []
        owners: list[int] = []
        for token in g2p.phonemize_tokens(g2p.tokenize(normalize(sentence))):
            sound = "".join(c for c in token.phonemes or "" if c in vocabulary)
            owner = -1
            if any(character.isalnum() for character in token.text) and sound:
                owner = len(words)
                words.append(token.text)
            sound += " " if token.whitespace else ""
            symbols.append(sound)
            owners += [owner] * len(sound)
        if any(owner >= 0 for owner in owners):
            scripts.append(Script("".join(symbols), tuple(owners)))
    unknown = sorted({c for c in text if c.isalpha() and c >= _LATIN_END})
    notes = (f"Left out, not English: {''.join(unknown)}",) if unknown else ()
    return scripts, words, notes


def foreign(
    sentence: tuple[Sound, ...],
    vocabulary: Mapping[str, int],
    nearest: Mapping[str, str],
    *,
    tone_marks: Mapping[int, str] | None = None,
) -> Script:
    """Write a sentence in IPA with the sounds of a network.

    `nearest` translates what the network calls otherwise or does not know; `tone_marks` are written
    after each Mandarin syllable, for a network that reads them.
    """
    symbols = ""
    owners: list[int] = []
    rimes: dict[int, tuple[int, int, int]] = {}
    for place, sound in enumerate(sentence):
        if sound.symbol == PAUSE:
            written = sound.mark
        else:
            plain = sound.symbol.rstrip("ː")
            known = nearest.get(plain, SYMBOL_OF_IPA.get(plain, plain))
            written = "".join(c for c in known if c in vocabulary)
            # Kokoro never saw stress in words that carry tones.
            stressed = sound.stressed and not (sound.tone and tone_marks)
            written = ("ˈ" if stressed and written else "") + written
            if owners and owners[-1] != sound.word:
                symbols += " "
                owners.append(-1)
        if sound.tone and written:
            first = rimes[sound.syllable][0] if sound.syllable in rimes else len(symbols)
            rimes[sound.syllable] = (first, len(symbols) + len(written), sound.tone)
            following = sentence[place + 1].syllable if place + 1 < len(sentence) else 0
            if tone_marks and following != sound.syllable:
                written += tone_marks.get(sound.tone, "")
        symbols += written
        owners += [sound.word] * len(written)
    return Script(symbols, tuple(owners), tuple(rimes.values()))


def short_enough(script: Script) -> list[Script]:
    """Cut a script that the network could not read, at its pauses, else between words."""
    if len(script.symbols) <= SYMBOLS_MAX:
        return [script]
    head = script.symbols[:SYMBOLS_MAX]
    pauses = [match.end() for match in re.finditer(r"[;:,.!?—…] ", head)]
    gaps = [match.end() for match in re.finditer(r" ", head)]
    cut = pauses[-1] if pauses else gaps[-1] if gaps else SYMBOLS_MAX
    first = Script(
        script.symbols[:cut],
        script.words[:cut],
        tuple(span for span in script.tones if span[1] <= cut),
    )
    rest = Script(
        script.symbols[cut:],
        script.words[cut:],
        tuple((a - cut, b - cut, tone) for a, b, tone in script.tones if a >= cut),
    )
    return [first, *short_enough(rest)]


def timed(script: Script, sample_counts: Sequence[int]) -> list[TimedSound]:
    """Name the sound of every symbol, in IPA; the counts begin and end with a pad's."""
    sounds = [TimedSound(PAUSE, sample_counts[0], -1)]
    carried = 0
    for symbol, owner, count in zip(script.symbols, script.words, sample_counts[1:], strict=False):
        last = sounds[-1]
        if symbol in STRESS:
            carried += count  # A stress mark's time belongs to the sound that it stresses.
        elif symbol in PAUSES:
            sounds.append(TimedSound(PAUSE, count + carried, -1))
            carried = 0
        elif symbol in _CLINGING:
            # Words run into each other: the gap between them is the end of the first. Length,
            # breath and tone belong to what they follow.
            sounds[-1] = TimedSound(last.symbol, last.sample_count + count, last.word)
        else:
            sounds.append(TimedSound(_IPA.get(symbol, symbol), count + carried, owner))
            carried = 0
    sounds.append(TimedSound(PAUSE, sample_counts[-1] + carried, -1))
    return sounds
