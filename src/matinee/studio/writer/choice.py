"""Choices that vary with the seed and with nothing else."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Option = TypeVar("Option")


class Choice:
    """Picks among options by the prompt, the language, the seed and what is chosen.

    Stable from run to run and from machine to machine, and independent of the order of asking, so
    that a new kind of choice does not change the others.
    """

    def __init__(self, prompt: str, language: str, seed: int) -> None:
        """Bind the choices of one screenplay."""
        root = hashlib.blake2b(digest_size=16)
        for part in (prompt, language, str(seed)):
            root.update(part.encode())
            root.update(b"\0")
        self._root = root.digest()

    def index(self, key: str, count: int) -> int:
        """Return a number from 0 to `count - 1` for `key`."""
        digest = hashlib.blake2b(key.encode(), key=self._root, digest_size=8).digest()
        return int.from_bytes(digest, "big") % count

    def of(self, key: str, options: Sequence[Option]) -> Option:
        """Return one of the options for `key`."""
        return options[self.index(key, len(options))]
