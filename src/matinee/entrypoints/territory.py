"""Where a viewer is, and films that claims withhold there.

A reverse proxy that is believed (``MATINEE_PROXIES``) says in a header which country a request
comes from (``MATINEE_COUNTRY_HEADER``, such as CF-IPCountry); of everybody else it is
``MATINEE_TERRITORY``. Nothing is looked up from addresses. Where neither is set, nobody knows where
a viewer is, and only films that are blocked everywhere are withheld.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from fastapi import Request

from matinee.kit.db import Session
from matinee.people import access
from matinee.rights import claims
from matinee.studio import Film

_COUNTRY = re.compile(r"[A-Z]{2}")
# What proxies say of those of whom they know nothing, or who hide.
_NOWHERE = frozenset({"XX", "T1"})


@dataclass(frozen=True, kw_only=True)
class Border:
    """Decides where viewers are, and withholds films from them."""

    proxies: AbstractSet[str]
    header: str
    elsewhere: str

    def territory_of(self, request: Request) -> str:
        """The country of a request (ISO 3166-1 alpha-2); empty if nobody knows."""
        peer = request.client.host if request.client else ""
        told = ""
        if self.header and peer in self.proxies:
            told = request.headers.get(self.header, "").strip().upper()
        known = _COUNTRY.fullmatch(told) is not None and told not in _NOWHERE
        return told if known else self.elsewhere

    def check(self, session: Session, request: Request, film: Film) -> None:
        """Withhold a film that is blocked where its viewer is; raises ``FilmWithheld``.

        Its maker sees it, and so do moderators, who may have to decide about it.
        """
        visitor = access.seen(request)
        if visitor is not None and (
            visitor.person.id == film.requested_by or visitor.person.has("moderator")
        ):
            return
        standing = claims.cleared(session, film.id)
        territory = self.territory_of(request)
        if isinstance(standing, claims.Blocked) and standing.bars(territory):
            raise claims.FilmWithheld(film.id, territory if standing.territories else "")
