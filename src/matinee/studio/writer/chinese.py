"""Reading Chinese: pieces by the longest match, then subjects, verbs, objects and 的-phrases.

What stands before 的 describes what follows ("穿着红色外套的女人"); 在 … 里 names the place; 把 brings
the object forward, 被 the doer; a verb without a subject of its own goes on with the last one.
"""

from dataclasses import dataclass, field

from . import words
from .chinese_pieces import Piece, cut, looks_like_name
from .chinese_speech import quotation, reported, topic_before, topic_of
from .deeds import act
from .scenery import Scenery
from .story import NOTHING, Clause, Mention, Ref, Story

TRAITS = (
    "colour", "material", "size", "age", "build", "height", "gender", "mood", "haircolour", "beard",
    "hair", "style",
)  # fmt: skip
HEADS = ("role", "animal", "name", "prop", "garment", "place", "bodypart", "filmword", "group")
PEOPLE = ("role", "animal", "name")
WEARING = frozenset({"wear", "put_on"})
HOLDING = frozenset({"hold", "carry", "take"})
SCENE_KINDS = ("time", "weather", "sound", "music", "silence", "style")
CAMERA_KINDS = ("camsize", "cammove", "camangle", "lens")
CAUSING = frozenset({"look", "watch", "see", "tell", "discover", "notice", "meet", "have"})
# A longer phrase is no phrase; the limits keep reading linear.
RELATIVE_PIECES_MAX, NOUN_PIECES_MAX, CHAIN_MAX = 16, 24, 4
MADE_FOR = {"hat": "hat", "cap": "hat", "shoes": "sneaker", "boots": "sneaker"}


@dataclass
class Noun:
    """A noun phrase read: what it names, what it wears and holds, who owns it, where it ends."""

    mention: Mention
    next: int
    worn: list[tuple[str, str, Mention]] = field(default_factory=list)
    held: list[Mention] = field(default_factory=list)
    owner: Mention | None = None


class ChineseReader:
    """Reads one passage into a story."""

    def __init__(self, story: Story, start: int, end: int) -> None:
        """Prepare to read `story.text[start:end]`."""
        self.story = story
        self.pieces = cut(story.text, start, end)
        self.scenery = Scenery(story)
        self.at = 0
        self.subjects: list[str] = []
        self.fresh_subject = False
        self.clause: Clause | None = None
        self.obliques: list[tuple[str, Ref]] = []
        self.objects: list[Ref] = []
        self.preposition = ""
        self.passive = False
        self.negated = False
        self.manner = ""
        self.topic: tuple[str, str] = ("", "")
        self.last: Ref = NOTHING
        self.located = ""
        self.camera_subject = False

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

    def finish(self) -> None:
        """Hand the open clause over."""
        if self.clause is not None:
            act(self.story, self.clause)
            self.story.moment.end = max(self.story.moment.end, self.clause.end)
        self.clause = None

    def _end_segment(self) -> None:
        self.finish()
        self.obliques, self.objects, self.preposition = [], [], ""
        self.passive = self.negated = self.fresh_subject = self.camera_subject = False
        self.manner, self.topic = "", ("", "")
        self.located = ""

    def _end_sentence(self) -> None:
        self._end_segment()
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
        sense = piece.of(*SCENE_KINDS)
        if sense and not piece.of(*HEADS):
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
            noun = self._read_noun(self.at + 2)
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

    def _function(self, piece: Piece) -> bool:
        preposition = piece.of("prep")
        if preposition:
            self._prepose(piece, preposition.concept)
            return True
        location = piece.of("loc")
        if location and self.last.kind == "things" and self._just_read(self.last):
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
        noun = self._read_noun(self.at)
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

    def _relative_end(self, index: int) -> int:
        """Return where the noun after "verb … 的" ends, or 0 when a verb is no description."""
        de = 0
        for at in range(index + 1, min(index + RELATIVE_PIECES_MAX, len(self.pieces))):
            piece = self.pieces[at]
            if piece.kind in {"comma", "end", "quote"} or piece.of("seq"):
                return 0
            if piece.text == "的":
                de = at
                follows = self._head_after(at + 1)
                if follows:
                    return follows
            elif de and piece.of("verb"):
                return 0
        return 0

    def _head_after(self, index: int) -> int:
        at = index
        while at < min(len(self.pieces), index + CHAIN_MAX * 2) and (
            self.pieces[at].of(*TRAITS, "num", "measure", "det") and not self.pieces[at].of(*PEOPLE)
        ):
            at += 1
        if at < len(self.pieces) and self.pieces[at].of(*PEOPLE):
            return at + 1
        return 0

    def _read_noun(self, index: int, depth: int = 0) -> Noun | None:
        if depth > CHAIN_MAX:
            return None
        at = index
        mention = Mention(0, 0, "")
        noun = Noun(mention, index)
        numbered = False
        while at < min(len(self.pieces), index + NOUN_PIECES_MAX):
            piece = self.pieces[at]
            if piece.kind == "unknown" and not mention.kind and looks_like_name(piece):
                mention.kind, mention.name, mention.word = "name", piece.text, piece.text
                at += 1
                break
            if piece.kind != "word":
                break
            if piece.of("pron") and at == index:
                return self._pronoun(piece, at, noun, depth)
            if mention.kind:
                follow = self._after_head(noun, at, depth)
                if not follow:
                    break
                at = follow
                continue
            number, step = piece.of("num"), 1
            if piece.of("det") and not mention.determiner:
                mention.determiner = {"the": "the", "other": "other", "a": "a"}[
                    piece.of("det").concept  # type: ignore[union-attr]  # just found
                ]
            elif number and not (piece.of("verb") and not numbered):
                numbered = True
                mention.count = int(number.concept)
                mention.determiner = mention.determiner or "a"
            elif (piece.of("measure") and (numbered or mention.determiner)) and not self._head_here(
                at
            ):
                pass
            elif piece.of("verb") and not piece.of(*PEOPLE):
                end = self._relative_end(at)
                if not end:
                    break
                step = self._relative(noun, at) - at
            elif self._head_here(at):
                self._head(noun, at)
            elif piece.of(*TRAITS):
                sense = piece.of(*TRAITS)
                assert sense is not None, "just found"
                mention.traits.append((sense.kind, sense.concept))
            elif piece.of("time", "weather") and at > index:
                sense = piece.of("time", "weather")
                assert sense is not None, "just found"
                self.scenery.take(sense, piece.start, piece.end)
            elif piece.of("adv", "de", "measure") and at > index:
                pass
            else:
                break
            at += step
        if not mention.kind:
            return None
        mention.start, mention.end = self.pieces[index].start, self.pieces[at - 1].end
        mention.plural = mention.plural or mention.count > 1
        noun.next = at
        return noun

    def _pronoun(self, piece: Piece, at: int, noun: Noun, depth: int) -> Noun | None:
        sense = piece.of("pron")
        assert sense is not None, "the caller has seen it"
        following = self.pieces[at + 1 : at + 2]
        owned = (
            self._read_noun(at + 2, depth + 1) if following and following[0].text == "的" else None
        )
        if owned is not None and owned.mention.kind not in {"role", "name"}:
            owned.mention.determiner = "a"
            return owned
        if owned is not None:
            owned.mention.determiner = "possessive"
            return owned
        noun.mention = Mention(piece.start, piece.end, "pronoun", sense.concept, piece.text)
        noun.next = at + 1
        return noun

    def _head_here(self, at: int) -> bool:
        """Whether the piece is the head, and not a noun that describes the next one."""
        return self.pieces[at].of(*HEADS) is not None

    def _head(self, noun: Noun, at: int) -> None:
        piece = self.pieces[at]
        sense = piece.of(*HEADS)
        assert sense is not None, "the caller has seen it"
        mention = noun.mention
        mention.kind, mention.concept, mention.word = sense.kind, sense.concept, piece.text
        mention.approximate = sense.approximate
        if sense.kind == "name":
            mention.name, mention.concept = piece.text, ""
        if piece.text.endswith("们"):
            mention.plural = True

    def _after_head(self, noun: Noun, at: int, depth: int) -> int:
        """Let a head become a description when 的 or a nearer noun follows; return the next place."""
        piece, mention = self.pieces[at], noun.mention
        if piece.text == "们":
            mention.plural = True
            return at + 1
        if piece.text == "的":
            return self._described_by(noun, at, depth)
        nearer = piece.of("role", "animal", "name", "prop", "garment", "place")
        adjacent = self.pieces[at - 1].end == piece.start
        if nearer and adjacent and not piece.of("verb"):
            if mention.kind == "role" and nearer.kind in {"role", "name"}:
                if nearer.kind == "name":
                    mention.name = piece.text
                    return at + 1
                mention.traits.append(("role", mention.concept))
                robot = mention.concept == "robot"
                self._head(noun, at)
                if robot:
                    mention.concept = "robot"
                return at + 1
            if mention.kind in {"prop", "filmword"} and nearer.kind in {"prop", "garment"}:
                self._head(noun, at)
                return at + 1
            if mention.kind == "place" and nearer.kind in {"role", "place"}:
                self._go(mention)
                self._head(noun, at)
                return at + 1
        return 0

    def _described_by(self, noun: Noun, at: int, depth: int) -> int:
        mention = noun.mention
        following = self._read_noun(at + 1, depth + 1)
        if following is None or following.mention.kind == "pronoun":
            return 0
        if mention.kind == "garment" and following.mention.kind in PEOPLE:
            noun.worn.append((mention.concept, mention.trait("colour"), mention))
        elif mention.kind == "bodypart" and following.mention.kind in PEOPLE:
            following.mention.traits += _of_body(mention)
        elif mention.kind in PEOPLE:
            noun.owner = mention
            following.mention.determiner = following.mention.determiner or "a"
        elif mention.kind == "place":
            self._go(mention)
        elif mention.kind in {"prop", "filmword"} and following.mention.kind in PEOPLE:
            following.mention.traits += [one for one in mention.traits if one[0] != "colour"]
        noun.worn += following.worn
        noun.held += following.held
        noun.owner = noun.owner or following.owner
        following.mention.determiner = following.mention.determiner or mention.determiner
        if mention.count > 1 and following.mention.count == 1:
            following.mention.count = mention.count
        noun.mention = following.mention
        return following.next

    def _relative(self, noun: Noun, index: int) -> int:
        """Read "穿着红色外套、拿着灯笼的" before its noun; return the place after 的."""
        at = index
        verb = ""
        stop = min(len(self.pieces), index + RELATIVE_PIECES_MAX)
        while at < stop and self.pieces[at].text != "的":
            piece = self.pieces[at]
            sense = piece.of("verb")
            if sense:
                verb = sense.concept
                at += 1
                if verb not in WEARING | HOLDING | {"have", "be"}:
                    noun.mention.deeds.append(verb)
                continue
            inner = self._read_object(at)
            if inner is None:
                at += 1
                continue
            self._relative_object(noun, verb, inner)
            at = inner.next
        following = at + 1
        if self._head_after(following):
            return following
        if at == index or at >= stop or following >= len(self.pieces):
            return max(following, index + 1)
        return self._relative(noun, following)

    def _read_object(self, index: int) -> Noun | None:
        piece = self.pieces[index]
        if piece.of("prep", "loc", "conj") and not piece.of(*HEADS):
            return None
        at = index
        mention = Mention(piece.start, piece.end, "")
        while at < min(len(self.pieces), index + CHAIN_MAX * 2):
            piece = self.pieces[at]
            head = piece.of(*HEADS)
            number = piece.of("num")
            if head and not (piece.of(*TRAITS) and self._next_is_head(at + 1)):
                mention.kind, mention.concept = head.kind, head.concept
                mention.word, mention.approximate = piece.text, head.approximate
                mention.end = piece.end
                return Noun(mention, at + 1)
            trait = piece.of(*TRAITS)
            if trait:
                mention.traits.append((trait.kind, trait.concept))
                if trait.kind in {"hair", "haircolour", "beard"}:
                    mention.kind, mention.end = trait.kind, piece.end
                    return Noun(mention, at + 1)
            elif number:
                mention.count = int(number.concept)
            elif not (piece.text == "的" and self._next_is_head(at + 1)) and not piece.of(
                "measure", "adv"
            ):
                return None
            at += 1
        return None

    def _next_is_head(self, at: int) -> bool:
        if at >= len(self.pieces):
            return False
        piece = self.pieces[at]
        return piece.of(*HEADS, *TRAITS) is not None and piece.of(*PEOPLE) is None

    def _relative_object(self, noun: Noun, verb: str, inner: Noun) -> None:
        mention = inner.mention
        if mention.kind == "garment":
            noun.worn.append((mention.concept, mention.trait("colour"), mention))
        elif mention.kind == "bodypart":
            noun.mention.traits += _of_body(mention)
        elif mention.kind in {"hair", "haircolour", "beard"}:
            noun.mention.traits += mention.traits
        elif mention.kind == "prop" and verb not in WEARING:
            noun.held.append(mention)
        elif mention.kind == "place":
            self._go(mention)

    # --- where a noun phrase goes --------------------------------------------------------------

    def _attach(self, noun: Noun) -> None:
        mention = noun.mention
        if noun.owner is not None:
            owner = self.story.meet(_definite(noun.owner))
            if mention.kind in {"filmword", "bodypart"} and self.clause is None:
                self._subject(owner)
        match mention.kind:
            case "pronoun":
                self._take(self._resolve(mention), mention)
            case "group":
                self._take(self.story.meet(_grouped(mention)), mention)
            case "place":
                self._go(mention)
                self._skip_location()
            case "garment":
                self._garment(mention)
            case "bodypart":
                for figure_id in self._described():
                    for kind, concept in _of_body(mention):
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
        elif mention.kind == "role" and not mention.determiner and self._heard_of(mention):
            mention.determiner = "the"
        elif mention.kind == "prop" and not mention.determiner and mention.count == 1:
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
        gender = words.first_names().get(text.split(" ")[0], "")
        return (words.Sense("name", gender),) if gender else ()

    def _heard_of(self, mention: Mention) -> bool:
        return any(one.role == mention.concept for one in self.story.figures.values())

    def _resolve(self, mention: Mention) -> Ref:
        if mention.concept in {"me", "us", "you"}:
            name = {"me": "我", "us": "我们", "you": "你"}[mention.concept]
            known = Mention(mention.start, mention.end, "role", "person", name, name=name)
            if mention.concept == "us":
                known.count, known.plural, known.name = 2, True, ""
            return self.story.meet(known)
        if mention.concept == "self":
            return NOTHING
        return self.story.pronoun(mention.concept)

    def _take(self, ref: Ref, mention: Mention) -> None:
        self.scenery.met(ref, mention)
        preposition, self.preposition = self.preposition, ""
        if not ref.ids:
            return
        self.last = ref
        if self.camera_subject and ref.kind == "figures":
            self.story.moment.subject = self.story.moment.subject or ref.ids[0]
            self.camera_subject = False
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
        following = self.pieces[self.at : self.at + 1]
        location = following[0].of("loc") if following else None
        if location:
            relation = location.concept
            self.at += 1
        if self.clause is not None:
            self.clause.obliques.append((relation, ref))
        else:
            self.obliques.append((relation, ref))

    def _subject(self, ref: Ref) -> None:
        joined = self.at >= 2 and self.fresh_subject  # noqa: PLR2004 - a noun and what joins it
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

    def _go(self, mention: Mention) -> None:
        mood = mention.trait("mood")
        if mood:
            self.scenery.mood(mood, mention.start, mention.end)
        verb = self.clause.verb if self.clause else ""
        traits = words.verbs()[verb].traits if verb else frozenset()
        if self.story.place.concept == mention.concept:
            pass
        elif self.preposition in {"toward", "from"} and self.story.place.concept:
            self.story.note(
                "left_out", mention.start, mention.end, "", "it lies outside the picture"
            )
        else:
            self.story.go_to(mention, moves="enter" in traits)
            self.scenery.place(mention)
        self.preposition = ""

    def _skip_location(self) -> None:
        while (
            self.at < len(self.pieces)
            and self.pieces[self.at].of("loc")
            and (self.pieces[self.at].kind == "word")
        ):
            self.at += 1

    # --- verbs ---------------------------------------------------------------------------------

    def _verb(self, piece: Piece) -> bool:
        sense = piece.of("verb")
        if not sense:
            return False
        begins = self.at
        self.at += 1
        traits = words.verbs().get(sense.concept)
        if traits is None or "aux" in traits.traits or sense.concept == "be":
            return True
        if sense.concept == "put" and self.located and self.obliques and not self.fresh_subject:
            self.finish()
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
        """ "走向她", "送给她": the ending of the verb says where the noun belongs."""
        text = self.pieces[begins].text
        if text.endswith(("向", "到")):
            self.preposition = "toward"
        elif text.endswith("在"):
            self.preposition = "at"

    def _scene_verb(self, concept: str, piece: Piece) -> None:
        if self.obliques and self.located:
            return
        if self.last.kind == "things" and concept == "put":
            return
        act(self.story, Clause(piece.start, piece.end, concept, [], objects=self.objects))
        self.objects = []

    def _unknown(self, piece: Piece) -> None:
        self.at += 1
        if piece.kind == "unknown" and len(piece.text) <= 40:  # noqa: PLR2004 - longer runs are no word
            self.story.note(
                "left_out", piece.start, piece.end, "", "the writer does not know this word"
            )


def _of_body(mention: Mention) -> list[tuple[str, str]]:
    if mention.concept == "hair":
        found = []
        for kind, concept in mention.traits:
            if kind == "colour":
                found.append(("haircolour", concept))
            elif kind in {"hair", "haircolour"}:
                found.append((kind, concept))
            elif kind == "size":
                found.append(("hair", "long" if concept in {"large", "huge"} else "short"))
        return found
    if mention.concept == "skin":
        return [("skin", concept) for kind, concept in mention.traits if kind == "colour"]
    return []


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
