"""Laws of the film language that hold for any document, not just the ones we thought of."""

from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from matinee import film
from matinee.film.errors import DocumentInvalid, ScreenplayInvalid
from matinee.film.screenplay import Beat, Character, Line, Setting

slugs = st.from_regex(r"\A[a-z][a-z0-9_]{0,12}\Z")
words = st.text(min_size=1, max_size=60)


@st.composite
def screenplays(draw: st.DrawFn) -> film.Screenplay:
    settings = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    people = draw(st.lists(slugs, max_size=3, unique=True))
    beats = tuple(
        Beat(
            id=f"b{index}",
            setting=draw(st.sampled_from(settings)),
            text=draw(words),
            cast=tuple(people),
            lines=tuple(Line(character=name, text=draw(words)) for name in people),
        )
        for index in range(draw(st.integers(1, 4)))
    )
    return film.Screenplay(
        title=draw(words),
        prompt=draw(words),
        language="en",
        settings=tuple(Setting(id=name, place=draw(slugs)) for name in settings),
        characters=tuple(Character(id=name, name=draw(words)) for name in people),
        beats=beats,
    )


@given(screenplays())
def test_decoding_undoes_encoding(play: film.Screenplay) -> None:
    encoded = film.encode(play)
    decoded = film.decode(encoded, film.Screenplay)
    assert decoded == play
    assert film.encode(decoded) == encoded


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    try:
        film.decode(content, film.Screenplay)
    except DocumentInvalid:
        return


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(screenplays(), st.data())
def test_a_damaged_document_is_refused_or_still_valid(
    play: film.Screenplay, data: st.DataObject
) -> None:
    tree = msgspec.json.decode(film.encode(play))
    tree[data.draw(st.sampled_from(sorted(tree)))] = data.draw(json_values)
    try:
        decoded = film.decode(msgspec.json.encode(tree), film.Screenplay)
    except (DocumentInvalid, ScreenplayInvalid):
        return
    assert film.decode(film.encode(decoded), film.Screenplay) == decoded


@given(st.fractions(min_value=1, max_value=120, max_denominator=1001), st.integers(0, 10_000_000))
def test_frames_cover_a_duration_and_not_a_frame_more(rate: Fraction, duration_ms: int) -> None:
    frames = film.FrameRate.of(rate).frames_in_ms(duration_ms)
    assert frames / rate >= Fraction(duration_ms, 1000) > (frames - 1) / rate
