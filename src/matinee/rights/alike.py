"""Works that a text means without naming them: "a blue cat robot from the future with a pocket".

Embeddings of near meanings lie near, but how near differs from description to description, so a
text counts by how far it comes above what texts about nothing in particular do, in standard
deviations. Texts of another script lie further off, and are measured against texts of their own.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from matinee.kit.db import Session

from . import registry_store
from .matching import Said
from .registry_store import Described

# Over 474 prompts that mean no work and 120 descriptions of made-up characters the highest was
# 5.03 within a script; over 151 Chinese prompts and English descriptions 2.6. Descriptions said in
# other words reached 5.5 to 8.2 within a script and 2.6 to 4.2 across.
ABOVE_SAME = 5.2
ABOVE_OTHER = 3.1
_ALIKE_MOST = 3
_TEXT_CHARACTERS_MAX = 1_000
_HAN = re.compile(r"[\u3400-\u9fff]")

# About nothing in particular, in Latin letters and in Chinese.
_USUAL = (
    (
        "A woman walks along a street in the rain.",
        "Two friends talk at a table in a café.",
        "A dog runs across a field at sunset.",
        "A red car drives through a city at night.",
        "A child builds a sandcastle on the beach.",
        "An old man reads a book by a window.",
        "A robot cleans the kitchen.",
        "Waves break on a rocky shore.",
        "A cat sleeps on a sofa.",
        "A football player scores a goal in a stadium.",
        "Un hombre camina por el desierto.",
        "Ein Vogel fliegt über die Berge.",
        "A spaceship lands on a strange planet.",
        "A magician pulls a rabbit out of a hat.",
        "A dragon sleeps on its treasure.",
        "A superhero flies over the roofs.",
        "A bottle of water stands on a shelf.",
        "A green alien waves at the camera.",
        "A bear in a blue jacket eats honey.",
        "A small blue robot and a girl explore a forest.",
        "A princess sings in a castle garden.",
    ),
    (
        "一个女人在雨中的街道上行走。",
        "两个朋友坐在咖啡馆里聊天。",
        "一只狗在日落时跑过田野。",
        "一辆红色汽车在夜晚的城市里行驶。",
        "一个孩子在海滩上堆沙堡。",
        "一位老人在窗边读书。",
        "一个机器人在打扫厨房。",
        "海浪拍打着岩石。",
        "一只猫睡在沙发上。",
        "足球运动员在体育场进球。",
        "一艘飞船降落在陌生的星球上。",
        "魔术师从帽子里变出一只兔子。",
        "一条龙睡在它的宝藏上。",
        "超级英雄飞过屋顶。",
        "架子上放着一瓶水。",
        "一个绿色的外星人向镜头挥手。",
        "穿蓝色外套的熊在吃蜂蜜。",
        "一个蓝色小机器人和女孩在森林里探险。",
        "公主在城堡花园里唱歌。",
        "一只小猫在钓鱼。",
    ),
)


class Meaning(Protocol):
    """Tells what texts are about, as directions that lie near for near meanings."""

    @property
    def name(self) -> str:
        """Which it is: directions of different ones cannot be compared."""
        ...

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return what texts are about: float32 (count, 384), rows of length 1."""
        ...


def described(description: str, meaning: Meaning) -> Described:
    """What a description is like, and how near any text comes to it."""
    (direction,) = meaning.passages([description[:_TEXT_CHARACTERS_MAX]])
    # Whatever tells meanings can be hashed, which the Protocol does not say.
    kept = _usual(meaning)  # type: ignore[arg-type]
    near = [usual @ direction for usual in kept]
    return Described(
        embedder=meaning.name,
        direction=direction,
        script=_script(description),
        usual=tuple(float(one.mean()) for one in near),
        spread=tuple(max(float(one.std()), 1e-3) for one in near),
    )


def meant(session: Session, texts: Sequence[Said], meaning: Meaning) -> Iterator[tuple[Said, str]]:
    """Yield each text with a work whose description says the same."""
    directions = meaning.passages([one.text[:_TEXT_CHARACTERS_MAX] for one in texts])
    for said, direction in zip(texts, directions, strict=True):
        near = registry_store.alike(
            session,
            direction,
            script=_script(said.text),
            embedder=meaning.name,
            most=_ALIKE_MOST,
        )
        for work_id, is_same, above in near:
            if above >= (ABOVE_SAME if is_same else ABOVE_OTHER):
                yield said, work_id


def _script(text: str) -> int:
    """0 for letters, 1 for Chinese signs."""
    return int(bool(_HAN.search(text)))


@functools.lru_cache(maxsize=4)
def _usual(meaning: Meaning) -> tuple[np.ndarray, ...]:
    return tuple(meaning.passages(texts) for texts in _USUAL)
