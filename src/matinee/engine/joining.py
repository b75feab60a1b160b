"""The film file: takes joined by packet copy, with sound, captions, and a poster beside it."""

from collections.abc import Sequence
from pathlib import Path

from matinee.film import Timeline
from matinee.film.timeline import Caption

from .render import encode
from .sound.tapes import Sound
from .sound.voices import primary_tag

# ISO 639-1 to ISO 639-2/T, which the mp4 format stores; a tag of three letters is one already.
ISO_639_2 = {
    "ar": "ara",
    "bn": "ben",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hi": "hin",
    "hu": "hun",
    "id": "ind",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "ms": "msa",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "sw": "swa",
    "ta": "tam",
    "th": "tha",
    "tr": "tur",
    "uk": "ukr",
    "ur": "urd",
    "vi": "vie",
    "zh": "zho",
}


def write_film(path: Path, takes: Sequence[Path], samples: Sound, timeline: Timeline) -> None:
    """Join the files of a timeline's takes into one mp4 with sound and a caption track.

    `samples` is (n, 2) at 48 kHz. The file appears under its name only when it is complete.
    """
    encode.write_film(
        path,
        takes,
        samples,
        _cues(timeline.captions),
        language=_mp4_language(timeline.language),
        rate=timeline.rate.fraction,
    )


def write_captions(path: Path, captions: Sequence[Caption]) -> None:
    """Write captions as WebVTT, whole or not at all."""
    encode.write_vtt(path, _cues(captions))


def _cues(captions: Sequence[Caption]) -> list[encode.Caption]:
    return [encode.Caption(one.start_ms / 1000, one.end_ms / 1000, one.text) for one in captions]


def _mp4_language(tag: str) -> str:
    primary = primary_tag(tag)
    return ISO_639_2.get(primary, primary if len(primary) == 3 else "und")
