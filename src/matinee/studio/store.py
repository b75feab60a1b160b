"""The studio's tables; the only file that sees their rows.

A change to a film raises its revision in the same statement, so that whoever watches it sees
every change and in order.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee import film
from matinee.film import FrameRate, FrameSize, Screenplay, Shot, Take
from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.money import MicroMoney
from matinee.likeness import Attestation

from .errors import FilmNotFound
from .model import (
    FILM_FAILED,
    CaptionTrack,
    Download,
    Film,
    FilmError,
    FilmRequest,
    Finish,
    Licensing,
    Origin,
    Piece,
    Refused,
    Seal,
    ShotProgress,
    Status,
)
from .planning import Reading

LINE_MAX = 50
MAKING: tuple[Status, ...] = ("queued", "in_progress")
VERSIONS_MAX = 200

_FILM = """
select f.*, coalesce((
    select jsonb_agg(jsonb_build_object(
        'index', s.index, 'text', s.summary, 'frame_count', s.frame_count,
        'frames_done', s.frames_done, 'preview', s.preview,
        'done', s.frames_done >= s.frame_count) order by s.index)
    from studio.shot s where s.film = f.id), '[]'::jsonb) as shots, (
    select jsonb_build_object('micro', sum(e.cost_micro), 'currency', max(e.currency))
    from studio.errand e where e.film = f.id and e.currency <> '') as cost
from studio.film f
"""


def add_film(session: Session, new: Film) -> None:
    """Store a film that has just been asked for."""
    statement = text(
        "insert into studio.film (id, request, seed, status, stage, progress_percent,"
        " duration_ms, requested_by, created_at) values (:id, :request, :seed, :status, :stage,"
        " :percent, :duration_ms, :requested_by, :created_at)"
    ).bindparams(bindparam("request", type_=JSONB))
    session.execute(
        statement,
        {
            "id": new.id,
            "request": msgspec.to_builtins(new.request),
            "seed": new.seed,
            "status": new.status,
            "stage": new.stage,
            "percent": new.progress_percent,
            "duration_ms": new.duration_ms,
            "requested_by": new.requested_by,
            "created_at": new.created_at,
        },
    )


def film_by_id(session: Session, film_id: str) -> Film:
    """Return a film; raises FilmNotFound."""
    row = session.execute(text(_FILM + " where f.id = :id"), {"id": film_id}).mappings().first()
    if row is None:
        raise FilmNotFound(film_id)
    return _film(row)


def film_of_video(session: Session, key: str, *, maker: str) -> Film:
    """Return somebody's newest film whose video is the blob `key`, sealed or not.

    Raises FilmNotFound.
    """
    digest = key[len("sha256/") :].partition(".")[0].replace("/", "")
    newest = text(
        _FILM
        + " where (f.video = :key or f.seal->>'sha256' = :digest or f.download->>'blob' = :key)"
        " and f.requested_by = :maker order by f.id desc limit 1"
    )
    row = session.execute(newest, {"key": key, "digest": digest, "maker": maker}).mappings().first()
    if row is None:
        raise FilmNotFound(key)
    return _film(row)


def films(
    session: Session, *, maker: str | None, after: str | None, limit: int, newest_first: bool
) -> tuple[Film, ...]:
    """Return up to `limit` films in the order of their making, beginning behind `after`.

    They are those of the person `maker`, or everybody's.
    """
    # Ids sort by time, so the id is the cursor: nothing is skipped or repeated by new films.
    comparison, order = ("<", "desc") if newest_first else (">", "asc")
    conditions = {f"f.id {comparison} :after": after, "f.requested_by = :maker": maker}
    where = " and ".join(one for one, value in conditions.items() if value is not None)
    rows = session.execute(
        text(f"{_FILM} where {where or 'true'} order by f.id {order} limit :limit"),
        {"after": after, "maker": maker, "limit": limit},
    ).mappings()
    return tuple(_film(row) for row in rows)


def unfinished_films(session: Session) -> tuple[Film, ...]:
    """Return the films that have not ended, oldest first."""
    rows = session.execute(
        text(_FILM + " where f.status in ('queued', 'in_progress') order by f.id")
    ).mappings()
    return tuple(_film(row) for row in rows)


def line_of(session: Session, film_id: str) -> tuple[str, ...]:
    """Return a film's id and those of the films it was made from, nearest first, that are left."""
    rows = session.execute(
        text(
            "with recursive line (id, parent, depth) as ("
            " select id, request->'origin'->>'film', 0 from studio.film where id = :id"
            " union all select f.id, f.request->'origin'->>'film', depth + 1"
            " from studio.film f join line on f.id = line.parent where depth < :most)"
            " select id from line order by depth"
        ),
        {"id": film_id, "most": LINE_MAX},
    )
    return tuple(row.id for row in rows)


def made_from(session: Session, film_id: str) -> tuple[Film, ...]:
    """Return the films that were made from a film, directly or not, with itself, oldest first."""
    ids = session.execute(
        text(
            "with recursive made (id, depth) as (select id, 0 from studio.film where id = :id"
            " union select f.id, depth + 1 from studio.film f join made"
            " on f.request->'origin'->>'film' = made.id where depth < :most)"
            " select distinct id from made order by id limit :limit"
        ),
        {"id": film_id, "most": LINE_MAX, "limit": VERSIONS_MAX},
    ).scalars()
    rows = session.execute(
        text(_FILM + " where f.id = any(:ids) order by f.id"), {"ids": list(ids)}
    ).mappings()
    return tuple(_film(row) for row in rows)


def hold_film(session: Session, film_id: str) -> None:
    """Let nobody else change what is made from a film until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('studio.film.' || :id, 0))"),
        {"id": film_id},
    )


def update_film(session: Session, film_id: str, **changes: object) -> bool:
    """Set columns of a film that is being made; returns whether there was such a film.

    A film that has ended never changes again, whatever a late step of its making still reports,
    and one that waits for somebody changes only when that is over.
    """
    return _change_film(session, film_id, MAKING, changes)


def _change_film(
    session: Session, film_id: str, statuses: Collection[Status], changes: Mapping[str, object]
) -> bool:
    """Set columns of a film in one of these states; returns whether there was such a film."""
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    changed = session.execute(
        text(
            # The columns are keywords of this package's own calls, never a caller's text.
            f"update studio.film set revision = revision + 1, {assignments}"  # noqa: S608
            " where id = :id and status = any(:statuses)"
        ),
        {"id": film_id, **changes, "statuses": list(statuses)},
    )
    return changed.rowcount == 1


def fail_film(session: Session, film_id: str, *, code: str, message: str, at: datetime) -> bool:
    """End a film that has not ended, for a reason, and say so; returns whether there was one."""
    failed = _change_film(
        session,
        film_id,
        (*MAKING, "waiting_for_approval"),
        {
            "status": "failed",
            "error_code": code,
            "error_message": message,
            "completed_at": at,
        },
    )
    if failed:
        events.record(session, FILM_FAILED, key=film_id, payload={"film_id": film_id}, at=at)
    return failed


def resume_film(session: Session, film_id: str) -> str | None:
    """Put a film that waited for somebody back in the queue; returns the id of its next job.

    None for a film that does not wait, or no longer.
    """
    row = session.execute(
        text(
            "update studio.film set revision = revision + 1, status = 'queued', stage = 'waiting',"
            " resumed_count = resumed_count + 1"
            " where id = :id and status = 'waiting_for_approval' returning resumed_count"
        ),
        {"id": film_id},
    ).first()
    return None if row is None else job_of(film_id, row.resumed_count)


def current_job(session: Session, film_id: str) -> str:
    """Return the id of the job under which a film is made; raises FilmNotFound."""
    count = session.execute(
        text("select resumed_count from studio.film where id = :id"), {"id": film_id}
    ).scalar()
    if count is None:
        raise FilmNotFound(film_id)
    return job_of(film_id, count)


def job_of(film_id: str, resumed_count: int) -> str:
    """The id of a film's job: its own, and with a number after each time that it waited."""
    return f"{film_id}-{resumed_count}" if resumed_count else film_id


def keep_seal(session: Session, film_id: str, seal: Seal) -> None:
    """Keep the seal of a film."""
    session.execute(
        text("update studio.film set seal = :seal where id = :id").bindparams(
            bindparam("seal", type_=JSONB)
        ),
        {"id": film_id, "seal": asdict(seal)},
    )


def keep_download(session: Session, film_id: str, kept: Download) -> bool:
    """Keep the copy of a finished film to take away; returns whether the film is there."""
    done = session.execute(
        text(
            "update studio.film set download = :download where id = :id and status = 'completed'"
        ).bindparams(bindparam("download", type_=JSONB)),
        {"id": film_id, "download": asdict(kept)},
    )
    return done.rowcount == 1


def keep_refusal(session: Session, film_id: str, refusal: Refused) -> None:
    """Say on a film by which rule it was refused."""
    session.execute(
        text("update studio.film set refusal = :refusal where id = :id").bindparams(
            bindparam("refusal", type_=JSONB)
        ),
        {"id": film_id, "refusal": asdict(refusal)},
    )


def keep_sprites(session: Session, film_id: str, key: str) -> bool:
    """Note the sheet of pictures that was made of a finished film; returns whether it is there."""
    kept = session.execute(
        text("update studio.film set sprites = :key where id = :id and status = 'completed'"),
        {"id": film_id, "key": key},
    )
    return kept.rowcount == 1


def still_wanted(session: Session, film_id: str) -> bool:
    """Whether work on a film should go on: it was neither cancelled, nor deleted, nor ended."""
    found = session.execute(
        text("select 1 from studio.film where id = :id and status in ('queued', 'in_progress')"),
        {"id": film_id},
    ).scalar()
    return found is not None


def shot_digests(session: Session, film_id: str) -> tuple[str, ...]:
    """Return the digests of a film's shots."""
    found = session.execute(
        text("select digest from studio.shot where film = :id"), {"id": film_id}
    ).scalars()
    return tuple(found)


def drop_takes(session: Session, shots: Iterable[str]) -> tuple[str, ...]:
    """Remove the takes of those shots, by their digests, that no film has any more.

    Returns the blobs that no take names after that.
    """
    rows = session.execute(
        text(
            "delete from studio.take t where shot = any(:shots) and not exists"
            " (select from studio.shot s where s.digest = t.shot) returning video, preview"
        ),
        {"shots": list(shots)},
    ).all()
    gone = {key for row in rows for key in row if key}
    kept = session.execute(
        text(
            "select unnest(array[video, preview]) from studio.take"
            " where video = any(:keys) or preview = any(:keys)"
        ),
        {"keys": list(gone)},
    ).scalars()
    return tuple(sorted(gone - set(kept)))


def stopped(session: Session, film_id: str) -> bool:
    """Whether a film that is to go is still being made; it stays as it is for this transaction."""
    status = session.execute(
        text("select status from studio.film where id = :id for update"), {"id": film_id}
    ).scalar()
    return status in MAKING


def delete_film(session: Session, film_id: str) -> None:
    """Remove a film, its screenplay and its shots as far as no other film has them too.

    Raises FilmNotFound. Takes and readings stay: they belong to shots and lines, not to a film.
    """
    digests = session.execute(
        text(
            "select screenplay from studio.film where id = :id and screenplay is not null"
            " union select request->>'screenplay' from studio.film where id = :id"
            " union select request->'origin'->>'screenplay' from studio.film where id = :id"
            " union select digest from studio.shot where film = :id"
        ),
        {"id": film_id},
    ).scalars()
    own = list(digests)
    gone = session.execute(text("delete from studio.film where id = :id"), {"id": film_id})
    if gone.rowcount != 1:
        raise FilmNotFound(film_id)
    drop_documents(session, own)


def drop_documents(session: Session, digests: Iterable[str]) -> None:
    """Remove those of the documents that no film and no shot names any more."""
    session.execute(
        text(
            "delete from studio.document d where d.digest = any(:digests)"
            " and not exists (select from studio.film where screenplay = d.digest"
            " or request->>'screenplay' = d.digest"
            " or request->'origin'->>'screenplay' = d.digest)"
            " and not exists (select from studio.shot where digest = d.digest)"
        ),
        {"digests": list(digests)},
    )


def set_caption_track(session: Session, film_id: str, track: CaptionTrack) -> None:
    """Keep a film's captions in a language; raises FilmNotFound when the film went meanwhile."""
    done = session.execute(
        text(
            "insert into studio.caption_track (film, language, captions, translator)"
            " select id, :language, :captions, :translator from studio.film where id = :film"
            " on conflict (film, language) do update set captions = excluded.captions,"
            " translator = excluded.translator"
        ),
        {"film": film_id, **asdict(track)},
    )
    if done.rowcount != 1:
        raise FilmNotFound(film_id)


def caption_tracks(session: Session, film_id: str) -> tuple[CaptionTrack, ...]:
    """Return a film's captions in other languages than its own, by language."""
    rows = session.execute(
        text(
            "select language, captions, translator from studio.caption_track where film = :film"
            " order by language"
        ),
        {"film": film_id},
    ).mappings()
    return tuple(CaptionTrack(**row) for row in rows)


def hold_blobs(session: Session, *, alone: bool) -> None:
    """Wait until nobody removes blobs, or `alone` until nobody adds any either.

    The hold ends with the transaction.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    session.execute(text(f"select {lock}(hashtextextended('studio.blobs', 0))"))


def blobs_in_use(session: Session, keys: Iterable[str]) -> frozenset[str]:
    """Return which of these blob keys some film still names, itself or in what is shot for it."""
    rows = session.execute(
        text(
            "select unnest(array[video, poster, captions, manifest, sprites,"
            " request->>'picture', seal->>'head',"
            " download->>'blob']) as key"
            " from studio.film where video = any(:keys) or poster = any(:keys)"
            " or sprites = any(:keys) or seal->>'head' = any(:keys)"
            " or download->>'blob' = any(:keys)"
            " or captions = any(:keys) or manifest = any(:keys)"
            " or request->>'picture' = any(:keys)"
            " union select captions from studio.caption_track where captions = any(:keys)"
            # Photos are named in screenplays and shots by their digest, which is their key.
            " union select key from unnest(cast(:photos as text[])) as key"
            " where exists (select from studio.document d where strpos(d.content,"
            " replace(split_part(substr(key, 8), '.', 1), '/', '')) > 0)"
        ),
        {"keys": list(keys), "photos": [key for key in keys if key.endswith(".webp")]},
    )
    return frozenset(row.key for row in rows)


def add_document(session: Session, document: Screenplay | Shot) -> str:
    """Store a document under its digest, which is returned; storing it again changes nothing."""
    digest = film.digest(document)
    session.execute(
        text(
            "insert into studio.document (digest, content) values (:digest, :content)"
            " on conflict do nothing"
        ),
        {"digest": digest, "content": film.encode(document).decode()},
    )
    return digest


def screenplay(session: Session, digest: str) -> Screenplay:
    """Return the screenplay stored under `digest`."""
    content = session.execute(
        text("select content from studio.document where digest = :digest"), {"digest": digest}
    ).scalar_one()
    return film.decode(content, Screenplay)


def set_shots(session: Session, film_id: str, shots: Iterable[Shot]) -> None:
    """Replace the planned shots of a film."""
    session.execute(text("delete from studio.shot where film = :film"), {"film": film_id})
    for index, shot in enumerate(shots):
        session.execute(
            text(
                "insert into studio.shot (film, index, digest, summary, frame_count) values"
                " (:film, :index, :digest, :summary, :frame_count)"
            ),
            {
                "film": film_id,
                "index": index,
                "digest": add_document(session, shot),
                "summary": shot.beat.text,
                "frame_count": shot.frame_count,
            },
        )


def shots_of(session: Session, film_id: str) -> tuple[Shot, ...]:
    """Return the planned shots of a film in order."""
    rows = session.execute(
        text(
            "select d.content from studio.shot s join studio.document d on d.digest = s.digest"
            " where s.film = :film order by s.index"
        ),
        {"film": film_id},
    )
    return tuple(film.decode(row.content, Shot) for row in rows)


def report_shot(
    session: Session,
    film_id: str,
    index: int,
    *,
    frames_done: int,
    preview: str = "",
    engine: str = "",
) -> None:
    """Say how far a shot is, and work out how far the whole film is.

    `engine` is the version that took the shot, once it is done. Shooting is nine tenths of the
    work: it takes the progress from 8 to 95 per cent.
    """
    session.execute(
        text(
            "update studio.shot set frames_done = greatest(frames_done, :frames),"
            " preview = coalesce(nullif(:preview, ''), preview),"
            " engine = coalesce(nullif(:engine, ''), engine)"
            " where film = :film and index = :index"
        ),
        {
            "film": film_id,
            "index": index,
            "frames": frames_done,
            "preview": preview,
            "engine": engine,
        },
    )
    session.execute(
        text(
            "update studio.film f set revision = revision + 1, progress_percent = ("
            " select 8 + (87 * sum(least(frames_done, frame_count))) / sum(frame_count)"
            " from studio.shot where film = f.id)"
            " where id = :film and status in ('queued', 'in_progress')"
        ),
        {"film": film_id},
    )


def add_take(
    session: Session,
    take: Take,
    *,
    video: str,
    preview: str,
    likenesses: Iterable[str] = (),
    at: datetime,
) -> None:
    """Store a take under its shot and engine, with whose likenesses it shows; the first stays."""
    session.execute(
        text(
            "insert into studio.take (shot, engine, content, video, preview, likenesses, made_at)"
            " values (:shot, :engine, :content, :video, :preview, :likenesses, :at)"
            " on conflict do nothing"
        ),
        {
            "shot": take.shot,
            "engine": take.engine,
            "content": film.encode(take).decode(),
            "video": video,
            "preview": preview,
            "likenesses": sorted(set(likenesses)),
            "at": at,
        },
    )


def take_of(session: Session, shot_digest: str, engine: str) -> tuple[Take, str, str] | None:
    """Return a take with the blob keys of its video and preview, if that engine took the shot.

    `engine` is an engine's version: a newer one takes its shots anew.
    """
    row = session.execute(
        text(
            "select content, video, preview from studio.take"
            " where shot = :shot and engine = :engine"
        ),
        {"shot": shot_digest, "engine": engine},
    ).first()
    if row is None:
        return None
    return film.decode(row.content, Take), row.video, row.preview


def takes_of_shot(session: Session, shot_digest: str) -> tuple[tuple[Take, str, str], ...]:
    """Return the takes of a shot by all engines, oldest first, with video and preview keys."""
    rows = session.execute(
        text("select content, video, preview from studio.take where shot = :shot order by made_at"),
        {"shot": shot_digest},
    )
    return tuple((film.decode(row.content, Take), row.video, row.preview) for row in rows)


def takes_of_film(session: Session, film_id: str) -> tuple[tuple[Take, str], ...]:
    """Return the takes of a film's shots in order, each with the blob key of its video.

    Shots that were not taken are left out.
    """
    rows = session.execute(
        text(
            "select t.content, t.video from studio.shot s"
            " join studio.take t on t.shot = s.digest and t.engine = s.engine"
            " where s.film = :film order by s.index"
        ),
        {"film": film_id},
    )
    return tuple((film.decode(row.content, Take), row.video) for row in rows)


def leading_takes(session: Session, film_id: str) -> tuple[tuple[Take, str], ...]:
    """Return the takes of a film's shots up to the first that is not taken, with their videos."""
    rows = session.execute(
        text(
            "select s.index, t.content, t.video from studio.shot s"
            " join studio.take t on t.shot = s.digest and t.engine = s.engine"
            " where s.film = :film order by s.index"
        ),
        {"film": film_id},
    )
    leading: list[tuple[Take, str]] = []
    for row in rows.mappings():
        if row["index"] != len(leading):
            break
        leading.append((film.decode(row["content"], Take), row["video"]))
    return tuple(leading)


def segment(session: Session, address: str) -> str:
    """Return the blob key of a segment that was encoded before, or an empty text."""
    key = session.execute(
        text("select media from studio.segment where address = :address"), {"address": address}
    ).scalar()
    return key or ""


def add_segment(session: Session, address: str, key: str) -> None:
    """Note the blob of a segment, so that it is not encoded again."""
    session.execute(
        text(
            "insert into studio.segment (address, media) values (:address, :key)"
            " on conflict (address) do update set media = excluded.media"
        ),
        {"address": address, "key": key},
    )


def forget_take(session: Session, shot_digest: str, engine: str) -> None:
    """Remove a take whose video is gone from the blob store."""
    session.execute(
        text("delete from studio.take where shot = :shot and engine = :engine"),
        {"shot": shot_digest, "engine": engine},
    )


def add_reading(session: Session, digest: str, reading: Reading, *, at: datetime) -> None:
    """Store how a line was read; `reading.audio` is a blob key."""
    session.execute(
        text(
            "insert into studio.reading (digest, content, audio, made_at) values"
            " (:digest, :content, :audio, :at) on conflict do nothing"
        ),
        {
            "digest": digest,
            "content": msgspec.json.encode(reading).decode(),
            "audio": reading.audio,
            "at": at,
        },
    )


def reading_by_digest(session: Session, digest: str) -> Reading | None:
    """Return the reading stored under `digest`, if there is one."""
    content = session.execute(
        text("select content from studio.reading where digest = :digest"), {"digest": digest}
    ).scalar()
    return None if content is None else msgspec.json.decode(content, type=Reading)


def _film(row: RowMapping) -> Film:
    status: Status = row["status"]
    failed = bool(row["error_code"])
    refusal = Refused(**row["refusal"]) if row["refusal"] else None
    error = (
        FilmError(code=row["error_code"], message=row["error_message"], refusal=refusal)
        if failed
        else None
    )
    return Film(
        id=row["id"],
        revision=row["revision"],
        request=_request(row["request"]),
        seed=row["seed"],
        status=status,
        stage=row["stage"],
        progress_percent=row["progress_percent"],
        duration_ms=row["duration_ms"],
        language=row["language"],
        title=row["title"],
        rating=row["rating"],
        error=error,
        screenplay=row["screenplay"] or "",
        video=row["video"],
        poster=row["poster"],
        sprites=row["sprites"],
        captions=row["captions"],
        manifest=row["manifest"],
        seal=Seal(**row["seal"]) if row["seal"] else None,
        download=Download(**row["download"]) if row["download"] else None,
        created_at=row["created_at"],
        requested_by=row["requested_by"],
        completed_at=row["completed_at"],
        expires_at=row["expires_at"],
        shots=tuple(ShotProgress(**shot) for shot in row["shots"]),
        cost=MicroMoney(**row["cost"]) if row["cost"]["currency"] else None,
    )


def _finish(fields: dict[str, Any]) -> Finish:
    budget = fields["budget"]
    return Finish(
        **{
            **fields,
            "shots": tuple(fields["shots"]),
            "budget": MicroMoney(**budget) if budget else None,
        }
    )


def _request(fields: dict[str, Any]) -> FilmRequest:
    return FilmRequest(
        **{
            **fields,
            "size": FrameSize(**fields["size"]),
            "rate": FrameRate(**fields["rate"]),
            "finish": _finish(finish) if (finish := fields.get("finish")) else None,
            "characters": tuple(fields.get("characters", ())),
            "people": tuple(fields.get("people", ())),
            "attest": msgspec.convert(fields.get("attest", {}), Attestation),
            "origin": _origin(origin) if (origin := fields.get("origin")) else None,
            "licensing": msgspec.convert(fields.get("licensing", {}), Licensing),
        }
    )


def _origin(fields: dict[str, Any]) -> Origin:
    pieces = tuple(Piece(**piece) for piece in fields.get("pieces", ()))
    return Origin(**{**fields, "pieces": pieces})
