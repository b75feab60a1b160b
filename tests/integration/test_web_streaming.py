"""A film is streamed while it is being made, and when it is: what a player gets can be played."""

import time
from io import BytesIO
from pathlib import Path

import av
from fastapi import FastAPI
from fastapi.testclient import TestClient

from matinee import studio
from matinee.film import FrameSize
from matinee.kit.db import Database
from matinee.kit.outside import Outside
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.web import Desk, streaming_router
from studio_builders import WAIT_S, a_stage, asked, ended, seen, working

SIZE = FrameSize(1024, 576)


def a_client(stage: studio.Stage, office: studio.Office) -> TestClient:
    app = FastAPI()
    desk = Desk(
        database=stage.database,
        blobs=stage.blobs,
        office=office,
        writer="scripted",
        outside=Outside(private=False),
        may_see=lambda _session, _visitor, _film: True,
    )
    app.include_router(streaming_router(desk))
    return TestClient(app, raise_server_exceptions=False)


def addresses(playlist: str) -> list[str]:
    return [line for line in playlist.splitlines() if line and not line.startswith("#")]


def fetched(client: TestClient, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    return answer.text


def save_stream(client: TestClient, place: str, folder: Path) -> Path:
    """Save all that a master playlist leads to, so that another player can play it."""
    master = fetched(client, f"{place}/master.m3u8")
    (folder / "master.m3u8").write_text(master)
    named = [line.split('URI="')[1].split('"')[0] for line in master.splitlines() if "URI=" in line]
    for playlist in (*named, *addresses(master)):
        text = fetched(client, f"{place}/{playlist}")
        (folder / playlist).parent.mkdir(exist_ok=True)
        (folder / playlist).write_text(text)
        parts = addresses(text)
        parts += [f"{Path(playlist).stem}/init.mp4"] if "EXT-X-MAP" in text else []
        for part in parts:
            at = (folder / playlist).parent / part
            at.parent.mkdir(exist_ok=True)
            answer = client.get(f"{place}/{Path(playlist).parent}/{part}")
            assert answer.status_code == 200, answer.text
            at.write_bytes(answer.content)
    return folder / "master.m3u8"


def frames_in(content: bytes) -> list[float]:
    with av.open(BytesIO(content), "r") as file:
        return [float(frame.time or 0) for frame in file.decode(video=0)]


def first_master(client: TestClient, database: Database, film_id: str) -> str:
    deadline = time.monotonic() + WAIT_S
    while (answer := client.get(f"/films/{film_id}/stream/master.m3u8")).status_code != 200:
        assert time.monotonic() < deadline
        assert not seen(database, film_id).ended
        time.sleep(0.05)
    return str(answer.text)


def test_a_film_is_streamed_while_it_is_made_and_when_it_is(
    database: Database, home: Path, tmp_path: Path
) -> None:
    stage = a_stage(database, home, card=TestCardEngine(frame_pause_s=0.1))
    with working(stage) as office:
        client = a_client(stage, office)
        film_id = asked(office, database, size=SIZE)
        place = f"/films/{film_id}/stream"
        master = first_master(client, database, film_id)
        begun = fetched(client, f"{place}/live/full.m3u8")
        assert not seen(database, film_id).ended
        assert master.count("#EXT-X-STREAM-INF") == 3
        assert [
            line.partition("RESOLUTION=")[2].split(",")[0]
            for line in master.splitlines()
            if "RESOLUTION" in line
        ] == ["1024x576", "960x540", "640x360"]
        assert "EVENT" in begun
        assert "ENDLIST" not in begun
        heard = client.get(f"{place}/live/sound/0.m4s")
        assert heard.status_code == 200
        made = ended(database, film_id)
        grown = fetched(client, f"{place}/live/full.m3u8")
        total = sum(shot.frame_count for shot in made.shots)
        for form in ("live", "film"):
            for rendition in ("full", "360p"):
                listed = fetched(client, f"{place}/{form}/{rendition}.m3u8")
                parts = addresses(listed)
                content = client.get(f"{place}/{form}/{rendition}/init.mp4").content
                content += b"".join(client.get(f"{place}/{form}/{part}").content for part in parts)
                assert [round(time_s * 12) for time_s in frames_in(content)] == list(range(total))
        with av.open(
            str(save_stream(client, place, tmp_path)), options={"allowed_extensions": "ALL"}
        ) as file:
            assert {stream.type for stream in file.streams} >= {"video", "audio"}
            heights = sorted(stream.codec_context.height for stream in file.streams.video)
            assert heights == [360, 540, 576]
            sound = sum(frame.samples for frame in file.decode(audio=0)) / 48_000
        said = client.get(f"{place}/film/words/0.vtt")
        part = client.get(f"{place}/film/360p/0.m4s", headers={"range": "bytes=0-99"})
        missing = client.get(f"{place}/film/full/99.m4s")
    # A playlist that a player has read only ever grows.
    assert begun.splitlines()[5:] == grown.splitlines()[5 : len(begun.splitlines())]
    assert grown.rstrip().endswith("#EXT-X-ENDLIST")
    assert abs(sound - total / 12) < 0.1
    assert "There you are." in said.text
    assert "X-TIMESTAMP-MAP" in said.text
    assert (part.status_code, len(part.content)) == (206, 100)
    assert missing.status_code >= 400
