"""What a program does with LiteLLM's videos; called and answering like drive_openai.py."""

import io
import json
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import litellm

warnings.simplefilter("ignore")
litellm.suppress_debug_info = True
PROMPT = "A robot walks through a neon city at night."
WAIT_S = 60


def main(asked: dict[str, str]) -> dict[str, Any]:
    """Do everything, and return what came of each act."""
    there = {
        "api_base": asked["address"],
        "api_key": asked["key"],
        "custom_llm_provider": "openai",
    }
    outcomes: dict[str, Any] = {"version": "1.106.2"}

    def act(name: str, doing: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        try:
            outcomes[name] = doing()
        except Exception as error:  # noqa: BLE001 - whatever it raises is an outcome
            outcomes[name] = {"error": type(error).__name__, "told": str(error)[:300]}
        return outcomes[name]

    def made() -> str:
        body = {"seconds": "2", "size": "64x64"}
        return litellm.video_generation(
            prompt=PROMPT, model="openai/test_card", extra_body=body, **there
        ).id

    film = act("video_generation", made)

    def status() -> str:
        deadline_s = time.monotonic() + WAIT_S
        while time.monotonic() < deadline_s:
            shown = litellm.video_status(film, **there)
            if shown.status in {"completed", "failed"}:
                break
            time.sleep(0.3)
        return shown.status

    act("video_status", status)
    act("video_content", lambda: bytes.hex(litellm.video_content(film, **there)[:12]))
    act("video_list", lambda: len(litellm.video_list(limit=1, **there)))
    act("video_remix", lambda: litellm.video_remix(film, "Make it sunny.", **there).status)
    act("video_edit", lambda: litellm.video_edit(film, "Make it night.", **there).status)
    act("video_extension", lambda: litellm.video_extension(film, "It waves.", "4", **there).seconds)
    clip = io.BytesIO(litellm.video_content(film, **there))
    clip.name = "clip.mp4"
    kept = act(
        "video_create_character", lambda: litellm.video_create_character("Mochi", clip, **there).id
    )
    act("video_get_character", lambda: litellm.video_get_character(kept, **there).name)
    return outcomes


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))  # noqa: T201
