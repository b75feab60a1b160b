"""What is kept so that nothing is made twice, and goes when its maker does."""

from collections.abc import Iterable

from sqlalchemy import text

from matinee.kit.db import Session


def drop_readings(session: Session, audios: Iterable[str]) -> tuple[str, ...]:
    """Remove the readings with these sounds, by their blobs, that no shot is spoken with any more.

    Returns those blobs.
    """
    gone = session.execute(
        text(
            "delete from studio.reading r where audio = any(:audios) and not exists"
            " (select from studio.document d where strpos(d.content, r.audio) > 0)"
            " returning audio"
        ),
        {"audios": list(audios)},
    ).scalars()
    return tuple(gone)


def drop_segments(session: Session, videos: Iterable[str]) -> tuple[str, ...]:
    """Remove what was encoded for players from these videos; returns the blobs of that.

    If another film has the same video, its segments are encoded again when somebody asks.
    """
    gone: list[str] = []
    for video in videos:
        gone += session.execute(
            text("delete from studio.segment where starts_with(address, :video) returning media"),
            {"video": f"{video}/"},
        ).scalars()
    return tuple(gone)
