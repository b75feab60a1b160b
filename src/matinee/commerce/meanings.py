"""Meanings: directions for products and wishes that may be compared, and their short codes.

Embeddings of short texts lie close together, and apart by script; what is left after the middle of
known texts of the same script is taken away tells products apart. Its signs, 384 bits, are the code
by which the nearest of a million are found; the direction itself decides among those.
"""

import threading

import numpy as np

from .lexicon import rows
from .model import MEANING_SIZE, Embedder, Meaning
from .reading import is_han

_EVERY = 9
"""Of the kinds in the lexicon each ninth makes up the middles."""


class Meanings:
    """Tells what texts mean, with an embedder; safe to use from many threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Embed what the middles are made of with the first text."""
        self._embedder = embedder
        self._lock = threading.Lock()
        self._known: tuple[Meaning, Meaning] | None = None

    def of_products(self, texts: list[str]) -> np.ndarray:
        """Return the directions of products' texts, float32 (count, MEANING_SIZE)."""
        return self.centred(self._embedder.passages(texts), texts)

    def of_wish(self, text: str) -> Meaning:
        """Return the direction of what somebody seeks."""
        return np.asarray(self.centred(self._embedder.question(text)[None], [text])[0])

    def centred(self, directions: np.ndarray, texts: list[str]) -> np.ndarray:
        """Directions of texts without the middle of their script, each of length 1."""
        latin, han = self._middles()
        middles = np.stack([han if is_han(text) else latin for text in texts])
        return unit(directions - middles)

    def _middles(self) -> tuple[Meaning, Meaning]:
        with self._lock:
            if self._known is None:
                kinds = [row for row in rows("traits") if row["group"] == "kind"][::_EVERY]
                latin = [row[of].split(",")[0] for row in kinds for of in ("en", "de", "fr")]
                han = [row["zh"].split(",")[0] for row in kinds]
                self._known = (
                    self._embedder.passages(latin).mean(axis=0),
                    self._embedder.passages(han).mean(axis=0),
                )
            return self._known


def unit(directions: np.ndarray) -> np.ndarray:
    """Directions of length 1, float32."""
    assert directions.shape[-1] == MEANING_SIZE, directions.shape
    length = np.linalg.norm(directions, axis=-1, keepdims=True)
    return np.asarray(directions / np.maximum(length, 1e-9), dtype=np.float32)


def code_of(direction: Meaning) -> str:
    """The signs of a direction as a literal of 384 bits."""
    return "".join("1" if positive else "0" for positive in direction > 0)


def written(direction: Meaning) -> str:
    """A direction as a literal of a halfvec."""
    return "[" + ",".join(f"{value:.5f}" for value in direction) + "]"
