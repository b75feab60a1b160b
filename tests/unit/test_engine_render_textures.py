"""The tiling textures tile, and clouds cover what they are asked to."""

import numpy as np
import pytest

from matinee.engine.render.textures import CLOUD_SIZE, NOISE_SIZE, Mips, clouds, surface_noise


def finest(mips: Mips, size: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float64]]:
    rows = mips[: size * (size + 1)].reshape(size, size + 1)
    assert np.array_equal(rows[:, 0], rows[:, -1])
    return np.ascontiguousarray(rows[:, :-1]).view(np.uint8).reshape(size, size, 4) / 255.0


def test_the_noise_has_no_seam_where_it_repeats() -> None:
    noise = finest(surface_noise(), NOISE_SIZE)
    for channel in range(3):
        plane = noise[..., channel]
        inside = np.abs(np.diff(plane, axis=1)).mean()
        seam = np.abs(plane[:, 0] - plane[:, -1]).mean()
        assert seam < 1.5 * inside


def test_every_mip_level_keeps_the_mean() -> None:
    mips = surface_noise()
    start, size, means = 0, NOISE_SIZE, []
    while size:
        rows = mips[start : start + size * (size + 1)].reshape(size, size + 1)
        texels = np.ascontiguousarray(rows[:, :-1]).view(np.uint8).reshape(-1, 4)
        means.append(texels.mean(axis=0))
        start, size = start + size * (size + 1), size // 2
    assert np.ptp(np.array(means), axis=0).max() < 2.0


@pytest.mark.parametrize("cover", [0.0, 0.3, 0.8])
def test_clouds_hide_about_the_share_of_the_sky_that_was_asked_for(cover: float) -> None:
    opaque = finest(clouds(cover, (0.3, 0.8, 0.5)), CLOUD_SIZE)[..., 0]
    assert (opaque > 0.02).mean() == pytest.approx(cover, abs=0.05)


def test_clouds_are_darker_away_from_the_sun() -> None:
    layer = finest(clouds(0.6, (1.0, 0.3, 0.0)), CLOUD_SIZE)
    thick = layer[..., 0] > 0.9
    edge = (layer[..., 0] > 0.05) & (layer[..., 0] < 0.3)
    assert layer[..., 1][thick].mean() < layer[..., 1][edge].mean()
