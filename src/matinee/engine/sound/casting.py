"""Which voices there are, and which speaker a character gets."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from .fake_voice import FakeVoice
from .fast_voice import FastVoice
from .final_voice import VOICES_FOLDER, FinalVoice
from .robotic_voice import RoboticVoice
from .timbres import VOICE_KINDS
from .voices import Voice, VoiceHint, VoiceNotInstalled, stable_seed

# Enough that two extras of one kind are hardly ever the same person.
VARIANTS = 1_000


@cache
def installed_voices(voices_folder: Path = VOICES_FOLDER) -> dict[str, Voice]:
    """Return the voices that can speak here, by name; each loads its network once.

    `final` is among them when its packages are installed; it finds more speakers in
    `voices_folder` (see `final_voice`).
    """
    voices: list[Voice] = [FastVoice(), FakeVoice()]
    with suppress(VoiceNotInstalled):
        voices.append(FinalVoice(voices_folder))
    with suppress(VoiceNotInstalled):
        voices.append(RoboticVoice())
    return {voice.name: voice for voice in voices}


def voice_for(
    character: str,
    *,
    gender: str = "neutral",
    age: str = "adult",
    kind: str = "person",
    named: str = "",
    mood: str = "neutral",
    manner: str = "",
) -> VoiceHint:
    """Choose the speaker of a character, the same for the same character in every film.

    `gender`, `age` and `kind` are those of the film language; `named` is a name out of
    `VOICE_KINDS` that overrides them. Somebody of neutral gender speaks as a woman or a man by the
    character's name.
    """
    seed = stable_seed("character", character)
    body = named if named in VOICE_KINDS else _body(gender, age, kind, seed)
    if character == "narrator" and not named:
        body = "narrator"
    return VoiceHint(body, mood=mood, manner=manner, variant=seed // 2 % VARIANTS)


def _body(gender: str, age: str, kind: str, seed: int) -> str:
    if kind == "robot":
        return "robot"
    if kind == "animal":
        return "creature"
    man = gender == "man" or (gender == "neutral" and seed % 2 == 0)
    women = {"child": "girl", "teen": "teen_girl", "elder": "old_woman"}
    men = {"child": "boy", "teen": "teen_boy", "elder": "old_man"}
    return men.get(age, "man") if man else women.get(age, "woman")
