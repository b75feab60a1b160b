"""Chat completions with structured output, as OpenAI and many other servers speak them.

Whoever asks says what a failure means: the four exceptions here are no errors of Matinee, and never
leave `adapters`.

Source of the wire form: https://platform.openai.com/docs/guides/structured-outputs
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import httpx

Json: TypeAlias = dict[str, Any]

ATTEMPTS_MAX = 4
WAIT_S, WAIT_S_MAX = 0.5, 20.0
TIMEOUT_S = 120.0
ANSWER_BYTES_MAX = 8 * 1024 * 1024
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})


class ChatError(Exception):
    """No answer that can be used; `reason` is for a person to read."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


class Unavailable(ChatError):
    """The server does not answer, or has no room for this request."""


class Misconfigured(ChatError):
    """The server refuses the key, the model or the form of the request, with `status`."""

    def __init__(self, status: int, reason: str) -> None:
        """Keep the status that it answered with."""
        super().__init__(reason)
        self.status = status


class Refused(ChatError):
    """The model declines to answer this."""


class Unusable(ChatError):
    """The answer is no completion, empty, too long or cut off."""


class Chat:
    """A server and a model. Waits with `wait` (seconds) between attempts, at most 20 s."""

    def __init__(
        self,
        *,
        url: str,
        model: str,
        key: str = "",
        timeout_s: float = TIMEOUT_S,
        wait: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare a connection; nothing is sent before `answer`."""
        self.url = url.rstrip("/")
        self._model = model
        self._wait = wait
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout_s = timeout_s
        self._transport = transport

    def answer(
        self, messages: Sequence[Json], *, name: str, schema: Json, seed: int, tokens_max: int
    ) -> str:
        """Return the text of an answer in `schema`, called `name`; retries what may pass by itself.

        Raises Unavailable, Misconfigured, Refused and Unusable.
        """
        body: Json = {
            "model": self._model,
            "messages": list(messages),
            "seed": seed,
            "max_completion_tokens": tokens_max,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": name, "strict": True, "schema": schema},
            },
        }
        reason = ""
        with httpx.Client(
            headers=self._headers, timeout=self._timeout_s, transport=self._transport
        ) as client:
            for attempt in range(ATTEMPTS_MAX):
                delay_s = min(WAIT_S * 2**attempt, WAIT_S_MAX)
                try:
                    response = client.post(f"{self.url}/chat/completions", json=body)
                except httpx.TimeoutException:
                    reason = f"it did not answer within {self._timeout_s:g} s"
                except httpx.HTTPError as error:
                    reason = str(error) or type(error).__name__
                else:
                    if response.status_code not in RETRIED or _is_out_of_credit(response):
                        return _content(response, tokens_max)
                    reason = f"it answered {response.status_code}: {_reason(response)}"
                    delay_s = _asked_delay_s(response.headers, delay_s)
                if attempt + 1 < ATTEMPTS_MAX:
                    self._wait(delay_s)
        raise Unavailable(reason)


def _content(response: httpx.Response, tokens_max: int) -> str:
    """Return the text of an answer, or raise what its status or its refusal means."""
    if _is_out_of_credit(response):
        raise Unavailable(_reason(response))
    if response.is_error or response.is_redirect:
        raise Misconfigured(response.status_code, _reason(response))
    if len(response.content) > ANSWER_BYTES_MAX:
        reason = f"its answer has {len(response.content)} bytes"
        raise Unusable(reason)
    try:
        choice = response.json()["choices"][0]
        message, finish = choice["message"], choice.get("finish_reason")
        refusal, content = message.get("refusal"), message.get("content")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        reason = "its answer is not a chat completion"
        raise Unusable(reason) from error
    if refusal or finish == "content_filter":
        raise Refused(str(refusal or "its content filter stopped it")[:300])
    if finish == "length":
        reason = f"the answer was cut off after {tokens_max} tokens"
        raise Unusable(reason)
    if not isinstance(content, str) or not content.strip():
        reason = "its answer is empty"
        raise Unusable(reason)
    return content


def json_of(answer: str) -> str:
    """Return the JSON of an answer: some servers wrap it in prose or fences."""
    first, last = answer.find("{"), answer.rfind("}")
    return answer[first : last + 1] if 0 <= first < last else answer


def _is_out_of_credit(response: httpx.Response) -> bool:
    """Whether a 429 means an empty account: no retry will fill it."""
    return response.status_code == httpx.codes.TOO_MANY_REQUESTS and (
        "insufficient_quota" in response.text[:2000]
    )


def _reason(response: httpx.Response) -> str:
    try:
        said = response.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        said = response.text
    return str(said).strip()[:300] or response.reason_phrase


def _asked_delay_s(headers: Mapping[str, str], otherwise_s: float) -> float:
    """Return the wait that Retry-After asks for in seconds, at most 20 s."""
    asked = headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return min(float(asked), WAIT_S_MAX)
    return otherwise_s
