"""Reading English: a clause grammar that walks over the tokens once, from left to right.

A clause is a subject, a verb, objects and prepositional phrases. The reader keeps the subject of
the clause, the noun phrase read last (to which "in a red coat" and "holding a lamp" belong) and
the pending preposition; every finished clause is handed to `deeds.act`.
"""

import itertools

from matinee.film.screenplay import Relation

from . import english_speech as speech
from . import english_topics as topics
from . import words
from .deeds import act
from .draft import NOTHING, Clause, Ref
from .english_nouns import EnglishNouns
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
)

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
    "time",
    "weather",
    "sound",
    "camsize",
    "cammove",
    "camangle",
    "lens",
    "music",
    "silence",
    "style",
    "pace",
    "mood",
    "manner",
    "hair",
    "haircolour",
    "beard",
)


SIDES = {
    "on the left": "left", "on the right": "right", "to the left": "left", "to the right": "right",
    "on the left side": "left", "on the right side": "right", "at the left": "left",
    "at the right": "right", "on its left": "left", "on its right": "right",
}  # fmt: skip
SIDE_VERBS = frozenset({"stands", "sits", "stand", "sit", "lies", "there", "we", "see"})
RECIPROCALS: dict[str, Relation] = {
    "next to each other": "beside",
    "beside each other": "beside",
    "near each other": "beside",
    "side by side": "beside",
    "next to one another": "beside",
    "behind each other": "behind",
    "on each other": "on",
    "on top of each other": "on",
}


class EnglishReader(EnglishNouns):
    """Reads one passage into a story. `unread` collects tokens that no rule took."""

    # --- the walk ------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the whole passage."""
        while self.at < len(self.text):
            before = self.at
            self._step()
            assert self.at > before, "a reader that does not advance never ends"
        self.end_sentence()
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
            self.end_sentence()
        elif token.text in ",:—–…" or token.kind == "dash":
            self.after_comma = True
            self.preposition = ""
            self.camera_subject = False

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
        if found[0] not in SOFT_SEQUENCE and not self.story.moment.is_untold:
            self._new_moment(start)
            if self.subjects:
                self.previous_subjects, self.subjects = list(self.subjects), []
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
        self._cut_to(found[0].kind, start)
        self.scenery.camera(found[0], start, end)
        self.at += found[1]
        while self.at < len(self.text) and self.text.lower[self.at] in {"shot", "angle", "view"}:
            self.at += 1
        if found[0].kind != "lens":
            self.camera_subject = True
        return True

    def _cut_to(self, kind: str, start: int) -> None:
        """Begin a shot where a sentence that has its camera asks for another size."""
        moment = self.story.moment
        if kind != "camsize" or not self.after_comma or moment.explicit:
            return
        if moment.size is None and moment.move is None:
            return
        self._finish()
        if not moment.is_bare:
            moment.end = max(moment.end, start)
            self._new_moment(start)
            self.previous_subjects = list(self.subjects) or self.previous_subjects
            self.subjects, self.last = [], NOTHING

    def _camera_moves(self) -> bool:
        if self.preposition in {"with", "holding", "of"} or (self.clause and self.subjects):
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
                self.story.moment.explicit and self.at < 2  # noqa: PLR2004 - a small count, said by the words beside it
            )
        if kind == "cammove" and word in {"orbits", "orbiting", "pans"}:
            return self.subject_is_scene
        return True

    def _scenery(self) -> bool:  # noqa: C901 - a grammar has as many cases as its language
        if self.clause and self.clause.verb in {"play", "practise"} and self.preposition == "":
            return False
        noun = self.text.sense(self.at, "prop", "role", "animal", "garment", "place", "bodypart")
        found = self.text.sense(self.at, *SCENE_KINDS)
        if not found or (noun and noun[1] >= found[1]):
            return False
        sense, length = found
        if sense.kind in {"camsize", "cammove", "camangle", "lens"}:
            return False
        if sense.kind == "style":
            return self._style(sense, length)
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

    def _style(self, sense: words.Sense, length: int) -> bool:
        """Take a style, and the medium that it belongs to: "pixel art", "an oil painting of"."""
        start, end = self._span(self.at, length)
        self.scenery.take(sense, start, end)
        self.at += length
        self.skip_medium()
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

    def _set_manner(self, manner: str) -> None:
        if self.clause:
            self.clause.manner = manner
        else:
            self.manner = manner

    def _small_word(self) -> bool:  # noqa: PLR0911 - a grammar has as many cases as its language
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
        if self._decade() or self._side() or self._reciprocal():
            return True
        preposition = self.text.phrase(self.at, PREPOSITIONS)
        if preposition and not self._is_longer_noun(preposition[1]):
            return self._prepose(*preposition)
        return self._auxiliary(lower)

    def _decade(self) -> bool:
        """Take "in his 60s" as an age."""
        token = self.text.tokens[self.at]
        if token.kind != "number" or not token.lower.endswith("0s") or len(token.lower) > 3:  # noqa: PLR2004 - "60s"
            return False
        years = int(token.lower[:-1])
        age = "elder" if years >= 60 else ("adult" if years >= 20 else "teen")  # noqa: PLR2004 - ages
        for one in self._described():
            self.story.describe(one, "age", age)
        self.preposition = ""
        self.at += 1
        return True

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
        if self.text.lower[self.at] == "who" and antecedent.kind != "figures":
            # "A dwarf in the sphere who rakes": the sphere does not.
            antecedent = Ref("figures", tuple(self.subjects or self.story.recent[-1:]))
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
        elif (verb and not noun_first) or self._joins_the_dressed(following):
            self.preposition = ""

    def _joins_the_dressed(self, following: Found | None) -> bool:
        """Whether "and an old man" after "a woman in a red coat" is one more who acts."""
        dressed = self.preposition in WEARS and self.last.kind == "figures"
        joins = following is not None and following.mention.kind in {"role", "name"}
        return dressed and joins and self.clause is None

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

    def _prepose(self, written: str, length: int) -> bool:  # noqa: C901, PLR0911, PLR0912 - a grammar has as many cases as its language
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
            if self._style_ahead():
                return True
            found = noun_phrase(self.text, self.at)
            self.at = found.next if found else self.at
            while found and self.text.lower[self.at : self.at + 1] in (["and"], ["or"]):
                found = noun_phrase(self.text, self.at + 1)
                if found is None or self._verb_after(found.next):
                    break
                self.at = found.next
            return True
        if relation == "without" and self._skip_without():
            return True
        topical = topics.wants_topic(self.clause, relation)
        if topical and self._topic():
            return True
        if relation in {"during", "after"}:
            relation = "at"
        if self.camera_subject and relation in {"of", "on"}:
            relation = "shot_of"
        self.preposition = relation
        if relation == "titled":
            self._title()
        return True

    def _side(self) -> bool:
        """Take "on the left" and "to the right" that are of nothing but the picture."""
        found = self.text.phrase(self.at, SIDES)
        if not found or self.text.lower[self.at + found[1] : self.at + found[1] + 1] == ["of"]:
            return False
        self.side = SIDES[found[0]]
        self.at += found[1]
        self.preposition = ""
        if self.last.ids and self.last.kind in {"things", "figures"} and not self._noun_is_next():
            self._put_aside(self.last)
        return True

    def _noun_is_next(self) -> bool:
        """Whether what stands on a side is still to be named: "on the left is a vase"."""
        at = self.at
        while self.text.lower[at : at + 1] and self.text.lower[at] in AUXILIARIES | SIDE_VERBS:
            at += 1
        found = noun_phrase(self.text, at)
        return found is not None and found.mention.kind != "pronoun"

    def _reciprocal(self) -> bool:
        """Take "next to each other" and "side by side" of those who were just named."""
        found = self.text.phrase(self.at, RECIPROCALS)
        if not found:
            return False
        self.at += found[1]
        doers = self.clause.subjects if self.clause else self.subjects
        group = list(doers) if len(doers) > 1 else list(self.row)
        for one, other in itertools.pairwise(group):
            self.story.put(other, RECIPROCALS[found[0]], one)
        self.preposition = ""
        return True

    def _style_ahead(self) -> bool:
        """Take "like a Van Gogh", "in the style of ukiyo-e" and "as a blueprint"."""
        at = self.at
        while self.text.lower[at : at + 1] and self.text.lower[at] in {"a", "an", "the", "in"}:
            at += 1
        found = self.text.sense(at, "style")
        if not found:
            return False
        self.at = at
        return self._style(*found)

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
        topic = topics.topic(self.text, self.at)
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
            if verb and verb[1] > 1:
                # "Does yoga", "is doing a handstand": here it is no auxiliary.
                return False
            if lower in {"is", "are", "was", "were", "be", "being", "am", "been"}:
                self.linked = True
            self.at += 1
            return True
        # "New York" is more than something new.
        filler = lower in FILLERS and not self._is_longer_noun(1)
        if filler or (lower in DETERMINERS and not noun_phrase(self.text, self.at)):
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
        before = self.text.lower[self.at - 1] if self.at else ","
        if self.last.kind == "things" and not self.preposition and self.clause is None:
            # "A statue guards a library": what follows a thing at once is what it does.
            subject_waits = verb[0].form == "s" and before not in CONJUNCTIONS | {","}
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
        for word in self.text.lower[begins + 1 : begins + length]:
            senses = words.english().matches([word], 0)
            weather = senses[0].of("weather") if senses else None
            if weather is not None and not weather.approximate:
                # "Shovels snow": there is some.
                self.scenery.take(weather, start, end)
        speech.after_verb(self)
        return True

    def _aside(self, concept: str) -> None:
        if concept in {"love", "hate"}:
            return
        following = self.text.sense(self.at, "verb")
        if following and following[0].form == "ing":
            self.after_comma = True

    def _who_does(self, form: str) -> list[str]:
        by = self.at >= 2 and self.text.lower[self.at - 2] in {"by", "while", "before", "after"}  # noqa: PLR2004 - a small count, said by the words beside it
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
        things = list(self._in_row().ids) if self.last.kind == "things" else []
        before = next(
            (one for one in reversed(self.text.tokens[: self.at]) if one.end <= start), None
        )
        if self.acting and before is not None and before.lower in {"and", "then", ","}:
            # "A vase falls off the table and breaks": the vase does.
            things = list(self.acting)
        self.acting = tuple(things)
        clause = Clause(start, end, concept, [], things=things)
        act(self.story, clause)
        self.scenery.happened(concept, start, end, things)
        self.preposition = ""

    # --- quotations and the rest ---------------------------------------------------------------

    def _quotation(self) -> None:
        speech.quotation(self)

    def _unknown(self) -> None:
        self.unread.append(self.at)
        self.at += 1

    def _report_unread(self) -> None:
        """Note the words that no rule took, neighbours together."""
        run: list[int] = []
        for index in [*sorted(set(self.unread)), 10**9]:
            if run and index != run[-1] + 1:
                start, end = self.text.tokens[run[0]].start, self.text.tokens[run[-1]].end
                self.story.note("left_out", start, end, "", "the writer does not know these words")
                run = []
            run.append(index)
