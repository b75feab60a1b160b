"""People of the app, by its API: they sign up, make films of test cards, and post them."""

from dataclasses import dataclass

import httpx

from server_process import Served, wait_for_film

PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


@dataclass
class Member:
    """Somebody who signed up, with their browser's cookie."""

    handle: str
    client: httpx.Client

    def film(self, prompt: str, **wish: object) -> str:
        """A finished film's id; a test card of the smallest size unless told otherwise."""
        asked = {"prompt": prompt, "size": "160x90", "model": "test_card", "seconds": "4", **wish}
        film_id: str = self.client.post("/api/films", json=asked).raise_for_status().json()["id"]
        film = wait_for_film(self.client, film_id)
        assert film["status"] == "completed", film
        return film_id

    def post(self, film_id: str, caption: str, **choice: object) -> str:
        """A post's id; public and open to remixes unless told otherwise."""
        told = {
            "film_id": film_id,
            "caption": caption,
            "audience": "public",
            "remixable": True,
            "comments_open": True,
            **choice,
        }
        made: str = self.client.post("/api/posts", json=told).raise_for_status().json()["id"]
        return made

    def follow(self, handle: str) -> None:
        self.client.put(f"/api/people/{handle}/follow").raise_for_status()


def signed_up(served: Served, handle: str, name: str = "") -> Member:
    """A new member of a running server."""
    client = httpx.Client(
        base_url=served.url,
        headers={"origin": served.url, "sec-fetch-site": "same-origin"},
        timeout=60,
    )
    told = {
        "handle": handle,
        "name": name or handle.title(),
        "email": f"{handle}@example.org",
        "password": PASSWORD,
        "born": "1990-05-01",
        "language": "en",
    }
    client.post("/api/people", json=told).raise_for_status()
    return Member(handle, client)
