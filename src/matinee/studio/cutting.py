"""The cut: takes one after another, the mixed sound, captions, a poster and the manifest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from matinee import engine, film
from matinee.film import FrameRate, Manifest, Screenplay, Shot, Take, Timeline
from matinee.film.timeline import Clip

from .captions import captions_of


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A finished film: its files, its poster (WebP) and what is in it."""

    video: Path
    captions: Path
    poster: bytes
    manifest: Manifest


def cut(
    play: Screenplay,
    shots: Sequence[Shot],
    takes: Sequence[Take],
    *,
    videos: Sequence[Path],
    waves: Mapping[str, bytes],
    folder: Path,
    seed: int,
) -> Cut:
    """Cut the takes of `shots` into a film in `folder`.

    `videos` are the takes' files in the same order; `waves` holds the sound file of each speech
    under `Speech.audio`.
    """
    timeline = timeline_of(shots, takes, language=play.language)
    video, captions = folder / "film.mp4", folder / "film.vtt"
    engine.write_film(
        video,
        videos,
        engine.soundtrack(shots, takes, waves, music=play.music, seed=seed),
        timeline,
    )
    engine.write_captions(captions, timeline.captions)
    return Cut(
        video=video,
        captions=captions,
        poster=engine.poster(video, at_s=_poster_s(timeline)),
        manifest=manifest_of(play, timeline, takes, seed=seed),
    )


def timeline_of(shots: Sequence[Shot], takes: Sequence[Take], *, language: str) -> Timeline:
    """Return the takes in their places, with the captions of what is said in them."""
    rate: FrameRate = shots[0].rate
    clips, first_frame = [], 0
    for take in takes:
        clips.append(
            Clip(
                shot=take.shot,
                video=take.video,
                first_frame=first_frame,
                frame_count=take.frame_count,
            )
        )
        first_frame += take.frame_count
    return Timeline(
        rate=rate,
        size=shots[0].size,
        clips=tuple(clips),
        captions=captions_of(shots, rate),
        language=language,
    )


def manifest_of(
    play: Screenplay, timeline: Timeline, takes: Sequence[Take], *, seed: int
) -> Manifest:
    """Return what the film shows when: the takes' appearances, moved to their places."""
    appearances = tuple(
        msgspec.structs.replace(one, first_frame=clip.first_frame + one.first_frame)
        for clip, take in zip(timeline.clips, takes, strict=True)
        for one in take.appearances
    )
    return Manifest(
        screenplay=film.digest(play),
        engine=takes[0].engine,
        seed=seed,
        rate=timeline.rate,
        frame_count=timeline.frame_count,
        appearances=appearances,
    )


def _poster_s(timeline: Timeline) -> float:
    """The middle of the longest shot: a picture that is neither a cut nor a first blink."""
    longest = max(timeline.clips, key=lambda clip: clip.frame_count)
    return float(timeline.rate.seconds_at(longest.first_frame + longest.frame_count // 2))
