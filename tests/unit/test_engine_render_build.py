"""The kernel is compiled for every instruction set, and never silently slow."""

import importlib.util
from pathlib import Path

import pytest

from matinee.engine.render import build, native

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ziglang") is None, reason="the compiler is a build dependency"
)

VECTOR = """
#include "{kernel}/simd.h"
void scale(float *restrict a, int n) {{ HOT_LOOP for (int i = 0; i < n; i++) a[i] *= 2.f; }}
"""
SCALAR = """
#include "{kernel}/simd.h"
int step(int);
void chain(int *a, int n) {{ HOT_LOOP for (int i = 1; i < n; i++) a[i] = step(a[i - 1]); }}
"""


def built_from(
    source: str, folder: Path, monkeypatch: pytest.MonkeyPatch, variant: str
) -> list[Path]:
    code = folder / "code"
    code.mkdir()
    (code / "loop.c").write_text(source.format(kernel=build.KERNEL), encoding="utf-8")
    monkeypatch.setattr(build, "KERNEL", code)
    return build.build_kernel(folder / "out", variants=(variant,))


def test_a_hot_loop_that_stays_scalar_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuntimeError, match="loop not vectorized"):
        built_from(SCALAR, tmp_path, monkeypatch, next(iter(build.VARIANTS[build.machine()])))
    assert not list((tmp_path / "out").glob("*"))


def test_a_hot_loop_that_becomes_vectors_builds_for_every_variant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variant in build.VARIANTS[build.machine()]:
        folder = tmp_path / variant
        folder.mkdir()
        with monkeypatch.context() as patch:
            (library,) = built_from(VECTOR, folder, patch, variant)
        assert library.name == build.library_name(variant)
        assert library.read_bytes()[:4] == b"\x7fELF"


def test_this_processor_has_a_variant_and_it_loads() -> None:
    variant = native.processor_variant()
    assert variant in build.VARIANTS[build.machine()]
    assert native.load(variant) is native.load()


def test_the_digest_changes_with_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build.source_digest()
    assert before == build.source_digest()
    (tmp_path / "other.c").write_text("int x;\n", encoding="utf-8")
    monkeypatch.setattr(build, "KERNEL", tmp_path)
    assert build.source_digest() != before
