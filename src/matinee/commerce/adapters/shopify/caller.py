"""How the Admin API is called: tokens, limits, and what each kind of refusal means."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import IO, Any

import httpx

from matinee.commerce.shops.errors import (
    CredentialsRefused,
    PlatformBusy,
    PlatformDown,
    PlatformRefused,
)
from matinee.kit.clock import Clock

from .documents import document

API_VERSION = "2026-10"
ANSWER_BYTES_MAX = 16 * 2**20
TIMEOUT_S = 30.0

_EARLY = timedelta(minutes=5)
_WAIT_S, _WAIT_S_MAX = 2.0, 3_600.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """The client id and secret of the seller's app."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content: bytes


class Caller:
    """Speaks to one shop; ``url`` is where it is, and ``http`` who carries it there."""

    def __init__(
        self,
        *,
        address: str,
        credentials: Credentials,
        url: str,
        http: httpx.Client,
        clock: Clock,
    ) -> None:
        self.address = address
        self._credentials = credentials
        self._url = url.rstrip("/")
        self._http = http
        self._clock = clock
        self._token: str | None = None
        self._token_until = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def ask(self, operation: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The data that an operation answers; raises as ``Platform`` says."""
        said = {"query": document(operation), "variables": dict(variables or {})}
        answer = self._sent(said)
        if answer.status == httpx.codes.UNAUTHORIZED:
            self._forget()
            answer = self._sent(said)
        told = self._read(answer)
        faults = told.get("errors")
        if faults:
            raise self._refusal(faults, told)
        data = told.get("data")
        if not isinstance(data, dict):
            raise PlatformDown(self.address, "its answer holds no data")
        return data

    def change(
        self, operation: str, name: str, variables: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What a mutation answers under its name, and the user errors it tells."""
        payload = self.ask(operation, variables)[name]
        return payload, list(payload.get("userErrors") or ())

    def file(self, url: str, into: IO[bytes], *, limit_bytes: int) -> None:
        """Write a file that the API named, as it lies where the API said."""
        here = url.replace(f"https://{self.address}", self._url, 1)
        if not here.startswith(("https://", f"{self._url}/")):
            raise PlatformDown(self.address, "it names a file that is not behind https")
        try:
            with self._http.stream("GET", here, timeout=TIMEOUT_S) as answer:
                if answer.status_code != httpx.codes.OK:
                    said = f"a file answered {answer.status_code}"
                    raise PlatformDown(self.address, said, begin_anew=True)
                byte_count = 0
                for piece in answer.iter_bytes():
                    byte_count += len(piece)
                    if byte_count > limit_bytes:
                        raise PlatformRefused(self.address, "a file is too large to be read")
                    into.write(piece)
        except httpx.HTTPError as error:
            raise PlatformDown(self.address, type(error).__name__) from error

    def refused(self, faults: list[dict[str, Any]]) -> PlatformRefused:
        """The error for user errors."""
        first = faults[0]
        where = ".".join(str(one) for one in first.get("field") or ())
        return PlatformRefused(self.address, f"{where} {str(first.get('message'))[:300]}".strip())

    def _sent(self, said: Mapping[str, Any]) -> _Answer:
        token = self._fresh_token()
        return self._post(
            f"/admin/api/{API_VERSION}/graphql.json",
            said=said,
            headers={"X-Shopify-Access-Token": token},
        )

    def _post(
        self,
        path: str,
        *,
        said: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _Answer:
        url = f"{self._url}{path}"
        content = bytearray()
        try:
            with self._http.stream(
                "POST", url, json=said, data=data, headers=headers, timeout=TIMEOUT_S
            ) as answer:
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > ANSWER_BYTES_MAX:
                        raise PlatformDown(self.address, "its answer is too long")
        except httpx.HTTPError as error:
            raise PlatformDown(self.address, type(error).__name__) from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise PlatformBusy(self.address, _seconds(answer.headers.get("retry-after")))
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise PlatformDown(self.address, f"it answered {answer.status_code}")
        return _Answer(answer.status_code, bytes(content))

    def _read(self, answer: _Answer) -> dict[str, Any]:
        if answer.status in {
            httpx.codes.UNAUTHORIZED,
            httpx.codes.PAYMENT_REQUIRED,
            httpx.codes.FORBIDDEN,
            httpx.codes.NOT_FOUND,
        }:
            raise CredentialsRefused(self.address, f"it answered {answer.status}")
        try:
            told = json.loads(answer.content)
        except ValueError as error:
            raise PlatformDown(self.address, "its answer is no JSON") from error
        if not isinstance(told, dict):
            raise PlatformDown(self.address, "its answer is no object")
        return told

    def _refusal(self, faults: object, told: Mapping[str, Any]) -> Exception:
        first: dict[str, Any] = {"message": str(faults)}
        if isinstance(faults, list) and faults and isinstance(faults[0], dict):
            first = faults[0]
        code = (first.get("extensions") or {}).get("code")
        if code == "THROTTLED":
            return PlatformBusy(self.address, _wait_s(told))
        if code == "ACCESS_DENIED":
            return CredentialsRefused(self.address, str(first.get("message"))[:300])
        if code == "INTERNAL_SERVER_ERROR":
            return PlatformDown(self.address, "it had a fault of its own")
        return PlatformRefused(self.address, str(first.get("message"))[:300])

    def _fresh_token(self) -> str:
        with self._lock:
            now = self._clock.now()
            if self._token is not None and now < self._token_until - _EARLY:
                return self._token
            answer = self._post(
                "/admin/oauth/access_token",
                data={
                    "grant_type": "client_credentials",
                    "client_id": self._credentials.client_id,
                    "client_secret": self._credentials.client_secret,
                },
            )
            if answer.status in {httpx.codes.BAD_REQUEST, httpx.codes.UNAUTHORIZED}:
                raise CredentialsRefused(self.address, "the client id or secret is not right")
            told = self._read(answer)
            token, lasts_s = told.get("access_token"), told.get("expires_in")
            if not isinstance(token, str) or not isinstance(lasts_s, int):
                raise PlatformDown(self.address, "it gave no token")
            self._token, self._token_until = token, now + timedelta(seconds=lasts_s)
            return token

    def _forget(self) -> None:
        with self._lock:
            self._token = None


def _seconds(said: str | None) -> float:
    try:
        return min(_WAIT_S_MAX, max(1.0, float(said or _WAIT_S)))
    except ValueError:
        return _WAIT_S


def _wait_s(told: Mapping[str, Any]) -> float:
    """How long until the bucket holds what was asked (Shopify's calculated query cost)."""
    cost = (told.get("extensions") or {}).get("cost") or {}
    status = cost.get("throttleStatus") or {}
    lacks = float(cost.get("requestedQueryCost") or 0) - float(
        status.get("currentlyAvailable") or 0
    )
    return min(_WAIT_S_MAX, max(1.0, lacks / float(status.get("restoreRate") or 50.0)))
