"""Loudness and true peak against the conformance points of ITU-R BS.1770 and EBU Tech 3341."""

import numpy as np
import pytest
from numpy.typing import NDArray

from matinee.engine.sound import loudness
from matinee.engine.sound.signals import RATE_HZ

Floats = NDArray[np.float64]


def a_tone(level_db: float, seconds: float, hertz: float = 1_000.0) -> Floats:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    tone = 10.0 ** (level_db / 20.0) * np.sin(2 * np.pi * hertz * time_s)
    return np.stack([tone, tone], axis=1)


def test_a_full_scale_tone_in_one_channel_is_minus_three_lufs() -> None:
    # BS.1770-4, annex 1: 0 dBFS, 997 Hz, one front channel gives -3.01 LKFS.
    tone = a_tone(0.0, 3.0, 997.0)[:, 0]
    assert loudness.integrated_lufs(tone) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("level_db", [-23.0, -33.0])
def test_a_stereo_tone_is_as_loud_as_its_level(level_db: float) -> None:
    # EBU Tech 3341, cases 1 and 2.
    assert loudness.integrated_lufs(a_tone(level_db, 5.0)) == pytest.approx(level_db, abs=0.1)


def test_quiet_passages_are_gated_out() -> None:
    # EBU Tech 3341, case 3 (shortened): -36, -23 and -36 dBFS.
    programme = np.concatenate([a_tone(-36.0, 3.0), a_tone(-23.0, 20.0), a_tone(-36.0, 3.0)])
    assert loudness.integrated_lufs(programme) == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness() -> None:
    assert loudness.integrated_lufs(np.zeros((RATE_HZ, 2))) == -np.inf
    assert loudness.true_peak_dbtp(np.zeros((RATE_HZ, 2))) == -np.inf


def test_a_peak_between_samples_is_found() -> None:
    # EBU Tech 3341, case 15 and following: a quarter of the rate, 45 degrees off the samples.
    place = 2 * np.pi * 0.25 * np.arange(9_600) + np.pi / 4
    tone = 0.5 * np.sin(place) * np.hanning(9_600)
    assert 20 * np.log10(np.abs(tone).max()) < -8.9
    assert loudness.true_peak_dbtp(tone) == pytest.approx(-6.02, abs=0.3)


@pytest.mark.parametrize("crest", [1.0, 12.0])
def test_a_master_is_at_minus_sixteen_with_its_peak_held(crest: float) -> None:
    rng = np.random.default_rng(5)
    sound = 0.02 * rng.standard_normal((6 * RATE_HZ, 2))
    sound[RATE_HZ :: RATE_HZ // 3] *= 30.0 * crest
    master = np.asarray(loudness.mastered(sound), np.float64)
    assert loudness.integrated_lufs(master) == pytest.approx(-16.0, abs=0.5)
    assert loudness.true_peak_dbtp(master) <= -1.0
    assert np.abs(master).max() < 1.0


def test_a_master_of_silence_is_silence() -> None:
    assert not np.asarray(loudness.mastered(np.zeros((1_000, 2)))).any()


def test_faint_hiss_is_not_raised_to_a_roar() -> None:
    hiss = 1e-4 * np.random.default_rng(6).standard_normal((2 * RATE_HZ, 2))
    level = loudness.integrated_lufs(np.asarray(loudness.mastered(hiss), np.float64))
    assert level < -25.0
