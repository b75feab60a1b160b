"""Every error of the command line is one line with a code, and the exit code says its kind."""

from pathlib import Path

import pytest

from matinee.entrypoints import cli, folder


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.run(words)
    out, err = capsys.readouterr()
    assert not (code and out)
    return code, err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ((), "Usage"),
        (("make",), "PROMPT"),
        (("make", "x", "--seed", "many"), "--seed"),
        (("serve", "--port", "0"), "--port"),
        (("keys", "forge"), "forge"),
        (("make", "x", "--surprise"), "--surprise"),
    ],
)
def test_words_that_cannot_be_read_are_told_in_one_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], hint: str
) -> None:
    code, line = told(capsys, *words)
    assert code == cli.EXIT_USAGE
    assert hint in line
    if words:
        assert line.startswith("error: ")
        assert line.endswith("[entrypoints.usage]\n")
        assert line.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("-o", "{home}"), "entrypoints.output_unusable"),
        (("-o", "{home}/none/film.mp4"), "entrypoints.output_unusable"),
        (("-o", "{home}/film.txt"), "entrypoints.output_unusable"),
        (("-o", "{home}/film.mp4", "--seconds", "soon"), "entrypoints.seconds_invalid"),
        (("-o", "{home}/film.mp4", "--seconds", "inf"), "entrypoints.seconds_invalid"),
        (("-o", "{home}/film.mp4", "--size", "127x72"), "film.frame_size_invalid"),
        (("-o", "{home}/film.mp4", "--fps", "0"), "film.frame_rate_invalid"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_started(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: tuple[str, ...],
    code: str,
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("MATINEE_HOME", str(home))
    exit_code, line = told(
        capsys, "make", "x", *(option.format(home=tmp_path) for option in options)
    )
    assert exit_code == cli.EXIT_CODES["invalid"]
    assert line.startswith("error: ")
    assert line.endswith(f"[{code}]\n")
    assert not home.exists()


def test_a_wrong_setting_is_told_by_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATINEE_PORT", "everywhere")
    code, line = told(capsys, "keys", "list")
    assert code == cli.EXIT_CODES["invalid"]
    assert "MATINEE_PORT" in line
    assert "[kit.setting_invalid]" in line


def test_help_and_version_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--help",), ("make", "-h"), ("keys", "create", "--help")):
        assert cli.run(words) == 0
        assert "Usage: matinee" in capsys.readouterr().out
    assert cli.run(("--version",)) == 0
    assert capsys.readouterr().out == f"matinee {folder.version()}\n"
