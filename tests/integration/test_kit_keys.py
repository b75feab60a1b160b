"""Keys are shown once, kept as digests, and end when they are revoked."""

from datetime import timedelta

import psycopg
import pytest

from matinee.kit import keys
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.ids import SeededIds
from matinee.kit.keys import Key, KeyNameInvalid, KeyNameTaken, KeyNotFound, KeyRefused, Visitor

CLOCK = ManualClock()


def a_key(database: Database, name: str = "phone") -> tuple[Key, str]:
    with database.transaction() as session:
        return keys.create(session, name, ids=SeededIds(name), at=CLOCK.now())


def test_a_key_opens_and_its_secret_is_nowhere_in_the_database(database: Database) -> None:
    key, secret = a_key(database)
    with database.transaction() as session:
        assert keys.visitor_with_key(session, secret) == Visitor(key.id)
        assert keys.listed(session) == (key,)
    with psycopg.connect(database.url) as connection:
        row = connection.execute("select api_key::text from kit.api_key").fetchone()
    assert row is not None
    assert secret not in row[0]
    assert secret.removeprefix("matinee_") not in row[0]


def test_two_keys_are_never_the_same(database: Database) -> None:
    assert a_key(database, "one")[1] != a_key(database, "two")[1]


@pytest.mark.parametrize("secret", ["", "matinee_", "matinee_" + "x" * 43, "x" * 10_000, "\x00"])
def test_what_is_no_key_is_refused(database: Database, secret: str) -> None:
    with database.transaction() as session, pytest.raises(KeyRefused):
        keys.visitor_with_key(session, secret)


def test_a_revoked_key_and_its_sessions_end_and_its_name_is_free(database: Database) -> None:
    key, secret = a_key(database)
    with database.transaction() as session:
        token = keys.open_session(session, Visitor(key.id), at=CLOCK.now())
        assert keys.visitor_with_session(session, token, at=CLOCK.now()) == Visitor(key.id)
        assert keys.revoke(session, "phone", at=CLOCK.now()).revoked_at == CLOCK.now()
    with database.transaction() as session:
        with pytest.raises(KeyRefused):
            keys.visitor_with_key(session, secret)
        with pytest.raises(KeyRefused):
            keys.visitor_with_session(session, token, at=CLOCK.now())
        with pytest.raises(KeyNotFound):
            keys.revoke(session, key.id, at=CLOCK.now())
        again, _ = keys.create(session, "phone", ids=SeededIds("again"), at=CLOCK.now())
        assert keys.revoke(session, again.id, at=CLOCK.now()).id == again.id


def test_a_session_ends_by_itself_and_when_it_is_left(database: Database) -> None:
    with database.transaction() as session:
        token = keys.open_session(session, Visitor(None), at=CLOCK.now())
        late = CLOCK.now() + keys.SESSION_LIFETIME - timedelta(seconds=1)
        assert keys.visitor_with_session(session, token, at=late) == Visitor(None)
        with pytest.raises(KeyRefused):
            keys.visitor_with_session(session, token, at=late + timedelta(seconds=1))
        keys.close_session(session, token)
        with pytest.raises(KeyRefused):
            keys.visitor_with_session(session, token, at=CLOCK.now())


def test_a_key_is_not_a_session_nor_the_other_way_round(database: Database) -> None:
    key, secret = a_key(database)
    with database.transaction() as session:
        token = keys.open_session(session, Visitor(key.id), at=CLOCK.now())
        with pytest.raises(KeyRefused):
            keys.visitor_with_key(session, token)
        with pytest.raises(KeyRefused):
            keys.visitor_with_session(session, secret, at=CLOCK.now())


def test_names_of_keys_are_short_printable_and_taken_once(database: Database) -> None:
    a_key(database)
    with pytest.raises(KeyNameTaken):
        a_key(database, " phone ")
    for name in ("", "   ", "a\nb", "x" * 81):
        with pytest.raises(KeyNameInvalid):
            a_key(database, name)
