"""How somebody speaks: the pitch of their voice, and which kind of voice of the cast is nearest.

The cast's voices can be another kind, pitch and throat, but nobody's own: what a film says in a
person's name is spoken by a voice of their kind. The recording of their speech is kept as it is,
for voices that can take more from it.
"""

from __future__ import annotations

import io
import math
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.sound.timbres import TIMBRES

if TYPE_CHECKING:
    import numpy.typing as npt

RATE_HZ = 16_000
_PITCH_HZ = (70.0, 400.0)
_WINDOW, _HOP = 800, 320
_VOICED = 0.5
_VOICED_MIN = 8
_KINDS = ("woman", "man")
"""Age is not told by pitch: somebody who speaks high need not be a child."""
KEPT_S_MAX = 12.0


@dataclass(frozen=True, kw_only=True)
class Speech:
    """What is known of somebody's voice: its middle pitch, None unheard, and the nearest kind."""

    median_hz: float | None
    kind: str


def speech_in(samples: npt.NDArray[np.float32]) -> Speech:
    """Listen to how somebody speaks in a sound at 16 kHz."""
    pitches = _pitches(samples)
    if len(pitches) < _VOICED_MIN:
        return Speech(median_hz=None, kind="")
    median = float(np.median(pitches))
    kind = min(_KINDS, key=lambda one: abs(math.log(TIMBRES[one].median_hz / median)))
    return Speech(median_hz=median, kind=kind)


def _pitches(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """The pitch of every voiced window, by the highest peak of its autocorrelation."""
    count = (len(samples) - 2 * _WINDOW) // _HOP
    if count < 1:
        return np.zeros(0)
    starts = np.arange(count) * _HOP
    parts = samples[starts[:, None] + np.arange(2 * _WINDOW)].astype(np.float64)
    parts -= parts.mean(axis=1, keepdims=True)
    loud = np.sqrt(np.square(parts).mean(axis=1))
    spectrum = np.fft.rfft(parts, n=4 * _WINDOW, axis=1)
    alike = np.fft.irfft(np.square(np.abs(spectrum)), axis=1)[:, :_WINDOW]
    # Later lags overlap less; without this low pitches would lose.
    alike /= np.maximum(alike[:, :1], 1e-12) * (1 - np.arange(_WINDOW) / (2 * _WINDOW))
    shortest, longest = (int(RATE_HZ / hz) for hz in reversed(_PITCH_HZ))
    within = alike[:, shortest:longest]
    best = within.max(axis=1)
    # The first peak nearly as high as the highest: an octave below fits as well.
    lags = np.argmax(within > 0.9 * best[:, None], axis=1)
    lags = np.array([_top_of(row, int(lag)) for row, lag in zip(within, lags, strict=True)])
    voiced = (best > _VOICED) & (loud > 0.25 * np.quantile(loud, 0.95))
    return np.asarray(RATE_HZ / (lags[voiced] + shortest), np.float64)


def _top_of(row: npt.NDArray[np.float64], lag: int) -> int:
    while lag + 1 < len(row) and row[lag + 1] > row[lag]:
        lag += 1
    return lag


def kept_voice(samples: npt.NDArray[np.float32]) -> bytes:
    """Return the loudest stretch of a sound at 16 kHz as a mono WAV file of 12 seconds at most."""
    most = int(KEPT_S_MAX * RATE_HZ)
    if len(samples) > most:
        energy = np.concatenate([[0.0], np.cumsum(np.square(samples.astype(np.float64)))])
        starts = np.arange(0, len(samples) - most + 1, RATE_HZ // 4)
        first = int(starts[np.argmax(energy[starts + most] - energy[starts])])
        samples = samples[first : first + most]
    stored = io.BytesIO()
    with wave.open(stored, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return stored.getvalue()
