"""How long it takes to stage a shot: world, people, things, physics, camera and lamps.

    python benchmarks/stage.py [--quick]

Prints what it measures and, as its last line, one JSON object: `world_s` and `bake_s` to build and
bake the first world, `people_s` for two people, `stage_cpu_ms` for a 3.5 s shot with two people
when both are known, `stage_props_cpu_ms` for the same with a stack of crates that is hit, and
`frame_us` to gather one frame.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from statistics import median

import msgspec

from matinee import film
from matinee.engine.stage import bake, cast, worlds
from matinee.engine.stage.direction import stage
from matinee.film.screenplay import Action, Beat, Camera, Character, Look, Prop, Setting
from matinee.film.shot import Speech

PLACE = "colosseum"
FRAME_COUNT = 84


def a_shot(*, props: tuple[Prop, ...] = (), beat: str = "b1") -> film.Shot:
    """Return a 3.5 s shot of two who talk."""
    people = (
        Character("ada", "Ada", look=Look(gender="woman")),
        Character("bob", "Bob", look=Look(gender="man")),
    )
    throws = (Action("ada", "throw", props[-1].id),) if props else ()
    return film.Shot(
        setting=Setting("arena", PLACE),
        beat=Beat(
            beat,
            "arena",
            "They talk.",
            cast=("ada", "bob"),
            actions=throws,
            props=tuple(prop.id for prop in props),
            camera=Camera("medium", "push_in"),
        ),
        frame_count=FRAME_COUNT,
        rate=film.FrameRate(24),
        size=film.FrameSize(1280, 720),
        seed=5,
        characters=people,
        props=props,
        speeches=(
            Speech("ada", "Hello there.", "en", 300, 1300),
            Speech("bob", "Good evening.", "en", 1800, 1400),
        ),
    )


def cpu_ms(shot: film.Shot, cache: Path, repeats: int) -> float:
    """Return the median processor time to stage a shot, in milliseconds."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        stage(shot, cache=cache)
        taken.append((time.process_time() - start) * 1000)
    return median(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the stage.")
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    repeats = 3 if parser.parse_args().quick else 15
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        start = time.perf_counter()
        world = worlds.build(PLACE)
        figures["world_s"] = time.perf_counter() - start
        start = time.perf_counter()
        bake.baked(world, cache)
        figures["bake_s"] = time.perf_counter() - start
        start = time.perf_counter()
        for number, gender in enumerate(("woman", "man")):
            look = msgspec.convert({"gender": gender}, Look)
            cast.person(look, seed=1000 + number)
        figures["people_s"] = time.perf_counter() - start
        shot = a_shot()
        stage(shot, cache=cache)
        figures["stage_cpu_ms"] = cpu_ms(shot, cache, repeats)
        crates = (
            Prop("ball", "ball", "arena", relation="held_by", anchor="ada"),
            Prop("crates", "crate", "arena", count=10, relation="left_of", anchor="ada"),
        )
        figures["stage_props_cpu_ms"] = cpu_ms(a_shot(props=crates), cache, repeats)
        staged = stage(shot, cache=cache)
        start = time.perf_counter()
        for index in range(FRAME_COUNT):
            staged.frame(index)
        figures["frame_us"] = (time.perf_counter() - start) / FRAME_COUNT * 1e6
    rounded = {name: round(value, 3) for name, value in figures.items()}
    for name, value in rounded.items():
        print(f"{name:20} {value}")
    print(json.dumps(rounded))


if __name__ == "__main__":
    main()
