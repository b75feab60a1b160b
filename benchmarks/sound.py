"""How fast films are spoken, composed and mixed: `python benchmarks/sound.py [--quick]`.

The film is the one of `benchmarks/film.py`: 10 s, three shots, two speakers, steps, rain, music.
Full work repeats everything and adds a one-minute film and the final voice where it is installed.
The last line printed is one JSON object of the figures, in CPU seconds unless the name says else:

- `voices_s`, `voices_x_realtime`: two lines by the fast voice, after its load (`load_s`)
- `mix_cold_s`, `mix_s`: everything but the voices, in a fresh process and again
- `film_s`, `lufs`, `dbtp`: what was mixed, how loud it came out, and its true peak
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from matinee.engine.sound import (
    AmbienceCue,
    ContactCue,
    EffectCue,
    FilmSound,
    MusicBrief,
    Reading,
    RoomCue,
    SpeechCue,
    Voice,
    installed_voices,
    mix,
    voice_for,
)
from matinee.engine.sound.loudness import integrated_lufs, true_peak_dbtp

LINES = (
    ("mara", "woman", 1.2, "You came back. I did not think that you would."),
    ("theo", "man", 5.6, "Of course I did. The whole city is waiting for us."),
)


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read(voice: Voice) -> list[Reading]:
    """Read the film's lines."""
    return [
        voice.speak(line, language="en", voice=voice_for(who, gender=gender), seed=1)
        for who, gender, _, line in LINES
    ]


def film(readings: list[Reading], duration_s: float) -> FilmSound:
    """Return the cues of a film of any length, as dense as an ordinary one."""
    cuts = tuple(duration_s * share for share in (0.33, 0.67))
    steps = tuple(
        ContactCue(0.5 * n, "footstep", "leather", "wet_asphalt", 0.5, 0.1 * (n % 5) - 0.2)
        for n in range(int(duration_s / 0.5))
    )
    return FilmSound(
        duration_s,
        speeches=tuple(
            SpeechCue(reading.samples, reading.sample_rate_hz, start_s, 0.3 * side)
            for reading, (_, _, start_s, _), side in zip(readings, LINES, (-1, 1), strict=True)
        ),
        contacts=(*steps, ContactCue(8.4, "impact", "glass", "stone", 0.7)),
        ambiences=(AmbienceCue("neon_city_rain", 0.0, duration_s),),
        effects=(EffectCue("door", 0.2), EffectCue("car_horn", 4.4)),
        music=MusicBrief("mysterious", 0.0, cuts, duration_s, seed=5),
        rooms=(RoomCue("street", 0.0, duration_s),),
        seed=5,
    )


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="end within 50 s on two cores")
    quick = parser.parse_args().quick
    voices = installed_voices()
    fast = voices["fast"]
    load_s = cpu_seconds(lambda: read(fast))
    repeats = 3 if quick else 9
    voices_s = statistics.median(cpu_seconds(lambda: read(fast)) for _ in range(repeats))
    readings = read(fast)
    spoken_s = sum(reading.duration_s for reading in readings)
    sound = film(readings, 10.0)
    mix_cold_s = cpu_seconds(lambda: mix(sound))
    mix_s = statistics.median(cpu_seconds(lambda: mix(sound)) for _ in range(repeats))
    out = np.asarray(mix(sound), np.float64)
    figures: dict[str, float] = {
        "film_s": sound.duration_s,
        "load_s": load_s - voices_s,
        "voices_s": voices_s,
        "voices_x_realtime": spoken_s / voices_s,
        "mix_cold_s": mix_cold_s,
        "mix_s": mix_s,
        "lufs": integrated_lufs(out),
        "dbtp": true_peak_dbtp(out),
    }
    if not quick:
        figures["mix_one_minute_s"] = cpu_seconds(lambda: mix(film(readings, 60.0)))
        if "final" in voices:
            final = voices["final"]
            read(final)
            figures["final_x_realtime"] = spoken_s / cpu_seconds(lambda: read(final))
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
