"""How much of a film shows a work: read off the film's own manifest, which the stage wrote."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matinee.film import Manifest
from matinee.film.shot import Appearance

from .splits import PPM

Thing = tuple[str, str]
"""Kind and name of something as a manifest has it."""

WHOLE: Thing = ("film", "")
"""What belongs to no thing of its own: it is in the whole film."""

SAID: Thing = ("said", "")
"""What is only said or written in a film, and not seen."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where something is in a film: runs of frames (first, count), and how much they take.

    ``frames_ppm`` are millionths of the film's frames, ``picture_ppm`` of its picture: a hero in
    the distance is in every frame, and takes little of each.
    """

    runs: tuple[tuple[int, int], ...]
    frames_ppm: int
    picture_ppm: int


def presence_of(manifest: Manifest, things: Iterable[Thing]) -> Presence | None:
    """Where any of these things is seen; None if none is. A frame counts once, whoever is in it.

    A thing is never in less than a millionth of the film.
    """
    wanted = set(things)
    if WHOLE in wanted:
        return Presence(((0, manifest.frame_count),), PPM, PPM)
    seen = [one for one in manifest.appearances if (one.kind, one.name) in wanted]
    if not seen:
        return Presence((), 1, 0) if SAID in wanted else None
    runs = tuple(_joined((one.first_frame, one.first_frame + one.frame_count) for one in seen))
    frame_count = sum(end - first for first, end in runs)
    return Presence(
        tuple((first, end - first) for first, end in runs),
        max(1, frame_count * PPM // manifest.frame_count),
        min(PPM, max(1, int(_area(seen) * PPM / manifest.frame_count))),
    )


def shown_in(
    manifest: Manifest, works: Mapping[str, Iterable[Thing]]
) -> Iterator[tuple[str, Presence]]:
    """Yield each work that a film shows with where; ``works`` are the things that each is.

    How large it is does not matter, because a hero in the distance is a hero.
    """
    for work_id, things in sorted(works.items()):
        found = presence_of(manifest, things)
        if found is not None:
            yield work_id, found


def _joined(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs (first, end) in order, those that touch as one."""
    current: tuple[int, int] | None = None
    for first, end in sorted(runs):
        if current is None or first > current[1]:
            if current is not None:
                yield current
            current = (first, end)
        else:
            current = (current[0], max(current[1], end))
    if current is not None:
        yield current


def _area(seen: Sequence[Appearance]) -> float:
    """Of how many whole frames the picture is taken; two things in a frame take what both take."""
    return sum(one.coverage * one.frame_count for one in seen)
