"""What ``matinee finish`` and ``matinee compare`` do."""

import re
from pathlib import Path

from matinee import studio
from matinee.entrypoints import making, wiring
from matinee.entrypoints.filming import Output
from matinee.entrypoints.filming import finish as written
from matinee.kit import errors
from matinee.kit.money import MicroMoney
from matinee.kit.settings import Settings
from matinee.studio import finals
from matinee.studio.finals import Finish

_SHOTS = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?", re.ASCII)


class ShotsInvalid(errors.Invalid):
    """Shots are not written as numbers."""

    code = "entrypoints.shots_invalid"

    def __init__(self, shots: str) -> None:
        super().__init__(
            f"{shots[:40]!r} does not name shots. Write their numbers, such as 2,3 or 4-6."
        )


def wish_of(engine: str, shots: str | None, budget: str | None, *, own_sound: bool) -> Finish:
    """Return what the words of the command mean; raises ShotsInvalid and AmountInvalid."""
    return Finish(
        engine=engine,
        shots=() if shots is None else _indices(shots),
        budget=None if budget is None else MicroMoney.of(budget),
        own_sound=own_sound,
    )


def _indices(shots: str) -> tuple[int, ...]:
    chosen: list[int] = []
    for part in shots.split(","):
        named = _SHOTS.fullmatch(part.strip())
        if named is None:
            raise ShotsInvalid(shots)
        first, last = int(named[1]), int(named[2] or named[1])
        chosen += range(first - 1, last)
    return tuple(chosen)


def finish(settings: Settings, film_id: str | None, wish: Finish, output: Output) -> None:
    """Make the final of a film."""
    making.check_output(output.path)
    with wiring.open_house(settings) as house:
        draft = making.finished(house, film_id)
        with house.database.transaction() as session:
            final = finals.finish_film(session, draft, wish, office=house.office)
        written(house, final, output)


def compare(settings: Settings, film_id: str | None, path: Path) -> str:
    """Write the comparison of a final to ``path``; returns what to tell about it."""
    making.check_output(path)
    with wiring.open_house(settings) as house:
        wanted = making.finished(house, film_id)
        with house.database.transaction() as session:
            film = studio.film_by_id(session, wanted)
            pairs = finals.compare(session, wanted)
        finals.write_comparison(film, pairs, path, blobs=house.blobs)
    lines = [f"{path}: drafts on the left, finals on the right"]
    for pair in pairs:
        told = [f"shot {pair.index + 1}", pair.engine, *filter(None, (pair.fitted,))]
        lines.append(", ".join([*told, *([str(pair.cost)] if pair.cost else [])]))
    return "\n".join([*lines, *([f"in all {film.cost}"] if film.cost else [])])
