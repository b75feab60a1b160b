"""What animals do: every act as named controls over all frames, and the animal's word for ours.

Angles are radians, positive nose down, and to the left of the animal for yaws; lengths are metres.
A verb that is meant for people is played as the nearest thing an animal does: who waves gives a
paw, who talks barks, who picks something up takes it in the mouth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import deeds, feats

if TYPE_CHECKING:
    from collections.abc import Callable

    from .anatomy import Plan
    from .poses import Controls, Span

PLAYED: Final[dict[str, Callable[[Span], Controls]]] = {
    "stand": deeds.stand,
    "walk": deeds.stand,
    "run": deeds.stand,
    "sit": deeds.sit,
    "lie": deeds.lie,
    "sleep": deeds.sleep,
    "sniff": deeds.sniff,
    "eat": deeds.eat,
    "drink": deeds.eat,
    "look": deeds.look,
    "look_around": deeds.look_around,
    "wag": deeds.wag,
    "listen": deeds.listen,
    "bark": deeds.bark,
    "howl": deeds.howl,
    "give_paw": deeds.give_paw,
    "crouch": deeds.crouch,
    "fall": deeds.fall,
    "jump": feats.jump,
    "dance": feats.dance,
    "pick_up": deeds.pick_up,
    "throw": deeds.toss,
    "fight": deeds.charge,
    "carry": deeds.carry,
    "fly": feats.fly,
    "swim": feats.swim,
    "roll": feats.roll,
    "dig": feats.dig,
    "climb": feats.climb,
    "upright": feats.upright,
    "dance_upright": feats.dance_upright,
    "play": feats.play,
}
ACTS: Final = tuple(PLAYED)
NEAREST_ACT: Final[dict[str, str]] = {
    "talk": "bark", "shout": "bark", "sing": "howl", "cry": "howl", "pray": "lie",
    "wave": "give_paw",
    "point": "look", "nod": "wag", "clap": "wag", "hug": "wag", "bow": "crouch", "cheer": "jump",
    "shake_hands": "give_paw", "kneel": "lie", "hold": "carry", "present": "carry", "give": "carry",
    "catch": "jump", "push": "fight", "kick": "fight", "sneak": "crouch", "crawl": "crouch",
    "think": "listen", "read": "sniff", "write": "sniff", "cook": "sniff", "type": "sniff",
    "laugh": "wag", "celebrate": "jump",
    "kiss": "wag", "backflip": "roll", "cartwheel": "roll", "lie_down": "lie", "pounce": "jump",
    "shake_head": "look_around", "beckon": "give_paw", "carry_box": "carry",
    "roar": "bark", "chase": "run", "gallop": "run", "trot": "walk", "float": "swim",
    "dive": "swim", "hop": "walk", "leap": "jump", "scratch": "dig", "land": "stand",
    "take_off": "fly", "hover": "fly", "bite": "fight", "attack": "fight", "graze": "eat",
}  # fmt: skip


UPRIGHT = frozenset({"upright", "on hind legs", "on two legs", "like a human", "standing up"})


def act_of(plan: Plan, action: str, manner: str = "") -> str:
    """Return what an animal does for an action of people; what nobody knows is standing there."""
    one = plan.species
    known = action if action in PLAYED else NEAREST_ACT.get(action, "stand")
    if manner.lower() in UPRIGHT:
        known = {"dance": "dance_upright", "stand": "upright", "walk": "upright"}.get(known, known)
    if known == "run" and one.body == "bird" and one.flies:
        return "fly"
    if known == "dance" and one.body == "swimmer":
        return "roll"
    return known


def action_for(verb: str, action: str) -> str:
    """Return what is asked of an animal: its own word where it has one, else what a person does.

    verb is the screenplay's word, action what it means to a person's body.
    """
    return verb if verb in PLAYED or verb in NEAREST_ACT else action
