"""Pictures as bits: a hash of the whole picture twice a second, and features of its details.

The whole picture is hashed by PDQ (Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
Image-Hashing Algorithm", 2019): 256 signs of low frequencies. It lives through encoding, scaling
and grading and costs a millisecond, but not through cropping or turning. For these there are SIFT
features (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 2004) with the
normalisation of Arandjelović and Zisserman ("Three things everyone should know to improve object
retrieval", CVPR 2012), each made into 128 bits by the signs of projections.

Nothing is computed twice for mirrored pictures. In PDQ, mirroring turns the signs of the odd
columns. The projections of features come in pairs, the second of each being the first as a mirrored
picture would see it, so that mirroring exchanges the two halves of the code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import cv2
import numpy as np
import numpy.typing as npt
import pdqhash  # type: ignore[import-untyped]

from .model import CODE_BYTES, HASH_BYTES, Bytes2, PictureTrack
from .reading import Sample

FEATURES_PER_KEY = 160
KEPT_FEATURES_PER_KEY = 48
"""So many features of a moment are kept of a reference; a query has more, to find small insets."""

_CHUNK = 120  # pictures whose borders are judged together: a minute
_CUT_BITS = 100  # so many bits of the hash differ after a cut, whose picture is looked at closely
_MOVED_BITS = 20  # and so many after something moved, which is looked at once a second
_MOVED_MOMENTS, _STILL_MOMENTS = 2, 4
_FLAT_RANGE = 12  # a border is flat within this many levels
_BORDER_SHARE_MIN = 0.03
_FEATURES_SEEN = 400
_BANDS_PX = (3.2, 6.0)  # sizes of features, between small, middle and large

_MIRRORED_HASH = np.packbits(np.tile([0, 1], 128).astype(np.uint8))


def picture_track(samples: Iterable[Sample]) -> PictureTrack | None:
    """The track of these pictures, None if there are none."""
    detector = cv2.SIFT.create(nfeatures=_FEATURES_SEEN, contrastThreshold=0.02)
    hashes: dict[int, tuple[Bytes2, int]] = {}
    keys: list[tuple[int, _Features]] = []
    aspect, last_key = 1.0, None
    for chunk in _chunks(samples):
        top, bottom, left, right = _borders([sample.pixels for sample in chunk])
        for sample in chunk:
            height, width = sample.pixels.shape[:2]
            aspect = width / height
            inner = sample.pixels[top : height - bottom, left : width - right]
            bits, quality = pdqhash.compute(np.ascontiguousarray(inner))
            packed = np.packbits(np.asarray(bits, np.uint8))
            hashes[sample.moment] = (packed, int(quality))
            if last_key is None or _is_key(sample.moment, packed, *last_key):
                last_key = (sample.moment, packed)
                keys.append((sample.moment, _features(detector, sample.pixels)))
    if not hashes:
        return None
    return _track(aspect, hashes, keys)


_Features = tuple[Bytes2, npt.NDArray[np.uint16], Bytes2, Bytes2]


def _track(
    aspect: float, hashes: dict[int, tuple[Bytes2, int]], keys: list[tuple[int, _Features]]
) -> PictureTrack:
    """Moments without a picture of their own (a slow file's) repeat the one before them."""
    rows, qualities, current = [], [], hashes[min(hashes)]
    for moment in range(max(hashes) + 1):
        current = hashes.get(moment, current)
        rows.append(current[0])
        qualities.append(current[1])
    starts = np.cumsum([0, *(len(features[0]) for _, features in keys)])
    columns = [np.concatenate([features[n] for _, features in keys]) for n in range(4)]
    return PictureTrack(
        aspect=aspect,
        hashes=np.stack(rows),
        qualities=np.array(qualities, np.uint8),
        key_times=np.array([moment for moment, _ in keys], np.uint16),
        key_starts=starts.astype(np.uint32),
        codes=columns[0],
        places=columns[1],
        sizes=columns[2],
        angles=columns[3],
    )


def _chunks(samples: Iterable[Sample]) -> Iterator[list[Sample]]:
    waiting = iter(samples)
    while chunk := list(islice(waiting, _CHUNK)):
        # A file may change its size on the way; those pictures have no borders in common.
        while chunk:
            same = [one for one in chunk if one.pixels.shape == chunk[0].pixels.shape]
            yield same
            chunk = [one for one in chunk if one.pixels.shape != chunk[0].pixels.shape]


def _is_key(moment: int, packed: Bytes2, key_moment: int, key_hash: Bytes2) -> bool:
    """Whether details of this moment are worth their bytes: after a cut, and now and then."""
    changed = int(np.bitwise_count(packed ^ key_hash).sum())
    since = moment - key_moment
    if changed >= _CUT_BITS or since >= _STILL_MOMENTS:
        return True
    return changed >= _MOVED_BITS and since >= _MOVED_MOMENTS


def _borders(pictures: list[npt.NDArray[np.uint8]]) -> tuple[int, int, int, int]:
    """Rows above and below, columns left and right, that are of one colour in all of these."""
    low = np.minimum.reduce(pictures).astype(np.int16)
    high = np.maximum.reduce(pictures).astype(np.int16)
    height, width = low.shape[:2]

    def flat(lows: npt.NDArray[np.int16], highs: npt.NDArray[np.int16]) -> int:
        limit = int(len(lows) * 0.45)
        lowest = np.minimum.accumulate(lows.min(axis=1)[:limit], axis=0)
        highest = np.maximum.accumulate(highs.max(axis=1)[:limit], axis=0)
        fitting = ((highest - lowest) <= _FLAT_RANGE).all(axis=1)
        return int(fitting.sum())

    top, bottom = flat(low, high), flat(low[::-1], high[::-1])
    columns_low, columns_high = low.swapaxes(0, 1), high.swapaxes(0, 1)
    left, right = flat(columns_low, columns_high), flat(columns_low[::-1], columns_high[::-1])
    rows_min, columns_min = height * _BORDER_SHARE_MIN, width * _BORDER_SHARE_MIN
    return (
        top if top >= rows_min else 0,
        bottom if bottom >= rows_min else 0,
        left if left >= columns_min else 0,
        right if right >= columns_min else 0,
    )


def _features(detector: cv2.SIFT, pixels: npt.NDArray[np.uint8]) -> _Features:
    """Codes, places, sizes and angles of the features of one picture, the most telling first."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    points, descriptors = detector.detectAndCompute(grey, None)
    if descriptors is None or not len(points):
        empty = np.zeros((0, 2), np.uint16)
        return (
            np.zeros((0, CODE_BYTES), np.uint8),
            empty,
            empty[:, 0].astype(np.uint8),
            empty[:, 0].astype(np.uint8),
        )
    height, width = grey.shape
    sizes = np.array([point.size for point in points])
    order = _telling_first(sizes, np.array([point.response for point in points]))
    places = np.array([point.pt for point in points])[order] / (width, height)
    angles = np.array([point.angle for point in points])[order]
    return (
        _codes(descriptors[order].astype(np.float32)),
        np.clip(places * 65535, 0, 65535).astype(np.uint16),
        np.clip(sizes[order] / width * 256 * _SIZE_UNITS, 1, 255).astype(np.uint8),
        (np.round(angles / 360 * 256).astype(np.int64) % 256).astype(np.uint8),
    )


_SIZE_UNITS = 4.0  # a feature as large as a quarter of the width is the largest that is told apart


def _telling_first(
    sizes: npt.NDArray[np.float64], responses: npt.NDArray[np.float64]
) -> npt.NDArray[np.intp]:
    """An order that takes from small, middle and large features in turn, strong ones first.

    Small features die when a picture is made smaller, large ones when it is cropped.
    """
    bands = np.digitize(sizes, _BANDS_PX)
    rank = np.zeros(len(sizes))
    for band in range(len(_BANDS_PX) + 1):
        chosen = np.flatnonzero(bands == band)
        rank[chosen[np.argsort(-responses[chosen], kind="stable")]] = np.arange(len(chosen))
    return np.lexsort((bands, rank))[:FEATURES_PER_KEY]


def _codes(descriptors: npt.NDArray[np.float32]) -> Bytes2:
    """128 bits of each descriptor (n, 128)."""
    unit = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    signs = (unit - _MEAN) @ _PROJECTIONS > 0
    return np.packbits(signs, axis=1)


def _mirrored_order() -> npt.NDArray[np.intp]:
    """Where each of a descriptor's 128 parts is in the descriptor of the mirrored picture.

    A descriptor has 4 rows, 4 columns and 8 directions along its own angle, which mirroring turns
    around: rows and directions run the other way.
    """
    parts = np.arange(128).reshape(4, 4, 8)
    return parts[::-1][:, :, (-np.arange(8)) % 8].reshape(-1)


def _projections() -> npt.NDArray[np.float32]:
    """(128, 128): 64 random directions and then the same as a mirrored picture sees them."""
    half = np.random.default_rng(20210).standard_normal((128, 64))
    half, _ = np.linalg.qr(half)
    return np.concatenate([half, half[_mirrored_order()]], axis=1).astype(np.float32)


# The mean descriptor of pictures in thousandths: the upper two rows of cells, 4 columns each, in 8
# directions. Measured over pictures of noise and shapes; the lower rows mirror the upper ones.
# fmt: off
_UPPER_MEAN = np.array((
    69, 76, 65, 53, 44, 41, 41, 49, 105, 95, 65, 47, 41, 44, 53, 74,
    103, 77, 53, 43, 42, 49, 67, 91, 67, 49, 40, 40, 47, 58, 69, 75,
    92, 81, 67, 60, 53, 49, 48, 59, 150, 107, 68, 54, 47, 48, 57, 94,
    150, 96, 57, 48, 48, 55, 69, 105, 90, 59, 48, 50, 56, 64, 71, 81,
)).reshape(2, 4, 8)
# fmt: on


def _mean() -> npt.NDArray[np.float32]:
    """The mean descriptor (128,), without which most signs would be the same for all features."""
    upper = _UPPER_MEAN / 1000
    lower = upper[::-1][:, :, (-np.arange(8)) % 8]
    return np.concatenate([upper, lower]).reshape(-1).astype(np.float32)


_PROJECTIONS = _projections()
_MEAN = _mean()


def slimmed(track: PictureTrack) -> PictureTrack:
    """The same with only as many features of each moment as are kept of a reference."""
    starts = track.key_starts.astype(np.int64)
    counts = np.minimum(np.diff(starts), KEPT_FEATURES_PER_KEY)
    ends = np.cumsum(counts)
    rows = (
        np.arange(counts.sum()) - np.repeat(ends - counts, counts) + np.repeat(starts[:-1], counts)
    )
    return replace(
        track,
        key_starts=np.concatenate([[0], ends]).astype(np.uint32),
        codes=track.codes[rows],
        places=track.places[rows],
        sizes=track.sizes[rows],
        angles=track.angles[rows],
    )


def mirrored_hashes(hashes: Bytes2) -> Bytes2:
    """What the hashes (n, 32) would be if the pictures were mirrored."""
    return hashes ^ _MIRRORED_HASH


def mirrored_codes(codes: Bytes2) -> Bytes2:
    """What the codes (n, 16) would be if the pictures were mirrored."""
    half = CODE_BYTES // 2
    return np.concatenate([codes[:, half:], codes[:, :half]], axis=1)


assert _MIRRORED_HASH.size == HASH_BYTES
