"""Who may watch a film: its maker, those whom a post is for, the desk while it has to decide."""

from dataclasses import replace

import pytest

from feed_builders import NOW, Site, a_site, emptied
from matinee import studio, trust
from matinee.entrypoints import sight
from matinee.kit.db import Database
from matinee.people import Visitor, people_by_ids


def sees(site: Site, handle: str, film: str, *roles: str) -> bool:
    with site.database.transaction() as session:
        visitor = None
        if handle:
            person = people_by_ids(session, [f"person_{handle}"])[f"person_{handle}"]
            visitor = Visitor(replace(person, roles=frozenset(roles)))
        return sight.may_see(session, visitor, studio.film_by_id(session, film))


@pytest.fixture
def site(database: Database) -> Site:
    with a_site(emptied(database)) as opened:
        opened.people("ann", "bob", "mod")
        return opened


def film_of(site: Site, post: str) -> str:
    film: str = site.as_("ann").client.get(f"/api/posts/{post}").json()["film"]["id"]
    return film


def test_a_moderator_watches_what_the_desk_has_to_decide_about(site: Site) -> None:
    post = site.post("ann", "For my friends", audience="friends")
    film = film_of(site, post)
    assert not sees(site, "mod", film, "moderator")
    for kind, subject in (("post", post), ("film", film)):
        with site.database.transaction() as session:
            case = trust.report(
                session,
                trust.Subject(kind=kind, id=subject),
                "person_bob",
                "hate",
                "look",
                at=NOW,
                ids=site.room.ids,
            )
        assert sees(site, "mod", film, "moderator")
        assert not sees(site, "bob", film), "who reports is no moderator"
        with site.database.transaction() as session:
            trust.hearing.decide(
                session, case.id, "keep", "It follows the rules.", by="person_mod", at=NOW
            )
        assert not sees(site, "mod", film, "moderator"), "what is decided is private again"


def test_who_is_not_signed_in_watches_nothing_that_is_rated_mature(site: Site) -> None:
    calm, gory = site.post("ann", "A lake"), site.post("ann", "A zombie", mature=True)
    assert sees(site, "", film_of(site, calm))
    assert not sees(site, "", film_of(site, gory))
    assert sees(site, "bob", film_of(site, gory))
