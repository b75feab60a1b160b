"""What a program does with the `openai` SDK's videos, in whichever version runs this file.

Called with a JSON object (address, key, picture, receiver) as its only argument; prints one line of
JSON: for each act what came of it, or the error it ended with. Judges nothing itself.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openai
from openai import OpenAI

warnings.simplefilter("ignore")
SMALL = {"seconds": "2", "size": "64x64", "seed": 3}
PROMPT = "A robot walks through a neon city at night."


class Drive:
    """One client, and what came of each act so far."""

    def __init__(self, asked: dict[str, str]) -> None:
        self.asked = asked
        self.client = OpenAI(base_url=asked["address"], api_key=asked["key"], timeout=60)
        self.outcomes: dict[str, Any] = {"version": openai.__version__}

    def act(self, name: str, doing: Callable[[], Any]) -> None:
        """Do something and keep what came of it."""
        try:
            self.outcomes[name] = doing()
        except Exception as error:  # noqa: BLE001 - whatever this version raises is an outcome
            told = getattr(error, "code", None) or str(error).partition("\n")[0][:120]
            self.outcomes[name] = {"error": type(error).__name__, "told": told}

    def shown(self, video: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK's own type
        """A video as far as it matters here."""
        return {
            name: getattr(video, name)
            for name in ("id", "status", "seconds", "size", "model", "remixed_from_video_id")
        }

    def queued(self, video: Any) -> str:  # noqa: ANN401 - the SDK's own type
        """The status of a film that nobody has to wait for."""
        self.client.videos.delete(video.id)
        return str(video.status)

    def run(self) -> None:
        """Do everything, in an order in which each finds what it needs."""
        videos, own = self.client.videos, {"model": "test_card", "extra_body": SMALL}
        self.act(
            "create_and_poll", lambda: self.shown(videos.create_and_poll(prompt=PROMPT, **own))
        )
        film = self.outcomes["create_and_poll"]["id"]
        self.act("create", lambda: self.shown(videos.create(prompt=PROMPT, **own)))
        queued = self.outcomes["create"]["id"]
        self.act("poll", lambda: self.shown(videos.poll(queued)))
        self.act("retrieve", lambda: self.shown(videos.retrieve(film)))
        self.act("list", lambda: [one.id for one in videos.list(limit=1)][:2])
        for variant in ("video", "thumbnail", "spritesheet"):
            self.act(
                f"download_content {variant}",
                lambda variant=variant: (
                    videos.download_content(film, variant=variant).read()[:12].hex()
                ),
            )
        self.act("remix", lambda: self.shown(videos.remix(film, prompt="Make it sunny.")))
        self.references(own)
        self.by_file(film)
        self.characters(film, own)
        self.webhooks(film)
        self.act("models", lambda: sorted(one.id for one in self.client.models.list()))
        self.act("delete", lambda: videos.delete(queued).deleted)
        self.act("retrieve a deleted one", lambda: videos.retrieve(queued).id)
        self.act("create without a prompt", lambda: videos.create(prompt="").id)

    def references(self, own: dict[str, Any]) -> None:
        """A reference picture, as a file and as an address."""
        create, picture = self.client.videos.create, Path(self.asked["picture"])
        self.act(
            "create with a file",
            lambda: self.queued(create(prompt="A box on a table.", input_reference=picture, **own)),
        )
        url = {"image_url": self.asked["picture_url"]}
        self.act(
            "create with image_url",
            lambda: self.queued(create(prompt="A box.", input_reference=url, **own)),
        )
        body = {**SMALL, "input_reference": url}
        self.act(
            "create with image_url in extra_body",
            lambda: self.queued(create(prompt="A box.", model="test_card", extra_body=body)),
        )

    def by_file(self, film: str) -> None:
        """Edits and extensions, of a file and by id."""
        videos = self.client.videos
        content = ("film.mp4", videos.download_content(film).read(), "video/mp4")
        named = {"id": film}
        for name, video in (("file", content), ("id", named)):
            self.act(
                f"edit by {name}",
                lambda video=video: self.shown(videos.edit(prompt="At night.", video=video)),
            )
            self.act(
                f"extend by {name}",
                lambda video=video: self.shown(
                    videos.extend(prompt="It waves.", seconds="4", video=video)
                ),
            )

    def characters(self, film: str, own: dict[str, Any]) -> None:
        """A character from a clip, and a film with it."""
        videos = self.client.videos
        clip = ("clip.mp4", videos.download_content(film).read(), "video/mp4")
        self.act(
            "create_character",
            lambda: videos.create_character(name="Mochi", video=clip).to_dict(),
        )
        kept = self.outcomes["create_character"].get("id", "")
        self.act("get_character", lambda: videos.get_character(kept).to_dict())
        body = {**SMALL, "characters": [{"id": kept}]}
        self.act(
            "create with a character",
            lambda: self.queued(
                videos.create(prompt="Mochi walks.", model="test_card", extra_body=body)
            ),
        )
        self.act(
            "create with a character that is not named",
            lambda: videos.create(prompt="It walks.", **{**own, "extra_body": body}).status,
        )

    def webhooks(self, film: str) -> None:
        """Being told of the film: the endpoint where this version can make one, and `unwrap`."""
        told = json.loads(Path(self.asked["told"]).read_text(encoding="utf-8"))
        secret = told["secret"]

        def unwrapped() -> dict[str, str]:
            event = self.client.webhooks.unwrap(told["body"], told["headers"], secret=secret)
            return {"type": event.type, "video": event.data.id, "object": str(event.object)}

        def forged() -> str:
            body = told["body"].replace("completed", "failed")
            return self.client.webhooks.unwrap(body, told["headers"], secret=secret).type

        self.act("webhooks.unwrap", unwrapped)
        self.act("webhooks.unwrap of a forgery", forged)
        self.act(
            "webhooks.create",
            lambda: self.client.webhooks.create(
                name=film, url="https://example.com/", event_types=["video.failed"]
            ).signing_secret[:6],
        )


if __name__ == "__main__":
    began_s = time.monotonic()
    drive = Drive(json.loads(sys.argv[1]))
    drive.run()
    print(json.dumps({**drive.outcomes, "took_s": round(time.monotonic() - began_s, 1)}))  # noqa: T201
