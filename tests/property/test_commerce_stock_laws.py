"""Whatever is taken and given back, in whatever order: stock and reservations add up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commerce_builders import NOON, stocked
from matinee import commerce
from matinee.commerce import errors
from matinee.kit.db import Database

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["take", "give"]), st.integers(0, 3), st.integers(0, 1), st.integers(1, 6)
    ),
    max_size=12,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DEEDS)
def test_what_is_left_and_what_is_held_is_what_there_was(
    database: Database, deeds: list[tuple[str, int, int, int]]
) -> None:
    class Undone(Exception):
        pass

    try:
        with database.transaction() as session:
            variants = [one.id for one in stocked(session).variants]
            held: dict[tuple[str, str], int] = {}
            spent: set[tuple[str, str]] = set()
            for deed, order, which, count in deeds:
                name, variant = f"order-{order}", variants[which]
                key = (name, variant)
                if deed == "give":
                    mine = [one for one in held if one[0] == name]
                    assert commerce.give_back_stock(session, name, at=NOON) == len(mine)
                    spent.update(mine)
                    for one in mine:
                        del held[one]
                    continue
                left = 10 - sum(n for (_, of), n in held.items() if of == variant)
                try:
                    commerce.take_stock(session, variant, count, reservation=name, at=NOON)
                except errors.ReservationReused:
                    assert key in spent or held[key] != count
                except errors.StockShort:
                    assert count > left
                else:
                    assert key not in spent
                    assert held.get(key, count) == count
                    held[key] = count
                for of, variant_now in commerce.variants_by_ids(session, variants).items():
                    taken = sum(n for (_, one), n in held.items() if one == of)
                    assert variant_now.stock == 10 - taken >= 0
            raise Undone
    except Undone:
        pass
