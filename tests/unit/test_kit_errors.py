import errno
from pathlib import Path

import pytest

from matinee.kit import errors


def test_every_concrete_error_has_one_of_the_five_kinds() -> None:
    for known in errors.concrete_errors():
        assert sum(issubclass(known, kind) for kind in errors.KINDS) == 1, known


def test_an_error_carries_its_code_message_and_values() -> None:
    error = errors.DiskFull(Path("/films"))
    assert error.code == "kit.disk_full"
    assert error.kind == "unavailable"
    assert error.details == {"path": "/films"}
    assert "/films" in str(error)


def test_an_error_comes_back_from_its_record_as_its_own_class() -> None:
    error = errors.DiskFull("/films")
    again = errors.revived(error.code, error.message, error.details)
    assert isinstance(again, errors.DiskFull)
    assert str(again) == str(error)
    assert again.details == error.details


def test_an_unknown_code_comes_back_as_nothing() -> None:
    assert errors.revived("kit.never_heard_of", "message", {}) is None


def test_a_code_without_its_package_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(AssertionError, match="Nameless"):
        type("Nameless", (errors.Invalid,), {"code": "Nameless"})


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EDQUOT, errors.DiskFull),
        (errno.EACCES, errors.FolderUnwritable),
        (errno.EROFS, errors.FolderUnwritable),
        (errno.EIO, type(None)),
    ],
)
def test_a_failed_write_is_named_by_its_reason(number: int, expected: type) -> None:
    assert type(errors.from_os_error(OSError(number, "reason"), "/films")) is expected
