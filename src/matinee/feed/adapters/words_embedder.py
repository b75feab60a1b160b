"""Meaning by words alone: texts are near when they share words. For where no model is installed."""

import functools
import re
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from matinee.feed.model import MEANING_SIZE

# A word of letters, or two Chinese signs that follow each other.
_WORD = re.compile(r"[^\W\d_㐀-鿿]+|(?=([㐀-鿿]{2}))|[㐀-鿿]")


class WordsEmbedder:
    """Each word is a direction of its own, the same on every machine."""

    name = "words"

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return the sums of the texts' words, float32 (count, 384) of length 1."""
        return np.stack([_direction(text) for text in texts])

    def question(self, text: str) -> np.ndarray:
        """Return the sum of a text's words."""
        return _direction(text)


def _direction(text: str) -> np.ndarray:
    words = {match.group(1) or match.group(0) for match in _WORD.finditer(text.lower())} - {""}
    total = np.sum([_of_word(word) for word in sorted(words)] or [_of_word("")], axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


@functools.lru_cache(maxsize=4096)
def _of_word(word: str) -> np.ndarray:
    stem = word[:-1] if len(word) > 3 and word.endswith("s") else word  # noqa: PLR2004 - cats, cat
    seed = int.from_bytes(sha256(stem.encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(MEANING_SIZE)
