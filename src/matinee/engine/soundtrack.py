"""The sound of a whole film, from what its takes say can be heard in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matinee.film import Shot, Take
from matinee.film.screenplay import Beat, Music

from .sound import (
    AmbienceCue,
    ContactCue,
    EffectCue,
    FilmSound,
    MusicBrief,
    RoomCue,
    SpeechCue,
    mix,
)
from .sound.tapes import Tape
from .speaking import samples_of

# Where in a shot a cue without a time of its own is heard, as a share of the shot's length.
POSITION_SHARE = {"start": 0.06, "middle": 0.5, "end": 0.85, "whole": 0.06}


@dataclass(frozen=True)
class _Placed:
    """A shot with its take, and the seconds of the film between which it is seen."""

    shot: Shot
    take: Take
    start_s: float
    end_s: float


def soundtrack(
    shots: Sequence[Shot],
    takes: Sequence[Take],
    waves: Mapping[str, bytes],
    *,
    music: Music,
    seed: int,
) -> Tape:
    """Mix the film that the takes of `shots` are cut to: (n, 2) at 48 kHz, -16 LUFS.

    `waves` holds the sound file of each speech under `Speech.audio`, and that of a take with a
    sound of its own under `Take.sound`, which is heard in place of all else but the music. The
    result is as long as the picture, to the sample.
    """
    placed = _placed(shots, takes)
    duration_s = placed[-1].end_s
    sound = FilmSound(
        duration_s=duration_s,
        speeches=tuple(
            cue
            for one in placed
            for cue in (_own_sound(one, waves) if one.take.sound else _speeches(one, waves))
        ),
        contacts=tuple(cue for one in placed if not one.take.sound for cue in _contacts(one)),
        effects=tuple(cue for one in placed if not one.take.sound for cue in _effects(one)),
        ambiences=tuple(
            AmbienceCue(name, start_s, end_s) for name, start_s, end_s in _runs(placed, "ambience")
        ),
        rooms=tuple(
            RoomCue(name, start_s, end_s) for name, start_s, end_s in _runs(placed, "room")
        ),
        music=_brief(placed, music, duration_s, seed) if music.present else None,
        seed=seed,
    )
    return mix(sound)


def _placed(shots: Sequence[Shot], takes: Sequence[Take]) -> list[_Placed]:
    placed, first_frame = [], 0
    for shot, take in zip(shots, takes, strict=True):
        end_frame = first_frame + take.frame_count
        start_s, end_s = (float(take.rate.seconds_at(frame)) for frame in (first_frame, end_frame))
        placed.append(_Placed(shot, take, start_s, end_s))
        first_frame = end_frame
    return placed


def _speeches(one: _Placed, waves: Mapping[str, bytes]) -> list[SpeechCue]:
    heard_from = {place.speech: place for place in one.take.placements}
    cues = []
    for index, speech in enumerate(one.shot.speeches):
        samples, sample_rate_hz = samples_of(waves[speech.audio])
        place = heard_from.get(index)
        cues.append(
            SpeechCue(
                samples=samples,
                sample_rate_hz=sample_rate_hz,
                start_s=one.start_s + speech.start_ms / 1000,
                # A narrator is nowhere in the picture: in the middle, close to the ear.
                pan=place.pan if place else 0.0,
                distance_m=place.distance_m if place else 1.0,
            )
        )
    return cues


def _own_sound(one: _Placed, waves: Mapping[str, bytes]) -> list[SpeechCue]:
    """Place the sound that a take came with where a narrator is heard: in the middle, close."""
    samples, sample_rate_hz = samples_of(waves[one.take.sound])
    return [
        SpeechCue(
            samples=samples,
            sample_rate_hz=sample_rate_hz,
            start_s=one.start_s,
            pan=0.0,
            distance_m=1.0,
        )
    ]


def _contacts(one: _Placed) -> list[ContactCue]:
    return [
        ContactCue(
            time_s=one.start_s + contact.time_ms / 1000,
            kind=contact.kind,
            material_a=contact.materials[0],
            material_b=contact.materials[1],
            strength=contact.strength,
            pan=contact.pan,
            distance_m=contact.distance_m,
        )
        for contact in one.take.contacts
    ]


def _effects(one: _Placed) -> list[EffectCue]:
    beat: Beat = one.shot.beat
    length_s = one.end_s - one.start_s
    return [
        EffectCue(cue.name, one.start_s + POSITION_SHARE[cue.position] * length_s)
        for cue in beat.sounds
    ]


def _runs(placed: Sequence[_Placed], field: str) -> list[tuple[str, float, float]]:
    """Neighbouring shots that share an ambience or a room, joined, so that it does not restart."""
    runs: list[tuple[str, float, float]] = []
    for one in placed:
        name = str(getattr(one.take, field))
        if not name or one.take.sound:
            continue
        if runs and runs[-1][0] == name and runs[-1][2] == one.start_s:
            runs[-1] = (name, runs[-1][1], one.end_s)
        else:
            runs.append((name, one.start_s, one.end_s))
    return runs


def _brief(placed: Sequence[_Placed], music: Music, duration_s: float, seed: int) -> MusicBrief:
    return MusicBrief(
        mood=music.mood,
        tempo_bpm=music.tempo_bpm,
        cut_points_s=tuple(after.start_s for _, after in pairwise(placed)),
        duration_s=duration_s,
        seed=seed,
    )
