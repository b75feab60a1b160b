"""A queue that speaks fal's protocol; see `fake_provider`.

It wants a key, a known application and arguments of the right types, moves requests through
IN_QUEUE, IN_PROGRESS and COMPLETED, and serves files under links of their own that expire.
"""

from fractions import Fraction

from .fake_footage import footage
from .fake_provider import Answered, Asked, FakeJob, FakeProvider, Json, hang, spoilt
from .fal_engine import FORMS, UNITS_HEADER

LANDSCAPE, PORTRAIT, SQUARE = (160, 90), (90, 160), (120, 120)
SIZES = {"16:9": LANDSCAPE, "9:16": PORTRAIT, "1:1": SQUARE}
OWN_RATE = 16
UNITS_PER_SECOND = 1.0
SHORTEST_FRAMES = 5


class FakeFal(FakeProvider):
    """See `FakeProvider`; `root` is what a client is given for the queue."""

    def answer(self, asked: Asked) -> Answered:  # noqa: PLR0911 - a protocol has as many cases as its server
        """Answer one request."""
        if asked.path.startswith("/files/"):
            return self._file(asked)
        if asked.headers.get("authorization") != f"Key {self.key}":
            return Answered(401, {"detail": "Cannot access application. Authentication required."})
        application, _, rest = asked.path.strip("/").partition("/requests/")
        if asked.method == "POST":
            return self._submitted(asked, application)
        request_id, _, verb = rest.partition("/")
        job = self.jobs.get(request_id)
        if job is None or (job.behaviour == "forget" and job.looks):
            return Answered(404, {"detail": "Request not found"})
        if verb == "status":
            return self._status(job)
        if verb == "cancel":
            if job.behaviour != "never" and job.looks >= self.looks_until_done:
                return Answered(400, {"status": "ALREADY_COMPLETED"})
            job.cancelled = True
            return Answered(202, {"status": "CANCELLATION_REQUESTED"})
        return self._result(job)

    def _submitted(self, asked: Asked, application: str) -> Answered:  # noqa: PLR0911 - the same
        known = {one for form in FORMS.values()
                 for one in (form.text, form.image, *form.control.values())}  # fmt: skip
        if application not in known:
            return Answered(404, {"detail": f"Application {application!r} not found"})
        fault = _fault_of(asked.fields)
        if fault:
            return Answered(422, {"detail": [{"type": "value_error", "msg": fault}]})
        match behaviour := self.next_behaviour():
            case "rate_limit":
                return Answered(429, {"detail": "Too many requests"}, {"Retry-After": "1"})
            case "out_of_credit":
                return Answered(403, {"detail": "User is locked. Reason: Exhausted balance."})
            case "down":
                return Answered(503, {"detail": "Runners are busy"})
            case "refuse":
                flag = {"type": "content_policy_violation", "msg": "The prompt was flagged."}
                return Answered(422, {"detail": [flag]})
            case "hang":
                hang()
        job = self.add_job(asked, behaviour, form="request-{}")
        base = f"https://queue.fal.run/{'/'.join(application.split('/')[:2])}/requests/{job.id}"
        return Answered(
            200,
            {
                "request_id": job.id,
                "response_url": base,
                "status_url": f"{base}/status",
                "cancel_url": f"{base}/cancel",
                "queue_position": 0,
            },
        )

    def _status(self, job: FakeJob) -> Answered:
        if job.behaviour == "busy_looks" and job.looks == 0:
            job.looks += 1
            return Answered(429, {"detail": "Too many requests"}, {"Retry-After": "1"})
        first = job.looks == 0
        if not self.is_done(job):
            if first:
                return Answered(202, {"status": "IN_QUEUE", "queue_position": 0})
            return Answered(202, {"status": "IN_PROGRESS", "logs": None})
        ended: Json = {"status": "COMPLETED", "logs": None, "metrics": {"inference_time": 1.0}}
        if job.behaviour == "moderate":
            ended |= {"error": "NSFW content detected", "error_type": "content_policy_violation"}
        if job.behaviour == "fail":
            ended |= {"error": "Runner disconnected", "error_type": "runner_disconnected"}
        return Answered(200, ended)

    def _result(self, job: FakeJob) -> Answered:
        job.fetches += 1
        seconds = float(_frames(job.asked.fields) / _rate(job.asked.fields))
        link = f"{self.root}/files/{job.id}/{job.fetches}.mp4"
        body = {"video": {"url": link, "content_type": "video/mp4"}, "seed": 1}
        return Answered(200, body, {UNITS_HEADER: f"{seconds * UNITS_PER_SECOND:.3f}"})

    def _file(self, asked: Asked) -> Answered:
        _, _, job_id, name = asked.path.split("/")
        job = self.jobs[job_id]
        if job.behaviour == "expired_link" and name == "1.mp4":
            return Answered(403, {"detail": "The link has expired"})
        fields = job.asked.fields
        width, height = SIZES[str(fields.get("aspect_ratio", "16:9"))]
        whole = footage(
            width,
            height,
            rate=_rate(fields),
            frame_count=_frames(fields),
            seed=int(fields.get("seed", 1)),
        )
        return Answered(200, spoilt(job, whole))


def _fault_of(fields: Json) -> str:
    """Return what is wrong with the arguments, or empty."""
    if not fields.get("prompt"):
        return "prompt is required"
    if fields.get("aspect_ratio", "16:9") not in SIZES:
        return "aspect_ratio must be 16:9, 9:16 or 1:1"
    frames = fields.get("num_frames", SHORTEST_FRAMES)
    if not isinstance(frames, int) or frames < SHORTEST_FRAMES:
        return f"num_frames must be at least {SHORTEST_FRAMES}"
    for name in ("image_url", "end_image_url", "video_url"):
        if name in fields and not str(fields[name]).startswith(("data:", "http")):
            return f"{name} must be a URL"
    return ""


def _rate(fields: Json) -> Fraction:
    return Fraction(int(fields.get("frames_per_second", OWN_RATE)))


def _frames(fields: Json) -> int:
    if "num_frames" in fields:
        return int(fields["num_frames"])
    return int(str(fields.get("duration", "5")).rstrip("s")) * OWN_RATE
