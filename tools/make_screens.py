"""Pictures of the app's main screens for the documentation, from a server that is filled first.

    python tools/make_screens.py [--png FOLDER] [--films FILMS]

Starts a server in a folder of its own, lets a few people sign up, make small films on the stage and
post them, and photographs every screen at the size of a phone (390x844) and of a desk (1440x900)
into docs/screens as WebP; with --png also as PNG into FOLDER, to look at. Needs Chromium.
"""

import argparse
import base64
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from app_people import Member, signed_up  # noqa: E402 - the path comes first
from server_process import Served, a_page_visit, a_server  # noqa: E402 - as above

SCREENS = ROOT / "docs" / "screens"
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
QUALITY = 82
SETTLE_MS = 1_600
DECIDED = {
    "remove": "Somebody says that this dance is theirs. Tell us if it is not so.",
    "restore": "You are right: you made it yourself. It is back, and we are sorry.",
}
TALL, WIDE = "360x640", "640x360"
PEOPLE = (("mei", "Mei Chen"), ("omar", "Omar Haddad"), ("lucia", "Lucía Ruiz"))
FILMS = (
    ("mei", "A woman in a red coat walks through a neon city in the rain at night.", TALL,
     "She walks home, and the whole city plays for her."),
    ("omar", "A dog runs along the beach at sunset.", TALL, "Nobody told him about the tide."),
    ("lucia", "Two friends sit at the fire in the forest at night and laugh.", TALL,
     "Marshmallows, and that one story again."),
    ("mei", "A robot stands in the library and reads a book.", WIDE,
     "He has read them all. He reads them again."),
    ("omar", "A gladiator raises her sword in the Colosseum and says 'Tonight we are free!'", TALL,
     "One line. One take."),
)  # fmt: skip
OWN_FILM = "A girl in a yellow raincoat dances on the pier at dawn."
SCREENS_OF_APP = (
    ("feed", "/"),
    ("create", "/create"),
    ("search", "/search"),
    ("notifications", "/notifications"),
    ("profile", "/@mei"),
    ("likeness", "/likeness"),
    ("capture", "/likeness/capture"),
    ("settings", "/settings"),
    ("desk", "/desk"),
    ("decisions", "/decisions"),
    ("verify", "/verify"),
    ("takedown", "/takedown"),
    ("sign-in", "/sign-in"),
)


def main() -> None:
    """Fill a server and photograph it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--png", type=Path, help="also write PNGs here")
    parser.add_argument("--films", type=int, default=len(FILMS), help="how many films are made")
    told = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="mt-"))
    SCREENS.mkdir(parents=True, exist_ok=True)
    try:
        with a_server(home) as served, sync_playwright() as playwright:
            member, film_id, post_id = filled(served, told.films)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=[
                    "--no-sandbox",
                    "--disable-gpu",
                    "--autoplay-policy=no-user-gesture-required",
                ],
            )
            places = (*SCREENS_OF_APP, ("film", f"/film/{film_id}"), ("post", f"/post/{post_id}"))
            for size in SIZES:
                photographed(browser, served, member, size, places=places, png=told.png)
            browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def filled(served: Served, film_count: int) -> tuple[Member, str, str]:
    """Let people live on the server; who looks, and a film and a post to look at."""
    members = {handle: signed_up(served, handle, name) for handle, name in PEOPLE}
    viewer = signed_up(served, "ada", "Ada Lovelace")
    films, posts = {}, []
    for handle, prompt, size, caption in FILMS[:film_count]:
        film_id = members[handle].film(prompt, size=size, model="stage")
        films[prompt] = film_id
        posts.append(members[handle].post(film_id, caption))
    own = viewer.film(
        "A girl in a yellow raincoat dances on the pier at dawn.", size=TALL, model="stage"
    )
    post_id = viewer.post(own, "Six in the morning, and nobody is watching.")
    for one in members.values():
        one.follow("ada")
        one.client.put(f"/api/posts/{post_id}/like")
        viewer.follow(one.handle)
    for words, handle in (
        ("The light in this one!", "lucia"),
        ("Once more, please.", "omar"),
    ):
        for place in (*posts, post_id):
            members[handle].client.post(f"/api/posts/{place}/comments", json={"text": words})
    for place in posts:
        viewer.client.put(f"/api/posts/{place}/like")
    members["omar"].client.post(
        "/api/reports",
        json={"subject": {"kind": "post", "id": posts[0]}, "reason": "rights", "text": "My coat."},
    )
    lent(viewer, next((film for prompt, film in films.items() if "dog" in prompt), own))
    # What the desk decided about something of the viewer's.
    members["lucia"].client.post(
        "/api/reports",
        json={"subject": {"kind": "post", "id": post_id}, "reason": "rights", "text": "My dance."},
    )
    with a_page_visit(served) as desk:
        found = desk.get("/api/desk/cases").json()["cases"]
        case = next(one for one in found if one["subject"]["id"] == post_id)
        for decision in ("remove", "restore"):
            desk.post(
                f"/api/desk/cases/{case['id']}/decisions",
                json={"decision": decision, "reason": DECIDED[decision]},
            ).raise_for_status()
    return viewer, own, post_id


def lent(member: Member, film_id: str) -> None:
    """A character that is kept from a film, for others to use."""
    clip = member.client.get(f"/api/films/{film_id}/video").raise_for_status().content
    tus = {"tus-resumable": "1.0.0"}
    purpose = base64.b64encode(b"character").decode()
    made = member.client.post(
        "/api/uploads",
        headers={
            **tus,
            "upload-length": str(len(clip)),
            "upload-metadata": f"purpose {purpose}",
        },
    ).raise_for_status()
    place = made.headers["location"]
    member.client.patch(
        place,
        content=clip,
        headers={
            **tus,
            "upload-offset": "0",
            "content-type": "application/offset+octet-stream",
        },
    ).raise_for_status()
    wish = {
        "name": "Biscuit the dog",
        "handle": "biscuit",
        "upload_id": place.rpartition("/")[2],
        "level": "mutuals",
        "attest": {"people_in_photo": "consented", "minors": "none"},
    }
    member.client.post("/api/characters", json=wish).raise_for_status()


def photographed(
    browser: Browser,
    served: Served,
    member: Member,
    size: str,
    *,
    places: tuple[tuple[str, str], ...],
    png: Path | None,
) -> None:
    """Every screen at one size; the desk is the operator's, and signing in is a stranger's."""
    width, height = SIZES[size]
    for name, path in places:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", has_touch=size == "phone"
        )
        if name == "sign-in":
            context.add_init_script("localStorage.setItem('matinee.session', 'out')")
        elif name != "desk":
            jar: list[Any] = list(member.client.cookies.jar)
            context.add_cookies(
                [{"name": one.name, "value": one.value or "", "url": served.url} for one in jar]
            )
            context.add_init_script("localStorage.setItem('matinee.session', 'in')")
        page = context.new_page()
        page.goto(served.url + path)
        page.wait_for_timeout(SETTLE_MS)
        keep(page, f"{name}-{size}", png)
        if name == "desk":
            page.get_by_role("button", name="It uses my work").first.click()
            page.wait_for_timeout(SETTLE_MS)
            keep(page, f"case-{size}", png)
        if name == "feed":
            shown = page.locator(".frame:not([inert])")
            for button, sheet in (("Comments", "comments"), ("More about", "more")):
                shown.get_by_role("button", name=button).click()
                page.wait_for_timeout(SETTLE_MS // 2)
                keep(page, f"{sheet}-{size}", png)
                page.keyboard.press("Escape")
            page.get_by_label("Steer my feed").click()
            page.wait_for_timeout(SETTLE_MS // 2)
            keep(page, f"steer-{size}", png)
        context.close()


def keep(page: Page, name: str, png: Path | None) -> None:
    """One picture, small."""
    picture = page.screenshot()
    if png:
        png.mkdir(parents=True, exist_ok=True)
        (png / f"{name}.png").write_bytes(picture)
    Image.open(BytesIO(picture)).convert("RGB").save(
        SCREENS / f"{name}.webp", quality=QUALITY, method=6
    )


if __name__ == "__main__":
    main()
