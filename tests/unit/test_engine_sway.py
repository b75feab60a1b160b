"""What hangs from a body swings: pendulums that follow it, in time, at their length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matinee.engine.stage.cast import person
from matinee.engine.stage.figure.strand import SKIRT, TIED_HAIR, Strand, Stuff, fan
from matinee.engine.stage.motion import Act, Path, perform
from matinee.engine.stage.sway import swung
from matinee.film.screenplay import Garment, Look

TIMES = np.arange(0, 4, 1 / 24)
Floats = npt.NDArray[np.float64]


def a_strand(stuff: Stuff = TIED_HAIR) -> Strand:
    """Hang straight down from a single bone at the origin, half a metre long."""
    one = np.ones(1)
    tip = np.array([0.0, -0.5, 0.0])
    return Strand(stuff, np.zeros(3), tip, one, one, np.array([0.0, 0.0, -1.0]))


def carried(places: Floats) -> npt.NDArray[np.float32]:
    """Return the matrices of one bone that only moves, (n, 1, 3, 4)."""
    bones = np.zeros((len(places), 1, 3, 4))
    bones[:, 0, :, :3] = np.eye(3)
    bones[:, 0, :, 3] = places
    return bones.astype(np.float32)


def tips(places: Floats, strand: Strand, wind: tuple[float, float, float] = (0, 0, 0)) -> Floats:
    bones = swung([strand], carried(places), TIMES, wind=wind)
    end = np.asarray([*strand.tip, 1.0])
    return np.asarray(bones[:, 1] @ end, np.float64)


def still() -> Floats:
    return np.zeros((len(TIMES), 3))


def stopping() -> Floats:
    """Walk along X for two seconds, then stop dead."""
    return np.stack([np.minimum(TIMES, 2.0) * 1.5, *np.zeros((2, len(TIMES)))], 1)


def test_what_nobody_moves_hangs_still() -> None:
    assert np.abs(tips(still(), a_strand()) - [0, -0.5, 0]).max() < 1e-3


def test_a_strand_keeps_its_length() -> None:
    length = np.linalg.norm(tips(stopping(), a_strand()) - stopping(), axis=1)
    assert np.abs(length - 0.5).max() < 1e-3


def test_a_strand_swings_on_when_its_body_stops_and_then_comes_to_rest() -> None:
    ahead = (tips(stopping(), a_strand()) - stopping())[:, 0]
    stop = 2 * 24
    assert ahead[stop : stop + 12].max() > 0.03
    assert ahead[stop:].min() < -0.01, "it overshoots"
    assert np.abs(ahead[-6:]).max() < 0.5 * ahead[stop:].max()


def test_wind_takes_a_strand_along_within_its_slack() -> None:
    blown = tips(still(), a_strand(), wind=(9.0, 0.0, 0.0))
    assert blown[24:, 0].mean() > 0.03
    lean = np.arcsin(np.clip(blown[:, 0] / 0.5, -1, 1))
    assert lean.max() <= TIED_HAIR.slack_rad + 1e-3


def test_a_strand_does_not_swing_into_the_body() -> None:
    blown = tips(still(), a_strand(SKIRT), wind=(0.0, 0.0, 20.0))
    assert blown[:, 2].max() < SKIRT.give_m + 0.005


def test_the_same_sway_comes_twice_and_without_strands_there_is_none() -> None:
    bones = carried(stopping())
    first, again = (
        swung([a_strand()], bones, TIMES, wind=(3, 0, 1), seed=4).tobytes() for _ in range(2)
    )
    assert first == again
    assert swung([], bones, TIMES) is bones


def test_a_fan_shares_every_place_out_whole() -> None:
    at = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    share = fan(np.linspace(-np.pi, np.pi, 60), at)
    assert np.allclose(share.sum(1), 1)
    assert np.allclose(fan(at, at), np.eye(5), atol=1e-6)


def test_long_hair_and_a_gown_swing_and_a_crew_cut_does_not() -> None:
    gown = Look(gender="woman", hair_style="long", garments=(Garment("gown"),))
    plain = Look(gender="man", hair_style="buzz", garments=(Garment("jeans"), Garment("t_shirt")))
    who, other = person(gown, seed=1), person(plain, seed=1)
    assert len(who.strands) == 13
    assert other.strands == ()
    assert int(who.rigged.joints.max()) < len(who.skeleton.names) + len(who.strands)
    assert np.allclose(who.rigged.weights.sum(1), 1, atol=1e-5)
    assert person(gown, seed=1, detail="far").strands == ()


def test_a_dancer_in_a_gown_keeps_it_on() -> None:
    look = Look(gender="woman", hair_style="ponytail", garments=(Garment("gown"),))
    who = person(look, seed=3)
    path = Path(np.zeros((2, 2)), np.array([0.0, 4.0]), np.zeros(2))
    done = perform(who, [Act("dance", 0.0, 4.0)], path, TIMES, seed=3)
    bones = swung(who.strands, done.bones, TIMES, seed=3)
    assert bones.shape[1] == len(who.skeleton.names) + len(who.strands)
    rest = np.concatenate([who.rigged.mesh.positions, np.ones((len(who.rigged.joints), 1))], 1)
    for frame in (20, 50, 80):
        own = bones[frame][who.rigged.joints]
        moved = np.einsum("vkij,vj,vk->vi", own, rest, who.rigged.weights, optimize=True)
        middle = done.joints[frame, who.skeleton.places["pelvis"]]
        assert np.linalg.norm(moved - middle, axis=1).max() < 1.4
