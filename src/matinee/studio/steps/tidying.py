"""Tidying: films that lost their job are ended, and what killed processes left is cleared."""

import shutil
from datetime import UTC, datetime, timedelta

from matinee.kit.errors import NotFound
from matinee.studio import store
from matinee.studio.errors import MakingFailed

from .ground import Stage, fail

SCRATCH_KEPT = timedelta(days=1)


def clear_scratch(stage: Stage) -> None:
    """Remove the folders of shots and cuts whose process was killed a day ago or longer."""
    if not stage.scratch.is_dir():
        return
    oldest = stage.clock.now() - SCRATCH_KEPT
    for left in stage.scratch.iterdir():
        try:
            touched = datetime.fromtimestamp(left.stat().st_mtime, UTC)
        except FileNotFoundError:
            continue  # its own process has just cleared it away
        if touched < oldest:
            shutil.rmtree(left, ignore_errors=True)


def settle(stage: Stage) -> None:
    """End the films whose job has ended without them, so that nobody waits for ever."""
    with stage.database.transaction() as session:
        unfinished = store.unfinished_films(session)
    for waiting in unfinished:
        try:
            with stage.database.transaction() as session:
                job_id = store.current_job(session, waiting.id)
            job = stage.jobs.status(job_id)
        except NotFound as lost:
            fail(stage, waiting.id, lost.code, lost.message)
            continue
        if job.ended:
            reason = job.error or MakingFailed(f"its job ended as {job.state}")
            fail(stage, waiting.id, reason.code, reason.message)
