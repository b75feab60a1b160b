"""The mix: every cue of a film, placed, balanced and mastered.

Speech leads. Steps, knocks and effects stand in their room at their distance; beds and music lie
beneath and step back while somebody speaks, so that every word is understood. The whole is brought
to -16 LUFS with its true peak below -1 dBTP (see `loudness`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import ambience, effects, foley, loudness, music, rooms, signals
from .cues import ContactCue, EffectCue, FilmSound, SpeechCue
from .filters import box_mean, gaussian, resampled, window_max, window_min
from .signals import RATE_HZ, Floats, add_at, decibels, panned, samples_in

DEFAULT_ROOM = "outdoors"
# How far beneath speech the rest must lie, by K-weighted power over 400 ms.
BED_MARGIN_DB = 11.0
EFFECT_MARGIN_DB = 4.0
MUSIC_DB = -3.5
_HOP = RATE_HZ // 100
_FADE_S = 0.06


@dataclass(frozen=True)
class Stems:
    """The parts of a mix before mastering, each (n, 2): speech, effects with foley, and beds."""

    speech: Floats
    effects: Floats
    beds: Floats


class _Bus:
    """Collects sounds per room, so that each room's echo is computed once."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._dry = np.zeros((count, 2))
        self._sent: dict[str, Floats] = {}

    def add(self, sound: Floats, start: int, *, room: str, wet: float) -> None:
        add_at(self._dry, sound, start)
        if room not in self._sent:
            rooms.room_named(room)
            self._sent[room] = np.zeros((self._count, 2))
        add_at(self._sent[room], sound * wet, start)

    def heard(self) -> Floats:
        """Return everything with its echoes; what was collected is used up."""
        out = self._dry
        while self._sent:
            room, sent = self._sent.popitem()
            out += rooms.echo(sent, room)[: self._count]
        return out


def mix(sound: FilmSound) -> NDArray[np.float32]:
    """Return the film's sound: (n, 2) at 48 kHz with n = round(duration * 48000).

    -16 LUFS within half a unit, true peak at most -1 dBTP; a film without any sound is silent. The
    same cues always give the same samples. Raises SoundUnknown for a cue of an unknown name.
    """
    parts = stems(sound)
    whole = parts.speech
    whole += parts.effects
    whole += parts.beds
    del parts
    return loudness.mastered(whole)


def stems(sound: FilmSound) -> Stems:
    """Return the parts of the mix, balanced against each other but not yet mastered."""
    count = max(1, samples_in(sound.duration_s))
    speech = _speech(sound, count)
    beneath = _beds(sound, count)
    around = _effects(sound, count)
    if sound.speeches:
        beneath *= _stepping_back(speech, beneath, BED_MARGIN_DB)
        around *= _stepping_back(speech, around, EFFECT_MARGIN_DB)
    return Stems(speech, around, beneath)


def _speech(sound: FilmSound, count: int) -> Floats:
    bus = _Bus(count)
    for cue in sound.speeches:
        voice = _at_our_rate(cue)
        # A line is written to be understood: a far speaker is softer, but never lost.
        near = float(np.clip(rooms.distance_gain(cue.distance_m), 0.55, 1.1))
        stereo = panned(rooms.air(voice, cue.distance_m) * near, 0.6 * cue.pan)
        bus.add(
            stereo,
            samples_in(cue.start_s) if cue.start_s >= 0 else -samples_in(-cue.start_s),
            room=cue.room or _room_at(sound, cue.start_s),
            wet=min(1.6, rooms.distance_wet(cue.distance_m)),
        )
    return bus.heard()


def _at_our_rate(cue: SpeechCue) -> Floats:
    samples = np.asarray(cue.samples, np.float64)
    return resampled(samples, cue.sample_rate_hz, RATE_HZ)


def _effects(sound: FilmSound, count: int) -> Floats:
    bus = _Bus(count)
    for contact in sound.contacts:
        if 0.0 <= contact.time_s < sound.duration_s:
            made = foley.contact(contact, sound.seed)
            _place(bus, made, contact, sound)
    for index, cue in enumerate(sound.effects):
        if cue.time_s < sound.duration_s:
            made = effects.effect(cue.name, sound.seed + index) * cue.gain
            _place(bus, made, cue, sound)
    return bus.heard()


def _place(bus: _Bus, made: Floats, cue: ContactCue | EffectCue, sound: FilmSound) -> None:
    heard = rooms.air(made, cue.distance_m) * rooms.distance_gain(cue.distance_m)
    stereo = panned(heard, cue.pan) if heard.ndim == 1 else heard
    start = round(cue.time_s * RATE_HZ)
    bus.add(stereo, start, room=_room_at(sound, cue.time_s), wet=rooms.distance_wet(cue.distance_m))


def _beds(sound: FilmSound, count: int) -> Floats:
    out = np.zeros((count, 2))
    for index, cue in enumerate(sound.ambiences):
        # A bed reaches a little over its cuts, so that neighbours cross and none begins abruptly.
        start_s = max(0.0, cue.start_s - _FADE_S / 2)
        end_s = min(sound.duration_s, cue.end_s + _FADE_S / 2)
        if end_s - start_s > 0.0:
            bed = ambience.ambience(cue.name, end_s - start_s, sound.seed + index)
            bed = signals.faded(bed, _FADE_S, _FADE_S)
            bed *= cue.gain
            add_at(out, bed, samples_in(start_s))
            del bed
    if sound.music is not None:
        score = music.compose(sound.music)
        score *= decibels(MUSIC_DB)
        add_at(out, score, 0)
    return signals.faded(out, 0.02, min(0.25, 0.2 * sound.duration_s))


def _room_at(sound: FilmSound, time_s: float) -> str:
    for room in sound.rooms:
        if room.start_s <= time_s < room.end_s:
            return room.name
    return DEFAULT_ROOM


def _stepping_back(speech: Floats, beneath: Floats, margin_db: float) -> Floats:
    """Return the gain (n, 1) that keeps what lies beneath `margin_db` under the speech.

    It moves before a word begins and returns half a second after the last one.
    """
    spoken, other = _hop_powers(speech), _hop_powers(beneath)
    loud = window_max(box_mean(spoken, 40), 401)
    under = window_max(box_mean(other, 40), 21)
    # A pause between words is still speech: what counts is where a voice was heard at all.
    heard = box_mean(spoken, 10) > 1e-3 * spoken.max(initial=1e-12)
    near = window_max(heard.astype(np.float64), 61)
    allowed = np.sqrt(loud / np.maximum(under, 1e-12)) * decibels(-margin_db)
    wanted = np.where(near > 0.0, np.minimum(1.0, allowed), 1.0)
    lowest = window_min(wanted, 25)
    smooth = gaussian(lowest, 9.0)
    places = (np.arange(len(smooth)) + 0.5) * _HOP
    return np.asarray(np.interp(np.arange(len(speech)), places, smooth)[:, None])


def _hop_powers(sound: Floats) -> Floats:
    """Return the K-weighted power of every 10 ms, channels summed."""
    power = (loudness.k_weighted(sound) ** 2).sum(axis=1)
    padded = np.pad(power, (0, -len(power) % _HOP))
    return np.asarray(padded.reshape(-1, _HOP).mean(axis=1))
