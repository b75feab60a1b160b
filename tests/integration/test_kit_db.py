"""Transactions and migrations on the real server."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import exc, text

from matinee.kit import db
from matinee.kit.prepared import Prepared, array, numbers


def migrations(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        domain, _, stem = name.partition("__")
        (folder / domain).mkdir(parents=True, exist_ok=True)
        (folder / domain / f"{stem}.sql").write_text(content)
    return folder


def test_what_a_block_wrote_is_there_after_it_and_not_after_an_error(database: db.Database) -> None:
    with database.transaction() as session:
        session.execute(text("create table seat (n int)"))
        session.execute(text("insert into seat values (1)"))
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.execute(text("insert into seat values (2)"))
        raise ZeroDivisionError
    with database.transaction() as session:
        assert session.execute(text("select n from seat")).scalars().all() == [1]


def test_a_migration_runs_once_in_a_schema_of_its_domain(
    database: db.Database, tmp_path: Path
) -> None:
    folder = migrations(
        tmp_path,
        cinema__0001_seats="create table cinema.seat (n int); insert into cinema.seat values (1);",
    )
    assert database.migrate(folder) == ("cinema/0001_seats",)
    assert database.migrate(folder) == ()
    with database.transaction() as session:
        assert session.execute(text("select count(*) from cinema.seat")).scalar() == 1


def test_migrations_with_percent_signs_and_colons_run_as_written(
    database: db.Database, tmp_path: Path
) -> None:
    folder = migrations(
        tmp_path, cinema__0001_x="create table cinema.x as select '100%s :name'::text as t;"
    )
    database.migrate(folder)
    with database.transaction() as session:
        assert session.execute(text("select t from cinema.x")).scalar() == "100%s :name"


def test_a_failed_migration_leaves_nothing_behind(database: db.Database, tmp_path: Path) -> None:
    folder = migrations(
        tmp_path, cinema__0001_seats="create table cinema.seat (n int); select 1/0;"
    )
    with pytest.raises(Exception, match="division by zero"):
        database.migrate(folder)
    migrations(tmp_path, cinema__0001_seats="create table cinema.seat (n int);")
    assert database.migrate(folder) == ("cinema/0001_seats",)


def test_an_edited_migration_is_refused(database: db.Database, tmp_path: Path) -> None:
    folder = migrations(tmp_path, cinema__0001_seats="create table cinema.seat (n int);")
    database.migrate(folder)
    migrations(tmp_path, cinema__0001_seats="create table cinema.seat (n bigint);")
    with pytest.raises(db.MigrationChanged, match="cinema/0001_seats"):
        database.migrate(folder)


def test_processes_that_start_together_migrate_once(database: db.Database, tmp_path: Path) -> None:
    folder = migrations(
        tmp_path,
        cinema__0001_a="create table cinema.a (n int); select pg_sleep(0.1);",
        cinema__0002_b="create table cinema.b (n int);",
    )
    others = [db.Database(database.url, pool_size=2) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        done = [
            name for ran in threads.map(lambda one: one.migrate(folder), others) for name in ran
        ]
    for one in others:
        one.close()
    assert done == ["cinema/0001_a", "cinema/0002_b"]


def test_a_database_that_is_not_there_is_unavailable() -> None:
    missing = db.Database("postgresql://matinee@/matinee?host=/nowhere", patience_s=0.3)
    with pytest.raises(db.DatabaseUnavailable, match="try again"), missing.transaction():
        pass
    with pytest.raises(db.DatabaseUnavailable, match="try again"):
        missing.migrate()


def test_a_lost_connection_is_unavailable_and_the_next_transaction_works(
    database: db.Database,
) -> None:
    end_myself = text("select pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(db.DatabaseUnavailable), database.transaction() as session:
        session.execute(end_myself)
    with database.transaction() as session:
        assert session.execute(text("select 1")).scalar() == 1


def test_a_fault_in_the_sql_passes_through_as_itself(database: db.Database) -> None:
    with pytest.raises(exc.ProgrammingError), database.transaction() as session:
        session.execute(text("select * from no_such_table"))


def test_a_connection_that_died_while_it_rested_is_not_given_out(database: db.Database) -> None:
    with database.transaction() as session:
        resting = session.execute(text("select pg_backend_pid()")).scalar_one()
    other = db.Database(database.url)
    with other.transaction() as session:
        session.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": resting})
    other.close()
    with database.glance() as session:
        assert session.execute(text("select pg_backend_pid()")).scalar_one() != resting
    with database.transaction() as session:
        assert session.execute(text("select 1")).scalar_one() == 1


def test_a_prepared_statement_is_part_of_its_transaction(database: db.Database) -> None:
    add = Prepared("insert into taken (number, name) values (:number, :name)")
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        session.execute(text("create table taken (number bigint, name text)"))
        assert add.count(session, number=1, name="50 % off: really") == 1
        assert add.count(session, number=2**40, name="") == 1
        found = Prepared("select number, name from taken where number = any(cast(:n as bigint[]))")
        assert found.first(session, n=numbers([1])) == (1, "50 % off: really")
        assert len(found.rows(session, n=numbers([1, 2**40, 3]))) == 2
        counted, halves, none = Prepared(
            "select array_agg(number order by number), array_agg(cast(number as real) / 2"
            " order by number), array_agg(number) filter (where number < 0) from taken"
        ).sent(session)
        assert array(counted).tolist() == [1, 2**40]
        assert array(halves).tolist() == [0.5, 2.0**39]
        assert array(none).tolist() == []
        _ = 1 // 0
    missing = Prepared("select from taken")
    with pytest.raises(psycopg.errors.UndefinedTable), database.transaction() as session:
        missing.rows(session)


def test_what_a_prepared_statement_cannot_keep_is_said_in_our_words(database: db.Database) -> None:
    said = Prepared("select cast(:said as text)")
    with pytest.raises(db.TextUnusable), database.transaction() as session:
        said.rows(session, said="a\0b")
