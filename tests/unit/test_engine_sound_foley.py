"""Steps, blows, effects and beds."""

import functools

import numpy as np
import pytest
from numpy.typing import NDArray

from matinee.engine.sound import ambience, effects, foley, rooms, signals
from matinee.engine.sound.cues import ContactCue, SoundUnknown

Floats = NDArray[np.float64]


def a_contact(
    kind: str = "impact", moving: str = "wood", met: str = "wood", strength: float = 0.7
) -> ContactCue:
    return ContactCue(1.0, kind, moving, met, strength)


@functools.cache
def struck(kind: str, moving: str, met: str, strength: float = 0.7) -> Floats:
    return foley.contact(a_contact(kind, moving, met, strength), seed=1)


def centroid_hz(sound: Floats) -> float:
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float((np.fft.rfftfreq(len(sound), 1 / 48_000) * power).sum() / power.sum())


def ringing_s(sound: Floats, drop_db: float = 30.0) -> float:
    left = np.cumsum((sound**2)[::-1])[::-1]
    return float(np.argmax(left < left[0] * 10 ** (-drop_db / 10)) / 48_000)


@pytest.mark.parametrize("met", foley.MATERIALS)
@pytest.mark.parametrize("moving", ["wood", "metal", "flesh", "cloth"])
def test_every_pair_of_materials_is_heard(moving: str, met: str) -> None:
    sound = struck("impact", moving, met)
    assert np.isfinite(sound).all()
    assert 0.05 < np.abs(sound).max() < 1.0


@pytest.mark.parametrize("ground", foley.MATERIALS)
def test_a_step_is_heard_on_every_ground(ground: str) -> None:
    sound = struck("footstep", "leather", ground)
    assert np.isfinite(sound).all()
    # The heel is the first thing heard.
    early = np.sqrt(np.mean(sound[:1_500] ** 2))
    assert early > 0.3 * np.abs(sound).max() * 0.1
    assert early > 1.5 * np.sqrt(np.mean(sound[-4_800:] ** 2))


@pytest.mark.parametrize("kind", foley.CONTACTS)
def test_every_kind_of_contact_is_heard(kind: str) -> None:
    sound = struck(kind, "glass", "stone")
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() > 0.05


def test_metal_rings_longer_than_wood_and_wood_longer_than_cloth() -> None:
    metal, wood = struck("impact", "metal", "metal"), struck("impact", "wood", "wood")
    assert ringing_s(metal) > 3.0 * ringing_s(wood)
    assert ringing_s(wood) > ringing_s(struck("impact", "cloth", "cloth")) * 0.8


def test_glass_is_brighter_than_wood_and_wood_than_rubber() -> None:
    glass, wood = struck("impact", "glass", "glass"), struck("impact", "wood", "wood")
    assert centroid_hz(glass) > 1.5 * centroid_hz(wood)
    assert centroid_hz(wood) > centroid_hz(struck("impact", "rubber", "rubber"))


def test_a_harder_blow_is_louder_and_brighter() -> None:
    soft = struck("impact", "wood", "wood", 0.15)
    hard = struck("impact", "wood", "wood", 1.0)
    assert np.abs(hard).max() > 3.0 * np.abs(soft).max()


def test_no_two_steps_are_the_same_but_each_is_repeatable() -> None:
    def step(time_s: float) -> Floats:
        return foley.contact(ContactCue(time_s, "footstep", "leather", "sand", 0.5), seed=1)

    assert np.array_equal(step(1.0), step(1.0))
    assert not np.array_equal(step(1.0), step(1.5))


def test_what_the_stage_calls_a_landing_is_a_blow() -> None:
    assert np.abs(struck("land", "leather", "road")).max() > 0.05


@pytest.mark.parametrize(("kind", "moving"), [("levitate", "wood"), ("impact", "unobtainium")])
def test_an_unknown_contact_or_material_is_named(kind: str, moving: str) -> None:
    with pytest.raises(SoundUnknown, match=r"levitate|unobtainium"):
        foley.contact(a_contact(kind, moving), seed=0)


@pytest.mark.parametrize("name", effects.EFFECTS)
def test_every_effect_is_heard_and_repeatable(name: str) -> None:
    sound = effects.effect(name, seed=3)
    assert np.isfinite(sound).all()
    assert 0.02 < np.abs(sound).max() < 4.0
    assert len(sound) < 8 * 48_000
    assert np.array_equal(sound, effects.effect(name, seed=3))


def test_a_long_bed_is_as_long_as_asked_and_as_loud_where_its_stretches_cross() -> None:
    bed = ambience.ambience("wind", 63.5, seed=2)
    assert len(bed) == round(63.5 * 48_000)
    whole = signals.rms(bed)
    for second in (30.0, 31.0, 60.5, 61.5):
        around = bed[int((second - 1.0) * 48_000) : int((second + 1.0) * 48_000)]
        assert signals.rms(around) == pytest.approx(whole, rel=0.5)


@pytest.mark.parametrize("name", ambience.AMBIENCES)
def test_every_bed_covers_its_time_evenly_and_wide(name: str) -> None:
    bed = ambience.ambience(name, 3.0, seed=2)
    assert bed.shape == (144_000, 2)
    assert np.isfinite(bed).all()
    assert signals.rms(bed) == pytest.approx(10 ** (ambience.LEVEL_DBFS / 20), rel=0.3)
    quiet = min(signals.rms(part) for part in np.array_split(bed, 6))
    assert quiet > 0.05 * signals.rms(bed)


def test_a_bed_never_repeats_itself() -> None:
    bed = ambience.ambience("arena_crowd", 12.0, seed=2)[:, 0]
    spectrum = np.fft.rfft(bed - bed.mean(), 2 * len(bed))
    echo = np.fft.irfft(np.abs(spectrum) ** 2)[: len(bed)] / np.sum(bed**2)
    assert np.abs(echo[48_000:]).max() < 0.3


def test_beds_of_one_place_differ_between_films() -> None:
    first, second = (ambience.ambience("wind", 0.5, seed) for seed in (1, 2))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("duration_s", [0.0, 0.01, 0.5])
def test_short_beds_have_their_exact_length(duration_s: float) -> None:
    assert len(ambience.ambience("room_tone", duration_s, 1)) == round(duration_s * 48_000)


@pytest.mark.parametrize("maker", [effects.effect, rooms.room_named])
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(maker: object) -> None:
    with pytest.raises(SoundUnknown, match="Choose one of"):
        if maker is rooms.room_named:
            rooms.room_named("closet_of_wonders")
        else:
            effects.effect("silence_of_the_lambs", 1)


@pytest.mark.parametrize("name", ["small_room", "hall", "church"])
def test_a_room_decays_in_its_time(name: str) -> None:
    response = rooms.impulse_response(name)
    left = np.cumsum((response**2).sum(axis=1)[::-1])[::-1]
    level = 10 * np.log10(left / left[0] + 1e-12)
    slope_s = 3.0 * (np.argmax(level < -25) - np.argmax(level < -5)) / 48_000
    assert slope_s == pytest.approx(rooms.room_named(name).decay_s, rel=0.35)


def test_far_sounds_are_softer_duller_and_wetter() -> None:
    assert rooms.distance_gain(20.0) < 0.5 * rooms.distance_gain(2.0)
    assert rooms.distance_wet(20.0) > 2.0 * rooms.distance_wet(2.0)
    click = np.zeros(4_800)
    click[100] = 1.0
    assert np.abs(rooms.air(click, 60.0)).max() < 0.6
