"""A remix as it is asked for over HTTP: allowed, tied to its parent, refused with reasons."""

from pathlib import Path

import msgspec
from sqlalchemy import text

from feed_builders import Site, a_site
from matinee import film as film_language
from matinee import studio
from matinee.kit.db import Database
from studio_builders import a_play, a_stage, an_office


def with_screenplay(site: Site, post: str) -> None:
    """Give the film of a post the screenplay that a studio would have written."""
    film = site.client.get(f"/api/posts/{post}").json()["film"]["id"]
    play = a_play()
    with site.database.transaction() as session:
        session.execute(
            text("insert into studio.document values (:digest, :content) on conflict do nothing"),
            {
                "digest": film_language.digest(play),
                "content": film_language.encode(play).decode(),
            },
        )
        session.execute(
            text("update studio.film set screenplay = :digest where id = :id"),
            {"digest": film_language.digest(play), "id": film},
        )


def test_a_remix_is_ordered_from_its_post_in_words_or_as_a_screenplay(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    with a_site(database, office) as site:
        site.people("ann", "bob")
        post = site.post("ann", "Two friends meet", remixable=True)
        with_screenplay(site, post)
        bob = site.as_("bob").client
        asked = bob.post(f"/api/posts/{post}/remix", json={"prompt": "make it night"})
        assert asked.status_code == 201, asked.text
        changed = msgspec.structs.replace(a_play(), title="Another meeting")
        written = msgspec.to_builtins(changed)
        by_hand = bob.post(f"/api/posts/{post}/remix", json={"screenplay": written})
        assert by_hand.status_code == 201, by_hand.text
        with site.database.transaction() as session:
            film = studio.film_by_id(session, asked.json()["id"])
            assert film.requested_by == "person_bob"
            assert film.request.origin is not None
            assert film.request.origin.how == "remix"
        for body, code in (
            ({}, "feed.remix_empty"),
            ({"prompt": "x", "screenplay": written}, "feed.remix_empty"),
        ):
            assert bob.post(f"/api/posts/{post}/remix", json=body).json()["code"] == code
        site.as_("ann").client.patch(f"/api/posts/{post}", json={"remixable": False})
        closed = bob.post(f"/api/posts/{post}/remix", json={"prompt": "x"})
        assert closed.json()["code"] == "feed.remix_closed"
        site.as_("ann").client.patch(f"/api/posts/{post}", json={"audience": "private"})
        hidden = bob.post(f"/api/posts/{post}/remix", json={"prompt": "x"})
        assert hidden.json()["code"] == "feed.post_not_found"
