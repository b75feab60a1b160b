"""The real `openai` SDK against a real server: what its users' code does keeps working."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import openai
import pytest
from openai import OpenAI

from server_process import Served, a_server

# The SDK calls its video methods deprecated since the service behind them closed.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

PROMPT = "A robot walks through a neon city at night and says 'Hello there, city.'"
FILMS_PER_PERSON = 6
KEYS_OF_VIDEO = {
    "id",
    "object",
    "model",
    "status",
    "progress",
    "created_at",
    "completed_at",
    "expires_at",
    "prompt",
    "size",
    "seconds",
    "remixed_from_video_id",
    "error",
    "cost",
}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder, extra={"MATINEE_FILMS_PER_PERSON": str(FILMS_PER_PERSON)}) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def key(served: Served) -> str:
    return served.key("sdk")


@pytest.fixture(scope="module")
def client(served: Served, key: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{served.url}/v1", api_key=key, timeout=30) as made:
        yield made


@pytest.fixture(scope="module")
def raw(served: Served, key: str) -> Iterator[httpx.Client]:
    bearer = {"authorization": f"Bearer {key}"}
    with httpx.Client(base_url=f"{served.url}/v1", headers=bearer, timeout=30) as made:
        yield made


@pytest.fixture(scope="module")
def finished(client: OpenAI) -> openai.types.Video:
    video = client.videos.create_and_poll(
        prompt=PROMPT,
        model="test_card",
        # Lengths and sizes that the SDK does not list pass through it as extras.
        extra_body={"seconds": "2", "size": "128x72", "seed": 3, "fps": 12},
    )
    assert video.status == "completed", video.error
    return video


def test_a_film_is_created_polled_and_downloaded(
    client: OpenAI, finished: openai.types.Video, tmp_path: Path
) -> None:
    assert finished.id.startswith("video_")
    assert (finished.object, finished.progress, finished.error) == ("video", 100, None)
    assert (finished.prompt, finished.size, finished.seconds) == (PROMPT, "128x72", "2")
    assert finished.completed_at is not None
    assert finished.created_at <= finished.completed_at <= time.time() + 1
    target = tmp_path / "film.mp4"
    client.videos.download_content(finished.id).write_to_file(target)
    assert target.read_bytes()[4:8] == b"ftyp"
    thumbnail = client.videos.download_content(finished.id, variant="thumbnail").read()
    assert thumbnail[8:12] == b"WEBP"


def test_a_sheet_of_pictures_is_made_once_and_kept(
    client: OpenAI, raw: httpx.Client, finished: openai.types.Video
) -> None:
    sheet = client.videos.download_content(finished.id, variant="spritesheet").read()
    assert sheet[:3] == b"\xff\xd8\xff"
    again = raw.get(f"/videos/{finished.id}/content", params={"variant": "spritesheet"})
    assert (again.content, again.headers["content-type"]) == (sheet, "image/jpeg")


def polled(client: OpenAI, video_id: str) -> openai.types.Video:
    video = client.videos.poll(video_id)
    assert video.status == "completed", video.error
    return video


def test_a_film_is_remixed_in_words(client: OpenAI, finished: openai.types.Video) -> None:
    remix = client.videos.remix(finished.id, prompt="Make it a sunny day in the desert.")
    assert remix.remixed_from_video_id == finished.id
    made = polled(client, remix.id)
    assert (made.size, made.seconds, made.model) == ("128x72", "2", "test_card")
    assert made.prompt == "Make it a sunny day in the desert."


def test_a_film_is_edited_and_extended_by_its_id(
    client: OpenAI, raw: httpx.Client, finished: openai.types.Video
) -> None:
    body = {"prompt": "Remove the dialogue.", "video": {"id": finished.id}}
    edited = raw.post("/videos/edits", json=body).json()
    assert edited["remixed_from_video_id"] == finished.id
    longer = raw.post(
        "/videos/extensions",
        files={
            "prompt": (None, "Then the robot dances."),
            "seconds": (None, "3"),
            "video[id]": (None, finished.id),
        },
    ).json()
    assert longer["seconds"] == "5"
    assert polled(client, edited["id"]).seconds == "2"
    made = polled(client, longer["id"])
    assert made.seconds == "5"


def test_a_film_is_known_by_the_file_that_was_downloaded(
    client: OpenAI, finished: openai.types.Video
) -> None:
    file = client.videos.download_content(finished.id).read()
    video = ("film.mp4", file, "video/mp4")
    edit = client.videos.edit(prompt="At night, in the rain.", video=video)
    extension = client.videos.extend(prompt="The robot waves.", seconds="4", video=video)
    assert edit.remixed_from_video_id == extension.remixed_from_video_id == finished.id
    assert extension.seconds == "6"
    for video_id in (edit.id, extension.id):
        client.videos.delete(video_id)


def test_films_of_elsewhere_and_films_too_long_are_refused(
    client: OpenAI, raw: httpx.Client, finished: openai.types.Video
) -> None:
    with pytest.raises(openai.NotFoundError):
        client.videos.edit(prompt="Make it blue.", video=("a.mp4", b"something else", "video/mp4"))
    for fields, status, code in (
        ({"prompt": "Go on."}, 400, "studio.video_unusable"),
        ({"prompt": "Go on.", "video": {"id": "video_x"}}, 404, "studio.film_not_found"),
        ({"prompt": "", "video": {"id": finished.id}}, 400, "studio.prompt_empty"),
        (
            {"prompt": "Go on.", "seconds": "119", "video": {"id": finished.id}},
            400,
            "studio.duration_invalid",
        ),
        (
            {"prompt": "Go on.", "colour": "red", "video": {"id": finished.id}},
            400,
            "studio.field_unknown",
        ),
    ):
        answer = raw.post("/videos/extensions", json=fields)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_every_key_is_there_from_the_first_answer_on(
    raw: httpx.Client, finished: openai.types.Video
) -> None:
    asked = raw.post("/videos", json={"prompt": PROMPT, "model": "test_card", "size": "64x64"})
    assert asked.status_code == 200
    video = asked.json()
    assert set(video) == KEYS_OF_VIDEO
    assert (video["status"], video["seconds"], video["error"]) == ("queued", "4", None)
    assert asked.headers["openai-poll-after-ms"] == "1000"
    assert set(raw.get(f"/videos/{finished.id}").json()) == KEYS_OF_VIDEO
    assert raw.delete(f"/videos/{video['id']}").status_code == 200


def test_the_names_of_the_closed_service_still_make_films(client: OpenAI) -> None:
    video = client.videos.create(prompt=PROMPT, model="sora-2-pro", seconds="8", size="1280x720")
    client.videos.delete(video.id)
    assert (video.model, video.seconds, video.size) == ("stage", "8", "1280x720")


def test_a_request_that_names_itself_is_carried_out_once(
    client: OpenAI, raw: httpx.Client, finished: openai.types.Video
) -> None:
    fields = {"prompt": PROMPT, "model": "test_card", "seconds": "1", "size": "64x64"}
    named = {"Idempotency-Key": "order 66"}
    first = raw.post("/videos", json=fields, headers=named)
    # The same, in another kind of body and after the film is gone.
    again = raw.post("/videos", data=fields, headers=named)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = raw.post("/videos", json={**fields, "seconds": "2"}, headers=named)
    assert (other.status_code, other.json()["error"]["code"]) == (
        409,
        "kit.idempotency_key_reused",
    )
    raw.delete(f"/videos/{first.json()['id']}")
    assert raw.post("/videos", json=fields, headers=named).content == first.content
    refused = raw.post("/videos", json={"prompt": ""}, headers={"Idempotency-Key": "empty"})
    mended = raw.post("/videos", json=fields, headers={"Idempotency-Key": "empty"})
    assert (refused.status_code, mended.status_code) == (400, 200)
    raw.delete(f"/videos/{mended.json()['id']}")
    remixes = [
        client.videos.remix(
            finished.id, prompt="At night.", extra_headers={"Idempotency-Key": "remix"}
        ).id
        for _ in range(2)
    ]
    assert remixes[0] == remixes[1]
    client.videos.delete(remixes[0])
    assert (
        raw.post("/videos", json=fields, headers={"Idempotency-Key": "x" * 256}).json()["error"][
            "code"
        ]
        == "kit.idempotency_key_invalid"
    )


def test_a_key_has_as_many_unfinished_films_as_it_may(served: Served) -> None:
    bearer = {"authorization": f"Bearer {served.key('greedy')}"}
    fields = {"prompt": PROMPT, "model": "test_card", "seconds": "60", "size": "1280x720"}
    with httpx.Client(base_url=f"{served.url}/v1", headers=bearer, timeout=30) as greedy:
        asked = [greedy.post("/videos", json=fields) for _ in range(FILMS_PER_PERSON + 1)]
        assert [one.status_code for one in asked] == [200] * FILMS_PER_PERSON + [429]
        error = asked[-1].json()["error"]
        assert (error["type"], error["code"]) == ("rate_limit_error", "studio.quota_reached")
        assert int(asked[-1].headers["retry-after"]) > 0
        for one in asked[:-1]:
            greedy.delete(f"/videos/{one.json()['id']}")
        freed = greedy.post("/videos", json=fields)
        assert freed.status_code == 200
        greedy.delete(f"/videos/{freed.json()['id']}")


def test_engines_are_listed_as_models(client: OpenAI) -> None:
    models = {model.id: model for model in client.models.list()}
    assert {"stage", "test_card"} <= set(models)
    assert (models["stage"].object, models["stage"].owned_by) == ("model", "matinee")
    assert client.models.retrieve("sora-2").id == "stage"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nobody/none")


def test_a_price_is_told_before_a_film_is_asked_for(raw: httpx.Client) -> None:
    answer = raw.post("/films/estimate", json={"model": "sora-2-pro", "seconds": "12"})
    assert answer.json() == {
        "object": "film.estimate",
        "model": "stage",
        "seconds": "12",
        "cost": {"free": True, "estimated": None, "charged": None},
    }
    assert raw.post("/films/estimate", json={"model": "nobody"}).status_code == 404


def test_a_screenplay_is_filmed_as_it_is_in_json_as_text_and_as_a_file(
    raw: httpx.Client, finished: openai.types.Video
) -> None:
    document = raw.get(f"/films/{finished.id}/screenplay").json()
    document["title"] = "Handed in"
    fields = {"model": "test_card", "seconds": "1", "size": "64x64"}
    written = json.dumps(document)
    for answer in (
        raw.post("/videos", json={**fields, "screenplay": document}),
        raw.post("/videos", data={**fields, "screenplay": written}),
        raw.post("/videos", data=fields, files={"screenplay": ("a.json", written.encode())}),
    ):
        assert answer.status_code == 200, answer.text
        film = raw.get(f"/films/{answer.json()['id']}").json()
        assert (film["prompt"], film["id"]) == (PROMPT, answer.json()["id"])
        raw.delete(f"/videos/{film['id']}")
    for broken, code in (
        ({**document, "beats": 7}, "film.document_invalid"),
        ({"title": "none"}, "studio.request_invalid"),
        ("{", "film.document_invalid"),
    ):
        answer = raw.post("/videos", json={**fields, "screenplay": broken})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    brackets = raw.post("/videos", data={**fields, "screenplay[beats][][camera][move]": "pan"})
    assert brackets.json()["error"]["param"] == "screenplay"


def test_our_own_fields_pass_through_the_sdk(client: OpenAI) -> None:
    own = {"engine": "test_card", "seed": 5, "language": "en", "style": "", "priority": "high"}
    video = client.videos.create(prompt=PROMPT, model="sora-2", seconds="4", extra_body=own)
    client.videos.delete(video.id)
    assert (video.model, video.status) == ("test_card", "queued")
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.create(prompt=PROMPT, extra_body={"priority": "now"})
    assert refused.value.param == "priority"


def test_every_kind_of_body_says_the_same(raw: httpx.Client) -> None:
    fields = {"prompt": PROMPT, "model": "test_card", "seconds": "2", "size": "64x64", "seed": "9"}
    for answer in (
        raw.post("/videos", json={**fields, "seed": 9, "voice": None}),
        raw.post("/videos", files={name: (None, value) for name, value in fields.items()}),
        raw.post("/videos", data=fields),
    ):
        assert answer.status_code == 200, answer.text
        video = answer.json()
        assert (video["size"], video["seconds"], video["prompt"]) == ("64x64", "2", PROMPT)
        raw.delete(f"/videos/{video['id']}")


def test_films_are_listed_paged_and_deleted(client: OpenAI, finished: openai.types.Video) -> None:
    made = [
        client.videos.create(
            prompt=PROMPT, model="test_card", extra_body={"seconds": "1", "size": "64x64"}
        ).id
        for _ in range(3)
    ]
    newest = [video.id for video in client.videos.list(limit=2)]  # the SDK walks all pages
    assert newest[:3] == made[::-1]
    assert finished.id in newest
    oldest = client.videos.list(limit=1, order="asc")
    assert oldest.data[0].id == newest[-1]
    assert oldest.has_more
    for video_id in made:
        gone = client.videos.delete(video_id)
        assert (gone.id, gone.deleted, gone.object) == (video_id, True, "video.deleted")
        with pytest.raises(openai.NotFoundError):
            client.videos.retrieve(video_id)


def test_errors_have_the_shape_that_the_sdk_reads(client: OpenAI, served: Served) -> None:
    with pytest.raises(openai.BadRequestError) as empty:
        client.videos.create(prompt="")
    assert empty.value.code == "studio.prompt_empty"
    assert empty.value.type == "invalid_request_error"
    with pytest.raises(openai.BadRequestError) as unknown:
        client.videos.create(prompt=PROMPT, extra_body={"guidance": 7})
    assert (unknown.value.code, unknown.value.param) == ("studio.field_unknown", "guidance")
    with pytest.raises(openai.NotFoundError) as characters:
        client.videos.create(prompt=PROMPT, extra_body={"characters": [{"id": "char_1"}]})
    assert (characters.value.code, characters.value.param) == (
        "studio.likeness_not_found",
        "characters",
    )
    with pytest.raises(openai.BadRequestError) as picture:
        client.videos.create(prompt=PROMPT, input_reference=("a.png", b"\x89PNG", "image/png"))
    assert picture.value.code == "engine.picture_unreadable"
    with (
        OpenAI(base_url=f"{served.url}/v1", api_key="wrong") as stranger,
        pytest.raises(openai.AuthenticationError),
    ):
        stranger.videos.list()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"prompt": "x" * 32_001}, "studio.prompt_too_long"),
        ({"prompt": PROMPT, "seconds": "0"}, "studio.duration_invalid"),
        ({"prompt": PROMPT, "seconds": "10000"}, "studio.duration_invalid"),
        ({"prompt": PROMPT, "seconds": "soon"}, "studio.request_invalid"),
        ({"prompt": PROMPT, "size": "127x72"}, "film.frame_size_invalid"),
        ({"prompt": PROMPT, "seed": "many"}, "studio.request_invalid"),
        ({"prompt": PROMPT, "model": "nobody"}, "studio.model_unknown"),
        ({"prompt": PROMPT, "input_reference": {"image_url": "x"}}, "studio.reference_unusable"),
        ({"prompt": PROMPT, "input_reference": {"file_id": "file_1"}}, "studio.reference_unusable"),
        ({"prompt": PROMPT, "characters": "char_1"}, "studio.request_invalid"),
        ({}, "studio.prompt_empty"),
        ({"prompt": ["a"]}, "studio.request_invalid"),
    ],
)
def test_what_cannot_be_made_is_refused_in_the_contracts_words(
    raw: httpx.Client, fields: dict[str, object], code: str
) -> None:
    answer = raw.post("/videos", json=fields)
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["code"] == code
    assert answer.headers["x-should-retry"] == "false"


def test_bodies_that_are_broken_are_refused(raw: httpx.Client) -> None:
    broken = {"content-type": "multipart/form-data; boundary=x"}
    for headers, content in (
        ({"content-type": "application/json"}, b"{"),
        (broken, b"--x\r\nnonsense"),
        ({"content-type": "multipart/form-data"}, b"no boundary"),
        ({"content-type": "text/plain"}, b"hello"),
    ):
        answer = raw.post("/videos", headers=headers, content=content)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"]["type"] == "invalid_request_error"


def test_a_film_that_is_not_ready_is_not_waited_for(raw: httpx.Client) -> None:
    long = {"prompt": PROMPT, "model": "test_card", "seconds": "60", "size": "1280x720"}
    video_id = raw.post("/videos", json=long).json()["id"]
    answer = raw.get(f"/videos/{video_id}/content")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "studio.film_not_ready"
    # As the SDK asks: a JSON content type and no body.
    deleted = raw.request(
        "DELETE", f"/videos/{video_id}", headers={"content-type": "application/json"}
    )
    assert deleted.json() == {"id": video_id, "object": "video.deleted", "deleted": True}


def test_content_answers_ranges_whatever_type_is_accepted(
    raw: httpx.Client, finished: openai.types.Video
) -> None:
    path = f"/videos/{finished.id}/content"
    whole = raw.get(path, headers={"accept": "application/binary"})
    assert whole.status_code == 200
    part = raw.get(path, headers={"accept": "application/binary", "range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    beyond = raw.get(path, headers={"range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416
    assert raw.get(path, params={"variant": "hologram"}).status_code == 400


def test_nothing_opens_without_a_key(served: Served) -> None:
    page = {"origin": served.url, "sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=served.url, headers=page) as browser:
        assert browser.post("/api/session").status_code == 204
        answer = browser.get("/v1/videos")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "people.key_refused"
