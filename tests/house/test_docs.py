"""The documents say what the code does: every error, setting, decision and change."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import matinee
from matinee.kit import errors, settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def every_document() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def every_error() -> list[type[errors.MatineeError]]:
    for module in pkgutil.walk_packages(matinee.__path__, "matinee."):
        if "-" not in module.name:  # the kernel's libraries look like modules
            importlib.import_module(module.name)  # noqa: TID251 - to look at all of them
    return [error for error in errors.concrete_errors() if error.__module__.startswith("matinee.")]


def test_every_error_has_its_section_with_its_kind() -> None:
    sections = dict(
        re.findall(
            r"^### `([a-z0-9_.]+)`\n\*([a-z_]+)\.\*", (DOCS / "errors.md").read_text(), re.MULTILINE
        )
    )
    assert sections == {error.code: error.kind for error in every_error()}


def test_the_code_of_an_error_begins_with_the_package_that_raises_it() -> None:
    for error in every_error():
        package = error.__module__.split(".")[1]
        assert error.code.split(".")[0] in {package, "web"}, error


def test_every_error_has_exactly_one_kind() -> None:
    for error in every_error():
        assert sum(issubclass(error, kind) for kind in errors.KINDS) == 1, error


def test_every_setting_is_documented_and_nothing_else() -> None:
    rows = re.findall(
        r"^\| `(MATINEE_[A-Z_]+)` \|", (DOCS / "settings.md").read_text(), re.MULTILINE
    )
    assert rows == [variable for variable, _ in settings.documented()]


def test_only_kit_settings_names_environment_variables() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {node.value!r}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        if path.name != "settings.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"MATINEE_[A-Z_]+", node.value)
    ]
    assert named == []


def test_the_architecture_fits_in_three_hundred_lines() -> None:
    assert len((DOCS / "architecture.md").read_text().splitlines()) < 300


def test_every_file_that_the_documents_name_exists() -> None:
    named = re.compile(
        r"`((?:src|tests|docs|tools|migrations|requirements|benchmarks|web)/[\w./-]+\w)`"
    )
    missing = [
        f"{document.relative_to(ROOT)}: {name}"
        for document in every_document()
        for name in named.findall(document.read_text())
        if "DOMAIN" not in name and not (ROOT / name).exists()
    ]
    assert missing == []


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in every_document()
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text())
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_a_gap_and_have_their_four_parts() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text()
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Alternatives"], path.name
        assert len(text.splitlines()) <= 60, f"{path.name} is longer than a page"


def test_the_changelog_keeps_the_keep_a_changelog_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert text.startswith("# Changelog\n")
    assert "keepachangelog.com" in text
    releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert releases[0] == "[Unreleased]"
    for release in releases[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", release), release
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= allowed
