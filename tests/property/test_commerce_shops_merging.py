"""Two-way sync: nothing is lost, nothing is guessed, and both sides come to the same."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matinee.commerce.model import Option
from matinee.commerce.shops import merging
from matinee.commerce.shops.model import ListedVariant, Listing, Picture
from matinee.kit.money import Money

WORDS = st.sampled_from(["", "linen", "wool", "red", "Hemd"])
COUNTS = st.one_of(st.none(), st.integers(0, 50))


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    sizes = draw(st.lists(st.sampled_from("SML"), min_size=1, max_size=3, unique=True))
    variants = tuple(
        ListedVariant(
            sku=draw(WORDS),
            options={"Size": size},
            price=Money(draw(st.integers(1, 3)), "EUR"),
            stock=draw(COUNTS),
        )
        for size in sizes
    )
    return Listing(
        title=draw(WORDS) or "a thing",
        description=draw(WORDS),
        brand=draw(WORDS),
        tags=tuple(draw(st.lists(WORDS, max_size=2))),
        options=(Option("Size", tuple(sizes)),),
        pictures=tuple(Picture(f"https://example.com/{w}") for w in draw(st.sets(WORDS))),
        variants=variants,
        state=draw(st.sampled_from(["live", "draft"])),
    )


@given(listings(), listings())
def test_what_one_side_changed_is_taken_by_the_other(base: Listing, changed: Listing) -> None:
    here = merging.merge(base, changed, base)
    there = merging.merge(base, base, changed)
    assert not here.clashes
    assert not there.clashes
    assert merging.alike(here.theirs, changed)
    assert merging.alike(there.ours, changed)
    assert merging.alike(here.base, changed)
    assert merging.alike(there.base, changed)


@given(listings(), listings(), listings())
def test_a_field_is_agreed_taken_or_shown(base: Listing, ours: Listing, theirs: Listing) -> None:
    merged = merging.merge(base, ours, theirs)
    shown = {one.what for one in merged.clashes}
    for name in merging.FIELDS:
        left, right = merging.part(merged.ours, name), merging.part(merged.theirs, name)
        if name in shown:
            assert left == merging.part(ours, name)
            assert right == merging.part(theirs, name)
            assert merging.part(merged.base, name) == merging.part(base, name)
        else:
            assert left == right == merging.part(merged.base, name)
            assert left in (merging.part(ours, name), merging.part(theirs, name))


@given(listings(), listings(), listings(), st.sampled_from(["ours", "theirs"]))
def test_settling_takes_the_chosen_side_and_nothing_else(
    base: Listing, ours: Listing, theirs: Listing, side: str
) -> None:
    merged = merging.merge(base, ours, theirs)
    for clash in merged.clashes:
        agreed = merging.settled(
            merged.base,
            merged.ours,
            merged.theirs,
            clash.what,
            "ours" if side == "ours" else "theirs",
        )
        after = merging.merge(agreed, merged.ours, merged.theirs)
        wanted = clash.ours if side == "ours" else clash.theirs
        assert merging.part(after.ours, clash.what) == wanted
        assert merging.part(after.theirs, clash.what) == wanted
        assert {one.what for one in after.clashes} == {
            one.what for one in merged.clashes if one.what != clash.what
        }


@given(listings(), listings(), listings())
def test_merging_again_changes_nothing(base: Listing, ours: Listing, theirs: Listing) -> None:
    once = merging.merge(base, ours, theirs)
    twice = merging.merge(once.base, once.ours, once.theirs)
    assert merging.alike(twice.ours, once.ours)
    assert merging.alike(twice.theirs, once.theirs)
    assert twice.clashes == once.clashes


@given(listings(), listings())
def test_counts_and_keys_stay_with_their_side(ours: Listing, theirs: Listing) -> None:
    named = replace(
        theirs,
        variants=tuple(
            replace(one, key=f"v{i}", stock_key=f"s{i}") for i, one in enumerate(theirs.variants)
        ),
    )
    merged = merging.merge(ours, ours, named)
    counts = {merging.chosen(one): one.stock for one in ours.variants}
    for one in merged.ours.variants:
        if merging.chosen(one) in counts:
            assert one.stock == counts[merging.chosen(one)]
        assert one.key


@given(st.integers(0, 50), st.integers(-9, 9), st.integers(-9, 9))
def test_both_sides_sales_count(base: int, here: int, there: int) -> None:
    ours, theirs = max(0, base + here), max(0, base + there)
    merged = merging.merged_count(base, ours, theirs)
    assert merged == max(0, base + (ours - base) + (theirs - base))


@given(COUNTS, COUNTS)
def test_a_count_that_one_side_changed_is_taken(base: int | None, changed: int | None) -> None:
    assert merging.merged_count(base, changed, base) == changed
    assert merging.merged_count(base, base, changed) == changed


@given(listings())
def test_a_listing_is_kept_whole(listing: Listing) -> None:
    assert merging.from_plain(merging.plain_of(listing)) == listing
