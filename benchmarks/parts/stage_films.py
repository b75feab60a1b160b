"""Short films of the stage, to be copied."""

import tempfile
from pathlib import Path

import av
import numpy as np

from matinee import engine
from matinee.film import FrameRate, FrameSize, Shot
from matinee.studio.adapters.stage_engine import StageEngine
from matinee.studio.planning import plan_shots
from matinee.studio.writer import OfflineWriter

from .originals import RATE, SIZE, Frames, Original, music

# Two films of one place are the hardest: the same set, other people.
STAGE_PROMPTS = {
    "beach-red": "A woman in a red coat walks on a beach at sunset, wide shot.",
    "beach-dog": "A dog runs on a beach at sunset, wide shot.",
    "street": "An old man in a black suit waits in a city street in the rain at night.",
    "forest": "A girl in a yellow dress dances in a forest in the morning.",
    "kitchen": "Two cooks stand in a kitchen.",
    "street-cat": "A cat walks along a city street in the rain at night.",
}


def of_the_stage(name: str, seconds: float) -> Original:
    """The film of one of STAGE_PROMPTS, with procedural sound."""
    prompt, seed = STAGE_PROMPTS[name], sum(name.encode())
    play = OfflineWriter().write(
        prompt,
        repertoire=engine.repertoire(),
        language="en",
        seed=seed,
        duration_ms=round(seconds * 1000),
    )
    plan = plan_shots(
        play,
        {},
        size=FrameSize(*SIZE),
        rate=FrameRate(24),
        seed=seed,
        duration_ms=round(seconds * 1000),
    )
    with tempfile.TemporaryDirectory() as folder:
        stage = StageEngine(Path(folder) / "cache")
        frames = np.concatenate([_shot(stage, shot, Path(folder)) for shot in plan.shots])
    return Original(name, frames, music(seed, len(frames) / RATE))


def _shot(stage: StageEngine, shot: Shot, folder: Path) -> Frames:
    video = folder / "take.mp4"
    stage.shoot(shot, video_path=video)
    with av.open(str(video)) as container:
        return np.stack(
            [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)][::2]
        )
