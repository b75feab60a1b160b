"""A whole film, from its sentence to its file: time by stage, memory, and the cost above encoding.

The first film of a process is made with nothing loaded and no place known; then another one with
other people in another take of the place, as a worker that has been running makes it, and that one
once more, when its place and its people are known.
The floor of any engine here is the CPU time of encoding the same frames alone (x264, veryfast).
The first shot is also drawn by OpenGL on Mesa's llvmpipe, where that is installed.
Run `python benchmarks/film.py` for the full work and `--quick` for a smaller film; `--size` and
`--seconds` ask for other films. The last line is one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matinee import engine
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.direction import stage
from matinee.film import FrameRate, FrameSize, Shot, Take
from matinee.studio import QUEUES
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.cutting import cut
from matinee.studio.planning import Reading, line_key, plan_shots
from matinee.studio.writer import OfflineWriter

sys.path.append(str(Path(__file__).parent))
from parts import llvmpipe

COMPARED_FRAMES = 12

PROMPT = (
    "Shot 1: a woman in a red coat and an old man stand on a beach at sunset, wide shot. "
    'Shot 2: "Did you see the ship?" the woman asks. '
    'Shot 3: The old man points at the sea. "It was never a ship," he says.'
)
SEED = 7
SHOTS_AT_ONCE = next(queue.concurrency for queue in QUEUES if queue.name == "shots")


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


def make(
    folder: Path, *, size: FrameSize, duration_ms: int, watch: Stopwatch, seed: int = SEED
) -> tuple[Shot, ...]:
    """Make the film of PROMPT in `folder`; returns its shots."""
    with watch.stage("write"):
        play = OfflineWriter().write(
            PROMPT,
            repertoire=engine.repertoire(),
            language="en",
            seed=seed,
            duration_ms=duration_ms,
        )
    embedded = StageEngine(folder / "cache")
    embedded.prepare(play, seed=seed)
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
            play, readings, size=size, rate=FrameRate(24), seed=seed, duration_ms=duration_ms
        )
    videos = [folder / f"take{index}.mp4" for index in range(len(plan.shots))]

    def shoot(shot: Shot, video: Path) -> Take:
        return embedded.shoot(shot, video_path=video)

    # As many side by side as a worker takes from its queue.
    with watch.stage("shoot"), ThreadPoolExecutor(SHOTS_AT_ONCE) as pool:
        takes = list(pool.map(shoot, plan.shots, videos))
    with watch.stage("cut"):
        cut(play, plan.shots, takes, videos=videos, waves=waves, folder=folder, seed=seed)
    return plan.shots


# The frames come from a file of raw planes, so that nothing but the encoder is counted.
FLOOR = """
import resource, sys, av, numpy as np
raw, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
frames = np.memmap(raw, np.uint8, "r").reshape(-1, height * 3 // 2, width)
def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
before = cpu_s()
with av.open(sys.argv[4], "w") as file:
    stream = file.add_stream("libx264", rate=24, options={"preset": "veryfast", "crf": "21"})
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    for planes in frames:
        file.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
    file.mux(stream.encode())
print(cpu_s() - before)
"""


def encode_floor_s(shots: Sequence[Shot], folder: Path) -> float:
    """CPU seconds of encoding the frames of `shots` alone, as they were drawn.

    They are drawn once more for it, outside every measured time: a take's frames have lost grain.
    """
    size = shots[0].size
    raw = folder / "frames.yuv"
    with raw.open("wb") as file:
        for shot in shots:
            staging = stage(shot, cache=folder / "cache")
            with Renderer(
                staging.static,
                staging.rigid,
                staging.rigged,
                size=size,
                shadow_centre=staging.shadow_centre,
                shadow_radius_m=staging.shadow_radius_m,
                mirror_ground=staging.mirror_ground,
            ) as renderer:
                frames = (staging.frame(index) for index in range(shot.frame_count))
                renderer.render_many(frames, lambda _index, planes: file.write(planes.tobytes()))
    arguments = [str(raw), str(size.width), str(size.height), str(folder / "floor.mp4")]
    done = subprocess.run(  # noqa: S603 - this interpreter on a constant program
        [sys.executable, "-c", FLOOR, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout)


@dataclass(frozen=True)
class Spent:
    """What a film took."""

    wall_s: float
    cpu_s: float
    shots: tuple[Shot, ...]


def timed(
    folder: Path, *, size: FrameSize, duration_ms: int, watch: Stopwatch, seed: int = SEED
) -> Spent:
    """Make a film in `folder`, which is made too, and say what it took."""
    folder.mkdir(exist_ok=True)
    wall, cpu = time.perf_counter(), cpu_s()
    shots = make(folder, size=size, duration_ms=duration_ms, watch=watch, seed=seed)
    return Spent(time.perf_counter() - wall, cpu_s() - cpu, shots)


def drawing_ms(shot: Shot, folder: Path) -> tuple[float, float | None, str]:
    """CPU milliseconds a frame of `shot`: drawn by us, by llvmpipe, and what drew there or why not.

    Both draw the same frames in a row on a warm renderer; ours is drawn by one thread.
    """
    staging = stage(shot, cache=folder / "cache")
    frames = [staging.frame(index) for index in range(min(COMPARED_FRAMES, shot.frame_count))]
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=staging.mirror_ground,
        threads=1,
    ) as renderer:
        for frame in frames[:2]:
            renderer.render(frame)
        start = time.thread_time()
        for frame in frames:
            renderer.render(frame)
        ours = (time.thread_time() - start) * 1000 / len(frames)
    theirs, drawn_by = llvmpipe.cpu_ms_a_frame(staging, frames, shot.size)
    return ours, theirs, drawn_by


def main(report: Callable[[str], None] = print) -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller film, same code")
    parser.add_argument("--size", help="such as 1920x1080")
    parser.add_argument("--seconds", type=float, help="length of the film")
    arguments = parser.parse_args()
    size = FrameSize.of(arguments.size or ("640x360" if arguments.quick else "1280x720"))
    duration_ms = round(1000 * (arguments.seconds or (6 if arguments.quick else 10)))
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "film"
        film = partial(timed, size=size, duration_ms=duration_ms)
        first = film(folder, watch=watch)
        shots, used_s = first.shots, first.cpu_s
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        warm = film(Path(scratch) / "other", watch=Stopwatch(), seed=SEED + 1)
        again = film(Path(scratch) / "other", watch=Stopwatch(), seed=SEED + 1)
        floor_s = encode_floor_s(shots, folder)
        ours_ms, llvmpipe_ms, drawn_by = drawing_ms(shots[0], folder)
    for name, (stage_wall_s, stage_cpu_s) in watch.stages.items():
        report(f"{name:8} {stage_wall_s:7.2f} s wall {stage_cpu_s:7.2f} s CPU")
    report(f"{len(shots)} shots, {size}, {duration_ms / 1000:g} s")
    report(f"first shot: {ours_ms:.0f} ms a frame, {_or_none(llvmpipe_ms)} by {drawn_by}")
    report(
        json.dumps(
            {
                "film_s": duration_ms / 1000,
                "wall_s": round(first.wall_s, 2),
                "warm_wall_s": round(warm.wall_s, 2),
                "again_wall_s": round(again.wall_s, 2),
                "cpu_s": round(used_s, 2),
                "warm_cpu_s": round(warm.cpu_s, 2),
                "again_cpu_s": round(again.cpu_s, 2),
                "encode_cpu_s": round(floor_s, 2),
                "cpu_ratio": round(used_s / floor_s, 2),
                "peak_mb": round(peak_mb),
                "frame_cpu_ms": round(ours_ms, 1),
                "llvmpipe_cpu_ms": round(llvmpipe_ms, 1) if llvmpipe_ms else None,
                "llvmpipe_ratio": round(llvmpipe_ms / ours_ms, 2) if llvmpipe_ms else None,
            }
        )
    )


def _or_none(value_ms: float | None) -> str:
    return "not drawn" if value_ms is None else f"{value_ms:.0f} ms"


if __name__ == "__main__":
    main()
