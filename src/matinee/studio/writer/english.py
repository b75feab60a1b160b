"""Reading English: a clause grammar that walks over the tokens once, from left to right.

A clause is a subject, a verb, objects and prepositional phrases. The reader keeps the subject of
the clause, the noun phrase read last (to which "in a red coat" and "holding a lamp" belong) and
the pending preposition; every finished clause is handed to `deeds.act`.
"""

from . import english_speech as speech
from . import words
from .deeds import act
from .english_phrases import Found, noun_phrase
from .english_tokens import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    SEQUENCE,
    SOFT_SEQUENCE,
    SUBORDINATORS,
    Text,
)
from .guess import Guesser
from .scenery import Scenery
from .story import NOTHING, Clause, Mention, Ref, Story

ENDS = frozenset(".!?;")
HANDLED_AS_PROP = {
    "hat": "hat",
    "cap": "hat",
    "helmet": "hat",
    "shoes": "sneaker",
    "boots": "sneaker",
}
META_VERBS = frozenset({"film", "show", "prepare", "see", "be", "have", "build", "draw", "write"})
WEARS = frozenset({"wearing", "in", "with", "dressed_as"})
SCENE_KINDS = (
    "time", "weather", "sound", "camsize", "cammove", "camangle", "lens", "music", "silence",
    "style", "mood", "manner", "hair", "haircolour", "beard",
)  # fmt: skip


class EnglishReader:
    """Reads one passage into a story. `unread` collects tokens that no rule took."""

    def __init__(self, story: Story, guesser: Guesser, start: int, end: int) -> None:
        """Prepare to read `story.text[start:end]`."""
        self.story = story
        self.guesser = guesser
        self.text = Text(story.text, start, end)
        self.scenery = Scenery(story)
        self.at = 0
        self.subjects: list[str] = []
        self.previous_subjects: list[str] = []
        self.subject_is_scene = False
        self.clause: Clause | None = None
        self.preposition = ""
        self.last: Ref = NOTHING
        self.last_mention: Mention | None = None
        self.after_comma = False
        self.negated = False
        self.linked = False
        self.passive = False
        self.manner = ""
        self.camera_subject = False
        self.relative = False
        self.unread: list[int] = []

    # --- the walk ------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the whole passage."""
        while self.at < len(self.text):
            before = self.at
            self._step()
            assert self.at > before, "a reader that does not advance never ends"
        self._end_sentence()
        self._report_unread()

    def _step(self) -> None:
        token = self.text.tokens[self.at]
        if token.kind == "quote":
            self._quotation()
        elif token.kind in {"punct", "break", "dash"}:
            self._punctuation()
        elif token.kind == "possessive":
            self.at += 1
        elif not (
            self._sequence()
            or self._camera()
            or self._scenery()
            or self._small_word()
            or self._verb_first()
            or self._noun()
            or self._verb()
        ):
            self._unknown()

    def _punctuation(self) -> None:
        token = self.text.tokens[self.at]
        self.at += 1
        if token.kind == "break" or token.text in ENDS:
            self._end_sentence()
        elif token.text in ",:—–…" or token.kind == "dash":
            self.after_comma = True
            self.preposition = ""
            self.camera_subject = False

    def _end_sentence(self) -> None:
        self._finish()
        if self.subjects:
            self.previous_subjects = list(self.subjects)
        self.subjects, self.subject_is_scene = [], False
        self.last, self.last_mention = NOTHING, None
        self.preposition, self.manner = "", ""
        self.after_comma = self.negated = self.linked = self.passive = False
        self.camera_subject = self.relative = False
        moment = self.story.moment
        if self.at and self.at <= len(self.text):
            moment.end = max(moment.end, self.text.tokens[self.at - 1].end)
        if not moment.explicit and not moment.is_bare and self.at < len(self.text):
            self._new_moment(self.text.tokens[self.at].start)

    def _new_moment(self, start: int) -> None:
        if not self.story.moment.explicit:
            self.story.next_moment(start)

    def _finish(self) -> None:
        if self.clause is not None and not self.negated:
            act(self.story, self.clause)
            self.story.moment.end = max(self.story.moment.end, self.clause.end)
        self.clause = None
        self.negated = self.passive = False

    # --- words that steer ----------------------------------------------------------------------

    def _sequence(self) -> bool:
        found = self.text.phrase(self.at, SEQUENCE)
        if not found:
            return False
        if found[0] in {"next", "cut", "first", "later", "soon", "before"}:
            following = self.text.lower[self.at + 1 : self.at + 2]
            if following in (["to"], ["off"], ["of"], ["time"]) or self.preposition:
                return False
            if (
                found[0] in {"first", "next"}
                and noun_phrase(self.text, self.at + 1)
                and (self.at and self.text.lower[self.at - 1] in DETERMINERS)
            ):
                return False
        self._finish()
        start = self.text.tokens[self.at].start
        self.at += found[1]
        if found[0] not in SOFT_SEQUENCE and not self.story.moment.is_bare:
            self._new_moment(start)
        self.after_comma = False
        self.preposition = ""
        return True

    def _camera(self) -> bool:
        lower = self.text.lower[self.at]
        if lower == "camera" and self._camera_moves():
            self.at += 1
            self._finish()
            self.subjects, self.subject_is_scene = [], True
            self.last = NOTHING
            return True
        found = self.text.sense(self.at, "camsize", "cammove", "camangle", "lens")
        if not found or not self._meant_for_camera(found[1], found[0].kind):
            return False
        start, end = self._span(self.at, found[1])
        self.scenery.camera(found[0], start, end)
        self.at += found[1]
        while self.at < len(self.text) and self.text.lower[self.at] in {"shot", "angle", "view"}:
            self.at += 1
        if found[0].kind != "lens":
            self.camera_subject = True
        return True

    def _camera_moves(self) -> bool:
        if self.preposition in {"with", "holding", "of"} or self.clause and self.subjects:
            return False
        following = self.text.lower[self.at + 1 : self.at + 3]
        return any(
            self.text.sense(self.at + 1 + offset, "cammove", "verb", "manner", "mood") is not None
            for offset in range(len(following))
        )

    def _meant_for_camera(self, length: int, kind: str) -> bool:
        if length > 1 or "-" in self.text.lower[self.at] or kind == "lens":
            return True
        word = self.text.lower[self.at]
        beside = (
            self.text.lower[max(0, self.at - 2) : self.at]
            + self.text.lower[self.at + 1 : self.at + 3]
        )
        if word in {"wide", "medium", "static", "macro", "tracking", "orbit", "pan", "full"}:
            return bool({"shot", "angle", "camera", "view"} & set(beside)) or (
                self.story.moment.explicit and self.at < 2  # noqa: PLR2004 - "Shot 1: wide, …"
            )
        if kind == "cammove" and word in {"orbits", "orbiting", "pans"}:
            return self.subject_is_scene
        return True

    def _scenery(self) -> bool:
        if self.clause and self.clause.verb in {"play", "practise"} and self.preposition == "":
            return False
        noun = self.text.sense(self.at, "prop", "role", "animal", "garment", "place", "bodypart")
        found = self.text.sense(self.at, *SCENE_KINDS)
        if not found or (noun and noun[1] >= found[1]):
            return False
        sense, length = found
        if sense.kind in {"camsize", "cammove", "camangle", "lens"}:
            return False
        if sense.kind == "style" and self._describes_following(length):
            self.at += length
            return True
        if sense.kind in {"mood", "hair", "haircolour", "beard"} and self._describes_following(
            length
        ):
            return False
        start, end = self._span(self.at, length)
        lower = self.text.lower[self.at]
        if sense.kind == "manner":
            self._set_manner(sense.concept)
        elif sense.kind in {"hair", "haircolour", "beard"}:
            for one in self._described():
                self.story.describe(one, sense.kind, sense.concept)
        elif sense.kind == "mood":
            self._mood(sense.concept, start, end, lower)
        else:
            self.scenery.take(sense, start, end)
            if self.preposition == "" and not self.subjects and sense.kind in {"weather", "sound"}:
                self.subject_is_scene = True
            self.preposition = ""
        self.at += length
        return True

    def _describes_following(self, length: int) -> bool:
        found = noun_phrase(self.text, self.at)
        return (
            found is not None
            and found.next > self.at + length
            and found.mention.kind
            in {"role", "animal", "prop", "place", "garment", "unknown", "bodypart"}
            and not self.text.lower[self.at].endswith("ly")
        )

    def _mood(self, concept: str, start: int, end: int, lower: str) -> None:
        described = self._described()
        if described and (self.linked or self.clause or self.last.kind == "figures"):
            for one in described:
                self.story.describe(one, "mood", concept)
            self.story.moment.mood = concept  # type: ignore[assignment]
            if lower.endswith("ly") and self.clause:
                self.clause.manner = self.clause.manner or lower.replace("-", "_")
            self.story.note("understood", start, end, f"the mood is {concept}")
        else:
            self.scenery.mood(concept, start, end)

    def _described(self) -> list[str]:
        if self.clause and self.clause.subjects:
            return self.clause.subjects
        if self.subjects:
            return self.subjects
        return list(self.last.ids) if self.last.kind == "figures" else []

    def _set_manner(self, manner: str) -> None:
        if self.clause:
            self.clause.manner = manner
        else:
            self.manner = manner

    def _small_word(self) -> bool:
        lower = self.text.lower[self.at]
        if lower in {"there", "here"}:
            self.at += 1
            return True
        if lower in SUBORDINATORS and not (lower == "as" and self._as_role()):
            self._finish()
            if self.subjects:
                self.previous_subjects = list(self.subjects)
            following = self.text.sense(self.at + 1, "verb")
            if not (following and following[0].form == "ing"):
                self.subjects, self.subject_is_scene = [], False
            self.last = NOTHING
            self.at += 1
            return True
        if lower in RELATIVES or (lower == "that" and self._relative_that()):
            self._relative()
            return True
        if lower in CONJUNCTIONS:
            self._conjunction()
            return True
        preposition = self.text.phrase(self.at, PREPOSITIONS)
        if preposition and not self._is_longer_noun(preposition[1]):
            return self._prepose(*preposition)
        return self._auxiliary(lower)

    def _is_longer_noun(self, length: int) -> bool:
        found = self.text.sense(self.at, "verb", "prop", "place", "role", "weather", "time")
        return found is not None and found[1] > length

    def _as_role(self) -> bool:
        following = noun_phrase(self.text, self.at + 1)
        return following is not None and following.mention.kind == "role" and not self.subjects

    def _relative_that(self) -> bool:
        return self.last.kind in {"figures", "things"} and (
            self.text.sense(self.at + 1, "verb") is not None
            or self.text.lower[self.at + 1 : self.at + 2] in (["is"], ["was"], ["has"])
        )

    def _relative(self) -> None:
        antecedent = self.last
        self._finish()
        self.at += 1
        if antecedent.kind == "figures":
            self.subjects, self.subject_is_scene = list(antecedent.ids), False
        elif antecedent.kind == "things":
            self.subject_is_scene = True
            self.subjects = []

    def _conjunction(self) -> None:
        self.at += 1
        verb = self.text.sense(self.at, "verb")
        following = noun_phrase(self.text, self.at)
        noun_first = following is not None and not (
            verb and verb[0].form in {"s", "ed", "ing"} and following.next <= self.at + verb[1]
        )
        if noun_first and following is not None and self._verb_after(following.next):
            self._finish()
            self.subjects, self.subject_is_scene = [], False
            self.preposition = ""
            self.last = NOTHING
        elif verb and not noun_first:
            self.preposition = ""

    def _verb_after(self, index: int) -> bool:
        at = index
        while at < len(self.text) and self.text.lower[at] in FILLERS:
            at += 1
        if at >= len(self.text):
            return False
        if self.text.lower[at] in AUXILIARIES:
            return True
        verb = self.text.sense(at, "verb")
        return verb is not None and verb[0].form in {"s", "ed"} and self.clause is not None

    def _prepose(self, written: str, length: int) -> bool:
        relation = PREPOSITIONS[written]
        after = self.at + length
        verb = self.text.sense(after, "verb")
        if relation == "to" and verb and verb[0].form == "":
            noun = self.text.sense(after, "prop", "place")
            if not noun:
                self.at = after
                return True
        particle = written in {"up", "down", "off", "over", "out of", "around", "in", "on"}
        if particle and self.clause is not None and not noun_phrase(self.text, after):
            following = self.text.tokens[after : after + 1]
            ends = not following or following[0].kind != "word"
            ends = ends or following[0].lower in CONJUNCTIONS | SUBORDINATORS | set(PREPOSITIONS)
            if ends or written in {"up", "down", "off", "over"}:
                self.at = after
                return True
        self.at = after
        if relation == "like":
            found = noun_phrase(self.text, self.at)
            self.at = found.next if found else self.at
            return True
        if relation == "without" and self._skip_without():
            return True
        if relation in {"about", "over", "of", "on"} and speech.wants_topic(self.clause):
            if relation != "of" and self._topic():
                return True
        if relation in {"during", "after"}:
            relation = "at"
        if self.camera_subject and relation in {"of", "on"}:
            relation = "shot_of"
        self.preposition = relation
        if relation == "titled":
            self._title()
        return True

    def _skip_without(self) -> bool:
        found = noun_phrase(self.text, self.at)
        if not found:
            return False
        start, end = self._span(self.at - 1, found.next - self.at + 1)
        self.story.note("understood", start, end, "left away on purpose")
        self.at = found.next
        return True

    def _title(self) -> None:
        if self.at < len(self.text) and self.text.tokens[self.at].kind == "quote":
            self.story.title = self.text.tokens[self.at].text.strip()[:120]
            self.at += 1
        self.preposition = ""

    def _topic(self) -> bool:
        topic = speech.topic(self.text, self.at)
        if topic is None or self.clause is None:
            return False
        self.clause.topic, self.clause.topic_kind = topic.words, topic.kind
        self.clause.end = self.text.tokens[topic.next - 1].end
        for found in topic.things:
            self.story.meet(found.mention)
        start, end = topic.start, self.clause.end
        self.story.note("understood", start, end, "what they talk about")
        self.at = topic.next
        self.preposition = ""
        return True

    def _auxiliary(self, lower: str) -> bool:
        if lower in NEGATIONS and lower != "without":
            self._finish()
            start, _ = self._span(self.at, 1)
            self.negated = True
            self.at += 1
            self._negation(start)
            return True
        if lower in AUXILIARIES:
            verb = self.text.sense(self.at, "verb")
            if verb and verb[0].concept == "have" and noun_phrase(self.text, self.at + 1):
                return False
            if lower in {"is", "are", "was", "were", "be", "being", "am", "been"}:
                self.linked = True
            self.at += 1
            return True
        if lower in FILLERS or (lower in DETERMINERS and not noun_phrase(self.text, self.at)):
            self.at += 1
            return True
        return False

    def _negation(self, start: int) -> None:
        """Leave out what does not happen: up to the verb and its first noun phrase."""
        at = self.at
        while at < len(self.text) and self.text.tokens[at].kind == "word":
            verb = self.text.sense(at, "verb")
            at += verb[1] if verb else 1
            if verb and verb[0].concept not in {"be", "have"}:
                break
        found = noun_phrase(self.text, at)
        at = found.next if found else at
        end = self.text.tokens[at - 1].end
        self.story.note("left_out", start, end, "", "a film shows what happens, not what does not")
        self.at = at
        self.negated = False

    # --- nouns ---------------------------------------------------------------------------------

    def _verb_first(self) -> bool:
        """Whether a word that could be a noun or a verb is the verb here."""
        verb = self.text.sense(self.at, "verb")
        if not verb:
            return False
        noun = self.text.sense(self.at, "prop", "place", "role", "garment", "animal", "filmword")
        if not noun:
            return False
        subject_waits = bool(self.subjects) and self.clause is None and not self.preposition
        after_to = self.at > 0 and self.text.lower[self.at - 1] == "to"
        shared = (
            self.clause is not None
            and verb[0].form in {"s", "ed"}
            and self.at > 0
            and self.text.lower[self.at - 1] in {"and", ",", "then"}
        )
        return (subject_waits or after_to or shared) and self._verb()

    def _noun(self) -> bool:
        alone = not self.subjects and self.clause is None
        found = noun_phrase(self.text, self.at, fragment=alone)
        if not found:
            return False
        begins = self.at
        self.at = found.next
        self._attach(found, begins)
        return True

    def _attach(self, found: Found, begins: int) -> None:
        mention = found.mention
        if mention.determiner == "no":
            self.story.note("understood", mention.start, mention.end, "left away on purpose")
            self.subject_is_scene = not self.subjects
            self.preposition = ""
            return
        if self._unknown_verb(found, begins) or self._unknown_place(mention):
            return
        if mention.word.lower() == "water" and self.preposition not in {
            "",
            "with",
            "of",
            "holding",
        }:
            mention.kind = "filmword"
        if self._unknown_topic(mention, begins):
            return
        self._guess_unknown(found)
        if found.owner and found.owner.kind in {"role", "animal", "name"}:
            owner = self.story.meet(found.owner)
            if mention.kind in {"filmword", "bodypart", "unknown"} and not self.clause:
                self._subject(owner, found.owner)
        if mention.kind == "pronoun":
            self._take(self._pronoun(mention), mention)
            return
        if mention.kind == "group":
            self._group(mention)
            return
        if mention.kind == "place":
            self._take_place(mention)
            return
        if mention.kind == "garment":
            self._garment(mention)
            return
        if mention.kind == "bodypart":
            self._bodypart(mention)
            return
        if mention.kind in {"role", "animal", "name", "prop"}:
            if self.preposition == "named":
                self._named(mention)
                return
            if self.linked and mention.kind == "role" and self.subjects and self.clause is None:
                self._identity(mention)
                return
            self._take(self.story.meet(mention), mention)
            return
        self._other_noun(mention, begins)

    def _other_noun(self, mention: Mention, begins: int) -> None:
        if mention.kind == "filmword" and not self.subjects and not self.preposition:
            self.subject_is_scene = True
        if mention.kind == "unknown" and not self.clause and not self.subjects:
            self.subject_is_scene = True
        for kind, concept in mention.traits:
            if kind == "mood":
                described = self._described()
                if described and mention.kind == "filmword":
                    self.story.moment.mood = self.story.moment.mood or concept  # type: ignore[assignment]
                else:
                    self.scenery.mood(concept, mention.start, mention.end)
            if kind == "style":
                self.scenery.take(words.Sense("style", concept), mention.start, mention.end)
            if kind == "colour" and self.preposition in WEARS and begins:
                pass
        self.preposition = ""

    def _unknown_topic(self, mention: Mention, begins: int) -> bool:
        """Take "explains quantum physics" as what is talked about."""
        clause = self.clause
        known = mention.kind not in {"unknown", "filmword"} or mention.determiner == "possessive"
        if clause is None or known or self.preposition or clause.topic:
            return False
        if not words.verbs()[clause.verb].converse:
            return False
        topic = speech.topic(self.text, begins)
        if topic is None:
            return False
        clause.topic, clause.topic_kind = topic.words, topic.kind
        clause.end = self.text.tokens[topic.next - 1].end
        self.story.note("understood", topic.start, clause.end, "what they talk about")
        self.at = max(self.at, topic.next)
        return True

    def _unknown_place(self, mention: Mention) -> bool:
        """Take "in Marrakech" as a place that is not known, and not as somebody."""
        where = self.preposition in {"in", "into", "at", "from", "through", "toward", "inside"}
        if mention.kind != "name" or not where or mention.name in words.first_names():
            return False
        if any(figure.name == mention.name for figure in self.story.figures.values()):
            return False
        self.story.note(
            "left_out", mention.start, mention.end, "", "the writer does not know this place"
        )
        self.preposition = ""
        return True

    def _unknown_verb(self, found: Found, begins: int) -> bool:
        """Take an unknown word where a verb must be as one: they stand, or use what follows."""
        mention = found.mention
        waits = bool(self.subjects) and self.clause is None and not self.preposition
        participle = self.after_comma and self.text.lower[begins].endswith("ing")
        waits = waits or (bool(self.subjects) and participle)
        if not (waits and mention.kind == "unknown" and found.unknown[:1] == [begins]):
            return False
        if self.linked or mention.determiner:
            return False
        if self.after_comma and not self.text.lower[begins].endswith("ing"):
            return False
        token = self.text.tokens[begins]
        self.at = begins + 1
        thing = noun_phrase(self.text, self.at)
        self._finish()
        verb = "use" if thing and thing.mention.kind == "prop" else "stand"
        self.clause = Clause(token.start, token.end, verb, list(self.subjects))
        self.story.note(
            "approximated",
            token.start,
            token.end,
            words.verbs()[verb].action,
            "the writer does not know this verb",
        )
        return True

    def _pronoun(self, mention: Mention) -> Ref:
        if mention.concept in {"me", "us", "you"}:
            return self.story.meet(_speaking_person(mention))
        if mention.concept in {"self", "none"}:
            return NOTHING
        return self.story.pronoun(mention.concept)

    def _group(self, mention: Mention) -> None:
        if self.text.lower[self.at : self.at + 1] == ["of"]:
            inner = noun_phrase(self.text, self.at + 1)
            if inner and inner.mention.kind in {"role", "animal", "prop", "unknown"}:
                self.at = inner.next
                self._guess_unknown(inner)
                inner.mention.start = mention.start
                inner.mention.plural = True
                inner.mention.determiner = mention.determiner
                inner.mention.count = max(int(mention.concept), inner.mention.count)
                self._take(self.story.meet(inner.mention), inner.mention)
                return
        known = {"couple": "couple", "pair": "couple", "duo": "couple", "family": "family"}
        mention.kind = "role"
        mention.count = int(mention.concept)
        mention.plural = True
        mention.concept = known.get(mention.word.lower(), "person")
        if self.story.last_group and mention.determiner in {"the", "this"}:
            self._take(self.story.pronoun("group"), mention)
            return
        self._take(self.story.meet(mention), mention)

    def _identity(self, mention: Mention) -> None:
        """ "Anna is a chef": the subject takes on the role's looks."""
        for figure_id in self.subjects:
            figure = self.story.figures[figure_id]
            brings = words.roles()[mention.concept]
            figure.role = mention.concept if figure.role == "person" else figure.role
            figure.garments = figure.garments or list(brings.garments)
            for kind, concept in mention.traits:
                self.story.describe(figure_id, kind, concept)
            if brings.place and not self.story.default_place:
                self.story.default_place = brings.place
        self.preposition = ""

    def _named(self, mention: Mention) -> None:
        name = mention.name or self.story.text[mention.start : mention.end]
        for figure_id in list(self.last.ids) if self.last.kind == "figures" else []:
            self.story.rename(figure_id, name.strip()[:60])
        self.preposition = ""

    def _take_place(self, mention: Mention) -> None:
        for kind, concept in mention.traits:
            if kind == "mood":
                self.scenery.mood(concept, mention.start, mention.end)
        verb = self.clause.verb if self.clause else ""
        traits = words.verbs()[verb].traits if verb else frozenset()
        goes = "enter" in traits or self.preposition == "into"
        goes = goes or (self.preposition == "to" and "move" in traits) or verb == "cross"
        goes = goes or (not self.preposition and verb in {"discover", "find", "explore", "travel"})
        if self.story.place.concept == mention.concept:
            pass
        elif self.preposition in {"toward", "from", "like", "for"} and self.story.place.concept:
            self.story.note(
                "left_out", mention.start, mention.end, "", "it lies outside the picture"
            )
        elif verb == "leave" and not self.preposition and self.story.place.concept:
            pass
        else:
            self.story.go_to(mention, moves=goes)
            self.scenery.place(mention)
        if not self.subjects and not self.preposition:
            self.subject_is_scene = True
        self.preposition = ""
        self.last_mention = mention

    def _garment(self, mention: Mention) -> None:
        verb = self.clause.verb if self.clause else ""
        wearers = self._wearers()
        worn = verb in {"wear", "put_on", "have"} or self.preposition in WEARS
        if wearers and all(self.story.figures[one].kind == "animal" for one in wearers):
            reason = "animals are shown without clothes"
            self.story.note("left_out", mention.start, mention.end, "", reason)
            self.preposition = ""
            return
        if wearers and (worn or self.after_comma or self.last.kind == "figures"):
            colour = mention.trait("colour")
            self.story.dress(wearers, mention.concept, colour)
            self.scenery.worn(mention)
            if self.text.lower[self.at : self.at + 1] not in (["and"], [","]):
                self.preposition = ""
            return
        if mention.concept in HANDLED_AS_PROP:
            mention.kind, mention.concept = "prop", HANDLED_AS_PROP[mention.concept]
            self._take(self.story.meet(mention), mention)
            return
        self.story.note(
            "left_out", mention.start, mention.end, "", "clothes are worn here, not handled"
        )
        self.preposition = ""

    def _wearers(self) -> list[str]:
        if self.clause and self.clause.verb in {"wear", "put_on", "have"}:
            return self.clause.subjects
        if self.last.kind == "figures":
            return list(self.last.ids)
        return self._described()

    def _bodypart(self, mention: Mention) -> None:
        for figure_id in self._wearers():
            for kind, concept in mention.traits:
                if mention.concept == "hair" and kind == "colour":
                    self.story.describe(figure_id, "haircolour", concept)
                elif mention.concept == "hair" and (
                    kind == "hair" or concept in {"short", "large"}
                ):
                    style = "long" if concept == "large" else concept
                    self.story.describe(figure_id, "hair", style)
                elif mention.concept == "skin" and kind in {"skin", "colour"}:
                    skin = {"dark": "dark_skin", "brown": "brown_skin", "olive": "olive_skin"}
                    self.story.describe(figure_id, "skin", skin.get(concept, concept))
        if mention.concept == "eyes" and mention.trait("colour"):
            self.story.note(
                "left_out", mention.start, mention.end, "", "a look has no colour of eyes"
            )

    # --- where a noun phrase goes --------------------------------------------------------------

    def _take(self, ref: Ref, mention: Mention) -> None:
        self.scenery.met(ref, mention)
        preposition, self.preposition = self.preposition, ""
        if not ref.ids:
            return
        if self.camera_subject or preposition == "shot_of":
            self.story.moment.subject = self.story.moment.subject or ref.ids[0]
            self.camera_subject = False
            preposition = ""
            if self.clause is None and ref.kind == "figures":
                self._subject(ref, mention)
                return
        if preposition == "holding" or (preposition == "with" and self._belongs_to_last(ref)):
            holder = self._wearers()
            if holder and ref.kind == "things":
                self.story.hold(holder[0], ref.ids)
                return
        if self.clause is not None and self._begins_clause(ref, preposition):
            self._finish()
            self.subjects = list(ref.ids)
            self.after_comma = False
        elif self.clause is not None:
            self._complement(ref, preposition)
        elif preposition and self.subjects:
            self._loose_oblique(ref, preposition)
        elif ref.kind == "figures":
            self._subject(ref, mention)
        elif preposition and self.last.kind == "things" and ref.kind == "things":
            self._relate(self.last, preposition, ref)
        else:
            self.subject_is_scene = not self.subjects
        self.last, self.last_mention = ref, mention

    def _begins_clause(self, ref: Ref, preposition: str) -> bool:
        """Whether ", vendors shouting" follows: somebody else, with a verb of their own."""
        verb = self.text.sense(self.at, "verb")
        return (
            self.after_comma
            and not preposition
            and ref.kind == "figures"
            and verb is not None
            and verb[0].form in {"s", "ed", "ing"}
        )

    def _belongs_to_last(self, ref: Ref) -> bool:
        return ref.kind == "things" and self.last.kind == "figures"

    def _subject(self, ref: Ref, mention: Mention) -> None:
        if self.subjects and not self.subject_is_scene:
            apposition = (
                self.after_comma
                and self.last.kind == "figures"
                and mention.determiner == "a"
                and bool(self.last_mention and self.last_mention.kind == "name")
            )
            if apposition:
                self._merge(ref)
                return
            self.subjects = list(dict.fromkeys([*self.subjects, *ref.ids]))
            if len(self.subjects) > 1:
                self.story.last_group = tuple(self.subjects)
        else:
            self.subjects, self.subject_is_scene = list(ref.ids), False
        self.last, self.last_mention = ref, mention
        self.after_comma = False

    def _merge(self, ref: Ref) -> None:
        """ "Anna, a tired chef": one person, the name first."""
        keep, drop = self.story.figures[self.subjects[-1]], self.story.figures[ref.ids[0]]
        if drop.id == keep.id:
            return
        drop.name, drop.named, drop.id = keep.name, True, keep.id
        if keep.gender != "neutral":
            drop.gender = keep.gender
        self.story.replace(keep.id, ref.ids[0], drop)

    def _complement(self, ref: Ref, preposition: str) -> None:
        clause = self.clause
        assert clause is not None, "a complement belongs to a verb"
        if self.passive and preposition == "by" and ref.kind == "figures":
            clause.objects = [Ref("figures", tuple(clause.subjects))]
            clause.subjects = list(ref.ids)
            self.passive = False
            return
        if (
            preposition
            and self.last.kind == "things"
            and ref.kind == "things"
            and (
                preposition in {"on", "in", "under", "by", "behind", "inside", "with", "left_of"}
                and self.last.ids != ref.ids
                and not clause.objects
            )
        ):
            self._relate(self.last, preposition, ref)
        if preposition:
            clause.obliques.append((preposition, ref))
        else:
            clause.objects.append(ref)
        clause.end = self.text.tokens[self.at - 1].end

    def _loose_oblique(self, ref: Ref, preposition: str) -> None:
        """ "A woman on a bench": she stands or sits there until a verb says more."""
        start, end = self._span(self.at - 1, 1)
        act(
            self.story,
            Clause(start, end, "be", list(self.subjects), obliques=[(preposition, ref)]),
        )

    def _relate(self, ref: Ref, preposition: str, anchor: Ref) -> None:
        act(
            self.story,
            Clause(0, 0, "put", [], objects=[ref], obliques=[(preposition, anchor)]),
        )

    # --- verbs ---------------------------------------------------------------------------------

    def _verb(self) -> bool:
        found = self.text.sense(self.at, "verb")
        if not found:
            return False
        sense, length = found
        begins = self.at
        start, end = self._span(begins, length)
        self.at += length
        meta = sense.concept in META_VERBS and not self.subjects and sense.form == ""
        if meta or "aux" in words.verbs()[sense.concept].traits:
            self._aside(sense.concept)
            return True
        subjects = self._who_does(sense.form)
        if sense.concept in {"be", "become"} and subjects:
            self.linked = True
        if self.clause is not None:
            self._finish()
        if not subjects and (self.subject_is_scene or sense.form == ""):
            self._scene_verb(sense.concept, start, end)
            return True
        self.passive = self.linked and sense.form == "ed"
        self.clause = Clause(start, end, sense.concept, subjects, manner=self.manner)
        self.manner = ""
        self.preposition = ""
        self.after_comma = False
        self.linked = sense.concept in {"be", "become"}
        self.scenery.acted(sense.concept, start, end)
        speech.after_verb(self)
        return True

    def _aside(self, concept: str) -> None:
        if concept in {"love", "hate"}:
            return
        following = self.text.sense(self.at, "verb")
        if following and following[0].form == "ing":
            self.after_comma = True

    def _who_does(self, form: str) -> list[str]:
        by = self.at >= 2 and self.text.lower[self.at - 2] in {"by", "while", "before", "after"}  # noqa: PLR2004 - the word before the verb
        if form == "ing" and by and self.subjects:
            return list(self.subjects)
        if form == "ing" and not self.after_comma and self.last.kind == "figures":
            return list(self.last.ids) if not self._is_subject(self.last) else list(self.subjects)
        if self.subjects:
            return list(self.subjects)
        if self.subject_is_scene:
            return []
        if form in {"s", "ed", "ing"} and self.previous_subjects:
            self.subjects = list(self.previous_subjects)
            for one in self.subjects:
                if one not in self.story.moment.cast:
                    self.story.moment.cast.append(one)
            return list(self.subjects)
        return []

    def _is_subject(self, ref: Ref) -> bool:
        return bool(set(ref.ids) & set(self.subjects))

    def _scene_verb(self, concept: str, start: int, end: int) -> None:
        act(self.story, Clause(start, end, concept, []))
        self.preposition = ""

    # --- quotations and the rest ---------------------------------------------------------------

    def _quotation(self) -> None:
        speech.quotation(self)

    def _unknown(self) -> None:
        self.unread.append(self.at)
        self.at += 1

    def _guess_unknown(self, found: Found) -> None:
        """Look for the nearest concept of a noun that the lexicon does not have."""
        mention = found.mention
        if mention.kind != "unknown" or not found.unknown:
            self.unread.extend(index for index in found.unknown)
            return
        head = self.text.tokens[found.unknown[-1]]
        kinds = (
            ("place", "prop")
            if self.preposition in {"in", "at", "into"}
            else ("prop", "place", "role")
        )
        guess = self.guesser.nearest(head.lower, kinds, plural=mention.plural)
        if guess is None:
            self.story.note(
                "left_out",
                mention.start,
                mention.end,
                "",
                "the writer does not know this word and nothing it knows is near",
            )
            return
        mention.kind, mention.concept = guess.kind, guess.concept
        self.story.note(
            "approximated",
            mention.start,
            mention.end,
            guess.concept.replace("_", " "),
            f"the writer does not know this word; {guess.how}",
        )

    def _report_unread(self) -> None:
        """Note the words that no rule took, neighbours together."""
        run: list[int] = []
        for index in [*sorted(set(self.unread)), 10**9]:
            if run and index != run[-1] + 1:
                start, end = self.text.tokens[run[0]].start, self.text.tokens[run[-1]].end
                self.story.note("left_out", start, end, "", "the writer does not know these words")
                run = []
            run.append(index)

    def _span(self, index: int, length: int) -> tuple[int, int]:
        last = min(len(self.text), index + max(length, 1)) - 1
        return self.text.tokens[index].start, self.text.tokens[last].end


def _speaking_person(mention: Mention) -> Mention:
    name = {"me": "Me", "us": "We", "you": "You"}[mention.concept]
    known = Mention(mention.start, mention.end, "role", "person", name, name=name)
    if mention.concept == "us":
        known.count, known.plural, known.name = 2, True, ""
    return known
