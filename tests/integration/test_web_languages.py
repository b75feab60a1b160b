"""Films in other languages, over HTTP against a real server and the fake translator."""

import time
from pathlib import Path
from typing import Any

import httpx

from matinee.studio.adapters.fake_writer_server import KEY, MODEL, FakeWriterServer
from server_process import a_server

PROMPT = 'A girl in a park says: "Good morning."'
ENDS_S = 60


def test_a_film_is_captioned_and_said_in_another_language(home: Path) -> None:
    with FakeWriterServer() as translator:
        there = {
            "MATINEE_WRITER_URL": translator.url,
            "MATINEE_WRITER_KEY": KEY,
            "MATINEE_WRITER_MODEL": MODEL,
        }
        with (
            a_server(home, extra=there) as served,
            httpx.Client(
                base_url=f"{served.url}/v1",
                headers={"authorization": f"Bearer {served.key()}"},
                timeout=30,
            ) as client,
        ):
            card = {"prompt": PROMPT, "model": "test_card", "size": "64x64", "seconds": "4"}
            film = ended(client, client.post("/videos", json=card).json()["id"])
            route = f"/films/{film['id']}"
            missing = client.get(f"{route}/captions/es")
            assert (missing.status_code, missing.json()["code"]) == (
                404,
                "studio.captions_missing",
            )
            track = client.post(f"{route}/captions", json={"language": "es"})
            assert track.status_code == 201
            assert "es: Good morning." in client.get(f"{route}/captions/es").text
            listed = client.get(f"{route}/captions/tracks").json()["tracks"]
            assert [one["language"] for one in listed] == ["en", "es"]
            already = client.post(f"{route}/translations", json={"language": "en"})
            assert already.json()["code"] == "studio.nothing_to_translate"
            wrong = client.post(f"{route}/translations", json={"language": "no such tag"})
            assert wrong.json()["code"] == "studio.language_invalid"
            made = client.post(f"{route}/translations", json={"language": "es"}).json()
            spanish = ended(client, made["id"])
            assert spanish["language"] == "es"
            assert "es: Good morning." in client.get(f"/films/{made['id']}/captions").text
            languages = client.get(f"{route}/languages").json()
            assert [one["language"] for one in languages["spoken"]] == ["en"]
            assert [(one["film_id"], one["shown"]) for one in languages["made"]] == [
                (spanish["id"], False)
            ]
            unfit = client.put(f"{route}/languages/es", json={"film_id": film["id"]})
            assert (unfit.status_code, unfit.json()["code"]) == (409, "studio.version_unfit")
            shown = client.put(f"{route}/languages/es", json={"film_id": spanish["id"]}).json()
            assert [one["language"] for one in shown["spoken"]] == ["en", "es"]
            assert [one["language"] for one in shown["captions"]] == ["en", "es"]
            assert shown["spoken"][1]["film_id"] == spanish["id"]
            kept = client.delete(f"{route}/languages/es").json()
            assert [one["language"] for one in kept["spoken"]] == ["en"]
            assert client.delete(route).status_code == 204


def ended(client: httpx.Client, film_id: str) -> dict[str, Any]:
    give_up_s = time.monotonic() + ENDS_S
    while time.monotonic() < give_up_s:
        film: dict[str, Any] = client.get(f"/films/{film_id}").json()
        if film["status"] in {"completed", "failed"}:
            assert film["status"] == "completed", film
            return film
        time.sleep(0.2)
    raise AssertionError(film)
