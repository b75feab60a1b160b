"""Claims in the database: what is found, what follows, who is heard, and where the money is."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

import recognition_footage as made
from matinee import ledger, rights
from matinee.entrypoints import claim_commands
from matinee.kit import clock, ids
from matinee.kit.blobs import at as blobs_at
from matinee.kit.db import Database
from matinee.kit.durable import Jobs
from matinee.kit.money import MicroMoney
from matinee.rights import claims, earning, recognition
from matinee.rights import store as registry
from matinee.rights.claims import (
    Bench,
    Blocked,
    ClaimPolicy,
    Cleared,
    Held,
    Look,
    conflicts,
    disputing,
    limits,
    look_store,
    looking,
    opening,
    store,
)
from matinee.rights.claims.errors import (
    AlreadyClaimed,
    ClaimantSuspended,
    ClaimNotFound,
    ClaimOnLicensed,
    ClaimsTooMany,
    DeadlinePassed,
    OwnClaim,
)
from matinee.rights.claims.evidence import Evidence
from matinee.rights.licences import Owner, Terms
from matinee.rights.model import EARNINGS, RECEIVABLE, Revenue
from matinee.rights.splits import PlatformTerms

START = datetime(2026, 11, 23, tzinfo=UTC)
PLATFORM = PlatformTerms(party="platform", fee_bps=1_000)
WORDS = "This is my own recording, made in the spring on the pier."


@dataclass
class Desk:
    """A bench, and what a test does at it again and again."""

    bench: Bench
    database: Database
    clock: clock.ManualClock
    folder: Path

    def film(
        self, name: str, seed: int, *, maker: str = "person_maker", uploaded: bool = True
    ) -> str:
        """Look a film through; its id."""
        path = self.clip(seed)
        film_id = f"video_{name}"
        look = Look(
            film_id=film_id,
            maker=maker,
            uploaded=uploaded,
            video=self.bench.blobs.put_file(path).key,
            made_at=self.clock.now(),
        )
        with self.database.transaction() as session:
            look_store.add_look(session, look)
        self.look(film_id)
        return film_id

    def look(self, film_id: str) -> None:
        looking.take_fingerprint(self.bench, film_id)
        looking.conclude(self.bench, film_id)

    def clip(self, seed: int) -> Path:
        path = self.folder / f"{seed}.mp4"
        if not path.exists():
            made.write(path, made.footage(seed, seconds=5), made.notes(seed, seconds=5))
        return path

    def work(
        self,
        title: str,
        owner: str,
        *,
        seed: int | None = None,
        policy: ClaimPolicy | None = None,
        proven: bool = True,
    ) -> str:
        """A proven work with a reference; its id."""
        at = self.clock.now()
        with self.database.transaction() as session:
            work = rights.register_work(
                session,
                kind="footage",
                title=title,
                owners=[Owner(owner, 10_000)],
                by=owner,
                ids=self.bench.ids,
                at=at,
            )
            if proven:
                session.execute(
                    text("update rights.work set standing = 'proven' where id = :id"),
                    {"id": work.id},
                )
                session.execute(
                    text("update rights.owner set confirmed_at = :at where work_id = :id"),
                    {"id": work.id, "at": at},
                )
            if policy is not None:
                store.set_policy(session, work.id, policy, by=owner, at=at)
        if seed is not None:
            self.reference(work.id, seed)
        return work.id

    def reference(self, work_id: str, seed: int) -> str:
        reference_id = self.bench.ids.new("reference")
        with self.database.transaction() as session:
            session.execute(
                text(
                    "insert into rights.reference (id, work_id, blob, kind, name, file_bytes,"
                    " added_by, added_at) values (:id, :work, :blob, 'video', 'clip', 1, 'x', :at)"
                ),
                {
                    "id": reference_id,
                    "work": work_id,
                    "blob": self.bench.blobs.put_file(self.clip(seed)).key,
                    "at": self.clock.now(),
                },
            )
        looking.take_reference(self.bench, reference_id)
        looking.compare_reference(self.bench, reference_id)
        return reference_id

    def claim(self, film_id: str, work_id: str) -> claims.Claim:
        with self.database.transaction() as session:
            return store.claim_of(session, film_id, work_id)

    def standing(self, film_id: str) -> Cleared | Held | Blocked:
        with self.database.transaction() as session:
            return claims.cleared(session, film_id)

    def earn(self, film_id: str, name: str, micro: int = 1_000_000) -> None:
        """The film earns; the platform keeps a tenth."""
        amount = MicroMoney(micro, "EUR")
        source = ledger.Account(RECEIVABLE, "network", "EUR")
        revenue = Revenue(name, "advertising", film_id, amount, source, self.clock.now())
        with self.database.transaction() as session:
            earning.earn(session, [revenue], PLATFORM, at=self.clock.now())

    def purse(self, party: str) -> int:
        with self.database.transaction() as session:
            account = ledger.Account(EARNINGS, party, "EUR")
            return ledger.balances(session, [account])[account].micro

    def at(self) -> datetime:
        return self.clock.now()


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    now = clock.ManualClock(START)
    bench = Bench(
        database=database,
        blobs=blobs_at(None, folder=tmp_path / "blobs"),
        clock=now,
        ids=ids.SeededIds(),
        jobs=Jobs(database),
        scratch=tmp_path / "scratch",
        fingerprint=cache(recognition.fingerprint),
    )
    return Desk(bench=bench, database=database, clock=now, folder=tmp_path)


MONETISE = ClaimPolicy(action="monetise", share_bps=6_000)


def test_a_certain_match_of_an_upload_opens_one_claim_and_its_money_follows_it_to_the_end(
    desk: Desk,
) -> None:
    work = desk.work("Pier", "person_owner", seed=1, policy=MONETISE)
    desk.clock.advance(timedelta(days=1))
    film = desk.film("copy", 1)
    claim = desk.claim(film, work)
    assert (claim.state, claim.origin, claim.maker) == ("active", "automatic", "person_maker")
    assert desk.standing(film) == Cleared()
    desk.look(film)  # again, as after kill -9: the same claim
    desk.earn(film, "before")
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (540_000, 360_000)

    with desk.database.transaction() as session, pytest.raises(ClaimNotFound):
        disputing.dispute(session, claim.id, "person_else", "own_work", WORDS, at=desk.at())
    with desk.database.transaction() as session:
        disputing.dispute(session, claim.id, "person_maker", "own_work", WORDS, at=desk.at())
    desk.earn(film, "disputed")
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (540_000, 720_000)

    with desk.database.transaction() as session:
        disputing.answer(session, claim.id, "person_owner", WORDS, uphold=True, at=desk.at())
    with desk.database.transaction() as session:
        disputing.appeal(session, claim.id, "person_maker", WORDS, at=desk.at())
    with desk.database.transaction() as session, pytest.raises(OwnClaim):
        disputing.decide(session, claim.id, "person_maker", WORDS, uphold=False, at=desk.at())
    with desk.database.transaction() as session:
        disputing.decide(session, claim.id, "person_moderator", WORDS, uphold=False, at=desk.at())
    assert desk.claim(film, work).state == "released"
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (540_000, 1_260_000)
    desk.earn(film, "after")
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (540_000, 2_160_000)
    with desk.database.transaction() as session:
        acts = [word.act for word in store.words_of(session, claim.id)]
        topics = session.execute(
            text("select topic from kit.outbox where topic like 'rights.claim%' order by id")
        )
        assert list(topics.scalars()) == ["rights.claim_opened"] + 4 * ["rights.claim_changed"]
    assert acts == ["open", "dispute", "uphold", "appeal", "release"]


def test_who_stays_silent_has_spoken_and_who_is_late_is_told_so(desk: Desk) -> None:
    work = desk.work("Pier", "person_owner", seed=1, policy=MONETISE)
    desk.clock.advance(timedelta(days=1))
    film, other = desk.film("one", 1), desk.film("two", 1)
    first, second = desk.claim(film, work), desk.claim(other, work)
    with desk.database.transaction() as session:
        disputing.dispute(session, first.id, "person_maker", "licensed", WORDS, at=desk.at())
    desk.earn(film, "in dispute")
    desk.clock.advance(timedelta(days=31))
    with desk.database.transaction() as session, pytest.raises(DeadlinePassed, match="ended at"):
        disputing.dispute(session, second.id, "person_maker", "licensed", WORDS, at=desk.at())
    with desk.database.transaction() as session:
        assert disputing.strike(session, at=desk.at()) == 2
        assert disputing.strike(session, at=desk.at()) == 0
    assert desk.claim(film, work).state == "released"  # its claimant did not answer
    assert desk.claim(other, work).state == "final"  # its maker did not object
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (0, 900_000)
    with desk.database.transaction() as session, pytest.raises(DeadlinePassed):
        disputing.dispute(session, second.id, "person_maker", "licensed", WORDS, at=desk.at())


def test_nobody_is_claimed_who_may_show_the_work(desk: Desk) -> None:
    work = desk.work("Pier", "person_owner", seed=1, policy=MONETISE)
    desk.clock.advance(timedelta(days=1))
    with desk.database.transaction() as session:
        terms = Terms(allowed=True, uses=frozenset({"personal", "remix"}), share_bps=1_000)
        rights.offer_licence(session, work, terms, ids=desk.bench.ids, at=desk.at())
        shown = [rights.Shown(work, 1_000_000)]
        rights.register_film(session, "video_licensed", maker="person_fan", shown=shown)
        rights.register_film(
            session, "video_remix", maker="person_other", parents=["video_licensed"]
        )
    desk.film("own", 1, maker="person_owner")
    desk.film("licensed", 1, maker="person_fan")
    desk.film("remix", 1, maker="person_other")
    # A fan may upload their licensed film again; somebody else may not upload it as theirs.
    desk.film("again", 1, maker="person_fan")
    desk.film("stolen", 1, maker="person_thief")
    with desk.database.transaction() as session:
        claimed = [one.film_id for one in store.claims_on_works(session, [work])]
        assert claimed == ["video_stolen"]
        for film in ("video_own", "video_licensed", "video_remix"):
            with pytest.raises(ClaimOnLicensed):
                disputing.claim_by_hand(
                    session, film, work, "person_owner", WORDS, ids=desk.bench.ids, at=desk.at()
                )


def test_what_is_not_certain_waits_for_a_person(desk: Desk) -> None:
    block = ClaimPolicy(action="block", territories=frozenset({"FR", "DE"}))
    early = desk.film("early", 1)
    desk.clock.advance(timedelta(days=1))
    work = desk.work("Pier", "person_owner", seed=1, policy=block)
    unproven = desk.work("Not yet", "person_hopeful", seed=2, proven=False)
    desk.clock.advance(timedelta(days=1))
    here = desk.film("here", 1, uploaded=False)
    hopeful = desk.film("hopeful", 2)
    with desk.database.transaction() as session:
        waiting = look_store.waiting_matches(session, owner=None, before="", limit=50)
        assert {(one.film_id, one.why) for one in waiting if one.evidence.subject_id == work} == {
            (early, "film_first"),
            (here, "made_here"),
        }
        assert [one.film_id for one in waiting if one.evidence.subject_id == unproven] == [hopeful]
        mine = look_store.waiting_matches(session, owner="person_owner", before="", limit=50)
        by_film = {one.film_id: one for one in mine}
        line = by_film[here].evidence.found[0].stretches[0]
        assert abs(line.film_start_ms - line.reference_start_ms) < 500
        with pytest.raises(OwnClaim):
            disputing.decide_match(
                session, by_film[here].id, "person_maker", moderator=True, claim=True,
                words=WORDS, ids=desk.bench.ids, at=desk.at(),
            )  # fmt: skip
        looked_at = disputing.decide_match(
            session, by_film[here].id, "person_moderator", moderator=True, claim=True,
            words=WORDS, ids=desk.bench.ids, at=desk.at(),
        )  # fmt: skip
        assert looked_at is not None
        disputing.decide_match(
            session, by_film[early].id, "person_owner", moderator=False, claim=False,
            words="", ids=desk.bench.ids, at=desk.at(),
        )  # fmt: skip
    standing = desk.standing(here)
    assert isinstance(standing, Blocked)
    assert [standing.bars(place) for place in ("FR", "IT", "")] == [True, False, False]
    desk.look(early)  # what a person dismissed is not asked again
    with desk.database.transaction() as session:
        assert not look_store.waiting_matches(session, owner="person_owner", before="", limit=9)


def test_a_claim_by_hand_does_nothing_before_its_maker_was_heard_and_is_bounded(
    desk: Desk,
) -> None:
    work = desk.work("Idea", "person_owner", policy=ClaimPolicy(action="block"))
    films = [f"video_{n}" for n in range(11)]
    with desk.database.transaction() as session:
        for film in films:
            rights.register_film(session, film, maker="person_maker")
        made_claims = [
            disputing.claim_by_hand(
                session, film, work, "person_owner", WORDS, ids=desk.bench.ids, at=desk.at()
            )
            for film in films[:10]
        ]
        with pytest.raises(ClaimsTooMany, match="10 claims"):
            disputing.claim_by_hand(
                session, films[10], work, "person_owner", WORDS, ids=desk.bench.ids, at=desk.at()
            )
        with pytest.raises(AlreadyClaimed):
            opening_again = look_store.KeptMatch(
                id="", film_id=films[0], maker="person_maker", certain=False, matched_ms=0,
                evidence=Evidence(subject_id=work, found=()), state="waiting", why="",
                found_at=desk.at(),
            )  # fmt: skip
            said = store.Word(act="open", actor="x", ground="review", words=WORDS, at=desk.at())
            opening.open_claim(
                session, opening_again, registry.work_by_id(session, work),
                ClaimPolicy(), said, ids=desk.bench.ids,
            )  # fmt: skip
    assert desk.standing(films[0]) == Cleared()
    for one in made_claims[:4]:
        with desk.database.transaction() as session:
            disputing.dispute(session, one.id, "person_maker", "not_there", WORDS, at=desk.at())
    for one in made_claims[:4]:
        with desk.database.transaction() as session:
            disputing.answer(session, one.id, "person_owner", WORDS, uphold=False, at=desk.at())
    with desk.database.transaction() as session, pytest.raises(ClaimantSuspended, match="4 claims"):
        limits.check(session, "person_owner", at=desk.at())
    with desk.database.transaction() as session:
        limits.appeal(session, "person_owner", WORDS, at=desk.at())
        limits.lift(session, "person_owner", "It was a mistake.", by="mod", at=desk.at())
    desk.clock.advance(timedelta(days=31))
    with desk.database.transaction() as session:
        disputing.strike(session, at=desk.at())
    assert desk.standing(films[9]) == Blocked(frozenset())  # nobody objected


def test_references_in_common_suspend_claims_until_the_operator_decides(desk: Desk) -> None:
    first = desk.work("First", "person_first", seed=1, policy=MONETISE)
    desk.clock.advance(timedelta(days=1))
    film = desk.film("copy", 1)
    assert desk.claim(film, first).suspended_at is None
    second = desk.work("Second", "person_second", seed=1, policy=MONETISE)
    with desk.database.transaction() as session:
        (conflict,) = look_store.conflicts(session, state="open")
    assert {conflict.one_work, conflict.other_work} == {first, second}
    assert desk.claim(film, first).suspended_at is not None
    desk.clock.advance(timedelta(days=1))
    later = desk.film("later", 1)
    assert {desk.claim(later, work).suspended_at is None for work in (first, second)} == {False}
    desk.earn(later, "contested")
    assert desk.purse("person_first") == desk.purse("person_second") == 0
    with desk.database.transaction() as session:
        conflicts.decide(
            session, conflict.id, winner=first, reason="It was first.", by="op", at=desk.at()
        )
    assert desk.claim(film, first).suspended_at is None
    assert (desk.claim(later, first).state, desk.claim(later, second).state) == (
        "active",
        "released",
    )
    assert desk.purse("person_first") == 540_000
    assert desk.purse("person_second") == 0
    last = desk.film("last", 1)
    with desk.database.transaction() as session:
        assert [one.work_id for one in store.claims_on_film(session, last)] == [first]
        assert [one.reason for one in look_store.conflicts(session, state="decided")] == [
            "It was first."
        ]


def test_a_work_whose_ownership_is_contested_claims_nothing_meanwhile(desk: Desk) -> None:
    work = desk.work("Pier", "person_owner", seed=1, policy=MONETISE)
    desk.clock.advance(timedelta(days=1))
    film = desk.film("copy", 1)
    with desk.database.transaction() as session:
        contest = rights.contest_work(
            session, work, claimant="person_true", bps=10_000, ground="I drew it.",
            ids=desk.bench.ids, at=desk.at(),
        )  # fmt: skip
    desk.earn(film, "contested")
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (0, 360_000)
    with desk.database.transaction() as session:
        rights.decide_conflict(
            session, contest.id, owners=[Owner("person_true", 10_000)], at=desk.at()
        )
    assert (desk.purse("person_owner"), desk.purse("person_maker")) == (0, 900_000)
    desk.earn(film, "after")
    assert desk.purse("person_true") == 540_000


def test_whoever_contests_a_work_does_not_free_their_own_copies_of_it(desk: Desk) -> None:
    work = desk.work("Pier", "person_owner", seed=1, policy=ClaimPolicy(action="block"))
    desk.clock.advance(timedelta(days=1))
    film = desk.film("copy", 1)
    with desk.database.transaction() as session:
        contest = rights.contest_work(
            session, work, claimant="person_maker", bps=10_000, ground="Mine, all of it.",
            ids=desk.bench.ids, at=desk.at(),
        )  # fmt: skip
    later = desk.film("later", 1)
    other = desk.film("other", 1, maker="person_other")
    assert [desk.standing(one) for one in (film, later)] == [Blocked(frozenset())] * 2
    assert desk.standing(other) == Cleared()
    with desk.database.transaction() as session:
        rights.decide_conflict(
            session, contest.id, owners=[Owner("person_maker", 10_000)], at=desk.at()
        )
    assert desk.claim(film, work).owners == (Owner("person_maker", 10_000),)
    assert desk.standing(other) == Blocked(frozenset())


def test_an_upload_is_held_until_it_was_looked_through_also_when_it_cannot_be(desk: Desk) -> None:
    with desk.database.transaction() as session:
        claims.hold_until_checked(session, "video_up", maker="person_maker", made_at=desk.at())
    assert desk.standing("video_up") == Held()
    looking.give_up(desk.bench, "video_up", "rights.media_unreadable")
    assert desk.standing("video_up") == Held("rights.media_unreadable")
    assert desk.standing("video_unheard_of") == Cleared()
    desk.film("up", 3)
    assert desk.standing("video_up") == Cleared()


def test_the_operator_asks_what_a_file_shows(desk: Desk) -> None:
    work = desk.work("Pier", "person_owner", seed=1)
    commands = claim_commands.group(desk.database.transaction)
    said = CliRunner().invoke(commands, ["recognise", str(desk.clip(1))])
    assert said.exit_code == 0, said.output
    assert f"Pier ({work}): automatic" in said.output
    assert "picture 0:00.0 to 0:0" in said.output
    told = CliRunner().invoke(commands, ["recognise", "--json", str(desk.clip(1))])
    assert json.loads(told.output.splitlines()[0])["verdict"] == "automatic"


def test_a_process_of_its_own_reads_what_a_stranger_made(tmp_path: Path) -> None:
    clip = made.write(tmp_path / "clip.mp4", made.footage(1), made.notes(1))
    assert recognition.fingerprint_apart(clip).encode() == recognition.fingerprint(clip).encode()
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(clip.read_bytes()[:300] + bytes(3000))
    with pytest.raises(recognition.MediaUnreadable):
        recognition.fingerprint_apart(bad)
