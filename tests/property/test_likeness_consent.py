"""Laws of consent: what may never happen, whatever anybody asks for."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from matinee.film import Screenplay
from matinee.film.screenplay import Action, Beat, Character, Garment, Line, Look, Prop, Setting
from matinee.likeness.adapters.fake_vocabulary import FakeVocabulary
from matinee.likeness.consent import (
    LEVELS,
    RULES_MAX,
    Concept,
    Level,
    Relation,
    Rule,
    contradiction,
    denial,
    dressed,
    objections,
    word_objections,
)
from matinee.likeness.errors import TermsInvalid
from matinee.likeness.topics import topics
from matinee.likeness.wording import read

PLACES = ("beach", "church", "casino", "kitchen")
PROPS = ("sword", "apple", "hat", "tank")
GARMENTS = ("glasses", "swimsuit", "coat", "hat")
ACTIONS = ("walk", "fight", "dance", "kiss")
WORDS = ("Good morning.", "Vote for me!", "Put down the gun.", "我们去投票。")

levels = st.sampled_from(LEVELS)
relations = st.sampled_from(("stranger", "mutual", "blocked"))
concepts = st.one_of(
    st.builds(Concept, st.just("place"), st.sampled_from(PLACES)),
    st.builds(Concept, st.just("prop"), st.sampled_from(PROPS)),
    st.builds(Concept, st.just("garment"), st.sampled_from(GARMENTS)),
    st.builds(Concept, st.just("action"), st.sampled_from(ACTIONS)),
    st.builds(Concept, st.just("topic"), st.sampled_from(sorted(topics()))),
)
nevers = st.builds(
    Rule,
    effect=st.just("never"),
    say=st.just("as I said"),
    concepts=st.lists(concepts, max_size=3).map(tuple),
    words=st.lists(st.sampled_from(("morning", "gun", "投票")), max_size=1).map(tuple),
)
wishes = st.builds(
    Rule,
    effect=st.just("always"),
    say=st.just("as I like it"),
    concepts=st.tuples(st.builds(Concept, st.just("garment"), st.sampled_from(GARMENTS))),
    colour=st.sampled_from(("", "#c0262d", "#2457a8")),
)


@st.composite
def plays(draw: st.DrawFn) -> Screenplay:
    garments = draw(st.lists(st.sampled_from(GARMENTS), max_size=12))
    cast = (
        Character(id="ada", name="Ada", look=Look(garments=tuple(map(_garment, garments)))),
        Character(id="ben", name="Ben", look=Look(garments=(_garment("swimsuit"),))),
    )
    beat = Beat(
        id="b1",
        setting="s1",
        text=draw(st.sampled_from(WORDS)),
        cast=("ada",),
        actions=(Action(character="ada", verb=draw(st.sampled_from(ACTIONS))),),
        lines=(Line(character="ben", text=draw(st.sampled_from(WORDS))),),
    )
    kinds = draw(st.lists(st.sampled_from(PROPS), max_size=3))
    return Screenplay(
        title="A film",
        prompt="Ada walks.",
        language="en",
        settings=(Setting(id="s1", place=draw(st.sampled_from(PLACES))),),
        beats=(beat,),
        characters=cast,
        props=tuple(Prop(id=f"p{n}", kind=kind, setting="s1") for n, kind in enumerate(kinds)),
    )


def _garment(kind: str) -> Garment:
    return Garment(kind=kind)


def _says(play: Screenplay, rules: list[Rule]) -> int:
    return len(objections(play, frozenset({"ada"}), rules))


@given(level=levels, relation=relations, approved=st.booleans())
def test_the_owner_may_always_and_whoever_is_blocked_never(
    *, level: Level, relation: Relation, approved: bool
) -> None:
    def of(asker: str, relation: Relation) -> object:
        return denial(
            level, owner="ada", asker=asker, approved=approved, relation=relation, handle="ada"
        )

    assert of("ada", relation) is None
    assert of("ben", "blocked") is not None


@given(approved=st.booleans(), relation=relations, one=levels, other=levels)
def test_whom_a_level_lets_every_wider_level_lets_too(
    *, approved: bool, relation: Relation, one: Level, other: Level
) -> None:
    narrow, wide = sorted((one, other), key=LEVELS.index)

    def lets(level: Level) -> bool:
        return (
            denial(
                level,
                owner="ada",
                asker="ben",
                approved=approved,
                relation=relation,
                handle="ada",
            )
            is None
        )

    assert lets(wide) or not lets(narrow)
    assert not lets("only_me")
    assert lets("approved") == (approved and relation != "blocked")


@given(plays(), st.lists(nevers, max_size=3), nevers)
def test_one_more_rule_never_lets_more_through(
    play: Screenplay, rules: list[Rule], one: Rule
) -> None:
    assert _says(play, [*rules, one]) >= _says(play, rules)


@given(plays(), st.lists(nevers, max_size=3), st.sampled_from(PROPS), st.sampled_from(WORDS))
def test_a_film_with_more_in_it_is_never_refused_less(
    play: Screenplay, rules: list[Rule], kind: str, text: str
) -> None:
    more = msgspec.structs.replace(
        play,
        props=(*play.props, Prop(id="more", kind=kind, setting="s1")),
        beats=(*play.beats, Beat(id="b2", setting="s1", text=text)),
    )
    assert _says(more, rules) >= _says(play, rules)


@given(plays(), st.lists(nevers, max_size=2), st.lists(wishes, max_size=3))
def test_preferences_change_nothing_but_clothes_and_only_once(
    play: Screenplay, rules: list[Rule], wanted: list[Rule]
) -> None:
    wearers = frozenset({"ada"})
    once = dressed(play, wearers, wanted)
    assert dressed(once, wearers, wanted) == once
    assert once.character("ben") == play.character("ben")
    assert msgspec.structs.replace(once, characters=play.characters) == play
    worn = {one.kind for one in once.character("ada").look.garments}
    assert {rule.concepts[0].name for rule in wanted} <= worn
    if contradiction([*rules, *wanted]) is None:
        # What they ask to wear can never be what they forbid.
        assert _says(once, rules) <= _says(play, rules)


@given(plays(), concepts)
def test_a_refusal_names_what_there_is_and_passes_without_it(
    play: Screenplay, concept: Concept
) -> None:
    rule = Rule(effect="never", say="no", concepts=(concept,))
    for one in objections(play, frozenset({"ada"}), [rule]):
        assert one.say == "no"
        assert one.found in one.passes
    others = frozenset({"nobody"})
    if concept.aspect in {"garment", "action"}:
        assert not objections(play, others, [rule])


@given(st.text(max_size=300))
def test_any_text_is_read_as_rules_that_can_be_kept(text: str) -> None:
    try:
        found = read(text, FakeVocabulary())
    except TermsInvalid:
        assert len(text) > RULES_MAX, "more rules than can be kept are said to be"
        return
    for rule in found.rules:
        assert msgspec.convert(msgspec.to_builtins(rule), Rule) == rule
    assert found == read(text, FakeVocabulary())


@given(st.sampled_from(sorted(topics())), st.sampled_from(("no {}", "never {}", "nothing with {}")))
def test_every_topic_can_be_refused_by_its_name(topic: str, form: str) -> None:
    found = read(form.format(topic), FakeVocabulary())
    assert Concept("topic", topic) in found.rules[0].concepts
    word = topics()[topic].words[0].rstrip("*")
    assert word_objections(f"Ada and {word} here", found.rules)
