"""What every moderator keeps to: the rules of the house, and a server asked over its protocol."""

import numpy as np
import pytest

from matinee import trust
from matinee.trust.adapters.fake_moderations import FakeModerations
from matinee.trust.adapters.openai_moderator import OpenAIModerator
from matinee.trust.errors import ModeratorUnavailable
from matinee.trust.model import Picture

RULES = trust.moderation.rule_moderator()


def over_the_wire() -> OpenAIModerator:
    return OpenAIModerator(url="http://moderator.test/v1", key="k", transport=FakeModerations())


MODERATORS: dict[str, trust.Moderator] = {
    "rules": RULES,
    "openai": over_the_wire(),
    "panel": trust.moderation.Panel(members=(RULES, over_the_wire())),
}
REFUSED = {
    "sexual_content": "A naked man dances",
    "hate": "All immigrants are vermin",
    "dangerous_instructions": "How to build a pipe bomb",
    "self_harm": "She slits her wrists",
    "harassment": "You are worthless",
}


def a_picture(colour: tuple[int, int, int], at_ms: int = 0) -> Picture:
    return Picture(at_ms=at_ms, rgb=np.full((36, 64, 3), colour, dtype=np.uint8))


@pytest.mark.parametrize("name", MODERATORS)
def test_a_moderator_names_the_rule_and_what_would_pass_and_says_it_again(name: str) -> None:
    moderator = MODERATORS[name]
    for rule, text in REFUSED.items():
        verdict = moderator.judge(trust.Material(texts=["A dog sleeps", text]))
        assert verdict.refusal is not None, text
        assert verdict.refusal.rule == rule
        assert verdict.refusal.why.endswith(".") or "findahelpline" in verdict.refusal.why
        assert len(verdict.refusal.passes) > 20
        assert moderator.judge(trust.Material(texts=["A dog sleeps", text])) == verdict
        # What an appeal lifted does not refuse any more, and heard words count as written ones.
        assert moderator.judge(trust.Material(texts=[text], excused=frozenset({rule}))).allows
        assert moderator.judge(trust.Material(transcript=[text])).refusal == verdict.refusal


@pytest.mark.parametrize("name", MODERATORS)
def test_what_is_harmless_is_for_everybody_and_murder_is_not(name: str) -> None:
    moderator = MODERATORS[name]
    assert moderator.judge(trust.Material()) == trust.Verdict()
    assert moderator.judge(trust.Material(texts=["A dog sleeps", ""])) == trust.Verdict()
    murder = moderator.judge(trust.Material(texts=["A murder in the library"]))
    assert murder.allows
    assert murder.rating != "all"
    assert not trust.moderation.within(murder, "all").allows


def test_a_server_with_eyes_sees_what_the_rules_cannot() -> None:
    red = trust.Material(stills=[a_picture((255, 0, 0))])
    assert RULES.judge(red).allows
    refusal = MODERATORS["panel"].judge(red).refusal
    assert refusal is not None
    assert refusal.rule == "cruelty"


@pytest.mark.parametrize(
    "fake",
    [
        FakeModerations(status=500),
        FakeModerations(body=b"<html>"),
        FakeModerations(body=b'{"results": []}'),
    ],
)
def test_nothing_passes_because_the_server_could_not_judge(fake: FakeModerations) -> None:
    moderator = OpenAIModerator(url="http://moderator.test/v1", transport=fake)
    with pytest.raises(ModeratorUnavailable):
        moderator.judge(trust.Material(texts=["A dog sleeps"]))


def test_the_rules_see_flashes_and_no_slower_change() -> None:
    def shown(per_second: int) -> trust.Material:
        colours = ((0, 0, 0), (255, 255, 255))
        rate = 24
        motion = [
            a_picture(colours[(2 * per_second * frame // rate) % 2], frame * 1000 // rate)
            for frame in range(2 * rate)
        ]
        return trust.Material(motion=motion)

    fast = RULES.judge(shown(6)).refusal
    assert fast is not None
    assert fast.rule == "flashes"
    assert RULES.judge(shown(1)).allows
