"""An index in memory: for a handful of references, and where there is no database."""

from collections.abc import Mapping, Sequence

import numpy as np

from . import seeds
from .aligning import Posted
from .making import slimmed_reference
from .model import Fingerprint


class Shelf:
    """References in memory, found like those in the database."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, Fingerprint]] = []
        self._seeds: list[seeds.Seeds] = []

    def add(self, subject_id: str, reference: Fingerprint) -> None:
        """Keep a reference."""
        self._kept.append((subject_id, slimmed_reference(reference)))
        self._seeds.append(seeds.of_reference(reference.picture, reference.sound))

    def posted(self, keys: Sequence[int]) -> Posted:
        """All seeds with one of these keys, in any order."""
        all_seeds = seeds.joined(self._seeds)
        numbers = np.repeat(np.arange(len(self._seeds)), [len(one) for one in self._seeds])
        asked = np.isin(all_seeds.keys, np.array(keys, np.int32))
        return Posted(
            all_seeds.keys[asked],
            all_seeds.rests[asked],
            all_seeds.ticks[asked],
            numbers[asked].astype(np.int64),
        )

    def references(self, numbers: Sequence[int]) -> Mapping[int, tuple[str, Fingerprint]]:
        """The subjects and fingerprints of these numbers."""
        return {number: self._kept[number] for number in numbers}
