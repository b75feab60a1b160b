"""The order of For You: what is reckoned of each candidate, and how a page is put together.

Each outcome (a long view, a remix, a wish to see no more) has a small logistic model over hashed
traits, learned online. Its prior is a plain formula, so that an untrained model already shows what
is near somebody's taste, from people they follow, liked by others, and fresh; what is learned is
the difference. Nothing here knows a database: arrays in, arrays out.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

OUTCOMES = ("long_view", "remix", "hide")
# What an outcome is worth to the order of a page: a remix is rare and a joy, a hide a failure.
VALUES = np.array([1.0, 1.5, -4.0], dtype=np.float32)

TRAIT_BITS = 18
TRAIT_SLOTS = 1 << TRAIT_BITS
FAMILIES = (
    "everybody",
    "author",
    "topic",
    "your_topic",
    "your_author",
    "your_second_topic",
    "nearness",
    "age",
    "likes",
    "like_share",
    "length",
    "pace",
    "language",
    "followed",
    "your_pace",
    "place",
)
_PLACE = FAMILIES.index("place")

AUTHOR_POSTS_MAX = 1
TOPIC_POSTS_MAX = 3
STEERED_TOPIC_POSTS_MAX = 6
RATE = 0.12
_SQUARE_START = 0.1
_BATCH_ROWS = 256
_FACTOR_MIN = 0.03
_FACTORS_SHOWN = 3

# The priors' weights: nearness of taste, following, likes (log), freshness; and where they start.
_PRIOR = np.array(
    [
        [1.8, 0.9, 0.12, 0.35, -0.9],
        [0.6, 0.3, 0.05, 0.10, -4.0],
        [-1.2, -0.8, -0.05, 0.0, -3.5],
    ],
    dtype=np.float32,
)
_PRIOR_FACTORS = ("nearness", "followed", "likes", "fresh")
_FRESH_HOURS = 36.0
# Where a factor of a post's place may come from, in the order in which they are put side by side.
_TOLD_FAMILIES = [
    place for place, family in enumerate(FAMILIES) if family not in {"everybody", "place"}
]
_FACTOR_NAMES = (
    *_PRIOR_FACTORS,
    *(f"learned_{FAMILIES[place]}" for place in _TOLD_FAMILIES),
    "steered",
)


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Posts that may be shown: parallel arrays of one length.

    `nearness` is the cosine between post and taste, 0 without a taste; `drawn` says which were
    drawn by lot; `steered` is what the viewer's own rules add, `barred` what they exclude.
    """

    numbers: np.ndarray
    authors: np.ndarray
    topics: np.ndarray
    second_topics: np.ndarray
    duration_ms: np.ndarray
    shot_ms: np.ndarray
    languages: np.ndarray
    age_hours: np.ndarray
    likes: np.ndarray
    views: np.ndarray
    followed: np.ndarray
    nearness: np.ndarray
    drawn: np.ndarray
    steered: np.ndarray
    barred: np.ndarray

    def __len__(self) -> int:
        """The count of candidates."""
        return len(self.numbers)


@dataclass(frozen=True)
class Model:
    """What was learned: a weight for each outcome and trait, and the sums of squared slopes."""

    version: int
    weights: np.ndarray
    squares: np.ndarray

    @classmethod
    def untrained(cls) -> "Model":
        """The model that knows nothing but its priors."""
        return cls(
            0,
            np.zeros((len(OUTCOMES), TRAIT_SLOTS), dtype=np.float32),
            np.full((len(OUTCOMES), TRAIT_SLOTS), _SQUARE_START, dtype=np.float32),
        )


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Candidates with what was reckoned of them: traits, priors' terms, chances, values."""

    traits: np.ndarray
    terms: np.ndarray
    chances: np.ndarray
    values: np.ndarray


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate with its place on the page; `chance` is that of being drawn for an open slot."""

    index: int
    explored: bool
    chance: float


def traits_of(viewer: int, viewer_language: int, found: Candidates) -> np.ndarray:
    """Return each candidate's hashed traits, int32 (count, families); the place is still 0."""
    count = len(found)
    zeros = np.zeros(count, dtype=np.int64)
    same = np.full(count, viewer, dtype=np.int64)
    pace = _log2_step(found.shot_ms / 500)
    share = _log2_step(found.likes * 64 / np.maximum(found.views, 1))
    values: tuple[tuple[np.ndarray, np.ndarray], ...] = (
        (zeros, zeros),
        (found.authors, zeros),
        (found.topics, zeros),
        (same, found.topics),
        (same, found.authors),
        (same, found.second_topics),
        (np.floor(found.nearness * 10).astype(np.int64), zeros),
        (_log2_step(found.age_hours), zeros),
        (_log2_step(found.likes), zeros),
        (share, zeros),
        (_log2_step(found.duration_ms / 2000), zeros),
        (pace, zeros),
        (found.languages, np.full(count, viewer_language, dtype=np.int64)),
        (found.followed.astype(np.int64), zeros),
        (same, pace),
        (zeros, zeros),
    )
    first = np.stack([one for one, _ in values], axis=1)
    second = np.stack([other for _, other in values], axis=1)
    return _hashed(np.arange(len(FAMILIES)), first, second)


def placed(traits: np.ndarray, places: Sequence[int]) -> np.ndarray:
    """Return traits that say where on the page each post stood: the last is watched less."""
    known = traits.copy()
    at = np.minimum(np.asarray(places, dtype=np.int64), 15) + 1
    known[:, _PLACE] = _hashed(np.array([_PLACE]), at, np.zeros_like(at))
    return known


def scored(model: Model, viewer: int, viewer_language: int, found: Candidates) -> Scored:
    """Reckon how likely each outcome of each candidate is, and what showing it is worth."""
    traits = traits_of(viewer, viewer_language, found)
    terms = prior_terms(found)
    priors = _priors(terms)
    learned = model.weights[:, traits].sum(axis=2).T
    chances = _squashed(priors + learned)
    values = chances @ VALUES + found.steered
    values = np.where(found.barred, -np.inf, values)
    return Scored(traits=traits, terms=terms, chances=chances, values=values)


def prior_terms(found: Candidates) -> np.ndarray:
    """Return what the prior looks at, float32 (count, 4): nearness, followed, likes, freshness."""
    return np.stack(
        [
            found.nearness,
            found.followed,
            np.log1p(found.likes),
            np.exp(-found.age_hours / _FRESH_HOURS),
        ],
        axis=1,
    ).astype(np.float32)


def paged(
    found: Candidates,
    reckoned: Scored,
    *,
    size: int,
    pool_count: int,
    generator: np.random.Generator,
    favoured: frozenset[int] = frozenset(),
    recent_authors: Sequence[int] = (),
) -> tuple[Pick, ...]:
    """Put a page together: the best first, spread over authors and topics, one place by lot.

    `pool_count` is how many posts the drawn ones were drawn from; `favoured` topics may come more
    often, because the viewer asked for them. Rules that leave the page empty give way: a page is
    filled as long as there are candidates.
    """
    order = np.argsort(-reckoned.values, kind="stable")
    possible = np.isfinite(reckoned.values)
    best: list[int] = order[(possible & ~found.drawn)[order]].tolist()
    lots: list[int] = np.flatnonzero(possible & found.drawn).tolist()
    author_of, topic_of = found.authors.tolist(), found.topics.tolist()
    picks: list[Pick] = []
    taken: set[int] = set()
    authors = dict.fromkeys(recent_authors, AUTHOR_POSTS_MAX)
    topics: dict[int, int] = {}
    # The first place is never drawn: the first film decides whether somebody stays.
    open_place = int(generator.integers(2, size)) if lots and size > 2 else -1  # noqa: PLR2004
    generator.shuffle(lots)

    def take(index: int, *, explored: bool, chance: float) -> None:
        picks.append(Pick(index, explored, chance))
        taken.add(index)
        author, topic = author_of[index], topic_of[index]
        authors[author] = authors.get(author, 0) + 1
        topics[topic] = topics.get(topic, 0) + 1

    def fits(index: int, *, strict: bool) -> bool:
        author, topic = author_of[index], topic_of[index]
        if authors.get(author, 0) >= (AUTHOR_POSTS_MAX if strict else 3):
            return False
        most = STEERED_TOPIC_POSTS_MAX if topic in favoured else TOPIC_POSTS_MAX
        return not strict or topics.get(topic, 0) < most

    while len(picks) < size:
        if len(picks) == open_place and lots:
            take(lots[0], explored=True, chance=1.0 / max(pool_count, 1))
            continue
        chosen = next((i for i in best if i not in taken and fits(i, strict=True)), None)
        if chosen is None:
            chosen = next((i for i in best if i not in taken and fits(i, strict=False)), None)
        if chosen is None:
            chosen = next((i for i in best if i not in taken), None)
        if chosen is None:
            chosen = next((i for i in lots if i not in taken), None)
        if chosen is None:
            break
        take(chosen, explored=False, chance=1.0)
    return tuple(picks)


def factors_of(
    model: Model, found: Candidates, reckoned: Scored, picks: Sequence[Pick]
) -> tuple[tuple[tuple[str, float], ...], ...]:
    """Return what raised each post of a page, largest first: the true terms of its score.

    A term is what it added to the chance (log odds) of a long view, or the viewer's own rule.
    """
    indices = [pick.index for pick in picks]
    raised = np.concatenate(
        [
            reckoned.terms[indices] * _PRIOR[0, : len(_PRIOR_FACTORS)],
            model.weights[0, reckoned.traits[indices]][:, _TOLD_FAMILIES],
            found.steered[indices, None] * 4,
        ],
        axis=1,
    )
    largest = np.argsort(-raised, axis=1, kind="stable")[:, :_FACTORS_SHOWN]
    weights = np.take_along_axis(raised, largest, axis=1)
    told = zip(picks, largest.tolist(), weights.tolist(), strict=True)
    return tuple(
        (("lot", pick.chance),)
        if pick.explored
        else tuple(
            (_FACTOR_NAMES[factor], weight)
            for factor, weight in zip(factors, heights, strict=True)
            if weight > _FACTOR_MIN
        )
        for pick, factors, heights in told
    )


@dataclass(frozen=True, kw_only=True)
class Examples:
    """What was shown and what came of it: traits with places, prior terms, outcomes 0 or 1."""

    traits: np.ndarray
    terms: np.ndarray
    outcomes: np.ndarray


def learned(model: Model, examples: Examples) -> tuple[Model, np.ndarray]:
    """Return the model after one pass over examples, and its mean loss on each before learning it.

    Adagrad (Duchi, Hazan and Singer, 2011) on the logistic loss, in batches.
    """
    weights, squares = model.weights.copy(), model.squares.copy()
    losses = np.zeros(len(OUTCOMES))
    count = len(examples.traits)
    for start in range(0, count, _BATCH_ROWS):
        rows = slice(start, start + _BATCH_ROWS)
        traits, truths = examples.traits[rows], examples.outcomes[rows]
        priors = _priors(examples.terms[rows])
        for outcome in range(len(OUTCOMES)):
            guess = _squashed(priors[:, outcome] + weights[outcome, traits].sum(axis=1))
            truth = truths[:, outcome]
            safe = np.clip(guess, 1e-6, 1 - 1e-6)
            losses[outcome] -= float(np.sum(truth * np.log(safe) + (1 - truth) * np.log(1 - safe)))
            slope = np.repeat((guess - truth).astype(np.float32), traits.shape[1])
            slots, where = np.unique(traits.ravel(), return_inverse=True)
            total = np.bincount(where, weights=slope).astype(np.float32)
            squares[outcome, slots] += total**2
            weights[outcome, slots] -= RATE * total / np.sqrt(squares[outcome, slots])
    return Model(model.version, weights, squares), losses / max(count, 1)


def seeded(words: str) -> np.random.Generator:
    """Return the generator of everything that is drawn on one page."""
    return np.random.default_rng(int.from_bytes(sha256(words.encode()).digest()[:8]))


@functools.lru_cache(maxsize=10_000)
def word_number(word: str) -> int:
    """Return a number for a word such as a language, the same everywhere."""
    return int.from_bytes(sha256(word.encode()).digest()[:4])


def _priors(terms: np.ndarray) -> np.ndarray:
    return np.asarray(terms @ _PRIOR[:, :-1].T + _PRIOR[:, -1])


def _squashed(logits: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


def _log2_step(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.floor(np.log2(np.maximum(values, 0) + 1)), dtype=np.int64)


def _hashed(family: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Mix three numbers into a slot (the finisher of SplitMix64, Steele and others, 2014)."""
    mixed = (
        first.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        + second.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
        + (family.astype(np.uint64) + np.uint64(1)) * np.uint64(0x165667B19E3779F9)
    )
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(np.bitwise_and(mixed, np.uint64(TRAIT_SLOTS - 1)), dtype=np.int32)
