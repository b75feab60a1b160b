"""The embedded engine as a member of the crew."""

from collections.abc import Callable, Mapping
from pathlib import Path

from matinee import engine
from matinee.engine import footage
from matinee.film import Screenplay, Shot, Take
from matinee.studio.abilities import Abilities, Control, Errand, Guides


class StageEngine:
    """Shoots on the embedded 3D stage, on the CPU, without weights or keys."""

    name = "stage"
    abilities = Abilities(reference_images=16, likenesses=True)

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
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Render `shot` into an mp4 at `video_path` and return its take."""
        return engine.shoot(
            shot,
            video_path=video_path,
            cache=self._cache,
            threads=self._threads,
            pictures=guides.pictures,
            likenesses={name: worn.cutout for name, worn in guides.likenesses.items()},
            on_frames=errand.on_frames,
            on_preview=errand.on_preview,
            should_stop=errand.should_stop,
        )

    def prepare(self, play: Screenplay, *, seed: int) -> None:
        """Begin to build the place of the first beat, and return at once; see `Preparing`."""
        engine.prepare(play.setting(play.beats[0].setting), seed=seed, cache=self._cache)

    def guide(
        self,
        shot: Shot,
        paths: Mapping[Control, Path],
        *,
        pictures: Mapping[str, Path],
        should_stop: Callable[[], bool],
    ) -> None:
        """Write the passes of `shot` as videos; see the Guide Protocol."""
        footage.control_videos(
            shot, paths, cache=self._cache, pictures=pictures, should_stop=should_stop
        )
