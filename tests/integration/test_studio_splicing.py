"""Finished films are trimmed, stitched and looped, with manifests that say where all is from."""

from pathlib import Path

import av
import pytest

from matinee import film, studio
from matinee.engine import splicing as pictures
from matinee.film import FrameSize, Manifest
from matinee.kit.db import Database
from matinee.studio import deriving, splicing
from matinee.studio.editing import RollBeat, edited
from matinee.studio.errors import FilmsDiffer, RangeInvalid, StitchInvalid
from studio_builders import a_stage, asked, ended, working


def manifest_of(stage: studio.Stage, made: studio.Film) -> Manifest:
    return film.decode(stage.blobs.read(made.manifest), Manifest)


def test_finished_films_are_trimmed_stitched_and_looped(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database))
        small = ended(database, asked(office, database, size=FrameSize(64, 64), seed=9))
        total = sum(shot.frame_count for shot in first.shots)
        with database.transaction() as session:
            trimmed = splicing.trim_film(
                session, first.id, start_ms=1250, end_ms=3600, office=office
            )
            looped = splicing.loop_film(session, first.id, mode="auto", office=office)
            turned = splicing.loop_film(session, first.id, mode="ping_pong", office=office)
            films = (small.id, first.id)
            with pytest.raises(FilmsDiffer, match="conform"):
                splicing.stitch_films(session, films, conform=False, office=office)
            with pytest.raises(StitchInvalid):
                splicing.stitch_films(session, films[:1], conform=False, office=office)
            with pytest.raises(RangeInvalid):
                splicing.trim_film(session, first.id, start_ms=3000, end_ms=99_000, office=office)
            mixed = splicing.stitch_films(session, films, conform=True, office=office)
        trimmed, looped, turned, mixed = (
            ended(database, one.id) for one in (trimmed, looped, turned, mixed)
        )
        with database.transaction() as session:
            twice = splicing.stitch_films(
                session, (trimmed.id, first.id), conform=False, office=office
            )
        twice = ended(database, twice.id)
        with database.transaction() as session:
            rolled = deriving.edit_film(
                session, twice.id, lambda play: edited(play, [RollBeat("b2")]), office=office
            )
        rolled = ended(database, rolled.id)
    made = (trimmed, looped, turned, mixed, twice, rolled)
    assert [one.error for one in made] == [None] * 6
    counts = [28, total - 12, 2 * total - 2, 2 * total, 28 + total]
    for one, count in zip(made, counts, strict=False):
        path = stage.blobs.path(one.video)
        assert path is not None
        assert pictures.facts_of(path)[2] == count == manifest_of(stage, one).frame_count
        assert one.duration_ms == one.request.rate.ms_at(count)
        with av.open(str(path)) as file:
            sound = file.streams.audio[0]
            assert sound.duration is not None
            assert sound.time_base is not None
            sound_s = float(sound.duration * sound.time_base)
        assert sound_s == pytest.approx(count / 12, abs=0.05)
    cut = manifest_of(stage, trimmed)
    assert cut.parents == (first.id,)
    assert {one.name for one in cut.seen_at(0)} == {"ann", "bob"}
    assert b"There you are." in stage.blobs.read(trimmed.captions)
    both = manifest_of(stage, twice)
    assert [(one.film, one.first_frame, one.frame_count) for one in both.sources] == [
        (trimmed.id, 0, 28),
        (first.id, 28, total),
    ]
    assert {one.name for one in both.seen_at(27 + total)} == {"bob"}
    assert manifest_of(stage, turned).sources[1].backwards
    assert stage.blobs.read(twice.captions).count(b"There you are.") == 2
    # What was cut off is not in the trimmed film's screenplay; both screenplays are in the other's.
    with database.transaction() as session:
        plays = [studio.screenplay_of(session, one.id) for one in (trimmed, twice)]
    assert [[beat.id for beat in play.beats] for play in plays if play] == [
        ["b2", "b3"],
        ["b2", "b3", "b1", "f2_b2", "f2_b3"],
    ]
    assert len(rolled.shots) == 5
