"""Animals: pulses and breath through a throat, one function a call."""

import numpy as np

from .signals import Floats, add_at, buzz, coloured_noise, glide, resonant, samples_in, times


def throat(
    count: int,
    pitch_hz: Floats,
    formants: tuple[tuple[float, float, float], ...],
    *,
    brightness: float,
    breath: Floats | float,
    rng: np.random.Generator,
) -> Floats:
    """Return an animal's or a horn's voice: pulses and breath through resonances."""
    source = buzz(pitch_hz, count, brightness=brightness)
    air = coloured_noise(count, rng, ((200, -10), (1_500, 0), (6_000, -8)))
    return resonant(source + 0.25 * air * breath, formants)


def dog_bark(rng: np.random.Generator) -> Floats:
    """Return two barks."""
    base = rng.uniform(330.0, 480.0)
    out = np.zeros(samples_in(0.8))
    for index in range(2):
        count = samples_in(rng.uniform(0.16, 0.22))
        pitch = base * glide(count, (0, 0.75), (0.25, 1.35), (1, 0.7))
        bark = throat(
            count,
            pitch * (1.0 + 0.05 * rng.standard_normal(count)),
            ((750, 180, 1.0), (1_450, 260, 0.8), (2_700, 500, 0.3)),
            brightness=0.82,
            breath=1.4,
            rng=rng,
        )
        shaped = bark * glide(count, (0, 0), (0.1, 1), (0.45, 0.8), (1, 0))
        add_at(out, shaped, samples_in(0.36 * index))
    return out


def cat_meow(rng: np.random.Generator) -> Floats:
    """Return one meow: a mouth that opens and closes."""
    count = samples_in(rng.uniform(0.65, 0.85))
    base = rng.uniform(560.0, 700.0)
    pitch = base * glide(count, (0, 0.85), (0.35, 1.2), (0.7, 1.05), (1, 0.75))
    closed = throat(
        count, pitch, ((750, 200, 1), (1_600, 350, 0.3)), brightness=0.7, breath=0.1, rng=rng
    )
    opened = throat(
        count,
        pitch,
        ((1_150, 260, 1), (2_400, 400, 0.8), (4_200, 700, 0.3)),
        brightness=0.8,
        breath=0.15,
        rng=rng,
    )
    mouth = glide(count, (0, 0), (0.4, 1), (0.65, 0.9), (1, 0))
    shape = glide(count, (0, 0), (0.08, 0.7), (0.4, 1), (0.8, 0.5), (1, 0))
    return (closed * (1 - mouth) + opened * mouth) * shape


def rooster(rng: np.random.Generator) -> Floats:
    """Return a crow in four parts."""
    count = samples_in(1.9)
    pitch = glide(
        count, (0, 480), (0.08, 620), (0.18, 560), (0.3, 820), (0.36, 780), (0.75, 760), (1, 430)
    )
    gates = glide(
        count, (0, 0), (0.03, 1), (0.1, 1), (0.13, 0.1), (0.17, 1), (0.26, 1), (0.29, 0.1),
        (0.34, 1), (0.85, 0.9), (1, 0),
    )  # fmt: skip
    return gates * throat(
        count,
        pitch * (1 + 0.02 * rng.standard_normal(count)),
        ((1_250, 250, 1.0), (2_600, 350, 0.8), (3_800, 500, 0.4)),
        brightness=0.85,
        breath=0.5,
        rng=rng,
    )


def horse(rng: np.random.Generator) -> Floats:
    """Return a neigh that shakes."""
    count = samples_in(1.7)
    pitch = glide(count, (0, 500), (0.15, 980), (0.5, 760), (1, 330))
    shake = 1.0 + 0.14 * np.sin(2 * np.pi * 13.0 * times(count))
    neigh = throat(
        count, pitch * shake, ((900, 250, 1), (1_900, 400, 0.7), (3_100, 600, 0.4)),
        brightness=0.8, breath=0.8, rng=rng,
    )  # fmt: skip
    return neigh * shake * glide(count, (0, 0), (0.1, 1), (0.6, 0.8), (1, 0))


def cow(rng: np.random.Generator) -> Floats:
    """Return a moo."""
    count = samples_in(1.5)
    pitch = rng.uniform(105, 130) * glide(count, (0, 0.85), (0.3, 1.1), (0.8, 1.15), (1, 0.9))
    moo = throat(
        count, pitch, ((330, 90, 1), (750, 140, 0.6), (2_200, 350, 0.12)),
        brightness=0.85, breath=0.15, rng=rng,
    )  # fmt: skip
    return moo * glide(count, (0, 0), (0.12, 1), (0.85, 0.9), (1, 0))


def lion_roar(rng: np.random.Generator) -> Floats:
    """Return a roar with more breath than voice."""
    count = samples_in(2.2)
    pitch = rng.uniform(68, 82) * glide(count, (0, 0.8), (0.25, 1.25), (0.7, 1.0), (1, 0.6))
    rough = pitch * (1.0 + 0.09 * rng.standard_normal(count))
    roar = throat(
        count, rough, ((260, 120, 1), (620, 180, 0.9), (1_300, 300, 0.5), (2_600, 600, 0.2)),
        brightness=0.9, breath=2.2, rng=rng,
    )  # fmt: skip
    return roar * glide(count, (0, 0), (0.18, 1), (0.6, 0.8), (1, 0))
