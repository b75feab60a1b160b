"""What the verbs of a screenplay mean to somebody's body.

A writer maps what it reads to the engine's actions; a screenplay edited by hand may still name any
verb, and gets the nearest one known here, or somebody who stands there and lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
    "march": _WALK,
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
    "hug": Meaning("hug", reach_m=0.55, social=True),
    "kiss": Meaning("hug", reach_m=0.5, social=True),
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


def meaning(verb: str) -> Meaning:
    """Return how a verb is played; a compound is known by its first or last known word."""
    if verb in MEANINGS:
        return MEANINGS[verb]
    words = verb.split("_")
    for word in (*words, *(word.removesuffix("ing") for word in words)):
        if word in MEANINGS:
            return MEANINGS[word]
    return Meaning("stand")
