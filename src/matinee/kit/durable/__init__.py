"""Jobs that outlive the process: workflows of steps, on PostgreSQL, through DBOS.

A *workflow* is a plain function that calls *steps* and starts other workflows. What a step returned
is written down; when the process dies, another takes the workflow over, calls its function again,
and every finished step answers from the record at once. So a workflow holds no world of its own:
no clock, no randomness, no database but in steps, and the same calls in the same order each time.
Arguments and results are plain JSON values (``kit.plain``). A step may run more than once, so what
it leaves behind is idempotent: content-addressed blobs, upserts.

::

    @durable.step("studio.render_shot")
    def render_shot(film_id: str, number: int) -> str:
        for frame in ...:
            jobs.raise_if_unwanted(durable.current_job())
            jobs.report(film_id, f"shot-{number}", {"frames": frame, "of": frame_count})
        return blobs.put_file(path).key

    @durable.workflow("studio.shoot_shot", queue="shots")
    def shoot_shot(film_id: str, number: int) -> str:
        return render_shot(film_id, number)

    @durable.workflow("studio.make_film", queue="films")
    def make_film(film_id: str) -> str:
        shot_count = plan_shots(film_id)                       # a step
        takes = [durable.spawn(shoot_shot, film_id, number) for number in range(shot_count)]
        return cut(film_id, [take.result() for take in takes]) # a step

    durable.prepare(database)                                  # in wiring, after migrate
    jobs = durable.Jobs(database)
    with database.transaction() as session:                    # submitted if this commits
        jobs.submit(session, make_film, film_id, job_id=film_id)

    worker = durable.Worker(database, [durable.Queue("films", 2), durable.Queue("shots", 1)])
    worker.start()                                             # in serve, worker and make

    for progress in jobs.watch(film_id): ...                   # or jobs.changes for an async edge

Functions that need adapters are defined inside one function that wiring calls once with them.

A worker holds an advisory lock named after itself for as long as it lives. Each worker also looks
for jobs whose worker's lock is free, and puts them back on their queue: nobody waits for the dead.
DBOS has one runtime for a process, so a process makes at most one ``Worker``.
"""

from matinee.kit.durable.flow import (
    Child,
    Workflow,
    at_priority,
    current_job,
    spawn,
    step,
    workflow,
)
from matinee.kit.durable.jobs import Job, Jobs, JobState, Progress, prepare
from matinee.kit.durable.worker import Queue, Worker

__all__ = [
    "Child",
    "Job",
    "JobState",
    "Jobs",
    "Progress",
    "Queue",
    "Worker",
    "Workflow",
    "at_priority",
    "current_job",
    "prepare",
    "spawn",
    "step",
    "workflow",
]
