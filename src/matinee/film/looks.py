"""How somebody or something looks, as far as it was measured: colours by region."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["person", "other"]


@dataclass(frozen=True, kw_only=True)
class Looks:
    """How somebody or something looks: colours as #rrggbb by region, empty where none is seen.

    `dominant` are the colours of the whole figure, the commonest first.
    """

    kind: Kind
    hair: str = ""
    skin: str = ""
    top: str = ""
    bottom: str = ""
    dominant: tuple[str, ...] = ()
