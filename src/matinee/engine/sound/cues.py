"""What a film should sound like: everything that the mix is told, as frozen values.

Times are seconds from the film's start; `pan` is -1 (left) to 1 (right); `distance_m` is from the
camera; a `gain` is a linear factor on the sound's ordinary level.
"""

import math
from dataclasses import dataclass

from matinee.kit.errors import Invalid

from .voices import Samples

DURATION_S_MAX = 4 * 3600.0


class SoundUnknown(Invalid):
    """A cue names an ambience, effect, material, room or kind that does not exist."""

    code = "engine.sound_unknown"

    def __init__(self, what: str, name: str, known: tuple[str, ...]) -> None:
        """Name what was asked for, and what there is."""
        super().__init__(f"There is no {what} {name!r}. Choose one of: {', '.join(known)}.")


class FilmSoundInvalid(Invalid):
    """A film's sound is of no possible length, or a cue has an impossible number."""

    code = "engine.film_sound_invalid"

    def __init__(self, reason: str) -> None:
        """Say what is out of range."""
        super().__init__(f"This film cannot be mixed: {reason}. Correct that cue.")


@dataclass(frozen=True)
class SpeechCue:
    """A line that was read, and where it is heard from.

    `samples` is mono (n,) in -1..1 at `sample_rate_hz`; `room` is one of `ROOMS`, or empty for the
    room of the film at that time.
    """

    samples: Samples
    sample_rate_hz: int
    start_s: float
    pan: float = 0.0
    distance_m: float = 1.5
    room: str = ""


@dataclass(frozen=True)
class ContactCue:
    """Two things touch: a foot and the ground, a cup and a table.

    `kind` is one of `CONTACTS`; `material_a` is what moves (of a footstep: the sole), `material_b`
    what it meets, both of `MATERIALS`; `strength` is 0..1.
    """

    time_s: float
    kind: str
    material_a: str
    material_b: str
    strength: float = 0.5
    pan: float = 0.0
    distance_m: float = 4.0


@dataclass(frozen=True)
class AmbienceCue:
    """The sound of a place or a weather, one of `AMBIENCES`, from one cut to another."""

    name: str
    start_s: float
    end_s: float
    gain: float = 1.0


@dataclass(frozen=True)
class EffectCue:
    """A sound that has no contact in the picture, one of `EFFECTS`."""

    name: str
    time_s: float
    gain: float = 1.0
    pan: float = 0.0
    distance_m: float = 4.0


@dataclass(frozen=True)
class RoomCue:
    """From when to when the camera is in a room, one of `ROOMS`."""

    name: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class MusicBrief:
    """What to compose: a mood of `MOODS`, beats a minute (0: the composer's choice), the cuts.

    The music lasts exactly `duration_s` and comes to its end there.
    """

    mood: str
    tempo_bpm: float
    cut_points_s: tuple[float, ...]
    duration_s: float
    seed: int


@dataclass(frozen=True)
class FilmSound:
    """All that is heard in a film of `duration_s`; raises FilmSoundInvalid for what cannot be."""

    duration_s: float
    speeches: tuple[SpeechCue, ...] = ()
    contacts: tuple[ContactCue, ...] = ()
    ambiences: tuple[AmbienceCue, ...] = ()
    effects: tuple[EffectCue, ...] = ()
    music: MusicBrief | None = None
    rooms: tuple[RoomCue, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        """Check that every number is one."""
        if not (math.isfinite(self.duration_s) and 0.0 < self.duration_s <= DURATION_S_MAX):
            reason = f"it lasts {self.duration_s} s, not between 0 and {DURATION_S_MAX:.0f}"
            raise FilmSoundInvalid(reason)
        spans = [(cue.start_s, cue.end_s) for cue in self.ambiences]
        spans += [(cue.start_s, cue.end_s) for cue in self.rooms]
        numbers = [moment for span in spans for moment in span]
        for speech in self.speeches:
            numbers += (speech.start_s, speech.pan, speech.distance_m)
        for contact in self.contacts:
            numbers += (contact.time_s, contact.pan, contact.distance_m, contact.strength)
        for effect in self.effects:
            numbers += (effect.time_s, effect.pan, effect.distance_m, effect.gain)
        numbers += (ambience.gain for ambience in self.ambiences)
        if not all(map(math.isfinite, numbers)):
            reason = "a cue has a time or a level that is not a finite number"
            raise FilmSoundInvalid(reason)
        if any(end < start for start, end in spans):
            reason = "an ambience or a room ends before it begins"
            raise FilmSoundInvalid(reason)
