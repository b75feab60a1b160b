"""Laws of planning: no frame is lost, no line is cut off."""

from hypothesis import given
from hypothesis import strategies as st

from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.film.screenplay import Beat, Character, Line, Setting
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
