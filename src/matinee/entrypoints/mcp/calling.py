"""How a tool reaches this house: its own API, in this process, as the caller and nobody else."""

from collections.abc import Mapping
from typing import Any

import httpx
from mcp.server.mcpserver.exceptions import ToolError
from starlette.types import ASGIApp

TIMEOUT_S = 60.0

_SHOWN_CHARACTERS = 1_000
# Never an address of this machine: what comes from there may be taken for the operator's browser.
_FROM = ("203.0.113.1", 0)


class Api:
    """The API of the house over ASGI; ``site`` is the whole site, ``public_url`` where it is."""

    def __init__(self, site: ASGIApp, public_url: str) -> None:
        self.public_url = public_url.rstrip("/")
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=site, client=_FROM, raise_app_exceptions=False),
            base_url=self.public_url,
            timeout=TIMEOUT_S,
        )

    async def ask(
        self,
        method: str,
        path: str,
        *,
        caller: Mapping[str, str],
        query: Mapping[str, object] | None = None,
        body: object | None = None,
        key: str | None = None,
    ) -> Any:  # noqa: ANN401 - whatever JSON says
        """What an address answers; raises ``ToolError`` with its reason when it refuses.

        ``caller`` is the headers of the agent's own request; ``key`` makes a request one.
        """
        headers = {"accept": "application/json"}
        if "authorization" in caller:
            headers["authorization"] = caller["authorization"]
        if key is not None:
            headers["idempotency-key"] = key
        given = {name: value for name, value in (query or {}).items() if value is not None}
        answer = await self._http.request(
            method,
            path,
            params={name: str(value) for name, value in given.items()},
            json=body,
            headers=headers,
        )
        if answer.is_error:
            raise ToolError(_reason(answer))
        return answer.json() if answer.content else None

    def at(self, path: str) -> str:
        """An address of the house, as others reach it."""
        return path if path.startswith("http") else f"{self.public_url}{path}"


def _reason(answer: httpx.Response) -> str:
    try:
        told = answer.json()
        code, detail = str(told["code"]), str(told["detail"])
    except (ValueError, KeyError, TypeError):
        return f"The house answered {answer.status_code}."
    return f"{detail} ({code})"[:_SHOWN_CHARACTERS]
