"""Drafts become finals on another engine: guided, paid for once, within their budget."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import pytest
from sqlalchemy import text

import finishing_process
from finishing_process import a_stage_with
from matinee import studio
from matinee.film import FrameSize, Manifest
from matinee.film.document import decode
from matinee.kit.db import Database
from matinee.kit.errors import MatineeError
from matinee.kit.money import MicroMoney
from matinee.studio import finals
from matinee.studio.abilities import Abilities
from matinee.studio.adapters.fake_openai_videos import MODEL, FakeOpenAIVideos
from matinee.studio.adapters.fake_provider import KEY
from matinee.studio.adapters.openai_video_engine import OpenAIVideos
from matinee.studio.hiring import HiredEngine
from matinee.studio.model import Finish
from studio_builders import asked, ended, until, working

WORKER = Path(finishing_process.__file__)


def has_ticket(database: Database, film_id: str) -> bool:
    with database.transaction() as session:
        found = session.execute(
            text("select ticket from studio.errand where film = :film and open"), {"film": film_id}
        )
        return found.first() is not None


def finished(office: studio.Office, database: Database, film_id: str, **changes: object) -> str:
    finish = Finish(**{"engine": "hired", "shots": (), **changes})  # type: ignore[arg-type]
    with database.transaction() as session:
        return finals.finish_film(session, film_id, finish, office=office).id


def test_a_final_has_its_chosen_shots_from_the_engine_and_the_others_from_the_draft(
    database: Database, home: Path
) -> None:
    with FakeOpenAIVideos(dialect="vllm") as fake:
        stage = a_stage_with(database, home, fake.url)
        with working(stage) as office:
            draft = ended(database, asked(office, database, duration_ms=4000))
            assert draft.error is None
            count = len(draft.shots)
            assert count > 1
            final = ended(database, finished(office, database, draft.id, shots=(count - 1,)))
            assert final.error is None
            again = ended(database, finished(office, database, draft.id, shots=(count - 1,)))
        jobs = list(fake.jobs.values())
    assert again.video == final.video
    assert len(jobs) == 1
    assert jobs[0].asked.files["input_reference"].startswith(b"\x89PNG")
    assert "shot" in str(jobs[0].asked.fields["prompt"])
    assert final.cost is not None
    assert 0 < final.cost.micro <= 4_000_000
    assert again.cost is None
    with database.transaction() as session:
        (pair,) = finals.compare(session, final.id)
    assert pair.index == count - 1
    assert pair.draft
    assert pair.final
    assert pair.draft != pair.final
    assert "16 frames a second became 12" in pair.fitted
    manifest = decode(stage.blobs.read(final.manifest), Manifest)
    assert manifest.frame_count == decode(stage.blobs.read(draft.manifest), Manifest).frame_count
    path = stage.blobs.path(final.video)
    assert path is not None
    with av.open(str(path)) as file:
        assert sum(1 for _ in file.decode(video=0)) == manifest.frame_count


def test_what_is_too_dear_or_does_not_exist_is_refused_before_it_is_ordered(
    database: Database, home: Path
) -> None:
    with FakeOpenAIVideos(dialect="vllm") as fake:
        stage = a_stage_with(database, home, fake.url)
        with working(stage) as office:
            draft = ended(database, asked(office, database, duration_ms=4000))
            with pytest.raises(MatineeError) as met:
                finished(office, database, draft.id, budget=MicroMoney(1, "USD"))
            assert met.value.code == "studio.budget_exceeded"
            with pytest.raises(MatineeError) as met:
                finished(office, database, draft.id, budget=MicroMoney(10**9, "EUR"))
            assert met.value.code == "kit.currency_mismatch"
            with pytest.raises(MatineeError) as met:
                finished(office, database, draft.id, shots=(99,))
            assert met.value.code == "studio.shot_unknown"
        assert not fake.jobs


def test_a_budget_is_held_against_what_is_really_charged(database: Database, home: Path) -> None:
    # The price list says 4 cents for a shot, and the provider books 40.
    able = Abilities(
        lengths_ms=(4000,),
        sizes=(FrameSize(1280, 720),),
        remote=True,
        price_per_second=finishing_process.CENT,
    )
    with FakeOpenAIVideos() as fake:
        dear = OpenAIVideos(name="hired", url=fake.url, model=MODEL, abilities=able, key=KEY)
        stage = a_stage_with(database, home, fake.url)
        engines = {**stage.crew.engines, "hired": HiredEngine(dear, wait=lambda _seconds: None)}
        with working(replace(stage, crew=replace(stage.crew, engines=engines))) as office:
            draft = ended(database, asked(office, database, duration_ms=4000))
            assert len(draft.shots) > 1
            budget = MicroMoney.of("0.20 USD")
            final = ended(database, finished(office, database, draft.id, budget=budget))
        assert len(fake.jobs) == 1
    assert final.error is not None
    assert final.error.code == "studio.budget_exceeded"
    assert str(final.cost) == "0.40 USD"


def test_a_refusal_ends_the_final_by_name_and_leaves_the_draft(
    database: Database, home: Path
) -> None:
    with FakeOpenAIVideos(("moderate",), dialect="vllm") as fake:
        with working(a_stage_with(database, home, fake.url)) as office:
            draft = ended(database, asked(office, database, duration_ms=2000))
            final = ended(database, finished(office, database, draft.id, shots=(0,)))
        assert len(fake.jobs) == 1
    assert final.error is not None
    assert final.error.code == "studio.engine_refused"


def test_a_worker_that_is_killed_leaves_its_job_to_the_next_one(
    database: Database, home: Path
) -> None:
    with FakeOpenAIVideos(dialect="vllm", looks_until_done=10_000) as fake:
        stage = a_stage_with(database, home, fake.url)
        with working(stage) as office:
            draft = ended(database, asked(office, database, duration_ms=2000))
        final_id = finished(office, database, draft.id, shots=(0,))
        worker = subprocess.Popen(
            [sys.executable, str(WORKER), database.url, str(home), fake.url],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        try:
            # Between the provider's answer and the ticket nobody can tell that a job is there.
            until(database, final_id, lambda _film: has_ticket(database, final_id))
        finally:
            worker.kill()
            worker.wait()
        fake.looks_until_done = 1
        with working(stage):
            final = ended(database, final_id)
        assert len(fake.jobs) == 1
    assert final.error is None
    assert final.cost is not None
