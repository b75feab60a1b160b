"""Logs go to standard error, whatever that is at the moment."""

import io

import pytest
import structlog

from matinee.kit import logs


def test_a_log_goes_where_standard_error_goes_now(monkeypatch: pytest.MonkeyPatch) -> None:
    before = structlog.get_config()
    first, second = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stderr", first)
    logs.configure(form="json", level="info")
    log = logs.logger("a_module")
    log.info("the_first")
    first_said = first.getvalue()
    first.close()
    monkeypatch.setattr("sys.stderr", second)
    log.info("the_second")
    structlog.configure(**before)
    assert "the_first" in first_said
    assert "the_second" in second.getvalue()
