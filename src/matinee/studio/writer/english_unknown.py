"""What a reader of English knows of its sentence, and what it makes of words it does not know."""

from . import english_topics as topics
from . import kinds, words
from .deeds import act
from .draft import NOTHING, Clause, Mention, Ref
from .english_phrases import Found, noun_phrase
from .english_tokens import Text
from .guess import Guesser
from .scenery import Scenery
from .story import Story

UNKNOWN_VERB = "the writer does not know this verb"
# A part or a substance that is no more than some artefact is not worth a box, unless it is held.
VAGUE = frozenset({"artifact", "device", "instrumentality", "structure", "natural object"})


class EnglishSentence:
    """The sentence so far: its subjects, its open clause, the noun phrase read last."""

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
        # Things named side by side ("a cup and a fork on …"), what waits for the second one of
        # "between", and what stands on the left of the picture.
        self.row: list[str] = []
        self.between: tuple[list[str], str] | None = None
        self.host = ""
        self.side = ""
        self.sides: dict[str, str] = {}
        # The things that the sentence lets do something.
        self.acting: tuple[str, ...] = ()
        for index, meant in self.text.slips.items():
            token = self.text.tokens[index]
            story.note("approximated", token.start, token.end, meant, "it is spelt nearly so")

    def end_sentence(self) -> None:
        """Close the sentence: the next one begins a moment of its own."""
        self._finish()
        if self.subjects:
            self.previous_subjects = list(self.subjects)
        self.subjects, self.subject_is_scene = [], False
        self.last, self.last_mention = NOTHING, None
        self.preposition, self.manner = "", ""
        self.after_comma = self.negated = self.linked = self.passive = False
        self.camera_subject = self.relative = False
        self.row, self.between, self.host = [], None, ""
        self.acting = ()
        moment = self.story.moment
        if self.at and self.at <= len(self.text):
            moment.end = max(moment.end, self.text.tokens[self.at - 1].end)
        if not moment.explicit and not moment.is_untold and self.at < len(self.text):
            self._new_moment(self.text.tokens[self.at].start)

    def _new_moment(self, start: int) -> None:
        moment = self.story.moment
        if not moment.explicit:
            if not moment.is_untold:
                moment.end = max(moment.end, start)
            self.story.next_moment(start)

    def _finish(self) -> None:
        if self.clause is not None and not self.negated:
            act(self.story, self.clause)
            self.story.moment.end = max(self.story.moment.end, self.clause.end)
        self.clause = None
        self.negated = self.passive = False

    def _described(self) -> list[str]:
        if self.clause and self.clause.subjects:
            return self.clause.subjects
        if self.subjects:
            return self.subjects
        return list(self.last.ids) if self.last.kind == "figures" else []

    def _handles(self) -> bool:
        """Whether the open clause is about a thing in somebody's hands."""
        verb = self.clause.verb if self.clause else ""
        return bool(verb) and "take" in words.verbs()[verb].traits and not self.preposition

    def _span(self, index: int, length: int) -> tuple[int, int]:
        last = min(len(self.text), index + max(length, 1)) - 1
        return self.text.tokens[index].start, self.text.tokens[last].end


class EnglishUnknown(EnglishSentence):
    """Words that the lexicon lacks: topics of talk, places, ways to act, kinds of things."""

    def _unknown_topic(self, mention: Mention, begins: int) -> bool:
        """Take "explains quantum physics" as what is talked about."""
        clause = self.clause
        known = mention.kind not in {"unknown", "filmword"} or mention.determiner == "possessive"
        if clause is None or known or self.preposition or clause.topic:
            return False
        if not words.verbs()[clause.verb].converse:
            return False
        topic = topics.topic(self.text, begins)
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
        waits = waits or (bool(self.subjects) and participle) or self._is_joined_verb(begins)
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
        verb = kinds.verb(token.lower)
        follows = self.text.sense(self.at, "verb")
        idle = not verb and participle and not (thing and thing.mention.kind == "prop")
        if idle or (follows and follows[0].form in {"s", "ed", "ing", ""} and follows[0].form):
            # "Its mane flowing"; "a couple slow dances": nobody does anything by this word.
            self.unread.append(begins)
            return True
        reason = f"read as a way to {verb.replace('_', ' ')}" if verb else UNKNOWN_VERB
        if not words.verbs().get(verb, words.VerbTraits("")).action:
            verb = "use" if thing and thing.mention.kind == "prop" else "stand"
        self.clause = Clause(token.start, token.end, verb, list(self.subjects))
        action = words.verbs()[verb].action
        self.story.note("approximated", token.start, token.end, action, reason)
        return True

    def _is_joined_verb(self, begins: int) -> bool:
        """Whether a word is one more thing that is done: "swings and misses"."""
        lower, clause = self.text.lower, self.clause
        joins = begins > 1 and lower[begins - 1] == "and" and not self.preposition
        return bool(
            joins
            and clause is not None
            and clause.subjects
            and lower[begins].endswith("s")
            and kinds.is_verb(lower[begins])
        )

    def _guess_unknown(self, found: Found) -> None:
        """Look for the nearest concept of a noun that the lexicon does not have."""
        mention = found.mention
        if mention.kind != "unknown" or not found.unknown:
            self.unread.extend(index for index in found.unknown)
            return
        located = self.preposition in {"in", "at", "into", "inside"}
        wanted: tuple[str, ...] = ("prop", "place", "role", "animal", "garment")
        wanted = ("place", "prop") if located else wanted
        if self.clause is not None and not self.preposition:
            # What is built, held or eaten is no place: "a sandcastle".
            wanted = ("prop", "role", "animal", "garment")
        guess = None
        for length in (2, 1):
            named = " ".join(self.text.lower[one] for one in found.unknown[-length:])
            guess = guess or self.guesser.nearest(named, wanted, plural=mention.plural)
        if guess is not None and guess.of in VAGUE and self.preposition not in {"", "holding"}:
            guess = None
        if guess is None:
            self.story.note(
                "left_out",
                mention.start,
                mention.end,
                "",
                "the writer does not know this word and nothing it knows is near",
            )
            return
        mention.kind, mention.concept, mention.approximate = guess.kind, guess.concept, True
        self.story.note(
            "approximated",
            mention.start,
            mention.end,
            guess.concept.replace("_", " "),
            f"the writer does not know this word; {guess.how}",
        )
