"""Work on claims that outlives a request: films are looked through, and deadlines kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matinee.kit import durable, logs
from matinee.kit.db import Session
from matinee.kit.durable import Workflow
from matinee.kit.errors import MatineeError
from matinee.rights import recognition

from . import disputing, look_store, looking
from .look_store import Look
from .looking import Bench

log = logs.logger(__name__)

QUEUES = (durable.Queue("recognition", 1), durable.Queue("claims", 1))
STRIKE_EVERY = "15 */5 * * * *"
LOOK_AGAIN_EVERY = "35 20 * * * *"
_LATE = timedelta(minutes=30)
_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Recognising:
    """The workflows of claims.

    ``look`` looks a film through, ``learn`` a reference. Wiring schedules ``strike`` (deadlines)
    and ``look_again`` (what was left undone).
    """

    bench: Bench
    look: Workflow[[str], None]
    learn: Workflow[[str], None]
    strike: Workflow[[], None]
    look_again: Workflow[[], None]

    def look_at(self, session: Session, look: Look) -> None:
        """Have a film looked through, once the caller's transaction commits."""
        look_store.add_look(session, look)
        self.bench.jobs.submit(session, self.look, look.film_id, job_id=f"look/{look.film_id}")

    def look_anew(self, session: Session, look: Look, *, at: datetime) -> str:
        """Have a film looked through once more, against the references of today; the job."""
        look_store.add_look(session, look)
        name = f"look/{look.film_id}/{at:%Y%m%d%H%M}"
        return self.bench.jobs.submit(session, self.look, look.film_id, job_id=name)

    def learn_from(self, session: Session, reference_id: str, *, again: str = "") -> str:
        """Have a reference looked for from now on; ``again`` names another time. The job."""
        name = f"learn/{reference_id}" + (f"/{again}" if again else "")
        return self.bench.jobs.submit(session, self.learn, reference_id, job_id=name)


def install(bench: Bench) -> Recognising:
    """Register the steps and workflows of claims, before any worker starts."""
    look, learn = _looking(bench), _learning(bench)

    @durable.step("rights.strike_some")
    def strike_some() -> int:
        with bench.database.transaction() as session:
            return disputing.strike(session, at=bench.clock.now())

    @durable.workflow("rights.strike", queue="claims")
    def strike() -> None:
        while strike_some():
            pass

    @durable.step("rights.look_for_undone")
    def look_for_undone() -> int:
        at = bench.clock.now()
        with bench.database.transaction() as session:
            if recognition.fresh_bytes(session) >= recognition.FOLD_BYTES:
                recognition.fold(session)
            undone = [
                one
                for one in look_store.looks_undone(session, before=at - _LATE, limit=_AT_ONCE)
                if one.state == "held"
            ]
            for one in undone:
                name = f"look/{one.film_id}/{at:%Y%m%d%H}"
                bench.jobs.submit(session, look, one.film_id, job_id=name)
        return len(undone)

    @durable.workflow("rights.look_again", queue="claims")
    def look_again() -> None:
        look_for_undone()

    return Recognising(
        bench=bench,
        look=look,
        learn=learn,
        strike=strike,
        look_again=look_again,
    )


def _looking(bench: Bench) -> Workflow[[str], None]:
    @durable.step("rights.take_fingerprint")
    def take_fingerprint(film_id: str) -> bool:
        return looking.take_fingerprint(bench, film_id)

    @durable.step("rights.conclude")
    def conclude(film_id: str) -> int:
        return looking.conclude(bench, film_id)

    @durable.step("rights.give_up_looking")
    def give_up(film_id: str, code: str) -> None:
        looking.give_up(bench, film_id, code)

    @durable.workflow("rights.look", queue="recognition")
    def look(film_id: str) -> None:
        try:
            if take_fingerprint(film_id):
                conclude(film_id)
        except MatineeError as error:
            # An upload stays held, and its maker is told why; the hour tries again what was not
            # the file's fault.
            log.warning("film_not_looked_through", film=film_id, code=error.code)
            if error.kind != "unavailable":
                give_up(film_id, error.code)

    return look


def _learning(bench: Bench) -> Workflow[[str], None]:
    @durable.step("rights.take_reference")
    def take_reference(reference_id: str) -> bool:
        return looking.take_reference(bench, reference_id)

    @durable.step("rights.compare_reference")
    def compare_reference(reference_id: str) -> int:
        return looking.compare_reference(bench, reference_id)

    @durable.workflow("rights.learn", queue="recognition")
    def learn(reference_id: str) -> None:
        if take_reference(reference_id):
            compare_reference(reference_id)

    return learn
