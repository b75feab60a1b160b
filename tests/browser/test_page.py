"""The page in a real browser on a real server: what a person sees and does."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from matinee import film as film_language
from matinee.film import Screenplay
from server_process import Served, a_server, start_server, stop

SENTENCE = "A robot walks through a neon city at night and says 'Hello there, city.'"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
FILM_MS = 180_000

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        assert CHROMIUM is not None, "a continuous build without Chromium proves too little"
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_page(
    browser: Browser, size: dict[str, int] = DESK, *, quiet: bool = True, **options: object
) -> Iterator[Page]:
    """A fresh browser window in which nothing may go wrong unseen."""
    context: BrowserContext = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=str(options.get("locale", "en-GB")),
        has_touch=size == PHONE,
        reduced_motion="reduce" if options.get("reduced_motion") else "no-preference",
        accept_downloads=True,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()
    if quiet:
        assert complaints == []


def with_test_cards(page: Page) -> None:
    """Let the page's films be shot by the test card engine, which is fast."""

    def changed(route: Route) -> None:
        if route.request.method == "POST":
            wish = route.request.post_data_json or {}
            route.continue_(post_data={**wish, "model": "test_card"})
        else:
            route.continue_()

    page.route(re.compile(r"/api/films$"), changed)


def ask(page: Page, *, sentence: str = SENTENCE, length: str = "4 s") -> None:
    page.get_by_label("Your sentence").fill(sentence)
    form = page.locator("form")
    form.get_by_text(length, exact=True).click()
    form.get_by_text("Draft", exact=True).click()
    form.get_by_role("button", name="Make the film").click()
    page.wait_for_url("**/film/video_*")


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    """Poll from outside: the page's own rules forbid the scripts that a wait inside would need."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came true")


def sideways_px(page: Page) -> int:
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def test_a_sentence_becomes_a_film_that_plays_with_captions(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    with a_page(browser) as page:
        page.goto(f"{served.url}/create")
        expect(page.get_by_text("No films yet")).to_be_visible()
        ask(page)

        # Live: progress, and each shot with its preview once there is one.
        expect(page.get_by_label("Progress").get_by_role("progressbar")).to_be_visible()
        preview = page.get_by_role("img", name=re.compile("Preview of shot 1")).first
        expect(preview).to_be_visible(timeout=FILM_MS)
        assert preview.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0

        # Finished: it plays, and the words are on the screen while they are said.
        video = page.locator("video")
        expect(video).to_be_visible(timeout=FILM_MS)
        video.evaluate("video => { video.muted = true; return video.play(); }")
        wait_until(page, lambda: bool(video.evaluate("video => video.currentTime > 0.5")))
        tracks = video.evaluate("v => [...v.textTracks].map(t => [t.kind, t.mode, t.cues.length])")
        assert tracks == [["captions", "showing", tracks[0][2]]]
        assert tracks[0][2] >= 1
        said = video.evaluate("v => [...v.textTracks[0].cues].map(c => c.text).join(' ')")
        assert "Hello there" in said
        assert video.evaluate("v => [v.videoWidth, v.videoHeight]") == [640, 360]
        assert video.evaluate("v => v.webkitAudioDecodedByteCount") > 0

        # What was understood is quoted from the sentence; the screenplay reads like one.
        notes = page.get_by_role("region", name="What was understood")
        quoted = notes.locator("q").all_inner_texts()
        assert quoted
        assert all(phrase in SENTENCE for phrase in quoted)
        sheet = page.get_by_role("region", name="Screenplay")
        expect(sheet.get_by_role("heading", level=3)).to_contain_text("NIGHT")
        expect(sheet).to_contain_text("Hello there, city.")

        with page.expect_download() as saved:
            page.get_by_role("link", name="Download the film").click()
        saved.value.save_as(tmp_path / "film.mp4")
        assert saved.value.suggested_filename.endswith(".mp4")
        assert (tmp_path / "film.mp4").read_bytes()[4:8] == b"ftyp"
        with page.expect_download() as saved:
            page.get_by_role("link", name="Screenplay").click()
        saved.value.save_as(tmp_path / "film.json")
        play = film_language.decode((tmp_path / "film.json").read_bytes(), Screenplay)
        assert play.prompt == SENTENCE

        # The address leads here again, and the film hangs on the front page.
        page.reload()
        expect(page.locator("video")).to_be_visible()
        page.get_by_role("link", name="Another film").click()
        expect(page.get_by_role("link", name=re.compile("Open the film"))).to_have_count(1)


def test_on_a_phone_everything_fits_and_works(browser: Browser, served: Served) -> None:
    with a_page(browser, PHONE) as page:
        with_test_cards(page)
        page.goto(f"{served.url}/create")
        assert sideways_px(page) == 0
        page.get_by_text("9:16", exact=True).click()
        ask(page)
        expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
        assert sideways_px(page) == 0
        box = page.locator("video").bounding_box()
        assert box is not None
        assert box["height"] > box["width"]
        assert box["width"] <= PHONE["width"]
        small = page.evaluate(
            "[...document.querySelectorAll('a.button, button')]"
            ".filter(e => e.getBoundingClientRect().height < 40).length"
        )
        assert small == 0, "a thumb needs 40 pixels"


def test_an_empty_sentence_is_told_and_nothing_is_sent(browser: Browser, served: Served) -> None:
    with a_page(browser) as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
        page.goto(f"{served.url}/create")
        page.get_by_role("button", name="Make the film").click()
        expect(page.get_by_role("alert")).to_contain_text("Write a sentence first")
        expect(page.get_by_label("Your sentence")).to_be_focused()
        assert f"POST {served.url}/api/films" not in sent
        page.get_by_label("Your sentence").fill("A")
        expect(page.get_by_role("alert")).to_have_count(0)


def test_what_the_server_refuses_is_told_and_the_sentence_is_kept(
    browser: Browser, served: Served
) -> None:
    with a_page(browser, quiet=False) as page:
        page.goto(f"{served.url}/create")
        page.get_by_label("Your sentence").fill("A man\x07walks.")
        page.get_by_role("button", name="Make the film").click()
        expect(page.get_by_role("alert")).to_contain_text("control character")
        expect(page.get_by_label("Your sentence")).to_have_value("A man\x07walks.")
        page.get_by_label("Your sentence").fill("x" * 32_001)
        page.get_by_role("button", name="Make the film").click()
        expect(page.get_by_role("alert")).to_contain_text("1 characters too long")


def test_hands_that_use_no_mouse_can_make_a_film(browser: Browser, served: Served) -> None:
    with a_page(browser) as page:
        with_test_cards(page)
        page.goto(f"{served.url}/create")
        expect(page.get_by_label("Your sentence")).to_be_visible()
        names = page.evaluate(
            "[...document.querySelectorAll('input, textarea, select, button')]"
            ".filter(e => !(e.labels?.length || e.innerText.trim() || e.ariaLabel)).length"
        )
        assert names == 0, "every control has a name"
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "prompt":
                break
        page.keyboard.type(SENTENCE)
        for _ in range(3):  # past people and photos
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")  # from "as needed" to four seconds
        page.get_by_label("Your sentence").focus()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/film/video_*")
        expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
        expect(page.get_by_text("4 s", exact=False).first).to_be_visible()


def test_a_film_can_be_stopped_tried_again_and_deleted(browser: Browser, served: Served) -> None:
    with a_page(browser) as page:
        page.goto(f"{served.url}/create")
        ask(page, length="20 s")
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("alert")).to_contain_text("This film was stopped")
        stopped = page.url
        page.get_by_role("button", name="Try again").click()
        page.wait_for_url(lambda url: url != stopped)
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("alert")).to_contain_text("This film was stopped")
        page.on("dialog", lambda dialog: dialog.accept())
        gone = page.url
        page.get_by_role("button", name="Delete", exact=True).click()
        page.wait_for_url(f"{served.url}/create")
    with a_page(browser, quiet=False) as page:
        page.goto(gone)
        expect(page.get_by_role("alert")).to_contain_text("Nothing is playing here")


def test_the_page_speaks_chinese_and_remembers(browser: Browser, served: Served) -> None:
    with a_page(browser, locale="zh-CN") as page:
        page.goto(f"{served.url}/create")
        expect(page.get_by_role("button", name="开始拍摄")).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "zh"
        page.goto(f"{served.url}/settings")
        page.get_by_label("语言").select_option("en")
        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
        page.goto(f"{served.url}/create")
        expect(page.get_by_role("button", name="Make the film")).to_be_visible()


def test_a_page_that_should_hold_still_does(browser: Browser, served: Served) -> None:
    with a_page(browser, reduced_motion=True) as page:
        page.goto(f"{served.url}/create")
        ask(page, length="20 s")
        spinning = page.evaluate(
            "document.getAnimations().filter(a => a.effect.getComputedTiming().iterations > 1)"
            ".length"
        )
        assert spinning == 0
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("alert")).to_be_visible()


def test_with_a_key_the_page_opens_and_bears_the_death_of_its_server(browser: Browser) -> None:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    served = start_server(folder, "--require-key")
    try:
        key = served.key("page")
        with a_page(browser, quiet=False) as page:
            with_test_cards(page)
            page.goto(f"{served.url}/create")
            page.get_by_role("button", name="Use an API key").click()
            page.get_by_label("API key").fill("matinee_" + "x" * 43)
            page.get_by_role("button", name="Come in").click()
            expect(page.get_by_role("alert")).to_contain_text("not known here")
            page.get_by_label("API key").fill(key)
            page.get_by_role("button", name="Come in").click()
            page.get_by_text("Full HD 1080", exact=True).click()
            page.get_by_label("Your sentence").fill(SENTENCE)
            page.get_by_text("20 s", exact=True).click()
            page.get_by_role("button", name="Make the film").click()
            page.wait_for_url("**/film/video_*")
            served.kill()
            expect(page.locator(".away")).to_contain_text("not answering")
            served = start_server(folder, "--require-key", port=served.port)
            expect(page.locator("video")).to_be_visible(timeout=FILM_MS)
            expect(page.locator(".away")).to_have_count(0)
    finally:
        stop(served)
        shutil.rmtree(folder, ignore_errors=True)
