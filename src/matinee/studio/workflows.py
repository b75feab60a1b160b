"""Making a film, as steps that survive the death of any process.

prompt ▶ write ▶ read and plan ▶ shoot (a child workflow a shot) ▶ cut ▶ film

Every step can run twice: documents and blobs are content-addressed, takes belong to the digest of
their shot, and a film that has ended never changes again. A film that was cancelled or deleted has
ended, so the steps that are left find nothing to do.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from matinee import film
from matinee.engine import SpokenLine
from matinee.film import Screenplay, Shot
from matinee.film.screenplay import NOTES_MAX, Note
from matinee.kit import durable, events, logs
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.errors import MatineeError, NotFound

from . import store
from .cutting import Cut, cut
from .errors import MakingFailed, TakeMissing
from .model import Crew, Film
from .planning import Reading, line_key, plan_shots, speech_rate, with_earlier
from .sweeping import sweep

log = logs.logger(__name__)
REPORT_EVERY_S = 0.5
FILM_COMPLETED = "studio.film_completed"
# Housekeeping has a queue of its own, so that it does not wait behind a long shot.
QUEUES = (durable.Queue("films", 2), durable.Queue("shots", 1), durable.Queue("housekeeping", 1))
SETTLE_EVERY = "20 * * * * *"
# Every hour, because a machine that is switched off at night has to tidy up by day.
PRUNE_EVERY = "0 40 * * * *"
JOBS_KEPT = timedelta(days=7)
SCRATCH_KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What the steps work with: chosen once in wiring, never stored in a step's arguments."""

    database: Database
    blobs: Blobs
    clock: Clock
    jobs: Jobs
    crew: Crew
    scratch: Path


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

    @durable.step("studio.write")
    def write(film_id: str) -> None:
        if _begun(stage, film_id, "writing"):
            _write(stage, film_id)

    @durable.step("studio.plan")
    def plan(film_id: str) -> int:
        return _plan(stage, film_id) if _begun(stage, film_id, "reading") else 0

    @durable.step("studio.cut")
    def cut_takes(film_id: str) -> None:
        if _begun(stage, film_id, "cutting"):
            _cut(stage, film_id)

    @durable.step("studio.fail")
    def fail(film_id: str, code: str, message: str) -> None:
        _fail(stage, film_id, code, message)

    @durable.workflow("studio.make_film", queue="films")
    def make_film(film_id: str) -> None:
        try:
            write(film_id)
            shot_count = plan(film_id)
            takes = [durable.spawn(take_shot, film_id, index) for index in range(shot_count)]
            for take in takes:
                take.result()
            cut_takes(film_id)
        except Exception as fault:  # noqa: BLE001 - named or not, it ends on the film
            error = _named(film_id, fault)
            fail(film_id, error.code, error.message)

    return Making(make_film=make_film, settle=_settling(stage), prune=_pruning(stage))


def _take_shot(stage: Stage) -> Workflow[[str, int], None]:
    @durable.step("studio.shoot")
    def shoot(film_id: str, index: int) -> None:
        if _begun(stage, film_id, "shooting"):
            _shoot(stage, film_id, index)

    @durable.workflow("studio.take_shot", queue="shots")
    def take_shot(film_id: str, index: int) -> None:
        shoot(film_id, index)

    return take_shot


def _settling(stage: Stage) -> Workflow[[], None]:
    @durable.step("studio.settle_films")
    def settle_films() -> None:
        _settle(stage)

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
        _clear_scratch(stage)

    @durable.workflow("studio.prune", queue="housekeeping")
    def prune() -> None:
        prune_jobs()
        clear_scratch()

    return prune


def _clear_scratch(stage: Stage) -> None:
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


def _named(film_id: str, fault: Exception) -> MatineeError:
    """The error as its maker is told it; a fault of the program keeps its trace in the log."""
    if isinstance(fault, MatineeError):
        return fault
    log.error("film_failed", film=film_id, exc_info=fault)
    return MakingFailed(f"{type(fault).__name__}: {fault}")


def _begun(stage: Stage, film_id: str, doing: str) -> bool:
    """Say on the film what is being done; returns whether the film is still wanted."""
    with stage.database.transaction() as session:
        return store.update_film(session, film_id, status="in_progress", stage=doing)


def _fail(stage: Stage, film_id: str, code: str, message: str) -> None:
    with stage.database.transaction() as session:
        store.update_film(
            session,
            film_id,
            status="failed",
            error_code=code,
            error_message=message,
            completed_at=stage.clock.now(),
        )


def _settle(stage: Stage) -> None:
    """End the films whose job has ended without them, so that nobody waits for ever."""
    with stage.database.transaction() as session:
        unfinished = store.unfinished_films(session)
    for waiting in unfinished:
        try:
            job = stage.jobs.status(waiting.id)
        except NotFound as lost:
            _fail(stage, waiting.id, lost.code, lost.message)
            continue
        if job.ended:
            reason = job.error or MakingFailed(f"its job ended as {job.state}")
            _fail(stage, waiting.id, reason.code, reason.message)


def _write(stage: Stage, film_id: str) -> None:
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
    if wanted.screenplay:
        return
    play = _screenplay(stage, wanted)
    if wanted.request.style:
        play = msgspec.structs.replace(play, style=wanted.request.style)
    with stage.database.transaction() as session:
        _keep_screenplay(session, film_id, play, progress_percent=3)


def _screenplay(stage: Stage, wanted: Film) -> Screenplay:
    """Have the screenplay written: anew, or from that of the film this one is made from."""
    request, repertoire = wanted.request, stage.crew.repertoire
    writer = stage.crew.writers[request.writer]
    if request.origin is None:
        return writer.write(
            request.prompt,
            repertoire=repertoire,
            language=request.language,
            seed=wanted.seed,
            duration_ms=request.duration_ms,
        )
    with stage.database.transaction() as session:
        play = store.screenplay(session, request.origin.screenplay)
        earlier = store.shots_of(session, request.origin.film)
    if request.origin.how != "extension":
        return writer.revise(play, request.prompt, repertoire=repertoire, seed=wanted.seed)
    return writer.extend(
        play,
        request.prompt,
        repertoire=repertoire,
        seed=wanted.seed,
        duration_ms=_left_ms(wanted, earlier),
    )


def _left_ms(wanted: Film, earlier: Sequence[Shot]) -> int | None:
    """Return how long the part of a film is that its earlier shots do not fill."""
    request = wanted.request
    if request.duration_ms is None:
        return None
    shot_ms = request.rate.ms_at(sum(shot.frame_count for shot in earlier))
    return max(1, request.duration_ms - shot_ms)


def _keep_screenplay(session: Session, film_id: str, play: Screenplay, **changes: object) -> None:
    digest = store.add_document(session, play)
    store.update_film(
        session,
        film_id,
        screenplay=digest,
        title=play.title,
        language=play.language,
        **changes,
    )


def _plan(stage: Stage, film_id: str) -> int:
    """Read the lines and plan the shots; returns how many there are."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        play = store.screenplay(session, wanted.screenplay)
        planned = store.shots_of(session, film_id)
        origin = wanted.request.origin
        earlier = store.shots_of(session, origin.film) if origin else ()
        parent = store.screenplay(session, origin.screenplay) if origin else None
    if planned:
        return len(planned)
    request, told, duration_ms = wanted.request, play, wanted.request.duration_ms
    goes_on = origin is not None and origin.how == "extension" and bool(earlier)
    if goes_on and parent is not None:
        # What was shot stays as it is, and only what follows is planned.
        told = msgspec.structs.replace(play, beats=play.beats[len(parent.beats) :])
        duration_ms = _left_ms(wanted, earlier)
    readings = _readings(stage, wanted, told, rate=1.0)
    rate = speech_rate(told, readings, duration_ms=duration_ms)
    if rate > 1:
        readings = _readings(stage, wanted, told, rate=round(rate, 3))
    plan = plan_shots(
        told,
        readings,
        size=request.size,
        rate=request.rate,
        seed=wanted.seed,
        duration_ms=duration_ms,
    )
    shots = (*earlier, *plan.shots) if goes_on else with_earlier(plan.shots, earlier)
    added = (*plan.notes, *_voice_notes(told, readings))
    # What a screenplay may not hold could never be read again, so the newest notes displace others.
    notes = (*play.notes[: max(0, NOTES_MAX - len(added))], *added)[:NOTES_MAX]
    # Notes and shots in one transaction: planned again after a crash, no note is said twice.
    with stage.database.transaction() as session:
        if added:
            _keep_screenplay(session, film_id, msgspec.structs.replace(play, notes=notes))
        store.set_shots(session, film_id, shots)
        store.update_film(
            session,
            film_id,
            progress_percent=8,
            duration_ms=request.rate.ms_at(sum(shot.frame_count for shot in shots)),
        )
    return len(shots)


def _readings(stage: Stage, wanted: Film, play: Screenplay, *, rate: float) -> dict[str, Reading]:
    speakers = {character.id: character for character in play.characters}
    readings = {}
    for beat in play.beats:
        for index, line in enumerate(beat.lines):
            speaker = speakers.get(line.character)
            spoken = SpokenLine(
                line=line,
                speaker=speaker,
                voice=wanted.request.voice or (speaker.voice if speaker else ""),
                rate=rate,
                seed=wanted.seed,
            )
            readings[line_key(beat, index)] = _reading(stage, spoken)
    return readings


def _reading(stage: Stage, spoken: SpokenLine) -> Reading:
    """Return how a line is read, from the record if it was read before."""
    reader = stage.crew.reader
    digest = hashlib.sha256(reader.name.encode() + msgspec.json.encode(spoken)).hexdigest()
    with stage.database.transaction() as session:
        known = store.reading_by_digest(session, digest)
    if known is not None and stage.blobs.exists(known.audio):
        return known
    heard = reader.read(spoken)
    reading = Reading(
        duration_ms=heard.duration_ms,
        phonemes=heard.phonemes,
        words=heard.words,
        audio=stage.blobs.put_bytes(heard.wave, suffix=".wav").key,
        approximated=heard.approximated,
    )
    with stage.database.transaction() as session:
        store.add_reading(session, digest, reading, at=stage.clock.now())
    return reading


def _voice_notes(play: Screenplay, readings: Mapping[str, Reading]) -> tuple[Note, ...]:
    """Say once for each reason which line a voice could only approximate."""
    reasons: dict[str, str] = {}
    for beat in play.beats:
        for index, line in enumerate(beat.lines):
            approximated = readings[line_key(beat, index)].approximated
            if approximated:
                reasons.setdefault(approximated, line.text)
    return tuple(
        Note(status="approximated", phrase=text, meaning="spoken approximately", reason=reason)
        for reason, text in reasons.items()
    )


def _shoot(stage: Stage, film_id: str, index: int) -> None:
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        shot = store.shots_of(session, film_id)[index]
        engine = stage.crew.engines[wanted.request.model].version
        taken = store.take_of(session, film.digest(shot), engine)
    if taken is not None:
        take, video, preview = taken
        if stage.blobs.exists(video):
            with stage.database.transaction() as session:
                store.report_shot(
                    session,
                    film_id,
                    index,
                    frames_done=take.frame_count,
                    preview=preview,
                    engine=take.engine,
                )
            return
        with stage.database.transaction() as session:
            store.forget_take(session, take.shot, engine)
    _shoot_anew(stage, wanted, shot, index)


def _shoot_anew(stage: Stage, wanted: Film, shot: Shot, index: int) -> None:
    watch = _ShotWatch(stage, wanted.id, index)
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as folder:
        path = Path(folder) / "take.mp4"
        take = stage.crew.engines[wanted.request.model].shoot(
            shot,
            video_path=path,
            on_frames=watch.frames_done,
            on_preview=watch.preview,
            should_stop=watch.should_stop,
        )
        video = stage.blobs.put_file(path).key
    with stage.database.transaction() as session:
        store.add_take(session, take, video=video, preview=watch.preview_key, at=stage.clock.now())
        store.report_shot(
            session,
            wanted.id,
            index,
            frames_done=shot.frame_count,
            preview=watch.preview_key,
            engine=take.engine,
        )


def _report(stage: Stage, film_id: str, index: int, *, frames_done: int, preview: str = "") -> None:
    with stage.database.transaction() as session:
        store.report_shot(session, film_id, index, frames_done=frames_done, preview=preview)


class _ShotWatch:
    """Tells the database how far a shot is, and the engine whether to go on, twice a second."""

    def __init__(self, stage: Stage, film_id: str, index: int) -> None:
        self._stage, self._film_id, self._index = stage, film_id, index
        self._job = durable.current_job()
        self._reported_s = self._asked_s = stage.clock.elapsed_s()
        self._stopped = False
        self.preview_key = ""

    def frames_done(self, count: int) -> None:
        now_s = self._stage.clock.elapsed_s()
        if now_s - self._reported_s >= REPORT_EVERY_S:
            self._reported_s = now_s
            _report(self._stage, self._film_id, self._index, frames_done=count)

    def preview(self, picture: bytes) -> None:
        self.preview_key = self._stage.blobs.put_bytes(picture, suffix=".webp").key
        _report(self._stage, self._film_id, self._index, frames_done=0, preview=self.preview_key)

    def should_stop(self) -> bool:
        # Raises through the engine when this process is stopping: the shot is not failed then,
        # whoever takes the job over begins it again.
        self._stage.jobs.raise_if_unwanted(self._job)
        now_s = self._stage.clock.elapsed_s()
        if not self._stopped and now_s - self._asked_s >= REPORT_EVERY_S:
            self._asked_s = now_s
            with self._stage.database.transaction() as session:
                self._stopped = not store.still_wanted(session, self._film_id)
        return self._stopped


def _cut(stage: Stage, film_id: str) -> None:
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        play = store.screenplay(session, wanted.screenplay)
        shots = store.shots_of(session, film_id)
        takes = store.takes_of_film(session, film_id)
    if len(takes) != len(shots):
        # Its own step said why a shot failed; here takes were lost between shooting and cutting.
        raise TakeMissing(len(shots) - len(takes))
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as name:
        folder = Path(name)
        made = cut(
            play,
            shots,
            [take for take, _ in takes],
            videos=[_local(stage, video, folder) for _, video in takes],
            waves=_waves(stage, shots),
            folder=folder,
            seed=wanted.seed,
        )
        _keep_cut(stage, film_id, made)


def _keep_cut(stage: Stage, film_id: str, made: Cut) -> None:
    with stage.database.transaction() as session:
        store.hold_blobs(session, alone=False)
        keys = {
            "video": stage.blobs.put_file(made.video).key,
            "poster": stage.blobs.put_bytes(made.poster, suffix=".webp").key,
            "captions": stage.blobs.put_file(made.captions).key,
            "manifest": stage.blobs.put_bytes(film.encode(made.manifest), suffix=".json").key,
        }
        now = stage.clock.now()
        wanted = store.update_film(
            session,
            film_id,
            status="completed",
            stage="finished",
            progress_percent=100,
            completed_at=now,
            **keys,
        )
        if wanted:
            events.record(
                session, FILM_COMPLETED, key=film_id, payload={"film_id": film_id}, at=now
            )
    if not wanted:
        # Cancelled or deleted during the cut: nobody would ever come back for these.
        with stage.database.transaction() as session:
            sweep(session, keys.values(), stage.blobs)


def _local(stage: Stage, key: str, folder: Path) -> Path:
    return stage.blobs.path(key) or stage.blobs.fetch(key, folder / key.rpartition("/")[2])


def _waves(stage: Stage, shots: Sequence[Shot]) -> dict[str, bytes]:
    keys = {speech.audio for shot in shots for speech in shot.speeches}
    return {key: stage.blobs.read(key) for key in keys}
