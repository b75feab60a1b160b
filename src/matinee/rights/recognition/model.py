"""What recognition knows of a film: its fingerprint, and what a match says about two of them.

A fingerprint is made once and kept. It serves as a reference and as a query: mirrored pictures are
found by turning the bits of a query, other speeds by its times (see ``pictures`` and ``sounds``).
"""

import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .errors import FingerprintUnreadable

Bytes2: TypeAlias = npt.NDArray[np.uint8]
Shorts: TypeAlias = npt.NDArray[np.uint16]
Floats: TypeAlias = npt.NDArray[np.float32]

HASH_BYTES = 32
CODE_BYTES = 16
HASHES_PER_S = 2
HOPS_PER_S = 8000 / 256
"""Times of sound peaks are counted in hops of the analysis, 32 ms."""

_MAGIC = b"MATFP\x01"
_UNPACKED_BYTES_MAX = 256 * 1024 * 1024


@dataclass(frozen=True, eq=False)
class PictureTrack:
    """What was seen.

    ``hashes`` (n, 32) and ``qualities`` (n,) are PDQ of every half second, of the picture without
    its flat borders. ``key_times`` (k,) counts half seconds and names the moments with local
    features; ``key_starts`` (k + 1,) says which rows of the features are theirs. A feature is a
    128-bit ``codes`` row, a place ``places`` (x, y; 65535 is the whole width or height), a size
    ``sizes`` (256ths of the width, at most 255) and an angle ``angles`` (256ths of a turn).
    ``aspect`` is width / height. Features of one moment are sorted, the most telling first.
    """

    aspect: float
    hashes: Bytes2
    qualities: Bytes2
    key_times: Shorts
    key_starts: npt.NDArray[np.uint32]
    codes: Bytes2
    places: Shorts
    sizes: Bytes2
    angles: Bytes2

    def features_of(self, key: int) -> slice:
        """The rows of the features of the moment with this index."""
        return slice(int(self.key_starts[key]), int(self.key_starts[key + 1]))


@dataclass(frozen=True, eq=False)
class SoundTrack:
    """What was heard: peaks of the spectrum, by time.

    ``times`` (n,) in hops of 32 ms, ``tones`` (n,) in half semitones above 110 Hz, ``ranks`` (n,)
    0 for the strongest of its neighbourhood.
    """

    times: npt.NDArray[np.uint32]
    tones: Bytes2
    ranks: Bytes2


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """A film as recognition knows it; the picture or the sound may be missing."""

    duration_ms: int
    picture: PictureTrack | None
    sound: SoundTrack | None

    def encode(self) -> bytes:
        """A compact form that ``decode`` reads back; equal fingerprints have equal bytes."""
        arrays: list[npt.NDArray[np.generic]] = []
        aspect = 0.0
        if self.picture is not None:
            aspect = self.picture.aspect
            arrays += [getattr(self.picture, name) for name, _ in _PICTURE_ARRAYS]
        if self.sound is not None:
            arrays += [getattr(self.sound, name) for name, _ in _SOUND_ARRAYS]
        head = np.array(
            [self.duration_ms, round(aspect * 1_000_000)]
            + [self.picture is not None, self.sound is not None]
            + [array.size for array in arrays],
            dtype="<u4",
        )
        body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
        return _MAGIC + zlib.compress(
            np.uint32(head.size).astype("<u4").tobytes() + head.tobytes() + body, 6
        )


_PICTURE_ARRAYS = (
    ("hashes", "u1"),
    ("qualities", "u1"),
    ("key_times", "<u2"),
    ("key_starts", "<u4"),
    ("codes", "u1"),
    ("places", "<u2"),
    ("sizes", "u1"),
    ("angles", "u1"),
)
_SOUND_ARRAYS = (("times", "<u4"), ("tones", "u1"), ("ranks", "u1"))
_WIDTHS = {"hashes": HASH_BYTES, "codes": CODE_BYTES, "places": 2}


def decode(packed: bytes) -> Fingerprint:
    """The fingerprint that ``encode`` wrote. Raises ``FingerprintUnreadable``."""
    if not packed.startswith(_MAGIC):
        raise FingerprintUnreadable("it does not begin as one")
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(packed[len(_MAGIC) :], _UNPACKED_BYTES_MAX)
    except zlib.error as error:
        raise FingerprintUnreadable("its bytes are damaged") from error
    try:
        return _unpack(body)
    except (ValueError, IndexError) as error:
        raise FingerprintUnreadable("its parts do not fit together") from error


def _unpack(body: bytes) -> Fingerprint:
    count = int(np.frombuffer(body, "<u4", 1)[0])
    head = [int(value) for value in np.frombuffer(body, "<u4", count, 4)]
    duration_ms, aspect_millionths, seen, heard, *sizes = head
    offset = 4 + 4 * count
    parts: list[dict[str, npt.NDArray[np.generic]]] = []
    for present, names in ((seen, _PICTURE_ARRAYS), (heard, _SOUND_ARRAYS)):
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for name, kind in names if present else ():
            size = sizes.pop(0)
            array = np.frombuffer(body, kind, size, offset)
            offset += array.nbytes
            width = _WIDTHS.get(name)
            arrays[name] = array if width is None else array.reshape(-1, width)
        parts.append(arrays)
    if offset != len(body):
        raise ValueError(offset)
    picture = PictureTrack(aspect_millionths / 1_000_000, **parts[0]) if seen else None  # type: ignore[arg-type]
    sound = SoundTrack(**parts[1]) if heard else None  # type: ignore[arg-type]
    _check(picture, sound)
    return Fingerprint(duration_ms, picture, sound)


def _check(picture: PictureTrack | None, sound: SoundTrack | None) -> None:
    """Raise ValueError unless lengths agree and the features of moments are in order."""
    if picture is not None:
        rows = {len(picture.codes), len(picture.places), len(picture.sizes), len(picture.angles)}
        starts = picture.key_starts.astype(np.int64)
        if (
            len(picture.hashes) != len(picture.qualities)
            or len(rows) != 1
            or len(starts) != len(picture.key_times) + 1
            or starts[0] != 0
            or starts[-1] != len(picture.codes)
            or (np.diff(starts) < 0).any()
        ):
            raise ValueError(rows)
    if sound is not None and len({len(sound.times), len(sound.tones), len(sound.ranks)}) != 1:
        raise ValueError(len(sound.times))


class Verdict(StrEnum):
    """What may follow from a match."""

    AUTOMATIC = "automatic"
    """Certain enough for the owner's policy to apply at once."""
    REVIEW = "review"
    """A person has to look."""


@dataclass(frozen=True)
class Span:
    """A stretch of a film, in milliseconds from its start."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Stretch:
    """One stretch of the query that shows or plays one stretch of the reference.

    ``speed`` is how fast the reference runs in the query: 2 is twice as fast, -1 is reversed.
    """

    query: Span
    reference: Span
    speed: float
    score: float


@dataclass(frozen=True)
class Geometry:
    """How the reference's picture lies in the query's.

    ``scale`` 0.3 is a third of its size, ``turn_degrees`` is counter-clockwise, ``mirrored`` left
    and right are exchanged, ``covered`` the part of the query's picture that it fills, 0 to 1.
    """

    scale: float
    turn_degrees: float
    mirrored: bool
    covered: float


@dataclass(frozen=True)
class Match:
    """One reference that a query shows or plays.

    ``score`` is normalised: 0 is what unrelated films reach, 1 is the least that is certain, and
    more is more. ``tone_shift`` is in semitones, None if no sound matched; ``how`` are words for a
    person who reviews: "mirrored", "turned", "picture in picture", "slower"...
    """

    subject_id: str
    score: float
    verdict: Verdict
    picture: tuple[Stretch, ...] = ()
    sound: tuple[Stretch, ...] = ()
    geometry: Geometry | None = None
    tone_shift: float | None = None
    how: tuple[str, ...] = field(default=())
