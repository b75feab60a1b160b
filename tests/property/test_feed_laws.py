"""What holds for every feed: nobody sees what is not for them; lists neither skip nor repeat."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed_builders import NOW, Site, a_site, emptied
from matinee.feed import hearing
from matinee.kit.db import Database
from matinee.kit.events import Event

ADULTS = ("ann", "bob", "cem")
EVERYBODY = (*ADULTS, "tim")

LAWS = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

deeds = st.lists(
    st.one_of(
        st.tuples(
            st.just("post"),
            st.sampled_from(EVERYBODY),
            st.sampled_from(["public", "friends", "private"]),
            st.booleans(),
        ),
        st.tuples(
            st.sampled_from(["follow", "follow", "follow", "unfollow", "block", "unblock"]),
            st.sampled_from(EVERYBODY),
            st.sampled_from(EVERYBODY),
        ),
        st.tuples(
            st.sampled_from(["audience", "delete", "withdraw", "remove", "restore", "comment"]),
            st.integers(0, 6),
            st.sampled_from(["public", "friends", "private"]),
        ),
        st.tuples(st.just("close"), st.just("cem")),
    ),
    min_size=10,
    max_size=18,
)


@dataclass
class Known:
    """A post as the law knows it, written anew from the words of the decision."""

    id: str
    film: str
    author: str
    audience: str
    mature: bool
    state: str = "live"


@dataclass
class World:
    """Who should see what, in the plainest form."""

    site: Site
    posts: list[Known] = field(default_factory=list)
    follows: set[tuple[str, str]] = field(default_factory=set)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def sees(self, viewer: str, post: Known) -> bool:
        if post.state != "live" or post.author in self.closed:
            return False
        if viewer == post.author:
            return True
        if {(viewer, post.author), (post.author, viewer)} & self.blocks:
            return False
        if post.mature and viewer in {"tim", ""}:
            return False
        friends = {(viewer, post.author), (post.author, viewer)} <= self.follows
        return post.audience == "public" or (post.audience == "friends" and friends)

    def do(self, deed: tuple[object, ...], number: int) -> None:
        kind, *rest = deed
        if kind in {"follow", "unfollow", "block", "unblock"}:
            self._relate(str(kind), str(rest[0]), str(rest[1]))
        elif kind == "post":
            self._post(str(rest[0]), str(rest[1]), number, mature=bool(rest[2]))
        elif kind == "close":
            self._hear("people.person_closed", {"person_id": f"person_{rest[0]}"}, number)
            self.closed.add(str(rest[0]))
            self.follows = {pair for pair in self.follows if rest[0] not in pair}
        elif self.posts:
            self._change(str(kind), self.posts[int(str(rest[0])) % len(self.posts)], rest, number)

    def _relate(self, verb: str, person: str, other: str) -> None:
        if person == other or {person, other} & self.closed:
            return
        path = f"/api/people/{other}/{verb.removeprefix('un')}"
        client = self.site.as_(person).client
        done = client.delete(path) if verb.startswith("un") else client.put(path)
        apart = bool({(person, other), (other, person)} & self.blocks)
        assert (done.status_code == 404) == (apart and verb in {"follow", "unfollow"}) or (
            verb == "unfollow"
        )
        if verb == "follow" and not apart:
            self.follows.add((person, other))
        elif verb == "unfollow":
            self.follows.discard((person, other))
        elif verb == "block":
            self.blocks.add((person, other))
            self.follows -= {(person, other), (other, person)}
        elif verb == "unblock":
            self.blocks.discard((person, other))

    def _post(self, author: str, audience: str, number: int, *, mature: bool) -> None:
        if author in self.closed:
            return
        if author == "tim" and audience == "public":
            audience = "friends"
        caption = f"A dog in the park {number}"
        post = self.site.post(author, caption, audience=audience, mature=mature)
        film = self.site.as_(author).client.get(f"/api/posts/{post}").json()["film"]["id"]
        self.posts.append(Known(post, film, author, audience, mature))

    def _change(self, kind: str, post: Known, rest: list[object], number: int) -> None:
        client = self.site.as_(post.author).client
        if kind == "withdraw":
            self._hear("studio.film_withdrawn", {"film_id": post.film}, number)
            post.state = post.state if post.state == "deleted" else "withdrawn"
        elif kind in {"remove", "restore"}:
            told = {"subject_kind": "post", "subject_id": post.id, "decision": kind}
            self._hear("trust.case_decided", told, number)
            if kind == "remove" and post.state == "live":
                post.state = "removed"
            elif kind == "restore" and post.state == "removed":
                post.state = "live"
        elif post.author in self.closed or post.state != "live":
            return
        elif kind == "delete":
            assert client.delete(f"/api/posts/{post.id}").status_code == 204
            post.state = "deleted"
        elif kind == "comment":
            client.post(f"/api/posts/{post.id}/comments", json={"text": "mine"})
        else:
            audience = str(rest[1])
            if post.author == "tim" and audience == "public":
                audience = "friends"
            client.patch(f"/api/posts/{post.id}", json={"audience": audience})
            post.audience = audience

    def _hear(self, topic: str, payload: dict[str, str], number: int) -> None:
        event = Event(number, topic, str(number), payload, NOW)
        subscribers = {
            "people.person_closed": hearing.on_person_closed,
            "studio.film_withdrawn": hearing.on_film_withdrawn,
        }
        with self.site.database.transaction() as session:
            if topic in subscribers:
                subscribers[topic](session, event)
            else:
                hearing.on_case_decided(session, event, ids=self.site.room.ids)


def shown(site: Site, viewer: str, number: int) -> dict[str, set[str]]:
    """Everything that any list shows a viewer, by the list."""
    client = site.as_(viewer).client
    lists = {
        "latest": "/api/feed/latest",
        "search": "/api/search",
        **{f"posts of {one}": f"/api/people/{one}/posts" for one in EVERYBODY},
    }
    if viewer:
        lists |= {name: f"/api/feed/{name}" for name in ("following", "friends", "mine")}
        lists["for you"] = f"/api/feed/for-you?session=s{number}"
    found: dict[str, set[str]] = {}
    for name, path in lists.items():
        ids: list[str] = []
        cursor = ""
        while True:
            wanted = {"cursor": cursor, "q": "dog in the park", "session": f"s{number}"}
            answer = client.get(path, params=wanted)
            if answer.status_code == 404:
                break
            assert answer.status_code == 200, answer.text
            ids += [post["id"] for post in answer.json()["posts"]]
            cursor = answer.json()["cursor"] or ""
            if not cursor:
                break
        assert len(ids) == len(set(ids)), f"{name} repeats"
        found[name] = set(ids)
    return found


@LAWS
@given(deeds=deeds)
def test_nobody_sees_a_post_that_is_not_for_them(
    database: Database, deeds: list[tuple[object, ...]]
) -> None:
    with a_site(emptied(database)) as site:
        site.people(*ADULTS, minors=("tim",))
        world = World(site)
        for number, deed in enumerate(deeds):
            world.do(deed, number)
        for viewer in (*(one for one in EVERYBODY if one not in world.closed), ""):
            may = {post.id for post in world.posts if world.sees(viewer, post)}
            lists = shown(site, viewer, len(deeds))
            for name, ids in lists.items():
                assert ids <= may, f"{viewer!r} sees {ids - may} in {name}"
            assert lists["latest"] == may
            client = site.as_(viewer).client
            for post in world.posts:
                paths = [f"/api/posts/{post.id}{part}" for part in ("", "/comments", "/lineage")]
                codes = {client.get(path).status_code for path in [*paths, f"/p/{post.id}"]}
                assert codes == ({200} if post.id in may else {404})
            if viewer:
                theirs = {post for post in may if post in lists["mine"]}
                own = {post.id for post in world.posts if post.author == viewer}
                assert theirs == own & may
                told = client.get("/api/notifications").json()["notifications"]
                assert {one["post_id"] for one in told} - {None} <= may


@pytest.mark.parametrize("name", ["latest", "following", "for-you"])
@LAWS
@given(arrivals=st.lists(st.integers(0, 4), min_size=2, max_size=5))
def test_pages_neither_skip_nor_repeat_while_others_post(
    database: Database, name: str, arrivals: list[int]
) -> None:
    with a_site(emptied(database)) as site:
        site.people("ann", "bob")
        site.as_("ann").client.put("/api/people/bob/follow")
        before = [site.post("bob", f"Dog {number}") for number in range(24)]
        ids: list[str] = []
        cursor, turn = "", 0
        while True:
            path = f"/api/feed/{name}"
            wanted = {"cursor": cursor, "session": "one"}
            answer = site.as_("ann").client.get(path, params=wanted).json()
            again = site.as_("ann").client.get(path, params=wanted).json()
            assert [one["id"] for one in again["posts"]] == [one["id"] for one in answer["posts"]]
            ids += [one["id"] for one in answer["posts"]]
            cursor = answer["cursor"]
            if not cursor:
                break
            for _ in range(arrivals[turn] if turn < len(arrivals) else 0):
                site.post("bob", "New dog")
            turn += 1
            site.clock.advance(timedelta(seconds=50))
        assert len(ids) == len(set(ids))
        assert set(before) <= set(ids)
