"""What the studio holds of a person: told to them, and deleted when they leave."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from matinee import film as film_language
from matinee.kit import events, idempotency
from matinee.kit.blobs import Blobs
from matinee.kit.db import Session

from . import leaving_store, quota_store, store
from .actions import delete_film
from .sweeping import BLOBS_ORPHANED, sweep

_PAGE = 100


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """A person's films with their requests, screenplays and captions: the studio's exporter."""
    after: str | None = None
    while page := store.films(
        session, maker=person_id, after=after, limit=_PAGE, newest_first=False
    ):
        for film in page:
            yield f"films/{film.id}/film.json", _document(film)
            if film.screenplay:
                play = store.screenplay(session, film.screenplay)
                yield f"films/{film.id}/screenplay.json", film_language.encode(play)
            for name, key in (
                ("film.mp4", film.delivered),
                ("captions.vtt", film.captions),
                ("photo", film.request.picture),
            ):
                if key:
                    yield f"films/{film.id}/{name}", key
        after = page[-1].id


def delete_all_of(session: Session, person_id: str, *, at: datetime) -> tuple[str, ...]:
    """Delete a person's films; returns the blobs that may be needed no more."""
    orphans: set[str] = set()
    shots: set[str] = set()
    audios: set[str] = set()
    while page := store.films(session, maker=person_id, after=None, limit=_PAGE, newest_first=True):
        for film in page:
            shots.update(store.shot_digests(session, film.id))
            audios.update(
                speech.audio
                for shot in store.shots_of(session, film.id)
                for speech in shot.speeches
                if speech.audio
            )
            orphans.update(delete_film(session, film.id, at=at))
    # Takes and readings outlive their films so that the next need not make them; not their maker.
    orphans.update(store.drop_takes(session, shots))
    orphans.update(leaving_store.drop_readings(session, audios))
    orphans.update(leaving_store.drop_segments(session, tuple(orphans)))
    quota_store.forget_asked(session, person_id)
    return tuple(sorted(orphans))


def leave(session: Session, event: events.Event) -> None:
    """Delete what somebody made who has closed their account (PERSON_CLOSED).

    The blobs are removed once that is committed (BLOBS_ORPHANED).
    """
    person_id = str(event.payload["person_id"])
    orphans = delete_all_of(session, person_id, at=event.recorded_at)
    idempotency.forget(session, person_id)
    if orphans:
        events.record(
            session,
            BLOBS_ORPHANED,
            key=person_id,
            payload={"blobs": list(orphans)},
            at=event.recorded_at,
        )


def remove_orphans(session: Session, event: events.Event, blobs: Blobs) -> None:
    """Remove the blobs that no film needs any more (BLOBS_ORPHANED)."""
    sweep(session, msgspec.convert(event.payload["blobs"], list[str]), blobs)


def _document(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)
