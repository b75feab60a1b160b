"""Laws of the desk's cases: whatever is asked of one in whatever order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matinee import trust
from matinee.trust.cases import (
    APPEALS_MAX,
    DECISIONS,
    STATES,
    WAITING,
    Case,
    Origin,
    appealed,
    decided,
    opened,
)
from matinee.trust.errors import StepImpossible

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = st.lists(st.sampled_from([*DECISIONS, "appeal", "nonsense"]), max_size=30)
ORIGINS: st.SearchStrategy[Origin] = st.sampled_from(["report", "takedown", "appeal"])


def a_case(origin: Origin) -> Case:
    subject = trust.Subject(kind="film", id="video_1")
    return opened("case_1", origin, subject, author="person_1", reason="hate", at=NOW, snapshot={})


def stepped(case: Case, step: str, at: datetime) -> Case | None:
    try:
        if step == "appeal":
            return appealed(case, at=at)
        return decided(case, step, by="person_2", statement="because", at=at)
    except StepImpossible:
        return None


@given(origin=ORIGINS, steps=STEPS)
def test_a_case_only_takes_the_steps_that_it_offers_and_never_loses_its_subject(
    origin: Origin, steps: list[str]
) -> None:
    case = a_case(origin)
    for number, step in enumerate(steps):
        offered = case.may_be_appealed if step == "appeal" else step in case.decisions
        after = stepped(case, step, NOW + timedelta(hours=number))
        assert (after is not None) == offered
        if after is None:
            continue
        assert after.state in STATES
        assert after.revision == case.revision + 1
        assert after.appeal_count <= APPEALS_MAX
        assert (after.id, after.subject, after.origin, after.author) == (
            case.id,
            case.subject,
            case.origin,
            case.author,
        )
        if not after.waits and step != "appeal":
            assert after.decided_by == "person_2"
            assert after.statement == "because"
        case = after


@given(origin=ORIGINS, steps=STEPS)
def test_every_case_that_waits_can_be_decided_and_what_decided_is_never_in_doubt(
    origin: Origin, steps: list[str]
) -> None:
    case = a_case(origin)
    for step in steps:
        case = stepped(case, step, NOW) or case
        if case.state in WAITING:
            ends = [stepped(case, one, NOW) for one in case.decisions if one != "escalate"]
            assert len({end.state for end in ends if end is not None}) == len(ends) >= 2


@given(steps=STEPS)
def test_what_was_removed_comes_back_only_when_the_desk_restores_it(steps: list[str]) -> None:
    case, visible = a_case("report"), True
    for step in steps:
        after = stepped(case, step, NOW)
        if after is None:
            continue
        visible = {"remove": False, "restore": True}.get(step, visible)
        case = after
        if not case.waits:
            assert visible == (case.state != "removed")
