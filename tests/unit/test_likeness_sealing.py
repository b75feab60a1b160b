"""Keys of likenesses, and the house keys that wrap them."""

from functools import partial
from pathlib import Path

import pytest

from matinee.likeness.sealing import (
    Safe,
    SealBroken,
    add_house_key,
    house_keys,
    keep_house_keys,
    name_of,
)


def test_a_server_that_runs_takes_a_rotated_house_key_at_once(tmp_path: Path) -> None:
    file = tmp_path / "likeness.keys"
    running = Safe(partial(house_keys, None, file))
    key, kept = running.new_key("ada")
    newest, _ = add_house_key(file)
    assert running.current == name_of(newest)
    assert running.opened_key(kept, "ada") == key, "the old key still opens"
    again = running.rewrapped(kept, "ada")
    assert again.house_key == name_of(newest)
    keep_house_keys(file, [newest])
    assert running.opened_key(again, "ada") == key
    with pytest.raises(SealBroken):
        running.opened_key(kept, "ada")
