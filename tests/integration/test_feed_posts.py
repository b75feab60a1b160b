"""Posts as people find them over HTTP: who sees what, what is told to whom."""

from collections.abc import Iterator

import pytest

from feed_builders import Site, a_site
from matinee.kit.db import Database


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    with a_site(database) as opened:
        opened.people("ann", "bob", "cem", minors=("tim",))
        yield opened


def feed_of(site: Site, handle: str, name: str) -> list[str]:
    ids, cursor = [], ""
    while True:
        page = site.as_(handle).client.get(f"/api/feed/{name}", params={"cursor": cursor})
        assert page.status_code == 200, page.text
        ids += [post["id"] for post in page.json()["posts"]]
        cursor = page.json()["cursor"]
        if not cursor:
            return ids


def test_a_post_says_all_that_the_app_shows(site: Site) -> None:
    post = site.post("ann", "A robot in the city", remixable=True)
    shown = site.client.get(f"/api/posts/{post}").json()
    assert shown["film"]["video"].startswith("/api/films/video_")
    assert shown["film"]["duration_s"] == 8.0
    assert shown["author"] == {"handle": "ann", "name": "Ann", "picture": None}
    assert shown["mine"] == {"author": False, "liked": False, "saved": False, "following": False}
    assert shown["remix_of"] is None
    assert set(shown) >= {"ai_label", "counts", "people", "why", "created_at", "audience"}
