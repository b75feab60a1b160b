import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matinee.engine.stage.cast import GARMENTS, HAIR_STYLES, person
from matinee.engine.stage.face import MOOD_FACES, SOUNDS, closure, face
from matinee.engine.stage.motion import ACTIONS, Act, Path, perform
from matinee.film.screenplay import Garment, Look

COLOURS = st.sampled_from(["", "#102030", "#f0e0d0", "#c01020", "#6d4229"])
LOOKS = st.builds(
    Look,
    gender=st.sampled_from(["woman", "man", "neutral"]),
    age=st.sampled_from(["child", "teen", "adult", "elder"]),
    build=st.sampled_from(["slim", "average", "heavy", "muscular"]),
    height=st.sampled_from(["short", "average", "tall"]),
    skin=COLOURS,
    hair_style=st.sampled_from(["", "unheard_of", *HAIR_STYLES]),
    hair_colour=COLOURS,
    facial_hair=st.sampled_from(["none", "stubble", "moustache", "beard"]),
    garments=st.lists(
        st.builds(Garment, st.sampled_from([*GARMENTS, "unheard_of"]), COLOURS), max_size=4
    ).map(tuple),
)
SOMEBODY = Look(gender="woman", garments=(Garment("t_shirt"), Garment("jeans")))


@settings(max_examples=25, deadline=None)
@given(look=LOOKS, kind=st.sampled_from(["person", "robot"]), seed=st.integers(0, 2**40))
def test_any_look_makes_somebody_whole(look: Look, kind: str, seed: int) -> None:
    who = person(look, kind=kind, seed=seed, detail="far")  # type: ignore[arg-type]
    mesh = who.rigged.mesh
    assert np.isfinite(mesh.positions).all()
    assert np.isfinite(mesh.normals).all()
    assert ((mesh.albedo >= 0) & (mesh.albedo <= 1)).all()
    assert np.allclose(who.rigged.weights.sum(1), 1, atol=1e-4)
    assert np.unique(who.rigged.morphed).size == who.rigged.morph_deltas.shape[1]
    assert 0.9 < who.height_m < 2.3
    assert 0.8 * who.height_m < who.eye_height_m < who.height_m
    assert np.abs(mesh.positions[:, 0]).max() < 1.2


@settings(max_examples=25, deadline=None)
@given(
    actions=st.lists(st.sampled_from([*ACTIONS, "unheard_of"]), min_size=1, max_size=4),
    speed=st.floats(0, 3.5),
    turn=st.floats(-3, 3),
    seed=st.integers(0, 2**31),
    intensity=st.floats(0, 2),
)
def test_any_performance_stays_on_its_path_and_above_the_floor(
    actions: list[str], speed: float, turn: float, seed: int, intensity: float
) -> None:
    who = person(SOMEBODY, seed=1, detail="far")
    times = np.arange(96) / 24
    acts = [
        Act(action, 0.5 * index, 0.5 * index + 2.5, intensity=intensity)
        for index, action in enumerate(actions)
    ]
    points = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 2 * speed]])
    path = Path(points, np.array([0.0, 1.0, 3.0]), np.array([0.0, 0.0, turn]))
    done = perform(who, acts, path, times, seed=seed)
    assert np.isfinite(done.bones).all()
    pelvis = done.joints[:, who.skeleton.places["pelvis"]]
    ahead = np.interp(times, path.times, points[:, 1])
    if "fall" not in actions:  # whoever falls lies where they fell, however their way goes on
        assert np.hypot(pelvis[:, 0], pelvis[:, 2] - ahead).max() < 1.1
    for name in ("ball_l", "ball_r"):
        assert done.joints[:, who.skeleton.places[name], 1].min() > -0.02 + 0.0
    assert done.joints[:, who.skeleton.places["head"], 1].min() > 0.0


@settings(max_examples=25, deadline=None)
@given(
    symbols=st.lists(st.sampled_from([*sorted(SOUNDS), "|", "aɪ", "ˈ"]), max_size=25),
    length=st.floats(0.03, 0.2),
    mood=st.sampled_from([*MOOD_FACES, "unheard_of"]),
    seed=st.integers(0, 2**31),
)
def test_any_speech_keeps_weights_in_bounds_and_lips_shut_when_they_must_be(
    symbols: list[str], length: float, mood: str, seed: int
) -> None:
    who = person(SOMEBODY, seed=1, detail="far")
    times = np.arange(60) / 24
    sounds = [(symbol, i * length, (i + 1) * length) for i, symbol in enumerate(symbols)]
    weights = face(who, phonemes=sounds, mood=mood, times_s=times, seed=seed)
    assert weights.min() >= 0
    assert weights.max() <= 1
    shut = closure([sound for sound in sounds if sound[0] in SOUNDS], times) > 0.999
    jaw = weights[:, who.rigged.morph_names.index("jawOpen")]
    assert (jaw[shut] < 0.02).all()
