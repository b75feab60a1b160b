"""Films that people send: taken in, held until they were looked through, claimed, shown or not."""

import base64
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

import recognition_footage as made
from matinee import people, rights
from matinee.kit.db import Database
from matinee.rights.claims import ClaimPolicy, look_store, opening, store
from matinee.rights.claims.evidence import Evidence
from matinee.rights.licences import Owner
from matinee.studio.errors import UploadUnusable
from matinee.studio.normalising import normalised
from people_builders import Site, a_site, signed_up

WORDS = "This is my own recording, made in the spring on the pier."
PATIENCE_S = 60


@dataclass
class Town:
    """A site with its worker running, and people in it."""

    site: Site
    browsers: dict[str, TestClient]

    def person(self, handle: str) -> str:
        with self.site.house.database.transaction() as session:
            return people.person_by_handle(session, handle).id

    def send(self, handle: str, path: Path, title: str = "The pier") -> dict[str, Any]:
        """Upload a film by tus and have it accepted; the film once it has ended."""
        browser, content = self.browsers[handle], path.read_bytes()
        purpose = base64.b64encode(b"film").decode()
        begun = browser.post(
            "/api/uploads",
            headers={
                "tus-resumable": "1.0.0",
                "upload-length": str(len(content)),
                "upload-metadata": f"purpose {purpose}",
            },
        )
        assert begun.status_code == 201, begun.text
        place = begun.headers["location"]
        sent = browser.patch(
            place,
            content=content,
            headers={
                "tus-resumable": "1.0.0",
                "upload-offset": "0",
                "content-type": "application/offset+octet-stream",
            },
        )
        assert sent.status_code == 204, sent.text
        wish = {"upload": place.rpartition("/")[2], "title": title}
        accepted = browser.post("/api/films/uploads", json=wish)
        assert accepted.status_code == 201, accepted.text
        again = browser.post("/api/films/uploads", json=wish)
        assert again.json()["id"] == accepted.json()["id"]
        stranger = next(one for name, one in self.browsers.items() if name != handle)
        assert stranger.post("/api/films/uploads", json=wish).status_code == 404
        return self.ended(handle, accepted.json()["id"])

    def ended(self, handle: str, film_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            film = self.browsers[handle].get(f"/api/films/{film_id}").json()
            if film["status"] in {"completed", "failed"}:
                return dict(film)
            time.sleep(0.2)
        raise AssertionError(film)

    def standing(self, handle: str, film_id: str) -> dict[str, Any]:
        answer = self.browsers[handle].get(f"/api/films/{film_id}/standing")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def looked_through(self, handle: str, film_id: str) -> dict[str, Any]:
        """How a film stands once it was looked through."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self.site.deliver()
            found = self.standing(handle, film_id)
            if found["standing"]["state"] != "held":
                return found
            time.sleep(0.2)
        raise AssertionError(found)


@pytest.fixture
def town(database: Database, home: Path) -> Iterator[Town]:
    behind = {"proxies": "testclient", "country_header": "cf-ipcountry", "territory": "IT"}
    with a_site(database, home, **behind) as site:
        site.house.start_worker()
        browsers = {name: signed_up(site, name) for name in ("ada", "bob", "eve")}
        yield Town(site, browsers)


def a_work(town: Town, clip: Path, policy: ClaimPolicy) -> str:
    """A proven work of the owner with a reference, learnt by the job."""
    house = town.site.house
    owner = town.person("ada")
    with house.database.transaction() as session:
        at = house.clock.now()
        work = rights.register_work(
            session, kind="footage", title="The pier", owners=[Owner(owner, 10_000)], by=owner,
            ids=house.ids, at=at,
        )  # fmt: skip
        session.execute(text("update rights.work set standing = 'proven'"))
        session.execute(text("update rights.owner set confirmed_at = :at"), {"at": at})
        store.set_policy(session, work.id, policy, by=owner, at=at)
        reference_id = house.ids.new("reference")
        session.execute(
            text(
                "insert into rights.reference (id, work_id, blob, kind, name, file_bytes, added_by,"
                " added_at) values (:id, :work, :blob, 'video', 'clip', 1, :by, :at)"
            ),
            {
                "id": reference_id,
                "work": work.id,
                "blob": house.blobs.put_file(clip).key,
                "by": owner,
                "at": at,
            },
        )
        house.recognising.learn_from(session, reference_id)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with house.database.transaction() as session:
            if look_store.reference_print(session, reference_id) is not None:
                return work.id
        time.sleep(0.2)
    raise AssertionError(reference_id)


def test_what_people_send_waits_for_its_check_then_is_claimed_and_disputed_or_posted_and_withheld(
    town: Town, tmp_path: Path
) -> None:
    # One site for both, because a process has one worker.
    a_copy_is_held_then_blocked_and_its_claim_disputed(town, tmp_path)
    a_post_waits_for_the_check_and_then_appears_by_itself(town, tmp_path)


def a_copy_is_held_then_blocked_and_its_claim_disputed(town: Town, tmp_path: Path) -> None:
    clip = made.write(tmp_path / "pier.mp4", made.footage(1, seconds=6), made.notes(1))
    work_id = a_work(town, clip, ClaimPolicy(action="block"))
    film = town.send("bob", clip)
    assert film["status"] == "completed", film["error"]
    assert (film["title"], film["width"], film["height"]) == ("The pier", 256, 144)
    before = town.standing("bob", film["id"])
    assert before["uploaded"] is True
    assert before["provenance"]["conclusion"] == "unknown"
    assert town.browsers["eve"].get(f"/api/films/{film['id']}").status_code == 404

    held = town.browsers["bob"].post("/api/posts", json={"film_id": film["id"], "caption": "Hi"})
    after = town.looked_through("bob", film["id"])
    assert after["standing"] == {"state": "blocked", "fault": None, "territories": []}
    assert (held.status_code, held.json()["waiting"]) == (202, True), held.text
    assert town.browsers["bob"].get(film["video_url"]).status_code == 200

    (claim,) = town.browsers["bob"].get("/api/claims").json()["claims"]
    assert (claim["work"]["id"], claim["origin"], claim["in_effect"]) == (
        work_id,
        "automatic",
        True,
    )
    assert town.browsers["eve"].get(f"/api/claims/{claim['id']}").status_code == 404
    full = town.browsers["ada"].get(f"/api/claims/{claim['id']}").json()
    assert full["matched_ms"] >= 4_000
    for side in ("film", "reference"):
        frame = town.browsers["bob"].get(f"/api/claims/{claim['id']}/frames/0/{side}")
        assert frame.headers["content-type"] == "image/webp", frame.text

    refused = town.browsers["ada"].post(
        f"/api/claims/{claim['id']}/dispute", json={"ground": "own_work", "words": WORDS}
    )
    assert (refused.status_code, refused.json()["code"]) == (404, "rights.claim_not_found")
    short = town.browsers["bob"].post(
        f"/api/claims/{claim['id']}/dispute", json={"ground": "own_work", "words": "no"}
    )
    assert (short.status_code, short.json()["code"]) == (422, "rights.claim_invalid")
    disputed = town.browsers["bob"].post(
        f"/api/claims/{claim['id']}/dispute", json={"ground": "own_work", "words": WORDS}
    )
    assert disputed.json()["claim"]["state"] == "disputed", disputed.text
    assert town.standing("bob", film["id"])["standing"]["state"] == "cleared"
    answered = town.browsers["ada"].post(
        f"/api/claims/{claim['id']}/answer", json={"uphold": True, "words": WORDS}
    )
    assert answered.json()["claim"]["state"] == "upheld"
    assert town.standing("bob", film["id"])["standing"]["state"] == "blocked"
    late = town.browsers["ada"].post(
        f"/api/claims/{claim['id']}/answer", json={"uphold": True, "words": WORDS}
    )
    assert (late.status_code, late.json()["code"]) == (409, "rights.claim_step_impossible")


def a_post_waits_for_the_check_and_then_appears_by_itself(town: Town, tmp_path: Path) -> None:
    clip = made.write(tmp_path / "own.mp4", made.footage(5, seconds=3))
    film = town.send("bob", clip, "My own")
    wish = {"film_id": film["id"], "caption": "At last", "audience": "public"}
    early = town.browsers["bob"].post("/api/posts", json=wish)
    assert (early.status_code, early.json()["waiting"]) == (202, True), early.text
    assert town.browsers["eve"].get(film["video_url"]).status_code == 404
    assert town.looked_through("bob", film["id"])["standing"]["state"] == "cleared"
    town.site.deliver()
    posts = town.browsers["eve"].get("/api/people/bob/posts").json()["posts"]
    assert [post["caption"] for post in posts] == ["At last"]
    assert town.browsers["eve"].get(film["video_url"]).status_code == 200
    notices = town.browsers["bob"].get("/api/notifications").json()
    assert "posted" in str(notices)

    # Its post stays, and who is where it is blocked is told why nothing plays.
    with town.site.house.database.transaction() as session:
        house, at = town.site.house, town.site.house.clock.now()
        work = rights.register_work(
            session, kind="music", title="A song", owners=[Owner(town.person("ada"), 10_000)],
            by="x", ids=house.ids, at=at,
        )  # fmt: skip
        found = look_store.KeptMatch(
            id="match_1", film_id=film["id"], maker=town.person("bob"), certain=True, matched_ms=0,
            evidence=Evidence(subject_id=work.id, found=()), state="waiting", why="", found_at=at,
        )  # fmt: skip
        said = store.Word(act="open", actor="x", ground="review", words=WORDS, at=at)
        policy = ClaimPolicy(action="block", territories=frozenset({"FR"}))
        opening.open_claim(session, found, work, policy, said, ids=house.ids)
    place = film["video_url"]
    seen = {
        (who, where): town.browsers[who].get(place, headers={"cf-ipcountry": where}).status_code
        for who, where in [("eve", "FR"), ("eve", "DE"), ("eve", "XX"), ("bob", "FR")]
    }
    assert seen == {
        ("eve", "FR"): 451,
        ("eve", "DE"): 200,
        ("eve", "XX"): 200,
        ("bob", "FR"): 200,
    }
    told = town.browsers["eve"].get(place, headers={"cf-ipcountry": "FR"}).json()
    assert told["code"] == "rights.film_withheld"


def test_an_upload_is_made_anew_upright_and_steady_whatever_it_was(tmp_path: Path) -> None:
    source = tmp_path / "phone.webm"
    frames = made.footage(3, seconds=3)
    with av.open(str(source), "w") as container:
        video = container.add_stream("libvpx", rate=15)
        video.width, video.height, video.pix_fmt = 256, 144, "yuv420p"
        for n, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = n * 2 + n % 2  # an unsteady clock
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
    files = normalised(source, tmp_path)
    told = files.told
    assert (told.width, told.height, told.rate, told.has_sound) == (256, 144, 24, False)
    with av.open(str(files.video)) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        times = [frame.time for frame in container.decode(video=0)]
    steps = {round(b - a, 3) for a, b in pairwise(times)}
    assert steps <= {0.041, 0.042}
    assert len(times) == told.frame_count
    assert abs(told.duration_ms - 2_500) < 300
    assert files.poster.read_bytes()[8:12] == b"WEBP"


@pytest.mark.parametrize("name", ["words.mp4", "broken.mp4", "sound.mp4", "list.m3u8", "empty.mp4"])
def test_what_is_no_film_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "sound.mp4":
        made.write(path, None, made.notes(1))
    elif name == "broken.mp4":
        whole = made.write(tmp_path / "whole.mp4", made.footage(1), made.notes(1)).read_bytes()
        path.write_bytes(whole[:400] + bytes(4_000))
    elif name == "list.m3u8":
        path.write_text("#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n")
    else:
        path.write_bytes(b"These are words." * 50 if name == "words.mp4" else b"")
    with pytest.raises(UploadUnusable, match="cannot be posted"):
        normalised(path, tmp_path)
