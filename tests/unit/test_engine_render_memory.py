"""Pictures too large for the machine are refused and crash nothing."""

import subprocess
import sys

import pytest

SCARCE = """
import resource, sys
from dataclasses import replace
sys.path[:0] = [path for path in {paths!r} if path not in sys.path]
import render_scene as scene
from matinee.engine.render.renderer import Renderer
from matinee.film import FrameSize
square = scene.square(detail=0.1)
frame = replace(scene.frame(scene.day(), scene.WIDE, 0.0), bones=(), morphs=())
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
with Renderer(square, size=FrameSize(128, 72), threads=1) as small:
    small.render(frame)
    resource.setrlimit(resource.RLIMIT_AS, (held + {room_mb} * 2**20,) * 2)
    for _ in range(2):
        try:
            with Renderer(square, size=FrameSize(3840, 2160), threads=1) as large:
                for _ in range(2):
                    large.render(frame)
            print("drawn")
        except MemoryError as error:
            print("refused:", error)
    small.render(frame)
print("alive")
"""


def said_with(room_mb: int) -> str:
    program = SCARCE.format(paths=sys.path, room_mb=room_mb)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("room_mb", [300, 420], ids=str)
def test_a_picture_of_4k_without_memory_is_refused_and_smaller_ones_go_on(room_mb: int) -> None:
    said = said_with(room_mb)
    assert said.count("refused:") == 2
    assert said.endswith("alive\n")
