"""A server that speaks OpenAI's `/v1/videos` in one of three dialects; see `fake_provider`.

`openai` wants a form, a known size and 4, 8 or 12 seconds, and books costs as LiteLLM does; `vllm`
wants a form and takes exact frames; `sglang` wants JSON, and a form only with a picture.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from matinee.film import FrameSize

from .fake_footage import footage
from .fake_provider import (
    KEY,
    Answered,
    Asked,
    Behaviour,
    FakeJob,
    FakeProvider,
    Json,
    hang,
    spoilt,
)
from .openai_video_engine import COST_HEADER, Dialect

MODEL = "fake-video"
SIZES = ("1280x720", "720x1280", "1024x1792", "1792x1024")
SECONDS = ("4", "8", "12")
PROMPT_CHARACTERS_MAX = 32_000
DOLLARS_PER_SECOND = 0.1
OWN_RATE = 30
# A fake need not be sharp: it makes small files quickly and keeps the shape.
SHRINK = 8


class FakeOpenAIVideos(FakeProvider):
    """See `FakeProvider`; `url` is what a client is configured with."""

    def __init__(
        self,
        behaviours: Sequence[Behaviour] = (),
        *,
        key: str = KEY,
        looks_until_done: int = 2,
        dialect: Dialect = "openai",
    ) -> None:
        """Speak one dialect."""
        super().__init__(behaviours, key=key, looks_until_done=looks_until_done)
        self.dialect = dialect

    @property
    def url(self) -> str:
        """The root of the API."""
        return f"{self.root}/v1"

    def answer(self, asked: Asked) -> Answered:  # noqa: PLR0911 - a protocol has as many cases as its server
        """Answer one request."""
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return _fault(401, "invalid_api_key", "Incorrect API key provided.")
        if (asked.method, asked.path) == ("POST", "/v1/videos"):
            return self._created(asked)
        parts = asked.path.removeprefix("/v1/videos/").split("/")
        job = self.jobs.get(parts[0])
        if job is None or (job.behaviour == "forget" and job.looks) or job.cancelled:
            return _fault(404, "not_found", "Video not found")
        if asked.method == "DELETE":
            job.cancelled = True
            return Answered(200, {"id": job.id, "object": "video.deleted", "deleted": True})
        if parts[1:] == ["content"]:
            return self._content(job)
        if job.behaviour == "busy_looks" and job.looks == 0:
            job.looks += 1
            return _fault(429, "rate_limit_exceeded", "Slow down.", {"Retry-After": "1"})
        return Answered(200, self._video(job))

    def _created(self, asked: Asked) -> Answered:
        fault = self._fault_of(asked)
        if fault:
            return _fault(400, "invalid_request_error", fault)
        match behaviour := self.next_behaviour():
            case "rate_limit":
                return _fault(429, "rate_limit_exceeded", "Slow down.", {"Retry-After": "1"})
            case "out_of_credit":
                return _fault(429, "insufficient_quota", "You exceeded your current quota.")
            case "down":
                return _fault(503, "server_error", "The engine is overloaded.")
            case "refuse":
                return _fault(400, "moderation_blocked", "Your request was blocked.")
            case "hang":
                hang()
        job = self.add_job(asked, behaviour, form="video_{}")
        headers = {}
        if self.dialect == "openai":
            cost = DOLLARS_PER_SECOND * int(asked.fields["seconds"])
            headers[COST_HEADER] = f"{cost:.4f}"
        return Answered(200, self._video(job), headers)

    def _fault_of(self, asked: Asked) -> str:  # noqa: PLR0911 - a protocol has as many cases as its server
        """Return what this server refuses about an order, or empty."""
        fields = asked.fields
        prompt = str(fields.get("prompt", ""))
        if not 0 < len(prompt) <= PROMPT_CHARACTERS_MAX:
            return "prompt must have 1 to 32000 characters"
        if self.dialect == "sglang":
            if asked.is_form and "input_reference" not in asked.files:
                return "input_reference file is required"
            return "" if fields.get("num_frames") else "num_frames must be positive"
        if not asked.is_form:
            return "expected multipart/form-data"
        if self.dialect == "vllm":
            missing = [name for name in ("width", "height", "fps", "num_frames")
                       if not str(fields.get(name, "")).isdigit()]  # fmt: skip
            return f"{missing[0]} must be a whole number" if missing else ""
        if fields.get("model") != MODEL:
            return f"The model '{fields.get('model')}' does not exist"
        if fields.get("size") not in SIZES:
            return f"Invalid size: {fields.get('size')}"
        return "" if fields.get("seconds") in SECONDS else "Invalid seconds"

    def _video(self, job: FakeJob) -> Json:
        video: Json = {
            "id": job.id,
            "object": "video",
            "model": job.asked.fields.get("model", ""),
            "status": "in_progress",
            "progress": self.percent(job),
            "created_at": 1_700_000_000,
            "size": job.asked.fields.get("size"),
            "seconds": str(job.asked.fields.get("seconds")),
            "error": None,
        }
        if job.looks == 0:
            video["status"] = "queued"
        if self.is_done(job):
            video |= {"status": "completed", "progress": 100}
            if job.behaviour == "moderate":
                error = {"code": "moderation_blocked", "message": "The output was blocked."}
                video |= {"status": "failed", "error": error}
            if job.behaviour == "fail":
                error = {"code": "server_error", "message": "A GPU fell out of the rack."}
                video |= {"status": "failed", "error": error}
        return video

    def _content(self, job: FakeJob) -> Answered:
        job.fetches += 1
        if job.behaviour == "expired_link" and job.fetches == 1:
            return _fault(502, "server_error", "The storage is not ready.")
        fields = job.asked.fields
        size = FrameSize.of(str(fields["size"]))
        rate = Fraction(int(fields.get("fps") or OWN_RATE))
        seconds = int(fields["seconds"])
        frames = int(fields.get("num_frames") or math.ceil(seconds * rate))
        whole = footage(
            max(64, size.width // SHRINK // 2 * 2),
            max(64, size.height // SHRINK // 2 * 2),
            rate=rate,
            frame_count=frames,
            seed=int(fields.get("seed") or 1),
            sound=self.dialect == "openai",
        )
        return Answered(200, spoilt(job, whole))


def _fault(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Answered:
    error = {"message": message, "type": "invalid_request_error", "code": code, "param": None}
    return Answered(status, {"error": error}, headers or {})
