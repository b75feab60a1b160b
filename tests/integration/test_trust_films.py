"""Films held against the rules, sealed, known again, taken away, withdrawn and made again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.testclient import TestClient

from matinee import people, studio, trust
from matinee.entrypoints import trusting
from matinee.entrypoints.edges import answer_errors
from matinee.kit import events
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.ids import SystemIds
from matinee.people import OPERATOR_ID, Visitor
from matinee.people.actions import Applicant, sign_up
from matinee.people.adapters.outbox_mailer import OutboxMailer
from matinee.studio.downloading import Counter, download_of
from matinee.studio.web.videos import video_of
from matinee.trust import hearing, provenance
from matinee.trust.provenance import Sealer, house_identity
from matinee.trust.web import TrustDesk, desk_router, objection_router, verify_router
from studio_builders import a_stage, asked, ended, seen, until, working

REASON = "It shows somebody who did not agree."
BAD = "Taylor Swift walks along the beach"


@contextmanager
def making(database: Database, home: Path) -> Iterator[tuple[studio.Stage, studio.Office, str]]:
    identity = house_identity(home, at=SystemClock().now())
    plain = a_stage(database, home)
    stage = replace(plain, sealer=Sealer(identity, version="1"))
    with working(stage) as office:
        yield stage, replace(office, requester=OPERATOR_ID), identity.anchors_pem


def test_a_film_is_judged_sealed_known_again_and_taken_away_with_its_makers_handle(
    database: Database, home: Path
) -> None:
    with making(database, home) as (stage, office, anchors):
        refused = ended(database, asked(office, database, prompt=BAD))
        film = ended(database, asked(office, database))
    assert (refused.status, refused.video) == ("failed", "")
    assert refused.error is not None
    assert refused.error.refusal is not None
    assert refused.error.refusal.rule == "public_figure"
    video = video_of(refused, office.crew)
    assert video.error is not None
    assert video.error.code == "moderation_blocked"
    assert refused.error.refusal.passes in video.error.message
    with database.transaction() as session:
        case = hearing.appeal_refusal(
            session,
            refused.error.refusal.id,
            OPERATOR_ID,
            "She is my neighbour",
            at=stage.clock.now(),
            ids=SystemIds(stage.clock),
        )
        assert BAD in case.snapshot["judged"]
    assert film.seal is not None
    assert film.rating == "all"
    counter = Counter(database=database, blobs=stage.blobs, clock=stage.clock, sealer=stage.sealer)
    copy = download_of(counter, film, handle="ada")
    assert download_of(counter, seen(database, film.id), handle="ada") == copy
    files = {name: stage.blobs.fetch(key, home / f"{name}.mp4") for name, key in {
        "sealed": film.delivered, "stripped": film.video, "copy": copy,
    }.items()}  # fmt: skip
    with database.transaction() as session:
        told = {
            name: provenance.verify(session, path, anchors_pem=anchors)
            for name, path in files.items()
        }
    assert {name: one.conclusion for name, one in told.items()} == {
        "sealed": "sealed",
        "stripped": "known",
        "copy": "sealed",
    }
    assert told["copy"].seal is not None
    assert "c2pa.watermarked.unbound" in told["copy"].seal.actions
    for one in (told["sealed"], told["stripped"]):
        assert one.match is not None
        assert one.match.subject_id == film.id


def test_somebody_under_age_makes_no_film_for_adults(database: Database, home: Path) -> None:
    graphic = "A severed head rolls down the stairs"
    with making(database, home) as (stage, office, _):
        applicant = Applicant(
            handle="kid",
            name="Kid",
            password="eleven tall giraffes",  # noqa: S106
            born=date(2012, 5, 1),
        )
        at, ids = stage.clock.now(), SystemIds(stage.clock)
        with database.transaction() as session:
            kid = sign_up(session, applicant, entrance=people.Entrance(age_min=0), ids=ids, at=at)
        theirs = ended(database, asked(replace(office, requester=kid.id), database, prompt=graphic))
        own = ended(database, asked(office, database, prompt=graphic))
    assert own.rating == "mature"
    assert theirs.error is not None
    assert theirs.error.refusal is not None
    assert theirs.error.refusal.rule == "age"


def test_a_removed_film_is_withdrawn_and_made_again_when_the_appeal_succeeds(
    database: Database, home: Path
) -> None:
    with making(database, home) as (stage, office, _):
        film = ended(database, asked(office, database))
        dispatcher = events.Dispatcher(database, stage.clock)
        mailer = OutboxMailer(home / "outbox", stage.clock, sender="films@example.com")
        trusting.subscribe(dispatcher, office, mailer=mailer, public_url="https://films.example")
        ids, at = SystemIds(stage.clock), stage.clock.now()
        with database.transaction() as session:
            witness = trusting.film_witness(session, film.id)
            assert witness is not None
            case = trust.report(
                session,
                trust.Subject(kind="film", id=film.id),
                "person_eve",
                "likeness",
                "that is me",
                at=at,
                ids=ids,
                witness=witness,
            )
            hearing.decide(session, case.id, "remove", REASON, by="person_mod", at=at)
        dispatcher.deliver()
        gone = seen(database, film.id)
        assert (gone.status, gone.video, gone.seal) == ("withdrawn", "", None)
        dispatcher.deliver()
        with database.transaction() as session:
            subject = trust.Subject(kind="film", id=film.id)
            assert provenance.origin_of(session, subject) is None
            hearing.appeal_case(session, case.id, OPERATOR_ID, "not she", at=at, ids=ids)
            hearing.decide(session, case.id, "restore", REASON, by="person_other_mod", at=at)
        dispatcher.deliver()
        with database.transaction() as session:
            newest = studio.films(session, maker=OPERATOR_ID)[0]
        assert newest.id != film.id
        again = until(database, newest.id, lambda one: one.ended)
    assert again.video == film.video


def a_client(database: Database, anchors_pem: str = "") -> TestClient:
    clock = SystemClock()
    desk = TrustDesk(
        database=database,
        clock=clock,
        ids=SystemIds(clock),
        witnesses=trusting.WITNESSES,
        may_see=trusting.may_see,
        anchors_pem=anchors_pem,
    )
    app = FastAPI()
    answer_errors(app)
    with database.transaction() as session:
        operator = people.person_by_id(session, OPERATOR_ID)

    @app.middleware("http")
    async def door(request: Request, call_next: object) -> Response:
        known = request.headers.get("x-who") == "operator"
        request.state.visitor = Visitor(operator) if known else None
        answer: Response = await call_next(request)  # type: ignore[operator]
        return answer

    for router in (objection_router, desk_router, verify_router):
        app.include_router(router(desk), prefix="/api")
    return TestClient(app, raise_server_exceptions=False)


def test_anybody_may_ask_for_a_removal_and_only_moderators_see_and_decide(
    database: Database,
) -> None:
    client = a_client(database)
    asked_for = {
        "name": "Eve",
        "email": "eve@example.org",
        "reason": "likeness",
        "text": "That is my face.",
        "truthful": True,
        "subject": {"kind": "person", "id": OPERATOR_ID},
    }
    for wrong, param in (
        ({"truthful": False}, "truthful"),
        ({"text": ""}, "text"),
        ({"email": "nowhere"}, "email"),
        ({"subject": {"kind": "person", "id": "nobody"}}, "subject"),
        ({"subject": None, "url": "https://elsewhere.example/x"}, "url"),
    ):
        answer = client.post("/api/takedowns", json={**asked_for, **wrong})
        assert (answer.status_code, answer.json()["param"]) == (422, param)
    answer = client.post("/api/takedowns", json=asked_for)
    assert answer.status_code == 201
    made = answer.json()
    own = f"/api/takedowns/{made['id']}"
    assert client.get(own, params={"token": made["token"]}).json()["state"] == "open"
    assert client.get(own, params={"token": "guessed"}).status_code == 404
    assert client.get("/api/desk/cases").status_code == 401
    operator = {"x-who": "operator"}
    (case,) = client.get("/api/desk/cases", headers=operator).json()["cases"]
    assert case["decisions"] == ["remove", "keep", "escalate"]
    full = client.get(f"/api/desk/cases/{made['id']}", headers=operator).json()
    assert full["statements"][0]["email"] == "eve@example.org"
    assert [line["act"] for line in full["log"]] == ["opened", "seen"]
    decision = {"decision": "keep", "reason": REASON}
    answer = client.post(f"/api/desk/cases/{made['id']}/decisions", json=decision, headers=operator)
    assert (answer.status_code, answer.json()["code"]) == (403, "trust.own_case")
    appeal = client.post("/api/appeals", json={"text": "no", "case_id": "x"}, headers=operator)
    assert appeal.status_code == 404
    assert client.get("/api/me/decisions", headers=operator).json() == {"decisions": []}


@pytest.mark.parametrize("sent", [{"file": b"no film at all"}, {}])
def test_what_cannot_be_verified_is_refused_in_words(
    database: Database, sent: dict[str, bytes]
) -> None:
    answer = a_client(database).post("/api/verify", files=sent or None)
    assert answer.status_code == 422
    assert answer.json()["code"] == "trust.file_unreadable"
