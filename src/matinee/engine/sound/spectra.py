"""Speech as a spectrum per 12.5 ms frame, and how to change the speaker in that form.

The fast network predicts, per frame, the pitch and three spectra: of the harmonics, of noise, and
of a rest with phases of its own. Changing a speaker here is lossless in a way that no processing of
samples can be: pitch is a number per frame, and the throat a scale of the frequency axis.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .timbres import Timbre
from .voices import Samples

SAMPLE_RATE_HZ = 24_000
FRAME_SAMPLES = 300
BIN_HZ = 20.0
VOICED_HZ = 40.0
# The pitch that the network speaks with in the middle, and outside which another person begins.
SOURCE_MEDIAN_HZ = 190.0
SILENT_LOG = -40.0

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Spectra:
    """What the network predicts for a sentence of F frames.

    `harmonic`, `noise`, `rest`: (601, F) log magnitudes per 20 Hz; `turn`: (601, F), phase of the
    harmonics is pi*tanh(turn); `phase`: (601, F) radians of the rest; `pitch_hz`: (F,), below 40
    where the voice is silent.
    """

    harmonic: Floats
    turn: Floats
    noise: Floats
    rest: Floats
    phase: Floats
    pitch_hz: Floats

    def kept(self, frames: NDArray[np.bool_]) -> "Spectra":
        """Return only the frames of a mask (F,)."""
        return Spectra(
            self.harmonic[:, frames],
            self.turn[:, frames],
            self.noise[:, frames],
            self.rest[:, frames],
            self.phase[:, frames],
            self.pitch_hz[frames],
        )

    def samples(self, rng: np.random.Generator) -> Samples:
        """Synthesise F * 300 samples at 24 kHz."""
        from hibari import dsp  # type: ignore[import-untyped] # noqa: PLC0415 - loaded to speak

        sound: Samples = dsp.synth(
            self.harmonic, self.turn, self.noise, self.rest, self.phase, self.pitch_hz, rng
        )
        return sound


def revoiced(spectra: Spectra, voiced: NDArray[np.bool_]) -> Spectra:
    """Move the voice that hides in the rest into the harmonics, on `voiced` frames (F,).

    Creaky ends of sentences lie wholly in the rest, at a pitch of their own that no change of
    `pitch_hz` reaches. A noise of magnitude r per bin has the energy of a harmonic of magnitude
    r*sqrt(pitch/30), since a Hann window spreads a partial over 1.5 bins of energy.
    """
    own = spectra.pitch_hz > VOICED_HZ
    if not own.any():
        return spectra
    frame = np.arange(len(own))
    filled = np.interp(frame, frame[own], spectra.pitch_hz[own])
    pitch_hz = np.where(voiced | own, filled, 0.0).astype(np.float32)
    power = np.exp(2.0 * np.minimum(spectra.rest, 7.0))
    smooth = _smoothed(power, half_width=6)
    share = np.where(own, 0.35, 0.8) * (voiced | own)
    moved = smooth * share * np.maximum(pitch_hz, VOICED_HZ) / 30.0
    harmonic = 0.5 * np.log(np.exp(2.0 * np.minimum(spectra.harmonic, 7.0)) + moved + 1e-20)
    rest = spectra.rest + 0.5 * np.log(1.0 - share + 1e-9)
    # A turn that was never heard is arbitrary: new harmonics start as pulses.
    turn = np.where(own, spectra.turn, 0.0)
    return replace(
        spectra,
        harmonic=harmonic.astype(np.float32),
        turn=turn.astype(np.float32),
        rest=rest.astype(np.float32),
        pitch_hz=pitch_hz,
    )


def spoken_by(
    spectra: Spectra, timbre: Timbre, contour_hz: Floats, rng: np.random.Generator
) -> Spectra:
    """Return the sentence as another person says it, at the pitch `contour_hz` (F,)."""
    pitch_hz: NDArray[np.floating] = contour_hz
    voiced = spectra.pitch_hz > VOICED_HZ
    changed = spectra
    if timbre.formants != 1.0 or not np.allclose(pitch_hz[voiced], spectra.pitch_hz[voiced]):
        changed = _with_throat(spectra, timbre.formants)
    harmonic: NDArray[np.floating] = changed.harmonic
    noise: NDArray[np.floating] = changed.noise
    rest: NDArray[np.floating] = changed.rest
    if timbre.breath > 0.0:
        harmonic, noise = _with_breath(harmonic, noise, timbre.breath, spectra.pitch_hz)
    if timbre.tilt_db:
        octaves = np.log2(np.maximum(np.arange(len(rest)) * BIN_HZ, 125.0) / 500.0)
        gain = (np.clip(octaves, 0.0, 3.5) * timbre.tilt_db * np.log(10.0) / 20.0)[:, None]
        harmonic, noise, rest = harmonic + gain, noise + gain, rest + gain
    if timbre.tremor or timbre.roughness:
        pitch_hz = pitch_hz * _unsteadiness(len(pitch_hz), timbre, rng)
        shimmer = timbre.tremor * 1.5 + timbre.roughness * 3.0
        harmonic = harmonic + shimmer * rng.standard_normal(len(pitch_hz))
    turn = changed.turn * (1.0 - timbre.metallic)
    return Spectra(
        harmonic.astype(np.float32),
        turn.astype(np.float32),
        noise.astype(np.float32),
        rest.astype(np.float32),
        changed.phase,
        pitch_hz.astype(np.float32),
    )


def contour(source_hz: Floats, timbre: Timbre) -> Floats:
    """Move a pitch contour (F,) to a timbre's median and range; silent frames stay 0."""
    voiced = source_hz > VOICED_HZ
    steps = np.log(np.maximum(source_hz, VOICED_HZ) / SOURCE_MEDIAN_HZ)
    # Excursions beyond an octave are the network's slips and not the speaker's.
    moved = timbre.median_hz * np.exp(np.clip(steps, -0.75, 0.75) * timbre.pitch_range)
    return np.where(voiced, moved, 0.0).astype(np.float32)


def _with_throat(spectra: Spectra, formants: float) -> Spectra:
    """Scale the frequency axis, reading the harmonic branch only where it had harmonics.

    Between the partials of the original pitch the network's magnitudes are arbitrary, so the
    envelope is interpolated from partial to partial before a new pitch samples it.
    """
    bins, frames = spectra.harmonic.shape
    source_hz = np.minimum(np.arange(bins)[:, None] * BIN_HZ / formants, (bins - 2) * BIN_HZ)
    voiced = spectra.pitch_hz > VOICED_HZ
    pitch = np.where(voiced, spectra.pitch_hz, 60.0)[None, :]
    partial = np.maximum(source_hz / pitch, 1.0)
    lower = np.floor(partial)
    share = (partial - lower).astype(np.float32)
    low_hz, high_hz = lower * pitch, (lower + 1.0) * pitch
    column = np.arange(frames)[None, :]

    def at(values: Floats, frequency_hz: NDArray[np.float64]) -> Floats:
        place = np.clip(frequency_hz / BIN_HZ, 0.0, bins - 1.001)
        index = place.astype(np.int32)
        part = (place - index).astype(np.float32)
        read: Floats = values[index, column] * (1 - part) + values[index + 1, column] * part
        return read

    envelope = at(spectra.harmonic, low_hz) * (1 - share) + at(spectra.harmonic, high_hz) * share
    nearest = np.clip(np.rint(low_hz / BIN_HZ), 0, bins - 1).astype(np.int32)
    further = np.clip(np.rint(high_hz / BIN_HZ), 0, bins - 1).astype(np.int32)
    angle = np.pi * np.tanh(spectra.turn)
    sine = np.sin(angle)
    cosine = np.cos(angle)
    turned = np.arctan2(
        sine[nearest, column] * (1 - share) + sine[further, column] * share,
        cosine[nearest, column] * (1 - share) + cosine[further, column] * share,
    )
    turn = np.arctanh(np.clip(turned / np.pi, -0.999, 0.999))
    warped_hz = np.broadcast_to(source_hz, (bins, frames))
    return replace(
        spectra,
        harmonic=envelope.astype(np.float32),
        turn=turn.astype(np.float32),
        noise=at(spectra.noise, warped_hz),
        rest=at(spectra.rest, warped_hz),
    )


def _with_breath(
    harmonic: NDArray[np.floating], noise: NDArray[np.floating], breath: float, pitch_hz: Floats
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn a share of the harmonics' energy into noise; 1 leaves a whisper."""
    frequency = np.arange(len(harmonic))[:, None] * BIN_HZ
    # Breath is made at the glottis and is weak below the first formant.
    colour = np.clip(frequency / 900.0, 0.08, 1.0) ** (1.0 if breath > 0.9 else 1.6)
    power = _smoothed(np.exp(2.0 * np.minimum(harmonic, 7.0)), half_width=5)
    voiced = pitch_hz > VOICED_HZ
    energy = power * 30.0 / np.maximum(pitch_hz, 80.0) * voiced * colour * breath
    # The noise branch draws complex noise of variance 2 per bin.
    breathy = 0.5 * np.log(np.exp(2.0 * np.minimum(noise, 7.0)) + 0.5 * energy + 1e-20)
    left = np.log(max(1.0 - breath, 1e-9)) * 0.5 if breath < 1.0 else SILENT_LOG
    return harmonic + left, breathy


def _unsteadiness(frames: int, timbre: Timbre, rng: np.random.Generator) -> NDArray[np.float64]:
    time_s = np.arange(frames) * FRAME_SAMPLES / SAMPLE_RATE_HZ
    wander = np.cumsum(rng.standard_normal(frames)) * 0.35
    tremor = timbre.tremor * np.sin(2 * np.pi * 5.2 * time_s + wander)
    return 1.0 + tremor + timbre.roughness * rng.standard_normal(frames)


def _smoothed(power: NDArray[np.floating], *, half_width: int) -> NDArray[np.float64]:
    """Average over 2 * half_width + 1 bins of the first axis."""
    padded = np.pad(power.astype(np.float64), ((half_width + 1, half_width), (0, 0)), mode="edge")
    total = np.cumsum(padded, axis=0)
    width = 2 * half_width + 1
    return np.asarray((total[width:] - total[:-width]) / width)
