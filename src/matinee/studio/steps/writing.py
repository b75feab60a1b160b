"""Writing: a prompt becomes a screenplay, its lines are read, its shots are planned."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from matinee import likeness
from matinee.engine import SpokenLine, pictures
from matinee.film import Screenplay, Shot
from matinee.film.screenplay import NOTES_MAX, Note
from matinee.kit.db import Session
from matinee.studio import consenting, store
from matinee.studio.abilities import Preparing
from matinee.studio.errors import FilmTooLong
from matinee.studio.model import Film, FilmRequest
from matinee.studio.picturing import (
    digest_of,
    pictured,
    unseen,
    with_pictures_of,
    without_pictures,
)
from matinee.studio.planning import Reading, line_key, plan_shots, speech_rate, with_earlier
from matinee.studio.translating import translated

from .ground import Stage

# Shots end on whole frames, and a line is never cut off for a moment.
_OVER_MS = 500


def write(stage: Stage, film_id: str) -> None:
    """Have the screenplay of a film written, once."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
    if wanted.screenplay or (_is_spliced(wanted) and not wanted.request.screenplay):
        return
    play = _screenplay(stage, wanted)
    with stage.database.transaction() as session:
        play = likeness.as_preferred(session, play)
    if wanted.request.style:
        play = msgspec.structs.replace(play, style=wanted.request.style)
    with stage.database.transaction() as session:
        _keep_screenplay(session, film_id, play, progress_percent=3)


def _is_spliced(wanted: Film) -> bool:
    """Whether a film is made of pieces of finished ones, so that there is nothing to shoot."""
    origin = wanted.request.origin
    return origin is not None and bool(origin.pieces)


def _screenplay(stage: Stage, wanted: Film) -> Screenplay:
    """Have the screenplay written, anew or from that of another film, unless it was handed in."""
    request, repertoire = wanted.request, stage.crew.repertoire
    if request.screenplay:
        with stage.database.transaction() as session:
            given = store.screenplay(session, request.screenplay)
        # An edit by hand may have taken somebody out on purpose.
        return given if request.origin else _with_cast(stage, wanted, None, given)
    with stage.database.transaction() as session:
        cast = consenting.cast_of(session, wanted)
    writer = stage.crew.writers[request.writer]
    if request.origin is None:
        written = writer.write(
            cast.told,
            repertoire=repertoire,
            language=request.language,
            seed=wanted.seed,
            duration_ms=request.duration_ms,
        )
        nobody = consenting.without_likenesses(written)
        return _with_photo(stage, request, _with_cast(stage, wanted, cast, nobody))
    with stage.database.transaction() as session:
        play = store.screenplay(session, request.origin.screenplay)
        earlier = store.shots_of(session, request.origin.film)
    if request.origin.how == "translation":
        return translated(play, request.language or play.language, stage.crew.translators)
    if request.origin.how != "extension":
        revised = writer.revise(play, cast.told, repertoire=repertoire, seed=wanted.seed)
        return _with_cast(stage, wanted, cast, _as_in(revised, play))
    longer = writer.extend(
        play,
        cast.told,
        repertoire=repertoire,
        seed=wanted.seed,
        duration_ms=_left_ms(wanted, earlier),
    )
    return _with_cast(stage, wanted, cast, _as_in(longer, play))


def _as_in(play: Screenplay, parent: Screenplay) -> Screenplay:
    """Return a revised screenplay in which whoever is still there is and looks as in the parent."""
    return consenting.with_likenesses_of(with_pictures_of(play, parent), parent)


def _with_cast(
    stage: Stage, wanted: Film, cast: consenting.Cast | None, play: Screenplay
) -> Screenplay:
    """Let those be seen whom a film was asked for with, and who are not in it yet."""
    if not wanted.request.characters:
        return play
    if cast is None:
        with stage.database.transaction() as session:
            cast = consenting.cast_of(session, wanted)
    there = likeness.wearers_of(play)
    missing = tuple(pair for pair in cast.stand_ins if pair[1].id not in there)
    return consenting.worn(
        play,
        replace(cast, stand_ins=missing),
        prompt=play.prompt if cast.told == wanted.request.prompt else _as_asked(play, wanted, cast),
        engine=stage.crew.engines[wanted.request.model],
        voice=wanted.request.voice,
    )


def _as_asked(play: Screenplay, wanted: Film, cast: consenting.Cast) -> str:
    """The prompt of a screenplay as it was asked for, with handles and without stand-ins."""
    return wanted.request.prompt if play.prompt == cast.told else play.prompt


def _with_photo(stage: Stage, request: FilmRequest, written: Screenplay) -> Screenplay:
    """Give the photo that a film was asked for with its part; no other is in a new screenplay."""
    if not request.picture:
        return without_pictures(written)
    photo = pictures.read_photo(stage.blobs.read(request.picture))
    play = pictured(written, pictures.sight_of(photo), digest_of(request.picture))
    takes_photos = stage.crew.engines[request.model].abilities.reference_images > 0
    return play if takes_photos else unseen(play, request.model)


def _left_ms(wanted: Film, earlier: Sequence[Shot]) -> int | None:
    """Return how long the part of a film is that its earlier shots do not fill."""
    request = wanted.request
    if request.duration_ms is None:
        return None
    shot_ms = request.rate.ms_at(sum(shot.frame_count for shot in earlier))
    return max(1, request.duration_ms - shot_ms)


def _keep_screenplay(
    session: Session, film_id: str, play: Screenplay, *, before: str = "", **changes: object
) -> None:
    """Give a film its screenplay, in place of the one ``before``, which is forgotten."""
    digest = store.add_document(session, play)
    store.update_film(
        session,
        film_id,
        screenplay=digest,
        title=play.title,
        language=play.language,
        **changes,
    )
    # The film may have been deleted meanwhile, and then nobody may have its screenplay either.
    store.drop_documents(session, {before, digest} - {""})


def plan(stage: Stage, film_id: str) -> int:
    """Read the lines and plan the shots; returns how many there are."""
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
        if _is_spliced(wanted):
            return 0
        play = store.screenplay(session, wanted.screenplay)
        planned = store.shots_of(session, film_id)
        origin = wanted.request.origin
        earlier = store.shots_of(session, origin.film) if origin else ()
        known = _shots_of_line(session, origin.film) if origin else ()
        parent = store.screenplay(session, origin.screenplay) if origin else None
    if planned:
        return len(planned)
    request, told, duration_ms = wanted.request, play, wanted.request.duration_ms
    goes_on = origin is not None and origin.how == "extension" and bool(earlier)
    if goes_on and parent is not None:
        # What was shot stays as it is, and only what follows is planned.
        told = msgspec.structs.replace(play, beats=play.beats[len(parent.beats) :])
        duration_ms = _left_ms(wanted, earlier)
    crew = stage.crew.engines[request.model]
    if isinstance(crew, Preparing) and told.beats:
        crew.prepare(told, seed=wanted.seed)
    readings = _readings(stage, wanted, told, rate=1.0)
    if duration_ms is None and request.longest_ms is not None:
        natural = plan_shots(
            told, readings, size=request.size, rate=request.rate, seed=wanted.seed
        ).shots
        if request.rate.ms_at(sum(shot.frame_count for shot in natural)) > request.longest_ms:
            # As long as the story needs, but no longer than its maker's plan allows.
            duration_ms = request.longest_ms
    rate = speech_rate(told, readings, duration_ms=duration_ms)
    if rate > 1:
        readings = _readings(stage, wanted, told, rate=round(rate, 3))
    plan = plan_shots(
        told,
        readings,
        size=request.size,
        rate=request.rate,
        seed=wanted.seed,
        duration_ms=duration_ms,
    )
    shots = (*earlier, *plan.shots) if goes_on else with_earlier(plan.shots, known)
    length_ms = request.rate.ms_at(sum(shot.frame_count for shot in shots))
    if request.longest_ms is not None and length_ms > request.longest_ms + _OVER_MS:
        raise FilmTooLong(length_ms, request.longest_ms)
    added = (*plan.notes, *_voice_notes(told, readings))
    # What a screenplay may not hold could never be read again, so the newest notes displace others.
    notes = (*play.notes[: max(0, NOTES_MAX - len(added))], *added)[:NOTES_MAX]
    # Notes and shots in one transaction: planned again after a crash, no note is said twice.
    with stage.database.transaction() as session:
        if added:
            noted = msgspec.structs.replace(play, notes=notes)
            _keep_screenplay(session, film_id, noted, before=wanted.screenplay)
        store.set_shots(session, film_id, shots)
        store.update_film(
            session,
            film_id,
            progress_percent=8,
            duration_ms=length_ms,
        )
    return len(shots)


def _shots_of_line(session: Session, film_id: str) -> tuple[Shot, ...]:
    """Return the shots of a film and of those it was made from: what was taken back comes back."""
    line = store.line_of(session, film_id)
    return tuple(shot for one in line for shot in store.shots_of(session, one))


def _readings(stage: Stage, wanted: Film, play: Screenplay, *, rate: float) -> dict[str, Reading]:
    speakers = {character.id: character for character in play.characters}
    readings = {}
    for beat in play.beats:
        for index, line in enumerate(beat.lines):
            speaker = speakers.get(line.character)
            spoken = SpokenLine(
                line=line,
                speaker=speaker,
                voice=wanted.request.voice or (speaker.voice if speaker else ""),
                rate=rate,
                seed=wanted.seed,
            )
            readings[line_key(beat, index)] = _reading(stage, spoken)
    return readings


def _reading(stage: Stage, spoken: SpokenLine) -> Reading:
    """Return how a line is read, from the record if it was read before."""
    reader = stage.crew.reader
    digest = hashlib.sha256(reader.name.encode() + msgspec.json.encode(spoken)).hexdigest()
    with stage.database.transaction() as session:
        known = store.reading_by_digest(session, digest)
    if known is not None and stage.blobs.exists(known.audio):
        return known
    heard = reader.read(spoken)
    reading = Reading(
        duration_ms=heard.duration_ms,
        phonemes=heard.phonemes,
        words=heard.words,
        audio=stage.blobs.put_bytes(heard.wave, suffix=".wav").key,
        approximated=heard.approximated,
    )
    with stage.database.transaction() as session:
        store.add_reading(session, digest, reading, at=stage.clock.now())
    return reading


def _voice_notes(play: Screenplay, readings: Mapping[str, Reading]) -> tuple[Note, ...]:
    """Say once for each reason which line a voice could only approximate."""
    reasons: dict[str, str] = {}
    for beat in play.beats:
        for index, line in enumerate(beat.lines):
            approximated = readings[line_key(beat, index)].approximated
            if approximated:
                reasons.setdefault(approximated, line.text)
    return tuple(
        Note(status="approximated", phrase=text, meaning="spoken approximately", reason=reason)
        for reason, text in reasons.items()
    )
