from __future__ import annotations

import numpy as np
import pytest

from matinee.engine.stage import mounting
from matinee.engine.stage.blocking import Doing, Part
from matinee.engine.stage.cast import person
from matinee.engine.stage.creatures import creature
from matinee.engine.stage.creatures import perform as perform_animal
from matinee.engine.stage.handling import Actor
from matinee.engine.stage.motion import Act, Path, perform
from matinee.film import FrameRate, FrameSize, Shot
from matinee.film.screenplay import Action, Beat, Character, Look, Setting

TIMES = np.arange(72) / 24.0


def a_shot(verb: str, target: str = "", *, animals: tuple[str, ...] = ()) -> Shot:
    beasts = [Character(id=name, name="", kind="animal", species=name) for name in animals]
    cast = (Character(id="anna", name="Anna"), *beasts)
    beat = Beat(
        id="b1",
        setting="s",
        text="She rides.",
        duration_ms=3000,
        cast=tuple(one.id for one in cast),
        actions=(Action(character="anna", verb=verb, target=target),),
    )
    return Shot(
        Setting(id="s", place="meadow"), beat, 72, FrameRate(24), FrameSize(160, 90), 1, cast
    )


def a_part(name: str, far_m: float, *doings: Doing) -> Part:
    points = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, far_m]])
    return Part(name, points, np.array([0.0, 3.0]), np.zeros(2), doings)


def test_who_rides_a_horse_that_nobody_named_gets_one() -> None:
    shot = mounting.supplied(a_shot("ride_horse"))
    assert [one.species for one in shot.characters if one.kind == "animal"] == ["horse"]
    assert mounting.pairs_of(shot) == {"anna": "anna_horse"}
    assert {action.character for action in shot.beat.actions} == {"anna", "anna_horse"}


def test_who_rides_an_animal_of_the_cast_gets_no_other() -> None:
    shot = a_shot("ride", "camel", animals=("camel",))
    ridden = mounting.supplied(shot)
    assert ridden.characters == shot.characters
    assert mounting.pairs_of(ridden) == {"anna": "camel"}


@pytest.mark.parametrize(
    ("species", "pace"), [("camel", "run"), ("dragon", "fly"), ("rhino", "walk")]
)
def test_a_mount_that_does_nothing_goes_as_it_can(species: str, pace: str) -> None:
    shot = mounting.supplied(a_shot("ride", species, animals=(species,)))
    assert [one.verb for one in shot.beat.actions if one.character == species] == [pace]


def test_who_rides_a_thing_or_walks_has_no_mount() -> None:
    assert mounting.pairs_of(a_shot("ride", "bicycle_1")) == {}
    assert mounting.pairs_of(a_shot("walk", "camel", animals=("camel",))) == {}


def test_a_rider_goes_the_way_of_the_mount() -> None:
    rider = a_part("anna", 1.0, Doing("walk", 1.0, 2.0, verb="ride"))
    mount = a_part("camel", 6.0)
    led, unchanged = mounting.along((rider, mount), {"anna": "camel"})
    assert np.array_equal(led.points, mount.points)
    assert [(one.action, one.start_s, one.end_s) for one in led.doings] == [
        ("ride_horse", 0.0, 3.0)
    ]
    assert unchanged is mount


@pytest.mark.parametrize(("species", "act"), [("horse", "run"), ("dragon", "fly")])
def test_a_rider_sits_on_the_back_whatever_it_does(species: str, act: str) -> None:
    animal = creature(species, Look(), seed=1, detail="far")
    anna = person(Look(), seed=1, detail="far")
    path = Path(np.array([[0.0, 0.0], [0.0, 6.0]]), np.array([0.0, 3.0]), np.zeros(2))
    ridden = perform_animal(animal.plan, [Act(act, 0.0, 3.0)], path, TIMES, seed=2)
    riding = perform(anna, [Act("ride_horse", 0.0, 3.0)], path, TIMES, seed=2)
    part = a_part("anna", 6.0)
    sat = mounting.seated(
        Actor(part, riding, anna.height_m), Actor(part, ridden, animal.height_m), animal, TIMES
    )
    hips = sat.performance.joints[:, anna.skeleton.places["pelvis"]]
    saddle = animal.saddle(ridden)[:, :, 3]
    assert np.linalg.norm(hips - saddle, axis=1).max() < 0.4
    assert (hips[:, 1] > saddle[:, 1] - 0.05).all()
    assert np.allclose(np.linalg.det(sat.performance.bones[:, 0, :, :3]), 1.0, atol=1e-3)
