"""How much of a film shows a work: read off the film's own manifest, which the stage wrote."""

from collections.abc import Mapping, Sequence

from matinee.film import Manifest

from .actions import Shown
from .splits import PPM


def shown_in(manifest: Manifest, works: Mapping[tuple[str, str], str]) -> list[Shown]:
    """Each work that a film shows, and in how many millionths of its frames.

    ``works`` says which work a thing of the manifest is, by the kind and name of its appearances.
    A frame counts once, however often the work is in it; how large it is there does not matter,
    because a hero in the distance is a hero. A work is never shown less than a millionth.
    """
    runs: dict[str, list[tuple[int, int]]] = {}
    for one in manifest.appearances:
        work_id = works.get((one.kind, one.name))
        if work_id is not None:
            runs.setdefault(work_id, []).append(
                (one.first_frame, one.first_frame + one.frame_count)
            )
    return [
        Shown(work_id, max(1, _covered(runs[work_id]) * PPM // manifest.frame_count))
        for work_id in sorted(runs)
    ]


def _covered(runs: Sequence[tuple[int, int]]) -> int:
    """How many frames lie in at least one run (first, end)."""
    covered, reached = 0, 0
    for first, end in sorted(runs):
        covered += max(0, end - max(first, reached))
        reached = max(reached, end)
    return covered
