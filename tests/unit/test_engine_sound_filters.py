"""Filters against what the theory says of them."""

import numpy as np
import pytest

from matinee.engine.sound import filters

RATE_HZ = 48_000


def gain_at(hertz: float, *sections: filters.Biquad) -> float:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    wave = np.sin(2 * np.pi * hertz * time_s)
    late = filters.filtered(wave, *sections)[RATE_HZ // 2 :]
    return float(np.sqrt(2.0 * np.mean(late**2)))


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("kind", ["low", "high"])
def test_a_butterworth_filter_is_three_decibels_down_at_its_cutoff(kind: str, order: int) -> None:
    section = filters.butterworth(kind, 1_000.0, RATE_HZ, order=order)
    assert gain_at(1_000.0, section) == pytest.approx(np.sqrt(0.5), rel=1e-3)


def test_a_low_pass_keeps_lows_and_takes_highs() -> None:
    section = filters.butterworth("low", 500.0, RATE_HZ)
    assert gain_at(50.0, section) == pytest.approx(1.0, abs=0.01)
    assert gain_at(8_000.0, section) < 0.01


def test_a_resonance_has_gain_one_at_its_centre_only() -> None:
    section = filters.resonance(900.0, 90.0, RATE_HZ)
    assert gain_at(900.0, section) == pytest.approx(1.0, abs=0.01)
    assert gain_at(1_800.0, section) < 0.1


def test_blocks_give_exactly_what_the_recursion_gives() -> None:
    rng = np.random.default_rng(1)
    sound = rng.standard_normal((20_001, 2))
    section = filters.resonance(300.0, 20.0, RATE_HZ)
    b0, b1, b2, _, a1, a2 = section
    expected = np.zeros_like(sound)
    for n in range(len(sound)):
        expected[n] = b0 * sound[n]
        if n >= 1:
            expected[n] += b1 * sound[n - 1] - a1 * expected[n - 1]
        if n >= 2:
            expected[n] += b2 * sound[n - 2] - a2 * expected[n - 2]
    assert np.allclose(filters.filtered(sound, section), expected, atol=1e-9)


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33])
def test_short_sounds_keep_their_length(count: int) -> None:
    section = filters.butterworth("low", 500.0, RATE_HZ)
    assert len(filters.filtered(np.ones(count), section)) == count


@pytest.mark.parametrize("from_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_and_level_at_another_rate(from_hz: int) -> None:
    time_s = np.arange(from_hz // 2) / from_hz
    out = filters.resampled(np.sin(2 * np.pi * 440.0 * time_s), from_hz, RATE_HZ)
    assert len(out) == RATE_HZ // 2
    middle = slice(4_000, -4_000)
    expected = np.sin(2 * np.pi * 440.0 * np.arange(len(out)) / RATE_HZ)
    assert np.allclose(out[middle], expected[middle], atol=0.02)


def test_convolution_is_what_it_is_by_definition() -> None:
    rng = np.random.default_rng(2)
    sound, response = rng.standard_normal(500), rng.standard_normal(60)
    expected = np.convolve(sound, response)
    assert np.allclose(filters.convolved(sound, response), expected, atol=1e-4)


@pytest.mark.parametrize("width", [1, 3, 25, 64, 401])
def test_the_window_maximum_is_the_largest_neighbour(width: int) -> None:
    values = np.random.default_rng(3).standard_normal(600)
    half = width // 2
    odd = 2 * half + 1
    padded = np.pad(values, half, constant_values=-np.inf)
    expected = np.lib.stride_tricks.sliding_window_view(padded, odd).max(axis=1)
    assert np.array_equal(filters.window_max(values, odd), expected)


def test_fast_lengths_are_even_smooth_and_not_wasteful() -> None:
    for count in (7, 1_000, 48_001, 480_000, 1_000_003):
        length = filters.fast_length(count)
        assert count <= length <= 1.1 * count + 8
        for prime in (2, 3, 5):
            while length % prime == 0:
                length //= prime
        assert length == 1
