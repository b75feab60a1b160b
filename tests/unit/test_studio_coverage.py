"""From how many sides a beat is seen: cuts in the movement, reactions, inserts."""

from matinee.film import FrameRate
from matinee.film.screenplay import Action, Beat, Camera, Prop
from matinee.film.shot import Speech
from matinee.studio.coverage import Told, View, covered

RATE = FrameRate(24)
LETTER = Prop("letter", "letter", "here", relation="held_by", anchor="ann")


def a_beat(
    name: str, *verbs: str, size: str = "wide", move: str = "static", target: str = "letter"
) -> Beat:
    return Beat(
        id=name,
        setting="here",
        text="",
        cast=("ann", "bob"),
        actions=tuple(Action("ann", verb, target) for verb in verbs),
        camera=Camera(size, move, subject="ann"),  # type: ignore[arg-type]
    )


def views(*told: Told, seed: int = 1) -> tuple[View, ...]:
    return covered(told, rate=RATE, seed=seed, props={"letter": LETTER})


def test_what_is_done_once_is_cut_while_it_is_done() -> None:
    wide, close = a_beat("b1", "throw"), a_beat("b2", "throw", size="medium")
    first, second = views(*(Told(beat=beat, frame_count=80) for beat in (wide, close)))
    assert first.passage is not None
    assert second.passage is not None
    assert second.passage.play == "b1"
    assert {one.position for view in (first, second) for one in view.beat.actions} == {"middle"}
    begins, cut = 0.28 * 160, second.passage.first_frame
    assert begins + 0.8 * 24 < cut < begins + 1.6 * 24


def test_who_runs_sets_out_anew_in_every_shot() -> None:
    beats = (a_beat("b1", "run"), a_beat("b2", "run", size="medium"))
    assert all(
        view.passage is None for view in views(*(Told(beat=b, frame_count=72) for b in beats))
    )


def test_a_thing_that_hands_are_busy_with_is_seen_from_near_by_in_some_films() -> None:
    beats = [a_beat("b1", "read"), a_beat("b2", "read", size="full"), a_beat("b3", "read")]
    told = [Told(beat=beat, frame_count=72) for beat in beats]
    cameras = [[view.beat.camera for view in views(*told, seed=seed)] for seed in range(12)]
    inserts = [sum(camera.subject == "letter" for camera in film) for film in cameras]
    assert set(inserts) == {0, 1}
    assert all(film[0] == beats[0].camera for film in cameras)


def test_a_listener_takes_in_what_was_said_where_there_is_time() -> None:
    beat = a_beat("b1", "talk", size="medium", target="bob")
    speech = Speech("ann", "Your brother is alive.", "en", 400, 2000)
    told = Told(beat=beat, frame_count=150, speeches=(speech,))
    said, taken_in = views(told)
    assert said.speeches == (speech,)
    assert taken_in.speeches == ()
    assert taken_in.beat.camera == Camera("close_up", subject="bob")
    short = Told(beat=beat, frame_count=80, speeches=(speech,))
    assert len(views(short)) == 1


def test_a_short_beat_and_one_with_a_camera_move_of_its_own_are_left_whole() -> None:
    assert len(views(Told(beat=a_beat("b1", "dance"), frame_count=96))) == 1
    assert len(views(Told(beat=a_beat("b1", "dance", move="orbit"), frame_count=240))) == 1
    assert len(views(Told(beat=a_beat("b1", "dance"), frame_count=240))) == 3
