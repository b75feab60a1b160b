"""Photos and clips of real people: what whoever sends one has to say about them.

No model here tells a person's age from a picture, and a guess at it would be wrong about people of
every age. So whoever sends a picture of a person says that it is them or that they agreed, and that
nobody in it is under eighteen; what the words of a request say of a child is believed as well.
"""

from typing import Literal

import msgspec

from . import topics
from .errors import AttestationMissing, MinorsNotCaptured

People = Literal["", "me", "consented"]
Minors = Literal["", "none", "shown"]
_CHILDREN = (
    *("child", "children", "kid", "kids", "baby", "babies", "toddler*", "infant*", "newborn*"),
    *("boy", "girl", "teen", "teenager*", "minor", "minors", "schoolboy*", "schoolgirl*"),
    *("son", "daughter", "nephew", "niece", "grandson", "granddaughter"),
    *("儿童", "孩子", "小孩", "男孩", "女孩", "婴儿", "宝宝", "未成年", "儿子", "女儿"),
    *("niño*", "niña*", "hijo", "hija", "enfant*", "fille", "fils", "tochter", "sohn"),
    *("ребёнок", "ребенок", "дети", "детей"),
)


class Attestation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the people in a picture are, and whether any of them is under eighteen."""

    people_in_photo: People = ""
    minors: Minors = ""


UNATTESTED = Attestation()
"""Nothing was said, because nobody was asked or no person is in the picture."""


def check(attested: Attestation, *, about: str, sender_is_minor: bool = False) -> None:
    """Let a picture of a person be used, or raise why not.

    `about` are the words that come with it. Raises AttestationMissing and MinorsNotCaptured.
    """
    if attested.minors == "shown" or (sender_is_minor and attested.people_in_photo == "me"):
        raise MinorsNotCaptured
    if not attested.people_in_photo:
        raise AttestationMissing
    if topics.said(_CHILDREN, about):
        raise MinorsNotCaptured
