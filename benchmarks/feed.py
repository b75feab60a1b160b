"""A page of For You at scale, beside the same page by another server's published algorithm.

Fills a database of its own with a million posts of 100,000 people and ten million interactions
(views, likes, follows; binary COPY and generate_series), then asks for pages as the web server
does: the viewer, the candidates, the scores, the page, its log and its JSON. Requests come at 200 a
second (Poisson arrivals), most of them going on with a sitting; then as fast as two threads can.

The other algorithm is For You of loops-server (PHP on MySQL), as its repository showed it in 2026:
the newest public videos that nobody filtered out, in batches of three pages, without those that
were seen; a score of freshness (25 %), engagement (35 %), interests (30 %) and the author's trust
(10 %); fourteen of the best and, because fourteen are fewer than the twenty it wants, six by
engagement per hour over all videos of two years. Here it is one statement on the same tables.

The machine is usually shared: processor time per page is printed beside the wall clock. The last
line is one JSON object.

    python benchmarks/feed.py [--quick] [--rate 200] [--seconds 30]
"""

import argparse
import json
import os
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
from sqlalchemy import text

sys.path.append(str(Path(__file__).parent))
from parts import feed_data

from matinee import feed
from matinee.feed.actions import viewer_of
from matinee.feed.web import views
from matinee.feed.web.watching import ForYou
from matinee.kit import db, postgres
from matinee.kit.clock import SystemClock
from matinee.people import Person, Visitor, people_by_ids

FULL = feed_data.Size(people=100_000, posts=1_000_000, views=7_000_000, likes=1_800_000)
QUICK = feed_data.Size(people=2_000, posts=20_000, views=140_000, likes=36_000)
PAGES_OF_SITTING = 3
LOOPS_RUNS = 20

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


class Pages:
    """Asks for pages like the web server, for people who come and go on."""

    def __init__(self, database: db.Database, size: feed_data.Size) -> None:
        clock = SystemClock()
        self._database = database
        self._chooser = feed.Chooser(clock)
        self._people = size.people
        self._generator = np.random.default_rng(7)
        self._lock = threading.Lock()
        self._sittings: list[tuple[Person, str, int]] = []
        self._count = 0
        # A database that is used again has sittings of earlier runs.
        self._run = time.time_ns()

    def next(self) -> tuple[Person, str, int]:
        """Who asks next: two of three go on with their sitting, others come anew."""
        with self._lock:
            if self._sittings and self._generator.random() < 1 - 1 / PAGES_OF_SITTING:
                return self._sittings.pop(int(self._generator.integers(len(self._sittings))))
            self._count += 1
            person_id = feed_data.person_id(int(self._generator.integers(1, self._people + 1)))
            key = f"{self._run}-{self._count}"
        with self._database.transaction() as session:
            return people_by_ids(session, [person_id])[person_id], key, 0

    def ask(self, asked: tuple[Person, str, int]) -> int:
        """Answer one request; returns the bytes of its JSON."""
        person, key, first = asked
        with self._database.transaction() as session:
            viewer = viewer_of(session, Visitor(person))
            chosen = self._chooser.page(
                session, viewer, key=key, first=first, language=person.language
            )
            posts = views.post_views(session, viewer, chosen.cards)
        body = msgspec.json.encode(ForYou(posts, None, key, None, continuous=True))
        assert len(posts) > 5, f"{person.handle} got {len(posts)} posts"
        if chosen.after is not None:
            with self._lock:
                self._sittings.append((person, key, chosen.after))
        return len(body)


def at_a_rate(
    ask: Callable[[], None], *, rate: float, seconds: float, threads: int, server_pid: int
) -> Measured:
    """Let requests arrive at random at a rate; a request waits when all threads are busy."""
    generator = np.random.default_rng(11)
    arrivals = np.cumsum(generator.exponential(1 / rate, int(rate * seconds)))
    waiting: queue.Queue[float | None] = queue.Queue()
    latencies: list[float] = []

    def work() -> None:
        while (arrived := waiting.get()) is not None:
            ask()
            latencies.append(1000 * (time.perf_counter() - arrived))

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    start, cpu = time.perf_counter(), _cpu_s(server_pid)
    for arrival in arrivals:
        time.sleep(max(0.0, start + arrival - time.perf_counter()))
        waiting.put(start + arrival)
    for _ in workers:
        waiting.put(None)
    for worker in workers:
        worker.join()
    return Measured(np.array(latencies), time.perf_counter() - start, _cpu_s(server_pid) - cpu)


def flat_out(ask: Callable[[], None], *, seconds: float, threads: int, server_pid: int) -> Measured:
    """Let each thread ask again as soon as it was answered."""
    latencies: list[float] = []
    start, cpu = time.perf_counter(), _cpu_s(server_pid)

    def work() -> None:
        while time.perf_counter() - start < seconds:
            asked = time.perf_counter()
            ask()
            latencies.append(1000 * (time.perf_counter() - asked))

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Measured(np.array(latencies), time.perf_counter() - start, _cpu_s(server_pid) - cpu)


def _cpu_s(server_pid: int) -> float:
    """Processor seconds of this process and of the database's processes that are alive."""
    mine = os.times()
    total = mine.user + mine.system
    tick = os.sysconf("SC_CLK_TCK")
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == server_pid or int(status.parent.name) == server_pid:
            total += (int(fields[11]) + int(fields[12])) / tick
    return total


def loops_pages(database: db.Database, size: feed_data.Size, server_pid: int) -> Measured:
    """Ask for the same page by the other algorithm, one after the other."""
    generator = np.random.default_rng(13)
    statement = text(LOOPS)
    latencies: list[float] = []
    start, cpu = time.perf_counter(), _cpu_s(server_pid)
    now = datetime.now(UTC)  # noqa: TID251 - a benchmark lives in the present
    for _ in range(LOOPS_RUNS):
        viewer = int(generator.integers(1, size.people + 1))
        asked = time.perf_counter()
        with database.transaction() as session:
            found = session.execute(statement, {"viewer": viewer, "now": now}).all()
        latencies.append(1000 * (time.perf_counter() - asked))
        assert len(found) > 5
    return Measured(np.array(latencies), time.perf_counter() - start, _cpu_s(server_pid) - cpu)


def main() -> None:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a fiftieth of everything")
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--home", type=Path, help="keep the data here, and use what is there")
    wanted = parser.parse_args()
    size = QUICK if wanted.quick else FULL
    seconds = min(wanted.seconds, 8.0) if wanted.quick else wanted.seconds
    with tempfile.TemporaryDirectory(prefix="mt-") as temporary:
        home = wanted.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        with postgres.open_server(home) as server:
            measure(server, wanted, size, seconds)


def measure(
    server: postgres.Server, wanted: argparse.Namespace, size: feed_data.Size, seconds: float
) -> None:
    """Measure both algorithms on one database."""
    database = db.Database(server.url, pool_size=wanted.threads + 2)
    database.migrate()
    start = time.perf_counter()
    now = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - posts end a minute ago
    rows = feed_data.fill(database, size, now=now)
    print(f"filled {rows:,} rows in {time.perf_counter() - start:.0f} s", flush=True)
    with database.transaction() as session:
        pid = session.execute(
            text("select pid from pg_stat_activity where backend_type = 'checkpointer'")
        ).scalar_one()
    server_pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    pages = Pages(database, size)
    sizes = [pages.ask(pages.next()) for _ in range(100)]
    print(f"a page is {np.mean(sizes) / 1000:.1f} kB of JSON", flush=True)
    steady = at_a_rate(
        lambda: void(pages.ask(pages.next())),
        rate=wanted.rate,
        seconds=seconds,
        threads=wanted.threads,
        server_pid=server_pid,
    )
    print(steady.told(f"For You at {wanted.rate:.0f} requests/s"), flush=True)
    most = flat_out(
        lambda: void(pages.ask(pages.next())),
        seconds=min(seconds, 10.0),
        threads=2,
        server_pid=server_pid,
    )
    print(most.told("For You, two threads"), flush=True)
    other = loops_pages(database, size, server_pid)
    print(other.told("loops-server's, plain SQL"), flush=True)
    database.close()
    p50, p99 = np.percentile(steady.latencies_ms, [50, 99])
    told = {
        "posts": size.posts,
        "rps": round(len(most.latencies_ms) / most.elapsed_s, 1),
        "p50_ms": round(float(p50), 2),
        "p99_ms": round(float(p99), 2),
        "cpu_ms": round(1000 * steady.cpu_s / len(steady.latencies_ms), 2),
        "at_rps": round(len(steady.latencies_ms) / steady.elapsed_s, 1),
        "loops_p50_ms": round(float(np.percentile(other.latencies_ms, 50)), 1),
    }
    print(json.dumps(told))


def void(_answer: object) -> None:
    """Drop an answer."""


if __name__ == "__main__":
    main()
