"""Films spliced from finished ones: trimmed, stitched together, looped. Nothing is shot for them.

Their pictures are copied as packets wherever that is possible, and their manifests say which film
each of their frames comes from.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import msgspec

from matinee.film import FrameRate, FrameSize, Screenplay, Shot
from matinee.film.errors import ScreenplayInvalid
from matinee.film.screenplay import NOTES_MAX, Beat, Character, Prop, Setting
from matinee.kit.db import Session

from . import store
from .actions import Office, request_film
from .errors import FilmsDiffer, RangeInvalid, StitchInvalid, unready
from .model import Film, How, Origin, Piece

LoopMode = Literal["auto", "cross_fade", "ping_pong", "cut"]
CONFORM = "conform"
PIECES_MAX = 60


def trim_film(
    session: Session, film_id: str, *, start_ms: int, end_ms: int | None, office: Office
) -> Film:
    """Ask for a part of a finished film, to the frame; without `end_ms` up to its end.

    Raises FilmNotFound, FilmNotReady, RangeInvalid and what `request_film` raises.
    """
    parent = _finished(session, film_id)
    rate, length_ms = parent.request.rate, parent.duration_ms or 0
    first = rate.nearest_frame(Fraction(start_ms, 1000))
    end = rate.nearest_frame(Fraction(length_ms if end_ms is None else end_ms, 1000))
    total = rate.nearest_frame(Fraction(length_ms, 1000))
    if not 0 <= first < end <= total:
        raise RangeInvalid(start_ms, length_ms if end_ms is None else end_ms, length_ms)
    piece = _piece(parent, first, end - first)
    play = _part_of(session, parent, first, end)
    return _spliced(session, (parent,), (piece,), play, how="trim", mode="", office=office)


def loop_film(session: Session, film_id: str, *, mode: LoopMode, office: Office) -> Film:
    """Ask for a finished film that can be shown again and again without a visible end.

    `auto` chooses by what is seen: forwards and backwards where nobody acts or speaks, else the end
    fades into the beginning. Raises what `trim_film` raises.
    """
    parent = _finished(session, film_id)
    total = parent.request.rate.nearest_frame(Fraction(parent.duration_ms or 0, 1000))
    play = store.screenplay(session, parent.screenplay) if parent.screenplay else None
    piece = _piece(parent, 0, total)
    return _spliced(session, (parent,), (piece,), play, how="loop", mode=mode, office=office)


def stitch_films(
    session: Session, film_ids: Sequence[str], *, conform: bool, office: Office
) -> Film:
    """Ask for several finished films as one, one after the other.

    Films of another size or rate than the first are refused (FilmsDiffer), or with `conform`
    encoded again in its size and rate. Raises StitchInvalid and what `trim_film` raises.
    """
    if not 2 <= len(film_ids) <= PIECES_MAX:  # noqa: PLR2004 - one film is none to be stitched
        raise StitchInvalid(len(film_ids), PIECES_MAX)
    parents = [_finished(session, film_id) for film_id in film_ids]
    first = parents[0].request
    for other in parents[1:]:
        if (other.request.size, other.request.rate) != (first.size, first.rate) and not conform:
            raise FilmsDiffer(_shape(parents[0]), _shape(other))
    pieces = [
        _piece(one, 0, one.request.rate.nearest_frame(Fraction(one.duration_ms or 0, 1000)))
        for one in parents
    ]
    plays = [store.screenplay(session, one.screenplay) for one in parents if one.screenplay]
    play = _stitched(plays) if len(plays) == len(parents) else None
    mode = CONFORM if conform else ""
    return _spliced(session, parents, pieces, play, how="stitch", mode=mode, office=office)


def _finished(session: Session, film_id: str) -> Film:
    found = store.film_by_id(session, film_id)
    if found.status != "completed":
        raise unready(found.id, found.status)
    return found


def _piece(parent: Film, first_frame: int, frame_count: int) -> Piece:
    return Piece(
        film=parent.id,
        video=parent.video,
        captions=parent.captions,
        manifest=parent.manifest,
        first_frame=first_frame,
        frame_count=frame_count,
    )


def _spliced(
    session: Session,
    parents: Sequence[Film],
    pieces: Sequence[Piece],
    play: Screenplay | None,
    *,
    how: How,
    mode: str,
    office: Office,
) -> Film:
    first = parents[0]
    origin = Origin(
        film=first.id, how=how, screenplay=first.screenplay, pieces=tuple(pieces), mode=mode
    )
    spans = [
        one.request.rate.seconds_at(piece.frame_count)
        for one, piece in zip(parents, pieces, strict=True)
    ]
    length_ms = round(sum(spans) * 1000)
    if mode == "ping_pong":
        length_ms = 2 * length_ms
    wanted = replace(
        first.request,
        style="",
        seed=first.seed,
        duration_ms=length_ms,
        origin=origin,
        screenplay="",
    )
    return request_film(session, wanted, office=office, play=play)


def _part_of(session: Session, parent: Film, first: int, end: int) -> Screenplay | None:
    """Return the screenplay of the beats that are seen in a part of a film."""
    if not parent.screenplay:
        return None
    play, shots = store.screenplay(session, parent.screenplay), store.shots_of(session, parent.id)
    seen, at = set(), 0
    for shot in shots:
        if at < end and first < at + shot.frame_count:
            seen |= _beats_of(shot, play)
        at += shot.frame_count
    beats = tuple(beat for beat in play.beats if beat.id in seen)
    return msgspec.structs.replace(play, beats=beats) if beats else play


def _beats_of(shot: Shot, play: Screenplay) -> set[str]:
    """Return the beat that a shot is of; a part of one is named after it (`b2_1`)."""
    name = shot.beat.id
    return {beat.id for beat in play.beats if name == beat.id or name.startswith(f"{beat.id}_")}


def _stitched(plays: Sequence[Screenplay]) -> Screenplay | None:
    """Return one screenplay of several, or None when it would be larger than one may be.

    Who and what is the same in both, to the letter, is so in the whole; anything else keeps its
    name only where that is free.
    """
    whole = plays[0]
    try:
        for number, play in enumerate(plays[1:], start=2):
            whole = _followed(whole, play, f"f{number}")
    except (ScreenplayInvalid, msgspec.ValidationError):
        return None
    return whole


def _followed(whole: Screenplay, play: Screenplay, prefix: str) -> Screenplay:
    known = _named(whole)
    names = {
        name: name if known.get(name, one) == one else f"{prefix}_{name}"
        for name, one in _named(play).items()
    }
    beats = {one.id: f"{prefix}_{one.id}" if one.id in known else one.id for one in play.beats}
    tree = msgspec.json.decode(msgspec.json.encode(play))
    for kind in ("settings", "characters", "props"):
        for one in tree[kind]:
            one["id"] = names[one["id"]]
    for prop in tree["props"]:
        _rename(prop, names, ("setting", "anchor", "other_anchor"))
    for beat in tree["beats"]:
        beat["id"] = beats[beat["id"]]
        _rename(beat, names, ("setting",))
        _rename(beat["camera"], names, ("subject",))
        beat["cast"] = [names.get(name, name) for name in beat["cast"]]
        beat["props"] = [names.get(name, name) for name in beat["props"]]
        for part in (*beat["standpoints"], *beat["actions"], *beat["lines"]):
            _rename(part, names, ("character", "target", "anchor", "other_anchor"))
    joined = msgspec.json.decode(msgspec.json.encode(whole))
    for kind in ("settings", "characters", "props", "beats"):
        there = {one["id"] for one in joined[kind]}
        joined[kind] += [one for one in tree[kind] if one["id"] not in there]
    joined["notes"] = (joined["notes"] + tree["notes"])[:NOTES_MAX]
    return msgspec.convert(joined, Screenplay)


def _named(play: Screenplay) -> dict[str, Setting | Character | Prop | Beat]:
    parts: list[Setting | Character | Prop | Beat] = [*play.settings, *play.characters]
    return {one.id: one for one in [*parts, *play.props, *play.beats]}


def _rename(part: dict[str, str], names: dict[str, str], fields: Sequence[str]) -> None:
    for field in fields:
        if field in part:
            part[field] = names.get(part[field], part[field])


def _shape(one: Film) -> tuple[str, FrameSize, FrameRate]:
    return one.id, one.request.size, one.request.rate
