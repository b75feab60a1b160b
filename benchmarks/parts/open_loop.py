"""Requests over HTTP that arrive at a rate of their own, whether earlier ones were answered or not.

A closed loop waits for its answers and so hides how a server that is behind makes everybody wait.
Here arrivals are drawn beforehand (a Poisson process); a request's time counts from its arrival,
also while it waits for a connection.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as bytes, and what takes its answer: the status and the body."""

    sent: bytes
    answered: Callable[[int, bytes], None]


class _Line(asyncio.Protocol):
    """One connection that carries one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._got = bytearray()
        self._waiting: Callable[[int, bytes], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, sent: bytes, answered: Callable[[int, bytes], None]) -> None:
        assert self._transport is not None
        assert self._waiting is None
        self._waiting = answered
        self._transport.write(sent)

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._got[:end]).lower()
        size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(self._got) < end + 4 + size:
            return
        body = bytes(self._got[end + 4 :])
        self._got.clear()
        waiting, self._waiting = self._waiting, None
        assert waiting is not None
        waiting(int(head[9:12]), body)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting(0, repr(exc).encode())

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def at_a_rate(
    port: int, following: Callable[[], Asked], *, rate: float, seconds: float, lines: int = 64
) -> tuple[np.ndarray, float]:
    """Let requests arrive at random, `rate` a second; returns their times in ms and the elapsed s.

    `following` says what is asked next, when it is asked.
    """
    arrivals = np.cumsum(np.random.default_rng(11).exponential(1 / rate, int(rate * seconds)))
    return asyncio.run(_arriving(port, following, arrivals.tolist(), lines))


def flat_out(
    port: int, following: Callable[[], Asked], *, seconds: float, lines: int
) -> tuple[np.ndarray, float]:
    """Let each of some lines ask again as soon as it was answered; returns as `at_a_rate` does."""
    return asyncio.run(_again_and_again(port, following, seconds, lines))


class _End:
    """When everything was answered; what goes wrong in an answer ends it too."""

    def __init__(self) -> None:
        self._over = asyncio.Event()
        self._failure: BaseException | None = None
        asyncio.get_running_loop().set_exception_handler(self._failed)

    def come(self) -> None:
        self._over.set()

    async def awaited(self) -> None:
        await self._over.wait()
        if self._failure is not None:
            raise self._failure

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        cause = context.get("exception")
        self._failure = cause if isinstance(cause, BaseException) else RuntimeError(str(context))
        self._over.set()


async def _opened(port: int, count: int) -> list[_Line]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(_Line, "127.0.0.1", port))[1] for _ in range(count)]


async def _arriving(
    port: int, following: Callable[[], Asked], arrivals: list[float], count: int
) -> tuple[np.ndarray, float]:
    lines = await _opened(port, count)
    free, queued = deque(lines), deque[float]()
    latencies_ms: list[float] = []
    start, end = time.perf_counter(), _End()

    def send() -> None:
        while free and queued:
            _ask(free.popleft(), queued.popleft())

    def _ask(line: _Line, arrived: float) -> None:
        asked = following()

        def answered(status: int, body: bytes) -> None:
            latencies_ms.append(1000 * (time.perf_counter() - arrived))
            if len(latencies_ms) == len(arrivals):
                end.come()
            asked.answered(status, body)
            free.append(line)
            send()

        line.ask(asked.sent, answered)

    for arrival in arrivals:
        if (wait_s := start + arrival - time.perf_counter()) > 0:
            await asyncio.sleep(wait_s)
        queued.append(start + arrival)
        send()
    await end.awaited()
    elapsed_s = time.perf_counter() - start
    for line in lines:
        line.close()
    return np.array(latencies_ms), elapsed_s


async def _again_and_again(
    port: int, following: Callable[[], Asked], seconds: float, count: int
) -> tuple[np.ndarray, float]:
    lines = await _opened(port, count)
    latencies_ms: list[float] = []
    start, end = time.perf_counter(), _End()
    busy = set(lines)

    def ask(line: _Line) -> None:
        if time.perf_counter() - start >= seconds:
            busy.discard(line)
            if not busy:
                end.come()
            return
        asked, sent = following(), time.perf_counter()

        def answered(status: int, body: bytes) -> None:
            latencies_ms.append(1000 * (time.perf_counter() - sent))
            asked.answered(status, body)
            ask(line)

        line.ask(asked.sent, answered)

    for line in lines:
        ask(line)
    await end.awaited()
    elapsed_s = time.perf_counter() - start
    for line in lines:
        line.close()
    return np.array(latencies_ms), elapsed_s
