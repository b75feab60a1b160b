"""All photographs of a scene on one sheet, and the meshes that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matinee.engine.render.sheet import photo_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.render.sheet import PhotoSheet, Texels


@dataclass(frozen=True, eq=False)
class Prints:
    """The photographs of a scene, laid out; `sheet` is None where there are none."""

    photos: tuple[Texels, ...]
    sheet: PhotoSheet | None

    def on(self, mesh: Mesh, photo: Texels | None) -> Mesh:
        """Return a mesh that shows `photo`, ready for the renderer; without one, as it is."""
        if photo is None or self.sheet is None:
            return mesh
        number = next(k for k, own in enumerate(self.photos) if own is photo)
        return self.sheet.laid_out(mesh, number)


def printed(photos: Iterable[Texels | None]) -> Prints:
    """Lay out the photographs of a scene, each once."""
    own: dict[int, Texels] = {id(one): one for one in photos if one is not None}
    unique = tuple(own.values())
    return Prints(unique, photo_sheet(unique))
