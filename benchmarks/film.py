"""A whole film, from its sentence to its file: time by stage, memory, and the cost above encoding.

The floor of any engine here is the CPU time of encoding the same frames alone (x264, veryfast).
Run `python benchmarks/film.py` for the full work and `--quick` for a smaller film; the last line
is one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from matinee import engine
from matinee.film import FrameRate, FrameSize
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.cutting import cut
from matinee.studio.planning import Reading, line_key, plan_shots
from matinee.studio.writer import OfflineWriter

PROMPT = (
    'A woman in a red coat meets an old man on a beach at sunset. "Did you see the ship?" she '
    'asks. The man points at the sea. "It was never a ship," he says.'
)
SEED = 7


class Stopwatch:
    """Wall and CPU seconds by stage, children included."""

    def __init__(self) -> None:
        self.stages: dict[str, tuple[float, float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside the block for the stage `name`."""
        wall, cpu = time.perf_counter(), cpu_s()
        yield
        before = self.stages.get(name, (0.0, 0.0))
        self.stages[name] = (
            before[0] + time.perf_counter() - wall,
            before[1] + cpu_s() - cpu,
        )


def cpu_s() -> float:
    """CPU seconds of this process and the children it has waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def make(folder: Path, *, size: FrameSize, duration_ms: int, watch: Stopwatch) -> tuple[Path, int]:
    """Make the film of PROMPT in `folder`; returns its file and the number of its shots."""
    with watch.stage("write"):
        play = OfflineWriter().write(
            PROMPT,
            repertoire=engine.repertoire(),
            language="en",
            seed=SEED,
            duration_ms=duration_ms,
        )
    with watch.stage("read"):
        reader = engine.Reader([engine.installed_voices()["fast"]])
        readings, waves = {}, {}
        for beat in play.beats:
            for index, line in enumerate(beat.lines):
                key = line_key(beat, index)
                heard = reader.read(
                    engine.SpokenLine(line=line, speaker=play.character(line.character))
                )
                waves[key] = heard.wave
                readings[key] = Reading(
                    duration_ms=heard.duration_ms,
                    phonemes=heard.phonemes,
                    words=heard.words,
                    audio=key,
                )
    with watch.stage("plan"):
        plan = plan_shots(
            play, readings, size=size, rate=FrameRate(24), seed=SEED, duration_ms=duration_ms
        )
    stage = StageEngine(folder / "cache")
    videos, takes = [], []
    with watch.stage("shoot"):
        for index, shot in enumerate(plan.shots):
            video = folder / f"take{index}.mp4"
            takes.append(
                stage.shoot(
                    shot,
                    video_path=video,
                    on_frames=lambda _count: None,
                    on_preview=lambda _picture: None,
                    should_stop=lambda: False,
                )
            )
            videos.append(video)
    with watch.stage("cut"):
        made = cut(play, plan.shots, takes, videos=videos, waves=waves, folder=folder, seed=SEED)
    return made.video, len(plan.shots)


# Decoded beforehand and in a process of its own, so that nothing but the encoder is counted.
FLOOR = """
import resource, sys, av
frames = [frame for frame in av.open(sys.argv[1]).decode(video=0)]
def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
before = cpu_s()
with av.open(sys.argv[2], "w") as file:
    stream = file.add_stream("libx264", rate=24, options={"preset": "veryfast", "crf": "21"})
    stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
    for frame in frames:
        frame.pts = None
        file.mux(stream.encode(frame))
    file.mux(stream.encode())
print(cpu_s() - before)
"""


def encode_floor_s(video: Path, folder: Path) -> float:
    """CPU seconds of encoding the frames of `video` again, alone."""
    done = subprocess.run(  # noqa: S603 - this interpreter on a constant program
        [sys.executable, "-c", FLOOR, str(video), str(folder / "floor.mp4")],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def main(report: Callable[[str], None] = print) -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller film, same code")
    arguments = parser.parse_args()
    size = FrameSize(640, 360) if arguments.quick else FrameSize(1280, 720)
    duration_ms = 6_000 if arguments.quick else 10_000
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wall, cpu = time.perf_counter(), cpu_s()
        video, shot_count = make(folder, size=size, duration_ms=duration_ms, watch=watch)
        wall_s, used_s = time.perf_counter() - wall, cpu_s() - cpu
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        floor_s = encode_floor_s(video, folder)
    for stage, (stage_wall_s, stage_cpu_s) in watch.stages.items():
        report(f"{stage:8} {stage_wall_s:7.2f} s wall {stage_cpu_s:7.2f} s CPU")
    report(f"{shot_count} shots, {size}, {duration_ms / 1000:g} s")
    report(
        json.dumps(
            {
                "film_s": duration_ms / 1000,
                "wall_s": round(wall_s, 2),
                "cpu_s": round(used_s, 2),
                "encode_cpu_s": round(floor_s, 2),
                "cpu_ratio": round(used_s / floor_s, 2),
                "peak_mb": round(peak_mb),
            }
        )
    )


if __name__ == "__main__":
    main()
