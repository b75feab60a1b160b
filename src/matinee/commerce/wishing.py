"""Wishes: one sentence, read as what is sought and what it must be.

"a linen shirt under 40 euro that ships to Norway by Friday" is a shirt of linen; its price at most
EUR 40.00; its shop ships to NO; it is there by the next Friday. What was understood is taken out
of the sentence, and what is left is sought by its words and its meaning. Prices, places and days
are read in the languages of the table of countries as far as their phrases are listed here.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from matinee.kit.money import Money, minor_digits

from .lexicon import (
    HAN,
    Term,
    countries,
    days,
    every_stop,
    folded,
    money_words,
    months,
    phrase,
)
from .reading import found_in, pieces, slip_of

QUERY_CHARACTERS_MAX = 400

_NUMBER = r"(\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?)(?!\d)"
_SYMBOLS = {word: code for code, words in money_words().items() for word in words}
_MONEY = "|".join(re.escape(word) for word in sorted(_SYMBOLS, key=len, reverse=True))
_AMOUNT = rf"(?:({_MONEY})\s*)?{_NUMBER}(?:\s*({_MONEY})(?![a-z]))?"
# A number that one of these follows counts no money.
_NO_MEASURE = rf"(?!\s*(?:{phrase('measure')})\b)"


def _bound(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{phrase(name)})\s*{_AMOUNT}{_NO_MEASURE}")


def _bound_after(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_AMOUNT}\s*(?:{phrase(name)})")


_WITHIN = re.compile(rf"(?:(?:{phrase('between')})\s*)?{_AMOUNT}\s*(?:{phrase('and')})\s*{_AMOUNT}")
_NEAR = _bound("about")
# What follows its amount is looked for first: its first half may stand before one (max).
_BOUNDS = (
    (_bound_after("at_most_after"), True),
    (_bound("at_most"), True),
    (_bound_after("at_least_after"), False),
    (_bound("at_least"), False),
)
_NEAR_SHARE = 5
"""A price that is about X lies within a fifth of it."""

_SHIP = rf"(?:(?:(?:{phrase('ships_lead')}) )*(?:{phrase('ships')})\s+)"
_GOES_TO = re.compile(
    rf"(?:{_SHIP}(?:(?:{phrase('to')})\s+)?|\b(?:{phrase('goes_to')})\s+(?:the\s+)?)$"
)
_GOES_TO_HAN = re.compile(rf"(?:可以?|能|能够)?(?:{phrase('ships_to_han')})$")
_HAN_TAIL = re.compile(r"^(?:的|发货|送货)")

_ARRIVES = rf"(?:(?:and |to |that |which )*(?:{phrase('arrives')})\s+)*"
_HAN_ARRIVES = "(?:之?前|以前)?(?:到货|送到|送达|到达|收到|到)?"
_BY = phrase("by")
_BEFORE = re.compile(rf"(?<![a-z])(?:{phrase('before')})\s")
_UNITS = "day|tag|jour|dia|dag|week|woche|semaine|semana|uke|vecka|uge"
_WEEKS = frozenset({"week", "woche", "semaine", "semana", "uke", "vecka", "uge", "周"})
_IN_DAYS = re.compile(
    rf"(?:\b(?:{phrase('within_days')})\s+(?:the next |den nachsten )?"
    rf"(\d{{1,2}})\s*({_UNITS})[a-z]*"
    r"(?: delivery| lieferung)?)|(\d{1,2})\s*(天|日|周)(?:之?内|以内)?(?:到货|送到|送达|到达|到)?"
)
_NEXT_DAY = re.compile(r"\b(?:next|one)[- ]day (?:delivery|shipping)|次日达|隔天到")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?\d{2,4})?|(\d{1,2})月(\d{1,2})[日号]")
_NUMBERED_DAY = re.compile(rf"(?:(?:{_BY})\s+)?(?:{_DAY_OF_MONTH.pattern})(?:之?前)?")
_HAN_DAY = re.compile(rf"(?:在)?(?:这|本|下)?(?:周|星期|礼拜)([一二三四五六日天末]){_HAN_ARRIVES}")
_HAN_DAYS = "一二三四五六日"

_STOCK = re.compile(
    rf"(?:(?:that|which) (?:is|are) )?(?:\b(?:{phrase('in_stock')})\b|(?:有)?现货|有货)"
)
_WITHOUT = re.compile(rf"(?:(?<![a-z])(?:{phrase('without')})\s+)|(?:{phrase('without_han')})")
_FREE = re.compile(r"\b([a-z]{3,})[- ]?(?:free|frei)\b")
_NO_REASON = frozenset(phrase("no_reason").split("|"))

_SIZE = re.compile(
    rf"(?<![a-z])(?:{phrase('size')})\.?\s*(?:is |in |eu |uk |us )?"
    r"([0-9]{1,3}(?:[.,]5)?|x{0,4}s|m|x{0,4}l|[2-5]xl|one size|small|medium|large)(?![a-z0-9])"
    r"|(?<![a-z])(?:eu|uk)\s?([0-9]{2}(?:[.,]5)?)(?![0-9])"
    r"|([0-9]{2}(?:[.,]5)?|x{0,4}[sl]|m)\s?(?:码|号)"
)
_SIZE_ALONE = re.compile(r"(?<![\w'’&-])(XXS|XS|S|M|L|XL|XXL|XXXL|[2-5]XL)(?![\w'’&-])")
_SIZE_NAMES = {"small": "s", "medium": "m", "large": "l", "2xl": "xxl", "3xl": "xxxl"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraints:
    """What an answer must be, as far as somebody said so; amounts in minor units of ``currency``.

    ``traits`` are met by one of each group (a shirt or a blouse, red); ``without`` by none. ``by``
    is the day on which it has to be there. ``kinds`` are sought first and exclude nothing.
    """

    price_min: int | None = None
    price_max: int | None = None
    currency: str | None = None
    country: str | None = None
    by: date | None = None
    in_stock: bool = False
    traits: frozenset[Term] = frozenset()
    kinds: frozenset[Term] = frozenset()
    without: frozenset[Term] = frozenset()
    without_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A sentence that was read: what it must be, and what is left of it to seek by.

    ``text`` is what its meaning is taken of; ``words`` are those that say something.
    """

    said: str
    text: str
    words: tuple[str, ...]
    constraints: Constraints = field(default_factory=Constraints)


@dataclass(slots=True)
class _Sheet:
    """A folded sentence of which parts are crossed out as they are understood."""

    text: str

    def cross(self, start: int, end: int) -> None:
        """Take a stretch out, leaving a break that no phrase reaches over."""
        self.text = self.text[:start] + "|" * (end - start) + self.text[end:]


def read(
    said: str,
    *,
    today: date,
    currency: str | None = None,
    known: Callable[[Collection[str]], frozenset[str]] = frozenset,
) -> Wish:
    """Read a sentence on a day; raises nothing: what is not understood is sought as words.

    ``currency`` is what a price without one is in. ``known`` tells which words the catalogue has:
    only others can be slips of the finger.
    """
    said = " ".join(said[:QUERY_CHARACTERS_MAX].split())
    sheet = _Sheet(folded(said))
    stated = Constraints(in_stock=_crossed(sheet, _STOCK) is not None)
    stated = _with_sizes(sheet, said, stated)
    stated = _with_place(sheet, stated)
    stated = _with_day(sheet, stated, today)
    stated = _with_price(sheet, stated, currency)
    unknown = _unknown(sheet.text, known)
    stated = _with_traits(sheet, stated, unknown)
    left = " ".join(sheet.text.replace("|", " ").split())
    words = [
        (slip_of(piece.text) if piece.text in unknown else None) or piece.text
        for piece in pieces(left)
    ]
    telling = tuple(dict.fromkeys(word for word in words if word not in every_stop()))
    # The fewer words, the sooner their meaning is taken: half of a search's time.
    return Wish(said, " ".join(telling) or said, telling, stated)


def _unknown(text: str, known: Callable[[Collection[str]], frozenset[str]]) -> frozenset[str]:
    """Words that neither the catalogue nor a sentence's grammar has."""
    words = {piece.text for piece in pieces(text) if not piece.is_han} - every_stop()
    return frozenset(words) - known(words)


def _crossed(sheet: _Sheet, pattern: re.Pattern[str]) -> re.Match[str] | None:
    match = pattern.search(sheet.text)
    if match is not None:
        sheet.cross(*match.span())
    return match


def _with_sizes(sheet: _Sheet, said: str, stated: Constraints) -> Constraints:
    sizes = set()
    while (match := _crossed(sheet, _SIZE)) is not None:
        sizes.add(next(group for group in match.groups() if group))
    if not sizes and (alone := _SIZE_ALONE.search(said)) is not None:
        sizes.add(alone[1].lower())
        at = re.search(rf"(?<![\w'])(?:in )?{alone[1].lower()}(?![\w'])", sheet.text)
        if at is not None:
            sheet.cross(*at.span())
    named = frozenset(Term("size", size_name(size)) for size in sizes)
    return replace(stated, traits=stated.traits | named)


def size_name(written: str) -> str:
    """A size as it is compared: ``m``, ``xxl``, ``42``, ``42.5``."""
    small = folded(written).strip().replace(",", ".")
    return _SIZE_NAMES.get(small, small)


def _with_place(sheet: _Sheet, stated: Constraints) -> Constraints:
    """Where it has to go: a country that a word of sending or going leads to."""
    names = countries()
    split = pieces(sheet.text)
    for place, piece in enumerate(split):
        if piece.is_han:
            spot = _han_place(piece.text, names)
            if spot is not None:
                name, start, lead = spot
                end = start + len(name)
                tail = _HAN_TAIL.match(piece.text[end:])
                end += 0 if tail is None else tail.end()
                sheet.cross(piece.start + start - lead, piece.start + end)
                return replace(stated, country=names[name])
            continue
        for count in (4, 3, 2, 1):
            some = split[place : place + count]
            name = " ".join(one.text for one in some)
            if len(some) == count and name in names:
                before = _GOES_TO.search(sheet.text[: piece.start])
                if before is not None:
                    sheet.cross(before.start(), some[-1].end)
                    return replace(stated, country=names[name])
    return stated


def _han_place(run: str, names: dict[str, str]) -> tuple[str, int, int] | None:
    """A country in a run of Han signs, where, and how many signs lead to it."""
    for start in range(len(run)):
        for count in range(min(9, len(run) - start), 1, -1):
            name = run[start : start + count]
            lead = _GOES_TO_HAN.search(run[:start])
            if name in names and lead is not None:
                return name, start, start - lead.start()
    return None


def _with_day(sheet: _Sheet, stated: Constraints, today: date) -> Constraints:
    if (match := _crossed(sheet, _IN_DAYS)) is not None:
        count = int(match[1] or match[3])
        unit = match[2] or match[4]
        return replace(stated, by=today + timedelta(days=count * (7 if unit in _WEEKS else 1)))
    if _crossed(sheet, _NEXT_DAY) is not None:
        return replace(stated, by=today + timedelta(days=1))
    if (match := _crossed(sheet, _HAN_DAY)) is not None:
        day = {"天": 6, "末": 5}.get(match[1], _HAN_DAYS.find(match[1]))
        return replace(stated, by=_next(day, today))
    named = _named_day(sheet, today)
    return stated if named is None else replace(stated, by=named)


def _named_day(sheet: _Sheet, today: date) -> date | None:
    """A day that is named after a word such as by, or tomorrow, or a date."""
    named = _day_names(today)
    match = _day_pattern().search(sheet.text)
    if match is not None and (day := named.get(match["latin"] or match["han"])) is not None:
        sheet.cross(*match.span())
        early = _BEFORE.search(match.group()) is not None
        return day - timedelta(days=1) if early and day > today else day
    match = _NUMBERED_DAY.search(sheet.text)
    if match is not None:
        numbers = [int(group) for group in match.groups() if group]
        day_number, month = numbers if "月" not in match.group() else reversed(numbers)
        found = _on(month, day_number, today)
        if found is not None:
            sheet.cross(*match.span())
        return found
    return _written_date(sheet, today)


def _day_names(today: date) -> dict[str, date]:
    """Which days are meant by their names on a day."""
    eve = _on(12, 24, today)
    return {
        **{name: _next(day, today) for name, day in days().items()},
        **dict.fromkeys(phrase("today").split("|"), today),
        **dict.fromkeys(phrase("tomorrow").split("|"), today + timedelta(days=1)),
        **({} if eve is None else dict.fromkeys(phrase("christmas").split("|"), eve)),
    }


@cache
def _day_pattern() -> re.Pattern[str]:
    """What matches any day's name, in Latin letters after a word such as by."""
    names = _day_names(date(2026, 1, 1))
    latin = _any_of(name for name in names if not HAN.match(name))
    han = _any_of(name for name in names if HAN.match(name))
    lead = rf"(?:{_BY})\s+(?:the\s+|el\s+|next\s+|kommenden\s+)?"
    return re.compile(
        rf"(?<![a-z]){_ARRIVES}{lead}(?P<latin>{latin})(?![a-z])|(?P<han>{han}){_HAN_ARRIVES}"
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    """What matches ``by 24 December`` and ``by December 24``."""
    names = _any_of(months())
    first = rf"(?:the |dem |den |el |le )?(\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of |de )?({names})"
    second = rf"({names})\s+(\d{{1,2}})(?:st|nd|rd|th)?"
    return re.compile(rf"(?:{_BY})\s+(?:{first}|{second})(?![a-z])")


def _any_of(names: Iterable[str]) -> str:
    """A pattern of names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _written_date(sheet: _Sheet, today: date) -> date | None:
    """``by 24 December``, ``by December 24``."""
    match = _date_pattern().search(sheet.text)
    if match is None:
        return None
    found = _on(months()[match[2] or match[3]], int(match[1] or match[4]), today)
    if found is not None:
        sheet.cross(*match.span())
    return found


def _next(weekday: int, today: date) -> date:
    """The next such day of the week, today excepted."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _on(month: int, day: int, today: date) -> date | None:
    """The next such day of the year, today included; None if there is none."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _with_price(sheet: _Sheet, stated: Constraints, currency: str | None) -> Constraints:
    least: tuple[str | None, str] | None = None
    most: tuple[str | None, str] | None = None
    match = _WITHIN.search(sheet.text)
    if match is not None and (
        match[1] or match[3] or match[4] or match[6] or match[0][:1].isalpha()
    ):
        sheet.cross(*match.span())
        code = match[4] or match[6] or match[1] or match[3]
        least, most = (code, match[2]), (code, match[5])
    elif (match := _crossed(sheet, _NEAR)) is not None:
        said = (match[1] or match[3], match[2])
        return _priced(stated, said, said, currency, near=True)
    else:
        for pattern, is_most in _BOUNDS:
            match = _crossed(sheet, pattern)
            if match is None:
                continue
            said = (match[1] or match[3], match[2])
            if is_most and most is None:
                most = said
            elif not is_most and least is None:
                least = said
    return _priced(stated, least, most, currency, near=False)


def _priced(
    stated: Constraints,
    least: tuple[str | None, str] | None,
    most: tuple[str | None, str] | None,
    currency: str | None,
    *,
    near: bool,
) -> Constraints:
    if least is None and most is None:
        return stated
    symbol = (most and most[0]) or (least and least[0])
    code = _code(symbol, stated.country, currency)
    digits = minor_digits(code or "EUR")
    low = None if least is None else _minor(least[1], digits)
    high = None if most is None else _minor(most[1], digits)
    if near and low is not None and high is not None:
        low, high = low - low // _NEAR_SHARE, high + high // _NEAR_SHARE
    return replace(stated, price_min=low, price_max=high, currency=code)


def _code(symbol: str | None, country: str | None, currency: str | None) -> str | None:
    """The currency that a symbol means; kroner are those of the country, else of the visitor."""
    if symbol is None:
        return currency
    code = _SYMBOLS[symbol]
    if code != "KR":
        return code
    crowns = {"NO": "NOK", "SE": "SEK", "DK": "DKK"}
    return crowns.get(country or "") or (currency if currency in crowns.values() else "NOK")


def _minor(written: str, digits: int) -> int:
    """An amount in minor units: ``1.299,50`` and ``1,299.50`` are the same."""
    bare = re.sub(r"[' ]", "", written)
    parts = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", bare)
    assert parts is not None, written
    whole, cents = re.sub(r"[.,]", "", parts[1]), parts[2] or ""
    scale: int = 10**digits
    return int(whole + cents.ljust(2, "0")) * scale // 100


def _with_traits(sheet: _Sheet, stated: Constraints, unknown: frozenset[str]) -> Constraints:
    refused, refused_words = _refused(sheet, unknown)
    found = found_in(sheet.text, unknown=unknown)
    kinds = frozenset(one.term for one in found if one.term.group == "kind")
    traits = frozenset(one.term for one in found if one.term.group != "kind")
    return replace(
        stated,
        traits=stated.traits | traits,
        kinds=kinds,
        without=refused,
        without_words=refused_words,
    )


def _refused(sheet: _Sheet, unknown: frozenset[str]) -> tuple[frozenset[Term], frozenset[str]]:
    """What is not to be, crossed out: traits as far as they are known, else the word itself."""
    terms: set[Term] = set()
    words: set[str] = set()
    place = 0
    while (match := _next_refusal(sheet.text, place)) is not None:
        rest = sheet.text[match.end() :]
        head = pieces(rest)[:1]
        place = match.end()
        if match.re is _FREE:
            named = [one.term for one in found_in(match[1], unknown=unknown)]
            end, said = match.end(), match[1]
        elif not head or head[0].start > 1 or head[0].text in _NO_REASON:
            continue
        else:
            near = [
                one for one in found_in(rest, unknown=unknown) if one.start <= head[0].start + 1
            ]
            named = [one.term for one in near if one.start == near[0].start]
            end = match.end() + (near[0].end if near else head[0].end)
            said = head[0].text
        terms.update(named)
        if not named and said not in every_stop():
            words.add(said)
        sheet.cross(match.start(), end)
    return frozenset(terms), frozenset(words)


def _next_refusal(text: str, place: int) -> re.Match[str] | None:
    found = [one for one in (_WITHOUT.search(text, place), _FREE.search(text, place)) if one]
    return min(found, key=lambda one: one.start(), default=None)


def price_of(constraints: Constraints) -> tuple[Money | None, Money | None]:
    """The bounds of the price; without a currency there are none to say."""
    if constraints.currency is None:
        return None, None
    low, high = constraints.price_min, constraints.price_max
    return (
        None if low is None else Money(low, constraints.currency),
        None if high is None else Money(high, constraints.currency),
    )
