"""A photo on its way: kept, given its part, handed to the engine, carried on, swept at last."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from matinee import studio
from matinee.film.pictures import pictures_of
from matinee.kit.clock import SystemClock
from matinee.likeness import UNATTESTED
from matinee.studio import store
from matinee.studio.abilities import Abilities, Errand, Guides
from matinee.studio.adapters.test_card_engine import TestCardEngine
from studio_builders import a_stage, asked, ended, working

if TYPE_CHECKING:
    from pathlib import Path

    from matinee.film import Shot, Take
    from matinee.kit.db import Database


class Given(TestCardEngine):
    """A test card that remembers which photos it was given."""

    abilities = Abilities(reference_images=4)

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.photos: set[tuple[str, bytes]] = set()

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Shoot the card, and remember."""
        self.photos |= {(name, path.read_bytes()) for name, path in guides.pictures.items()}
        return super().shoot(shot, video_path=video_path, errand=errand)


def a_photo() -> bytes:
    """A red box on white, as a JPEG file."""
    picture = Image.new("RGB", (160, 120), (240, 240, 240))
    ImageDraw.Draw(picture).rectangle((60, 30, 100, 100), fill=(180, 30, 30))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def test_a_photo_reaches_the_engine_stays_with_a_remix_and_goes_with_the_last_film(
    database: Database, home: Path
) -> None:
    engine = Given()
    stage = a_stage(database, home, card=engine)
    with database.transaction() as session:
        key = studio.keep_picture(
            session, a_photo(), attested=UNATTESTED, about="", blobs=stage.blobs
        )
    with working(stage) as office:
        first = ended(database, asked(office, database, picture=key))
        with database.transaction() as session:
            again = studio.derive_film(
                session, first.id, "There you are again.", how="remix", office=office
            )
        second = ended(database, again.id)
    assert (first.error, second.error) == (None, None)
    ((name, content),) = engine.photos
    assert content == stage.blobs.read(key)
    with database.transaction() as session:
        for made in (first, second):
            play = studio.screenplay_of(session, made.id)
            assert play is not None
            assert pictures_of(play) == (name,)
        play = studio.screenplay_of(session, first.id)
        assert play is not None
        assert any(note.phrase == "the photo" for note in play.notes)
        assert key not in studio.delete_film(session, first.id, at=SystemClock().now())
        assert key in store.blobs_in_use(session, {key})
        assert key in studio.delete_film(session, second.id, at=SystemClock().now())
