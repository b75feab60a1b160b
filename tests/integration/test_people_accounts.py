"""An account from its first hour to its last, over HTTP."""

import io
import json
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import httpx2
import psycopg
from PIL import Image
from psycopg import sql
from starlette.testclient import TestClient

from authenticator import Authenticator
from matinee.kit.db import Database
from matinee.people import keys
from people_builders import HOST, PASSWORD, URL, a_site, signed_up

NEW = "another walk by the river"
WHO_CANNOT: list[tuple[dict[str, object], int, str]] = [
    ({"handle": "ad"}, 422, "people.handle_invalid"),
    ({"handle": "Support"}, 422, "people.handle_invalid"),
    ({"handle": "0perator"}, 422, "people.handle_invalid"),
    ({"handle": "аda"}, 422, "people.handle_invalid"),
    ({"handle": "marla"}, 409, "people.handle_taken"),
    ({"handle": "mar_l"}, 409, "people.handle_taken"),
    ({"password": "short"}, 422, "people.password_weak"),
    ({"password": "newcomer2024"}, 422, "people.password_weak"),
    ({"born": "2020-01-01"}, 403, "people.too_young"),
    ({"born": "1820-01-01"}, 422, "people.profile_invalid"),
    ({"email": "nowhere"}, 422, "people.profile_invalid"),
    ({"email": "a@b.org\nBcc: all@b.org"}, 422, "people.profile_invalid"),
    ({"language": "english please"}, 422, "people.profile_invalid"),
    ({"roles": ["operator"]}, 422, "people.request_invalid"),
    ({"name": "a\0b"}, 422, "people.profile_invalid"),
    ({"handle": "a\0b"}, 422, "people.handle_invalid"),
]


def refused(answer: httpx2.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text


def logged_in(browser: TestClient, login: str, password: str = PASSWORD) -> httpx2.Response:
    return browser.post("/api/session", json={"login": login, "password": password})


def test_a_newcomer_signs_up_proves_their_address_and_changes_what_they_are_called(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada = signed_up(site, "Ada", email="ada@example.org", language="zh-Hans")
        assert "__Host-matinee_session" in ada.cookies
        me = ada.get("/api/me").json()
        assert me["person"] | {"id": ""} == {
            "id": "",
            "handle": "ada",
            "name": "Ada",
            "email": "ada@example.org",
            "email_verified": False,
            "roles": [],
            "plan": "ordinary",
            "minor": False,
            "language": "zh-Hans",
            "picture": None,
            "bio": "",
            "born": "1990-05-17",
        } | {"name": me["person"]["name"]}
        assert me["quota"] == {
            "films_today": 0,
            "films_per_day": 30,
            "seconds_max": 15,
            "resets_at": None,
        }
        assert "邮箱" in site.letters.mails[-1].subject
        token = site.letters.link()
        assert site.browser().post(f"/api/email-verifications/{token}").status_code == 204
        refused(
            site.browser().post(f"/api/email-verifications/{token}"), 403, "people.token_refused"
        )
        wish = {
            "name": "Ada L.",
            "settings": {"autoplay": False, "wellbeing": {"daily_minutes": 30}},
        }
        changed = ada.patch("/api/me", json=wish).json()
        assert changed["person"]["name"] == "Ada L."
        assert changed["person"]["email_verified"] is True
        assert changed["settings"]["autoplay"] is False
        assert changed["settings"]["wellbeing"]["daily_minutes"] == 30
        refused(ada.patch("/api/me", json={"settings": {"teen": 3}}), 422, "people.profile_invalid")
        refused(ada.patch("/api/me", json={"roles": []}), 422, "people.request_invalid")
        # Another address would be another way in, so it needs the password once that is not fresh.
        site.clock.advance(timedelta(minutes=6))
        moved = {"email": "ada@example.com"}
        refused(ada.patch("/api/me", json=moved), 403, "people.proof_required")
        after = ada.patch("/api/me", json={**moved, "password": PASSWORD}).json()["person"]
        assert (after["email"], after["email_verified"]) == ("ada@example.com", False)


def test_who_cannot_sign_up_is_told_why(database: Database, home: Path) -> None:
    with a_site(database, home) as site:
        signed_up(site, "marl")
        signed_up(site, "mar1a")
        for told, status, code in WHO_CANNOT:
            site.clock.advance(timedelta(minutes=30))
            newcomer = {"handle": "newcomer", "password": PASSWORD, "born": "1990-05-17"}
            applied = {**newcomer, **told}
            refused(site.browser().post("/api/people", json=applied), status, code)
        # A minor is let in, in a mode that they cannot leave by themselves.
        teen = signed_up(site, "tim", born=f"{site.clock.now().year - 14}-01-01")
        me = teen.get("/api/me").json()
        assert (me["person"]["minor"], me["person"]["roles"]) == (True, ["minor"])
        assert all(me["settings"]["teen"].values())
        loose = {"settings": {"teen": {"friends_only": False}}}
        refused(teen.patch("/api/me", json=loose), 403, "people.adults_only")
        site.clock.advance(timedelta(days=5 * 366))
        again = site.browser()
        assert logged_in(again, "tim").json()["person"]["minor"] is False


def test_a_stranger_learns_nothing_by_guessing_and_is_slowed_down(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        signed_up(site, "ada", email="ada@example.org")
        thief = site.browser()
        known, unknown = logged_in(thief, "ada", "x" * 12), logged_in(thief, "nobody", "x" * 12)
        refused(known, 403, "people.login_refused")
        assert known.json() == unknown.json()
        answers = [
            thief.post("/api/password-resets", json={"email": email})
            for email in ("ada@example.org", "nobody@example.org")
        ]
        assert [one.status_code for one in answers] == [202, 202]
        assert answers[0].json() == answers[1].json()
        began = len(site.letters.mails)
        # The address was never proved, so nobody is mailed a way in.
        assert began == 1
        for _ in range(9):
            refused(logged_in(thief, "ada", "x" * 12), 403, "people.login_refused")
        slowed = logged_in(thief, "@ADA")
        refused(slowed, 429, "people.too_many_tries")
        assert 0 < int(slowed.headers["retry-after"]) <= 60
        site.clock.advance(timedelta(seconds=61))
        assert logged_in(site.browser(), "ada").status_code == 200
        with psycopg.connect(database.url) as connection:
            kept = connection.execute("select encode(name, 'escape') from people.bucket").fetchall()
        assert not any("ada" in row[0] for row in kept)


def test_a_session_is_new_at_every_sign_in_and_can_be_ended_from_elsewhere(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        phone = signed_up(site, "ada")
        first = phone.cookies["__Host-matinee_session"]
        assert logged_in(phone, "ada").status_code == 200
        assert phone.cookies["__Host-matinee_session"] != first
        stolen = site.browser()
        stolen.cookies.set("__Host-matinee_session", first)
        refused(stolen.get("/api/me"), 401, "people.sign_in_required")
        laptop = site.browser(**{"user-agent": "Laptop"})
        assert logged_in(laptop, "ada").status_code == 200
        listed = phone.get("/api/me/sessions").json()["sessions"]
        assert {one["device"]: one["current"] for one in listed} == {
            "Tester": True,
            "Laptop": False,
        }
        other = next(one["id"] for one in listed if not one["current"])
        assert phone.delete(f"/api/me/sessions/{other}").status_code == 204
        refused(laptop.get("/api/me"), 401, "people.sign_in_required")
        refused(phone.delete(f"/api/me/sessions/{other}"), 404, "people.session_not_found")
        # A page of another site cannot sign anybody in or use the session.
        foreign = phone.get("/api/me", headers={"sec-fetch-site": "cross-site"})
        refused(foreign, 403, "web.foreign_origin")
        evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        told = {"login": "ada", "password": PASSWORD}
        forced = site.browser(**evil).post("/api/session", json=told)
        refused(forced, 403, "web.foreign_origin")
        cookie = logged_in(phone, "ada").headers["set-cookie"].lower()
        for attribute in ("httponly", "secure", "samesite=strict", "path=/"):
            assert attribute in cookie
        assert phone.delete("/api/session").status_code == 204
        refused(phone.get("/api/me"), 401, "people.sign_in_required")


def test_a_password_is_set_anew_by_mail_once_and_ends_every_session(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada = signed_up(site, "ada", email="ada@example.org")
        site.browser().post(f"/api/email-verifications/{site.letters.link()}")
        stranger = site.browser()
        stranger.post("/api/password-resets", json={"email": "Ada@Example.org"})
        token = site.letters.link()
        assert "hour" in site.letters.mails[-1].text
        weak = stranger.post(f"/api/password-resets/{token}", json={"password": "x"})
        refused(weak, 422, "people.password_weak")
        key = ada.post("/api/me/keys", json={"name": "phone"}).json()["secret"]
        program = {"authorization": f"Bearer {key}"}
        assert stranger.get("/api/me", headers=program).status_code == 200
        # A refused password has not used the link up.
        reset = stranger.post(f"/api/password-resets/{token}", json={"password": NEW})
        assert reset.status_code == 200, reset.text
        assert stranger.get("/api/me").json()["person"]["handle"] == "ada"
        refused(ada.get("/api/me"), 401, "people.sign_in_required")
        refused(site.browser().get("/api/me", headers=program), 401, "people.key_refused")
        again = stranger.post(f"/api/password-resets/{token}", json={"password": NEW})
        refused(again, 403, "people.token_refused")
        stranger.post("/api/password-resets", json={"email": "ada@example.org"})
        late = site.letters.link()
        site.clock.advance(timedelta(hours=1))
        expired = stranger.post(f"/api/password-resets/{late}", json={"password": NEW})
        refused(expired, 403, "people.token_refused")
        refused(logged_in(site.browser(), "ada"), 403, "people.login_refused")
        assert logged_in(ada, "ada@example.org", NEW).status_code == 200
        wish = {"old": NEW, "new": PASSWORD}
        assert ada.post("/api/me/password", json=wish).status_code == 204
        refused(stranger.get("/api/me"), 401, "people.sign_in_required")
        assert ada.get("/api/me").status_code == 200
        assert "changed" in site.letters.mails[-1].subject


def test_who_only_states_an_address_loses_it_to_whoever_proves_it(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        thief = signed_up(site, "thief", email="ada@example.org")
        early = site.letters.link()
        ada = signed_up(site, "ada", email="ada@example.org")
        site.browser().post(f"/api/email-verifications/{site.letters.link()}")
        assert ada.get("/api/me").json()["person"]["email_verified"] is True
        assert thief.get("/api/me").json()["person"]["email"] is None
        late = site.browser().post(f"/api/email-verifications/{early}")
        refused(late, 403, "people.token_refused")
        refused(logged_in(site.browser(), "ada@example.org", NEW), 403, "people.login_refused")
        assert logged_in(site.browser(), "ada@example.org").status_code == 200


def test_a_passkey_signs_in_without_a_login_and_a_copy_of_it_is_noticed(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada, device = signed_up(site, "ada"), Authenticator(URL, HOST)
        options = ada.post("/api/me/passkeys/options").json()
        assert options["authenticatorSelection"]["residentKey"] == "required"
        told = {"credential": device.made(options), "name": "Phone"}
        assert ada.post("/api/me/passkeys", json=told).status_code == 201
        refused(ada.post("/api/me/passkeys", json=told), 403, "people.passkey_refused")

        def shown(**how: bool) -> httpx2.Response:
            asked = browser.post("/api/session/passkey/options").json()
            return browser.post(
                "/api/session/passkey", json={"credential": device.shown(asked, **how)}
            )

        browser = site.browser()
        assert shown().json()["person"]["handle"] == "ada"
        assert browser.get("/api/me/passkeys").json()["passkeys"][0]["used_at"]
        refused(shown(verified=False), 403, "people.passkey_refused")
        device.sign_count = 0
        refused(shown(), 403, "people.passkey_refused")
        device.sign_count, device.origin = 10, "https://evil.example"
        refused(shown(), 403, "people.passkey_refused")
        device.origin = URL
        refused(
            browser.post("/api/session/passkey", json={"credential": {"rawId": "x"}}),
            403,
            "people.passkey_refused",
        )
        late = browser.post("/api/session/passkey/options").json()
        site.clock.advance(timedelta(minutes=6))
        credential = {"credential": device.shown(late)}
        refused(
            browser.post("/api/session/passkey", json=credential), 403, "people.passkey_refused"
        )
        passkey = browser.get("/api/me/passkeys").json()["passkeys"][0]["id"]
        refused(ada.delete("/api/me/passkeys/passkey_0"), 404, "people.passkey_not_found")
        assert ada.delete(f"/api/me/passkeys/{passkey}").status_code == 204
        refused(shown(), 403, "people.passkey_refused")


def test_keys_belong_to_people_and_may_do_no_more_than_their_scopes(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada, bob = signed_up(site, "ada"), signed_up(site, "bob")
        wish = {"name": "reader", "scopes": ["films:read", "account"]}
        made = ada.post("/api/me/keys", json=wish).json()
        program = TestClient(
            site.app, base_url=URL, headers={"authorization": f"Bearer {made['secret']}"}
        )
        assert program.get("/v1/videos").json()["data"] == []
        refused(program.post("/api/films", json={"prompt": "a sea"}), 403, "people.scope_missing")
        more = {"name": "more", "scopes": ["films:write"]}
        refused(program.post("/api/me/keys", json=more), 403, "people.scope_missing")
        refused(bob.delete(f"/api/me/keys/{made['key']['id']}"), 404, "people.key_not_found")
        assert bob.get("/api/me/keys").json()["keys"] == []
        # One name for two keys of different people is no conflict; the operator names the id.
        assert bob.post("/api/me/keys", json=wish).status_code == 201
        assert ada.delete(f"/api/me/keys/{made['key']['id']}").status_code == 204
        refused(program.get("/api/films"), 401, "people.key_refused")


def test_a_picture_is_made_anew_and_what_is_no_picture_is_refused(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada = signed_up(site, "ada")
        sent = io.BytesIO()
        exif = Image.Exif()
        exif[0x010E] = "taken at home"
        Image.new("RGB", (900, 600), (200, 30, 30)).save(sent, "JPEG", exif=exif)
        url = ada.put("/api/me/picture", content=sent.getvalue()).json()["person"]["picture"]
        shown = site.browser().get(url)
        assert shown.headers["content-type"] == "image/webp"
        assert b"taken at home" not in shown.content
        assert Image.open(io.BytesIO(shown.content)).size == (512, 512)
        bomb = io.BytesIO()
        Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
        for bad in (b"", b"<svg onload=alert(1)>", sent.getvalue()[:300], bomb.getvalue()):
            refused(ada.put("/api/me/picture", content=bad), 422, "people.picture_unusable")
        assert ada.delete("/api/me/picture").json()["person"]["picture"] is None
        refused(site.browser().get(url), 404, "people.picture_not_found")
        refused(ada.get("/api/people/a%00b"), 422, "kit.text_unusable")


def exported(browser: TestClient) -> zipfile.ZipFile:
    assert browser.post("/api/me/export").status_code == 202
    until = time.monotonic() + 30
    while (status := browser.get("/api/me/export").json())["status"] == "waiting":
        assert time.monotonic() < until, status
        time.sleep(0.1)
    assert status["status"] == "ready"
    return zipfile.ZipFile(io.BytesIO(browser.get("/api/me/export/file").content))


def test_who_leaves_takes_everything_along_and_nothing_stays(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada = signed_up(site, "adalove", email="ada@example.org")
        wish = {"prompt": "A lighthouse at night.", "seconds": "1", "size": "160x90"}
        film = ada.post("/api/films", json=wish).json()["id"]
        bob = signed_up(site, "bob")
        for path in ("", "/video", "/screenplay", "/events"):
            refused(bob.get(f"/api/films/{film}{path}"), 404, "studio.film_not_found")
        refused(bob.delete(f"/api/films/{film}"), 404, "studio.film_not_found")
        assert bob.get("/api/films").json()["films"] == []
        sent = io.BytesIO()
        Image.new("RGB", (64, 64), (30, 30, 200)).save(sent, "PNG")
        picture = ada.put("/api/me/picture", content=sent.getvalue()).json()["person"]["picture"]
        refused(ada.get("/api/me/export"), 404, "people.export_not_found")
        site.house.start_worker()
        exported(ada)
        packed = exported(ada)
        # The file of an export is deleted when there is another.
        assert len(list(home.rglob("*.export.zip"))) == 1
        account = json.loads(packed.read("people/account.json"))
        assert account["person"]["email"] == "ada@example.org"
        assert "people/picture.webp" in packed.namelist()
        told = json.loads(packed.read(f"studio/films/{film}/film.json"))
        assert told["request"]["prompt"] == "A lighthouse at night."
        refused(bob.get("/api/me/export/file"), 404, "people.export_not_found")
        site.house.stop_worker()

        site.clock.advance(timedelta(minutes=6))
        refused(ada.request("DELETE", "/api/me", json={}), 403, "people.proof_required")
        wrong = ada.request("DELETE", "/api/me", json={"password": NEW})
        refused(wrong, 403, "people.proof_required")
        with database.transaction() as session:
            key, secret = keys.create(
                session,
                "left behind",
                person_id=ada.get("/api/me").json()["person"]["id"],
                ids=site.house.ids,
                at=site.clock.now(),
            )
        assert key.name == "left behind"
        bearer = {"authorization": f"Bearer {secret}"}
        named = {**bearer, "idempotency-key": "once"}
        again = {"prompt": "The lighthouse at noon.", "seconds": "4", "size": "1280x720"}
        assert site.browser().post("/v1/videos", json=again, headers=named).status_code == 200
        gone = ada.request("DELETE", "/api/me", json={"password": PASSWORD})
        assert gone.status_code == 204, gone.text
        site.deliver()
        refused(site.browser().get("/api/films", headers=bearer), 401, "people.key_refused")
        refused(logged_in(site.browser(), "adalove"), 403, "people.login_refused")
        refused(site.browser().get(picture), 404, "people.person_not_found")
        with psycopg.connect(database.url) as connection:
            tables = connection.execute(
                "select schemaname, tablename from pg_tables"
                " where schemaname not in ('pg_catalog', 'information_schema', 'dbos')"
            ).fetchall()
            for schema, table in tables:
                rows = connection.execute(
                    sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
                ).fetchall()
                for (row,) in rows:
                    for trace in ("adalove", "ada@example.org", "lighthouse"):
                        assert trace not in row.casefold(), (table, row)
        files = [path.read_bytes() for path in (home / "blobs").rglob("*") if path.is_file()]
        assert not any(b"ada@example.org" in content for content in files)
        # The name is nobody's for a month, in any spelling.
        applied = {"handle": "adal0ve", "password": PASSWORD, "born": "1990-05-17"}
        refused(site.browser().post("/api/people", json=applied), 409, "people.handle_taken")
        site.clock.advance(timedelta(days=31))
        assert site.browser().post("/api/people", json=applied).status_code == 201
