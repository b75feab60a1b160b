"""The repository speaks of itself alone: no machine, registry, foreign mark or unknown asset."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSET_FOLDERS = ("src/matinee/engine/assets", "web/public")
ASSET_FILES = (
    *("names_of_things.tsv", "noun_kinds.tsv", "verb_kinds.tsv"),
    *("countries.tsv", "days.tsv", "months.tsv"),
)
ASSET_SUFFIXES = {
    *(".npz", ".npy", ".onnx", ".bin", ".sf2", ".sf3", ".wav", ".ogg", ".flac", ".mp3"),
    *(".ttf", ".otf", ".woff2", ".png", ".jpg", ".svg", ".mp4", ".tflite", ".gz"),
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: str) -> list[str]:
    """Where it stands in a tracked text, this file and its own patterns left out."""
    wanted = re.compile(pattern)
    found = []
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix in ASSET_SUFFIXES or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            if wanted.search(line):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    return found


def test_no_line_names_a_package_registry() -> None:
    hosts = [("files.python", "hosted.org"), ("py", "pi.org"), ("registry.npm", "js.org")]
    pattern = "|".join(re.escape(left + right) for left, right in hosts)
    assert lines_with(pattern + r"|deb\.debian|extra-index") == []


def test_no_line_names_a_path_of_one_machine() -> None:
    assert lines_with(r"(?<![\w.])/(wo" + r"rk|ho" + r"me/\w+|Users)/") == []


def test_registered_marks_name_no_code() -> None:
    marks = "so" + "ra|came" + "o"
    found = [
        line
        for line in lines_with(rf"(?i)\b({marks})\b")
        if not re.match(r"(docs/|README|CONTRIBUTING|CHANGELOG|THIRD_PARTY)", line)
        and not re.search(r"sora-[2\\]", line)  # a model name that API clients send
    ]
    assert found == []


def test_no_large_file_is_tracked() -> None:
    big = {str(path.relative_to(ROOT)): path.stat().st_size >> 10 for path in tracked()}
    assert {name: kib for name, kib in big.items() if kib > 1500} == {}


def assets() -> list[Path]:
    return [
        path
        for path in tracked()
        if path.name in ASSET_FILES
        or (
            path.suffix in ASSET_SUFFIXES
            and any(str(path.relative_to(ROOT)).startswith(folder) for folder in ASSET_FOLDERS)
        )
    ]


def test_every_committed_asset_is_recorded_with_source_licence_and_hash() -> None:
    third_party = (ROOT / "THIRD_PARTY.md").read_text()
    rows = {
        match[1]: match
        for match in re.finditer(
            r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| `([0-9a-f]{64})` \|$",
            third_party,
            re.MULTILINE,
        )
    }
    expected = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in assets()
    }
    assert {name: row[4] for name, row in rows.items()} == expected
    for row in rows.values():
        assert row[2].strip(), row[0]
        assert row[3].strip(), row[0]


def locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text()
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def test_every_locked_package_has_its_licence_recorded() -> None:
    third_party = (ROOT / "THIRD_PARTY.md").read_text()
    recorded = set(
        re.findall(
            r"^\| ([a-z0-9][a-z0-9._-]*) \| [^|]*[A-Za-z][^|]* \|", third_party, re.MULTILINE
        )
    )
    assert locked("runtime.lock") | locked("all.lock") | locked("build.lock") <= recorded


def test_every_locked_package_carries_hashes_and_no_address() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text()
        assert "://" not in text, lock.name
        for block in re.split(r"\n(?=[a-z0-9])", text):
            if re.match(r"[a-z0-9][a-z0-9._-]*==", block):
                assert "--hash=sha256:" in block, f"{lock.name}: {block.splitlines()[0]}"


def test_the_locks_agree_with_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {re.split(r"[\[<>=; ]", one)[0].lower() for one in wanted}
    assert declared <= locked("all.lock")


# What whoever runs Matinee may bring, and its own files never install.
NEVER_INSTALLED = {"argostranslate", "diffusers", "torch", "transformers"}


def imported() -> set[str]:
    """The first part of every module that the package imports, wherever in a file it does."""
    names = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"matinee"}


def test_what_a_first_film_imports_is_installed_with_it() -> None:
    packages = metadata.packages_distributions()
    known = locked("all.lock") | NEVER_INSTALLED
    missing = [
        module
        for module in sorted(imported())
        if not {one.lower().replace("_", "-") for one in packages.get(module, [module])} & known
    ]
    assert missing == []


def test_every_benchmark_has_a_quick_form() -> None:
    scripts = sorted((ROOT / "benchmarks").glob("*.py"))
    assert scripts
    for script in scripts:
        text = script.read_text()
        if "__main__" in text:
            assert '"--quick"' in text, script.name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    assert re.search(r"^make test$", readme, re.MULTILINE)
    assert re.search(r"^exec make test$", ci, re.MULTILINE)


def test_make_without_a_goal_lists_the_commands() -> None:
    listed = subprocess.run(
        ["make"],  # noqa: S607 - whichever make is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for goal in ("setup", "setup-all", "demo", "test", "check", "serve", "gallery", "bench"):
        assert f"make {goal}" in listed
