"""Films asked for with kept characters, and in an order of priority."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from matinee import likeness, studio
from matinee.engine.pictures import Looks
from matinee.film import Shot, Take
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.likeness import Likeness
from matinee.likeness.model import SeenClip
from matinee.studio.abilities import Abilities, Errand, Guides
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.errors import FilmTooLong, QuotaReached, QuotaUsedUp
from matinee.studio.likenesses import LikenessUnnamed
from matinee.studio.quotas import Allowance
from studio_builders import a_request, a_stage, asked, ended, seen, until, working


@dataclass
class AttentiveCard(TestCardEngine):
    """Takes one reference picture, and remembers which it was shown for whom."""

    shown: dict[tuple[str, ...], tuple[bytes, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Be like any test card."""
        super().__init__()
        self.abilities = Abilities(reference_images=1)

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Remember, and shoot."""
        self.shown[shot.beat.cast] = tuple(one.read_bytes() for one in guides.references)
        return super().shoot(shot, video_path=video_path, guides=guides, errand=errand)


def kept(office: studio.Office, database: Database, name: str) -> Likeness:
    looks = Looks(kind="person", hair="#a03020", top="#f0d020")
    clip = SeenClip(content=b"a clip", looks=looks, picture=b"the best frame")
    with database.transaction() as session:
        return likeness.keep_character(
            session, name, clip, owner=office.requester, room=office.likenesses
        )


def test_a_kept_character_is_seen_in_its_film_and_shown_to_the_engine(
    database: Database, home: Path
) -> None:
    card = AttentiveCard()
    stage = a_stage(database, home, card=card)
    with working(stage) as office:
        ann = kept(office, database, "Ann")
        with pytest.raises(LikenessUnnamed):
            asked(office, database, characters=(ann.id,))
        film = ended(database, asked(office, database, prompt="Ann waits", characters=(ann.id,)))
    assert film.status == "completed", film.error
    with database.transaction() as session:
        play = studio.screenplay_of(session, film.id)
    assert play is not None
    looks = {one.name: one.look for one in play.characters}
    assert (looks["Ann"].hair_colour, looks["Bob"].hair_colour) == ("#a03020", "")
    assert card.shown[("ann",)] == (b"the best frame",)


@pytest.fixture
def slow(database: Database, home: Path) -> studio.Stage:
    return a_stage(database, home, card=TestCardEngine(frame_pause_s=0.005))


def test_an_urgent_film_is_shot_before_those_asked_for_earlier(
    database: Database, slow: studio.Stage
) -> None:
    with working(slow) as office:
        waiting = [
            asked(office, database, seed=number, priority="low", prompt=f"low {number}")
            for number in range(8)
        ]
        until(database, waiting[0], lambda found: found.stage == "shooting")
        urgent = ended(database, asked(office, database, priority="high", prompt="urgent"))
        # Four were begun before it; whoever has no place yet is overtaken.
        left = [one for one in waiting if not seen(database, one).ended]
    assert urgent.status == "completed", urgent.error
    assert len(left) >= 3


def test_somebody_waits_their_turn_and_others_do_not_wait_for_them(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        allowance = Allowance(plan="tiny", seconds_max=3, films_per_day=2, films_at_once=1)
        limited = replace(office, requester="person_1", allowance=allowance)
        first = asked(limited, database, seed=1)
        with pytest.raises(QuotaReached), database.transaction() as session:
            studio.request_film(session, a_request(seed=2), office=limited)
        for seed in (3, 4):
            asked(office, database, seed=seed)
        with pytest.raises(FilmTooLong), database.transaction() as session:
            studio.request_film(session, a_request(duration_ms=3001), office=limited)
        ended(database, first)
        last = asked(limited, database, seed=5)
        assert seen(database, last).requested_by == "person_1"
        ended(database, last)
        # Deleting gives back no film of the day.
        with database.transaction() as session:
            studio.delete_film(session, last, at=SystemClock().now())
        with pytest.raises(QuotaUsedUp, match="none is left") as none_left:
            asked(limited, database, seed=6)
        assert 86_000 < int(str(none_left.value.details["retry_after_s"])) <= 86_400
