"""Chinese noun phrases: what stands before 的 describes the noun that follows it."""

from dataclasses import dataclass, field

from . import words
from .chinese_pieces import Piece, cut, looks_like_name
from .deeds import act
from .draft import NOTHING, Clause, Mention, Ref
from .scenery import Scenery
from .story import Story

TRAITS = (
    "colour", "material", "size", "age", "build", "height", "gender", "mood", "haircolour", "beard",
    "hair", "style",
)  # fmt: skip
HEADS = ("role", "animal", "name", "prop", "garment", "place", "bodypart", "filmword", "group")
PEOPLE = ("role", "animal", "name")
# A measure word that is a vessel is what one sees: 一瓶红酒 is a bottle.
VESSELS = {"瓶": "bottle", "杯": "cup", "碗": "bowl", "盘": "plate"}
DRINKS = frozenset({"cup", "bottle", "wine_glass", "glass", "plate", "bowl"})
WEARING = frozenset({"wear", "put_on"})
HOLDING = frozenset({"hold", "carry", "take"})
# A longer phrase is no phrase; the limits keep reading linear.
RELATIVE_PIECES_MAX, NOUN_PIECES_MAX, CHAIN_MAX = 16, 24, 4


@dataclass
class Noun:
    """A noun phrase read: what it names, what it wears and holds, who owns it, where it ends."""

    mention: Mention
    next: int
    worn: list[tuple[str, str, Mention]] = field(default_factory=list)
    held: list[Mention] = field(default_factory=list)
    owner: Mention | None = None
    owner_pronoun: str = ""


class ChineseNouns:
    """What a reader of Chinese knows of the sentence so far, and how it reads its nouns."""

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
        # What was named in the sentence before, and what stands on which side of the picture.
        self.before: Ref = NOTHING
        self.side = ""
        self.sides: dict[str, str] = {}
        self.camera_subject = False

    def resolve(self, mention: Mention) -> Ref:
        """Return whom a pronoun means."""
        if mention.concept in {"me", "us", "you"}:
            name = {"me": "我", "us": "我们", "you": "你"}[mention.concept]
            known = Mention(mention.start, mention.end, "role", "person", name, name=name)
            if mention.concept == "us":
                known.count, known.plural, known.name = 2, True, ""
            return self.story.meet(known)
        if mention.concept == "self":
            return NOTHING
        return self.story.pronoun(mention.concept)

    def finish(self) -> None:
        """Hand the open clause over."""
        if self.clause is not None:
            act(self.story, self.clause)
            self.story.moment.end = max(self.story.moment.end, self.clause.end)
        self.clause = None

    def _head_after(self, index: int) -> int:
        at = index
        while at < min(len(self.pieces), index + CHAIN_MAX * 2) and (
            self.pieces[at].of(*TRAITS, "num", "measure", "det") and not self.pieces[at].of(*PEOPLE)
        ):
            at += 1
        if at < len(self.pieces) and self.pieces[at].of(*PEOPLE):
            return at + 1
        return 0

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

    def read_noun(self, index: int, depth: int = 0) -> Noun | None:  # noqa: C901, PLR0912, PLR0915 - a grammar has as many cases as its language
        """Read the noun phrase at a piece, or return None; `depth` counts nested 的."""
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
            self.read_noun(at + 2, depth + 1) if following and following[0].text == "的" else None
        )
        if owned is not None and owned.mention.kind not in {"role", "name"}:
            owned.mention.determiner = "a"
            owned.owner_pronoun = sense.concept
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
        if sense.kind == "place":
            for told in (one for one in piece.senses if one.kind in {"time", "weather"}):
                self.scenery.take(told, piece.start, piece.end)
        measure = self.pieces[at - 1].text if at else ""
        held = VESSELS.get(measure, "")
        if sense.kind == "prop" and held and sense.concept in DRINKS:
            mention.concept = held
        mention.approximate = sense.approximate
        if sense.kind == "name":
            mention.name, mention.concept = piece.text, ""
        if piece.text.endswith("们"):
            mention.plural = True

    def _after_head(self, noun: Noun, at: int, depth: int) -> int:  # noqa: PLR0911 - a grammar has as many cases as its language
        """Let a head become a description when 的 or a noun follows; return the next place."""
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
            if mention.kind == "garment" and nearer.kind in PEOPLE:
                noun.worn.append((mention.concept, mention.trait("colour"), mention))
                mention.traits = [one for one in mention.traits if one[0] != "colour"]
                self._head(noun, at)
                return at + 1
            if mention.kind == "place" and nearer.kind in {"role", "place"}:
                self._go(mention)
                self._head(noun, at)
                return at + 1
        return 0

    def _described_by(self, noun: Noun, at: int, depth: int) -> int:
        mention = noun.mention
        following = self.read_noun(at + 1, depth + 1)
        if following is None or following.mention.kind == "pronoun":
            return 0
        if mention.kind == "garment" and following.mention.kind in PEOPLE:
            noun.worn.append((mention.concept, mention.trait("colour"), mention))
        elif mention.kind == "bodypart" and following.mention.kind in PEOPLE:
            following.mention.traits += of_body(mention)
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
            if verb in WEARING and (worn := self.pieces[inner.next - 1].of("garment")):
                inner.mention.kind, inner.mention.concept = "garment", worn.concept
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
            noun.mention.traits += of_body(mention)
        elif mention.kind in {"hair", "haircolour", "beard"}:
            noun.mention.traits += mention.traits
        elif mention.kind == "prop" and verb not in WEARING:
            noun.held.append(mention)
        elif mention.kind == "place":
            self._go(mention)

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
        elif self.story.go_to(mention, moves="enter" in traits):
            self.scenery.place(mention)
        self.preposition = ""


def of_body(mention: Mention) -> list[tuple[str, str]]:
    """Return what "long red hair" says of whoever has it, as traits."""
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
