"""Google's Veo, by way of `google-genai`: long-running operations of the Agent Platform.

The newest SDK asks for videos on the platform only (an API key, or a project with the machine's
own credentials). The operation's name is the ticket. An operation cannot be stopped: one that
nobody wants any more runs to its end and is charged.

Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/veo-video-generation
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import httpx

from matinee.film import FrameRate, FrameSize
from matinee.studio.abilities import Abilities
from matinee.studio.hiring import (
    EngineNotInstalled,
    EngineUnavailable,
    Order,
    OrderUnclear,
    Placed,
    Report,
    TicketUnknown,
)

from .calling import TIMEOUT_S, is_refusal, raise_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from matinee.kit.money import MicroMoney

    Answer = TypeVar("Answer")

try:
    import httpx2  # what the SDK calls with
    from google import genai
    from google.genai import errors as genai_errors
    from google.genai import types
except ImportError:  # the extra `engines` is not installed; whoever asks for it is told
    genai = None  # type: ignore[assignment]

PersonGeneration = Literal["allow_adult", "allow_all", "dont_allow"]

LENGTHS_MS = (4000, 6000, 8000)
REFERENCES_LENGTH_S = 8
SIZES = tuple(FrameSize(*sides) for sides in ((1280, 720), (720, 1280), (1920, 1080), (1080, 1920)))
RATE = FrameRate(24)
REFERENCES_MAX = 3
RESOLUTIONS = {720: "720p", 1080: "1080p"}
MEDIA = {".png": "image/png", ".webp": "image/webp"}
PERCENT_WORKING = 50
# google.rpc.Code: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
INVALID_ARGUMENT = 3


def abilities_of(price_per_second: MicroMoney | None, *, sound: bool = True) -> Abilities:
    """Return what Veo 3.1 makes."""
    return Abilities(
        lengths_ms=LENGTHS_MS,
        sizes=SIZES,
        rate=RATE,
        sound=sound,
        reference_images=REFERENCES_MAX,
        first_frame=True,
        last_frame=True,
        seeds=True,
        remote=True,
        price_per_second=price_per_second,
    )


class VeoVideos:
    """A provider of one Veo model; see the Provider Protocol.

    Either `key`, or `project` and `location` with the machine's own credentials. `url` takes the
    place of Google's address, for a gateway.
    """

    def __init__(  # noqa: PLR0913 - what a connection to Google is made of
        self,
        *,
        name: str,
        model: str,
        abilities: Abilities,
        key: str = "",
        project: str = "",
        location: str = "",
        person_generation: PersonGeneration = "allow_adult",
        url: str = "",
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Prepare a connection; raises EngineNotInstalled without the extra `engines`."""
        if genai is None:
            raise EngineNotInstalled(name, "google-genai")
        self.name, self.version, self.abilities = name, f"{name}/{model}", abilities
        self._model, self._person_generation = model, person_generation
        options = types.HttpOptions(
            timeout=round(timeout_s * 1000),
            base_url=url or None,
            # The hired engine retries, and asks between whether the shot is still wanted.
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        self._open = (
            partial(genai.Client, vertexai=True, api_key=key, http_options=options)
            if key
            else partial(
                genai.Client,
                vertexai=True,
                project=project,
                location=location,
                http_options=options,
            )
        )

    def place(self, order: Order) -> Placed:
        """Begin an operation."""
        guides, seconds = order.guides, -(-order.length_ms // 1000)
        first, last, references = guides.first_frame, guides.last_frame, guides.references
        config = types.GenerateVideosConfig(
            number_of_videos=1,
            duration_seconds=seconds,
            aspect_ratio="16:9" if order.size.width >= order.size.height else "9:16",
            resolution=RESOLUTIONS[min(order.size.width, order.size.height)],
            seed=order.seed,
            negative_prompt=order.negative,
            person_generation=self._person_generation,
            generate_audio=self.abilities.sound,
            last_frame=_image(last) if first is not None and last is not None else None,
        )
        # A first frame already shows the cast: the model takes the one or the other.
        if first is None and references and seconds == REFERENCES_LENGTH_S:
            config.reference_images = [
                types.VideoGenerationReferenceImage(
                    image=_image(one), reference_type=types.VideoGenerationReferenceType.ASSET
                )
                for one in references
            ]
        source = types.GenerateVideosSource(
            prompt=order.prompt, image=None if first is None else _image(first)
        )
        operation = self._asked(
            lambda client: client.models.generate_videos(
                model=self._model, source=source, config=config
            ),
            ordering=True,
        )
        return Placed(ticket=str(operation.name))

    def look(self, ticket: str) -> Report:
        """Ask how far an operation is."""
        operation = self._operation(ticket)
        if not operation.done:
            return Report(state="working", percent=PERCENT_WORKING)
        if operation.error:
            reason = str(operation.error.get("message", operation.error))
            # A prompt or picture that may not be shown ends as an argument that is not valid.
            refused = operation.error.get("code") == INVALID_ARGUMENT or is_refusal(reason)
            return Report(state="refused" if refused else "failed", reason=reason)
        response = operation.response
        if response is not None and response.generated_videos:
            return Report(state="done", percent=100)
        reasons = list(response.rai_media_filtered_reasons or []) if response else []
        if reasons or (response is not None and response.rai_media_filtered_count):
            return Report(state="refused", reason="; ".join(reasons) or "its safety filter")
        return Report(state="failed", reason="its operation ended without a video")

    def fetch(self, ticket: str, path: Path) -> MicroMoney | None:
        """Write the video that an operation carries; its price is by the second."""
        response = self._operation(ticket).response
        made = (response.generated_videos if response else None) or []
        video = made[0].video if made else None
        if video is None or not video.video_bytes:
            reason = "its operation carries no video"
            raise EngineUnavailable(self.name, reason)
        path.write_bytes(video.video_bytes)
        return None

    def cancel(self, ticket: str) -> None:
        """Leave the operation alone: there is no way to stop it."""

    def _operation(self, ticket: str) -> types.GenerateVideosOperation:
        asked_for = types.GenerateVideosOperation.model_validate({"name": ticket})
        return self._asked(lambda client: client.operations.get(asked_for))

    def _asked(self, call: Callable[[genai.Client], Answer], *, ordering: bool = False) -> Answer:
        """Call the SDK, and name what it raises."""
        try:
            with self._open() as client:
                return call(client)
        except genai_errors.APIError as error:
            if error.code == httpx.codes.NOT_FOUND and not ordering:
                raise TicketUnknown(self.name) from error
            headers = getattr(error.response, "headers", None) or {}
            said = f"{error.status}: {error.message}"
            raise_for(self.name, error.code, said, {k.lower(): v for k, v in headers.items()})
            raise
        except (OSError, httpx2.HTTPError) as error:
            words = type(error).__name__
            if ordering and "Connect" not in words:
                raise OrderUnclear(self.name, words) from error
            raise EngineUnavailable(self.name, words) from error


def _image(path: Path) -> types.Image:
    return types.Image(
        image_bytes=path.read_bytes(), mime_type=MEDIA.get(path.suffix, "image/jpeg")
    )
