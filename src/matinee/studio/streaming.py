"""Streams: a film as HLS (RFC 8216), while it is being made and when it is.

A film in the making is a list of its takes in order, as far as there are any, with the sound of
each shot by itself, because music and the mix wait for the last one. A finished film is cut at its
key frames. Pictures of full size are copied; smaller ones and sound are encoded when they are asked
for first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from matinee.film import FrameRate, FrameSize
from matinee.film.timeline import Caption

Form = Literal["live", "film"]
FORMS: tuple[Form, ...] = ("live", "film")
FULL, SOUND, WORDS = "full", "sound", "words"
# The lengths of a picture's short side that slower lines are offered.
SHORT_SIDES = (540, 360)
# Shorter parts are joined: a player pays for every request.
PART_S_MIN = Fraction(2)
SOUND_BITS_PER_S = 128_000
# The most that the small pictures need, measured on grain and foliage, per pixel of each frame.
SMALL_BITS_PER_PIXEL = Fraction(12, 100)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Frames of a file, the second of `frames` not included, seen from `at_frame` on."""

    video: str
    frames: tuple[int, int]
    at_frame: int

    @property
    def frame_count(self) -> int:
        """How many frames it has."""
        return self.frames[1] - self.frames[0]


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A film in parts; more follow unless it has `ended`. `longest` frames are in no part more."""

    form: Form
    parts: tuple[Part, ...]
    size: FrameSize
    rate: FrameRate
    longest: int
    ended: bool
    language: str
    captions: tuple[Caption, ...] = ()


def parts_of(video: str, starts: Sequence[int], total: int, rate: FrameRate) -> tuple[Part, ...]:
    """Cut a finished film at key frames (`starts`) into parts of two seconds or more."""
    least = rate.nearest_frame(PART_S_MIN)
    cuts = [0]
    for start in starts:
        if start - cuts[-1] >= least and total - start >= least:
            cuts.append(start)
    ends = [*cuts[1:], total]
    return tuple(
        Part(video=video, frames=(first, end), at_frame=first)
        for first, end in zip(cuts, ends, strict=True)
    )


def renditions_of(size: FrameSize) -> dict[str, FrameSize]:
    """Return the pictures that a film is offered in, the largest first."""
    short = min(size.width, size.height)
    offered = {FULL: size}
    for side in SHORT_SIDES:
        if side < short:
            width, height = (
                round(Fraction(one * side, short) / 2) * 2 for one in (size.width, size.height)
            )
            offered[f"{side}p"] = FrameSize(width, height)
    return offered


def master(stream: Stream, *, codec: str, small_codec: str, sound_codec: str, bits: int) -> str:
    """Return the playlist of playlists; `bits` a second are what the full picture needs."""
    sound = (
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,'
        f'CHANNELS="2",LANGUAGE="{stream.language}",URI="{stream.form}/{SOUND}.m3u8"'
    )
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS", sound]
    words = ""
    if stream.captions:
        words = ',SUBTITLES="words"'
        lines.append(
            '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="words",NAME="Captions",DEFAULT=YES,'
            f'AUTOSELECT=YES,LANGUAGE="{stream.language}",URI="{stream.form}/{WORDS}.m3u8"'
        )
    for name, size in renditions_of(stream.size).items():
        pixels = size.width * size.height * stream.rate.fraction
        picture = bits if name == FULL else round(pixels * SMALL_BITS_PER_PIXEL)
        codecs = f"{codec if name == FULL else small_codec},{sound_codec}"
        variant = (
            f"#EXT-X-STREAM-INF:BANDWIDTH={picture + SOUND_BITS_PER_S},RESOLUTION={size},"
            f'FRAME-RATE={float(stream.rate.fraction):.3f},CODECS="{codecs}",AUDIO="sound"{words}'
        )
        lines += [variant, f"{stream.form}/{name}.m3u8"]
    return "\n".join([*lines, ""])


def playlist(stream: Stream, rendition: str) -> str:
    """Return the playlist of a rendition: growing while the film is made, then whole."""
    suffix = "vtt" if rendition == WORDS else "m4s"
    longest_s = stream.rate.seconds_at(stream.longest)
    kind = "VOD" if stream.form == "film" else "EVENT"
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        # Rounded to the nearest second, no part may be longer than this.
        f"#EXT-X-TARGETDURATION:{max(1, -(-longest_s.numerator // longest_s.denominator))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{kind}",
    ]
    if rendition != WORDS:
        lines.append(f'#EXT-X-MAP:URI="{rendition}/init.mp4"')
    for number, part in enumerate(stream.parts):
        length_s = float(stream.rate.seconds_at(part.frame_count))
        lines += [f"#EXTINF:{length_s:.6f},", f"{rendition}/{number}.{suffix}"]
    if stream.ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])


def words_in(stream: Stream, part: Part) -> tuple[Caption, ...]:
    """Return the captions that are seen in a part; one that outlasts it is in the next one too."""
    start_ms = stream.rate.ms_at(part.at_frame)
    end_ms = stream.rate.ms_at(part.at_frame + part.frame_count)
    return tuple(one for one in stream.captions if one.start_ms < end_ms and one.end_ms > start_ms)
