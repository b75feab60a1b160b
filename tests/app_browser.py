"""The app in a real Chromium: windows of people who are signed in, and what is asked of a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from app_people import Member
from server_process import ROOT, Served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def a_chromium(playwright: Playwright) -> Browser:
    """Chromium, in which films may speak before anybody touched the page."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
    )


def a_context(browser: Browser, size: dict[str, int] = PHONE, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's
    return browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="en-GB",
        has_touch=size == PHONE,
        **options,
    )


@contextmanager
def a_page_of(
    browser: Browser,
    served: Served,
    member: Member,
    size: dict[str, int] = PHONE,
    **options: Any,  # noqa: ANN401 - Playwright's
) -> Iterator[Page]:
    """A window in which somebody is signed in and no script may fail unseen."""
    context = a_context(browser, size, **options)
    context.add_cookies(
        [{"name": one.name, "value": one.value or "", "url": served.url} for one in jar(member)]
    )
    # A blank page between two others keeps nothing, and says so when it is asked to.
    context.add_init_script(
        "if (location.protocol !== 'about:') localStorage.setItem('matinee.session', 'in')"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def jar(member: Member) -> list[Any]:
    return list(member.client.cookies.jar)


def wait_until(page: Page, script: str) -> None:
    """Poll from outside: the page's own rules forbid the scripts that a wait inside would need."""
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came true: {script}")


def faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a screen."""
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)"
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
