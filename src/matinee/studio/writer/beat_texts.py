"""What a beat's text says: what this beat shows, and never the sentence of its neighbour again.

A beat that is told by words of the prompt keeps them. One that looks again at the same action says
how: "Close on the gladiator.", 「特写：女孩。」 Languages without a grammar of their own are told
in English.
"""

import re

from . import words
from .display import Display
from .draft import Deed, Figure
from .plans import Plan
from .story import Story

LOOKS = {
    "en": {
        "reaction": "Close on {who}.",
        "near": "Close on {who}.",
        "closing": "Wide: {who} in the {place}.",
        "passing": "{Who} passes by.",
        "afar": "{Who}, small in the {place}.",
        "below": "From the ground: {who}.",
        "beside": "Beside {who}.",
        "thing": "Another look at {who}.",
        "place": "The {place}, wide.",
    },
    "zh": {
        "reaction": "特写：{who}。",
        "near": "特写：{who}。",
        "closing": "全景：{place}，{who}。",
        "passing": "{who}从镜头前经过。",
        "afar": "远景：{place}里的{who}。",
        "below": "低角度：{who}。",
        "beside": "镜头在{who}身旁。",
        "thing": "换个角度：{who}。",
        "place": "全景：{place}。",
    },
}
STILL_LOOKS = {"en": "From the side: {who}.", "zh": "侧面：{who}。"}
OPENERS = " \t\n.,;:!?…。，、；：！？—–-"
ENDERS = '.!?…。！？"”」』'
MANY = 3
_CLAUSE_END = re.compile(r"[,;:.!?，。；！？\"“]|\s(?:and|while|then|but|as|when)\s|然后|并")
GOING = frozenset({"walk", "run", "sneak", "crawl", "swim"})


def text_at(source: str, start: int, end: int) -> str:
    """Return the words from `start` to `end` without the stop before them, with the one after."""
    text = source[start:end].lstrip(OPENERS).rstrip(" \t\n,;:，；：、—–")
    text = text[:1].upper() + text[1:]
    if text and text[-1] not in ENDERS and source[end : end + 1] in {".", "!", "?", "。"}:
        text += source[end]
    return text


def name_of(figure: Figure, language: str) -> str:
    """Return what a figure is called in a beat's text: "the gladiator", "Anna", 女孩."""
    if figure.named or language == "zh" or figure.name[-1:].isdigit():
        return figure.name
    role = (figure.species if figure.kind == "animal" else figure.role).replace("_", " ")
    own = figure.name if language == "en" else role
    unlike = figure.name.lower() not in {role, *(one.lower() for one in figure.phrases)}
    if language == "en" and unlike and figure.name in _given_names():
        return figure.name
    return f"the {own.lower() if own[1:].islower() or not own[1:] else own}"


def _given_names() -> frozenset[str]:
    table = words.given_names("en")
    return frozenset(name for names in table.values() for name in names)


def told(plans: list[Plan], story: Story, display: Display, places: list[str]) -> list[Plan]:
    """Give every beat the text of what it shows."""
    before = ""
    for plan in plans:
        language = display.language
        if plan.view == "line" or (plan.sayings and plan.text == before and not plan.explicit):
            plan.text = _spoken(plan, story)
        elif plan.view == "deed":
            plan.text = _deeds(plan, story) or plan.text
            if plan.sayings:
                plan.text = f"{plan.text} {_spoken(plan, story)}"
        elif plan.is_repeat or plan.text == before:
            plan.text = _look(plan, story, language, display.place(places[plan.setting]))
        before = plan.text
    return plans


def _spoken(plan: Plan, story: Story) -> str:
    parts = []
    for saying in plan.sayings:
        if not saying.figure:
            parts.append(saying.text)
            continue
        who = name_of(story.figures[saying.figure], story.language)
        who = who[:1].upper() + who[1:]
        parts.append(
            f"{who}：“{saying.text}”" if story.language == "zh" else f'{who}: "{saying.text}"'
        )
    return " ".join(parts)


def _deeds(plan: Plan, story: Story) -> str:
    """Return "The astronaut picks it up.": who acts, with the words of the act."""
    first = plan.deeds[0]
    doers = list(dict.fromkeys(deed.figure for deed in plan.deeds if deed.start == first.start))
    same = [deed for deed in plan.deeds if deed.figure in doers]
    phrase = _phrase(plan, first, same[-1], story)
    names = [name_of(story.figures[one], story.language) for one in doers]
    if story.language == "zh":
        return f"{'和'.join(names[:3])}{phrase}。" if phrase else ""
    who = " and ".join(names) if len(names) < MANY else "they"
    verb = phrase.partition(" ")[0].lower()
    found = words.english().matches([verb], 0) if verb else ()
    sense = found[0].of("verb") if found else None
    form = sense.form if sense else ""
    if (
        story.language != "en"
        or not phrase
        or (sense is not None and form == "" and len(names) == 1)
    ):
        forms = words.verb_forms(first.verb.replace("_", " "), words.irregular_verbs())
        phrase = next(form for form, label in forms if label == ("" if len(names) > 1 else "s"))
    helper = ("are " if len(names) > 1 else "is ") if form == "ing" else ""
    return f"{who[:1].upper()}{who[1:]} {helper}{phrase}."


def _phrase(plan: Plan, first: Deed, last: Deed, story: Story) -> str:
    """Return the words of the prompt from the first deed to the end of the last one's clause."""
    following = [deed.start for deed in plan.others if deed.start > last.start]
    limit = min([*following, max(plan.end, last.end)])
    rest = story.text[last.end : limit]
    cut = _CLAUSE_END.search(rest)
    tail = rest[: cut.start()] if cut else rest
    return " ".join(story.text[first.start : last.end + len(tail)].split()).strip(OPENERS)


def _look(plan: Plan, story: Story, language: str, place: str) -> str:
    looks = LOOKS[language]
    if plan.subject in story.things:
        who = _thing(story.things[plan.subject].kind, language)
        return looks["thing"].format(who=who)
    shown = [plan.subject] if plan.subject else plan.cast[:2]
    names = [name_of(story.figures[one], story.language) for one in shown if one in story.figures]
    if not names:
        return looks["place"].format(place=place)
    who = ("和" if language == "zh" else " and ").join(names)
    going = any(words.verbs()[deed.verb].action in GOING for deed in plan.deeds)
    view = plan.view if plan.view in looks else "reaction"
    pattern = STILL_LOOKS[language] if view == "passing" and not going else looks[view]
    return pattern.format(who=who, Who=who[:1].upper() + who[1:], place=place)


def _thing(kind: str, language: str) -> str:
    if language == "zh":
        found = next((row[2] for row in words.rows("zh.tsv") if row[:2] == ["prop", kind]), kind)
        return found.split("|")[0].lstrip("~")
    return "the " + kind.replace("_", " ")
