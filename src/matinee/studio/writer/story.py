"""What a reader has understood so far: people, things, places and moments, in any language.

A reader (English, Chinese, word list) turns phrases into `Mention`s and sentences into `Clause`s;
the `Story` remembers who is who, resolves pronouns, dresses people, places things and gathers
deeds and lines into moments. `composition` makes a screenplay of it.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from matinee.film.screenplay import (
    CHARACTERS_MAX,
    PROPS_MAX,
    Mood,
    NoteStatus,
    Pace,
    Relation,
    Size,
    Standpoint,
)

from . import words
from .draft import (
    NOTHING,
    Claim,
    Deed,
    Figure,
    Mention,
    Moment,
    Place,
    Ref,
    Remark,
    Thing,
)
from .wardrobe import gender_of_word, same_place

NOTES_MAX, SETTINGS_MAX = 190, 16
GROUP_MAX = 6
# An unnumbered plural of these is two people, of anything else three.
PAIRS = frozenset(
    [
        "friend",
        "couple_member",
        "twin",
        "parent",
        "grandparent",
        "brother",
        "sister",
        "lover",
        "robot",
        "knight",
        "samurai",
        "boxer",
        "gladiator",
        "stranger",
        "son",
        "daughter",
        "businessman",
        "neighbour",
        "chef",
    ]
)
BY_THE_WATER = frozenset(
    {
        *("harbour", "bridge", "beach", "coast", "pier", "island", "dock", "lighthouse", "cliff"),
        *("pirate_ship", "swamp", "underwater"),
    }
)
COUPLE = ("woman", "man")
FAMILY = ("mother", "father", "child")
GENDER_ROLES = {"man": "man", "woman": "woman", "boy": "man", "girl": "woman"}
GENERIC_ROLES = frozenset(
    {
        "person",
        "man",
        "woman",
        "boy",
        "girl",
        "child",
        "hero",
        "friend",
        "stranger",
        "old_man",
        "old_woman",
        "animal",
        "teenager",
        "couple_member",
    }
)
MENTIONS_OF_ANYONE = "person"


class Story:
    """The reader's memory of a prompt."""

    def __init__(self, text: str, language: str) -> None:
        """Begin a story with one place and one moment, both still empty."""
        self.text = text
        self.language = language
        self.figures: dict[str, Figure] = {}
        self.things: dict[str, Thing] = {}
        self.places: list[Place] = [Place()]
        self.moments: list[Moment] = [Moment(0, 0, 0)]
        self.remarks: list[Remark] = []
        self.recent: list[str] = []
        self.last_group: tuple[str, ...] = ()
        self.last_thing = ""
        self.style = ""
        self.pace: Pace | None = None
        self.title = ""
        self.mood: Mood | None = None
        self.music_mood: Mood | None = None
        self.music_present = True
        self.speech_allowed = True
        self.duration_ms = 0
        self.default_place = ""
        self.place_is_guessed = False
        self.claims: dict[tuple[str, str, str], Claim] = {}
        self._noted: set[tuple[str, str]] = set()

    # --- moments -------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment:
        """The moment that is being read."""
        return self.moments[-1]

    @property
    def place(self) -> Place:
        """The place that is being read about."""
        return self.places[self.moment.setting]

    def next_moment(self, start: int, *, explicit: bool = False) -> Moment:
        """Begin a new moment unless the present one is still empty."""
        if self.moment.is_untold and not self.moment.cast and not self.moment.explicit:
            self.moment.start = start
            self.moment.explicit = explicit
            return self.moment
        self.moments.append(Moment(start, start, self.moment.setting, explicit=explicit))
        return self.moment

    @property
    def has_room_for_a_place(self) -> bool:
        """Whether a screenplay can hold one more setting."""
        return len(self.places) < SETTINGS_MAX

    def next_place(self, *, explicit: bool = False) -> Place:
        """Begin a new place, with the present moment in it; time and weather stay as they were."""
        old = self.place
        self.places.append(Place(time=old.time, weather=old.weather, explicit=explicit))
        self.moment.setting = len(self.places) - 1
        return self.place

    # --- notes ---------------------------------------------------------------------------------

    def note(
        self, status: NoteStatus, start: int, end: int, meaning: str, reason: str = ""
    ) -> None:
        """Remember what became of the characters from `start` to `end`."""
        phrase = self.text[start:end].strip()[:300]
        key = (phrase.lower(), meaning)
        if phrase and key not in self._noted and len(self.remarks) < NOTES_MAX:
            self._noted.add(key)
            self.remarks.append(Remark(status, phrase, meaning, reason, start))

    def claim(self, kind: str, concept: str, mention_start: int, end: int, **more: int) -> None:
        """Remember which concept was read from the characters `mention_start` to `end`."""
        phrase = self.text[mention_start:end].lower()
        approximate, count = bool(more.get("approximate", 0)), more.get("count", 1)
        self.claims.setdefault(
            (kind, concept, phrase), Claim(kind, concept, mention_start, end, approximate, count)
        )

    # --- people --------------------------------------------------------------------------------

    def meet(self, mention: Mention) -> Ref:
        """Return who or what a mention means, inventing it when it is new."""
        if mention.kind in {"role", "animal", "name"}:
            return self._meet_figures(mention)
        if mention.kind == "prop":
            return self._meet_thing(mention)
        return NOTHING

    def pronoun(  # noqa: C901, PLR0911 - a grammar has as many cases as its language
        self, gender: str, *, first: Sequence[str] = (), but: Sequence[str] = ()
    ) -> Ref:
        """Return whom "she" (woman), "he" (man), "they" (group) or "it" (thing) means.

        Those in `first`, who acted last, come before others whose gender is not known either;
        nobody in `but` is meant: whoever grabs "him" grabs somebody else.
        """
        if gender == "group":
            if len(self.last_group) > 1:
                return self._touched(self.last_group)
            together = tuple(self.moment.cast) or tuple(self.recent[-2:])
            if len(together) < 2:  # noqa: PLR2004 - a small count, said by the words beside it
                together = tuple(self.recent[-2:])
            return self._touched(together) if together else NOTHING
        if gender == "thing":
            for figure_id in reversed(self.recent[-2:]):
                if self.figures[figure_id].kind != "person":
                    return self._touched((figure_id,))
            if self.last_thing:
                return Ref("things", (self.last_thing,))
            return NOTHING
        for wanted in (gender, "neutral"):
            order = [one for one in first if one in self.figures] + self.recent[::-1]
            for figure_id in order:
                figure = self.figures[figure_id]
                if figure.gender == wanted and figure_id not in but:
                    if figure.kind == "person":
                        figure.gender = gender
                    return self._touched((figure_id,))
        return NOTHING

    def other(self, than: Iterable[str]) -> str:
        """Return the person last heard of who is none of `than`, or empty."""
        avoided = set(than)
        return next((one for one in reversed(self.recent) if one not in avoided), "")

    def _touched(self, ids: Sequence[str]) -> Ref:
        for figure_id in ids:
            if figure_id in self.recent:
                self.recent.remove(figure_id)
            self.recent.append(figure_id)
            if figure_id not in self.moment.cast:
                self.moment.cast.append(figure_id)
        return Ref("figures", tuple(ids))

    def _meet_figures(self, mention: Mention) -> Ref:
        found = self._known_figures(mention)
        if not found:
            found = self._new_figures(mention)
        if not found:
            return NOTHING
        for figure_id in found:
            for kind, concept in mention.traits:
                self.describe(figure_id, kind, concept)
        if len(found) > 1:
            self.last_group = tuple(found)
        self._touched(found)
        for verb in mention.deeds:
            for figure_id in found:
                self.moment.deeds.append(
                    Deed(figure_id, verb, start=mention.start, end=mention.end)
                )
        return Ref("figures", tuple(found))

    def _known_figures(self, mention: Mention) -> list[str]:  # noqa: C901, PLR0911 - a grammar has as many cases as its language
        if mention.name:
            for figure in self.figures.values():
                if figure.named and figure.name.lower() == mention.name.lower():
                    return [figure.id]
            if mention.kind == "name" and not mention.concept:
                return []
        of_pair = self._of_the_pair(mention)
        if of_pair:
            return [of_pair]
        alike = [one for one in reversed(self.recent) if self._fits(self.figures[one], mention)]
        if mention.determiner == "other":
            last = self.recent[-1] if self.recent else ""
            alike = [one for one in alike if one != last] or (
                [one for one in reversed(self.recent) if one != last]
                if mention.concept in GENERIC_ROLES
                else []
            )
            return alike[:1]
        if mention.name:
            unnamed = [one for one in alike if not self.figures[one].named]
            if mention.determiner == "the" and unnamed:
                self._name(self.figures[unnamed[0]], mention.name)
                return unnamed[:1]
            return []
        repeated = self.moment.explicit and len(self.moments) > 1
        if mention.determiner in {"the", "this", "possessive"} or (repeated and alike):
            if mention.plural or mention.count > 1:
                group = [one for one in self.last_group if self._fits(self.figures[one], mention)]
                return group or (alike[: max(2, mention.count)] if len(alike) > 1 else [])
            return alike[:1]
        return []

    def _of_the_pair(self, mention: Mention) -> str:
        """Return which of a couple "the boy" or "the woman" means, or empty."""
        gender = GENDER_ROLES.get(mention.concept, "")
        named = mention.determiner in {"", "the", "this"} and not mention.plural
        if not gender or not named or len(self.last_group) != len(COUPLE) or mention.name:
            return ""
        fitting = [one for one in self.last_group if self.figures[one].gender == gender]
        pair = {self.figures[one].role for one in self.last_group} <= {"man", "woman"}
        return fitting[0] if pair and len(fitting) == 1 else ""

    def _fits(self, figure: Figure, mention: Mention) -> bool:  # noqa: PLR0911 - a grammar has as many cases as its language
        wanted = mention.concept
        hair = mention.trait("haircolour")
        if hair and figure.hair_colour and words.colours().get(hair) != figure.hair_colour:
            return False
        clothing = {concept for kind, concept in mention.traits if kind == "worn_colour"}
        if clothing and not any(colour in clothing for _, colour in figure.garments):
            return False
        if mention.kind == "animal":
            species = words.role(wanted).further.get("species", wanted)
            return figure.kind == "animal" and (figure.species == species or wanted == "animal")
        if wanted in {figure.role, MENTIONS_OF_ANYONE}:
            return figure.kind != "animal" and mention.determiner != "possessive"
        if wanted in GENDER_ROLES and figure.kind == "person":
            adult = wanted in {"man", "woman"}
            if figure.gender == "neutral" and figure.role not in GENDER_ROLES and adult:
                return True
            young = figure.age in {"child", "teen"}
            return figure.gender == GENDER_ROLES[wanted] and young != adult
        if wanted == "child":
            return figure.age == "child" and figure.kind == "person"
        return wanted == "robot" and figure.kind == "robot"

    def _new_figures(self, mention: Mention) -> list[str]:
        cast = self._roles_of(mention)
        if mention.count > len(cast) and mention.concept not in {"couple", "family"}:
            self.note(
                "approximated",
                mention.start,
                mention.end,
                f"{len(cast)} in the picture",
                f"a film has room for {GROUP_MAX} of a kind and {CHARACTERS_MAX} in all",
            )
        made = []
        for role in cast:
            if len(self.figures) >= CHARACTERS_MAX:
                self.note(
                    "left_out",
                    mention.start,
                    mention.end,
                    "",
                    f"a screenplay holds {CHARACTERS_MAX} characters at most",
                )
                break
            made.append(self._new_figure(role, mention, alone=len(cast) == 1))
        return made

    @staticmethod
    def _roles_of(mention: Mention) -> list[str]:
        if mention.concept == "couple":
            return list(COUPLE)
        if mention.concept == "family":
            return list(FAMILY)
        role = mention.concept or "person"
        count = mention.count
        if mention.plural and count <= 1:
            count = 2 if role in PAIRS else 3
        if mention.plural and role == "grandparent":
            return ["grandmother", "grandfather"]
        if mention.plural and role == "parent":
            return ["mother", "father"]
        if count == 2 and role == "couple_member":  # noqa: PLR2004 - a small count, said by the words beside it
            return list(COUPLE)
        return [role] * max(1, min(count, GROUP_MAX))

    def _new_figure(self, role: str, mention: Mention, *, alone: bool) -> str:
        brings = words.role(role)
        further = brings.further
        label = mention.name or role
        figure = Figure(
            id=self._free_id(label if label.isascii() else role, alone=alone),
            name=mention.name or mention.word or role.replace("_", " "),
            role=role,
            start=mention.start,
            named=bool(mention.name),
            gender=brings.gender,
            age=brings.age,
            garments=list(brings.garments),
        )
        if figure.gender == "neutral":
            figure.gender = gender_of_word(mention.word)
        if mention.name and not mention.concept:
            figure.gender = words.first_names().get(mention.name, "neutral")
        if further.get("kind") == "robot":
            figure.kind = "robot"
        if further.get("kind") == "animal":
            figure.kind, figure.species = "animal", further.get("species", role)
        figure.build = further.get("build", "average")
        figure.height = further.get("height", "average")
        figure.hair_style = further.get("hair", "")
        figure.hair_colour = words.colours().get(further.get("haircolour", ""), "")
        figure.facial_hair = further.get("beard", "none")
        figure.skin = further.get("skin", "")
        figure.phrases.append(self.text[mention.start : mention.end])
        deed, goes = words.doers().get(mention.word.lower(), ("", False))
        if deed in words.verbs():
            figure.does, figure.goes = deed, deed if goes else ""
        self.figures[figure.id] = figure
        if brings.place and not self.default_place:
            self.default_place = brings.place
        return figure.id

    def _free_id(self, label: str, *, alone: bool = True) -> str:
        slug = "".join(one if one.isascii() and one.isalnum() else "_" for one in label.lower())
        slug = slug.strip("_")[:40]
        if not slug or not slug[0].isalpha():
            slug = f"one_{slug}".strip("_")
        if slug == "narrator":
            slug = "narrator_seen"
        taken = self.figures.keys() | self.things.keys()
        if alone and slug not in taken:
            return slug
        number = 2 if alone else 1
        while f"{slug}_{number}" in taken:
            number += 1
        return f"{slug}_{number}"

    def _name(self, figure: Figure, name: str) -> None:
        figure.name, figure.named = name, True
        if figure.gender == "neutral":
            figure.gender = words.first_names().get(name, "neutral")

    def rename(self, figure_id: str, name: str) -> None:
        """Give a figure the name it is called by."""
        self._name(self.figures[figure_id], name)

    def replace(self, keep: str, drop: str, merged: Figure) -> None:
        """Make one figure of two: `merged` takes the id `keep`, and `drop` is forgotten."""
        self.figures[keep] = merged
        del self.figures[drop]
        self.recent = [one for one in self.recent if one != drop]
        for moment in self.moments:
            moment.cast = [one for one in moment.cast if one != drop]
            for deed in moment.deeds:
                deed.figure = keep if deed.figure == drop else deed.figure
                deed.target = keep if deed.target == drop else deed.target
            moment.standpoints = [
                _renamed(one, keep, drop)
                for one in moment.standpoints
                if {one.character, one.anchor} != {keep, drop}
            ]
        for thing in self.things.values():
            thing.anchor = keep if thing.anchor == drop else thing.anchor

    def describe(self, figure_id: str, kind: str, concept: str) -> None:  # noqa: C901, PLR0912 - a grammar has as many cases as its language
        """Add a trait to a figure: its build, age, hair, skin or mood."""
        figure = self.figures[figure_id]
        colour = words.colours().get(concept, "")
        match kind:
            case "build":
                figure.build = concept
            case "height":
                figure.height = concept
            case "size":
                self._measure(figure, concept)
            case "age":
                figure.age = "adult" if concept == "young" else concept
                if concept == "elder" and not figure.hair_colour:
                    figure.hair_colour = words.colours()["silver"]
            case "gender":
                figure.gender = concept
            case "hair":
                figure.hair_style = concept
            case "haircolour":
                figure.hair_colour = colour
            case "beard":
                figure.facial_hair = concept
            case "skin":
                figure.skin = colour
            case "mood":
                figure.mood = _mood(concept)
                if self.moment.mood is None:
                    self.moment.mood = _mood(concept)
            case "colour":
                self._paint(figure, concept)
            case _:
                pass

    @staticmethod
    def _measure(figure: Figure, concept: str) -> None:
        """Let a huge cat be huge; a large or small person is only tall or short."""
        if figure.kind == "person" and concept in {"small", "large"}:
            figure.height = {"small": "short", "large": "tall"}[concept]
        else:
            figure.size = cast("Size", concept)

    @staticmethod
    def _paint(figure: Figure, concept: str) -> None:
        colour = words.colours().get(concept, "")
        if figure.kind == "person":
            figure.garments = [(kind, concept) for kind, _ in figure.garments]
        else:
            figure.skin = colour

    def dress(self, ids: Iterable[str], garment: str, colour: str) -> None:
        """Put a garment on figures, in the place of what is worn there."""
        for figure_id in ids:
            figure = self.figures[figure_id]
            worn = [one for one in figure.garments if not same_place(one[0], garment)]
            figure.garments = [*worn, (garment, colour)][:12]

    def dress_in_colour(self, ids: Iterable[str], colour: str) -> None:
        """Dress figures in one colour from head to foot."""
        for figure_id in ids:
            figure = self.figures[figure_id]
            if figure.garments:
                figure.garments = [(kind, colour) for kind, _ in figure.garments]
            elif figure.gender == "woman":
                figure.garments = [("dress", colour)]
            else:
                figure.garments = [("shirt", colour), ("trousers", colour)]

    # --- things --------------------------------------------------------------------------------

    def _meet_thing(self, mention: Mention) -> Ref:
        known = self._known_thing(mention)
        if known:
            self.last_thing = known.id
            if known.id not in self.moment.things:
                self.moment.things.append(known.id)
            self._describe_thing(known, mention)
            return Ref("things", (known.id,))
        if len(self.things) >= PROPS_MAX:
            self.note(
                "left_out",
                mention.start,
                mention.end,
                "",
                f"a screenplay holds {PROPS_MAX} props at most",
            )
            return NOTHING
        count = mention.count if mention.count > 1 else (3 if mention.plural else 1)
        thing = Thing(
            id=self._free_id(mention.concept),
            kind=mention.concept,
            start=mention.start,
            end=mention.end,
            setting=self.moment.setting,
            count=min(count, 30),
            phrase=self.text[mention.start : mention.end],
        )
        self._describe_thing(thing, mention)
        self.things[thing.id] = thing
        self.moment.things.append(thing.id)
        self.last_thing = thing.id
        return Ref("things", (thing.id,))

    def _known_thing(self, mention: Mention) -> Thing | None:
        alike = [
            one
            for one in reversed(self.things.values())
            if one.kind == mention.concept
            and (not mention.trait("colour") or one.colour in {"", mention.trait("colour")})
        ]
        if not alike:
            return self._called_shortly(mention)
        definite = mention.determiner in {"the", "this", "possessive"}
        repeated = self.moment.explicit and len(self.moments) > 1
        return alike[0] if definite or repeated or not alike[0].phrase else None

    def _called_shortly(self, mention: Mention) -> Thing | None:
        """Return what a shorter word means again: "a shopping cart … the cart", 购物车 … 车里."""
        said = mention.word or self.text[mention.start : mention.end]
        again = mention.determiner in {"the", "this", "possessive"} or not said.isascii()
        if not again or mention.count > 1 or mention.traits or mention.determiner == "a":
            return None
        return next(
            (
                one
                for one in reversed(self.things.values())
                if one.phrase.endswith(said) and len(one.phrase) > len(said)
            ),
            None,
        )

    @staticmethod
    def _describe_thing(thing: Thing, mention: Mention) -> None:
        thing.colour = mention.trait("colour") or thing.colour
        thing.material = mention.trait("material") or thing.material
        thing.size = mention.trait("size") or thing.size
        if mention.trait("age") == "child":
            thing.size = "small"
        if mention.trait("height") == "tall":
            thing.size = "large"

    def provide(self, kind: str, *, held_by: str = "", near: str = "") -> str:
        """Return the thing of a kind that an action needs, inventing it when nobody named one."""
        for thing in self.things.values():
            if thing.kind == kind and thing.setting == self.moment.setting:
                if thing.id not in self.moment.things:
                    self.moment.things.append(thing.id)
                return thing.id
        return self.provide_another(kind, held_by=held_by, near=near)

    def provide_another(self, kind: str, *, held_by: str = "", near: str = "") -> str:
        """Invent a thing of a kind that an action needs; empty when there is no room."""
        if len(self.things) >= PROPS_MAX:
            return ""
        thing = Thing(self._free_id(kind), kind, 0, 0, self.moment.setting)
        if held_by:
            thing.relation, thing.anchor = "held_by", held_by
        elif near:
            thing.relation, thing.anchor = "in_front_of", near
        self.things[thing.id] = thing
        self.moment.things.append(thing.id)
        return thing.id

    def hold(self, figure_id: str, thing_ids: Iterable[str]) -> None:
        """Put things into a figure's hands, if they have no other place yet."""
        for thing_id in thing_ids:
            thing = self.things[thing_id]
            if not thing.anchor:
                thing.relation, thing.anchor = "held_by", figure_id

    def put(self, what: str, relation: Relation, anchor: str, other: str = "") -> None:
        """Place a thing, or somebody, by another; a circle of anchors is not made.

        `other` is the second one of `between`. Somebody stands there from this moment on.
        """
        if what in self.figures and anchor != what:
            moment = self.moment
            apart = [one for one in moment.standpoints if one.character != what]
            circle = any(one.character == anchor and one.anchor == what for one in apart)
            if not circle:
                moment.standpoints = [*apart, Standpoint(what, relation, anchor, other)]
            return
        seen = anchor
        while seen in self.things:
            if seen == what:
                return
            seen = self.things[seen].anchor
        if what in self.things and anchor != what:
            thing = self.things[what]
            thing.relation, thing.anchor, thing.other_anchor = relation, anchor, other

    # --- places --------------------------------------------------------------------------------

    def go_to(  # noqa: PLR0911 - a grammar has as many cases as its language
        self, mention: Mention, *, moves: bool
    ) -> bool:
        """Set the place, or move to another when the people do (`moves`) or a moment begins.

        Returns whether the place of the mention is now the place of the film.
        """
        place = self.place
        if place.concept == mention.concept:
            return True
        by_the_water = mention.concept in {"beach", "ocean", "coast", "lake"}
        if by_the_water and place.concept in BY_THE_WATER and not moves:
            return True
        if place.concept == "neon_city" and mention.concept == "street":
            return True
        if place.concept == "street" and mention.concept == "neon_city" and not place.explicit:
            place.concept = "neon_city"
            return True
        if not place.concept:
            place.concept = mention.concept
            place.start, place.end = mention.start, mention.end
            place.approximate = mention.approximate
            return True
        bare = self.moment.is_bare and len(self.moments) > 1
        if not (moves or bare) or place.explicit or not self.has_room_for_a_place:
            self.note(
                "left_out",
                mention.start,
                mention.end,
                "",
                "one shot has one place, and this one is already set",
            )
            return False
        if not self.moment.is_bare or (self.moment.cast and len(self.moments) == 1):
            cast = list(self.moment.cast)
            self.next_moment(mention.start)
            self.moment.cast = cast[-2:]
        place = self.next_place()
        place.concept, place.approximate = mention.concept, mention.approximate
        place.start, place.end = mention.start, mention.end
        return True


def _renamed(one: Standpoint, keep: str, drop: str) -> Standpoint:
    names = (keep if name == drop else name for name in (one.character, one.anchor))
    character, anchor = names
    return Standpoint(character, one.relation, anchor, one.other_anchor)


def _mood(concept: str) -> Mood:
    return concept  # type: ignore[return-value]  # the lexicon test holds the concepts to Mood
