"""Stock under many hands: never below zero, no reservation lost, none counted twice."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from commerce_builders import NOON, a_product, a_shop, a_variant, stocked
from matinee import commerce
from matinee.commerce import errors, stock, store
from matinee.kit.db import Database


def left(database: Database, variant_id: str) -> int | None:
    with database.transaction() as session:
        return commerce.variants_by_ids(session, [variant_id])[variant_id].stock


def test_many_buyers_at_once_get_exactly_what_there_is(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)
    variant = product.variants[0].id
    got: list[str] = []
    short: list[str] = []

    def buy(buyer: int) -> None:
        for attempt in range(5):
            name = f"order-{buyer}-{attempt}"
            try:
                # Each asks twice, as after a lost answer.
                for _ in range(2):
                    with database.transaction() as session:
                        commerce.take_stock(session, variant, 1, reservation=name, at=NOON)
                got.append(name)
            except errors.StockShort:
                short.append(name)

    buyers = [threading.Thread(target=buy, args=(number,)) for number in range(4)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    assert len(got) == 10
    assert len(short) == 10
    assert left(database, variant) == 0
    with database.transaction() as session:
        given = [commerce.give_back_stock(session, name, at=NOON) for name in got]
        again = [commerce.give_back_stock(session, name, at=NOON) for name in got]
    assert given == [1] * 10
    assert again == [0] * 10
    assert left(database, variant) == 10


def test_baskets_that_cross_neither_deadlock_nor_lose(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)
    first, second = sorted(one.id for one in product.variants)

    def buy(buyer: int) -> None:
        for attempt in range(4):
            name = f"basket-{buyer}-{attempt}"
            with database.transaction() as session:
                for variant in (first, second):
                    commerce.take_stock(session, variant, 1, reservation=name, at=NOON)
            with database.transaction() as session:
                commerce.give_back_stock(session, name, at=NOON)

    buyers = [threading.Thread(target=buy, args=(number,)) for number in range(3)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    assert (left(database, first), left(database, second)) == (10, 10)


def test_what_is_not_counted_or_sells_on_is_given_back_as_it_was_taken(database: Database) -> None:
    uncounted = a_variant(1, stock=None, options={"Size": "S"})
    on_order = a_variant(2, stock=1, when_out="continue", options={"Size": "M"})
    with database.transaction() as session:
        stocked(session, a_product(variants=(uncounted, on_order)), a_shop())
        for variant in (uncounted, on_order):
            commerce.take_stock(session, variant.id, 5, reservation="order", at=NOON)
    assert left(database, uncounted.id) is None
    assert left(database, on_order.id) == 0
    with database.transaction() as session:
        assert commerce.give_back_stock(session, "order", at=NOON + timedelta(days=1)) == 2
    assert left(database, uncounted.id) is None
    assert left(database, on_order.id) == 1


def test_a_reservation_is_for_one_number_and_not_used_again(database: Database) -> None:
    with database.transaction() as session:
        variant = stocked(session).variants[0].id
        commerce.take_stock(session, variant, 2, reservation="order", at=NOON)
    with database.transaction() as session, pytest.raises(errors.ReservationReused):
        commerce.take_stock(session, variant, 3, reservation="order", at=NOON)
    with database.transaction() as session:
        commerce.give_back_stock(session, "order", at=NOON)
    with database.transaction() as session, pytest.raises(errors.ReservationReused):
        commerce.take_stock(session, variant, 2, reservation="order", at=NOON)
    assert left(database, variant) == 10


def test_a_withdrawn_variant_keeps_its_id_and_is_not_sold(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)
        small, medium = product.variants
        store.keep_product(session, a_product(variants=(medium,), version=2))
        kept = commerce.product_by_id(session, product.id)
    assert kept.variant(small.id) is not None
    assert [one.id for one in kept.sold] == [medium.id]
    with database.transaction() as session, pytest.raises(errors.VariantNotFound):
        commerce.take_stock(session, small.id, 1, reservation="order", at=NOON)


def test_what_is_kept_is_read_back(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)
        assert commerce.product_by_id(session, product.id) == product
        assert commerce.shop_by_handle(session, "oslo-linen-1") == a_shop()
    with database.transaction() as session, pytest.raises(errors.HandleTaken):
        store.add_shop(session, a_shop(number=2, handle="oslo-linen-1"))


def test_nobody_buys_while_counts_are_reckoned_from_what_was_read(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)
    variant = product.variants[0].id
    with database.transaction() as session:
        read = store.product_by_id(session, product.id, lock=True, sales_wait=True)
        with database.transaction() as other, pytest.raises(OperationalError):
            other.execute(text("set local lock_timeout = '50ms'"))
            commerce.take_stock(other, variant, 1, reservation="order-1", at=NOON)
        stock.set_stock(session, {variant: (read.variants[0].stock or 0) - 3})
    with database.transaction() as session:
        commerce.take_stock(session, variant, 1, reservation="order-1", at=NOON)
    assert left(database, variant) == 6
