"""Environments of their own for clients that cannot live together, made on first use and kept."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "contract" / "openai_videos"
KEPT = Path(sys.prefix) / "clients"
INSTALL_S = 240


def python_with(requirements: str) -> Path:
    """The interpreter of an environment with exactly what a file here pins.

    Where the packages cannot be had the test is skipped and says why; in CI it fails.
    """
    pinned = HERE / requirements
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()[:12]
    place = KEPT / f"{pinned.stem}-{digest}"
    python = place / "bin" / "python"
    if not (place / "whole").exists():
        shutil.rmtree(place, ignore_errors=True)
        _make(place, python, pinned)
        (place / "whole").touch()
    return python


def _make(place: Path, python: Path, pinned: Path) -> None:
    uv = shutil.which("uv", path=f"{sys.prefix}/bin{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        _unavailable(f"uv is not installed, so {pinned.name} cannot be")
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(place)],
        ["pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", pinned],
    ):
        try:
            done = subprocess.run(
                [str(uv), *map(str, command)],
                capture_output=True,
                text=True,
                timeout=INSTALL_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            _unavailable(f"{pinned.name} took longer than {INSTALL_S} s to install")
        if done.returncode:
            _unavailable(f"{pinned.name} cannot be installed: {done.stderr.strip()[-300:]}")


def _unavailable(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
