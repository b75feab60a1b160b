"""A whole site on a test's own database, and browsers that visit it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from matinee.entrypoints import web, wiring
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.settings import Settings
from matinee.people.model import Mail

HOST = "films.example"
URL = f"https://{HOST}"
PASSWORD = "a long walk by the sea"  # noqa: S105 - of people who live only in tests


@dataclass
class Letterbox:
    """Keeps mails for a test to read."""

    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    def link(self) -> str:
        """The token at the end of the newest mail's link."""
        words = self.mails[-1].text.split()
        return next(word for word in words if word.startswith(URL)).rpartition("/")[2]


@dataclass
class Site:
    """A site: its house, its web app, its clock, and the mails that it sent."""

    house: wiring.House
    app: Any
    clock: ManualClock
    letters: Letterbox

    def browser(self, **headers: str) -> TestClient:
        """Return a browser that shows a page of this site."""
        told = {"origin": URL, "sec-fetch-site": "same-origin", "user-agent": "Tester", **headers}
        return TestClient(self.app, base_url=URL, headers=told, raise_server_exceptions=False)

    def deliver(self) -> None:
        """Let every room hear of what happened, and of what came of that."""
        while self.house.dispatcher.deliver():
            pass


@contextmanager
def a_site(database: Database, home: Path, **settings: object) -> Iterator[Site]:
    """Open a site whose clock stands still until it is moved."""
    chosen: dict[str, Any] = {"home": home, "database_url": database.url, "public_url": URL}
    with wiring.open_house(Settings(**{**chosen, **settings})) as house:
        letters = Letterbox()
        moved = ManualClock(house.clock.now())
        house.accounts = replace(house.accounts, mailer=letters)
        house.clock = moved
        app, _ = web.create_app(house, operator=False)
        yield Site(house, app, moved, letters)


def signed_up(site: Site, handle: str, **changes: object) -> TestClient:
    """Return the browser of somebody who has just signed up."""
    browser = site.browser()
    told: dict[str, object] = {
        "handle": handle,
        "password": PASSWORD,
        "born": "1990-05-17",
        **changes,
    }
    answer = browser.post("/api/people", json=told)
    assert answer.status_code == 201, answer.text
    return browser
