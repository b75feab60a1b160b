"""Laws of recognition."""

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import recognition_footage as made
from matinee.rights.recognition import Fingerprint, decode, seeds
from matinee.rights.recognition.aligning import Posted, lines, votes
from matinee.rights.recognition.finding import find
from matinee.rights.recognition.making import slimmed_reference
from matinee.rights.recognition.model import PictureTrack, SoundTrack
from matinee.rights.recognition.pictures import mirrored_codes, mirrored_hashes, picture_track
from matinee.rights.recognition.reading import Sample
from matinee.rights.recognition.shelf import Shelf
from matinee.rights.recognition.sounds import Change, changed, sound_track


@st.composite
def pictures(draw: st.DrawFn) -> PictureTrack:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    moments, keys = draw(st.integers(1, 40)), draw(st.integers(0, 6))
    counts = rng.integers(0, 90, keys)
    total = int(counts.sum())
    return PictureTrack(
        aspect=draw(st.integers(200_000, 4_000_000)) / 1_000_000,
        hashes=rng.integers(0, 256, (moments, 32), dtype=np.uint8),
        qualities=rng.integers(0, 101, moments, dtype=np.uint8),
        key_times=np.sort(rng.integers(0, moments, keys)).astype(np.uint16),
        key_starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        codes=rng.integers(0, 256, (total, 16), dtype=np.uint8),
        places=rng.integers(0, 65536, (total, 2), dtype=np.uint16),
        sizes=rng.integers(1, 256, total, dtype=np.uint8),
        angles=rng.integers(0, 256, total, dtype=np.uint8),
    )


@st.composite
def sounds(draw: st.DrawFn) -> SoundTrack:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.integers(1, 400))
    return SoundTrack(
        times=np.sort(rng.integers(0, 400, count)).astype(np.uint32),
        tones=rng.integers(0, 120, count, dtype=np.uint8),
        ranks=rng.integers(0, 30, count, dtype=np.uint8),
    )


# Footage costs a second: an example that fails is as good as a smaller one.
few = settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate))

fingerprints = st.builds(
    Fingerprint,
    st.integers(0, 2**31),
    st.none() | pictures(),
    st.none() | sounds(),
)


@given(fingerprints)
def test_a_fingerprint_survives_its_encoding(one: Fingerprint) -> None:
    again = decode(one.encode())
    assert again.encode() == one.encode()
    assert again.duration_ms == one.duration_ms
    for mine, theirs in ((one.picture, again.picture), (one.sound, again.sound)):
        assert (mine is None) == (theirs is None)
        for name, value in vars(mine).items() if mine is not None else ():
            assert np.array_equal(value, getattr(theirs, name))


@given(pictures())
def test_mirroring_twice_changes_nothing(track: PictureTrack) -> None:
    assert np.array_equal(mirrored_hashes(mirrored_hashes(track.hashes)), track.hashes)
    assert np.array_equal(mirrored_codes(mirrored_codes(track.codes)), track.codes)


@given(fingerprints)
def test_slimming_twice_is_slimming_once_and_keeps_every_seed(one: Fingerprint) -> None:
    slim = slimmed_reference(one)
    assert slimmed_reference(slim).encode() == slim.encode()
    mine = seeds.of_reference(one.picture, one.sound)
    theirs = seeds.of_reference(slim.picture, slim.sound)
    assert np.array_equal(mine.keys, theirs.keys)
    assert np.array_equal(mine.rests, theirs.rests)


@given(sounds(), st.integers(-6, 6), st.sampled_from((0.5, 0.8, 1.0, 1.25, -1.0)))
def test_a_change_of_sound_keeps_its_peaks_in_order(
    track: SoundTrack, tones: int, speed: float
) -> None:
    moved = changed(track, Change(tones, speed), end=int(track.times[-1]))
    assert (np.diff(moved.times.astype(np.int64)) >= 0).all()
    assert len(moved.times) <= len(track.times)
    assert moved.tones.max(initial=0) < 120


@given(
    st.integers(0, 2**32),
    st.sampled_from((1.0, 0.5, 2.0, -1.0)),
    st.integers(-30, 30),
    st.integers(5, 40),
)
def test_votes_on_a_line_are_found_among_scattered_ones(
    seed: int, speed: float, start: int, count: int
) -> None:
    rng = np.random.default_rng(seed)
    query = seeds.Seeds(
        np.arange(count, dtype=np.int32),
        np.zeros(count, np.uint16),
        (np.arange(count) * 4).astype(np.uint16),
    )
    times = np.clip((np.arange(count) * speed + start + 200) * 4, 0, 65535)
    noise = rng.integers(0, 2000, count)
    posted = Posted(
        np.tile(query.keys, 2),
        np.zeros(2 * count, np.uint16),
        np.concatenate([times, noise]).astype(np.uint16),
        np.repeat([7, 8], count).astype(np.int64),
    )
    best = lines(votes(query, posted))[0]
    assert (best.reference, best.speed) == (7, speed)
    assert abs(best.start_s - (start + 200)) <= 1.5


def _fingerprint(seed: int) -> Fingerprint:
    frames = made.footage(seed)[:: made.RATE // 2]
    track = picture_track(Sample(n, frame) for n, frame in enumerate(frames))
    return Fingerprint(4000, track, sound_track(made.notes(seed)))


@few
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_a_film_matches_itself_at_its_own_time_and_no_other_film(one: int, two: int) -> None:
    shelf = Shelf()
    shelf.add("one", _fingerprint(one))
    shelf.add("two", _fingerprint(two))
    found = find(shelf, _fingerprint(one))
    assert {match.subject_id for match in found} == ({"one", "two"} if one == two else {"one"})
    for match in found:
        for stretch in (*match.picture, *match.sound):
            assert abs(stretch.query.start_ms - stretch.reference.start_ms) <= 500
            assert abs(stretch.speed - 1) < 0.02


@few
@given(st.integers(0, 2**32))
def test_whichever_of_two_is_the_reference_about_the_same_stretches_meet(seed: int) -> None:
    whole = _fingerprint(seed)
    frames = made.footage(seed)[:: made.RATE // 2][2:]
    later = Fingerprint(
        3000, picture_track(Sample(n, frame) for n, frame in enumerate(frames)), None
    )
    found = []
    for reference, query in ((whole, later), (later, whole)):
        shelf = Shelf()
        shelf.add("film", reference)
        [match] = find(shelf, query)
        found.append(match.picture[0])
    # A picture that drifts slowly looks like itself a second later.
    assert abs(found[0].reference.start_ms - found[1].query.start_ms) <= 1500
    assert abs(found[0].query.start_ms - found[1].reference.start_ms) <= 1500
