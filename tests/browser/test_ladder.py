"""The ladder in a real browser: a draft is finished on the fake of a provider, and compared."""

import os
import shutil
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from matinee.studio.adapters.fake_openai_videos import MODEL, FakeOpenAIVideos
from matinee.studio.adapters.fake_provider import KEY
from server_process import a_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FILM_MS = 90_000
ENGINES = """\
[wan]
kind = "openai"
url = "{url}"
key = "{key}"
model = "{model}"
dialect = "vllm"
longest_s = 5
first_frame = true
price_per_second = "0.10 USD"
"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


def test_a_draft_is_finished_on_the_page_and_lies_under_its_final(home: Path) -> None:
    with FakeOpenAIVideos(dialect="vllm") as fake, sync_playwright() as playwright:
        (home / "engines.toml").write_text(ENGINES.format(url=fake.url, key=KEY, model=MODEL))
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        with a_server(home) as served:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page.goto(f"{served.url}/create")
            expect(page.get_by_label("Your sentence")).to_be_visible()
            cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
            wish = {"prompt": "A robot waves.", "model": "test_card", "size": "160x90", "seed": 3}
            draft = httpx.post(
                f"{served.url}/api/films",
                json=wish,
                cookies=cookies,
                headers={"origin": served.url},
            ).json()["id"]
            page.goto(f"{served.url}/film/{draft}")
            ladder = page.get_by_role("region", name="Finish it on another engine")
            expect(ladder).to_be_visible(timeout=FILM_MS)
            ladder.get_by_label("Engine").select_option("wan")
            expect(ladder.get_by_text("0.10 USD a second")).to_be_visible()

            ladder.get_by_label("Shots").fill("first")
            ladder.get_by_role("button", name="Finish").click()
            expect(ladder.get_by_role("alert")).to_contain_text("not a list of shots")
            assert not fake.jobs
            ladder.get_by_label("Shots").fill("1")
            ladder.get_by_label("Budget").fill("5 USD")
            ladder.get_by_role("button", name="Finish").click()

            compared = page.get_by_role("region", name="Draft and final")
            expect(compared).to_be_visible(timeout=FILM_MS)
            slider = compared.get_by_role("slider")
            over = compared.locator("video.over")
            assert "50%" in (over.get_attribute("style") or "")
            slider.focus()
            slider.press("Home")
            expect(over).to_have_attribute("style", "clip-path: inset(0px 0px 0px 0%);")
            compared.get_by_role("button", name="Play").click()
            expect(compared.get_by_role("button", name="Pause")).to_be_visible()
            assert len(fake.jobs) == 1
            if folder := os.environ.get("MATINEE_TEST_PICTURES"):
                slider.press("End")
                slider.evaluate("e => { e.value = 40; e.dispatchEvent(new Event('input')) }")
                compared.screenshot(path=str(Path(folder) / "comparison.png"))
        browser.close()
