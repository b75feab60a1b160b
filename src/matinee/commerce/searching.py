"""Search: a sentence becomes ranked answers, each with what it meets and what it does not.

The wish is read (``wishing``); what it must be is a filter that every way to candidates bears, so
that a rare combination is found as surely as a common one:

* by traits: all products of the kind that is sought with all that was asked of them, ordered by
  their codes; exact, as long as there are not too many;
* by words: products that have the words;
* by meaning: the nearest codes through the index, which goes on until enough pass the filter.

Few hundred candidates are ranked by meaning, words and kind together. If fewer than wanted meet
everything, a second look lets go of colour, material, size and whom it is for, and says so.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import text

from matinee.kit.db import Session
from matinee.kit.money import Money

from . import indexing, store
from .lexicon import Term, lexicon
from .meanings import Meanings, code_of, written
from .model import Product, Rate, Shop, Variant, zone_for
from .reading import pieces, slips, terms
from .wishing import Constraints, Wish, read

# Everything that is put into these statements is this file's own words, never a caller's.
# ruff: noqa: S608

ANSWERS_MAX = 60
_EXACT_ROWS_MAX = 12_000
_FEW_ROWS = 2_000
_BY_TRAITS = 100
_BY_WORDS = 80
_BY_MEANING = 80
_WORDS_MAX = 8
_WORD_ROWS_MAX = 800
_SCAN_ROWS_MAX = 2_000
_LOADED_FACTOR = 2
_LONG_LETTERS = 8

# What a place is reckoned from (benchmarks/catalogue.py measured them on half of its queries).
WEIGHTS = {"meaning": 1.0, "words": 0.4, "kind": 0.7, "traits": 0.6}
_BROKEN = 10.0
"""What a broken part takes off that no trait makes up for."""
_UNBREAKABLE = frozenset({"price", "country", "by", "in_stock", "without"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A product that answers a wish: the variant to take, and what of the wish it meets.

    ``met`` and ``unmet`` name parts of the wish: ``price``, ``country``, ``by``, ``in_stock``, a
    trait such as ``colour:red`` or ``without:material:leather``. ``rate`` is the shop's cheapest
    that is fast enough, where a country was named.
    """

    product: Product
    shop: Shop
    variant: Variant
    price: Money | None
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    rate: Rate | None
    score: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What was understood of a sentence, and what answers it, the best first."""

    wish: Wish
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A candidate: its product's number, its score so far, and the numbers of its traits."""

    number: int
    score: float
    traits: frozenset[int]


@dataclass(slots=True)
class _Filter:
    """Conditions on a listing ``l``, and their values."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        """The conditions as one."""
        return " and ".join(self.conditions) or "true"

    def also(self, condition: str, **values: object) -> "_Filter":
        """The same filter with one more condition."""
        return _Filter([*self.conditions, condition], {**self.values, **values})


def find_products(
    session: Session,
    said: str,
    *,
    meanings: Meanings,
    at: datetime,
    constraints: Constraints | None = None,
    currency: str | None = None,
    agent: str | None = None,
    limit: int = 20,
) -> Answers:
    """Return the products that answer a sentence best.

    ``constraints`` are what the caller knows beside the sentence and go before it; ``currency`` is
    that of a price without one; shops that do not sell to ``agent`` are left out.
    """
    limit = min(limit, ANSWERS_MAX)
    wish = read(
        said, today=at.date(), currency=currency, known=lambda words: known_words(session, words)
    )
    wish = replace(wish, constraints=_joined(wish.constraints, constraints))
    wish = _mended(session, wish)
    direction = meanings.of_wish(wish.text)
    values = {"code": code_of(direction), "meaning": written(direction)}
    hard = _hard(session, wish.constraints, today=at.date())
    if hard is None:
        return Answers(wish)
    seen = _candidates(session, wish, hard, values)
    chosen = seen[: _LOADED_FACTOR * limit]
    answers = _checked(session, wish, chosen, agent=agent, today=at.date())
    return Answers(wish, tuple(answers[:limit]))


def known_words(session: Session, words: Collection[str]) -> frozenset[str]:
    """Those of some words that the catalogue has."""
    rows = session.execute(
        text("select word from commerce.word where word = any(:words)"), {"words": list(words)}
    )
    return frozenset(row.word for row in rows)


def _joined(read_: Constraints, given: Constraints | None) -> Constraints:
    """What the sentence says, with what the caller knows in place of it."""
    if given is None:
        return read_
    stated = {
        name: getattr(given, name)
        for name in Constraints.__slots__
        if getattr(given, name) not in (None, False, frozenset())
    }
    return replace(read_, **stated)


def _mended(session: Session, wish: Wish) -> Wish:
    """The wish with words that the catalogue lacks replaced by the likest ones that it has."""
    lacking = sorted(
        set(wish.words) - known_words(session, [f for w in wish.words for f in indexing.forms(w)])
    )
    lacking = [word for word in lacking if word.isascii() and word.isalpha() and len(word) > 3]  # noqa: PLR2004 - shorter ones are like too much
    if not lacking:
        return wish
    rows = session.execute(
        text(
            "select w.said, like_it.word from unnest(cast(:words as text[])) as w(said)"
            " cross join lateral (select word from commerce.word where word % w.said"
            " order by similarity(word, w.said) desc, word limit 5) like_it"
        ),
        {"words": lacking},
    )
    meant: dict[str, str] = {}
    for row in rows:
        if (
            row.said not in meant
            and slips(row.said, row.word) <= 1 + len(row.said) // _LONG_LETTERS
        ):
            meant[row.said] = row.word
    words = tuple(dict.fromkeys(meant.get(word, word) for word in wish.words))
    said = " ".join(meant.get(word, word) for word in wish.text.split())
    return replace(wish, words=words, text=said)


def _hard(session: Session, stated: Constraints, *, today: date) -> _Filter | None:
    """What no answer may break: price, place, day, stock and what is refused; None: nothing can."""
    found = _Filter()
    place = (
        "1" if stated.currency is None else "array_position(l.currencies, cast(:currency as text))"
    )
    if stated.currency is not None:
        found = found.also(
            "l.currencies @> array[cast(:currency as text)]", currency=stated.currency
        )
    if stated.price_max is not None:
        found = found.also(f"l.lowest[{place}] <= :price_max", price_max=stated.price_max)
    if stated.price_min is not None:
        found = found.also(f"l.highest[{place}] >= :price_min", price_min=stated.price_min)
    if stated.country is not None:
        days = None if stated.by is None else (stated.by - today).days
        shops = indexing.shops_reaching(session, stated.country, days_max=days)
        if not shops:
            return None
        found = found.also("l.shop = any(cast(:shops as integer[]))", shops=shops)
    if stated.in_stock:
        found = found.also("l.in_stock")
    if stated.without:
        numbers = [one.number for one in _narrowed(stated.without)]
        found = found.also("not l.traits && cast(:without as integer[])", without=numbers)
    if stated.without_words:
        found = found.also(
            "not exists (select from commerce.listing_words n where n.product = l.product"
            " and n.words @@ cast(:without_words as tsquery))",
            without_words=_either(sorted(stated.without_words)),
        )
    return found


def _strict(hard: _Filter, stated: Constraints) -> _Filter:
    """The filter with all traits: one of each group that was named."""
    for group in sorted({one.group for one in stated.traits}):
        numbers = [one.number for one in stated.traits if one.group == group]
        hard = hard.also(f"l.traits && cast(:{group} as integer[])", **{group: numbers})
    return hard


def _candidates(
    session: Session, wish: Wish, hard: _Filter, values: Mapping[str, object]
) -> list[_Seen]:
    """Candidates with their scores, the best first."""
    strict = _strict(hard, wish.constraints)
    named, strict_named = hard, strict
    if wish.constraints.kinds:
        kinds = [one.number for one in wish.constraints.kinds]
        named = hard.also("l.traits && cast(:kinds as integer[])", kinds=kinds)
        strict_named = strict.also("l.traits && cast(:kinds as integer[])", kinds=kinds)
    ways = _ways(session, hard, strict, named, strict_named)
    groups = _word_groups(wish)
    if groups:
        ways.append(_way_by_words(hard))
    session.execute(text("set local hnsw.iterative_scan = relaxed_order"))
    session.execute(text(f"set local hnsw.max_scan_tuples = {_SCAN_ROWS_MAX}"))
    flags = ", ".join(
        f"case when w.words @@ cast(:title{n} as tsquery) then 1.0"
        f" when w.words @@ cast(:word{n} as tsquery) then 0.6 else 0 end"
        for n in range(len(groups))
    )
    statement = (
        f"with {', '.join(f'way{n} as materialized ({way})' for n, way in enumerate(ways))}"
        f" select l.product, l.traits, coalesce(1 - (m.meaning <=> cast(:meaning as halfvec)), 0)"
        f" as near, cast(array[{flags}] as real[]) as had from ("
        f" {' union '.join(f'select product from way{n}' for n in range(len(ways)))}) f"
        " join commerce.listing l on l.product = f.product"
        " join commerce.listing_words w on w.product = f.product"
        " left join commerce.listing_meaning m on m.product = f.product"
    )
    bound: dict[str, object] = {**strict_named.values, **values}
    for n, group in enumerate(groups):
        bound[f"word{n}"] = _either(group)
        bound[f"title{n}"] = _either(group, weight="A")
    bound["words"] = " & ".join(f"({_either(group)})" for group in groups)
    rows = session.execute(text(statement), bound).all()
    stated = wish.constraints
    kinds_asked = frozenset(one.number for one in stated.kinds)
    asked = [
        frozenset(one.number for one in stated.traits if one.group == group)
        for group in {one.group for one in stated.traits}
    ]
    seen = []
    for row in rows:
        numbers = frozenset(row.traits)
        score = _score(row.near, row.had, numbers, kinds=kinds_asked, groups=asked)
        seen.append(_Seen(row.product, score, numbers))
    return sorted(seen, key=lambda one: (-one.score, one.number))


def _ways(
    session: Session, hard: _Filter, strict: _Filter, named: _Filter, strict_named: _Filter
) -> list[str]:
    """The ways to candidates that traits and meaning lead.

    ``strict`` and ``hard`` filter with the traits that were asked for and without, ``named`` and
    ``strict_named`` the same with the kind. Where few have all, those follow that lack a trait.
    """
    kinds_known = named.conditions != hard.conditions
    count = _estimated(session, strict_named) if strict_named.conditions else _EXACT_ROWS_MAX + 1
    exact = count <= _EXACT_ROWS_MAX
    ways = [_way_by_traits(strict_named) if exact else _way_by_meaning(strict_named)]
    if count <= _FEW_ROWS and kinds_known and strict.conditions != hard.conditions:
        few = _estimated(session, named) <= _EXACT_ROWS_MAX
        ways.append(_way_by_traits(named) if few else _way_by_meaning(named))
    if strict_named.conditions != hard.conditions:
        ways.append(_way_by_meaning(hard))
    return ways


def _way_by_traits(named: _Filter) -> str:
    # + 0 keeps the index of codes out of it: all that pass are looked at.
    return (
        f"select l.product from commerce.listing l where {named.sql}"
        " order by (l.code <~> cast(:code as bit(384))) + 0 nulls last"
        f" limit {_BY_TRAITS}"
    )


def _way_by_words(base: _Filter) -> str:
    return (
        "select l.product from (select product from commerce.listing_words w"
        f" where w.words @@ cast(:words as tsquery) limit {_WORD_ROWS_MAX}) c"
        f" join commerce.listing l on l.product = c.product where {base.sql}"
        f" order by (l.code <~> cast(:code as bit(384))) + 0 nulls last limit {_BY_WORDS}"
    )


def _way_by_meaning(base: _Filter) -> str:
    # Filtered outside, so that the planner goes by the index of codes, and only as far as needed.
    return (
        "select l.product from (select * from commerce.listing"
        f" order by code <~> cast(:code as bit(384)) limit {_SCAN_ROWS_MAX}) l"
        f" where {base.sql} limit {_BY_MEANING}"
    )


def _estimated(session: Session, where: _Filter) -> int:
    """How many rows the planner expects a filter to leave."""
    plan = session.execute(
        text(f"explain (format json) select from commerce.listing l where {where.sql}"),
        where.values,
    ).scalar_one()
    told = plan if isinstance(plan, list) else json.loads(plan)
    return int(told[0]["Plan"]["Plan Rows"])


def _word_groups(wish: Wish) -> list[list[str]]:
    """The forms of each word that is sought."""
    groups: list[list[str]] = []
    for word in wish.words[:_WORDS_MAX]:
        piece = pieces(word)
        if piece and piece[0].is_han:
            groups += [[pair] for pair in indexing.pairs(piece[0].text)]
        else:
            groups.append(list(indexing.forms(word)))
    return groups[:_WORDS_MAX]


def _either(words: Sequence[str], *, weight: str = "") -> str:
    mark = f":{weight}" if weight else ""
    return " | ".join(f"'{word}'{mark}" for word in words)


def _score(
    near: float,
    had: Sequence[float],
    numbers: frozenset[int],
    *,
    kinds: frozenset[int],
    groups: Sequence[frozenset[int]],
) -> float:
    """What a candidate is worth; ``groups`` are the traits that were asked for, by their group."""
    return (
        WEIGHTS["meaning"] * near
        + WEIGHTS["words"] * (sum(had) / len(had) if had else 0.0)
        + WEIGHTS["kind"] * (not kinds.isdisjoint(numbers))
        + WEIGHTS["traits"] * sum(not group.isdisjoint(numbers) for group in groups)
    )


def _narrowed(some: Collection[Term]) -> set[Term]:
    return {narrow for term in some for narrow in lexicon().with_narrower(term)}


def _checked(
    session: Session, wish: Wish, seen: Sequence[_Seen], *, agent: str | None, today: date
) -> list[Answer]:
    """The candidates against the wish, variant by variant: what they meet, the most first."""
    products = store.products_by_numbers(session, [one.number for one in seen])
    shops = store.shops_by_ids(session, {one.shop_id for one in products.values()})
    zones = store.zones_of_shops(session, shops) if wish.constraints.country else {}
    answers: list[Answer] = []
    for one in seen:
        product = products[one.number]
        shop = shops[product.shop_id]
        if agent is not None and not shop.serves_agent(agent):
            continue
        rate = None
        if wish.constraints.country is not None:
            zone = zone_for(zones.get(shop.id, []), wish.constraints.country)
            rate = _rate(zone.rates if zone else (), wish.constraints.by, today)
        answers.append(_answer(one, product, shop, wish.constraints, rate, today=today))
    return sorted(answers, key=lambda one: (-one.score, one.product.id))


def _rate(rates: Sequence[Rate], by: date | None, today: date) -> Rate | None:
    """The cheapest rate that is there in time, else the fastest."""
    sent = [rate for rate in rates if rate.kind != "pickup"]
    timely = [rate for rate in sent if by is None or rate.max_days <= (by - today).days]
    if timely:
        return min(timely, key=lambda rate: (rate.price.minor, rate.max_days, rate.id))
    return min(sent, key=lambda rate: (rate.max_days, rate.id), default=None)


def _answer(
    seen: _Seen,
    product: Product,
    shop: Shop,
    stated: Constraints,
    rate: Rate | None,
    *,
    today: date,
) -> Answer:
    judged = [(one, _judged(product, one, shop, stated, seen.traits)) for one in product.sold]
    variant, parts = min(
        judged, key=lambda pair: (list(pair[1].values()).count(False), pair[0].position)
    )
    if stated.country is not None:
        parts["country"] = rate is not None
        if stated.by is not None:
            parts["by"] = rate is not None and rate.max_days <= (stated.by - today).days
    unmet = tuple(part for part, is_met in parts.items() if not is_met)
    broken = sum(part.partition(":")[0] in _UNBREAKABLE for part in unmet)
    astray = sum(part.partition(":")[0] not in _UNBREAKABLE for part in unmet)
    return Answer(
        product=product,
        shop=shop,
        variant=variant,
        price=variant.price_in(stated.currency or shop.currency),
        met=tuple(part for part, is_met in parts.items() if is_met),
        unmet=unmet,
        rate=rate,
        score=seen.score - _BROKEN * broken - WEIGHTS["traits"] * astray,
    )


def _judged(
    product: Product, variant: Variant, shop: Shop, stated: Constraints, whole: frozenset[int]
) -> dict[str, bool]:
    """Which parts of a wish a variant meets; what its own options say goes before the product.

    ``whole`` are the numbers of the product's traits.
    """
    parts: dict[str, bool] = {}
    price = variant.price_in(stated.currency or shop.currency)
    if stated.price_max is not None or stated.price_min is not None:
        low, high = stated.price_min or 0, stated.price_max
        parts["price"] = (
            price is not None and low <= price.minor and (high is None or price.minor <= high)
        )
    elif stated.currency is not None:
        parts["price"] = price is not None
    if stated.in_stock:
        parts["in_stock"] = variant.can_sell()
    own = _own_terms(tuple(variant.options.items()))
    said = {one.group for one in own}

    def has(term: Term) -> bool:
        return term in own if term.group in said else term.number in whole

    for group in sorted({one.group for one in stated.traits}):
        some = sorted((one for one in stated.traits if one.group == group), key=lambda one: one.key)
        parts[" or ".join(one.key for one in some)] = any(has(one) for one in some)
    for one in sorted(stated.without, key=lambda term: term.key):
        parts[f"without:{one.key}"] = not has(one)
    for word in sorted(stated.without_words):
        parts[f"without:{word}"] = word not in product.title.casefold().split()
    return parts


@lru_cache(maxsize=10_000)
def _own_terms(options: tuple[tuple[str, str], ...]) -> frozenset[Term]:
    """What a variant's own options say, each with all that it is one of."""
    named = {*terms(" | ".join(value for _, value in options)), *indexing.sizes(dict(options))}
    return frozenset(wider for one in named for wider in lexicon().with_wider(one))
