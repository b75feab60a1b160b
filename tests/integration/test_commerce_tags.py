"""Products that can be bought in a film: when they are shown, who may tag, and what is offered."""

import itertools
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce_builders import NOON, a_product, a_shop, stocked
from matinee.commerce import actions, store, tagging
from matinee.commerce.errors import ProductNotFound, TagInvalid, TagsTooMany
from matinee.commerce.tagging import Tag, Thing
from matinee.film import FrameRate, Manifest
from matinee.film.shot import Appearance
from matinee.kit.db import Database
from matinee.people import Person
from people_builders import a_site, signed_up

FILM = "video_" + "1" * 32
OWNER, STRANGER = (Mock(spec=Person, id=one) for one in ("person_operator", "person_else"))


def a_manifest(*runs: tuple[int, int]) -> Manifest:
    """A film of ten seconds at 8 frames a second that shows a scarf in these frames."""
    return Manifest(
        screenplay="0" * 64,
        engine="stage",
        seed=1,
        rate=FrameRate(8),
        frame_count=80,
        appearances=tuple(Appearance("prop", "scarf", *run, 0.1) for run in runs),
    )


def test_a_thing_is_tagged_while_the_film_shows_it() -> None:
    scarf = Thing("prop", "scarf")
    assert tagging.runs_of(a_manifest((8, 24), (48, 32)), scarf) == (
        (1_000, 4_000),
        (6_000, 10_000),
    )
    # A break of a second is bridged, and what flashes by can still be tapped.
    assert tagging.runs_of(a_manifest((0, 16), (24, 8)), scarf) == ((0, 5_000),)
    assert tagging.runs_of(a_manifest((79, 1)), scarf) == ((9_875, 10_000),)
    for manifest in (None, a_manifest()):
        with pytest.raises(TagInvalid):
            tagging.runs_of(manifest, scarf)


RUNS = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(1, 9_000)).map(lambda run: (run[0], sum(run))),
    max_size=12,
)


@given(RUNS)
def test_runs_are_in_order_apart_and_hold_all_that_was_said(said: list[tuple[int, int]]) -> None:
    made = tagging.joined(said)
    assert all(first < last for first, last in made)
    pairs = itertools.pairwise(made)
    assert all(later[0] - one[1] > 1_000 for one, later in pairs)
    assert all(any(a <= first and last <= b for a, b in made) for first, last in said)
    assert tagging.joined(made) == made


@pytest.mark.parametrize("run", [(-1, 5), (5, 5), (9, 2), (0, 10**9)])
def test_runs_outside_of_time_are_refused(run: tuple[int, int]) -> None:
    with pytest.raises(TagInvalid):
        tagging.joined([run])


def test_a_film_sells_what_is_for_sale_by_shops_that_let_it(database: Database) -> None:
    with database.transaction() as session:
        product = stocked(session)

        def put(person: Person, product_id: str = product.id) -> None:
            tagging.put(session, person, Tag(FILM, product_id, None, ((0, 2_000),)), at=NOON)

        def offered() -> list[str]:
            return [one.product.id for one in tagging.offered_in(session, FILM)]

        put(STRANGER)
        put(STRANGER)
        (one,) = tagging.offered_in(session, FILM)
        assert (one.product.id, one.tag.runs) == (product.id, ((0, 2_000),))
        actions.change_shop(session, OWNER, product.shop_id, {"commission_bps": 0})
        with pytest.raises(ProductNotFound):
            put(STRANGER)
        put(OWNER)
        actions.withdraw_product(session, OWNER, product.id, at=NOON)
        assert offered() == []
        with pytest.raises(ProductNotFound):
            put(OWNER)
        tagging.remove(session, FILM, product.id)

        for number in range(2, 2 + tagging.TAGS_MAX):
            kept = a_product(number)
            store.keep_product(session, kept)
            put(OWNER, kept.id)
        assert len(offered()) == tagging.TAGS_MAX
        store.keep_product(session, a_product(99))
        with pytest.raises(TagsTooMany):
            put(OWNER, a_product(99).id)
        actions.close_shop(session, a_shop(), at=NOON)
        assert offered() == []


def test_films_that_one_may_not_see_or_did_not_make_are_not_there(
    database: Database, tmp_path: Path
) -> None:
    with a_site(database, tmp_path) as site:
        person = signed_up(site, "mia")
        path = f"/api/films/{FILM}/products"
        assert person.get(path).json()["code"] == "studio.film_not_found"
        told = person.put(f"{path}/product_1", json={"thing": None})
        assert (told.status_code, told.json()["code"]) == (404, "commerce.film_unseen")
        assert person.delete(f"{path}/product_1").status_code == 404
