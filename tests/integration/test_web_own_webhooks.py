"""Webhooks that belong to people: kept with a key of theirs, told of their own films and posts."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from feed_builders import a_film
from matinee import feed, people, studio
from matinee.kit import events, webhooks
from matinee.kit.db import Database
from matinee.people import keys, store
from people_builders import URL, Site, a_site

WISH = {"name": "mine", "url": "https://hooks.example/me", "event_types": ["video.failed"]}
HERE = "/v1/webhook_endpoints"


def keyed(site: Site, handle: str) -> tuple[str, TestClient]:
    """Somebody who is a member only, or the operator, with a key of theirs."""
    with site.house.database.transaction() as session:
        if handle == "operator":
            person = people.person_by_id(session, people.OPERATOR_ID)
        else:
            person = people.Person(
                id=f"person_{handle}", handle=handle, name=handle, created_at=site.clock.now()
            )
            assert store.add(session, person, skeleton=handle, password=None)
        _, secret = keys.create(
            session, "key", person_id=person.id, ids=site.house.ids, at=site.clock.now()
        )
    headers = {"authorization": f"Bearer {secret}"}
    return person.id, TestClient(site.app, base_url=URL, headers=headers)


def happened(site: Site, person_id: str, number: int) -> None:
    """A post was made, and a film failed."""
    at = site.clock.now()
    with site.house.database.transaction() as session:
        person = people.person_by_id(session, person_id)
        film_id = a_film(session, person, status="failed")
        post = {"post_id": f"post_{number}", "film_id": film_id, "person_id": person_id}
        events.record(session, feed.POST_MADE, key=f"post_{number}", payload=post, at=at)
        film = {"film_id": film_id}
        events.record(session, studio.FILM_FAILED, key=film_id, payload=film, at=at)


def told(site: Site, client: TestClient, endpoint: str) -> list[str]:
    site.deliver()
    page: Any = client.get(f"{HERE}/{endpoint}/deliveries").json()
    return sorted(one["event_type"] for one in page["data"])


def test_somebody_is_told_of_their_own_and_the_operator_of_everything(
    database: Database, home: Path
) -> None:
    with a_site(database, home) as site:
        ada_id, ada = keyed(site, "ada")
        ben_id, ben = keyed(site, "ben")
        _, operator = keyed(site, "operator")
        types = ["video.failed", "post.created"]
        made = {
            name: client.post(HERE, json={**WISH, "event_types": types}).json()
            for name, client in (("ada", ada), ("ben", ben), ("operator", operator))
        }
        assert all(one["signing_secret"].startswith("whsec_") for one in made.values())

        mine = made["ada"]["id"]
        for answer in (
            ben.get(f"{HERE}/{mine}"),
            ben.post(f"{HERE}/{mine}", json={"name": "taken"}),
            ben.post(f"{HERE}/{mine}/rotate_secret", json={}),
            ben.post(f"{HERE}/{mine}/test", json={"event_type": "video.failed"}),
            ben.get(f"{HERE}/{mine}/deliveries"),
            ben.delete(f"{HERE}/{mine}"),
            operator.get(f"{HERE}/{mine}"),
        ):
            assert answer.json()["error"]["code"] == "kit.webhook_not_found", answer.url
        assert [one["id"] for one in ada.get(HERE).json()["data"]] == [mine]

        for number, person_id in enumerate((ada_id, ben_id)):
            happened(site, person_id, number)
        both = ["post.created", "video.failed"]
        assert told(site, ada, mine) == both
        assert told(site, operator, made["operator"]["id"]) == sorted(both * 2)
        delivery = ada.get(f"{HERE}/{mine}/deliveries").json()["data"][0]
        theirs = made["ben"]["id"]
        again = ben.post(f"{HERE}/{theirs}/deliveries/{delivery['id']}/retry")
        assert again.json()["error"]["code"] == "kit.webhook_delivery_not_found"

        for _ in range(9):
            assert ada.post(HERE, json=WISH).status_code == 200
        assert ada.post(HERE, json=WISH).json()["error"]["code"] == "kit.webhooks_exhausted"
        assert ben.post(HERE, json=WISH).status_code == 200

        with site.house.database.transaction() as session:
            person = people.person_by_id(session, ada_id)
            people.close(session, person, at=site.clock.now())
        site.deliver()
        with site.house.database.transaction() as session:
            assert webhooks.listed(session, owner=ada_id) == ()
