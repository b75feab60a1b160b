"""The catalogue of things: what is usual for every kind of prop.

A kind says how it is made, of what, how large and heavy it is, and what one may do with it: hold
it, sit in it, stand things on it, put things into it. `props` builds from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from matinee.engine.render.geometry import Mesh
from matinee.engine.stage.parts import furniture, masonry, plants, solids, street, things
from matinee.engine.stage.parts.finish import Finish, seed_of, weathered
from matinee.engine.stage.parts.things import (
    craft,
    cutlery,
    food,
    household,
    outdoors,
    sports,
    treasure,
    vehicles,
)
from matinee.engine.stage.parts.things.kit import Assembly

Shape: TypeAlias = Literal["box", "sphere", "cylinder"]
Way: TypeAlias = Literal["", "wheels", "ground", "water", "air"]
"""How a thing travels by itself: rolling on wheels, sliding on runners, afloat, or flying."""
Pose: TypeAlias = Literal["sit", "astride", "stand"]
Triple: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True)
class Seat:
    """Where somebody rides: the hips, or the feet of one who stands, from the foot of the thing.

    at_m is (x, y, z) from the middle of the underside of a thing of usual size; a thing that is
    `closed` hides who sits in it up to the chest.
    """

    at_m: Triple
    pose: Pose = "sit"
    closed: bool = False


@dataclass(frozen=True)
class Kind:
    """What is usual for a kind.

    grip is a share of the half extents; up to `size_max` it may be enlarged (a huge car would not
    fit a street). `hollow` is how far below its top the floor of a container lies, as a share of
    its height, 0 for what holds nothing. `floats` says whether water carries it.
    """

    make: Callable[[Finish], Mesh | Assembly]
    material: str
    colour: str
    mass_kg: float
    shape: Shape = "box"
    grip: Triple = (0.0, 0.0, 0.0)
    rests_on: bool = False
    size_max: float = 2.4
    way: Way = ""
    seat: Seat | None = None
    hollow: float = 0.0
    floats: bool = False
    flame_m: float = 0.0


def _tree(_main: Finish) -> Mesh:
    return plants.tree("linden", 4.8, rng=seed_of("prop tree"), leaves=420)


def _palm(_main: Finish) -> Mesh:
    return plants.palm(4.2, rng=seed_of("prop palm"))


def _stone(main: Finish) -> Mesh:
    return weathered(solids.boulder(0.16, main, seed=4, level=3), amount=0.2, cell_m=0.08)


def _plant(_main: Finish) -> Mesh:
    return furniture.potted_plant(seed_of("prop plant"))


def _painting(main: Finish) -> Mesh:
    return furniture.picture(0.8, 0.55, main, rng=seed_of("prop painting"))


def _column(main: Finish) -> Mesh:
    return masonry.column(3.0, 0.26, main)


def _bench(main: Finish) -> Mesh:
    return street.bench(slats=main)


def _shelf(main: Finish) -> Mesh:
    return furniture.bookcase(main, width_m=1.0, height_m=1.8, rng=seed_of("prop shelf"))


def _cupboard(main: Finish) -> Mesh:
    return furniture.cupboard(0.9, 1.7, 0.45, main)


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


def _floor_lamp(_main: Finish) -> Mesh:
    return furniture.floor_lamp(Finish(_main.colour, _main.surface, _main.roughness))


def _street_lamp(_main: Finish) -> Mesh:
    return street.lantern_post(3.4, lit=True)


_TOP, _LOW = (0.0, 0.9, 0.0), (0.0, -0.8, 0.0)
_SHAFT = (0.0, -0.6, 0.0)

_TABLE: dict[str, Kind] = {
    "bottle": Kind(things.bottle, "glass", "#2f5a3a", 0.7, "cylinder", (0.0, -0.1, 0.0), floats=True),
    "bowl": Kind(cutlery.bowl, "ceramic", "#4a7f94", 0.4, "cylinder", (0.9, 0.2, 0.0), hollow=0.8),
    "candle": Kind(things.candle, "wax", "", 0.25, "cylinder", _SHAFT, flame_m=0.02),
    "comb": Kind(cutlery.comb, "plastic", "#3a2a22", 0.03),
    "cup": Kind(things.cup, "ceramic", "#d8d0c0", 0.3, "cylinder", (0.75, 0.0, 0.0), hollow=0.15),
    "fork": Kind(cutlery.fork, "steel", "", 0.05, "box", _SHAFT),
    "glass": Kind(things.glass_of, "glass", "", 0.35, "cylinder", hollow=0.2),
    "glasses": Kind(cutlery.glasses, "plastic", "#1c1a18", 0.03),
    "hair_drier": Kind(cutlery.hair_drier, "plastic", "#b5405f", 0.6, "box", (-0.1, -0.5, 0.0)),
    "knife": Kind(cutlery.knife, "steel", "", 0.15, "box", _SHAFT),
    "pan": Kind(things.pan, "iron", "#2b2b2d", 1.4, "box", (0.0, 0.4, 0.75), hollow=0.5),
    "pencil": Kind(cutlery.pencil, "paint", "#e0a92a", 0.01, "cylinder", (0.0, 0.3, 0.0)),
    "perfume": Kind(cutlery.perfume, "glass", "#d99aa8", 0.25, "box"),
    "plate": Kind(things.plate, "porcelain", "", 0.5, "cylinder", (0.9, 0.0, 0.0), rests_on=True),
    "pot": Kind(things.pot, "steel", "", 1.8, "cylinder", (0.95, 0.1, 0.0), rests_on=True),
    "scissors": Kind(cutlery.scissors, "plastic", "#c2362c", 0.1, "box", (0.0, 0.7, 0.0)),
    "spoon": Kind(cutlery.spoon, "steel", "", 0.05, "box", _SHAFT),
    "teapot": Kind(cutlery.teapot, "ceramic", "#3f6f8a", 0.9, "box", (-0.85, 0.0, 0.0)),
    "toothbrush": Kind(cutlery.toothbrush, "plastic", "#2f86c0", 0.02, "cylinder", _SHAFT),
    "tray": Kind(cutlery.tray, "wood", "#7a5436", 0.8, rests_on=True),
    "vase": Kind(things.vase, "ceramic", "#4a7f94", 1.1, "cylinder", (0.0, 0.2, 0.0), hollow=0.6),
    "wine_glass": Kind(cutlery.wine_glass, "paint", "#6a1226", 0.2, "cylinder", (0.0, -0.4, 0.0)),
}  # fmt: skip
_FOOD: dict[str, Kind] = {
    "apple": Kind(things.apple, "food", "#b3261e", 0.18, "sphere", floats=True),
    "banana": Kind(food.banana, "food", "#e6c033", 0.15, floats=True),
    "bread": Kind(things.bread, "food", "#b5763a", 0.5, floats=True),
    "broccoli": Kind(food.broccoli, "plant", "#3f7a2c", 0.3, "sphere", (0.0, -0.7, 0.0)),
    "burger": Kind(food.burger, "food", "#c98a45", 0.3, "cylinder"),
    "cake": Kind(food.cake, "food", "#e8a7b5", 1.6, "cylinder", rests_on=False, flame_m=0.015),
    "carrot": Kind(food.carrot, "food", "#e8711e", 0.12),
    "cheese": Kind(food.cheese, "food", "#efb23a", 0.4),
    "donut": Kind(food.donut, "food", "#e58fae", 0.08, "cylinder"),
    "egg": Kind(food.egg, "food", "#ecdcc4", 0.06, "sphere"),
    "fruit_bowl": Kind(food.fruit_bowl, "ceramic", "#e0d8c8", 1.8, "cylinder"),
    "hot_dog": Kind(food.hot_dog, "food", "#9a3d22", 0.2),
    "ice_cream": Kind(food.ice_cream, "food", "#e58fae", 0.15, "cylinder", _SHAFT),
    "orange": Kind(food.orange, "food", "#f08a1e", 0.2, "sphere", floats=True),
    "pizza": Kind(food.pizza, "food", "#a8321f", 0.6, "cylinder", (0.9, 0.0, 0.0)),
    "pumpkin": Kind(food.pumpkin, "food", "#e0761c", 5.0, "sphere", floats=True),
    "sandwich": Kind(food.sandwich, "food", "#b5763a", 0.25),
    "watermelon": Kind(food.watermelon, "food", "#2d5a2a", 6.0, "box", floats=True),
}
_WORN: dict[str, Kind] = {
    "backpack": Kind(household.backpack, "cloth", "#2f6a8a", 1.6, "box", _TOP),
    "bag": Kind(things.bag, "leather", "#8a3f2a", 1.2, "box", (0.0, 0.92, 0.0)),
    "crown": Kind(treasure.crown, "gold", "", 1.1, "cylinder", (0.0, -0.8, 0.85)),
    "hat": Kind(things.hat, "cloth", "#4a3a2c", 0.2, "cylinder", (0.0, -0.8, 0.85)),
    "ring": Kind(treasure.finger_ring, "gold", "", 0.01),
    "shoe": Kind(household.shoe, "leather", "#b3202c", 0.4),
    "sneaker": Kind(things.sneaker, "cloth", "#c8402f", 0.4),
    "suitcase": Kind(things.suitcase, "leather", "#6f4526", 6.0, "box", (0.0, 0.95, 0.0), rests_on=True),
    "tie": Kind(treasure.necktie, "cloth", "#8a1f2c", 0.06, "box", _TOP),
    "umbrella": Kind(things.umbrella, "cloth", "#a8242c", 0.5, "cylinder", (0.0, -0.85, 0.0)),
    "watch": Kind(things.watch, "gold", "", 0.12),
}  # fmt: skip
_PLAY: dict[str, Kind] = {
    "arrow": Kind(sports.arrow, "wood", "#b58a5c", 0.05, "cylinder", _SHAFT),
    "axe": Kind(sports.axe, "wood", "#8a6238", 1.6, "box", (-0.5, -0.5, 0.0)),
    "ball": Kind(things.toy_ball, "rubber", "#c8322c", 0.45, "sphere", floats=True),
    "balloon": Kind(things.balloon, "rubber", "#c8283c", 0.05, "cylinder", (0.0, -0.55, 0.0), floats=True),
    "baseball": Kind(sports.baseball, "leather", "#e8e4da", 0.15, "sphere"),
    "baseball_bat": Kind(sports.baseball_bat, "wood", "#c08a4c", 0.9, "cylinder", _LOW),
    "baseball_glove": Kind(sports.baseball_glove, "leather", "#8a5228", 0.6),
    "basketball": Kind(sports.basketball, "rubber", "#d0641e", 0.6, "sphere", floats=True),
    "bow": Kind(sports.bow, "wood", "#7a5230", 0.8, "box", (0.0, 0.0, 0.1)),
    "bowling_ball": Kind(sports.bowling_ball, "paint", "#1f3f7a", 6.0, "sphere"),
    "dumbbell": Kind(sports.dumbbell, "iron", "#2b2c2f", 5.0),
    "fishing_rod": Kind(sports.fishing_rod, "plastic", "#2a3a2c", 0.4, "box", (0.0, -0.85, -0.4)),
    "frisbee": Kind(sports.frisbee, "plastic", "#e0482a", 0.17, "cylinder", (0.9, 0.0, 0.0), floats=True),
    "goal": Kind(outdoors.goal, "paint", "#e8e7e3", 60.0, size_max=1.5),
    "hammer": Kind(sports.hammer, "wood", "#a5742e", 0.8, "box", _SHAFT),
    "kite": Kind(things.kite, "cloth", "#c8382c", 0.3, "box", (0.0, -0.2, 0.0)),
    "net": Kind(outdoors.net, "cloth", "#3a3a3c", 6.0, size_max=1.5),
    "roller_skate": Kind(sports.roller_skate, "leather", "#e4e0d6", 1.0, way="wheels"),
    "skateboard": Kind(sports.skateboard, "wood", "#b5622e", 2.5, rests_on=True, way="wheels", seat=Seat((0.0, 0.115, 0.0), "stand")),
    "skis": Kind(sports.skis, "paint", "#b3202c", 4.0, way="ground"),
    "sled": Kind(vehicles.sled, "wood", "#a5742e", 5.0, rests_on=True, way="ground", seat=Seat((0.0, 0.29, -0.1)), floats=True),
    "snowball": Kind(outdoors.snowball, "snow", "", 0.15, "sphere"),
    "snowboard": Kind(sports.snowboard, "paint", "#2f6fb0", 3.0, way="ground"),
    "soccer_ball": Kind(sports.soccer_ball, "leather", "#e6e4de", 0.43, "sphere", floats=True),
    "spear": Kind(sports.spear, "wood", "#7a5230", 1.6, "cylinder", (0.0, -0.1, 0.0)),
    "surfboard": Kind(sports.surfboard, "paint", "#e6a23a", 4.0, "box", floats=True),
    "sword": Kind(things.sword, "steel", "", 1.3, "box", (0.0, -0.82, 0.0)),
    "shield": Kind(things.shield, "wood", "#8a2a26", 4.5, "box", (0.0, 0.0, -0.7)),
    "target": Kind(sports.target, "paint", "#c0261e", 6.0),
    "teddy_bear": Kind(things.teddy_bear, "fur", "#96683a", 0.4, "box"),
    "tennis_ball": Kind(sports.tennis_ball, "rubber", "#c8d832", 0.06, "sphere", floats=True),
    "tennis_racket": Kind(sports.tennis_racket, "paint", "#b3202c", 0.3, "box", _LOW),
    "toy_train": Kind(vehicles.toy_train, "paint", "#c0342a", 0.4, way="wheels"),
    "robot_toy": Kind(things.robot_toy, "metal", "#b8402f", 0.6),
}  # fmt: skip
_TREASURE: dict[str, Kind] = {
    "bone": Kind(treasure.bone, "food", "#e6dcc2", 0.3),
    "broomstick": Kind(treasure.broomstick, "wood", "#7a5230", 1.0, "box", (0.0, 0.0, 0.3), way="air", seat=Seat((0.0, 0.12, 0.2), "astride")),
    "cauldron": Kind(treasure.cauldron, "iron", "#2b2b2d", 20.0, "cylinder"),
    "coin": Kind(treasure.coin, "gold", "", 0.02, "box"),
    "crystal_ball": Kind(treasure.crystal_ball, "crystal", "#8fb4d8", 3.0, "sphere"),
    "diamond": Kind(treasure.diamond, "crystal", "#bfe2f0", 0.3, "sphere"),
    "globe": Kind(treasure.globe, "paint", "#2f6fa8", 2.0, "box"),
    "hourglass": Kind(treasure.hourglass, "wood", "#6a4426", 0.7, "cylinder"),
    "key": Kind(treasure.key, "brass", "", 0.06, "box", (0.0, 0.5, 0.0)),
    "letter": Kind(treasure.letter, "paper", "", 0.02),
    "map": Kind(treasure.map_, "paper", "#d8bf8a", 0.08, "box", (-0.9, 0.0, 0.0)),
    "medal": Kind(treasure.medal, "gold", "", 0.15, "box", _TOP),
    "scroll": Kind(treasure.scroll, "paper", "#dcc696", 0.1),
    "skull": Kind(treasure.skull, "food", "#e2d7bd", 0.9),
    "treasure_chest": Kind(treasure.treasure_chest, "wood", "#6f4526", 25.0),
    "trophy": Kind(treasure.trophy, "gold", "", 1.4, "cylinder", (0.0, -0.2, 0.0)),
    "wand": Kind(treasure.wand, "wood", "#3a2418", 0.1, "cylinder", (0.0, -0.7, 0.0)),
}  # fmt: skip
_SOUNDING: dict[str, Kind] = {
    "drum": Kind(treasure.drum, "wood", "#a82a26", 4.0, "cylinder"),
    "easel": Kind(treasure.easel, "paint", "#c0562e", 5.0, size_max=1.5),
    "guitar": Kind(things.guitar, "wood", "#b5712e", 2.2, "box", (0.0, 0.5, 0.3)),
    "microphone": Kind(things.microphone, "metal", "#1d1e20", 0.3, "cylinder", (0.0, -0.4, 0.0)),
    "piano": Kind(treasure.piano, "paint", "#121214", 300.0, rests_on=False, size_max=1.3),
    "radio": Kind(household.radio, "wood", "#7a4a2a", 2.0, rests_on=True),
    "saxophone": Kind(treasure.saxophone, "brass", "", 2.5, "box"),
    "trumpet": Kind(treasure.trumpet, "brass", "", 1.2, "box"),
    "violin": Kind(treasure.violin, "wood", "#8a3f1c", 0.6, "box", (0.0, 0.6, 0.0)),
    "binoculars": Kind(treasure.binoculars, "plastic", "#222426", 0.8),
    "camera": Kind(things.photo_camera, "plastic", "#1b1c1e", 0.6),
    "telescope": Kind(treasure.telescope, "brass", "", 6.0),
}
_ROOM: dict[str, Kind] = {
    "basket": Kind(household.basket, "wood", "#b08a4c", 0.6, "cylinder", _TOP, hollow=0.6, floats=True),
    "bathtub": Kind(household.bathtub, "ceramic", "#e8e4da", 90.0, size_max=1.5, hollow=0.4),
    "bed": Kind(furniture.bed, "cloth", "#5a6b7d", 60.0, rests_on=True, size_max=1.5),
    "bench": Kind(_bench, "wood", "", 30.0, rests_on=True, size_max=1.5),
    "book": Kind(things.book, "cloth", "#7a2a26", 0.5, rests_on=True),
    "bookshelf": Kind(_shelf, "wood", "#5c3f2a", 70.0, rests_on=True, size_max=1.5),
    "cage": Kind(household.cage, "brass", "", 1.5, "cylinder", _TOP),
    "chair": Kind(furniture.chair, "wood", "#b58a5c", 5.0, "box", (0.0, 0.9, -0.8), rests_on=True),
    "clock": Kind(things.clock, "wood", "#5c3f2a", 1.2),
    "cupboard": Kind(_cupboard, "wood", "#8a6a48", 45.0, rests_on=True, size_max=1.5),
    "desk": Kind(treasure.desk, "wood", "#7a5436", 40.0, rests_on=True, size_max=1.5),
    "door": Kind(household.door, "wood", "#7a4a2a", 30.0, size_max=1.5),
    "fan": Kind(household.fan, "plastic", "#3f86b0", 4.0),
    "fireplace": Kind(household.fireplace, "stone", "#a39c8e", 300.0, size_max=1.3, flame_m=0.15),
    "floor_lamp": Kind(_floor_lamp, "cloth", "#e2cfa0", 5.0, "cylinder", size_max=1.3),
    "keyboard": Kind(household.keyboard, "plastic", "#2a2b2e", 0.6),
    "ladder": Kind(household.ladder, "wood", "#c09a5c", 8.0, size_max=1.8),
    "lamp": Kind(furniture.table_lamp, "ceramic", "#5f7a86", 1.8, "cylinder"),
    "laptop": Kind(furniture.laptop, "metal", "#a9adb2", 1.6),
    "microwave": Kind(household.microwave, "plastic", "#d5d6d6", 12.0, rests_on=True),
    "mirror": Kind(things.mirror, "wood", "#7a5a34", 8.0, size_max=1.8),
    "monitor": Kind(household.monitor, "plastic", "#1a1b1d", 5.0),
    "mouse": Kind(household.mouse, "plastic", "#d8d9da", 0.1),
    "oven": Kind(household.oven, "paint", "#dcdcd8", 50.0, rests_on=True, size_max=1.3),
    "painting": Kind(_painting, "wood", "#8a6a34", 3.0),
    "phone": Kind(things.phone, "glass", "#17181b", 0.2, "box", (0.0, -0.3, -0.5)),
    "pillow": Kind(household.pillow, "cloth", "#c9586a", 0.6),
    "plant": Kind(_plant, "clay", "", 4.0, "cylinder", size_max=1.8),
    "cactus": Kind(outdoors.cactus, "plant", "#3f7a3c", 1.5, "cylinder"),
    "refrigerator": Kind(household.refrigerator, "paint", "#dfe0de", 70.0, size_max=1.3),
    "remote": Kind(household.remote, "plastic", "#1c1d20", 0.1, "box", (0.0, 0.0, 0.4)),
    "rug": Kind(household.rug, "cloth", "#8a2a30", 6.0, rests_on=True, size_max=1.8),
    "sink": Kind(household.sink, "porcelain", "", 20.0, size_max=1.3),
    "sofa": Kind(furniture.sofa, "cloth", "#7a8a7c", 50.0, rests_on=True, size_max=1.5),
    "stairs": Kind(household.stairs, "wood", "#8a6238", 120.0, size_max=1.5),
    "stool": Kind(furniture.stool, "wood", "#b58a5c", 4.0, "cylinder", rests_on=True),
    "table": Kind(furniture.table, "wood", "#9a7448", 22.0, rests_on=True, size_max=1.8),
    "telephone": Kind(household.telephone, "plastic", "#a8221e", 1.4),
    "television": Kind(household.television, "plastic", "#1a1b1d", 11.0, size_max=1.8),
    "toaster": Kind(household.toaster, "steel", "", 1.6),
    "toilet": Kind(household.toilet, "porcelain", "", 30.0, size_max=1.3),
    "typewriter": Kind(household.typewriter, "metal", "#2f4a44", 5.0),
    "vacuum": Kind(household.vacuum, "plastic", "#b5302a", 5.0, way="wheels"),
    "wardrobe": Kind(household.wardrobe, "wood", "#7a5436", 80.0, size_max=1.3),
    "washing_machine": Kind(household.washing_machine, "paint", "#e2e2de", 65.0, rests_on=True, size_max=1.3),
    "window": Kind(household.window, "paint", "#e9e6df", 15.0, size_max=1.8),
}  # fmt: skip
_OUTSIDE: dict[str, Kind] = {
    "arch": Kind(outdoors.arch, "stone", "#c9bfa8", 900.0, size_max=1.5),
    "barrel": Kind(things.barrel, "wood", "#7d5836", 28.0, "cylinder", rests_on=True, floats=True),
    "barrier": Kind(outdoors.barrier, "paint", "#c8302a", 12.0),
    "box": Kind(things.carton, "cardboard", "", 1.5, rests_on=True, floats=True),
    "bridge": Kind(outdoors.bridge, "wood", "#8a6238", 250.0, size_max=1.5),
    "broom": Kind(things.broom, "wood", "", 0.8, "box", (0.0, 0.25, 0.0)),
    "bucket": Kind(things.bucket, "metal", "#8c9298", 1.0, "cylinder", _TOP, hollow=0.7, floats=True),
    "campfire": Kind(treasure.campfire, "wood", "#5f4630", 40.0, "cylinder", size_max=1.5, flame_m=0.4),
    "christmas_tree": Kind(outdoors.christmas_tree, "paint", "#b3202c", 15.0, "cylinder", size_max=1.5),
    "column": Kind(_column, "marble", "", 900.0, "cylinder", rests_on=True, size_max=1.5),
    "crate": Kind(things.crate, "wood", "#9a7448", 9.0, rests_on=True, floats=True),
    "doghouse": Kind(outdoors.doghouse, "wood", "#b5432e", 20.0, rests_on=True),
    "fence": Kind(outdoors.fence, "wood", "#e6e2d8", 30.0, size_max=1.5),
    "fire_hydrant": Kind(outdoors.fire_hydrant, "paint", "#b3261e", 60.0, "cylinder", size_max=1.8),
    "fountain": Kind(outdoors.fountain, "stone", "#b5ada0", 2000.0, "cylinder", size_max=1.5),
    "gate": Kind(outdoors.gate, "iron", "#1f2123", 300.0, size_max=1.5),
    "gravestone": Kind(outdoors.gravestone, "stone", "#85837c", 150.0),
    "house": Kind(outdoors.house, "concrete", "#e0d2b4", 9000.0, size_max=1.2),
    "lantern": Kind(things.lantern, "iron", "#3a352f", 1.2, "cylinder", (0.0, 0.97, 0.0), flame_m=0.03),
    "mailbox": Kind(household.mailbox, "paint", "#2f5f9a", 12.0),
    "mushroom": Kind(outdoors.mushroom, "food", "#b8241c", 0.3, "cylinder"),
    "open_box": Kind(outdoors.open_box, "cardboard", "", 1.2, hollow=0.95, floats=True),
    "open_crate": Kind(outdoors.open_crate, "wood", "#9a7448", 8.0, hollow=0.95, floats=True),
    "palm": Kind(_palm, "wood", "", 200.0, "cylinder", size_max=1.8),
    "parking_meter": Kind(outdoors.parking_meter, "metal", "#5f6a72", 30.0, "cylinder", size_max=1.5),
    "rope": Kind(outdoors.rope, "cloth", "#c0a06a", 2.0, "cylinder"),
    "sign": Kind(household.cardboard_sign, "cardboard", "#e2d9c4", 0.6, "box", (0.0, -0.6, -0.9)),
    "slide": Kind(outdoors.slide, "paint", "#c8322c", 90.0, size_max=1.3),
    "snowman": Kind(things.snowman, "snow", "", 80.0, "cylinder", size_max=1.8),
    "statue": Kind(outdoors.statue, "marble", "", 900.0, "box", size_max=1.5),
    "stone": Kind(_stone, "stone", "#7d7a74", 6.0, "sphere"),
    "stop_sign": Kind(outdoors.stop_sign, "paint", "#b3181c", 14.0, size_max=1.5),
    "street_lamp": Kind(_street_lamp, "iron", "", 60.0, "cylinder", size_max=1.5),
    "swing": Kind(outdoors.swing, "wood", "#b3302a", 60.0, size_max=1.3, seat=Seat((0.0, 0.52, 0.0))),
    "tent": Kind(outdoors.tent, "cloth", "#c8702a", 12.0, size_max=1.5),
    "torch": Kind(things.torch, "wood", "#5f4630", 0.9, "cylinder", _SHAFT, flame_m=0.12),
    "traffic_cone": Kind(sports.traffic_cone, "plastic", "#e2571c", 2.0, "cylinder", _TOP),
    "traffic_light": Kind(outdoors.traffic_light, "paint", "#1b1d1f", 80.0, size_max=1.3),
    "tree": Kind(_tree, "wood", "", 120.0, "cylinder", size_max=2.4),
    "well": Kind(outdoors.well, "wood", "#8a4a34", 900.0, "cylinder", size_max=1.5),
    "wheel": Kind(outdoors.wheel_alone, "wood", "#7d5836", 18.0, "box", way="wheels"),
    "windmill": Kind(outdoors.windmill, "wood", "#6a4426", 4000.0, "box", size_max=1.3),
}  # fmt: skip
_VEHICLES: dict[str, Kind] = {
    "airplane": Kind(craft.airplane, "paint", "#1f5fa8", 5000.0, size_max=1.2, way="air", seat=Seat((0.0, 1.7, 4.4), closed=True)),
    "bicycle": Kind(vehicles.bicycle, "paint", "#1f5b6e", 13.0, "box", (0.0, 0.85, 0.2), size_max=1.5, way="wheels", seat=Seat((0.0, 0.95, -0.24), "astride")),
    "biplane": Kind(craft.biplane, "paint", "#b3261e", 700.0, size_max=1.3, way="air", seat=Seat((0.0, 1.45, 0.35), closed=True)),
    "boat": Kind(craft.boat, "paint", "#2b5f7a", 90.0, size_max=1.5, way="water", seat=Seat((0.0, 0.4, -0.2)), floats=True),
    "bus": Kind(vehicles.bus, "paint", "#c8322c", 9000.0, size_max=1.1, way="wheels", seat=Seat((-0.5, 1.2, 4.2), closed=True)),
    "canoe": Kind(craft.canoe, "paint", "#a5302a", 30.0, size_max=1.5, way="water", seat=Seat((0.0, 0.27, -1.1)), floats=True),
    "car": Kind(vehicles.car, "paint", "#7f1418", 1200.0, size_max=1.5, way="wheels", seat=Seat((0.36, 0.5, -0.05), closed=True)),
    "carriage": Kind(vehicles.carriage, "paint", "#e4dcc8", 300.0, size_max=1.5, way="wheels", seat=Seat((0.0, 1.3, 1.15))),
    "cart": Kind(vehicles.cart, "wood", "#8a6238", 120.0, size_max=1.5, way="wheels", seat=Seat((0.0, 0.95, 0.65))),
    "drone": Kind(things.drone, "plastic", "#d8dadc", 0.9, way="air"),
    "helicopter": Kind(craft.helicopter, "paint", "#b3261e", 1500.0, size_max=1.2, way="air", seat=Seat((0.3, 1.1, 1.2), closed=True)),
    "hot_air_balloon": Kind(craft.hot_air_balloon, "cloth", "#c8302a", 250.0, "cylinder", size_max=1.2, way="air", seat=Seat((0.0, 0.12, 0.0), "stand", closed=True), flame_m=0.0),
    "motorcycle": Kind(vehicles.motorcycle, "paint", "#a81f1c", 180.0, size_max=1.4, way="wheels", seat=Seat((0.0, 0.84, -0.3), "astride")),
    "parachute": Kind(craft.parachute, "cloth", "#d8562a", 8.0, "cylinder", size_max=1.3, way="air"),
    "pickup": Kind(vehicles.pickup, "paint", "#2f5f8a", 1800.0, size_max=1.3, way="wheels", seat=Seat((0.4, 0.75, 0.1), closed=True)),
    "raft": Kind(craft.raft, "wood", "#8a6a42", 150.0, size_max=1.5, way="water", seat=Seat((0.0, 0.27, -0.5), "stand"), floats=True),
    "robot_arm": Kind(craft.robot_arm, "paint", "#e0761c", 120.0, size_max=1.5),
    "rocket": Kind(craft.rocket, "paint", "#c8302a", 3000.0, "cylinder", size_max=1.2, way="air"),
    "sailboat": Kind(craft.sailboat, "paint", "#1f3f6a", 600.0, size_max=1.3, way="water", seat=Seat((0.0, 0.85, -1.9)), floats=True),
    "satellite": Kind(craft.satellite, "gold", "", 200.0, size_max=1.5, way="air"),
    "scooter": Kind(vehicles.scooter, "paint", "#7fb8a8", 100.0, size_max=1.4, way="wheels", seat=Seat((0.0, 0.79, -0.3), "astride")),
    "ship": Kind(craft.ship, "wood", "#5c3a22", 20000.0, size_max=1.1, way="water", floats=True),
    "shopping_cart": Kind(vehicles.shopping_cart, "plastic", "#c8302a", 15.0, "box", (0.0, 0.97, -0.9), way="wheels", hollow=0.5),
    "speedboat": Kind(craft.speedboat, "paint", "#b3261e", 500.0, size_max=1.3, way="water", seat=Seat((0.35, 0.95, -0.2)), floats=True),
    "submarine": Kind(craft.submarine, "paint", "#e0b02a", 4000.0, size_max=1.2, way="water", floats=True),
    "tank": Kind(vehicles.tank, "paint", "#5a6440", 20000.0, size_max=1.2, way="wheels", seat=Seat((0.35, 1.4, -0.5), closed=True)),
    "tractor": Kind(vehicles.tractor, "paint", "#2f7a35", 2500.0, size_max=1.2, way="wheels", seat=Seat((0.0, 1.2, -0.68))),
    "train": Kind(vehicles.locomotive, "paint", "#1f4a38", 30000.0, size_max=1.1, way="wheels", seat=Seat((0.5, 1.6, -0.2), closed=True)),
    "tram": Kind(vehicles.tram, "paint", "#b3302a", 12000.0, size_max=1.1, way="wheels", seat=Seat((0.0, 1.3, 3.6), closed=True)),
    "truck": Kind(vehicles.truck, "paint", "#2f5f9a", 6000.0, size_max=1.2, way="wheels", seat=Seat((0.5, 1.4, 2.7), closed=True)),
    "ufo": Kind(craft.ufo, "metal", "#a9b0b5", 2000.0, "cylinder", size_max=1.3, way="air"),
    "wheelbarrow": Kind(vehicles.wheelbarrow, "paint", "#2f6a4a", 12.0, "box", (0.0, 0.4, -0.95), way="wheels", hollow=0.4),
    "wheelchair": Kind(vehicles.wheelchair, "cloth", "#1f2a3a", 14.0, "box", (0.0, 0.97, -0.6), way="wheels", seat=Seat((0.0, 0.53, -0.02))),
}  # fmt: skip
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

KINDS: dict[str, Kind] = dict(
    sorted(
        (
            _TABLE | _FOOD | _WORN | _PLAY | _TREASURE | _SOUNDING | _ROOM | _OUTSIDE | _VEHICLES
            | _OTHER
        ).items()
    )
)  # fmt: skip
"""Every kind of thing by its name, in the order of the alphabet."""
