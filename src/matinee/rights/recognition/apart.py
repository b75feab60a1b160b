"""Fingerprints made in a process of its own, with little time and memory.

Who made the file is not known, and what reads it are parsers that may break: a child process reads
it, with limits and no way to write, and hands the fingerprint over as bytes.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from matinee.kit import errors

from .errors import MediaTooLarge, MediaUnreadable
from .model import Fingerprint, decode

_CPU_S = 1_800
_TIMEOUT_S = 3_600
_MEMORY_BYTES = 4 << 30
_OUTPUT_BYTES_MAX = 64 << 20
_REFUSED = 3


def fingerprint_apart(path: Path) -> Fingerprint:
    """As ``fingerprint``, in a child process; raises ``MediaUnreadable`` and ``MediaTooLarge``."""
    command = [sys.executable, "-m", "matinee.rights.recognition.apart", str(path)]
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OMP_NUM_THREADS": "1",
        "PATH": os.defpath,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the path is an argument
            command, capture_output=True, timeout=_TIMEOUT_S, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise MediaUnreadable("it takes too long to read") from error
    if done.returncode == _REFUSED:
        code, _, message = done.stdout.decode(errors="replace").partition("\n")
        known = errors.revived(code, message, {})
        if isinstance(known, MediaTooLarge | MediaUnreadable):
            raise known
    if done.returncode != 0 or len(done.stdout) > _OUTPUT_BYTES_MAX:
        raise MediaUnreadable("it is damaged, or asks for too much memory or time")
    return decode(done.stdout)


def _main(path: Path) -> int:
    """Read a file and write its fingerprint: the child process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from .making import fingerprint  # noqa: PLC0415 - limits come before its parsers

    try:
        sys.stdout.buffer.write(fingerprint(path).encode())
    except (MediaTooLarge, MediaUnreadable) as error:
        sys.stdout.write(f"{error.code}\n{error.message}")
        return _REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1])))
