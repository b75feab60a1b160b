"""How a workflow is written: workflows, steps, and children on any worker."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from dbos import DBOS, EnqueueOptions, PortableWorkflowError, WorkflowHandle
from dbos import error as dbos_error

from matinee.kit import errors, logs

log = logs.logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

APPLICATION_NAME = "matinee"

APPLICATION_VERSION = "2"
"""Which workers may continue which jobs; raised when a workflow's order of steps changes."""

_CHILD_POLL_S = 0.2
_priority: ContextVar[int] = ContextVar("priority", default=0)


@dataclass(slots=True)
class ThisProcess:
    """What the one worker of this process tells the workflows that it runs."""

    stopping: threading.Event
    has_ended: Callable[[str], bool]


this_process = ThisProcess(threading.Event(), lambda _job_id: True)


class JobCancelled(errors.Conflict):
    """A job, or the job that started it, was cancelled."""

    code = "kit.job_cancelled"

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"The job {job_id} was cancelled. Submit it again if it is wanted after all.",
            job_id=job_id,
        )


class JobCrashed(errors.Unavailable):
    """A job ended with an error that has no code: a fault in the program."""

    code = "kit.job_crashed"

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(
            f"The job met a fault in the program ({kind}: {reason[:500]}). The log has the whole "
            "trace; please report it.",
            kind=kind,
            reason=reason[:500],
        )


class WorkerStopping(BaseException):
    """Ends a step because its process is stopping; nothing is recorded, the job goes on later.

    Not a ``MatineeError`` and no ``Exception``: neither a step nor a user may ever catch it.
    """


@dataclass(frozen=True, slots=True)
class Workflow(Generic[P, R]):
    """A registered workflow: its stable name, the queue it waits on, and its function."""

    name: str
    queue: str
    function: Callable[P, R]


@dataclass(frozen=True, slots=True)
class Child(Generic[R]):
    """A workflow started by another one."""

    job_id: str
    handle: WorkflowHandle[R]

    def result(self) -> R:
        """Wait for the child and return its result, or raise its error or ``JobCancelled``."""
        # The engine's own wait would outlive a stopping worker and keep the process from ending.
        while not this_process.has_ended(self.job_id):
            if this_process.stopping.wait(_CHILD_POLL_S):
                raise WorkerStopping
        try:
            return self.handle.get_result(polling_interval_sec=_CHILD_POLL_S)
        except PortableWorkflowError as error:
            raise from_record(error) from error
        except dbos_error.DBOSAwaitedWorkflowCancelledError as error:
            raise JobCancelled(self.job_id) from error


def workflow(name: str, *, queue: str) -> Callable[[Callable[P, R]], Workflow[P, R]]:
    """Register a function as the workflow ``name`` ("studio.make_film"), waiting on ``queue``.

    The name is stored with every job and stays the same over releases. Define the function before
    a ``Worker`` starts.
    """

    def registered(function: Callable[P, R]) -> Workflow[P, R]:
        @wraps(function)
        def watched(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except errors.MatineeError:
                raise
            except Exception:
                # Once the worker stops, the engine's own calls fail; the job goes on elsewhere.
                if not this_process.stopping.is_set():
                    log.exception("job_crashed", workflow=name, job_id=DBOS.workflow_id)
                raise

        return Workflow(name, queue, DBOS.workflow(name=name)(watched))

    return registered


def step(
    name: str, *, attempts: int = 3, pause_s: float = 1.0
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as the step ``name``: called in a workflow, its result is kept.

    A step that raises ``errors.Unavailable`` is tried ``attempts`` times in all, after ``pause_s``
    seconds and twice as long each time; any other error ends it at once. Results are plain JSON
    values and come back as JSON has them (a tuple as a list). Outside a workflow the function just
    runs.
    """

    def registered(function: Callable[P, R]) -> Callable[P, R]:
        @DBOS.step(name=name)
        @wraps(function)
        def tried(*args: P.args, **kwargs: P.kwargs) -> R:
            for attempt in range(attempts):
                try:
                    # The first run returns exactly what a later one will read from the record.
                    return cast("R", json.loads(json.dumps(function(*args, **kwargs))))
                except errors.Unavailable as error:
                    if attempt == attempts - 1:
                        raise
                    log.warning("step_tried_again", step=name, attempt=attempt, reason=str(error))
                    time.sleep(pause_s * 2**attempt)
            raise AssertionError("a step needs at least one attempt")

        @wraps(function)
        def recorded(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return tried(*args, **kwargs)
            except PortableWorkflowError as error:
                raise from_record(error) from error

        return recorded

    return registered


@contextmanager
def at_priority(priority: int) -> Iterator[None]:
    """Within the block children are spawned at this priority: 0 runs first, larger ones later."""
    token = _priority.set(priority)
    try:
        yield
    finally:
        _priority.reset(token)


def spawn(child: Workflow[P, R], *args: P.args, **kwargs: P.kwargs) -> Child[R]:
    """Start ``child`` on its own queue, on whichever worker is free; only within a workflow.

    Called again after a crash, it finds the child it started before.
    """
    assert DBOS.workflow_id is not None, "spawn is for workflows; outside them use Jobs.submit"
    options = EnqueueOptions(
        workflow_name=child.name, queue_name=child.queue, app_version=APPLICATION_VERSION
    )
    if priority := _priority.get():
        options["priority"] = priority
    handle: WorkflowHandle[Any] = DBOS.enqueue_workflow_with_options(options, *args, **kwargs)
    return Child(handle.get_workflow_id(), handle)


def current_job() -> str:
    """The id of the job that this workflow or step belongs to."""
    job_id = DBOS.workflow_id
    assert job_id is not None, "there is no current job outside a workflow"
    return job_id


def from_record(error: PortableWorkflowError) -> errors.MatineeError:
    """The error as it was raised, from what was written down of it."""
    details = error.data if isinstance(error.data, dict) else {}
    known = errors.revived(str(error.code), error.message, cast("dict[str, Any]", details))
    return known or JobCrashed(error.name, error.message)
