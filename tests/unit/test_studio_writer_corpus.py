"""Prompts as people write them, and what their screenplays must contain.

Each entry: the prompt, then what is expected by key: `place`, `time`, `weather` of the first
setting; `cast` as role:gender (ids lose their numbers); `props`, `actions`, `worn`, `sounds` and
`lines` that must occur; `left` phrases that must be noted as left out, `near` as approximated;
`camera` sizes or moves that must occur; `silent` for no line at all; `beats` for their number.
"""

# ruff: noqa: ISC004 - a prompt is longer than a line of code

from collections.abc import Mapping
from typing import Any

import pytest

from matinee.engine import Repertoire
from matinee.film import Screenplay
from matinee.studio.writer import OfflineWriter

Expected = Mapping[str, Any]

CORPUS: list[tuple[str, Expected]] = [
    # --- English -------------------------------------------------------------------------------
    (
        "Two friends argue about the last slice of pizza in a kitchen at night.",
        {"place": "kitchen", "time": "night", "cast": {"friend"}, "props": {"plate"}, "talk": 2},
    ),
    (
        "An old fisherman repairs a lantern at dawn in a small harbour. A girl in a red coat walks "
        'up to him and asks, "Are you lost?" He laughs and says "No, I am home."',
        {
            "place": "harbour",
            "time": "dawn",
            "cast": {"fisherman:man", "girl:woman"},
            "props": {"lantern"},
            "worn": {"coat:#c0262d"},
            "lines": {"girl": "Are you lost?", "fisherman": "No, I am home."},
        },
    ),
    (
        "A gladiator walks into the colosseum at sunset while the crowd cheers.",
        {"place": "colosseum", "time": "sunset", "actions": {"walk"}, "sounds": {"cheer"}},
    ),
    (
        "A streamer presents a red lipstick in a livestream studio.",
        {"place": "livestream_studio", "props": {"lipstick"}, "said": "red lipstick"},
    ),
    (
        "A dancing robot in the rain at night on a neon street, tracking shot, then the robot "
        "looks up at the sky.",
        {
            "place": "neon_city",
            "weather": "rain",
            "time": "night",
            "cast": {"robot"},
            "actions": {"dance", "look_around"},
            "camera": {"tracking"},
            "silent": True,
        },
    ),
    (
        "An astronaut in a white suit finds a glowing red balloon on Mars. She picks it up and "
        "smiles.",
        {
            "place": "desert_pyramids",
            "near": {"Mars"},
            "cast": {"astronaut:woman"},
            "props": {"balloon"},
            "actions": {"pick_up"},
            "silent": True,
        },
    ),
    (
        "A woman with long black hair and glasses reads a book under a tree in a park. A boy "
        "throws a ball to her, and she catches it.",
        {
            "place": "park",
            "cast": {"woman:woman", "boy:man"},
            "props": {"book", "ball"},
            "actions": {"read", "throw", "pick_up"},
            "worn": {"glasses:"},
        },
    ),
    (
        "Sunset over the ocean, waves crashing, no people, calm piano music.",
        {"place": "beach", "time": "sunset", "cast": set(), "silent": True},
    ),
    (
        "A man is chased by a bear through the forest.",
        {"place": "forest", "cast": {"man:man", "bear"}, "actions": {"run"}},
    ),
    (
        'The chef tells the waiter to bring a plate. "Right away!" says the waiter.',
        {
            "place": "kitchen",
            "cast": {"chef", "waiter:man"},
            "lines": {"chef": "Bring a plate!", "waiter": "Right away!"},
        },
    ),
    (
        "A detective asks where the money is. The thief shrugs and says that he doesn't know. "
        "Suddenly a phone rings.",
        {
            "lines": {"detective": "Where is the money?", "thief": "I don't know."},
            "actions": {"shrug"},
            "sounds": {"phone"},
        },
    ),
    (
        '"I never wanted this," said Maria. "Then why did you come?" asked Tom.',
        {
            "cast": {"maria:woman", "tom:man"},
            "lines": {"maria": "I never wanted this.", "tom": "Then why did you come?"},
        },
    ),
    (
        "A sad clown sits alone on a bench in heavy snow. A little girl gives him a flower. "
        "He smiles.",
        {
            "weather": "snow",
            "cast": {"clown:man", "girl:woman"},
            "props": {"chair", "flower"},
            "actions": {"sit", "present"},
            "near": {"a bench"},
            "silent": True,
        },
    ),
    (
        "Elderly couple dancing slowly in their living room, romantic, no dialogue.",
        {
            "place": "living_room",
            "cast": {"woman:woman", "man:man"},
            "actions": {"dance"},
            "silent": True,
        },
    ),
    (
        "A ninja sneaks across a rooftop at midnight, low angle. She stops, looks around, and "
        "jumps.",
        {
            "place": "rooftop_night",
            "cast": {"ninja:woman"},
            "actions": {"sneak", "look_around", "jump"},
            "camera": {"low"},
        },
    ),
    (
        "A streamer unboxes a pair of sneakers and reviews them enthusiastically.",
        {"place": "livestream_studio", "props": {"sneaker"}, "said": "sneakers"},
    ),
    (
        "A king orders his knights to attack. They charge into battle with swords raised.",
        {"cast": {"king:man", "knight"}, "lines": {"king": "Attack!"}, "actions": {"fight"}},
    ),
    (
        "Make a 10 second video about a barista confessing her love to a customer in a coffee "
        "shop.",
        {"place": "cafe", "cast": {"barista", "customer"}, "said": "love you", "ms": 10_000},
    ),
    (
        "Product ad: a sleek black smartwatch on a wooden table, orbiting shot, upbeat music.",
        {"props": {"watch", "table"}, "cast": set(), "camera": {"orbit"}, "silent": True},
    ),
    (
        "Tom doesn't like rain, so he stays home and reads a newspaper.",
        {"cast": {"tom:man"}, "props": {"newspaper"}, "left": {"doesn't like"}},
    ),
    (
        "A boy finds an old map in the attic, then he travels to a desert.",
        {"place": "living_room", "places": {"living_room", "desert_pyramids"}, "cast": {"boy:man"}},
    ),
    (
        "A knight with a silver shield kneels before the queen in a castle hall.",
        {
            "place": "castle_hall",
            "cast": {"knight", "queen:woman"},
            "props": {"shield"},
            "actions": {"kneel"},
        },
    ),
    (
        "Three children jump on a rainy street while their mother holds an umbrella.",
        {
            "place": "street",
            "weather": "rain",
            "cast": {"child", "mother:woman"},
            "props": {"umbrella"},
            "actions": {"jump", "hold"},
            "people": 4,
        },
    ),
    (
        "A tall man in a black suit and a red-haired woman in a green dress dance on a stage.",
        {
            "place": "stage_concert",
            "cast": {"man:man", "woman:woman"},
            "worn": {"suit:#17181a", "dress:#2f8f46"},
            "actions": {"dance"},
            "hair": {"#b5562a"},
        },
    ),
    (
        "A green apple, a candle and two cups on a table, close-up.",
        {"props": {"apple", "candle", "cup", "table"}, "camera": {"close_up"}, "cast": set()},
    ),
    (
        "The professor explains quantum physics to a student in a classroom.",
        {"place": "classroom", "cast": {"professor", "student"}, "said": "quantum physics"},
    ),
    (
        "A pirate whispers to his parrot on a foggy pier.",
        {"place": "harbour", "weather": "fog", "cast": {"pirate", "parrot"}},
    ),
    (
        "A wizard reads a spellbook by candlelight in a tower made of cheese.",
        {"cast": {"wizard:man"}, "props": {"book"}},
    ),
    (
        "A businesswoman types on a laptop in an office; her phone rings.",
        {
            "place": "office",
            "cast": {"businesswoman:woman"},
            "props": {"laptop"},
            "sounds": {"phone"},
        },
    ),
    (
        "A drone shot over a snowy mountain at dawn, epic music, no people.",
        {
            "place": "mountain",
            "weather": "snow",
            "time": "dawn",
            "camera": {"crane_up"},
            "cast": set(),
        },
    ),
    (
        "Anna, a tired nurse, sits in a cafe and drinks a cup of coffee.",
        {
            "place": "cafe",
            "cast": {"anna:woman"},
            "people": 1,
            "actions": {"sit", "drink"},
            "props": {"cup"},
        },
    ),
    (
        "A man named Oscar waves at a woman called Ruby on a bridge.",
        {"place": "bridge", "names": {"Oscar", "Ruby"}, "actions": {"wave"}},
    ),
    (
        "Title: The Last Train\nA soldier waits on the street in the rain with a suitcase.",
        {"title": "The Last Train", "props": {"suitcase"}, "weather": "rain"},
    ),
    (
        "Shot 1: Wide shot of a snowy square at dusk. Shot 2: A little girl in a yellow coat holds "
        'a lantern. Shot 3: Close-up of the girl; she whispers "Merry Christmas, grandpa."',
        {
            "place": "snow_square",
            "time": "sunset",
            "beats": 3,
            "people": 1,
            "camera": {"wide", "close_up"},
            "worn": {"coat:#f2cf3b"},
            "lines": {"girl": "Merry Christmas, grandpa."},
        },
    ),
    (
        "1. A dog runs on a beach.\n2. A boy throws a ball.\n3. They sit together at sunset.",
        {"place": "beach", "beats": 3, "cast": {"dog", "boy:man"}, "actions": {"run", "throw"}},
    ),
    (
        "[0-4s] A chef cuts bread.\n[4-10s] He smiles at the camera.",
        {"beats": 2, "durations": [4000, 6000], "cast": {"chef"}},
    ),
    (
        "INT. KITCHEN - NIGHT\n\nANNA, a tired chef, stirs a pot.\n\nBEN\n(whispering)\nIs it "
        "ready?\n\nANNA\nAlmost.\n\nEXT. HARBOUR - DAWN\n\nBen sits on a crate.",
        {
            "places": {"kitchen", "harbour"},
            "names": {"Anna", "Ben"},
            "lines": {"anna": "Almost.", "ben": "Is it ready?"},
            "people": 2,
        },
    ),
    (
        "Anna: Did you hear that?\nBen: It was only the wind.\nAnna: The wind has no feet.",
        {
            "cast": {"anna:woman", "ben:man"},
            "lines": {"anna": "Did you hear that?", "ben": "It was only the wind."},
        },
    ),
    (
        "A cat wearing a tiny crown sits on a chair.",
        {"cast": {"cat"}, "left": {"a tiny crown"}, "actions": {"sit"}},
    ),
    (
        "A vampire and a werewolf play chess by candlelight. Camera slowly pushes in.",
        {"cast": {"vampire", "wolf"}, "camera": {"push_in"}},
    ),
    (
        'An alien lands a spaceship in a meadow and says "Take me to your leader" to a cow.',
        {"cast": {"alien", "cow"}, "lines": {"alien": "Take me to your leader"}},
    ),
    (
        "Five soldiers march through the desert with flags.",
        {"place": "desert_pyramids", "people": 5, "props": {"flag"}, "actions": {"walk"}},
    ),
    (
        "My grandmother teaches me how to bake bread in her kitchen.",
        {"place": "kitchen", "cast": {"grandmother:woman", "me"}, "props": {"bread"}},
    ),
    (
        "A violinist plays on a bridge in the fog; a stranger drops a coin and walks away.",
        {"place": "bridge", "weather": "fog", "cast": {"musician", "stranger"}},
    ),
    # --- Chinese -------------------------------------------------------------------------------
    (
        "两个朋友在厨房里为最后一块披萨争吵。",
        {"place": "kitchen", "cast": {"friend"}, "talk": 2, "said": "披萨", "language": "zh"},
    ),
    (
        "一个穿着红色外套的女人在雨夜的霓虹街道上奔跑，身后有一个机器人追着她。",
        {
            "place": "neon_city",
            "time": "night",
            "weather": "rain",
            "cast": {"woman:woman", "robot"},
            "worn": {"jacket:#c0262d"},
            "actions": {"run"},
            "silent": True,
        },
    ),
    (
        "黄昏时分，老渔夫坐在码头上修理一盏灯笼。小女孩走过来问：“爷爷，你在等谁？”他笑着说：“等你奶奶"
        "回家。”",
        {
            "place": "harbour",
            "time": "sunset",
            "cast": {"fisherman:man", "girl:woman"},
            "props": {"lantern"},
            "lines": {"girl": "爷爷，你在等谁？", "fisherman": "等你奶奶回家。"},
        },
    ),
    (
        "角斗士走进斗兽场，举起宝剑，观众欢呼。",
        {
            "place": "colosseum",
            "cast": {"gladiator:man"},
            "props": {"sword"},
            "sounds": {"cheer"},
            "actions": {"walk", "hold"},
        },
    ),
    (
        "一位主播在直播间介绍一支红色口红。",
        {
            "place": "livestream_studio",
            "props": {"lipstick"},
            "said": "口红",
            "actions": {"present"},
        },
    ),
    (
        "镜头一：远景，沙漠中的金字塔，日落。镜头二：中景，一位考古学家拿着火把走向金字塔。镜头三：特写，"
        "她惊讶地说：“终于找到了！”",
        {
            "place": "desert_pyramids",
            "time": "sunset",
            "beats": 3,
            "cast": {"archaeologist:woman"},
            "props": {"torch"},
            "camera": {"wide", "medium", "close_up"},
            "lines": {"archaeologist": "终于找到了！"},
        },
    ),
    (
        "小明和小红在公园里放风筝，突然下起了大雨，小红笑着说她一点也不冷。",
        {
            "place": "park",
            "weather": "rain",
            "names": {"小明", "小红"},
            "props": {"kite"},
            "lines_of": {"小红": "我一点也不冷。"},
        },
    ),
    (
        "程序员深夜在办公室写代码，桌子上放着一杯咖啡和一盏台灯。",
        {
            "place": "office",
            "time": "night",
            "cast": {"programmer"},
            "props": {"table", "cup", "lamp", "laptop"},
            "actions": {"type"},
        },
    ),
    (
        "清晨的森林里有薄雾，一只小鹿在喝水。",
        {"place": "forest", "time": "dawn", "weather": "fog", "cast": {"deer"}, "silent": True},
    ),
    (
        "骑士在城堡大厅里单膝跪地，把一束花送给公主。",
        {
            "place": "castle_hall",
            "cast": {"knight", "princess:woman"},
            "props": {"bouquet"},
            "actions": {"kneel", "present"},
        },
    ),
    (
        "三个孩子在雪地广场上堆雪人，欢笑着。",
        {"place": "snow_square", "weather": "snow", "people": 3},
    ),
    (
        "厨师告诉服务员快点上菜。",
        {"place": "kitchen", "cast": {"chef", "waiter:man"}, "lines": {"chef": "快点上菜。"}},
    ),
    (
        "一对情侣在海边散步，夕阳西下，无对白。",
        {
            "place": "beach",
            "time": "sunset",
            "cast": {"woman:woman", "man:man"},
            "actions": {"walk"},
            "silent": True,
        },
    ),
    (
        "航拍雪山，日出，史诗音乐。",
        {
            "place": "mountain",
            "time": "dawn",
            "cast": set(),
            "camera": {"crane_up"},
            "silent": True,
        },
    ),
    (
        "标题：最后的灯\n一个戴眼镜的老人在图书馆看书。",
        {
            "title": "最后的灯",
            "place": "library",
            "cast": {"old_man:man"},
            "worn": {"glasses:"},
            "actions": {"read"},
        },
    ),
    # --- other languages -----------------------------------------------------------------------
    (
        "Una mujer con un abrigo rojo camina bajo la lluvia por una calle de noche y sonríe.",
        {
            "language": "es",
            "place": "street",
            "time": "night",
            "weather": "rain",
            "cast": {"woman:woman"},
            "worn": {"coat:#c0262d"},
        },
    ),
    (
        "Un vieux pêcheur répare une lanterne au port à l'aube. Une fille demande : « Tu es "
        "perdu ? »",
        {
            "language": "fr",
            "place": "harbour",
            "time": "dawn",
            "cast": {"fisherman:man", "girl:woman"},
            "props": {"lantern"},
            "lines": {"girl": "Tu es perdu ?"},
        },
    ),
    (
        "Ein Ritter kämpft mit einem Drachen in einer Burg bei Nacht.",
        {"language": "de", "place": "castle_hall", "time": "night", "cast": {"knight", "dragon"}},
    ),
    (
        "若い女性が雨の夜、赤い傘を持って通りを歩いている。",
        {"language": "ja", "place": "street", "weather": "rain", "props": {"umbrella"}},
    ),
    (
        "두 친구가 부엌에서 피자를 먹으며 다투고 있다.",
        {"language": "ko", "place": "kitchen", "cast": {"friend"}, "people": 2},
    ),
    (
        "Старик сидит на скамейке в парке и читает газету. Девочка в красном пальто улыбается.",
        {
            "language": "ru",
            "place": "park",
            "cast": {"old_man:man", "girl:woman"},
            "props": {"chair", "newspaper"},
            "worn": {"coat:#c0262d"},
        },
    ),
    (
        "رجل عجوز يجلس على الشاطئ ويقرأ كتاب عند الغروب",
        {"language": "ar", "place": "beach", "time": "sunset", "props": {"book"}},
    ),
    (
        "एक लड़की पार्क में लाल गुब्बारा पकड़े खड़ी है।",
        {"language": "hi", "place": "park", "cast": {"girl:woman"}, "props": {"balloon"}},
    ),
    (
        "Yaşlı bir balıkçı limanda bir fener tamir ediyor.",
        {"language": "tr", "place": "harbour", "cast": {"fisherman:man"}, "props": {"lantern"}},
    ),
    (
        "Kobieta idzie ulicą w deszczu i mówi do dziecka.",
        {"language": "pl", "left": {"ulicą"}, "how": "Polish is not in the lexicon"},
    ),
]


def a_repertoire() -> Repertoire:
    places = (
        "colosseum neon_city desert_pyramids beach forest street kitchen livestream_studio park "
        "snow_square rooftop_night office classroom cafe living_room bedroom stage_concert temple "
        "castle_hall mountain meadow village harbour spaceship library market bridge"
    )
    actions = (
        "stand walk run sit talk listen point wave dance throw pick_up fall cheer look_around nod "
        "clap jump kneel present drink eat fight hold bow shrug think type read sneak crawl"
    )
    props = (
        "ball crate box cup bottle book lantern torch umbrella phone apple bread chair table sword "
        "shield flower bouquet guitar suitcase bag hat laptop camera microphone product_box "
        "lipstick sneaker watch candle lamp plate pan vase gift balloon kite bicycle car boat "
        "drone robot_toy teddy_bear stone barrel bucket broom newspaper flag clock mirror painting"
    )
    garments = (
        "t_shirt shirt jacket coat dress skirt trousers jeans shorts suit hoodie apron armour "
        "tunic swimsuit boots shoes sandals hat cap helmet glasses scarf crown"
    )
    effects = (
        "whoosh splash break door clap cheer dog_bark cat_meow bird engine horn thunder bell phone "
        "heartbeat explosion laser"
    )
    return Repertoire(
        places=tuple(places.split()),
        actions=tuple(actions.split()),
        props=tuple(props.split()),
        garments=tuple(garments.split()),
        hair_styles=("short", "bob", "long", "ponytail", "bun", "curly", "bald", "buzz", "braids"),
        ambiences=("city",),
        effects=tuple(effects.split()),
        voices=("anna",),
    )


def written(prompt: str, *, seed: int = 1) -> Screenplay:
    return OfflineWriter().write(
        prompt, repertoire=a_repertoire(), language=None, seed=seed, duration_ms=None
    )


def plain(character_id: str) -> str:
    """Return an id without the number that tells namesakes apart."""
    return character_id.rstrip("0123456789").rstrip("_")


def facts(play: Screenplay) -> dict[str, Any]:
    """Return what the entries of the corpus speak of."""
    lines = [line for beat in play.beats for line in beat.lines]
    names = {character.id: character.name for character in play.characters}
    return {
        "place": play.settings[0].place,
        "places": {setting.place for setting in play.settings},
        "time": play.settings[0].time_of_day,
        "weather": play.settings[0].weather,
        "language": play.language,
        "title": play.title,
        "cast": {plain(one.id) for one in play.characters}
        | {f"{plain(one.id)}:{one.look.gender}" for one in play.characters},
        "people": len(play.characters),
        "names": set(names.values()),
        "props": {one.kind for one in play.props},
        "actions": {action.verb for beat in play.beats for action in beat.actions},
        "worn": {
            f"{garment.kind}:{garment.colour}"
            for one in play.characters
            for garment in one.look.garments
        },
        "hair": {one.look.hair_colour for one in play.characters},
        "sounds": {cue.name for beat in play.beats for cue in beat.sounds},
        "camera": {
            part
            for beat in play.beats
            for part in (beat.camera.size, beat.camera.move, beat.camera.angle)
        },
        "lines": {(plain(line.character), line.text) for line in lines},
        "lines_of": {(names.get(line.character, ""), line.text) for line in lines},
        "said": " ".join(line.text for line in lines),
        "talk": len(lines),
        "silent": not lines,
        "beats": len(play.beats),
        "durations": [beat.duration_ms for beat in play.beats],
        "ms": sum(beat.duration_ms for beat in play.beats),
        "left": " | ".join(note.phrase for note in play.notes if note.status == "left_out"),
        "near": " | ".join(note.phrase for note in play.notes if note.status == "approximated"),
        "how": " | ".join(note.reason for note in play.notes),
    }


@pytest.mark.parametrize(("prompt", "expected"), CORPUS, ids=[entry[0][:40] for entry in CORPUS])
def test_a_prompt_becomes_the_film_it_describes(prompt: str, expected: Expected) -> None:
    found = facts(written(prompt))
    for key, wanted in expected.items():
        if key == "cast" and not wanted:
            assert found["people"] == 0
        elif key in {"lines", "lines_of"}:
            assert set(wanted.items()) <= found[key]
        elif key in {"said", "how"}:
            assert wanted in found[key]
        elif key in {"left", "near"}:
            assert all(phrase in found[key] for phrase in wanted)
        elif key == "talk":
            assert found[key] >= wanted
        elif isinstance(wanted, set):
            assert wanted <= found[key], key
        else:
            assert found[key] == wanted, key


@pytest.mark.parametrize("prompt", [entry[0] for entry in CORPUS])
def test_a_screenplay_opens_wide_or_as_asked_and_everybody_in_a_beat_does_something(
    prompt: str,
) -> None:
    play = written(prompt)
    for beat in play.beats:
        busy = {action.character for action in beat.actions}
        assert set(beat.cast) <= busy
        assert {line.character for line in beat.lines} <= set(beat.cast) | {"narrator"}
        assert beat.text
