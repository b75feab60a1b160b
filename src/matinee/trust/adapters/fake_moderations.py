"""A moderation server that stands in for one: the protocol of ``/v1/moderations``, by few words.

It answers as OpenAI documents it: one result for each text, every category in every result, scores
from 0 to 1, and 4xx answers with an error object for what it does not take. Of pictures it flags
those that are nearly all red, so that a test can send it one that is refused.
"""

import base64
import io
import json
from typing import Any

import httpx
import numpy as np
from PIL import Image

CATEGORIES = (
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit",
    "illicit/violent", "self-harm", "self-harm/instructions", "self-harm/intent", "sexual",
    "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip
_FLAGGED = {
    "naked": ("sexual", 0.97),
    "vermin": ("hate", 0.93),
    "pipe bomb": ("illicit/violent", 0.95),
    "slits her wrists": ("self-harm", 0.96),
    "worthless": ("harassment", 0.9),
    "murder": ("violence", 0.7),
    "severed": ("violence/graphic", 0.6),
}
_REDNESS_MIN = 0.8
_INPUTS_MAX = 32


class FakeModerations(httpx.BaseTransport):
    """Answers requests in place of a network. With `status` it answers nothing but that."""

    def __init__(self, *, status: int = 200, body: bytes | None = None) -> None:
        """Answer in the protocol, or with `status` or `body` whatever is asked."""
        self._status = status
        self._body = body
        self.asked: list[dict[str, Any]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if self._status != httpx.codes.OK or self._body is not None:
            return httpx.Response(self._status, content=self._body or b"{}")
        told = json.loads(request.read())
        self.asked.append(told)
        given = told["input"]
        content = [given] if isinstance(given, str) else given
        if not request.url.path.endswith("/moderations") or not 0 < len(content) <= _INPUTS_MAX:
            error = {"error": {"message": "not a moderation", "type": "invalid_request_error"}}
            return httpx.Response(400, json=error)
        results = [_result(*self._judged(one)) for one in content]
        return httpx.Response(200, json={"id": "modr-1", "model": "fake", "results": results})

    def _judged(self, one: str | dict[str, Any]) -> tuple[str, float]:
        if isinstance(one, str):
            lowered = one.lower()
            return next((hit for word, hit in _FLAGGED.items() if word in lowered), ("", 0.0))
        encoded = one["image_url"]["url"].partition(",")[2]
        with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
            mean = np.asarray(picture.convert("RGB")).reshape(-1, 3).mean(axis=0) / 255
        red = mean[0] - mean[1:].max()
        return ("violence/graphic", 0.99) if red >= _REDNESS_MIN else ("", 0.0)


def _result(category: str, score: float) -> dict[str, Any]:
    return {
        "flagged": bool(category),
        "categories": {name: name == category for name in CATEGORIES},
        "category_scores": {name: score if name == category else 0.001 for name in CATEGORIES},
    }
