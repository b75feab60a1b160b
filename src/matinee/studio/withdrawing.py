"""Films that are taken back: they stay as rows that say so, and nothing else of them stays.

Rows are changed in the transaction that hears of it; the files are then removed by a subscriber
(`BLOBS_ORPHANED`), which is called again until it has done so, whatever dies in between.
Tables of the studio like those of `store`, kept apart because only this is done with them here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import text

from matinee.kit import events
from matinee.kit.db import Session

from . import store
from .model import FILM_WITHDRAWN
from .sweeping import BLOBS_ORPHANED

_BATCH = 200


def withdraw_films(session: Session, film_ids: Sequence[str], *, at: datetime) -> tuple[str, ...]:
    """Withdraw films, running ones too; returns those that were there and not withdrawn before.

    Their takes go with them as far as no other film shows the same shot. A film says that it was
    withdrawn from this transaction on; its files follow within seconds.
    """
    gone = []
    for film_id in dict.fromkeys(film_ids):
        unmade = store.stopped(session, film_id)
        blobs = _withdrawn(session, film_id, at)
        if blobs is None:
            continue
        gone.append(film_id)
        _orphan(session, film_id, blobs, at)
        events.record(
            session,
            FILM_WITHDRAWN,
            key=film_id,
            payload={"film_id": film_id, "unmade": unmade},
            at=at,
        )
    return tuple(gone)


def on_revoked(session: Session, event: events.Event) -> None:
    """Withdraw the films that somebody took back, and forget the takes that show them."""
    films = [str(one) for one in event.payload["film_ids"]]  # type: ignore[union-attr]
    withdraw_films(session, films, at=event.recorded_at)
    likeness = str(event.payload["likeness_id"])
    _orphan(session, f"{event.key}/takes", _idle_takes(session, likeness), event.recorded_at)


def hold_wanted(session: Session, film_id: str) -> bool:
    """Whether a film is still wanted, and keep it so until the transaction ends."""
    found = session.execute(
        text(
            "select 1 from studio.film where id = :id and status in ('queued', 'in_progress')"
            " for share"
        ),
        {"id": film_id},
    ).scalar()
    return found is not None


def orphan(session: Session, name: str, blobs: Iterable[str], *, at: datetime) -> None:
    """Have blobs removed that nothing names any more; `name` tells this occasion from others."""
    _orphan(session, name, set(blobs), at)


def _withdrawn(session: Session, film_id: str, at: datetime) -> set[str] | None:
    """Change the rows of one film; returns its blobs, or None if there was nothing to withdraw."""
    row = session.execute(
        text(
            "select array_remove(array[video, poster, captions, manifest, sprites,"
            " request->>'picture', seal->>'head', download->>'blob'], null) as blobs,"
            " status from studio.film where id = :id for update"
        ),
        {"id": film_id},
    ).first()
    if row is None or row.status == "withdrawn":
        return None
    blobs = set(row.blobs)
    blobs |= {track.captions for track in store.caption_tracks(session, film_id)}
    previews = session.execute(
        text("select preview from studio.shot where film = :id"), {"id": film_id}
    ).scalars()
    shown = set(previews)
    digests = store.shot_digests(session, film_id)
    session.execute(text("delete from studio.shot where film = :id"), {"id": film_id})
    session.execute(text("delete from studio.caption_track where film = :id"), {"id": film_id})
    session.execute(
        text(
            "update studio.film set status = 'withdrawn', stage = 'finished', withdrawn_at = :at,"
            " completed_at = coalesce(completed_at, :at), revision = revision + 1, video = '',"
            " poster = '', captions = '', manifest = '', sprites = '', error_code = '',"
            " error_message = '', seal = null, download = null,"
            " request = jsonb_set(request, '{picture}', '\"\"') where id = :id"
        ),
        {"id": film_id, "at": at},
    )
    blobs |= set(store.drop_takes(session, digests))
    # A shot that another film shows as well keeps its picture.
    kept = session.execute(
        text(
            "select preview from studio.take where preview = any(:keys)"
            " union select preview from studio.shot where preview = any(:keys)"
        ),
        {"keys": list(shown)},
    ).scalars()
    blobs |= shown - set(kept)
    return _with_segments(session, {one for one in blobs if one})


def _idle_takes(session: Session, likeness: str) -> set[str]:
    """Forget the takes that show somebody in no film that is left; returns their blobs."""
    digests = session.execute(
        text("select distinct shot from studio.take where likenesses @> array[:likeness]"),
        {"likeness": likeness},
    ).scalars()
    return _with_segments(session, set(store.drop_takes(session, list(digests))))


def _with_segments(session: Session, videos: set[str]) -> set[str]:
    """Return blobs with the segments for players that were encoded from them, now forgotten."""
    found = set(videos)
    for video in videos:
        if video.endswith(".mp4"):
            rows = session.execute(
                text(
                    "delete from studio.segment where starts_with(address, :start) returning media"
                ),
                {"start": f"{video}/"},
            )
            found |= {row.media for row in rows}
    return found


def _orphan(session: Session, name: str, blobs: set[str], at: datetime) -> None:
    waiting = sorted(one for one in blobs if one)
    for start in range(0, len(waiting), _BATCH):
        events.record(
            session,
            BLOBS_ORPHANED,
            key=f"{name}/{start}",
            payload={"blobs": waiting[start : start + _BATCH]},
            at=at,
        )
