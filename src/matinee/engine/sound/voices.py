"""What a voice is: text and a hint in, speech with the times of its sounds and words out.

Four implementers stand behind the Protocol and are held to one contract suite: `FastVoice` (a
small English network), `FakeVoice` (a formant synthesiser without weights, any language),
`FinalVoice` (Kokoro, behind the extra `final-voices`) and `RoboticVoice` (espeak-ng, where it is
installed).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matinee.kit.errors import Invalid, Unavailable

Samples = NDArray[np.float32]

# The symbol of a closed, resting mouth: the minor break of the IPA.
PAUSE = "|"
TEXT_CHARACTERS_MAX = 5_000
RATE_MIN, RATE_MAX = 0.5, 2.0


class NothingToSay(Invalid):
    """A text holds no word that a voice could speak."""

    code = "engine.nothing_to_say"

    def __init__(self, text: str, language: str) -> None:
        """Quote the text, and name the language it was to be spoken in."""
        super().__init__(
            f"The text {text[:80]!r} holds nothing that can be spoken in {language!r}. "
            "Give a line with at least one word in that language's own script."
        )


class SpeechInvalid(Invalid):
    """A text is too long, or it is to be spoken at an impossible rate."""

    code = "engine.speech_invalid"

    def __init__(self, reason: str) -> None:
        """Say what is out of range."""
        super().__init__(
            f"This cannot be spoken: {reason}. Shorten the text, or choose a rate between "
            f"{RATE_MIN} and {RATE_MAX}."
        )


class VoiceNotInstalled(Unavailable):
    """A voice was asked for whose packages are not installed."""

    code = "engine.voice_not_installed"

    def __init__(self, voice: str, missing: str, cure: str) -> None:
        """Name the voice, what it misses, and what to do about it."""
        super().__init__(f"The voice {voice!r} cannot speak: {missing} is missing. {cure}")


@dataclass(frozen=True)
class VoiceHint:
    """Who should be heard: a kind of speaker, a mood and a manner.

    `kind` is one of `VOICE_KINDS` and `mood` one of `VOICE_MOODS` (unknown names speak as a woman,
    neutrally); `manner` is a way of speaking such as "whispering" or "shouting". Two hints that
    differ in `variant` are two different people of one kind.
    """

    kind: str = "woman"
    mood: str = "neutral"
    manner: str = ""
    variant: int = 0


@dataclass(frozen=True)
class Phoneme:
    """One speech sound in IPA (`PAUSE` for a silence), in seconds from the reading's start."""

    symbol: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Word:
    """One word as written, in seconds from the reading's start."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Reading:
    """A text as it was spoken.

    `samples` is mono in -1..1. The phonemes join end to start from 0 to `duration_s`.
    `approximated` says why the language was only approximated, or is None; `notes` name
    characters left out.
    """

    samples: Samples
    sample_rate_hz: int
    phonemes: tuple[Phoneme, ...]
    words: tuple[Word, ...]
    approximated: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def duration_s(self) -> float:
        """The length of the samples in seconds."""
        return len(self.samples) / self.sample_rate_hz


class Voice(Protocol):
    """Speaks lines. The same arguments always give the same samples."""

    @property
    def name(self) -> str:
        """The voice's name in settings: `fast`, `fake`, `final` or `robotic`."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The primary language tags that the voice speaks; others it approximates and says so."""
        ...

    def speak(
        self, text: str, *, language: str, voice: VoiceHint, rate: float = 1.0, seed: int = 0
    ) -> Reading:
        """Speak `text` at `rate` (1 is the speaker's own pace, 2 twice as fast).

        Raises NothingToSay for a text without a speakable word, SpeechInvalid for more than 5,000
        characters or a rate outside 0.5..2.
        """
        ...


def primary_tag(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag: `zh` of `zh-Hans-CN`."""
    return language.split("-", 1)[0].split("_", 1)[0].lower()


def require_speakable(text: str, *, language: str, rate: float) -> None:
    """Raise NothingToSay or SpeechInvalid for what no voice could speak."""
    if not any(character.isalnum() for character in text):
        raise NothingToSay(text, language)
    if len(text) > TEXT_CHARACTERS_MAX:
        reason = f"the text has {len(text)} characters, more than {TEXT_CHARACTERS_MAX}"
        raise SpeechInvalid(reason)
    if not (math.isfinite(rate) and RATE_MIN <= rate <= RATE_MAX):
        reason = f"the rate is {rate}"
        raise SpeechInvalid(reason)


@dataclass(frozen=True)
class TimedSound:
    """A sound that lasts so many samples and belongs to a word (-1: to none)."""

    symbol: str
    sample_count: int
    word: int


def timeline(
    sounds: Sequence[TimedSound], words: Sequence[str], sample_rate_hz: int
) -> tuple[tuple[Phoneme, ...], tuple[Word, ...]]:
    """Lay sounds end to end and find each word's first start and last end.

    Neighbouring pauses become one; sounds of no length vanish. A word without a sound of its own
    is joined to the word before it, so that captions lose no text.
    """
    phonemes: list[Phoneme] = []
    spans: dict[int, tuple[float, float]] = {}
    position = 0
    for sound in sounds:
        start_s = position / sample_rate_hz
        position += sound.sample_count
        end_s = position / sample_rate_hz
        if sound.word >= 0 and sound.symbol != PAUSE:
            spans[sound.word] = (spans.get(sound.word, (start_s, end_s))[0], end_s)
        if sound.sample_count == 0:
            continue
        if sound.symbol == PAUSE and phonemes and phonemes[-1].symbol == PAUSE:
            phonemes[-1] = Phoneme(PAUSE, phonemes[-1].start_s, end_s)
        else:
            phonemes.append(Phoneme(sound.symbol, start_s, end_s))
    spoken: list[Word] = []
    for index, text in enumerate(words):
        if index in spans:
            spoken.append(Word(text, *spans[index]))
        elif spoken:
            last = spoken[-1]
            spoken[-1] = Word(f"{last.text} {text}", last.start_s, last.end_s)
    return tuple(phonemes), tuple(spoken)


def stable_seed(*parts: object) -> int:
    """Return a 64-bit seed that depends on the parts' text alone (FNV-1a), on every machine."""
    value = 0xCBF29CE484222325
    for byte in "\x1f".join(str(part) for part in parts).encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value
