"""Laws of planning: no frame is lost, no line is cut off, and cuts are worth their while."""

from itertools import pairwise
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.film.screenplay import Action, Beat, Camera, Character, Line, Prop, Setting, ShotSize
from matinee.studio.coverage import SHOT_S_MIN
from matinee.studio.planning import Reading, line_key, plan_shots

rates = st.sampled_from([FrameRate(24), FrameRate(30000, 1001), FrameRate(60), FrameRate(1)])


@st.composite
def spoken_plays(draw: st.DrawFn) -> tuple[Screenplay, dict[str, Reading]]:
    beats, readings = [], {}
    for number in range(draw(st.integers(1, 6))):
        speakers = draw(st.lists(st.sampled_from(["ann", "bob", "narrator"]), max_size=4))
        beat = Beat(
            id=f"b{number}",
            setting="s",
            text="",
            cast=("ann", "bob"),
            lines=tuple(Line(character=name, text="words") for name in speakers),
            duration_ms=draw(st.sampled_from([0, 700, 4000])),
        )
        for index in range(len(speakers)):
            readings[line_key(beat, index)] = Reading(
                duration_ms=draw(st.integers(1, 7000)), phonemes=(), words=(), audio="a" * 64
            )
        beats.append(beat)
    play = Screenplay(
        title="t",
        prompt="",
        language="en",
        settings=(Setting(id="s", place="beach"),),
        characters=(Character(id="ann", name="Ann"), Character(id="bob", name="Bob")),
        beats=tuple(beats),
    )
    return play, readings


@given(spoken_plays(), rates, st.none() | st.integers(1000, 120_000))
def test_every_line_is_said_once_whole_and_in_order(
    spoken: tuple[Screenplay, dict[str, Reading]], rate: FrameRate, wanted_ms: int | None
) -> None:
    play, readings = spoken
    plan = plan_shots(
        play, readings, size=FrameSize(64, 64), rate=rate, seed=0, duration_ms=wanted_ms
    )
    # A shot refuses to be made when it cuts a speech off, so that each exists is half the proof.
    said = [speech.duration_ms for shot in plan.shots for speech in shot.speeches]
    assert said == [reading.duration_ms for reading in readings.values()]
    for shot in plan.shots:
        ends = [speech.start_ms + speech.duration_ms for speech in shot.speeches]
        starts = [speech.start_ms for speech in shot.speeches]
        assert all(end <= start for end, start in zip(ends[:-1], starts[1:], strict=True))
    if wanted_ms is not None and not plan.notes:
        assert abs(plan.frame_count - rate.fraction * wanted_ms / 1000) <= len(plan.shots)


VERBS = ("throw", "open", "dance", "walk", "run", "sit", "read", "stand", "fight")


@st.composite
def acted_plays(draw: st.DrawFn) -> Screenplay:
    """Screenplays in which the same is done for one beat or several, seen as a writer sees it."""
    beats: list[Beat] = []
    for number in range(draw(st.integers(1, 4))):
        verbs = draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=2, unique=True))
        who = draw(st.sampled_from(("ann", "bob")))
        for again in range(draw(st.integers(1, 3))):
            sizes = [
                size for size in get_args(ShotSize) if not beats or size != beats[-1].camera.size
            ]
            camera = Camera(
                draw(st.sampled_from(sizes)), draw(st.sampled_from(("static", "push_in", "orbit")))
            )
            beats.append(
                Beat(
                    id=f"b{number}_{again}_x",
                    setting="s",
                    text="",
                    cast=("ann", "bob"),
                    actions=tuple(Action(who, verb, "book") for verb in verbs),
                    camera=camera,
                    duration_ms=draw(st.sampled_from((2000, 3200, 6000, 12_000))),
                )
            )
    return Screenplay(
        title="t",
        prompt="",
        language="en",
        settings=(Setting(id="s", place="beach"),),
        characters=(Character(id="ann", name="Ann"), Character(id="bob", name="Bob")),
        props=(Prop("book", "book", "s", relation="held_by", anchor="ann"),),
        beats=tuple(beats),
    )


@given(acted_plays(), st.integers(0, 5))
def test_what_goes_on_over_a_cut_is_shown_from_where_it_was_left_and_from_elsewhere(
    play: Screenplay, seed: int
) -> None:
    rate = FrameRate(24)
    shots = plan_shots(play, {}, size=FrameSize(64, 64), rate=rate, seed=seed).shots
    assert shots == plan_shots(play, {}, size=FrameSize(64, 64), rate=rate, seed=seed).shots
    wanted_ms = sum(beat.duration_ms for beat in play.beats)
    assert abs(sum(shot.frame_count for shot in shots) - wanted_ms * 24 / 1000) <= 1
    cut = len(shots) - len(play.beats)
    assert all(shot.frame_count >= SHOT_S_MIN * 24 for shot in shots)
    # Cuts that the writer did not ask for leave the shots long enough to be looked at.
    assert not cut or sum(shot.frame_count for shot in shots) / len(shots) >= 2.4 * 24
    for before, after in pairwise(shots):
        if before.passage is None or after.passage is None:
            continue
        if after.passage.play == before.passage.play:
            left = before.passage.first_frame + before.frame_count
            assert after.passage.first_frame == left
            assert after.beat.actions == before.beat.actions
            assert (after.props, after.setting) == (before.props, before.setting)
            one, other = before.beat.camera, after.beat.camera
            assert (one.size, one.subject) != (other.size, other.subject)
        else:
            assert before.passage.first_frame + before.frame_count == before.passage.frame_count
            assert after.passage.first_frame == 0
