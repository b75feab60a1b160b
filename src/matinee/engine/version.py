"""Which engine this is: takes of one version may stand beside each other, and be found again."""

import hashlib
from functools import cache
from pathlib import Path

NAME = "stage"
# What an engine is made of; compiled kernels follow from their sources.
PARTS = {".py", ".c", ".h", ".npz", ".npy", ".tsv", ".json"}


@cache
def version() -> str:
    """Return `stage/` and a digest of everything that the engine's pictures follow from.

    Nobody has to remember to raise a number: whoever changes the engine gets another version,
    and with it fresh takes.
    """
    root = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in PARTS):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{NAME}/{total.hexdigest()[:12]}"
