"""A server that speaks Veo's long-running operations; see `fake_provider`.

It wants a key, a known model, 4, 6 or 8 seconds, 720p or 1080p, 16:9 or 9:16; takes a last frame
only with a first one and references only without, for 8 seconds; and answers with the video itself.
"""

import base64
from fractions import Fraction

from .fake_footage import footage
from .fake_provider import Answered, Asked, FakeJob, FakeProvider, Json, hang, spoilt

MODEL = "veo-fake-001"
SIDES = {"16:9": (160, 90), "9:16": (90, 160)}
RATE = Fraction(24)
REFERENCES_MAX = 3


class FakeVeo(FakeProvider):
    """See `FakeProvider`; `root` is what a client is given as its address."""

    def answer(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.headers.get("x-goog-api-key") != self.key:
            return _fault(401, "UNAUTHENTICATED", "API key not valid.")
        resource, _, verb = asked.path.rpartition(":")
        if verb == "predictLongRunning":
            return self._begun(asked, resource)
        if verb == "fetchPredictOperation":
            job = self.jobs.get(str(asked.fields.get("operationName", "")).rpartition("/")[2])
            if job is None or (job.behaviour == "forget" and job.looks):
                return _fault(404, "NOT_FOUND", "The operation does not exist.")
            return self._operation(job)
        return _fault(404, "NOT_FOUND", f"No method {asked.path}")

    def _begun(self, asked: Asked, resource: str) -> Answered:  # noqa: PLR0911 - the same
        if not resource.endswith(f"/publishers/google/models/{MODEL}"):
            return _fault(404, "NOT_FOUND", f"Publisher model {resource} was not found.")
        fault = _fault_of(asked.fields)
        if fault:
            return _fault(400, "INVALID_ARGUMENT", fault)
        match behaviour := self.next_behaviour():
            case "rate_limit":
                words = "Quota exceeded for requests per minute."
                return _fault(429, "RESOURCE_EXHAUSTED", words, {"Retry-After": "1"})
            case "out_of_credit":
                words = "This API method requires billing to be enabled."
                return _fault(403, "PERMISSION_DENIED", words)
            case "down":
                return _fault(503, "UNAVAILABLE", "The service is currently unavailable.")
            case "refuse":
                words = "The prompt could not be submitted: it violates Responsible AI practices."
                return _fault(400, "INVALID_ARGUMENT", words)
            case "hang":
                hang()
        job = self.add_job(asked, behaviour, form="op-{}")
        where = resource.partition("publishers/")[2]
        return Answered(200, {"name": f"publishers/{where}/operations/{job.id}"})

    def _operation(self, job: FakeJob) -> Answered:
        if job.behaviour == "busy_looks" and job.looks == 0:
            job.looks += 1
            return _fault(429, "RESOURCE_EXHAUSTED", "Slow down.", {"Retry-After": "1"})
        operation: Json = {"name": f"operations/{job.id}"}
        if not self.is_done(job):
            return Answered(200, operation)
        operation["done"] = True
        if job.behaviour == "fail":
            operation["error"] = {"code": 13, "message": "Internal error. Try again."}
            return Answered(200, operation)
        if job.behaviour == "moderate":
            operation["response"] = {
                "raiMediaFilteredCount": 1,
                "raiMediaFilteredReasons": ["The video was filtered by safety settings."],
            }
            return Answered(200, operation)
        job.fetches += 1
        if job.behaviour == "expired_link" and job.fetches > 1:
            # What is kept is dropped between two looks, once.
            job.behaviour = "make"
            return _fault(503, "UNAVAILABLE", "The video is being moved.")
        content = base64.b64encode(spoilt(job, _video(job.asked.fields))).decode()
        operation["response"] = {
            "videos": [{"bytesBase64Encoded": content, "mimeType": "video/mp4"}]
        }
        return Answered(200, operation)


def _fault_of(fields: Json) -> str:  # noqa: PLR0911 - a protocol has as many cases as its server
    """Return what this server refuses about an order, or empty."""
    instance: Json = (fields.get("instances") or [{}])[0]
    chosen: Json = fields.get("parameters") or {}
    if not instance.get("prompt"):
        return "prompt is required"
    if chosen.get("durationSeconds") not in {4, 6, 8}:
        return f"durationSeconds {chosen.get('durationSeconds')} is not supported"
    if chosen.get("aspectRatio") not in SIDES or chosen.get("resolution") not in {"720p", "1080p"}:
        return "aspectRatio or resolution is not supported"
    if instance.get("lastFrame") and not instance.get("image"):
        return "lastFrame needs image"
    references = instance.get("referenceImages") or []
    if references and (instance.get("image") or len(references) > REFERENCES_MAX):
        return "referenceImages cannot be combined with image, and are three at most"
    if references and chosen["durationSeconds"] != 8:  # noqa: PLR2004 - the rule as Google has it
        return "referenceImages need 8 seconds"
    return ""


def _video(fields: Json) -> bytes:
    chosen: Json = fields["parameters"]
    width, height = SIDES[chosen["aspectRatio"]]
    return footage(
        width,
        height,
        rate=RATE,
        frame_count=int(chosen["durationSeconds"] * RATE),
        seed=int(chosen.get("seed", 1)),
        sound=bool(chosen.get("generateAudio")),
    )


def _fault(status: int, name: str, message: str, headers: dict[str, str] | None = None) -> Answered:
    return Answered(
        status, {"error": {"code": status, "message": message, "status": name}}, headers or {}
    )
