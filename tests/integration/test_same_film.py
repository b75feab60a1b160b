"""The main promise of the screenplay: one sentence and one seed are one film, on any day."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

PROMPT = 'A robot and a girl meet in the forest at dawn. "Are you real?" she asks.'


def made(home: Path, hash_seed: str, *, seed: int = 3, threads: int = 2) -> str:
    film = home / "film.mp4"
    words = ["make", PROMPT, "-o", str(film), "--seconds", "2", "--size", "160x90"]
    done = subprocess.run(
        [sys.executable, "-m", "matinee.entrypoints.cli", *words, "--seed", str(seed)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONHASHSEED": hash_seed,
            "MATINEE_HOME": str(home / "m"),
            "MATINEE_RENDER_THREADS": str(threads),
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    # The seal in front of the media bears its own salt and signature; the film is what it seals.
    _, media, samples = film.read_bytes().partition(b"mdat")
    assert media
    return sha256(samples).hexdigest()


def test_one_sentence_and_one_seed_are_one_film_in_any_process_and_another_seed_is_another(
    home: Path,
) -> None:
    home.chmod(0o711)  # as root the database runs as nobody, who has to pass through
    for name in "abc":
        (home / name).mkdir()
    first = made(home / "a", "1")
    assert made(home / "b", "2", threads=1) == first
    assert made(home / "c", "1", seed=4) != first
