"""The storyboard in a real browser: a film is edited by hand, on a desk and on a phone."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from server_process import Served, a_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SENTENCE = "Ann walks on the beach. Ann says 'Hello there.' Then a dog runs."
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FILM_MS = 90_000

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def shown(page: Page, name: str) -> None:
    """Keep a picture of the page when somebody wants to look at it."""
    if folder := os.environ.get("MATINEE_TEST_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def sideways_px(page: Page) -> int:
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def asked_for(page: Page, served: Served, wish: dict[str, object]) -> str:
    """Ask for a film with the page's own session, and open its page."""
    page.goto(f"{served.url}/create")
    expect(page.get_by_label("Your sentence")).to_be_visible()
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    answer = httpx.post(
        f"{served.url}/api/films", json=wish, cookies=cookies, headers={"origin": served.url}
    )
    film_id: str = answer.json()["id"]
    page.goto(f"{served.url}/film/{film_id}")
    return film_id


def test_a_film_is_edited_shot_by_shot_and_every_version_stays(
    browser: Browser, served: Served
) -> None:
    page = browser.new_page(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wish = {"prompt": SENTENCE, "size": "160x90", "model": "test_card", "seed": 3}
    film_id = asked_for(page, served, wish)
    board = page.get_by_role("region", name="Storyboard")
    expect(board).to_be_visible(timeout=FILM_MS)
    expect(board.get_by_text("Nothing is changed yet.")).to_be_visible()
    shots = board.get_by_role("listitem")
    expect(shots.first.locator("img")).to_be_visible()
    count = shots.count()
    assert count >= 2
    shown(page, "board-desk")

    # What an edit costs is told before it is made.
    board.get_by_label(re.compile("says")).first.fill("Good morning, sea.")
    expect(board.get_by_text(re.compile("1 of .* shots will be shot again"))).to_be_visible()
    expect(board.get_by_text("will be shot again", exact=True)).to_have_count(1)
    shots.first.get_by_label("Seconds").fill("soon")
    board.get_by_role("button", name=f"Move shot {count} earlier").press("Enter")
    expect(board.get_by_text(f"Shot {count} is now number {count - 1}.")).to_be_attached()
    shown(page, "board-changed")
    board.get_by_role("button", name="Make this version").click()
    page.wait_for_url(lambda url: film_id not in url)
    expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
    lines = page.get_by_label(re.compile(r"^\w+ says"))
    expect(lines.first).to_have_value("Good morning, sea.")

    # The version before is still there, and leads on.
    versions = page.get_by_role("navigation", name="Versions").get_by_role("link")
    expect(versions).to_have_count(2)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert sideways_px(page) == 0
    shown(page, "board-phone")
    versions.first.click()
    expect(page.get_by_label(re.compile(r"^\w+ says")).first).to_have_value("Hello there.")

    # Another edit of the same line is refused, because somebody was there first.
    page.get_by_label(re.compile(r"^\w+ says")).first.fill("Good night.")
    page.get_by_role("button", name="Make this version").click()
    expect(page.get_by_text(re.compile("was edited meanwhile"))).to_be_visible()
    page.get_by_role("button", name="Discard changes").click()

    # Words will do as well.
    page.get_by_label("Change it in words").fill("make it night")
    page.get_by_role("button", name="Remix").click()
    page.wait_for_url(lambda url: film_id not in url)
    expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
    assert complaints == []
    page.context.close()


def test_what_is_ready_is_watched_while_the_rest_is_made(browser: Browser, served: Served) -> None:
    page = browser.new_page(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    wish = {"prompt": SENTENCE, "size": "1280x720", "model": "test_card", "seconds": 24}
    asked_for(page, served, wish)
    page.get_by_role("button", name="Watch what is ready").click(timeout=FILM_MS)
    video = page.locator("video")
    playing = "v => v.currentTime > 0.5 && v.src.startsWith('blob:')"
    for _ in range(150):
        if video.evaluate(playing):
            break
        page.wait_for_timeout(100)
    assert video.evaluate(playing)
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "in_progress")
    shown(page, "live")
    # The finished film goes on where its beginning was left.
    finished = page.locator("video[src*='/video?']")
    expect(finished).to_be_visible(timeout=FILM_MS)
    page.wait_for_timeout(500)
    assert finished.evaluate("v => v.currentTime") > 0.5
    assert complaints == []
    page.context.close()
