"""The mix: every cue of a film, placed, balanced and mastered.

Speech leads. Steps, knocks and effects stand in their room at their distance; beds and music lie
beneath and step back while somebody speaks, so that every word is understood. The whole is brought
to -16 LUFS with its true peak below -1 dBTP (see `loudness`).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from . import ambience, effects, foley, loudness, music, rooms
from .cues import ContactCue, EffectCue, FilmSound, SpeechCue
from .filters import box_mean, gaussian, resampled, window_max, window_min
from .signals import RATE_HZ, Floats, decibels, panned, samples_in
from .tapes import STRETCH, Overhang, Tape, faded, stretches

DEFAULT_ROOM = "outdoors"
# How far beneath speech the rest must lie, by K-weighted power over 400 ms.
BED_MARGIN_DB = 11.0
EFFECT_MARGIN_DB = 4.0
MUSIC_DB = -3.5
_FADE_S = 0.06


@dataclass(frozen=True)
class Stems:
    """The parts of a mix before mastering, each (n, 2): speech, effects with foley, and beds."""

    speech: Tape
    effects: Tape
    beds: Tape


@dataclass(frozen=True)
class _Sent:
    """A sound (n, 2) as a microphone hears it, and how much of which room comes with it."""

    sound: Floats
    room: str = ""
    wet: float = 0.0


class _Bus:
    """Collects sounds, and plays them with their rooms, stretch by stretch.

    A sound is made when its stretch is played, and each room's echo is computed once a stretch.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._waiting: list[tuple[int, Callable[[], _Sent]]] = []

    def add(self, start: int, make: Callable[[], _Sent]) -> None:
        """Let a sound begin at a sample of the film."""
        self._waiting.append((start, make))

    def played(self) -> Tape:
        """Return everything with its echoes; what was collected is used up."""
        tape = Tape(self._count)
        waiting = sorted(self._waiting, key=lambda one: one[0], reverse=True)
        dry, echoes, sent = Overhang(), Overhang(), dict[str, Overhang]()
        for first in range(0, self._count, STRETCH):
            length = min(STRETCH, self._count - first)
            while waiting and waiting[-1][0] < first + length:
                start, make = waiting.pop()
                made = make()
                dry.add(made.sound, start - first)
                if made.room:
                    rooms.room_named(made.room)
                    to = sent.setdefault(made.room, Overhang())
                    to.add(made.sound * made.wet, start - first)
            for room, collected in sent.items():
                heard = collected.take(length)
                if heard.any():
                    echoes.add(rooms.echo(heard, room), 0)
            tape.write(first, dry.take(length) + echoes.take(length))
        return tape


def mix(sound: FilmSound) -> Tape:
    """Return the film's sound: (n, 2) at 48 kHz with n = round(duration * 48000).

    -16 LUFS within half a unit, true peak at most -1 dBTP; a film without any sound is silent. The
    same cues always give the same samples. Raises SoundUnknown for a cue of an unknown name.
    """
    parts = stems(sound)
    whole = parts.speech
    for first, spoken in stretches(whole):
        stretch = slice(first, first + len(spoken))
        whole.write(first, spoken + parts.effects[stretch] + parts.beds[stretch])
    return loudness.mastered(whole)


def stems(sound: FilmSound) -> Stems:
    """Return the parts of the mix, balanced against each other but not yet mastered."""
    count = max(1, samples_in(sound.duration_s))
    # Filters run without the interpreter lock, and no part knows of another before the balance.
    with ThreadPoolExecutor(2) as pool:
        beds = pool.submit(_beds, sound, count)
        speech, noises = pool.submit(_speech, sound, count), pool.submit(_effects, sound, count)
        parts = Stems(speech.result(), noises.result(), beds.result())
    if sound.speeches:
        spoken = _hop_powers(parts.speech)
        _step_back(parts.beds, spoken, BED_MARGIN_DB)
        _step_back(parts.effects, spoken, EFFECT_MARGIN_DB)
    return parts


def _speech(sound: FilmSound, count: int) -> Tape:
    bus = _Bus(count)
    for cue in sound.speeches:
        start = samples_in(cue.start_s) if cue.start_s >= 0 else -samples_in(-cue.start_s)
        bus.add(start, partial(_spoken, cue, cue.room or _room_at(sound, cue.start_s)))
    return bus.played()


def _spoken(cue: SpeechCue, room: str) -> _Sent:
    voice = resampled(np.asarray(cue.samples, np.float64), cue.sample_rate_hz, RATE_HZ)
    # A line is written to be understood: a far speaker is softer, but never lost.
    near = float(np.clip(rooms.distance_gain(cue.distance_m), 0.55, 1.1))
    stereo = panned(rooms.air(voice, cue.distance_m) * near, 0.6 * cue.pan)
    return _Sent(stereo, room, min(1.6, rooms.distance_wet(cue.distance_m)))


def _effects(sound: FilmSound, count: int) -> Tape:
    bus = _Bus(count)
    for contact in sound.contacts:
        if 0.0 <= contact.time_s < sound.duration_s:
            make = partial(foley.contact, contact, sound.seed)
            bus.add(round(contact.time_s * RATE_HZ), partial(_placed, make, contact, sound))
    for index, cue in enumerate(sound.effects):
        if cue.time_s < sound.duration_s:
            make = partial(_effect, cue, sound.seed + index)
            bus.add(round(cue.time_s * RATE_HZ), partial(_placed, make, cue, sound))
    return bus.played()


def _effect(cue: EffectCue, seed: int) -> Floats:
    return effects.effect(cue.name, seed) * cue.gain


def _placed(make: Callable[[], Floats], cue: ContactCue | EffectCue, sound: FilmSound) -> _Sent:
    heard = rooms.air(make(), cue.distance_m) * rooms.distance_gain(cue.distance_m)
    stereo = panned(heard, cue.pan) if heard.ndim == 1 else heard
    return _Sent(stereo, _room_at(sound, cue.time_s), rooms.distance_wet(cue.distance_m))


def _beds(sound: FilmSound, count: int) -> Tape:
    bus = _Bus(count)
    for index, cue in enumerate(sound.ambiences):
        # A bed reaches a little over its cuts, so that neighbours cross and none begins abruptly.
        start_s = max(0.0, cue.start_s - _FADE_S / 2)
        length_s = min(sound.duration_s, cue.end_s + _FADE_S / 2) - start_s
        if length_s > 0.0:
            start, length = samples_in(start_s), samples_in(length_s)
            for first, make in ambience.pieces(cue.name, length_s, sound.seed + index):
                bus.add(start + first, partial(_bed, make, cue.gain, first, length))
    beds = bus.played()
    score = None if sound.music is None else music.compose(sound.music)

    def with_music(first: int, part: Floats) -> Floats:
        if score is not None:
            played = score[first : first + len(part)]
            part[: len(played)] += played * decibels(MUSIC_DB)
        return faded(part, first, count, in_s=0.02, out_s=min(0.25, 0.2 * sound.duration_s))

    beds.change(with_music)
    return beds


def _bed(make: Callable[[], Floats], gain: float, first: int, length: int) -> _Sent:
    return _Sent(gain * faded(make(), first, length, in_s=_FADE_S, out_s=_FADE_S))


def _room_at(sound: FilmSound, time_s: float) -> str:
    for room in sound.rooms:
        if room.start_s <= time_s < room.end_s:
            return room.name
    return DEFAULT_ROOM


def _step_back(beneath: Tape, spoken: Floats, margin_db: float) -> None:
    """Lower what lies beneath speech, whose powers are `spoken`, to `margin_db` under it.

    It moves before a word begins and returns half a second after the last one.
    """
    loud = window_max(box_mean(spoken, 40), 401)
    under = window_max(box_mean(_hop_powers(beneath), 40), 21)
    # A pause between words is still speech: what counts is where a voice was heard at all.
    heard = box_mean(spoken, 10) > 1e-3 * spoken.max(initial=1e-12)
    near = window_max(heard.astype(np.float64), 61)
    allowed = np.sqrt(loud / np.maximum(under, 1e-12)) * decibels(-margin_db)
    wanted = np.where(near > 0.0, np.minimum(1.0, allowed), 1.0)
    smooth = gaussian(window_min(wanted, 25), 9.0)
    places = (np.arange(len(smooth)) + 0.5) * loudness.HOP

    def lowered(first: int, part: Floats) -> Floats:
        return part * np.interp(np.arange(first, first + len(part)), places, smooth)[:, None]

    beneath.change(lowered)


def _hop_powers(sound: Tape) -> Floats:
    return loudness.hop_powers(part for _, part in stretches(sound))
