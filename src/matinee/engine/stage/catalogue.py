"""The catalogue of things: what is usual for every kind of prop.

`KINDS` says how each is made, of what, how large and heavy it is, and what one may do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matinee.engine.stage.catalogue_indoors import INDOORS
from matinee.engine.stage.kinds import LOW, SHAFT, TOP, Kind, Seat
from matinee.engine.stage.parts import masonry, plants, solids, street, things
from matinee.engine.stage.parts.finish import Finish, seed_of, weathered
from matinee.engine.stage.parts.things import (
    aircraft,
    appliances,
    boats,
    buildings,
    carts,
    playground,
    roadside,
    sports,
    treasure,
    vehicles,
)

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh


def _tree(_main: Finish) -> Mesh:
    return plants.tree("linden", 4.8, rng=seed_of("prop tree"), leaves=420)


def _palm(_main: Finish) -> Mesh:
    return plants.palm(4.2, rng=seed_of("prop palm"))


def _stone(main: Finish) -> Mesh:
    return weathered(solids.boulder(0.16, main, seed=4, level=3), amount=0.2, cell_m=0.08)


def _column(main: Finish) -> Mesh:
    return masonry.column(3.0, 0.26, main)


def _cube(main: Finish) -> Mesh:
    return solids.box((0, 0, 0), (0.25, 0.25, 0.25), main, bevel_m=0.012)


def _sphere(main: Finish) -> Mesh:
    return solids.ball((0, 0.25, 0), 0.25, main, level=4)


def _pyramid(main: Finish) -> Mesh:
    return solids.lathe([(0.36, 0.0), (0.0, 0.5)], main, sides=4)


def _cone(main: Finish) -> Mesh:
    return solids.lathe([(0.25, 0.0), (0.0, 0.5)], main, sides=32)


def _cylinder(main: Finish) -> Mesh:
    return solids.cylinder(0.2, 0.5, main, sides=36, bevel_m=0.01)


def _street_lamp(_main: Finish) -> Mesh:
    return street.lantern_post(3.4, lit=True)


_PLAY: dict[str, Kind] = {
    "arrow": Kind(sports.arrow, "wood", "#b58a5c", 0.05, "cylinder", SHAFT),
    "axe": Kind(sports.axe, "wood", "#8a6238", 1.6, "box", (-0.5, -0.5, 0.0)),
    "ball": Kind(things.toy_ball, "rubber", "#c8322c", 0.45, "sphere", floats=True),
    "balloon": Kind(
        things.balloon, "rubber", "#c8283c", 0.05, "cylinder", (0.0, -0.55, 0.0), floats=True
    ),
    "baseball": Kind(sports.baseball, "leather", "#e8e4da", 0.15, "sphere"),
    "baseball_bat": Kind(sports.baseball_bat, "wood", "#c08a4c", 0.9, "cylinder", LOW),
    "baseball_glove": Kind(sports.baseball_glove, "leather", "#8a5228", 0.6),
    "basketball": Kind(sports.basketball, "rubber", "#d0641e", 0.6, "sphere", floats=True),
    "bow": Kind(sports.bow, "wood", "#7a5230", 0.8, "box", (0.0, 0.0, 0.1)),
    "bowling_ball": Kind(sports.bowling_ball, "paint", "#1f3f7a", 6.0, "sphere"),
    "dumbbell": Kind(sports.dumbbell, "iron", "#2b2c2f", 5.0),
    "fishing_rod": Kind(sports.fishing_rod, "plastic", "#2a3a2c", 0.4, "box", (0.0, -0.85, -0.4)),
    "frisbee": Kind(
        sports.frisbee, "plastic", "#e0482a", 0.17, "cylinder", (0.9, 0.0, 0.0), floats=True
    ),
    "goal": Kind(playground.goal, "paint", "#e8e7e3", 60.0, size_max=1.5),
    "hammer": Kind(sports.hammer, "wood", "#a5742e", 0.8, "box", SHAFT),
    "kite": Kind(things.kite, "cloth", "#c8382c", 0.3, "box", (0.0, -0.2, 0.0)),
    "net": Kind(playground.net, "cloth", "#3a3a3c", 6.0, size_max=1.5),
    "roller_skate": Kind(sports.roller_skate, "leather", "#e4e0d6", 1.0, way="wheels"),
    "skateboard": Kind(
        sports.skateboard,
        "wood",
        "#b5622e",
        2.5,
        rests_on=True,
        way="wheels",
        seat=Seat((0.0, 0.115, 0.0), "stand"),
    ),
    "skis": Kind(sports.skis, "paint", "#b3202c", 4.0, way="ground"),
    "sled": Kind(
        carts.sled,
        "wood",
        "#a5742e",
        5.0,
        rests_on=True,
        way="ground",
        seat=Seat((0.0, 0.29, -0.1)),
        floats=True,
    ),
    "snowball": Kind(playground.snowball, "snow", "", 0.15, "sphere"),
    "snowboard": Kind(sports.snowboard, "paint", "#2f6fb0", 3.0, way="ground"),
    "soccer_ball": Kind(sports.soccer_ball, "leather", "#e6e4de", 0.43, "sphere", floats=True),
    "spear": Kind(sports.spear, "wood", "#7a5230", 1.6, "cylinder", (0.0, -0.1, 0.0)),
    "surfboard": Kind(sports.surfboard, "paint", "#e6a23a", 4.0, "box", floats=True),
    "sword": Kind(things.sword, "steel", "", 1.3, "box", (0.0, -0.82, 0.0)),
    "shield": Kind(things.shield, "wood", "#8a2a26", 4.5, "box", (0.0, 0.0, -0.7)),
    "target": Kind(sports.target, "paint", "#c0261e", 6.0),
    "teddy_bear": Kind(things.teddy_bear, "fur", "#96683a", 0.4, "box"),
    "tennis_ball": Kind(sports.tennis_ball, "rubber", "#c8d832", 0.06, "sphere", floats=True),
    "tennis_racket": Kind(sports.tennis_racket, "paint", "#b3202c", 0.3, "box", LOW),
    "toy_train": Kind(carts.toy_train, "paint", "#c0342a", 0.4, way="wheels"),
    "robot_toy": Kind(things.robot_toy, "metal", "#b8402f", 0.6),
}

_OUTSIDE: dict[str, Kind] = {
    "arch": Kind(buildings.arch, "stone", "#c9bfa8", 900.0, size_max=1.5),
    "barrel": Kind(things.barrel, "wood", "#7d5836", 28.0, "cylinder", rests_on=True, floats=True),
    "barrier": Kind(roadside.barrier, "paint", "#c8302a", 12.0),
    "box": Kind(things.carton, "cardboard", "", 1.5, rests_on=True, floats=True),
    "bridge": Kind(buildings.bridge, "wood", "#8a6238", 250.0, size_max=1.5),
    "broom": Kind(things.broom, "wood", "", 0.8, "box", (0.0, 0.25, 0.0)),
    "bucket": Kind(
        things.bucket, "metal", "#8c9298", 1.0, "cylinder", TOP, hollow=0.7, floats=True
    ),
    "campfire": Kind(
        treasure.campfire, "wood", "#5f4630", 40.0, "cylinder", size_max=1.5, flame_m=0.4
    ),
    "christmas_tree": Kind(
        playground.christmas_tree, "paint", "#b3202c", 15.0, "cylinder", size_max=1.5
    ),
    "column": Kind(_column, "marble", "", 900.0, "cylinder", rests_on=True, size_max=1.5),
    "crate": Kind(things.crate, "wood", "#9a7448", 9.0, rests_on=True, floats=True),
    "doghouse": Kind(buildings.doghouse, "wood", "#b5432e", 20.0, rests_on=True),
    "fence": Kind(buildings.fence, "wood", "#e6e2d8", 30.0, size_max=1.5),
    "fire_hydrant": Kind(roadside.fire_hydrant, "paint", "#b3261e", 60.0, "cylinder", size_max=1.8),
    "fountain": Kind(buildings.fountain, "stone", "#b5ada0", 2000.0, "cylinder", size_max=1.5),
    "gate": Kind(buildings.gate, "iron", "#1f2123", 300.0, size_max=1.5),
    "gravestone": Kind(roadside.gravestone, "stone", "#85837c", 150.0),
    "house": Kind(buildings.house, "concrete", "#e0d2b4", 9000.0, size_max=1.2),
    "lantern": Kind(
        things.lantern, "iron", "#3a352f", 1.2, "cylinder", (0.0, 0.97, 0.0), flame_m=0.03
    ),
    "mailbox": Kind(roadside.mailbox, "paint", "#2f5f9a", 12.0),
    "mushroom": Kind(playground.mushroom, "food", "#b8241c", 0.3, "cylinder"),
    "open_box": Kind(roadside.open_box, "cardboard", "", 1.2, hollow=0.95, floats=True),
    "open_crate": Kind(roadside.open_crate, "wood", "#9a7448", 8.0, hollow=0.95, floats=True),
    "palm": Kind(_palm, "wood", "", 200.0, "cylinder", size_max=1.8),
    "parking_meter": Kind(
        roadside.parking_meter, "metal", "#5f6a72", 30.0, "cylinder", size_max=1.5
    ),
    "rope": Kind(playground.rope, "cloth", "#c0a06a", 2.0, "cylinder"),
    "sign": Kind(roadside.cardboard_sign, "cardboard", "#e2d9c4", 0.6, "box", (0.0, -0.6, -0.9)),
    "slide": Kind(playground.slide, "paint", "#c8322c", 90.0, size_max=1.3),
    "snowman": Kind(things.snowman, "snow", "", 80.0, "cylinder", size_max=1.8),
    "statue": Kind(buildings.statue, "marble", "", 900.0, "box", size_max=1.5),
    "stone": Kind(_stone, "stone", "#7d7a74", 6.0, "sphere"),
    "stop_sign": Kind(roadside.stop_sign, "paint", "#b3181c", 14.0, size_max=1.5),
    "street_lamp": Kind(_street_lamp, "iron", "", 60.0, "cylinder", size_max=1.5),
    "swing": Kind(
        playground.swing, "wood", "#b3302a", 60.0, size_max=1.3, seat=Seat((0.0, 0.52, 0.0))
    ),
    "tent": Kind(buildings.tent, "cloth", "#c8702a", 12.0, size_max=1.5),
    "torch": Kind(things.torch, "wood", "#5f4630", 0.9, "cylinder", SHAFT, flame_m=0.12),
    "traffic_cone": Kind(sports.traffic_cone, "plastic", "#e2571c", 2.0, "cylinder", TOP),
    "traffic_light": Kind(roadside.traffic_light, "paint", "#1b1d1f", 80.0, size_max=1.3),
    "tree": Kind(_tree, "wood", "", 120.0, "cylinder", size_max=2.4),
    "well": Kind(buildings.well, "wood", "#8a4a34", 900.0, "cylinder", size_max=1.5),
    "wheel": Kind(playground.wheel_alone, "wood", "#7d5836", 18.0, "box", way="wheels"),
    "windmill": Kind(buildings.windmill, "wood", "#6a4426", 4000.0, "box", size_max=1.3),
}

_VEHICLES: dict[str, Kind] = {
    "airplane": Kind(
        aircraft.airplane,
        "paint",
        "#1f5fa8",
        5000.0,
        size_max=1.2,
        way="air",
        seat=Seat((0.0, 1.7, 4.4), closed=True),
    ),
    "bicycle": Kind(
        vehicles.bicycle,
        "paint",
        "#1f5b6e",
        13.0,
        "box",
        (0.0, 0.85, 0.2),
        size_max=1.5,
        way="wheels",
        seat=Seat((0.0, 0.95, -0.24), "astride"),
    ),
    "biplane": Kind(
        aircraft.biplane,
        "paint",
        "#b3261e",
        700.0,
        size_max=1.3,
        way="air",
        seat=Seat((0.0, 1.45, 0.35), closed=True),
    ),
    "boat": Kind(
        boats.boat,
        "paint",
        "#2b5f7a",
        90.0,
        size_max=1.5,
        way="water",
        seat=Seat((0.0, 0.4, -0.2)),
        floats=True,
    ),
    "bus": Kind(
        vehicles.bus,
        "paint",
        "#c8322c",
        9000.0,
        size_max=1.1,
        way="wheels",
        seat=Seat((-0.5, 1.2, 4.2), closed=True),
    ),
    "canoe": Kind(
        boats.canoe,
        "paint",
        "#a5302a",
        30.0,
        size_max=1.5,
        way="water",
        seat=Seat((0.0, 0.27, -1.1)),
        floats=True,
    ),
    "car": Kind(
        vehicles.car,
        "paint",
        "#7f1418",
        1200.0,
        size_max=1.5,
        way="wheels",
        seat=Seat((0.36, 0.5, -0.05), closed=True),
    ),
    "carriage": Kind(
        carts.carriage,
        "paint",
        "#e4dcc8",
        300.0,
        size_max=1.5,
        way="wheels",
        seat=Seat((0.0, 1.3, 1.15)),
    ),
    "cart": Kind(
        carts.cart,
        "wood",
        "#8a6238",
        120.0,
        size_max=1.5,
        way="wheels",
        seat=Seat((0.0, 0.95, 0.65)),
    ),
    "drone": Kind(things.drone, "plastic", "#d8dadc", 0.9, way="air"),
    "helicopter": Kind(
        aircraft.helicopter,
        "paint",
        "#b3261e",
        1500.0,
        size_max=1.2,
        way="air",
        seat=Seat((0.3, 1.1, 1.2), closed=True),
    ),
    "hot_air_balloon": Kind(
        aircraft.hot_air_balloon,
        "cloth",
        "#c8302a",
        250.0,
        "cylinder",
        size_max=1.2,
        way="air",
        seat=Seat((0.0, 0.12, 0.0), "stand", closed=True),
        flame_m=0.0,
    ),
    "motorcycle": Kind(
        vehicles.motorcycle,
        "paint",
        "#a81f1c",
        180.0,
        size_max=1.4,
        way="wheels",
        seat=Seat((0.0, 0.84, -0.3), "astride"),
    ),
    "parachute": Kind(
        aircraft.parachute, "cloth", "#d8562a", 8.0, "cylinder", size_max=1.3, way="air"
    ),
    "pickup": Kind(
        vehicles.pickup,
        "paint",
        "#2f5f8a",
        1800.0,
        size_max=1.3,
        way="wheels",
        seat=Seat((0.4, 0.75, 0.1), closed=True),
    ),
    "raft": Kind(
        boats.raft,
        "wood",
        "#8a6a42",
        150.0,
        size_max=1.5,
        way="water",
        seat=Seat((0.0, 0.27, -0.5), "stand"),
        floats=True,
    ),
    "robot_arm": Kind(appliances.robot_arm, "paint", "#e0761c", 120.0, size_max=1.5),
    "rocket": Kind(
        aircraft.rocket, "paint", "#c8302a", 3000.0, "cylinder", size_max=1.2, way="air"
    ),
    "sailboat": Kind(
        boats.sailboat,
        "paint",
        "#1f3f6a",
        600.0,
        size_max=1.3,
        way="water",
        seat=Seat((0.0, 0.85, -1.9)),
        floats=True,
    ),
    "satellite": Kind(aircraft.satellite, "gold", "", 200.0, size_max=1.5, way="air"),
    "scooter": Kind(
        vehicles.scooter,
        "paint",
        "#7fb8a8",
        100.0,
        size_max=1.4,
        way="wheels",
        seat=Seat((0.0, 0.79, -0.3), "astride"),
    ),
    "ship": Kind(boats.ship, "wood", "#5c3a22", 20000.0, size_max=1.1, way="water", floats=True),
    "shopping_cart": Kind(
        carts.shopping_cart,
        "plastic",
        "#c8302a",
        15.0,
        "box",
        (0.0, 0.97, -0.9),
        way="wheels",
        hollow=0.5,
    ),
    "speedboat": Kind(
        boats.speedboat,
        "paint",
        "#b3261e",
        500.0,
        size_max=1.3,
        way="water",
        seat=Seat((0.35, 0.95, -0.2)),
        floats=True,
    ),
    "submarine": Kind(
        boats.submarine, "paint", "#e0b02a", 4000.0, size_max=1.2, way="water", floats=True
    ),
    "tank": Kind(
        vehicles.tank,
        "paint",
        "#5a6440",
        20000.0,
        size_max=1.2,
        way="wheels",
        seat=Seat((0.35, 1.4, -0.5), closed=True),
    ),
    "tractor": Kind(
        vehicles.tractor,
        "paint",
        "#2f7a35",
        2500.0,
        size_max=1.2,
        way="wheels",
        seat=Seat((0.0, 1.2, -0.68)),
    ),
    "train": Kind(
        carts.locomotive,
        "paint",
        "#1f4a38",
        30000.0,
        size_max=1.1,
        way="wheels",
        seat=Seat((0.5, 1.6, -0.2), closed=True),
    ),
    "tram": Kind(
        carts.tram,
        "paint",
        "#b3302a",
        12000.0,
        size_max=1.1,
        way="wheels",
        seat=Seat((0.0, 1.3, 3.6), closed=True),
    ),
    "truck": Kind(
        vehicles.truck,
        "paint",
        "#2f5f9a",
        6000.0,
        size_max=1.2,
        way="wheels",
        seat=Seat((0.5, 1.4, 2.7), closed=True),
    ),
    "ufo": Kind(aircraft.ufo, "metal", "#a9b0b5", 2000.0, "cylinder", size_max=1.3, way="air"),
    "wheelbarrow": Kind(
        carts.wheelbarrow,
        "paint",
        "#2f6a4a",
        12.0,
        "box",
        (0.0, 0.4, -0.95),
        way="wheels",
        hollow=0.4,
    ),
    "wheelchair": Kind(
        carts.wheelchair,
        "cloth",
        "#1f2a3a",
        14.0,
        "box",
        (0.0, 0.97, -0.6),
        way="wheels",
        seat=Seat((0.0, 0.53, -0.02)),
    ),
}

_OTHER: dict[str, Kind] = {
    "bouquet": Kind(things.bouquet, "plant", "#c24a68", 0.5, "cylinder", (0.0, -0.65, 0.0)),
    "cone": Kind(_cone, "plastic", "#d8a02a", 3.0, "cylinder"),
    "cube": Kind(_cube, "plastic", "#3a6fb0", 4.0, rests_on=True),
    "cylinder": Kind(_cylinder, "plastic", "#3f8a5a", 3.0, "cylinder", rests_on=True),
    "flag": Kind(things.flag, "cloth", "#b3202c", 1.4, "box", (-0.95, -0.35, 0.0)),
    "flower": Kind(things.flower, "plant", "#c2304a", 0.06, "cylinder", (0.0, -0.3, 0.0)),
    "gift": Kind(things.gift, "paper", "#b0263a", 0.8, rests_on=True),
    "lipstick": Kind(things.lipstick, "wax", "#a81f3a", 0.04, "cylinder", (0.0, -0.4, 0.0)),
    "newspaper": Kind(things.newspaper, "paper", "#d8d2c2", 0.2),
    "open_book": Kind(treasure.open_book, "leather", "#6a2f22", 0.9),
    "product_box": Kind(things.product_box, "cardboard", "#2f5f8a", 0.4, rests_on=True),
    "pyramid": Kind(_pyramid, "stone", "#c9a877", 4.0, "box"),
    "sphere": Kind(_sphere, "plastic", "#c8322c", 4.0, "sphere"),
}

KINDS: dict[str, Kind] = dict(sorted((INDOORS | _PLAY | _OUTSIDE | _VEHICLES | _OTHER).items()))
"""Every kind of thing by its name, in the order of the alphabet."""
