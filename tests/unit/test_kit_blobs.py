from pathlib import Path

import pytest

from matinee.kit import blobs, errors


def stores(tmp_path: Path) -> list[blobs.Blobs]:
    return [
        blobs.at(None, folder=tmp_path / "blobs"),
        blobs.at(f"file://{tmp_path}/other", folder=tmp_path),
        blobs.at("memory://", folder=tmp_path),
    ]


def test_what_was_put_is_read_back_whole_and_in_parts(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000
    for store in stores(tmp_path):
        blob = store.put_bytes(content, suffix=".mp4")
        assert blob.size_bytes == len(content)
        assert blob.key.endswith(".mp4")
        assert store.read(blob.key) == content
        assert store.read_range(blob.key, first_byte=255, byte_count=3) == content[255:258]
        assert b"".join(store.chunks(blob.key)) == content
        assert b"".join(store.chunks(blob.key, first_byte=10, end_byte=20)) == content[10:20]


def test_a_file_and_its_bytes_have_the_same_key(tmp_path: Path) -> None:
    source = tmp_path / "take.mp4"
    source.write_bytes(b"frames" * 100_000)
    for store in stores(tmp_path):
        assert store.put_file(source) == store.put_bytes(source.read_bytes(), suffix=".mp4")


def test_putting_the_same_twice_changes_nothing(tmp_path: Path) -> None:
    for store in stores(tmp_path):
        first = store.put_bytes(b"frames")
        assert store.put_bytes(b"frames") == first
        assert store.read(first.key) == b"frames"


def test_an_empty_blob_is_a_blob(tmp_path: Path) -> None:
    for store in stores(tmp_path):
        blob = store.put_bytes(b"")
        assert store.exists(blob.key)
        assert list(store.chunks(blob.key)) == []


def test_a_missing_blob_is_named(tmp_path: Path) -> None:
    for store in stores(tmp_path):
        assert not store.exists("sha256/00/11")
        for read in (store.read, store.size_bytes, store.chunks):
            with pytest.raises(blobs.BlobNotFound, match="sha256/00/11"):
                read("sha256/00/11")


def test_a_deleted_blob_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    for store in stores(tmp_path):
        blob = store.put_bytes(b"frames")
        store.delete(blob.key)
        store.delete(blob.key)
        assert not store.exists(blob.key)


def test_fetching_writes_a_whole_file_and_leaves_no_partial_one(tmp_path: Path) -> None:
    target = tmp_path / "films" / "film.mp4"
    for store in stores(tmp_path):
        blob = store.put_bytes(b"frames" * 1_000_000)
        assert store.fetch(blob.key, target).stat().st_size == blob.size_bytes
        assert [entry.name for entry in target.parent.iterdir()] == ["film.mp4"]


def test_only_a_folder_knows_a_path(tmp_path: Path) -> None:
    folder, _, memory = stores(tmp_path)
    blob = folder.put_bytes(b"frames")
    path = folder.path(blob.key)
    assert path is not None
    assert path.read_bytes() == b"frames"
    assert memory.path(memory.put_bytes(b"frames").key) is None
    with pytest.raises(blobs.BlobNotFound):
        folder.path("sha256/00/11")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(errors.FolderUnwritable, match="MATINEE_HOME"):
        blobs.at(None, folder=tmp_path / "file" / "blobs")
