"""fal: models behind one queue, by way of `fal-client`.

Every model has its own names for the same things, which a `Form` gives. Nothing calls back: the
queue is looked at. A ticket is the application and the request, `fal-ai/wan::1c2d…`. Pictures and
videos travel in the request as data URLs.

The client retries by itself for up to minutes; here every answer is judged on the line, so that a
stop is noticed at once and no order is sent twice.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import httpx

from matinee.kit.money import MicroMoney
from matinee.studio.hiring import (
    EngineMisconfigured,
    EngineNotInstalled,
    EngineUnavailable,
    Order,
    Placed,
    Report,
    ShotUnsuitable,
    TicketUnknown,
)

from .calling import TIMEOUT_S, Json, download, is_refusal, raise_for, reached, said_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from matinee.studio.abilities import Abilities, Control

try:
    import fal_client
except ImportError:  # the extra `engines` is not installed; whoever asks for it is told
    fal_client = None  # type: ignore[assignment]

UNITS_HEADER = "x-fal-billable-units"
DATA_URL_BYTES_MAX = 24 * 1024 * 1024
MILLIS = 1000
MEDIA = {".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg", ".mp4": "video/mp4"}
QUEUE_HOST = "queue.fal.run"
PERCENT_WORKING = 40


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a model calls the parts of an order; an empty name is not sent.

    `text` is the application without a picture, `image` the one with a first frame and `control`
    the one for each control video. `seconds_form` writes a length ("{}" or "{}s").
    """

    text: str
    image: str = ""
    control: Mapping[Control, str] = field(default_factory=dict)
    first_frame: str = "image_url"
    last_frame: str = ""
    references: str = ""
    control_video: str = "video_url"
    negative: str = "negative_prompt"
    seconds: str = ""
    seconds_form: str = "{}"
    frames: str = ""
    rate: str = ""
    seed: str = "seed"
    aspect: str = "aspect_ratio"
    resolution: str = ""
    frame_step: int = 1
    also: Mapping[str, object] = field(default_factory=dict)


WAN = Form(
    text="fal-ai/wan/v2.2-a14b/text-to-video",
    image="fal-ai/wan/v2.2-a14b/image-to-video",
    last_frame="end_image_url",
    frames="num_frames",
    rate="frames_per_second",
    resolution="resolution",
    frame_step=4,
)
KLING = Form(
    text="fal-ai/kling-video/v2.1/master/text-to-video",
    image="fal-ai/kling-video/v2.1/master/image-to-video",
    seconds="duration",
    seed="",
)
VACE = Form(
    text="fal-ai/wan-vace-14b",
    control={"depth": "fal-ai/wan-vace-14b/depth", "pose": "fal-ai/wan-vace-14b/pose"},
    references="ref_image_urls",
    frames="num_frames",
    rate="frames_per_second",
    resolution="resolution",
    frame_step=4,
    # The control video is the stage's own pass: nothing is to be estimated from it.
    also={"preprocess": False},
)
FORMS: Mapping[str, Form] = {"wan": WAN, "kling": KLING, "vace": VACE}


class FalVideos:
    """A provider of one model on fal; see the Provider Protocol.

    `unit_price` is what one billable unit costs, by which fal's own figures become money. `queue`
    and `files` take the place of fal's addresses, for a gateway.
    """

    def __init__(
        self,
        *,
        name: str,
        form: Form,
        abilities: Abilities,
        key: str,
        unit_price: MicroMoney | None = None,
        queue: str = "",
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Prepare a connection; raises EngineNotInstalled without the extra `engines`."""
        if fal_client is None:
            raise EngineNotInstalled(name, "fal-client")
        self.name, self.version, self.abilities = name, f"{name}/{form.text}", abilities
        self._form, self._unit_price = form, unit_price
        self._key, self._queue, self._timeout_s = key, queue, timeout_s

    def place(self, order: Order) -> Placed:
        """Submit a request to the queue."""
        application, arguments = self._asked(order)
        with self._opened() as client, reached(self.name, ordering=True):
            handle = client.submit(application, arguments)
        return Placed(ticket=f"{application}::{handle.request_id}")

    def look(self, ticket: str) -> Report:
        """Ask where a request is."""
        with self._opened() as client, reached(self.name):
            status = self._handle(client, ticket).status(with_logs=False)
        if isinstance(status, fal_client.Queued):
            return Report(state="waiting")
        if isinstance(status, fal_client.InProgress):
            return Report(state="working", percent=PERCENT_WORKING)
        assert isinstance(status, fal_client.Completed)
        if status.error:
            refused = is_refusal(status.error, status.error_type)
            return Report(state="refused" if refused else "failed", reason=str(status.error))
        return Report(state="done", percent=100)

    def fetch(self, ticket: str, path: Path) -> MicroMoney | None:
        """Download the result, by a fresh link."""
        with self._opened() as client, reached(self.name):
            handle = self._handle(client, ticket)
            answer = handle.client.get(handle.response_url)
        body = answer.json()
        video = body.get("video") if isinstance(body, dict) else None
        url = video.get("url") if isinstance(video, dict) else None
        if not isinstance(url, str):
            reason = "its result names no video"
            raise EngineUnavailable(self.name, reason)
        try:
            with httpx.Client(timeout=self._timeout_s) as files:
                download(self.name, files, url, path)
        except EngineMisconfigured as error:
            # The file is behind a link of its own: a refusal there means that the link expired.
            reason = "its link to the file had expired"
            raise EngineUnavailable(self.name, reason) from error
        return self._cost(answer.headers)

    def cancel(self, ticket: str) -> None:
        """Take a request from the queue, or stop it."""
        try:
            with self._opened() as client, reached(self.name):
                self._handle(client, ticket).cancel()
        except EngineMisconfigured:
            return  # it has ended already

    @contextmanager
    def _opened(self) -> Iterator[fal_client.SyncClient]:
        with httpx.Client(
            transport=_Line(self.name, self._queue),
            headers={"Authorization": f"Key {self._key}"},
            timeout=self._timeout_s,
        ) as line:
            yield _client(line, self._key, self._timeout_s)

    def _handle(self, client: fal_client.SyncClient, ticket: str) -> fal_client.SyncRequestHandle:
        application, parted, request_id = ticket.partition("::")
        if not parted:
            raise TicketUnknown(self.name)
        return client.get_handle(application, request_id)

    def _asked(self, order: Order) -> tuple[str, Json]:
        """Return the application and its arguments."""
        form, guides = self._form, order.guides
        application = form.text
        parts: list[tuple[str, object]] = [
            ("prompt", order.prompt),
            (form.negative, order.negative),
            (form.seconds, form.seconds_form.format(-(-order.length_ms // MILLIS))),
            (form.frames, order.frame_count(form.frame_step)),
            (form.rate, round(float(order.rate.fraction))),
            (form.seed, order.seed),
            (form.aspect, _aspect(order)),
            (form.resolution, f"{min(order.size.width, order.size.height)}p"),
            (form.references, [self._data_url(one) for one in guides.references] or None),
            *form.also.items(),
        ]
        if guides.first_frame is not None and form.image:
            application = form.image
            parts.append((form.first_frame, self._data_url(guides.first_frame)))
            if guides.last_frame is not None:
                parts.append((form.last_frame, self._data_url(guides.last_frame)))
        for name, path in guides.controls.items():
            if name in form.control:
                application = form.control[name]
                parts.append((form.control_video, self._data_url(path)))
                break
        return application, {name: value for name, value in parts if name and value is not None}

    def _data_url(self, path: Path) -> str:
        content = path.read_bytes()
        if len(content) > DATA_URL_BYTES_MAX:
            reason = f"a guide of {len(content)} bytes is too large to send"
            raise ShotUnsuitable(self.name, reason)
        kind = MEDIA.get(path.suffix, "application/octet-stream")
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"

    def _cost(self, headers: httpx.Headers) -> MicroMoney | None:
        try:
            units = float(headers.get(UNITS_HEADER, ""))
        except ValueError:
            return None
        if self._unit_price is None or not 0 < units < float("inf"):
            return None
        return MicroMoney(round(units * self._unit_price.micro), self._unit_price.currency)


def _aspect(order: Order) -> str:
    ratio = float(order.size.aspect)
    known = {"16:9": 16 / 9, "9:16": 9 / 16, "1:1": 1.0}
    return min(known, key=lambda name: abs(known[name] - ratio))


class _Line(httpx.HTTPTransport):
    """Carries requests, elsewhere if there is a gateway, and raises what an answer means."""

    def __init__(self, engine: str, queue: str) -> None:
        super().__init__()
        self._engine, self._queue = engine, httpx.URL(queue) if queue else None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._queue is not None and request.url.host == QUEUE_HOST:
            queue = self._queue
            request.url = request.url.copy_with(
                scheme=queue.scheme, host=queue.host, port=queue.port
            )
            request.headers["host"] = queue.netloc.decode()
        with reached(self._engine, ordering=request.method == "POST"):
            response = super().handle_request(request)
            if not response.is_error:
                return response
            response.read()
        if response.status_code == httpx.codes.NOT_FOUND:
            raise TicketUnknown(self._engine)
        raise_for(self._engine, response.status_code, said_in(response), response.headers)
        return response


def _client(line: httpx.Client, key: str, timeout_s: float) -> fal_client.SyncClient:
    class Client(fal_client.SyncClient):
        """fal's client on a line of our own."""

        @cached_property
        def _client(self) -> httpx.Client:
            return line

    return Client(key=key, default_timeout=timeout_s)
