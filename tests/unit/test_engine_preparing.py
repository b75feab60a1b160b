import threading
from pathlib import Path

from matinee import engine
from matinee.engine.stage import rehearsal
from matinee.film.screenplay import Setting


def test_a_place_that_was_prepared_is_built_and_baked_for_its_shots(tmp_path: Path) -> None:
    setting = Setting(id="s1", place="beach")
    engine.prepare(setting, seed=5, cache=tmp_path)
    for thread in threading.enumerate():
        if thread.name == "place":
            thread.join()
    assert len(list(tmp_path.glob("bake-*.npz"))) == 1
    known = rehearsal.place.cache_info().hits
    assert rehearsal.place(setting, 5, tmp_path).place == "beach"
    assert rehearsal.place.cache_info().hits == known + 1


def test_a_place_on_a_photo_is_not_built(tmp_path: Path) -> None:
    engine.prepare(Setting(id="s1", place="beach", picture="0" * 64), seed=5, cache=tmp_path)
    assert all(thread.name != "place" for thread in threading.enumerate())
    assert not list(tmp_path.iterdir())
