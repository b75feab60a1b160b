"""Shooting: one shot of a film is taken, or found to have been taken before."""

import tempfile
from pathlib import Path

from matinee import film
from matinee.film import Shot
from matinee.kit import durable
from matinee.studio import store
from matinee.studio.abilities import Errand, Guides
from matinee.studio.model import Film
from matinee.studio.picturing import picture_files

from .ground import Stage

REPORT_EVERY_S = 0.5


def shoot(stage: Stage, film_id: str, index: int) -> None:
    """Take one shot of a film, unless its take exists; raises what the engine raises."""
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
            guides=Guides(pictures=picture_files(shot, stage.blobs, Path(folder))),
            errand=Errand(
                on_frames=watch.frames_done,
                on_preview=watch.preview,
                should_stop=watch.should_stop,
            ),
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
