"""The web server as a stranger, a browser and an attacker find it: a real process, real films."""

import json
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from matinee import film as film_language
from matinee.film import Screenplay
from server_process import Served, a_page_visit, a_server, matinee, wait_for_film

PROMPT = "A robot walks through a neon city at night and says 'Hello there, city.'"
TINY = {"prompt": PROMPT, "seconds": "2", "size": "128x72", "fps": 12, "seed": 7}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def visit(served: Served) -> Iterator[httpx.Client]:
    with a_page_visit(served) as client:
        yield client


@pytest.fixture(scope="module")
def finished(visit: httpx.Client) -> dict[str, object]:
    asked = visit.post("/api/films", json={**TINY, "model": "test_card"})
    assert asked.status_code == 201, asked.text
    film = wait_for_film(visit, asked.json()["id"])
    assert film["status"] == "completed", film["error"]
    return film


def problem(answer: httpx.Response, status: int, code: str) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["code"] == code
    assert told["status"] == status
    assert "Traceback" not in answer.text
    return str(told["detail"])


def test_health_tells_of_database_and_worker(served: Served) -> None:
    health = httpx.get(f"{served.url}/healthz")
    assert health.status_code == 200
    assert {"status": "ok", "database": "ok", "worker": "ok"}.items() <= health.json().items()


def test_every_answer_wears_its_armour(served: Served) -> None:
    for path in ("/healthz", "/v1/videos", "/api/films", "/nowhere"):
        headers = httpx.get(served.url + path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_the_api_is_closed_to_strangers(served: Served) -> None:
    for method, path in (
        ("GET", "/api/films"),
        ("POST", "/api/films"),
        ("GET", "/api/options"),
        ("DELETE", "/api/films/video_00000000000000000000000000000000"),
    ):
        problem(httpx.request(method, served.url + path), 401, "people.sign_in_required")
    wrong = {"authorization": "Bearer matinee_" + "x" * 43}
    problem(httpx.get(f"{served.url}/api/films", headers=wrong), 401, "people.key_refused")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "{url}", "x-forwarded-for": "203.0.113.9"},
        {"origin": "{url}", "forwarded": "for=203.0.113.9"},
        {"origin": "{url}", "sec-fetch-site": "cross-site"},
        {"origin": "{url}", "sec-fetch-site": "same-site"},
        {"origin": "http://rebound.example", "host": "rebound.example"},
        {"origin": "null"},
        {"origin": "http://[", "host": "["},
    ],
)
def test_only_the_page_itself_gets_the_operators_session(
    served: Served, headers: dict[str, str]
) -> None:
    told = {name: value.format(url=served.url) for name, value in headers.items()}
    answer = httpx.post(f"{served.url}/api/session", headers=told)
    assert answer.status_code in {401, 403}, answer.text
    assert "set-cookie" not in answer.headers


def test_another_origin_cannot_use_the_operators_session(
    served: Served, visit: httpx.Client
) -> None:
    cookie = "matinee_session=" + str(visit.cookies["matinee_session"])
    url = f"{served.url}/api/films"
    for foreign in ({"sec-fetch-site": "same-site"}, {"origin": "http://localhost:3000"}):
        refused = httpx.post(url, json=TINY, headers={"cookie": cookie, **foreign})
        problem(refused, 403, "web.foreign_origin")
    silent = httpx.post(url, json=TINY, headers={"cookie": cookie})
    problem(silent, 403, "web.foreign_origin")
    rebound = {"cookie": cookie, "host": "rebound.example"}
    problem(httpx.get(url, headers=rebound), 401, "people.sign_in_required")


def test_the_cookie_is_kept_from_scripts_and_other_sites(served: Served) -> None:
    answer = httpx.post(f"{served.url}/api/session", headers={"origin": served.url})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    bearer = {"authorization": f"Bearer {served.key('behind a proxy')}"}
    proxied = {**bearer, "origin": "https://films.example"}
    answer = httpx.post(f"{served.url}/api/session", headers=proxied)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_revoked_key_ends_its_sessions(served: Served) -> None:
    key = served.key("to be revoked")
    with httpx.Client(base_url=served.url, headers={"sec-fetch-site": "same-origin"}) as client:
        bearer = {"authorization": f"Bearer {key}"}
        assert client.post("/api/session", headers=bearer).status_code == 204
        assert client.get("/api/films").status_code == 200
        assert matinee(served.home, "keys", "revoke", "to be revoked").returncode == 0
        problem(client.get("/api/films"), 401, "people.sign_in_required")
        problem(client.get("/api/films", headers=bearer), 401, "people.key_refused")


def test_the_page_is_served_for_every_address_a_person_may_open(served: Served) -> None:
    home = httpx.get(served.url)
    assert home.headers["cache-control"] == "no-cache"
    film = httpx.get(f"{served.url}/film/video_{'0' * 32}")
    assert (film.status_code, film.text) == (200, home.text)
    nowhere = httpx.get(f"{served.url}/nowhere/at/all")
    assert (nowhere.status_code, nowhere.text) == (404, home.text)
    script = "/assets/" + home.text.partition('src="/assets/')[2].partition('"')[0]
    asset = httpx.get(served.url + script, headers={"accept-encoding": "gzip"})
    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-encoding"] == "gzip"
    again = httpx.get(served.url, headers={"if-none-match": home.headers["etag"]})
    assert again.status_code == 304
    assert httpx.get(f"{served.url}/assets/../../wiring.py").status_code == 404
    problem(httpx.get(f"{served.url}/api/nothing"), 404, "web.not_found")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"prompt": ""}, 422, "studio.prompt_empty"),
        ({"prompt": " \n\t "}, 422, "studio.prompt_empty"),
        ({"prompt": "x" * 32_001}, 422, "studio.prompt_too_long"),
        ({"prompt": "a\x00b"}, 422, "studio.prompt_control_characters"),
        ({"prompt": 5}, 422, "studio.request_invalid"),
        ({"prompt": None}, 422, "studio.request_invalid"),
        ({"seconds": "0"}, 422, "studio.duration_invalid"),
        ({"seconds": 10_000}, 422, "studio.duration_invalid"),
        ({"seconds": "-1"}, 422, "studio.request_invalid"),
        ({"seconds": "many"}, 422, "studio.request_invalid"),
        ({"size": "127x72"}, 422, "film.frame_size_invalid"),
        ({"size": "9999999999x2"}, 422, "film.frame_size_invalid"),
        ({"fps": "1/0"}, 422, "film.frame_rate_invalid"),
        ({"fps": "1e999999999"}, 422, "film.frame_rate_invalid"),
        ({"seed": -1}, 422, "studio.seed_invalid"),
        ({"seed": 2**31}, 422, "studio.seed_invalid"),
        ({"seed": 2**90}, 422, "studio.request_invalid"),
        ({"language": "../.."}, 422, "studio.language_invalid"),
        ({"language": "en" + "-abcdefgh" * 9_000}, 422, "studio.language_invalid"),
        ({"voice": "x" * 100_000}, 422, "studio.voice_unknown"),
        ({"voice": "nobody"}, 422, "studio.voice_unknown"),
        ({"writer": "nobody"}, 422, "studio.writer_unknown"),
        ({"model": "nobody"}, 422, "studio.model_unknown"),
        ({"surprise": 1}, 422, "studio.request_invalid"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(
    visit: httpx.Client, change: dict[str, object], status: int, code: str
) -> None:
    wish = {**TINY, **change}
    answer = visit.post(
        "/api/films", content=json.dumps(wish), headers={"content-type": "application/json"}
    )
    assert len(problem(answer, status, code)) < 1000


def test_what_is_no_json_is_refused(visit: httpx.Client) -> None:
    for body in (b"", b"{", b"[]", b"\xff\xfe", b'{"prompt": "\\ud800"}', b"[" * 100_000):
        problem(visit.post("/api/films", content=body), 422, "studio.request_invalid")


def test_bodies_have_a_limit_announced_or_not(served: Served, visit: httpx.Client) -> None:
    large = b" " * (1024 * 1024 + 1)
    problem(visit.post("/api/films/stitch", content=large), 413, "web.body_too_large")

    def in_pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    unannounced = visit.post("/api/films/stitch", content=in_pieces())
    assert unannounced.status_code == 413, unannounced.text
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as raw:
        raw.sendall(
            b"POST /api/films/stitch HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n"
        )
        assert b" 413 " in raw.recv(4096)


def test_ids_and_pages_that_cannot_be_are_refused(visit: httpx.Client) -> None:
    for film_id in ("nobody", "video_" + "0" * 32, "video_%00", "x" * 5000):
        problem(visit.get(f"/api/films/{film_id}"), 404, "studio.film_not_found")
    problem(visit.get("/api/films", params={"limit": "101"}), 422, "studio.request_invalid")
    problem(visit.get("/api/films", params={"limit": "²"}), 422, "studio.request_invalid")
    problem(visit.get("/api/films", params={"after": "%00"}), 404, "studio.film_not_found")
    preview = f"/api/films/video_{'0' * 32}/shots/first/preview"
    problem(visit.get(preview), 422, "web.refused")
    problem(visit.put("/api/films"), 405, "web.method_not_allowed")


def test_events_tell_of_a_film_from_its_first_word_to_its_end(visit: httpx.Client) -> None:
    # A seed of its own, so that its shots are really shot while we watch.
    wish = {**TINY, "seed": 8, "seconds": "12", "fps": 24, "size": "960x540", "model": "test_card"}
    film_id = visit.post("/api/films", json=wish).json()["id"]
    seen, numbers = [], []
    with visit.stream("GET", f"/api/films/{film_id}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("id: "):
                numbers.append(int(line[4:]))
            if line.startswith("data: "):
                seen.append(json.loads(line[6:]))
    assert seen[-1]["status"] == "completed"
    assert numbers == sorted(set(numbers))
    percents = [film["progress_percent"] for film in seen]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert any(not all(shot["done"] for shot in film["shots"]) for film in seen)
    assert all(shot["done"] and shot["preview_url"] for shot in seen[-1]["shots"])
    again = visit.get(f"/api/films/{film_id}/events", headers={"last-event-id": str(numbers[-1])})
    assert again.status_code == 204
    behind = visit.get(f"/api/films/{film_id}/events", headers={"last-event-id": "1"})
    assert behind.text.count("data: ") == 1


def test_a_finished_film_can_be_played_read_and_saved(
    visit: httpx.Client, finished: dict[str, object]
) -> None:
    video = visit.get(str(finished["video_url"]))
    assert video.headers["content-type"] == "video/mp4"
    # It may be taken back, so that nobody plays it without asking.
    assert video.headers["cache-control"] == "private, no-cache"
    assert video.content[4:8] == b"ftyp"
    captions = visit.get(str(finished["captions_url"]))
    assert captions.headers["content-type"].startswith("text/vtt")
    assert captions.text.startswith("WEBVTT")
    poster = visit.get(str(finished["poster_url"]))
    assert poster.headers["content-type"] == "image/webp"
    play = visit.get(f"{finished['screenplay_url']}&download=1")
    assert "attachment" in play.headers["content-disposition"]
    assert film_language.decode(play.content, Screenplay).prompt == PROMPT
    saved = visit.get(f"{finished['video_url']}&download=1")
    assert ".mp4" in saved.headers["content-disposition"]


def test_ranges_of_a_film_are_exact(visit: httpx.Client, finished: dict[str, object]) -> None:
    url = str(finished["video_url"])
    whole = visit.get(url).content
    size = len(whole)

    def part(asked: str, **more: str) -> httpx.Response:
        return visit.get(url, headers={"range": asked, **more})

    for asked, first, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (f"bytes=5-{size + 1000}", 5, size),
        (f"bytes=-{size + 1000}", 0, size),
    ):
        answer = part(asked)
        assert answer.status_code == 206
        assert answer.content == whole[first:end]
        assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{size}"
    for asked in (f"bytes={size}-", "bytes=-0"):
        answer = part(asked)
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{size}"
    for asked in ("bytes=9-3", "bytes=-", "lines=1-2", "bytes=0-1,4-5"):
        assert part(asked).status_code == 200
    assert part("bytes=0-3", **{"if-range": '"another"'}).status_code == 200
    tag = visit.get(url).headers["etag"]
    assert part("bytes=0-3", **{"if-range": tag}).status_code == 206
    assert visit.get(url, headers={"if-none-match": tag}).status_code == 304
    head = visit.head(url)
    assert (head.headers["content-length"], head.content) == (str(size), b"")


def test_the_list_goes_back_in_time_without_gaps(
    visit: httpx.Client, finished: dict[str, object]
) -> None:
    everything = visit.get("/api/films", params={"limit": 100}).json()["films"]
    walked: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = visit.get("/api/films", params={"limit": 1, **after}).json()
        walked += [film["id"] for film in page["films"]]
        if not page["has_more"]:
            break
        after = {"after": walked[-1]}
    assert walked == [film["id"] for film in everything]
    assert finished["id"] in walked


def test_a_film_can_be_stopped_tried_again_and_deleted(visit: httpx.Client) -> None:
    long = {**TINY, "seconds": "60", "size": "1920x1080", "fps": 60, "model": "test_card"}
    film_id = visit.post("/api/films", json=long).json()["id"]
    problem(visit.get(f"/api/films/{film_id}/video"), 409, "studio.film_not_ready")
    stopped = visit.post(f"/api/films/{film_id}/cancel")
    assert stopped.json()["error"]["code"] == "studio.film_cancelled"
    problem(visit.post(f"/api/films/{film_id}/cancel"), 409, "studio.film_ended")
    again = visit.post(f"/api/films/{film_id}/retry")
    assert again.status_code == 201
    assert again.json()["seed"] == TINY["seed"]
    for gone in (film_id, again.json()["id"]):
        assert visit.delete(f"/api/films/{gone}").status_code == 204
        problem(visit.get(f"/api/films/{gone}"), 404, "studio.film_not_found")


def test_a_finished_film_made_again_has_a_new_seed(
    visit: httpx.Client, finished: dict[str, object]
) -> None:
    again = visit.post(f"/api/films/{finished['id']}/retry").json()
    assert again["seed"] != finished["seed"]
    visit.delete(f"/api/films/{again['id']}")
