"""The worked examples of docs/howto/understand-the-money.md are true."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "howto" / "understand-the-money.md"
EXAMPLES = re.findall(r"^```python\n(.+?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)


def test_the_guide_has_its_examples() -> None:
    assert len(EXAMPLES) == 7
    assert all("assert " in example for example in EXAMPLES)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_guide_holds(number: int) -> None:
    exec(compile(EXAMPLES[number], f"example {number + 1}", "exec"), {})  # noqa: S102 - our own document
