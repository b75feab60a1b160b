"""Plain values: what may be stored, sent or handed to a job, because JSON can say it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plain: TypeAlias = (
    "None | bool | int | float | str | Sequence[Plain] | Mapping[str, Plain]"  # a JSON value
)
"""None, a truth value, a number, a text, or a list or string-keyed mapping of these."""
