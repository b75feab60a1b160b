"""For You as one person finds it: pages, reasons, steering, views, learning; and search."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from feed_builders import Site, a_site
from matinee.feed import watching
from matinee.feed.choosing_store import newest_model
from matinee.feed.learning import learn
from matinee.kit.db import Database
from matinee.people import actions, person_by_handle

CAPTIONS = (
    "Mist over the mountains and a lake",
    "The president speaks in parliament about taxes",
    "A cat and her kittens",
    "A dog in the park",
    "Football: the striker scores a goal",
    "A robot in a factory",
)


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    with a_site(database) as opened:
        opened.people("ann", "bob", "cem", "dan", "eve", "fay", minors=("tim",))
        makers = ("bob", "cem", "dan", "eve", "fay")
        for number in range(30):
            caption = f"{CAPTIONS[number % 6]}, part {number}"
            opened.post(makers[number % 5], caption)
        yield opened


def page(site: Site, handle: str, cursor: str = "", session: str = "s1") -> dict[str, object]:
    answer = site.as_(handle).client.get(
        "/api/feed/for-you", params={"cursor": cursor, "session": session}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def captions(found: dict[str, object]) -> list[str]:
    return [post["caption"] for post in found["posts"]]  # type: ignore[attr-defined]


def test_a_sitting_shows_everything_once_and_a_page_asked_for_again_is_the_same(
    site: Site,
) -> None:
    shown: list[str] = []
    cursor = ""
    while True:
        found = page(site, "ann", cursor)
        assert captions(page(site, "ann", cursor)) == captions(found)
        shown += captions(found)
        if not found["cursor"]:
            break
        cursor = str(found["cursor"])
    assert len(shown) == len(set(shown)) == 30
    assert captions(page(site, "ann", "", session="s2"))


def test_pages_are_spread_and_say_truly_why(site: Site) -> None:
    site.as_("ann").client.put("/api/people/bob/follow")
    found = page(site, "ann")
    handles = [post["author"]["handle"] for post in found["posts"]]  # type: ignore[attr-defined]
    assert handles[0] == "bob"
    assert max(handles.count(handle) for handle in handles) <= 3
    first = found["posts"][0]  # type: ignore[index]
    assert "You follow its author" in first["why"]
    told = site.as_("ann").client.get(f"/api/posts/{first['id']}/why").json()
    assert told["why"] == first["why"]
    weights = [factor["weight"] for factor in told["factors"]]
    assert weights == sorted(weights, reverse=True)


def test_steering_changes_the_next_page_is_kept_and_can_be_reset(site: Site) -> None:
    client = site.as_("ann").client
    before = page(site, "ann")
    assert any("president" in one for one in captions(before))
    told = client.put("/api/feed/steering", json={"text": "more dogs, no politics"}).json()
    assert [rule["say"] for rule in told["rules"]] == [
        "more films about dogs",
        "no films about politics",
    ]
    after = page(site, "ann", session="s3")
    assert not any("president" in one for one in captions(after))
    assert sum("dog" in one for one in captions(after)) > sum(
        "dog" in one for one in captions(before)
    )
    assert client.get("/api/feed/steering").json() == told
    client.delete("/api/feed/steering")
    assert captions(page(site, "ann", session="s4")) == captions(page(site, "ann", session="s4"))
    assert client.get("/api/feed/steering").json() == {"text": "", "rules": []}


def test_views_teach_within_sense(site: Site) -> None:
    client = site.as_("ann").client
    found = page(site, "ann")
    for post in found["posts"]:  # type: ignore[attr-defined]
        watched = 8000 if "cat" in post["caption"] else 500
        view = {"session": "s1", "watched_ms": watched, "duration_ms": 8000}
        assert client.post(f"/api/posts/{post['id']}/views", json=view).status_code == 204
    some = found["posts"][0]["id"]  # type: ignore[index]
    for wrong in (
        {"watched_ms": 90_000, "duration_ms": 8000},
        {"watched_ms": -1, "duration_ms": 8000},
        {"watched_ms": 10, "duration_ms": 80_000},
        {"watched_ms": 10, "duration_ms": 8000, "looped": 99},
    ):
        refused = client.post(f"/api/posts/{some}/views", json=wrong)
        assert refused.json()["code"] == "feed.view_implausible"
    client.put(f"/api/posts/{some}/not-interested")
    site.clock.advance(timedelta(minutes=11))
    with site.database.transaction() as session:
        assert learn(session, clock=site.clock) == 10
        assert learn(session, clock=site.clock) == 0
        assert newest_model(session, 0) is not None
    following = page(site, "ann", session="s9")
    assert "cat" in captions(following)[0]
    assert some not in [post["id"] for post in following["posts"]]  # type: ignore[attr-defined]


def test_a_minor_is_told_when_an_hour_is_over(site: Site) -> None:
    found = page(site, "tim")
    assert found["notice"] is None
    assert found["continuous"] is False
    some = found["posts"][0]["id"]  # type: ignore[index]
    for _ in range(22):
        view = {"watched_ms": 168_000, "duration_ms": 8000, "looped": 20}
        site.as_("tim").client.post(f"/api/posts/{some}/views", json=view)
    notice = page(site, "tim", session="s2")["notice"]
    assert notice == {"kind": "daily_limit", "minutes_watched": 61, "minutes_limit": 60}


def test_whoever_sets_a_limit_is_told_when_it_is_over_and_a_minor_sets_none_above_the_hour(
    site: Site,
) -> None:
    for handle, minutes, limit in (("ann", 30, 30), ("tim", 45, 45), ("tim", 600, 60)):
        with site.database.transaction() as session:
            person = person_by_handle(session, handle)
            hour_ms = 3_600_000 if handle == "tim" else None
            assert watching.daily_limit_ms(session, person) == hour_ms
            wish = {"wellbeing": {"daily_minutes": minutes}}
            actions.change_settings(session, person, wish)
            assert watching.daily_limit_ms(session, person) == limit * 60_000
            actions.change_settings(session, person, {"wellbeing": {"daily_minutes": None}})
    with site.database.transaction() as session:
        ann = person_by_handle(session, "ann")
        actions.change_settings(session, ann, {"wellbeing": {"daily_minutes": 2}})
    some = page(site, "ann")["posts"][0]["id"]  # type: ignore[index]
    view = {"watched_ms": 150_000, "duration_ms": 8000, "looped": 20}
    site.as_("ann").client.post(f"/api/posts/{some}/views", json=view)
    notice = page(site, "ann", session="s2")["notice"]
    assert notice == {"kind": "daily_limit", "minutes_watched": 2, "minutes_limit": 2}


def test_search_finds_by_subject_and_name_and_goes_on_where_it_was(site: Site) -> None:
    client = site.as_("ann").client
    seen: list[str] = []
    cursor = ""
    while True:
        found = client.get("/api/search", params={"q": "kittens", "cursor": cursor}).json()
        seen += [post["caption"] for post in found["posts"]]
        site.post("bob", f"Another cat and her kittens {len(seen)}")
        cursor = found["cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert all("cat" in one for one in seen[:5])
    people = client.get("/api/search", params={"q": "cem", "kind": "people"}).json()["people"]
    assert people[0]["handle"] == "cem"
    site.as_("cem").client.put("/api/people/ann/block")
    people = client.get("/api/search", params={"q": "cem", "kind": "people"}).json()["people"]
    assert "cem" not in [person["handle"] for person in people]
