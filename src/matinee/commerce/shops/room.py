"""What joining shops works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matinee.commerce.checkout.actions import Room as SellingRoom
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.ids import Ids

from .model import Platform, PlatformKind, Told
from .secrets import Safe

Reach = Callable[[PlatformKind, str, Mapping[str, str]], Platform]
"""A platform by its kind, the shop's address there, and the credentials."""

Hear = Callable[[PlatformKind, str, Mapping[str, str], Mapping[str, str], bytes], Told]
"""What a message says: kind, address, credentials, headers in small letters, raw body."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """What joining shops works with; ``fetch`` gets a picture that a listing names."""

    database: Database
    blobs: Blobs
    clock: Clock
    ids: Ids
    safe: Safe
    selling: SellingRoom
    reach: Reach
    hear: Hear
    fetch: Callable[[str], bytes]
