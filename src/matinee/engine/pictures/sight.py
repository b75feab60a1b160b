"""What a photo shows: somebody, a thing, or a place; and how surely that can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from .cutout import cut_out
from .people import WHOLE_HEADS, portrait_of
from .planes import resized

if TYPE_CHECKING:
    from .cutout import Cutout
    from .photo import Photo

Shows: TypeAlias = Literal["person", "thing", "place"]

TALL, EVEN = 1.7, 0.82


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a photo shows.

    `doubtful` says that nothing can be cut out of it cleanly; `tall` is the height of the subject
    against its width; `even` that its left half mirrors its right; `whole` that it is not cut off
    by the lower edge, as a portrait is; of a person `heads` is how many times as high as the face
    the part below the face is.
    """

    shows: Shows
    doubtful: bool
    tall: float = 1.0
    even: bool = False
    whole: bool = True
    heads: float = 7.0


def sight_of(photo: Photo) -> Sight:
    """Look at a photo; the same photo is always seen alike."""
    portrait = portrait_of(photo)
    if portrait is not None:
        rows = np.flatnonzero((portrait.cutout.matte > 0.5).any(axis=1))
        below = (float(rows[-1]) - portrait.face.middle[1]) / portrait.face.height_px
        seen = _described("person", portrait.cutout)
        return replace(seen, heads=below, whole=seen.whole or below > WHOLE_HEADS)
    cut = cut_out(photo)
    return _described("place" if cut.doubtful else "thing", cut)


def _described(shows: Shows, cut: Cutout) -> Sight:
    small = resized(cut.matte, 96, max(round(96 * cut.matte.shape[1] / cut.matte.shape[0]), 8))
    inside = small > 0.5
    if not inside.any():
        return Sight(shows=shows, doubtful=True)
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    part = inside[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    both, either = (part & part[:, ::-1]).sum(), (part | part[:, ::-1]).sum()
    return Sight(
        shows=shows,
        doubtful=cut.doubtful,
        tall=float(part.shape[0] / part.shape[1]),
        even=bool(both > EVEN * either),
        whole=bool(float(inside[-2:].mean()) < 0.04),
    )
