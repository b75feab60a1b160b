"""Reading a screenplay's lines aloud: which voice a character has, and the sound file of a line."""

import io
import wave
from collections.abc import Sequence

import msgspec
import numpy as np

from matinee.film.screenplay import Character, Line
from matinee.film.shot import Phoneme, Word

from .sound import Voice, VoiceHint, voice_for
from .sound.voices import PAUSE, NothingToSay, primary_tag

PCM_MAX = 32_767
# Long enough to read a word or two of a caption.
SILENT_LINE_MS, SILENT_RATE_HZ = 900, 24_000


class SpokenLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line, who says it (None: a narrator) and how.

    `voice` overrules the character's own kind of voice; `rate` 1 is the speaker's own pace.
    """

    line: Line
    speaker: Character | None
    voice: str = ""
    rate: float = 1.0
    seed: int = 0


class HeardLine(msgspec.Struct, frozen=True, kw_only=True):
    """How a line sounds: a mono 16-bit WAV file, and when its sounds and words are heard in it.

    `approximated` says what is to be known of the reading (only approximated, robotic, letters left
    out), or is empty.
    """

    duration_ms: int
    phonemes: tuple[Phoneme, ...]
    words: tuple[Word, ...]
    wave: bytes
    approximated: str = ""


class Reader:
    """Reads lines with the first of its voices that speaks their language."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        """Take voices in order of preference; the first approximates what none speaks."""
        self._voices = tuple(voices)
        # Part of what decides how a line sounds, so it belongs to the address of a reading.
        self.name = "+".join(voice.name for voice in self._voices)

    def read(self, spoken: SpokenLine) -> HeardLine:
        """Speak a line; the same line always sounds the same.

        A line that holds no word its voice could speak is a silence, captioned as it is written.
        """
        line = spoken.line
        tag = primary_tag(line.language)
        voice = next((one for one in self._voices if tag in one.languages), self._voices[0])
        try:
            reading = voice.speak(
                line.text,
                language=line.language,
                voice=_hint(spoken),
                rate=spoken.rate,
                seed=spoken.seed,
            )
        except NothingToSay as error:
            return _silence(line, str(error))
        return HeardLine(
            duration_ms=-(-len(reading.samples) * 1000 // reading.sample_rate_hz),
            phonemes=tuple(
                Phoneme(one.symbol, round(one.start_s * 1000), round(one.end_s * 1000))
                for one in reading.phonemes
            ),
            words=_as_written(
                line.text,
                [
                    Word(one.text, round(one.start_s * 1000), round(one.end_s * 1000))
                    for one in reading.words
                ],
            ),
            wave=_wave_file(reading.samples, reading.sample_rate_hz),
            approximated=reading.approximated or "; ".join(reading.notes),
        )


def _silence(line: Line, reason: str) -> HeardLine:
    samples = np.zeros(SILENT_LINE_MS * SILENT_RATE_HZ // 1000, np.float32)
    return HeardLine(
        duration_ms=SILENT_LINE_MS,
        phonemes=(Phoneme(PAUSE, 0, SILENT_LINE_MS),),
        words=(Word(line.text, 0, SILENT_LINE_MS),),
        wave=_wave_file(samples, SILENT_RATE_HZ),
        approximated=reason,
    )


def _hint(spoken: SpokenLine) -> VoiceHint:
    line, speaker = spoken.line, spoken.speaker
    if speaker is None:
        return voice_for("narrator", named=spoken.voice, mood=line.mood, manner=line.manner)
    return voice_for(
        speaker.name,
        gender=speaker.look.gender,
        age=speaker.look.age,
        kind=speaker.kind,
        named=spoken.voice or speaker.voice,
        mood=line.mood,
        manner=line.manner,
    )


def _as_written(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """Give spoken words back the punctuation and spelling of the line, so that none of it is lost.

    A word that is not found in the line as it is (a number that was spelt out) lends its time to
    the word before it. Together the words are the line.
    """
    written: list[Word] = []
    cursor = 0
    lowered = text.casefold() if len(text.casefold()) == len(text) else text
    for word in words:
        found = lowered.find(word.text.casefold(), cursor)
        if found < 0:
            if written:
                last = written[-1]
                written[-1] = Word(last.text, last.start_ms, word.end_ms)
            continue
        if written:
            last = written[-1]
            written[-1] = Word(last.text + text[cursor:found].rstrip(), last.start_ms, last.end_ms)
            lead = ""
        else:
            lead = text[:found].lstrip()
        cursor = found + len(word.text)
        written.append(Word(lead + text[found:cursor], word.start_ms, word.end_ms))
    if not written:
        return ()
    last = written[-1]
    written[-1] = Word(last.text + text[cursor:].rstrip(), last.start_ms, last.end_ms)
    return tuple(written)


def samples_of(sound_file: bytes) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], int]:
    """Return the samples in -1..1 and the sample rate of a file that `Reader.read` made."""
    with wave.open(io.BytesIO(sound_file)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return (pcm / np.float32(PCM_MAX)).astype(np.float32), file.getframerate()


def _wave_file(samples: np.ndarray[tuple[int], np.dtype[np.float32]], sample_rate_hz: int) -> bytes:
    pcm = np.round(np.clip(samples, -1, 1) * PCM_MAX).astype("<i2")
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate_hz)
        file.writeframes(pcm.tobytes())
    return content.getvalue()
