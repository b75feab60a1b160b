"""The catalogue of things for house and hand: tableware, food, furniture, treasure, instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matinee.engine.stage.kinds import LOW, SHAFT, TOP, Kind, Seat
from matinee.engine.stage.parts import furniture, street, things
from matinee.engine.stage.parts.finish import Finish, seed_of
from matinee.engine.stage.parts.things import (
    appliances,
    cutlery,
    food,
    furnishing,
    instruments,
    playground,
    tools,
    treasure,
)

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh


def _plant(_main: Finish) -> Mesh:
    return furniture.potted_plant(seed_of("prop plant"))


def _painting(main: Finish) -> Mesh:
    return furniture.picture(0.8, 0.55, main, rng=seed_of("prop painting"))


def _bench(main: Finish) -> Mesh:
    return street.bench(slats=main)


def _shelf(main: Finish) -> Mesh:
    return furniture.bookcase(main, width_m=1.0, height_m=1.8, rng=seed_of("prop shelf"))


def _cupboard(main: Finish) -> Mesh:
    return furniture.cupboard(0.9, 1.7, 0.45, main)


def _floor_lamp(_main: Finish) -> Mesh:
    return furniture.floor_lamp(Finish(_main.colour, _main.surface, _main.roughness))


_TABLE: dict[str, Kind] = {
    "bottle": Kind(
        things.bottle, "glass", "#2f5a3a", 0.7, "cylinder", (0.0, -0.1, 0.0), floats=True
    ),
    "bowl": Kind(cutlery.bowl, "ceramic", "#4a7f94", 0.4, "cylinder", (0.9, 0.2, 0.0), hollow=0.8),
    "candle": Kind(things.candle, "wax", "", 0.25, "cylinder", SHAFT, flame_m=0.02),
    "comb": Kind(cutlery.comb, "plastic", "#3a2a22", 0.03),
    "cup": Kind(things.cup, "ceramic", "#d8d0c0", 0.3, "cylinder", (0.75, 0.0, 0.0), hollow=0.15),
    "fork": Kind(cutlery.fork, "steel", "", 0.05, "box", SHAFT),
    "glass": Kind(things.glass_of, "glass", "", 0.35, "cylinder", hollow=0.2),
    "glasses": Kind(cutlery.glasses, "plastic", "#1c1a18", 0.03),
    "hair_drier": Kind(cutlery.hair_drier, "plastic", "#b5405f", 0.6, "box", (-0.1, -0.5, 0.0)),
    "knife": Kind(cutlery.knife, "steel", "", 0.15, "box", SHAFT),
    "pan": Kind(things.pan, "iron", "#2b2b2d", 1.4, "box", (0.0, 0.4, 0.75), hollow=0.5),
    "pencil": Kind(cutlery.pencil, "paint", "#e0a92a", 0.01, "cylinder", (0.0, 0.3, 0.0)),
    "perfume": Kind(cutlery.perfume, "glass", "#d99aa8", 0.25, "box"),
    "plate": Kind(things.plate, "porcelain", "", 0.5, "cylinder", (0.9, 0.0, 0.0), rests_on=True),
    "pot": Kind(things.pot, "steel", "", 1.8, "cylinder", (0.95, 0.1, 0.0), rests_on=True),
    "scissors": Kind(cutlery.scissors, "plastic", "#c2362c", 0.1, "box", (0.0, 0.7, 0.0)),
    "spoon": Kind(cutlery.spoon, "steel", "", 0.05, "box", SHAFT),
    "teapot": Kind(cutlery.teapot, "ceramic", "#3f6f8a", 0.9, "box", (-0.85, 0.0, 0.0)),
    "toothbrush": Kind(cutlery.toothbrush, "plastic", "#2f86c0", 0.02, "cylinder", SHAFT),
    "tray": Kind(cutlery.tray, "wood", "#7a5436", 0.8, rests_on=True),
    "vase": Kind(things.vase, "ceramic", "#4a7f94", 1.1, "cylinder", (0.0, 0.2, 0.0), hollow=0.6),
    "wine_glass": Kind(cutlery.wine_glass, "glass", "#6a1226", 0.2, "cylinder", (0.0, -0.4, 0.0)),
}

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
    "ice_cream": Kind(food.ice_cream, "food", "#e58fae", 0.15, "cylinder", SHAFT),
    "orange": Kind(food.orange, "food", "#f08a1e", 0.2, "sphere", floats=True),
    "pizza": Kind(food.pizza, "food", "#a8321f", 0.6, "cylinder", (0.9, 0.0, 0.0)),
    "pumpkin": Kind(food.pumpkin, "food", "#e0761c", 5.0, "sphere", floats=True),
    "sandwich": Kind(food.sandwich, "food", "#b5763a", 0.25),
    "watermelon": Kind(food.watermelon, "food", "#2d5a2a", 6.0, "box", floats=True),
}

_WORN: dict[str, Kind] = {
    "backpack": Kind(furnishing.backpack, "cloth", "#2f6a8a", 1.6, "box", TOP),
    "bag": Kind(things.bag, "leather", "#8a3f2a", 1.2, "box", (0.0, 0.92, 0.0)),
    "crown": Kind(treasure.crown, "gold", "", 1.1, "cylinder", (0.0, -0.8, 0.85)),
    "hat": Kind(things.hat, "cloth", "#4a3a2c", 0.2, "cylinder", (0.0, -0.8, 0.85)),
    "ring": Kind(treasure.finger_ring, "gold", "", 0.01),
    "shoe": Kind(furnishing.shoe, "leather", "#b3202c", 0.4),
    "sneaker": Kind(things.sneaker, "cloth", "#c8402f", 0.4),
    "suitcase": Kind(
        things.suitcase, "leather", "#6f4526", 6.0, "box", (0.0, 0.95, 0.0), rests_on=True
    ),
    "tie": Kind(treasure.necktie, "cloth", "#8a1f2c", 0.06, "box", TOP),
    "umbrella": Kind(things.umbrella, "cloth", "#a8242c", 0.5, "cylinder", (0.0, -0.85, 0.0)),
    "watch": Kind(things.watch, "gold", "", 0.12),
}

_TREASURE: dict[str, Kind] = {
    "bone": Kind(treasure.bone, "food", "#e6dcc2", 0.3),
    "broomstick": Kind(
        treasure.broomstick,
        "wood",
        "#7a5230",
        1.0,
        "box",
        (0.0, 0.0, 0.3),
        way="air",
        seat=Seat((0.0, 0.12, 0.2), "astride"),
    ),
    "cauldron": Kind(treasure.cauldron, "iron", "#2b2b2d", 20.0, "cylinder"),
    "coin": Kind(treasure.coin, "gold", "", 0.02, "box"),
    "crystal_ball": Kind(treasure.crystal_ball, "crystal", "#8fb4d8", 3.0, "sphere"),
    "diamond": Kind(treasure.diamond, "crystal", "#bfe2f0", 0.3, "sphere"),
    "globe": Kind(treasure.globe, "paint", "#2f6fa8", 2.0, "box"),
    "hourglass": Kind(treasure.hourglass, "wood", "#6a4426", 0.7, "cylinder"),
    "key": Kind(treasure.key, "brass", "", 0.06, "box", (0.0, 0.5, 0.0)),
    "letter": Kind(treasure.letter, "paper", "", 0.02),
    "map": Kind(treasure.map_, "paper", "#d8bf8a", 0.08, "box", (-0.9, 0.0, 0.0)),
    "medal": Kind(treasure.medal, "gold", "", 0.15, "box", TOP),
    "scroll": Kind(treasure.scroll, "paper", "#dcc696", 0.1),
    "skull": Kind(treasure.skull, "food", "#e2d7bd", 0.9),
    "treasure_chest": Kind(treasure.treasure_chest, "wood", "#6f4526", 25.0),
    "trophy": Kind(treasure.trophy, "gold", "", 1.4, "cylinder", (0.0, -0.2, 0.0)),
    "wand": Kind(treasure.wand, "wood", "#3a2418", 0.1, "cylinder", (0.0, -0.7, 0.0)),
}

_SOUNDING: dict[str, Kind] = {
    "drum": Kind(instruments.drum, "wood", "#a82a26", 4.0, "cylinder"),
    "easel": Kind(instruments.easel, "paint", "#c0562e", 5.0, size_max=1.5),
    "guitar": Kind(things.guitar, "wood", "#b5712e", 2.2, "box", (0.0, 0.5, 0.3)),
    "microphone": Kind(things.microphone, "metal", "#1d1e20", 0.3, "cylinder", (0.0, -0.4, 0.0)),
    "piano": Kind(instruments.piano, "paint", "#121214", 300.0, rests_on=False, size_max=1.3),
    "radio": Kind(appliances.radio, "wood", "#7a4a2a", 2.0, rests_on=True),
    "saxophone": Kind(instruments.saxophone, "brass", "", 2.5, "box"),
    "trumpet": Kind(instruments.trumpet, "brass", "", 1.2, "box"),
    "violin": Kind(instruments.violin, "wood", "#8a3f1c", 0.6, "box", (0.0, 0.6, 0.0)),
    "binoculars": Kind(instruments.binoculars, "plastic", "#222426", 0.8),
    "camera": Kind(things.photo_camera, "plastic", "#1b1c1e", 0.6),
    "telescope": Kind(instruments.telescope, "brass", "", 6.0),
}

_ROOM: dict[str, Kind] = {
    "basket": Kind(
        furnishing.basket, "wood", "#b08a4c", 0.6, "cylinder", TOP, hollow=0.6, floats=True
    ),
    "bathtub": Kind(furnishing.bathtub, "ceramic", "#e8e4da", 90.0, size_max=1.5, hollow=0.4),
    "bed": Kind(furniture.bed, "cloth", "#5a6b7d", 60.0, rests_on=True, size_max=1.5),
    "bench": Kind(_bench, "wood", "", 30.0, rests_on=True, size_max=1.5),
    "book": Kind(things.book, "cloth", "#7a2a26", 0.5, rests_on=True),
    "bookshelf": Kind(_shelf, "wood", "#5c3f2a", 70.0, rests_on=True, size_max=1.5),
    "cage": Kind(furnishing.cage, "brass", "", 1.5, "cylinder", TOP),
    "chair": Kind(furniture.chair, "wood", "#b58a5c", 5.0, "box", (0.0, 0.9, -0.8), rests_on=True),
    "clock": Kind(things.clock, "wood", "#5c3f2a", 1.2),
    "cupboard": Kind(_cupboard, "wood", "#8a6a48", 45.0, rests_on=True, size_max=1.5),
    "desk": Kind(furnishing.desk, "wood", "#7a5436", 40.0, rests_on=True, size_max=1.5),
    "door": Kind(furnishing.door, "wood", "#7a4a2a", 30.0, size_max=1.5),
    "fan": Kind(appliances.fan, "plastic", "#3f86b0", 4.0),
    "fireplace": Kind(furnishing.fireplace, "stone", "#a39c8e", 300.0, size_max=1.3, flame_m=0.15),
    "floor_lamp": Kind(_floor_lamp, "cloth", "#e2cfa0", 5.0, "cylinder", size_max=1.3),
    "keyboard": Kind(appliances.keyboard, "plastic", "#2a2b2e", 0.6),
    "ladder": Kind(furnishing.ladder, "wood", "#c09a5c", 8.0, size_max=1.8),
    "lamp": Kind(furniture.table_lamp, "ceramic", "#5f7a86", 1.8, "cylinder"),
    "laptop": Kind(furniture.laptop, "metal", "#a9adb2", 1.6),
    "microwave": Kind(appliances.microwave, "plastic", "#d5d6d6", 12.0, rests_on=True),
    "mirror": Kind(things.mirror, "wood", "#7a5a34", 8.0, size_max=1.8),
    "monitor": Kind(appliances.monitor, "plastic", "#1a1b1d", 5.0),
    "mouse": Kind(appliances.mouse, "plastic", "#d8d9da", 0.1),
    "oven": Kind(appliances.oven, "paint", "#dcdcd8", 50.0, rests_on=True, size_max=1.3),
    "painting": Kind(_painting, "wood", "#8a6a34", 3.0),
    "phone": Kind(things.phone, "glass", "#17181b", 0.2, "box", (0.0, -0.3, -0.5)),
    "pillow": Kind(furnishing.pillow, "cloth", "#c9586a", 0.6),
    "plant": Kind(_plant, "clay", "", 4.0, "cylinder", size_max=1.8),
    "cactus": Kind(playground.cactus, "plant", "#3f7a3c", 1.5, "cylinder"),
    "refrigerator": Kind(appliances.refrigerator, "paint", "#dfe0de", 70.0, size_max=1.3),
    "remote": Kind(appliances.remote, "plastic", "#1c1d20", 0.1, "box", (0.0, 0.0, 0.4)),
    "rug": Kind(furnishing.rug, "cloth", "#8a2a30", 6.0, rests_on=True, size_max=1.8),
    "sink": Kind(furnishing.sink, "porcelain", "", 20.0, size_max=1.3),
    "sofa": Kind(furniture.sofa, "cloth", "#7a8a7c", 50.0, rests_on=True, size_max=1.5),
    "stairs": Kind(furnishing.stairs, "wood", "#8a6238", 120.0, size_max=1.5),
    "stool": Kind(furniture.stool, "wood", "#b58a5c", 4.0, "cylinder", rests_on=True),
    "table": Kind(furniture.table, "wood", "#9a7448", 22.0, rests_on=True, size_max=1.8),
    "telephone": Kind(appliances.telephone, "plastic", "#a8221e", 1.4),
    "television": Kind(appliances.television, "plastic", "#1a1b1d", 11.0, size_max=1.8),
    "toaster": Kind(appliances.toaster, "steel", "", 1.6),
    "toilet": Kind(furnishing.toilet, "porcelain", "", 30.0, size_max=1.3),
    "typewriter": Kind(appliances.typewriter, "metal", "#2f4a44", 5.0),
    "vacuum": Kind(appliances.vacuum, "plastic", "#b5302a", 5.0, way="wheels"),
    "wardrobe": Kind(furnishing.wardrobe, "wood", "#7a5436", 80.0, size_max=1.3),
    "washing_machine": Kind(
        appliances.washing_machine, "paint", "#e2e2de", 65.0, rests_on=True, size_max=1.3
    ),
    "window": Kind(furnishing.window, "paint", "#e9e6df", 15.0, size_max=1.8),
}

_TOOLS: dict[str, Kind] = {
    "barbell": Kind(tools.barbell, "iron", "#2b2c2f", 40.0),
    "cigarette": Kind(tools.cigarette, "paper", "#eeeae0", 0.001, "cylinder", SHAFT),
    "cloth": Kind(tools.cloth, "cloth", "#c9b26a", 0.05),
    "drumstick": Kind(tools.drumstick, "wood", "#c9a064", 0.05, "cylinder", SHAFT),
    "flute": Kind(tools.flute, "silver", "", 0.4, "cylinder", (0.0, -0.5, 0.0)),
    "golf_club": Kind(tools.golf_club, "rubber", "#1d1e20", 0.4, "box", LOW),
    "hairbrush": Kind(tools.hairbrush, "wood", "#8a4a2c", 0.1, "box", SHAFT),
    "iron": Kind(tools.iron, "plastic", "#3f7fb5", 1.2, "box", (0.0, 0.8, 0.0)),
    "mop": Kind(tools.mop, "wood", "#b58a5c", 1.0, "cylinder", (0.0, 0.3, 0.0)),
    "paddle": Kind(tools.paddle, "wood", "#b0803c", 1.0, "box", (0.0, 0.3, 0.0), floats=True),
    "paintbrush": Kind(tools.paintbrush, "paint", "#2f6fb0", 0.02, "cylinder", (0.0, -0.3, 0.0)),
    "pen": Kind(tools.pen, "plastic", "#1f3f8a", 0.01, "cylinder", (0.0, 0.3, 0.0)),
    "rake": Kind(tools.rake, "wood", "#a57a44", 1.2, "box", (0.0, 0.3, 0.0)),
    "razor": Kind(tools.razor, "plastic", "#2f6f9a", 0.03, "box", SHAFT),
    "saw": Kind(tools.saw, "wood", "#a5622e", 0.6, "box", LOW),
    "shovel": Kind(tools.shovel, "wood", "#9a7448", 1.6, "box", (0.0, 0.3, 0.0)),
    "violin_bow": Kind(tools.violin_bow, "wood", "#5a2e18", 0.06, "box", (0.0, -0.9, 0.0)),
    "watering_can": Kind(tools.watering_can, "metal", "#4a7f5a", 1.0, "box", (-0.6, 0.7, 0.0)),
}

INDOORS: dict[str, Kind] = _TABLE | _FOOD | _WORN | _TREASURE | _SOUNDING | _ROOM | _TOOLS
"""Every kind of thing for house and hand by its name."""
