"""English nouns in their sentence: who is the subject, what is worn, held, named or placed."""

from . import words
from .deeds import act
from .draft import NOTHING, Clause, Mention, Ref
from .english_phrases import Found, noun_phrase
from .english_unknown import EnglishUnknown

HANDLED_AS_PROP = {
    "hat": "hat",
    "cap": "hat",
    "helmet": "hat",
    "shoes": "sneaker",
    "boots": "sneaker",
}
# What a style is a style of: "a watercolour painting of …", "claymation film".
MEDIA = frozenset(
    [
        *("animation", "painting", "drawing", "film", "movie", "video", "art", "style", "look"),
        *("print", "world", "picture", "illustration", "scene", "footage", "image", "clip"),
        *("cartoon", "aesthetic", "rendering", "render", "sequence", "feel", "portrait", "sketch"),
    ]
)
WEARS = frozenset({"wearing", "in", "with", "dressed_as"})

# What shows something that is not there.
DEPICTING = frozenset({"statue", "painting", "easel", "newspaper", "letter", "robot_toy"})
# What holds what it is "of": a bowl of oranges, a vase of flowers.
OPEN = frozenset(
    {"bowl", "vase", "basket", "bucket", "crate", "pot", "fruit_bowl", "cart", "glass"}
)
BESIDE_BUILDING = frozenset(
    {"", "in_front_of", "behind", "by", "left_of", "right_of", "between", "shot_of", "of"}
)
# Prepositions after which a thing is where something is, and not what is spoken of.
LOCATIVE = frozenset({"on", "under", "in", "inside", "behind", "by", "in_front_of", "at", "over"})


class EnglishNouns(EnglishUnknown):
    """Where the nouns of a sentence go."""

    def skip_medium(self) -> None:
        """Pass over what a style is a style of, and the "of" that brings in what is shown."""
        begins = self.at
        while self.text.lower[self.at : self.at + 1] and self.text.lower[self.at] in MEDIA:
            self.at += 1
        if self.text.lower[self.at : self.at + 1] == ["of"]:
            self.at += 1
        if self.at > begins or self.preposition in {"in", "like", "as", "of", "with"}:
            self.preposition = ""

    def _attach(self, found: Found, begins: int) -> None:  # noqa: C901, PLR0911, PLR0912 - a grammar has as many cases as its language
        mention = found.mention
        if mention.determiner == "no":
            self.story.note("understood", mention.start, mention.end, "left away on purpose")
            self.subject_is_scene = not self.subjects
            self.preposition = ""
            return
        if self._unknown_verb(found, begins) or self._unknown_place(mention):
            return
        if self._medium(mention) or self._is_depicted(mention):
            return
        if mention.word.lower() in {"water", "waters"} and not self._handles():
            mention.kind = "filmword"
        if self._unknown_topic(mention, begins):
            return
        if mention.kind == "prop" and mention.trait("place") and not self.story.default_place:
            self.story.default_place = mention.trait("place")
        self._guess_unknown(found)
        self._gender_of_owner(found.owner_pronoun)
        if found.owner and found.owner.kind in {"role", "animal", "name"}:
            owner = self.story.meet(found.owner)
            if mention.kind in {"filmword", "bodypart", "unknown"} and not self.clause:
                self._subject(owner, found.owner)
        if mention.kind == "pronoun" and mention.concept == "thing" and self.host:
            # "A table with a bowl on it": that is said already.
            self.preposition = ""
            return
        if mention.kind == "pronoun":
            self._take(self._pronoun(mention), mention)
            return
        if mention.kind == "group":
            self._group(mention)
            return
        if mention.kind == "place" and self.preposition in BESIDE_BUILDING:
            self._as_thing(mention)
        if mention.kind == "place":
            self._take_place(mention)
            return
        mention.kind, mention.concept = self._worn_or_handled(mention)
        if mention.kind == "garment":
            self._garment(mention, found)
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
            if self._looks_at_us(mention):
                return
            # "The watch turns on a table, he takes it": it is what the sentence is about.
            located = self.preposition in LOCATIVE or self.subject_is_scene
            spoken_of = self.story.last_thing if located else ""
            self._take(self.story.meet(mention), mention)
            self.story.last_thing = spoken_of or self.story.last_thing
            return
        self._other_noun(mention, begins)

    def _other_noun(self, mention: Mention, begins: int) -> None:
        if mention.kind == "filmword" and not self.subjects and not self.preposition:
            self.subject_is_scene = True
        if mention.kind == "unknown" and not self.clause and not self.subjects:
            self.subject_is_scene = True
        place = mention.trait("place") if mention.kind == "filmword" else ""
        if place:
            self._take_place(Mention(mention.start, mention.end, "place", place))
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

    def _medium(self, mention: Mention) -> bool:
        """Take the style that a noun phrase holds; "an oil painting of a ship" is all style."""
        styles = [concept for kind, concept in mention.traits if kind == "style"]
        for style in styles:
            self.scenery.take(words.Sense("style", style), mention.start, mention.end)
        if not styles or mention.word.lower() not in MEDIA:
            return False
        if not self.subjects:
            self.subject_is_scene = False
        self.skip_medium()
        return True

    def _is_depicted(self, mention: Mention) -> bool:
        """Leave the lion of "a statue of a lion" to the sculptor: no lion is there."""
        if self.preposition != "of" or self.last.kind != "things":
            return False
        if not any(self.story.things[one].kind in DEPICTING for one in self.last.ids):
            return False
        reason = "what a picture or a statue shows is not drawn on it"
        self.story.note("left_out", mention.start, mention.end, "", reason)
        self.preposition = ""
        return True

    def _looks_at_us(self, mention: Mention) -> bool:
        """Take "looks into the camera" as a look at whoever watches the film."""
        towards = self.preposition in {"into", "at", "to", "toward"}
        plain = mention.concept == "camera" and mention.determiner in {"the", ""}
        if not (towards and plain and self.clause):
            return False
        self.story.note("understood", mention.start, mention.end, "whoever watches the film")
        self.preposition = ""
        return True

    def _gender_of_owner(self, pronoun: str) -> None:
        """Take "a streamer … on her live show" as saying that the streamer is a woman."""
        gender = {"her": "woman", "his": "man"}.get(pronoun, "")
        doers = self.clause.subjects if self.clause else self._described()
        if not gender or len(doers) != 1:
            return
        figure = self.story.figures[doers[0]]
        if figure.kind == "person" and figure.gender == "neutral":
            figure.gender = gender

    def _pronoun(self, mention: Mention) -> Ref:
        if mention.concept in {"me", "us", "you"}:
            return self.story.meet(_speaking_person(mention))
        if mention.concept in {"self", "none"}:
            return NOTHING
        written = self.story.text[mention.start : mention.end].lower()
        doers = self.clause.subjects if self.clause and written in {"him", "her"} else ()
        return self.story.pronoun(mention.concept, first=self.previous_subjects, but=doers)

    def _group(self, mention: Mention) -> None:
        if mention.word.lower() == "audience" and self.preposition in {"to", "at", "toward"}:
            self.story.note("understood", mention.start, mention.end, "whoever watches the film")
            self.preposition = ""
            return
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
        crowd = mention.word.lower() in {"crowd", "audience", "spectators"}
        if crowd and mention.determiner == "the" and self.story.figures:
            # Who watches is heard; who is watched is seen.
            self.subject_is_scene, self.preposition = True, ""
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
        """“Anna is a chef”: the subject takes on the role's looks."""
        for figure_id in self.subjects:
            figure = self.story.figures[figure_id]
            brings = words.role(mention.concept)
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

    def _take_place(self, mention: Mention) -> None:  # noqa: C901 - a grammar has as many cases as its language
        for word in mention.word.lower().split() if " " in mention.word else ():
            found = words.english().matches([word], 0)
            told = found[0].of("weather", "time") if found else None
            if told is not None:
                # "A snow field", "a night market".
                self.scenery.take(told, mention.start, mention.end)
        nearer = mention.trait("place")
        if mention.concept == "street" and nearer:
            mention.concept, mention.approximate = nearer, True
        for kind, concept in mention.traits:
            if kind == "mood":
                self.scenery.mood(concept, mention.start, mention.end)
        verb = self.clause.verb if self.clause else ""
        traits = words.verbs()[verb].traits if verb else frozenset()
        goes = "enter" in traits or self.preposition == "into"
        goes = goes or (self.preposition == "to" and "move" in traits) or verb == "cross"
        goes = goes or (not self.preposition and verb in {"discover", "find", "explore", "travel"})
        aimed = self.preposition == "at" and bool({"look", "point"} & (traits | {verb}))
        outside = self.preposition in {"toward", "from", "like", "for"} or aimed
        if self.story.place.concept == mention.concept:
            pass
        elif outside and self.story.place.concept:
            self.story.note(
                "left_out", mention.start, mention.end, "", "it lies outside the picture"
            )
        elif verb == "leave" and not self.preposition and self.story.place.concept:
            pass
        elif self.story.go_to(mention, moves=goes):
            self.scenery.place(mention)
        if not self.subjects and not self.preposition:
            self.subject_is_scene = True
        self.preposition = ""
        self.last_mention = mention

    def _as_thing(self, mention: Mention) -> None:
        """Take a building that one stands before, and not in, as a thing if it is one, too."""
        sense = self._other_sense(mention, "prop")
        if sense is not None:
            mention.kind, mention.concept, mention.approximate = "prop", sense.concept, False

    @staticmethod
    def _other_sense(mention: Mention, kind: str) -> words.Sense | None:
        """Return the sense of one kind that the head of a mention has exactly, if any."""
        tokens = mention.word.lower().split()
        matches = words.english().matches(tokens, 0) if tokens else ()
        senses = [one for match in matches for one in match.senses if match.length == len(tokens)]
        return next((one for one in senses if one.kind == kind and not one.approximate), None)

    def _worn_or_handled(self, mention: Mention) -> tuple[str, str]:
        """Tell the glasses that somebody wears from those on a table."""
        if mention.kind not in {"prop", "garment"}:
            return mention.kind, mention.concept
        verb = self.clause.verb if self.clause else ""
        worn = verb in {"wear", "put_on"} or (self.preposition in WEARS and bool(self._wearers()))
        wanted = "garment" if worn else "prop"
        own = self._other_sense(mention, wanted)
        if mention.kind == wanted or own is None or (not worn and self.preposition in WEARS):
            return mention.kind, mention.concept
        if not worn and self.last.kind == "figures" and not self.clause:
            return mention.kind, mention.concept
        return wanted, own.concept

    def _garment(self, mention: Mention, found: Found) -> None:
        verb = self.clause.verb if self.clause else ""
        wearers = self._wearers()
        if found.owner is not None and found.owner.kind in {"role", "name"} and self.story.recent:
            # "A woman's scarf blows": it is hers.
            self.story.dress(self.story.recent[-1:], mention.concept, mention.trait("colour"))
            self.scenery.worn(mention)
            self.subjects, self.preposition = [], ""
            return
        worn = verb in {"wear", "put_on", "have"} or self.preposition in WEARS
        if found.owner_pronoun in {"his", "her"} and not worn_by_verb(verb, self.preposition):
            ref = self.story.pronoun({"his": "man", "her": "woman"}[found.owner_pronoun])
            self.story.dress(ref.ids, mention.concept, mention.trait("colour"))
            self.scenery.worn(mention)
            self.preposition = ""
            return
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
                elif mention.concept == "fur" and kind == "colour":
                    self.story.describe(figure_id, "colour", concept)
                elif mention.concept == "skin" and kind in {"skin", "colour"}:
                    skin = {"dark": "dark_skin", "brown": "brown_skin", "olive": "olive_skin"}
                    self.story.describe(figure_id, "skin", skin.get(concept, concept))
        if mention.concept == "eyes" and mention.trait("colour"):
            self.story.note(
                "left_out", mention.start, mention.end, "", "a look has no colour of eyes"
            )

    def _take(self, ref: Ref, mention: Mention) -> None:  # noqa: C901 - a grammar has as many cases as its language
        self.scenery.met(ref, mention)
        preposition, self.preposition = self.preposition, ""
        if not ref.ids:
            return
        if self._put_between(ref, preposition, mention):
            return
        self._put_aside(ref)
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
        elif preposition and self.subjects and not (self.last.kind == ref.kind == "things"):
            self._loose_oblique(ref, preposition)
        elif ref.kind == "figures":
            self._subject(ref, mention)
        elif preposition and self.last.kind == "things":
            self._belong(ref, preposition)
        else:
            self.subject_is_scene = not self.subjects
            joined = self.row and not preposition and self._joined(mention)
            self.row = [*(self.row if joined else []), *ref.ids]
        self.last, self.last_mention = ref, mention

    def _belong(self, ref: Ref, preposition: str) -> None:
        """Relate a thing to the one before it: "a bowl of oranges", "a table with a lamp"."""
        if preposition in {"of", "with"} and ref.kind == "things":
            kind = self.story.things[self.last.ids[0]].kind
            inside = kind in OPEN and preposition == "of"
            for thing_id in ref.ids:
                self.story.put(thing_id, "inside" if inside else "on", self.last.ids[0])
            self.host = self.last.ids[0]
            return
        if preposition == "from" and self.acting and ref.kind == "things":
            # What falls off a table was on it.
            for one in self.acting:
                self.story.put(one, "on", ref.ids[0])
            return
        self._relate(self._in_row(), preposition, ref)

    def _joined(self, mention: Mention) -> bool:
        """Whether a thing is one more of those named before it."""
        before = self.story.text[: mention.start].rstrip().lower()
        return before.endswith((",", " and", " with", "&", " or"))

    def _in_row(self) -> Ref:
        """Return the thing read last, with those that were named side by side with it."""
        return Ref("things", tuple(self.row)) if self.last.ids[0] in self.row else self.last

    def _put_between(self, ref: Ref, preposition: str, mention: Mention) -> bool:
        """Take "between two boxes" and "between a lamp and a plant"."""
        if self.between is not None and not preposition and self._follows(mention, "and"):
            whats, first = self.between
            for what in whats:
                self.story.put(what, "between", first, ref.ids[0])
            self.between = None
            self._stand_around(Ref("things", (first, *ref.ids)))
            return True
        if preposition != "between":
            return False
        moved = [one for found in (self.clause.objects if self.clause else ()) for one in found.ids]
        whats = moved or (self.clause.subjects if self.clause else [])
        whats = list(whats) or self.row or list(self.subjects) or list(self.last.ids)
        whats = [one for one in whats if one not in ref.ids]
        second = ref.ids[1] if len(ref.ids) > 1 else ""
        for what in whats:
            self.story.put(what, "between", ref.ids[0], second)
        self.between = None if second else (whats, ref.ids[0])
        if whats:
            self._stand_around(ref)
        return bool(whats)

    def _stand_around(self, ref: Ref) -> None:
        """Let what follows say where the things are between which something is."""
        if all(one in self.story.things for one in ref.ids) and self.clause is None:
            self.last, self.row = ref, list(ref.ids)

    def _follows(self, mention: Mention, word: str) -> bool:
        """Whether `word` stands right before a mention."""
        return self.story.text[: mention.start].rstrip().lower().endswith(word)

    def _put_aside(self, ref: Ref) -> None:
        """Take "on the left is a vase, on the right a lamp": they stand by one another."""
        if not self.side:
            return
        side, self.side = self.side, ""
        self.sides[side] = ref.ids[0]
        if {"left", "right"} <= self.sides.keys() and side in {"left", "right"}:
            other = self.sides["right" if side == "left" else "left"]
            self.story.put(ref.ids[0], "left_of" if side == "left" else "right_of", other)

    def _begins_clause(self, ref: Ref, preposition: str) -> bool:
        """Whether ", vendors shouting" follows: somebody else, with a verb of their own."""
        at = self.at
        if self.text.lower[at : at + 1] and self.text.lower[at] in {"with", "in"}:
            # ", a woman with long hair rides it".
            looks = noun_phrase(self.text, at + 1)
            at = looks.next if looks else at
        verb = self.text.sense(at, "verb")
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
        """“Anna, a tired chef”: one person, the name first."""
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
                preposition
                in {"on", "in", "under", "by", "behind", "inside", "with", "left_of"}
                | {"right_of", "in_front_of", "over"}
                and self.last.ids != ref.ids
                and not clause.objects
            )
        ):
            self._relate(self.last, preposition, ref)
            if preposition != "with" and any(self.last == one for _, one in clause.obliques):
                # "On a barrel on a ship": the barrel is on the ship, and only the parrot on it.
                return
        if preposition == "with" and self.last.kind == "things" and ref.kind == "things":
            for thing_id in ref.ids:
                self.story.put(thing_id, "on", self.last.ids[0])
            return
        if preposition:
            clause.obliques.append((preposition, ref))
        else:
            clause.objects.append(ref)
        clause.end = self.text.tokens[self.at - 1].end

    def _loose_oblique(self, ref: Ref, preposition: str) -> None:
        """Let "a woman on a bench" stand or sit there until a verb says more."""
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


def worn_by_verb(verb: str, preposition: str) -> bool:
    """Whether a clause itself says that something is worn, or handled."""
    return verb in {"wear", "put_on", "have", "hold", "carry", "take"} or preposition in WEARS


def _speaking_person(mention: Mention) -> Mention:
    name = {"me": "Me", "us": "We", "you": "You"}[mention.concept]
    known = Mention(mention.start, mention.end, "role", "person", name, name=name)
    if mention.concept == "us":
        known.count, known.plural, known.name = 2, True, ""
    return known
