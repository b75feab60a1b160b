"""Reading the tables of rules; raises RulesInvalid when they contradict themselves."""

import csv
import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from matinee.trust.errors import RulesInvalid
from matinee.trust.model import RATINGS, Rating
from matinee.trust.wording import compiled, idiom

FOLDER = Path(__file__).parent

Window = Literal["sentence", "text"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is refused under a name: why (with `{found}`), and what would pass."""

    name: str
    why: str
    passes: str


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When a rule refuses, or a rating applies.

    Each of `groups` holds the names of groups of words of which one occurs in the `window`, at
    most `near` words apart (None: anywhere in it), and none of the groups `unless` occurs in its
    own window `unless_in`.
    """

    rule: Rule | None
    rating: Rating
    groups: tuple[tuple[str, ...], ...]
    window: Window
    near: int | None
    unless: tuple[str, ...]
    unless_in: Window


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Conditions in the order in which they count, the words they speak of, harmless phrases."""

    conditions: tuple[Condition, ...]
    words: Mapping[str, re.Pattern[str]]
    idioms: re.Pattern[str]


@functools.cache
def house_rules(folder: Path = FOLDER) -> Rules:
    """Read the tables of `folder`, once."""
    with (folder / "rules.toml").open("rb") as file:
        document = tomllib.load(file)
    rules = {name: Rule(name=name, **row) for name, row in document["rules"].items()}
    words = _words(folder)
    conditions = tuple(_condition(row, rules, words) for row in document["when"])
    unused = rules.keys() - {one.rule.name for one in conditions if one.rule}
    if unused:
        raise RulesInvalid(f"no condition leads to {', '.join(sorted(unused))}")
    phrases = [idiom(row["language"], row["phrase"]) for row in _rows(folder / "idioms.tsv")]
    return Rules(conditions=conditions, words=words, idioms=re.compile("|".join(phrases)))


def _condition(
    row: Mapping[str, object], rules: Mapping[str, Rule], words: Mapping[str, re.Pattern[str]]
) -> Condition:
    known = {"rule", "rating", "all", "within", "near", "unless", "unless_in"}
    if extra := row.keys() - known:
        raise RulesInvalid(f"a condition has the unknown keys {', '.join(sorted(extra))}")
    groups = tuple(tuple(group) for group in _lists(row["all"]))
    unless = tuple(next(_lists([row.get("unless", [])])))
    for name in (*(name for group in groups for name in group), *unless):
        if name not in words:
            raise RulesInvalid(f"no word belongs to the group {name!r}")
    rule, rating = row.get("rule"), row.get("rating", "all")
    if (rule is None) == (rating == "all") or (rule is not None and rule not in rules):
        raise RulesInvalid(f"a condition needs one known rule or rating, not {rule!r} {rating!r}")
    window, unless_in = row.get("within", "sentence"), row.get("unless_in", "sentence")
    near = row.get("near")
    if not {window, unless_in} <= set(get_args(Window)) or rating not in RATINGS:
        raise RulesInvalid(f"{window!r}, {unless_in!r} or {rating!r} is not known")
    if near is not None and not isinstance(near, int):
        raise RulesInvalid(f"near is {near!r}, not a number of words")
    return Condition(
        rule=rules[str(rule)] if rule is not None else None,
        rating=RATINGS[RATINGS.index(rating)],
        groups=groups,
        window="text" if window == "text" else "sentence",
        near=near,
        unless=unless,
        unless_in="text" if unless_in == "text" else "sentence",
    )


def _lists(value: object) -> Iterator[list[str]]:
    if not isinstance(value, list) or not all(isinstance(one, list) for one in value):
        raise RulesInvalid(f"{value!r} is not a list of lists of groups")
    yield from value


def _words(folder: Path) -> dict[str, re.Pattern[str]]:
    listed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("words.tsv", "names.tsv"):
        for row in _rows(folder / name):
            words = [word.strip() for word in row["words"].split("|")]
            listed[row["group"]] += [(row["language"], word) for word in words if word]
    return {
        group: compiled(words, names=group in {"figure", "mark"}) for group, words in listed.items()
    }


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
