"""The `openai` SDK in three versions, each in an environment of its own, against one server."""

import io
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from client_environments import python_with
from server_process import a_server
from webhook_receiver import a_receiver

HERE = Path(__file__).parent
DRIVE_S = 240
FILM_S = 120

# 2.24.0 knows no edits, extensions or characters, and neither it nor 2.49.0 keeps webhooks.
SINCE_2_49 = ("edit by file", "extend by file", "create_character", "get_character")
VERSIONS = ("2.24.0", "2.49.0", "3.54.0")


@dataclass(frozen=True)
class Site:
    """A running server, and what the clients are given to work with."""

    url: str
    key: str
    asked: dict[str, str]
    film: str


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    folder, home = (Path(tempfile.mkdtemp(prefix="mt-")) for _ in range(2))
    told, picture = folder / "told.json", folder / "box.png"
    picture.write_bytes(a_picture())
    allowed = {"MATINEE_PRIVATE_ADDRESSES": "allow"}
    with (
        a_folder_on_the_web(folder) as web,
        a_receiver() as receiver,
        a_server(home, extra=allowed) as served,
    ):
        key = served.key("drive")
        bearer = {"authorization": f"Bearer {key}"}
        with httpx.Client(base_url=f"{served.url}/v1", headers=bearer, timeout=30) as raw:
            hook = {"name": "told", "url": receiver.url, "event_types": ["video.completed"]}
            secret = raw.post("/webhook_endpoints", json=hook).json()["signing_secret"]
            receiver.secrets = [secret]
            # The one film here that the stage shoots; the clients' own are test cards.
            asked = {"prompt": "A dog runs on a beach.", "seconds": "1", "size": "160x90"}
            film = raw.post("/videos", json={**asked, "model": "sora-2", "fps": 12}).json()["id"]
            receiver.wait_for(1, timeout_s=FILM_S)
        message = {"body": receiver.bodies[0], "headers": receiver.headers[0], "secret": secret}
        told.write_text(json.dumps(message))
        given = {
            "address": f"{served.url}/v1",
            "key": key,
            "picture": str(picture),
            "picture_url": f"{web}/box.png",
            "told": str(told),
        }
        yield Site(served.url, key, given, film)
    for place in (folder, home):
        shutil.rmtree(place, ignore_errors=True)


def a_picture() -> bytes:
    """A red box on white, as a PNG."""
    pixels = np.full((240, 320, 3), 250, np.uint8)
    pixels[70:200, 90:230] = (190, 30, 40)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "PNG")
    return stored.getvalue()


def a_folder_on_the_web(folder: Path) -> "FolderOnTheWeb":
    return FolderOnTheWeb(folder)


class FolderOnTheWeb:
    """Serves the files of a folder on loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        """Says nothing."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(self.Quiet, directory=str(folder))
        )

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def driven(site: Site, requirements: str, script: str) -> dict[str, Any]:
    """What a script printed in the environment of these requirements."""
    done = subprocess.run(
        [str(python_with(requirements)), str(HERE / script), json.dumps(site.asked)],
        capture_output=True,
        text=True,
        timeout=DRIVE_S,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": site.asked["told"].rpartition("/")[0]},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outcomes: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    if folder := os.environ.get("MATINEE_TEST_OUTCOMES"):
        Path(folder, f"{requirements}.json").write_text(json.dumps(outcomes, indent=2))
    return outcomes


@pytest.mark.parametrize("version", VERSIONS)
def test_every_method_of_the_sdk_works_in_this_version(site: Site, version: str) -> None:
    did = driven(site, f"openai-{version}.txt", "drive_openai.py")
    assert did["version"] == version
    for act in ("create_and_poll", "poll"):
        assert did[act]["status"] == "completed", did[act]
        assert (did[act]["size"], did[act]["seconds"]) == ("64x64", "2")
    film = did["create_and_poll"]["id"]
    assert did["retrieve"]["id"] == film
    assert did["list"][0] == did["create"]["id"]
    assert did["download_content video"][8:16] == b"ftyp".hex()
    assert did["download_content thumbnail"][:8] == b"RIFF".hex()
    assert did["download_content spritesheet"][:6] == "ffd8ff"
    assert did["remix"]["remixed_from_video_id"] == film
    assert did["create with a file"] == "queued"
    assert did["create with image_url in extra_body"] == "queued"
    assert did["webhooks.unwrap"] == {
        "type": "video.completed",
        "video": site.film,
        "object": "event",
    }
    assert did["webhooks.unwrap of a forgery"]["error"] == "InvalidWebhookSignatureError"
    assert {"stage", "test_card"} <= set(did["models"])
    assert did["delete"] is True
    assert did["retrieve a deleted one"]["error"] == "NotFoundError"
    assert did["create without a prompt"]["told"] == "studio.prompt_empty"
    check_what_came_later(did, version, film)


def check_what_came_later(did: dict[str, Any], version: str, film: str) -> None:
    """What some version does not have, or cannot send."""
    if version == "2.24.0":
        assert {did[act]["error"] for act in SINCE_2_49} == {"AttributeError"}
        assert did["create with image_url"]["error"] == "RuntimeError"
        return
    # Two films with the same bytes are one file; the newer one is taken for it.
    assert did["edit by file"]["remixed_from_video_id"] in {film, did["create"]["id"]}
    assert did["extend by file"]["seconds"] == "6"
    # Both refuse an object where a file may stand; extra_body and raw HTTP take it.
    assert did["edit by id"]["error"] == did["extend by id"]["error"]
    assert (did["create_character"]["name"], did["get_character"]["id"]) == (
        "Mochi",
        did["create_character"]["id"],
    )
    assert did["create with a character"] == "queued"
    unnamed = did["create with a character that is not named"]
    assert unnamed["told"] == "studio.likeness_unnamed"
    assert (did["webhooks.create"] == "whsec_") == (version == "3.54.0")


@pytest.mark.skipif(
    os.environ.get("MATINEE_TEST_LITELLM") != "1",
    reason="217 MB and a slow start: make test-litellm",
)
def test_litellm_works_with_the_same_server(site: Site) -> None:
    did = driven(site, "litellm-1.106.2.txt", "drive_litellm.py")
    assert did["video_status"] == "completed", did
    assert did["video_content"][8:16] == b"ftyp".hex()
    assert (did["video_remix"], did["video_edit"]) == ("queued", "queued"), did
    assert did["video_extension"] == "6"
    assert did["video_get_character"] == "Mochi"
    assert did["video_list"] > 0
