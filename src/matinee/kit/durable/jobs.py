"""Jobs from outside: submit, look, wait, watch, cancel, schedule, prune."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar, cast

from dbos import (
    DBOS,
    ClientScheduleInput,
    DBOSClient,
    DBOSPortableJSONSerializer,
    EnqueueOptions,
    PortableWorkflowError,
    WorkflowStatus,
)
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit import errors
from matinee.kit.db import Database, Session, sqlalchemy_url, translated_errors
from matinee.kit.durable.flow import (
    APPLICATION_NAME,
    APPLICATION_VERSION,
    JobCancelled,
    JobCrashed,
    WorkerStopping,
    Workflow,
    from_record,
    this_process,
    workflow,
)
from matinee.kit.plain import Plain

P = ParamSpec("P")
R = TypeVar("R")

TAKEOVERS_MAX = 5
"""How many workers may die over one job before it is given up."""

_WANTED_CHECK_S = 0.5


class JobNotFound(errors.NotFound):
    """No job has this id."""

    code = "kit.job_not_found"

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"There is no job {job_id!r}. Its record may have been pruned since it ended.",
            job_id=job_id,
        )


class JobGivenUp(errors.Unavailable):
    """A job was stopped because one worker after another died over it."""

    code = "kit.job_given_up"

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"The job {job_id} was given up after {TAKEOVERS_MAX} workers died over it. See the "
            "logs of the workers; memory that runs out is the usual reason.",
            job_id=job_id,
        )


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_STATES = {
    "ENQUEUED": JobState.QUEUED,
    "DELAYED": JobState.QUEUED,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "ERROR": JobState.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobState.FAILED,
    "CANCELLED": JobState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stood a moment ago; ``result`` when done, ``error`` when failed."""

    id: str
    workflow: str
    state: JobState
    result: Plain
    error: errors.MatineeError | None
    submitted_at: datetime
    ended_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Progress:
    """One change: the newest ``value`` for ``key``; ``change`` counts up within a job."""

    change: int
    key: str
    value: Plain


def prepare(database: Database) -> None:
    """Bring the tables of the job engine up to date; right after ``Database.migrate``."""
    with translated_errors():
        DBOS.migrate(sqlalchemy_url(database.url).render_as_string(hide_password=False))


@workflow("kit.tick", queue="kit.ticks")
def _tick(_scheduled_at: datetime, context: dict[str, Any]) -> None:
    """Submit the workflow that a schedule names."""
    options = EnqueueOptions(
        workflow_name=context["workflow"],
        queue_name=context["queue"],
        app_version=APPLICATION_VERSION,
    )
    DBOS.enqueue_workflow_with_options(options, *context["args"])


class Jobs:
    """The jobs of one database, from any process, whether it works on them or not."""

    def __init__(self, database: Database) -> None:
        """Use ``database``, whose tables ``prepare`` has made."""
        self._database = database
        self._client = DBOSClient(
            system_database_engine=database.engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION_NAME,
            lazy=True,
            retry_connection_errors=False,
        )
        self._checked_at_s: dict[str, float] = {}

    def submit(
        self,
        session: Session,
        flow: Workflow[P, R],
        /,
        *args: Plain,
        job_id: str,
        priority: int = 0,
    ) -> str:
        """Queue ``flow`` with ``args`` if and when the caller's transaction commits.

        ``priority`` 0 runs first, larger numbers later. Submitting a ``job_id`` again changes
        nothing. Returns the ``job_id``.
        """
        options = EnqueueOptions(
            workflow_name=flow.name,
            queue_name=flow.queue,
            workflow_id=job_id,
            app_version=APPLICATION_VERSION,
        )
        if priority:  # the engine's own default is 0, but it takes only 1 and more by name
            options["priority"] = priority
        self._client.enqueue_in_transaction(session, options, *args)
        return job_id

    def status(self, job_id: str) -> Job:
        """The job as it stands; raises ``JobNotFound`` and ``db.DatabaseUnavailable``."""
        with translated_errors():
            found = self._client.list_workflows(workflow_ids=[job_id], load_input=False)
        if not found:
            raise JobNotFound(job_id)
        return self._job(found[0])

    def wait(self, job_id: str, *, timeout_s: float, poll_s: float = 0.1) -> Job:
        """The job once it has ended, or as it stands after ``timeout_s``."""
        deadline = time.monotonic() + timeout_s
        while not (job := self.status(job_id)).ended and time.monotonic() < deadline:
            time.sleep(poll_s)
        return job

    def report(self, job_id: str, key: str, value: Plain) -> None:
        """Set the progress ``key`` of a job to ``value``, at once and for all to see."""
        statement = text(
            "insert into kit.progress (job_id, key, change, value)"
            " select :job, :key, coalesce(max(change), 0) + 1, :value"
            " from kit.progress where job_id = :job"
            " on conflict (job_id, key) do update"
            " set change = excluded.change, value = excluded.value"
        ).bindparams(bindparam("value", type_=JSONB))
        with self._database.transaction() as session:
            # One reporter of a job at a time, so that changes appear in the order of their number.
            session.execute(
                text("select pg_advisory_xact_lock(hashtextextended('progress:' || :job, 0))"),
                {"job": job_id},
            )
            session.execute(statement, {"job": job_id, "key": key, "value": value})

    def changes(self, job_id: str, *, after: int = 0) -> tuple[list[Progress], Job]:
        """What changed since change number ``after``, and the job as it stood just before that.

        Returns at once. A caller that sees the job ended has seen its last change.
        """
        job = self.status(job_id)
        with self._database.transaction() as session:
            rows = session.execute(
                text(
                    "select change, key, value from kit.progress"
                    " where job_id = :job and change > :after order by change"
                ),
                {"job": job_id, "after": after},
            ).all()
        return [Progress(*row) for row in rows], job

    def watch(self, job_id: str, *, poll_s: float = 0.2) -> Iterator[Progress]:
        """Every change of a job as it happens, until it ends; values overtaken are skipped."""
        after = 0
        while True:
            changes, job = self.changes(job_id, after=after)
            yield from changes
            if job.ended:
                return
            after = changes[-1].change if changes else after
            time.sleep(poll_s)

    def cancel(self, job_id: str) -> Job:
        """Stop a job and its children; a job that has ended stays as it is."""
        if not self.status(job_id).ended:
            with translated_errors():
                self._client.cancel_workflow(job_id, cancel_children=True)
        return self.status(job_id)

    def raise_if_unwanted(self, job_id: str) -> None:
        """For long steps, as often as they like: end them when nobody waits for the outcome.

        Raises ``JobCancelled``, or ``WorkerStopping`` when this process is stopping (the job is
        taken up again later). The database is asked at most twice a second for a job.
        """
        if this_process.stopping.is_set():
            raise WorkerStopping
        now = time.monotonic()
        if now - self._checked_at_s.get(job_id, -_WANTED_CHECK_S) < _WANTED_CHECK_S:
            return
        self._checked_at_s[job_id] = now
        if self.status(job_id).state is JobState.CANCELLED:
            del self._checked_at_s[job_id]
            raise JobCancelled(job_id)

    def schedule(self, name: str, cron: str, flow: Workflow[P, R], /, *args: Plain) -> None:
        """Submit ``flow`` with ``args`` whenever ``cron`` says so, once over all workers.

        ``cron`` has six fields, seconds first, in UTC. The same ``name`` replaces its schedule.
        """
        self._client.apply_schedules(
            [
                ClientScheduleInput(
                    schedule_name=name,
                    workflow_name=_tick.name,
                    schedule=cron,
                    context={"workflow": flow.name, "queue": flow.queue, "args": list(args)},
                    queue_name=_tick.queue,
                )
            ]
        )

    def prune(self, *, ended_before: datetime) -> int:
        """Forget jobs that ended before that moment; returns how many."""
        with translated_errors():
            ended = self._client.list_workflows(
                status=["SUCCESS", "ERROR", "CANCELLED"],
                completed_before=ended_before.astimezone(UTC).isoformat(),
                load_input=False,
                load_output=False,
            )
        job_ids = [job.workflow_id for job in ended]
        if job_ids:
            self._client.delete_workflows(job_ids)
            with self._database.transaction() as session:
                for table in ("progress", "takeover"):
                    session.execute(
                        text(f"delete from kit.{table} where job_id = any(:ids)"),  # noqa: S608
                        {"ids": job_ids},
                    )
        return len(job_ids)

    def _job(self, row: WorkflowStatus) -> Job:
        state = _STATES[row.status]
        error: errors.MatineeError | None = None
        if row.error is not None:
            error = (
                from_record(row.error)
                if isinstance(row.error, PortableWorkflowError)
                else JobCrashed(type(row.error).__name__, str(row.error))
            )
        if state is JobState.CANCELLED and self._given_up(row.workflow_id):
            state, error = JobState.FAILED, JobGivenUp(row.workflow_id)
        return Job(
            id=row.workflow_id,
            workflow=row.name,
            state=state,
            result=cast("Plain", row.output),
            error=error,
            submitted_at=_moment(row.created_at or 0),
            ended_at=None if row.completed_at is None else _moment(row.completed_at),
        )

    def _given_up(self, job_id: str) -> bool:
        with self._database.transaction() as session:
            count = session.execute(
                text("select takeover_count from kit.takeover where job_id = :job"),
                {"job": job_id},
            ).scalar()
        return count is not None and count > TAKEOVERS_MAX


def _moment(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=epoch_ms)
