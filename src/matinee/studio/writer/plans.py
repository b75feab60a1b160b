"""Beats in the making, and the structure of a film: where it opens, turns and closes."""

import itertools
from dataclasses import dataclass, field
from typing import Literal

from matinee.film.screenplay import CameraAngle, CameraMove, Mood, Pace, ShotSize, Standpoint

from . import words
from .draft import Deed, Moment, Saying

Part = Literal["establishing", "action", "line", "reaction", "closing"]

LINES_MAX = 8
PRESENT_MAX = 4
# So many silent deeds share a shot with one line.
SILENT_MAX = 2
POSTURES = frozenset({"sit", "sleep", "kneel"})
NEAR_SIZES = frozenset({"close_up", "extreme_close_up", "medium", "over_shoulder"})
ACTIVITIES = frozenset({"read", "type", "write", "cook", "dance", "sing", "exercise"})
DONE_SEATED = frozenset({"read", "type", "write", "sing"})
LEAVING = frozenset({"leave", "flee", "escape"})
STANDING_UP = frozenset({"stand", "walk", "run", "leave", "jump", "dance", "approach", "appear"})
DEEDS_MAX = 12
# Who walks goes on walking in the next shot of the same walk.
STILL_GOING = frozenset({"walk", "run", "sneak", "crawl", "swim", "walk_dog"})
# What happens once is not shown before it happens.
ONCE = frozenset(
    [
        *("raise", "kick", "throw", "give", "hug", "catch", "pick_up", "swing", "shake_hands"),
        *("point", "wave", "bow", "salute", "jump", "push", "nod", "shrug"),
    ]
)
IN_THE_HAND = frozenset({"raise", "swing", "throw", "give"})
# What a thing may do before and after it is told of.
LASTING = frozenset({"drive", "ride", "fly", "hover", "float", "sail", "burn", "smoke", "spin"})
STILL = {"run": "look_around", "walk": "stand", "fall": "kneel", "jump": "stand"}
PLAIN_TALK = frozenset({"talk", "listen"})
# Further looks at one action, in the order in which they are taken.
VIEWS = ("passing", "below", "afar", "near", "beside")
TALKING = (
    PLAIN_TALK | {"present", "nod", "point", "wave", "bow", "shrug", "laugh"} | {"cry", "look"}
)


@dataclass
class Plan:
    """A beat in the making: a part of a moment with its place in the film's structure.

    `view` says how a beat looks at what another one tells: "reaction", "closing", "line", "deed"
    or a name of `VIEWS`; empty for a beat that is told by its own words.
    """

    part: Part
    setting: int
    text: str = ""
    deeds: list[Deed] = field(default_factory=list)
    events: list[Deed] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    cast: list[str] = field(default_factory=list)
    sounds: list[str] = field(default_factory=list)
    mood: Mood = "neutral"
    size: ShotSize | None = None
    move: CameraMove | None = None
    angle: CameraAngle | None = None
    pace: Pace | None = None
    subject: str = ""
    explicit: bool = False
    duration_ms: int = 0
    start: int = 0
    end: int = 0
    others: tuple[Deed, ...] = ()
    view: str = ""
    title: str = ""
    things: list[str] = field(default_factory=list)
    standpoints: list[Standpoint] = field(default_factory=list)

    @property
    def is_repeat(self) -> bool:
        """Whether it looks once more at what another beat tells."""
        return bool(self.view)


def _shown(moment: Moment) -> str:
    """Return the thing that a moment without people is about."""
    return moment.things[0] if moment.things and not moment.cast else ""


def is_empty(moment: Moment) -> bool:
    """Whether nothing can be seen or heard of a moment."""
    return (
        moment.is_bare
        and not moment.cast
        and not moment.things
        and not moment.sounds
        and not moment.title
        and moment.size is None
        and moment.move is None
        and not moment.explicit
    )


def plans_of(moment: Moment, text: str) -> list[Plan]:
    """Return the beats of one moment: its action, then its lines one by one."""
    first = Plan(
        part="action",
        setting=moment.setting,
        text=text,
        deeds=_each_once(moment.deeds),
        events=list(moment.events),
        cast=list(moment.cast),
        sounds=list(moment.sounds),
        mood=moment.mood or "neutral",
        size=moment.size,
        move=moment.move,
        angle=moment.angle,
        pace=moment.pace,
        standpoints=list(moment.standpoints),
        subject=moment.subject or _shown(moment),
        explicit=moment.explicit,
        duration_ms=moment.duration_ms,
        start=moment.start,
        end=moment.end,
        others=tuple(moment.deeds),
        view=moment.view,
        title=moment.title,
        things=list(moment.things),
    )
    if moment.explicit or not moment.sayings:
        first.sayings = list(moment.sayings)[:LINES_MAX]
        if first.sayings and not first.deeds:
            first.part = "line"
        return [first]
    silent = [deed for deed in first.deeds if words.verbs()[deed.verb].action not in TALKING]
    gestures = [deed for deed in first.deeds if words.verbs()[deed.verb].action not in PLAIN_TALK]
    gestures = [deed for deed in gestures if deed not in silent]
    plans = []
    if silent:
        first.deeds = silent
        apart = len(moment.sayings) > 1 or len(silent) > SILENT_MAX
        first.text = _before_line(text, moment.sayings[0].text) if apart else text
        plans.append(first)
    for saying in moment.sayings:
        plans.append(
            Plan(
                part="line",
                deeds=[deed for deed in gestures if deed.figure == saying.figure],
                setting=moment.setting,
                events=list(moment.events),
                text=text,
                view="line" if plans else "",
                sayings=[saying],
                cast=list(moment.cast),
                mood=saying.mood if saying.mood != "neutral" else first.mood,
                size=moment.size if not silent else None,
                move=moment.move if not silent else None,
                angle=moment.angle,
                pace=moment.pace,
                standpoints=list(moment.standpoints),
                sounds=[] if plans else first.sounds,
                start=saying.start,
                end=moment.end,
            )
        )
    if silent and len(moment.sayings) == 1 and len(silent) <= SILENT_MAX:
        first.sayings, first.part = list(moment.sayings), "line"
        return [first]
    return plans


def _before_line(text: str, line: str) -> str:
    """Return what is told before a line is spoken, without who says it."""
    told = text.partition(line.rstrip("."))[0]
    cut = max(told.rfind(mark) for mark in ("，", ", ", "。", ". ", " and "))
    return told[:cut].rstrip() if cut > 0 and line else text


def _each_once(deeds: list[Deed]) -> list[Deed]:
    """Leave away what somebody is said to do twice in one moment: "geht … spazieren"."""
    kept: list[Deed] = []
    for deed in deeds:
        action = words.verbs()[deed.verb].action
        again = any(
            one.figure == deed.figure
            and one.target == deed.target
            and words.verbs()[one.verb].action == action
            for one in kept[-3:]
        )
        if not again:
            kept.append(deed)
    return kept


def inherited(plans: list[Plan]) -> list[Plan]:
    """Let a close-up of a thing show what is being done with it."""
    for before, plan in itertools.pairwise(plans):
        if plan.subject and not plan.cast and not plan.deeds and plan.setting == before.setting:
            plan.cast, plan.deeds = list(before.cast), list(before.deeds)
    return plans


def together(plans: list[Plan]) -> list[Plan]:
    """Keep people who share a place in the picture until they leave it.

    The one who is spoken to stays, so that a line has its listener; who sits goes on sitting.
    """
    present: list[str] = []
    postures: dict[str, Deed] = {}
    standing: dict[str, Standpoint] = {}
    place = -1
    for plan in plans:
        if plan.setting != place:
            present, postures, standing, place = [], {}, {}, plan.setting
        _keep_standing(plan, standing)
        own = list(dict.fromkeys([*plan.cast, *(deed.figure for deed in plan.deeds)]))
        own = list(dict.fromkeys([*own, *(one.figure for one in plan.sayings if one.figure)]))
        acting = {deed.figure for deed in plan.deeds}
        strangers = plan.explicit and not set(own) & set(present)
        if own and not strangers:
            staying = [one for one in present if one not in own]
            plan.cast = [*own, *staying][: max(len(own), PRESENT_MAX)]
            for one in plan.cast:
                if one not in acting and one in postures and one not in _speakers(plan):
                    held = postures[one]
                    plan.deeds.append(
                        Deed(one, held.verb, held.target, held.manner, plan.start, plan.start)
                    )
        plan.deeds = [_seated(postures, deed) for deed in plan.deeds]
        for deed in plan.deeds:
            _remember(postures, deed)
        if own:
            gone = {deed.figure for deed in plan.deeds if deed.verb in LEAVING}
            before = [] if strangers else present
            present = [one for one in dict.fromkeys([*own, *before]) if one not in gone][
                :PRESENT_MAX
            ]
    return plans


def _keep_standing(plan: Plan, standing: dict[str, Standpoint]) -> None:
    """Leave everybody where they were put until they are put elsewhere or go."""
    for one in plan.standpoints:
        standing[one.character] = one
    for deed in plan.deeds:
        own = {one.character for one in plan.standpoints}
        if deed.figure not in own and words.verbs()[deed.verb].action in STILL_GOING:
            standing.pop(deed.figure, None)
    plan.standpoints = list(standing.values())


def _seated(postures: dict[str, Deed], deed: Deed) -> Deed:
    """Let whoever smiles on a bench smile there, and not get up for it."""
    verb, held = words.verbs()[deed.verb], postures.get(deed.figure)
    if held is None or verb.action != "stand" or "face" not in verb.traits:
        return deed
    if words.verbs()[held.verb].action not in POSTURES:
        return deed
    return Deed(deed.figure, held.verb, held.target, verb.manner, deed.start, deed.end)


def _remember(postures: dict[str, Deed], deed: Deed) -> None:
    """Keep what goes on while others act: sitting until one gets up, a task until the next."""
    action = words.verbs()[deed.verb].action
    before = postures.get(deed.figure)
    seated = before is not None and words.verbs()[before.verb].action in POSTURES
    if seated and action in DONE_SEATED:
        return
    if action in POSTURES | ACTIVITIES or deed.manner == "playing":
        postures[deed.figure] = deed
    elif before is not None and (deed.verb in STANDING_UP or not seated):
        del postures[deed.figure]


def _speakers(plan: Plan) -> set[str]:
    return {saying.figure for saying in plan.sayings}


def fill_up(plans: list[Plan], wanted: int, establishing: str, closing: str) -> list[Plan]:
    """Add the shots a film needs: an opening, then a reaction, then a closing image.

    Nothing is added to a shot list: its shots are the film.
    """
    if any(plan.explicit for plan in plans) or len(plans) >= wanted:
        return plans
    plans = _split_deeds(plans, wanted)
    if len(plans) < wanted and plans[0].size not in NEAR_SIZES:
        opening = _opening(plans[0], establishing)
        plans[0].title = ""
        plans = [opening, *plans]
    if len(plans) < wanted and plans[-1].cast:
        plans = [*plans, _reaction(plans[-1])]
    if len(plans) < wanted:
        plans = [*plans, _closing(plans[-1], closing)]
    while len(plans) < wanted:
        plans.insert(len(plans) - 1, _detail(plans, len(plans)))
    return plans


def _split_deeds(plans: list[Plan], wanted: int) -> list[Plan]:
    """Give every deed of the busiest shot one of its own while there is room."""
    spare = wanted - len(plans) - 1
    while spare > 0:
        busiest = max(plans, key=lambda plan: len(_by_verb(plan.deeds)))
        groups = _by_verb(busiest.deeds)
        if len(groups) < 2:  # noqa: PLR2004 - a small count, said by the words beside it
            break
        at = plans.index(busiest)
        parts = []
        for number, deeds in enumerate(groups[:2] if spare == 1 else groups[: spare + 1]):
            part = Plan(**vars(busiest))
            part.deeds = deeds
            part.sayings = busiest.sayings if number == 0 and busiest.part != "line" else []
            part.size = busiest.size if number == 0 else None
            part.move = busiest.move if number == 0 else None
            part.sounds = busiest.sounds if number == 0 else []
            part.title = busiest.title if number == 0 else ""
            part.view = "deed" if busiest.view in {"", "deed"} else busiest.view
            parts.append(part)
        rest = [deed for group in groups[len(parts) :] for deed in group]
        parts[-1].deeds = [*parts[-1].deeds, *rest]
        if busiest.part == "line":
            parts[-1].sayings = busiest.sayings
            for part in parts[:-1]:
                part.part = "action"
        plans[at : at + 1] = parts
        spare = wanted - len(plans) - 1
    return plans


def _by_verb(deeds: list[Deed]) -> list[list[Deed]]:
    groups: list[list[Deed]] = []
    for deed in deeds:
        if groups and (groups[-1][0].start == deed.start):
            groups[-1].append(deed)
        else:
            groups.append([deed])
    return groups


def _stilled(deeds: list[Deed]) -> list[Deed]:
    """Return what people do before or after the action: they stand where it begins or ends."""
    seen: dict[str, Deed] = {}
    for deed in deeds:
        if deed.figure not in seen:
            action = words.verbs()[deed.verb].action
            verb = STILL.get(action, deed.verb)
            target = deed.target if verb == deed.verb else ""
            seen[deed.figure] = Deed(deed.figure, verb, target, start=deed.start, end=deed.end)
    return list(seen.values())


def _opening(first: Plan, text: str) -> Plan:
    deeds = [] if first.part == "line" else [_before(deed) for deed in first.deeds]
    return Plan(
        part="establishing",
        setting=first.setting,
        text=text,
        deeds=_walking_or_still(deeds),
        events=[one for one in first.events if one.verb in LASTING],
        title=first.title,
        cast=list(first.cast),
        mood=first.mood,
        start=first.start,
        standpoints=list(first.standpoints),
        # Where nobody is, what the film is about is seen from the first picture on.
        subject="" if first.cast else first.subject,
        things=list(first.things),
    )


def _before(deed: Deed) -> Deed:
    """Return what somebody does before something that happens once: they stand, or hold it."""
    action = words.verbs()[deed.verb].action
    if action not in ONCE:
        return deed
    verb = "hold" if action in IN_THE_HAND and deed.target else "stand"
    return Deed(deed.figure, verb, deed.target, start=deed.start, end=deed.end)


def _walking_or_still(deeds: list[Deed]) -> list[Deed]:
    moving = [
        deed
        for deed in deeds
        if words.verbs()[deed.verb].action in {"walk", "run", "sneak", "walk_dog"}
    ]
    return moving or _stilled(deeds)


def _reaction(last: Plan) -> Plan:
    listeners = [one for one in last.cast if one not in {deed.figure for deed in last.deeds}]
    said = last.sayings[-1].figure if last.sayings else ""
    listeners = [one for one in listeners if one != said] or [
        one for one in last.cast if one != said
    ]
    subject = (listeners or last.cast)[0]
    going = [one for one in last.deeds if words.verbs()[one.verb].action in STILL_GOING]
    own = [deed for deed in (going or _stilled(last.deeds)) if deed.figure == subject]
    return Plan(
        part="reaction",
        setting=last.setting,
        text=last.text,
        deeds=own,
        cast=list(last.cast),
        mood=last.mood,
        subject=subject,
        start=last.start,
        view="reaction",
        standpoints=list(last.standpoints),
    )


def _next_thing(last: Plan) -> str:
    """Return another thing than the last one seen, so that each gets its picture."""
    others = [one for one in last.things if one != last.subject]
    return others[-1] if others else last.subject


def _closing(last: Plan, text: str) -> Plan:
    return Plan(
        part="closing",
        view="closing",
        subject=_next_thing(last) if not last.cast else "",
        things=list(last.things),
        setting=last.setting,
        text=text,
        deeds=_stilled(last.deeds),
        cast=list(last.cast),
        mood=last.mood,
        start=last.start,
        standpoints=list(last.standpoints),
    )


def _detail(plans: list[Plan], number: int) -> Plan:
    """Return one more look at the action: near, passing by, from afar, from below, in turn."""
    source = plans[number % max(1, len(plans) - 1)]
    seen = sum(plan.view in VIEWS for plan in plans)
    part = Plan(**vars(source))
    part.part = "action"
    part.sayings, part.sounds = [], []
    part.size = part.move = part.angle = None
    part.duration_ms = 0
    part.title = ""
    part.explicit = False
    part.deeds = list(source.deeds)
    if not source.cast:
        part.view = "thing"
        return part
    part.view = VIEWS[seen % len(VIEWS)]
    part.subject = source.cast[seen // len(VIEWS) % len(source.cast)]
    if part.view == "near":
        part.part = "reaction"
    return part


def merge_down(plans: list[Plan], most: int) -> list[Plan]:
    """Join neighbours in one setting, the shortest first, until at most `most` are left.

    Nothing is lost: deeds and lines are put together. Shots of different places stay apart.
    """
    plans = _gathered(plans, most)
    while len(plans) > most:
        pairs = [index for index in range(len(plans) - 1) if _can_join(plans, index)]
        if not pairs:
            break
        best = min(pairs, key=lambda index: _weight(plans[index]) + _weight(plans[index + 1]))
        plans[best : best + 2] = [_joined(plans[best], plans[best + 1])]
    return plans


def _gathered(plans: list[Plan], most: int) -> list[Plan]:
    """Join runs of neighbours from left to right until few enough are left to choose among."""
    run = -(-len(plans) // max(1, 3 * most))
    if run < 2:  # noqa: PLR2004 - a small count, said by the words beside it
        return list(plans)
    gathered: list[Plan] = []
    taken = 0
    for plan in plans:
        pair = [*gathered[-1:], plan]
        if taken and taken < run and _can_join(pair, 0):
            gathered[-1] = _joined(gathered[-1], plan)
            taken += 1
        else:
            gathered.append(plan)
            taken = 1
    return gathered[: 8 * most]


def _can_join(plans: list[Plan], index: int) -> bool:
    first, second = plans[index], plans[index + 1]
    return (
        first.setting == second.setting
        and len(first.sayings) + len(second.sayings) <= LINES_MAX
        and len(first.deeds) + len(second.deeds) <= DEEDS_MAX
    )


def _weight(plan: Plan) -> int:
    spoken = sum(len(saying.text) for saying in plan.sayings)
    return 20 + 10 * len(plan.deeds) + 2 * spoken


def _joined(first: Plan, second: Plan) -> Plan:
    joined = Plan(**vars(first))
    texts = dict.fromkeys(part for part in (first.text, second.text) if part)
    joined.text = " ".join(texts)[:2000]
    joined.deeds = [*first.deeds, *second.deeds]
    joined.events = [*first.events, *second.events]
    joined.sayings = [*first.sayings, *second.sayings]
    joined.cast = list(dict.fromkeys([*first.cast, *second.cast]))[:12]
    joined.sounds = list(dict.fromkeys([*first.sounds, *second.sounds]))
    joined.size = first.size or second.size
    joined.move = first.move or second.move
    joined.title = first.title or second.title
    joined.angle = first.angle or second.angle
    joined.pace = first.pace or second.pace
    placed = {one.character for one in second.standpoints}
    joined.standpoints = [one for one in first.standpoints if one.character not in placed]
    joined.standpoints += second.standpoints
    joined.view = first.view if first.view == second.view else ""
    joined.part = "line" if joined.sayings else "action"
    joined.mood = first.mood if first.mood != "neutral" else second.mood
    joined.duration_ms = first.duration_ms + second.duration_ms
    return joined
