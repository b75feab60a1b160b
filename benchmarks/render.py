"""How long a frame takes: the renderer part by part, and against encoding alone.

Renders a square of about 100,000 triangles with three moving figures, by day and on a wet night,
and encodes what it rendered. The ratio compares a frame's rendering with encoding the same frame
by x264 at "veryfast", which is what a program that only transcodes would spend: a number that
carries over between machines better than milliseconds do.

    python benchmarks/render.py [--quick] [--variant avx2] [--size 1920x1080]

The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.frame import VideoFrame

from matinee.engine.render import native
from matinee.engine.render.encode import ShotEncoder
from matinee.engine.render.renderer import Renderer
from matinee.film import FrameSize

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import render_scene as scene

if TYPE_CHECKING:
    from matinee.engine.render.picture import Planes
    from matinee.engine.render.scene import Frame

RATE = Fraction(24)
DETAIL = 0.55


def frames(kind: str, count: int) -> list[Frame]:
    """Return `count` frames of the day or of the wet night, from a camera that travels."""
    views = [
        replace(scene.WIDE, eye=(0.6 + 0.5 * k / 24, 1.55, 8.2 - 0.3 * k / 24))
        for k in range(count)
    ]
    if kind == "day":
        return [scene.frame(scene.day(), view, k / 24) for k, view in enumerate(views)]
    return [
        scene.frame(
            scene.wet_night(),
            view,
            k / 24,
            lamps=scene.NIGHT_LAMPS,
            particles=scene.rain(k / 24),
        )
        for k, view in enumerate(views)
    ]


def cpu_ms_a_frame(renderer: Renderer, shot: list[Frame]) -> tuple[float, dict[str, float]]:
    """Return processor milliseconds a frame on one thread, in all and by stage."""
    renderer.render(shot[0])
    renderer.stage_ms()
    start = time.thread_time()
    for frame in shot:
        renderer.render(frame)
    spent = (time.thread_time() - start) * 1000 / len(shot)
    stages = {name: round(ms / len(shot), 2) for name, ms in renderer.stage_ms().items()}
    return spent, stages


def parallel_frames_a_second(renderer: Renderer, shot: list[Frame]) -> tuple[float, list[Planes]]:
    """Return frames a second of wall time with all threads, and the pictures."""
    pictures: list[Planes] = []
    start = time.perf_counter()
    renderer.render_many(shot, lambda _, planes: pictures.append(planes))
    return len(shot) / (time.perf_counter() - start), pictures


def encode_ms(pictures: list[Planes], size: FrameSize) -> float:
    """Return processor milliseconds a frame of our own encoder settings."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        with ShotEncoder(Path(folder) / "take.mp4", size, RATE) as encoder:
            for planes in pictures:
                encoder.write(planes)
        return (time.process_time() - start) * 1000 / len(pictures)


def veryfast_ms(pictures: list[Planes], size: FrameSize) -> float:
    """Return processor milliseconds a frame of x264 at veryfast, crf 21, one thread."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        with av.open(str(Path(folder) / "veryfast.mp4"), "w") as container:
            options = {"preset": "veryfast", "crf": "21"}
            stream = container.add_stream("libx264", rate=RATE, options=options)
            stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
            stream.codec_context.thread_count = 1
            for planes in pictures:
                frame = VideoFrame.from_ndarray(np.ascontiguousarray(planes), format="yuv420p")
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return (time.process_time() - start) * 1000 / len(pictures)


def measure(kind: str, size: FrameSize, variant: str, count: int) -> dict[str, object]:
    """Measure one kind of shot and print its stages."""
    with Renderer(
        scene.square(detail=DETAIL),
        (),
        scene.figures(),
        size=size,
        shadow_centre=(0, 0, -2),
        shadow_radius_m=26,
        mirror_ground=kind != "day",
        variant=variant,
    ) as renderer:
        shot = frames(kind, count)
        spent, stages = cpu_ms_a_frame(renderer, shot)
        speed, pictures = parallel_frames_a_second(renderer, shot)
    encoding, plain = encode_ms(pictures, size), veryfast_ms(pictures, size)
    print(f"{kind}, {size}, {variant}: {spent:.1f} ms a frame on one core")
    for name, ms in stages.items():
        print(f"  {name:10} {ms:6.2f}")
    print(f"  encode     {encoding:6.2f}   (x264 veryfast {plain:.2f})")
    print(f"  all threads: {speed:.1f} frames a second")
    return {
        "render_cpu_ms": round(spent, 2),
        "stages_cpu_ms": stages,
        "encode_cpu_ms": round(encoding, 2),
        "veryfast_cpu_ms": round(plain, 2),
        "render_to_veryfast": round(spent / plain, 3),
        "frames_a_second": round(speed, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer frames: under 50 s")
    parser.add_argument("--variant", default=native.processor_variant())
    parser.add_argument("--size", default="1280x720")
    asked = parser.parse_args()
    size = FrameSize.of(asked.size)
    count = 24 if asked.quick else 96
    triangles = scene.square(detail=DETAIL).triangle_count + sum(
        figure.mesh.triangle_count for figure in scene.figures()
    )
    print(f"{triangles} triangles")
    result: dict[str, object] = {
        "benchmark": "render",
        "variant": asked.variant,
        "size": str(size),
        "triangles": triangles,
    }
    for kind in ("day", "wet_night"):
        result[kind] = measure(kind, size, asked.variant, count)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
