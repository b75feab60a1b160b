"""Any server that speaks OpenAI's `/v1/videos`: vLLM-Omni, SGLang, a LiteLLM proxy, and the like.

They agree on the paths and on the Video object and differ in how a video is asked for, which is
the dialect:

- `openai`: a form with prompt, model, seconds, size and input_reference; LiteLLM's proxy takes it
  and says the cost of a video in `x-litellm-response-cost`, in US dollars;
- `vllm`: that form with width, height, fps, num_frames, seed and negative_prompt;
- `sglang`: the same as JSON, and a form only when a picture comes with it.

Sources: docs/vllm-omni serving/videos_api, sglang multimodal_gen openai/video_api.py, LiteLLM docs.
"""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

import httpx

from matinee.kit.money import MICROS_PER_MINOR, MicroMoney
from matinee.studio.abilities import Abilities
from matinee.studio.hiring import Order, Placed, Report, TicketUnknown
from matinee.studio.hiring.provider import State

from .calling import (
    TIMEOUT_S,
    Json,
    asked,
    download,
    is_refusal,
    json_of,
    raise_for,
    reached,
    said_in,
)

Dialect = Literal["openai", "vllm", "sglang"]

COST_HEADER = "x-litellm-response-cost"
CENTS_PER_DOLLAR = 100
STATES: dict[str, State] = {
    "queued": "waiting",
    "in_progress": "working",
    "processing": "working",
    "completed": "done",
    "failed": "failed",
    "cancelled": "failed",
}


class OpenAIVideos:
    """A provider at `url` (`https://host/v1`) that serves `model`; see the Provider Protocol.

    `frame_step` is how many frames its model makes of one in time: 4 for Wan, 8 for LTX.
    """

    def __init__(
        self,
        *,
        name: str,
        url: str,
        model: str,
        abilities: Abilities,
        key: str = "",
        dialect: Dialect = "openai",
        frame_step: int = 1,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Prepare a connection; nothing is sent before the first order."""
        self.name, self.version, self.abilities = name, f"{name}/{model or 'default'}", abilities
        self._model, self._dialect, self._frame_step = model, dialect, frame_step
        self._url, self._timeout_s = url.rstrip("/") + "/", timeout_s
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def place(self, order: Order) -> Placed:
        """Ask for a video."""
        first = order.guides.first_frame or next(iter(order.guides.references), None)
        fields = self._fields(order)
        headers = {"Idempotency-Key": order.key}
        form = {name: str(value) for name, value in fields.items()}
        if first is not None:
            picture = (first.name, first.read_bytes(), _type_of(first))
            parts: Json = {"data": form, "files": {"input_reference": picture}}
        elif self._dialect == "sglang":
            parts = {"json": fields}
        else:
            # A form even without a file.
            parts = {"files": {name: (None, value) for name, value in form.items()}}
        with self._opened() as client:
            answer = asked(
                self.name, client, "POST", "videos", ordering=True, headers=headers, **parts
            )
        ticket = str(json_of(self.name, answer).get("id", ""))
        return Placed(ticket=ticket, cost=_cost(answer.headers))

    def look(self, ticket: str) -> Report:
        """Ask how far a video is."""
        answer = self._known("GET", f"videos/{ticket}")
        video = json_of(self.name, answer)
        state = STATES.get(str(video.get("status")), "working")
        error = video.get("error") or {}
        reason = f"{error.get('code', '')}: {error.get('message', '')}".strip(": ")
        if state == "failed" and is_refusal(reason):
            state = "refused"
        return Report(state=state, percent=int(video.get("progress") or 0), reason=reason)

    def fetch(self, ticket: str, path: Path) -> MicroMoney | None:
        """Download a video."""
        with self._opened() as client:
            return _cost(download(self.name, client, f"videos/{ticket}/content", path))

    def cancel(self, ticket: str) -> None:
        """Delete a video, which stops it where the server can."""
        try:
            self._known("DELETE", f"videos/{ticket}")
        except TicketUnknown:
            return

    def _opened(self) -> httpx.Client:
        return httpx.Client(base_url=self._url, headers=self._headers, timeout=self._timeout_s)

    def _known(self, method: str, path: str) -> httpx.Response:
        with self._opened() as client, reached(self.name):
            response = client.request(method, path)
        if response.status_code == httpx.codes.NOT_FOUND:
            raise TicketUnknown(self.name)
        raise_for(self.name, response.status_code, said_in(response), response.headers)
        return response

    def _fields(self, order: Order) -> Json:
        fields: Json = {
            "prompt": order.prompt,
            "size": str(order.size),
            "seconds": str(-(-order.length_ms // 1000)),
        }
        if self._model:
            fields["model"] = self._model
        if self._dialect == "openai":
            return fields
        exact = {
            "fps": round(float(order.rate.fraction)),
            "num_frames": order.frame_count(self._frame_step),
            "seed": order.seed,
        }
        if self._dialect == "sglang":
            return fields | {"seconds": -(-order.length_ms // 1000)} | exact
        sides = {"width": order.size.width, "height": order.size.height}
        return fields | exact | sides | {"negative_prompt": order.negative}


def _type_of(path: Path) -> str:
    return {".png": "image/png", ".webp": "image/webp"}.get(path.suffix, "image/jpeg")


def _cost(headers: httpx.Headers) -> MicroMoney | None:
    """Return the cost that a LiteLLM proxy books, in millionths of a cent, rounded up."""
    try:
        dollars = Decimal(headers.get(COST_HEADER, ""))
    except InvalidOperation:
        return None
    if not dollars.is_finite() or dollars <= 0:
        return None
    micro = dollars * CENTS_PER_DOLLAR * MICROS_PER_MINOR
    return MicroMoney(int(micro.to_integral_value(rounding="ROUND_CEILING")), "USD")
