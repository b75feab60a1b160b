"""The animals that are shown as what they are, one row each."""

from __future__ import annotations

from matinee.engine.stage.creatures.species import Species

from . import birds, crawling, fabled, hooves, paws, water

TABLE: dict[str, Species] = {
    one.name: one
    for rows in (paws, hooves, birds, water, crawling, fabled)
    for one in vars(rows).values()
    if isinstance(one, Species)
}
SPECIES: tuple[str, ...] = tuple(sorted(TABLE))

__all__ = ["SPECIES", "TABLE"]
