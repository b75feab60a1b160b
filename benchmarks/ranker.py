"""The ranking judged offline: simulated people with hidden tastes watch what it shows them.

Each person likes some of twelve directions, dislikes one, and likes slow or fast films; each post
has a direction, a pace and a quality that nobody sees. Whether somebody watches to the end is drawn
from that. Four ways of choosing live in four equal worlds, with the same people, posts and dice:
the newest; the most liked for their age; For You as it is, learning after each round; and For You
without places by lot.

Told are the shares of long views and of hides in the last third of the rounds, the lift over the
newest and the most liked, what the places by lot cost (their regret: what the page loses against
one without them, and what a place loses itself), and how well what they earn foretells a page drawn
wholly by lot. The last line is one JSON object.

    python benchmarks/ranker.py [--quick]
"""

import argparse
import json
import time
from dataclasses import dataclass, field

import numpy as np

from matinee.feed import ranking
from matinee.feed.model import PAGE_POSTS

DIRECTIONS = 12
SIZE = 32
POSTS_OF_ROUND = 40
ON_SHELF = 240
POLICIES = ("newest", "most_liked", "for_you", "for_you_without_lot")


@dataclass
class World:
    """People and posts with what is hidden of them, and what has been seen of them so far."""

    people: int
    rounds: int
    generator: np.random.Generator
    likes: np.ndarray = field(init=False)
    views: np.ndarray = field(init=False)
    tastes: np.ndarray = field(init=False)
    watched: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        draw = self.generator
        count = POSTS_OF_ROUND * (self.rounds + ON_SHELF // POSTS_OF_ROUND)
        axes = _units(draw.standard_normal((DIRECTIONS, SIZE)))
        self.topics = draw.integers(0, DIRECTIONS, count)
        self.second = draw.integers(0, DIRECTIONS, count)
        self.authors = draw.integers(0, count // 6, count)
        self.meanings = _units(axes[self.topics] + 0.3 * draw.standard_normal((count, SIZE)) / 3)
        self.quality = 0.7 * draw.standard_normal(count)
        self.shot_ms = draw.integers(1_000, 8_000, count)
        self.duration_ms = draw.integers(5_000, 40_000, count)
        loves = draw.random((self.people, DIRECTIONS)).argsort(axis=1)
        self.hidden = np.full((self.people, DIRECTIONS), -0.6)
        np.put_along_axis(self.hidden, loves[:, :3], 1.6, axis=1)
        np.put_along_axis(self.hidden, loves[:, -1:], -2.2, axis=1)
        self.slow = draw.choice([-0.5, 0.5], self.people)
        self.likes, self.views = np.zeros(count), np.zeros(count)
        self.tastes = np.zeros((self.people, SIZE))

    def chances(self, person: int, posts: np.ndarray) -> np.ndarray:
        """How likely somebody watches posts to the end: what no ranking sees."""
        pace = self.slow[person] * (self.shot_ms[posts] / 2_500 - 1.6)
        return _squashed(self.hidden[person, self.topics[posts]] + pace + self.quality[posts] - 0.4)

    def hide_chances(self, person: int, posts: np.ndarray) -> np.ndarray:
        """How likely somebody wants no more of posts."""
        return 0.12 * (self.hidden[person, self.topics[posts]] < -2)

    def shelf(self, round_number: int, person: int) -> np.ndarray:
        """The newest posts that somebody has not watched."""
        last = ON_SHELF + POSTS_OF_ROUND * round_number
        newest = np.arange(last - ON_SHELF, last)
        return newest[[(person, int(post)) not in self.watched for post in newest]]

    def candidates(self, round_number: int, person: int, posts: np.ndarray) -> ranking.Candidates:
        """What the ranking may know of posts."""
        last = ON_SHELF + POSTS_OF_ROUND * round_number
        ages = (last - posts) / POSTS_OF_ROUND * 12.0
        zeros = np.zeros(len(posts))
        return ranking.Candidates(
            numbers=posts,
            authors=self.authors[posts],
            topics=self.topics[posts],
            second_topics=self.second[posts],
            duration_ms=self.duration_ms[posts],
            shot_ms=self.shot_ms[posts],
            languages=zeros.astype(np.int64),
            age_hours=ages,
            likes=self.likes[posts].astype(np.int64),
            views=self.views[posts].astype(np.int64),
            followed=zeros.astype(bool),
            nearness=(self.meanings[posts] @ self.tastes[person]).astype(np.float32),
            drawn=zeros.astype(bool),
            steered=zeros.astype(np.float32),
            barred=zeros.astype(bool),
        )


@dataclass
class Earned:
    """What one way of choosing earned, by round; and its places by lot."""

    long_views: np.ndarray
    hides: np.ndarray
    shown: np.ndarray
    lot_outcomes: list[float] = field(default_factory=list)
    other_outcomes: list[float] = field(default_factory=list)
    uniform_truths: list[float] = field(default_factory=list)


def play(policy: str, *, people: int, rounds: int, seed: int) -> Earned:
    """Let everybody watch one page a round, chosen in one way."""
    world = World(people, rounds, np.random.default_rng(seed))
    dice = np.random.default_rng(seed + 1)
    earned = Earned(*(np.zeros(rounds) for _ in range(3)))
    model = ranking.Model.untrained()
    for number in range(rounds):
        log: list[tuple[np.ndarray, np.ndarray, int, tuple[bool, bool]]] = []
        for person in range(people):
            posts = world.shelf(number, person)
            found = world.candidates(number, person, posts)
            picks, reckoned = _chosen(policy, model, person, found, number)
            chosen = posts[[pick.index for pick in picks]]
            late = number >= rounds * 2 // 3
            chances, hide_chances = (
                world.chances(person, chosen),
                world.hide_chances(person, chosen),
            )
            if late and policy == "for_you":
                earned.uniform_truths.append(float(world.chances(person, posts).mean()))
            for place, pick in enumerate(picks):
                long = bool(dice.random() < chances[place])
                hidden = bool(dice.random() < hide_chances[place])
                _watch(world, person, int(chosen[place]), long=long, hidden=hidden)
                earned.long_views[number] += long
                earned.hides[number] += hidden
                earned.shown[number] += 1
                if late:
                    kept = earned.lot_outcomes if pick.explored else earned.other_outcomes
                    kept.append(float(chances[place]))
                if reckoned is not None:
                    row = reckoned.traits[pick.index], reckoned.terms[pick.index]
                    log.append((*row, place, (long and not hidden, hidden)))
        if log:
            model, _ = ranking.learned(model, _examples(log))
    return earned


def _chosen(
    policy: str, model: ranking.Model, person: int, found: ranking.Candidates, number: int
) -> tuple[tuple[ranking.Pick, ...], ranking.Scored | None]:
    if policy in {"newest", "most_liked"}:
        liked = found.likes / (found.age_hours + 2) ** 1.2
        order = np.argsort(-found.numbers if policy == "newest" else -liked, kind="stable")
        return tuple(
            ranking.Pick(int(i), explored=False, chance=1.0) for i in order[:PAGE_POSTS]
        ), None
    generator = ranking.seeded(f"{person}/{number}")
    if policy == "for_you":
        drawn = generator.choice(len(found), size=min(12, len(found)), replace=False)
        found.drawn[drawn] = True
    reckoned = ranking.scored(model, person, 0, found)
    picks = ranking.paged(
        found, reckoned, size=PAGE_POSTS, pool_count=len(found), generator=generator
    )
    return picks, reckoned


def _watch(world: World, person: int, post: int, *, long: bool, hidden: bool) -> None:
    """Note what somebody did: views and likes for all, and their taste as the feed has it."""
    world.watched.add((person, post))
    world.views[post] += 1
    weight = (1.0 if long else 0.0) - (0.5 if hidden else 0.0)
    world.likes[post] += long and (person * 31 + post) % 4 == 0
    if weight:
        moved = 0.92 * world.tastes[person] + 0.08 * weight * world.meanings[post]
        if not world.tastes[person].any():
            moved = max(weight, 0.0) * world.meanings[post]
        world.tastes[person] = moved / max(float(np.linalg.norm(moved)), 1e-6)


def _examples(
    log: list[tuple[np.ndarray, np.ndarray, int, tuple[bool, bool]]],
) -> ranking.Examples:
    outcomes = np.array([(long, False, hidden) for *_, (long, hidden) in log], dtype=np.float32)
    traits = np.stack([traits for traits, *_ in log])
    return ranking.Examples(
        traits=ranking.placed(traits, [place for _, _, place, _ in log]),
        terms=np.stack([terms for _, terms, *_ in log]),
        outcomes=outcomes,
    )


def _units(directions: np.ndarray) -> np.ndarray:
    return np.asarray(directions / np.linalg.norm(directions, axis=1, keepdims=True))


def _squashed(logits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-logits)))


def main() -> None:
    """Let the four worlds run, and compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few people, few rounds")
    quick = parser.parse_args().quick
    people, rounds, seeds = (40, 9, 1) if quick else (150, 24, 2)
    rates: dict[str, list[float]] = {policy: [] for policy in POLICIES}
    hides: dict[str, list[float]] = {policy: [] for policy in POLICIES}
    lots: list[tuple[float, float, float]] = []
    start = time.process_time()
    for seed in range(seeds):
        for policy in POLICIES:
            earned = play(policy, people=people, rounds=rounds, seed=2026 + seed)
            late = slice(rounds * 2 // 3, None)
            shown = earned.shown[late].sum()
            rates[policy].append(float(earned.long_views[late].sum() / shown))
            hides[policy].append(float(earned.hides[late].sum() / shown))
            if policy == "for_you":
                by_round = " ".join(
                    f"{rate:.2f}" for rate in earned.long_views / np.maximum(earned.shown, 1)
                )
                print(f"for_you by round: {by_round}", flush=True)
                pairs = earned.lot_outcomes, earned.other_outcomes, earned.uniform_truths
                lots.append(tuple(float(np.mean(pair)) for pair in pairs))  # type: ignore[arg-type]
    for policy in POLICIES:
        print(
            f"{policy:<22}watched to the end {np.mean(rates[policy]):.3f}"
            f"   hidden {np.mean(hides[policy]):.4f}"
        )
    lot, other, uniform = np.mean(lots, axis=0)
    print(f"a place by lot earns {lot:.3f}, another {other:.3f}; all posts alike {uniform:.3f}")
    print(f"{time.process_time() - start:.0f} s of CPU")
    mean = {policy: float(np.mean(rates[policy])) for policy in POLICIES}
    told = {
        "long_view_share": round(mean["for_you"], 4),
        "lift_over_newest": round(mean["for_you"] / mean["newest"] - 1, 4),
        "lift_over_most_liked": round(mean["for_you"] / mean["most_liked"] - 1, 4),
        "page_regret": round(mean["for_you_without_lot"] - mean["for_you"], 4),
        "lot_regret": round(float(other - lot), 4),
        "lot_estimate_error": round(float(lot - uniform), 4),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
