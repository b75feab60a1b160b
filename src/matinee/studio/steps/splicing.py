"""Splicing: pieces of finished films are put together into another, and it is completed."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import msgspec

from matinee import engine, film
from matinee.engine import splicing
from matinee.engine.splicing import Sound
from matinee.film import FrameRate, Manifest, Screenplay, Timeline
from matinee.film.shot import Appearance
from matinee.film.timeline import Caption, Clip, Source
from matinee.studio import store
from matinee.studio.cutting import Cut
from matinee.studio.model import DURATION_MS_MAX, Film, Piece

from .finishing import finish, keep_cut
from .ground import Stage, local

# There and back again without showing an end twice takes a picture between the ends.
TURN_FRAMES_MIN = 3
# Long enough to be seen as a fade, short enough to leave most of a short film as it is.
FADE_MS, FADE_SHARE = 1_000, Fraction(1, 4)


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Frames of one film that follow one another, from `first_frame` on, with what is heard.

    `scale` is how many frames there are for one of its own film.
    """

    takes: Sequence[Path]
    sound: Sound
    first_frame: int
    frame_count: int
    scale: Fraction = Fraction(1)
    backwards: bool = False


@dataclass
class _Reel:
    """What is put together so far."""

    takes: list[Path] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    engines: list[str] = field(default_factory=list)
    frame_count: int = 0


def cut(stage: Stage, film_id: str) -> None:
    """Complete a film: from the takes of its shots, or from its pieces when it is spliced.

    Raises BlobNotFound when the file of a piece is gone, and what `finishing.finish` raises.
    """
    with stage.database.transaction() as session:
        wanted = store.film_by_id(session, film_id)
    if wanted.request.origin is not None and wanted.request.origin.pieces:
        _splice(stage, wanted)
    else:
        finish(stage, film_id)


def _splice(stage: Stage, wanted: Film) -> None:
    with stage.database.transaction() as session:
        play = store.screenplay(session, wanted.screenplay) if wanted.screenplay else None
    origin = wanted.request.origin
    assert origin is not None
    stage.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stage.scratch) as name:
        reel = _Reel()
        for index, piece in enumerate(origin.pieces):
            folder = Path(name) / str(index)
            folder.mkdir()
            captions = splicing.captions_in(stage.blobs.read(piece.captions).decode())
            manifest = film.decode(stage.blobs.read(piece.manifest), Manifest)
            for run in _runs(stage, wanted, piece, play, folder):
                _append(
                    reel,
                    run,
                    piece,
                    manifest=manifest,
                    captions=captions,
                    rate=wanted.request.rate,
                )
        made = _cut(wanted, reel, Path(name))
        with stage.database.transaction() as session:
            length_ms = wanted.request.rate.ms_at(reel.frame_count)
            store.update_film(session, wanted.id, duration_ms=length_ms)
        keep_cut(stage, wanted.id, made, Path(name))


def _runs(
    stage: Stage, wanted: Film, piece: Piece, play: Screenplay | None, folder: Path
) -> list[_Run]:
    origin, rate = wanted.request.origin, wanted.request.rate
    assert origin is not None
    file = local(stage, piece.video, folder)
    size, own, total = splicing.facts_of(file)
    if origin.how == "loop":
        return _looped(wanted, file, play, folder)
    if (size, own) != (wanted.request.size, rate):
        fitting = folder / "fitting.mp4"
        splicing.conformed(file, fitting, size=wanted.request.size, rate=rate)
        count = splicing.facts_of(fitting)[2]
        sound = splicing.sound_of(file, start_s=Fraction(0), end_s=rate.seconds_at(count))
        scale = rate.fraction / own.fraction
        return [_Run(takes=[fitting], sound=sound, first_frame=0, frame_count=count, scale=scale)]
    first, count = piece.first_frame, min(piece.frame_count, total - piece.first_frame)
    takes = splicing.excerpt(file, folder, first_frame=first, frame_count=count)
    sound = splicing.sound_of(
        file, start_s=rate.seconds_at(first), end_s=rate.seconds_at(first + count)
    )
    return [_Run(takes=takes, sound=sound, first_frame=first, frame_count=count)]


def _looped(wanted: Film, file: Path, play: Screenplay | None, folder: Path) -> list[_Run]:
    origin, rate = wanted.request.origin, wanted.request.rate
    assert origin is not None
    total = splicing.facts_of(file)[2]
    mode = origin.mode
    if mode == "auto":
        may_turn = _reversible(play, length_ms=rate.ms_at(total))
        mode = splicing.best_loop(file, reversible=may_turn)
    fade = _fade_frames(rate, total)
    if mode == "cross_fade" and total > 2 * fade:
        takes, sound, first = splicing.faded_loop(file, folder, fade_frames=fade)
        return [_Run(takes=takes, sound=sound, first_frame=first, frame_count=total - fade)]
    whole = splicing.excerpt(file, folder, first_frame=0, frame_count=total)
    sound = splicing.sound_of(file, start_s=Fraction(0), end_s=rate.seconds_at(total))
    there = _Run(takes=whole, sound=sound, first_frame=0, frame_count=total)
    if mode != "ping_pong" or total < TURN_FRAMES_MIN:
        return [there]
    back = folder / "backwards.mp4"
    splicing.turned_back(file, back)
    again = splicing.sound_of(file, start_s=Fraction(0), end_s=rate.seconds_at(total - 2))
    turned = _Run(takes=[back], sound=again, first_frame=1, frame_count=total - 2, backwards=True)
    return [there, turned]


def _append(
    reel: _Reel,
    run: _Run,
    piece: Piece,
    *,
    manifest: Manifest,
    captions: Sequence[Caption],
    rate: FrameRate,
) -> None:
    reel.takes += run.takes
    reel.sounds.append(run.sound)
    reel.engines.append(manifest.engine)
    reel.sources.append(
        Source(
            film=piece.film,
            source_frame=run.first_frame,
            first_frame=reel.frame_count,
            frame_count=run.frame_count,
            backwards=run.backwards,
        )
    )
    # Sound always runs forwards, from the start of the run or, on the way back, of the film.
    heard_from = 0 if run.backwards else run.first_frame
    shift_ms = rate.ms_at(reel.frame_count) - rate.ms_at(heard_from)
    low_ms = rate.ms_at(reel.frame_count)
    high_ms = rate.ms_at(reel.frame_count + run.frame_count)
    for caption in captions:
        start_ms = max(caption.start_ms + shift_ms, low_ms)
        end_ms = min(caption.end_ms + shift_ms, high_ms)
        if start_ms < end_ms:
            reel.captions.append(msgspec.structs.replace(caption, start_ms=start_ms, end_ms=end_ms))
    for one in manifest.appearances:
        first = max(int(one.first_frame * run.scale), run.first_frame)
        end = int((one.first_frame + one.frame_count) * run.scale)
        end = min(end, run.first_frame + run.frame_count)
        if first < end:
            behind = run.first_frame + run.frame_count - end
            into = behind if run.backwards else first - run.first_frame
            reel.appearances.append(
                msgspec.structs.replace(
                    one, first_frame=reel.frame_count + into, frame_count=end - first
                )
            )
    reel.frame_count += run.frame_count


def _cut(wanted: Film, reel: _Reel, folder: Path) -> Cut:
    origin, rate = wanted.request.origin, wanted.request.rate
    assert origin is not None
    timeline = Timeline(
        rate=rate,
        size=wanted.request.size,
        clips=(Clip(shot="", video="", first_frame=0, frame_count=reel.frame_count),),
        captions=tuple(reel.captions),
        language=wanted.language or "en",
    )
    video, captions = folder / "film.mp4", folder / "film.vtt"
    engine.write_film(video, reel.takes, splicing.joined(reel.sounds), timeline)
    engine.write_captions(captions, timeline.captions)
    manifest = Manifest(
        screenplay=wanted.screenplay,
        engine=reel.engines[0],
        seed=wanted.seed,
        rate=rate,
        frame_count=reel.frame_count,
        appearances=tuple(reel.appearances),
        parents=tuple(dict.fromkeys(piece.film for piece in origin.pieces)),
        sources=tuple(reel.sources),
    )
    poster = engine.poster(video, at_s=float(rate.seconds_at(reel.frame_count // 2)))
    return Cut(video=video, captions=captions, poster=poster, manifest=manifest)


def _fade_frames(rate: FrameRate, frame_count: int) -> int:
    """Return how many frames of a film fade into its beginning when it is looped."""
    return max(1, min(rate.frames_in_ms(FADE_MS), int(frame_count * FADE_SHARE)))


def _reversible(play: Screenplay | None, *, length_ms: int) -> bool:
    """Whether a film may be shown backwards too: one picture in which nobody acts or speaks."""
    if play is None or len(play.beats) != 1 or 2 * length_ms > DURATION_MS_MAX:
        return False
    beat = play.beats[0]
    return not (beat.actions or beat.lines or beat.sounds or beat.title)
