import os
import subprocess
import sys
from pathlib import Path

import pytest

from matinee.kit import locks


def test_only_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = locks.FileLock(tmp_path / "lock"), locks.FileLock(tmp_path / "lock")
    first.acquire("serve")
    assert not second.try_acquire("make")
    with pytest.raises(locks.FolderInUse, match=rf"process {os.getpid()} \(serve\)"):
        second.acquire("make")
    first.release()
    second.acquire("make")
    assert second.holder() == f"process {os.getpid()} (make)"
    second.release()
    second.release()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from matinee.kit import locks;"
        "locks.FileLock(Path(sys.argv[1])).acquire('serve'); print('held', flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "lock")], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        lock = locks.FileLock(tmp_path / "lock")
        assert not lock.try_acquire("serve")
        holder.kill()
    assert lock.try_acquire("serve")
    lock.release()
