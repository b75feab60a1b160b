"""The story of a likeness, in a real browser before a fake camera: captured, shown, taken back."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

import recordings
from app_people import PASSWORD, Member, signed_up
from matinee.engine.pictures import people
from matinee.engine.recordings import digits
from server_process import Served, a_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
FILM_MS, CHECK_MS, GONE_MS = 120_000, 180_000, 60_000
# The page counts down from three, then records for longer than all that is asked takes: whoever
# begins nine seconds after the camera does is in time when the page is up to six seconds late.
WAITS_S = 9.0

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None and "CI" not in os.environ,
        reason="there is no Chromium: apt-get install chromium",
    ),
    pytest.mark.skipif(
        not (people.mesh_installed() and digits.installed()),
        reason="the face mesh or Whisper is not installed",
    ),
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_chromium(*arguments: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *("--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"),
                *arguments,
            ],
        )
        yield running
        running.close()


def a_page(browser: Browser, served: Served, member: Member | None = None) -> Page:
    """A phone's page; who is given is signed in."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="en-GB",
        has_touch=True,
        permissions=["camera", "microphone"],
    )
    if member:
        jar: list[Any] = list(member.client.cookies.jar)
        context.add_cookies(
            [{"name": one.name, "value": one.value or "", "url": served.url} for one in jar]
        )
        context.add_init_script("localStorage.setItem('matinee.session', 'in')")
    page = context.new_page()

    def quick(route: Route) -> None:
        """Films are as small as they can be: the story is not about pictures."""
        if route.request.method == "POST":
            wish = route.request.post_data_json or {}
            route.continue_(post_data={**wish, "size": "160x90"})
        else:
            route.continue_()

    page.route(re.compile(r"/api/films$"), quick)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def make(page: Page, served: Served, sentence: str) -> str:
    """A film that is made in the composer; where it is."""
    page.goto(f"{served.url}/create")
    page.get_by_label("Your sentence").fill(sentence)
    page.get_by_text("4 s", exact=True).click()
    page.get_by_text("Draft", exact=True).click()
    page.get_by_role("button", name="Make the film").click()
    page.wait_for_url("**/film/video_*")
    expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
    return page.url


def post(page: Page) -> str:
    """The film on the page is posted for everybody, open to remixes; where it is."""
    page.get_by_role("button", name="Post it").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Others may remix it").click()
    sheet.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/post/*")
    expect(page.locator(".caption")).to_be_visible()
    return page.url


def gone(page: Page, path: str) -> None:
    """Wait until a visitor is told that something was withdrawn: a minute is what is promised."""
    page.evaluate(
        """async ([path, until_ms]) => {
            const last = performance.now() + until_ms;
            for (;;) {
                const { status } = await fetch(path);
                if (status === 410) return;
                if (performance.now() > last) throw new Error(`${path} still answers ${status}`);
                await new Promise((done) => setTimeout(done, 250));
            }
        }""",
        [path, GONE_MS],
    )


def test_somebody_is_captured_shown_remixed_and_takes_it_all_back(  # noqa: PLR0915 - a story
    served: Served, tmp_path: Path
) -> None:
    ben = signed_up(served, "ben")
    with a_chromium() as browser:
        page = a_page(browser, served)
        page.goto(f"{served.url}/sign-up")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("E-mail").fill("ada@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Date of birth").fill("1990-12-10")
        expect(page.get_by_label("Handle")).to_have_value("ada")
        page.get_by_role("button", name="Sign up").click()
        page.wait_for_url(f"{served.url}/")
        cookies = page.context.cookies()
        # What the server asks for is known before somebody can be recorded who does it.
        asked = page.evaluate(
            "fetch('/api/likeness/captures', {method: 'POST', body: '{}'})"
            ".then(told => told.json())"
        )
    session = recordings.Session(
        digits=tuple(asked["digits"]), turns=tuple(asked["turns"]), waits_s=WAITS_S
    )
    camera, microphone = recordings.write_for_chromium(tmp_path, session)

    with a_chromium(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
        f"--use-file-for-fake-audio-capture={microphone}",
    ) as browser:
        ada = a_page(browser, served)
        ada.context.add_cookies(cookies)  # type: ignore[arg-type]
        ada.context.add_init_script("localStorage.setItem('matinee.session', 'in')")
        ada.route("**/api/likeness/captures", lambda route: route.fulfill(json=asked))
        ada.goto(f"{served.url}/likeness")
        ada.get_by_role("link", name="Begin").click()
        ada.get_by_label(re.compile("I am the person")).check()
        ada.get_by_role("button", name="Open the camera").click()
        ada.get_by_role("button", name="I am ready").click()
        # Accepted, or refused with the reason.
        told = ada.get_by_role("alert").or_(ada.get_by_role("heading", name="It is you"))
        expect(told).to_be_visible(timeout=CHECK_MS)
        assert told.inner_text() == "It is you"
        ada.get_by_role("button", name="Choose who may use it").click()
        ada.get_by_role("radio", name=re.compile("Everyone")).click()
        expect(ada.get_by_role("radio", name=re.compile("Everyone"))).to_be_checked()

        film = make(ada, served, "@ada walks on the beach and says 'What a day.'")
        posted = post(ada)
        assert ada.evaluate("document.querySelector('.tags').innerText").count("Ada") == 1

        guest = a_page(browser, served, ben)
        guest.goto(posted)
        guest.get_by_role("button", name=re.compile("^Remix,")).click()
        guest.get_by_label("What should be different?").fill("make it night")
        guest.get_by_role("button", name="Remix", exact=True).click()
        guest.wait_for_url("**/film/video_*")
        expect(guest.locator("video")).to_be_visible(timeout=FILM_MS)
        remix = guest.url
        reposted = post(guest)
        expect(guest.get_by_text("Remix of @ada")).to_be_visible()

        # Ada sees both, and takes herself out of everything.
        ada.goto(f"{served.url}/likeness")
        expect(ada.get_by_role("button", name="Withdraw", exact=True)).to_have_count(2)
        ada.get_by_role("button", name="Withdraw all films with me").click()
        expect(ada.get_by_text("All films with you are withdrawn")).to_be_visible()
        for page, own, public in ((ada, film, posted), (guest, remix, reposted)):
            film_id = own.rpartition("/")[2]
            for part in ("video", "poster", "download"):
                gone(page, f"/api/films/{film_id}/{part}")
            page.goto(own)
            expect(page.get_by_text("This film was withdrawn")).to_be_visible()
            page.goto(public)
            expect(page.get_by_text("This film is not shown")).to_be_visible()
    ben.client.close()
