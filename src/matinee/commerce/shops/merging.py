"""Two-way sync without guessing: what both sides last agreed on tells who changed what.

Three listings are compared field by field: the base (what both sides last agreed on), ours and
theirs. A field that one side changed is taken from that side; one that both changed alike is
agreed; one that both changed differently is a clash, which a person settles, and stays as it is on
either side until then. Counts are another matter: both sides sell, so both changes count (a sum of
deltas, as in a PN-counter; Shapiro et al. 2011).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import msgspec

from matinee.kit.plain import Plain

from .model import ListedVariant, Listing, Side

FIELDS = (
    "title",
    "description",
    "brand",
    "category",
    "tags",
    "pictures",
    "state",
    "variants",
)
"""What is compared; ``variants`` is the options too, and all of the variants but their counts."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed on both sides, as the three sides have it."""

    what: str
    base: Plain
    ours: Plain
    theirs: Plain


@dataclass(frozen=True, slots=True)
class Merged:
    """What each side should be now, what they agree on, and what somebody has to settle."""

    ours: Listing
    theirs: Listing
    base: Listing
    clashes: tuple[Clash, ...]


def merge(base: Listing | None, ours: Listing, theirs: Listing) -> Merged:
    """Settle what can be settled between two sides; without a base only what is alike is agreed.

    Counts are left as each side has them (``merged_count``), and so are a side's keys.
    """
    left, right, agreed = ours, theirs, base or theirs
    clashes = []
    for name in FIELDS:
        was = None if base is None else part(base, name)
        here, there = part(ours, name), part(theirs, name)
        if here in (there, was):
            left, agreed = taken(left, theirs, name), taken(agreed, theirs, name)
        elif there == was:
            right, agreed = taken(right, ours, name), taken(agreed, ours, name)
        else:
            clashes.append(Clash(name, was, here, there))
    return Merged(left, right, agreed, tuple(clashes))


def settled(base: Listing, ours: Listing, theirs: Listing, what: str, side: Side) -> Listing:
    """The base that makes one side's field the one that was changed: the next merge takes it."""
    return taken(base, theirs if side == "ours" else ours, what)


def merged_count(base: int | None, ours: int | None, theirs: int | None) -> int | None:
    """The count after both sides' changes since the base; never below nothing.

    ``ours`` is without what we sold and the other side was not told of. None is not counted: who
    began or ceased to count is right; if both did, theirs is, which fills the orders.
    """
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    if base is None or ours is None or theirs is None:
        return theirs
    return max(0, theirs + ours - base)


def alike(one: Listing, other: Listing) -> bool:
    """Whether two listings are the same in all that is compared."""
    return all(part(one, name) == part(other, name) for name in FIELDS)


def part(listing: Listing, name: str) -> Plain:
    """A field of a listing, to be compared: of variants neither their keys nor their counts."""
    if name != "variants":
        return _plain(getattr(listing, name))
    variants = [replace(one, key="", stock_key="", stock=None) for one in listing.variants]
    return {"options": _plain(listing.options), "list": _plain(variants)}


def taken(into: Listing, out_of: Listing, name: str) -> Listing:
    """A listing with a field of another's.

    Variants that it had, told by their options, keep their own keys and counts.
    """
    if name != "variants":
        return replace(into, **{name: getattr(out_of, name)})
    had = {chosen(one): one for one in into.variants}
    return replace(
        into,
        options=out_of.options,
        variants=tuple(_with_keys(one, had.get(chosen(one))) for one in out_of.variants),
    )


def chosen(variant: ListedVariant) -> tuple[tuple[str, str], ...]:
    """The options that a variant is, which tell it from its fellows."""
    return tuple(sorted(variant.options.items()))


def plain_of(listing: Listing) -> Mapping[str, Plain]:
    """A listing as it is kept."""
    return cast("Mapping[str, Plain]", _plain(listing))


def from_plain(kept: object) -> Listing:
    """A listing that was kept."""
    return msgspec.convert(kept, Listing)


def _with_keys(variant: ListedVariant, had: ListedVariant | None) -> ListedVariant:
    if had is None:
        return variant
    return replace(
        variant,
        key=had.key or variant.key,
        stock_key=had.stock_key or variant.stock_key,
        stock=had.stock,
    )


def _plain(value: object) -> Plain:
    return cast("Plain", msgspec.to_builtins(value))
