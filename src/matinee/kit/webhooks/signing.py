"""Signatures that prove who sent a webhook, after Standard Webhooks 1.0.0.

``webhook-signature`` holds, for each secret, ``v1,`` and the HMAC-SHA256 in base64 of
``{webhook-id}.{webhook-timestamp}.{body}``. A secret is ``whsec_`` and its 32 bytes in base64.
Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
"""How far the time of sending may lie from the receiver's: an older message may be a replay."""

_PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh secret."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed_headers(
    message: str, body: str, *, signing_secrets: Sequence[str], at: datetime
) -> dict[str, str]:
    """The three headers of a message that is sent at that moment."""
    moment = str(int(at.timestamp()))
    signatures = [_signature(secret, message, moment, body) for secret in signing_secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signatures),
    }


def is_signed(headers: Mapping[str, str], body: str, *, secret: str, at: datetime) -> bool:
    """Whether a message that was received at that moment is signed with this secret."""
    message, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message or not moment.isascii() or not moment.isdigit():
        return False
    if abs(at.timestamp() - int(moment)) > TOLERANCE.total_seconds():
        return False
    expected = _signature(secret, message, moment, body)
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected, one) for one in given)


def _signature(secret: str, message: str, moment: str, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    digest = hmac.digest(key, f"{message}.{moment}.{body}".encode(), hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()
