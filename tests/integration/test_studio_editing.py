"""Films are edited by hand as versions, and only what changed is shot again."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from matinee import film, studio
from matinee.film import FrameSize, Manifest
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.studio import deriving
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.editing import MoveBeat, Operation, RollBeat, SetPart, TrimBeat, edited
from matinee.studio.errors import EditConflict, NothingChanged, PartUnknown, ScreenplayChanged
from studio_builders import a_play, a_request, a_stage, asked, digests, ended, working


class CountingCard(TestCardEngine):
    """The test card engine, which notes the shots it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []

    def shoot(self, shot: film.Shot, **rest: object) -> film.Take:
        self.taken.append(shot.beat.id)
        return super().shoot(shot, **rest)  # type: ignore[arg-type]


def changed(
    office: studio.Office,
    database: Database,
    film_id: str,
    operations: Sequence[Operation],
    *,
    read: str | None = None,
) -> str:
    with database.transaction() as session:
        return deriving.edit_film(
            session, film_id, lambda play: edited(play, operations), office=office, read=read
        ).id


def taken_by(card: CountingCard) -> list[str]:
    taken, card.taken = sorted(card.taken), []
    return taken


def test_an_edit_by_hand_shoots_only_what_it_changes_and_is_foreseen(
    database: Database, home: Path
) -> None:
    card = CountingCard()
    stage = a_stage(database, home, card=card)
    steps: list[tuple[list[Operation], list[str]]] = [
        ([SetPart("/beats/b2/lines/0/text", "There you are at last.")], ["b2"]),
        ([RollBeat("b1")], ["b1"]),
        ([TrimBeat("b3", 1500)], ["b3"]),
        ([MoveBeat("b3", before="b1")], []),
        ([SetPart("/beats/b1/roll", 0)], []),
    ]
    with working(stage) as office:
        made = [ended(database, asked(office, database, duration_ms=4_000))]
        taken_by(card)
        for operations, shot_again in steps:
            before = made[-1]
            with database.transaction() as session:
                expected = deriving.foresee_edit(
                    session, before.id, partial(edited, operations=operations)
                )
            after = changed(office, database, before.id, operations, read=before.screenplay)
            made.append(ended(database, after))
            assert made[-1].error is None
            assert taken_by(card) == shot_again
            assert sorted(shot.beat for shot in expected if not shot.kept) == shot_again
    assert [shot.text for shot in made[-1].shots] == ["Bob waves.", "Ann walks.", "They meet."]
    assert made[-1].shots[0].frame_count == 18
    assert digests(database, made[-1].id)[1] == digests(database, made[0].id)[0]
    with database.transaction() as session:
        line = [one.id for one in deriving.versions_of(session, made[2].id)]
    assert line == [one.id for one in made]
    assert b"at last" in stage.blobs.read(made[1].captions)
    assert b"at last" not in stage.blobs.read(made[0].captions)


def test_two_edits_at_once_are_united_or_refused_and_nothing_is_lost(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database))
        read = first.screenplay
        one = changed(office, database, first.id, [TrimBeat("b1", 1500)], read=read)
        both = changed(office, database, first.id, [TrimBeat("b3", 1500)], read=read)
        with pytest.raises(EditConflict, match="beats/b1"):
            changed(office, database, first.id, [TrimBeat("b1", 2000)], read=read)
        with pytest.raises(ScreenplayChanged):
            changed(office, database, first.id, [TrimBeat("b1", 2000)], read="0" * 64)
        with pytest.raises(NothingChanged):
            changed(office, database, first.id, [TrimBeat("b1", 1000)], read=read)
        branch = changed(office, database, first.id, [TrimBeat("b1", 2000)])
        lengths = [ended(database, film_id).duration_ms for film_id in (one, both, branch)]
    assert first.duration_ms is not None
    assert lengths == [first.duration_ms + longer_ms for longer_ms in (500, 1000, 1000)]
    with database.transaction() as session:
        made = studio.film_by_id(session, both)
    assert made.request.origin is not None
    assert made.request.origin.film == one


def test_a_screenplay_that_is_handed_in_is_filmed_as_it_is(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    play = msgspec.structs.replace(a_play(), title="By hand")
    beech = msgspec.structs.replace(play.settings[0], place="beech")
    with working(stage) as office:
        with database.transaction() as session:
            asked_for = studio.request_film(session, a_request(prompt=""), office=office, play=play)
        made = ended(database, asked_for.id)
        wrong = msgspec.structs.replace(play, settings=(beech,))
        with database.transaction() as session, pytest.raises(PartUnknown):
            studio.request_film(session, a_request(), office=office, play=wrong)
    assert made.screenplay == film.digest(play)
    assert made.title == "By hand"
    with database.transaction() as session:
        studio.delete_film(session, made.id, at=SystemClock().now())
        left = session.execute(text("select count(*) from studio.document")).scalar_one()
    assert left == 0


def test_a_film_is_framed_anew_for_another_shape(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database))
        with database.transaction() as session:
            upright = deriving.reframe_film(session, first.id, FrameSize(72, 128), office=office)
        made = ended(database, upright.id)
    assert (made.request.size, made.screenplay) == (FrameSize(72, 128), first.screenplay)
    manifest = film.decode(stage.blobs.read(made.manifest), Manifest)
    assert manifest.parents == (first.id,)
