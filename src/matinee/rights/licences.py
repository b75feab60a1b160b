"""The terms under which somebody may use a work, as data.

``Terms`` say whether, for what, where, when, by whom and for how much. Terms that contradict one
another are refused with the names of the contradictions. A ``Licence`` is one version of the terms
of a work with its owners at that time; it never changes, and films stay bound to the version under
which they were made.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal, TypeAlias, get_args

from matinee.kit.money import BPS_PER_WHOLE, MicroMoney, minor_digits
from matinee.kit.plain import Plain

from .errors import SharesNotWhole, TermsContradict, TermsInvalid

Use: TypeAlias = Literal["personal", "remix", "advertising", "commerce", "drama"]
Context: TypeAlias = Literal[
    "alcohol",
    "drugs",
    "gambling",
    "medical_advice",
    "money_advice",
    "politics",
    "religion",
    "rivals",
    "sexual",
    "violence",
]
Basis: TypeAlias = Literal["film", "presence"]

USES: tuple[Use, ...] = get_args(Use)
CONTEXTS: tuple[Context, ...] = get_args(Context)
BASES: tuple[Basis, ...] = get_args(Basis)
DEPTH_MAX = 30
AGE_MAX = 120
_MICRO_DIGITS = 6
_TERRITORY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an owner allows; raises ``TermsInvalid`` and ``TermsContradict``.

    ``uses`` is what the work may be used for. ``only_in`` names the countries (ISO 3166-1 alpha-2)
    in which, empty for all; ``never_in`` those in which not. ``starts_on`` and ``ends_on`` are the
    first and the last day. ``age_min`` is how old (in years) whoever uses it must be. In a context
    of ``never_with`` it may not appear. For the uses of ``ask_first`` the owner is asked each time.

    ``price`` is paid for each film. ``share_bps`` of what a film earns is the owner's: of the
    whole film, or (``share_of`` "presence") of the part of its picture and sound that the work
    takes. From one film the owner gets at most ``cap``, and before its maker until ``guarantee`` is
    reached. Of the share, ``flow_bps`` a generation stay when a remix no longer shows the work, for
    ``depth_max`` generations. ``exclusive_to`` names the only party that may use it.
    """

    allowed: bool
    uses: frozenset[Use] = frozenset(USES)
    only_in: frozenset[str] = frozenset()
    never_in: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    age_min: int = 0
    never_with: frozenset[Context] = frozenset()
    ask_first: frozenset[Use] = frozenset()
    price: MicroMoney | None = None
    share_bps: int = 0
    share_of: Basis = "film"
    cap: MicroMoney | None = None
    guarantee: MicroMoney | None = None
    flow_bps: int = 0
    depth_max: int = 0
    exclusive_to: str | None = None

    def __post_init__(self) -> None:
        """Check each value, then what they say together."""
        _check_ranges(self)
        found = list(contradictions(self))
        if found:
            raise TermsContradict(found)


@dataclass(frozen=True, slots=True)
class Owner:
    """A party and its share of a work in basis points."""

    party: str
    bps: int


@dataclass(frozen=True, slots=True)
class Licence:
    """One version of the terms of a work, with its owners then; raises ``SharesNotWhole``."""

    id: str
    work_id: str
    version: int
    terms: Terms
    owners: tuple[Owner, ...]

    def __post_init__(self) -> None:
        """Check the shares."""
        check_owners(self.owners)

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says, in hexadecimal: what a split is frozen by."""
        said = {
            "id": self.id,
            "work": self.work_id,
            "version": self.version,
            "terms": plain(self.terms),
            "owners": sorted([owner.party, owner.bps] for owner in self.owners),
        }
        return digest_of(said)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to use a work for; None where it is not known."""

    use: Use
    by: str
    on: date
    territory: str | None = None
    age: int | None = None
    contexts: frozenset[Context] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a wish is allowed, must be asked about, or is refused, and the terms that say so."""

    verdict: Literal["allow", "ask", "refuse"]
    reasons: tuple[str, ...] = ()


def judge(terms: Terms, wish: Wish) -> Answer:
    """Whether these terms allow a wish; every reason against is told, not only the first."""
    against = list(_against(terms, wish))
    if against:
        return Answer("refuse", tuple(against))
    if wish.use in terms.ask_first:
        return Answer("ask", ("ask_first",))
    return Answer("allow")


def _against(terms: Terms, wish: Wish) -> Iterator[str]:
    if not terms.allowed:
        yield "not_allowed"
    elif wish.use not in terms.uses:
        yield "uses"
    if terms.exclusive_to not in {None, wish.by}:
        yield "exclusive_to"
    if terms.starts_on is not None and wish.on < terms.starts_on:
        yield "starts_on"
    if terms.ends_on is not None and wish.on > terms.ends_on:
        yield "ends_on"
    # Where a rule about places or ages exists, not knowing is not enough to pass it.
    if terms.only_in and wish.territory not in terms.only_in:
        yield "only_in"
    if terms.never_in and (wish.territory is None or wish.territory in terms.never_in):
        yield "never_in"
    if terms.age_min > 0 and (wish.age is None or wish.age < terms.age_min):
        yield "age_min"
    if terms.never_with & wish.contexts:
        yield "never_with"


def contradictions(terms: Terms) -> Iterator[tuple[str, str]]:
    """What these terms say that cannot all be true: a name for each, and why."""
    if not terms.allowed:
        yield from _said_of_nothing(terms)
        return
    if not terms.uses:
        yield "allowed_for_nothing", "the work is allowed, but for no use"
    if unlicensed := terms.ask_first - terms.uses:
        yield (
            "asks_for_what_is_not_allowed",
            f"one is to ask for {_listed(unlicensed)}, not allowed",
        )
    if both := terms.only_in & terms.never_in:
        yield "territory_in_and_out", f"{_listed(both)} is both allowed and not allowed"
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        yield "ends_before_it_starts", f"it ends on {terms.ends_on} and starts on {terms.starts_on}"
    yield from _said_of_money(terms)


def _said_of_money(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.cap and terms.guarantee and terms.cap.currency != terms.guarantee.currency:
        yield "currencies_differ", "the cap and the guarantee are in different currencies"
    elif terms.cap and terms.guarantee and terms.cap.micro < terms.guarantee.micro:
        yield "guarantee_above_cap", f"{terms.guarantee} is guaranteed, but {terms.cap} is the cap"
    if terms.cap and not (terms.share_bps or terms.guarantee):
        yield "cap_of_nothing", "there is a cap, but no share that it could limit"
    if terms.share_of == "presence" and not terms.share_bps:
        yield "basis_of_nothing", "the share is to follow the presence, but there is no share"
    if terms.flow_bps and not terms.share_bps:
        yield "flow_of_nothing", "a part of the share is to flow on, but there is no share"
    if bool(terms.flow_bps) != bool(terms.depth_max):
        yield "flow_without_depth", "what flows on and for how many generations need each other"
    if terms.flow_bps and "remix" not in terms.uses:
        yield "flow_without_remix", "a part of the share is to flow through remixes, not allowed"


def _said_of_nothing(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.uses:
        yield "not_allowed_with_uses", "the work is not allowed, yet there are uses"
    if terms.price or terms.share_bps or terms.cap or terms.guarantee or terms.flow_bps:
        yield "not_allowed_with_money", "the work is not allowed, yet there is a price or a share"
    if terms.ask_first:
        yield "not_allowed_with_asking", "the work is not allowed, yet one may ask"
    if terms.exclusive_to is not None:
        yield "not_allowed_with_holder", "the work is not allowed, yet somebody has it alone"
    limits = (
        *(terms.only_in, terms.never_in, terms.never_with, terms.starts_on, terms.ends_on),
        *(terms.age_min, terms.depth_max, terms.share_of != "film"),
    )
    if any(limits):
        yield "not_allowed_with_limits", "the work is not allowed, yet there are limits of its use"


def check_owners(owners: Iterable[Owner]) -> None:
    """Raise ``SharesNotWhole`` or ``TermsInvalid`` unless the shares are positive and whole."""
    held = list(owners)
    if any(owner.bps <= 0 for owner in held):
        raise TermsInvalid("owners", "a share must be above zero")
    if len({owner.party for owner in held}) < len(held):
        raise TermsInvalid("owners", "a party owns a part twice")
    if sum(owner.bps for owner in held) != BPS_PER_WHOLE:
        raise SharesNotWhole(sum(owner.bps for owner in held))


def _check_ranges(terms: Terms) -> None:
    for field, value, most in (
        ("share_bps", terms.share_bps, BPS_PER_WHOLE),
        ("flow_bps", terms.flow_bps, BPS_PER_WHOLE),
        ("depth_max", terms.depth_max, DEPTH_MAX),
        ("age_min", terms.age_min, AGE_MAX),
    ):
        if not 0 <= value <= most:
            raise TermsInvalid(field, f"{value} is not from 0 to {most}")
    for field, said, known in (
        ("uses", terms.uses | terms.ask_first, USES),
        ("never_with", terms.never_with, CONTEXTS),
        ("share_of", {terms.share_of}, BASES),
    ):
        if unknown := {str(one) for one in said} - set(known):
            raise TermsInvalid(field, f"{_listed(unknown)} is not one of {', '.join(known)}")
    for field, places in (("only_in", terms.only_in), ("never_in", terms.never_in)):
        if odd := {place for place in places if not _TERRITORY.fullmatch(place)}:
            raise TermsInvalid(field, f"{_listed(odd)} is no country code such as JP")
    for field, money in (
        ("price", terms.price),
        ("cap", terms.cap),
        ("guarantee", terms.guarantee),
    ):
        if money is not None and money.micro <= 0:
            raise TermsInvalid(field, f"{money} is not above zero; leave it out for none")
    if terms.exclusive_to == "":
        raise TermsInvalid("exclusive_to", "the party has no name")


def plain(terms: Terms) -> dict[str, Plain]:
    """The terms as plain JSON values, always the same for the same terms."""

    def amount(money: MicroMoney | None) -> Plain:
        return None if money is None else {"micro": money.micro, "currency": money.currency}

    return {
        "allowed": terms.allowed,
        "uses": sorted(terms.uses),
        "only_in": sorted(terms.only_in),
        "never_in": sorted(terms.never_in),
        "starts_on": terms.starts_on.isoformat() if terms.starts_on else None,
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
        "age_min": terms.age_min,
        "never_with": sorted(terms.never_with),
        "ask_first": sorted(terms.ask_first),
        "price": amount(terms.price),
        "share_bps": terms.share_bps,
        "share_of": terms.share_of,
        "cap": amount(terms.cap),
        "guarantee": amount(terms.guarantee),
        "flow_bps": terms.flow_bps,
        "depth_max": terms.depth_max,
        "exclusive_to": terms.exclusive_to,
    }


def terms_of(said: Mapping[str, object]) -> Terms:
    """The terms that ``plain`` wrote down; raises ``TermsInvalid`` for anything else."""
    unknown = set(said) - set(Terms.__dataclass_fields__)
    if unknown:
        raise TermsInvalid(min(unknown), "there is no such term")
    values: dict[str, object] = {}
    for field, value in said.items():
        try:
            values[field] = _READ[field](value)
        except (TypeError, ValueError, KeyError) as error:
            raise TermsInvalid(field, f"it does not have the form of {field}") from error
    if "allowed" not in values:
        raise TermsInvalid("allowed", "say true or false")
    return Terms(**values)  # type: ignore[arg-type] # each was brought to its type above


def exact_units(money: MicroMoney) -> str:
    """The amount in units of its currency with all its digits, at least those of the minor unit."""
    digits = minor_digits(money.currency)
    exact = Decimal(money.micro).scaleb(-_MICRO_DIGITS - digits)
    rounded = round(exact, digits)
    return f"{rounded if rounded == exact else exact.normalize():f}"


def digest_of(said: object) -> str:
    """SHA-256 of plain values in hexadecimal, the same wherever it is made."""
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _texts(value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(value)
    return frozenset(value)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _amount(value: object) -> MicroMoney | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"micro", "currency"}:
        raise TypeError(value)
    return MicroMoney(_whole(value["micro"]), _text(value["currency"]))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


_READ: Mapping[str, Callable[[object], object]] = {
    "allowed": _yes,
    "uses": _texts,
    "only_in": _texts,
    "never_in": _texts,
    "starts_on": _day,
    "ends_on": _day,
    "age_min": _whole,
    "never_with": _texts,
    "ask_first": _texts,
    "price": _amount,
    "share_bps": _whole,
    "share_of": _text,
    "cap": _amount,
    "guarantee": _amount,
    "flow_bps": _whole,
    "depth_max": _whole,
    "exclusive_to": _text_or_none,
}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
