"""The books on the real server: what the database refuses, what a proof finds, who waits."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from beancount import loader
from beancount.core.data import Transaction
from click.testing import CliRunner
from sqlalchemy import text

from matinee import ledger
from matinee.entrypoints import book_commands
from matinee.kit import db
from matinee.kit.clock import ManualClock
from matinee.ledger import Account, Entry, Journal, Kind, Reversal, sealing
from matinee.ledger.errors import AccountDiffers

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EARNINGS = Kind("earnings", "liability")
HELD = Kind("held", "liability", guarded=True)
CASH = Kind("cash", "asset")
ANN, BO = (Account(EARNINGS, name, "EUR") for name in ("person_ann", "person_bo"))
ANN_HELD = Account(HELD, "person_ann", "EUR")
BANK = Account(CASH, "bank", "EUR")


def a_tip(number: int, micro: int = 1_000_000, *, at: datetime = AT) -> Journal:
    entries = (Entry(BANK, -micro), Entry(ANN, micro - micro // 3), Entry(BO, micro // 3))
    return Journal(f"tip/{number}", "test.tip", entries, at)


def book(database: db.Database, *journals: Journal, at: datetime = AT) -> None:
    with database.transaction() as session:
        ledger.post(session, journals, at=at)


def sealed(database: db.Database) -> str:
    with database.transaction() as session:
        return str(ledger.seal(session, at=AT))


def faults(database: db.Database, expected: str | None = None) -> tuple[str, ...]:
    with database.transaction() as session:
        return ledger.prove(session, expected=expected).faults


@contextmanager
def as_intruder(database: db.Database) -> Iterator[psycopg.Connection]:
    """A superuser for whom no trigger runs."""
    with psycopg.connect(database.url) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


HEAD = (
    "insert into ledger.journal (key, fingerprint, reason, entry_count, effective_at, booked_at)"
    " values ('x', sha256('x'), 'x', 2, now(), now());"
)
BACK = (
    "insert into ledger.journal (key, fingerprint, reason, entry_count, reverses, reversed_micro,"
    " effective_at, booked_at) values ('x', sha256('x'), 'x', 2, 1, {micro}, now(), now());"
)


def legs(micro: str, currency: str = "EUR") -> str:
    return (
        f"insert into ledger.entry select j.id, 1, {micro}, n, '{currency}'"  # noqa: S608 - ours
        " from ledger.journal j, generate_series(1, 2) n where j.key = 'x';"
    )


REFUSED = (
    ("update ledger.entry set micro = micro * 2", "ledger_append_only"),
    ("delete from ledger.entry", "ledger_append_only"),
    ("delete from ledger.journal", "ledger_append_only"),
    ("update ledger.account set owner = 'me'", "ledger_append_only"),
    ("truncate ledger.entry", "ledger_append_only"),
    ("update ledger.seal set digest = previous", "ledger_append_only"),
    # A leg that comes late, a leg of nothing, legs in another currency than the account's.
    ("insert into ledger.entry values (1, 1, 5, 4, 'EUR')", "ledger_entry_known"),
    ("insert into ledger.entry values (77, 1, 5, 1, 'EUR')", "ledger_entry_known"),
    (HEAD + legs("5 * (3 - 2 * n)", "JPY"), "ledger_entry_known"),
    # A journal without its entries, one out of balance, one that takes back too much, one that
    # takes all back and from the wrong ones.
    (HEAD, "ledger_journal_whole"),
    (HEAD + legs("5 * n"), "ledger_zero_sum"),
    (BACK.format(micro=9_000_000) + legs("9000000 * (3 - 2 * n)"), "ledger_reversal"),
    (BACK.format(micro=1_000_000) + legs("1000000 * (3 - 2 * n)"), "ledger_reversal"),
)


def test_the_database_refuses_what_would_spoil_the_books(database: db.Database) -> None:
    book(database, a_tip(1))
    sealed(database)
    for statement, rule in REFUSED:
        with pytest.raises(psycopg.IntegrityError) as no, psycopg.connect(database.url) as raw:
            raw.execute(statement.encode())
        assert no.value.diag.constraint_name == rule, statement
    assert faults(database) == ()


def test_an_owner_of_the_tables_may_not_change_them_either(database: db.Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as raw:
        granted = raw.execute(
            "select grantee, privilege_type from information_schema.role_table_grants"
            " where table_schema = 'ledger' and table_name in ('journal', 'entry', 'seal')"
            " and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')"
        ).fetchall()
    assert granted == []


TAMPERED = (
    ("update ledger.entry set micro = micro * 2 where journal_id = 1", "not what was sealed"),
    ("update ledger.entry set micro = micro + 1 where line = 2", "sum to zero"),
    ("delete from ledger.entry where journal_id = 2 and line = 3", "entries it declares"),
    ("update ledger.journal set reason = 'test.gift' where id = 2", "not what was sealed"),
    ("update ledger.journal set booked_at = booked_at - interval '1 us'", "not what was sealed"),
    ("update ledger.account set owner = 'person_eve' where id = 2", "not what was sealed"),
    ("delete from ledger.journal where id = 3", "was sealed and is gone"),
    (
        (
            "delete from ledger.entry where journal_id = 3; delete from ledger.sealed"
            " where journal_id = 3; delete from ledger.journal where id = 3"
        ),
        "seal 1 declares",
    ),
    ("update ledger.sealed set digest = sha256('x') where journal_id = 2", "seal 1 does not"),
    ("update ledger.seal set digest = sha256('x') where id = 1", "seal 2 does not continue"),
    ("delete from ledger.seal where id = 1", "seal 2 does not continue"),
    ("update ledger.balance set micro = micro + 1 where account_id = 2", "another sealed"),
    ("delete from ledger.unsealed", "neither sealed nor waiting"),
    ("update ledger.guard set micro = micro + 1", "guarded account"),
    (HEAD + legs("5 * (3 - 2 * n)"), "neither sealed nor waiting"),
    ("alter table ledger.entry disable trigger all", "rule entry.stays of the database"),
)


def test_a_proof_finds_whatever_a_superuser_changes(database: db.Database) -> None:
    hold = Journal("hold/1", "test.hold", (Entry(ANN, -5), Entry(ANN_HELD, 5)), AT)
    book(database, a_tip(1), a_tip(2), a_tip(3), hold)
    sealed(database)
    book(database, a_tip(4))
    sealed(database)
    book(database, a_tip(5))
    assert faults(database) == ()
    for tampering, found in TAMPERED:
        with pytest.raises(Undone), database.transaction() as session:
            session.execute(text("set local session_replication_role = replica"))
            for statement in tampering.split(";"):
                if statement:
                    session.execute(text(statement))
            told = ledger.prove(session).faults
            assert any(found in fault for fault in told), (tampering, told)
            raise Undone
    assert faults(database) == ()


class Undone(Exception):
    """Nothing of this is to stay."""


def test_who_rewrites_the_whole_chain_is_found_by_a_seal_noted_elsewhere(
    database: db.Database,
) -> None:
    book(database, a_tip(1), a_tip(2))
    noted = sealed(database)
    assert faults(database, noted) == ()
    with as_intruder(database) as raw:
        raw.execute("update ledger.entry set micro = micro * 2 where journal_id = 1")
        raw.execute("delete from ledger.balance")
        raw.execute("insert into ledger.unsealed select journal_id from ledger.sealed")
        raw.execute("delete from ledger.sealed")
        raw.execute("delete from ledger.seal")
    sealed(database)
    assert faults(database) == ()
    assert faults(database, noted) == (
        f"the seal {noted} that was noted elsewhere is not in the chain",
    )


def test_balances_are_right_before_during_and_after_sealing(database: db.Database) -> None:
    for number in range(6):
        book(database, a_tip(number))
        if number % 2:
            sealed(database)
    with database.transaction() as session:
        found = ledger.balances(session, [ANN, BO, BANK, ANN_HELD])
    assert [one.micro for one in found.values()] == [4_000_002, 1_999_998, -6_000_000, 0]


def test_writers_of_one_account_do_not_wait_for_each_other_or_for_a_seal(
    database: db.Database,
) -> None:
    book(database, a_tip(0))
    with database.transaction() as slow:
        ledger.post(slow, [a_tip(1)], at=AT)
        ledger.seal(slow, at=AT)
        with database.transaction() as session:
            session.execute(text("set local lock_timeout = '1s'"))
            ledger.post(session, [a_tip(2)], at=AT)
            assert ledger.balances(session, [BANK])[BANK].micro == -2_000_000
    sealed(database)
    assert faults(database) == ()


def test_many_who_book_the_same_and_take_it_back_at_once_do_it_once(database: db.Database) -> None:
    back = Reversal("back/1", of="tip/1", reason="test.back", effective_at=AT)

    def act(_: int) -> tuple[bool, bool]:
        with database.transaction() as session:
            booked = ledger.post(session, [a_tip(1)], at=AT)[0]
            return booked.new, ledger.reverse(session, back, at=AT).new

    with ThreadPoolExecutor(4) as pool:
        acts = list(pool.map(act, range(12)))
    assert [sum(column) for column in zip(*acts, strict=True)] == [1, 1]
    with database.transaction() as session:
        assert {one.micro for one in ledger.balances(session, [ANN, BO, BANK]).values()} == {0}


def test_two_who_spend_from_one_account_cannot_both_have_the_whole(database: db.Database) -> None:
    book(database, a_tip(1, 3_000))
    ready = threading.Barrier(2)

    def spend(number: int) -> bool:
        with database.transaction() as session:
            ready.wait()
            if ledger.locked_balance(session, ANN, at=AT).micro < 2_000:
                return False
            move = (Entry(ANN, -2_000), Entry(BANK, 2_000))
            ledger.post(session, [Journal(f"pay/{number}", "test.pay", move, AT)], at=AT)
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(spend, range(2))) == [False, True]


def test_a_statement_adds_up_and_its_code_can_be_checked(database: db.Database) -> None:
    for day in range(4):
        book(database, a_tip(day, at=AT + timedelta(days=day)), at=AT + timedelta(days=day))
    since, until = AT + timedelta(days=1), AT + timedelta(days=3)
    with database.transaction() as session:
        made = ledger.statement(session, ANN, since=since, until=until, at=AT + timedelta(days=4))
        again = ledger.statement(session, ANN, since=since, until=until, at=AT + timedelta(days=5))
    assert (made.opening.micro, made.closing.micro) == (666_667, 3 * 666_667)
    assert [line.key for line in made.lines] == ["tip/1", "tip/2"]
    assert again == made
    book(database, a_tip(9, at=since), at=since)  # late, and not on the statement
    with database.transaction() as session:
        checked = ledger.check_statement(session, made.code.lower())
    assert checked.agrees
    assert checked.statement == made
    with as_intruder(database) as raw:
        raw.execute("update ledger.journal set reason = 'test.gift' where key = 'tip/2'")
    with database.transaction() as session:
        assert not ledger.check_statement(session, made.code).agrees


def test_a_proof_that_was_kept_is_expected_by_the_next(database: db.Database) -> None:
    book(database, a_tip(1))
    sealed(database)
    with database.transaction() as session:
        proof = ledger.prove(session)
        sealing.keep(session, proof, at=AT)
        assert sealing.last_head(session) == str(proof.head)
    book(database, a_tip(2))
    noted = sealed(database)
    with database.transaction() as session:
        proof = ledger.prove(session, expected=sealing.last_head(session))
        assert (proof.holds, str(proof.head)) == (True, noted)
    with pytest.raises(psycopg.IntegrityError), psycopg.connect(database.url) as raw:
        raw.execute("delete from ledger.proof")


def test_an_account_keeps_its_kind(database: db.Database) -> None:
    book(database, a_tip(1))
    other = Account(Kind("earnings", "equity"), "person_ann", "EUR")
    with pytest.raises(AccountDiffers):
        book(database, Journal("x", "x", (Entry(other, 1), Entry(BANK, -1)), AT))


def test_the_books_are_read_back_by_beancount_and_by_a_spreadsheet(
    database: db.Database, home: Path
) -> None:
    yen = Account(EARNINGS, "person:bo", "JPY")
    exchange = Journal(
        "swap/1",
        'test."swap"',
        (Entry(ANN, -7), Entry(BANK, 7), Entry(yen, 3), Entry(Account(CASH, "bank", "JPY"), -3)),
        AT - timedelta(days=3),
    )
    book(database, a_tip(1), exchange)
    with database.transaction() as session:
        lines = list(ledger.all_lines(session))
    file = home / "books.beancount"
    file.write_text("\n".join(ledger.beancount_of(lines)) + "\n")
    entries, faults_found, _ = loader.load_file(str(file))
    assert faults_found == []
    booked = {
        (one.account, one.units.currency): one.units.number
        for entry in entries
        if isinstance(entry, Transaction) and entry.payee == "test.tip"
        for one in entry.postings
        if one.units is not None
    }
    assert booked == {
        ("Assets:Cash:EUR:Obank", "EUR"): Decimal("0.01"),
        ("Liabilities:Earnings:EUR:Operson-ann", "EUR"): Decimal("-0.00666667"),
        ("Liabilities:Earnings:EUR:Operson-bo", "EUR"): Decimal("-0.00333333"),
    }
    rows = list(csv.DictReader(io.StringIO("\n".join(ledger.csv_of(lines)))))
    assert len(rows) == 7
    assert sum(Decimal(row["credit"] or 0) - Decimal(row["debit"] or 0) for row in rows) == 0
    assert rows[0]["debit"] == "0.01000000"


def test_the_command_proves_the_books_and_fails_when_they_are_not_whole(
    database: db.Database,
) -> None:
    book(database, a_tip(1))
    commands = book_commands.group(database.transaction, ManualClock())
    good = CliRunner().invoke(commands, ["verify", "--json"])
    assert good.exit_code == 0, good.output
    told = json.loads(good.output)
    assert (told["entries"], told["trial_balance"], told["faults"]) == (3, {"EUR": 0}, [])
    assert CliRunner().invoke(commands, ["verify", "--head", told["head"]]).exit_code == 0
    assert "earnings\t0.0067 EUR" in CliRunner().invoke(commands, ["balances", "person_ann"]).output
    with as_intruder(database) as raw:
        raw.execute("update ledger.entry set micro = micro * 2")
    bad = CliRunner().invoke(commands, ["verify"])
    assert isinstance(bad.exception, book_commands.BooksNotWhole)
    assert "fault: journal 1 is not what was sealed" in bad.output
