"""From a screenplay to shots: how long each is, what it frames, when each line is said.

Pure. A line of dialogue is never cut off: readings come first, and shots are made long enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import msgspec

from matinee.film import FrameRate, FrameSize, Screenplay, Shot
from matinee.film.screenplay import Beat, Note
from matinee.film.shot import Phoneme, Speech, Word

from .continuity import props_at
from .coverage import Told, View, covered

# Before the first word the picture is seen, and after the last one it is felt: half a second.
LEAD_MS, TAIL_MS, PAUSE_MS, ANSWER_MS = 400, 500, 250, 420
# When a wanted length leaves no room, silence shrinks to this before anything else gives way.
TIGHT_LEAD_MS, TIGHT_TAIL_MS, TIGHT_PAUSE_MS = 120, 200, 120
SILENT_MS = 3200
# The last picture is held a moment longer, or the film would seem to be torn off.
HOLD_MS = 700
SHOT_MS_MIN = 900


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A spoken line: its length, where its sounds and words lie, the blob key of its audio.

    `approximated` says why the voice could only approximate the line's language, or is empty.
    """

    duration_ms: int
    phonemes: tuple[Phoneme, ...]
    words: tuple[Word, ...]
    audio: str
    approximated: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The planned shots, and what has to be said about a length that could not be kept."""

    shots: tuple[Shot, ...]
    notes: tuple[Note, ...] = ()

    @property
    def frame_count(self) -> int:
        """How many frames the film will have."""
        return sum(shot.frame_count for shot in self.shots)


def line_key(beat: Beat, index: int) -> str:
    """Return the key under which the reading of line number `index` of `beat` is found."""
    return f"{beat.id}.{index}"


def speech_rate(
    screenplay: Screenplay, readings: Mapping[str, Reading], *, duration_ms: int | None
) -> float:
    """Return how much faster the lines must be read to fit `duration_ms`: 1 to 1.25.

    Beyond a quarter faster, speech stops sounding like the character; the film grows instead.
    """
    if duration_ms is None:
        return 1.0
    spoken_ms = sum(reading.duration_ms for reading in readings.values())
    least_ms = sum(_least_ms(scene) for scene in _scenes(screenplay, readings))
    room_ms = duration_ms - (least_ms - spoken_ms)
    if spoken_ms <= room_ms:
        return 1.0
    return min(1.25, spoken_ms / max(room_ms, 1))


def plan_shots(
    screenplay: Screenplay,
    readings: Mapping[str, Reading],
    *,
    size: FrameSize,
    rate: FrameRate,
    seed: int,
    duration_ms: int | None = None,
) -> Plan:
    """Plan the shots of a film of `duration_ms`, or of its natural length when that is None.

    The shots add up to the wanted length to the frame, unless the dialogue needs more; then the
    film is longer and a note says so. `readings` holds one reading a line, by `line_key`.
    """
    scenes = _scenes(screenplay, readings)
    natural = [_natural_ms(scene) for scene in scenes]
    if not scenes[-1].beat.duration_ms:
        natural[-1] += HOLD_MS
    least = [_least_ms(scene) for scene in scenes]
    wanted_ms = sum(natural) if duration_ms is None else duration_ms
    notes: tuple[Note, ...] = ()
    if wanted_ms < sum(least):
        notes = (_longer_note(wanted_ms, sum(least)),)
        wanted_ms = sum(least)
    least_frames = [rate.frames_in_ms(ms) for ms in least]
    total = max(rate.nearest_frame(Fraction(wanted_ms, 1000)), sum(least_frames), len(scenes))
    counts = _shared_out(total, least_frames, natural)
    told = [
        Told(beat=scene.beat, frame_count=count, speeches=_speeches(scene, count, rate))
        for scene, count in zip(scenes, counts, strict=True)
    ]
    props = {one.id: one for one in screenplay.props}
    shots = tuple(
        _shot(screenplay, view, size=size, rate=rate, seed=seed)
        for view in covered(told, rate=rate, seed=seed, props=props)
    )
    return Plan(shots=shots, notes=notes)


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """A beat with its readings."""

    beat: Beat
    readings: tuple[Reading, ...]

    @property
    def spoken_ms(self) -> int:
        return sum(reading.duration_ms for reading in self.readings)

    def pauses_ms(self, *, tight: bool = False) -> list[int]:
        """How long it is silent between one line and the next: longer where the speaker changes."""
        speakers = [line.character for line in self.beat.lines]
        answer, pause = (TIGHT_PAUSE_MS, TIGHT_PAUSE_MS) if tight else (ANSWER_MS, PAUSE_MS)
        return [pause if one == other else answer for one, other in pairwise(speakers)]


def _scenes(screenplay: Screenplay, readings: Mapping[str, Reading]) -> list[_Scene]:
    return [
        _Scene(
            beat=beat,
            readings=tuple(readings[line_key(beat, index)] for index in range(len(beat.lines))),
        )
        for beat in screenplay.beats
    ]


def _natural_ms(scene: _Scene) -> int:
    if not scene.readings:
        return max(scene.beat.duration_ms or SILENT_MS, SHOT_MS_MIN)
    spoken = LEAD_MS + scene.spoken_ms + sum(scene.pauses_ms()) + TAIL_MS
    return max(spoken, scene.beat.duration_ms)


def _least_ms(scene: _Scene) -> int:
    if not scene.readings:
        return SHOT_MS_MIN
    pauses_ms = sum(scene.pauses_ms(tight=True))
    spoken = TIGHT_LEAD_MS + scene.spoken_ms + pauses_ms + TIGHT_TAIL_MS
    return max(spoken, SHOT_MS_MIN)


def _shared_out(total: int, least: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Share `total` frames out by weight so that nobody gets less than `least` and none is lost.

    `total` is at least the sum of `least`. The remainder goes to the largest fractions first
    (the method of Hamilton), earlier shots first among equals.
    """
    fixed: dict[int, int] = {}
    while True:
        free = [index for index in range(len(least)) if index not in fixed]
        left = total - sum(fixed.values())
        weight = sum(weights[index] for index in free)
        shares = {index: Fraction(left * weights[index], weight) for index in free}
        short = [index for index in free if shares[index] < least[index]]
        if not short:
            break
        fixed |= {index: least[index] for index in short}
        if len(fixed) == len(least):
            shares = {}
            break
    counts = fixed | {index: int(share) for index, share in shares.items()}
    rest = total - sum(counts.values())
    order = sorted(shares, key=lambda index: (-(shares[index] % 1), index)) or sorted(counts)
    for step in range(rest):
        counts[order[step % len(order)]] += 1
    return [counts[index] for index in range(len(least))]


def _shot(
    screenplay: Screenplay, view: View, *, size: FrameSize, rate: FrameRate, seed: int
) -> Shot:
    setting = screenplay.setting(view.beat.setting)
    in_setting = {
        name
        for other in screenplay.beats
        if other.setting == setting.id
        for name in (*other.cast, *(action.character for action in other.actions))
    }
    return Shot(
        setting=setting,
        beat=view.beat,
        frame_count=view.frame_count,
        rate=rate,
        size=size,
        seed=seed,
        characters=tuple(one for one in screenplay.characters if one.id in in_setting),
        # All of the setting's props, for continuity: `beat.props` only says which matter here.
        props=props_at(screenplay, view.begun),
        speeches=view.speeches,
        style=screenplay.style,
        passage=view.passage,
    )


def _speeches(scene: _Scene, frame_count: int, rate: FrameRate) -> tuple[Speech, ...]:
    """Place the lines of a beat in its frames."""
    if not scene.readings:
        return ()
    # The last start that still lets the beat end after the last word, so that no rounding of
    # frames to milliseconds can cut it off.
    room_ms = int(Fraction(frame_count * 1000) / rate.fraction)
    # Silence between its tight and its comfortable length, as far as there is room.
    tight, easy = scene.pauses_ms(tight=True), scene.pauses_ms()
    tight_ms = TIGHT_LEAD_MS + sum(tight) + TIGHT_TAIL_MS
    asked_ms = LEAD_MS + sum(easy) + TAIL_MS
    spare_ms = room_ms - scene.spoken_ms - tight_ms
    share = max(Fraction(0), min(Fraction(1), Fraction(spare_ms, asked_ms - tight_ms)))
    start_ms = int(TIGHT_LEAD_MS + (LEAD_MS - TIGHT_LEAD_MS) * share)
    pauses_ms = [int(low + (high - low) * share) for low, high in zip(tight, easy, strict=True)]
    speeches = []
    lines = zip(scene.beat.lines, scene.readings, [*pauses_ms, 0], strict=True)
    for line, reading, pause_ms in lines:
        speeches.append(
            Speech(
                character=line.character,
                text=line.text,
                language=line.language,
                start_ms=start_ms,
                duration_ms=reading.duration_ms,
                phonemes=reading.phonemes,
                words=reading.words,
                audio=reading.audio,
                mood=line.mood,
            )
        )
        start_ms += reading.duration_ms + pause_ms
    return tuple(speeches)


def with_earlier(planned: Sequence[Shot], earlier: Sequence[Shot]) -> tuple[Shot, ...]:
    """Return the planned shots, each as it was shot earlier where it differs in its length alone.

    Another line in one shot shifts the length of all the others when a film's length is fixed;
    what is shown in them is the same, so their takes can be used again. Shots that show passages
    of one play are kept or shot anew together, or the movement would jump at the cut.
    """
    known: dict[tuple[bytes, ...], tuple[Shot, ...]] = {}
    for play in _plays(earlier):
        known.setdefault(tuple(map(_essence, play)), play)
    return tuple(
        shot for play in _plays(planned) for shot in known.get(tuple(map(_essence, play)), play)
    )


def _plays(shots: Sequence[Shot]) -> list[tuple[Shot, ...]]:
    """Gather the shots that show passages of one play."""
    plays: list[list[Shot]] = []
    for shot in shots:
        before = plays[-1][0].passage if plays else None
        if before is not None and shot.passage is not None and shot.passage.play == before.play:
            plays[-1].append(shot)
        else:
            plays.append([shot])
    return [tuple(play) for play in plays]


def _essence(shot: Shot) -> bytes:
    """Return what a shot shows and says, but for how long it is and how fast its lines are read."""
    told = msgspec.to_builtins(shot)
    del told["frame_count"], told["passage"]
    for speech in told["speeches"]:
        for timing in ("start_ms", "duration_ms", "phonemes", "words", "audio"):
            del speech[timing]
    return msgspec.json.encode(told, order="deterministic")


def _longer_note(wanted_ms: int, needed_ms: int) -> Note:
    return Note(
        status="approximated",
        phrase=f"{wanted_ms / 1000:g} s",
        meaning=f"{needed_ms / 1000:.1f} s",
        reason="The dialogue needs that long; no line is cut off.",
    )
