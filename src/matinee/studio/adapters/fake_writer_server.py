"""A server that speaks OpenAI's chat completions, writes with the offline writer and translates.

It stands in for the provider in the demo and in tests, on the wire: it wants a key, a known model
and a schema that strict structured output accepts, answers in the provider's form, and misbehaves
on request the way providers do.
"""

import json
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace, TracebackType
from typing import Any, Literal, Self, TypeAlias, cast

import msgspec

from matinee.studio.writer import OfflineWriter

Json: TypeAlias = dict[str, Any]
Behaviour = Literal[
    "write",
    "rate_limit",
    "out_of_credit",
    "server_error",
    "hang",
    "refuse",
    "filter",
    "cut_off",
    "fenced",
    "not_json",
    "no_choices",
    "empty",
    "dangling",
    "unknown_slugs",
    "bad_enum",
]

KEY, MODEL = "fake-key", "fake-screenwriter"
HANG_S = 1.5
BODY_BYTES_MAX = 2 * 1024 * 1024
# https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
ACCEPTED_KEYWORDS = frozenset(
    "type properties required additionalProperties items enum const anyOf $ref $defs description "  # noqa: SIM905 - words read better as text
    "pattern format minimum maximum multipleOf exclusiveMinimum exclusiveMaximum minItems maxItems "
    "prefixItems".split()
)
DEPTH_MAX, PROPERTIES_MAX = 10, 5000


class FakeWriterServer:
    """Serves `url` while it is entered; `behaviours` are used up one a request, then it writes.

    `requests` holds the bodies it accepted, in order.
    """

    def __init__(self, behaviours: Sequence[Behaviour] = (), *, key: str = KEY) -> None:
        """Prepare the server; it listens on a free port of this machine once entered."""
        self.key = key
        self.model = MODEL
        self.requests: list[Json] = []
        self._behaviours = list(behaviours)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """The root of the API, as a client is configured with it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def next_behaviour(self) -> Behaviour:
        """Take the next behaviour off the list."""
        with self._lock:
            return self._behaviours.pop(0) if self._behaviours else "write"


def schema_fault(schema: object) -> str:
    """Return what strict structured output would refuse in a schema, or empty."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return "schema must have type 'object' at its root"
    counted = [0]
    fault = _part_fault(schema, "root", 0, counted)
    if not fault and counted[0] > PROPERTIES_MAX:
        return f"{counted[0]} properties are more than {PROPERTIES_MAX}"
    return fault


def _part_fault(part: object, where: str, depth: int, counted: list[int]) -> str:  # noqa: PLR0911 - a grammar has as many cases as its language
    if not isinstance(part, dict):
        return ""
    if depth > DEPTH_MAX:
        return f"{where} is nested deeper than {DEPTH_MAX} levels"
    unknown = sorted(set(part) - ACCEPTED_KEYWORDS)
    if unknown:
        return f"{where}: keyword {unknown[0]!r} is not permitted"
    properties = part.get("properties", {})
    if part.get("type") == "object":
        if part.get("additionalProperties") is not False:
            return f"{where}: 'additionalProperties' is required to be false"
        if set(part.get("required", ())) != set(properties):
            return f"{where}: 'required' must list every property"
    counted[0] += len(properties)
    inner = [(f"{where}.{name}", one, depth + 1) for name, one in properties.items()]
    inner += [(f"$defs.{name}", one, 0) for name, one in part.get("$defs", {}).items()]
    inner += [(f"{where}.items", part.get("items"), depth + 1)]
    inner += [(f"{where}.anyOf", one, depth) for one in part.get("anyOf", ())]
    for name, one, level in inner:
        fault = _part_fault(one, name, level, counted)
        if fault:
            return fault
    return ""


def _handler(server: FakeWriterServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers one connection."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(min(length, BODY_BYTES_MAX))
            status, answer, headers = _answered(server, self.path, dict(self.headers), raw)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the caller keeps what was asked in `requests`."""

    return Handler


def _answered(
    server: FakeWriterServer, path: str, headers: dict[str, str], raw: bytes
) -> tuple[int, Json | bytes, dict[str, str]]:
    if path != "/v1/chat/completions":
        return _fault(404, f"Invalid URL (POST {path})", "invalid_request_error")
    if headers.get("Authorization") != f"Bearer {server.key}":
        return _fault(401, "Incorrect API key provided.", "invalid_api_key")
    try:
        body = json.loads(raw)
    except ValueError:
        return _fault(400, "We could not parse the JSON body of your request.", "bad_json")
    fault = _request_fault(body, server.model)
    if fault:
        return _fault(404 if fault.startswith("The model") else 400, fault, "invalid_request_error")
    server.requests.append(body)
    return _behave(server.next_behaviour(), body)


def _request_fault(body: object, model: str) -> str:
    if not isinstance(body, dict) or body.get("model") != model:
        named = body.get("model") if isinstance(body, dict) else None
        return f"The model '{named}' does not exist or you do not have access to it."
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return "[] is too short - 'messages'"
    for message in messages:
        if message.get("role") not in {"system", "developer", "user", "assistant"}:
            return f"Invalid value: '{message.get('role')}' in messages"
        if not isinstance(message.get("content"), str):
            return "Invalid type for 'messages[0].content'"
    wanted = body.get("response_format", {})
    if wanted.get("type") != "json_schema" or not wanted.get("json_schema", {}).get("strict"):
        return "Invalid value for 'response_format': this server writes structured output only"
    fault = schema_fault(wanted["json_schema"].get("schema"))
    return f"Invalid schema for response_format 'screenplay': {fault}" if fault else ""


def _fault(status: int, message: str, code: str) -> tuple[int, Json, dict[str, str]]:
    return status, {"error": {"message": message, "type": code, "code": code, "param": None}}, {}


def _behave(behaviour: Behaviour, body: Json) -> tuple[int, Json | bytes, dict[str, str]]:  # noqa: PLR0911 - a grammar has as many cases as its language
    match behaviour:
        case "rate_limit":
            status, answer, _ = _fault(429, "Rate limit reached.", "rate_limit_exceeded")
            return status, answer, {"Retry-After": "1"}
        case "out_of_credit":
            return _fault(429, "You exceeded your current quota.", "insufficient_quota")
        case "server_error":
            return _fault(500, "The server had an error.", "server_error")
        case "no_choices":
            return 200, {"object": "chat.completion", "choices": []}, {}
        case "not_json":
            return 200, b"<html>gateway</html>", {}
        case "refuse":
            return 200, _completion(None, refusal="I can't help with that."), {}
        case "filter":
            return 200, _completion("", finish="content_filter"), {}
        case "empty":
            return 200, _completion(""), {}
        case _:
            return 200, _written(behaviour, body), {}


def _written(behaviour: Behaviour, body: Json) -> Json:
    """Write the screenplay, and spoil it as the behaviour says."""
    if behaviour == "hang":
        time.sleep(HANG_S)
    if body["response_format"]["json_schema"].get("name") == "translation":
        return _completion(_translations(behaviour, body))
    tree = _screenplay(body)
    if behaviour == "dangling":
        tree["beats"][0]["cast"] = ["nobody"]
        tree["beats"][0]["lines"] = [
            {"character": "a_voice", "text": "Who is there?", "language": "en"}
        ]
        tree["notes"] = [{"status": "understood", "phrase": "what nobody wrote"}]
    if behaviour == "unknown_slugs":
        tree["settings"][0]["place"] = "Desert-Pyramids"
        tree["beats"][0]["sounds"] = [{"name": "kazoo", "position": "start"}]
    if behaviour == "bad_enum":
        tree["settings"][0]["weather"] = "plasma"
    content = json.dumps(tree, ensure_ascii=False)
    if behaviour == "fenced":
        content = f"Here is your screenplay:\n```json\n{content}\n```"
    if behaviour == "cut_off":
        return _completion(content[: len(content) // 2], finish="length")
    return _completion(content)


def _translations(behaviour: Behaviour, body: Json) -> str:
    """Mark each text as being in the other language: nobody takes that for a translation."""
    task = next(json.loads(one["content"]) for one in body["messages"] if one["role"] == "user")
    found = [f"{task['target']}: {text}" for text in task["texts"]]
    if behaviour == "dangling":
        found = found[1:]
    return json.dumps({"translations": found}, ensure_ascii=False)


def _screenplay(body: Json) -> Json:
    task = next(json.loads(one["content"]) for one in body["messages"] if one["role"] == "user")
    known = task["repertoire"]
    repertoire = SimpleNamespace(ambiences=(), voices=(), **known)
    screenplay = OfflineWriter().write(
        task["prompt"],
        repertoire=cast("Any", repertoire),
        language=task["language"],
        seed=int(body.get("seed", 0)),
        duration_ms=task["duration_ms"],
    )
    return cast("Json", msgspec.to_builtins(screenplay))


def _completion(content: str | None, *, refusal: str = "", finish: str = "stop") -> Json:
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {
                    "role": "assistant",
                    "content": content,
                    "refusal": refusal or None,
                },
            }
        ],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
