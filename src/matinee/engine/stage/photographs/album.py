"""The photos and reels that a shot names, read when they are first needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from matinee.engine.pictures import Photo, PictureMissing, read_photo
from matinee.engine.recordings import Reel, decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Album:
    """Photos by the digests that a shot names them by, and reels by the likeness they show."""

    files: Mapping[str, Path] = field(default_factory=dict)
    reels: Mapping[str, Path] = field(default_factory=dict)

    def photo(self, digest: str) -> Photo:
        """Return a photo, the same object each time; raises PictureMissing or what reading does."""
        file = self.files.get(digest)
        if file is None or not file.exists():
            raise PictureMissing(digest)
        return _read(digest, file)

    def reel(self, likeness: str) -> Reel | None:
        """Return the reel of a likeness, None without one; raises what reading it does."""
        file = self.reels.get(likeness)
        return None if file is None else _reel(likeness, file.read_bytes())


@lru_cache(maxsize=2)
def _reel(_likeness: str, content: bytes) -> Reel:
    # The same reel is the same object, by which what is made of it is known.
    return decoded(content)


@lru_cache(maxsize=8)
def _read(_digest: str, file: Path) -> Photo:
    # The file of a digest may lie elsewhere next time, but never hold anything else.
    return read_photo(file.read_bytes())
