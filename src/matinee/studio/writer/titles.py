"""What a film is called, in the language of its prompt."""

import re
import unicodedata

from . import words
from .casting import Casting
from .choice import Choice
from .display import Display
from .draft import Figure
from .story import Story

TITLE_CHARACTERS_MAX, TOPIC_WORDS_MAX = 120, 6
CLAUSE_CHARACTERS_MAX = 60


def title_of(story: Story, casting: Casting, choice: Choice, display: Display) -> str:
    """Return the title: the one the prompt gives, or one made of who, what and where."""
    if story.title:
        return story.title[:TITLE_CHARACTERS_MAX]
    if story.language not in {"en", "zh"}:
        known = story.figures or not story.place_is_guessed
        clause = _first_clause(story.text)
        if not known and clause:
            return clause
    options = (
        _chinese(story, casting, display)
        if story.language == "zh"
        else _english(story, casting, display)
    )
    return choice.of("title", options)[:TITLE_CHARACTERS_MAX]


def _first_clause(text: str) -> str:
    """Return the first clause of a prompt, or nothing if it is too long for a title."""
    line = re.split(r"[.!?,;:\n。！？，；：、।؟]", text.strip(), maxsplit=1)[0]
    line = " ".join(line.split())
    return line if len(line) <= CLAUSE_CHARACTERS_MAX else ""


_PREPOSITIONS = dict.fromkeys(
    ("forest", "street", "kitchen", "park", "classroom", "office", "library", "living_room"), "in"
) | dict.fromkeys(("beach", "mountain", "bridge", "rooftop_night", "stage_concert"), "on")
_PREPOSITIONS |= dict.fromkeys(
    ("bedroom", "village", "meadow", "spaceship", "neon_city", "castle_hall", "colosseum"), "in"
)
OWNERS = frozenset({"his", "her", "their", "its", "my", "your", "our"})
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def _who(figure: Figure, story: Story) -> str:
    if figure.named:
        return figure.name
    role = figure.species if figure.kind == "animal" else figure.role
    role = role.replace("_", " ")
    alike = [one for one in story.figures.values() if one.role == figure.role and not one.named]
    if len(alike) > 1:
        return f"{NUMBERS.get(len(alike), 'the')} {words.plural_of(role, words.plurals())}"
    return "the " + role


def _capitalised(title: str) -> str:
    small = {"the", "a", "an", "of", "in", "at", "and", "on", "to", "by", "with", "from"}
    parts = title.split()
    return " ".join(
        part if index and part in small else part[:1].upper() + part[1:]
        for index, part in enumerate(parts)
    )


def _english(story: Story, casting: Casting, display: Display) -> list[str]:
    setting = casting.settings[0]
    place = display.place(setting.place)
    figures = list(story.figures.values())
    thing = next(
        (
            one
            for one in story.things.values()
            if one.phrase and one.kind.replace("_", " ") in one.phrase.lower()
        ),
        None,
    )
    times = {"dawn": "First Light", "sunset": "Last Light", "night": "By Night", "day": ""}
    weather = {"rain": "Rain", "storm": "Storm", "snow": "Snow", "fog": "Fog"}.get(setting.weather)
    options = [_topic(story)] if _topic(story) else []
    when = {"dawn": "Morning", "sunset": "Evening", "night": "Night", "day": "Day"}
    if figures:
        who = _who(figures[0], story)
        options.append(f"{who} of the {place}")
        if weather:
            options.append(f"{who} and the {weather}")
        if thing:
            what = " ".join(
                part for part in (thing.colour.replace("_", " "), _plain(thing.kind)) if part
            )
            options += [f"{who} and the {what}", f"the {what}"]
        others = [one for one in figures[1:] if _who(one, story) != who]
        if others:
            options.append(f"{who} and {_who(others[0], story)}")
        if len(options) < 3:  # noqa: PLR2004 - enough to choose among
            where = f"{_PREPOSITIONS.get(setting.place, 'at')} the {place}"
            time = when[setting.time_of_day]
            options.append(f"{'an' if time == 'Evening' else 'a'} {time} {where}")
    elif weather:
        options = [f"{weather} over the {place}", f"the {place} in the {weather}"]
    else:
        options = [f"the {place}", f"{times[setting.time_of_day] or 'A Day'} at the {place}"]
    return [_capitalised(option) for option in options]


def _topic(story: Story) -> str:
    """Return what the first talk is about, if that is short enough for a title."""
    topics = [talk.topic for moment in story.moments for talk in moment.talks if talk.topic]
    topics = [topic for topic in topics if topic.split()[0].lower() not in OWNERS]
    return topics[0] if topics and len(topics[0].split()) <= TOPIC_WORDS_MAX else ""


def _plain(kind: str) -> str:
    return {"product_box": "box", "robot_toy": "toy robot"}.get(kind, kind.replace("_", " "))


def _chinese(story: Story, casting: Casting, display: Display) -> list[str]:
    setting = casting.settings[0]
    place = display.place(setting.place)
    figures = list(story.figures.values())
    time = {"dawn": "黎明", "sunset": "黄昏", "night": "夜", "day": ""}[setting.time_of_day]
    weather = {"rain": "雨中", "storm": "风暴中", "snow": "雪中", "fog": "雾中"}.get(
        setting.weather, ""
    )
    if not figures:
        return [f"{weather or time}{'的' if weather or time else ''}{place}", place]
    who = figures[0].name
    options = [f"{place}的{who}"]
    if weather:
        options.append(f"{weather}的{who}")
    elif time:
        options.append(f"{who}的{time}" if time != "夜" else f"{who}之夜")
    others = [one.name for one in figures[1:] if one.name != who]
    if others:
        options.append(f"{who}与{others[0]}")
    return options


def set_title(story: Story, written: str, start: int, end: int) -> None:
    """Set words over the picture of the present moment: a title card, "The End"."""
    shown = " ".join(written.split())[:TITLE_CHARACTERS_MAX]
    letters = [one for one in shown if one.isalpha()]
    if not letters or not all(unicodedata.name(one, "").startswith("LATIN") for one in letters):
        story.note("left_out", start, end, "", "titles are set in Latin letters only")
        return
    story.moment.title = shown
    story.note("understood", start, end, "set over the picture")
