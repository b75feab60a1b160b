"""What the offline writer does with a prompt beyond understanding its words."""

from typing import get_args

import pytest

from matinee.engine import Repertoire
from matinee.film import Screenplay
from matinee.film.screenplay import Beat, Mood
from matinee.studio.writer import OfflineWriter, meaning, words
from matinee.studio.writer.choice import Choice
from matinee.studio.writer.guess import Guesser
from matinee.studio.writer.language import detect, line_language
from matinee.studio.writer.layout import asked_ms, passages
from matinee.studio.writer.prompt import clean

MOODS = frozenset(get_args(Mood))


def a_repertoire() -> Repertoire:
    concepts = words.nearest_concepts()
    known = {
        kind: tuple(sorted({concept for found, concept in concepts if found == kind}))
        for kind in ("place", "action", "prop", "garment", "hair", "effect")
    }
    return Repertoire(
        places=known["place"],
        actions=known["action"],
        props=known["prop"],
        garments=(*known["garment"], "glasses"),
        hair_styles=known["hair"],
        ambiences=(),
        effects=known["effect"],
        voices=(),
    )


def written(
    prompt: str, *, seed: int = 1, duration_ms: int | None = None, language: str | None = None
) -> Screenplay:
    return OfflineWriter().write(
        prompt,
        repertoire=a_repertoire(),
        language=language,
        seed=seed,
        duration_ms=duration_ms,
    )


def cameras(play: Screenplay) -> list[tuple[str, str]]:
    return [(beat.camera.size, beat.camera.move) for beat in play.beats]


def spoken(beats: tuple[Beat, ...]) -> list[str]:
    return [line.text for beat in beats for line in beat.lines]


def test_another_seed_is_another_film_of_the_same_prompt() -> None:
    prompt = "Two friends argue about the last slice of pizza in a kitchen."
    films = [written(prompt, seed=seed) for seed in range(8)]
    assert len({play.title for play in films}) > 1
    assert len({tuple(cameras(play)) for play in films}) > 3
    assert len({tuple(spoken(play.beats)) for play in films}) > 1
    assert {play.settings[0].place for play in films} == {"kitchen"}


def test_a_silent_scene_gets_no_dialogue() -> None:
    for prompt in ("A woman walks on a beach.", "一个女人在海边散步。", "Two robots dance."):
        assert spoken(written(prompt).beats) == []


def test_a_film_of_ten_seconds_has_three_shots_and_one_of_twenty_has_six() -> None:
    prompt = "A fisherman repairs a lantern in a harbour."
    assert len(written(prompt, duration_ms=10_000).beats) == 3
    assert len(written(prompt, duration_ms=20_000).beats) == 6
    assert len(written(prompt, duration_ms=2_000).beats) == 1


def test_a_film_without_wishes_opens_wide_and_goes_near() -> None:
    play = written("A fisherman repairs a lantern in a harbour.", duration_ms=13_000)
    sizes = [beat.camera.size for beat in play.beats]
    assert sizes[0] in {"wide", "extreme_wide", "full"}
    assert "close_up" in sizes


def test_a_conversation_is_seen_from_both_sides() -> None:
    play = written("Two friends argue in a kitchen.")
    talking = [beat for beat in play.beats if beat.lines]
    assert len(talking) >= 3
    assert {beat.camera.subject for beat in talking} == {"friend_1", "friend_2"}
    assert {beat.camera.size for beat in talking} & {"over_shoulder", "close_up"}


def test_who_has_no_name_is_told_apart() -> None:
    play = written("Two friends argue in a kitchen.")
    names = [character.name for character in play.characters]
    assert len(set(names)) == 2
    assert {character.look.gender for character in play.characters} == {"woman", "man"}


def test_a_thing_keeps_its_place_from_shot_to_shot() -> None:
    play = written("A red ball lies on a table. A boy takes the ball. He smiles.")
    ball = next(prop for prop in play.props if prop.kind == "ball")
    assert (ball.relation, ball.anchor) == ("on", "table")
    assert all(ball.id in beat.props for beat in play.beats)


def test_a_pronoun_means_whom_it_should() -> None:
    play = written("A boy meets a queen. She gives him a book. He bows.")
    gives = next(act for beat in play.beats for act in beat.actions if act.verb == "give")
    bows = next(act for beat in play.beats for act in beat.actions if act.verb == "bow")
    assert (gives.character, bows.character) == ("queen", "boy")


def test_the_doer_of_a_passive_acts() -> None:
    play = written("A knight is attacked by a robot in a forest.")
    fights = [act for beat in play.beats for act in beat.actions if act.verb == "fight"]
    assert {(act.character, act.target) for act in fights} == {("robot", "knight")}


def test_a_new_place_is_a_new_setting() -> None:
    play = written("A boy sits in a classroom. Cut to a beach. He runs.")
    assert [setting.place for setting in play.settings] == ["classroom", "beach"]
    assert play.beats[-1].setting == play.settings[1].id


def test_no_music_and_no_speech_are_wishes() -> None:
    play = written('A girl says "Hello". No music, no dialogue.')
    assert not play.music.present
    assert spoken(play.beats) == []


def test_a_lone_unknown_thing_is_left_out_and_said_so() -> None:
    play = written("A man polishes a zorblax in a kitchen.")
    left = [note.phrase for note in play.notes if note.status == "left_out"]
    assert "a zorblax" in left


def test_invisible_characters_are_taken_out_with_a_note() -> None:
    play = written("A gi\u200brl wa\u202eves in a park.")
    assert play.prompt == "A girl waves in a park."
    assert any("invisible" in note.reason for note in play.notes)


def test_a_prompt_is_composed_and_its_line_breaks_are_line_feeds() -> None:
    assert clean("cafe\u0301\r\nbar\u2028x").text == "café\nbar\nx"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A man walks into the room and sits down.", "en"),
        ("一个男人走进房间。", "zh"),
        ("男が部屋に入って座る。", "ja"),
        ("남자가 방에 들어간다", "ko"),
        ("El hombre entra en la sala y se sienta.", "es"),
        ("L'homme entre dans la salle et il est assis.", "fr"),
        ("Der Mann geht in das Zimmer und setzt sich.", "de"),
        ("L'uomo entra nella sala e si siede con il suo cane.", "it"),
        ("O homem entra na sala e não diz uma palavra.", "pt"),
        ("De man loopt het huis in en zit op een stoel.", "nl"),
        ("Mannen går in i rummet och sätter sig på en stol med sin hund.", "sv"),
        ("Mężczyzna jest w domu i nie mówi do kobiety, która się śmieje.", "pl"),
        ("Adam bir odada ve bu gece için bekliyor.", "tr"),
        ("Seorang pria berjalan ke dalam rumah dan duduk.", "id"),
        ("Một người đàn ông đang đi trong phố và nói.", "vi"),
        ("Bărbatul este în casă și nu spune un cuvânt cu o femeie.", "ro"),
        ("Мужчина идёт по улице и не говорит.", "ru"),
        ("Чоловік йде по вулиці та не каже, що він є.", "uk"),
        ("رجل يجلس في البيت مع امرأة", "ar"),
        ("مردی در خانه است و با یک زن می رود که", "fa"),
        ("आदमी घर में बैठा है", "hi"),
        ("ผู้ชายเดินเข้าไปในห้อง", "th"),
        ("Ο άντρας κάθεται", "el"),
        ("גבר יושב בבית", "he"),
        ("একজন মানুষ বসে আছে", "bn"),
        ("🎬🎬🎬", "en"),
    ],
)
def test_a_language_is_told_by_script_and_common_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_short_line_follows_the_prompt_and_another_script_does_not() -> None:
    assert line_language("No!", "en") == "en"
    assert line_language("你好", "en") == "zh"
    assert line_language("Hello", "zh") == "en"


def test_a_language_without_a_table_is_said_to_be_guessed() -> None:
    play = written("Mwanamke anatembea na mbwa wa mtu katika nyumba.")
    assert play.language == "sw"
    assert any("Swahili is not in the lexicon" in note.reason for note in play.notes)


def test_a_language_without_a_table_is_read_by_meaning_where_that_is_installed() -> None:
    play = written("En kvinna dansar med en hund och det är natt.")
    people = {character.id for character in play.characters}
    assert people == ({"woman", "dog"} if meaning.is_installed() else set())


def test_the_concepts_that_are_compared_by_meaning_are_defined() -> None:
    concepts = words.nearest_concepts()
    for kind, concept, _ in meaning.CONCEPTS:
        assert kind not in {"role", "animal"} or concept in words.roles()
        assert kind != "verb" or concept in words.verbs()
        assert kind not in {"place", "prop"} or (kind, concept) in concepts


def test_the_layout_of_a_prompt_is_recognised() -> None:
    assert [one.kind for one in passages("A boy runs. He falls.")] == ["prose"]
    assert [one.kind for one in passages("Shot 1: a\nShot 2: b")] == ["shot", "shot"]
    assert [one.kind for one in passages("镜头一：甲。镜头二：乙。")] == ["shot", "shot"]
    assert [one.kind for one in passages("Anna: Hi.\nBen: Hi.")] == ["speech", "speech"]
    assert [one.kind for one in passages("Night: it rains")] == ["prose"]
    assert [one.kind for one in passages("INT. ROOM\n\nA cat.")] == ["heading", "paragraph"]


def test_a_length_named_in_the_prompt_is_kept() -> None:
    assert asked_ms("Make a 12-second video of a cat") == 12_000
    assert asked_ms("一个15秒的短片") == 15_000
    assert asked_ms("He waits for 5 seconds") == 0


def test_a_slip_of_the_pen_is_read_and_another_word_is_not() -> None:
    guesser = Guesser()
    kinds = ("prop", "place", "role")
    slip = guesser.nearest("umbrela", kinds)
    assert slip is not None
    assert slip.concept == "umbrella"
    assert guesser.nearest("freedom", kinds) is None


def test_a_choice_depends_on_its_key_and_seed_only() -> None:
    options = list(range(100))
    assert Choice("p", "en", 1).of("a", options) == Choice("p", "en", 1).of("a", options)
    picks = {Choice("p", "en", seed).of("a", options) for seed in range(20)}
    assert len(picks) > 10


def test_every_word_of_the_lexicon_means_a_concept_that_is_defined() -> None:
    roles, verbs, colours = words.roles(), words.verbs(), words.colours()
    known = {
        "role": roles,
        "animal": roles,
        "verb": verbs,
        "colour": colours,
        "haircolour": colours,
        "skin": colours,
        "mood": MOODS,
        "music": MOODS | {"none"},
    }
    concepts = words.nearest_concepts()
    for name in ("en.tsv", "zh.tsv", "more_languages.tsv"):
        for row in words.rows(name):
            kind, concept = row[0], row[1]
            assert concept in known.get(kind, {concept}), (name, concept)
            if kind in {"place", "prop"}:
                assert (kind, concept) in concepts, (name, concept)
            if kind == "sound":
                assert ("effect", concept) in concepts, (name, concept)
    for concept, _ in words.rows("en_verbs.tsv"):
        assert concept in verbs


def test_roles_and_verbs_are_played_with_concepts_that_are_defined() -> None:
    roles, verbs, colours = words.roles(), words.verbs(), words.colours()
    concepts = words.nearest_concepts()
    for verb in verbs.values():
        assert not verb.action or ("action", verb.action) in concepts
        assert not verb.mood or verb.mood in MOODS
    for role in roles.values():
        assert all(("garment", kind) in concepts or kind == "glasses" for kind, _ in role.garments)
        assert all(colour in colours for _, colour in role.garments)
        assert not role.place or ("place", role.place) in concepts
