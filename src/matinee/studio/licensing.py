"""What a film is for, as it is asked for on every road: by the parameters of the address.

``?use=advertising&territories=DE,FR&pays=1.50 EUR`` says that the film advertises, in Germany and
France, and that up to 1.50 euros may be paid for works of others in it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from matinee.kit.errors import Invalid
from matinee.kit.money import AmountInvalid, CurrencyUnknown, MicroMoney
from matinee.rights.licences import USES

from .actions import Office
from .model import Licensing

_TERRITORY = re.compile(r"[A-Z]{2}")
_TERRITORIES_MAX = 250
_SHOWN_CHARACTERS = 40


class LicensingInvalid(Invalid):
    """What a film is for is said in a way that cannot be used."""

    code = "studio.licensing_invalid"

    def __init__(self, field: str, fault: str) -> None:
        """Name the parameter and what is wrong with it."""
        super().__init__(f"{field} cannot be used: {fault}.", param=field)


def licensed(office: Office, said: Mapping[str, str]) -> Office:
    """Return the office as it serves a request with these parameters; raises LicensingInvalid."""
    if not said.keys() & {"use", "territories", "pays"}:
        return office
    return replace(office, licensing=licensing_of(said))


def licensing_of(said: Mapping[str, str]) -> Licensing:
    """Read the parameters; raises LicensingInvalid."""
    asked = said.get("use", "personal")
    use = next((one for one in USES if one == asked), None)
    if use is None:
        raise LicensingInvalid("use", f"{_shown(asked)} is not one of {', '.join(USES)}")
    places = tuple(one for one in said.get("territories", "").upper().split(",") if one)
    odd = next((one for one in places if not _TERRITORY.fullmatch(one)), None)
    if odd is not None or len(places) > _TERRITORIES_MAX:
        raise LicensingInvalid("territories", f"{_shown(odd or '')} is no country code such as JP")
    return Licensing(use=use, territories=tuple(sorted(set(places))), pays=_pays(said))


def _pays(said: Mapping[str, str]) -> MicroMoney | None:
    if not (asked := said.get("pays", "").strip()):
        return None
    try:
        return MicroMoney.of(asked)
    except (AmountInvalid, CurrencyUnknown) as error:
        raise LicensingInvalid("pays", f"{_shown(asked)} is no amount such as 1.50 EUR") from error


def _shown(text: str) -> str:
    return repr(text[:_SHOWN_CHARACTERS])
