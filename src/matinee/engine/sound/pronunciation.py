"""From writing to speech sounds in IPA, for voices that bring no pronunciation of their own.

Mandarin is read by pypinyin's dictionary with its tones, Japanese by janome's where it is installed
(the extra `final-voices`), kana, Hangul and Devanagari by the rules of their scripts, alphabets by
the tables of `spellings`. What has no sound that is known here (kanji without the dictionary, signs
that a language does not write with) is left out and named.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import spellings
from .voices import PAUSE, primary_tag

if TYPE_CHECKING:
    from janome.tokenizer import Tokenizer  # type: ignore[import-untyped]

_PUNCTUATION = {
    "。": ".",
    "．": ".",
    "！": "!",
    "？": "?",
    "，": ",",
    "、": ",",
    "；": ";",
    "：": ":",
    "।": ".",
    "…": "…",
    "—": "—",
    "–": "—",
    "·": ",",
    "؟": "?",
    "،": ",",
}
_PAUSES = frozenset(",;:.!?…—")
_ENDS = frozenset(".!?…")
_VOWELS = frozenset("aeiouyɑɒæɐɔəɛɜɤɨɪʊʌøœɯɵ")
_LANGUAGE_NAMES = {
    "zh": "Mandarin",
    "ja": "Japanese",
    "ko": "Korean",
    "hi": "Hindi",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
    "en": "English",
}
_CHINESE_DIGITS = "零一二三四五六七八九"
_JAPANESE_DIGITS = ("ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_KOREAN_DIGITS = ("영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_HINDI_DIGITS = ("शून्य", "एक", "दो", "तीन", "चार", "पांच", "छह", "सात", "आठ", "नौ")


@dataclass(frozen=True)
class Sound:
    """One sound: its IPA symbol, the word it belongs to, and how it is said.

    `mark` is the punctuation of a pause. `syllable` numbers the rimes that carry a Mandarin `tone`
    (1..5); both are 0 elsewhere.
    """

    symbol: str
    word: int = -1
    stressed: bool = False
    tone: int = 0
    syllable: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Pronounced:
    """Sentences of sounds, the words as written, and what was left out."""

    sentences: tuple[tuple[Sound, ...], ...]
    words: tuple[str, ...]
    notes: tuple[str, ...]


def approximation(language: str, *own: str, native: bool = True) -> str | None:
    """Return why a voice of the languages `own` only approximates `language`, or None.

    `native` is true for a voice that knows no other sounds than those of its own languages.
    """
    tag = primary_tag(language)
    if tag in own:
        return None
    name = _LANGUAGE_NAMES.get(tag, f"the language {tag!r}")
    speakers = " and ".join(_LANGUAGE_NAMES.get(other, other) for other in own)
    reason = f"{name} is spoken with the sounds of {speakers}, so with a strong accent"
    if not native:
        reason = f"{name} is spoken by somebody at home in another language, so with an accent"
    if tag == "zh":
        hard = " that is hard to follow" if native else ""
        return f"{reason}{hard}; the tones are Mandarin's own."
    return f"{reason}, by rules of spelling."


def pronounce(text: str, language: str) -> Pronounced:
    """Read a text aloud, on paper.

    Sentences without a speakable word are dropped; a text without any gives no sentences.
    """
    tag = primary_tag(language)
    normal = unicodedata.normalize("NFC", text)
    for foreign, mark in _PUNCTUATION.items():
        normal = normal.replace(foreign, mark)
    words: list[str] = []
    sentences: list[tuple[Sound, ...]] = []
    unknown: set[str] = set()
    for written in re.findall(r"[^.!?…\n]+[.!?…]*", re.sub(r"(?<=\d)\.(?=\d)", " ", normal)):
        sounds: list[Sound] = []
        for piece in re.findall(r"[\w'’\u0900-\u097f]+|[,;:.!?…—]", written):
            if piece[0] in _PAUSES:
                if sounds:
                    sounds.append(Sound(PAUSE, mark=piece[0]))
                continue
            for word, said in _spoken(piece, tag, unknown):
                index = len(words)
                words.append(word)
                sounds += [replace(sound, word=index) for sound in said]
        if any(sound.symbol != PAUSE for sound in sounds):
            sentences.append(_numbered(sounds))
    left_out = "".join(sorted(unknown))
    notes = (f"Left out, no sound known in {tag!r}: {left_out}",) if left_out else ()
    return Pronounced(tuple(sentences), tuple(words), notes)


def _numbered(sounds: list[Sound]) -> tuple[Sound, ...]:
    """Number the toned syllables through the sentence, so that equal neighbours stay apart."""
    numbered: list[Sound] = []
    number, last = 0, (-1, 0)
    for sound in sounds:
        place = (sound.word, sound.syllable)
        if sound.tone and place != last:
            number, last = number + 1, place
        numbered.append(replace(sound, syllable=number if sound.tone else 0))
    return tuple(numbered)


def _spoken(piece: str, tag: str, unknown: set[str]) -> Iterator[tuple[str, list[Sound]]]:
    """Split a run of letters into words and say each; letters without a sound join `unknown`."""
    if tag == "zh":
        yield from _mandarin(piece, unknown)
        return
    if tag == "ja" and not piece.isascii() and find_spec("janome"):
        yield from _japanese(piece, unknown)
        return
    reader = _SCRIPTS.get(tag)
    if reader is not None and not piece.isascii():
        said = reader(piece, unknown)
    else:
        said = _alphabetic(piece, tag, unknown)
    if said:
        yield piece, said


def _alphabetic(piece: str, tag: str, unknown: set[str]) -> list[Sound]:
    orthography = spellings.ORTHOGRAPHIES.get(tag, spellings.ANY_LATIN)
    lowered = re.sub(r"\d", lambda d: orthography.digits[int(d.group())], piece.lower())
    if tag == "en":
        lowered = _without_silent_e(lowered)
    elif tag == "fr":
        lowered = _without_silent_end(lowered)
    table = orthography.sounds
    longest = max(map(len, table))
    symbols: list[str] = []
    accented = -1
    place = 0
    while place < len(lowered):
        for length in range(min(longest, len(lowered) - place), 0, -1):
            chunk = lowered[place : place + length]
            said = table.get(chunk)
            if said is not None:
                if any(letter in "áéíóúàèìòùâêô" for letter in chunk) and tag != "fr":
                    accented = len(symbols) + next(
                        (i for i, symbol in enumerate(said) if _is_vowel(symbol)), 0
                    )
                symbols += said
                place += length
                break
        else:
            if not unicodedata.combining(lowered[place]) and lowered[place] != "_":
                unknown.add(lowered[place])
            place += 1
    stressed = accented if accented >= 0 else _stress(symbols, lowered, orthography.stress)
    return [Sound(symbol, stressed=index == stressed) for index, symbol in enumerate(symbols)]


def _without_silent_e(word: str) -> str:
    """Spell `lake` as `laik`: in English a final e is silent and makes the vowel long."""
    long = {"a": "ai", "i": "igh", "o": "oa", "u": "oo", "e": "ee"}
    match = re.fullmatch(r"(.*)([aeiou])([bdfgklmnpstvz])e(s?)", word)
    if match is None or not match.group(1):
        return word
    start, vowel, consonant, plural = match.groups()
    return f"{start}{long[vowel]}{consonant}{plural}"


def _without_silent_end(word: str) -> str:
    """Spell `portes` as `port` and `les` as `lé`: French does not say its last letters."""
    short = {"et": "é", "est": "è", "es": "è", "un": "un", "plus": "plu", "pas": "pa"}
    if word in short:
        return short[word]
    if re.fullmatch(r"[bcdlmnst]es", word):
        return word[0] + "é"
    if re.search(r"[aeiouyéèêàâîôû].*[^aeiouéèêàâîôû]es?$", word):
        return re.sub(r"es?$", "", word)
    return re.sub(r"(?<=[aeiouyéèêàâîôûnmr])[tdsxpz]+$", "", word)


def _stress(symbols: list[str], word: str, rule: spellings.StressRule) -> int:
    vowels = [index for index, symbol in enumerate(symbols) if _is_vowel(symbol)]
    if not vowels:
        return -1
    if rule == "first" or len(vowels) == 1:
        return vowels[0]
    if rule == "last" or (rule == "spanish" and word[-1] not in "aeonsm"):
        return vowels[-1]
    return vowels[-2]


def _is_vowel(symbol: str) -> bool:
    return symbol[0] in _VOWELS


def _mandarin(piece: str, unknown: set[str]) -> Iterator[tuple[str, list[Sound]]]:
    # The dictionary takes a quarter of a second to load: only who speaks Mandarin waits for it.
    from pypinyin.contrib.mmseg import seg  # noqa: PLC0415

    spoken = re.sub(r"\d+", lambda number: _chinese_number(number.group()), piece)
    for word in seg.cut(spoken):
        said = _alphabetic(word, "en", unknown) if word.isascii() else _mandarin_word(word, unknown)
        if said:
            yield word, said


def _latin_in_chinese(word: str, unknown: set[str]) -> list[Sound]:
    return _alphabetic(word, "en", unknown)


def _mandarin_word(word: str, unknown: set[str]) -> list[Sound]:
    import pypinyin  # noqa: PLC0415 - see _mandarin

    style = pypinyin.Style
    initials = pypinyin.lazy_pinyin(
        word,
        style=style.INITIALS,
        strict=True,
        errors=_per_character,  # type: ignore[arg-type]
    )
    finals = pypinyin.lazy_pinyin(
        word,
        style=style.FINALS_TONE3,
        strict=True,
        neutral_tone_with_five=True,
        tone_sandhi=True,
        errors=_per_character,  # type: ignore[arg-type]
    )
    sounds: list[Sound] = []
    for place, (initial, final) in enumerate(zip(initials, finals, strict=False)):
        rime, tone = final[:-1], final[-1:]
        if rime not in spellings.PINYIN_FINALS or not tone.isdigit():
            unknown.add(word[place] if place < len(word) else final)
            continue
        said = spellings.PINYIN_FINALS[rime]
        if rime == "i" and initial in spellings.RETROFLEX_INITIALS:
            said = ("ɹ̩",)
        elif rime == "i" and initial in spellings.DENTAL_INITIALS:
            said = ("z̩",)
        onset = spellings.PINYIN_INITIALS.get(initial, ())
        sounds += [Sound(symbol) for symbol in onset]
        nucleus = next((i for i, symbol in enumerate(said) if symbol not in "jwɥ"), 0)
        sounds += [
            Sound(symbol, stressed=i == nucleus and tone != "5", tone=int(tone), syllable=place + 1)
            for i, symbol in enumerate(said)
        ]
    return sounds


def _per_character(strange: str) -> list[str]:  # pypinyin takes a list here, its types say str
    return ["?"] * len(strange)


def _chinese_number(digits: str) -> str:
    """Read a whole number below 10^8 as Chinese does, a longer one digit by digit."""
    longest = 8
    if len(digits) > longest or (len(digits) > 1 and digits[0] == "0"):
        return "".join(_CHINESE_DIGITS[int(digit)] for digit in digits)
    value = int(digits)
    ten_thousand = 10_000
    if value >= ten_thousand:
        high, low = divmod(value, ten_thousand)
        gap = "零" if 0 < low < ten_thousand // 10 else ""
        return _chinese_number(str(high)) + "万" + gap + (_chinese_number(str(low)) if low else "")
    if value == 0:
        return "零"
    read = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            read += _CHINESE_DIGITS[digit] + unit
        elif read and not read.endswith("零") and value % power:
            read += "零"
    return read.removeprefix("一") if read.startswith("一十") else read


@cache
def _japanese_dictionary() -> "Tokenizer":
    # It takes half a second to load: only who speaks Japanese waits for it.
    from janome.tokenizer import Tokenizer  # noqa: PLC0415

    return Tokenizer()


def _japanese(piece: str, unknown: set[str]) -> Iterator[tuple[str, list[Sound]]]:
    """Say each word as the dictionary does, so that the particle は is wa; others by their kana."""
    for token in _japanese_dictionary().tokenize(piece):
        said = _kana(token.surface if token.phonetic == "*" else token.phonetic, unknown)
        if said:
            yield token.surface, said


def _kana(piece: str, unknown: set[str]) -> list[Sound]:
    digits = re.sub(r"\d", lambda d: _JAPANESE_DIGITS[int(d.group())], piece)
    for written, spoken in spellings.KANA_IRREGULAR:
        digits = digits.replace(written, spoken)
    hiragana = "".join(
        chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in digits
    )
    sounds: list[Sound] = []
    place = 0
    while place < len(hiragana):
        said = spellings.KANA.get(hiragana[place : place + 2])
        step = 2
        if said is None:
            said, step = spellings.KANA.get(hiragana[place]), 1
        if said is not None:
            sounds += [Sound(symbol) for symbol in said]
        elif hiragana[place] == "ー" and sounds:
            sounds[-1] = replace(sounds[-1], symbol=sounds[-1].symbol.rstrip("ː") + "ː")
        elif hiragana[place] != "っ":
            unknown.add(hiragana[place])
        place += step
    return sounds


def _hangul(piece: str, unknown: set[str]) -> list[Sound]:
    spelled = re.sub(r"\d", lambda d: _KOREAN_DIGITS[int(d.group())], piece)
    sounds: list[Sound] = []
    for letter in spelled:
        code = ord(letter) - 0xAC00
        if not 0 <= code < 19 * 21 * 28:  # the syllables of Unicode, chapter 3.12
            unknown.add(letter)
            continue
        initial, vowel, final = code // 588, code // 28 % 21, code % 28
        symbols = (
            spellings.HANGUL_INITIALS[initial],
            *spellings.HANGUL_VOWELS[vowel],
            spellings.HANGUL_FINALS[final],
        )
        sounds += [Sound(symbol) for symbol in symbols if symbol != "-"]
    return sounds


def _devanagari(piece: str, unknown: set[str]) -> list[Sound]:
    spelled = re.sub(r"\d", lambda d: _HINDI_DIGITS[int(d.group())], piece)
    letters = [letter for letter in spelled if letter != spellings.NUKTA]
    sounds: list[Sound] = []
    for place, letter in enumerate(letters):
        following = letters[place + 1] if place + 1 < len(letters) else ""
        if letter in spellings.DEVANAGARI_CONSONANTS:
            sounds += [Sound(symbol) for symbol in spellings.DEVANAGARI_CONSONANTS[letter]]
            signed = following == spellings.VIRAMA or following in spellings.DEVANAGARI_VOWELS
            # The inherent vowel is silent at the end of a word.
            if not signed and following:
                sounds.append(Sound("ə"))
        elif letter in spellings.DEVANAGARI_VOWELS:
            sounds += [Sound(symbol) for symbol in spellings.DEVANAGARI_VOWELS[letter]]
        elif letter in spellings.NASAL_SIGNS:
            sounds.append(Sound("n"))
        elif letter != spellings.VIRAMA:
            unknown.add(letter)
    return sounds


_SCRIPTS: dict[str, Callable[[str, set[str]], list[Sound]]] = {
    "ja": _kana,
    "ko": _hangul,
    "hi": _devanagari,
}
