"""The embedded engine as a member of the crew."""

from collections.abc import Callable
from pathlib import Path

from matinee import engine
from matinee.film import Shot, Take


class StageEngine:
    """Shoots on the embedded 3D stage, on the CPU, without weights or keys."""

    name = "stage"

    def __init__(self, cache: Path, *, threads: int | None = None) -> None:
        """Keep baked worlds in the folder `cache`, which may be emptied at any time.

        `threads` frames are drawn at a time; None takes every core.
        """
        self._cache, self._threads = cache, threads
        self.version = engine.version()

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        on_frames: Callable[[int], None],
        on_preview: Callable[[bytes], None],
        should_stop: Callable[[], bool],
    ) -> Take:
        """Render `shot` into an mp4 at `video_path` and return its take."""
        return engine.shoot(
            shot,
            video_path=video_path,
            cache=self._cache,
            threads=self._threads,
            on_frames=on_frames,
            on_preview=on_preview,
            should_stop=should_stop,
        )
