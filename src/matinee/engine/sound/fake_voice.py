"""The fake voice: a small formant synthesiser, deterministic and without weights.

It speaks any language that `pronunciation` can spell, with correct timings, so that demonstrations
and tests of everything above the voice need no network. It sounds like the speech computers of the
1980s (Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67, 1980), on purpose.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .filters import box_mean, butterworth, filtered, gaussian
from .pronunciation import Sound, pronounce
from .timbres import Timbre, timbre_of
from .voices import (
    PAUSE,
    NothingToSay,
    Reading,
    TimedSound,
    VoiceHint,
    require_speakable,
    stable_seed,
    timeline,
)

SAMPLE_RATE_HZ = 24_000
FRAME_SAMPLES = 120
LEVEL_DBFS = -21.0
_WINDOW = 480
_LEAD_S, _COMMA_S, _SENTENCE_S, _TAIL_S = 0.05, 0.18, 0.28, 0.12

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Shape:
    """What the mouth does for a sound: formants in Hz, voice and hiss 0..1, hiss centre, length."""

    formants: tuple[float, float, float]
    voice: float
    hiss: float = 0.0
    hiss_hz: float = 3000.0
    length_s: float = 0.08


def _vowel(first: float, second: float, third: float, length_s: float = 0.115) -> _Shape:
    return _Shape((first, second, third), 1.0, length_s=length_s)


# Formants of a man's vowels after Peterson and Barney (JASA 24, 1952).
_VOWELS = {
    "i": _vowel(270, 2290, 3010),
    "ɪ": _vowel(390, 1990, 2550, 0.09),
    "e": _vowel(450, 2100, 2600),
    "ɛ": _vowel(530, 1840, 2480),
    "æ": _vowel(660, 1720, 2410, 0.13),
    "a": _vowel(750, 1350, 2500),
    "ɑ": _vowel(730, 1090, 2440, 0.13),
    "ɒ": _vowel(650, 950, 2440),
    "ɔ": _vowel(570, 840, 2410, 0.125),
    "o": _vowel(470, 860, 2400),
    "ʊ": _vowel(440, 1020, 2240, 0.09),
    "u": _vowel(300, 870, 2240),
    "ʌ": _vowel(640, 1190, 2390, 0.1),
    "ə": _vowel(500, 1450, 2450, 0.065),
    "ɐ": _vowel(600, 1350, 2450, 0.09),
    "ɜ": _vowel(490, 1350, 1690, 0.12),
    "y": _vowel(280, 1800, 2250),
    "ø": _vowel(400, 1550, 2250),
    "œ": _vowel(540, 1500, 2300),
    "ɤ": _vowel(480, 1150, 2400),
    "ɨ": _vowel(340, 1600, 2400),
    "ɯ": _vowel(330, 1300, 2300),
}
_CONSONANTS = {
    "m": _Shape((280, 1000, 2200), 0.5, length_s=0.075),
    "n": _Shape((280, 1500, 2500), 0.5, length_s=0.07),
    "ŋ": _Shape((280, 2000, 2600), 0.5),
    "ɲ": _Shape((280, 2100, 2700), 0.5),
    "ɴ": _Shape((300, 1300, 2400), 0.5),
    "ɳ": _Shape((280, 1500, 2200), 0.5),
    "l": _Shape((360, 1200, 2700), 0.65, length_s=0.065),
    "ʎ": _Shape((300, 2000, 2700), 0.65),
    "ɹ": _Shape((350, 1150, 1550), 0.65, length_s=0.07),
    "r": _Shape((420, 1300, 2300), 0.55, length_s=0.075),
    "ɾ": _Shape((400, 1500, 2500), 0.4, length_s=0.035),
    "ɽ": _Shape((400, 1400, 2100), 0.4, length_s=0.04),
    "j": _Shape((280, 2200, 2950), 0.6, length_s=0.055),
    "ɥ": _Shape((280, 1900, 2400), 0.6, length_s=0.055),
    "w": _Shape((300, 700, 2200), 0.6, length_s=0.06),
    "ʋ": _Shape((320, 1100, 2300), 0.55, length_s=0.06),
    "v": _Shape((300, 1100, 2300), 0.4, 0.12, 6000, 0.06),
    "β": _Shape((300, 1000, 2300), 0.4, 0.06, 2000, 0.06),
    "ð": _Shape((300, 1400, 2500), 0.4, 0.08, 6000, 0.05),
    "z": _Shape((300, 1600, 2600), 0.3, 0.35, 6500, 0.08),
    "ʒ": _Shape((300, 1700, 2500), 0.3, 0.35, 3200, 0.08),
    "ʐ": _Shape((350, 1400, 2000), 0.45, 0.2, 2800, 0.08),
    "ʝ": _Shape((300, 2200, 2900), 0.5, 0.08, 3500, 0.065),
    "ɣ": _Shape((350, 1300, 2300), 0.5, 0.08, 1800, 0.06),
    "ʁ": _Shape((400, 1100, 2300), 0.4, 0.14, 1600, 0.07),
    "f": _Shape((350, 1100, 2300), 0.0, 0.25, 6500, 0.09),
    "ɸ": _Shape((350, 1000, 2300), 0.0, 0.18, 2500, 0.08),
    "θ": _Shape((350, 1400, 2500), 0.0, 0.18, 7000, 0.09),
    "s": _Shape((350, 1600, 2600), 0.0, 0.6, 6800, 0.1),
    "ʃ": _Shape((350, 1700, 2500), 0.0, 0.6, 3300, 0.1),
    "ɕ": _Shape((300, 2100, 2800), 0.0, 0.55, 4500, 0.1),
    "ʂ": _Shape((350, 1600, 2200), 0.0, 0.55, 2900, 0.1),
    "ç": _Shape((300, 2200, 2900), 0.0, 0.35, 3800, 0.08),
    "x": _Shape((400, 1300, 2300), 0.0, 0.3, 1700, 0.08),
    "χ": _Shape((400, 1200, 2300), 0.0, 0.3, 1500, 0.08),
    "h": _Shape((500, 1450, 2450), 0.0, 0.2, 1500, 0.06),
    "b": _Shape((250, 900, 2200), 0.18, 0.2, 900, 0.065),
    "d": _Shape((250, 1700, 2600), 0.18, 0.3, 3800, 0.06),
    "ɖ": _Shape((250, 1600, 2200), 0.18, 0.3, 3000, 0.06),
    "ɡ": _Shape((250, 1900, 2300), 0.18, 0.3, 1900, 0.065),
    "p": _Shape((300, 900, 2200), 0.0, 0.35, 1000, 0.08),
    "t": _Shape((300, 1700, 2600), 0.0, 0.5, 4300, 0.075),
    "ʈ": _Shape((300, 1600, 2200), 0.0, 0.5, 3200, 0.075),
    "k": _Shape((300, 1900, 2300), 0.0, 0.45, 2000, 0.08),
    "ʔ": _Shape((500, 1400, 2400), 0.0, 0.02, 2000, 0.04),
}
_STOPS = frozenset("bdɖɡptʈkʔ")
_SHAPES = _VOWELS | _CONSONANTS
_TONE_CURVES = {
    1: (1.22, 1.22),
    2: (0.92, 1.28),
    3: (0.82, 0.8),
    4: (1.35, 0.78),
    5: (1.0, 0.9),
}


class FakeVoice:
    """Any language, by its spelling; about a hundred times real time on one core."""

    name = "fake"
    languages = ("en", "zh", "es", "fr", "de", "it", "pt", "ja", "ko", "hi", "ru")

    def speak(
        self, text: str, *, language: str, voice: VoiceHint, rate: float = 1.0, seed: int = 0
    ) -> Reading:
        """Speak a text; see `voices.Voice`."""
        require_speakable(text, language=language, rate=rate)
        said = pronounce(text, language)
        if not said.words:
            raise NothingToSay(text, language)
        timbre = timbre_of(voice)
        rng = np.random.default_rng(stable_seed("fake", text, language, voice, rate, seed))
        parts = [(Sound(PAUSE), _LEAD_S)]
        pace = rate * timbre.pace
        for index, sentence in enumerate(said.sentences):
            parts += [(sound, _length_s(sound) / pace) for sound in sentence]
            last = index == len(said.sentences) - 1
            parts.append((Sound(PAUSE), _TAIL_S if last else _SENTENCE_S / pace))
        frames = [max(2, round(length * SAMPLE_RATE_HZ / FRAME_SAMPLES)) for _, length in parts]
        sounds = [sound for sound, _ in parts]
        samples = _level(_synthesise(sounds, frames, timbre, rng), timbre)
        timed = [
            TimedSound(sound.symbol, count * FRAME_SAMPLES, sound.word)
            for sound, count in zip(sounds, frames, strict=True)
        ]
        phonemes, words = timeline(timed, said.words, SAMPLE_RATE_HZ)
        return Reading(
            samples.astype(np.float32), SAMPLE_RATE_HZ, phonemes, words, None, said.notes
        )


def _length_s(sound: Sound) -> float:
    if sound.symbol == PAUSE:
        return _SENTENCE_S * 0.6 if sound.mark in ".!?…" else _COMMA_S
    shapes = _shapes(sound.symbol)
    long = sum(shape.length_s for shape in shapes) * (0.75 if len(shapes) > 1 else 1.0)
    return long * (1.35 if "ː" in sound.symbol else 1.0) * (1.25 if sound.stressed else 1.0)


def _shapes(symbol: str) -> list[_Shape]:
    """Return the mouth shapes of an IPA symbol; diphthongs and affricates have two."""
    shapes = [_SHAPES[letter] for letter in symbol if letter in _SHAPES]
    return shapes or [_VOWELS["ə"]]


def _synthesise(
    sounds: list[Sound], frames: list[int], timbre: Timbre, rng: np.random.Generator
) -> Floats:
    total = sum(frames)
    formants = np.full((total, 3), (500.0, 1500.0, 2500.0))
    voice, hiss = np.zeros(total), np.zeros(total)
    hiss_hz = np.full(total, 3000.0)
    pitch = np.ones(total)
    first = 0
    for sound, count in zip(sounds, frames, strict=True):
        stop = first + count
        pitch[first:stop] = _melody(sound, first / total, count)
        if sound.symbol != PAUSE:
            shapes = _shapes(sound.symbol)
            edges = np.linspace(first, stop, len(shapes) + 1).round().astype(int)
            for shape, start, end in zip(shapes, edges[:-1], edges[1:], strict=True):
                formants[start:end] = shape.formants
                voice[start:end] = shape.voice
                hiss[start:end] = shape.hiss
                hiss_hz[start:end] = shape.hiss_hz
            if sound.symbol[0] in _STOPS:
                # A stop is a closure, then a burst.
                closed = first + max(1, int(count * 0.6))
                hiss[first:closed] = 0.0
                voice[closed:stop] *= 1.5
        first = stop
    glide = gaussian(formants, 3.0) * timbre.formants * 1.12
    voice = gaussian(voice, 1.2)
    hiss = gaussian(hiss, 0.7) + 0.2 * timbre.breath * voice
    voice = voice * (1.0 - 0.95 * timbre.breath)
    smooth = gaussian(pitch, 4.0)
    pitch_hz = timbre.median_hz * smooth**timbre.pitch_range
    pitch_hz *= 1.0 + timbre.roughness * rng.standard_normal(total)
    return _filtered(pitch_hz, voice, hiss, hiss_hz, glide, rng)


def _melody(sound: Sound, place: float, count: int) -> Floats:
    """Return the pitch of a sound around 1: the line of a statement, stress and tone."""
    line = 1.08 - 0.16 * place
    if sound.tone:
        return line * np.linspace(*_TONE_CURVES[sound.tone], count)
    return np.full(count, line * (1.12 if sound.stressed else 1.0))


def _filtered(  # noqa: PLR0917 - the parameters of a frame, in the order of speech production
    pitch_hz: Floats,
    voice: Floats,
    hiss: Floats,
    hiss_hz: Floats,
    formants: Floats,
    rng: np.random.Generator,
) -> Floats:
    """Shape a glottal source and noise by the spectra of each frame (overlap-add of 20 ms)."""
    frames, samples = len(pitch_hz), len(pitch_hz) * FRAME_SAMPLES
    centres = np.arange(frames) * FRAME_SAMPLES + FRAME_SAMPLES / 2
    per_sample = np.interp(np.arange(samples), centres, pitch_hz)
    phase = np.cumsum(per_sample / SAMPLE_RATE_HZ) % 1.0
    # An open and closing glottis: a smooth pulse of the Rosenberg kind, differentiated.
    flow = np.where(phase < 0.6, np.sin(np.pi * phase / 0.6) ** 2 * phase / 0.6, 0.0)
    source = np.diff(flow, prepend=0.0)
    source /= np.sqrt(np.mean(source**2)) + 1e-12
    noise = rng.standard_normal(samples)
    frequency = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE_HZ)[None, :]
    throat = np.ones((frames, frequency.shape[1]), np.complex128)
    spread = (70.0, 95.0, 140.0)
    places = [formants[:, i : i + 1] for i in range(3)]
    for place, width in zip(
        [*places, places[2] + 900.0, places[2] + 1900.0], (*spread, 220.0, 300.0), strict=True
    ):
        throat *= place**2 / (place**2 - frequency**2 + 1j * width * frequency)
    sizzle = np.exp(-(((frequency - hiss_hz[:, None]) / (0.28 * hiss_hz[:, None])) ** 2))
    sizzle += 0.08
    spoken = _shaped(source, throat * voice[:, None]) + 2.2 * _shaped(noise, sizzle * hiss[:, None])
    return filtered(spoken, butterworth("high", 70.0, SAMPLE_RATE_HZ))


def _shaped(sound: Floats, spectra: NDArray[np.inexact]) -> Floats:
    frames = len(spectra)
    window = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW))
    side = _WINDOW // 2
    padded = np.pad(sound, (side, side + _WINDOW))
    cut = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)
    cut = cut[FRAME_SAMPLES // 2 :: FRAME_SAMPLES][:frames]
    shaped = np.fft.irfft(np.fft.rfft(cut * window, axis=1) * spectra, axis=1) * window
    out = np.zeros(len(padded) + _WINDOW)
    share = _WINDOW // FRAME_SAMPLES
    for part in range(share):
        rows = shaped[:, part * FRAME_SAMPLES : (part + 1) * FRAME_SAMPLES].ravel()
        start = FRAME_SAMPLES // 2 + part * FRAME_SAMPLES
        out[start : start + len(rows)] += rows
    return out[side : side + len(sound)] / (share / 2)


def _level(sound: Floats, timbre: Timbre) -> Floats:
    power = box_mean(sound**2, 1200)
    active = power > power.max() * 1e-3
    level = np.sqrt(np.mean(sound[active] ** 2))
    louder = sound * 10.0 ** ((LEVEL_DBFS + timbre.level_db) / 20.0) / max(level, 1e-9)
    return np.asarray(np.tanh(louder / 0.97) * 0.97)
