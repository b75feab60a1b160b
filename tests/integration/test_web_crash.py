"""The server is killed, doubled and stopped; no film is lost and no finished shot is shot again."""

import json
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from matinee.kit import postgres
from server_process import (
    Served,
    a_free_port,
    a_page_visit,
    a_server,
    begun,
    matinee,
    start_server,
    wait_for_film,
)

# Some shots of the test card, large enough that a kill falls between the first and the last.
LONG = {
    "prompt": "A robot walks through a neon city. Then a woman waves. Then a man dances.",
    "seconds": "18",
    "size": "960x540",
    "fps": 24,
    "seed": 3,
    "model": "test_card",
}
SHOT_S = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="mt-"))
    yield home
    shutil.rmtree(home, ignore_errors=True)


def takes(served: Served) -> dict[str, object]:
    """When each take was made, by its shot."""
    with psycopg.connect(served.database_url) as connection:
        return dict(connection.execute("select shot, made_at from studio.take").fetchall())


def test_a_film_survives_the_death_of_its_server_without_shooting_again(folder: Path) -> None:
    served = start_server(folder)
    with a_page_visit(served) as visit:
        film_id = visit.post("/api/films", json=LONG).json()["id"]
        deadline = time.monotonic() + SHOT_S
        shots: list[dict[str, object]] = []
        while not any(shot["done"] for shot in shots):
            assert time.monotonic() < deadline, shots
            shots = visit.get(f"/api/films/{film_id}").json()["shots"]
            time.sleep(0.05)
        cookies = dict(visit.cookies)
    assert len(shots) >= 2
    before = takes(served)
    served.kill()
    assert 0 < len(before) < len(shots), "the kill has to fall between two shots"

    # The same page finds the server again: same port, same session.
    with a_server(folder, port=served.port) as again, a_page_visit(again) as visit:
        visit.cookies.update(cookies)
        film = wait_for_film(visit, film_id)
        assert film["status"] == "completed", film["error"]
        after = takes(again)
    assert len(after) == len(shots)
    assert {shot: after[shot] for shot in before} == before


def test_one_folder_has_one_server_and_commands_join_it(folder: Path) -> None:
    with a_server(folder) as served:
        second = matinee(folder, "serve", "--port", str(a_free_port()))
        assert second.returncode == 4
        assert second.stderr.startswith("error: ")
        assert f"process {served.process.pid} (serve)" in second.stderr
        assert "[kit.folder_in_use]" in second.stderr
        assert second.stderr.count("\n") == 1

        # The server makes the film that the command asks for.
        film = folder / "film.mp4"
        tiny = ("--model", "test_card", "--size", "64x64", "--seconds", "1", "--fps", "8")
        made = matinee(folder, "make", "A robot walks in a neon city.", "-o", str(film), *tiny)
        assert made.returncode == 0, made.stderr
        assert film.exists()
        with a_page_visit(served) as visit:
            listed = visit.get("/api/films").json()["films"]
        assert [one["status"] for one in listed] == ["completed"]


def test_a_port_in_use_is_told_before_anything_is_started(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = matinee(folder, "serve", "--port", str(port))
    assert refused.returncode == 4
    assert f"Port {port} of 127.0.0.1 is in use" in refused.stderr
    assert "[web.port_in_use]" in refused.stderr
    assert not (folder / "postgres" / "data").exists()


def test_an_address_that_is_not_ours_is_told(folder: Path) -> None:
    refused = matinee(folder, "serve", "--host", "203.0.113.1", "--port", str(a_free_port()))
    assert refused.returncode == 6
    assert "[web.address_unusable]" in refused.stderr


def test_a_stopped_server_ends_its_streams_and_its_database(folder: Path) -> None:
    served = start_server(folder)
    with a_page_visit(served) as visit:
        film_id = visit.post("/api/films", json=LONG).json()["id"]
        with visit.stream("GET", f"/api/films/{film_id}/events") as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry:")
            began_s = time.monotonic()
            served.process.send_signal(signal.SIGINT)
            assert len(list(lines)) > 0
            _, told = served.process.communicate(timeout=30)
    assert time.monotonic() - began_s < 15
    assert served.process.returncode == 0
    assert "Traceback" not in told, told
    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()


def test_the_page_needs_a_key_when_it_is_told_to(folder: Path) -> None:
    with a_server(folder, "--require-key") as served:
        answer = httpx.post(f"{served.url}/api/session", headers={"origin": served.url})
        assert answer.status_code == 401
        bearer = {"authorization": f"Bearer {served.key()}"}
        assert httpx.post(f"{served.url}/api/session", headers=bearer).status_code == 204
    assert served.process.returncode == 0


def test_a_film_made_on_the_command_line_survives_kill_and_goes_on(folder: Path) -> None:
    film = folder / "film.mp4"
    words = ["make", LONG["prompt"], "-o", str(film), "--json"]
    for name in ("seconds", "size", "fps", "seed", "model"):
        words += [f"--{name}", str(LONG[name])]
    first = begun(folder, *map(str, words))
    served = Served(folder, 0, first)
    deadline = time.monotonic() + SHOT_S
    before: dict[str, object] = {}
    while not before:
        assert first.poll() is None, first.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
        try:
            before = takes(served)
        except psycopg.Error:
            continue  # the database is not there yet
    served.kill()
    first.communicate()
    assert not film.exists()

    again = matinee(folder, *map(str, words))
    assert again.returncode == 0, again.stderr
    assert film.exists()
    with postgres.open_server(folder) as server, psycopg.connect(server.url) as connection:
        asked = connection.execute("select id from studio.film").fetchall()
        taken = connection.execute("select shot, made_at from studio.take").fetchall()
    after: dict[str, object] = dict(taken)
    assert len(asked) == 1, "the film was gone on with, and not asked for again"
    assert {shot: after[shot] for shot in before} == before


def test_a_film_is_remixed_and_extended_from_the_command_line(folder: Path) -> None:
    missing = matinee(folder, "remix", "make it night", "-o", str(folder / "none.mp4"))
    assert missing.returncode == 3
    assert "entrypoints.nothing_to_remix" in missing.stderr
    small = ["--model", "test_card", "--seconds", "3", "--size", "64x64", "--fps", "12"]
    prompt = "A woman in a red coat waves on a beach."
    made = matinee(folder, "make", prompt, "-o", str(folder / "a.mp4"), "--json", *small)
    assert made.returncode == 0, made.stderr
    again = matinee(folder, "remix", "make her coat blue", "-o", str(folder / "b.mp4"), "--json")
    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert [note["status"] for note in told["notes"]] == ["understood"]
    longer = matinee(
        folder,
        *("extend", "Then she walks away.", "--seconds", "2", "--json"),
        *("--film", json.loads(made.stdout)["id"], "-o", str(folder / "c.mp4")),
    )
    assert longer.returncode == 0, longer.stderr
    assert json.loads(longer.stdout)["seconds"] == 5


def test_ctrl_c_cancels_the_film_and_says_so_in_one_line(folder: Path) -> None:
    words = ["make", str(LONG["prompt"]), "-o", str(folder / "film.mp4"), "--model", "test_card"]
    running = begun(folder, *words, "--seconds", "120", "--fps", "60")
    database_url = Served(folder, 0, running).database_url
    deadline = time.monotonic() + SHOT_S
    stage = ""
    while stage != "shooting":
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
        with suppress(psycopg.Error), psycopg.connect(database_url) as connection:
            row = connection.execute("select stage from studio.film").fetchone()
            stage = row[0] if row else ""
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert told.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in told, told
    assert not (folder / "film.mp4").exists()
    with postgres.open_server(folder) as server, psycopg.connect(server.url) as connection:
        films = connection.execute("select status, error_code from studio.film").fetchall()
    assert films == [("failed", "studio.film_cancelled")]
