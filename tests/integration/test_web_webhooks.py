"""Webhooks of a real server: told of what ended, also after it was killed in between."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import OpenAI

from server_process import a_server
from webhook_receiver import a_receiver

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CARD: Any = {"prompt": "A robot waves.", "model": "test_card", "seconds": "1", "size": "64x64"}
ALLOWED = {"MATINEE_PRIVATE_ADDRESSES": "allow"}
TOLD_S = 30


def test_films_that_end_are_told_signed_as_the_sdk_checks_it_whatever_dies(home: Path) -> None:
    with a_receiver() as receiver:
        with a_server(home, extra=ALLOWED) as served:
            key = served.key()
            client = OpenAI(base_url=f"{served.url}/v1", api_key=key, webhook_secret="")
            made = client.webhooks.create(
                name="shop", url=receiver.url, event_types=["video.completed", "video.failed"]
            )
            receiver.secrets = [made.signing_secret]
            assert client.webhooks.test(made.id, event_type="video.failed").status_code == 200
            film = client.videos.create_and_poll(**CARD).id
            receiver.wait_for(2, timeout_s=TOLD_S)
            told: Any = client.webhooks.unwrap(
                receiver.bodies[1], receiver.headers[1], secret=made.signing_secret
            )
            assert (told.type, told.data.id, told.object) == ("video.completed", film, "event")
            assert told.id == receiver.message_ids[1]

            # A film that ends while nobody takes messages, and then the server is killed.
            receiver.answers = [503]
            long = client.videos.create(**{**CARD, "seconds": "60", "size": "640x360"}).id
            httpx.post(
                f"{served.url}/v1/films/{long}/cancel",
                headers={"authorization": f"Bearer {key}"},
            ).raise_for_status()
            served.kill()
        with a_server(home, extra=ALLOWED) as served:
            receiver.wait_for(len(receiver.message_ids) + 1, timeout_s=TOLD_S)
            assert f'"id":"{long}"' in receiver.bodies[-1]
            assert "video.failed" in receiver.bodies[-1]
    assert receiver.refused == []
