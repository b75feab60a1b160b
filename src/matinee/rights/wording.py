"""A licence in plain language, in English and Chinese, one sentence a line.

Every term is said: two licences that differ read differently.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from matinee.kit.money import MicroMoney

from .licences import USES, Terms, exact_units

Tongue: TypeAlias = Literal["en", "zh"]
TONGUES: tuple[Tongue, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language says each term; ``{}`` takes the value."""

    uses: Mapping[str, str]
    contexts: Mapping[str, str]
    listing: Callable[[list[str]], str]
    said: Mapping[str, str]


def _listed_en(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_ENGLISH = _Words(
    uses={
        "personal": "films of one's own",
        "remix": "remixes",
        "advertising": "advertising",
        "commerce": "selling things",
        "drama": "drama series",
    },
    contexts={
        "alcohol": "alcohol",
        "drugs": "drugs",
        "gambling": "gambling",
        "medical_advice": "medical advice",
        "money_advice": "advice on money",
        "politics": "politics",
        "religion": "religion",
        "rivals": "rival brands",
        "sexual": "sexual content",
        "violence": "violence",
    },
    listing=_listed_en,
    said={
        "not_allowed": "This work may not be used.",
        "uses": "You may use it for {}.",
        "not_uses": "You may not use it for {}.",
        "exclusive_to": "Only {} may use it.",
        "only_in": "Only in these countries: {}.",
        "never_in": "Not in these countries: {}.",
        "starts_on": "From {}.",
        "ends_on": "Until {}, that day included.",
        "age_min": "Whoever uses it must be at least {} years old.",
        "context": "It may not appear with {}.",
        "ask_first": "The owner must agree first to {}.",
        "price": "Each film costs {}.",
        "share_film": "The owner gets {} of what the film earns.",
        "share_presence": (
            "The owner gets {} of what the film earns, in proportion to how much of it shows or "
            "plays the work."
        ),
        "no_share": "Of what the film earns, the owner gets no share.",
        "guarantee": "Until the owner has had {} from a film, the owner is paid before its maker.",
        "cap": "From one film the owner gets {} at most.",
        "flow": (
            "When a remix no longer shows the work, {} of that share stay for each generation, "
            "for {} generations at most."
        ),
        "no_flow": "When a remix no longer shows the work, the owner gets nothing from it.",
    },
)
_CHINESE = _Words(
    uses={
        "personal": "个人影片",
        "remix": "再创作",
        "advertising": "广告",
        "commerce": "销售商品",
        "drama": "短剧",
    },
    contexts={
        "alcohol": "酒类",
        "drugs": "毒品",
        "gambling": "赌博",
        "medical_advice": "医疗建议",
        "money_advice": "理财建议",
        "politics": "政治",
        "religion": "宗教",
        "rivals": "竞争品牌",
        "sexual": "色情内容",
        "violence": "暴力",
    },
    listing="、".join,
    said={
        "not_allowed": "本作品不得使用。",
        "uses": "可用于{}。",
        "not_uses": "不得用于{}。",
        "exclusive_to": "仅限 {} 使用。",
        "only_in": "仅限以下国家或地区：{}。",
        "never_in": "不得在以下国家或地区使用：{}。",
        "starts_on": "自 {} 起生效。",
        "ends_on": "截至 {}（含当日）。",
        "age_min": "使用者须年满 {} 岁。",
        "context": "不得与{}一同出现。",
        "ask_first": "用于{}须事先征得权利人同意。",
        "price": "每部影片收费 {}。",
        "share_film": "权利人分得影片收入的 {}。",
        "share_presence": "权利人分得影片收入的 {}，并按作品在影片画面和声音中所占比例计算。",
        "no_share": "权利人不参与影片收入分成。",
        "guarantee": "权利人从一部影片获得 {} 之前，先于影片作者受偿。",
        "cap": "权利人从一部影片最多获得 {}。",
        "flow": "再创作中不再出现本作品时，每一代保留该分成的 {}，最多 {} 代。",
        "no_flow": "再创作中不再出现本作品时，权利人不从中分成。",
    },
)
_LANGUAGES: Mapping[Tongue, _Words] = {"en": _ENGLISH, "zh": _CHINESE}


def sentences(terms: Terms, tongue: Tongue) -> list[str]:
    """What these terms say, in whole sentences."""
    words = _LANGUAGES[tongue]
    if not terms.allowed:
        return [words.said["not_allowed"]]
    return [*_allowed(terms, words), *_limits(terms, words)]


def uses_named(uses: Iterable[str], tongue: Tongue = "en") -> str:
    """Uses in words, in the order in which they are always said."""
    words, wanted = _LANGUAGES[tongue], set(uses)
    return words.listing([words.uses[use] for use in USES if use in wanted])


def _allowed(terms: Terms, words: _Words) -> Iterator[str]:
    def named(uses: Iterable[str]) -> str:
        return words.listing([words.uses[use] for use in USES if use in uses])

    yield words.said["uses"].format(named(terms.uses))
    if terms.uses != set(USES):
        yield words.said["not_uses"].format(named(set(USES) - terms.uses))
    if terms.ask_first:
        yield words.said["ask_first"].format(named(terms.ask_first))
    if terms.never_with:
        contexts = [words.contexts[one] for one in sorted(terms.never_with)]
        yield words.said["context"].format(words.listing(contexts))
    yield from _money(terms, words)


def _money(terms: Terms, words: _Words) -> Iterator[str]:
    if terms.price is not None:
        yield words.said["price"].format(_amount(terms.price))
    if not terms.share_bps:
        yield words.said["no_share"]
    else:
        yield words.said[f"share_{terms.share_of}"].format(_percent(terms.share_bps))
    if terms.guarantee is not None:
        yield words.said["guarantee"].format(_amount(terms.guarantee))
    if terms.cap is not None:
        yield words.said["cap"].format(_amount(terms.cap))
    if terms.flow_bps:
        yield words.said["flow"].format(_percent(terms.flow_bps), terms.depth_max)
    elif terms.share_bps:
        yield words.said["no_flow"]


def _limits(terms: Terms, words: _Words) -> Iterator[str]:
    if terms.exclusive_to is not None:
        yield words.said["exclusive_to"].format(terms.exclusive_to)
    if terms.only_in:
        yield words.said["only_in"].format(words.listing(sorted(terms.only_in)))
    if terms.never_in:
        yield words.said["never_in"].format(words.listing(sorted(terms.never_in)))
    if terms.starts_on is not None:
        yield words.said["starts_on"].format(terms.starts_on.isoformat())
    if terms.ends_on is not None:
        yield words.said["ends_on"].format(terms.ends_on.isoformat())
    if terms.age_min:
        yield words.said["age_min"].format(terms.age_min)


def _amount(money: MicroMoney) -> str:
    return f"{exact_units(money)} {money.currency}"


def _percent(bps: int) -> str:
    return f"{Decimal(bps).scaleb(-2).normalize():f} %"
