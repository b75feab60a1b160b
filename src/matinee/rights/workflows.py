"""The jobs of money: charges, renewals, payouts, and sharing out what subscribers paid."""

from datetime import UTC, date, datetime

from matinee.kit import durable, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.errors import MatineeError
from matinee.kit.ids import Ids

from . import paying, payouts, subscribing
from .treasury import Treasury, Watched

log = logs.logger(__name__)

COLLECT_EVERY = "20 * * * * *"
CLOSE_EVERY = "0 15 2 * * *"
PAY_OUT_EVERY = "0 0 4 * * *"
QUEUES = (durable.Queue("money", 2),)


def install(
    database: Database,
    treasury: Treasury,
    *,
    jobs: Jobs,
    clock: Clock,
    ids: Ids,
    watched: Watched,
) -> Workflow[[str], None]:
    """Define the workflows over a database, once for a process; the one that takes a charge.

    The others are scheduled here: collecting every minute what is due, closing months every night,
    paying out every morning. A step may run again after a crash: what it does at the provider has a
    key of its own, and what it books has a name of its own.
    """

    @durable.step("rights.carry_out")
    def carry_out(charge_id: str) -> None:
        paying.carry_out_charges(
            database, treasury.payments, treasury.platform, clock, only=charge_id
        )

    @durable.step("rights.carry_out_all")
    def carry_out_all() -> None:
        with database.transaction() as session:
            subscribing.renew(session, at=clock.now())
        paying.carry_out_charges(database, treasury.payments, treasury.platform, clock)
        paying.carry_out_payouts(database, treasury.payments, clock)

    @durable.step("rights.close_pools")
    def close_pools() -> None:
        close_months(database, treasury, clock=clock, watched=watched)

    @durable.step("rights.order_due_payouts")
    def order_due_payouts() -> None:
        payouts.run(database, treasury, clock=clock, ids=ids)

    @durable.workflow("rights.charge", queue="money")
    def charge(charge_id: str) -> None:
        carry_out(charge_id)

    @durable.workflow("rights.collect", queue="money")
    def collect() -> None:
        carry_out_all()

    @durable.workflow("rights.close", queue="money")
    def close() -> None:
        close_pools()

    @durable.workflow("rights.pay_out", queue="money")
    def pay_out() -> None:
        order_due_payouts()

    jobs.schedule("rights.collect", COLLECT_EVERY, collect)
    jobs.schedule("rights.close", CLOSE_EVERY, close)
    jobs.schedule("rights.pay_out", PAY_OUT_EVERY, pay_out)
    return charge


def close_months(database: Database, treasury: Treasury, *, clock: Clock, watched: Watched) -> int:
    """Share every pool of a month that has ended, one transaction for each; how many.

    A pool that cannot be shared yet (a rate is missing) waits, and the others do not wait for it.
    """
    today = clock.now().astimezone(UTC).date()
    with database.transaction() as session:
        pools = subscribing.open_pools(session, before=today.replace(day=1))
    closed = 0
    for pool in pools:
        try:
            with database.transaction() as session:
                until = _start(subscribing.next_month(pool.month))
                seen = watched(session, _start(pool.month), until)
                seconds = [(film, ms // 1_000) for film, ms in seen]
                subscribing.close_pool(session, pool, seconds, treasury.platform, at=clock.now())
        except MatineeError as error:
            log.error("pool_not_closed", pool=pool.id, currency=pool.currency, fault=error.code)  # noqa: TRY400 - told
            continue
        log.info("pool_closed", pool=pool.id, currency=pool.currency)
        closed += 1
    return closed


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
