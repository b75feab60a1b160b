"""A page of For You at scale, beside the same page by another server's published algorithm.

Fills a database of its own with a million posts of 100,000 people and ten million interactions
(views, likes, follows; binary COPY and generate_series), then starts ``matinee serve`` on it, one
process with its worker as anybody starts it, and asks for pages over HTTP with people's sessions.
Requests come at 200 a second (Poisson arrivals; a request's time counts from its arrival), two of
three going on with a sitting; then as fast as a few connections can. Every page is looked at: it
has posts, and none that its sitting has shown. Who asks runs on the same machine.

The other algorithm is For You of loops-server (PHP on MySQL), as its repository showed it in 2026:
the newest public videos that nobody filtered out, in batches of three pages, without those that
were seen; a score of freshness (25 %), engagement (35 %), interests (30 %) and the author's trust
(10 %); fourteen of the best and, because fourteen are fewer than the twenty it wants, six by
engagement per hour over all videos of two years. Here it is one statement on the same tables,
without a web server around it.

The machine is usually shared: processor time per page is printed beside the wall clock. The last
line is one JSON object.

    python benchmarks/feed.py [--quick] [--rate 200] [--seconds 30]
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
from sqlalchemy import text

sys.path.append(str(Path(__file__).parent))
from parts import feed_data
from parts.open_loop import Asked, at_a_rate, flat_out

from matinee.kit import db, postgres

FULL = feed_data.Size(people=100_000, posts=1_000_000, views=7_000_000, likes=1_800_000)
QUICK = feed_data.Size(people=2_000, posts=20_000, views=140_000, likes=36_000)
PAGES_OF_SITTING = 3
LOOPS_RUNS = 20
WARMING_LINES = 2
BEGINNING_S = 12.0
FLAT_OUT_LINES = 8

# For You of loops-server in our own SQL: :viewer looks, and has seen what feed.view says.
LOOPS = """
with newest as (
  select p.number, p.author, p.topic, p.created_at, t.likes, t.comments, t.shares, t.saves, t.views
  from feed.post p join feed.post_tally t on t.post = p.number
  where p.state = 'live' and p.audience = 'public'
    and p.created_at >= :now - interval '730 days'
    and not exists (select from feed.block b where b.person = :viewer and b.other = p.author)
  order by p.number desc limit 60
), unseen as (
  select n.*, extract(epoch from :now - created_at) / 3600 as hours from newest n
  where not exists (select from feed.view v where v.person = :viewer and v.post = n.number)
), personal as (
  select u.number,
    0.25 * greatest(0, 1 - power(hours / (730 * 24), 2))
    + 0.35 * (0.3 * least(1, likes / 1000.0) + 0.2 * least(1, comments / 100.0)
        + 0.25 * least(1, shares / 50.0) + 0.15 * least(1, saves / 50.0)
        + 0.1 * least(1, views / 5000.0)) / ln(greatest(1, hours / 24 + 1) + 2)
    + 0.3 * (0.5 * (exists (select from feed.follow f
            where f.follower = :viewer and f.followee = u.author))::int
        + 0.5 * least(1, coalesce(me.topic_weights[u.topic + 1], 0) / 5))
    + 0.1 * 0.5 as score
  from unseen u, feed.person me where me.number = :viewer
  order by score desc limit 14
), popular as (
  select p.number, (t.likes * 2 + t.comments * 3 + t.shares * 4 + t.saves * 3 + t.views * 0.1)
      / (extract(epoch from :now - p.created_at) / 3600 + 1) as score
  from feed.post p join feed.post_tally t on t.post = p.number
  where p.state = 'live' and p.audience = 'public'
    and p.created_at >= :now - interval '730 days'
    and p.number not in (select number from personal)
    and not exists (select from feed.block b where b.person = :viewer and b.other = p.author)
  order by score desc limit 6
)
select number, score from personal union all select number, score from popular order by score desc
"""


@dataclass(frozen=True)
class Measured:
    """Wall times of requests in ms, and what the machine did for them."""

    latencies_ms: np.ndarray
    elapsed_s: float
    cpu_s: float

    def told(self, name: str) -> str:
        """One line for people."""
        p50, p90, p99 = np.percentile(self.latencies_ms, [50, 90, 99])
        count = len(self.latencies_ms)
        return (
            f"{name:<30}{count:>6} requests {count / self.elapsed_s:7.1f}/s  p50 {p50:7.1f} ms"
            f"  p90 {p90:7.1f} ms  p99 {p99:7.1f} ms  {1000 * self.cpu_s / count:6.2f} CPU ms each"
        )


class PostSeen(msgspec.Struct):
    """What is looked at of a post."""

    id: str


class PageSeen(msgspec.Struct):
    """What is looked at of an answer."""

    posts: list[PostSeen]
    cursor: str | None


class Pages:
    """Asks for pages like people's apps, for people who come and go on."""

    def __init__(self, size: feed_data.Size, port: int) -> None:
        self._people = size.people
        self._port = port
        self._generator = np.random.default_rng(time.time_ns())
        self._sittings: list[tuple[int, str, set[str]]] = []
        self.sizes: list[int] = []

    def next(self) -> Asked:
        """The next request: two of three go on with a sitting, others come anew."""
        person, cursor, seen = int(self._generator.integers(1, self._people + 1)), "", set[str]()
        if self._sittings and self._generator.random() < 1 - 1 / PAGES_OF_SITTING:
            place = int(self._generator.integers(len(self._sittings)))
            person, cursor, seen = self._sittings.pop(place)

        def answered(status: int, body: bytes) -> None:
            assert status == 200, body[:500]
            page = msgspec.json.decode(body, type=PageSeen)
            ids = {post.id for post in page.posts}
            assert len(ids) > 5, f"{person} got {len(ids)} posts"
            assert not ids & seen, f"{person} was shown something twice"
            self.sizes.append(len(body))
            if page.cursor is not None:
                self._sittings.append((person, page.cursor, seen | ids))

        path = f"/api/feed/for-you?cursor={cursor}" if cursor else "/api/feed/for-you"
        head = (
            f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{self._port}\r\n"
            "sec-fetch-site: same-origin\r\naccept: application/json\r\n"
            f"cookie: matinee_session={feed_data.token(person)}\r\n\r\n"
        )
        return Asked(head.encode(), answered)


@contextmanager
def serving(home: Path, processes: int) -> Iterator[tuple[int, int]]:
    """Run ``matinee serve`` on a data folder; gives its port and process id once it answers."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = int(chosen.getsockname()[1])
    told = (home / "serve.log").open("wb")
    program = "import sys; from matinee.entrypoints.cli import main; sys.exit(main())"
    server = subprocess.Popen(  # noqa: S603 - our own program
        [
            sys.executable,
            "-c",
            program,
            "serve",
            "--port",
            str(port),
            "--processes",
            str(processes),
        ],
        env={**os.environ, "MATINEE_HOME": str(home)},
        stdout=told,
        stderr=told,
    )
    try:
        _wait_for(server, port, home / "serve.log")
        time.sleep(BEGINNING_S if processes > 1 else 0)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        told.close()


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline_s = time.monotonic() + 120
    while time.monotonic() < deadline_s:
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text()[-2000:])


class Meter:
    """Processor seconds of some processes and the ones that they have started."""

    def __init__(self, *pids: int) -> None:
        self._pids = set(pids)

    def read_s(self) -> float:
        """Return the seconds so far, of the processes that are alive."""
        total, tick = 0.0, os.sysconf("SC_CLK_TCK")
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if {int(fields[1]), int(status.parent.name)} & self._pids:
                total += (int(fields[11]) + int(fields[12])) / tick
        return total


def loops_pages(database: db.Database, size: feed_data.Size, meter: Meter) -> Measured:
    """Ask for the same page by the other algorithm, one after the other."""
    generator = np.random.default_rng(13)
    statement = text(LOOPS)
    latencies: list[float] = []
    start, cpu_s = time.perf_counter(), meter.read_s()
    now = datetime.now(UTC)  # noqa: TID251 - a benchmark lives in the present
    for _ in range(LOOPS_RUNS):
        viewer = int(generator.integers(1, size.people + 1))
        asked = time.perf_counter()
        with database.transaction() as session:
            found = session.execute(statement, {"viewer": viewer, "now": now}).all()
        latencies.append(1000 * (time.perf_counter() - asked))
        assert len(found) > 5
    return Measured(np.array(latencies), time.perf_counter() - start, meter.read_s() - cpu_s)


def main() -> None:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a fiftieth of everything")
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--home", type=Path, help="keep the data here, and use what is there")
    wanted = parser.parse_args()
    size = QUICK if wanted.quick else FULL
    seconds = min(wanted.seconds, 8.0) if wanted.quick else wanted.seconds
    with tempfile.TemporaryDirectory(prefix="mt-") as temporary:
        home = wanted.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        with postgres.open_server(home) as server:
            pace = (wanted.rate, seconds)
            measure(server, home, size, pace=pace, processes=wanted.processes)


def measure(
    server: postgres.Server,
    home: Path,
    size: feed_data.Size,
    *,
    pace: tuple[float, float],
    processes: int,
) -> None:
    """Measure both algorithms on one database; ``pace`` is requests a second, and seconds."""
    rate, seconds = pace
    database = db.Database(server.url)
    database.migrate()
    start = time.perf_counter()
    now = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - posts end a minute ago
    rows = feed_data.fill(database, size, now=now)
    feed_data.sign_in(database, size)
    print(f"filled {rows:,} rows in {time.perf_counter() - start:.0f} s", flush=True)
    postmaster = _postmaster(database)
    with serving(home, processes) as (port, pid):
        pages, meter = Pages(size, port), Meter(pid, postmaster)
        flat_out(port, pages.next, seconds=min(seconds, 5.0), lines=WARMING_LINES)
        print(f"a page is {np.mean(pages.sizes) / 1000:.1f} kB of JSON", flush=True)
        cpu_s = meter.read_s()
        latencies_ms, elapsed_s = at_a_rate(port, pages.next, rate=rate, seconds=seconds)
        steady = Measured(latencies_ms, elapsed_s, meter.read_s() - cpu_s)
        print(steady.told(f"For You at {rate:.0f} requests/s"), flush=True)
        cpu_s = meter.read_s()
        latencies_ms, elapsed_s = flat_out(
            port, pages.next, seconds=min(seconds, 10.0), lines=FLAT_OUT_LINES
        )
        most = Measured(latencies_ms, elapsed_s, meter.read_s() - cpu_s)
        print(most.told(f"For You, {FLAT_OUT_LINES} asking"), flush=True)
    other = loops_pages(database, size, Meter(os.getpid(), postmaster))
    print(other.told("loops-server's, plain SQL"), flush=True)
    database.close()
    p50, p99 = np.percentile(steady.latencies_ms, [50, 99])
    told = {
        "posts": size.posts,
        "rps": round(len(most.latencies_ms) / most.elapsed_s, 1),
        "p50_ms": round(float(p50), 2),
        "p99_ms": round(float(p99), 2),
        "cpu_ms": round(1000 * steady.cpu_s / len(steady.latencies_ms), 2),
        "processes": processes,
        "at_rps": round(len(steady.latencies_ms) / steady.elapsed_s, 1),
        "loops_p50_ms": round(float(np.percentile(other.latencies_ms, 50)), 1),
    }
    print(json.dumps(told))


def _postmaster(database: db.Database) -> int:
    """The process that has started all others of the database."""
    with database.transaction() as session:
        pid = session.execute(
            text("select pid from pg_stat_activity where backend_type = 'checkpointer'")
        ).scalar_one()
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


if __name__ == "__main__":
    main()
