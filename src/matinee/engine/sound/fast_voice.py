"""The fast voice: a small English network (hibari-tts), cast as many people.

Its one speaker is changed into others where it is lossless, in the spectra that the network
predicts (see `spectra`). English is its own; other languages are spelled out in the nearest sounds
it knows, Mandarin with its tones laid over the pitch, and the reading says so.
"""

import json
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .filters import box_mean, gaussian
from .network_bytes import with_output
from .pronunciation import approximation, pronounce
from .scripts import (
    PAUSES,
    SENTENCE_PAUSES,
    STRESS,
    UNVOICED,
    Script,
    english,
    foreign,
    is_british,
    short_enough,
    timed,
)
from .spectra import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    SOURCE_MEDIAN_HZ,
    VOICED_HZ,
    Floats,
    Spectra,
    contour,
    revoiced,
    spoken_by,
)
from .timbres import Timbre, timbre_of
from .voices import (
    NothingToSay,
    Reading,
    Samples,
    TimedSound,
    VoiceHint,
    primary_tag,
    require_speakable,
    stable_seed,
    timeline,
)

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]

# Durations of the network come in units of 25 ms, its spectra in frames of 12.5 ms.
FRAMES_PER_UNIT = 2
LEAD_FRAMES = 4
TAIL_FRAMES = 10
SENTENCE_PAUSE_FRAMES = 22
LEVEL_DBFS = -21.0
_FADE_SAMPLES = 2_400

# Sounds of other languages, as the nearest one that an English speaker has.
_NEAREST = {
    "ɕ": "ʃ",
    "ʂ": "ʃ",
    "ʐ": "ɹ",
    "tɕ": "ʤ",
    "tɕʰ": "ʧ",
    "ʈʂ": "ʤ",
    "ʈʂʰ": "ʧ",
    "ts": "dz",
    "tsʰ": "ts",
    "b̥": "b",
    "d̥": "d",
    "ɡ̊": "ɡ",
    "pʰ": "p",
    "tʰ": "t",
    "kʰ": "k",
    "x": "h",
    "χ": "h",
    "ç": "h",
    "ʁ": "ɹ",
    "r": "ɹ",
    "ɾ": "T",
    "y": "ju",
    "ø": "ɜɹ",
    "œ": "ɜɹ",
    "ɤ": "ʌ",
    "a": "ɑ",
    "e": "A",
    "o": "O",
    "ɲ": "nj",
    "ʎ": "lj",
    "β": "b",
    "ɣ": "ɡ",
    "ʝ": "j",
    "ɯ": "u",
    "ɨ": "ɪ",
    "ɥ": "jw",
    "ɑ̃": "ɑn",
    "ɛ̃": "æn",
    "ɔ̃": "ɔn",
    "ɹ̩": "ɜɹ",
    "z̩": "ə",
    "ʈ": "t",
    "ɖ": "d",
    "ɳ": "n",
    "ɽ": "T",
    "ɭ": "l",
    "ʔ": "",
    "ɸ": "f",
    "pf": "f",
}
# Chao's tone letters as (place in the rime 0..1, factor on the median pitch).
_TONES: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((0.0, 1.24), (1.0, 1.24)),
    2: ((0.0, 0.92), (0.35, 0.95), (1.0, 1.3)),
    3: ((0.0, 0.88), (0.5, 0.7), (1.0, 0.84)),
    4: ((0.0, 1.38), (1.0, 0.76)),
    5: ((0.0, 1.0), (1.0, 0.88)),
}


class FastVoice:
    """English at more than fifty times real time on one core; load is 0.5 s, at the first line."""

    name = "fast"
    languages = ("en",)

    def __init__(self) -> None:
        """Prepare nothing: the network is loaded by the first line."""
        self._lock = Lock()

    @cached_property
    def _network(self) -> "onnxruntime.InferenceSession":
        import onnxruntime  # noqa: PLC0415 - a server that never speaks does not load it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        content = with_output((_assets() / "hibari.onnx").read_bytes(), "/Clip_output_0")
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        written = (_assets() / "vocab.json").read_text(encoding="utf-8")
        vocabulary: dict[str, int] = json.loads(written)
        return vocabulary

    def speak(
        self, text: str, *, language: str, voice: VoiceHint, rate: float = 1.0, seed: int = 0
    ) -> Reading:
        """Speak a text; see `voices.Voice`."""
        require_speakable(text, language=language, rate=rate)
        with self._lock:
            scripts, words, notes = self._written(text, language)
            if not any(index >= 0 for script in scripts for index in script.words):
                raise NothingToSay(text, language)
            timbre = timbre_of(voice)
            rng = np.random.default_rng(stable_seed("fast", text, language, voice, rate, seed))
            spoken = [
                self._said(script, timbre, rate=rate, rng=rng, last=script is scripts[-1])
                for script in scripts
            ]
        samples = finished(np.concatenate([sound for sound, _ in spoken]), timbre)
        # The network hums faintly where a reading has ended.
        fade = min(_FADE_SAMPLES, len(samples))
        samples[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
        sounds = [sound for _, timed in spoken for sound in timed]
        phonemes, spans = timeline(sounds, words, SAMPLE_RATE_HZ)
        return Reading(
            samples, SAMPLE_RATE_HZ, phonemes, spans, approximation(language, "en"), notes
        )

    def _written(self, text: str, language: str) -> tuple[list[Script], list[str], tuple[str, ...]]:
        if primary_tag(language) == "en":
            scripts, words, notes = english(text, self._vocabulary, british=is_british(language))
        else:
            pronounced = pronounce(text, language)
            scripts = [
                foreign(sentence, self._vocabulary, _NEAREST) for sentence in pronounced.sentences
            ]
            words, notes = list(pronounced.words), pronounced.notes
        return [part for script in scripts for part in short_enough(script)], words, notes

    def _said(
        self, script: Script, timbre: Timbre, *, rate: float, rng: np.random.Generator, last: bool
    ) -> tuple[Samples, list[TimedSound]]:
        codes = [0, *(self._vocabulary[c] for c in script.symbols), 0]
        speed = float(np.clip(rate * timbre.pace * (0.86 if script.tones else 1.0), 0.4, 2.4))
        outputs = self._network.run(
            None,
            {"ids": np.array([codes], np.int64), "speed": np.array([speed], np.float32)},
        )
        frames = np.rint(outputs[-1].ravel() * FRAMES_PER_UNIT).astype(int)
        spectra = Spectra(*(output[0] for output in outputs[:6]))
        mask, frames = _trimmed(script, frames, last=last)
        spectra = spectra.kept(mask)
        spectra = self._as_person(spectra, script, frames, timbre, rng)
        return spectra.samples(rng), timed(script, [int(count) * FRAME_SAMPLES for count in frames])

    @staticmethod
    def _as_person(
        spectra: Spectra,
        script: Script,
        frames: NDArray[np.int_],
        timbre: Timbre,
        rng: np.random.Generator,
    ) -> Spectra:
        ends = np.cumsum(frames)
        # Beyond 2.4 semitones the creak of the original speaker would stand out.
        far = abs(np.log2(timbre.median_hz / SOURCE_MEDIAN_HZ)) > 0.2
        whispered = timbre.breath >= 1.0
        if far or whispered or script.tones or timbre.pitch_range == 0.0:
            voiced = np.zeros(len(spectra.pitch_hz), np.bool_)
            for place, symbol in enumerate(script.symbols):
                if symbol not in UNVOICED | PAUSES | STRESS:
                    voiced[ends[place] : ends[place + 1]] = True
            spectra = revoiced(spectra, voiced)
        pitch_hz = contour(spectra.pitch_hz, timbre)
        if script.tones and timbre.pitch_range > 0.0:
            pitch_hz = _toned(pitch_hz, script, ends, timbre)
        return spoken_by(spectra, timbre, pitch_hz, rng)


def _assets() -> Path:
    import hibari  # type: ignore[import-untyped] # noqa: PLC0415 - see FastVoice._network

    return Path(hibari.__file__).parent / "assets"


def finished(samples: Samples, timbre: Timbre) -> Samples:
    """Bring a reading to its loudness, without clipping; machines get their ringing."""
    sound = samples.astype(np.float64)
    if timbre.metallic:
        sound = _metallic(sound, timbre.metallic)
    window = 1200
    power = box_mean(sound**2, window)
    active = power > power.max() * 1e-3
    level = np.sqrt(np.mean(sound[active] ** 2)) if active.any() else 1.0
    sound *= 10.0 ** ((LEVEL_DBFS + timbre.level_db) / 20.0) / max(level, 1e-9)
    knee = 0.7
    over = np.abs(sound) > knee
    bent = knee + (0.97 - knee) * np.tanh((np.abs(sound[over]) - knee) / (0.97 - knee))
    sound[over] = np.sign(sound[over]) * bent
    return sound.astype(np.float32)


def _metallic(sound: NDArray[np.float64], amount: float) -> NDArray[np.float64]:
    """Ring through a short tube and against a slow carrier: a body of sheet metal."""
    delay = round(0.0071 * SAMPLE_RATE_HZ)
    ringing = sound.copy()
    for echo in range(1, min(9, len(sound) // delay)):
        ringing[echo * delay :] += (0.45 * amount) ** echo * sound[: -echo * delay]
    time_s = np.arange(len(sound)) / SAMPLE_RATE_HZ
    beating = 1.0 - 0.35 * amount * (0.5 + 0.5 * np.sin(2 * np.pi * 58.0 * time_s))
    return np.asarray(ringing * beating)


def _trimmed(
    script: Script, frames: NDArray[np.int_], *, last: bool
) -> tuple[NDArray[np.bool_], NDArray[np.int_]]:
    """Shorten the silence around a sentence; return the frames to keep and the new lengths."""
    kept = frames.copy()
    kept[0] = min(kept[0], LEAD_FRAMES)
    allowed = TAIL_FRAMES if last else SENTENCE_PAUSE_FRAMES
    for place in range(len(frames) - 1, 0, -1):
        symbol = script.symbols[place - 1] if place <= len(script.symbols) else " "
        if symbol not in SENTENCE_PAUSES and not symbol.isspace():
            break
        kept[place] = min(kept[place], allowed)
        allowed -= kept[place]
    mask = np.zeros(int(frames.sum()), np.bool_)
    starts = np.concatenate([[0], np.cumsum(frames)])
    for place, count in enumerate(kept):
        # The first pad is cut at its start, everything else at its end.
        first = starts[place + 1] - count if place == 0 else starts[place]
        mask[first : first + count] = True
    return mask, kept


def _toned(pitch_hz: Floats, script: Script, ends: NDArray[np.int_], timbre: Timbre) -> Floats:
    """Lay Mandarin tones over the rimes, with the falling line of a statement beneath."""
    toned = pitch_hz.copy()
    for first, stop, tone in script.tones:
        start, end = int(ends[first]), int(ends[stop])
        if end <= start:
            continue
        places, factors = zip(*_TONES[tone], strict=True)
        line = 1.06 - 0.16 * start / max(len(pitch_hz), 1)
        curve = np.interp(np.linspace(0.0, 1.0, end - start), places, factors)
        deep = timbre.median_hz * line * curve ** min(timbre.pitch_range, 1.2)
        toned[start:end] = np.where(toned[start:end] > VOICED_HZ, deep, 0.0)
    voiced = toned > VOICED_HZ
    smooth = gaussian(np.where(voiced, toned, 0.0), 1.2)
    weight = gaussian(voiced.astype(np.float64), 1.2)
    return np.where(voiced, smooth / np.maximum(weight, 1e-3), 0.0).astype(np.float32)
