"""Drafts finished elsewhere, over HTTP against a real server and the fake of a provider."""

import time
from pathlib import Path
from typing import Any

import httpx

from matinee.studio.adapters.fake_openai_videos import MODEL, FakeOpenAIVideos
from matinee.studio.adapters.fake_provider import KEY
from server_process import Served, a_server

ENDS_S = 60
ENGINES = """\
[wan]
kind = "openai"
url = "{url}"
key = "{key}"
model = "{model}"
dialect = "vllm"
longest_s = 5
first_frame = true
price_per_second = "0.10 USD"
"""


def test_a_shot_is_finished_elsewhere_within_a_budget_and_compared(home: Path) -> None:
    with FakeOpenAIVideos(dialect="vllm") as fake:
        (home / "engines.toml").write_text(ENGINES.format(url=fake.url, key=KEY, model=MODEL))
        with a_server(home) as served, a_client(served) as client:
            listed = {one["id"]: one for one in client.get("/models").json()["data"]}
            assert {"stage", "wan"} <= set(listed)
            wish = {"prompt": "A robot waves.", "model": "test_card", "size": "128x72"}
            draft = ended(client, client.post("/videos", json=wish).json()["id"])
            route = f"/films/{draft['id']}/finish"
            for body, status, code in (
                ({"engine": "nobody"}, 422, "studio.model_unknown"),
                ({"engine": "wan", "shots": [99]}, 422, "studio.shot_unknown"),
                ({"engine": "wan", "budget": "0.01 USD"}, 409, "studio.budget_exceeded"),
                ({"engine": "wan", "budget": "a fortune"}, 422, None),
            ):
                refused = client.post(route, json=body)
                assert refused.status_code == status, refused.text
                assert code is None or refused.json()["code"] == code
            assert not fake.jobs
            made = client.post(route, json={"engine": "wan", "shots": [1], "budget": "5 USD"})
            assert made.status_code == 202, made.text
            final = ended(client, made.json()["id"])
            told = client.get(f"/films/{final['id']}/comparison").json()
            assert told["draft"] == draft["id"]
            (pair,) = told["pairs"]
            assert pair["engine"].startswith("wan")
            for part in ("draft_url", "final_url", "draft_preview_url"):
                assert client.get(f"/films/{pair[part]}").status_code == 200
            both = client.get(f"/films/{final['id']}/comparison.mp4")
            assert both.content[4:8] == b"ftyp"
            assert KEY not in client.get("/models").text
        assert len(fake.jobs) == 1


def a_client(served: Served) -> httpx.Client:
    held = {"authorization": f"Bearer {served.key()}"}
    return httpx.Client(base_url=f"{served.url}/v1", headers=held, timeout=30)


def ended(client: httpx.Client, film_id: str) -> dict[str, Any]:
    give_up_s = time.monotonic() + ENDS_S
    while time.monotonic() < give_up_s:
        film: dict[str, Any] = client.get(f"/films/{film_id}").json()
        if film["status"] in {"completed", "failed"}:
            assert film["status"] == "completed", film
            return film
        time.sleep(0.2)
    raise AssertionError(film)
