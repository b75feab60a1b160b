"""The desk: who objects, who decides, who hears of it, and that nothing it did can be changed."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import exc, text

from feed_builders import a_person
from matinee import people, trust
from matinee.kit import errors
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database, Session
from matinee.kit.ids import SystemIds
from matinee.trust import hearing
from matinee.trust.cases import Case
from matinee.trust.errors import CaseNotFound, OwnCase, OwnDecision, StepImpossible, TooManyReports
from matinee.trust.hearing import Objection, Witness

FILM = trust.Subject(kind="film", id="video_1")
WITNESS = Witness(author="person_ada", snapshot={"title": "A walk"})
REASON = "It shows somebody who did not agree."
CLOCK = ManualClock()
IDS = SystemIds(CLOCK)


def reported(session: Session, by: str, subject: trust.Subject = FILM) -> Case:
    return trust.report(
        session, subject, by, "hate", "look", at=CLOCK.now(), ids=IDS, witness=WITNESS
    )


def taken_down(session: Session, address: str = "192.0.2.1") -> tuple[Case, str]:
    objection = Objection(name="Eve", email="eve@example.org", reason="likeness", words="my face")
    return hearing.take_down(
        session, FILM, objection, address=address, witness=WITNESS, at=CLOCK.now(), ids=IDS
    )


def decided(session: Session, case: Case, decision: str, by: str = "person_mod") -> Case:
    return hearing.decide(session, case.id, decision, REASON, by=by, at=CLOCK.now())


def payloads(session: Session, topic: str) -> list[dict[str, str]]:
    rows = session.execute(
        text("select payload from kit.outbox where topic = :topic order by id"), {"topic": topic}
    )
    return [row.payload for row in rows]


def test_reports_of_one_thing_gather_in_one_case_and_one_person_counts_once(
    database: Database,
) -> None:
    with database.transaction() as session:
        cases = [reported(session, by) for by in ("person_a", "person_b", "person_a")]
        assert len({case.id for case in cases}) == 1
        assert len(hearing.in_full(session, cases[0].id, by="m", at=CLOCK.now())[1]) == 2
        decided(session, cases[0], "keep")
        assert reported(session, "person_a").id != cases[0].id


def test_a_removal_is_told_with_its_reason_and_an_appeal_can_bring_the_thing_back(
    database: Database,
) -> None:
    with database.transaction() as session:
        case, token = taken_down(session)
        assert hearing.takedown_with_token(session, case.id, token).state == "open"
        assert case.due_at - case.opened_at == timedelta(hours=48)
        assert decided(session, case, "remove").state == "removed"
        with pytest.raises(CaseNotFound):
            hearing.takedown_with_token(session, case.id, "another token")
        with pytest.raises(CaseNotFound):
            hearing.appeal_case(session, case.id, "person_eve", "mine", at=CLOCK.now(), ids=IDS)
        hearing.appeal_case(
            session, case.id, "person_ada", "I am in it myself", at=CLOCK.now(), ids=IDS
        )
        with pytest.raises(OwnCase):
            decided(session, case, "restore", by="person_ada")
        with pytest.raises(OwnDecision):
            decided(session, case, "restore")
        assert decided(session, case, "restore", by="person_other").state == "restored"
        told = payloads(session, hearing.CASE_DECIDED)
        assert [one["decision"] for one in told] == ["remove", "restore"]
        assert {one["author"] for one in told} == {"person_ada"}
        assert {one["statement"] for one in told} == {REASON}
        with pytest.raises(StepImpossible):
            decided(session, case, "restore")


def test_a_case_is_reminded_of_once_at_each_mark_of_its_clock(database: Database) -> None:
    with database.transaction() as session:
        case, _ = taken_down(session)
        for hours, told in ((0, 0), (24, 1), (43, 0), (44, 1), (47, 0), (48, 1), (90, 0)):
            due = hearing.remind(session, at=CLOCK.now() + timedelta(hours=hours))
            assert len(due) == told, hours
        assert [
            (str(one["hours_left"]), one["overdue"]) for one in payloads(session, hearing.CASE_DUE)
        ] == [("24", "false"), ("4", "false"), ("0", "true")]
        late = reported(session, "person_a", trust.Subject(kind="film", id="video_2"))
        assert len(hearing.remind(session, at=late.due_at)) == 1
        assert hearing.remind(session, at=late.due_at) == ()
        (waiting, _) = hearing.listed(session)
        assert waiting.overdue(case.due_at)


def test_whoever_reports_without_measure_or_ground_is_slowed_down(database: Database) -> None:
    with database.transaction() as session:
        cases = [
            reported(session, "person_a", trust.Subject(kind="post", id=str(number)))
            for number in range(hearing.REPORTS_PER_DAY)
        ]
        with pytest.raises(TooManyReports):
            reported(session, "person_a", trust.Subject(kind="post", id="one more"))
        for number, case in enumerate(cases):
            decided(session, case, "keep" if number < 18 else "remove")
        CLOCK.advance(timedelta(days=2))
        for number in range(hearing.REPORTS_PER_DAY_WHEN_BASELESS):
            reported(session, "person_a", trust.Subject(kind="post", id=f"again {number}"))
        with pytest.raises(TooManyReports):
            reported(session, "person_a", trust.Subject(kind="post", id="and again"))
        reported(session, "person_b", trust.Subject(kind="post", id="and again"))


def test_an_appeal_that_succeeds_lets_the_same_words_of_the_same_person_pass(
    database: Database,
) -> None:
    words = "Two naked trees sing of sex in the wind"
    verdict = trust.judge(words)
    assert not verdict.allows
    with database.transaction() as session:
        refused = trust.note_refusal(
            session,
            FILM,
            verdict,
            person="person_ada",
            judged=trust.Judged(texts=[words], moderator="rules", words=words),
            at=CLOCK.now(),
            ids=IDS,
        )
        refusal_id = str(refused.details["refusal_id"])
        assert refusal_id in refused.message
        with pytest.raises(errors.NotFound):
            hearing.appeal_refusal(
                session, refusal_id, "person_eve", "why?", at=CLOCK.now(), ids=IDS
            )
        case = hearing.appeal_refusal(
            session, refusal_id, "person_ada", "It is a poem.", at=CLOCK.now(), ids=IDS
        )
        assert case.snapshot["judged"] == words
        assert trust.excused(session, "person_ada", words) == frozenset()
        decided(session, case, "restore")
        excused = trust.excused(session, "person_ada", words)
        assert excused == {verdict.refusal.rule} if verdict.refusal else False
        assert trust.excused(session, "person_eve", words) == frozenset()
    by_rules = trust.moderation.rule_moderator()
    assert by_rules.judge(trust.Material(texts=[words], excused=excused)).allows


TAMPERINGS: tuple[Callable[[Session], object], ...] = (
    lambda session: session.execute(text("update trust.log set actor = 'nobody' where seq = 2")),
    lambda session: session.execute(text("delete from trust.log where seq = 2")),
)


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_the_log_refuses_changes_and_shows_those_made_behind_its_back(
    database: Database, tamper: Callable[[Session], object]
) -> None:
    with database.transaction() as session:
        case, _ = taken_down(session)
        decided(session, case, "escalate")
        decided(session, case, "keep")
        assert hearing.first_broken_line(session) is None
    with pytest.raises(exc.IntegrityError), database.transaction() as session:
        tamper(session)
    with database.transaction() as session:
        session.execute(text("alter table trust.log disable trigger log_stays"))
        tamper(session)
        assert hearing.first_broken_line(session) == 2


def test_who_is_the_only_moderator_also_hears_objections_to_themself(database: Database) -> None:
    with database.transaction() as session:
        operator = people.person_by_id(session, people.OPERATOR_ID)
        case, _ = taken_down(session)
        decided(session, case, "remove", by=operator.id)
        hearing.appeal_case(session, case.id, "person_ada", "It is me", at=CLOCK.now(), ids=IDS)

        def restored(*, alone: bool) -> Case:
            return hearing.decide(
                session, case.id, "restore", REASON, by=operator.id, at=CLOCK.now(), alone=alone
            )

        mod = a_person(session, "mod")
        assert people.is_alone(session, operator, "moderator")
        assert not people.is_alone(session, mod, "moderator")
        mod = people.grant(session, mod, "moderator", granted=True)
        assert not people.is_alone(session, operator, "moderator")
        assert not people.is_alone(session, mod, "moderator"), "the operator can always be asked"
        with pytest.raises(OwnDecision):
            restored(alone=False)
        assert restored(alone=True).state == "restored"


def test_what_the_desk_holds_of_somebody_is_theirs_and_names_nobody_else(
    database: Database,
) -> None:
    with database.transaction() as session:
        case = reported(session, "person_bob")
        decided(session, case, "remove")
        of_ada, of_bob = (
            {name: msgspec.json.decode(content) for name, content in found}
            for found in (
                hearing.exported(session, "person_ada"),
                hearing.exported(session, "person_bob"),
            )
        )
    assert [one["statement"] for one in of_ada["decisions.json"]] == [REASON]
    assert of_ada["reports.json"] == []
    assert [one["words"] for one in of_bob["reports.json"]] == ["look"]
    assert of_bob["decisions.json"] == []
    told = msgspec.json.encode([of_ada, of_bob]).decode()
    assert "person_" not in told
