"""The composer: a score written for one film, from its mood, its cuts and its length.

A piece is built backwards from the film's end, where its last chord must be struck early enough to
ring out. Tempo is bent a little so that bars meet the cuts; every cut that they miss is marked by a
stroke of its own. A motif of two bars is stated, varied and brought home; instruments join from
scene to scene.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from . import instruments, rooms, signals
from .cues import MusicBrief, SoundUnknown
from .filters import Filter
from .signals import Floats, samples_in
from .tapes import STRETCH, Overhang, Tape, faded
from .voices import stable_seed

LEVEL_DBFS = -23.0
_SHEEN = 0.8
_MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
}
Beat = Literal["none", "soft", "pulse", "epic", "ticking", "march", "latin"]


@dataclass(frozen=True)
class Style:
    """How a mood is scored.

    `progressions` are degrees of the scale (0 is the tonic), a chord to a bar; `figure` is the
    instrument of the broken chords, at `figure_steps` notes a beat; `ground` sustains the harmony.
    """

    tempo_bpm: float
    mode: str
    progressions: tuple[tuple[int, ...], ...]
    lead: str
    figure: str
    ground: str
    beat: Beat
    figure_steps: int = 2
    register: int = 0
    leap: float = 0.3
    dense: float = 0.6


STYLES = {
    "neutral": Style(
        84, "major", ((0, 4, 5, 3), (0, 5, 3, 4)), "piano", "pluck", "strings", "soft"
    ),
    "happy": Style(
        112, "major", ((0, 3, 4, 0), (0, 5, 3, 4), (0, 4, 5, 3)), "flute", "pluck", "strings",
        "pulse", leap=0.45, dense=0.8,
    ),
    "excited": Style(
        132, "mixolydian", ((0, 6, 3, 0), (0, 3, 6, 3)), "horn", "spiccato", "strings", "epic",
        figure_steps=4, leap=0.5, dense=0.9,
    ),
    "playful": Style(
        118, "major", ((0, 1, 4, 0), (0, 3, 1, 4)), "marimba", "pluck", "pad", "latin", leap=0.6,
        dense=0.8,
    ),
    "sad": Style(
        62, "minor", ((0, 5, 2, 6), (0, 3, 5, 4)), "piano", "piano", "strings", "none", leap=0.2,
        dense=0.35, register=-1,
    ),
    "tender": Style(
        70, "major", ((0, 5, 3, 4), (3, 0, 4, 5)), "piano", "pluck", "strings", "none", leap=0.3,
        dense=0.45,
    ),
    "calm": Style(
        66, "lydian", ((0, 1, 0, 4), (0, 4, 1, 0)), "celesta", "piano", "pad", "none", leap=0.25,
        dense=0.35,
    ),
    "serious": Style(
        76, "dorian", ((0, 3, 0, 6), (0, 6, 3, 4)), "horn", "piano", "strings", "soft", leap=0.2,
        dense=0.4,
    ),
    "angry": Style(
        138, "phrygian", ((0, 1, 0, 6), (0, 5, 1, 0)), "horn", "spiccato", "strings", "epic",
        figure_steps=4, register=-1, leap=0.3, dense=0.7,
    ),
    "afraid": Style(
        92, "phrygian", ((0, 1, 0, 1), (0, 5, 0, 1)), "celesta", "spiccato", "strings", "ticking",
        leap=0.7, dense=0.35,
    ),
    "surprised": Style(
        116, "lydian", ((0, 1, 4, 0), (0, 4, 1, 4)), "celesta", "pluck", "strings", "pulse",
        leap=0.7, dense=0.7,
    ),
    "mysterious": Style(
        78, "harmonic", ((0, 5, 3, 4), (0, 1, 0, 4)), "celesta", "pluck", "choir", "ticking",
        leap=0.5, dense=0.4,
    ),
    "epic": Style(
        100, "minor", ((0, 5, 2, 6), (0, 3, 5, 6), (0, 6, 5, 6)), "horn", "spiccato", "choir",
        "epic", figure_steps=4, leap=0.45, dense=0.6,
    ),
    "neon": Style(
        96, "dorian", ((0, 6, 3, 0), (0, 2, 6, 3)), "synth", "synth", "pad", "pulse",
        figure_steps=4, leap=0.35, dense=0.5,
    ),
    "romantic": Style(
        72, "major", ((0, 2, 3, 4), (0, 5, 1, 4)), "strings", "piano", "strings", "none",
        leap=0.5, dense=0.5,
    ),
    "heroic": Style(
        112, "major", ((0, 4, 5, 3), (0, 3, 0, 4)), "horn", "spiccato", "strings", "march",
        figure_steps=4, leap=0.6, dense=0.6,
    ),
}  # fmt: skip
MOODS = tuple(STYLES)
# Where an instrument sings, as MIDI numbers.
_CENTRES = {
    "flute": 79,
    "celesta": 81,
    "horn": 64,
    "piano": 73,
    "strings": 70,
    "marimba": 73,
    "synth": 69,
}


@dataclass(frozen=True)
class Grid:
    """When the beats fall: beat k at `first_s + k * beat_s`, the last chord at `final_s`.

    `bars` are the beats on which a bar begins, counted from the first.
    """

    first_s: float
    beat_s: float
    final_beat: int
    bars: tuple[int, ...]

    @property
    def final_s(self) -> float:
        """The time of the last chord."""
        return self.at(self.final_beat)

    def at(self, beat: float) -> float:
        """Return the time of a beat or a part of one."""
        return self.first_s + beat * self.beat_s


@dataclass(frozen=True)
class Note:
    """A note of the score; `velocity` 0..1, `pan` -1..1. Drums have their name and no pitch."""

    instrument: str
    start_s: float
    length_s: float
    midi: int
    velocity: float
    pan: float = 0.0


def compose(brief: MusicBrief) -> Tape:
    """Return the music (n, 2) of exactly the brief's length, about -23 dBFS, ending with the film.

    Raises SoundUnknown for a mood that is not in `MOODS`.
    """
    count = samples_in(brief.duration_s)
    return _performed(written(brief), count)


def written(brief: MusicBrief) -> tuple[Note, ...]:
    """Return the score of a brief, in order of time."""
    style = STYLES.get(brief.mood)
    if style is None:
        raise SoundUnknown("mood", brief.mood, MOODS)
    rng = np.random.default_rng(stable_seed("music", brief.seed, brief.mood))
    grid = _grid(brief, brief.tempo_bpm or style.tempo_bpm)
    tonic = int(rng.choice((57, 58, 60, 62, 63, 55)))
    chords = _harmony(style, len(grid.bars), rng)
    score = _Score(style, grid, tonic, chords, brief, rng)
    notes = [
        *score.ground(),
        *score.bass(),
        *score.figure(),
        *score.melody(),
        *score.drums(),
        *score.cuts(),
        *score.ending(),
    ]
    within = (note for note in notes if -0.01 <= note.start_s < brief.duration_s)
    return tuple(sorted(within, key=lambda note: (note.start_s, note.instrument, note.midi)))


def _grid(brief: MusicBrief, tempo_bpm: float) -> Grid:
    """Choose a tempo near the wanted one whose beats meet the cuts, counted from the last chord."""
    ring_s = min(float(np.clip(0.22 * brief.duration_s, 0.35, 2.6)), 0.7 * brief.duration_s)
    final_s = brief.duration_s - ring_s
    best: tuple[float, float] = (np.inf, 60.0 / tempo_bpm)
    for bend in (0.9 + 0.005 * step for step in range(41)):
        beat_s = 60.0 / (tempo_bpm * bend)
        missed = [
            abs((final_s - cut) / beat_s - round((final_s - cut) / beat_s)) * beat_s
            for cut in brief.cut_points_s
            if 0.0 < cut < final_s
        ]
        cost = sum(missed) / max(len(missed), 1) + 0.35 * abs(bend - 1.0)
        best = min(best, (cost, beat_s))
    beat_s = best[1]
    final_beat = int(final_s / beat_s)
    bars = tuple(range(final_beat % 4, final_beat, 4))
    if final_beat % 4:
        bars = (0, *bars)
    return Grid(final_s - final_beat * beat_s, beat_s, final_beat, bars)


def _harmony(style: Style, bars: int, rng: np.random.Generator) -> tuple[int, ...]:
    """Choose a chord for every bar; the last leads home."""
    if bars == 0:
        return ()
    progression = style.progressions[int(rng.integers(0, len(style.progressions)))]
    chords = [progression[index % len(progression)] for index in range(bars)]
    leading = 6 if style.mode in {"mixolydian", "dorian", "phrygian", "minor"} else 4
    chords[-1] = leading if bars > 1 else chords[-1]
    return tuple(chords)


class _Score:
    """One piece while it is written: each method returns the notes of one part."""

    def __init__(  # noqa: PLR0917 - what a composer has on the desk
        self,
        style: Style,
        grid: Grid,
        tonic: int,
        chords: tuple[int, ...],
        brief: MusicBrief,
        rng: np.random.Generator,
    ) -> None:
        self.style = style
        self.grid = grid
        self.tonic = tonic
        self.chords = chords
        self.scale = _MODES[style.mode]
        self.rng = rng
        self.inner_cuts = tuple(c for c in brief.cut_points_s if 0.05 < c < brief.duration_s - 0.1)
        self.duration_s = brief.duration_s

    def pitch(self, degree: int, octave: int = 0) -> int:
        """Return the MIDI number of a degree of the scale, any number of octaves away."""
        octaves, step = divmod(degree, len(self.scale))
        return self.tonic + self.scale[step] + 12 * (octaves + octave)

    def strength(self, time_s: float) -> float:
        """Return how full the music is, 0..1: it grows with every scene and towards the end."""
        scenes = len(self.inner_cuts) + 1
        scene = sum(1 for cut in self.inner_cuts if time_s >= cut - 0.05)
        grown = scene / max(scenes - 1, 1) if scenes > 1 else 0.5
        onward = min(1.0, time_s / max(self.grid.final_s, 0.1))
        return 0.45 + 0.3 * grown + 0.25 * onward

    def spans(self) -> list[tuple[int, float, float]]:
        """Return (chord, start, end) of every bar; the first reaches back to the film's start."""
        spans = []
        for index, (bar, chord) in enumerate(zip(self.grid.bars, self.chords, strict=True)):
            last = index + 1 == len(self.grid.bars)
            end = self.grid.final_beat if last else self.grid.bars[index + 1]
            start_s = 0.0 if index == 0 else self.grid.at(bar)
            spans.append((chord, start_s, self.grid.at(end)))
        return spans

    def voicing(self, chord: int) -> tuple[int, ...]:
        """Return a close chord around the tonic, so that voices move by small steps."""
        tones = []
        for degree in (chord, chord + 2, chord + 4):
            midi = self.pitch(degree)
            while midi > self.tonic + 8:
                midi -= 12
            while midi < self.tonic - 4:
                midi += 12
            tones.append(midi)
        return tuple(sorted(tones))

    def ground(self) -> list[Note]:
        notes = []
        for chord, start_s, end_s in self.spans():
            strength = self.strength(start_s)
            for index, midi in enumerate(self.voicing(chord)):
                pan = (-0.35, 0.1, 0.35)[index]
                held = end_s - start_s
                notes.append(
                    Note(self.style.ground, start_s, held, midi, 0.42 + 0.3 * strength, pan)
                )
        return notes

    def bass(self) -> list[Note]:
        notes = []
        for chord, start_s, end_s in self.spans():
            midi = self.pitch(chord, -2)
            while midi < 33:
                midi += 12
            strength = self.strength(start_s)
            if self.style.beat in {"pulse", "epic", "march", "latin"} and strength > 0.6:
                step_s = self.grid.beat_s
                for index in range(max(1, round((end_s - start_s) / step_s))):
                    place = start_s + index * step_s
                    notes.append(Note("bass", place, 0.8 * step_s, midi, 0.75 if index else 0.9))
            else:
                notes.append(Note("bass", start_s, end_s - start_s, midi, 0.7))
        return notes

    def figure(self) -> list[Note]:
        """Break the chords, in a shape that is chosen once and kept."""
        shapes = ((0, 1, 2, 1), (0, 2, 1, 2), (0, 1, 2, 3), (2, 1, 0, 1), (0, 2, 3, 2))
        shape = shapes[int(self.rng.integers(0, len(shapes)))]
        step_s = self.grid.beat_s / self.style.figure_steps
        octave = 12 if self.style.figure in {"pluck", "celesta"} else 0
        notes = []
        for chord, start_s, end_s in self.spans():
            strength = self.strength(start_s)
            if strength < 0.5 and self.duration_s > 6.0:
                continue
            tones = self.voicing(chord)
            steps = int((end_s - start_s) / step_s + 1e-6)
            for index in range(steps):
                which = shape[index % len(shape)]
                midi = tones[which % 3] + 12 * (which // 3) + octave
                accent = 1.0 if index % self.style.figure_steps == 0 else 0.72
                human = float(self.rng.normal(0.0, 0.004))
                velocity = accent * (0.3 + 0.4 * strength)
                pan = -0.4 + 0.8 * (which / 3.0)
                late = max(0.0, end_s - steps * step_s - start_s)
                place = start_s + late + index * step_s + human
                notes.append(Note(self.style.figure, place, step_s * 1.6, midi, velocity, pan))
        return notes

    def motif(self) -> list[tuple[float, float, int]]:
        """Invent two bars: (beat, length in beats, degree against the chord)."""
        patterns = (
            (1.5, 0.5, 1.0, 1.0),
            (1.0, 1.0, 2.0),
            (0.5, 0.5, 1.0, 2.0),
            (2.0, 1.0, 1.0),
            (1.0, 0.5, 0.5, 1.0, 1.0),
            (3.0, 1.0),
        )
        sparse = self.style.dense < 0.5
        choice = [p for p in patterns if (len(p) <= 3) == sparse] or list(patterns)
        first = choice[int(self.rng.integers(0, len(choice)))]
        second = (*first[:-1],) if sparse else choice[int(self.rng.integers(0, len(choice)))]
        motif: list[tuple[float, float, int]] = []
        degree = int(self.rng.choice((0, 2, 4)))
        for bar, rhythm in enumerate((first, second)):
            beat = 0.0
            for index, length in enumerate(rhythm):
                if index == 0:
                    degree = min((0, 2, 4, 7), key=lambda d: abs(d - degree))
                motif.append((4 * bar + beat, length, degree))
                jump = int(self.rng.integers(2, 5)) if self.rng.random() < self.style.leap else 1
                # What has risen far is drawn back: melodies arch.
                falls = self.rng.random() < 0.5 + 0.12 * (degree - 2)
                degree += -jump if falls else jump
                degree = int(np.clip(degree, -2, 8))
                beat += length
        return motif

    def melody(self) -> list[Note]:
        motif = self.motif()
        sung = self.centre
        notes = []
        for index, (bar, chord) in enumerate(zip(self.grid.bars, self.chords, strict=True)):
            following = self.grid.bars[index + 1 : index + 2]
            beats = (following[0] if following else self.grid.final_beat) - bar
            strength = self.strength(self.grid.at(bar))
            bare = self.duration_s > 14.0 and index == 0
            if bare or beats < 2:
                continue
            varied = int(self.rng.integers(-1, 2)) if index >= 4 else 0
            for beat, length, degree in motif:
                if beat // 4 != index % 2 or beat % 4 >= beats:
                    continue
                midi = self._singable(self.pitch(self._settled(chord, degree + varied, beat)), sung)
                sung = midi
                place = self.grid.at(bar + beat % 4) + float(self.rng.normal(0, 0.006))
                held = min(length, beats - beat % 4) * self.grid.beat_s
                velocity = 0.5 + 0.3 * strength - 0.08 * (beat % 1 != 0)
                notes.append(Note(self.style.lead, place, held * 0.96, midi, velocity, 0.12))
        return notes

    @property
    def centre(self) -> int:
        """Return the pitch around which the leading instrument sounds best."""
        return _CENTRES[self.style.lead] + 5 * self.style.register

    def _singable(self, midi: int, last: int) -> int:
        """Choose the octave of a note: near the last one, and not far from the middle."""
        octaves = [midi + 12 * octave for octave in range(-4, 5)]
        return min(octaves, key=lambda m: abs(m - last) + 0.6 * abs(m - self.centre))

    def _settled(self, chord: int, degree: int, beat: float) -> int:
        """Move a strong beat's note to the nearest tone of the chord."""
        wanted = chord + degree
        # High chords would carry the tune away: keep it within reach of the tonic.
        if chord > 4:
            wanted -= 7
        if beat % 2:
            return wanted
        tones = [chord + step + 7 * o for step in (0, 2, 4) for o in (-2, -1, 0, 1)]
        return min(tones, key=lambda tone: (abs(tone - wanted), tone))

    def drums(self) -> list[Note]:
        notes = []
        for beat in range(self.grid.final_beat):
            place = self.grid.at(beat)
            strength = self.strength(place)
            in_bar = (beat - self.grid.final_beat) % 4
            for name, offset, velocity in _stroke_pattern(self.style.beat, in_bar, strength):
                pan = {"hat": 0.3, "shaker": -0.3, "tick": 0.2}.get(name, 0.0)
                at = place + offset * self.grid.beat_s
                notes.append(Note(name, at, 0.0, beat, velocity * (0.5 + 0.5 * strength), pan))
        return notes

    def cuts(self) -> list[Note]:
        """Mark every cut where it is, whatever the beat."""
        quiet = self.style.beat == "none"
        notes = []
        for index, cut in enumerate(self.inner_cuts):
            if cut > self.grid.final_s - 0.2:
                continue
            heavy = "tambour" if quiet else "taiko"
            force = 0.35 if quiet else 0.85
            notes.append(Note(heavy, cut, 0.0, index, force))
            if not quiet and cut > 1.4:
                notes.append(Note("swell", cut - 1.4, 0.0, index, 0.7))
            if self.style.beat in {"epic", "march"}:
                notes.append(Note("boom", cut, 0.0, index, 0.6))
        return notes

    def ending(self) -> list[Note]:
        """Come home: the tonic in all registers, struck together and left to ring."""
        final_s = self.grid.final_s
        left_s = self.duration_s - final_s
        notes = [Note("bass", final_s, left_s, self.pitch(0, -1), 0.85)]
        for index, midi in enumerate(self.voicing(0)):
            notes.append(
                Note(self.style.ground, final_s, left_s, midi, 0.75, (-0.35, 0.1, 0.35)[index])
            )
            notes.append(Note("piano", final_s + 0.012 * index, left_s, midi, 0.55))
        home = self._singable(self.pitch(0), self.centre)
        notes.append(Note(self.style.lead, final_s, left_s * 0.8, home, 0.75, 0.1))
        if self.style.beat in {"epic", "march", "pulse"}:
            notes += [Note("taiko", final_s, 0, 0, 1.0), Note("cymbal", final_s, 0, 0, 0.8)]
        return notes


def _stroke_pattern(beat: Beat, in_bar: int, strength: float) -> list[tuple[str, float, float]]:
    """Return the strokes of one beat of a bar: (drum, part of the beat, velocity)."""
    full = strength > 0.7
    strokes: list[tuple[str, float, float]] = []
    if beat == "soft":
        strokes = [("shaker", 0.0, 0.6), ("shaker", 0.5, 0.4)]
        strokes += [("tambour", 0.0, 0.5)] if in_bar == 0 else []
    elif beat == "pulse":
        strokes = [("hat", 0.0, 0.6), ("hat", 0.5, 0.9)]
        strokes += [("kick", 0.0, 0.8)] if in_bar % 2 == 0 or full else []
        strokes += [("snare", 0.0, 0.5)] if in_bar % 2 and strength > 0.6 else []
    elif beat == "epic":
        strokes = [("taiko", 0.0, 0.9 if in_bar == 0 else 0.45)]
        if full or in_bar == 3:
            strokes += [("taiko", 0.5, 0.4), ("tambour", 0.75, 0.55)]
        strokes += [("boom", 0.0, 0.5)] if in_bar == 0 and full else []
    elif beat == "ticking":
        strokes = [("tick", 0.0, 0.7), ("tick", 0.5, 0.4)]
        strokes += [("boom", 0.0, 0.45)] if in_bar == 0 else []
    elif beat == "march":
        strokes = [("snare", 0.0, 0.5), ("snare", 0.5, 0.25), ("snare", 0.75, 0.3)]
        strokes += [("taiko", 0.0, 0.6)] if in_bar % 2 == 0 else []
    elif beat == "latin":
        strokes = [("shaker", 0.0, 0.8), ("shaker", 0.5, 0.5), ("tambour", 0.75, 0.4)]
        strokes += [("kick", 0.0, 0.6)] if in_bar % 2 == 0 else [("tambour", 0.0, 0.7)]
    return strokes


def _performed(notes: tuple[Note, ...], count: int) -> Tape:
    """Play a score in a concert hall, stretch by stretch, as players do."""
    tape = Tape(count)
    dry, wet, waiting = Overhang(), Overhang(), list(reversed(notes))
    # A bright shelf: synthesised bodies lack the bow, breath and hammer that recordings have.
    bright = Filter(*signals.band_sections(1_300.0, 22_000.0, order=1))
    clean = Filter(*signals.band_sections(28.0, 22_000.0, order=1))
    energy = 0.0
    for first in range(0, count, STRETCH):
        length = min(STRETCH, count - first)
        while waiting and _start(waiting[-1]) < first + length:
            note = waiting.pop()
            dry.add(_played(note), _start(note) - first)
        played = dry.take(length)
        wet.add(rooms.echo(played, "concert", wet=1.1), 0)
        played += wet.take(length)
        heard = clean(played + _SHEEN * bright(played))
        energy += float(np.sum(heard**2))
        tape.write(first, heard)
    if energy > 0.0:
        gain = signals.decibels(LEVEL_DBFS) / np.sqrt(energy / (2 * count))
        ring_s = min(0.8, 0.08 * count / signals.RATE_HZ)
        tape.change(lambda first, part: faded(gain * part, first, count, in_s=0.005, out_s=ring_s))
    return tape


def _start(note: Note) -> int:
    return samples_in(max(0.0, note.start_s))


def _played(note: Note) -> Floats:
    if note.instrument in instruments.DRUMS:
        sound = instruments.drum(note.instrument, note.velocity, note.midi)
    else:
        sound = instruments.play(note.instrument, note.midi, note.length_s, note.velocity)
    return sound if sound.ndim == 2 else signals.panned(sound, note.pan)
