"""A studio with people and likenesses: clips are written, words are a dozen, cards are shot."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from sqlalchemy import text
from starlette.testclient import TestClient

from matinee import likeness, people, studio
from matinee.entrypoints.edges import answer_errors
from matinee.entrypoints.uploads import Tus, upload_router
from matinee.film import FrameRate, FrameSize
from matinee.kit import durable, events
from matinee.kit.db import Database
from matinee.likeness import actions, capturing, workflows
from matinee.likeness.adapters.fake_examiner import PlayedClip, written
from matinee.likeness.consent import Level
from matinee.likeness.model import Capture, FilmSeen
from matinee.likeness.web import LikenessDesk, likeness_router
from matinee.people import Person, Visitor
from matinee.studio import leaving, sweeping, withdrawing
from matinee.studio.adapters.test_card_engine import TestCardEngine
from studio_builders import a_stage, seen

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class House:
    """A studio with people, likenesses and whoever tells the one of the other."""

    database: Database
    stage: studio.Stage
    office: studio.Office
    keeping: workflows.Keeping
    blobs_folder: Path

    @property
    def room(self) -> likeness.Room:
        return self.stage.likenesses

    def person(self, handle: str, **fields: object) -> Person:
        with self.database.transaction() as session:
            session.execute(
                text(
                    "insert into people.person (id, handle, skeleton, name, roles, created_at)"
                    " values (:id, :handle, :handle, :name, :roles, :at)"
                ),
                {
                    "id": f"person_{handle}",
                    "handle": handle,
                    "name": handle.title(),
                    "roles": list(fields.get("roles", [])),  # type: ignore[call-overload]
                    "at": NOON,
                },
            )
            found = people.person_by_handle(session, handle)
        assert found is not None
        return found

    def handed_in(self, who: Person, **clip: object) -> Capture:
        """Capture somebody with a clip that does what was asked, but for `clip`."""
        with self.database.transaction() as session:
            capture = capturing.begin_capture(session, who, room=self.room)
        asked = capture.challenge
        fields = {"person": who.handle, "digits": asked.digits, "turns": asked.turns, **clip}
        fields.setdefault("session", capture.id)
        content = written(PlayedClip(**fields))  # type: ignore[arg-type]
        upload = self.room.uploads.begin(who.id, "likeness", len(content))
        with self.room.uploads.piece(upload, offset_bytes=0) as sink:
            sink.write(content)
        with self.database.transaction() as session:
            capturing.hand_in(
                session,
                who.id,
                capture.id,
                upload.id,
                room=self.room,
                examine=self.keeping.examine,
            )
        self.room.jobs.wait(capture.id, timeout_s=60)
        with self.database.transaction() as session:
            return capturing.capture_of(session, who.id, capture.id)

    def captured(self, handle: str, level: Level = "everyone") -> Person:
        person = self.person(handle)
        assert self.handed_in(person).status == "accepted"
        self.terms(person, level=level)
        return person

    def terms(self, person: Person, **changes: object) -> None:
        with self.database.transaction() as session:
            mine = actions.likeness_of(session, person)
            assert mine is not None
            actions.set_terms(session, mine, room=self.room, **changes)  # type: ignore[arg-type]

    def ask(self, maker: Person, prompt: str, **changes: object) -> str:
        fields: dict[str, object] = {
            "prompt": prompt,
            "size": FrameSize(128, 72),
            "rate": FrameRate(12),
            "writer": "scripted",
            "model": "test_card",
            **changes,
        }
        request = studio.FilmRequest(**fields)  # type: ignore[arg-type]
        office = replace(self.office, requester=maker.id)
        with self.database.transaction() as session:
            return studio.request_film(session, request, office=office).id

    def derive(self, maker: Person, film: str, prompt: str, how: studio.How = "remix") -> str:
        office = replace(self.office, requester=maker.id)
        with self.database.transaction() as session:
            return studio.derive_film(session, film, prompt, how=how, office=office).id

    def files(self) -> set[str]:
        return {
            str(path.relative_to(self.blobs_folder))
            for path in self.blobs_folder.rglob("*")
            if path.is_file()
        }

    def named(self, film: str) -> set[str]:
        """Every blob that a film is made of, its takes too."""
        found = seen(self.database, film)
        keys = {found.video, found.poster, found.captions, found.manifest}
        with self.database.transaction() as session:
            takes = session.execute(
                text(
                    "select t.video, t.preview from studio.shot s join studio.take t"
                    " on t.shot = s.digest where s.film = :film"
                ),
                {"film": film},
            ).all()
        return {key for key in (*keys, *(key for row in takes for key in row)) if key}


def client_of(house: House, known: Mapping[str, Person]) -> TestClient:
    """The routes of likenesses and uploads, for whoever `x-person` names."""

    def films(_session: object, ids: object) -> dict[str, FilmSeen]:
        return {
            one: FilmSeen(id=one, title="t", status="completed", maker="person_ben", created_at=at)
            for one in ids  # type: ignore[attr-defined]
        }

    at = known["ada"].created_at
    desk = LikenessDesk(
        database=house.database,
        room=house.room,
        keeping=house.keeping,
        films=films,
    )
    app = FastAPI()
    answer_errors(app)

    def visitor(request: Request) -> None:
        person = known.get(request.headers.get("x-person", ""))
        request.state.visitor = Visitor(person) if person else None

    seen = [Depends(visitor)]
    app.include_router(likeness_router(desk), prefix="/api", dependencies=seen)
    app.include_router(upload_router(house.room.uploads), prefix="/api", dependencies=seen)
    return TestClient(Tus(app), headers={"x-person": "ada", "tus-resumable": "1.0.0"})


@contextmanager
def opened(database: Database, home: Path, **card: float) -> Iterator[House]:
    stage = a_stage(database, home, card=TestCardEngine(**card))
    making = studio.install(stage)
    keeping = likeness.install(database, stage.likenesses)
    office = studio.Office(
        crew=stage.crew,
        clock=stage.clock,
        ids=stage.likenesses.ids,
        jobs=stage.jobs,
        likenesses=stage.likenesses,
        make_film=making.make_film,
    )
    dispatcher = events.Dispatcher(database, stage.clock)
    dispatcher.subscribe(likeness.REVOKED, "studio.withdraw", withdrawing.on_revoked)
    dispatcher.subscribe(
        sweeping.BLOBS_ORPHANED,
        "studio.remove_orphans",
        lambda session, event: leaving.remove_orphans(session, event, stage.blobs),
    )
    queues = [*studio.QUEUES, *likeness.QUEUES]
    worker = durable.Worker(database, queues, poll_s=0.05)
    worker.start()
    dispatcher.start()
    try:
        yield House(database, stage, office, keeping, home / "blobs")
    finally:
        dispatcher.stop()
        worker.stop()
