"""Characters are kept from clips by a job: answered at once, settled once, whatever was sent."""

import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from likeness_builders import House, client_of, opened
from matinee import likeness
from matinee.film.looks import Looks
from matinee.kit.db import Database
from matinee.kit.uploads import Uploads
from matinee.likeness import characters, coming_store, keeping, store
from matinee.likeness.characters import CHARACTERS_PER_DAY_MAX, WishedCharacter
from matinee.likeness.errors import CharactersTooOften
from matinee.likeness.model import ComingCharacter, SeenClip
from matinee.people import Person


class Killed(BaseException):
    """The process dies here."""


class Dying(Uploads):
    """The process dies before the upload is removed."""

    def remove(self, owner: str, upload: str) -> None:
        del owner, upload
        raise Killed


class PersonSeen:
    """Sees a person in everything."""

    def look(self, content: bytes) -> SeenClip:
        return SeenClip(content=content, looks=Looks(kind="person"), picture=b"best")


def a_clip(path: Path) -> bytes:
    """A block on a plain ground for two seconds and a half."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(10))
        stream.width = stream.height = 96
        stream.pix_fmt = "yuv420p"
        for index in range(25):
            pixels = np.full((96, 96, 3), 120, np.uint8)
            pixels[24:76, 30 + index // 4 : 62] = (20, 130, 120)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())
    return path.read_bytes()


def sent(house: House, who: Person, content: bytes) -> str:
    return likeness.taken_in(content, owner=who.id, room=house.room)


def test_a_character_is_answered_at_once_and_kept_or_refused_by_a_job(
    database: Database, home: Path, tmp_path: Path
) -> None:
    with opened(database, home) as house:
        ada, ben = house.person("ada"), house.person("ben")
        client = client_of(house, {"ada": ada, "ben": ben})

        def asked(content: bytes, handle: str) -> dict[str, Any]:
            wish = {"name": "Mochi", "handle": handle, "upload_id": sent(house, ada, content)}
            answer = client.post("/api/characters", json=wish)
            assert answer.status_code == 202, answer.text
            again = client.post("/api/characters", json=wish)
            told = answer.json()
            assert again.status_code == 404 or again.json()["id"] == told["id"]
            until_s = time.monotonic() + 60
            while told["status"] == "checking" and time.monotonic() < until_s:
                time.sleep(0.05)
                told = client.get(f"/api/characters/{told['id']}").json()
            return dict(told)

        hostile = asked(b"\x00\x00\x00\x18ftypmp42" + bytes(4000), "mochi")
        assert (hostile["status"], hostile["code"]) == ("refused", "engine.clip_unusable")
        assert hostile["character"] is None
        kept = asked(a_clip(tmp_path / "a.mp4"), "mochi")
        assert (kept["status"], kept["character"]["handle"]) == ("kept", "mochi")
        others = {"x-person": "ben"}
        assert client.get(f"/api/characters/{kept['id']}", headers=others).status_code == 404
        listed = client.get("/api/characters").json()["characters"]
        assert [one["id"] for one in listed] == [kept["id"]]
        taken = {"name": "Two", "handle": "mochi", "upload_id": sent(house, ada, b"x")}
        assert client.post("/api/characters", json=taken).json()["code"] == "likeness.handle_taken"
        uploads = [path for path in (home / "uploads").iterdir() if path.stat().st_size > 1]
        assert uploads == []


@pytest.fixture
def resting(database: Database, home: Path) -> House:
    """A house whose worker has gone home: jobs are carried out by hand."""
    with opened(database, home) as house:
        return house


def coming(
    house: House, who: Person, *, attested: likeness.Attestation | None = None
) -> ComingCharacter:
    with house.database.transaction() as session:
        return characters.ask_for_character(
            session,
            WishedCharacter(name="Mochi", attested=attested),
            sent(house, who, b"a clip"),
            owner=who.id,
            room=house.room,
            keep=house.keeping.keep_character,
        )


def state(house: House, character: str) -> ComingCharacter | None:
    with house.database.transaction() as session:
        return coming_store.by_id(session, character)


def test_a_job_killed_before_it_cleared_up_keeps_one_character(resting: House, home: Path) -> None:
    ada = resting.person("ada")
    room = replace(resting.room, observer=PersonSeen())
    asked = coming(resting, ada)

    dying = Dying(
        resting.database,
        home / "uploads",
        clock=room.clock,
        ids=room.ids,
        limits=room.uploads.limits,
    )
    with pytest.raises(Killed):
        characters.look(resting.database, asked.id, room=replace(room, uploads=dying))
    characters.look(resting.database, asked.id, room=room)
    with resting.database.transaction() as session:
        kept = store.characters_of(session, ada.id)
    assert [one.id for one in kept] == [asked.id]
    assert (found := state(resting, asked.id)) is not None
    assert found.status == "kept"


def test_a_person_in_a_clip_is_attested_and_who_leaves_meanwhile_keeps_nothing(
    resting: House,
) -> None:
    ada, ben = resting.person("ada"), resting.person("ben")
    room = replace(resting.room, observer=PersonSeen())
    silent = coming(resting, ada, attested=likeness.UNATTESTED)
    consented = likeness.Attestation(people_in_photo="consented", minors="none")
    said = coming(resting, ada, attested=consented)
    left = coming(resting, ben)
    with resting.database.transaction() as session:
        keeping.close(session, ben.id, room=room)
    for one in (silent, said, left):
        characters.look(resting.database, one.id, room=room)
    assert (refused := state(resting, silent.id)) is not None
    assert (refused.status, refused.code) == ("refused", "likeness.attestation_missing")
    assert (kept := state(resting, said.id)) is not None
    assert kept.status == "kept"
    assert state(resting, left.id) is None
    with resting.database.transaction() as session:
        assert store.characters_of(session, ben.id) == ()


def test_nobody_fills_the_queue(resting: House) -> None:
    ada = resting.person("ada")
    asked = coming(resting, ada)
    with resting.database.transaction() as session:
        for index in range(1, CHARACTERS_PER_DAY_MAX):
            again = replace(asked, id=f"char_{index}", upload=f"upload_{index}")
            coming_store.add(session, again)
    with pytest.raises(CharactersTooOften):
        coming(resting, ada)
