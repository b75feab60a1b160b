"""Haircuts: how long, how combed, how tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Style:
    """A haircut.

    length_m, jitter of it; width_m of a lock; lift_m how far it stands off the scalp; comb: how far
    it is combed back (+) or forward (-), aside from the parting, and down; parting_dm is where it
    lies (x), None for none; curl_m and curl_hz the radius of waves and their number along a lock;
    gather names where long hair is tied; fringe_m is the length of the front locks; taper_sides
    shortens sides and nape.
    """

    locks: int = 420
    length_m: float = 0.06
    jitter: float = 0.25
    width_m: float = 0.013
    lift_m: float = 0.010
    back: float = 0.5
    aside: float = 0.4
    down: float = 0.5
    stiff: float = 0.5
    parting_dm: float | None = None
    curl_m: float = 0.0
    curl_turns: float = 0.0
    gather: str = ""
    fringe_m: float | None = None
    sides: float = 1.0
    cap_m: float = 0.004
    clump: float = 0.35


STYLES: Final[dict[str, Style]] = {
    "buzz": Style(locks=0, cap_m=0.0022),
    "short": Style(
        locks=520,
        length_m=0.052,
        back=0.35,
        aside=0.35,
        down=0.25,
        stiff=0.62,
        sides=0.45,
        lift_m=0.009,
        parting_dm=0.32,
        fringe_m=0.05,
        width_m=0.0098,
        jitter=0.18,
    ),
    "side_part": Style(
        locks=520,
        length_m=0.075,
        back=0.35,
        aside=0.95,
        down=0.4,
        stiff=0.5,
        sides=0.4,
        lift_m=0.011,
        parting_dm=0.38,
        fringe_m=0.08,
        width_m=0.0105,
    ),
    "slicked_back": Style(
        locks=480,
        length_m=0.10,
        back=1.6,
        aside=0.1,
        down=0.0,
        stiff=0.7,
        sides=0.7,
        lift_m=0.008,
        width_m=0.01,
    ),
    "spiky": Style(
        locks=300,
        length_m=0.06,
        back=0.1,
        aside=0.1,
        down=-0.9,
        stiff=1.0,
        sides=0.5,
        lift_m=0.02,
        width_m=0.014,
    ),
    "mohawk": Style(
        locks=200,
        length_m=0.11,
        back=0.25,
        aside=0.0,
        down=-1.2,
        stiff=1.0,
        sides=0.0,
        lift_m=0.02,
        width_m=0.016,
        cap_m=0.002,
    ),
    "bob": Style(
        locks=520,
        length_m=0.21,
        back=0.0,
        aside=0.9,
        down=1.0,
        stiff=0.28,
        parting_dm=0.22,
        lift_m=0.018,
        jitter=0.07,
        width_m=0.013,
        fringe_m=0.20,
    ),
    "fringe_bob": Style(
        locks=520,
        length_m=0.20,
        back=0.0,
        aside=0.7,
        down=1.0,
        stiff=0.28,
        parting_dm=None,
        lift_m=0.018,
        jitter=0.06,
        width_m=0.013,
        fringe_m=0.068,
    ),
    "long": Style(
        locks=560,
        length_m=0.42,
        back=0.15,
        aside=0.9,
        down=1.0,
        stiff=0.25,
        parting_dm=0.12,
        lift_m=0.016,
        jitter=0.12,
        width_m=0.0135,
        curl_m=0.006,
        curl_turns=1.6,
    ),
    "wavy": Style(
        locks=520,
        length_m=0.36,
        back=0.15,
        aside=1.0,
        down=0.95,
        stiff=0.3,
        parting_dm=-0.3,
        lift_m=0.022,
        jitter=0.15,
        width_m=0.0155,
        curl_m=0.014,
        curl_turns=1.8,
    ),
    "shoulder": Style(
        locks=540,
        length_m=0.28,
        back=0.1,
        aside=0.9,
        down=1.0,
        stiff=0.26,
        parting_dm=0.3,
        lift_m=0.018,
        jitter=0.1,
        width_m=0.0135,
        curl_m=0.006,
        curl_turns=1.5,
    ),
    "curly": Style(
        locks=560,
        length_m=0.105,
        back=0.1,
        aside=0.5,
        down=0.25,
        stiff=0.7,
        lift_m=0.022,
        jitter=0.2,
        width_m=0.0135,
        curl_m=0.01,
        curl_turns=2.0,
        parting_dm=0.2,
    ),
    "short_curly": Style(
        locks=520,
        length_m=0.065,
        back=0.15,
        aside=0.3,
        down=0.1,
        stiff=0.85,
        lift_m=0.012,
        jitter=0.25,
        width_m=0.012,
        curl_m=0.008,
        curl_turns=1.1,
        sides=0.5,
    ),
    "long_curly": Style(
        locks=480,
        length_m=0.30,
        back=0.15,
        aside=0.8,
        down=0.8,
        stiff=0.45,
        lift_m=0.03,
        jitter=0.2,
        width_m=0.016,
        curl_m=0.02,
        curl_turns=2.1,
        parting_dm=0.2,
    ),
    "afro": Style(
        locks=620,
        length_m=0.085,
        back=0.0,
        aside=0.0,
        down=-1.0,
        stiff=1.0,
        lift_m=0.03,
        jitter=0.10,
        width_m=0.017,
        curl_m=0.01,
        curl_turns=1.3,
        cap_m=0.03,
    ),
    "ponytail": Style(
        locks=430,
        length_m=0.42,
        back=1.2,
        aside=0.1,
        down=0.1,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.014,
        gather="tail",
        jitter=0.1,
    ),
    "bun": Style(
        locks=400,
        length_m=0.20,
        back=1.2,
        aside=0.1,
        down=0.1,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.014,
        gather="bun",
        jitter=0.1,
    ),
    "braids": Style(
        locks=420,
        length_m=0.40,
        back=0.5,
        aside=1.0,
        down=0.6,
        stiff=0.3,
        lift_m=0.007,
        width_m=0.013,
        gather="braids",
        parting_dm=0.0,
        jitter=0.08,
    ),
    "balding": Style(
        locks=240,
        length_m=0.035,
        back=0.5,
        aside=0.2,
        down=0.7,
        stiff=0.6,
        sides=1.0,
        lift_m=0.007,
        width_m=0.011,
        cap_m=0.0016,
    ),
    "bald": Style(locks=0, cap_m=0.0),
}
HAIR_STYLES: Final[tuple[str, ...]] = tuple(sorted(STYLES))
SAME_STYLE: Final[dict[str, str]] = {
    "shaved": "bald",
    "crew_cut": "buzz",
    "crop": "short",
    "pixie": "short",
    "messy": "spiky",
    "straight": "long",
    "medium": "shoulder",
    "braid": "braids",
    "pigtails": "braids",
    "plait": "braids",
    "updo": "bun",
    "topknot": "bun",
    "dreadlocks": "long_curly",
    "parted": "side_part",
    "grey": "short",
}


def style_of(name: str) -> tuple[str, Style]:
    """Return the style of that name, or of a word for it; an unknown one is short hair."""
    known = name if name in STYLES else SAME_STYLE.get(name, "short")
    return known, STYLES[known]
