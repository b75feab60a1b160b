"""References in the database."""

from datetime import UTC, datetime
from pathlib import Path

import recognition_footage as made
from matinee.kit.db import Database
from matinee.rights import recognition

AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_references_are_found_fresh_folded_and_merged_and_never_after_they_went(
    database: Database, tmp_path: Path
) -> None:
    prints = [
        recognition.fingerprint(
            made.write(tmp_path / "film.mp4", made.footage(seed, seconds=3), made.notes(seed))
        )
        for seed in range(3)
    ]

    def found(seed: int) -> list[tuple[str, recognition.Verdict]]:
        with database.transaction() as session:
            return [
                (match.subject_id, match.verdict)
                for match in recognition.find(session, prints[seed])
            ]

    def keep(name: str, seed: int) -> None:
        with database.transaction() as session:
            recognition.add_reference(session, name, prints[seed], at=AT)

    assert found(0) == []
    keep("film_0", 0)
    keep("film_0", 0)
    keep("film_1", 1)
    fresh = found(0)
    assert fresh == [("film_0", recognition.Verdict.AUTOMATIC)]
    with database.transaction() as session:
        assert recognition.fresh_bytes(session) > 0
        assert recognition.fold(session) == 2
        assert recognition.fold(session) == 0
        assert recognition.fresh_bytes(session) == 0
    assert found(0) == fresh
    for n in range(7):
        keep(f"again_{n}", 1)
        with database.transaction() as session:
            recognition.fold(session)
    assert found(0) == fresh
    assert len(found(1)) == 8
    with database.transaction() as session:
        assert recognition.remove_references(session, "film_0") == 1
        assert recognition.remove_references(session, "film_0") == 0
    assert found(0) == []
    assert found(2) == []
