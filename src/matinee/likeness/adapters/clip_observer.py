"""Looks at the clips of characters with the engine's own eyes for pictures."""

import tempfile
from pathlib import Path

from matinee.engine import pictures
from matinee.likeness.model import SeenClip


class ClipObserver:
    """Sees whoever fills the picture: colours by region, and the best frame."""

    def look(self, content: bytes) -> SeenClip:
        """Return who is in a clip; raises ClipUnusable."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip"
            path.write_bytes(content)
            clip = pictures.read_clip(path)
        return SeenClip(
            content=content,
            looks=pictures.looks_of(clip),
            picture=pictures.kept_bytes(clip.best),
        )
