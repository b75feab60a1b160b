"""Which reader reads which passage, and what a script's headings and cues mean."""

from . import words
from .chinese import ChineseReader
from .draft import Mention, Saying
from .english import EnglishReader
from .english_speech import LINE_CHARACTERS_MAX
from .english_tokens import Text
from .guess import Guesser
from .language import line_language
from .layout import Passage
from .scenery import Scenery
from .story import Story
from .word_list import WordListReader


def read_passage(story: Story, guesser: Guesser, passage: Passage, reader: str) -> None:
    """Read one passage into the story; `reader` is the language it is written in."""
    match passage.kind:
        case "title":
            story.title = story.text[passage.start : passage.end].strip()
        case "heading":
            _heading(story, passage, reader)
        case "speech":
            _speech(story, passage)
        case "shot" | "paragraph":
            moment = story.next_moment(passage.start, explicit=True)
            moment.duration_ms = passage.duration_ms
            _read(story, guesser, passage, reader)
            moment.end = max(moment.end, passage.end)
            moment.text = story.text[passage.start : passage.end].strip()
        case _:
            _read(story, guesser, passage, reader)


def _read(story: Story, guesser: Guesser, passage: Passage, reader: str) -> None:
    if reader == "en":
        EnglishReader(story, guesser, passage.start, passage.end).read()
    elif reader == "zh":
        ChineseReader(story, passage.start, passage.end).read()
    else:
        WordListReader(story, passage.start, passage.end, reader).read()


def _heading(story: Story, passage: Passage, reader: str) -> None:
    """Read `INT. KITCHEN - NIGHT`: a new place, with its time."""
    lexicon_words = words.english() if reader == "en" else words.chinese()
    story.next_moment(passage.start)
    if (story.place.concept or len(story.places) > 1) and story.has_room_for_a_place:
        story.next_place(explicit=True)
        story.place.time = story.place.weather = None
    scenery = Scenery(story)
    if reader == "en":
        text = Text(story.text, passage.start, passage.end)
        tokens = text.lower
        spans = [(token.start, token.end) for token in text.tokens]
    else:
        tokens = list(story.text[passage.start : passage.end])
        spans = [(passage.start + at, passage.start + at + 1) for at in range(len(tokens))]
    at, known = 0, False
    while at < len(tokens):
        matches = lexicon_words.matches(tokens, at)
        length = matches[0].length if matches else 1
        place = matches[0].of("place") if matches else None
        scene = matches[0].of("time", "weather") if matches else None
        start, end = spans[at][0], spans[at + length - 1][1]
        if place and not known:
            mention = Mention(start, end, "place", place.concept, approximate=place.approximate)
            story.place.concept = place.concept
            story.place.approximate = place.approximate
            scenery.place(mention)
            known = True
        elif scene:
            scenery.take(scene, start, end)
        at += length
    story.place.explicit = True
    if not known:
        story.note(
            "left_out", passage.start, passage.end, "", "the writer does not know this place"
        )


def _speech(story: Story, passage: Passage) -> None:
    """Read `ANNA` and her line: she speaks in the present moment, or in a shot of her own."""
    label = passage.label
    end = passage.label_start + len(label)
    figure_id = _speaker(story, label, passage.label_start, end)
    line = story.text[passage.start : passage.end].strip().strip('"“”「」『』')
    line = " ".join(line.split())[:LINE_CHARACTERS_MAX]
    if not line:
        return
    moment = story.moment
    previous = moment.sayings[-1].figure if moment.sayings else figure_id
    if moment.sayings and (not moment.explicit or (passage.scripted and previous != figure_id)):
        moment = story.next_moment(passage.label_start, explicit=moment.explicit)
        moment.view = "line"
    if figure_id and figure_id not in moment.cast:
        moment.cast.append(figure_id)
    moment.sayings.append(
        Saying(
            figure_id,
            line,
            line_language(line, story.language),
            manner=passage.how.lower().replace(" ", "_")[:40],
            start=passage.start,
        )
    )
    moment.end = max(moment.end, passage.end)


def _speaker(story: Story, label: str, start: int, end: int) -> str:
    if label.lower() in {"narrator", "voiceover", "voice-over", "v.o.", "旁白", "画外音"}:
        return ""
    name = label.title() if label.isupper() else label
    for figure in story.figures.values():
        if figure.name.lower() == name.lower():
            return figure.id
    lower = label.lower().split()
    for lexicon, tokens in ((words.english(), lower), (words.chinese(), list(label))):
        found = lexicon.matches(tokens, 0)
        if found and found[0].length == len(tokens):
            sense = found[0].of("role", "animal")
            if sense:
                mention = Mention(start, end, sense.kind, sense.concept, name, determiner="the")
                ref = story.meet(mention)
                Scenery(story).met(ref, mention)
                return ref.ids[0] if ref.ids else ""
    mention = Mention(start, end, "name", "", name, name=name)
    ref = story.meet(mention)
    Scenery(story).met(ref, mention)
    return ref.ids[0] if ref.ids else ""
