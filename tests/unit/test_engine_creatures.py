from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from matinee.engine.stage.creatures import (
    ACTS,
    NEAREST_ACT,
    SPECIES,
    Creature,
    creature,
    perform,
    species_of,
)
from matinee.engine.stage.creatures.acts import act_of
from matinee.engine.stage.motion import ACTIONS, Act, Path, Performance
from matinee.engine.stage.verbs import Going, meaning, meaning_of_animal
from matinee.film.screenplay import Look

SOME = ("dog", "bird", "crab", "kangaroo")
LEGGED = tuple(name for name in SPECIES if not species_of(name).legless)
LEGLESS = tuple(name for name in SPECIES if species_of(name).legless)
WALK_S = 4.0


@cache
def an_animal(species: str) -> Creature:
    return creature(species, Look(), seed=3, detail="far")


def clock(seconds: float, rate: int = 24) -> np.ndarray:
    return np.arange(int(seconds * rate)) / rate


def a_way(speed_m_s: float) -> Path:
    far = speed_m_s * (WALK_S - 1.2)
    points = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, far], [0.0, far]])
    return Path(points, np.array([0.0, 0.4, WALK_S - 0.8, WALK_S]), np.zeros(4))


def played(
    who: Creature, act: str, path: Path, seconds: float = 2.0, rate: int = 24
) -> Performance:
    acts = [Act("stand", 0.0, seconds), Act(act, 0.3, seconds, target=(0.4, 0.3, 1.5))]
    return perform(who.plan, acts, path, clock(seconds, rate), seed=5)


def soles(who: Creature, done: Performance) -> np.ndarray:
    """The joints of all paws, (n, paws, 3)."""
    places = [who.skeleton.places[sole] for sole in who.soles]
    return done.joints[:, places].astype(np.float64)


def whole(who: Creature, triangle_max: int) -> None:
    mesh = who.rigged.mesh
    assert np.isfinite(mesh.positions).all()
    assert np.allclose(who.rigged.weights.sum(1), 1.0, atol=1e-4)
    assert int(who.rigged.joints.max()) < len(who.skeleton.names)
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1.0, atol=1e-3)
    assert float(mesh.positions[:, 1].min()) > -0.05 * who.height_m
    assert 0.0 < who.eye_height_m < who.height_m
    assert mesh.triangle_count < triangle_max


@pytest.mark.parametrize("species", SPECIES)
def test_every_species_is_whole_far_away(species: str) -> None:
    whole(an_animal(species), 10_000)


@pytest.mark.parametrize("species", ["zebra", "peacock", "dragon", "crab", "shark", "hedgehog"])
def test_a_species_seen_near_is_whole_and_finer(species: str) -> None:
    near = creature(species, Look(), seed=3)
    whole(near, 24_000)
    assert near.rigged.mesh.triangle_count > 1.3 * an_animal(species).rigged.mesh.triangle_count


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("share", range(2))
def test_every_act_is_done_by_all_kinds_of_bodies(act: str, share: int) -> None:
    kinds = ("dog", "duck", "dinosaur", "goldfish", "snake", "spider", "octopus", "butterfly")
    for species in (*kinds[share::2], SPECIES[(7 * ACTS.index(act) + share) % len(SPECIES)]):
        who = an_animal(species)
        done = played(who, act, Path.standing(1.0, -2.0, 0.6), 1.5, 12)
        assert np.isfinite(done.bones).all(), species
        pelvis = done.joints[:, who.skeleton.places["pelvis"]]
        strayed = np.hypot(pelvis[:, 0] - 1.0, pelvis[:, 2] + 2.0).max()
        assert strayed < max(0.5 * who.length_m, 0.4), species


@pytest.mark.parametrize("species", SOME)
@pytest.mark.parametrize("act", sorted(set(ACTS) - {"roll"}))
def test_no_paw_goes_through_the_floor(species: str, act: str) -> None:
    who = an_animal(species)
    rest = np.array([who.skeleton.head(sole)[1] for sole in who.soles])
    heights = soles(who, played(who, act, Path.standing(0.0, 0.0, 0.0), rate=12))[:, :, 1]
    assert (heights - rest).min() > -0.03


@pytest.mark.parametrize("species", LEGGED)
def test_a_planted_paw_neither_slides_nor_sinks(species: str) -> None:
    who = an_animal(species)
    for act, speed in (("walk", 1.0), ("run", 2.6)) if species in SOME else (("walk", 1.0),):
        if (act == "run" and who.plan.species.flies) or species == "bat":
            continue
        done = played(who, act, a_way(speed * who.pace), WALK_S, 60)
        paws = soles(who, done)
        for index, sole in enumerate(who.soles):
            track = paws[:, index]
            floor = who.skeleton.head(sole)[1]
            assert (track[:, 1] - floor).min() > -0.03
            standing = track[:, 1] < floor + min(0.002, 0.01 * who.plan.species.unit_m)
            moves = np.linalg.norm(np.diff(track[:, [0, 2]], axis=0), axis=1)
            still = standing[:-1] & standing[1:]
            assert still.mean() > 0.15
            edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                assert moves[start:end].sum() < 0.03, (sole, start, end)


def test_a_snake_passes_every_place_that_its_head_passed() -> None:
    who = an_animal("snake")
    done = played(who, "walk", a_way(0.4), WALK_S, 60)
    links = [who.skeleton.places[f"spine{k}"] for k in range(4, 12)]
    spots = done.joints[100:200, links][:, :, [0, 2]].astype(np.float64)
    line = spots.reshape(-1, 2)
    for link in range(1, len(links)):
        gaps = np.linalg.norm(spots[60:, link][:, None] - line[None], axis=2)
        others = np.delete(gaps, np.arange(link, gaps.shape[1], len(links)), axis=1)
        assert others.min(axis=1).max() < 0.02


@pytest.mark.parametrize("species", LEGLESS)
def test_what_has_no_legs_goes_its_way_and_waves(species: str) -> None:
    who = an_animal(species)
    done = played(who, "swim", a_way(0.8 * who.pace), WALK_S)
    root = done.joints[:, who.skeleton.places["pelvis"]]
    assert root[-1, 2] - root[0, 2] > 0.5 * 0.8 * who.pace * (WALK_S - 1.2)
    last = done.bones[:, who.skeleton.places["tail4"], :, :3]
    middle = done.bones[:, who.skeleton.places["pelvis"], :, :3]
    bend = np.swapaxes(middle, 1, 2) @ last
    assert np.ptp(bend.reshape(len(bend), 9), axis=0).max() > 0.02


def test_a_folded_wing_lies_along_the_flank_and_a_spread_one_stands_out() -> None:
    who = an_animal("eagle")
    tip = who.skeleton.places["vane11_l"]
    rest = who.skeleton.tail("vane11_l")

    def reach(act: str) -> float:
        done = played(who, act, Path.standing(0.0, 0.0, 0.0), 4.0)
        spot = done.bones[-1, tip] @ np.append(rest, 1.0)
        return float(abs(spot[0]))

    assert reach("stand") < 0.5 * who.height_m < reach("fly")


def test_upright_animals_stand_on_their_hind_legs() -> None:
    who = an_animal("bear")
    acts = [Act("dance", 0.0, 4.0, manner="upright")]
    done = perform(who.plan, acts, Path.standing(0.0, 0.0, 0.0), clock(4.0), seed=1)
    eye, fore, hind = (who.skeleton.places[bone] for bone in ("eye_l", "fpaw_l", "hpaw_l"))
    middle = len(done.joints) // 2
    assert done.joints[middle, eye, 1] > 1.4 * who.eye_height_m
    assert done.joints[middle, fore, 1] > 0.8
    assert done.joints[middle, hind, 1] < 0.1


def test_two_of_a_kind_share_a_body_and_move_apart() -> None:
    first, second = (creature("cat", Look(), seed=seed, detail="far") for seed in (2, 5))
    assert first is second
    path = Path.standing(0.0, 0.0, 0.0)
    one, other = (perform(first.plan, [], path, clock(2.0), seed=seed) for seed in (2, 5))
    assert not np.allclose(one.bones, other.bones)


def test_a_saddle_rides_on_the_back() -> None:
    who = an_animal("horse")
    done = played(who, "walk", a_way(1.0), WALK_S)
    saddle = who.saddle(done)
    back = who.plan.species.unit_m
    assert saddle.shape == (len(done.bones), 3, 4)
    assert np.abs(saddle[:, 1, 3] - back).max() < 0.15 * back
    assert saddle[-1, 2, 3] > saddle[0, 2, 3] + 1.0


def test_size_makes_an_animal_tiny_or_huge() -> None:
    heights = [
        creature("dog", Look(), seed=3, detail="far", size=size).height_m
        for size in ("tiny", "small", "normal", "large", "huge")
    ]
    assert heights == sorted(heights)
    assert heights[-1] > 5 * heights[0]


def test_a_walk_has_four_beats_in_the_order_of_a_lateral_sequence() -> None:
    who = an_animal("dog")
    done = played(who, "walk", a_way(0.9), WALK_S)
    falls = [fall for fall in done.contacts if 1.0 < fall.time_s < 2.8]
    body = [float(np.interp(f.time_s, clock(WALK_S), done.joints[:, 0, 2])) for f in falls]
    order = [
        ("fore" if fall.position[2] > middle else "hind", fall.foot)
        for fall, middle in zip(falls, body, strict=True)
    ]
    after = {
        ("hind", "left"): ("fore", "left"),
        ("fore", "left"): ("hind", "right"),
        ("hind", "right"): ("fore", "right"),
        ("fore", "right"): ("hind", "left"),
    }
    assert len(order) >= 6
    assert all(after[here] == there for here, there in pairwise(order))


def test_a_gallop_has_moments_in_the_air() -> None:
    who = an_animal("dog")
    done = played(who, "run", a_way(3.4), WALK_S, 60)
    rest = np.array([who.skeleton.head(sole)[1] for sole in who.soles])
    free = (soles(who, done)[:, :, 1] > rest + 0.01).all(axis=1)
    assert free.any()


def test_the_same_animal_performs_the_same_and_another_seed_differs() -> None:
    who = an_animal("cat")
    acts, path = [Act("look_around", 0.0, 2.0)], Path.standing(0.0, 0.0, 0.0)
    first, again, other = (
        perform(who.plan, acts, path, clock(2.0), seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(first.bones, again.bones)
    assert not np.allclose(first.bones, other.bones)


def test_speech_opens_the_mouth_while_it_lasts() -> None:
    who = an_animal("dog")
    sounds = [("a", 0.8, 1.1), ("m", 1.1, 1.2)]
    path, times = Path.standing(0.0, 0.0, 0.0), clock(2.0)
    done = perform(who.plan, [], path, times, seed=1, phonemes=sounds)
    jaw, head = (who.skeleton.places[bone] for bone in ("jaw", "head"))
    turns = np.swapaxes(done.bones[:, head, :, :3], 1, 2) @ done.bones[:, jaw, :, :3]
    opened = np.arccos(np.clip((np.trace(turns, axis1=1, axis2=2) - 1) / 2, -1, 1))
    assert opened[(times > 0.9) & (times < 1.05)].min() > opened[times < 0.4].max() + 0.1


def test_a_dog_that_sits_lowers_its_haunches_and_keeps_its_head_up() -> None:
    who = an_animal("dog")
    done = played(who, "sit", Path.standing(0.0, 0.0, 0.0), 4.0)
    hip, eye = (who.skeleton.places[bone] for bone in ("thigh_l", "eye_l"))
    assert done.joints[-1, hip, 1] < 0.5 * done.joints[0, hip, 1]
    assert done.joints[-1, eye, 1] > 0.8 * done.joints[0, eye, 1]


def test_a_bird_in_a_hurry_flies_and_lands_again() -> None:
    who = an_animal("bird")
    done = played(who, "run", a_way(2.0), WALK_S)
    pelvis = done.joints[:, who.skeleton.places["pelvis"], 1]
    assert pelvis[len(pelvis) // 2] > 1.0
    assert pelvis[0] < 0.5


def test_every_action_of_people_is_something_an_animal_does() -> None:
    assert set(NEAREST_ACT.values()) <= set(ACTS)
    for species in ("dog", "goldfish", "eagle"):
        assert {act_of(an_animal(species).plan, action) for action in ACTIONS} <= set(ACTS)


def test_an_unknown_species_is_a_dog_of_no_colour() -> None:
    strange, dog = an_animal("jabberwock"), an_animal("dog")
    assert strange.height_m == pytest.approx(dog.height_m, rel=0.1)
    assert not np.allclose(
        strange.rigged.mesh.albedo.mean(0), dog.rigged.mesh.albedo.mean(0), atol=0.02
    )


def test_words_of_a_description_give_a_pattern() -> None:
    plain = creature("pig", Look(), seed=3, detail="far")
    spotted = creature("pig", Look(), seed=3, detail="far", words="a spotted pig / the pig")
    spread = [one.rigged.mesh.albedo.mean(1).std() for one in (plain, spotted)]
    assert spread[1] > 1.2 * spread[0]


@pytest.mark.parametrize("verb", ["swim", "gallop", "hop", "slither", "flutter"])
def test_what_is_a_posture_to_people_is_a_way_of_going_to_animals(verb: str) -> None:
    assert meaning_of_animal(verb).going is Going.ALONG
    assert meaning_of_animal("sleep") == meaning("sleep")


def test_a_colour_and_an_age_change_the_animal() -> None:
    black = creature("dog", Look(skin="#101010"), seed=3, detail="far")
    puppy = creature("dog", Look(age="child"), seed=3, detail="far")
    dog = an_animal("dog")
    assert black.rigged.mesh.albedo.mean() < 0.5 * dog.rigged.mesh.albedo.mean()
    assert puppy.height_m < 0.75 * dog.height_m
