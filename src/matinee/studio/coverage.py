"""Coverage: from how many sides a beat is seen, and where it is cut.

Beats that go on with one action are played as one, so that a cut falls into the movement and the
next shot starts where the first left. A long beat is seen from several sizes, an exchange in shot
and reverse shot, a listener after the last word, and a thing in somebody's hands in an insert.
Which of these, follows from the seed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from msgspec.structs import replace

from matinee.film import FrameRate
from matinee.film.screenplay import Action, Beat, Camera, CameraMove, Prop, ShotSize
from matinee.film.shot import Passage, Speech

from .repeating import BRIEF, COURSES, FILLERS, HANDIWORK, JOURNEYS

# Shots shorter than this are seen as a flicker; a beat shorter than two of the next is left whole.
SHOT_S_MIN, SPLIT_S_MIN = 1.4, 5.4
SHOT_S, SHOTS_MAX = 3.1, 4
# Longer than this, one set is too small for one walk, and one deed for one beat after another.
PLAY_S_MAX, JOURNEY_S_MAX = 10.0, 7.0
# What is done once begins here in its play (so the engine reads `middle`), and is cut this later.
BRIEF_FROM, BRIEF_CUT_S = Fraction(28, 100), 1.2
# Dialogue of two people in one beat longer than this is cut into shot and reverse shot.
EXCHANGE_MS = 5_000
# How long a listener's face must be seen for the reaction to be read, and how soon after the word.
REACTION_S_MIN, REACTION_AFTER_MS = 1.8, 250
# These are made to be seen from their beginning to their end.
STILL_MOVES = frozenset({"static", "handheld", "push_in", "tracking"})
NEARER: dict[ShotSize, tuple[ShotSize, ...]] = {
    "extreme_wide": ("full", "medium"),
    "wide": ("medium", "full"),
    "full": ("medium", "close_up"),
    "medium": ("close_up", "full"),
    "over_shoulder": ("close_up", "full"),
    "close_up": ("medium", "extreme_close_up"),
    "extreme_close_up": ("medium", "close_up"),
}
Option = TypeVar("Option")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A beat, how many frames it has, and when its lines are said, from its first frame on."""

    beat: Beat
    frame_count: int
    speeches: tuple[Speech, ...] = ()


@dataclass(frozen=True, kw_only=True)
class View:
    """A planned shot of a beat: what it shows of which play, how, and what is said in it.

    `begun` is the beat with which its play begins: its things stand as they stand there.
    """

    beat: Beat
    begun: Beat
    frame_count: int
    speeches: tuple[Speech, ...]
    passage: Passage | None = None


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A stretch of one beat with its camera, before it has its place in a play."""

    frame_count: int
    camera: Camera


def covered(
    told: Sequence[Told], *, rate: FrameRate, seed: int, props: Mapping[str, Prop]
) -> tuple[View, ...]:
    """Return the shots of a film's beats, in order: as many frames, and every line said once.

    `props` are the screenplay's things by id. No speech is cut, and no shot of a cut beat is
    shorter than 1.4 s.
    """
    views: list[View] = []
    inserted: set[str] = set()
    for play in _plays(told, rate, props):
        choice = _Choice(f"{seed}/{play[0].beat.id}")
        pieces = [_pieces(one, choice, rate) for one in play]
        if len(play) > 1 or len(pieces[0]) > 1:
            pieces = _with_insert(play, pieces, choice, props, inserted)
        views += _placed(play, pieces, rate)
    return tuple(views)


class _Choice:
    """Choices that follow from a key and from nothing else."""

    def __init__(self, key: str) -> None:
        self._key = key

    def of(self, what: str, options: Sequence[Option]) -> Option:
        digest = hashlib.blake2b(f"{self._key}/{what}".encode(), digest_size=8).digest()
        return options[int.from_bytes(digest, "big") % len(options)]


# --- plays ---------------------------------------------------------------------------------------


def _plays(
    told: Sequence[Told], rate: FrameRate, props: Mapping[str, Prop]
) -> list[tuple[Told, ...]]:
    """Gather the beats that go on with one action; all others are plays of their own."""
    plays: list[list[Told]] = []
    for one in told:
        if plays and _goes_on(plays[-1], one, rate, props):
            plays[-1].append(one)
        else:
            plays.append([one])
    return [_cut_on_action(play, rate) for play in plays]


def _goes_on(play: Sequence[Told], later: Told, rate: FrameRate, props: Mapping[str, Prop]) -> bool:
    first, beat = play[0].beat, later.beat
    same = (
        (first.setting, first.roll, set(first.cast), first.standpoints)
        == (beat.setting, beat.roll, set(beat.cast), beat.standpoints)
        and {first.camera.pace, beat.camera.pace} == {"normal"}
        and not (play[-1].speeches or later.speeches)
        and _deeds(first) == _deeds(beat) != ()
    )
    verbs = {action.verb for action in first.actions}
    if not same or verbs & COURSES or any(action.character in props for action in first.actions):
        return False
    seconds = float((sum(one.frame_count for one in play) + later.frame_count) / rate.fraction)
    return seconds <= (JOURNEY_S_MAX if verbs & JOURNEYS else PLAY_S_MAX)


def _deeds(beat: Beat) -> tuple[Action, ...]:
    """What is done in a beat, but for standing by."""
    return tuple(action for action in beat.actions if action.verb not in FILLERS)


def _cut_on_action(play: Sequence[Told], rate: FrameRate) -> tuple[Told, ...]:
    """Let a play of several beats be one action; what is done once lies across its first cut."""
    if len(play) == 1:
        return tuple(play)
    counts = [one.frame_count for one in play]
    actions = play[0].beat.actions
    if any(action.verb in BRIEF for action in actions):
        actions = tuple(_later(action) for action in actions)
        cut = _brief_cut(sum(counts), rate)
        least = int(SHOT_S_MIN * rate.fraction) + 1
        if least <= cut <= counts[0] + counts[1] - least:
            counts[:2] = [cut, counts[0] + counts[1] - cut]
    return tuple(
        Told(beat=replace(one.beat, actions=actions), frame_count=count)
        for one, count in zip(play, counts, strict=True)
    )


def _later(action: Action) -> Action:
    return replace(action, position="middle") if action.verb in BRIEF else action


def _brief_cut(frame_count: int, rate: FrameRate) -> int:
    """The frame in which something that is done once is at its height."""
    return int(frame_count * BRIEF_FROM + BRIEF_CUT_S * rate.fraction)


# --- one beat ------------------------------------------------------------------------------------


def _pieces(told: Told, choice: _Choice, rate: FrameRate) -> list[_Piece]:
    """Cut one beat: an exchange at its turns, a silent one in its movement, or not at all."""
    if told.speeches:
        return _turns(told, choice, rate) or _with_reaction(told, rate)
    cuts = _cuts(told, choice, rate)
    ends = [*cuts, told.frame_count]
    cameras = _cameras(told.beat, len(ends), choice)
    return [
        _Piece(frame_count=end - start, camera=camera)
        for start, end, camera in zip([0, *cuts], ends, cameras, strict=True)
    ]


def _cuts(told: Told, choice: _Choice, rate: FrameRate) -> list[int]:
    """The frames at which a silent beat is cut."""
    beat, count = told.beat, told.frame_count
    seconds = float(count / rate.fraction)
    if seconds < SPLIT_S_MIN or beat.camera.move not in STILL_MOVES or not _deeds(beat):
        return []
    if beat.title or beat.camera.pace != "normal" or not beat.cast:
        return []
    number = min(max(round(seconds / SHOT_S), 2), SHOTS_MAX)
    # A little off the even beat, and in the middle of what is done and not between two deeds.
    shift = choice.of("cut", (-0.06, -0.03, 0.0, 0.04))
    if any(action.position == "end" for action in beat.actions):
        shift = 0.08
    cuts = [round(count * (k + shift) / number) for k in range(1, number)]
    if any(action.verb in BRIEF and action.position == "whole" for action in beat.actions):
        cuts[0] = min(max(_brief_cut(0, rate), round(SHOT_S_MIN * rate.fraction)), cuts[0])
    return cuts


def _cameras(beat: Beat, number: int, choice: _Choice) -> list[Camera]:
    """The cameras of a beat that is cut: each a step nearer or further than the one before."""
    cameras = [beat.camera]
    doers = [action.character for action in _deeds(beat) if action.character in beat.cast]
    for k in range(1, number):
        before = cameras[-1]
        options = [size for size in NEARER[before.size] if k == 1 or size != cameras[-2].size]
        size = choice.of(f"size{k}", options or NEARER[before.size])
        move: CameraMove = choice.of(f"move{k}", ("static", "push_in", "handheld"))
        near = size in {"close_up", "extreme_close_up", "medium"}
        subject = choice.of(f"subject{k}", doers) if near and doers else beat.camera.subject
        cameras.append(Camera(size=size, move=move, subject=subject))
    return cameras


def _turns(told: Told, choice: _Choice, rate: FrameRate) -> list[_Piece]:
    """Cut a long exchange between people who are there where another one begins to speak."""
    beat, speeches = told.beat, told.speeches
    there = {one.character for one in speeches if one.character in beat.cast}
    spoken_ms = sum(one.duration_ms for one in speeches)
    if len(there) < 2 or spoken_ms < EXCHANGE_MS:  # noqa: PLR2004 - two people
        return []
    cuts: list[tuple[int, str]] = []
    least = SHOT_S_MIN * float(rate.fraction)
    for before, after in pairwise(speeches):
        frame = _between(before, after, rate)
        since = frame - (cuts[-1][0] if cuts else 0)
        left = told.frame_count - frame
        turned = before.character != after.character and after.character in there
        if turned and frame and min(since, left) >= least:
            cuts.append((frame, after.character))
    starts = [0, *(frame for frame, _ in cuts)]
    ends = [*starts[1:], told.frame_count]
    cameras = [beat.camera]
    for k, (_, speaker) in enumerate(cuts):
        # Over a shoulder first, closer as the exchange goes on.
        first: ShotSize = choice.of("reverse", ("over_shoulder", "over_shoulder", "medium"))
        cameras.append(Camera(size="close_up" if k else first, subject=speaker))
    return [
        _Piece(frame_count=end - start, camera=camera)
        for start, end, camera in zip(starts, ends, cameras, strict=True)
    ]


def _between(before: Speech, after: Speech, rate: FrameRate) -> int:
    """The last frame between two speeches at which a cut hurts neither, or 0 if there is none."""
    ended = rate.frames_in_ms(before.start_ms + before.duration_ms)
    # The next voice is heard a breath after its face is seen.
    frame = int(Fraction(after.start_ms, 1000) * rate.fraction)
    return frame if frame >= ended else 0


def _with_reaction(told: Told, rate: FrameRate) -> list[_Piece]:
    """Show how somebody takes what was said, where there is time for it after the last word."""
    beat, last = told.beat, told.speeches[-1]
    whole = [_Piece(frame_count=told.frame_count, camera=beat.camera)]
    listeners = [name for name in beat.cast if name != last.character]
    frame = rate.frames_in_ms(last.start_ms + last.duration_ms + REACTION_AFTER_MS)
    left = told.frame_count - frame
    busy = beat.title or beat.camera.pace != "normal" or beat.camera.move not in STILL_MOVES
    short = min(left, frame) < REACTION_S_MIN * rate.fraction
    if busy or short or len(listeners) != 1 or beat.camera.subject == listeners[0]:
        return whole
    face = Camera(size="close_up", subject=listeners[0])
    return [
        _Piece(frame_count=frame, camera=beat.camera),
        _Piece(frame_count=left, camera=face),
    ]


# --- inserts -------------------------------------------------------------------------------------


def _with_insert(
    play: Sequence[Told],
    pieces: Sequence[list[_Piece]],
    choice: _Choice,
    props: Mapping[str, Prop],
    inserted: set[str],
) -> list[list[_Piece]]:
    """See a thing that hands are busy with from near by, once, in place of another near view."""
    out = [list(group) for group in pieces]
    things = [
        action.target
        for action in play[0].beat.actions
        if action.verb in HANDIWORK and action.target in props
    ]
    flat = [(g, k) for g, group in enumerate(out) for k in range(len(group))]
    open_to = [
        (g, k)
        for g, k in flat[1:]
        if out[g][k].camera.move in STILL_MOVES and out[g][k].camera.subject not in props
    ]
    wanted = choice.of("insert", (True, True, False))
    if (
        not wanted
        or not things
        or things[0] in inserted
        or not open_to
        or any(one.speeches for one in play)
    ):
        return out
    g, k = open_to[0]
    move: CameraMove = choice.of("insert_move", ("static", "push_in"))
    out[g][k] = _Piece(
        frame_count=out[g][k].frame_count,
        camera=Camera(size="close_up", move=move, subject=things[0]),
    )
    inserted.add(things[0])
    return out


# --- shots ---------------------------------------------------------------------------------------


def _placed(
    play: Sequence[Told], pieces: Sequence[Sequence[_Piece]], rate: FrameRate
) -> list[View]:
    """Give every piece its place in the play, and what is said and heard in it."""
    begun, total = play[0].beat, sum(one.frame_count for one in play)
    alone = len(play) == 1 and len(pieces[0]) == 1
    views, at_frame = [], 0
    for told, group in zip(play, pieces, strict=True):
        start = 0
        for number, piece in enumerate(group):
            end = start + piece.frame_count
            shown = (start, end) if len(group) > 1 else (0, told.frame_count)
            views.append(
                View(
                    beat=_part(told, piece, number, len(group)),
                    begun=begun,
                    frame_count=piece.frame_count,
                    speeches=_said(told.speeches, shown, rate),
                    passage=None
                    if alone
                    else Passage(play=begun.id, first_frame=at_frame + start, frame_count=total),
                )
            )
            start = end
        at_frame += told.frame_count
    return views


def _part(told: Told, piece: _Piece, number: int, count: int) -> Beat:
    beat = told.beat
    if count == 1:
        return beat if piece.camera == beat.camera else replace(beat, camera=piece.camera)
    places = {"start": 0, "whole": 0, "middle": count // 2, "end": count - 1}
    return replace(
        beat,
        id=f"{beat.id[:60]}_{number + 1}",
        camera=piece.camera,
        sounds=tuple(cue for cue in beat.sounds if places[cue.position] == number),
        title="" if number else beat.title,
        duration_ms=0,
    )


def _said(
    speeches: Sequence[Speech], shown: tuple[int, int], rate: FrameRate
) -> tuple[Speech, ...]:
    """What is said in some frames of a beat, counted from the first of them."""
    out = []
    # Rounded up: a speech may not begin before the shot does.
    cut_ms = -(-shown[0] * 1000 // rate.fraction)
    for one in speeches:
        frame = one.start_ms * rate.fraction / 1000
        if shown[0] <= frame < shown[1]:
            out.append(replace(one, start_ms=int(one.start_ms - cut_ms)))
    return tuple(out)
