"""Examining a file that somebody sent: in a process of its own, with little time and memory.

Nothing is believed of such a file: it may be no film, a decompression bomb, or made to break what
reads it. So a child process reads it, with limits on its time and memory and no way to write, and
what it says is a line of JSON of our own.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from matinee.trust.errors import FileUnreadable

FILE_BYTES_MAX = 512 * 1024 * 1024
_TIMEOUT_S = 60
_CPU_S = 45
_MEMORY_BYTES = 3 << 30
_OUTPUT_BYTES_MAX = 4 << 20


class Manifest(msgspec.Struct, frozen=True):
    """What the seal of a file says: whether it holds, who signed, and what was done."""

    state: str
    signer: str
    issuer: str
    generator: str
    title: str
    actions: tuple[str, ...]
    source: str
    parents: tuple[str, ...]
    film: str
    label: str
    problems: tuple[str, ...]


class Examined(msgspec.Struct, frozen=True):
    """What a file is, and what was found in it."""

    kind: str
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    examined_ms: int = 0
    manifest: Manifest | None = None
    prints: tuple[tuple[int, str], ...] = ()
    mark: int | None = None


def examined(path: Path, *, anchors_pem: str) -> Examined:
    """Examine a file of a film or picture; raises FileUnreadable."""
    size = path.stat().st_size
    if size > FILE_BYTES_MAX:
        raise FileUnreadable(f"it is larger than {FILE_BYTES_MAX >> 20} MiB")
    command = [sys.executable, "-m", "matinee.trust.provenance.examining", str(path)]
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OMP_NUM_THREADS": "1",
        "PATH": os.defpath,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the path is an argument
            command,
            input=anchors_pem.encode(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileUnreadable("it takes too long to read") from error
    if done.returncode != 0 or len(done.stdout) > _OUTPUT_BYTES_MAX:
        raise FileUnreadable("it cannot be read as a film or a picture")
    try:
        told = msgspec.json.decode(done.stdout, type=dict[str, Any])
        if "refused" in told:
            raise FileUnreadable(str(told["refused"]))
        return msgspec.convert(told, Examined)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FileUnreadable("it cannot be read as a film or a picture") from error


def _main(path: Path) -> None:
    """Read a file and print what is found: the child process."""
    anchors_pem = sys.stdin.read()
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from matinee.trust.provenance import looking  # noqa: PLC0415 - limits come before its parsers

    sys.stdout.write(json.dumps(looking.looked_at(path, anchors_pem)))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
