"""Who may watch a film: its maker, those whom a post is for, the desk while it has to decide."""

from dataclasses import replace

import pytest

from feed_builders import NOW, Site, a_site, emptied
from matinee import studio, trust
from matinee.entrypoints import sight
from matinee.kit.db import Database, Session
from matinee.people import Role, Visitor, people_by_ids
from matinee.studio.model import ShotProgress
from matinee.studio.web.films import view_of

SHOT = ShotProgress(index=0, text="He cries", frame_count=24, frames_done=0)


def visitor_of(session: Session, handle: str, roles: tuple[Role, ...] = ()) -> Visitor | None:
    if not handle:
        return None
    person = people_by_ids(session, [f"person_{handle}"])[f"person_{handle}"]
    return Visitor(replace(person, roles=frozenset(roles)))


def sees(site: Site, handle: str, film: str, *roles: Role) -> bool:
    with site.database.transaction() as session:
        visitor = visitor_of(session, handle, roles)
        return sight.may_see(session, visitor, studio.film_by_id(session, film))


def reads(site: Site, handle: str, film: str) -> bool:
    with site.database.transaction() as session:
        visitor = visitor_of(session, handle)
        return sight.may_read(session, visitor, studio.film_by_id(session, film))


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


def test_a_film_is_read_by_others_once_its_maker_posts_it_for_remixing(site: Site) -> None:
    closed, opened = site.post("ann", "A lake"), site.post("ann", "A sea", remixable=True)
    for handle, post, may in (
        ("ann", closed, True),
        ("bob", closed, False),
        ("", closed, False),
        ("bob", opened, True),
    ):
        assert sees(site, handle, film_of(site, post))
        assert reads(site, handle, film_of(site, post)) == may, (handle, post)
    with site.database.transaction() as session:
        film = studio.film_by_id(session, film_of(site, closed))
    told = view_of(replace(film, screenplay="s/aa.json", shots=(SHOT,)))
    assert (told.prompt, told.shots[0].text) == (film.request.prompt, "He cries")
    told = view_of(replace(film, screenplay="s/aa.json", shots=(SHOT,)), readable=False)
    assert (told.prompt, told.shots[0].text, told.screenplay_url) == ("", "", None)
