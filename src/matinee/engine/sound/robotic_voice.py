"""The robotic voice: espeak-ng, for the hundred languages that no better voice here speaks.

espeak-ng is under the GPL, so it is not among what Matinee installs: the voice is there where the
system has the library (`apt install libespeak-ng1`) or the extra `more-languages` was asked for. It
is a formant synthesiser, understood rather than liked, and every reading says so.
"""

import ctypes.util
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from .fast_voice import finished
from .filters import resampled
from .timbres import Timbre, timbre_of
from .voices import (
    PAUSE,
    NothingToSay,
    Reading,
    TimedSound,
    VoiceHint,
    VoiceNotInstalled,
    primary_tag,
    require_speakable,
    timeline,
)

SAMPLE_RATE_HZ = 24_000
PACKAGE = "espeakng_loader"
_PROCESS = Path(__file__).with_name("robotic_process.py")
_WORD, _PHONEME = 1, 7
_TIMEOUT_S = 60
_WORDS_PER_MINUTE, _RATE_MIN, _RATE_MAX = 165, 80, 450
# The pitch in the middle of espeak-ng's own man and woman (variant f3), at its pitch of 50.
_MAN_HZ, _WOMAN_HZ, _MIDDLE = 108.0, 190.0, 50
_WOMAN_FROM_HZ = 150.0
_STRESS = str.maketrans("", "", "ˈˌ'")
# What espeak-ng calls otherwise than BCP 47 does, and which of several it should take.
_NAMES = {"zh": "cmn", "no": "nb", "pt": "pt-br", "en": "en-us", "fa": "fa", "fr": "fr-fr"}
_REMARK = "read by espeak-ng, a robotic voice: no better one here speaks this language"
_SPACED = re.compile(r"\S+")


class RoboticVoice:
    """Speaks with espeak-ng; raises VoiceNotInstalled where its library is not found."""

    name = "robotic"

    def __init__(self) -> None:
        """Find the library, which is only ever loaded in processes of its own."""
        self._paths = _found()

    @property
    def languages(self) -> tuple[str, ...]:
        """The primary tags of every language that espeak-ng has rules for."""
        return tuple(sorted({primary_tag(tag) for tag in self._tags} | {"zh", "no"}))

    @cached_property
    def _tags(self) -> frozenset[str]:
        answer, _ = self._asked({"list": True})
        return frozenset(answer["tags"])

    def _asked(self, request: dict[str, object]) -> tuple[dict[str, Any], bytes]:
        command = [sys.executable, "-I", "-S", str(_PROCESS), *self._paths]
        done = subprocess.run(  # noqa: S603 - our own module, by its full path
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        if done.returncode != 0:
            told = done.stderr.decode(errors="replace").strip()[-200:]
            raise VoiceNotInstalled(self.name, f"a working espeak-ng ({told})", _CURE)
        answer, _, samples = done.stdout.partition(b"\n")
        return json.loads(answer), samples

    def speak(
        self, text: str, *, language: str, voice: VoiceHint, rate: float = 1.0, seed: int = 0
    ) -> Reading:
        """See the Protocol; a language that is not known is read as English, and said to be."""
        del seed  # it has no chance in it
        require_speakable(text, language=language, rate=rate)
        tag = self._tag(language)
        spoken, notes = _own_script(text, language)
        timbre = timbre_of(voice)
        samples, sounds, words = self._said(spoken, tag or _NAMES["en"], timbre, rate)
        phonemes, placed = timeline(sounds, words, SAMPLE_RATE_HZ)
        if not placed:
            raise NothingToSay(text, language)
        return Reading(
            samples=samples,
            sample_rate_hz=SAMPLE_RATE_HZ,
            phonemes=phonemes,
            words=placed,
            approximated=None if tag else f"espeak-ng has no rules for {language!r}",
            notes=(_REMARK, *notes) if tag else notes,
        )

    def _tag(self, language: str) -> str:
        """Return espeak-ng's name of a language: the accent if it has it, or empty."""
        whole, primary = language.lower().replace("_", "-"), primary_tag(language)
        for name in (whole, _NAMES.get(primary, primary)):
            if name in self._tags:
                return name
        accents = sorted(tag for tag in self._tags if primary_tag(tag) == primary)
        return accents[0] if accents else ""

    def _said(
        self, text: str, tag: str, timbre: Timbre, rate: float
    ) -> tuple[np.ndarray, list[TimedSound], list[str]]:
        woman = timbre.median_hz > _WOMAN_FROM_HZ
        middle_hz = _WOMAN_HZ if woman else _MAN_HZ
        pace = _WORDS_PER_MINUTE * rate * timbre.pace
        answer, wave = self._asked(
            {
                "text": text,
                "voices": [f"{tag}+f3", tag] if woman else [tag],
                "rate": int(np.clip(pace, _RATE_MIN, _RATE_MAX)),
                "pitch": int(np.clip(_MIDDLE * timbre.median_hz / middle_hz, 5, 99)),
                "range": int(np.clip(_MIDDLE * timbre.pitch_range, 0, 99)),
            }
        )
        if not wave:
            return np.zeros(0, np.float32), [], []
        heard = np.frombuffer(wave, "<i2").astype(np.float64) / 32_768
        at_rate = resampled(heard, answer["rate_hz"], SAMPLE_RATE_HZ)
        samples = finished(at_rate.astype(np.float32), timbre)
        factor = SAMPLE_RATE_HZ / answer["rate_hz"]
        sounds, words = _timed(text, answer["events"], factor, len(samples))
        return samples, sounds, words


def _timed(
    text: str, events: Sequence[tuple[int, int, int, str]], factor: float, sample_count: int
) -> tuple[list[TimedSound], list[str]]:
    """Lay the reported sounds end to end; words are those of the text as it is written."""
    # Positions count from one.
    said_at = [position - 1 for kind, _, position, _ in events if kind == _WORD]
    own, words = _words_at(text, said_at)
    starts = [
        (min(round(sample * factor), sample_count), kind, position, symbol)
        for kind, sample, position, symbol in events
        if kind in {_WORD, _PHONEME}
    ]
    sounds: list[TimedSound] = []
    word, last, pending = -1, 0, (PAUSE, -1)
    for at, kind, position, symbol in starts:
        if kind == _WORD:
            word = own.get(position - 1, word)
            continue
        sounds.append(TimedSound(pending[0], max(at - last, 0), pending[1]))
        last = max(at, last)
        plain = symbol.translate(_STRESS).strip("_ ")
        pending = (plain, word) if plain else (PAUSE, -1)
    sounds.append(TimedSound(pending[0], sample_count - last, pending[1]))
    return sounds, words


def _words_at(text: str, starts: Sequence[int]) -> tuple[dict[int, int], list[str]]:
    """Return the words of a text as it is written, and which one each character belongs to.

    A script without spaces is cut where the speaker said that a word starts.
    """
    if _is_spaceless(text):
        cuts = sorted({0, *(at for at in starts if 0 < at < len(text)), len(text)})
        spans = list(pairwise(cuts))
    else:
        spans = [(found.start(), found.end()) for found in _SPACED.finditer(text)]
    own = {at: index for index, span in enumerate(spans) for at in range(*span)}
    return own, [text[start:end] for start, end in spans]


def _is_spaceless(text: str) -> bool:
    return any(_script(character) in _WITHOUT_SPACES for character in text)


def _own_script(text: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Leave out words in a script that a language with Latin letters has no sounds for."""
    letters = [one for one in text if one.isalpha()]
    latin = sum(_script(one) == "LATIN" for one in letters)
    if 2 * latin < len(letters) or primary_tag(language) in _OTHER_SCRIPTS:
        return text, ()
    kept: list[str] = []
    left: list[str] = []
    for found in _SPACED.finditer(text):
        word = found.group()
        foreign = any(one.isalpha() and _script(one) != "LATIN" for one in word)
        (left if foreign else kept).append(word)
    notes = (f"left out, because it is in another script: {' '.join(left)}",) if left else ()
    return " ".join(kept), notes


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


_WITHOUT_SPACES = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})
_OTHER_SCRIPTS = frozenset({"zh", "ja", "ko", "ru", "ar", "hi", "uk", "bg", "el", "he", "fa", "ur"})
_CURE = "Install espeak-ng (apt install libespeak-ng1) or the extra: make setup-all."


def _found() -> tuple[str, ...]:
    """Return the library and, where the system does not keep it, the folder of its data."""
    if find_spec(PACKAGE) is not None:
        import espeakng_loader as package  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415 - optional, GPL

        return str(package.get_library_path()), str(package.get_data_path())
    path = ctypes.util.find_library("espeak-ng")
    if path is None:
        raise VoiceNotInstalled(RoboticVoice.name, "espeak-ng", _CURE)
    return (path,)
