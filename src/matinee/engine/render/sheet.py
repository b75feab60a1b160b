"""Photographs that the kernel shows on surfaces, side by side on one square sheet.

Vertices of `Surface.PHOTO` and `Surface.BACKDROP` carry a place in their own photograph (u from
its left, v from its top edge, in texels); `laid_out` turns that into places on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.render.textures import Mips

Texels: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
"""(h, w, 3) uint8 sRGB."""

SHEET_MAX = 4096
MARGIN = 16
"""How far an edge is continued, so that coarser levels do not mix neighbours at once."""
SHOWS_PHOTO = (int(Surface.PHOTO), int(Surface.BACKDROP))


@dataclass(frozen=True, eq=False)
class PhotoSheet:
    """A square of photographs with all its mip levels; `places` are (left, top) of each."""

    size: int
    texels: Mips
    places: tuple[tuple[int, int], ...]

    @property
    def levels(self) -> int:
        """How many levels there are, down to one texel."""
        return self.size.bit_length()

    def laid_out(self, mesh: Mesh, number: int) -> Mesh:
        """Return a mesh that shows photograph `number`, its places now those of the sheet."""
        shows = np.isin(mesh.surface, SHOWS_PHOTO)
        albedo = mesh.albedo.copy()
        left, top = self.places[number]
        albedo[shows, 0] = (albedo[shows, 0] + left) / self.size
        albedo[shows, 1] = (albedo[shows, 1] + top) / self.size
        return replace(mesh, albedo=albedo)


def photo_sheet(photos: Sequence[Texels]) -> PhotoSheet | None:
    """Put photographs on a sheet, tall ones first; none need none.

    Raises ValueError when they do not fit on 4096 by 4096 texels.
    """
    if not photos:
        return None
    size = 256
    while (found := _shelves(photos, size)) is None:
        size *= 2
        if size > SHEET_MAX:
            message = f"{len(photos)} photographs do not fit on a sheet of {SHEET_MAX} texels"
            raise ValueError(message)
    sheet = np.zeros((size, size, 4), np.uint8)
    for photo, (left, top) in zip(photos, found, strict=True):
        height, width = photo.shape[:2]
        framed = np.pad(photo, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="edge")
        rows = slice(top - MARGIN, top + height + MARGIN)
        sheet[rows, left - MARGIN : left + width + MARGIN, :3] = framed
    return PhotoSheet(size, _with_levels(sheet), tuple(found))


def _with_levels(sheet: Texels) -> Mips:
    """Return a sheet with coarser and coarser levels behind it, laid out as the kernel's noise."""
    levels = []
    while True:
        texels = np.ascontiguousarray(sheet).view(np.uint32)[:, :, 0]
        # The first texel again after the last: the kernel reads neighbours in pairs.
        levels.append(np.hstack([texels, texels[:, :1]]).ravel())
        if len(sheet) == 1:
            return np.concatenate([*levels, np.zeros(16, np.uint32)])
        pairs = sheet[0::2].astype(np.uint16) + sheet[1::2]
        sheet = ((pairs[:, 0::2] + pairs[:, 1::2] + 2) >> 2).astype(np.uint8)


def _shelves(photos: Sequence[Texels], size: int) -> list[tuple[int, int]] | None:
    """Where each photograph goes on a sheet, row by row; None when it is too small."""
    order = sorted(range(len(photos)), key=lambda k: -photos[k].shape[0])
    found: dict[int, tuple[int, int]] = {}
    left = top = shelf = 0
    for k in order:
        height, width = (side + 2 * MARGIN for side in photos[k].shape[:2])
        if left + width > size:
            left, top, shelf = 0, top + shelf, 0
        if width > size or top + height > size:
            return None
        found[k] = (left + MARGIN, top + MARGIN)
        left, shelf = left + width, max(shelf, height)
    return [found[k] for k in range(len(photos))]


def photo_mesh_colours(
    places: npt.NDArray[np.floating], texels_per_m: npt.NDArray[np.floating] | float
) -> npt.NDArray[np.float32]:
    """Return what stands for the albedo of vertices (n, 2) of a photograph, (n, 3)."""
    dense = np.broadcast_to(np.asarray(texels_per_m, np.float32), (len(places),))
    return np.column_stack([places, dense]).astype(np.float32)
