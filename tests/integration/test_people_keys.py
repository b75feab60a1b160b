"""Keys are shown once, kept as digests, and end when they are revoked."""

import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from feed_builders import a_person
from matinee.kit import postgres
from matinee.kit.clock import ManualClock, SystemClock
from matinee.kit.db import Database, migrations_folder
from matinee.kit.ids import SeededIds
from matinee.people import OPERATOR_ID, Key, KeyRefused, Visitor, actions, keys, person_by_id
from matinee.people.errors import KeyNameInvalid, KeyNameTaken, KeyNotFound, TooManyKeys
from matinee.people.model import SCOPES, Role

CLOCK = ManualClock()


def a_key(database: Database, name: str = "phone") -> tuple[Key, str]:
    with database.transaction() as session:
        return keys.create(session, name, ids=SeededIds(name), at=CLOCK.now())


def the_operator(database: Database) -> Visitor:
    with database.transaction() as session:
        return keys.operator(session)


def test_a_key_opens_and_its_secret_is_nowhere_in_the_database(database: Database) -> None:
    operator = the_operator(database)
    key, secret = a_key(database)
    assert key.person == OPERATOR_ID
    with database.transaction() as session:
        assert keys.visitor_with_key(session, secret) == replace(operator, key_id=key.id)
        assert keys.listed(session) == (key,)
    with psycopg.connect(database.url) as connection:
        row = connection.execute("select key::text from people.key").fetchone()
    assert row is not None
    assert secret not in row[0]
    assert secret.removeprefix("matinee_") not in row[0]


def test_two_keys_are_never_the_same(database: Database) -> None:
    assert a_key(database, "one")[1] != a_key(database, "two")[1]


@pytest.mark.parametrize("secret", ["", "matinee_", "matinee_" + "x" * 43, "x" * 10_000, "\x00"])
def test_what_is_no_key_is_refused(database: Database, secret: str) -> None:
    with database.transaction() as session, pytest.raises(KeyRefused):
        keys.visitor_with_key(session, secret)


def opened_by(database: Database, visitor: Visitor) -> str:
    with database.transaction() as session:
        return keys.open_session(session, visitor, ids=SeededIds("session"), at=CLOCK.now())


def test_a_revoked_key_and_its_sessions_end_and_its_name_is_free(database: Database) -> None:
    key, secret = a_key(database)
    visitor = replace(the_operator(database), key_id=key.id)
    token = opened_by(database, visitor)
    with database.transaction() as session:
        opened = keys.opened(session, token, at=CLOCK.now())
        assert opened is not None
        assert opened.visitor == visitor
        assert keys.revoke(session, "phone", at=CLOCK.now()).revoked_at == CLOCK.now()
    with database.transaction() as session:
        with pytest.raises(KeyRefused):
            keys.visitor_with_key(session, secret)
        assert keys.opened(session, token, at=CLOCK.now()) is None
        with pytest.raises(KeyNotFound):
            keys.revoke(session, key.id, at=CLOCK.now())
        again, _ = keys.create(session, "phone", ids=SeededIds("again"), at=CLOCK.now())
        assert keys.revoke(session, again.id, at=CLOCK.now()).id == again.id


def test_a_session_ends_by_itself_and_when_it_is_left(database: Database) -> None:
    token = opened_by(database, the_operator(database))
    with database.transaction() as session:
        late = CLOCK.now() + keys.SESSION_LIFETIME - timedelta(seconds=1)
        assert keys.opened(session, token, at=late) is not None
        assert keys.opened(session, token, at=late + timedelta(seconds=1)) is None
        keys.close_session(session, token)
        assert keys.opened(session, token, at=CLOCK.now()) is None


def test_a_key_is_not_a_session_nor_the_other_way_round(database: Database) -> None:
    key, secret = a_key(database)
    token = opened_by(database, replace(the_operator(database), key_id=key.id))
    with database.transaction() as session:
        with pytest.raises(KeyRefused):
            keys.visitor_with_key(session, token)
        assert keys.opened(session, secret, at=CLOCK.now()) is None


def test_names_of_keys_are_short_printable_and_taken_once(database: Database) -> None:
    a_key(database)
    with pytest.raises(KeyNameTaken):
        a_key(database, " phone ")
    for name in ("", "   ", "a\nb", "x" * 81):
        with pytest.raises(KeyNameInvalid):
            a_key(database, name)


def test_keys_sessions_and_films_from_before_there_were_people_are_the_operators(
    server: postgres.Server, tmp_path: Path
) -> None:
    """An old data folder: its key still opens, its session goes on, its film has a maker."""
    before = tmp_path / "migrations"
    shutil.copytree(migrations_folder() / "kit", before / "kit")
    (before / "studio").mkdir()
    for file in sorted((migrations_folder() / "studio").glob("*.sql")):
        if file.name < "0021":
            shutil.copy(file, before / "studio")
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"'.encode())
    old = Database(server.url.replace("/matinee?", f"/{name}?"), pool_size=2)
    try:
        old.migrate(before)
        secret, token, own = (keys.new_secret() for _ in range(3))
        with psycopg.connect(old.url) as connection:
            connection.execute(
                "insert into kit.api_key values ('key_1', 'phone', %s, now(), null)",
                [keys.digest(secret)],
            )
            connection.execute(
                "insert into kit.web_session values (%s, 'key_1', now(), now() + interval '1 day'),"
                " (%s, null, now(), now() + interval '1 day')",
                [keys.digest(token), keys.digest(own)],
            )
            connection.execute(
                "insert into studio.film (id, request, seed, status, stage, progress_percent,"
                " created_at, requested_by) values ('video_1', '{}', 1, 'failed', 'waiting', 0,"
                " now(), 'key_1')"
            )
        old.migrate()
        with old.transaction() as session:
            visitor = keys.visitor_with_key(session, secret)
            assert (visitor.person.id, visitor.key_id) == (OPERATOR_ID, "key_1")
            assert visitor.scopes == set(SCOPES)
            now = SystemClock().now()
            opened = [keys.opened(session, one, at=now) for one in (token, own)]
        assert [one and (one.visitor.key_id, one.at_machine) for one in opened] == [
            ("key_1", False),
            (None, True),
        ]
        with psycopg.connect(old.url) as connection:
            row = connection.execute("select requested_by from studio.film").fetchone()
        assert row == (OPERATOR_ID,)
    finally:
        old.close()
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)'.encode())


def test_a_person_has_so_many_keys_and_sessions_and_no_more(database: Database) -> None:
    ids = SeededIds("many")
    with database.transaction() as session:
        for number in range(keys.KEYS_MAX):
            last, _ = keys.create(session, f"key {number}", ids=ids, at=CLOCK.now())
        with pytest.raises(TooManyKeys):
            keys.create(session, "one more", ids=ids, at=CLOCK.now())
        keys.revoke(session, last.id, at=CLOCK.now())
        keys.create(session, "one more", ids=ids, at=CLOCK.now())
    operator = the_operator(database)
    tokens = []
    with database.transaction() as session:
        for _ in range(keys.SESSIONS_MAX + 1):
            CLOCK.advance(timedelta(seconds=1))
            tokens.append(keys.open_session(session, operator, ids=ids, at=CLOCK.now()))
        opened = [keys.opened(session, one, at=CLOCK.now()) is not None for one in tokens]
    assert opened == [False, *[True] * keys.SESSIONS_MAX], "the oldest makes room"


def test_what_two_change_of_one_person_at_once_is_both_kept(database: Database) -> None:
    with database.transaction() as session:
        ada = a_person(session, "ada")

    def change(number: int) -> None:
        with database.transaction() as session:
            role: Role = "moderator" if number % 2 else "seller"
            actions.grant(session, ada, role, granted=True)
            wish = {"wellbeing": {["daily_minutes", "break_minutes"][number % 2]: 5}}
            actions.change_settings(session, ada, wish)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(8)))
    with database.transaction() as session:
        assert person_by_id(session, ada.id).roles == {"moderator", "seller"}
        kept = actions.settings_of(session, ada).wellbeing
    assert (kept.daily_minutes, kept.break_minutes) == (5, 5)
