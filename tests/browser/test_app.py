"""The app in a real browser: the feed by key and touch, every screen by axe, installed, offline."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from app_browser import (
    AXE,
    CHROMIUM,
    DESK,
    a_chromium,
    a_context,
    a_page_of,
    faults,
    wait_until,
)
from app_people import PASSWORD, Member, signed_up
from server_process import Served, a_server

CAPTIONS = ("The first of three.", "The second of three.", "The third of three.")
# The throttling that browsers call "Fast 3G": 1.6 Mbit/s less a tenth, 562.5 ms for every answer.
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44e6 / 8,
    "uploadThroughput": 0.675e6 / 8,
}
FIRST_FILM_S = 2.0
ALL_SCREENS = (
    *("/", "/create", "/search", "/notifications", "/me", "/@ann", "/settings", "/likeness"),
    *("/likeness/capture", "/verify", "/takedown", "/decisions", "/sign-in", "/sign-up"),
)
SOME_SCREENS = ("/create", "/@ann", "/settings")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = a_chromium(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A server on which Ann has posted three films."""
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        ann = signed_up(server, "ann")
        film_id = ann.film("A robot walks through a neon city and says 'Hello.'", size="180x320")
        ann.post(film_id, CAPTIONS[2])
        for caption in (CAPTIONS[1], CAPTIONS[0]):
            ann.post(ann.film(f"A dog runs on the beach. {caption}"), caption)
        ann.client.close()
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def ben(served: Served) -> Iterator[Member]:
    """Somebody who follows Ann."""
    member = signed_up(served, "ben")
    member.follow("ann")
    yield member
    member.client.close()


def shown(page: Page) -> str:
    """The caption of the film on the screen."""
    return page.locator(".frame:not([inert]) .caption").inner_text()


def swipe(page: Page, from_px: int, to_px: int) -> None:
    """A finger on the glass, from one height to another."""
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *heights: float) -> None:
        points = [{"x": 180, "y": height} for height in heights]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", from_px)
    for step in range(1, 9):
        touch("touchMove", from_px + (to_px - from_px) * step / 8)
    touch("touchEnd")


def test_the_feed_is_watched_by_keyboard_and_told_of(
    browser: Browser, served: Served, ben: Member
) -> None:
    with a_page_of(browser, served, ben, DESK) as page:
        views: list[dict[str, Any]] = []

        def heard(request: Request) -> None:
            if request.url.endswith("/views"):
                views.append(request.post_data_json or {})

        page.on("request", heard)
        page.goto(served.url)
        page.get_by_role("tab", name="Following").click()
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[0])
        playing = "(() => { const v = document.querySelector('.frame:not([inert]) video');"
        wait_until(page, playing + " return v && v.currentTime > 0.4 && !v.paused; })()")
        # The next two are fetched while the first one plays.
        wait_until(page, "document.querySelectorAll('.reel video').length === 3")

        page.keyboard.press("ArrowDown")
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[1])
        wait_until(page, playing + " return v && v.currentTime > 0.1 && !v.paused; })()")
        for _ in range(40):
            if views:
                break
            page.wait_for_timeout(50)
        assert 300 <= views[0]["watched_ms"] <= 60_000
        assert 3_500 <= views[0]["duration_ms"] <= 4_500

        page.keyboard.press(" ")
        wait_until(page, playing + " return v && v.paused; })()")
        page.keyboard.press("l")
        liked = page.locator(".frame:not([inert])").get_by_role("button", name=re.compile("^Like"))
        expect(liked).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("m")
        sound = page.locator(".frame:not([inert])").get_by_role("button", name="Sound")
        expect(sound).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("c")
        sheet = page.get_by_role("dialog", name="Comments")
        sheet.get_by_label("Say something kind").fill("Lovely.")
        sheet.get_by_role("button", name="Send").click()
        expect(sheet.get_by_text("Lovely.")).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        page.keyboard.press("k")
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[0])


def test_a_finger_swipes_and_taps_twice_for_a_like(
    browser: Browser, served: Served, ben: Member
) -> None:
    with a_page_of(browser, served, ben, reduced_motion="reduce") as page:
        page.goto(served.url)
        page.get_by_role("tab", name="Following").click()
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[0])
        # Who asked for stillness is shown a picture, and begins by hand.
        page.wait_for_timeout(300)
        assert page.evaluate("document.querySelector('.frame:not([inert]) video').paused")
        swipe(page, 650, 150)
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[1])
        # It rests on a whole film and not between two.
        wait_until(page, "document.querySelector('.reel').scrollTop % innerHeight === 0")
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[1])
        page.mouse.move(180, 400)
        page.mouse.wheel(0, 700)
        expect(page.locator(".frame:not([inert]) .caption")).to_have_text(CAPTIONS[2])
        page.touchscreen.tap(180, 300)
        page.touchscreen.tap(180, 300)
        liked = page.locator(".frame:not([inert])").get_by_role("button", name=re.compile("^Like"))
        expect(liked).to_have_attribute("aria-pressed", "true")


@pytest.mark.skipif(not AXE.is_file() and "CI" not in os.environ, reason="npm ci was not run")
def test_no_screen_has_a_serious_fault_of_access(
    browser: Browser, served: Served, ben: Member
) -> None:
    found: dict[str, list[str]] = {}
    for theme in ("dark", "light"):
        with a_page_of(browser, served, ben) as page:
            page.context.add_init_script(f"localStorage.setItem('matinee.theme', '{theme}')")
            for path in ALL_SCREENS if theme == "dark" else SOME_SCREENS:
                page.goto(served.url + path)
                page.wait_for_load_state("networkidle")
                found[f"{theme} {path}"] = faults(page)
                wide = "document.documentElement.scrollWidth - innerWidth"
                assert page.evaluate(wide) <= 0, path
            page.goto(served.url)
            page.get_by_role("tab", name="Following").click()
            expect(page.locator(".frame:not([inert]) .caption")).to_be_visible()
            for key, sheet in (("c", "Comments"), ("i", "More about this film"), ("r", "Remix of")):
                page.keyboard.press(key)
                expect(page.get_by_role("dialog")).to_contain_text(sheet)
                page.wait_for_timeout(300)
                found[f"{theme} {sheet}"] = faults(page)
                page.keyboard.press("Escape")
                expect(page.get_by_role("dialog")).to_have_count(0)
    assert {place: told for place, told in found.items() if told} == {}


def test_the_app_is_installed_and_keeps_nothing_but_itself(
    browser: Browser, served: Served, ben: Member
) -> None:
    with a_page_of(browser, served, ben) as page:
        page.goto(served.url)
        page.get_by_role("tab", name="Following").click()
        expect(page.locator(".frame:not([inert]) .caption")).to_be_visible()
        wait_until(page, "navigator.serviceWorker.ready.then(one => one.active !== null)")
        page.reload()
        page.wait_for_load_state("networkidle")
        kept: list[str] = page.evaluate(
            "caches.keys().then(names => Promise.all(names.map(name => caches.open(name)"
            ".then(one => one.keys()))))"
            ".then(all => all.flat().map(one => new URL(one.url).pathname))"
        )
        own = re.compile(
            r"/|/assets/[\w-]+(\.svelte)?-[\w-]+\.(js|css)|/manifest.webmanifest|/first.js|/icon.*"
        )
        assert "/" in kept
        assert [path for path in kept if not own.fullmatch(path)] == []

        tool = page.context.new_cdp_session(page)
        manifest = tool.send("Page.getAppManifest")
        assert manifest["errors"] == []
        sizes = {one["sizes"] for one in json.loads(manifest["data"])["icons"]}
        assert sizes >= {"192x192", "512x512"}
        page.context.set_offline(True)
        page.goto(f"{served.url}/create")
        expect(page.get_by_role("alert")).to_contain_text("not answering")


def test_the_first_film_takes_less_than_two_seconds_of_a_slow_line(
    browser: Browser, served: Served, ben: Member
) -> None:
    with a_page_of(browser, served, ben, service_workers="block") as page:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", FAST_3G)
        page.goto(served.url, wait_until="commit")
        wait_until(
            page,
            "(() => { const p = document.querySelector('.frame:not([inert]) .still');"
            " return !!p && p.complete && p.naturalWidth > 0; })()",
        )
        asked = page.evaluate(
            "[...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')].map("
            "(one) => [one.name, one.startTime, one.responseEnd, one.transferSize])"
        )
        still = page.locator(".frame:not([inert]) .still").evaluate("(one) => one.currentSrc")
    film = next(one for one in asked if one[0] == still)
    assert line_s(film, asked) <= FIRST_FILM_S, asked


def line_s(one: list[Any], asked: list[list[Any]]) -> float:
    """When an answer is there, had the browser itself needed no time, however busy its machine is.

    It was asked for when the last of those that had arrived before had arrived.
    """
    _, start_ms, _, answer_bytes = one
    earlier = [line_s(other, asked) for other in asked if other[2] <= start_ms]
    own_s: float = FAST_3G["latency"] / 1000 + answer_bytes / FAST_3G["downloadThroughput"]
    return max(earlier, default=0.0) + own_s


def test_somebody_signs_in_with_a_password_and_out_again(browser: Browser, served: Served) -> None:
    context = a_context(browser)
    page = context.new_page()
    page.goto(f"{served.url}/sign-in?to=/settings")
    page.get_by_label("Handle or e-mail").fill("ann")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/settings")
    expect(page.get_by_text("@ann · ann@example.org")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    # A stranger may watch what is open to all, and is asked who they are before they like it.
    page.goto(served.url)
    expect(page.locator(".frame:not([inert]) .caption")).to_be_visible()
    page.keyboard.press("l")
    page.wait_for_url("**/sign-in")
    context.close()
