"""Everything that is heard: voices, steps and knocks, places, music, and the mix of them all.

A line of dialogue becomes a `Reading` (samples, phonemes, words) before its shot is planned, since
lips, captions and the length of the shot follow from it. When all shots are taken, everything else
is told to `mix` as one `FilmSound`: what was said, what touched, where the camera was.

Nothing is a recording: every sound is synthesised from its cue and a seed, the same every time.
"""

from .casting import installed_voices, voice_for
from .cues import AmbienceCue, ContactCue, EffectCue, FilmSound, MusicBrief, RoomCue, SpeechCue
from .score import mix
from .voices import Reading, Voice, VoiceHint

__all__ = [
    "AmbienceCue",
    "ContactCue",
    "EffectCue",
    "FilmSound",
    "MusicBrief",
    "Reading",
    "RoomCue",
    "SpeechCue",
    "Voice",
    "VoiceHint",
    "installed_voices",
    "mix",
    "voice_for",
]
