"""The process that works: it serves queues, shows that it lives, and takes over from the dead."""

import logging
import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import exc, text

from matinee.kit import errors, logs
from matinee.kit.db import Database, translated_errors
from matinee.kit.durable.flow import APPLICATION_NAME, APPLICATION_VERSION, this_process
from matinee.kit.durable.jobs import TAKEOVERS_MAX

log = logs.logger(__name__)

_LOOK_S = 1.0
_RENEW_S = 0.1
_GRACE_S = 2.0  # a worker that lost its session needs a look and a renewal to be back
_POOL_SIZE = 6
_TICKS = "kit.ticks"
_LOCK_KEY = "hashtextextended('matinee.worker:' || %s, 0)"


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue to serve and how many of its jobs one worker runs at the same time."""

    name: str
    concurrency: int


class Worker:
    """Runs the jobs of some queues until it is stopped; at most one in a process.

    It holds an advisory lock of its database session named after itself. If that session is lost
    it renews it; if it cannot for ``lost_s_max``, others will have taken its jobs over, and it ends
    the process (``on_fenced``, by default the signal that a service manager would send).
    """

    def __init__(
        self,
        database: Database,
        queues: Sequence[Queue],
        *,
        poll_s: float = 1.0,
        on_fenced: Callable[[], None] = lambda: os.kill(os.getpid(), signal.SIGTERM),
        lost_s_max: float = 30.0,
    ) -> None:
        """Serve ``queues`` of ``database``, looking for new jobs every ``poll_s`` seconds."""
        self._database = database
        self._queues = (*queues, Queue(_TICKS, 1))
        self._poll_s = poll_s
        self._on_fenced = on_fenced
        self._lost_s_max = lost_s_max
        # Unique for each start, so that a restarted process is not mistaken for the dead one.
        self.name = f"{socket.gethostname()}-{uuid.uuid4().hex}"
        self._stopping = threading.Event()
        self._free_since_s: dict[str, float] = {}
        self._client = DBOSClient(
            system_database_engine=database.engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION_NAME,
            lazy=True,
            retry_connection_errors=False,
        )
        self._engine_database = Database(database.url, pool_size=_POOL_SIZE, patience_s=lost_s_max)
        self._session: psycopg.Connection | None = None
        self._keeper = threading.Thread(target=self._keep, name="durable-keeper", daemon=True)

    def start(self) -> None:
        """Begin to work; returns when the queues are served."""
        this_process.stopping.clear()
        this_process.has_ended = self._has_ended
        self._hold()
        config = DBOSConfig(
            name=APPLICATION_NAME,
            # Our own pool: the engine's gives a workflow up when the database changes hands.
            system_database_engine=self._engine_database.engine,
            executor_id=self.name,
            application_version=APPLICATION_VERSION,
            serializer=DBOSPortableJSONSerializer(),
            run_migrations=False,  # durable.prepare did
            log_level="WARNING",
            scheduler_polling_interval_sec=5.0,
        )
        for queue in self._queues:
            # Known before the launch, the queues are served at once and not at the next look.
            self._client.register_queue(
                queue.name,
                worker_concurrency=queue.concurrency,
                polling_interval_sec=self._poll_s,
                on_conflict="always_update",
            )
        _speak_through_our_logs()
        DBOS(config=config)
        DBOS.listen_queues([queue.name for queue in self._queues])
        DBOS.launch()
        self._keeper.start()

    def stop(self, *, finish_s: int = 0) -> None:
        """Take no more jobs, wait up to ``finish_s`` for running ones, and let the others go.

        Steps that call ``Jobs.raise_if_unwanted`` end after that; their jobs go on elsewhere or at
        the next start.
        """
        if finish_s == 0:
            this_process.stopping.set()
        DBOS.destroy(workflow_completion_timeout_sec=finish_s)
        this_process.stopping.set()
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join()
        if self._session is not None:
            self._session.close()
        self._engine_database.close()

    def _has_ended(self, job_id: str) -> bool:
        try:
            with translated_errors():
                rows = self._client.list_workflows(
                    workflow_ids=[job_id], load_input=False, load_output=False
                )
        except errors.Unavailable as error:
            # The database changes hands or starts again; the child is asked for once it is back.
            log.warning("database_away", job_id=job_id, reason=error.message)
            return False
        return bool(rows) and rows[0].status not in {"ENQUEUED", "DELAYED", "PENDING"}

    def _hold(self) -> psycopg.Connection:
        """A session that holds this worker's lock."""
        session = psycopg.connect(
            self._database.url,
            autocommit=True,
            connect_timeout=5,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
        )
        session.execute(f"select pg_advisory_lock({_LOCK_KEY})", (self.name,))
        self._session = session
        return session

    def _keep(self) -> None:
        """Show life and look for the dead, every second."""
        well_at_s, wait_s = time.monotonic(), _LOOK_S
        while not self._stopping.wait(wait_s):
            try:
                session = self._session
                if session is None or session.closed:
                    session = self._hold()
                    log.warning("worker_lock_renewed", worker=self.name)
                session.execute("select 1")
                self._take_over(session)
                well_at_s, wait_s = time.monotonic(), _LOOK_S
            except (psycopg.Error, exc.DBAPIError, errors.Unavailable, OSError) as error:
                log.warning("worker_session_lost", reason=str(error).partition("\n")[0])
                wait_s = _RENEW_S
                self._free_since_s.clear()
                if self._session is not None:
                    self._session.close()
                if time.monotonic() - well_at_s > self._lost_s_max:
                    log.critical("worker_fenced", worker=self.name)
                    self._on_fenced()
                    return

    def _take_over(self, session: psycopg.Connection) -> None:
        """Put the jobs of dead workers back on their queues."""
        running = self._running_elsewhere()
        for stale in self._free_since_s.keys() - running:
            del self._free_since_s[stale]
        for worker in running:
            if not _try_lock(session, worker):
                self._free_since_s.pop(worker, None)
                continue
            try:
                # After a restart of the database every lock is free until its holder is back.
                free_since_s = self._free_since_s.setdefault(worker, time.monotonic())
                if time.monotonic() - free_since_s >= _GRACE_S:
                    self._resume_jobs_of(worker)
            finally:
                session.execute(f"select pg_advisory_unlock({_LOCK_KEY})", (worker,))

    def _running_elsewhere(self) -> set[str]:
        rows = self._client.list_workflows(
            status="PENDING", app_version=APPLICATION_VERSION, load_input=False, load_output=False
        )
        return {row.executor_id for row in rows if row.executor_id not in {None, self.name}}

    def _resume_jobs_of(self, worker: str) -> None:
        """With the dead worker's lock in hand, so that nobody else does the same."""
        # Listed again under the lock: another worker may have taken them since the first look.
        rows = self._client.list_workflows(
            status="PENDING",
            app_version=APPLICATION_VERSION,
            executor_id=worker,
            load_input=False,
            load_output=False,
        )
        for row in rows:
            if self._count_takeover(row.workflow_id) > TAKEOVERS_MAX:
                log.error("job_given_up", job_id=row.workflow_id)
                self._client.cancel_workflow(row.workflow_id, cancel_children=True)
                continue
            # Without its own queue the job would land on one that every worker serves.
            self._client.resume_workflow(row.workflow_id, queue_name=row.queue_name)
            log.info("job_taken_over", job_id=row.workflow_id, dead_worker=worker)

    def _count_takeover(self, job_id: str) -> int:
        with self._database.transaction() as session:
            return int(
                session.execute(
                    text(
                        "insert into kit.takeover as t (job_id, takeover_count) values (:job, 1)"
                        " on conflict (job_id) do update"
                        " set takeover_count = t.takeover_count + 1 returning takeover_count"
                    ),
                    {"job": job_id},
                ).scalar_one()
            )


class _ToOurLogs(logging.Handler):
    """Passes what the job engine says on to our logs."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass it on, but for job failures, which the job's record and our own logs hold."""
        if "background workflow" not in record.getMessage():
            log.log(record.levelno, "job_engine", message=record.getMessage())


def _speak_through_our_logs() -> None:
    """Take the place of the engine's own handler, which it adds only if there is none."""
    engine_log = logging.getLogger("dbos")
    if not any(isinstance(handler, _ToOurLogs) for handler in engine_log.handlers):
        engine_log.propagate = False
        engine_log.handlers = [_ToOurLogs()]


def _try_lock(session: psycopg.Connection, worker: str) -> bool:
    row = session.execute(f"select pg_try_advisory_lock({_LOCK_KEY})", (worker,)).fetchone()
    return row is not None and bool(row[0])
