"""The embedded server on the real binaries: first start, guests, and every way to die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from matinee.kit import errors, postgres

HOLD = """
import sys, time
from pathlib import Path
from matinee.kit import postgres
server = postgres.open_server(Path(sys.argv[1]))
print("owner" if server.owned else "guest", flush=True)
time.sleep(120)
"""


def another_process(home: Path) -> subprocess.Popen[str]:
    """A process that has the server of ``home`` open, as "owner" or "guest" (its first line)."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def eventually(fact: Callable[[], bool], *, within_s: float = 20.0) -> bool:
    deadline = time.monotonic() + within_s
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def rows(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select n from kept order by n")]


def answers_with(url: str, count: int) -> bool:
    try:
        return rows(url) == list(range(1, count + 1))
    except psycopg.Error:
        return False


def write_rows(url: str, count: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table kept as select generate_series(1, %s) n", (count,))


def test_a_server_keeps_its_rows_over_a_stop(home: Path) -> None:
    with postgres.open_server(home) as server:
        assert server.owned
        write_rows(server.url, 3)
    with postgres.open_server(home) as server:
        assert rows(server.url) == [1, 2, 3]


def test_the_server_listens_on_no_network_and_its_folders_are_its_own(home: Path) -> None:
    with postgres.open_server(home) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        for folder in ("data", "run"):
            assert (home / "postgres" / folder).stat().st_mode & 0o777 == 0o700


def test_a_killed_owner_takes_the_server_along_and_loses_no_committed_row(home: Path) -> None:
    with another_process(home) as owner:
        assert first_line(owner) == "owner"
        guest = postgres.open_server(home)
        write_rows(guest.url, 1000)
        first_server = postmaster(home)
        guest.stop()
        owner.kill()
    with postgres.open_server(home) as server:
        assert postmaster(home) != first_server
        assert rows(server.url) == list(range(1, 1001))


def test_a_killed_server_is_started_again_with_every_committed_row(home: Path) -> None:
    with postgres.open_server(home) as server:
        write_rows(server.url, 1000)
        os.kill(postmaster(home), signal.SIGKILL)
        time.sleep(0.3)
        assert eventually(lambda: answers_with(server.url, 1000))


def test_a_second_process_joins_and_takes_over_when_the_owner_goes(home: Path) -> None:
    with postgres.open_server(home) as owner, another_process(home) as guest:
        assert first_line(guest) == "guest"
        write_rows(owner.url, 5)
        owner.stop()
        assert eventually(lambda: answers_with(owner.url, 5))
        guest.kill()


def test_a_first_start_that_was_killed_half_way_is_begun_again(home: Path) -> None:
    half = home / "postgres" / "data.partial"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with postgres.open_server(home) as server:
        assert server.owned


def test_a_folder_name_too_long_for_a_socket_is_refused_before_anything_is_made(home: Path) -> None:
    long = home / ("x" * 120)
    with pytest.raises(postgres.SocketPathTooLong, match="shorter folder"):
        postgres.open_server(long)
    assert not long.exists()


def test_a_home_that_is_a_file_is_named(home: Path) -> None:
    (home / "file").write_bytes(b"")
    with pytest.raises(errors.FolderUnwritable, match="MATINEE_HOME"):
        postgres.open_server(home / "file")


def test_missing_binaries_are_named(home: Path) -> None:
    with pytest.raises(postgres.PostgresMissing, match="MATINEE_POSTGRES_BIN"):
        postgres.open_server(home, binaries=home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_as_root_a_barred_way_is_named_and_no_foreign_folder_is_opened(home: Path) -> None:
    barred = home / "barred"
    barred.mkdir(mode=0o700)
    with pytest.raises(postgres.FolderUnreachable, match="barred"):
        postgres.open_server(barred / "deeper" / "home")
    assert barred.stat().st_mode & 0o777 == 0o700


def test_a_broken_data_folder_says_where_the_log_is(home: Path) -> None:
    postgres.open_server(home).stop()
    (home / "postgres" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(postgres.PostgresFailed, match=r"postgres\.log"):
        postgres.open_server(home)
