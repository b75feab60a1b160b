"""How fast split events are booked: by 1, 4 and 16 clients, alone and in sets, on full books.

Every event is divided (a film with two licences and three ancestors, eight shares) and booked with
the platform's account in it, which all clients therefore share. "single" commits each event by
itself, "set" books 200 in a transaction. Then the books are filled to ten million entries by set
(`--quick`: 100,000), sealed and proved, and everything is measured again. Figures are medians of
three rounds (one with `--quick`); the last line is one JSON object.

    python benchmarks/ledger.py [--quick] [--entries N]
"""

import argparse
import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from matinee import ledger
from matinee.kit import db, postgres
from matinee.kit.money import MicroMoney
from matinee.rights.licences import Licence, Owner, Terms
from matinee.rights.splits import FilmRights, PlatformTerms, UseOfWork, split

AT = datetime(2026, 1, 1, tzinfo=UTC)
EARNINGS = ledger.Kind("earnings", "liability")
CASH = ledger.Kind("cash", "asset")
CLIENTS = (1, 4, 16)
SET_EVENTS = 200
OWNERS = 10_000
LEGS = 9
CHUNK = 20_000


def a_film(number: int) -> FilmRights:
    """A film with two licences and three ancestors; its people differ with ``number``."""
    terms = Terms(allowed=True, share_bps=1_500)
    held = (Owner(f"person_{number % OWNERS}", 6_000), Owner(f"house_{number % 97}", 4_000))
    film = FilmRights("film_0", f"person_{(number + 1) % OWNERS}")
    for generation in range(1, 4):
        maker = f"person_{(number + 7 * generation) % OWNERS}"
        film = FilmRights(f"film_{generation}", maker, parents=(film,))
    uses = (
        UseOfWork(Licence("licence_1", "work_1", 1, terms, held)),
        UseOfWork(Licence("licence_2", "work_2", 1, terms, (Owner("studio", 10_000),))),
    )
    return replace(film, uses=uses)


PLATFORM = PlatformTerms("platform")


def an_event(name: str, number: int) -> ledger.Journal:
    """A tip, divided and ready to be booked."""
    amount = MicroMoney(1_000_000 + number, "EUR")
    parties = split(amount, a_film(number), PLATFORM).by_party()
    entries = [ledger.Entry(ledger.Account(CASH, "bank", "EUR"), -amount.micro)]
    entries += [
        ledger.Entry(ledger.Account(EARNINGS, party, "EUR"), micro)
        for party, micro in parties.items()
    ]
    return ledger.Journal(f"{name}/{number}", "benchmark.tip", tuple(entries), AT)


def client(url: str, name: str, event_count: int, set_events: int, ready: object) -> None:
    """Book events in transactions of ``set_events``."""
    database = db.Database(url, pool_size=1)
    with database.transaction() as session:
        session.execute(text("select 1"))
    ready.wait()  # type: ignore[attr-defined] # a barrier of multiprocessing
    for first in range(0, event_count, set_events):
        events = [an_event(name, first + number) for number in range(set_events)]
        while True:
            try:
                with database.transaction() as session:
                    ledger.post(session, events, at=AT)
                break
            except db.TransactionLost:
                continue
    database.close()


def events_per_s(url: str, name: str, *, clients: int, events: int, set_events: int) -> float:
    """Booked events a second over all clients, each of which books its part of ``events``."""
    fork = multiprocessing.get_context("fork")
    ready = fork.Barrier(clients + 1)
    each = max(set_events, events // clients // set_events * set_events)
    workers = [
        fork.Process(target=client, args=(url, f"{name}/{i}", each, set_events, ready))
        for i in range(clients)
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    start = time.perf_counter()
    for worker in workers:
        worker.join()
    elapsed_s = time.perf_counter() - start
    assert all(worker.exitcode == 0 for worker in workers), "a client failed"
    return clients * each / elapsed_s


def measured(url: str, stage: str, *, rounds: int) -> dict[str, float]:
    """The median rates by way and number of clients."""
    found = {}
    for way, set_events, events in (("single", 1, 600), ("set", SET_EVENTS, 4_000)):
        for clients in CLIENTS:
            rates = [
                events_per_s(
                    url,
                    f"{stage}/{way}/{clients}/{number}",
                    clients=clients,
                    events=events,
                    set_events=set_events,
                )
                for number in range(rounds)
            ]
            found[f"{way}_{clients}"] = round(statistics.median(rates), 1)
            print(f"{stage}: {way}, {clients} clients: {found[f'{way}_{clients}']} events/s")
    return found


def fill(database: db.Database, entry_count: int) -> float:
    """Book journals of ``LEGS`` entries by set, about that many; returns entries a second."""
    with database.transaction() as session:
        # Every owner's account, opened as any other.
        opening = [
            ledger.Entry(ledger.Account(EARNINGS, f"person_{n}", "EUR"), 1) for n in range(OWNERS)
        ]
        for first in range(0, OWNERS, 5_000):
            part = opening[first : first + 5_000]
            bank = ledger.Entry(ledger.Account(CASH, "bank", "EUR"), -len(part))
            ledger.post(
                session, [ledger.Journal(f"open/{first}", "benchmark", (*part, bank), AT)], at=AT
            )
    start = time.perf_counter()
    for first in range(0, entry_count // LEGS, CHUNK):
        with database.transaction() as session:
            session.execute(
                text(
                    "insert into ledger.journal (key, fingerprint, reason, entry_count,"
                    " effective_at, booked_at) select 'fill/' || n, sha256(n::text::bytea),"
                    " 'benchmark.fill', :legs, :at, :at"
                    " from generate_series(cast(:first as integer),"
                    " cast(:first as integer) + :chunk - 1) n"
                ),
                {"legs": LEGS, "at": AT, "first": first, "chunk": CHUNK},
            )
            session.execute(
                text(
                    "with bank as (select id from ledger.account where owner = 'bank'),"
                    " owners as (select id, row_number() over (order by id) - 1 as place"
                    "  from ledger.account where kind = 'earnings')"
                    " insert into ledger.entry (journal_id, line, account_id, micro, currency)"
                    " select j.id, leg, case when leg = :legs then bank.id else owners.id end,"
                    " case when leg = :legs then -8000 else 1000 end, 'EUR'"
                    " from ledger.journal j cross join bank "
                    " cross join generate_series(1, cast(:legs as integer)) leg"
                    " join owners on owners.place = case when leg <= 2 then 0"
                    "  else (j.id * 7 + leg * 131) % cast(:owners as bigint) end"
                    " where j.id > (select max(id) from ledger.journal) - :chunk"
                ),
                {"legs": LEGS, "chunk": CHUNK, "owners": OWNERS},
            )
        if first % (CHUNK * 10) == 0:
            with database.transaction() as session:
                ledger.seal(session, at=AT)
    elapsed_s = time.perf_counter() - start
    with database.transaction() as session:
        ledger.seal(session, at=AT)
    return entry_count / elapsed_s


def timed_ms(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    act()
    return round((time.perf_counter() - start) * 1000, 1)


def main() -> None:
    """Measure, fill, measure again, prove."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--entries", type=int)
    options = parser.parse_args()
    entry_count = options.entries or (100_000 if options.quick else 10_000_000)
    rounds = 1 if options.quick else 3
    start = time.perf_counter()
    for number in range(2_000):
        an_event("split", number)
    splits_per_s = 2_000 / (time.perf_counter() - start)
    print(f"dividing alone: {splits_per_s:.0f} events/s on one core")
    with (
        tempfile.TemporaryDirectory(prefix="mt-") as folder,
        postgres.open_server(Path(folder)) as server,
    ):
        database = db.Database(server.url)
        database.migrate()
        empty = measured(server.url, "empty", rounds=rounds)
        fill_rate = fill(database, entry_count)
        print(f"filling by set: {fill_rate:.0f} entries/s")
        with database.transaction() as session:
            session.execute(text("analyze"))
        full = measured(server.url, "full", rounds=rounds)
        account = ledger.Account(EARNINGS, "platform", "EUR")

        def look() -> None:
            with database.transaction() as session:
                ledger.balances(session, [account])

        unsealed_ms = timed_ms(look)
        with database.transaction() as session:
            ledger.seal(session, at=AT)
        sealed_ms = timed_ms(look)
        with database.transaction() as session:
            start = time.perf_counter()
            proof = ledger.prove(session)
            proof_s = round(time.perf_counter() - start, 1)
        database.close()
    assert proof.holds, proof.faults
    print(f"a balance of the platform: {unsealed_ms} ms unsealed, {sealed_ms} ms sealed")
    print(f"proving {proof.entry_count} entries: {proof_s} s")
    best = max(full.values())
    print(
        json.dumps(
            {
                "events_per_s": best,
                "entries_per_s": round(best * LEGS, 1),
                "trial_balance": sum(abs(micro) for micro in proof.trial_balance.values()),
                "entries": proof.entry_count,
                "splits_per_s": round(splits_per_s, 1),
                "empty": empty,
                "full": full,
                "fill_entries_per_s": round(fill_rate, 1),
                "balance_ms": {"unsealed": unsealed_ms, "sealed": sealed_ms},
                "proof_s": proof_s,
            }
        )
    )


if __name__ == "__main__":
    main()
