"""Likenesses over HTTP: captured, shared on one's terms, and taken back."""

import base64
import time
from pathlib import Path

from starlette.testclient import TestClient

from likeness_builders import client_of, opened
from matinee.entrypoints.uploads import PATH, PIECE_TYPE
from matinee.kit.db import Database
from matinee.likeness.adapters.fake_examiner import PlayedClip, written


def sent(client: TestClient, content: bytes) -> str:
    said = f"purpose {base64.b64encode(b'likeness').decode()}"
    headers = {"upload-length": str(len(content)), "upload-metadata": said}
    at = client.post(PATH, headers=headers).headers["location"]
    for start in range(0, len(content), 60):
        headers = {"content-type": PIECE_TYPE, "upload-offset": str(start)}
        answer = client.patch(at, headers=headers, content=content[start : start + 60])
        assert answer.status_code == 204
    return str(at.rpartition("/")[2])


def test_from_a_capture_to_taking_everything_back(  # noqa: PLR0915 - one story
    database: Database, home: Path
) -> None:
    with opened(database, home) as house:
        known = {"ada": house.person("ada"), "ben": house.person("ben")}
        client = client_of(house, known)
        ben = {"x-person": "ben"}
        assert client.get("/api/me/likeness", headers={"x-person": ""}).status_code == 401
        assert client.get("/api/me/likeness").json()["code"] == "likeness.not_found"
        capture = client.post("/api/likeness/captures").json()
        digits = "".join(map(str, capture["digits"]))
        clip = PlayedClip(person="ada", digits=digits, turns=tuple(capture["turns"]))
        address = f"/api/likeness/captures/{capture['id']}"
        assert client.get(address, headers=ben).status_code == 404
        wish = {"upload_id": sent(client, written(clip))}
        assert client.put(f"{address}/clip", json={"upload_id": "upload_0"}).status_code == 404
        assert client.put(f"{address}/clip", json=wish).json()["status"] == "checking"
        deadline_s = time.monotonic() + 60
        while client.get(address).json()["status"] == "checking" and time.monotonic() < deadline_s:
            time.sleep(0.1)
        assert client.get(address).json()["status"] == "accepted"
        assert client.put(f"{address}/clip", json={"upload_id": "again"}).status_code == 409

        text = "no politics; always wear my red glasses"
        rules = client.post("/api/me/likeness/rules", json={"text": text}).json()["rules"]
        assert client.get("/api/me/likeness").json()["rules"] == []
        mine = client.put("/api/me/likeness/rules", json={"rules": rules}).json()
        assert [one["effect"] for one in mine["rules"]] == ["never", "always"]
        assert client.get("/api/me/likeness/face").content == b"face of ada"
        assert client.get("/api/likenesses?q=ada", headers=ben).json()["likenesses"] == []
        bad = client.patch("/api/me/likeness", json={"level": "nobody"})
        assert bad.json()["code"] == "likeness.request_invalid"

        client.patch("/api/me/likeness", json={"level": "approved"})
        listed = client.get("/api/likenesses?q=ada", headers=ben).json()["likenesses"]
        assert [(one["handle"], one["usable"], one["asked"]) for one in listed] == [
            ("ada", False, None)
        ]
        assert "approved" in listed[0]["reason"]
        asked = client.put("/api/likeness/ada/requests", headers=ben)
        assert asked.json() == {"state": "asked"}
        assert client.get("/api/me/likeness").json()["requests"] == ["ben"]
        approved = client.patch("/api/me/likeness/requests/ben", json={"approve": True})
        assert approved.json()["approved"] == ["ben"]
        assert client.get("/api/likenesses?q=ada", headers=ben).json()["likenesses"][0]["usable"]
        emptied = client.patch("/api/me/likeness", json={"approved": []})
        assert emptied.json()["approved"] == []
        client.patch("/api/me/likeness", json={"approved": ["ben"]})

        film = house.ask(known["ben"], "@ada meets a friend")
        house.room.jobs.wait(film, timeout_s=60)
        told = client.get("/api/me/appearances").json()["appearances"]
        assert [(one["film_id"], one["by"], one["mine"]) for one in told] == [(film, "ben", False)]
        assert client.get("/api/me/appearances", headers=ben).json()["appearances"] == []
        assert client.delete(f"/api/me/appearances/{film}", headers=ben).status_code == 404
        revoked = client.post("/api/me/likeness/revoke", json={})
        assert revoked.json() == {"film_ids": [film]}
        assert client.get("/api/me/likeness").json()["level"] == "only_me"
        assert client.get("/api/me/appearances").json()["appearances"] == []
        assert client.delete("/api/me/likeness").status_code == 204
        assert client.get("/api/me/likeness").status_code == 404
