"""Posts as people find them over HTTP: who sees what, what is told to whom."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from feed_builders import NOW, Site, a_site
from matinee import trust
from matinee.feed import hearing
from matinee.kit.db import Database, Session
from matinee.kit.events import Event


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    with a_site(database) as opened:
        opened.people("ann", "bob", "cem", minors=("tim",))
        yield opened


def posts_of(site: Site, handle: str, name: str) -> list[str]:
    ids, cursor = [], ""
    while True:
        page = site.as_(handle).client.get(f"/api/feed/{name}", params={"cursor": cursor})
        assert page.status_code == 200, page.text
        ids += [post["id"] for post in page.json()["posts"]]
        cursor = page.json()["cursor"]
        if not cursor:
            return ids


def refused(answer: object, status: int, code: str) -> str:
    assert answer.status_code == status, answer.text  # type: ignore[attr-defined]
    told = answer.json()  # type: ignore[attr-defined]
    assert told["code"] == code
    return str(told["detail"])


def test_a_post_says_all_that_the_app_shows(site: Site) -> None:
    post = site.post("ann", "A robot in the city", remixable=True)
    shown = site.as_("").client.get(f"/api/posts/{post}").json()
    assert shown["film"]["video"].startswith("/api/films/video_")
    assert shown["film"]["duration_s"] == 8.0
    assert shown["author"] == {"handle": "ann", "name": "Ann", "picture": None}
    assert shown["mine"] == {"author": False, "liked": False, "saved": False, "following": False}
    assert shown["remix_of"] is None
    assert set(shown) >= {"ai_label", "counts", "people", "why", "created_at", "audience"}


def test_likes_comments_and_follows_are_counted_and_told(site: Site) -> None:
    post = site.post("ann", "Dogs in the park")
    bob, ann = site.as_("bob").client, site.as_("ann").client
    for _ in range(2):
        assert bob.put(f"/api/posts/{post}/like").json()["likes"] == 1
    assert bob.put("/api/people/ann/follow").json()["relation"]["following"]
    said = bob.post(f"/api/posts/{post}/comments", json={"text": "Lovely."}).json()
    assert ann.get(f"/api/posts/{post}").json()["counts"]["comments"] == 1
    told = ann.get("/api/notifications").json()
    assert [one["kind"] for one in told["notifications"]] == ["comment", "follow", "like"]
    assert told["unread_count"] == 3
    ann.post("/api/notifications/read")
    assert ann.get("/api/notifications").json()["unread_count"] == 0
    # The host of a post may take a comment away.
    assert ann.delete(f"/api/comments/{said['id']}").status_code == 204
    assert ann.get(f"/api/posts/{post}/comments").json()["comments"] == []
    assert bob.delete(f"/api/posts/{post}/like").json()["likes"] == 0


def test_friends_see_what_is_for_friends_and_blocks_end_it_both_ways(site: Site) -> None:
    post = site.post("ann", "For friends", audience="friends")
    ann, bob = site.as_("ann").client, site.as_("bob").client
    bob.put("/api/people/ann/follow")
    refused(bob.get(f"/api/posts/{post}"), 404, "feed.post_not_found")
    assert ann.put("/api/people/bob/follow").json()["relation"]["friends"]
    assert posts_of(site, "bob", "friends") == [post] == posts_of(site, "bob", "following")
    own = site.post("bob", "Public")
    bob.put("/api/people/ann/block")
    for reader, hidden in ((bob, post), (ann, own)):
        refused(reader.get(f"/api/posts/{hidden}"), 404, "feed.post_not_found")
    refused(ann.get("/api/people/bob"), 404, "people.person_not_found")
    assert bob.get("/api/people/ann").json()["relation"]["blocked"]
    bob.delete("/api/people/ann/block")
    # Nobody follows anybody after a block.
    assert posts_of(site, "bob", "friends") == []
    assert ann.get(f"/api/posts/{own}").status_code == 200


def test_a_minors_films_are_for_friends(site: Site) -> None:
    post = site.post("tim", "My hamster")
    assert site.as_("tim").client.get(f"/api/posts/{post}").json()["audience"] == "friends"
    refused(site.as_("ann").client.get(f"/api/posts/{post}"), 404, "feed.post_not_found")
    wider = site.as_("tim").client.patch(f"/api/posts/{post}", json={"audience": "public"})
    assert "teen mode" in refused(wider, 403, "feed.audience_too_wide")
    gory = site.post("ann", "A zombie with a gun", mature=True)
    assert posts_of(site, "tim", "latest") == [post]
    # What the studio rated its author cannot call harmless.
    with site.database.transaction() as session:
        session.execute(text("update studio.film set rating = 'mature'"))
    site.as_("ann").client.patch(f"/api/posts/{gory}", json={"mature": False})
    assert posts_of(site, "tim", "latest") == [post]


def test_only_a_finished_film_of_ones_own_is_posted_once(site: Site) -> None:
    post = site.post("ann", "Sea")
    film = site.client.get(f"/api/posts/{post}").json()["film"]["id"]
    again = site.as_("ann").client.post("/api/posts", json={"film_id": film})
    refused(again, 409, "feed.already_posted")
    theirs = site.as_("bob").client.post("/api/posts", json={"film_id": film})
    refused(theirs, 403, "feed.film_not_yours")
    assert site.as_("ann").client.delete(f"/api/posts/{post}").status_code == 204
    assert site.as_("ann").client.post("/api/posts", json={"film_id": film}).status_code == 201


def test_a_remix_is_tied_to_its_line_which_outlives_a_post_in_the_middle(site: Site) -> None:
    root = site.post("ann", "Root", remixable=True)

    def film_of(post: str) -> str:
        return str(site.client.get(f"/api/posts/{post}").json()["film"]["id"])

    middle = site.post("bob", "Middle", remixable=True, origin=film_of(root))
    leaf = site.post("cem", "Leaf", origin=film_of(middle))
    told = site.as_("ann").client.get("/api/notifications").json()["notifications"]
    assert [(one["kind"], one["actor"]["handle"]) for one in told] == [
        ("remix", "cem"),
        ("remix", "bob"),
    ]
    assert site.client.get(f"/api/posts/{leaf}").json()["remix_of"] == {
        "post_id": middle,
        "handle": "bob",
    }
    site.as_("bob").client.delete(f"/api/posts/{middle}")
    lineage = site.client.get(f"/api/posts/{leaf}/lineage").json()
    assert len(lineage["ancestors"]) == 2
    assert [one["post_id"] for one in lineage["tree"]] == [root, None, leaf]
    assert lineage["tree"][1]["gone"]
    closed = site.post("ann", "Closed")
    with pytest.raises(AssertionError, match=r"feed\.remix_closed"):
        site.post("bob", "Sneaked", origin=film_of(closed))


def test_a_shared_link_is_a_page_of_its_own(site: Site) -> None:
    post = site.post("ann", 'Sea & "sky" <b>')
    page = site.client.get(f"/p/{post}")
    assert page.status_code == 200
    assert '<meta property="og:title" content="Sea &amp; &quot;sky&quot; &lt;b&gt;">' in page.text
    assert "<script" not in page.text
    assert "<b>" not in page.text
    card = site.client.get("/oembed", params={"url": f"http://testserver/p/{post}"}).json()
    assert card["type"] == "video"
    assert card["width"] == 320
    hidden = site.post("ann", "Secret words", audience="private")
    for reader in ("", "bob"):
        closed = site.as_(reader).client.get(f"/p/{hidden}")
        assert closed.status_code == 404
        assert "Secret" not in closed.text
    assert site.as_("ann").client.get(f"/p/{hidden}").status_code == 200
    away = site.client.get("/oembed", params={"url": f"http://testserver/p/{hidden}"})
    refused(away, 404, "feed.address_unknown")


def test_a_report_reaches_the_desk_whose_decision_hides_the_post_and_is_told(site: Site) -> None:
    post = site.post("ann", "Something to mind")
    wish = {"subject": {"kind": "post", "id": post}, "reason": "spam", "text": "Seen it often."}
    assert site.as_("bob").client.post("/api/reports", json=wish).status_code == 201
    with site.database.transaction() as session:
        (case,) = trust.hearing.listed(session)
        assert case.author == "person_ann"
        told = {
            "subject_kind": "post",
            "subject_id": post,
            "decision": "remove",
            "author": case.author,
            "statement": "It is an advertisement.",
        }
        event = Event(1, "trust.case_decided", "1", told, NOW)
        hearing.on_case_decided(session, event, ids=site.room.ids)
    refused(site.as_("ann").client.get(f"/api/posts/{post}"), 404, "feed.post_not_found")
    (notice,) = site.as_("ann").client.get("/api/notifications").json()["notifications"]
    assert (notice["kind"], notice["text"]) == ("removed", "It is an advertisement.")


def test_everything_of_a_person_is_exported_and_goes_with_them(site: Site) -> None:
    post = site.post("ann", "Mine", remixable=True)
    site.as_("ann").client.put("/api/people/bob/follow")
    site.as_("bob").client.put("/api/people/ann/follow")
    theirs = site.post("bob", "Theirs")
    site.as_("ann").client.put(f"/api/posts/{theirs}/like")
    site.as_("ann").client.post(f"/api/posts/{theirs}/comments", json={"text": "Hello"})
    with site.database.transaction() as session:
        files = dict(hearing.exported(session, "person_ann"))
        assert post.encode() in bytes(files["feed/posts.json"])  # type: ignore[arg-type]
        assert b"Hello" in bytes(files["feed/comments.json"])  # type: ignore[arg-type]
        assert hearing.acquaintance(session, "person_ann", "person_bob") == "mutual"
        closed = Event(1, "people.person_closed", "1", {"person_id": "person_ann"}, NOW)
        hearing.on_person_closed(session, closed)
        assert dict(hearing.exported(session, "person_ann")) == {}
        assert hearing.acquaintance(session, "person_ann", "person_bob") == "stranger"
    counts = site.as_("bob").client.get(f"/api/posts/{theirs}").json()["counts"]
    assert (counts["likes"], counts["comments"]) == (0, 0)
    assert site.as_("bob").client.get("/api/notifications").json()["notifications"] == []


def test_a_person_who_shares_again_and_again_counts_once(site: Site) -> None:
    post = site.post("ann", "Sea")
    for handle in ("bob", "bob", "ann"):
        shared = site.as_(handle).client.post(f"/api/posts/{post}/share")
        assert shared.json()["url"].endswith(f"/p/{post}")
    with site.database.transaction() as session:
        count = session.execute(text("select sum(shares) from feed.post_tally")).scalar_one()
    assert count == 2


def test_a_post_comes_back_when_its_film_is_made_again(site: Site) -> None:
    post, other = site.post("ann", "Sea"), site.post("ann", "Lake")
    client = site.as_("ann").client
    film, again = (client.get(f"/api/posts/{one}").json()["film"]["id"] for one in (post, other))
    client.delete(f"/api/posts/{other}")

    def heard(subscriber: Callable[[Session, Event], None], film_id: str) -> None:
        with site.database.transaction() as session:
            subscriber(session, Event(1, "", "1", {"film_id": film_id}, NOW))

    heard(hearing.on_film_withdrawn, film)
    refused(site.client.get(f"/api/posts/{post}"), 404, "feed.post_not_found")
    with site.database.transaction() as session:
        hearing.await_film(session, again, was=film, at=NOW)
    for _ in range(2):
        heard(hearing.on_film_completed, again)
        back = site.client.get(f"/api/posts/{post}")
        assert back.status_code == 200
        assert back.json()["film"]["id"] == again
        assert again in back.json()["film"]["video"]
        assert back.json()["caption"] == "Sea"
