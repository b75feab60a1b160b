"""Reading a language without a grammar: known words in their order, said plainly in the notes.

A dozen languages have a word table (`word_tables`); in any other only loan words, names and
quotations are found. In scripts without spaces the longest match is taken. What places a noun
stands before it in most languages, and behind it where the verb is last.
"""

import re
from dataclasses import dataclass

from . import meaning, words
from .deeds import act
from .draft import Clause, Mention, Ref, Saying
from .english_tokens import quotation_end
from .language import line_language
from .scenery import Scenery
from .story import Story
from .word_tables import COLUMNS, NAMED, NEIGHBOURS, WITHOUT_SPACES, plain, table_of
from .words import Sense

NAMES = {
    "es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese",
    "ja": "Japanese", "ko": "Korean", "ru": "Russian", "ar": "Arabic", "hi": "Hindi",
    "id": "Indonesian", "tr": "Turkish", "nl": "Dutch", "sv": "Swedish", "da": "Danish",
    "no": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "sk": "Slovak",
    "hu": "Hungarian", "ro": "Romanian", "ms": "Malay", "vi": "Vietnamese", "tl": "Tagalog",
    "sw": "Swahili", "ca": "Catalan", "eo": "Esperanto", "uk": "Ukrainian", "bg": "Bulgarian",
    "sr": "Serbian", "fa": "Persian", "ur": "Urdu", "el": "Greek", "he": "Hebrew", "th": "Thai",
    "bn": "Bengali", "ta": "Tamil", "te": "Telugu", "ka": "Georgian", "hy": "Armenian",
}  # fmt: skip
# In these languages a colour stands after what it colours.
COLOUR_AFTER = frozenset({"es", "fr", "it", "pt", "ar", "id"})
# In these languages the verb stands last and what places a noun stands behind it.
VERB_LAST = frozenset({"ja", "ko", "hi", "tr"})
# What sticks to a Korean noun and says what it is in the sentence, longest first.
_KOREAN_CASES = {
    "에게": Sense("relation", "to"), "한테": Sense("relation", "to"),
    "을": Sense("conj", "object"), "를": Sense("conj", "object"),
    "과": Sense("conj", "and"), "와": Sense("conj", "and"), "하고": Sense("conj", "and"),
}  # fmt: skip
_KOREAN_PARTICLES = frozenset(
    {
        *(
            "이",
            "가",
            "을",
            "를",
            "은",
            "는",
            "에",
            "에서",
            "의",
            "과",
            "와",
            "도",
            "로",
            "으로",
            "들",
        ),
        *("들이", "만", "까지", "부터", "에게", "한테", "께", "처럼", "하고", "랑"),
    }
)
_COUNTERS = ("마리", "명", "대", "개", "권", "송이", "그루", "채", "頭", "匹", "羽", "人", "tane")
_CLITICS = {"ar": ("وال", "بال", "ال", "و", "ب", "ل"), "fr": ("l'", "d'", "qu'", "l’", "d’")}
_CLITICS["it"] = ("l'", "un'", "dell'", "all'", "nell'", "sull'")
_CLITICS["id"] = ("ber", "me", "ke")
# Vowel signs of Hebrew, Arabic and the scripts of India and Thailand belong to their words.
_WORD = re.compile(
    r"[^\W\d_][\w'’\-\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
    r"\u0e31-\u0e4e\u200c\u200d]*|[^\w\s]|\n|\d+"
)
_ENDS = frozenset(".!?;。！？\n؟।")
STEM_LETTERS_MIN, FORM_WORDS_MAX, FORM_LETTERS_MAX = 2, 4, 40
COUPLE = 2
UNREAD_NOTES_MAX = 40
MEANING_LETTERS_MIN, MEANINGS_MAX = 4, 40


@dataclass(frozen=True)
class Word:
    """A word or phrase, its place in the prompt and its senses; `kind` marks quotes and stops."""

    text: str
    start: int
    end: int
    kind: str
    senses: tuple[Sense, ...] = ()


class WordListReader:
    """Reads one passage word by word into a story."""

    def __init__(self, story: Story, start: int, end: int, language: str) -> None:
        """Prepare to read `story.text[start:end]`, which is in `language`."""
        self.story = story
        self.language = language
        self.table = table_of(language)
        self.scenery = Scenery(story)
        self.words = self._cut(start, end)
        self.start, self.end, self.next_start, self.read_end = start, end, start, start
        self.subjects: list[str] = []
        self.previous: list[str] = []
        self.objects: list[Ref] = []
        self.clause: Clause | None = None
        self.last: Mention | None = None
        self.last_ref: Ref | None = None
        self.traits: list[tuple[str, str]] = []
        self.count = 1
        self.unread: list[Word] = []
        self.asked = self.at = 0
        self.obliques: list[tuple[str, Ref]] = []
        self.preposition = ""
        self.joined = True

    def read(self) -> None:
        """Read the whole passage and say how it was read."""
        if NEIGHBOURS.get(self.language, self.language) not in COLUMNS:
            self.words = [self._by_meaning(word) for word in self.words]
        for index, word in enumerate(self.words):
            self.at = index
            following = self.words[index + 1 : index + 2]
            self.next_start = following[0].start if following else self.end
            self._take(word)
            self.read_end = word.end
        self._end_sentence()
        self._say_how()

    def _by_meaning(self, word: Word) -> Word:
        """Give a word of a language without a table the concept it clearly means, if any."""
        plain = word.text.lower()
        unknown = word.kind == "word" and not word.senses and len(plain) >= MEANING_LETTERS_MIN
        if not unknown or self.asked >= MEANINGS_MAX:
            return word
        if word.text in words.first_names():
            return word
        self.asked += 1
        sense = meaning.sense_of(plain)
        return Word(word.text, word.start, word.end, "word", (sense,)) if sense else word

    # --- words ---------------------------------------------------------------------------------

    def _cut(self, start: int, end: int) -> list[Word]:
        found: list[Word] = []
        text, at = self.story.text, start
        for index in range(start, end):
            close = quotation_end(text, index, end) if index >= at else 0
            if close:
                found += self._cut_run(at, index)
                found.append(Word(text[index + 1 : close], index, close + 1, "quote"))
                at = close + 1
        found += self._cut_run(at, end)
        return self._joined(found)

    def _cut_run(self, start: int, end: int) -> list[Word]:
        found = []
        for match in _WORD.finditer(self.story.text, start, end):
            text = match.group()
            if text in _ENDS:
                found.append(Word(text, match.start(), match.end(), "end"))
            elif not text[0].isalnum():
                found.append(Word(text, match.start(), match.end(), "mark"))
            elif self.language in WITHOUT_SPACES:
                found += self._longest(match.start(), match.end())
            else:
                found.append(Word(text, match.start(), match.end(), "word"))
        return found

    def _longest(self, start: int, end: int) -> list[Word]:
        found: list[Word] = []
        at = start
        while at < end:
            for length in range(min(10, end - at), 0, -1):
                text = self.story.text[at : at + length]
                senses = self.table.whole.get(text.lower(), ())
                if senses:
                    found.append(Word(text, at, at + length, "word", senses))
                    at += length
                    break
            else:
                at += 1
        return found

    def _joined(self, found: list[Word]) -> list[Word]:
        """Look every word up, joining up to four into one form of the table."""
        if self.language in WITHOUT_SPACES:
            return found
        joined: list[Word] = []
        at = 0
        while at < len(found):
            word = found[at]
            if word.kind != "word":
                joined.append(word)
                at += 1
                continue
            for length in range(FORM_WORDS_MAX, 0, -1):
                run = found[at : at + length]
                if len(run) < length or any(one.kind != "word" for one in run):
                    continue
                senses = self._senses(self.story.text[run[0].start : run[-1].end], length)
                if senses or length == 1:
                    text = self.story.text[run[0].start : run[-1].end]
                    joined.append(Word(text, run[0].start, run[-1].end, "word", senses))
                    joined += self._case(joined[-1])
                    at += length
                    break
        return joined

    def _senses(self, text: str, length: int) -> tuple[Sense, ...]:
        form = plain(" ".join(text.split()))
        if len(form) < STEM_LETTERS_MIN or len(form) > FORM_LETTERS_MAX:
            return self.table.whole.get(form, ())
        found = self.table.senses(form)
        for clitic in _CLITICS.get(self.language, ()) if length == 1 and not found else ():
            if form.startswith(clitic):
                found = found or self.table.senses(form[len(clitic) :])
        if not found and self.language == "ko" and length == 1:
            return self._korean(form)
        return found

    def _case(self, word: Word) -> list[Word]:
        """Return the particle that a Korean noun ends in as a word of its own."""
        noun = bool(word.senses) and word.senses[0].kind in NAMED
        for tail, sense in _KOREAN_CASES.items() if noun and self.language == "ko" else ():
            stem = word.text.lower().removesuffix(tail)
            if stem != word.text.lower() and stem in self.table.whole:
                return [Word(tail, word.end - len(tail), word.end, "word", (sense,))]
        return []

    def _korean(self, form: str) -> tuple[Sense, ...]:
        """Find the stem that the particles and endings are stuck to."""
        for size in range(len(form) - 1, 0, -1):
            found = self.table.whole.get(form[:size], ())
            short = size == 1 and form[size:] not in _KOREAN_PARTICLES
            if found and (not short or found[0].kind in {"verb", "num"}):
                return found
        return ()

    # --- meaning -------------------------------------------------------------------------------

    def _take(self, word: Word) -> None:
        if word.kind == "quote":
            self._quotation(word)
        elif word.kind == "end":
            self._end_sentence()
        elif word.kind == "mark":
            if word.text in ",،、，":
                self._finish()
        elif not word.senses:
            self._unknown(word)
        else:
            self._known(word, self._likeliest(word.senses))

    def _likeliest(self, senses: tuple[Sense, ...]) -> Sense:
        """Choose among the senses of a word by what is done: coffee is drunk, a cafe is not."""
        if self.clause is None:
            return senses[0]
        wanted = {"drink": ("prop",), "eat": ("prop",), "fight": ("animal", "role")}
        kinds = wanted.get(words.verbs()[self.clause.verb].action, ())
        return next((sense for sense in senses if sense.kind in kinds), senses[0])

    def _unknown(self, word: Word) -> None:
        if word.text.isdigit():
            self.count = min(int(word.text[:4]), 30) or 1
        elif word.text in words.first_names():
            self._noun(word, Sense("name", ""))
        elif len(word.text) > 3 and word.text.lower() not in self.table.stop_words:  # noqa: PLR2004 - a small count, said by the words beside it
            english = words.english().matches([word.text.lower()], 0)
            noun = english[0].of("role", "prop", "animal", "place") if english else None
            if noun and len(word.text) > 3:  # noqa: PLR2004 - a small count, said by the words beside it
                self._noun(word, noun)
            else:
                self.unread.append(word)

    def _known(self, word: Word, sense: Sense) -> None:  # noqa: C901, PLR0912 - a grammar has as many cases as its language
        match sense.kind:
            case "num":
                if not self._counts_last():
                    self.count = int(sense.concept)
            case "size":
                self.traits.append(("size", sense.concept))
            case "group":
                self.count = int(sense.concept)
                member = "couple_member" if self.count == COUPLE else "person"
                self._noun(word, Sense("role", member))
            case "relation":
                self._relate(word, sense.concept)
            case "conj":
                self._join(word, sense.concept)
            case "style" | "pace":
                self.scenery.take(sense, word.start, word.end)
            case "colour":
                self._colour(sense.concept)
            case "age":
                if self.last_ref and self.last_ref.kind == "figures" and self._after():
                    self.story.describe(self.last_ref.ids[0], "age", sense.concept)
                else:
                    self.traits.append(("age", sense.concept))
            case "mood":
                self._mood(word, sense.concept)
            case "verb":
                self._verb(word, sense.concept)
            case "camsize" | "cammove" | "camangle":
                self.scenery.camera(sense, word.start, word.end)
            case "time" | "weather":
                self.scenery.take(sense, word.start, word.end)
            case "place":
                self.preposition = ""
                mention = Mention(word.start, word.end, "place", sense.concept, word.text)
                mention.approximate = sense.approximate
                if self.story.go_to(mention, moves=False):
                    self.scenery.place(mention)
            case "garment":
                self._garment(word, sense)
            case _:
                self._noun(word, sense)

    def _counts_last(self) -> bool:
        """Whether the number here belongs to the noun before it, which has taken it already."""
        return self._count_behind(self.at - 1) > 1

    def _count_behind(self, at: int) -> int:
        """Return the number that follows the noun at that place with a word for counting, or 1."""
        if self.language not in VERB_LAST or at < 0:
            return 1
        number, counter = [*self.words[at + 1 : at + 3], None, None][:2]
        counted = number is not None and bool(number.senses) and number.senses[0].kind == "num"
        if not counted or number is None:
            return 1
        if self.language == "ja":
            ends = number.text[-1] in _COUNTERS
            return int(number.senses[0].concept) if ends and self._is_noun(at) else 1
        if counter is None or not any(counter.text.startswith(one) for one in _COUNTERS):
            return 1
        return int(number.senses[0].concept) if self._is_noun(at) else 1

    def _is_noun(self, at: int) -> bool:
        senses = self.words[at].senses
        return bool(senses) and senses[0].kind in {"role", "animal", "prop"}

    def _relate(self, word: Word, concept: str) -> None:
        """Place what was named by what was named before, or by what comes next."""
        if self.language not in VERB_LAST:
            self.preposition = concept
            return
        ref = self.last_ref
        if ref is None or self.last is None or word.start - self.last.end > 1:
            return
        self._unjoin(ref)
        self.obliques.append((concept, ref))

    def _join(self, word: Word, concept: str) -> None:
        ref = self.last_ref
        near = ref is not None and self.last is not None and word.start - self.last.end <= 1
        if concept == "and":
            self.joined = True
        elif near and ref is not None and ref.kind == "figures" and self.language in VERB_LAST:
            self._unjoin(ref)
            self.objects.append(ref)

    def _unjoin(self, ref: Ref) -> None:
        """Take back that somebody or something is the subject or the object."""
        self.subjects = [one for one in self.subjects if one not in ref.ids]
        self.objects = [one for one in self.objects if one is not ref]

    def _after(self) -> bool:
        return self.language in COLOUR_AFTER

    def _colour(self, concept: str) -> None:
        if not (self._after() and self.last is not None):
            self.traits.append(("colour", concept))
            return
        if self.last.kind == "garment":
            self.story.dress(self._wearers(), self.last.concept, concept)
        elif self.last_ref is not None and self.last_ref.kind == "things":
            self.story.things[self.last_ref.ids[0]].colour = concept
        elif self.last_ref is not None:
            for figure_id in self.last_ref.ids:
                self.story.describe(figure_id, "colour", concept)
        self.last = None

    def _mood(self, word: Word, concept: str) -> None:
        if self.subjects:
            for figure_id in self.subjects:
                self.story.describe(figure_id, "mood", concept)
            self.story.note("understood", word.start, word.end, f"the mood is {concept}")
        else:
            self.traits.append(("mood", concept))
            self.scenery.mood(concept, word.start, word.end)

    def _wearers(self) -> list[str]:
        if self.last_ref is not None and self.last_ref.kind == "figures":
            return list(self.last_ref.ids)
        return self.subjects or self.previous

    def _garment(self, word: Word, sense: Sense) -> None:
        mention = Mention(word.start, word.end, "garment", sense.concept, word.text)
        mention.approximate = sense.approximate
        colour = next((concept for kind, concept in self.traits if kind == "colour"), "")
        self.traits = [one for one in self.traits if one[0] != "colour"]
        wearers = self._wearers()
        if wearers:
            self.story.dress(wearers, sense.concept, colour)
            self.last = mention
        else:
            self.traits += [("wear", f"{sense.concept}:{colour}")]
        self.scenery.worn(mention)

    def _noun(self, word: Word, sense: Sense) -> None:
        worn = [concept for kind, concept in self.traits if kind == "wear"]
        mention = Mention(word.start, word.end, sense.kind, sense.concept, word.text)
        mention.count = max(self.count, self._count_behind(self.at))
        if (
            self.language == "ar"
            and word.text.endswith(("ان", "ين"))
            and word.senses[:1] == (sense,)
        ):
            mention.count = max(mention.count, 2)  # the dual
        mention.plural = mention.count > 1
        mention.approximate = sense.approximate
        mention.traits = [one for one in self.traits if one[0] != "wear"]
        if sense.kind in {"prop", "animal"}:
            # The same word makes a person young and a thing small.
            small = ("size", "small")
            mention.traits = [small if one == ("age", "child") else one for one in mention.traits]
        known = any(figure.role == sense.concept for figure in self.story.figures.values())
        mention.determiner = "the" if known and mention.count == 1 else "a"
        if sense.kind == "name":
            mention.name = word.text
        self.count, self.traits = 1, []
        ref = self.story.meet(mention)
        self.scenery.met(ref, mention)
        if not ref.ids:
            return
        self.last, self.last_ref = mention, ref
        if ref.kind == "figures":
            for entry in worn:
                garment, _, colour = entry.partition(":")
                self.story.dress(ref.ids, garment, colour)
            if self._is_subject():
                self.subjects = list(dict.fromkeys([*self.subjects, *ref.ids]))
                self.story.last_group = tuple(self.subjects)
                self.joined = False
                return
        relation, self.preposition = self.preposition, ""
        if relation:
            (self.clause.obliques if self.clause else self.obliques).append((relation, ref))
        elif self.clause is not None:
            self.clause.objects.append(ref)
        else:
            self.objects.append(ref)

    def _is_subject(self) -> bool:
        """Whether somebody who is named here acts, rather than being acted on."""
        if self.preposition or self.clause is not None:
            return False
        return not self.subjects or self.joined or self.language not in VERB_LAST

    def _verb(self, word: Word, concept: str) -> None:
        if concept == "wear":
            return
        self._finish()
        subjects = self.subjects or self.previous
        if not subjects:
            return
        for one in subjects:
            if one not in self.story.moment.cast:
                self.story.moment.cast.append(one)
        self.clause = Clause(
            word.start,
            word.end,
            concept,
            list(subjects),
            objects=self.objects,
            obliques=self.obliques,
        )
        self.objects, self.obliques = [], []
        self.scenery.acted(concept, word.start, word.end)

    def _finish(self) -> None:
        if self.clause is not None:
            act(self.story, self.clause)
            self.story.moment.end = max(self.story.moment.end, self.clause.end)
        self.clause = None

    def _end_sentence(self) -> None:
        if self.clause is None and self.obliques:
            # Nothing is done, but somebody or something is somewhere.
            at = self.words[self.at]
            self.clause = Clause(
                at.start,
                at.end,
                "be",
                list(self.subjects),
                objects=self.objects,
                obliques=self.obliques,
            )
        self._finish()
        self.previous = self.subjects or self.previous
        self.subjects, self.objects, self.obliques, self.traits = [], [], [], []
        self.count, self.preposition, self.joined = 1, "", True
        self.last = self.last_ref = None
        moment = self.story.moment
        moment.end = max(moment.end, self.read_end)
        if not moment.explicit and not moment.is_bare:
            self.story.next_moment(self.next_start)

    def _quotation(self, word: Word) -> None:
        line = " ".join(word.text.split())[:600].strip()
        if not line:
            return
        speakers = self.subjects or self.previous or self.story.recent[-1:]
        if self.clause is not None:
            self.clause.said = True
            self._finish()
        figure_id = speakers[0] if speakers else ""
        if figure_id and figure_id not in self.story.moment.cast:
            self.story.moment.cast.append(figure_id)
        language = line_language(line, self.story.language)
        self.story.moment.sayings.append(Saying(figure_id, line, language, start=word.start))
        self.story.moment.end = max(self.story.moment.end, word.end)

    def _say_how(self) -> None:
        named = NAMES.get(self.language, f"the language {self.language!r}")
        opening = min(self.end, self.start + 60)
        if NEIGHBOURS.get(self.language, self.language) in COLUMNS:
            how = f"{named} is read word by word: the words that are known, in their order"
        elif self.asked and meaning.is_installed():
            how = (
                f"{named} is not in the lexicon: words were matched by meaning "
                "(multilingual embeddings), and what was not clear is left out"
            )
        else:
            how = (
                f"{named} is not in the lexicon: only names, loan words and quotations were read, "
                "and the rest of the film is a guess"
            )
        self.story.note("approximated", self.start, opening, "", how)
        for word in self.unread[:UNREAD_NOTES_MAX]:
            self.story.note(
                "left_out", word.start, word.end, "", "the writer does not know this word"
            )
