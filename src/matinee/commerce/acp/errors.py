"""Refusals in the protocol's own shape: type, code, message, and the part of the request."""

from matinee.kit import errors
from matinee.kit.errors import MatineeError

VERSION = "2026-04-17"
VERSIONS = ("2026-01-30", VERSION)
"""The oldest first."""


class Refused(Exception):
    """A request that the protocol refuses by itself; ``status`` is of HTTP."""

    def __init__(
        self, status: int, code: str, message: str, *, param: str | None = None, wait_s: int = 0
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
        self.wait_s = wait_s

    @property
    def body(self) -> dict[str, object]:
        """The error as it is sent."""
        kind = "service_unavailable" if self.status >= 500 else "invalid_request"  # noqa: PLR2004 - server errors
        said: dict[str, object] = {"type": kind, "code": self.code, "message": str(self)}
        if self.param is not None:
            said["param"] = self.param
        if self.code in {"missing_api_version", "unsupported_api_version"}:
            said["supported_versions"] = list(VERSIONS)
        return said


_NAMES = {
    "kit.idempotency_key_invalid": ("idempotency_key_required", None),
    "commerce.line_unknown": ("invalid_item_id", "$.line_items"),
    "commerce.shops_mixed": ("invalid", "$.line_items"),
    "commerce.currency_unsold": ("invalid", "$.currency"),
    "kit.currency_unknown": ("invalid", "$.currency"),
    "commerce.checkout_not_found": ("not_found", None),
    "commerce.payment_under_way": ("conflict", None),
    "commerce.checkout_closed": ("conflict", None),
}


def refused_by(error: MatineeError) -> Refused:
    """An error of ours in the protocol's words; a wrong request is 400 there."""
    kinds: tuple[tuple[type[MatineeError], int], ...] = (
        (errors.Throttled, 429),
        (errors.NotFound, 404),
        (errors.Conflict, 409),
        (errors.Forbidden, 403),
        (errors.Invalid, 400),
        (errors.Unavailable, 503),
    )
    status = next(status for kind, status in kinds if isinstance(error, kind))
    if error.code in {"people.key_refused", "people.sign_in_required"}:
        status = 401
    code, param = _NAMES.get(error.code, (error.code, None))
    said = error.details.get("param")
    if param is None and isinstance(said, str):
        param = f"$.{said}"
    wait_s = error.details.get("retry_after_s")
    return Refused(
        status,
        code,
        error.message,
        param=param,
        wait_s=wait_s if isinstance(wait_s, int) else 0,
    )
