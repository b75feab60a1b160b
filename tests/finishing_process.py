"""A worker with a hired engine in a process of its own: `finishing_process.py URL FOLDER SERVER`.

Makes films and finals until it is killed; the provider at SERVER is the test's.
"""

import sys
import threading
from dataclasses import replace
from pathlib import Path

from matinee import studio
from matinee.film import FrameRate
from matinee.kit import db, durable
from matinee.kit.money import MicroMoney
from matinee.studio.abilities import Abilities
from matinee.studio.adapters.fake_openai_videos import MODEL
from matinee.studio.adapters.fake_provider import KEY
from matinee.studio.adapters.openai_video_engine import OpenAIVideos
from matinee.studio.hiring import HiredEngine
from studio_builders import a_stage

CENT = MicroMoney(1_000_000, "USD")


def a_hired_engine(url: str) -> HiredEngine:
    able = Abilities(
        length_ms_max=4000,
        rate=FrameRate(16),
        first_frame=True,
        reference_images=2,
        remote=True,
        price_per_second=CENT,
    )
    provider = OpenAIVideos(
        name="hired", url=url, model=MODEL, abilities=able, key=KEY, dialect="vllm", frame_step=4
    )
    return HiredEngine(provider, wait=lambda _seconds: _nap())


def _nap() -> None:
    threading.Event().wait(0.02)


def a_stage_with(database: db.Database, folder: Path, url: str) -> studio.Stage:
    stage = a_stage(database, folder)
    engines = {**stage.crew.engines, "hired": a_hired_engine(url)}
    return replace(stage, crew=replace(stage.crew, engines=engines))


def main(url: str, folder: Path, server: str) -> None:
    database = db.Database(url)
    studio.install(a_stage_with(database, folder, server))
    durable.Worker(database, list(studio.QUEUES), poll_s=0.1).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
