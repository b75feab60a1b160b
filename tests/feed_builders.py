"""The feed in a test: people, finished films and the routes, without a studio at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import cast

from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import text

from matinee import feed, studio
from matinee.entrypoints.edges import answer_errors
from matinee.feed.adapters.words_embedder import WordsEmbedder
from matinee.feed.web import (
    FeedDesk,
    list_router,
    people_router,
    post_router,
    share_router,
    watch_router,
)
from matinee.film import FrameSize
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database, Session
from matinee.kit.ids import SeededIds
from matinee.people import Person, Visitor, person_by_handle
from matinee.studio import store as studio_store
from matinee.studio.model import Film, FilmRequest, Origin, Status

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SUBJECTS = feed.Subjects(WordsEmbedder())


def a_person(session: Session, handle: str, *, minor: bool = False) -> Person:
    person = Person(
        id=f"person_{handle}",
        handle=handle,
        name=handle.title(),
        born=date(2012, 1, 1) if minor else date(1990, 1, 1),
        roles=frozenset({"minor"} if minor else ()),
        created_at=NOW,
    )
    session.execute(
        text(
            "insert into people.person (id, handle, skeleton, name, born, roles, created_at)"
            " values (:id, :handle, :handle, :name, :born, :roles, :at)"
        ),
        {
            "id": person.id,
            "handle": handle,
            "name": person.name,
            "born": person.born,
            "roles": list(person.roles),
            "at": NOW,
        },
    )
    return person


def a_film(
    session: Session,
    person: Person,
    *,
    name: str = "1",
    prompt: str = "A robot walks through the city.",
    status: Status = "completed",
    origin: str = "",
    duration_ms: int = 8_000,
) -> str:
    """Store a finished film as the studio leaves it, and return its id."""
    film_id = SeededIds(f"{person.handle}/{name}").new("video")
    made_from = Origin(film=origin, how="remix", screenplay="") if origin else None
    request = FilmRequest(
        prompt=prompt,
        size=FrameSize(320, 180),
        origin=made_from,
        writer="scripted",
        model="test_card",
    )
    studio_store.add_film(
        session,
        Film(
            id=film_id,
            request=request,
            seed=1,
            status="queued",
            stage="waiting",
            progress_percent=0,
            created_at=NOW,
            duration_ms=duration_ms,
            requested_by=person.id,
        ),
    )
    studio_store.update_film(
        session, film_id, status=status, video="v/aa11.mp4", poster="p/bb22.jpg", language="en"
    )
    return film_id


@dataclass
class Site:
    """The feed's routes over a database, entered as whoever is named."""

    database: Database
    client: TestClient
    clock: ManualClock
    room: feed.Room
    films: int = field(default=0)

    def as_(self, handle: str) -> "Site":
        """The same site, entered by somebody else; an empty handle is a stranger."""
        client = TestClient(self.client.app, headers={"x-test-person": handle})
        return Site(self.database, client, self.clock, self.room, self.films)

    def people(self, *handles: str, minors: tuple[str, ...] = ()) -> None:
        with self.database.transaction() as session:
            for handle in (*handles, *minors):
                a_person(session, handle, minor=handle in minors)

    def post(self, handle: str, caption: str = "", **wish: object) -> str:
        """Let somebody post a new film; returns the post's id."""
        self.films += 1
        with self.database.transaction() as session:
            person = person_by_handle(session, handle)
            origin = str(wish.pop("origin", ""))
            film_id = a_film(session, person, name=f"{self.films}", prompt=caption, origin=origin)
        made = self.as_(handle).client.post(
            "/api/posts", json={"film_id": film_id, "caption": caption, **wish}
        )
        assert made.status_code == 201, made.text
        return str(made.json()["id"])


def a_room(clock: ManualClock | None = None) -> feed.Room:
    clock = clock or ManualClock(NOW)
    return feed.Room(
        clock=clock, ids=SeededIds("feed"), subjects=SUBJECTS, chooser=feed.Chooser(clock)
    )


def emptied(database: Database) -> Database:
    """The same database as it was when it was new, for the next example of a law."""
    with database.transaction() as session:
        session.execute(text("truncate feed.person, feed.post, feed.model, trust.case_ cascade"))
        session.execute(text("truncate studio.film cascade"))
        session.execute(text("delete from people.person where id <> 'person_operator'"))
    return database


@contextmanager
def a_site(database: Database, office: studio.Office | None = None) -> Iterator[Site]:
    clock = ManualClock(NOW)
    room = a_room(clock)
    desk = FeedDesk(database=database, room=room, office=cast("studio.Office", office))
    app = FastAPI()
    answer_errors(app)

    def entered(request: Request) -> None:
        handle = request.headers.get("x-test-person", "")
        request.state.visitor = None
        if handle:
            with database.transaction() as session:
                request.state.visitor = Visitor(person_by_handle(session, handle))

    for router in (post_router, people_router, list_router, watch_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(entered)])
    app.include_router(share_router(desk), dependencies=[Depends(entered)])
    with TestClient(app) as client:
        yield Site(database, client, clock, room)
