"""Who can be heard: the bodies of the cast and what moods do to them.

A speaker is a larynx (pitch, its range, tremor, breath) and a throat (formants); a mood is a change
to both and to the pace. The numbers follow the usual phonetic figures: men speak around 110 Hz,
women around 200, children of six around 280; a child's vocal tract is about a quarter shorter
than a woman's, a man's about a sixth longer (Peterson and Barney 1952, Titze 1989).
"""

from dataclasses import dataclass, replace

import numpy as np

from .voices import VoiceHint, stable_seed


@dataclass(frozen=True)
class Timbre:
    """How one person speaks in one mood.

    `median_hz` is the pitch in the middle, `pitch_range` the exponent on its excursions (0 is
    monotone), `formants` the factor on the resonances (above 1: a shorter throat), `breath` the
    share 0..1 of voice turned into breath, `tremor` the depth of a wavering of 5 Hz, `roughness`
    the spread of pitch from period to period, `tilt_db` the change of brightness per octave above
    500 Hz, `pace` the factor on the rate, `level_db` the loudness against an ordinary line,
    `metallic` 0..1 the ringing of a machine.
    """

    median_hz: float
    formants: float
    pitch_range: float = 1.0
    breath: float = 0.0
    tremor: float = 0.0
    roughness: float = 0.0
    tilt_db: float = 0.0
    pace: float = 1.0
    level_db: float = 0.0
    metallic: float = 0.0


@dataclass(frozen=True)
class Delivery:
    """What a mood or a manner changes: factors on pitch, range and pace; the rest is added."""

    pitch: float = 1.0
    pitch_range: float = 1.0
    pace: float = 1.0
    level_db: float = 0.0
    breath: float = 0.0
    tremor: float = 0.0
    tilt_db: float = 0.0


TIMBRES = {
    "woman": Timbre(median_hz=190, formants=1.0),
    "man": Timbre(median_hz=108, formants=0.86, pitch_range=0.95, pace=0.97),
    "girl": Timbre(median_hz=275, formants=1.19, pitch_range=1.1, pace=0.97, breath=0.05),
    "boy": Timbre(median_hz=255, formants=1.15, pitch_range=1.05),
    "child": Timbre(median_hz=268, formants=1.18, pitch_range=1.1, pace=0.97, breath=0.04),
    "teen_girl": Timbre(median_hz=222, formants=1.06, pitch_range=1.1, pace=1.05),
    "teen_boy": Timbre(median_hz=138, formants=0.93, pace=1.04),
    "old_woman": Timbre(
        median_hz=168, formants=0.97, breath=0.22, tremor=0.045, roughness=0.018, pace=0.85
    ),
    "old_man": Timbre(
        median_hz=126, formants=0.88, breath=0.24, tremor=0.05, roughness=0.025, pace=0.82
    ),
    "robot": Timbre(
        median_hz=118, formants=0.93, pitch_range=0.0, pace=0.94, tilt_db=1.0, metallic=1.0
    ),
    "giant": Timbre(
        median_hz=74, formants=0.74, pitch_range=0.9, roughness=0.02, pace=0.82, tilt_db=-1.0
    ),
    "narrator": Timbre(median_hz=98, formants=0.85, pitch_range=0.85, pace=0.9, breath=0.04),
    "creature": Timbre(median_hz=330, formants=1.34, pitch_range=1.3, roughness=0.03, pace=1.05),
}
DELIVERIES = {
    "neutral": Delivery(),
    "happy": Delivery(pitch=1.1, pitch_range=1.3, pace=1.06, level_db=1.5, tilt_db=0.7),
    "excited": Delivery(pitch=1.18, pitch_range=1.4, pace=1.14, level_db=3, tilt_db=1.0),
    "playful": Delivery(pitch=1.1, pitch_range=1.45, pace=1.03, level_db=1, tilt_db=0.4),
    "sad": Delivery(pitch=0.93, pitch_range=0.65, pace=0.85, level_db=-3, breath=0.1, tilt_db=-1),
    "tender": Delivery(
        pitch=0.98, pitch_range=0.8, pace=0.89, level_db=-3.5, breath=0.14, tilt_db=-0.9
    ),
    "calm": Delivery(pitch=0.96, pitch_range=0.8, pace=0.91, level_db=-1.5, tilt_db=-0.5),
    "serious": Delivery(pitch=0.93, pitch_range=0.75, pace=0.93, tilt_db=0.2),
    "angry": Delivery(pitch=1.08, pitch_range=1.25, pace=1.08, level_db=4, tilt_db=1.6),
    "afraid": Delivery(
        pitch=1.2, pitch_range=0.9, pace=1.12, level_db=0.5, breath=0.1, tremor=0.035
    ),
    "surprised": Delivery(pitch=1.16, pitch_range=1.5, pace=1.02, level_db=2, tilt_db=0.6),
    "mysterious": Delivery(
        pitch=0.92, pitch_range=0.7, pace=0.85, level_db=-2.5, breath=0.16, tilt_db=-0.6
    ),
    "epic": Delivery(pitch=0.97, pitch_range=1.15, pace=0.88, level_db=3, tilt_db=0.9),
}
MANNERS = {
    "whisper": Delivery(pace=0.92, level_db=-7, breath=1.0),
    "mutter": Delivery(pitch=0.95, pitch_range=0.6, level_db=-4, breath=0.12, tilt_db=-0.8),
    "shout": Delivery(pitch=1.22, pitch_range=1.2, pace=0.95, level_db=6, tilt_db=2.0),
    "proclaim": Delivery(pitch=1.06, pitch_range=1.15, pace=0.9, level_db=3, tilt_db=1.0),
    "sob": Delivery(pitch=1.05, pitch_range=0.8, pace=0.88, breath=0.16, tremor=0.05),
    "tremble": Delivery(pitch=1.04, breath=0.08, tremor=0.05),
    "laugh": Delivery(pitch=1.08, pitch_range=1.3, pace=1.04, level_db=1),
}
_MANNER_OF = {
    "whispering": "whisper",
    "murmuring": "whisper",
    "muttering": "mutter",
    "mumbling": "mutter",
    "softly": "mutter",
    "quietly": "mutter",
    "shouting": "shout",
    "yelling": "shout",
    "screaming": "shout",
    "raging": "shout",
    "scolding": "shout",
    "loudly": "shout",
    "commanding": "proclaim",
    "announcing": "proclaim",
    "lecturing": "proclaim",
    "reporting": "proclaim",
    "crying": "sob",
    "weeping": "sob",
    "sobbing": "sob",
    "begging": "sob",
    "trembling": "tremble",
    "panicking": "tremble",
    "laughing": "laugh",
    "joking": "laugh",
    "teasing": "laugh",
}
VOICE_KINDS = tuple(TIMBRES)
VOICE_MOODS = tuple(DELIVERIES)


def timbre_of(hint: VoiceHint) -> Timbre:
    """Return the body and the mood of a hint as one timbre.

    Variant 0 is the kind's own voice; another variant moves pitch by up to an eighth, formants by
    up to a twentieth and pace by up to a fifteenth, always the same way for the same number.
    """
    body = TIMBRES.get(hint.kind, TIMBRES["woman"])
    if hint.variant:
        rng = np.random.default_rng(stable_seed("variant", hint.kind, hint.variant))
        high, long, quick = rng.uniform(-1.0, 1.0, 3)
        body = replace(
            body,
            median_hz=body.median_hz * 1.125**high,
            formants=body.formants * 1.05**long,
            pace=body.pace * 1.065**quick,
        )
    manner = _MANNER_OF.get(hint.manner, hint.manner)
    for delivery in (DELIVERIES.get(hint.mood), MANNERS.get(manner)):
        if delivery is not None:
            body = _delivered(body, delivery)
    return body


def _delivered(body: Timbre, delivery: Delivery) -> Timbre:
    return replace(
        body,
        median_hz=body.median_hz * delivery.pitch,
        pitch_range=body.pitch_range * delivery.pitch_range,
        pace=body.pace * delivery.pace,
        level_db=body.level_db + delivery.level_db,
        breath=min(1.0, body.breath + delivery.breath),
        tremor=body.tremor + delivery.tremor,
        tilt_db=body.tilt_db + delivery.tilt_db,
    )
