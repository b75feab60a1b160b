"""Several processes answer on one socket, for as long as the server lives and no longer."""

import os
import signal
import time
from pathlib import Path

import httpx

from server_process import START_S, a_server


def beside(pid: int) -> list[int]:
    """The processes that answer beside a server."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = status.read_text()
            words = (status.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"PPid:\t{pid}\n" in told and b"serve-beside" in words:
            found.append(int(status.parent.name))
    return found


def wait_for_another(pid: int, but: list[int]) -> int:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        new = [one for one in beside(pid) if one not in but]
        if new:
            return new[0]
        time.sleep(0.05)
    raise TimeoutError("no process answers beside the server")


def test_processes_beside_the_server_answer_come_back_and_end_with_it(home: Path) -> None:
    with a_server(home, "--processes", "2") as served:
        first = wait_for_another(served.process.pid, [])
        # Alone: the first process takes no connection while it is stopped.
        deadline = time.monotonic() + START_S
        served.process.send_signal(signal.SIGSTOP)
        try:
            while True:
                try:
                    health = httpx.get(f"{served.url}/healthz", timeout=2).json()
                    break
                except httpx.TransportError:
                    assert time.monotonic() < deadline, "nobody answers beside the server"
        finally:
            served.process.send_signal(signal.SIGCONT)
        assert (health["status"], health["worker"]) == ("ok", "ok")
        os.kill(first, signal.SIGKILL)
        second = wait_for_another(served.process.pid, [first])
        assert httpx.get(f"{served.url}/healthz", timeout=30).status_code == 200
        served.kill()
        deadline = time.monotonic() + START_S
        while Path(f"/proc/{second}").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not Path(f"/proc/{second}").exists()
