"""Money over HTTP, as it is told by others: the payment provider, networks of advertising."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.rights import earning
from matinee.rights.errors import RequestUnreadable, WebhookRefused

from .desk import Anyone, Body, MoneyDesk

Operator = Annotated[Visitor, Depends(access.with_role("operator"))]
_WORD_BYTES_MAX = 1_000_000
_REPORT_BYTES_MAX = 10_000_000


def hearing_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who tell of money."""
    router = APIRouter()

    @router.post("/payments/webhooks")
    def told(
        body: Body,
        _visitor: Anyone,
        signature: Annotated[str, Header(alias="Stripe-Signature", max_length=1_000)] = "",
    ) -> Response:
        """Take signed word from the payment provider; telling it again changes nothing."""
        if len(body) > _WORD_BYTES_MAX:
            raise WebhookRefused("it is too long")
        return answer({"received": True, "acted": desk.hear(body, signature)})

    @router.post("/advertising")
    def advertising(
        body: Body,
        _visitor: Operator,
        network: Annotated[str, Query(pattern="^[a-z0-9_-]{1,40}$")],
    ) -> Response:
        """Book a network's report (CSV: date, film, amount, currency), row by row."""
        if len(body) > _REPORT_BYTES_MAX:
            raise RequestUnreadable("a report has ten megabytes at most; send it in parts")
        try:
            lines = body.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise RequestUnreadable("a report is text in UTF-8") from error
        with desk.database.transaction() as session:
            made = earning.import_advertising(
                session, lines, desk.treasury.platform, network=network, at=desk.clock.now()
            )
        return answer(
            {
                "booked": len(made.booked),
                "known": made.known_count,
                "faults": [{"line": line, "fault": fault} for line, fault in made.faults],
            }
        )

    return router
