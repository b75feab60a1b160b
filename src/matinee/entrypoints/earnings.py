"""What somebody takes along of what they earned here."""

from collections.abc import Iterator

import msgspec

from matinee import ledger
from matinee.kit.db import Session

_STATEMENTS_MAX = 10_000


def exported(session: Session, person: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield every statement that a person was given, computed again from the books."""
    for given in ledger.statements_given(session, person, most=_STATEMENTS_MAX):
        found = ledger.check_statement(session, given.code).statement
        yield f"{given.code}.json", msgspec.json.format(msgspec.json.encode(found), indent=1)
