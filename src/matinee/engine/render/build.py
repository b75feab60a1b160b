"""Compile the kernel: one shared library for each instruction set.

Stands on the standard library and the `ziglang` package alone, so that a build hook can load this
file by path before anything is installed. The compiler comes with `ziglang`; a machine without one
builds the same libraries.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

KERNEL = Path(__file__).with_name("kernel")
STAMP = "kernel.sha256"

VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "x86_64": {
        "avx512": ("-mcpu=x86_64_v4", "-mprefer-vector-width=512"),
        "avx2": ("-mcpu=x86_64_v3",),
        "sse4": ("-mcpu=x86_64_v2",),
    },
    "aarch64": {"neon": ("-mcpu=baseline",)},
}
"""Compiler flags of each variant, fastest first, by machine."""

FLAGS = (
    "-O3",
    "-std=gnu11",
    "-ffast-math",
    "-fPIC",
    "-shared",
    "-fvisibility=default",
    "-Wall",
    "-Wextra",
    # A hot loop that stays scalar would double the time of a frame without a word: it is an error.
    "-Werror=pass-failed",
    "-g0",
)


def machine() -> str:
    """Return the key of this machine in `VARIANTS`; raises RuntimeError for an unknown one."""
    name = platform.machine().lower()
    name = {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)
    if name not in VARIANTS:
        message = f"The render kernel has no variant for {name}; it knows {', '.join(VARIANTS)}."
        raise RuntimeError(message)
    return name


def library_name(variant: str) -> str:
    """Return the file name of a variant."""
    return f"kernel-{variant}.so"


def source_digest() -> str:
    """Return the SHA-256 of all kernel sources and flags: what the libraries were made from."""
    digest = hashlib.sha256(repr((FLAGS, VARIANTS)).encode())
    for path in sorted(KERNEL.glob("*.[ch]")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build_kernel(out_dir: Path, *, variants: tuple[str, ...] | None = None) -> list[Path]:
    """Compile this machine's variants (or the named ones) into `out_dir` and return their paths.

    Raises RuntimeError with the compiler's words when it refuses, which includes a loop marked
    HOT_LOOP that did not become vector code. A library appears under its name only when complete.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    sources = [str(path) for path in sorted(KERNEL.glob("*.c"))]
    built = []
    for variant, flags in VARIANTS[machine()].items():
        if variants is not None and variant not in variants:
            continue
        target = out_dir / library_name(variant)
        partial = target.with_suffix(f".{os.getpid()}.partial")
        command = [sys.executable, "-m", "ziglang", "cc", *FLAGS, *flags, *sources]
        run = subprocess.run(  # noqa: S603 - our own sources, no shell
            [*command, "-o", str(partial), "-lm"], capture_output=True, text=True, check=False
        )
        if run.returncode:
            partial.unlink(missing_ok=True)
            message = f"The render kernel ({variant}) did not compile:\n{run.stderr}"
            raise RuntimeError(message)
        partial.replace(target)
        built.append(target)
    if variants is None:
        (out_dir / STAMP).write_text(source_digest() + "\n", encoding="ascii")
    return built


if __name__ == "__main__":
    for library in build_kernel(Path(__file__).parent):
        sys.stdout.write(f"{library}\n")
