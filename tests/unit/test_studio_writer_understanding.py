"""What single phrases of a prompt become: relations, styles, camera, pace, kinds of things."""

from collections.abc import Mapping

import pytest

from matinee.engine import Repertoire
from matinee.film import Screenplay
from matinee.studio.writer import OfflineWriter, kinds, words

REPERTOIRE = Repertoire(
    places=("beach", "street", "park", "kitchen", "living_room", "forest", "lake", "meadow"),
    actions=(
        *("stand", "walk", "run", "sit", "dance", "talk", "listen", "look", "drive", "ride"),
        *("ride_bicycle", "ski", "juggle", "hold", "sleep", "jump", "laugh", "smile", "nod"),
        *("play_guitar", "swim", "eat", "look_around", "push", "pick_up", "throw", "cheer"),
    ),
    props=(
        *("apple", "ball", "bicycle", "book", "bowl", "box", "cake", "candle", "car", "chair"),
        *("cup", "guitar", "lamp", "orange", "piano", "plant", "plate", "skis", "sofa", "table"),
        *("tree", "umbrella", "vase", "flower", "house", "glasses", "crate"),
    ),
    garments=("shirt", "trousers", "shoes", "coat", "dress", "hat", "glasses", "scarf"),
    hair_styles=("short", "long", "bald", "bob", "curly"),
    ambiences=(),
    effects=("cheer", "glass_break"),
    voices=(),
    species=("dog", "cat", "bird", "horse", "elephant", "fish"),
)


def written(prompt: str, *, seed: int = 5) -> Screenplay:
    return OfflineWriter().write(
        prompt, repertoire=REPERTOIRE, language=None, seed=seed, duration_ms=None
    )


def things(play: Screenplay) -> Mapping[str, tuple[str, str, str]]:
    return {one.kind: (one.relation, one.anchor, one.other_anchor) for one in play.props}


@pytest.mark.parametrize(
    ("prompt", "kind", "placed"),
    [
        ("A red apple on a blue book.", "apple", ("on", "book", "")),
        ("A ball between two boxes.", "ball", ("between", "box", "")),
        ("A ball between a box and a cup.", "ball", ("between", "box", "cup")),
        ("An apple and a cup on a table.", "apple", ("on", "table", "")),
        ("An apple and a cup on a table.", "cup", ("on", "table", "")),
        ("A cup next to a plate.", "cup", ("beside", "plate", "")),
        ("A ball to the left of a box.", "ball", ("left_of", "box", "")),
        ("A chair behind a table with a bowl on it.", "bowl", ("on", "table", "")),
        ("A bowl of oranges.", "orange", ("inside", "bowl", "")),
        ("On the left is a vase, on the right a lamp.", "lamp", ("right_of", "vase", "")),
        ("一个红苹果放在蓝色的书上。", "apple", ("on", "book", "")),
        ("左边是一个花瓶，右边是一盏灯。", "lamp", ("right_of", "vase", "")),
        ("一个蛋糕，上面有十根蜡烛。", "candle", ("on", "cake", "")),
        ("一个球在两个箱子中间。", "ball", ("between", "crate", "")),
    ],
)
def test_things_are_where_the_prompt_puts_them(
    prompt: str, kind: str, placed: tuple[str, str, str]
) -> None:
    assert things(written(prompt))[kind] == placed


@pytest.mark.parametrize(
    ("prompt", "standpoint"),
    [
        ("A cat sits between a lamp and a plant.", ("cat", "between", "lamp", "plant")),
        ("A girl stands between two boys.", ("girl", "between", "boy_1", "boy_2")),
        ("A bird on the back of an elephant.", ("bird", "on", "elephant", "")),
        ("A woman stands to the left of a man.", ("woman", "left_of", "man", "")),
        ("A boy hides behind a big tree.", ("boy", "behind", "tree", "")),
        ("Two dogs on a sofa.", ("dog_1", "on", "sofa", "")),
        ("一只黑狗躲在桌子下面。", ("dog", "under", "table", "")),
        ("女孩站在男孩的左边。", ("girl", "left_of", "boy", "")),
        ("老人站在两个孩子中间。", ("old_man", "between", "child_1", "child_2")),
    ],
)
def test_people_and_animals_are_where_the_prompt_puts_them(
    prompt: str, standpoint: tuple[str, str, str, str]
) -> None:
    found = {
        (one.character, one.relation, one.anchor, one.other_anchor)
        for beat in written(prompt).beats
        for one in beat.standpoints
    }
    assert standpoint in found


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("A claymation dog runs.", "clay"),
        ("An oil painting of a house in a storm.", "oil"),
        ("In the style of ukiyo-e, a woman stands on a beach.", "ukiyo_e"),
        ("Painted like a Van Gogh: a street at night.", "oil"),
        ("Cel-shaded anime girl running.", "cel"),
        ("Paper cut animation of a cat.", "paper_cut"),
        ("A black-and-white film of a man in the rain.", "black_and_white"),
        ("8-bit video game look, a boy jumps.", "pixel"),
        ("水墨风格：一位老人在湖边。", "watercolour"),
        ("剪纸风格的猫。", "paper_cut"),
        ("赛博朋克风格，男人走在街上。", "cyberpunk"),
    ],
)
def test_a_style_is_how_the_film_is_drawn_and_no_thing_in_it(prompt: str, style: str) -> None:
    play = written(prompt)
    assert play.style == style
    assert "painting" not in {one.kind for one in play.props}


@pytest.mark.parametrize(
    ("prompt", "camera"),
    [
        ("Zoom out from a cake to reveal a kitchen.", ("move", "zoom_out")),
        ("The camera trucks right along a row of bicycles.", ("move", "truck_right")),
        ("Slow dolly in on an old man.", ("move", "push_in")),
        ("Rack focus from a cup on the table to a woman.", ("move", "rack_focus")),
        ("Slow-mo: a dog leaps.", ("pace", "slow_motion")),
        ("Time-lapse of a street.", ("pace", "time_lapse")),
        ("镜头缓缓推近一位老人。", ("move", "push_in")),
        ("慢动作，一个女孩跳舞。", ("pace", "slow_motion")),
        ("变焦推近桌上的杯子。", ("move", "zoom_in")),
    ],
)
def test_the_camera_does_what_it_is_asked(prompt: str, camera: tuple[str, str]) -> None:
    name, wanted = camera
    assert wanted in {getattr(beat.camera, name) for beat in written(prompt).beats}


@pytest.mark.parametrize(
    ("prompt", "kind", "colour", "material", "size", "count"),
    [
        ("A small wooden table.", "table", "", "wood", "small", 1),
        ("A huge glass ball.", "ball", "", "glass", "huge", 1),
        ("A stack of ten books.", "book", "", "", "normal", 10),
        ("A slice of cake.", "cake", "", "", "normal", 1),
        ("A red rose.", "flower", "#c0262d", "", "normal", 1),
        ("一张木桌。", "table", "", "wood", "normal", 1),
        ("三个红色的球。", "ball", "#c0262d", "", "normal", 3),
    ],
)
def test_a_thing_keeps_what_is_said_of_it(  # noqa: PLR0917 - a row of the table
    prompt: str, kind: str, colour: str, material: str, size: str, count: int
) -> None:
    prop = next(one for one in written(prompt).props if one.kind == kind)
    assert (prop.colour, prop.material, prop.size, prop.count) == (colour, material, size, count)


def test_an_unknown_thing_becomes_what_it_is_a_kind_of_and_the_notes_say_so() -> None:
    play = written("A clavichord in a bungalow.")
    assert [one.kind for one in play.props] == ["piano"]
    assert play.settings[0].place == "living_room"
    told = {note.phrase: note for note in play.notes}
    assert told["A clavichord"].status == "approximated"
    assert "keyboard instrument" in told["A clavichord"].reason


@pytest.mark.parametrize(
    ("word", "kind", "concept"),
    [
        ("toucan", "animal", "bird"),
        ("chandelier", "prop", "lamp"),
        ("fjord", "place", "lake"),
        ("cobbler", "role", "worker"),
    ],
)
def test_a_word_is_shown_as_what_it_is_a_kind_of(word: str, kind: str, concept: str) -> None:
    with words.played_by(REPERTOIRE):
        found = kinds.noun(word, (kind,), words.played())
    assert found is not None
    assert (found.kind, found.concept) == (kind, concept)


@pytest.mark.parametrize(
    ("word", "verb"), [("scurries", "run"), ("guzzles", "drink"), ("sauntering", "walk")]
)
def test_an_unknown_verb_is_played_as_what_it_is_a_way_of(word: str, verb: str) -> None:
    assert kinds.verb(word) == verb


def test_an_abstract_word_is_no_thing() -> None:
    assert kinds.noun("freedom", ("prop", "place", "animal", "role")) is None


@pytest.mark.parametrize(
    ("prompt", "action"),
    [
        ("A red car drives down a street.", ("car", "drive", "")),
        ("A vase falls from a table and shatters.", ("vase", "fall", "")),
        ("A woman rides a bicycle.", ("woman", "ride_bicycle", "bicycle")),
        ("A skier races down a hill.", ("skier", "ski", "skis")),
        ("A boy juggles three oranges.", ("boy", "juggle", "orange")),
        ("A girl plays the guitar.", ("girl", "play_guitar", "guitar")),
    ],
)
def test_who_or_what_acts_does_it_in_its_own_way(prompt: str, action: tuple[str, str, str]) -> None:
    found = [
        (one.character, one.verb, one.target)
        for beat in written(prompt).beats
        for one in beat.actions
    ]
    who, verb, target = action
    assert any(one[1:] == (verb, target or one[2]) for one in found), (who, found)


def test_a_deed_brings_what_it_is_done_with() -> None:
    assert "guitar" in things(written("A girl plays the guitar."))
    assert "skis" in things(written("Skiers race down a hill."))


def test_glasses_that_somebody_has_are_worn() -> None:
    worn = written("A grandmother with glasses sits.")
    assert "glasses" in {one.kind for one in worn.characters[0].look.garments}


def test_a_huge_animal_is_huge_and_a_tiny_man_tiny() -> None:
    play = written("A huge cat next to a tiny man.")
    assert {one.name.lower(): one.size for one in play.characters} == {"cat": "huge", "man": "tiny"}


@pytest.mark.parametrize(
    ("prompt", "titles"),
    [
        ('A man walks. The words "The End" appear.', {"The End"}),
        ('The title card "Dawn" appears. A dog runs in a park.', {"Dawn"}),
        ("A man walks.", set()),
    ],
)
def test_words_are_set_over_the_picture_when_asked(prompt: str, titles: set[str]) -> None:
    assert {beat.title for beat in written(prompt).beats if beat.title} == titles


def test_two_seeds_make_two_films_of_one_sentence() -> None:
    films = {
        tuple((beat.camera, tuple(action.verb for action in beat.actions)) for beat in play.beats)
        for play in (written("A woman dances in a park.", seed=seed) for seed in range(8))
    }
    assert len(films) >= 4


def test_whatever_the_engine_plays_is_known_by_its_own_name() -> None:
    with words.played_by(REPERTOIRE):
        assert words.english().matches(["orange"], 0)[0].of("prop") is not None
        assert words.verbs()["juggle"].action == "juggle"
    assert words.played() == frozenset()
