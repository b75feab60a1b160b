"""What the protocol's routers work with: headers, versions, requests that are carried out once."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from matinee.commerce.checkout.actions import Caller, Room
from matinee.kit import idempotency, logs
from matinee.kit.db import Database, Session
from matinee.kit.errors import MatineeError
from matinee.people import Visitor, access

from . import store
from .answering import Place, Said
from .asking import fingerprint
from .errors import VERSION, VERSIONS, Refused, refused_by
from .store import Occasion

log = logs.logger(__name__)

_KEY_CHARACTERS_MAX = 255
_DELEGATED = "/delegate_"
_DELEGATES = frozenset(
    {"invalid_card", "duplicate_request", "idempotency_conflict", "too_many_requests"}
    | {"idempotency_key_required", "idempotency_in_flight"}
)
_REQUEST_ID_CHARACTERS_MAX = 200

Act = Callable[[Session], tuple[int, Said]]


@dataclass(frozen=True, kw_only=True)
class AcpDesk:
    """Where agents are answered; ``card`` knows test cards by their number, in test mode."""

    database: Database
    room: Room
    place: Place
    card: Callable[[str], str | None] | None = None


class AcpRoute(APIRoute):
    """A route whose refusals have the protocol's shape, whoever refuses."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer as the base does, and refuse as the protocol says."""
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                response = await handle(request)
            except Refused as refused:
                response = _refusal(refused, path=request.url.path)
            except MatineeError as error:
                response = _refusal(refused_by(error), path=request.url.path)
            except RequestValidationError:
                wrong = Refused(400, "invalid", "A part of the address is wrong.")
                response = _refusal(wrong, path=request.url.path)
            for name in ("idempotency-key", "request-id"):
                said = request.headers.get(name, "")
                if said and len(said) <= _KEY_CHARACTERS_MAX and said.isprintable():
                    response.headers[name] = said
            return response

        return answered


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its body, and the version that it is in."""

    request: Request
    body: bytes
    version: str

    @property
    def caller(self) -> Caller:
        """The agent, and the person whose key it bears."""
        visitor: Visitor | None = access.seen(self.request)
        assert visitor is not None, "the route is for agents with a key"
        return Caller.of(visitor, face="acp")

    @property
    def agent(self) -> str:
        """The agent by the name of its key; a browser has none."""
        return self.caller.agent or f"person/{self.caller.person_id}"


async def asked_of(request: Request) -> Asked:
    """Look at the headers; raises ``Refused``."""
    version = request.headers.get("api-version", "").strip()
    if not version:
        raise Refused(
            400, "missing_api_version", f"Say which version you speak: API-Version: {VERSION}"
        )
    if version not in VERSIONS:
        raise Refused(
            400,
            "unsupported_api_version",
            f"The version {version[:40]!r} is not spoken here, but {', '.join(VERSIONS)}.",
        )
    return Asked(request, await request.body(), version)


Agent = Annotated[Visitor, Depends(access.member("buy"))]
Speaking = Annotated[Asked, Depends(asked_of)]


def once(desk: AcpDesk, speaking: Asked, act: Act, *, keyed: bool = True) -> Response:
    """Carry a request out once, with its answer in the same transaction."""
    with desk.database.transaction() as session:
        occasion = begun(session, desk, speaking) if keyed else None
        if not isinstance(occasion, Occasion | None):
            return json_answer(*occasion, again=True)
        status, said = act(session)
        answer = msgspec.json.encode(said).decode()
        if occasion is not None:
            store.finish(session, occasion, status, answer)
    return json_answer(status, answer)


def begun(session: Session, desk: AcpDesk, speaking: Asked) -> Occasion | tuple[int, str] | None:
    """The occasion to be finished, or the answer there is, or None without a key where it may be.

    Raises ``Refused``.
    """
    key = speaking.request.headers.get("idempotency-key")
    if key is None:
        if speaking.version < VERSION:
            return None  # older versions leave it to the agent
        raise Refused(
            400, "idempotency_key_required", "Send a fresh UUID as the header Idempotency-Key."
        )
    occasion = Occasion(
        speaking.agent,
        speaking.request.url.path,
        idempotency.checked_key(key),
        fingerprint(speaking.body),
    )
    return store.begin(session, occasion, at=desk.room.clock.now()) or occasion


def _refusal(refused: Refused, *, path: str) -> Response:
    body = refused.body
    if _DELEGATED in path and refused.status in {400, 404} and refused.code not in _DELEGATES:
        body["code"] = "invalid_card"  # of the few words that the protocol has there, the nearest
    if refused.status >= 500:  # noqa: PLR2004 - server errors
        log.warning("request_failed", code=refused.code)
    response = json_answer(refused.status, msgspec.json.encode(body).decode())
    if refused.wait_s:
        response.headers["retry-after"] = str(refused.wait_s)
    if refused.status == 401:  # noqa: PLR2004 - unauthorised
        response.headers["www-authenticate"] = "Bearer"
    return response


def json_answer(status: int, said: str, *, again: bool = False) -> Response:
    """Send JSON; ``again`` is whether it was sent before."""
    headers = {"cache-control": "no-store"}
    if again:
        headers["idempotent-replayed"] = "true"
    return Response(said, status_code=status, media_type="application/json", headers=headers)
