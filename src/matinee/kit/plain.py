"""Plain values: what may be stored, sent or handed to a job, because JSON can say it."""

from collections.abc import Mapping, Sequence  # noqa: TC003 - the alias names them in a text
from typing import TypeAlias

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""A truth value, a number, a text, None, or a list or string-keyed mapping of these."""
