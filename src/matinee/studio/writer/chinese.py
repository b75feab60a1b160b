"""Reading Chinese: pieces by the longest match, then subjects, verbs, objects and 的-phrases.

What stands before 的 describes what follows (“穿着红色外套的女人”); 在 … 里 names the place; 把
brings the object forward, 被 the doer; a verb without a subject goes on with the last one.
"""

from typing import cast

from matinee.film.screenplay import Relation

from . import words
from .chinese_nouns import HEADS, PEOPLE, RELATIVE_PIECES_MAX, WEARING, ChineseNouns, Noun, of_body
from .chinese_pieces import Piece
from .chinese_speech import quotation, reported, topic_before, topic_of
from .deeds import act
from .draft import NOTHING, Clause, Mention, Ref

SCENE_KINDS = ("time", "weather", "sound", "music", "silence", "style", "pace")
CAMERA_KINDS = ("camsize", "cammove", "camangle", "lens")
STOPS = frozenset("。！？!?…")
# "Beside it is, has, stands …": what follows is there.
EXISTING = frozenset({"put", "have", "be", "stand", "sit", "stop", "lie"})
PLACED: dict[str, Relation] = {
    "on": "on", "under": "under", "by": "beside", "in_front_of": "in_front_of", "behind": "behind",
    "left_of": "left_of", "right_of": "right_of", "between": "between",
}  # fmt: skip
CAUSING = frozenset({"look", "watch", "see", "tell", "discover", "notice", "meet", "have"})
MADE_FOR = {"hat": "hat", "cap": "hat", "shoes": "sneaker", "boots": "sneaker"}


class ChineseReader(ChineseNouns):
    """Reads one passage into a story."""

    def read(self) -> None:
        """Read the whole passage."""
        while self.at < len(self.pieces):
            before = self.at
            self._step()
            assert self.at > before, "a reader that does not advance never ends"
        self._end_sentence()

    # --- the walk ------------------------------------------------------------------------------

    def _step(self) -> None:
        piece = self.pieces[self.at]
        if piece.kind == "quote":
            quotation(self)
            following = self.pieces[self.at].kind if self.at < len(self.pieces) else "end"
            if piece.text.rstrip()[-1:] in STOPS and following not in {"comma", "end"}:
                self._end_sentence()
        elif piece.kind == "title":
            self._title(piece)
        elif piece.kind == "end":
            self.at += 1
            self._end_sentence()
        elif piece.kind in {"comma", "list"}:
            self.at += 1
            if piece.kind == "comma":
                self._end_segment()
        elif not (
            self._sequence(piece)
            or self._scene(piece)
            or self._function(piece)
            or self._noun()
            or self._verb(piece)
        ):
            self._unknown(piece)

    def _end_segment(self) -> None:
        if self.clause is None and self.fresh_subject and self.obliques:
            # "一只白兔在红箱子前面。" Somebody is somewhere, and no verb says so.
            start = self.pieces[self.at - 1].start
            be = Clause(start, start, "be", list(self.subjects), obliques=self.obliques)
            act(self.story, be)
        self.finish()
        self.obliques, self.objects, self.preposition = [], [], ""
        self.passive = self.negated = self.fresh_subject = self.camera_subject = False
        self.manner, self.topic = "", ("", "")
        self.located = ""

    def _end_sentence(self) -> None:
        self._end_segment()
        self.before = self.last if self.last.ids else self.before
        self.last = NOTHING
        moment = self.story.moment
        if self.at:
            moment.end = max(moment.end, self.pieces[self.at - 1].end)
        if not moment.explicit and not moment.is_bare and self.at < len(self.pieces):
            self.story.next_moment(self.pieces[self.at].start)

    def _title(self, piece: Piece) -> None:
        self.at += 1
        if not self.story.title and not self.story.figures:
            self.story.title = piece.text.strip()[:120]

    # --- words that steer ----------------------------------------------------------------------

    def _sequence(self, piece: Piece) -> bool:
        if piece.of("soft"):
            self.at += 1
            return True
        if not piece.of("seq") or self.located:
            return False
        self._end_segment()
        self.at += 1
        moment = self.story.moment
        if not moment.is_bare and not moment.explicit:
            self.story.next_moment(piece.start)
        return True

    def _scene(self, piece: Piece) -> bool:
        camera = piece.of(*CAMERA_KINDS)
        if camera:
            self.scenery.camera(camera, piece.start, piece.end)
            self.camera_subject = camera.kind != "lens"
            self.at += 1
            return True
        senses = [one for one in piece.senses if one.kind in SCENE_KINDS]
        if senses and not piece.of(*HEADS):
            for sense in senses:
                self.scenery.take(sense, piece.start, piece.end)
            self.preposition = "" if self.preposition == "at" else self.preposition
            self.at += 1
            return True
        mood = piece.of("mood")
        if mood and not self._describes_noun():
            self._mood(mood.concept, piece)
            self.at += 1
            return True
        manner = piece.of("manner")
        if manner:
            if self.clause:
                self.clause.manner = self.clause.manner or manner.concept
            self.manner = manner.concept
            self.at += 1
            return True
        return False

    def _describes_noun(self) -> bool:
        following = self.pieces[self.at + 1 : self.at + 3]
        if following and following[0].of("de") and following[0].text == "的":
            following = following[1:]
            noun = self.read_noun(self.at + 2)
            return noun is not None and noun.mention.kind != "filmword"
        return bool(following) and following[0].of(*PEOPLE, "place") is not None

    def _mood(self, concept: str, piece: Piece) -> None:
        doers = self.clause.subjects if self.clause else self.subjects
        self.story.moment.mood = concept  # type: ignore[assignment]  # a Mood of the lexicon
        if doers:
            for figure_id in doers:
                self.story.figures[figure_id].mood = concept  # type: ignore[assignment]
            self.story.note("understood", piece.start, piece.end, f"the mood is {concept}")
        else:
            self.scenery.mood(concept, piece.start, piece.end)

    def _function(self, piece: Piece) -> bool:  # noqa: PLR0911 - a grammar has as many cases as its language
        if piece.text == "给" and self._verb_in_segment(self.at + 1):
            self._prepose(piece, "to")
            return True
        preposition = piece.of("prep")
        if preposition:
            self._prepose(piece, preposition.concept)
            return True
        location = piece.of("loc")
        if location and self._opens_segment():
            self._open_with_place(location.concept)
            return True
        if location and self.last.kind in {"things", "figures"} and self._just_read(self.last):
            self._locate(location.concept)
            return True
        if piece.of("neg") and not piece.of("mood"):
            self._negation(piece)
            return True
        if piece.of("conj", "de", "loc"):
            self.at += 1
            return True
        if piece.of("adv") and not piece.of("verb", "num", "det", *HEADS):
            self.at += 1
            return True
        return False

    def _just_read(self, ref: Ref) -> bool:
        return bool(ref.ids) and self.at > 0

    def _opens_segment(self) -> bool:
        return self.at == 0 or self.pieces[self.at - 1].kind in {"comma", "end"}

    def _open_with_place(self, relation: str) -> None:
        """Take "左边是花瓶，右边是灯" and "上面有蜡烛": by each other, or by what was named."""
        self.at += 1
        last = self.last if self.last.ids else self.before
        if relation in {"left_of", "right_of"}:
            self.side = relation
        elif last.ids:
            self.located = relation
            self.obliques = [(relation, last)]

    def _put_aside(self, ref: Ref) -> None:
        """Put the second of two that stand on the left and on the right beside the first."""
        side, self.side = self.side, ""
        other = self.sides.get("left_of" if side == "right_of" else "right_of", "")
        self.sides[side] = ref.ids[0]
        if other:
            self.story.put(ref.ids[0], cast("Relation", side), other)
        elif self.before.ids and self.before.ids[0] != ref.ids[0]:
            self.story.put(ref.ids[0], cast("Relation", side), self.before.ids[0])

    def _locate(self, relation: str) -> None:
        """Take "桌子上": what comes next is on it, or the open clause happens there."""
        self.at += 1
        self.located = relation
        if self.clause is not None and self.clause.objects and self.clause.objects[-1] == self.last:
            self.clause.objects.pop()
            self.clause.obliques.append((relation, self.last))
        elif self.objects and self.objects[-1] == self.last:
            self.objects.pop()
            self.obliques.append((relation, self.last))

    def _prepose(self, piece: Piece, relation: str) -> None:
        self.at += 1
        if relation == "about":
            topic = topic_before(self, self.at)
            if topic is not None:
                self.topic, self.at = topic
                return
        if relation == "by":
            self.passive = True
            return
        self.preposition = relation
        if piece.of("verb") and relation == "to":
            self.preposition = "to"

    def _negation(self, piece: Piece) -> None:
        """Leave out what does not happen."""
        at = self.at + 1
        while at < len(self.pieces) and self.pieces[at].of("adv"):
            at += 1
        verb = at < len(self.pieces) and self.pieces[at].of("verb")
        if not verb:
            self.at += 1
            return
        end = self.pieces[at].end
        self.story.note(
            "left_out", piece.start, end, "", "a film shows what happens, not what does not"
        )
        self.at = at + 1

    # --- nouns ---------------------------------------------------------------------------------

    def _noun(self) -> bool:
        piece = self.pieces[self.at]
        verb = piece.of("verb")
        if verb and (self._is_main_verb() or not self._relative_end(self.at)):
            return False
        noun = self.read_noun(self.at)
        if noun is None:
            return False
        self.at = noun.next
        self._attach(noun)
        return True

    def _is_main_verb(self) -> bool:
        if self.fresh_subject and self.clause is None:
            return True
        if not self.subjects or self.clause is not None:
            return False
        head = self._relative_end(self.at)
        return not head or not self._verb_in_segment(head)

    def _verb_in_segment(self, index: int) -> bool:
        for piece in self.pieces[index : index + RELATIVE_PIECES_MAX]:
            if piece.kind in {"comma", "end"}:
                return False
            if piece.of("verb"):
                return True
        return False

    # --- where a noun phrase goes --------------------------------------------------------------

    def _attach(self, noun: Noun) -> None:  # noqa: C901, PLR0912 - a grammar has as many cases as its language
        mention = noun.mention
        if noun.owner is not None:
            owner = self.story.meet(_definite(noun.owner))
            if mention.kind in {"filmword", "bodypart"} and self.clause is None:
                self._subject(owner)
        match mention.kind:
            case "pronoun":
                self._take(self.resolve(mention), mention)
            case "group" if mention.word in {"观众", "大家"} and self.preposition:
                self.story.note(
                    "understood", mention.start, mention.end, "whoever watches the film"
                )
                self.preposition = ""
            case "group":
                self._take(self.story.meet(_grouped(mention)), mention)
            case "place":
                self._go(mention)
                self._skip_location()
            case "garment":
                if noun.owner_pronoun in {"man", "woman"} and not self.clause:
                    self.last = self.story.pronoun(noun.owner_pronoun)
                self._garment(mention)
            case "bodypart":
                for figure_id in self._described():
                    for kind, concept in of_body(mention):
                        self.story.describe(figure_id, kind, concept)
            case "role" | "animal" | "name" | "prop":
                self._person_or_thing(noun)
            case _:
                self._mood_of(mention)
                self.preposition = ""

    def _mood_of(self, mention: Mention) -> None:
        mood = mention.trait("mood")
        if mood and not self.subjects:
            self.scenery.mood(mood, mention.start, mention.end)

    def _person_or_thing(self, noun: Noun) -> None:
        mention = noun.mention
        if mention.kind == "name":
            gender = next(
                (one.concept for one in self._senses_of(mention.name) if one.kind == "name"), ""
            )
            mention.traits += [("gender", gender)] if gender in {"man", "woman"} else []
        elif (mention.kind == "role" and not mention.determiner and self._heard_of(mention)) or (
            mention.kind == "prop" and not mention.determiner and mention.count == 1
        ):
            mention.determiner = "the"
        ref = self.story.meet(mention)
        for garment, colour, worn in noun.worn:
            self.story.dress(ref.ids, garment, colour)
            self.scenery.worn(worn)
        for held in noun.held:
            held_ref = self.story.meet(held)
            self.scenery.met(held_ref, held)
            if ref.ids and held_ref.ids:
                self.story.hold(ref.ids[0], held_ref.ids)
        self._take(ref, mention)

    @staticmethod
    def _senses_of(text: str) -> tuple[words.Sense, ...]:
        found = words.chinese().matches(list(text), 0)
        if found and found[0].length == len(text):
            return found[0].senses
        gender = words.first_names().get(text.split(" ", maxsplit=1)[0], "")
        return (words.Sense("name", gender),) if gender else ()

    def _heard_of(self, mention: Mention) -> bool:
        return any(one.role == mention.concept for one in self.story.figures.values())

    def _take(self, ref: Ref, mention: Mention) -> None:  # noqa: C901, PLR0912 - a grammar has as many cases as its language
        self.scenery.met(ref, mention)
        preposition, self.preposition = self.preposition, ""
        if not ref.ids:
            return
        self.last = ref
        if self.side:
            self._put_aside(ref)
        if self.camera_subject and ref.kind == "figures":
            self.story.moment.subject = self.story.moment.subject or ref.ids[0]
            self.camera_subject = False
        if self.located and self.clause is None and self.obliques and not preposition:
            relation, anchor = self.obliques[-1]
            known = relation in PLACED and ref.ids[0] not in anchor.ids
            for one in ref.ids if known and ref.kind == "figures" else ():
                self.story.put(one, PLACED[relation], anchor.ids[0])
        if self.passive and ref.kind == "figures" and self.clause is None:
            self.objects.append(Ref("figures", tuple(self.subjects)))
            self.subjects = list(ref.ids)
            self.passive = False
            return
        if self.located and self.clause is None and ref.kind == "things" and self.obliques:
            relation, anchor = self.obliques[-1]
            act(
                self.story,
                Clause(0, 0, "put", [], objects=[ref], obliques=[(relation, anchor)]),
            )
            return
        if preposition == "object":
            self.objects.append(ref)
        elif preposition == "with" and not self.clause and ref.kind == "figures":
            self.obliques.append(("with", ref))
        elif preposition == "tool" and ref.kind == "things":
            self.story.hold((self.subjects or [""])[0], ref.ids) if self.subjects else None
        elif preposition:
            self._oblique(preposition, ref)
        elif self.clause is not None:
            self.clause.objects.append(ref)
            self.clause.end = self.pieces[self.at - 1].end
        elif ref.kind == "figures":
            self._subject(ref)
        else:
            self.objects.append(ref)

    def _oblique(self, preposition: str, ref: Ref) -> None:
        relation = preposition
        ref = self._with_second(ref)
        owned = self.pieces[self.at : self.at + 2]
        if len(owned) == 2 and owned[0].text == "的" and owned[1].of("loc"):  # noqa: PLR2004 - 的左边
            self.at += 1
        following = self.pieces[self.at : self.at + 1]
        location = following[0].of("loc") if following else None
        if location:
            relation = location.concept
            self.at += 1
        if self.clause is not None:
            self.clause.obliques.append((relation, ref))
            return
        if self.objects and not self.subjects and ref.kind == "things":
            act(
                self.story,
                Clause(0, 0, "put", [], objects=self.objects, obliques=[(relation, ref)]),
            )
            self.objects = []
            return
        self.obliques.append((relation, ref))

    def _with_second(self, ref: Ref) -> Ref:
        """Read "女人和男人" before 中间 as the two that somebody is between."""
        if self.at >= len(self.pieces) or not self.pieces[self.at].of("conj"):
            return ref
        noun = self.read_noun(self.at + 1)
        if noun is None or noun.next >= len(self.pieces):
            return ref
        location = self.pieces[noun.next].of("loc")
        if location is None or location.concept != "between":
            return ref
        second = self.story.meet(noun.mention)
        self.scenery.met(second, noun.mention)
        self.at = noun.next
        return Ref(ref.kind, (*ref.ids, *second.ids)) if second.ids else ref

    def _subject(self, ref: Ref) -> None:
        joined = self.at >= 2 and self.fresh_subject  # noqa: PLR2004 - a small count, said by the words beside it
        if joined and self.clause is None:
            self.subjects = list(dict.fromkeys([*self.subjects, *ref.ids]))
            self.story.last_group = tuple(self.subjects)
        else:
            self.subjects = list(ref.ids)
        self.fresh_subject = True

    def _described(self) -> list[str]:
        if self.last.kind == "figures":
            return list(self.last.ids)
        return list(self.subjects)

    def _garment(self, mention: Mention) -> None:
        verb = self.clause.verb if self.clause else ""
        wearers = self.clause.subjects if self.clause else self._described()
        if wearers and (verb in WEARING | {"have", "wear", ""} or not self.clause):
            self.story.dress(wearers, mention.concept, mention.trait("colour"))
            self.scenery.worn(mention)
        elif mention.concept in MADE_FOR:
            mention.kind, mention.concept = "prop", MADE_FOR[mention.concept]
            self._take(self.story.meet(mention), mention)
        else:
            self.story.note(
                "left_out", mention.start, mention.end, "", "clothes are worn here, not handled"
            )

    def _skip_location(self) -> None:
        while (
            self.at < len(self.pieces)
            and self.pieces[self.at].of("loc")
            and (self.pieces[self.at].kind == "word")
        ):
            self.at += 1

    # --- verbs ---------------------------------------------------------------------------------

    def _verb(self, piece: Piece) -> bool:  # noqa: C901, PLR0911 - a grammar has as many cases as its language
        sense = piece.of("verb")
        if not sense:
            return False
        begins = self.at
        self.at += 1
        traits = words.verbs().get(sense.concept)
        if traits is None or "aux" in traits.traits:
            return True
        existing = sense.concept in EXISTING and ((self.located and self.obliques) or self.side)
        if existing and not self.fresh_subject:
            self.finish()
            return True
        if sense.concept == "be":
            return True
        subjects = list(self.subjects)
        caused = (
            self.clause is not None
            and self.clause.verb in CAUSING
            and self.last.kind == "figures"
            and not set(self.last.ids) & set(self.subjects)
        )
        if caused:
            subjects = list(self.last.ids)
        if sense.concept == "have" and not subjects:
            return True
        self.finish()
        if not subjects:
            self._scene_verb(sense.concept, piece)
            return True
        for one in subjects:
            if one not in self.story.moment.cast:
                self.story.moment.cast.append(one)
        self.clause = Clause(
            piece.start,
            piece.end,
            sense.concept,
            subjects,
            objects=self.objects,
            obliques=self.obliques,
            manner=self.manner,
            topic=self.topic[0],
            topic_kind=self.topic[1],
        )
        self.objects, self.obliques, self.manner, self.topic = [], [], "", ("", "")
        self.preposition, self.located = "", ""
        self.scenery.acted(sense.concept, piece.start, piece.end)
        if reported(self) or topic_of(self):
            return True
        self._directed(begins)
        return True

    def _directed(self, begins: int) -> None:
        """Take the ending of the verb ("走向她", "走到她面前") as where the noun belongs."""
        text = self.pieces[begins].text
        if text.endswith(("向", "到")):
            self.preposition = "toward"
        elif text.endswith("在"):
            self.preposition = "at"

    def _scene_verb(self, concept: str, piece: Piece) -> None:
        if self.obliques and self.located:
            return
        if self.last.kind == "things" and concept == "put":
            self.preposition = "at"
            return
        act(self.story, Clause(piece.start, piece.end, concept, [], objects=self.objects))
        self.objects = []

    def _unknown(self, piece: Piece) -> None:
        self.at += 1
        if piece.kind == "unknown" and len(piece.text) <= 40:  # noqa: PLR2004 - a small count, said by the words beside it
            self.story.note(
                "left_out", piece.start, piece.end, "", "the writer does not know this word"
            )


def _definite(mention: Mention) -> Mention:
    mention.determiner = mention.determiner if mention.determiner == "a" else "the"
    return mention


def _grouped(mention: Mention) -> Mention:
    couples = {"情侣", "夫妻", "夫妇", "一对情侣", "小两口"}
    families = {"家人", "一家人", "一家三口", "一家"}
    concept = "couple" if mention.word in couples else "person"
    concept = "family" if mention.word in families else concept
    count = max(mention.count, int(mention.concept))
    return Mention(
        mention.start,
        mention.end,
        "role",
        concept,
        mention.word,
        count,
        plural=True,
        determiner=mention.determiner,
    )
