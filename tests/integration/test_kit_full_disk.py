"""A disk that fills up, for real: a small file system in memory, which only root may mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from matinee.kit import blobs, db, errors, postgres

DISK_BYTES = 120 << 20


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(home)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    home.chmod(0o711)
    yield home
    subprocess.run(["umount", "-l", str(home)], check=True)  # noqa: S607 - as mounted above


def filled(folder: Path, *, left_bytes: int) -> Path:
    filler = folder / "filler"
    filler.write_bytes(b"\0" * (shutil.disk_usage(folder).free - left_bytes))
    return filler


def test_a_blob_too_large_for_the_disk_is_refused_and_leaves_nothing(small_disk: Path) -> None:
    store = blobs.at(None, folder=small_disk / "blobs")
    kept = store.put_bytes(b"a take that is finished")
    filler = filled(small_disk, left_bytes=1 << 20)
    with pytest.raises(errors.DiskFull, match="finished work is kept"):
        store.put_bytes(os.urandom(2 << 20))
    assert [path for path in (small_disk / "blobs").rglob("*") if path.is_file()] == [
        store.path(kept.key)
    ]
    filler.unlink()
    assert store.exists(store.put_bytes(os.urandom(2 << 20)).key)


def test_a_fetch_that_does_not_fit_leaves_no_partial_file(small_disk: Path, tmp_path: Path) -> None:
    store = blobs.at(None, folder=tmp_path / "blobs")
    blob = store.put_bytes(os.urandom(2 << 20))
    filled(small_disk, left_bytes=1 << 20)
    with pytest.raises(errors.DiskFull):
        store.fetch(blob.key, small_disk / "film.mp4")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_database_without_room_says_so_and_goes_on_once_there_is_room(small_disk: Path) -> None:
    with postgres.open_server(small_disk) as server:
        database = db.Database(server.url)
        filler = filled(small_disk, left_bytes=1 << 20)
        fill = text(
            "create table big as select repeat(md5(i::text), 30) from generate_series(1,2e5) i"
        )
        with pytest.raises(errors.DiskFull, match="database"), database.transaction() as session:
            session.execute(fill)
        filler.unlink()
        with database.transaction() as session:
            assert session.execute(text("select 1")).scalar() == 1
        database.close()


def test_a_first_start_without_room_says_so(small_disk: Path) -> None:
    filler = filled(small_disk, left_bytes=10 << 20)
    with pytest.raises(errors.DiskFull, match="MATINEE_HOME"):
        postgres.open_server(small_disk)
    filler.unlink()
    postgres.open_server(small_disk).stop()
