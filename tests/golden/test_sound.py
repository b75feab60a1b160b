"""Every bed, effect, contact and mood against the sound that was approved by listening.

What is compared are levels in five bands, which no rounding on another machine moves by a decibel,
while a changed recipe does. After a change on purpose: `python tests/golden/test_sound.py` remakes
`sound.json`; listen before you commit it.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matinee.engine.sound import ContactCue, MusicBrief
from matinee.engine.sound.ambience import AMBIENCES, ambience
from matinee.engine.sound.effects import EFFECTS, effect
from matinee.engine.sound.foley import CONTACTS, contact
from matinee.engine.sound.music import MOODS, compose
from matinee.engine.sound.tapes import Sound

GOLDEN = Path(__file__).with_name("sound.json")
BANDS_HZ = ((40, 200), (200, 800), (800, 2_500), (2_500, 7_000), (7_000, 16_000))
TOLERANCE_DB = 1.0
# What lies so far beneath the loudest band is not heard, and may be anything.
UNHEARD_DB = -60.0

MAKERS: dict[str, Callable[[], Sound]] = {
    **{f"ambience/{name}": partial(ambience, name, 4.0, 1) for name in AMBIENCES},
    **{f"effect/{name}": partial(effect, name, 1) for name in EFFECTS},
    **{
        f"contact/{kind}": partial(contact, ContactCue(0, kind, "glass", "wood", 0.7), 1)
        for kind in CONTACTS
    },
    **{f"music/{mood}": partial(compose, MusicBrief(mood, 0.0, (1.9,), 4.0, 1)) for mood in MOODS},
}


def levels_db(sound: NDArray[np.floating]) -> list[float]:
    mono = sound if sound.ndim == 1 else sound.sum(axis=1)
    power = np.abs(np.fft.rfft(mono)) ** 2 / len(mono)
    frequency = np.fft.rfftfreq(len(mono), 1 / 48_000)
    bands = [power[(frequency >= low) & (frequency < high)].sum() for low, high in BANDS_HZ]
    return [round(10 * float(np.log10(band / len(mono) + 1e-12)), 2) for band in bands]


@pytest.mark.parametrize("name", MAKERS)
def test_a_sound_is_as_it_was_approved(name: str) -> None:
    approved = json.loads(GOLDEN.read_text("utf-8"))[name]
    for now, then in zip(levels_db(np.asarray(MAKERS[name]())), approved, strict=True):
        if then > max(approved) + UNHEARD_DB:
            assert now == pytest.approx(then, abs=TOLERANCE_DB)


def test_nothing_is_approved_that_does_not_exist() -> None:
    assert sorted(json.loads(GOLDEN.read_text("utf-8"))) == sorted(MAKERS)


if __name__ == "__main__":
    measured = {name: levels_db(np.asarray(make())) for name, make in MAKERS.items()}
    lines = ",\n".join(f" {json.dumps(name)}: {levels}" for name, levels in measured.items())
    GOLDEN.write_text(f"{{\n{lines}\n}}\n", "utf-8")
