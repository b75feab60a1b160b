"""Shooting: one shot of a film is taken, or found to have been taken before."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from matinee import film, likeness
from matinee.film import Shot, Take
from matinee.kit import durable
from matinee.kit.money import MicroMoney
from matinee.likeness import Worn
from matinee.studio import errands, store, withdrawing
from matinee.studio.abilities import Errand, Guides
from matinee.studio.hiring import BudgetExceeded, retake
from matinee.studio.model import Engine, Film
from matinee.studio.picturing import picture_files

from . import guiding
from .ground import Stage

REPORT_EVERY_S = 0.5


def shoot(stage: Stage, film_id: str, index: int) -> None:
    """Take one shot of a film, unless its take exists; raises what the engine raises."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        shot = store.shots_of(session, film_id)[index]
    finish = wanted.request.finish
    engine = stage.crew.engines[wanted.request.model]
    if finish is None or index not in finish.shots:
        _take(stage, wanted, shot, index, engine=engine)
        return
    # A shot is finished from its draft, which is there unless somebody cleared it away.
    draft = _take(stage, wanted, shot, index, engine=engine)
    _take(stage, wanted, shot, index, engine=stage.crew.engines[finish.engine], draft=draft)


def _take(
    stage: Stage,
    wanted: Film,
    shot: Shot,
    index: int,
    *,
    engine: Engine,
    draft: Take | None = None,
) -> Take:
    """Return the take of a shot by an engine: the one that there is, or a new one."""
    version = guiding.version_of(engine, draft)
    with stage.database.transaction() as session:
        taken = store.take_of(session, film.digest(shot), version)
    if taken is None:
        return _shoot_anew(stage, wanted, shot, index, engine=engine, draft=draft)
    take, video, preview = taken
    if not stage.blobs.exists(video):
        with stage.database.transaction() as session:
            store.forget_take(session, take.shot, version)
        return _shoot_anew(stage, wanted, shot, index, engine=engine, draft=draft)
    if _is_shown(wanted, index, draft):
        with stage.database.transaction() as session:
            store.report_shot(
                session,
                wanted.id,
                index,
                frames_done=take.frame_count,
                preview=preview,
                engine=take.engine,
            )
    return take


def _shoot_anew(
    stage: Stage,
    wanted: Film,
    shot: Shot,
    index: int,
    *,
    engine: Engine,
    draft: Take | None,
) -> Take:
    version = guiding.version_of(engine, draft)
    watch = _ShotWatch(stage, wanted.id, index, version)
    if draft is not None:
        _check_budget(stage, wanted, shot, engine)
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as name:
        folder = Path(name)
        path = folder / "take.mp4"
        photos = picture_files(shot, stage.blobs, folder)
        cast = guiding.kept_cast(stage, shot, engine.abilities.reference_images, folder)
        guides = Guides(
            pictures=photos, references=cast, likenesses=_people(stage, shot, engine, folder)
        )
        if draft is not None:
            guides = guiding.guides_of(
                stage, wanted, index, draft, engine, guides, folder, watch.should_stop
            )
        take = engine.shoot(shot, video_path=path, guides=guides, errand=watch.errand())
        if draft is not None:
            take = msgspec.structs.replace(retake(take, draft), engine=version)
        take = _with_sound(stage, wanted, take, path.with_suffix(".wav"))
        video = stage.blobs.put_file(path).key
    shown = {one.likeness for one in shot.characters if one.likeness}
    with stage.database.transaction() as session:
        if shown and not withdrawing.hold_wanted(session, wanted.id):
            # Taken back while it was drawn: nobody would ever come back for these.
            name = f"{wanted.id}/{index}"
            withdrawing.orphan(session, name, (video, watch.preview_key), at=stage.clock.now())
            return take
        errands.close_errands(session, wanted.id, index, version)
        store.add_take(
            session,
            take,
            video=video,
            preview=watch.preview_key,
            likenesses=shown,
            at=stage.clock.now(),
        )
        if _is_shown(wanted, index, draft):
            store.report_shot(
                session,
                wanted.id,
                index,
                frames_done=shot.frame_count,
                preview=watch.preview_key,
                engine=take.engine,
            )
    return take


def _people(stage: Stage, shot: Shot, engine: Engine, folder: Path) -> Mapping[str, Worn]:
    """Return the captured people of a shot as files in its folder, for an engine that shows any."""
    wanted = {one.likeness for one in shot.characters if one.likeness}
    if not wanted or not engine.abilities.likenesses:
        return {}
    with stage.database.transaction() as session:
        return likeness.wear(session, wanted, folder, room=stage.likenesses)


def _is_shown(wanted: Film, index: int, draft: Take | None) -> bool:
    """Whether a take is the one that the film shows, and not the draft of that."""
    finish = wanted.request.finish
    return draft is not None or finish is None or index not in finish.shots


def _with_sound(stage: Stage, wanted: Film, take: Take, path: Path) -> Take:
    """Keep the engine's own sound, unless the studio's voices and noises are wanted."""
    finish = wanted.request.finish
    if not path.exists() or (finish is not None and not finish.own_sound):
        return take
    return msgspec.structs.replace(take, sound=stage.blobs.put_file(path).key)


def _check_budget(stage: Stage, wanted: Film, shot: Shot, engine: Engine) -> None:
    """Raise BudgetExceeded when this shot would cost more than is left."""
    budget = wanted.request.finish.budget if wanted.request.finish else None
    price = engine.abilities.price_of(shot.rate.ms_at(shot.frame_count))
    if budget is None or price is None:
        return
    with stage.database.transaction() as session:
        spent = errands.spent(session, wanted.id) or MicroMoney(0, budget.currency)
    needed = spent + price
    if (budget - needed).micro < 0:
        raise BudgetExceeded(needed=str(needed), budget=str(budget), spent=str(spent))


def _report(stage: Stage, film_id: str, index: int, *, frames_done: int, preview: str = "") -> None:
    with stage.database.transaction() as session:
        store.report_shot(session, film_id, index, frames_done=frames_done, preview=preview)


class _ShotWatch:
    """Tells the database how far a shot is, and the engine whether to go on, twice a second."""

    def __init__(self, stage: Stage, film_id: str, index: int, engine: str) -> None:
        self._stage, self._film_id, self._index, self._engine = stage, film_id, index, engine
        self._job = durable.current_job()
        self._reported_s = self._asked_s = stage.clock.elapsed_s()
        self._stopped = False
        with stage.database.transaction() as session:
            self._ticket = errands.open_ticket(session, film_id, index, engine)
        self.preview_key = ""

    def errand(self) -> Errand:
        return Errand(
            on_frames=self.frames_done,
            on_preview=self.preview,
            should_stop=self.should_stop,
            ticket=self._ticket,
            on_ticket=self.ticket,
            on_cost=self.cost,
        )

    def ticket(self, ticket: str) -> None:
        self._ticket = ticket or self._ticket
        with self._stage.database.transaction() as session:
            if ticket:
                errands.open_errand(
                    session,
                    self._film_id,
                    self._index,
                    self._engine,
                    ticket,
                    at=self._stage.clock.now(),
                )
            else:
                errands.close_errands(session, self._film_id, self._index, self._engine)

    def cost(self, cost: MicroMoney) -> None:
        with self._stage.database.transaction() as session:
            errands.charge(session, self._engine, self._ticket, cost)

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
