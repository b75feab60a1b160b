"""What people do in a browser besides watching: keys, letters, refusals, languages."""

import email
import email.policy
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

from app_browser import CHROMIUM, a_chromium, a_context, a_page_of, wait_until
from app_people import PASSWORD, Member, signed_up
from matinee.studio.adapters.fake_writer_server import KEY, MODEL, FakeWriterServer
from server_process import Served, a_server

FILM_MS = 60_000
CHUNK_BYTES = 512 * 1024
# The app looks at what is on the screen every fifteen seconds.
LOOK_AGAIN_MS = 16_000
PLAYING = "document.querySelector('.frame:not([inert]) video')"
WRONG = "A naked child in a bathtub, sexual."

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
    """A server that can translate."""
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with FakeWriterServer() as translator:
        there = {
            "MATINEE_WRITER_URL": translator.url,
            "MATINEE_WRITER_KEY": KEY,
            "MATINEE_WRITER_MODEL": MODEL,
        }
        with a_server(folder, extra=there) as server:
            yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def ann(served: Served) -> Iterator[Member]:
    member = signed_up(served, "ann")
    yield member
    member.client.close()


@contextmanager
def a_stranger(browser: Browser, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - Playwright's
    """A window of somebody who is not signed in, and is not the operator either."""
    context = a_context(browser, **options)
    context.add_init_script(
        "if (location.protocol !== 'about:' && !localStorage.getItem('matinee.session'))"
        " localStorage.setItem('matinee.session', 'out')"
    )
    yield context.new_page()
    context.close()


def link_in_a_letter(served: Served, to: str, path: str) -> str:
    """Where the newest letter leads that lies in the server's outbox; it is written in a moment."""
    for _ in range(100):
        for one in sorted((served.home / "outbox").glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(one.read_bytes(), policy=email.policy.default)
            body = letter.get_body()
            found = re.search(rf"https?://[^/\s]+(/{path}/\S+)", body.get_content() if body else "")
            if found and to in str(letter["to"]):
                return f"{served.url}{found[1]}"
        time.sleep(0.1)
    raise AssertionError(f"nobody wrote to {to} about {path}")


def test_a_passkey_is_made_opens_the_door_and_is_removed(browser: Browser, served: Served) -> None:
    with a_stranger(browser) as page:
        # Passkeys are bound to a name, and an address of numbers is none.
        at_name = served.url.replace("127.0.0.1", "localhost")
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        told = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        device.send("WebAuthn.addVirtualAuthenticator", {"options": told})
        page.goto(f"{served.url}/sign-in")
        page.get_by_role("button", name="With a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text(at_name)

        page.goto(f"{at_name}/sign-up")
        page.get_by_label("Your name").fill("Pia")
        page.get_by_label("E-mail").fill("pia@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Date of birth").fill("1990-12-10")
        page.get_by_role("button", name="Sign up").click()
        page.wait_for_url(f"{at_name}/")
        page.goto(f"{at_name}/settings")
        page.get_by_role("button", name="Add a passkey").click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_label("Password").fill(PASSWORD)
        sheet.get_by_role("button", name="Add a passkey").click()
        kept = page.get_by_role("button", name="Remove Chrome, Linux")
        expect(kept).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in")
        page.get_by_role("button", name="With a passkey").click()
        page.wait_for_url(f"{at_name}/")

        page.goto(f"{at_name}/settings")
        kept.click()
        expect(kept).to_have_count(0)


def test_letters_lead_in_and_all_that_is_ones_own_is_taken_along_before_it_goes(
    browser: Browser, served: Served
) -> None:
    signed_up(served, "una").client.close()
    with a_stranger(browser) as page:
        page.goto(link_in_a_letter(served, "una@example.org", "verify-email"))
        expect(page.get_by_text("Your e-mail is confirmed.")).to_be_visible()
        page.goto(f"{served.url}/reset-password")
        page.get_by_label("E-mail").fill("una@example.org")
        page.get_by_role("button", name="Send me a letter").click()
        expect(page.get_by_text("is on its way")).to_be_visible()
        found = link_in_a_letter(served, "una@example.org", "reset-password")
        answer = page.goto(found)
        assert answer is not None
        assert answer.status == 200
        page.get_by_label("New password").fill("another horse battery")
        page.get_by_role("button", name="Change password").click()
        page.wait_for_url("**/sign-in")
        page.get_by_label("Handle or e-mail").fill("una")
        page.get_by_label("Password").fill("another horse battery")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{served.url}/")
        page.goto(f"{served.url}/settings")
        page.get_by_role("button", name="Ask for my data").click()
        packed = page.get_by_role("link", name="Download my data")
        for _ in range(20):
            page.wait_for_timeout(500)
            page.reload()
            page.wait_for_load_state("networkidle")
            if packed.count():
                break
        with page.expect_download() as download:
            packed.click()
        assert download.value.path().read_bytes()[:2] == b"PK"
        page.get_by_role("button", name="Delete account").click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_label("Password").fill("another horse battery")
        sheet.get_by_role("button", name="Delete everything").click()
        expect(page.get_by_text("The account is deleted")).to_be_visible()
        assert page.evaluate("fetch('/api/people/una').then((told) => told.status)") == 404


def test_a_refusal_and_a_removal_are_decided_told_and_objected_to(  # noqa: PLR0915 - a story
    browser: Browser, served: Served, ann: Member
) -> None:
    film = ann.film("A dog runs on the beach.")
    post = ann.post(film, "Nobody told him about the tide.", audience="friends")
    friend = signed_up(served, "fay")
    friend.follow("ann")
    ann.follow("fay")
    with (
        a_page_of(browser, served, ann) as maker,
        a_page_of(browser, served, friend) as watcher,
    ):
        # Whoever sits at the machine is a moderator too.
        desk = a_context(browser).new_page()
        maker.goto(f"{served.url}/create")
        maker.get_by_label("Your sentence").fill(WRONG)
        maker.get_by_role("button", name="Make the film").click()
        refused = maker.get_by_role("alert").filter(has_text="What would pass").last
        expect(refused).to_contain_text("Children may play, learn, travel", timeout=FILM_MS)
        assert "refusal_" not in refused.inner_text()
        refused.get_by_role("button", name="Ask a person to look at it").click()
        refused.get_by_label("Why should it pass?").fill("It is a painting that hangs in a church.")
        refused.get_by_role("button", name="Send", exact=True).click()
        expect(refused.get_by_text("A moderator will look at it.")).to_be_visible()

        watcher.clock.install()
        watcher.goto(f"{served.url}/post/{post}")
        wait_until(watcher, f"{PLAYING}?.readyState > 1")
        watcher.keyboard.press("i")
        watcher.get_by_role("button", name="Report").click()
        watcher.get_by_label("It shows private things").check()
        watcher.get_by_role("button", name="Send report").click()
        expect(watcher.get_by_text("Thank you.")).to_be_visible()

        desk.goto(f"{served.url}/desk")
        desk.get_by_role("button", name=re.compile("private things")).click()
        case = desk.get_by_role("dialog")
        # The desk sees what it decides about, though it is for friends.
        wait_until(desk, "document.querySelector('dialog video')?.readyState > 0")
        case.get_by_label("Reason, as the people").fill("It shows a house whose owner objects.")
        case.get_by_role("button", name="Remove", exact=True).click()
        expect(case).to_have_count(0)
        desk.get_by_role("button", name=re.compile("A child in a sexual context")).click()
        expect(case.get_by_text("It is a painting that hangs in a church.")).to_be_visible()
        case.get_by_label("Reason, as the people").fill("It would show more than a painting.")
        case.get_by_role("button", name="The refusal stays").click()
        expect(case).to_have_count(0)

        # Whoever watches it now sees it end.
        for _ in range(20):
            watcher.clock.fast_forward(LOOK_AGAIN_MS)
            if watcher.get_by_text("This film is not here any more.").count():
                break
            watcher.wait_for_timeout(200)
        expect(watcher.locator(".frame:not([inert]) video")).to_have_count(0)

        maker.goto(f"{served.url}/notifications")
        maker.get_by_role("link", name=re.compile("Something of yours was removed")).click()
        maker.wait_for_url("**/decisions")
        expect(maker.get_by_text("Your appeal: the refusal stays")).to_be_visible()
        removed = maker.get_by_role("listitem").filter(has_text="It was taken down")
        expect(removed).to_contain_text("It shows a house whose owner objects.")
        removed.get_by_role("button", name="Object to this decision").click()
        removed.get_by_label("Why should it pass?").fill("It is my own house.")
        removed.get_by_role("button", name="Send", exact=True).click()
        expect(maker.get_by_text("It is being looked at again")).to_be_visible()
        desk.context.close()
    friend.client.close()


def test_whoever_has_no_account_asks_for_a_takedown_and_follows_it(
    browser: Browser, served: Served, ann: Member
) -> None:
    post = ann.post(ann.film("A cat sleeps on a sofa."), "The cat of next door.")
    with a_stranger(browser) as page:
        page.goto(f"{served.url}/takedown")
        page.get_by_label("Address of the film").fill(f"{served.url}/p/{post}")
        page.get_by_label("Reason").select_option("rights")
        page.get_by_label("What is wrong").fill("I drew this cat.")
        page.get_by_label("Your name").fill("Gus")
        page.get_by_label("E-mail").fill("gus@example.org")
        page.get_by_label("What I say here is true").check()
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("link", name="Follow the request").click()
        expect(page.get_by_role("heading", name="Waiting for a decision")).to_be_visible()
        expect(page.get_by_text("48 h left of 48")).to_be_visible()
        desk = a_context(browser).new_page()
        desk.goto(f"{served.url}/desk")
        desk.get_by_role("button", name=re.compile("It uses my work")).click()
        case = desk.get_by_role("dialog")
        expect(case.get_by_text("gus@example.org")).to_be_visible()
        case.get_by_label("Reason, as the people").fill("The cat is a photo of your own drawing.")
        case.get_by_role("button", name="Remove", exact=True).click()
        expect(case).to_have_count(0)
        desk.context.close()
        page.reload()
        expect(page.get_by_role("heading", name="It was taken down")).to_be_visible()
        expect(page.get_by_text("The cat is a photo of your own drawing.")).to_be_visible()
        # Without the token nobody learns of it.
        page.goto(page.url.partition("?")[0])
        expect(page.get_by_role("alert")).to_be_visible()


def test_a_film_is_heard_and_read_in_another_language(
    browser: Browser, served: Served, ann: Member
) -> None:
    film = ann.film("A girl in a park says: 'Good morning, everybody. How are you?'")
    post = ann.post(film, "Good morning.")
    with a_page_of(browser, served, ann) as page, a_stranger(browser) as guest:
        page.goto(f"{served.url}/film/{film}")
        page.get_by_label("Add captions in").select_option("es")
        expect(page.get_by_text("Captions in Spanish are there")).to_be_visible()
        page.get_by_label("Speak it in").select_option("fr")
        shown = page.get_by_role("switch", name="Show with this film")
        expect(shown).to_be_visible(timeout=FILM_MS)
        version = page.get_by_role("link", name="French").get_attribute("href") or ""
        version_id = version.rpartition("/")[2]
        hidden = f"fetch('/api/films/{version_id}/poster').then((told) => told.status)"
        guest.goto(f"{served.url}/post/{post}")
        assert guest.evaluate(hidden) == 404
        page.get_by_text("Show with this film").click()
        expect(shown).to_be_checked()

        guest.keyboard.press("i")
        guest.get_by_role("button", name="Captions and voices").click()
        guest.get_by_role("radio", name="Spanish").click()
        guest.keyboard.press("Escape")
        expect(guest.locator(".said")).to_contain_text("es: Good morning")
        guest.keyboard.press("i")
        guest.get_by_role("button", name="Captions and voices").click()
        guest.get_by_role("radio", name="French").click()
        guest.keyboard.press("Escape")
        wait_until(guest, f"{PLAYING}.currentSrc.includes('{version_id}')")
        wait_until(guest, f"{PLAYING}.currentTime > 0 && !{PLAYING}.paused")
        expect(guest.locator(".said")).to_contain_text("fr: Good morning")
        assert guest.evaluate(hidden) == 200


def test_words_steer_the_next_page_and_are_taken_back(browser: Browser, served: Served) -> None:
    maker, viewer = signed_up(served, "mia"), signed_up(served, "vic")
    for words in ("Politicians argue in a parliament", "A robot dances in a hall", "A robot reads"):
        maker.post(maker.film(f"{words}."), f"{words}.")

    with a_page_of(browser, served, viewer) as page:

        def robots_and_politicians() -> tuple[int, int]:
            said = page.locator(".reel .caption").all_inner_texts()
            return sum("robot" in one for one in said), sum("Politic" in one for one in said)

        page.goto(served.url)
        expect(page.locator(".reel .caption").first).to_be_attached()
        assert robots_and_politicians() == (2, 1)
        page.get_by_label("Steer my feed").click()
        page.get_by_label("What would you like to see").fill("more robots, no politics")
        page.get_by_role("button", name="Steer", exact=True).click()
        expect(page.get_by_text("no films about politics")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".reel .caption").first).to_contain_text("robot")
        assert robots_and_politicians()[1] == 0
        page.keyboard.press("i")
        page.get_by_role("button", name="Why am I seeing this?").click()
        expect(page.get_by_role("dialog").get_by_text(re.compile("robot"))).to_be_visible()
        page.keyboard.press("Escape")
        # Elsewhere and back: the same film is on the screen.
        page.keyboard.press("j")
        here = page.locator(".frame:not([inert]) .caption")
        page.wait_for_timeout(600)
        before = here.inner_text()
        page.get_by_role("link", name="Search").click()
        page.wait_for_url("**/search")
        page.get_by_role("link", name="Feed", exact=True).click()
        expect(here).to_have_text(before)
        page.get_by_label("Steer my feed").click()
        page.get_by_role("button", name="Reset").click()
        expect(page.get_by_text("Your feed is as it was")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".reel .caption").filter(has_text="Politic").first).to_be_attached()
    maker.client.close()
    viewer.client.close()


def test_an_upload_goes_on_where_the_line_broke_and_nothing_is_lost(
    browser: Browser, served: Served, ann: Member, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(bytes(range(256)) * (CHUNK_BYTES // 100))
    offsets: list[int] = []
    with a_page_of(browser, served, ann) as page:

        def broken_once(route: Route) -> None:
            request: Request = route.request
            if request.method == "PATCH":
                offsets.append(int(request.headers["upload-offset"]))
                if len(offsets) == 2:
                    route.abort("connectionreset")
                    return
            route.continue_()

        page.route(re.compile(r"/api/uploads/"), broken_once)
        page.goto(f"{served.url}/likeness")
        page.get_by_role("button", name="Make a character").click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_role("textbox", name="Name", exact=True).fill("Rex the dog")
        sheet.locator("input[type=file]").set_input_files(clip)
        sheet.get_by_role("button", name="Make a character").click()
        # All of it arrived, and what it is was read: no film. What was written is still there.
        expect(sheet.get_by_role("alert")).to_contain_text("video", timeout=FILM_MS)
        expect(sheet.get_by_role("textbox", name="Name", exact=True)).to_have_value("Rex the dog")
    assert offsets == [0, CHUNK_BYTES, CHUNK_BYTES, 2 * CHUNK_BYTES]


def test_a_reminder_comes_when_somebody_asked_for_one(
    browser: Browser, served: Served, ann: Member
) -> None:
    ann.post(ann.film("A violinist plays in the rain."), "Once more.")
    with a_page_of(browser, served, ann) as page:
        page.goto(f"{served.url}/settings")
        with page.expect_response(
            lambda told: told.request.method == "PATCH" and told.url.endswith("/api/me")
        ):
            page.get_by_label("Remind me to stop after").select_option("15")
        now = "new Date()"
        page.evaluate(
            "localStorage.setItem('matinee.watched', JSON.stringify({day:"
            f" `${{{now}.getFullYear()}}-${{{now}.getMonth() + 1}}-${{{now}.getDate()}}`,"
            " today_s: 899.5, sitting_s: 899.5, last_ms: Date.now(), told: []}))"
        )
        page.goto(served.url)
        page.get_by_role("tab", name="Latest").click()
        expect(page.get_by_role("dialog")).to_contain_text("after 15 minutes")
        assert page.evaluate(f"{PLAYING}.paused")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
