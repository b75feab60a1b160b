"""Who gets what of an amount that a film earned: one pure function.

amount ▶ the platform's fee ▶ licences of what the film shows ▶ ancestors it was remixed from, with
the works that only they show ▶ its maker, who gets the rest. All is counted in exact fractions and
rounded once, to whole micro-units by largest remainders (Hamilton), so that the shares sum to the
amount, no share is a micro-unit from its exact value, and a cap that is reached is reached exactly.
Ties go by the names of the parties, never by the order in which they were given.

Percentages that each generation fixes for itself stack up: at 15 % the seventh generation leaves
less than nothing. Here each ancestor asks for its share of the remix itself, less for every
generation in between, and all ancestors together get at most ``PlatformTerms.chain_bps_max``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from matinee.kit.money import BPS_PER_WHOLE, MicroMoney

from .errors import RateMissing
from .licences import DEPTH_MAX, Licence, Owner, digest_of

PPM = 1_000_000
"""Parts of the whole picture and sound of a film."""

CauseKind: TypeAlias = Literal["platform", "maker", "licence", "ancestor", "inherited"]


@dataclass(frozen=True, slots=True)
class UseOfWork:
    """A work in a film: under which licence, how much of the film it takes, what it earned there.

    ``presence_ppm`` is millionths of the film. ``earned`` is what the licence got from this film so
    far (None for nothing yet), for its cap and its guarantee.
    """

    licence: Licence
    presence_ppm: int = PPM
    earned: MicroMoney | None = None

    def __post_init__(self) -> None:
        """Check the range."""
        assert 0 <= self.presence_ppm <= PPM, f"{self.presence_ppm} is no part of a million"


@dataclass(frozen=True, slots=True)
class RemixTerms:
    """What a maker asks of remixes: a share of the first, ``flow_bps`` of that of each one further.

    Nothing of a remix more than ``depth_max`` generations away.
    """

    share_bps: int = 1_000
    flow_bps: int = 5_000
    depth_max: int = 10


@dataclass(frozen=True, slots=True)
class FilmRights:
    """A film as the split sees it: who made it, what it shows, what it was made from.

    ``inherited_earned`` is what licences that only ancestors show got from this film so far, by
    licence.
    """

    id: str
    maker: str
    uses: tuple[UseOfWork, ...] = ()
    remix: RemixTerms = RemixTerms()
    parents: tuple["FilmRights", ...] = ()
    inherited_earned: Mapping[str, MicroMoney] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that each work is there once."""
        works = [use.licence.work_id for use in self.uses]
        assert len(set(works)) == len(works), f"{self.id} uses a work twice: merge its uses"


@dataclass(frozen=True, slots=True)
class Rate:
    """One micro-unit of ``have`` is ``numerator / denominator`` of ``wanted``."""

    have: str
    wanted: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class PlatformTerms:
    """The platform's party, its fee, and the limits that keep something for the maker.

    ``licences_bps_max`` of what is left after the fee go to licences, ``chain_bps_max`` of what is
    left then to ancestors. Who asks for more in sum gets less in proportion, and the split says so.
    ``film_price`` is what making a film costs in credits; no split looks at it.
    """

    party: str
    fee_bps: int = 1_000
    licences_bps_max: int = 8_000
    chain_bps_max: int = 5_000
    depth_max: int = DEPTH_MAX
    rates: tuple[Rate, ...] = ()
    film_price: MicroMoney | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one party gets for one reason; ``of`` is the licence or the film that is the reason."""

    party: str
    micro: int
    cause: CauseKind
    of: str


@dataclass(frozen=True, slots=True)
class Split:
    """Shares that sum to ``amount``, in the order of their causes and parties.

    ``scaled`` says where more was asked for than there was: "licences", "chain". ``basis`` is the
    SHA-256 of everything the split was made from, with the digest of every licence.
    """

    amount: MicroMoney
    shares: tuple[Share, ...]
    scaled: frozenset[str]
    basis: str

    def by_party(self) -> dict[str, int]:
        """What each party gets for all reasons together, in micro-units."""
        sums: dict[str, int] = {}
        for share in self.shares:
            sums[share.party] = sums.get(share.party, 0) + share.micro
        return sums

    def by_licence(self) -> dict[str, int]:
        """What each licence gets, for its cap and its guarantee, in micro-units."""
        sums: dict[str, int] = {}
        for share in self.shares:
            if share.cause in {"licence", "inherited"}:
                sums[share.of] = sums.get(share.of, 0) + share.micro
        return sums


@dataclass(frozen=True, slots=True)
class _Line:
    """One cause with its exact part, before it is rounded and given to its holders."""

    cause: CauseKind
    of: str
    exact: Fraction
    holders: tuple[Owner, ...]


def split(amount: MicroMoney, film: FilmRights, platform: PlatformTerms) -> Split:
    """Divide what a film earned among everybody who has a part in it.

    ``amount`` is not negative: a refund reverses the journal of what it refunds. Raises
    ``RateMissing`` if a cap or guarantee is in a currency without a rate.
    """
    assert amount.micro >= 0, "what was earned is not negative; a refund is a reversal"
    whole = Fraction(amount.micro)
    fee = whole * platform.fee_bps / BPS_PER_WHOLE
    net = whole - fee
    licences, licences_scaled = _within(
        _licence_asks(net, film, amount.currency, platform),
        net * platform.licences_bps_max / BPS_PER_WHOLE,
    )
    rest = net - sum((line.exact for line in licences), Fraction(0))
    chain, chain_scaled = _within(
        _chain_asks(rest, film, amount.currency, platform),
        rest * platform.chain_bps_max / BPS_PER_WHOLE,
    )
    left = rest - sum((line.exact for line in chain), Fraction(0))
    lines = [
        _Line("platform", "", fee, (Owner(platform.party, BPS_PER_WHOLE),)),
        *licences,
        *chain,
        _Line("maker", film.id, left, (Owner(film.maker, BPS_PER_WHOLE),)),
    ]
    lines.sort(key=lambda line: (line.cause, line.of))
    scaled = {"licences": licences_scaled, "chain": chain_scaled}
    return Split(
        amount=amount,
        shares=tuple(_given(_rounded(lines, amount.micro), lines, amount.currency)),
        scaled=frozenset(name for name, yes in scaled.items() if yes),
        basis=basis_of(amount, film, platform),
    )


def generations(film: FilmRights, depth_max: int) -> Iterator[tuple[int, FilmRights]]:
    """Every ancestor once, at its nearest generation: 1 for what the film was made from."""
    seen, at = {film.id}, [film]
    for generation in range(1, depth_max + 1):
        fresh = {parent.id: parent for child in at for parent in child.parents}
        at = [fresh[name] for name in sorted(fresh) if name not in seen]
        seen.update(fresh)
        for parent in at:
            yield generation, parent
        if not at:
            return


def basis_of(amount: MicroMoney, film: FilmRights, platform: PlatformTerms) -> str:
    """SHA-256 over all that decides a split; the order of parties and parents does not matter."""
    films = [(0, film), *generations(film, platform.depth_max)]
    return digest_of(
        {
            "amount": [amount.micro, amount.currency],
            "platform": [
                platform.party,
                platform.fee_bps,
                platform.licences_bps_max,
                platform.chain_bps_max,
                platform.depth_max,
                sorted([r.have, r.wanted, r.numerator, r.denominator] for r in platform.rates),
            ],
            "films": sorted(_film_said(generation, one) for generation, one in films),
            "inherited": sorted(
                [licence, earned.micro, earned.currency]
                for licence, earned in film.inherited_earned.items()
            ),
        }
    )


def _film_said(generation: int, film: FilmRights) -> list[object]:
    return [
        generation,
        film.id,
        film.maker,
        [film.remix.share_bps, film.remix.flow_bps, film.remix.depth_max],
        sorted(parent.id for parent in film.parents),
        sorted(
            [
                use.licence.digest,
                use.presence_ppm,
                # What an ancestor's own uses earned decides nothing here.
                [use.earned.micro, use.earned.currency] if use.earned and not generation else [],
            ]
            for use in film.uses
        ),
    ]


def _licence_asks(
    net: Fraction, film: FilmRights, currency: str, platform: PlatformTerms
) -> Iterator[_Line]:
    for use in film.uses:
        terms = use.licence.terms
        ask = net * _share_of(use)
        if terms.guarantee is not None:
            missing = _room(terms.guarantee, use.earned, currency, platform)
            ask = max(ask, missing)
        if terms.cap is not None:
            ask = min(ask, _room(terms.cap, use.earned, currency, platform))
        yield _Line("licence", use.licence.id, ask, use.licence.owners)


def _chain_asks(
    rest: Fraction, film: FilmRights, currency: str, platform: PlatformTerms
) -> Iterator[_Line]:
    # A work is paid once, where it is nearest: what the film shows itself has been paid above.
    paid = {use.licence.work_id for use in film.uses}
    at, nearest = 0, dict[str, _Line]()
    for generation, ancestor in generations(film, platform.depth_max):
        if generation > at:
            yield from nearest.values()
            paid.update(nearest)
            at, nearest = generation, {}
        if generation <= ancestor.remix.depth_max:
            share = _flowed(ancestor.remix.share_bps, ancestor.remix.flow_bps, generation - 1)
            maker = (Owner(ancestor.maker, BPS_PER_WHOLE),)
            yield _Line("ancestor", ancestor.id, rest * share, maker)
        for use in ancestor.uses:
            if use.licence.work_id in paid or generation > use.licence.terms.depth_max:
                continue
            room = None
            if use.licence.terms.cap is not None:
                earned = film.inherited_earned.get(use.licence.id)
                room = _room(use.licence.terms.cap, earned, currency, platform)
            line = _inherited(rest, use, generation, room)
            # Two ancestors of one generation may show the same work: the larger ask counts.
            rival = nearest.get(use.licence.work_id)
            if rival is None or (rival.exact, line.of) < (line.exact, rival.of):
                nearest[use.licence.work_id] = line
    yield from nearest.values()


def _inherited(rest: Fraction, use: UseOfWork, generation: int, room: Fraction | None) -> _Line:
    flow = Fraction(use.licence.terms.flow_bps, BPS_PER_WHOLE) ** generation
    ask = rest * _share_of(use) * flow
    capped = ask if room is None else min(ask, room)
    return _Line("inherited", use.licence.id, capped, use.licence.owners)


def _share_of(use: UseOfWork) -> Fraction:
    share = Fraction(use.licence.terms.share_bps, BPS_PER_WHOLE)
    return (
        share * Fraction(use.presence_ppm, PPM)
        if use.licence.terms.share_of == "presence"
        else share
    )


def _flowed(share_bps: int, flow_bps: int, steps: int) -> Fraction:
    return Fraction(share_bps, BPS_PER_WHOLE) * Fraction(flow_bps, BPS_PER_WHOLE) ** steps


def _room(
    limit: MicroMoney, earned: MicroMoney | None, currency: str, platform: PlatformTerms
) -> Fraction:
    """How far a limit is away, in micro-units of ``currency``; never less than nothing."""
    used = earned if earned is not None else MicroMoney(0, limit.currency)
    left = max(0, (limit - used).micro)
    if limit.currency == currency:
        return Fraction(left)
    for rate in platform.rates:
        if (rate.have, rate.wanted) == (limit.currency, currency):
            return Fraction(left * rate.numerator // rate.denominator)
    raise RateMissing(limit.currency, currency)


def _within(asks: Iterable[_Line], most: Fraction) -> tuple[list[_Line], bool]:
    """The lines, each less in proportion if they ask for more than ``most`` in sum."""
    lines = [line for line in asks if line.exact > 0]
    total = sum((line.exact for line in lines), Fraction(0))
    if total <= most:
        return lines, False
    part = most / total
    return [_Line(one.cause, one.of, one.exact * part, one.holders) for one in lines], True


def _rounded(lines: Sequence[_Line], whole: int) -> list[int]:
    parts = [int(line.exact) for line in lines]
    by_remainder = sorted(range(len(lines)), key=lambda i: (parts[i] - lines[i].exact, i))
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def _given(parts: Sequence[int], lines: Sequence[_Line], currency: str) -> Iterator[Share]:
    for micro, line in zip(parts, lines, strict=True):
        holders = sorted(line.holders, key=lambda owner: owner.party)
        shares = MicroMoney(micro, currency).split([owner.bps for owner in holders])
        for owner, share in zip(holders, shares, strict=True):
            if share.micro:
                yield Share(owner.party, share.micro, line.cause, line.of)
