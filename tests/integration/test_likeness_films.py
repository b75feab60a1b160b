"""People in films: asked before, seen in them, and taken out of everything again."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from likeness_builders import opened
from matinee import likeness, studio
from matinee.kit import events
from matinee.kit.db import Database
from matinee.likeness import actions, capturing, errors, removing
from matinee.likeness.consent import Concept, Rule
from matinee.likeness.sealing import Safe, SealBroken
from matinee.studio import leaving, sweeping, withdrawing
from matinee.studio.errors import FilmWithdrawn
from studio_builders import ended, seen, until

GONE_WITHIN_S = 60


def test_somebody_is_captured_once_and_kept_sealed(database: Database, home: Path) -> None:
    with opened(database, home) as house:
        ada, eve = house.person("ada"), house.person("eve")
        first = house.handed_in(ada, session="one")
        assert (first.status, first.code) == ("accepted", "")
        codes = [
            house.handed_in(person, **clip).code
            for person, clip in (
                (eve, {"faces": 2}),
                (eve, {"faces": 0}),
                (eve, {"digits": "000000"}),
                (eve, {"turns": ("left", "left", "left")}),
                (eve, {"pixels": 10**12}),
                (eve, {"duration_ms": 90_000}),
                # The clip of somebody else's capture, whatever numbers it says.
                (eve, {"person": "ada", "session": "one", "digits": first.challenge.digits}),
                # Another face, another voice than last time.
                (ada, {"person": "eve", "voice": "ada"}),
                (ada, {"voice": "eve"}),
            )
        ]
        assert codes == [
            "likeness.two_faces",
            "likeness.no_face",
            "likeness.wrong_numbers",
            "likeness.wrong_turns",
            "likeness.clip_too_heavy",
            "likeness.clip_too_long",
            "likeness.replayed",
            "likeness.different_face",
            "likeness.different_voice",
        ]
        with database.transaction() as session:
            mine = actions.likeness_of(session, ada)
            assert mine is not None
            assert mine.level == "only_me"
            cutout = capturing.part_of(session, mine.id, "cutout", room=house.room)
            assert actions.likeness_of(session, eve) is None
        assert cutout == b"cut-out of ada"
        kept = [(house.blobs_folder / name).read_bytes() for name in house.files()]
        assert len(kept) == 4
        assert not any(b"ada" in content for content in kept)
        # No clip is kept, and a stranger's key opens nothing.
        assert list((home / "uploads").iterdir()) == []
        elsewhere = replace(house.room, safe=Safe(lambda: [b"x" * 32]))
        with pytest.raises(SealBroken), database.transaction() as session:
            capturing.part_of(session, mine.id, "cutout", room=elsewhere)
        # Deleted, the key is gone at once, and the blobs with the next sweep.
        with database.transaction() as session:
            actions.delete(session, mine, room=house.room)
        with database.transaction() as session:
            assert capturing.part_of(session, mine.id, "cutout", room=house.room) == b""
        assert removing.remove(database, room=house.room) == 4
        assert house.files() == set()


def test_minors_are_not_captured(database: Database, home: Path) -> None:
    with opened(database, home) as house:
        kid = house.person("kid", roles=["minor"])
        with pytest.raises(errors.MinorsNotCaptured):
            house.handed_in(kid)


def test_nobody_is_shown_whom_their_terms_do_not_let(database: Database, home: Path) -> None:
    with opened(database, home) as house:
        ada, ben = house.captured("ada", "approved"), house.person("ben")
        with pytest.raises(errors.LikenessRefused, match="approved"):
            house.ask(ben, "@ada meets a friend")
        with pytest.raises(errors.LikenessNotFound):
            house.ask(ben, "friends meet", people=("nobody",))
        with database.transaction() as session:
            actions.ask(session, ben.id, "ada", room=house.room)
            mine = actions.likeness_of(session, ada)
            assert mine is not None
            actions.answer(session, mine, ben.id, approve=True, room=house.room)
        film = ended(database, house.ask(ben, "@ada meets a friend"))
        assert film.status == "completed", film.error
        with database.transaction() as session:
            play = studio.screenplay_of(session, film.id)
            told = actions.appearances(session, ada.id)
        assert play is not None
        worn = [(one.name, one.likeness) for one in play.characters if one.likeness]
        assert worn == [("Ada", mine.id)]
        assert [(one.film, one.maker) for one in told] == [(film.id, ben.id)]
        assert told[0].frame_count > 0
        # What she does not want is refused in the prompt, and in what was written from it.
        house.terms(
            ada,
            rules=(
                Rule(effect="never", say="no politics", concepts=(Concept("topic", "politics"),)),
                Rule(effect="never", say="no beach", concepts=(Concept("place", "beach"),)),
            ),
        )
        with pytest.raises(errors.RuleBroken, match="no politics"):
            house.ask(ben, "@ada wins the election")
        refused = ended(database, house.ask(ben, "@ada meets a friend again"))
        assert refused.error is not None
        assert refused.error.code == "likeness.rule_broken"
        assert "no beach" in refused.error.message
        # A remix is asked anew, on the terms of now.
        with pytest.raises(errors.LikenessRefused), database.transaction() as session:
            actions.answer(session, mine, ben.id, approve=False, room=house.room)
            session.execute(text("select 1"))
            studio.derive_film(
                session,
                film.id,
                "they dance",
                how="remix",
                office=replace(house.office, requester=ben.id),
            )


def test_preferences_are_worn(database: Database, home: Path) -> None:
    with opened(database, home) as house:
        ada = house.captured("ada")
        red = Rule(
            effect="always",
            say="always my red glasses",
            concepts=(Concept("garment", "glasses"),),
            colour="#c0262d",
        )
        house.terms(ada, rules=(red,))
        film = ended(database, house.ask(ada, "@ada and a friend"))
        with database.transaction() as session:
            play = studio.screenplay_of(session, film.id)
        assert play is not None
        worn = {one.name: one.look.garments for one in play.characters}
        assert ("glasses", "#c0262d") in [(one.kind, one.colour) for one in worn["Ada"]]
        assert not any(one.kind == "glasses" for one in worn["Bob"])


def test_a_revocation_reaches_the_whole_tree_within_a_minute(
    database: Database, home: Path
) -> None:
    with opened(database, home, frame_pause_s=0.01) as house:
        ada, ben = house.captured("ada"), house.person("ben")
        other = ended(database, house.ask(ben, "two friends meet"))
        first = ended(database, house.ask(ada, "@ada meets a friend"))
        remix = ended(database, house.derive(ben, first.id, "Hello there"))
        again = ended(database, house.derive(ben, remix.id, "Goodbye then"))
        assert {one.status for one in (other, first, remix, again)} == {"completed"}
        running = house.derive(ben, again.id, "And so on", how="extension")
        until(database, running, lambda found: found.stage == "shooting")
        tree = (first.id, remix.id, again.id, running)
        doomed = set().union(*(house.named(one) for one in tree)) - house.named(other.id)
        assert doomed <= house.files()
        begun_s = time.monotonic()
        with database.transaction() as session:
            films = actions.revoke(session, ada.id, first.id, room=house.room)
        assert set(films) == set(tree)
        while time.monotonic() - begun_s < GONE_WITHIN_S and (
            doomed & house.files() or seen(database, running).status != "withdrawn"
        ):
            time.sleep(0.2)
        assert not doomed & house.files()
        assert {seen(database, one).status for one in tree} == {"withdrawn"}
        assert seen(database, other.id).status == "completed"
        assert house.named(other.id) <= house.files()
        with pytest.raises(FilmWithdrawn):
            house.derive(ben, again.id, "Once more")
        # A shot that was being drawn leaves nothing behind either.
        house.room.jobs.wait(running, timeout_s=30)
        with database.transaction() as session:
            shown = session.execute(
                text("select count(*) from studio.take where likenesses <> '{}'")
            ).scalar_one()
            assert actions.appearances(session, ada.id) == ()
        assert shown == 0


def test_a_revocation_survives_the_death_of_its_process_in_the_middle(
    database: Database, home: Path
) -> None:
    with opened(database, home) as house:
        ada = house.captured("ada")
        film = ended(database, house.ask(ada, "@ada meets a friend"))
        doomed = house.named(film.id)
    # Nobody listens now, as after a kill; the revocation is on the books when it is answered.
    with database.transaction() as session:
        actions.revoke(session, ada.id, room=house.room)
    died = _deliver_and_die(database)
    assert died == 9
    assert doomed & house.files(), "it died before the first file was removed"
    left = events.Dispatcher(database, house.stage.clock)
    left.subscribe(likeness.REVOKED, "studio.withdraw", withdrawing.on_revoked)
    left.subscribe(
        sweeping.BLOBS_ORPHANED,
        "studio.remove_orphans",
        lambda session, event: leaving.remove_orphans(session, event, house.stage.blobs),
    )
    deadline_s = time.monotonic() + GONE_WITHIN_S
    while doomed & house.files() and time.monotonic() < deadline_s:
        left.deliver()
        time.sleep(0.1)
    assert not doomed & house.files()
    assert seen(database, film.id).status == "withdrawn"


def _deliver_and_die(database: Database) -> int:
    """Deliver in another process that is killed when the first file is to be removed."""
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from matinee import likeness\n"
        "from matinee.kit import events\n"
        "from matinee.kit.clock import SystemClock\n"
        "from matinee.kit.db import Database\n"
        "from matinee.studio import leaving, sweeping, withdrawing\n"
        "database = Database(sys.argv[1])\n"
        "told = events.Dispatcher(database, SystemClock())\n"
        "told.subscribe(likeness.REVOKED, 'studio.withdraw', withdrawing.on_revoked)\n"
        "told.subscribe(sweeping.BLOBS_ORPHANED, 'studio.remove_orphans',\n"
        "    lambda session, event: os.kill(os.getpid(), signal.SIGKILL))\n"
        "for _ in range(50): told.deliver()\n"
    )
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", code, database.url], os.environ)
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
