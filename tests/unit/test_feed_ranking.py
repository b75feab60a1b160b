"""The ranking and the steering by themselves: arrays and words, no database."""

import numpy as np
import pytest

from feed_builders import SUBJECTS
from matinee.feed import ranking, steering
from matinee.feed.subjects import topics


def some_candidates(count: int, *, drawn: int = 0) -> ranking.Candidates:
    generator = np.random.default_rng(count)
    numbers = np.arange(count)
    return ranking.Candidates(
        numbers=numbers,
        authors=numbers % 7,
        topics=numbers % 5,
        second_topics=numbers % 3,
        duration_ms=np.full(count, 8_000),
        shot_ms=generator.integers(1_000, 8_000, count),
        languages=np.zeros(count, dtype=np.int64),
        age_hours=generator.random(count) * 100,
        likes=generator.integers(0, 50, count),
        views=np.full(count, 100),
        followed=numbers % 4 == 0,
        nearness=generator.random(count).astype(np.float32) - 0.3,
        drawn=numbers < drawn,
        steered=np.zeros(count, dtype=np.float32),
        barred=np.zeros(count, dtype=bool),
    )


def a_page(found: ranking.Candidates, seed: str = "x") -> tuple[ranking.Pick, ...]:
    reckoned = ranking.scored(ranking.Model.untrained(), 1, 2, found)
    return ranking.paged(found, reckoned, size=10, pool_count=500, generator=ranking.seeded(seed))


def test_a_page_is_spread_over_authors_and_topics_as_long_as_there_is_a_choice() -> None:
    found = some_candidates(60)
    picks = a_page(found)
    authors = [int(found.authors[pick.index]) for pick in picks[:7]]
    assert len(set(authors)) == 7
    topics_of = [int(found.topics[pick.index]) for pick in picks[:7]]
    assert max(topics_of.count(topic) for topic in topics_of) <= ranking.TOPIC_POSTS_MAX
    assert len({pick.index for pick in picks}) == 10


def test_one_place_is_drawn_by_lot_never_the_first_and_says_its_chance() -> None:
    found = some_candidates(60, drawn=12)
    places = set()
    for seed in range(40):
        picks = a_page(found, seed=str(seed))
        (place,) = (place for place, pick in enumerate(picks) if pick.explored)
        assert found.drawn[picks[place].index]
        assert picks[place].chance == pytest.approx(1 / 500)
        places.add(place)
    assert min(places) >= 2
    assert len(places) > 4
    assert a_page(found) == a_page(found)


def test_learning_finds_what_one_viewer_watches_and_loses_less_each_time() -> None:
    found = some_candidates(50)
    model = ranking.Model.untrained()
    reckoned = ranking.scored(model, 1, 2, found)
    outcomes = np.zeros((50, 3), dtype=np.float32)
    outcomes[:, 0] = found.topics == 3
    examples = ranking.Examples(
        traits=ranking.placed(reckoned.traits, [0] * 50), terms=reckoned.terms, outcomes=outcomes
    )
    losses = []
    for _ in range(5):
        model, loss = ranking.learned(model, examples)
        losses.append(float(loss[0]))
    assert losses == sorted(losses, reverse=True)
    after = ranking.scored(model, 1, 2, found)
    assert set(found.topics[np.argsort(-after.values)[:5]]) == {3}
    best = ranking.Pick(int(np.argmax(after.values)), explored=False, chance=1.0)
    (factors,) = ranking.factors_of(model, found, after, [best])
    assert any(name.startswith("learned_") for name, _ in factors)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "more slow landscape films, no politics",
            ["more slow films", "more films about landscape", "no films about politics"],
        ),
        (
            "多看慢节奏的风景片，不要政治",
            ["more slow films", "more films about 风景", "no films about 政治"],
        ),
        ("no robots but more cats and dogs", None),
        ("only short films in Chinese", ["only short films", "only films in the language zh"]),
        ("less horror and violence", ["less films about horror", "less films about violence"]),
        ("不想看恐怖片和战争", ["no films about 恐怖", "no films about 战争"]),
        ("keine Politik", ["no films about Politik"]),
    ],
)
def test_words_become_rules(text: str, said: list[str] | None) -> None:
    rules = steering.parsed(text, SUBJECTS)
    if said is None:
        said = ["no films about robots", "more films about cats", "more films about dogs"]
    assert [rule.say for rule in rules] == said


def test_a_rule_excludes_what_it_denies_and_raises_what_it_asks_for() -> None:
    slugs = [topic.slug for topic in topics()]
    found = some_candidates(40)
    found.topics[:10] = slugs.index("politics")
    found.topics[10:20] = slugs.index("dogs")
    found.topics[20:] = slugs.index("sea")
    rules = steering.parsed("more dogs, no politics", SUBJECTS)
    nothing = np.zeros((len(rules), 40))
    added, barred = steering.applied(rules, found, nothing, nothing.astype(bool))
    assert barred[:10].all()
    assert not barred[10:].any()
    assert added[10:20].min() > 0.5
    assert steering.favoured(rules) == (slugs.index("dogs"),)
