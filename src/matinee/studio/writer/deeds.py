"""How a clause is played: who acts, on what, holding what, standing where.

Language-neutral: every reader hands its clauses to `act`.
"""

from matinee.film.screenplay import Relation

from . import words
from .draft import Clause, Deed, Mention, Ref, Talk
from .story import Story
from .words import VerbTraits

# With these actions the thing is in the hand from the start; it is picked up in the others.
# So many candles are on a cake when nobody says how many.
CANDLES = 5
IN_HAND = frozenset(
    [
        *("hold", "throw", "drink", "eat", "read", "present", "walk", "run", "type"),
        *("raise", "swing", "give", "write", "carry"),
    ]
)
TOO_LARGE_TO_HOLD = frozenset(
    [
        *("airplane", "arch", "bathtub", "bed", "bench", "bicycle", "biplane", "boat", "bookshelf"),
        *("bridge", "bus", "campfire", "canoe", "car", "carriage", "cart", "chair", "column"),
        *("christmas_tree", "crate", "cupboard", "desk", "door", "easel", "fence", "fountain"),
        *("fire_hydrant", "fireplace", "floor_lamp", "gate", "goal", "gravestone", "helicopter"),
        *("hot_air_balloon", "house", "mailbox", "motorcycle", "oven", "palm", "parking_meter"),
        *("piano", "pickup", "pyramid", "raft", "refrigerator", "rocket", "rug", "sailboat"),
        *("satellite", "scooter", "ship", "shopping_cart", "sink", "slide", "snowman", "sofa"),
        *("speedboat", "stairs", "statue", "stool", "stop_sign", "street_lamp", "submarine"),
        *("table", "tank", "target", "television", "tent", "toilet", "tractor", "traffic_light"),
        *("train", "tram", "treasure_chest", "tree", "truck", "ufo", "wardrobe", "barrel", "well"),
        *("washing_machine", "wheelbarrow", "wheelchair", "windmill", "window", "drum", "swing"),
    ]
)
# What things do by themselves, by the verb that is read.
THING_DEEDS = {
    "drive": "drive", "ride": "ride", "run": "drive", "rush": "drive", "race": "drive",
    "travel": "drive", "roll": "roll", "arrive": "arrive", "approach": "arrive", "enter": "arrive",
    "come": "arrive", "leave": "leave", "walk": "pass", "cross": "pass", "pass": "pass",
    "stop": "stop", "park": "park", "fly": "fly", "take_off": "take_off", "land": "land",
    "launch": "launch", "rise": "rise", "climb": "rise", "hover": "hover", "float": "float",
    "sail": "sail", "swim": "float", "wander": "float", "sink": "sink", "fall": "fall",
    "trip": "topple", "topple": "topple", "jump": "bounce", "hop": "bounce", "bounce": "bounce",
    "spin": "spin", "look_around": "spin", "dance": "spin", "swing": "swing", "explode": "break",
    "break": "break", "burn": "burn", "smoke": "smoke", "splash": "splash", "crash": "break",
}  # fmt: skip
RELATIONS: dict[str, Relation] = {
    "on": "on",
    "under": "under",
    "left_of": "left_of",
    "right_of": "right_of",
    "by": "beside",
    "in_front_of": "in_front_of",
    "behind": "behind",
    "in": "inside",
    "inside": "inside",
    "over": "on",
    "between": "between",
}
# Somebody at a table has it before them.
SEEN_FROM_FIGURE: dict[str, Relation] = {"at": "in_front_of"}
# Where somebody may be said to be; "in" a thing is so seldom meant that only "inside" counts.
STANDING: dict[str, Relation] = {
    one: RELATIONS[one]
    for one in ("on", "under", "left_of", "right_of", "by", "in_front_of", "behind", "inside")
} | {"between": "between"}
PLAYED = {
    "guitar": ("hold", "playing"),
    "ball": ("throw", "playing"),
    "laptop": ("type", "playing"),
    "phone": ("type", "playing"),
    "table": ("type", "playing"),
    "kite": ("hold", "playing"),
    "teddy_bear": ("hold", "playing"),
    "robot_toy": ("hold", "playing"),
}
SCENERY_VERBS = frozenset({"scene"})
_TOWARDS = ("to", "toward", "at", "with", "for", "from", "by", "in_front_of", "behind", "around")


def act(story: Story, clause: Clause) -> None:
    """Add what a clause says to the story's present moment."""
    verb = words.verbs()[clause.verb]
    if "scene" in verb.traits or not clause.subjects:
        if verb.sound and not clause.subjects:
            story.moment.sounds.append(verb.sound)
        if verb.action in {"cheer", "clap"} and not clause.subjects and not clause.things:
            story.moment.sounds.append(verb.action)
        _place_things(story, clause)
        _let_things_act(story, clause)
        return
    if verb.traits & {"have", "wear"}:
        _possess(story, clause)
        return
    if "link" in verb.traits:
        _stand_somewhere(story, clause)
        return
    _do(story, clause, verb)


def _let_things_act(story: Story, clause: Clause) -> None:
    """Let a car drive, a ball roll and a vase break: a thing that acts by itself."""
    doing = THING_DEEDS.get(clause.verb)
    for thing_id in clause.things if doing else ():
        assert doing is not None, "the loop is empty without it"
        already = {one.verb for one in story.moment.events if one.figure == thing_id}
        if already <= {"fall"} - {doing}:
            story.moment.events.append(
                Deed(thing_id, doing, "", clause.manner, clause.start, clause.end)
            )


def _do(story: Story, clause: Clause, verb: VerbTraits) -> None:
    if verb.mood and story.moment.mood is None:
        story.moment.mood = verb.mood  # type: ignore[assignment]
    if verb.sound:
        story.moment.sounds.append(verb.sound)
    things = [one for ref in clause.objects if ref.kind == "things" for one in ref.ids]
    people = [one for ref in clause.objects if ref.kind == "figures" for one in ref.ids]
    target = _target(story, clause, verb, things, people)
    if not verb.action:
        return
    manner = clause.manner
    name = _with_its_target(story, _named(clause, verb, things, people), target)
    for index, figure_id in enumerate(clause.subjects):
        own_target = target
        mutual = "together" in verb.traits or bool(verb.converse)
        if not own_target and mutual and len(clause.subjects) > 1:
            own_target = clause.subjects[index - 1]
        if own_target == figure_id:
            own_target = ""
        done = name if things else _own_way(story, figure_id, clause.verb, name)
        deed = Deed(figure_id, done, own_target, manner, clause.start, clause.end)
        story.moment.deeds.append(deed)
        if story.figures[figure_id].kind != "animal":
            supplied = _supply(story, figure_id, done)
            deed.target = deed.target or supplied
    _companions(story, clause, verb, people)
    _bring_what_belongs(story, clause, name, people)
    _handle_things(story, clause, verb, things)
    _place_things(story, clause)
    if not verb.traits & {"move", "toward"}:
        _place_people(story, clause)
    _talk(story, clause, verb, people)


def _named(clause: Clause, verb: VerbTraits, things: list[str], people: list[str]) -> str:
    """Return the verb that a clause means, with what it is done to."""
    if "take" in verb.traits and verb.action in {"pick_up", "hold"} and people and not things:
        # Nobody is picked up like a ball: a child is taken into the arms, a thief is pushed.
        return "hug" if clause.verb in {"pick_up", "lift", "carry", "hold"} else "push"
    # People gather by themselves; things are gathered.
    return "approach" if clause.verb == "collect" and not things else clause.verb


def _bring_what_belongs(story: Story, clause: Clause, name: str, people: list[str]) -> None:
    """Bring what a deed cannot be done without: the dog that is walked, the candles blown out."""
    if clause.verb == "walk_dog" or (name == "walk_dog" and people):
        _walk_along(story, clause, people)
    if clause.verb == "blow_candles":
        _light_candles(story)


def _walk_along(story: Story, clause: Clause, animals: list[str]) -> None:
    """Let the dogs that are taken for a walk walk, too; let there be one."""
    there = [one for one in animals if story.figures[one].kind == "animal"]
    if not there:
        there = [one.id for one in story.figures.values() if one.species == "dog"][:1]
    if not there:
        mention = Mention(clause.start, clause.end, "animal", "dog", determiner="a")
        there = list(story.meet(mention).ids)
    for one in there:
        story.moment.deeds.append(Deed(one, "walk", "", "", clause.start, clause.end))


def _light_candles(story: Story) -> None:
    """Put candles on the cake of whoever blows them out."""
    cake = story.provide("cake")
    if cake and not any(one.kind == "candle" for one in story.things.values()):
        candles = story.provide_another("candle")
        if candles:
            story.things[candles].count = CANDLES
            story.put(candles, "on", cake)


def _own_way(story: Story, figure_id: str, verb: str, name: str) -> str:
    """Return how somebody does it who is named by a deed: skiers race on skis, a pianist plays."""
    figure = story.figures[figure_id]
    if verb in {"play", "perform", "practise"}:
        return figure.does or name
    return (figure.goes if "move" in words.verbs()[verb].traits else "") or name


def _supply(story: Story, figure_id: str, verb: str) -> str:
    """Return what somebody does a deed with: what is there, or else what they are given."""
    kind = words.needed_for(verb)
    if not kind:
        return ""
    held = kind not in TOO_LARGE_TO_HOLD
    alike = [one for one in story.things.values() if one.kind == kind]
    own = next((one.id for one in alike if one.anchor in {"", figure_id}), "")
    return own or story.provide_another(
        kind, held_by=figure_id if held else "", near="" if held else figure_id
    )


def do_what_they_are(story: Story) -> None:
    """Let a dancer dance and skaters skate whom the prompt gives nothing to do."""
    busy = {deed.figure for moment in story.moments for deed in moment.deeds}
    busy |= {saying.figure for moment in story.moments for saying in moment.sayings}
    busy |= {one for moment in story.moments for talk in moment.talks for one in talk.speakers}
    for moment in story.moments:
        for figure_id in moment.cast:
            figure = story.figures.get(figure_id)
            if figure is not None and figure.does and figure_id not in busy:
                busy.add(figure_id)
                moment.deeds.append(
                    Deed(figure_id, figure.does, start=figure.start, end=figure.start)
                )


def _with_its_target(story: Story, verb: str, target: str) -> str:
    """Return the deed that an engine plays with just this thing: to ride a bicycle, a horse."""
    played = words.played()
    kinds = [story.things[target].kind] if target in story.things else []
    kinds += [story.figures[target].species] if target in story.figures else []
    for kind in kinds:
        for own in (f"{verb}_{kind}", f"{verb}_{kind}s"):
            if ("verb", own) in played and own in words.verbs():
                return own
    return verb


def _target(
    story: Story, clause: Clause, verb: VerbTraits, things: list[str], people: list[str]
) -> str:
    if "take" in verb.traits and things:
        direct = things[0]
    else:
        direct = people[0] if people else (things[0] if things else "")
    if direct:
        return direct
    if clause.verb == "drop":
        held = [one for one in story.things.values() if one.anchor == clause.subjects[0]]
        return held[-1].id if held else ""
    for relation in (*_TOWARDS, "on", "in", "inside", "under", "left_of", "right_of"):
        for found, ref in clause.obliques:
            if found == relation and ref.kind in {"figures", "things"} and ref.ids:
                if found == "by" and ref.kind == "things" and "move" not in verb.traits:
                    continue
                return ref.ids[0]
    if verb.converse or "give" in verb.traits:
        return story.other(clause.subjects) if len(clause.subjects) == 1 else ""
    return ""


def _companions(story: Story, clause: Clause, verb: VerbTraits, people: list[str]) -> None:
    """Let the others do their part: the chased run, partners dance, guests are led."""
    partners = [
        one
        for found, ref in clause.obliques
        if found == "with" and ref.kind == "figures"
        for one in ref.ids
    ]
    if verb.traits & {"together", "follow"}:
        partners += people
    elif not verb.traits & {"move", "together"} and clause.verb not in {"sit", "play"}:
        partners = []
    lead = clause.subjects[0]
    for figure_id in partners:
        if figure_id not in clause.subjects:
            target = lead if "together" in verb.traits else ""
            story.moment.deeds.append(
                Deed(figure_id, clause.verb, target, clause.manner, clause.start, clause.end)
            )
    recipients = {
        one
        for found, ref in clause.obliques
        if found == "to" and ref.kind == "figures"
        for one in ref.ids
    }
    if "give" in verb.traits:
        for figure_id in (people or sorted(recipients))[:1]:
            if figure_id not in clause.subjects:
                story.moment.deeds.append(
                    Deed(figure_id, "listen", lead, "", clause.start, clause.end)
                )


def _handle_things(story: Story, clause: Clause, verb: VerbTraits, things: list[str]) -> None:  # noqa: C901, PLR0912 - a grammar has as many cases as its language
    lead = clause.subjects[0]
    if story.figures[lead].kind == "animal":
        return
    if "take" in verb.traits and verb.action in IN_HAND:
        for thing_id in things:
            if story.things[thing_id].kind not in TOO_LARGE_TO_HOLD:
                story.hold(lead, [thing_id])
            elif not story.things[thing_id].anchor:
                story.put(thing_id, "in_front_of", lead)
    if "play" in verb.traits:
        _play(story, clause, things)
    needed = {"cook": "pan", "ball": "ball", "phone": "phone", "camera": "camera", "broom": "broom"}
    needed |= {"guitar": "guitar"}
    for trait, kind in needed.items():
        has = trait in verb.traits and not any(story.things[one].kind == kind for one in things)
        already_holds = any(
            one.anchor == lead and one.relation == "held_by" for one in story.things.values()
        )
        if has and not already_holds:
            story.provide(kind, held_by=lead)
    if "read" in verb.traits and not things:
        story.provide("book", held_by=lead)
    if not verb.traits & {"take", "move"} and verb.action in {
        "type",
        "kneel",
        "present",
        "look_around",
    }:
        for thing_id in things:
            if not story.things[thing_id].anchor:
                story.put(thing_id, "in_front_of", lead)
    if "paint" in verb.traits and not things:
        story.provide("painting", near=lead)
    if "piano" in verb.traits:
        known = ("prop", "piano") in words.played()
        story.provide("piano" if known else "table", near=lead)
    if clause.verb == "type" and not things:
        story.provide("laptop", near=lead)
    if clause.verb in {"draw_sword", "duel"} and not things:
        for figure_id in clause.subjects:
            if not any(one.anchor == figure_id for one in story.things.values()):
                story.provide_another("sword", held_by=figure_id)


def _play(story: Story, clause: Clause, things: list[str]) -> None:
    obliques = [
        one
        for found, ref in clause.obliques
        if found in {"with", "on"} and ref.kind == "things"
        for one in ref.ids
    ]
    for thing_id in [*things, *obliques][:1]:
        thing = story.things[thing_id]
        verb, manner = PLAYED.get(thing.kind, ("hold", "playing"))
        for deed in story.moment.deeds:
            if deed.verb == "play" and deed.start == clause.start:
                deed.verb, deed.manner, deed.target = verb, manner, thing_id
        if thing.kind == "table":
            story.put(thing_id, "in_front_of", clause.subjects[0])
        else:
            story.hold(clause.subjects[0], [thing_id])


def _possess(story: Story, clause: Clause) -> None:
    for ref in clause.objects:
        if ref.kind == "things":
            story.hold(clause.subjects[0], ref.ids)


def _stand_somewhere(story: Story, clause: Clause) -> None:
    if any(ref.kind in {"figures", "things"} for _, ref in clause.obliques):
        for figure_id in clause.subjects:
            target = next(
                (ref.ids[0] for _, ref in clause.obliques if ref.ids and figure_id not in ref.ids),
                "",
            )
            story.moment.deeds.append(
                Deed(figure_id, "stand", target, "", clause.start, clause.end)
            )
        _place_things(story, clause)
        _place_people(story, clause)


def _place_people(story: Story, clause: Clause) -> None:
    """Put those who act where the clause says: "behind the bench", "between two women"."""
    moved = [one for ref in clause.objects if ref.kind == "things" for one in ref.ids]
    for found, ref in clause.obliques:
        relation = STANDING.get(found)
        if relation is None or ref.kind not in {"figures", "things"} or not ref.ids:
            continue
        if relation in {"on", "under", "inside"} and (moved or _is_carried(story, ref, found)):
            continue
        for figure_id in clause.subjects:
            anchors = [one for one in _anchors(story, clause, found, ref) if one != figure_id]
            if anchors:
                other = anchors[1] if relation == "between" and len(anchors) > 1 else ""
                story.put(figure_id, relation, anchors[0], other)


def _anchors(story: Story, clause: Clause, found: str, ref: Ref) -> list[str]:
    """Return what somebody or something is placed by; "between" gathers all that is named."""
    if found != "between":
        return list(ref.ids)
    named = [one for relation, other in clause.obliques if relation == found for one in other.ids]
    return [one for one in dict.fromkeys(named) if one in story.figures or one in story.things]


def _is_carried(story: Story, ref: Ref, found: str) -> bool:
    """Whether "under an umbrella" means that it is held."""
    kinds = {story.things[one].kind for one in ref.ids if one in story.things}
    return found == "under" and kinds == {"umbrella"}


def _place_things(story: Story, clause: Clause) -> None:
    """Place the object by the oblique, or the oblique thing as the subject sees it."""
    moved = [one for ref in clause.objects if ref.kind == "things" for one in ref.ids]
    for found, ref in clause.obliques:
        if not ref.ids or ref.kind not in {"figures", "things"}:
            continue
        anchor = ref.ids[0]
        if moved and found in RELATIONS and anchor not in moved:
            lamp = anchor in story.things and story.things[anchor].kind == "lamp"
            relation = "beside" if found == "under" and lamp else RELATIONS[found]
            anchors = _anchors(story, clause, found, ref)
            other = anchors[1] if relation == "between" and len(anchors) > 1 else ""
            for thing_id in moved:
                if found == "in" and anchor in story.figures:
                    continue
                if story.things[thing_id].relation in {"free", "held_by"} or other:
                    story.put(thing_id, relation, anchors[0], other)
        elif clause.subjects and ref.kind == "things":
            writes = words.verbs()[clause.verb].action == "write"
            seen = "at" if writes and found == "on" else found
            _thing_of_subject(story, clause.subjects[0], seen, ref)


def _thing_of_subject(story: Story, figure_id: str, found: str, ref: Ref) -> None:
    for thing_id in ref.ids:
        thing = story.things[thing_id]
        if thing.anchor:
            continue
        if (thing.kind == "umbrella" and found in {"under", "with"}) or (
            found == "with" and thing.kind not in TOO_LARGE_TO_HOLD
        ):
            story.hold(figure_id, [thing_id])
        elif found in SEEN_FROM_FIGURE:
            story.put(thing_id, SEEN_FROM_FIGURE[found], figure_id)


def _talk(story: Story, clause: Clause, verb: VerbTraits, people: list[str]) -> None:
    if not verb.converse or clause.said:
        return
    partners = [
        one
        for found, ref in clause.obliques
        if found in {"with", "to", "at", "from"} and ref.kind == "figures"
        for one in ref.ids
    ]
    listeners = [one for one in (*people, *partners) if one not in clause.subjects]
    topic, kind = clause.topic, clause.topic_kind
    if not topic:
        for ref in clause.objects:
            if ref.kind == "things":
                thing = story.things[ref.ids[0]]
                topic, kind = thing.phrase, thing.kind
    needs_partner = verb.converse not in {"present", "sell", "review", "unbox", "speech", "report"}
    if not listeners and len(clause.subjects) == 1 and needs_partner:
        other = story.other(clause.subjects)
        listeners = [other] if other and other in story.moment.cast else []
    story.moment.talks.append(
        Talk(
            verb.converse,
            tuple(clause.subjects),
            tuple(dict.fromkeys(listeners)),
            topic,
            kind,
            clause.start,
        )
    )
