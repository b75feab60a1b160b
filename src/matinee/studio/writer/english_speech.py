"""English speech: who says a quotation, and what reported speech sounds like when it is said."""

import re

from . import words
from .draft import Ref, Saying
from .english_nouns import EnglishNouns
from .english_phrases import Found, noun_phrase
from .english_tokens import AUXILIARIES, CONJUNCTIONS, Text
from .english_topics import QUESTION_WORDS, clause_end
from .language import line_language
from .titles import set_title

LINE_CHARACTERS_MAX = 600
GREETINGS = {
    "hello": "Hello!", "hi": "Hi!", "goodbye": "Goodbye.", "bye": "Bye!", "thanks": "Thanks.",
    "thank you": "Thank you.", "sorry": "I'm sorry.", "yes": "Yes.", "no": "No.",
    "good morning": "Good morning!", "good night": "Good night.", "i love you": "I love you.",
    "hey": "Hey!", "farewell": "Farewell.", "cheers": "Cheers!", "welcome": "Welcome!",
}  # fmt: skip
HOW_IT_IS_SAID = {
    "quietly": "muttering", "softly": "muttering", "loudly": "shouting", "angrily": "shouting",
    "tearfully": "sobbing", "nervously": "trembling",
}  # fmt: skip
# What is written over the picture, and not on a thing in it.
TITLES = frozenset(
    {
        *("title", "titles", "card", "credits", "subtitle", "caption", "text", "words"),
        *("screen", "intertitle"),
    }
)
CODE = frozenset("{[=<(")
WRITTEN_ON = frozenset(
    [
        "sign",
        "signs",
        "word",
        "words",
        "label",
        "banner",
        "text",
        "logo",
        "brand",
        "poster",
        "reading",
        "reads",
        "titled",
        "title",
        "titles",
        "card",
        "screen",
        "intertitle",
        "credits",
        "subtitle",
        "letter",
        "caption",
        "message",
        "note",
        "named",
        "called",
    ]
)


# --- quotations ----------------------------------------------------------------------------------


def quotation(reader: EnglishNouns) -> None:  # noqa: C901 - a grammar has as many cases as its language
    """Take the quotation at the reader's place: a line, a name or writing on a thing."""
    text, story = reader.text, reader.story
    token = text.tokens[reader.at]
    if reader.at and text.tokens[reader.at - 1].text in CODE:
        story.note("left_out", token.start, token.end, "", "it looks like code, not like speech")
        reader.at += 1
        return
    if _is_writing(reader):
        reader.at += 1
        if reader.preposition == "named" and reader.last.kind == "figures":
            story.rename(reader.last.ids[0], token.text.strip()[:60])
        elif reader.preposition == "titled":
            story.title = token.text.strip()[:120]
        elif TITLES & set(text.lower[max(0, reader.at - 4) : reader.at]):
            set_title(story, token.text, token.start, token.end)
        else:
            story.note("left_out", token.start, token.end, "", "writing on things is not shown")
        reader.preposition = ""
        return
    before = reader.clause
    speaks = before is not None and bool(before.subjects) and _can_speak(before.verb)
    after, manner, skip = ([], "", reader.at + 1) if speaks else _speaker_after(reader)
    if speaks and before is not None:
        speakers, before.said = before.subjects, True
        manner = words.verbs()[before.verb].manner
    elif after:
        speakers = after
    else:
        speakers = reader.subjects or _in_turn(reader)
    reader.at = max(skip, reader.at + 1)
    how = text.lower[reader.at] if reader.at < len(text) else ""
    if (after or speaks) and how in HOW_IT_IS_SAID:
        manner, reader.at = HOW_IT_IS_SAID[how], reader.at + 1
    say(reader, speakers[0] if speakers else "", token.text, manner, token.start)
    if after:
        reader.subjects, reader.subject_is_scene = list(after), False
    if token.text.rstrip()[-1:] in {".", "!", "?"} and not _continues(reader):
        reader.end_sentence()


def _continues(reader: EnglishNouns) -> bool:
    following = reader.text.tokens[reader.at : reader.at + 1]
    return bool(following) and (
        following[0].text == ","
        or following[0].lower in CONJUNCTIONS | {"while", "as", "to", "then"}
    )


def _is_writing(reader: EnglishNouns) -> bool:
    if reader.preposition in {"named", "titled"}:
        return True
    before = reader.text.lower[max(0, reader.at - 2) : reader.at]
    return bool(WRITTEN_ON & set(before)) and reader.clause is None


def _can_speak(verb: str) -> bool:
    traits = words.verbs()[verb]
    return bool(traits.traits & {"speak", "talk", "face", "voice", "sing"} or traits.converse) or (
        verb in {"point", "nod", "shrug", "jump", "wave", "bow", "look", "think", "call", "cheer"}
    )


def _speaker_after(reader: EnglishNouns) -> tuple[list[str], str, int]:
    """Read `says Anna`, `Anna whispers` or `she asks him` after a quotation."""
    text = reader.text
    at = reader.at + 1
    if text.lower[at : at + 1] == [","]:
        at += 1
    verb = text.sense(at, "verb")
    if verb and _speech_verb(verb[0].concept) and verb[0].form in {"s", "ed"}:
        found = noun_phrase(text, at + verb[1])
        if found:
            ids = _resolve(reader, found)
            return ids, words.verbs()[verb[0].concept].manner, found.next
    found = noun_phrase(text, at)
    if found and found.mention.kind in {"pronoun", "role", "name", "animal"}:
        following = text.sense(found.next, "verb")
        if following and _speech_verb(following[0].concept):
            ids = _resolve(reader, found)
            manner = words.verbs()[following[0].concept].manner
            return ids, manner, found.next + following[1]
    return [], "", reader.at + 1


def _speech_verb(verb: str) -> bool:
    traits = words.verbs()[verb]
    return bool(traits.traits & {"speak", "talk", "face", "voice", "sing"} or traits.converse)


def _resolve(reader: EnglishNouns, found: Found) -> list[str]:
    mention = found.mention
    if mention.kind == "pronoun":
        if mention.concept in {"man", "woman", "group", "thing"}:
            return list(reader.story.pronoun(mention.concept).ids)
        return []
    ref = reader.story.meet(mention)
    reader.scenery.met(ref, mention)
    return list(ref.ids)


def _in_turn(reader: EnglishNouns) -> list[str]:
    """Return whoever did not speak last, or whoever was heard of last."""
    story = reader.story
    last = next(
        (moment.sayings[-1].figure for moment in reversed(story.moments) if moment.sayings), ""
    )
    if last:
        other = story.other([last])
        return [other] if other else [last]
    return story.recent[-1:]


def say(reader: EnglishNouns, figure: str, spoken: str, manner: str, start: int) -> None:
    """Add a line to the story; a long one is shortened at a word, with a note."""
    line = " ".join(spoken.split()).strip()
    # "It was never a ship," he says: the comma belongs to the sentence around the line.
    line = f"{line.rstrip(' ,')}." if line.endswith(",") else line.lstrip(" ,")
    if line in {"", "."}:
        return
    if len(line) > LINE_CHARACTERS_MAX:
        line = line[:LINE_CHARACTERS_MAX].rsplit(" ", 1)[0]
        reader.story.note("approximated", start, start + 80, line[:80], "a line was shortened")
    story = reader.story
    if figure and figure not in story.moment.cast:
        story.moment.cast.append(figure)
    mood = story.figures[figure].mood if figure else "neutral"
    story.moment.sayings.append(
        Saying(figure, line, line_language(line, story.language), manner, mood, start)
    )


# --- reported speech -----------------------------------------------------------------------------


def after_verb(reader: EnglishNouns) -> None:
    """Turn "asks where the station is" or "tells her that he is tired" into a spoken line."""
    clause = reader.clause
    if clause is None or not clause.subjects or "speak" not in words.verbs()[clause.verb].traits:
        return
    text, at = reader.text, reader.at
    traits = words.verbs()[clause.verb]
    listener: list[str] = []
    if traits.traits & {"tell", "ask"} or text.lower[at : at + 1] == ["to"]:
        begins = at + 1 if text.lower[at : at + 1] == ["to"] else at
        found = noun_phrase(text, begins)
        if found and found.mention.kind in {"role", "name", "pronoun", "animal"}:
            listener = _resolve(reader, found)
            at = found.next
    following = text.lower[at : at + 1]
    spoken = _greeting(text, at)
    if spoken:
        end = at + len(spoken[0].split())
        line = spoken[1]
    elif following == ["to"] and text.sense(at + 1, "verb") and listener:
        end = clause_end(text, at + 1)
        line = _as_command(text, at + 1, end)
    elif following == ["for"] and "ask" in traits.traits:
        end = clause_end(text, at + 1)
        line = f"Could I have {_plain(text, at + 1, end)}, please?"
    elif following and following[0] in QUESTION_WORDS | {"if", "whether", "that"}:
        end = clause_end(text, at + 1)
        line = _as_said(reader, at, end, listener)
    else:
        if listener:
            clause.obliques.append(("to", _figures(listener)))
            reader.at = at
        return
    clause.said = True
    clause.end = text.tokens[end - 1].end
    if listener:
        clause.obliques.append(("to", _figures(listener)))
    say(reader, clause.subjects[0], line, traits.manner, text.tokens[at].start)
    reader.story.note(
        "approximated",
        text.tokens[at].start,
        clause.end,
        line,
        "reported speech is spoken aloud",
    )
    reader.at = end


def _figures(ids: list[str]) -> Ref:
    return Ref("figures", tuple(ids))


def _greeting(text: Text, at: int) -> tuple[str, str] | None:
    for length in (3, 2, 1):
        joined = " ".join(text.lower[at : at + length])
        if joined in GREETINGS:
            return joined, GREETINGS[joined]
    return None


def _plain(text: Text, start: int, end: int) -> str:
    return text.source[text.tokens[start].start : text.tokens[end - 1].end].strip()


def _as_command(text: Text, start: int, end: int) -> str:
    line = _plain(text, start, end)
    line = re.sub(r"\b(her|him|them)\b", "me", line)
    return line[:1].upper() + line[1:] + "!"


def _as_said(reader: EnglishNouns, at: int, end: int, listener: list[str]) -> str:
    text = reader.text
    marker = text.lower[at]
    assert reader.clause is not None, "reported speech has a speaker"
    speaker = reader.story.figures[reader.clause.subjects[0]]
    if marker in {"that", "if", "whether"}:
        body = [text.tokens[one].text for one in range(at + 1, end)]
    else:
        body = [text.tokens[one].text for one in range(at, end)]
    gender = speaker.gender
    if gender == "neutral":
        others = [one for one in reader.story.recent if one != speaker.id]
        known = {reader.story.figures[one].gender for one in others[-1:]}
        gender = {frozenset({"woman"}): "man", frozenset({"man"}): "woman"}.get(
            frozenset(known), "neutral"
        )
    heard = bool(listener) or gender != speaker.gender
    shifted = _shift(body, gender, has_listener=heard)
    if marker in {"if", "whether"}:
        return _sentence(_inverted(shifted), "?")
    if marker in QUESTION_WORDS and "ask" in words.verbs()[reader.clause.verb].traits:
        return _sentence(_question(shifted), "?")
    return _sentence(shifted, ".")


_FIRST = {
    "he": "I", "she": "I", "they": "I", "his": "my", "her": "my", "him": "me", "himself": "myself",
    "herself": "myself", "their": "my", "them": "me",
}  # fmt: skip
_SECOND = {"he": "you", "she": "you", "him": "you", "her": "you", "his": "your", "they": "you"}


def _shift(body: list[str], gender: str, *, has_listener: bool) -> list[str]:
    """Turn the speaker's "he" into "I" and the other's "her" into "you", with the verb after it."""
    own = {"man": {"he", "his", "him", "himself"}, "woman": {"she", "her", "herself"}}.get(
        gender, {"he", "she", "they", "their", "them", "himself", "herself"}
    )
    shifted: list[str] = []
    for word in body:
        lower = word.lower()
        previous = shifted[-1] if shifted else ""
        if lower in own and not (lower == "her" and has_listener and gender != "woman"):
            shifted.append(_FIRST[lower])
        elif lower in _SECOND and has_listener:
            shifted.append(_SECOND[lower])
        elif previous in {"I", "you"}:
            shifted.append(_agree(lower, previous, word))
        else:
            shifted.append(word)
    return shifted


def _agree(lower: str, subject: str, word: str) -> str:
    fixed = {"is": {"I": "am", "you": "are"}, "was": {"I": "was", "you": "were"}}
    if lower in fixed:
        return fixed[lower][subject]
    plain = {"has": "have", "does": "do", "doesn't": "don't", "hasn't": "haven't"}
    plain |= {"isn't": "am not", "wasn't": "wasn't"} if subject == "I" else {"isn't": "aren't"}
    if lower in plain:
        return plain[lower]
    sense = words.english().matches([lower], 0)
    verb = sense[0].of("verb") if sense else None
    if verb and verb.form == "s":
        if lower.endswith(("ches", "shes", "sses", "xes", "oes")):
            return lower[:-2]
        return lower[:-3] + "y" if lower.endswith("ies") else lower[:-1]
    return word


def _inverted(body: list[str]) -> list[str]:
    for index, word in enumerate(body):
        if word.lower() in AUXILIARIES and index:
            return [word, *body[:index], *body[index + 1 :]]
    subject = body[:1]
    helper = "Do" if subject and subject[0] in {"I", "you", "they", "we"} else "Does"
    return [helper, *body]


def _question(body: list[str]) -> list[str]:
    if len(body) > 2 and body[-1].lower() in {"is", "are", "was", "were", "am"}:  # noqa: PLR2004 - a small count, said by the words beside it
        return [body[0], body[-1], *body[1:-1]]
    for index, word in enumerate(body):
        if word.lower() in AUXILIARIES and index > 1:
            return [body[0], word, *body[1:index], *body[index + 1 :]]
    return body


def _sentence(body: list[str], stop: str) -> str:
    line = " ".join(body)
    line = re.sub(r"\s+([,.;:!?'’])", r"\1", line).strip(" .?!,")
    return line[:1].upper() + line[1:] + stop
