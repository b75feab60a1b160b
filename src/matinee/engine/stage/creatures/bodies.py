"""Skeletons of animals that are no quadrupeds: swimmers, snakes, many legs, soft ones, insects.

What has no legs lies along z about the root, which is lifted to where it swims or flies; its unit
is the length of its body. What has many legs stands on the floor as quadrupeds do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .joints import SIDES, Bones, Chain, Floats, point

if TYPE_CHECKING:
    from .species import Form, Species

SPINE_BONES = 14
ARMS, ARM_BONES = 8, 5
SWIM_ENDS = (0.0, 0.26, 0.4, 0.52, 0.62, 0.7, 0.78, 0.87, 1.0)
"""Where the bones of a swimmer begin and end, from the nose: head, chest, pelvis, rump, tail."""
SWIM_BONES = ("head", "chest", "pelvis", "rump", "tail1", "tail2", "tail3", "tail4")


def station(form: Form, share: float) -> tuple[float, float, float]:
    """Return half the width, half the height and the rise of a body at a share of its length."""
    at = [one[0] for one in form.stations]
    found = [float(np.interp(share, at, [one[k] for one in form.stations])) for k in (1, 2, 3)]
    return found[0], found[1], found[2]


def _eyes(bones: Bones, form: Form, parent: str) -> None:
    """Set an eye into each side of a head that is a part of the body."""
    wide, high, rise = station(form, form.eye_at)
    for side, out in SIDES:
        up = form.eye_up
        eye = point(out * 0.93 * wide * np.sqrt(1 - up * up), rise + high * up, 0.5 - form.eye_at)
        bones.add(f"eye_{side}", parent, eye, eye + 0.02 * point(out, 0.1, 0.35))


def swimmer(bones: Bones, one: Species) -> list[Chain]:
    """A spine from nose to tail, a jaw, and a fin at each side."""
    middle = point(0, 0, 0.5 - SWIM_ENDS[2])
    bones.add("pelvis", "", middle, point(0, 0, 0.5 - SWIM_ENDS[3]))
    bones.add("chest", "pelvis", middle, point(0, 0, 0.5 - SWIM_ENDS[1]))
    rise = station(one.form, 0.02)[2]
    bones.add("head", "chest", point(0, 0, 0.5 - SWIM_ENDS[1]), point(0, rise, 0.5))
    bones.add("jaw", "head", point(0, rise, 0.5 - 1.6 * one.form.mouth), point(0, rise, 0.5))
    parent = "pelvis"
    for index in range(3, 8):
        name = SWIM_BONES[index]
        bones.add(
            name,
            parent,
            point(0, 0, 0.5 - SWIM_ENDS[index]),
            point(0, 0, 0.5 - SWIM_ENDS[index + 1]),
        )
        parent = name
    _eyes(bones, one.form, "head")
    side_fin = next(
        (fin for fin in one.form.fins if fin[0] == "side"), ("side", 0.3, 0.36, 0.1, 1.0)
    )
    wide, high, rise = station(one.form, side_fin[1])
    for side, out in SIDES:
        root = point(out * 0.8 * wide, rise - 0.45 * high, 0.5 - side_fin[1])
        bones.add(f"fin_{side}", "chest", root, root + point(out * side_fin[3], 0, 0))
    return []


def serpent(bones: Bones, one: Species) -> list[Chain]:
    """A long spine; every bone is laid along the way the head went."""
    ends = np.concatenate([[0.0, 0.05], np.linspace(0.05, 1.0, SPINE_BONES + 1)[1:]])
    bones.add("pelvis", "", point(0, 0, 0.1), point(0, 0, 0.05))
    bones.add("head", "pelvis", point(0, 0, 0.5 - ends[1]), point(0, 0, 0.5))
    bones.add("jaw", "head", point(0, 0, 0.5 - 0.85 * ends[1]), point(0, 0, 0.5))
    for index in range(SPINE_BONES):
        name = "tail4" if index == SPINE_BONES - 1 else f"spine{index}"
        bones.add(
            name, "pelvis", point(0, 0, 0.5 - ends[index + 1]), point(0, 0, 0.5 - ends[index + 2])
        )
    _eyes(bones, one.form, "head")
    return []


def leg_angles(one: Species) -> Floats:
    """Return where the legs of a side point, from behind, in radians from sideways to ahead."""
    pairs = one.legs // 2
    return np.linspace(-0.85, 0.95 if one.body == "many" else 0.6, pairs)


def many_legged(bones: Bones, one: Species) -> list[Chain]:
    """A low body hung between bent legs; claws before it when it has them."""
    high = 0.72
    bones.add("pelvis", "", point(0, high, 0), point(0, high, 0.1))
    bones.add("chest", "pelvis", point(0, high, 0.05), point(0, high, 0.35))
    bones.add("rump", "pelvis", point(0, high, -0.12), point(0, high, -0.12 - one.tail))
    bones.add("tail1", "rump", point(0, high, -0.12 - one.tail), point(0, high, -0.2 - one.tail))
    face = 0.5 * one.trunk
    bones.add("head", "chest", point(0, high, face), point(0, high, face + one.head))
    bones.add(
        "jaw",
        "head",
        point(0, high - 0.05, face + 0.6 * one.head),
        point(0, high - 0.1, face + one.head),
    )
    for side, out in SIDES:
        eye = point(out * one.eye_out * one.head, high + one.drop, face + 0.8 * one.head)
        bones.add(f"eye_{side}", "head", eye, eye + 0.05 * point(0.4 * out, 0.15, 1.0))
    chains = []
    reach = one.width
    for rank, angle in enumerate(leg_angles(one)):
        for side, out in SIDES:
            way = point(out * np.cos(angle), 0, np.sin(angle))
            root = point(0, high, 0.05) + way * [0.5 * one.depth, 0, 0.5 * one.trunk]
            knee, hock = root + reach * 0.42 * way, root + reach * 0.85 * way
            knee[1], hock[1] = high + one.wrist, one.hock
            paw = root + reach * way
            paw[1] = 0.02
            name = f"{rank}_{side}"
            bones.add(f"thigh{name}", "pelvis", root, knee)
            bones.add(f"shin{name}", f"thigh{name}", knee, hock)
            bones.add(f"hock{name}", f"shin{name}", hock, paw)
            bones.add(f"hpaw{name}", f"hock{name}", paw, paw + 0.06 * way)
            names = ("", *(f"{bone}{name}" for bone in ("thigh", "shin", "hock", "hpaw")))
            pole = (float(np.cos(angle)) * 0.3, 1.0, float(np.sin(angle)) * 0.3)
            chains.append(Chain(side, names, fore=rank > 1, rank=rank, pole=pole))
    if "claws" in one.extras:
        _claws(bones, one, high)
    if one.wings:
        _gauze(bones, point(0, high + 0.4 * one.depth, 0.1), one.span, 2)
    return chains


def _claws(bones: Bones, one: Species, high: float) -> None:
    for side, out in SIDES:
        root = point(out * 0.4 * one.depth, high - 0.05, 0.45 * one.trunk)
        elbow = root + point(out * 0.4, 0.05, 0.3)
        wrist = elbow + point(-out * 0.12, 0.08, 0.36)
        bones.add(f"arm_{side}", "pelvis", root, elbow)
        bones.add(f"forearm_{side}", f"arm_{side}", elbow, wrist)
        bones.add(f"claw_{side}", f"forearm_{side}", wrist, wrist + point(-out * 0.1, 0.05, 0.45))


def soft(bones: Bones, one: Species) -> list[Chain]:
    """A mantle and arms that hang from it, made of links."""
    bones.add("pelvis", "", point(0, 0.5, 0), point(0, 0.8, 0))
    bones.add("head", "pelvis", point(0, 0.5, 0), point(0, 0.95, 0))
    for side, out in SIDES:
        eye = point(out * 0.1, 0.54, 0.115)
        bones.add(f"eye_{side}", "head", eye, eye + 0.03 * point(0.7 * out, 0, 1))
    for arm in range(ARMS):
        turn = 2 * np.pi * (arm + 0.5) / ARMS
        way = point(np.sin(turn), 0, np.cos(turn))
        bell = one.name == "jellyfish"
        at = point(0, 0.63 if bell else 0.44, 0) + (0.2 if bell else 0.09) * way
        parent = "pelvis"
        for link in range(ARM_BONES):
            down = 0.9 if one.name == "octopus" else 1.5
            after = at + one.tail / ARM_BONES * (np.cos(down) * way - point(0, np.sin(down), 0))
            last = arm == ARMS - 1 and link == ARM_BONES - 1
            name = "tail4" if last else f"arm{arm}_{link}"
            bones.add(name, parent, at, after)
            at, parent = after, name
    return []


def flutterer(bones: Bones, one: Species) -> list[Chain]:
    """A small body with two pairs of wings."""
    bones.add("pelvis", "", point(0, 0, 0.05), point(0, 0, 0.1))
    bones.add("chest", "pelvis", point(0, 0, 0.05), point(0, 0, 0.25))
    bones.add("head", "chest", point(0, 0, 0.25), point(0, 0, 0.5))
    bones.add("tail4", "pelvis", point(0, 0, 0), point(0, -0.03, -0.5))
    for side, out in SIDES:
        eye = point(out * 0.75 * one.head * 0.5, 0.03, 0.36)
        bones.add(f"eye_{side}", "head", eye, eye + 0.03 * point(0.8 * out, 0.1, 0.6))
    _gauze(bones, point(0, 0.5 * one.depth, 0.16), one.span, 2)
    return []


def _gauze(bones: Bones, root: Floats, span: float, pairs: int) -> None:
    for pair in range(pairs):
        for side, out in SIDES:
            at = root + point(out * 0.04, 0, -0.08 * pair)
            bones.add(
                f"wing{pair}_{side}", "chest", at, at + point(out * span, 0, 0.2 - 0.4 * pair)
            )
