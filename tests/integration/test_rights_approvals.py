"""Films with works of others in them: refused, asked about, waiting, bound, credited.

The film of the tests is the scripted writer's, in which Bob is seen in two shots of three.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import Depends, FastAPI, Request
from sqlalchemy import text
from starlette.testclient import TestClient

import feed_builders
from matinee import ledger, rights, studio
from matinee.entrypoints import owning
from matinee.entrypoints.edges import answer_errors
from matinee.kit import events
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.ids import SystemIds
from matinee.kit.money import MicroMoney
from matinee.people import Visitor, person_by_handle
from matinee.rights import approving, departing, store
from matinee.rights.model import CREDITS, PROVIDER
from matinee.rights.web import (
    RightsDesk,
    approval_router,
    film_rights_router,
    licence_router,
    work_router,
)
from matinee.studio.model import Licensing
from matinee.studio.splicing import trim_film
from studio_builders import a_request, a_stage, an_office, ended, seen, until, working

WAIT_S = 60
CLOCK = SystemClock()
SHARED = {"preset": "shared"}  # a fifth, and the owner is asked before it advertises


@dataclass
class Town:
    """A house with people, an office, and the routes of the registry."""

    database: Database
    stage: studio.Stage
    office: studio.Office
    dispatcher: events.Dispatcher
    client: TestClient

    def ask(self, who: str, prompt: str = "two friends meet", **said: object) -> str:
        """Ask for a film as somebody; returns its id."""
        licensing = Licensing(**said)  # type: ignore[arg-type]
        office = replace(self.office, requester=f"person_{who}", licensing=licensing)
        with self.database.transaction() as session:
            return studio.request_film(session, a_request(prompt=prompt), office=office).id

    def told(self) -> None:
        """Let everybody hear what happened so far."""
        while self.dispatcher.deliver():
            pass

    def get(self, who: str, path: str) -> dict[str, Any]:
        """Read as somebody."""
        found = self.client.get(f"/api{path}", headers={"x-test-person": who})
        assert found.status_code == 200, found.text
        return cast("dict[str, Any]", found.json())

    def send(
        self, who: str, path: str, body: object, *, method: str = "POST", code: int = 201
    ) -> dict[str, Any]:
        """Write as somebody."""
        done = self.client.request(method, f"/api{path}", json=body, headers={"x-test-person": who})
        assert done.status_code == code, done.text
        return cast("dict[str, Any]", done.json())

    def work(self, title: str = "Bob", **more: object) -> dict[str, Any]:
        """Enter a character of the studio's under shared terms, and prove it."""
        wish = {"kind": "character", "title": title, "licence": SHARED, **more}
        made = self.send("studio", "/works", wish)
        if made["standing"] == "unproven":
            proof = {"statement": "We drew it in 1999."}
            sent = self.send("studio", f"/works/{made['id']}/proofs", proof)
            made = self.send("moira", f"/desk/proofs/{sent['id']}", {"accepted": True}, code=200)
        return made


@contextmanager
def a_town(database: Database, stage: studio.Stage, office: studio.Office) -> Iterator[Town]:
    with database.transaction() as session:
        for handle in ("studio", "partner", "fan", "other", "moira"):
            feed_builders.a_person(session, handle)
        session.execute(
            text("update people.person set roles = '{moderator}' where handle = 'moira'")
        )
    room = rights.registering.Room(ids=SystemIds(CLOCK))
    dispatcher = events.Dispatcher(database, CLOCK)
    owning.subscribe(
        dispatcher, blobs=stage.blobs, office=office, clock=CLOCK, ids=SystemIds(CLOCK)
    )
    app = FastAPI()
    answer_errors(app)

    def entered(request: Request) -> None:
        handle = request.headers.get("x-test-person", "")
        request.state.visitor = None
        if handle:
            with database.transaction() as session:
                request.state.visitor = Visitor(person_by_handle(session, handle))

    desk = RightsDesk(
        database=database,
        blobs=stage.blobs,
        clock=CLOCK,
        uploads=stage.likenesses.uploads,
        room=room,
        may_see=owning.sees,
        manifest_key=owning.manifest_key,
    )
    for router in (work_router, licence_router, approval_router, film_rights_router):
        app.include_router(router(desk), prefix="/api", dependencies=[Depends(entered)])
    yield Town(database, stage, office, dispatcher, TestClient(app))


@pytest.fixture
def town(database: Database, home: Path) -> Iterator[Town]:
    """A house at work."""
    stage = a_stage(database, home)
    with working(stage) as office, a_town(database, stage, office) as made:
        yield made


def waits(town: Town, film_id: str) -> studio.Film:
    return until(
        town.database, film_id, lambda film: film.status == "waiting_for_approval" or film.ended
    )


def test_a_film_is_refused_allowed_or_bound_by_the_terms_of_what_it_shows(town: Town) -> None:
    work = town.work()
    own = ended(town.database, town.ask("studio"))
    assert own.error is None
    made = ended(town.database, town.ask("fan"))
    assert made.error is None
    town.told()
    # A later version binds no film that was made before.
    town.send(
        "studio", f"/works/{work['id']}/licence", {"preset": "not_allowed"}, method="PUT", code=200
    )
    credits_ = town.get("fan", f"/films/{made.id}/attribution")
    (credit,) = credits_["works"]
    assert (credit["title"], credit["licence"]["version"]) == ("Bob", 1)
    assert credit["licence"]["terms"]["share_bps"] == 2_000
    shown = sum(count for _, count in credit["runs"])
    assert credit["frames_ppm"] == shown * 1_000_000 // credits_["frame_count"]
    assert 0 < credit["picture_ppm"] < credit["frames_ppm"]
    with town.database.transaction() as session:
        family = store.film_family(session, made.id, depth_max=0)
    assert [(use.licence.version, use.presence_ppm) for use in family.uses] == [
        (1, credit["frames_ppm"])
    ]
    refused = ended(town.database, town.ask("fan"))
    assert refused.error is not None
    assert refused.error.code == "rights.use_refused"
    ruling = town.get("fan", f"/films/{refused.id}/rights")["ruling"]
    with town.database.transaction() as session:  # who sees every film
        session.execute(
            text("update people.person set roles = '{operator}' where handle = 'partner'")
        )
    seen = town.get("partner", f"/films/{refused.id}/rights")["ruling"]
    assert any(one["found"] for one in ruling["uses"])
    assert [one["found"] for one in seen["uses"]] == [[]] * len(ruling["uses"])
    assert ruling["uses"][0]["nearest"]["kind"] == "wording"
    assert not refused.shots
    # So is a piece of it, which has no words of its own.
    with town.database.transaction() as session:
        office = replace(town.office, requester="person_fan")
        cut = trim_film(session, made.id, start_ms=0, end_ms=2_000, office=office).id
    error = ended(town.database, cut).error
    assert error is not None
    assert error.code == "rights.use_refused"
    # A remix of the first film is held against the terms of today.
    with town.database.transaction() as session:
        office = replace(town.office, requester="person_other")
        remix = studio.derive_film(session, made.id, "Hello Ann", how="remix", office=office).id
    assert ended(town.database, remix).error is not None


def test_what_is_not_proven_or_not_agreed_to_binds_nobody(town: Town) -> None:
    wish = {
        "kind": "character",
        "title": "Bob",
        "licence": {"preset": "not_allowed"},
        "owners": [{"handle": "studio", "bps": 6_000}, {"handle": "partner", "bps": 4_000}],
    }
    work = town.send("studio", "/works", wish)
    assert (work["standing"], work["binds"]) == ("unproven", False)
    assert [one["agreed"] for one in work["owners"]] == [None, True]
    path = f"/works/{work['id']}"
    # Whoever is only asked about a share takes nobody's.
    grab = {"owners": [{"handle": "partner", "bps": 10_000}]}
    told = town.send("partner", f"{path}/owners", grab, method="PUT", code=403)
    assert told["code"] == "rights.not_an_owner"
    proof = town.send("studio", f"{path}/proofs", {"statement": "We drew it."})
    assert not town.send("moira", f"/desk/proofs/{proof['id']}", {"accepted": True}, code=200)[
        "binds"
    ]
    assert town.send("partner", f"{path}/share", {"agreed": True}, code=200)["binds"]
    again = {"agreed": True}
    assert town.send("partner", f"{path}/share", again, code=409)["code"] == "rights.already_agreed"
    assert town.send("fan", f"{path}/share", again, code=404)["code"] == "rights.share_not_offered"
    patch = {"title": "Mine"}
    assert town.send("fan", path, patch, method="PATCH", code=403)["code"] == "rights.not_an_owner"
    wrong = {"terms": {"allowed": False, "uses": [], "share_bps": 100}}
    told = town.send("fan", "/licences/words", wrong, code=422)
    assert told["code"] == "rights.terms_contradict"
    shares = {**wish, "owners": [{"handle": "studio", "bps": 9_000}]}
    assert town.send("studio", "/works", shares, code=422)["code"] == "rights.shares_not_whole"
    # The smaller owner alone changes no terms; the same wish of the larger makes them hold.
    wanted = town.send("partner", f"{path}/licence", SHARED, method="PUT", code=200)
    assert wanted["holds"] is False
    held = town.send("studio", f"{path}/licence", SHARED, method="PUT", code=200)
    assert held["licence"]["version"] == 2
    policy = town.get("fan", f"{path}/licence/odrl")
    sent = town.send("studio", f"{path}/licence/odrl", policy, method="PUT", code=200)
    assert sent["licence"]["version"] == 2
    assert "<rsl" in town.client.get("/api/catalogue.rsl").text
    (listed,) = town.get("fan", "/works")["works"]
    assert listed["licence"]["version"] == 2
    assert work["id"] in town.client.get("/api/catalogue.rsl").text
    town.told()
    contested = town.send("other", f"{path}/conflicts", {"bps": 5_000, "ground": "I drew it."})
    (conflict,) = contested["conflicts"]
    assert conflict["claimant"]["handle"] == "other"
    end = f"/desk/conflicts/{work['id']}/{conflict['id']}"
    owners = {"owners": [{"handle": "other", "bps": 10_000}]}
    assert town.send("moira", end, owners, code=200)["owners"][0]["person"]["handle"] == "other"


def test_nobody_of_the_house_decides_about_a_work_of_their_own(town: Town) -> None:
    own = town.send("moira", "/works", {"kind": "character", "title": "Moi"})
    proof = town.send("moira", f"/works/{own['id']}/proofs", {"statement": "I drew it."})
    told = town.send("moira", f"/desk/proofs/{proof['id']}", {"accepted": True}, code=403)
    assert told["code"] == "rights.own_work"
    assert town.get("moira", f"/works/{own['id']}")["standing"] == "unproven"
    work = town.work()
    contest = {"bps": 9_000, "ground": "I drew this one too."}
    (conflict,) = town.send("moira", f"/works/{work['id']}/conflicts", contest)["conflicts"]
    end = f"/desk/conflicts/{work['id']}/{conflict['id']}"
    mine = {"owners": [{"handle": "moira", "bps": 10_000}]}
    assert town.send("moira", end, mine, code=403)["code"] == "rights.own_work"
    (owner,) = town.get("fan", f"/works/{work['id']}")["owners"]
    assert owner["person"]["handle"] == "studio"


def test_a_majority_of_the_shares_decides_and_refusal_or_time_ends_the_film(town: Town) -> None:
    owners = [{"handle": "studio", "bps": 5_000}, {"handle": "partner", "bps": 5_000}]
    work = town.work(owners=owners)
    town.send("partner", f"/works/{work['id']}/share", {"agreed": True}, code=200)
    town.send("partner", f"/works/{work['id']}/licence", SHARED, method="PUT", code=200)
    films = [town.ask("fan", use="advertising") for _ in range(4)]
    for film_id in films:
        assert waits(town, film_id).status == "waiting_for_approval"
    queue = town.get("studio", "/approvals")["approvals"]
    asked = {one["film_id"]: one["id"] for one in queue}
    assert set(asked) == set(films)
    assert town.get("other", "/approvals")["approvals"] == []
    granted, refused, cancelled, late = (f"/approvals/{asked[one]}" for one in films)
    # Half of the shares is not more than half.
    assert town.send("studio", granted, {"decision": "grant"}, code=200)["state"] == "waiting"
    assert town.send("partner", granted, {"decision": "grant"}, code=200)["state"] == "granted"
    no = {"decision": "refuse"}
    assert town.send("studio", refused, no, code=422)["code"] == "rights.reason_missing"
    assert town.send("fan", granted, no, code=403)["code"] == "rights.not_an_owner"
    assert town.send("other", granted, no, code=404)["code"] == "rights.approval_not_found"
    why = {"decision": "refuse", "reason": "not for beer"}
    assert town.send("partner", refused, why, code=200)["state"] == "refused"
    with town.database.transaction() as session:
        studio.cancel_film(session, films[2], clock=CLOCK)
        assert approving.expire(session, at=CLOCK.now()) == 0
    town.told()
    assert town.send("studio", cancelled, why, code=409)["code"] == "rights.approval_ended"
    with town.database.transaction() as session:
        assert approving.expire(session, at=CLOCK.now() + timedelta(days=8)) == 1
    town.told()
    assert ended(town.database, films[0]).error is None
    codes = [seen(town.database, one).error for one in films[1:]]
    assert [one.code for one in codes if one] == [
        "rights.approval_refused",
        "studio.film_cancelled",
        "rights.approval_expired",
    ]
    assert "not for beer" in (codes[0].message if codes[0] else "")
    assert town.send("studio", late, why, code=409)["code"] == "rights.approval_ended"


def test_a_price_is_said_accepted_and_paid_before_a_frame_and_given_back_with_the_film(
    town: Town,
) -> None:
    terms = {"terms": {"allowed": True, "price": {"micro": 150_000_000, "currency": "EUR"}}}
    town.work(licence=terms)
    told = town.send("fan", "/rights/check", {"prompt": "Bob waves at the sea."}, code=200)
    assert (told["verdict"], told["prices"]) == (
        "terms",
        [{"micro": 150_000_000, "currency": "EUR"}],
    )
    unsaid = ended(town.database, town.ask("fan"))
    assert unsaid.error is not None
    assert unsaid.error.code == "rights.price_not_accepted"
    pays = MicroMoney.of("1.50 EUR")
    poor = ended(town.database, town.ask("fan", pays=pays))
    assert poor.error is not None
    assert poor.error.code == "rights.credits_missing"
    credits_ = ledger.Account(CREDITS, "person_fan", "EUR")
    earned = ledger.Account(rights.EARNINGS, "person_studio", "EUR")
    with town.database.transaction() as session:
        bank = ledger.Account(PROVIDER, "payments", "EUR")
        entries = (ledger.Entry(bank, -200_000_000), ledger.Entry(credits_, 200_000_000))
        ledger.post(
            session, [ledger.Journal("c1", "rights.credits", entries, CLOCK.now())], at=CLOCK.now()
        )
    made = ended(town.database, town.ask("fan", pays=pays))
    assert made.error is None

    def balances() -> list[int]:
        with town.database.transaction() as session:
            held = ledger.balances(session, [credits_, earned])
            return [held[one].micro for one in (credits_, earned)]

    left, got = balances()
    assert (left, 0 < got <= 150_000_000) == (50_000_000, True)
    with town.database.transaction() as session:  # its maker deletes it while it is being made
        session.execute(
            text("update studio.film set status = 'in_progress' where id = :id"), {"id": made.id}
        )
        studio.delete_film(session, made.id, at=CLOCK.now())
    town.told()
    assert balances() == [200_000_000, 0]


def test_a_film_that_waits_outlives_its_worker_and_goes_on_when_it_may(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    script = Path(__file__).with_name("making_process.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def a_worker() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(script), database.url, str(home)], env=environment
        )

    with a_town(database, stage, office) as town:
        town.work()
        first = a_worker()
        try:
            film_id = town.ask("fan", use="advertising")
            assert waits(town, film_id).status == "waiting_for_approval"
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait(WAIT_S)
        second = a_worker()
        try:
            time.sleep(2)  # whoever takes the dead worker's jobs over leaves this one alone
            assert seen(database, film_id).status == "waiting_for_approval"
            (asked,) = town.get("studio", "/approvals")["approvals"]
            town.send("studio", f"/approvals/{asked['id']}", {"decision": "grant"}, code=200)
            town.told()
            town.told()
            assert ended(database, film_id).error is None
        finally:
            second.send_signal(signal.SIGKILL)
            second.wait(WAIT_S)
        town.told()
        (credit,) = town.get("fan", f"/films/{film_id}/attribution")["works"]
        assert credit["licence"]["version"] == 1


def test_an_owner_takes_along_what_the_registry_holds_of_them(town: Town) -> None:
    work = town.work()
    town.send("studio", f"/works/{work['id']}/aliases", {"language": "zh", "name": "鲍勃"})
    with town.database.transaction() as session:
        taken = dict(departing.exported(session, "person_studio"))
        assert dict(departing.exported(session, "person_fan")) == {}
    document = taken[f"works/{work['id']}/work.json"]
    assert isinstance(document, bytes)
    assert "鲍勃" in document.decode()
    assert b"We drew it in 1999." in document
