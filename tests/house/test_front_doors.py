"""Every domain is entered by its front door, and the door is small."""

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "matinee"
INNER_ROOMS = ("model", "store", "actions", "workflows", "adapters")
DOOR_NAMES_MAX = 14

# The studio says its nouns, its verbs and its schedules; the engine its nouns and its verbs.
# The ledger says the parts of a journal and every verb of bookkeeping; rights say the registry's
# nouns and verbs, and open on earning and paying. Commerce says its nouns, the catalogue and stock.
WIDE_DOORS = {
    "studio": 25,
    "engine": 19,
    "ledger": 34,
    "people": 24,
    "trust": 15,
    "likeness": 39,
    "rights": 36,
    "commerce": 34,
}


def packages() -> list[Path]:
    return sorted(path.parent for path in SRC.glob("*/__init__.py"))


def names_of(door: Path) -> list[str]:
    for node in ast.parse(door.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_a_front_door_says_what_is_behind_it(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text()))
    assert docstring is not None
    assert docstring.splitlines()[0].endswith(".")


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_a_front_door_has_few_names(package: Path) -> None:
    names = names_of(package / "__init__.py")
    assert len(names) <= WIDE_DOORS.get(package.name, DOOR_NAMES_MAX), names


def test_nobody_reaches_past_a_front_door_by_attribute() -> None:
    domains = [path.name for path in packages() if (path / "store.py").exists()]
    reach = re.compile(rf"\b({'|'.join(domains)})\.({'|'.join(INNER_ROOMS)})\.")
    found = []
    for path in SRC.rglob("*.py"):
        own = path.relative_to(SRC).parts[0]
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            match = reach.search(line)
            imported = line.lstrip().startswith(("from ", "import "))
            if match and match.group(1) != own and not imported:
                found.append(f"{path.relative_to(SRC)}:{number}: {line.strip()}")
    assert found == []


def test_no_room_is_called_by_a_word_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "base", "core", "manager", "misc"}
    assert [path for path in SRC.rglob("*") if path.stem in empty] == []
