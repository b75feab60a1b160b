"""Making a film, as steps that survive the death of any process.

prompt ▶ write ▶ check ▶ read and plan ▶ shoot (a child workflow a shot) ▶ cut ▶ film

Every step can run twice: documents and blobs are content-addressed, takes belong to the digest of
their shot, and a film that has ended never changes again. A film that was cancelled or deleted has
ended, so the steps that are left find nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from matinee.kit import durable, logs
from matinee.kit.durable import Workflow
from matinee.kit.errors import MatineeError

from .errors import MakingFailed
from .steps import checking, guiding, shooting, splicing, tidying, writing
from .steps.ground import Stage, begun, fail, turn

log = logs.logger(__name__)
# Housekeeping has a queue of its own, so that it does not wait behind a long shot.
# A film mostly waits for its shots, so several are begun: an urgent one finds its place at once.
# Of two shots one is staged while the other is drawn.
QUEUES = (durable.Queue("films", 4), durable.Queue("shots", 2), durable.Queue("housekeeping", 1))
SETTLE_EVERY = "20 * * * * *"
# Every hour, because a machine that is switched off at night has to tidy up by day.
PRUNE_EVERY = "0 40 * * * *"
JOBS_KEPT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Making:
    """The workflows of film-making.

    `make_film` makes a film, `settle` ends films that lost their job, `prune` forgets jobs that
    ended more than a week ago and clears away what killed processes left half done. Wiring
    schedules the last two at `SETTLE_EVERY` and `PRUNE_EVERY`.
    """

    make_film: Workflow[[str], None]
    settle: Workflow[[], None]
    prune: Workflow[[], None]


def install(stage: Stage) -> Making:
    """Register the steps and workflows of film-making, before any worker starts."""
    take_shot = _take_shot(stage)
    write, check, plan = _on_paper(stage)

    @durable.step("studio.cut")
    def cut_takes(film_id: str) -> None:
        if begun(stage, film_id, "cutting"):
            splicing.cut(stage, film_id)

    @durable.step("studio.fail")
    def end(film_id: str, code: str, message: str) -> None:
        fail(stage, film_id, code, message)

    @durable.workflow("studio.make_film", queue="films")
    def make_film(film_id: str) -> None:
        try:
            write(film_id)
            check(film_id)
            shot_count = plan(film_id)
            with durable.at_priority(turn(stage, film_id)):
                takes = _taken(stage, take_shot, film_id, shot_count)
            for take in takes:
                take.result()
            cut_takes(film_id)
        except Exception as fault:  # noqa: BLE001 - named or not, it ends on the film
            error = named(film_id, fault)
            end(film_id, error.code, error.message)

    return Making(make_film=make_film, settle=_settling(stage), prune=_pruning(stage))


def _on_paper(
    stage: Stage,
) -> tuple[Callable[[str], None], Callable[[str], None], Callable[[str], int]]:
    """The steps before the first frame: write, check, plan."""

    @durable.step("studio.write")
    def write(film_id: str) -> None:
        if begun(stage, film_id, "writing"):
            writing.write(stage, film_id)

    @durable.step("studio.check")
    def check(film_id: str) -> None:
        if begun(stage, film_id, "checking"):
            checking.check(stage, film_id)

    @durable.step("studio.plan")
    def plan(film_id: str) -> int:
        return writing.plan(stage, film_id) if begun(stage, film_id, "reading") else 0

    return write, check, plan


def _taken(
    stage: Stage, take_shot: Workflow[[str, int], None], film_id: str, shot_count: int
) -> list[durable.Child[None]]:
    """Have the shots taken side by side, but for those that are shown to the next one."""
    takes = []
    waiting = guiding.in_turn(stage, film_id)
    for index in range(shot_count):
        takes.append(durable.spawn(take_shot, film_id, index))
        if index in waiting:
            takes[-1].result()
    return takes


def _take_shot(stage: Stage) -> Workflow[[str, int], None]:
    @durable.step("studio.shoot")
    def shoot(film_id: str, index: int) -> None:
        if begun(stage, film_id, "shooting"):
            shooting.shoot(stage, film_id, index)

    @durable.workflow("studio.take_shot", queue="shots")
    def take_shot(film_id: str, index: int) -> None:
        shoot(film_id, index)

    return take_shot


def _settling(stage: Stage) -> Workflow[[], None]:
    @durable.step("studio.settle_films")
    def settle_films() -> None:
        tidying.settle(stage)

    @durable.workflow("studio.settle", queue="housekeeping")
    def settle() -> None:
        settle_films()

    return settle


def _pruning(stage: Stage) -> Workflow[[], None]:
    @durable.step("studio.prune_jobs")
    def prune_jobs() -> int:
        return stage.jobs.prune(ended_before=stage.clock.now() - JOBS_KEPT)

    @durable.step("studio.clear_scratch")
    def clear_scratch() -> None:
        tidying.clear_scratch(stage)

    @durable.workflow("studio.prune", queue="housekeeping")
    def prune() -> None:
        prune_jobs()
        clear_scratch()

    return prune


def named(film_id: str, fault: Exception) -> MatineeError:
    """The error as its maker is told it; a fault of the program keeps its trace in the log."""
    if isinstance(fault, MatineeError):
        return fault
    log.error("film_failed", film=film_id, exc_info=fault)
    return MakingFailed(f"{type(fault).__name__}: {fault}")
