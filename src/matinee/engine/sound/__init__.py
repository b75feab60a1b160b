"""Everything that is heard: voices, steps and knocks, places, music, and the mix of them all.

A line of dialogue becomes a `Reading` (samples, phonemes, words) before its shot is planned, since
lips, captions and the length of the shot follow from it.
"""

from .casting import installed_voices, voice_for
from .voices import Reading, Voice, VoiceHint

__all__ = ["Reading", "Voice", "VoiceHint", "installed_voices", "voice_for"]
