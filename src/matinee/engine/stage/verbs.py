"""What the verbs of a screenplay mean to somebody's body.

A writer maps what it reads to the engine's actions; a screenplay edited by hand may still name any
verb, and gets the nearest one known here, or somebody who stands there and lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from matinee.engine.stage.motion import DEEDS


class Going(Enum):
    """Whether and how an action crosses the floor."""

    NOWHERE = "nowhere"
    ALONG = "along"
    THERE = "there"
    AWAY = "away"


@dataclass(frozen=True)
class Meaning:
    """How a verb is played: the action of the body, where it goes, how near it must be.

    reach_m is the distance from which the action touches its target; `social` actions are aimed at
    somebody else when no target is named; `seated` ones need a seat; `handles` says what happens to
    a prop: "throw", "take", "carry", "drop", "kick",
    "give".
    """

    action: str
    going: Going = Going.NOWHERE
    reach_m: float | None = None
    social: bool = False
    seated: bool = False
    handles: str = ""
    manner: str = ""


STANCES = {
    "excited": 1.0,
    "angry": 1.0,
    "epic": 1.0,
    "happy": 0.9,
    "playful": 0.9,
    "surprised": 0.85,
    "neutral": 0.7,
    "serious": 0.6,
    "afraid": 0.6,
    "calm": 0.5,
    "tender": 0.45,
    "mysterious": 0.45,
    "sad": 0.35,
}
"""How large somebody's gestures are while they speak in a mood, 0 to 1."""

_WALK, _RUN = Meaning("walk", Going.ALONG), Meaning("run", Going.ALONG)
_SIT = Meaning("sit", seated=True)
_TAKE = Meaning("pick_up", reach_m=0.5, handles="take")
_THROW = Meaning("throw", social=True, handles="throw")
_HOLD = Meaning("hold", handles="carry")
_FIGHT = Meaning("fight", reach_m=0.95, social=True)
_TALK = Meaning("talk", social=True)

MEANINGS: dict[str, Meaning] = {
    "stand": Meaning("stand"),
    "wait": Meaning("stand"),
    "idle": Meaning("stand"),
    "walk": _WALK,
    "stroll": _WALK,
    "wander": _WALK,
    "follow": Meaning("walk", Going.THERE),
    "approach": Meaning("walk", Going.THERE),
    "enter": Meaning("walk", Going.THERE),
    "arrive": Meaning("walk", Going.THERE),
    "come": Meaning("walk", Going.THERE),
    "return": Meaning("walk", Going.THERE),
    "leave": Meaning("walk", Going.AWAY),
    "exit": Meaning("walk", Going.AWAY),
    "go": Meaning("walk", Going.ALONG),
    "run": _RUN,
    "jog": _RUN,
    "sprint": _RUN,
    "race": _RUN,
    "chase": Meaning("run", Going.THERE),
    "charge": Meaning("run", Going.THERE),
    "flee": Meaning("run", Going.AWAY),
    "escape": Meaning("run", Going.AWAY),
    "sit": _SIT,
    "sit_down": _SIT,
    "rest": _SIT,
    "talk": _TALK,
    "speak": _TALK,
    "say": _TALK,
    "explain": _TALK,
    "argue": Meaning("talk", social=True, manner="angry"),
    "shout": Meaning("talk", social=True, manner="angry"),
    "listen": Meaning("listen", social=True),
    "point": Meaning("point"),
    "wave": Meaning("wave", social=True),
    "greet": Meaning("wave", social=True),
    "dance": Meaning("dance"),
    "throw": _THROW,
    "toss": _THROW,
    "hurl": _THROW,
    "pass": _THROW,
    "pick_up": _TAKE,
    "take": _TAKE,
    "grab": _TAKE,
    "collect": _TAKE,
    "lift": _TAKE,
    "drop": Meaning("hold", handles="drop"),
    "fall": Meaning("fall"),
    "collapse": Meaning("fall"),
    "trip": Meaning("fall"),
    "faint": Meaning("fall"),
    "die": Meaning("fall"),
    "cheer": Meaning("cheer"),
    "celebrate": Meaning("cheer"),
    "laugh": Meaning("laugh", social=True),
    "look_around": Meaning("look_around"),
    "search": Meaning("look_around"),
    "look": Meaning("look"),
    "watch": Meaning("look"),
    "look_at": Meaning("look"),
    "nod": Meaning("nod", social=True),
    "bow": Meaning("bow", social=True),
    "clap": Meaning("clap"),
    "applaud": Meaning("clap"),
    "jump": Meaning("jump"),
    "leap": Meaning("jump"),
    "kneel": Meaning("kneel"),
    "present": Meaning("present", handles="carry"),
    "show": Meaning("present", handles="carry"),
    "demonstrate": Meaning("present", handles="carry"),
    "sell": Meaning("present", handles="carry"),
    "drink": Meaning("drink", handles="carry"),
    "eat": Meaning("eat", handles="carry"),
    "fight": _FIGHT,
    "punch": _FIGHT,
    "box": _FIGHT,
    "attack": _FIGHT,
    "hit": _FIGHT,
    "hold": _HOLD,
    "carry": _HOLD,
    "hug": Meaning("hug", reach_m=0.45, social=True),
    "shake_hands": Meaning("shake_hands", reach_m=0.75, social=True),
    "open": Meaning("pick_up", reach_m=0.5),
    "push": Meaning("push", reach_m=0.6),
    "kick": Meaning("kick", reach_m=0.45, handles="kick"),
    "catch": Meaning("catch", social=True),
    "cook": Meaning("cook", handles="carry"),
    "write": Meaning("write"),
    "read": Meaning("read", handles="carry"),
    "pray": Meaning("pray"),
    "swim": Meaning("swim"),
    "sleep": Meaning("sleep"),
    "cry": Meaning("cry"),
    "think": Meaning("think"),
    "sing": Meaning("sing"),
    "type": Meaning("type"),
    "sneak": Meaning("sneak", Going.ALONG),
    "crawl": Meaning("crawl", Going.ALONG),
    "salute": Meaning("salute", social=True),
    "shrug": Meaning("shrug"),
    "exercise": Meaning("exercise"),
    "raise": Meaning("raise", handles="carry"),
    "swing": Meaning("swing", reach_m=1.25, social=True, handles="carry"),
    "phone": Meaning("phone", handles="carry"),
    "call": Meaning("phone", handles="carry"),
    "give": Meaning("give", reach_m=0.85, social=True, handles="give"),
    "hand": Meaning("give", reach_m=0.85, social=True, handles="give"),
    "offer": Meaning("give", reach_m=0.85, social=True, handles="give"),
}


_PACES_M_S = {
    "run": 3.4,
    "ride": 3.0,
    "ride_bicycle": 3.6,
    "ride_motorcycle": 6.0,
    "ride_horse": 4.0,
    "drive": 6.0,
    "row": 1.2,
    "skateboard": 3.0,
    "snowboard": 4.0,
    "surf": 3.0,
    "ski": 4.5,
    "skate": 2.8,
    "fly": 4.0,
    "float": 0.4,
    "swim": 0.9,
    "crawl": 0.5,
    "sneak": 0.8,
    "tiptoe": 0.7,
    "limp": 0.7,
    "stagger": 0.7,
    "march": 1.4,
    "skip": 1.7,
    "push_cart": 1.0,
    "walk_dog": 1.2,
    "carry": 1.0,
}
WALK_M_S = 1.3


def pace_m_s(action: str) -> float:
    """Return how fast somebody crosses the floor in an action, metres a second."""
    return _PACES_M_S.get(action, WALK_M_S)


PROFILE = frozenset(
    {
        "play_piano",
        "paint",
        "push_cart",
        "golf",
        "bat",
        "shoot_bow",
        "push_up",
        "sit_up",
        "backflip",
        "dive",
        "row",
        "bowl",
        "serve",
        "knock",
        "open",
        "close",
        "climb",
        "vacuum",
        "iron",
        "pull",
        "push",
        "saw",
        "shoot_basket",
        "sleep",
        "lie_down",
        "wake_up",
        "blow_candles",
        "get_up",
    }
)
"""Actions whose shape is seen from the side."""
TUMBLING = frozenset(
    {"backflip", "cartwheel", "dive", "handstand", "breakdance", "headbang", "spin", "twirl"}
    | {"jump_rope", "push_up", "sit_up", "squat", "waltz", "tango", "sneeze"}
)
"""Actions in which the head goes where no camera would follow."""


def kit(action: str) -> tuple[str, ...]:
    """Return the things without which an action would not be read, each with what may stand in."""
    deed = DEEDS.get(action)
    if deed is None:
        return _KIT.get(action, ())
    return (*(tool.kind for tool in deed.tools), *deed.things)


RIDDEN = {
    "bicycle": "ride_bicycle",
    "motorcycle": "ride_motorcycle",
    "scooter": "ride_motorcycle",
    "skateboard": "skateboard",
    "snowboard": "snowboard",
    "surfboard": "surf",
    "skis": "ski",
    "boat": "row",
    "canoe": "row",
}
"""How things are ridden that one does not sit on as on a horse."""


def ridden(verb: str, kind: str) -> str:
    """Return the action of a verb that is done to a thing of a kind: one pedals what has pedals."""
    body = meaning(verb).action
    return RIDDEN.get(kind, body) if body == "ride" else body


def is_kit(kind: str, verb: str) -> bool:
    """Whether a thing is the tool of an action rather than what it is aimed at."""
    body = ridden(verb, kind)
    return body in DEEDS and any(kind in kinds.split("|") for kinds in kit(body))


_KIT = {
    "drink": ("glass",),
    "eat": ("apple",),
    "read": ("book",),
    "phone": ("phone",),
    "cook": ("pan",),
}

# Whatever somebody is described to do can be asked for by its own name.
_GOING = {
    "ride_bicycle": Going.ALONG,
    "ride_motorcycle": Going.ALONG,
    "ride_horse": Going.ALONG,
    "ride": Going.ALONG,
    "drive": Going.ALONG,
    "row": Going.ALONG,
    "skateboard": Going.ALONG,
    "snowboard": Going.ALONG,
    "surf": Going.ALONG,
    "ski": Going.ALONG,
    "skate": Going.ALONG,
    "fly": Going.ALONG,
    "push_cart": Going.ALONG,
    "walk_dog": Going.ALONG,
    "march": Going.ALONG,
    "limp": Going.ALONG,
    "stagger": Going.ALONG,
    "tiptoe": Going.ALONG,
    "skip": Going.ALONG,
    "carry": Going.ALONG,
}
_REACH_M = {"pet": 0.7, "feed": 0.75, "knock": 0.75, "open": 0.75, "close": 0.8, "pull": 0.8}
_REACH_M |= {"kiss": 0.5, "high_five": 0.8, "slap": 0.65, "waltz": 0.5, "tango": 0.5}
_REACH_M |= {"hold_hands": 0.6}
_REACH_M |= {"water_plants": 0.8, "climb": 0.4, "whisper": 0.6, "open_box": 0.6}
_SOCIAL = frozenset({"beckon", "blow_kiss", "toast", "whisper", "thumbs_up", "stop_sign", "shush"})
_SOCIAL |= {"kiss", "high_five", "slap", "waltz", "tango", "hold_hands"}
_SOCIAL |= {"cast_spell", "sword_fight", "punch", "curtsy"}
_SEATED = frozenset({"play_piano", "play_drums"})
_HANDLED = {"shoot_basket": "throw", "bowl": "throw"}


def _described(action: str) -> Meaning:
    handles = _HANDLED.get(action, "carry" if DEEDS[action].things else "")
    return Meaning(
        action,
        _GOING.get(action, Going.NOWHERE),
        reach_m=_REACH_M.get(action),
        social=action in _SOCIAL,
        seated=action in _SEATED,
        handles=handles,
    )


MEANINGS |= {action: _described(action) for action in DEEDS}
MEANINGS |= {
    "climb": Meaning("climb", reach_m=0.4),
    "lie": MEANINGS["lie_down"],
    "meditates": MEANINGS["meditate"],
    "duel": MEANINGS["sword_fight"],
    "fence": MEANINGS["sword_fight"],
    "cartwheels": MEANINGS["cartwheel"],
    "do_yoga": MEANINGS["yoga"],
    "take_photo": MEANINGS["photograph"],
    "film": MEANINGS["photograph"],
    "take_selfie": MEANINGS["selfie"],
    "use_computer": Meaning("type"),
    "smooch": MEANINGS["kiss"],
    "cuddle": MEANINGS["hug"],
    "stir_pot": MEANINGS["stir"],
    "surfboard": MEANINGS["surf"],
    "levitate": MEANINGS["float"],
    "hover": MEANINGS["float"],
}


def meaning(verb: str) -> Meaning:
    """Return how a verb is played; a compound is known by its first or last known word."""
    if verb in MEANINGS:
        return MEANINGS[verb]
    words = verb.split("_")
    for word in (*words, *(word.removesuffix("ing") for word in words)):
        if word in MEANINGS:
            return MEANINGS[word]
    return Meaning("stand")


_ANIMALS_GO = {
    "swim": "swim", "float": "swim", "dive": "swim", "gallop": "run", "trot": "walk", "hop": "walk",
    "bound": "run", "slither": "walk", "prowl": "walk", "waddle": "walk", "flutter": "fly",
    "soar": "fly", "glide": "fly",
}  # fmt: skip


def meaning_of_animal(verb: str) -> Meaning:
    """Return how an animal plays a verb: what is a posture to people may be its way of going."""
    action = _ANIMALS_GO.get(verb)
    return meaning(verb) if action is None else Meaning(action, Going.ALONG)
